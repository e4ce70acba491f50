"""Web pages (html): bytes in, paragraphs and tables in reading order out.

Parsed as a browser does, with lexbor. Scripts, styles and hidden elements are left out. A table that only arranges other
tables or prose on the page is not taken for a table: what is in it is read on its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from validator.errors import UnsupportedFormat
from validator.model.document import Cell, Note, Paragraph, Table
from validator.readers.encoding import decode
from validator.readers.grid import Region, build
from validator.readers.source import Parts, Source, cut

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_SKIPPED_NAMES = "script style template noscript head svg math iframe object select button del audio video canvas -comment"
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BLOCKS_NAMES = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCKS_NAMES.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINE_BLANKS = re.compile(r" *\n *")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_FLAT_NAMES = "br hr img input meta link col base wbr area embed param p li td th tr tbody thead tfoot option dd dt"
_FLAT = frozenset(_FLAT_NAMES.split())
"""Elements that never stand in themselves, whether they are closed or not."""
_DEEPEST = 2000
"""Elements within elements; the time that a parser needs grows with the square of this."""
_MOST_COLUMNS_SPANNED = 1000
"""What browsers allow."""
_PROSE = 300
"""Characters of a cell from which it may be prose rather than an entry."""


def read(source: Source) -> Parts:
    """Read a page; raises UnsupportedFormat when it isn't text."""
    found = _CHARSET.search(source.data[:8192])
    decoded = decode(source.data, found.group(1).decode("ascii") if found else "")
    if decoded is None:
        raise UnsupportedFormat("内容不是网页，也不是文字", where=source.name, remedy="另存为 xlsx 或 docx 再试")
    parts = blocks_of(source, decoded.text.replace("\0", ""))
    return parts._replace(notes=(Note(decoded.note), *parts.notes)) if decoded.note else parts


def blocks_of(source: Source, markup: str, *, tables_before: int = 0) -> Parts:
    """Return the blocks of markup; tables are numbered on from `tables_before`."""
    if _nesting(markup) > _DEEPEST:
        raise source.unreadable(f"网页元素嵌套超过 {_DEEPEST} 层，没有读取", "另存为 xlsx 或 docx 再试")
    reading = _Reading(source, tables_before)
    body = LexborHTMLParser(markup).body
    if body is not None:
        reading.flow(body)
    return Parts(tuple(reading.blocks), tuple(reading.notes))


class _Reading:
    """One pass over a page: what was found so far, and the counters behind the addresses."""

    def __init__(self, source: Source, tables: int) -> None:
        self.source = source
        self.blocks: list[Table | Paragraph] = []
        self.notes: list[Note] = []
        self.paragraphs, self.tables, self.depth = 0, tables, 0

    def flow(self, root: LexborNode) -> None:
        """Read what is below an element as paragraphs and tables."""
        pieces: list[str] = []

        def end_paragraph() -> None:
            text = _joined(pieces)
            pieces.clear()
            if text:
                self.paragraph(text)

        def table(node: LexborNode) -> bool:
            if _is_layout(node):
                return False
            end_paragraph()
            self.table(node)
            return True

        _walk(root, pieces, end_paragraph, table)
        end_paragraph()

    def paragraph(self, text: str) -> None:
        """Add a paragraph."""
        self.paragraphs += 1
        if self.paragraphs > self.source.limits.max_lines:
            raise self.source.unreadable(f"超过 {self.source.limits.max_lines} 段，没有读取", "把文件拆开再试")
        address = f"段{self.paragraphs}"
        text, cause = cut(text, self.source.limits)
        if cause:
            self.notes.append(Note(f"{address}{cause}", address))
        self.blocks.append(Paragraph(text, address))

    def table(self, node: LexborNode) -> None:
        """Read a table, and after it the tables in its cells."""
        limits = self.source.limits
        self.depth += 1
        if self.depth > limits.max_nesting:
            raise self.source.unreadable("表格嵌套太深，没有读取", "另存为 xlsx 再试")
        for caption in _children(node, ("caption",)):
            self.flow(caption)
        self.tables += 1
        number, place = self.tables, len(self.blocks)
        name = f"表{number}"
        lines = _rows(node)
        rows: dict[int, dict[int, Cell]] = {}
        regions: list[Region] = []
        busy: dict[int, int] = {}
        width = slots = 0
        for r, line in enumerate(lines[: limits.max_rows]):
            col = 0
            for cell in _children(line, ("td", "th")):
                while busy.get(col, 0) > r:
                    col += 1
                if col >= limits.max_columns:
                    beyond = Note(f"{name} 第 {limits.max_columns} 列以后的内容没有读", name)
                    self.notes += [beyond] if self.notes[-1:] != [beyond] else []
                    break
                right = min(col + min(_span(cell, "colspan") or 1, _MOST_COLUMNS_SPANNED), limits.max_columns)
                bottom = min(r + (_span(cell, "rowspan") or len(lines)), len(lines), limits.max_rows)
                slots += (right - col) * (bottom - r)
                if slots > limits.max_cells:
                    raise self.source.unreadable(
                        f"{name} 超过 {limits.max_cells} 个格子，没有读取", "只留要检查的表，另存后再试"
                    )
                if bottom > r + 1 or right > col + 1:
                    regions.append(Region(r, col, bottom - 1, right - 1))
                for taken in range(col, right):
                    busy[taken] = max(bottom, busy.get(taken, 0))
                text, note = cut(self.text(cell), limits)
                if text:
                    rows.setdefault(r, {})[col] = Cell(text, r, col, f"{name}!R{r + 1}C{col + 1}", note=note)
                width, col = max(width, right), right
        if len(lines) > limits.max_rows:
            self.notes.append(Note(f"{name} 第 {limits.max_rows} 行以后的内容没有读", name))
        table, notes = build(self.source, name, number, rows, regions, style="rc", size=(len(lines), width))
        if table is not None:
            self.blocks.insert(place, table)
        self.notes += notes
        self.depth -= 1

    def text(self, cell: LexborNode) -> str:
        """Return the text of a cell, its blocks on lines of their own; tables in it are read as tables."""
        pieces: list[str] = []

        def end_line() -> None:
            if pieces and pieces[-1] != "\n":
                pieces.append("\n")

        def table(node: LexborNode) -> bool:
            if self.depth >= self.source.limits.max_nesting or not _is_layout(node):
                self.table(node)
                return True
            return False

        _walk(cell, pieces, end_line, table)
        return _joined(pieces)


def _nesting(markup: str) -> int:
    """Return roughly how deep elements stand in elements."""
    depth = deepest = 0
    for closing, tag in _TAG.findall(markup):
        if tag.lower() in _FLAT:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _walk(root: LexborNode, pieces: list[str], end_block: Callable[[], None], table: Callable[[LexborNode], bool]) -> None:
    """Go through what is below an element, however deep, without recursion.

    Text goes to `pieces`; `end_block` is called where a block begins or ends; `table` says whether it took the table.
    """
    node, depth, preformatted = root.child, 1, 0
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            pieces.append(text if preformatted else _BLANKS.sub(" ", text))
        elif tag == "br":
            pieces.append("\n")
        elif not (tag in _SKIPPED or _is_hidden(node) or (tag == "table" and table(node))):
            if tag in _BLOCKS:
                end_block()
            if node.child is not None:
                preformatted += tag == "pre"
                node, depth = node.child, depth + 1
                continue
        while node.next is None:
            parent, depth = node.parent, depth - 1
            if not depth or parent is None:
                return
            node = parent
            preformatted -= node.tag == "pre"
            if node.tag in _BLOCKS:
                end_block()
        node = node.next


def _joined(pieces: list[str]) -> str:
    text = "".join(pieces).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_BLANKS.sub("\n", text).strip()


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(attributes) and ("hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or "")))


def _is_layout(node: LexborNode) -> bool:
    """Tell whether a table only arranges a page: cells that hold tables or prose and don't make up a grid."""
    lines = [list(_children(row, ("td", "th"))) for row in _rows(node)]
    cells = [cell for line in lines for cell in line]
    holding = [cell for cell in cells if cell.css_first("table") is not None]
    entries = [cell for cell in cells if not any(cell.mem_id == other.mem_id for other in holding)] if len(holding) < 50 else []
    filled = [len(text) for cell in entries if (text := (cell.text(deep=True) or "").strip())]
    if holding:
        wide = sum(len(line) > 1 for line in lines)
        return not (wide > 1 and len(filled) > 3)
    if len(cells) == 1:
        return bool(filled) and (filled[0] > _PROSE or len(cells[0].css("p, div, h1, h2, h3, li")) > 2)
    return len(lines) == 1 and any(length > 2 * _PROSE for length in filled)


def _rows(table: LexborNode) -> list[LexborNode]:
    """Return the rows of a table itself, not of tables in it; hidden ones left out."""
    rows: list[LexborNode] = []
    for child in _children(table, ("thead", "tbody", "tfoot", "tr")):
        rows += [child] if child.tag == "tr" else _children(child, ("tr",))
    return rows


def _children(node: LexborNode, tags: tuple[str, ...]) -> list[LexborNode]:
    found, child = [], node.child
    while child is not None:
        if child.tag in tags and not _is_hidden(child):
            found.append(child)
        child = child.next
    return found


def _span(cell: LexborNode, name: str) -> int:
    """Return a span as written, 1 where it isn't a number; 0 means to the end."""
    text = (cell.attributes.get(name) or "1").strip()
    return int(text[:9]) if text.isascii() and text.isdecimal() else 1
