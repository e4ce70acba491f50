"""Workbooks of the Office Open XML kind (xlsx, xlsm): bytes in, one table for each sheet out.

The sheets are read as markup, once: values, number formats, formulas and merged regions come out together. (python-calamine
gives values only; with the second look that formats and formulas need, it took longer than this.) A formula counts with its
cached value; nothing is recalculated.
"""

from __future__ import annotations

import html
import posixpath
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from validator.errors import UnreadableDocument
from validator.model.document import Cell, Note, Table, column_letters
from validator.readers.grid import Region, build
from validator.readers.number_format import BUILTIN, GENERAL, show, show_text
from validator.readers.package import Package, main_part, markup, parse
from validator.readers.source import Parts, Source, cut

_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]+)")?\s*'
    r"(?:/>|>(?:<f([^>]*?)(?:/>|>([^<]*)</f>))?(?:<v(?:\s[^>]*)?>([^<]*)</v>|<v\s*/>)?(?:<is>(.*?)</is>|<is/>)?"
    r"(?:<extLst.*?</extLst>)?</c>)",
    re.DOTALL,
)
_STRING = re.compile(r"<si\s*/>|<si(?:\s[^>]*)?>(.*?)</si>", re.DOTALL)
_RUN = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_MERGE = re.compile(r'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_SHARED = re.compile(r'\bsi="(\d+)"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_CACHE = "公式没有保存计算结果，用表格软件打开并保存一次即可"
_ROWS, _COLUMNS = 1_048_576, 16_384
INDEX_NAME = "核对结果"
INDEX_HEADER = ("序号", "轻重", "位置", "项目", "填写", "应为", "问题", "依据", "怎么办", "规则")
"""Name and second row of the sheet that `reports.workbook` adds. What a report says is not part of the document."""


class SheetPart(NamedTuple):
    """A sheet: its name made unique, as addresses have it, and the part that holds it."""

    name: str
    part: str
    hidden: bool


class _Book(NamedTuple):
    """What the sheets of a workbook share."""

    source: Source
    strings: tuple[str, ...]
    codes: tuple[str, ...]
    """Number format of each cell style."""
    epoch: int


def read(source: Source) -> Parts:
    """Read a workbook; raises UnreadableDocument when it is damaged."""
    package = Package(source)
    sheets, related, epoch = contents(package)
    strings = _strings(package, related["sharedStrings"]) if "sharedStrings" in related else ()
    try:
        codes = _codes(package.read(related["styles"])) if "styles" in related else (GENERAL,)
    except UnreadableDocument as error:
        raise source.unreadable(error.message, error.remedy) from error
    book = _Book(source, strings, codes, epoch)
    blocks: list[Table] = []
    notes: list[Note] = []
    for number, sheet in enumerate(sheets, 1):
        table, told = _sheet(book, package, sheet, number)
        if table is not None:
            blocks.append(table)
        notes += told
    return Parts(tuple(blocks), tuple(notes))


def column_number(letters: str) -> int:
    """Return the number, counted from 0, of a column given by capital letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


_column = lru_cache(maxsize=None)(column_number)


def contents(package: Package) -> tuple[list[SheetPart], dict[str, str], int]:
    """Return the sheets in order, the other parts by kind, and the year that days are counted from."""
    main = main_part(package, "xl/workbook.xml")
    folder, _, file = main.rpartition("/")
    targets: dict[str, tuple[str, str]] = {}
    listed: list[tuple[str, str, bool]] = []
    epoch = 1900

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], part)

    def entry(tag: str, attributes: dict[str, str]) -> None:
        nonlocal epoch
        if tag == "workbookPr":
            epoch = 1904 if attributes.get("date1904") in ("1", "true") else 1900
        elif tag == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            listed.append((attributes.get("name", ""), link, attributes.get("state", "visible") != "visible"))

    package.walk(f"{folder}/_rels/{file}.rels".lstrip("/"), relation)
    package.walk(main, entry)
    sheets, names = [], set[str]()
    for name, link, hidden in listed:
        kind, part = targets.get(link, ("", ""))
        if kind in ("worksheet", "") and part in package:
            unique = name if name not in names else f"{name}_{len(names) + 1}"
            names.add(unique)
            sheets.append(SheetPart(unique, part, hidden))
    return sheets, {kind: part for kind, part in targets.values() if part in package}, epoch


def _strings(package: Package, part: str) -> tuple[str, ...]:
    data = package.read(part)
    text = markup(package.source, part, data)
    items = _STRING.findall(text)
    if len(items) != text.count("<si>") + text.count("<si ") + text.count("<si/"):
        items = _STRING.findall(markup(package.source, part, data, rewrite=True))
    return tuple(_rich(item) for item in items)


def _rich(inside: str) -> str:
    """Return the text of a string item, its runs joined and phonetic hints left out."""
    if "<rPh" in inside:
        inside = _PHONETIC.sub("", inside)
    return _plain("".join(_RUN.findall(inside)))


_unescaped = lru_cache(maxsize=4096)(html.unescape)
"""Some programs write every Chinese character as a reference; labels recur, so undoing that is remembered."""


def _plain(text: str) -> str:
    if "&" in text:
        text = _unescaped(text) if len(text) < 1000 else html.unescape(text)
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


@lru_cache(maxsize=8)
def _codes(data: bytes) -> tuple[str, ...]:
    """Return the format code of each cell style of a styles part; remembered, since many files share one template."""
    own: dict[int, str] = {}
    used: list[int] = []
    within = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal within
        if tag == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            own.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", GENERAL))
        elif tag == "cellXfs":
            within = True
        elif tag == "xf" and within:
            number = attributes.get("numFmtId", "0")
            used.append(int(number) if number.isdecimal() else 0)

    def end(tag: str) -> None:
        nonlocal within
        if tag == "cellXfs":
            within = False

    parse(Source(data, ""), "xl/styles.xml", data, start=start, end=end)
    return tuple(own.get(number) or BUILTIN.get(number, GENERAL) for number in used) or (GENERAL,)


def _sheet(book: _Book, package: Package, sheet: SheetPart, number: int) -> tuple[Table | None, list[Note]]:
    data = package.read(sheet.part)
    text = markup(book.source, sheet.part, data)
    rows, matched = _rows(book, sheet.name, text)
    if matched != text.count("<c ") + text.count("<c>"):
        text = markup(book.source, sheet.part, data, rewrite=True)
        rows, _ = _rows(book, sheet.name, text)
    regions = [
        Region(int(top) - 1, column_number(left), int(bottom) - 1, column_number(right))
        for left, top, right, bottom in _MERGE.findall(text)
    ]
    table, notes = build(book.source, sheet.name, number, rows, regions)
    if table is not None and _is_index(table):
        return None, [Note(f"工作表 {sheet.name} 是以前核对写下的结果，没有读")]
    uncached = sum(cell.note == _NO_CACHE for row in rows.values() for cell in row.values()) if "<f" in text else 0
    if uncached:
        notes.append(Note(f"工作表 {sheet.name} 有 {uncached} 个{_NO_CACHE}", sheet.name))
    if sheet.hidden and table is not None:
        notes.append(Note(f"工作表 {sheet.name} 是隐藏的，也读了", sheet.name))
    if table is None and re.search(r"<(?:drawing|picture|legacyDrawing)\s", text):
        notes.append(Note(f"第 {number} 张表（{sheet.name}）只有图片或图形，没有可读的单元格", sheet.name))
    return table, notes


def _is_index(table: Table) -> bool:
    """Tell whether a sheet is the list of findings that an annotated copy carries."""
    if not table.name.startswith(INDEX_NAME):
        return False
    header = [table.at(1, col) for col in range(len(INDEX_HEADER))]
    return tuple(cell.text if cell is not None else "" for cell in header) == INDEX_HEADER


def _rows(book: _Book, name: str, text: str) -> tuple[dict[int, dict[int, Cell]], int]:
    """Return the cells of a sheet by row and column, and how many cell elements were seen."""
    rows: dict[int, dict[int, Cell]] = {}
    shared: dict[str, tuple[str, int, int]] = {}
    source, strings, codes, epoch = book
    styles, known = len(codes), len(strings)
    limits, prefix, seen = source.limits, name + "!", 0
    current, line = -1, dict[int, Cell]()
    for found in _CELL.finditer(text):
        seen += 1
        letters, digits, style, kind, attributes, formula, raw, inline = found.groups()
        if raw is None and attributes is None and inline is None:
            continue
        row, col = int(digits) - 1, _column(letters)
        if not 0 <= row < _ROWS or col >= _COLUMNS:
            continue
        code = codes[int(style)] if style is not None and int(style) < styles else GENERAL
        value: Decimal | bool | date | None = None
        note = ""
        if attributes is not None:
            formula = _formula(attributes, _plain(formula or ""), shared, row, col)
        if kind == "s":
            index = int(raw) if raw and raw.isdecimal() else known
            shown = strings[index] if index < known else ""
        elif inline is not None:
            shown = _rich(inline)
        elif kind is None or kind == "n":
            if raw:
                try:
                    shown, value, note = show(raw, code, epoch)
                except ValueError:
                    shown = _plain(raw)
            else:
                shown, note = "", _NO_CACHE if attributes is not None else ""
        elif kind == "b":
            value = raw == "1"
            shown = "TRUE" if value else "FALSE"
        else:
            shown = _plain(raw or "")
        if value is None and shown and "@" in code:
            shown = show_text(shown, code)
        if not shown and value is None and attributes is None:
            continue
        if len(shown) > limits.max_characters:
            shown, note = cut(shown, limits)
        if row != current:
            current, line = row, rows.setdefault(row, {})
        line[col] = Cell(shown, row, col, prefix + letters + digits, 1, 1, value, formula or "", note)
    return rows, seen


def _formula(attributes: str, text: str, shared: dict[str, tuple[str, int, int]], row: int, col: int) -> str:
    """Return a formula's text; one that shares another's is moved to its own place."""
    found = _SHARED.search(attributes) if "shared" in attributes else None
    if found is None:
        return text
    if text:
        shared[found.group(1)] = (text, row, col)
        return text
    if found.group(1) not in shared:
        return ""
    master, top, left = shared[found.group(1)]
    return moved(master, row - top, col - left)


_REFERENCE = re.compile(r"(\"[^\"]*\"|'[^']*')|(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_(])")


def moved(formula: str, down: int, right: int) -> str:
    """Return a formula with its relative references moved by so many rows and columns."""

    def shift(found: re.Match[str]) -> str:
        quoted, fixed_col, letters, fixed_row, digits = found.groups()
        if quoted:
            return found.group(0)
        col = letters if fixed_col else column_letters(max(column_number(letters) + right, 0))
        row = digits if fixed_row else str(max(int(digits) + down, 1))
        return f"{fixed_col}{col}{fixed_row}{row}"

    return _REFERENCE.sub(shift, formula)
