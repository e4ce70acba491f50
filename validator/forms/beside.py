"""Take apart a sheet on which forms stand side by side.

Comes in: a document. Goes out: the same document, each of those forms a table of its own; every cell keeps its address. A
table is taken apart between blank columns, or where a title begins, and only if what stands on each side is a form: it has a
title, or the same blocks as the side before. Beside a form with a title another table may stand, below a heading of its own.
A line over the whole sheet belongs to the first; a title over all of them to each. Which forms they are is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from validator.forms.headers import distinct
from validator.model.document import Cell, Document, Table

Blocks = Callable[[Table], tuple[frozenset[str], ...]]
"""Tells, for each row of a table in which a header begins, which sections it may be the header of."""

_NARROWEST = 3
"""No form has fewer columns."""
_HEAD_ROWS = 4
"""Titles that stand side by side are in one of the first rows."""
_MOST_SIDES = 8
_FEWEST_BLOCKS = 2
"""A side without a title has as many blocks that the side before it has too."""


def stand_apart(document: Document, is_title: Callable[[str], bool], blocks: Blocks) -> Document:
    """Return a document in which forms that stand side by side are tables of their own; any other comes back as it is.

    `is_title` tells whether a text is the title of a form.
    """
    sides = {id(table): _sides(table, is_title, blocks) for table in document.tables}
    if all(len(own) < 2 for own in sides.values()):
        return document
    parts = (sides[id(block)] if isinstance(block, Table) else (block,) for block in document.blocks)
    return replace(document, blocks=tuple(part for own in parts for part in own))


def _sides(table: Table, is_title: Callable[[str], bool], blocks: Blocks) -> Sequence[Table]:
    """Return the tables that a table is made of, from left to right."""
    if table.inferred or table.columns <= 2 * _NARROWEST:
        return (table,)
    starts = _starts_behind_blanks(table) or _starts_of_titles(table, is_title)
    if not 0 < len(starts) < _MOST_SIDES:
        return (table,)
    kept = [0]
    for start, end in pairwise([*starts, table.columns]):
        before, behind = range(kept[-1], start), range(start, end)
        forms = [_has_title(table, part, is_title) for part in (before, behind)]
        titled = any(forms) and all(
            form or _has_heading(table, part) for form, part in zip(forms, (before, behind), strict=True)
        )
        if (
            titled
            or _common_blocks(*(blocks(Table(table.name, _moved(table, part, is_title))) for part in (before, behind)))
            >= _FEWEST_BLOCKS
        ):
            kept.append(start)
    if len(kept) == 1:
        return (table,)
    return [_side(table, range(*ends), is_title) for ends in pairwise([*kept, table.columns])]


def _starts_behind_blanks(table: Table) -> list[int]:
    """Return the columns behind the blank ones that have written ones on both sides."""
    written = _written_columns(table)
    first = written.index(True) if True in written else table.columns
    return [c for c in range(first + 1, table.columns) if written[c] and not written[c - 1]]


def _written_columns(table: Table) -> list[bool]:
    """Tell of each column whether anything is written in it; a line over the whole sheet stands in its ends only."""
    written = [False] * table.columns
    for row in table.rows:
        said = _said(row)
        for cell in said:
            last = min(cell.col + cell.col_span, table.columns) - 1
            for c in (cell.col, last) if len(said) == 1 else range(cell.col, last + 1):
                written[c] = True
    return written


def _said(row: Sequence[Cell | None]) -> list[Cell]:
    """Return the cells of a row that say something, from left to right. (As `distinct`, for a sheet that may be very wide.)"""
    before: Cell | None = None
    found: list[Cell] = []
    for cell in row:
        if cell is not None and cell is not before and cell.text:
            found.append(cell)
        before = cell
    return found


def _starts_of_titles(table: Table, is_title: Callable[[str], bool]) -> list[int]:
    """Return the columns where titles to the right of another one begin, if no cell reaches from one form into the next."""
    wide = [cell for cell in dict.fromkeys(_written(table.rows[:_HEAD_ROWS])) if cell.col_span >= _NARROWEST]
    starts = sorted({cell.col for cell in wide if cell.col >= _NARROWEST and is_title(cell.text)})
    if not starts or not any(cell.col + cell.col_span <= starts[0] and is_title(cell.text) for cell in wide):
        return []
    return starts if not any(_crosses(table, start) for start in starts) else []


def _crosses(table: Table, start: int) -> bool:
    cells = ((row, row[start]) for row in table.rows if start < len(row))
    return any(cell is not None and cell.text and cell.col < start and len(distinct(row)) > 1 for row, cell in cells)


def _common_blocks(blocks: Iterable[frozenset[str]], others: Iterable[frozenset[str]]) -> int:
    known = frozenset().union(*others)
    return sum(not known.isdisjoint(block) for block in blocks)


def _has_title(table: Table, part: range, is_title: Callable[[str], bool]) -> bool:
    """Tell whether some columns have a title of their own: one that reaches over more is that of all."""
    own = (cell for cell in _written(table.rows) if part.start <= cell.col and cell.col + cell.col_span <= part.stop)
    return any(is_title(cell.text) for cell in own)


def _has_heading(table: Table, part: range) -> bool:
    """Tell whether the first thing that is said in some columns is one line over all of them, and over no others."""
    said = (_said(row[part.start : part.stop]) for row in table.rows[:_HEAD_ROWS])
    first = next((cells for cells in said if cells), [])
    if len(first) != 1 or first[0].col != part.start or first[0].col_span < _NARROWEST:
        return False
    rows = (row[part.start : part.stop] for row in table.rows)
    return (
        max(c for row in rows for c, cell in enumerate(row, part.start) if cell and cell.text)
        < first[0].col + first[0].col_span
    )


def _written(rows: Iterable[Sequence[Cell | None]]) -> Iterator[Cell]:
    return (cell for row in rows for cell in distinct(row))


def _side(table: Table, part: range, is_title: Callable[[str], bool]) -> Table:
    """Return some columns as a table; a blank slot becomes a cell, which knows its address."""
    rows = [
        [cell or Cell("", r, c, table.address_at(r, part.start + c)) for c, cell in enumerate(row)]
        for r, row in enumerate(_moved(table, part, is_title))
    ]
    return Table(table.name, rows, number=table.number, style=table.style)


def _moved(table: Table, part: range, is_title: Callable[[str], bool]) -> list[list[Cell | None]]:
    """Return what stands in some columns, counted from the first; a title that reaches in is theirs too."""
    moved: dict[int, Cell] = {}
    rows: list[list[Cell | None]] = []
    for row in table.rows:
        cells: list[Cell | None] = [None] * len(part)
        for c, cell in enumerate(row[part.start : part.stop]):
            if cell is None or (cell.col < part.start and not is_title(cell.text)):
                continue
            if id(cell) not in moved:
                left, right = max(cell.col, part.start), min(cell.col + cell.col_span, part.stop)
                moved[id(cell)] = cell._replace(col=left - part.start, col_span=right - left)
            cells[c] = moved[id(cell)]
        rows.append(cells)
    return rows
