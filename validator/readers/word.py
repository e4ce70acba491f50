"""Word documents (docx): bytes in, paragraphs and tables in the order of the body out.

Read from the markup with lxml. Tracked deletions and hidden text are left out, insertions kept; text boxes and content
controls are read where they stand. Numbers of numbered headings, headers, footers and footnotes are not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from validator.model.document import Cell, Note, Paragraph, Table
from validator.readers.grid import Region, build
from validator.readers.package import Package, main_part
from validator.readers.source import Parts, Source, cut
from validator.readers.xml import tree

_SKIPPED_NAMES = (
    "del moveFrom Fallback pPr rPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr instrText delText delInstrText rt sectPr object"
)
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_PLAIN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_SYMBOLS = {
    ("Wingdings", 0x6F): "□",
    ("Wingdings", 0xA8): "□",
    ("Wingdings", 0xFC): "√",
    ("Wingdings", 0xFB): "×",
    ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFE): "☑",
    ("Wingdings 2", 0x2A): "□",
    ("Wingdings 2", 0xA3): "□",
    ("Wingdings 2", 0x50): "√",
    ("Wingdings 2", 0x52): "☑",
    ("Wingdings 2", 0x54): "☒",
}


def read(source: Source) -> Parts:
    """Read a document; raises UnreadableDocument when it is damaged."""
    package = Package(source)
    part = main_part(package, "word/document.xml")
    root = tree(source, part, package.read(part))
    body = next((child for child in root if _tag(child) == "body"), root)
    reading = _Reading(source)
    reading.flow(body)
    return Parts(tuple(reading.blocks), tuple(reading.notes))


class Outline(NamedTuple):
    """A document's markup, and which element stands at which address."""

    part: str
    root: etree._Element
    places: dict[str, etree._Element]
    """Paragraphs and cells by their addresses; each slot of a merged cell leads to its first."""


def outline(source: Source) -> Outline:
    """Return the markup by addresses; raises UnreadableDocument when the document is damaged."""
    package = Package(source)
    part = main_part(package, "word/document.xml")
    root = tree(source, part, package.read(part))
    body = next((child for child in root if _tag(child) == "body"), root)
    reading = _Reading(source)
    places: dict[str, etree._Element] = {}
    reading.places = places
    reading.flow(body)
    return Outline(part, root, places)


def pieces(paragraph: etree._Element) -> list[tuple[etree._Element, str]]:
    """Return the elements that hold the text of a paragraph, each with its text."""
    texts: list[str] = []
    origins: list[etree._Element] = []
    _collect(paragraph, texts, [], origins)
    return list(zip(origins, texts, strict=True))


class _Reading:
    """One pass over the body: what was found so far, and the counters behind the addresses."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places: dict[str, etree._Element] | None = None
        """Filled when someone needs to find an address in the markup again."""
        self.blocks: list[Table | Paragraph] = []
        self.notes: list[Note] = []
        self.paragraphs = self.tables = self.depth = 0

    def flow(self, element: etree._Element) -> None:
        """Read the paragraphs and tables of the body, of a text box or of a content control."""
        for child in _unwrapped(element):
            if _tag(child) == "tbl":
                self.table(child)
            else:
                self.paragraph(child)

    def paragraph(self, element: etree._Element) -> None:
        """Read a paragraph; blank ones only count."""
        boxes: list[etree._Element] = []
        pieces: list[str] = []
        _collect(element, pieces, boxes)
        self.paragraphs += 1
        if self.paragraphs > self.source.limits.max_lines:
            raise self.source.unreadable(f"超过 {self.source.limits.max_lines} 段，没有读取", "把文件拆开再试")
        address = f"段{self.paragraphs}"
        if self.places is not None:
            self.places[address] = element
        text, cause = cut("".join(pieces), self.source.limits)
        if cause:
            self.notes.append(Note(f"{address}{cause}", address))
        if text.strip():
            self.blocks.append(Paragraph(text, address))
        for box in boxes:
            self.flow(box)

    def table(self, element: etree._Element) -> None:
        """Read a table, and after it the tables in its cells."""
        self.depth += 1
        if self.depth > self.source.limits.max_nesting:
            raise self.source.unreadable("表格嵌套太深，没有读取", "另存为 xlsx 再试")
        self.tables += 1
        number = self.tables
        name = f"表{number}"
        place = len(self.blocks)
        rows: dict[int, dict[int, Cell]] = {}
        regions: dict[tuple[int, int], Region] = {}
        open_regions: dict[int, tuple[int, int]] = {}
        height = width = 0
        for r, row in enumerate(_rows(element)):
            height = r + 1
            col = _number(_property(row, "trPr", "gridBefore"), 0)
            for cell in _cells(row):
                span = max(_number(_property(cell, "tcPr", "gridSpan"), 1), 1)
                if col >= self.source.limits.max_columns:
                    beyond = Note(f"{name} 第 {self.source.limits.max_columns} 列以后的内容没有读", name)
                    self.notes += [beyond] if self.notes[-1:] != [beyond] else []
                    break
                width = max(width, min(col + span, self.source.limits.max_columns))
                origin = open_regions.get(col)
                above = regions.get(origin) if origin is not None else None
                first: tuple[int, int] = (r, col)
                if _merged(cell, "vMerge") == "continue" and above and above.right == col + span - 1:
                    regions[origin] = above._replace(bottom=r)  # type: ignore[index]
                    first = (above.top, above.left)
                elif _merged(cell, "hMerge") == "continue" and (left := _left(regions, r, col)) is not None:
                    regions[left] = regions[left]._replace(right=col + span - 1)
                    first = left
                else:
                    text, note = cut(self.text(cell), self.source.limits)
                    regions[r, col] = Region(r, col, r, col + span - 1)
                    open_regions[col] = (r, col)
                    if text:
                        rows.setdefault(r, {})[col] = Cell(text, r, col, f"{name}!R{r + 1}C{col + 1}", note=note)
                if self.places is not None:
                    _remember(self.places, name, first, (r, col, span), cell)
                col += span
        spread = [region for region in regions.values() if region.top != region.bottom or region.left != region.right]
        table, notes = build(self.source, name, number, rows, spread, style="rc", size=(height, width))
        if table is not None:
            self.blocks.insert(place, table)
        self.notes += notes
        self.depth -= 1

    def text(self, element: etree._Element) -> str:
        """Return the text of a cell, its paragraphs on lines of their own; tables in it are read as tables."""
        lines: list[str] = []
        for child in _unwrapped(element):
            if _tag(child) == "tbl":
                self.table(child)
                continue
            pieces: list[str] = []
            boxes: list[etree._Element] = []
            _collect(child, pieces, boxes)
            lines.append("".join(pieces))
            lines += [self.text(box) for box in boxes]
        return "\n".join(lines).strip()


def _remember(
    places: dict[str, etree._Element], name: str, first: tuple[int, int], slot: tuple[int, int, int], cell: etree._Element
) -> None:
    """Note the element of each slot that a cell covers: its own, or that of the merged region's first cell."""
    row, col, span = slot
    element = places.get(f"{name}!R{first[0] + 1}C{first[1] + 1}", cell)
    for covered in range(col, col + min(span, 1000)):
        places[f"{name}!R{row + 1}C{covered + 1}"] = element


def _tag(element: etree._Element) -> str:
    """Return the name of an element without its namespace, so that strict and transitional files read the same."""
    return str(element.tag).rpartition("}")[2]


def _attribute(element: etree._Element, name: str) -> str | None:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _unwrapped(element: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, those in content controls and insertions included."""
    for child in element:
        tag = _tag(child)
        if tag in ("p", "tbl"):
            yield child
        elif tag not in _SKIPPED:
            yield from _unwrapped(child)


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table that were not deleted."""
    for child in element:
        tag = _tag(child)
        if tag == "tr":
            if _property(child, "trPr", "del") is None:
                yield child
        elif tag not in _SKIPPED:
            yield from _rows(child)


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        tag = _tag(child)
        if tag == "tc":
            yield child
        elif tag not in _SKIPPED:
            yield from _cells(child)


def _collect(
    element: etree._Element, pieces: list[str], boxes: list[etree._Element], origins: list[etree._Element] | None = None
) -> None:
    """Gather the pieces of text of a paragraph, the text boxes anchored in it, and where each piece came from."""
    for child in element:
        tag = _tag(child)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            if _property(child, "rPr", "vanish") is None:
                _collect(child, pieces, boxes, origins)
            continue
        elif tag in _PLAIN:
            if _attribute(child, "type") == "page":
                continue
            pieces.append(_PLAIN[tag])
        elif tag == "sym":
            pieces.append(_symbol(child))
        elif tag == "txbxContent":
            boxes.append(child)
            continue
        else:
            if tag not in _SKIPPED:
                _collect(child, pieces, boxes, origins)
            continue
        if origins is not None:
            origins.append(child)


def _symbol(element: etree._Element) -> str:
    code = _attribute(element, "char") or ""
    try:
        return _SYMBOLS.get((_attribute(element, "font") or "", int(code, 16) & 0xFF), "")
    except ValueError:
        return ""


def _property(element: etree._Element, group: str, name: str) -> str | None:
    """Return the value of a property, "" when it is set without one, None when it isn't set."""
    for child in element:
        if _tag(child) == group:
            for entry in child:
                if _tag(entry) == name:
                    value = _attribute(entry, "val") or ""
                    return None if value in ("0", "false", "off") and name == "vanish" else value
    return None


def _merged(cell: etree._Element, name: str) -> str:
    """Return `restart`, `continue` or an empty string; the property without a value means `continue`."""
    value = _property(cell, "tcPr", name)
    return "" if value is None else value or "continue"


def _left(regions: dict[tuple[int, int], Region], row: int, col: int) -> tuple[int, int] | None:
    """Return the key of the region that ends right before a column in a row."""
    return next((key for key, region in regions.items() if region.top == row and region.right == col - 1), None)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else otherwise
