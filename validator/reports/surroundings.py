"""One cell or span of a document, with what stands around it: the proof that an address leads back to its place.

In goes a document with a place in it, out goes text. Nothing is interpreted.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from validator.model.document import Cell, Document, Paragraph, Table, column_letters
from validator.reports.address import place
from validator.reports.layout import pad, shorten
from validator.reports.visible import excerpt, visible

_AROUND = 3
"""Rows, columns and lines shown on each side."""

_COLUMN = 14
"""A column of this width is worth showing; where there is no room for it, fewer columns are shown."""


def render(document: Document, block: Table | Paragraph, cell: Cell | None, address: str, *, width: int) -> str:
    """Return a cell, a blank slot or a span in its surroundings, as text of about `width` columns.

    `block` and `cell` are what `readers.locate` found at the address.
    """
    asked = place(address.strip())
    if isinstance(block, Paragraph):
        start, end = (asked.col - 1, asked.end) if asked.end else (0, len(block.text))
        return _of_span(document, block, start, end, width)
    return _of_cell(block, cell or Cell("", max(asked.row, 1) - 1, max(asked.col, 1) - 1, address), width)


def _of_cell(table: Table, cell: Cell, width: int) -> str:
    """Return the rows and columns around a cell, the cell marked with ^."""
    rows = range(max(0, cell.row - _AROUND), min(len(table.rows), cell.row + cell.row_span + _AROUND))
    names = [_row_name(table, row) for row in rows]
    gutter = max(cell_len(name) for name in names)
    room = width - gutter - 3
    for sides in range(_AROUND, -1, -1):
        around = range(max(0, cell.col - sides), min(table.columns, cell.col + min(cell.col_span, 3) + sides))
        columns = sorted({0, *around})
        shown = [[_shown(table, row, col, columns, rows) for col in columns] for row in rows]
        widest = max(_COLUMN, room // len(columns) - 3)
        sizes = [max(4, min(widest, max(cell_len(texts[index]) for texts in shown))) for index in range(len(columns))]
        if sum(size + 3 for size in sizes) <= room:
            break
    else:
        sizes = [max(4, min(size, room // len(columns) - 3)) for size in sizes]
    heads = [pad(_column_name(table, col), size) for col, size in zip(columns, sizes, strict=True)]
    lines = [f"{' ' * gutter} │ {' │ '.join(heads)} │"]
    for row, name, texts in zip(rows, names, shown, strict=True):
        fitted = [pad(text, size) for text, size in zip(texts, sizes, strict=True)]
        lines.append(f"{pad(name, gutter, right=True)} │ {' │ '.join(fitted)} │")
        if row == cell.row:
            marks = [
                pad("^" * max(1, cell_len(text.rstrip())) if col == cell.col else "", size)
                for col, text, size in zip(columns, fitted, sizes, strict=True)
            ]
            lines.append(f"{' ' * gutter} │ {' │ '.join(marks)} │")
    return "".join(f"{line}\n" for line in lines)


def _of_span(document: Document, paragraph: Paragraph, start: int, end: int, width: int) -> str:
    """Return the lines around characters `start` to `end` (from 0, end excluded) of a paragraph, the span marked with ^."""
    paragraphs = document.paragraphs
    here = next(index for index, other in enumerate(paragraphs) if other.address == paragraph.address)
    near = paragraphs[max(0, here - _AROUND) : here + _AROUND + 1]
    gutter = max(cell_len(visible(other.address)) for other in near)
    room = max(width - gutter - 3, 20)
    lines = []
    for other in near:
        name = pad(visible(other.address), gutter, right=True)
        if other is not paragraphs[here]:
            lines.append(f"{name} │ {shorten(excerpt(other.text, 4 * room), room)}")
            continue
        before, span, after = _window(paragraph.text, start, end, room)
        lines.append(f"{name} │ {before}{span}{after}")
        lines.append(f"{' ' * gutter} │ {' ' * cell_len(before)}{'^' * max(1, cell_len(span))}")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _window(text: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """Return what stands before, in and after the span, cut so that all of it fits beside each other."""
    span = shorten(excerpt(text[start:end], 2 * room), max(room // 2, 8))
    left = (room - cell_len(span)) // 2
    before, after = visible(text[max(0, start - 4 * room) : start]), visible(text[end : end + 4 * room])
    spare = max(0, left - cell_len(before))
    while cell_len(before) > left + max(0, left - cell_len(after)):
        before = "…" + before[2 if before.startswith("…") else 1 :]
        if before == "…":
            break
    room_after = max(room - cell_len(before) - cell_len(span), min(spare, 1))
    return before, span, after if cell_len(after) <= room_after else _head(after, room_after)


def _head(text: str, width: int) -> str:
    while text and cell_len(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _row_name(table: Table, row: int) -> str:
    if table.style == "a1":
        return str(row + 1)
    return f"R{row + 1}"


def _column_name(table: Table, col: int) -> str:
    return column_letters(col) if table.style == "a1" else f"C{col + 1}"


def _shown(table: Table, row: int, col: int, columns: Sequence[int], rows: Sequence[int]) -> str:
    """The text of a slot. A merged cell shows it once, in the first of its slots that is in view."""
    cell = table.at(row, col)
    if cell is None:
        return ""
    top, left = max(cell.row, rows[0]), next(c for c in columns if c >= cell.col)
    return excerpt(cell.text, 120) if (row, col) == (top, left) else "·"
