"""Pages as a workbook, written by hand: openpyxl can't write a formula together with the value that it gave.

Numbers are stored as numbers with a number format that displays what was written; everything else as shared strings.
The same pages give the same bytes on every run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from tests.building.page import Formula, Look, Page, Slot
from tests.building.truth import decimals_of, value_of

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?%?")
_DATE = (2024, 1, 2, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_xlsx(pages: Sequence[Page], *, formulas: bool = False) -> bytes:
    """Return a workbook with one sheet for each page. `formulas`: totals and rates are formulas with cached values."""
    styles, strings = _Styles(), _Strings()
    sheets = [_sheet(page, styles, strings, formulas=formulas) for page in pages]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(pages),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
            + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        ),
        "xl/styles.xml": styles.xml(),
        "xl/sharedStrings.xml": strings.xml(),
        **{f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(sheets, 1)},
    }
    return pack(parts)


def pack(parts: Mapping[str, str]) -> bytes:
    """Zip parts with a fixed date, so that the same parts always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, text.encode())
    return buffer.getvalue()


def letters(col: int) -> str:
    """Return the letters of a column counted from 0."""
    name = ""
    while col >= 0:
        name = chr(65 + col % 26) + name
        col = col // 26 - 1
    return name


class _Strings:
    """Shared strings in the order of their first use."""

    def __init__(self) -> None:
        self._index: dict[str, int] = {}

    def index(self, text: str) -> int:
        return self._index.setdefault(text, len(self._index))

    def xml(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._index)
        return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(self._index)}">{items}</sst>'


_LOOKS: Mapping[Look, tuple[int, int, str]] = {
    "title": (1, 0, "center"),
    "subtitle": (0, 0, "center"),
    "unit": (0, 0, "right"),
    "label": (0, 1, "center"),
    "text": (0, 1, "left"),
    "figure": (0, 1, "center"),
    "note": (0, 0, "left"),
}


class _Styles:
    """Cell styles: a look together with a number format."""

    def __init__(self) -> None:
        self._formats: dict[str, int] = {"General": 0}
        self._styles: dict[tuple[Look, str], int] = {}

    def index(self, look: Look, number_format: str) -> int:
        if number_format not in self._formats:
            self._formats[number_format] = 163 + len(self._formats)
        return self._styles.setdefault((look, number_format), len(self._styles) + 1)

    def xml(self) -> str:
        formats = "".join(f'<numFmt numFmtId="{id}" formatCode={quoteattr(code)}/>' for code, id in self._formats.items() if id)
        font = '<font><sz val="{size}"/><name val="{name}"/><family val="3"/><charset val="134"/></font>'
        side = '<{0} style="thin"><color indexed="64"/></{0}>'
        borders = "".join(side.format(name) for name in ("left", "right", "top", "bottom"))
        cells = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        for look, code in self._styles:
            font_id, border, align = _LOOKS[look]
            cells += (
                f'<xf numFmtId="{self._formats[code]}" fontId="{font_id}" fillId="0" borderId="{border}" xfId="0" '
                'applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">'
                f'<alignment horizontal="{align}" vertical="center" wrapText="1"/></xf>'
            )
        return (
            f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
            + (f'<numFmts count="{len(self._formats) - 1}">{formats}</numFmts>' if formats else "")
            + f'<fonts count="2">{font.format(size=10, name="宋体")}{font.format(size=16, name="黑体")}</fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
            f"<border>{borders}<diagonal/></border></borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(self._styles) + 1}">{cells}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def stored(text: str) -> tuple[Fraction, str] | None:
    """Return the number that a workbook stores for a text and the format that shows it; None for text."""
    if not _NUMBER.fullmatch(text) or (len(text) > 1 and text[0] == "0" and text[1].isdigit()):
        return None
    value = value_of(text)
    if value is None:
        return None
    decimals = decimals_of(text)
    digits = "#,##0" if "," in text else "0"
    code = digits + ("." + "0" * decimals if decimals else "") + ("%" if text.endswith("%") else "")
    return (value / 100 if text.endswith("%") else value), ("General" if code == "0" else code)


def _sheet(page: Page, styles: _Styles, strings: _Strings, *, formulas: bool) -> str:
    flat = page.flat()
    cells = {slot.place: slot for slot in flat.slots if slot.place}
    rows: list[str] = []
    for r, row in enumerate(flat.grid()):
        written = []
        for c, slot in enumerate(row):
            look: Look = slot.look if slot is not None else "text"
            if slot is None or (slot.row, slot.col) != (r, c):
                written.append(f'<c r="{letters(c)}{r + 1}" s="{styles.index(look, "General")}"/>')
            else:
                formula = page.formulas.get(slot.place) if formulas else None
                written.append(_cell(slot, formula, cells, styles, strings))
        rows.append(f'<row r="{r + 1}" ht="{_height(flat, r)}" customHeight="1">{"".join(written)}</row>')
    merged = [
        f'<mergeCell ref="{letters(s.col)}{s.row + 1}:{letters(s.col + s.cols - 1)}{s.row + s.rows}"/>'
        for s in flat.slots
        if s.rows > 1 or s.cols > 1
    ]
    widths = "".join(f'<col min="{n}" max="{n}" width="{w:.1f}" customWidth="1"/>' for n, w in enumerate(flat.widths, 1))
    merges = f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>' if merged else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData>{merges}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/></worksheet>'
    )


def _cell(slot: Slot, formula: Formula | None, cells: Mapping[str, Slot], styles: _Styles, strings: _Strings) -> str:
    reference = f"{letters(slot.col)}{slot.row + 1}"
    number = stored(slot.text)
    if not slot.text:
        return f'<c r="{reference}" s="{styles.index(slot.look, "General")}"/>'
    if number is None:
        return f'<c r="{reference}" s="{styles.index(slot.look, "General")}" t="s"><v>{strings.index(slot.text)}</v></c>'
    value, code = number
    written = f"<v>{_digits(value)}</v>"
    computed = _computed(formula, cells) if formula else None
    if computed is not None and _shows(computed[0], slot.text):
        written = f"<f>{computed[1]}</f><v>{_digits(computed[0])}</v>"
    return f'<c r="{reference}" s="{styles.index(slot.look, code)}">{written}</c>'


def _computed(formula: Formula, cells: Mapping[str, Slot]) -> tuple[Fraction, str] | None:
    """Return what a formula gives and how a workbook writes it; None when an operand is no number."""
    slots = [cells[place] for place in formula.places]
    values = [stored(slot.text) for slot in slots]
    names = [f"{letters(slot.col)}{slot.row + 1}" for slot in slots]
    if formula.kind == "sum":
        return sum((value[0] for value in values if value), Fraction(0)), f"SUM({','.join(names)})"
    if any(value is None for value in values) or not values[1] or not values[1][0] or not values[0]:
        return None
    return values[0][0] / values[1][0], f"{names[0]}/{names[1]}"


def _shows(value: Fraction, text: str) -> bool:
    """Tell whether a value, displayed like the text, gives the text's number."""
    number = stored(text)
    decimals = decimals_of(text) + (2 if text.endswith("%") else 0)
    return number is not None and abs(value - number[0]) * 2 < Fraction(1, 10**decimals)


def _digits(value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact.normalize():f}" if len(exact.as_tuple().digits) <= 15 else repr(float(exact))


def _height(page: Page, row: int) -> float:
    lines = 1
    for slot in page.slots:
        if slot.row == row and slot.rows == 1 and slot.text:
            width = sum(page.widths[slot.col : slot.col + slot.cols])
            needed = sum(2 if ord(ch) > 0x2E7F else 1 for ch in slot.text)
            lines = max(lines, -(-needed // max(1, width - 1)))
    looks = {slot.look for slot in page.slots if slot.row == row}
    return 30.0 if "title" in looks else 6.0 + 14.0 * lines


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{n}" Type="{_REL}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _workbook(pages: Sequence[Page]) -> str:
    names = "".join(f'<sheet name={quoteattr(page.name)} sheetId="{n}" r:id="rId{n}"/>' for n, page in enumerate(pages, 1))
    return f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{names}</sheets></workbook>'


def _content_types(sheets: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"), ("/xl/sharedStrings.xml", "sharedStrings")]
    kinds += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{base}.{kind}+xml"/>' for name, kind in kinds)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
