"""Blocks whose labels each stand right before their value, instead of a header row over rows of values.

Comes in: rows of a table and the columns of a section. Goes out: for each run of such rows the label and the value of each
column. Which section it makes, and what the values are, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from validator.forms.labels import normalise
from validator.model.document import Cell, Table

_FIGURE = re.compile(r"[-−+]?\d[\d,，]*(?:\.\d+)?\s*(?:[%％]|[百千万亿]{0,2}元?)")
_FEWEST = 2


class Pairs(NamedTuple):
    """Neighbouring rows of labels with their values."""

    start: int
    end: int
    """First row that doesn't belong to it."""
    labels: Mapping[str, Cell]
    """Column id to the cell of its label."""
    values: Mapping[str, Cell]
    parts: tuple[tuple[Cell, Mapping[str, Cell]], ...] = ()
    """Rows right below that split the values up, with one label for all of them: 其中：财政拨款 100 其中：财政拨款 98.4."""


def pairs_in(table: Table, find: Callable[[str], str | None]) -> Iterator[Pairs]:
    """Yield the runs of rows in which each label of a column is followed by one figure; `find` knows the labels."""
    labels: dict[str, Cell] = {}
    values: dict[str, Cell] = {}
    start = -1
    for r, row in enumerate((*table.rows, ())):
        cells = _texts(row, r)
        found = _pairs_of(cells, _label_above(table, r, cells, find), find)
        if found and not any(id in labels for id, _, _ in found):
            start = r if start < 0 else start
            labels.update((id, label) for id, label, _ in found)
            values.update((id, value) for id, _, value in found)
            continue
        if len(labels) >= _FEWEST and not found:
            parts = tuple(_parts_below(table, r, labels, values))
            yield Pairs(start, r + len(parts), labels, values, parts)
        labels, values, start = {}, {}, -1


def _texts(row: Sequence[Cell | None], r: int) -> list[Cell]:
    return [cell for c, cell in enumerate(row) if cell is not None and cell.text and (cell.row, cell.col) == (r, c)]


def _label_above(table: Table, r: int, cells: Sequence[Cell], find: Callable[[str], str | None]) -> Cell | None:
    """Return the label that stands above the last figure of a row: a rate behind the pairs that it follows from.

    In a table restored from text, where places are lost, it is the last of its row as well.
    """
    above = [cell for cell in (table.rows[r - 1] if 0 < r < len(table.rows) else ()) if cell is not None and cell.text]
    if not above or not cells or not _FIGURE.fullmatch(cells[-1].text.strip()) or find(above[-1].text) is None:
        return None
    beside = above[-1].col <= cells[-1].col < above[-1].col + above[-1].col_span
    return above[-1] if beside or table.inferred else None


def _pairs_of(cells: Sequence[Cell], above: Cell | None, find: Callable[[str], str | None]) -> list[tuple[str, Cell, Cell]]:
    """Return column, label and value of each pair in a row; nothing when one of its labels has no value, or several.

    `above`: the label of the last value, when it is not in the row itself.
    """
    found: list[tuple[str, Cell, Cell]] = []
    if above is not None and len(cells) > _FEWEST and (id := find(above.text)) is not None:
        found = _pairs_of(cells[:-1], None, find)
        if len(found) * 2 == len(cells) - 1:
            return [*found, (id, above, cells[-1])]
        found = []
    for n, cell in enumerate(cells):
        id = find(cell.text)
        if id is None:
            continue
        following = [bool(_FIGURE.fullmatch(other.text.strip())) for other in cells[n + 1 : n + 3]]
        if following[:1] != [True] or following[1:] == [True]:
            return []
        found.append((id, cell, cells[n + 1]))
    return found


def _parts_below(
    table: Table, start: int, labels_of: Mapping[str, Cell], values: Mapping[str, Cell]
) -> Iterator[tuple[Cell, Mapping[str, Cell]]]:
    """Yield the rows in which, below each value, a part of it stands behind one and the same label."""
    if len({value.row for value in values.values()}) > 1:
        return
    order = sorted((id for id in values if labels_of[id].row == values[id].row), key=lambda key: values[key].col)
    for r in range(start, len(table.rows)):
        cells = _texts(table.rows[r], r)
        labels = [cell for n, cell in enumerate(cells) if n % 2 == 0]
        figures = [cell for n, cell in enumerate(cells) if n % 2]
        if (
            not len(labels) == len(figures) == len(order)
            or (not table.inferred and [cell.col for cell in figures] != [values[id].col for id in order])
            or len({normalise(cell.text) for cell in labels}) > 1
            or not all(_FIGURE.fullmatch(cell.text.strip()) for cell in figures)
        ):
            return
        yield labels[0], dict(zip(order, figures, strict=True))
