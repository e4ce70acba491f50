"""The received document redrawn: its tables with their spans, its text, the cells that findings name marked and linked.

In go a document and the marks, out comes HTML. A large document is drawn around its findings only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from validator.model.document import Cell, Document, Paragraph, Table, column_letters
from validator.reports.address import place
from validator.reports.html.marks import Mark, Marks, heaviest
from validator.reports.html.text import LONGEST, column_head, line, shown

MAX_CELLS = 6000
"""Cells of a document up to which all of it is drawn."""
MAX_ROWS = 1600
"""Rows that are drawn of a document that is larger: those of the heaviest findings, then their neighbours."""
MAX_MARKS = 6
"""Numbers that stand in one cell; what leads to all of them is the first."""
_NEAR = 2
_HEAD_ROWS = 5
_BLANK_ROWS = 3
_LONG = 14
"""Characters from which a text is set from the left instead of in the middle."""


def draw(document: Document, marks: Marks, words: Mapping[str, str]) -> str:
    """Return the document as HTML."""
    large = sum(1 for table in document.tables for _ in table.cells()) + len(document.paragraphs) > MAX_CELLS
    near = _Spans(marks)
    room = MAX_ROWS
    parts = [f'<p class="about">{words["large"]}</p>'] if large else []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if not large or near.at(block.address) or marks.at(block.address):
                parts.append(_paragraph(block, marks, near, words))
            continue
        rows = _rows(block, marks, large=large, room=room)
        room -= len(rows) if large else 0
        parts.append(_table(block, rows, marks, words))
    return "".join(parts)


def _rows(table: Table, marks: Marks, *, large: bool, room: int) -> list[int]:
    """Return the rows to draw: all that hold something, or those around findings."""
    filled = [number for number, row in enumerate(table.rows) if any(cell is not None and cell.text for cell in row)]
    if not filled:
        return []
    last = filled[-1]
    if not large:
        return list(range(last + 1))
    wanted = set(range(min(_HEAD_ROWS, last + 1, room)))
    first = {row: number for row in range(len(table.rows)) if (number := _first(table, row, marks))}
    named = sorted(first, key=first.__getitem__)
    for rows in (named, (row + step for row in named for step in range(-_NEAR, _NEAR + 1) if 0 <= row + step <= last)):
        for row in rows:
            if len(wanted) >= room:
                break
            wanted.add(row)
    return sorted(wanted)


def _first(table: Table, row: int, marks: Marks) -> int:
    """Return the lowest number of a finding that names a cell of a row, 0 when none does."""
    return min((mark.number for address in _addresses(table, row) for mark in marks.at(address)), default=0)


def _addresses(table: Table, row: int) -> Iterator[str]:
    for col, cell in enumerate(table.rows[row]):
        if cell is not None:
            if cell.row == row:
                yield cell.address
        elif table.style != "text":
            yield table.address_at(row, col)


def _table(table: Table, rows: list[int], marks: Marks, words: Mapping[str, str]) -> str:
    if not rows:
        return ""
    columns = _columns(table, rows, marks)
    numbered = table.style != "text"
    head = ""
    if numbered:
        names = (column_letters(col) if table.style == "a1" else f"C{col + 1}" for col in range(columns))
        head = f"<thead><tr><td></td>{''.join(column_head(name) for name in names)}</tr></thead>"
    caption = words["restored"] if table.inferred else line(table.name, 80) or words["table"].format(table.number)
    body = "".join(_body(table, rows, columns, marks, words, numbered=numbered))
    return (
        f'<figure class="sheet"><figcaption>{caption}</figcaption><div class="scroll" tabindex="0" role="group" '
        f'aria-label="{caption}"><table class="grid">{head}<tbody>{body}</tbody></table></div></figure>'
    )


def _columns(table: Table, rows: Iterable[int], marks: Marks) -> int:
    """Return how many columns hold something, or are named by a finding."""
    last = 0
    for row in rows:
        for col in range(len(table.rows[row]) - 1, last - 1, -1):
            cell = table.rows[row][col]
            named = table.style != "text" and cell is None and marks.at(table.address_at(row, col))
            if named or (cell is not None and (cell.text or marks.at(cell.address))):
                last = col + 1
                break
    return last


def _body(
    table: Table, rows: list[int], columns: int, marks: Marks, words: Mapping[str, str], *, numbered: bool
) -> Iterator[str]:
    width = columns + numbered
    shown_rows = set(rows)
    before, blank = -1, 0
    for number in rows:
        if _is_blank(table, number, marks):
            blank += 1
            continue
        if blank > _BLANK_ROWS:
            yield _gap(words["rows_blank"].format(blank), width)
        elif blank:
            yield from (
                _row(table, row, columns, shown_rows, marks, words=words, numbered=numbered)
                for row in range(number - blank, number)
            )
        if number - blank > before + 1:
            yield _gap(words["rows_left_out"].format(number - blank - before - 1), width)
        blank, before = 0, number
        yield _row(table, number, columns, shown_rows, marks, words=words, numbered=numbered)


def _is_blank(table: Table, number: int, marks: Marks) -> bool:
    """Tell whether a row can be left out: nothing written, no merged cell in it, no finding about it."""
    held = any(cell is not None and (cell.text or cell.row < number or cell.row_span > 1) for cell in table.rows[number])
    return not held and not any(marks.at(address) for address in _addresses(table, number))


def _gap(text: str, width: int) -> str:
    return f'<tr class="gap"><td colspan="{width}">⋮ {text}</td></tr>'


def _row(
    table: Table, number: int, columns: int, rows: set[int], marks: Marks, *, words: Mapping[str, str], numbered: bool
) -> str:
    cells = []
    for col, cell in enumerate(table.rows[number][:columns]):
        if cell is None:
            address = table.address_at(number, col) if numbered else ""
            cells.append(_cell("", address, "", marks, words))
        elif cell.col == col and (cell.row == number or number - 1 not in rows):
            cells.append(_cell(cell.text, cell.address, _span(cell, number, columns, rows), marks, words))
    if (missing := columns - len(table.rows[number])) > 0:
        cells.append("<td></td>" * missing)
    head = f'<th scope="row">{number + 1 if table.style == "a1" else f"R{number + 1}"}</th>' if numbered else ""
    return f"<tr>{head}{''.join(cells)}</tr>"


def _span(cell: Cell, number: int, columns: int, rows: set[int]) -> str:
    height = 0
    for row in range(number, cell.row + cell.row_span):
        if row not in rows:
            break
        height += 1
    width = min(cell.col_span, columns - cell.col)
    return (f' rowspan="{height}"' if height > 1 else "") + (f' colspan="{width}"' if width > 1 else "")


def _cell(text: str, address: str, span: str, marks: Marks, words: Mapping[str, str]) -> str:
    found = marks.at(address) if address else []
    classes = ["t"] if len(text) > _LONG else []
    if marks.addressed and address and len(text) <= LONGEST:
        span += f' data-at="{line(address)}"'
    if not found:
        return f"<td{_css(classes)}{span}>{shown(text)}</td>"
    anchor = marks.draw(address)
    heavy = heaviest(found)
    classes += ["bad", heavy.severity.value] if heavy.primary else ["seen"]
    own = [mark for mark in found if mark.primary]
    id = f' id="{anchor}"' if anchor else ""
    return f"<td{id}{_css(classes)}{span}>{shown(text)}{_links(own, marks, words)}</td>"


def _css(classes: list[str]) -> str:
    return f' class="{" ".join(classes)}"' if classes else ""


def _links(found: list[Mark], marks: Marks, words: Mapping[str, str]) -> str:
    links = [
        f'<a href="#{marks.finding(mark.number)}" class="m {mark.severity.value}" '
        f'aria-label="{words["mark"].format(mark.number, line(mark.title, 80))}">{mark.number}</a>'
        for mark in found[:MAX_MARKS]
    ]
    if len(found) > MAX_MARKS:
        links.append(f"<span>+{len(found) - MAX_MARKS}</span>")
    return f'<sup class="marks">{"".join(links)}</sup>' if links else ""


class _Spans:
    """The pieces of paragraphs that findings name: address of the paragraph, first and last character."""

    def __init__(self, marks: Marks) -> None:
        self._spans: dict[str, list[tuple[int, int, str]]] = {}
        for address in marks.addresses:
            where = place(address)
            if where.in_text and where.end:
                self._spans.setdefault(where.row_name, []).append((where.col, where.end, address))

    def at(self, address: str) -> list[tuple[int, int, str]]:
        """Return the spans in a paragraph, in reading order, the longer of two that start together first."""
        return sorted(self._spans.get(address, []), key=lambda span: (span[0], -span[1]))


def _paragraph(paragraph: Paragraph, marks: Marks, near: _Spans, words: Mapping[str, str]) -> str:
    spans = near.at(paragraph.address)
    whole = marks.at(paragraph.address)
    if not paragraph.text.strip() and not spans and not whole:
        return ""
    pieces, done = [], 0
    for start, end, address in spans:
        if start - 1 < done:
            # Overlaps a piece that is marked already: its own link leads to the whole piece.
            pieces.append(_piece("", address, marks, words))
            continue
        pieces.append(shown(paragraph.text[done : start - 1]))
        pieces.append(_piece(paragraph.text[start - 1 : end], address, marks, words))
        done = end
    pieces.append(shown(paragraph.text[done:]))
    if whole:
        inner = (
            _piece(paragraph.text, paragraph.address, marks, words)
            if not spans
            else (_piece("", paragraph.address, marks, words) + "".join(pieces))
        )
        return f'<p class="prose">{inner}</p>'
    return f'<p class="prose">{"".join(pieces)}</p>'


def _piece(text: str, address: str, marks: Marks, words: Mapping[str, str]) -> str:
    found = marks.at(address)
    heavy = heaviest(found)
    css = f"bad {heavy.severity.value}" if heavy.primary else "seen"
    anchor = marks.draw(address)
    id = f' id="{anchor}"' if anchor else ""
    return f'<span{id} class="{css}">{shown(text)}{_links([mark for mark in found if mark.primary], marks, words)}</span>'
