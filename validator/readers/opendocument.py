"""Workbooks of the OpenDocument kind (ods): bytes in, one table for each sheet out.

The file holds the displayed text of each cell beside its value, so number formats need no rendering. Read with lxml.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from lxml import etree

from validator.model.document import Cell, Note, Table, column_letters
from validator.readers.grid import Region, build
from validator.readers.number_format import general, stored_value
from validator.readers.package import Package
from validator.readers.source import Parts, Source, cut
from validator.readers.xml import tree

_ROW_GROUPS = frozenset(("table-row-group", "table-header-rows", "table-rows"))
_PICTURES = frozenset(("frame", "shapes", "object", "image"))


def read(source: Source) -> Parts:
    """Read a workbook; raises UnreadableDocument when it is damaged or encrypted."""
    package = Package(source)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise source.unreadable("文件加了打开密码，不能读取", "去掉密码后另存，再试")
    root = tree(source, "content.xml", package.read("content.xml"))
    hidden = _hidden_styles(root)
    blocks: list[Table] = []
    notes: list[Note] = []
    sheets = [element for element in root.iter("{*}table") if _tag(element.getparent()) == "spreadsheet"]
    for number, sheet in enumerate(sheets, 1):
        name = _attribute(sheet, "name") or f"表{number}"
        rows, regions = _cells(source, sheet, name)
        table, told = build(source, name, number, rows, regions)
        notes += told
        if table is not None:
            blocks.append(table)
            if _attribute(sheet, "style-name") in hidden:
                notes.append(Note(f"工作表 {name} 是隐藏的，也读了", name))
        elif any(_tag(element) in _PICTURES for element in sheet.iter()):
            notes.append(Note(f"第 {number} 张表（{name}）只有图片或图形，没有可读的单元格", name))
    return Parts(tuple(blocks), tuple(notes))


def _tag(element: etree._Element | None) -> str:
    return "" if element is None else str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _hidden_styles(root: etree._Element) -> set[str]:
    """Return the names of the table styles that don't display their sheet."""
    return {
        _attribute(style, "name") or ""
        for style in root.iter("{*}style")
        if any(_tag(part) == "table-properties" and _attribute(part, "display") == "false" for part in style)
    }


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if _tag(child) == "table-row":
            yield child
        elif _tag(child) in _ROW_GROUPS:
            yield from _rows(child)


def _cells(source: Source, sheet: etree._Element, name: str) -> tuple[dict[int, dict[int, Cell]], list[Region]]:
    """Return the cells by row and column, and the merged regions; what is repeated is written out within limits."""
    limits = source.limits
    rows: dict[int, dict[int, Cell]] = {}
    regions: list[Region] = []
    r = count = 0
    for row in _rows(sheet):
        repeated = _number(row, "number-rows-repeated")
        line, merged = _line(source, row)
        regions += [region._replace(top=r, bottom=r + region.bottom) for region in merged]
        if line:
            for at in range(r, min(r + repeated, limits.max_rows + 1)):
                count += len(line)
                if count > limits.max_cells:
                    raise source.unreadable(f"{name} 超过 {limits.max_cells} 个格子，没有读取", "只留要检查的表，另存后再试")
                rows[at] = {c: cell._replace(row=at, address=f"{name}!{column_letters(c)}{at + 1}") for c, cell in line.items()}
        r += repeated
    return rows, regions


def _line(source: Source, row: etree._Element) -> tuple[dict[int, Cell], list[Region]]:
    """Return the cells of a row by column, as if the row were the first."""
    limits = source.limits
    line: dict[int, Cell] = {}
    regions: list[Region] = []
    c = 0
    for element in row:
        tag = _tag(element)
        if tag not in ("table-cell", "covered-table-cell"):
            continue
        repeated = _number(element, "number-columns-repeated")
        if tag == "table-cell":
            down, right = _number(element, "number-rows-spanned"), _number(element, "number-columns-spanned")
            if down > 1 or right > 1:
                regions.append(Region(0, c, down - 1, c + right - 1))
            cell = _cell(source, element, c)
            if cell is not None:
                for at in range(c, min(c + repeated, limits.max_columns + 1)):
                    line[at] = cell._replace(col=at)
        c += repeated
    return line, regions


def _cell(source: Source, element: etree._Element, col: int) -> Cell | None:
    kind, stored = _attribute(element, "value-type"), _attribute(element, "value")
    text = "\n".join(_text(child) for child in element if _tag(child) == "p").strip()
    value: Decimal | bool | date | None = None
    note = ""
    if kind in ("float", "percentage", "currency") and stored:
        try:
            value = stored_value(stored)
        except ValueError:
            value = None
        if not text and value is not None:
            text = f"{general(value * 100)}%" if kind == "percentage" else general(value)
            note = "文件里没有存显示的文字，按数值写出"
    elif kind == "boolean":
        value = _attribute(element, "boolean-value") == "true"
        text = text or str(value).upper()
    elif kind == "date":
        written = _attribute(element, "date-value") or ""
        value = _date(written)
        text = text or written
    formula = (_attribute(element, "formula") or "").partition("=")[2]
    if not text and value is None and not formula:
        return None
    text, cause = cut(text, source.limits)
    return Cell(text, 0, col, "", value=value, formula=formula, note=cause or note)


def _date(written: str) -> date | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if "T" in written else moment.date()


def _text(element: etree._Element) -> str:
    """Return the text of a paragraph, its blanks, tabs and line breaks written out, comments left out."""
    pieces = [element.text or ""]
    for child in element:
        tag = _tag(child)
        if tag == "s":
            pieces.append(" " * min(_number(child, "c"), 1000))
        elif tag == "tab":
            pieces.append("\t")
        elif tag == "line-break":
            pieces.append("\n")
        elif tag not in ("annotation", "note", "ruby-text"):
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _number(element: etree._Element, name: str) -> int:
    """Return a count that is written as an attribute, 1 when it is absent or no number."""
    text = _attribute(element, name) or "1"
    return max(int(text), 1) if text.isascii() and text.isdecimal() and len(text) < 8 else 1
