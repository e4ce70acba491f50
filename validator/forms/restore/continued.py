"""Tables that a page broke in two: the rows on the next page became a table of their own, without a header.

Comes in: the blocks of a document of grids (Markdown made from a PDF). Goes out: the same with such rows below those of the
page before, each cell with the address that it had. Text between the two may be a row that the page tore: then a figure may
be missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import PAGE_MARK
from validator.forms.restore.vocabulary import FEWEST_COLUMNS, Vocabulary
from validator.model.document import Cell, Paragraph, Table

_BARE = frozenset({Shape.NUMBER, Shape.DASH, Shape.BLANK})
_MOST_BETWEEN = 16
"""Paragraphs between the two, blank ones not counted: the number of a page, the cells of one row."""


def joined(blocks: Sequence[Table | Paragraph], vocabulary: Vocabulary) -> list[Table | Paragraph]:
    """Return the blocks with the tables whole that go on in the next one."""
    whole: list[Table | Paragraph] = []
    at = -1
    for block in blocks:
        above = whole[at] if at >= 0 else None
        if isinstance(block, Table) and isinstance(above, Table) and _goes_on(above, whole[at + 1 :], block, vocabulary):
            torn = any(isinstance(p, Paragraph) and p.text.strip() and not PAGE_MARK.fullmatch(p.text) for p in whole[at + 1 :])
            fits = _fits(above, block)
            whole[at] = _table(above, _below(above, block) if fits else (), torn=torn or not fits)
            if fits:
                continue
        whole.append(block)
        at = len(whole) - 1 if isinstance(block, Table) else at
    return whole


def _goes_on(above: Table, between: Sequence[Table | Paragraph], below: Table, vocabulary: Vocabulary) -> bool:
    said = [block for block in between if isinstance(block, Table) or block.text.strip()]
    if below.columns > above.columns or len(said) > _MOST_BETWEEN or not _sections(above, vocabulary):
        return False
    if any(isinstance(block, Paragraph) and vocabulary.is_title(block.text.strip()) for block in between):
        return False
    last = [vocabulary.meaning(cell.text).rows for cell in above.rows[-1] if cell is not None]
    return not any("total" in rows.values() for rows in last) and not _sections(below, vocabulary)


def _sections(table: Table, vocabulary: Vocabulary) -> list[str]:
    """Return the sections with figures whose columns a row of a table names."""
    found: list[str] = []
    for row in table.rows:
        named = Counter(id for cell in row if cell is not None for id in vocabulary.meaning(cell.text).columns)
        found += [id for id, count in named.items() if count >= FEWEST_COLUMNS and vocabulary.parts[id].has_figures]
    return found


def _fits(above: Table, below: Table) -> bool:
    """Tell whether bare numbers stand in the columns of the table below in which the last row above has them, and no words."""
    numbers = [c for c, cell in enumerate(above.rows[-1]) if cell is not None and shape_of(cell.text) is Shape.NUMBER]
    shapes = [{shape_of(cell.text) for row in below.rows for cell in row[c : c + 1] if cell is not None} for c in numbers]
    return bool(numbers) and all(Shape.NUMBER in found and found <= _BARE for found in shapes)


def _below(above: Table, below: Table) -> list[list[Cell | None]]:
    """Return the rows of a table as they stand below another."""
    rows: list[list[Cell | None]] = []
    for r, row in enumerate(below.rows, len(above.rows)):
        cells = (cell or Cell("", 0, 0, below.address_at(r - len(above.rows), c)) for c, cell in enumerate(row))
        filled = [cell._replace(row=r, col=c) for c, cell in enumerate(cells)]
        rows.append([*filled, *([None] * (above.columns - len(row)))])
    return rows


def _table(table: Table, more: Sequence[Sequence[Cell | None]], *, torn: bool) -> Table:
    """Return a table with more rows; `torn` says that a row may be missing."""
    return Table(
        table.name,
        [*table.rows, *more],
        number=table.number,
        style=table.style,
        inferred=table.inferred,
        open_rows=table.open_rows | ({len(table.rows) - 1} if torn else frozenset()),
    )
