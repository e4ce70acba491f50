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

_FIGURE = re.compile(r"[-−+]?\d[\d,，]*(?:\.\d+(?:[,，]\d[\d.,，]*)?)?\s*(?:[%％]|[百千万亿]{0,2}元?)")
"""A mistyped one is meant as a figure too: 7,00.0,77."""
_ORDINAL = r"(?:\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）])?"
_BOTH = re.compile(rf"(?P<label>{_ORDINAL}[^\d]*[^\d\s:：.])(?:\s*[:：]\s*|\s+)(?P<figure>{_FIGURE.pattern})")
PER_CENT = ("%", "％")
_FEWEST = 2
_LONGEST = 40
"""Characters of a label with its figure."""


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


def label_and_figure(text: str) -> tuple[str, str] | None:
    """Return a label and the figure behind it where both stand in one cell: 预算数：500.00."""
    both = _BOTH.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return (both["label"], both["figure"]) if both is not None else None


def is_amount(text: str) -> bool:
    """Tell whether a text is a figure, with its unit of money perhaps: 449.8万."""
    return _FIGURE.fullmatch(text.strip()) is not None


def pairs_in(table: Table, find: Callable[[str], str | None]) -> Iterator[Pairs]:
    """Yield the runs of rows in which each label of a column is followed by one figure; `find` knows the labels."""
    labels: dict[str, Cell] = {}
    values: dict[str, Cell] = {}
    start = -1
    for r, row in enumerate((*table.rows, ())):
        cells = texts_of(row, r)
        found = _pairs_of(cells, _label_above(table, r, cells, find), find)
        if found and not any(id in labels for id, _, _ in found):
            start = r if start < 0 else start
            labels.update((id, label) for id, label, _ in found)
            values.update((id, value) for id, _, value in found)
            continue
        if len(labels) >= _FEWEST and not found:
            parts, end = _parts_below(table, r, labels, values)
            yield Pairs(start, end, labels, values, parts)
        labels, values, start = {}, {}, -1


def texts_of(row: Sequence[Cell | None], r: int) -> list[Cell]:
    """Return the cells of a row that say something; one that holds a label and its figure counts as two."""
    cells: list[Cell] = []
    for c, cell in enumerate(row):
        if cell is not None and cell.text and (cell.row, cell.col) == (r, c):
            both = label_and_figure(cell.text)
            cells += [cell._replace(text=text) for text in both] if both else [cell]
    return cells


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
) -> tuple[tuple[tuple[Cell, Mapping[str, Cell]], ...], int]:
    """Return the rows in which a part of each amount stands below it, behind one and the same label, and the row after them.

    A part may be blank. A rate has no parts.
    """
    amounts = [id for id, value in values.items() if not value.text.rstrip().endswith(PER_CENT)]
    if len({value.row for value in values.values()}) > 1:
        return (), start
    order = sorted((id for id in amounts if labels_of[id].row == values[id].row), key=lambda key: values[key].col)
    parts: list[tuple[Cell, Mapping[str, Cell]]] = []
    count, end = 0, start
    for r in range(start, len(table.rows)):
        pairs = labelled(texts_of(table.rows[r], r))
        figures = {id: figure for id, (_, figure) in zip(order, pairs, strict=False) if figure is not None}
        if (
            len(pairs) != len(order)
            or len({normalise(label.text) for label, _ in pairs}) > 1
            or (not table.inferred and any(figure.col != values[id].col for id, figure in figures.items()))
        ):
            break
        parts.append((pairs[0][0], figures))
        if figures:
            count, end = len(parts), r + 1
    return tuple(parts[:count]), end


def labelled(cells: Sequence[Cell]) -> list[tuple[Cell, Cell | None]]:
    """Return the labels of a row, each with the figure right behind it; nothing where a figure has no label."""
    pairs: list[tuple[Cell, Cell | None]] = []
    for cell in cells:
        if not is_amount(cell.text):
            pairs.append((cell, None))
        elif pairs and pairs[-1][1] is None:
            pairs[-1] = pairs[-1][0], cell
        else:
            return []
    return pairs
