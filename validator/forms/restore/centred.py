"""Group labels that print sets in the middle of their rows: 产出指标(50分) beside the third of six.

Comes in: the rows of a block as they stand on their lines. Goes out: the same rows, each label with points at the first row of
its group where the points tell which that is, and in no row where they don't: nothing can be added up by it. A word without
points is in none where the points of the others are right without it, and one of a single character, the end of a word that
was broken over lines, never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.align import Column
from validator.forms.restore.rows import Row
from validator.forms.restore.shapes import number_of


class _Label(NamedTuple):
    row: int
    points: Decimal | None
    """None where the label has none, or they were lost."""


def set_upright(rows: Sequence[Row], columns: Sequence[Column], is_total: Callable[[Row], bool]) -> None:
    """Move the labels with points of rows whose groups are printed in the middle."""
    weight = next((j for j, column in enumerate(columns) if column.id == "weight"), None)
    groups = [j for j, column in enumerate(columns) if column.type == "group"]
    items = [row for row in rows if not is_total(row)]
    if weight is None or not groups:
        return
    centred = _are_centred(items, groups, weight)
    for j in groups:
        _settle(items, j, weight, centred=centred)


def _are_centred(rows: Sequence[Row], groups: Sequence[int], weight: int) -> bool:
    """Tell whether a label is missing at the first row, or one stands where none of the groups inside it begins."""
    used = [j for j in groups if any(j in row.cells for row in rows)]
    first = next((n for n, row in enumerate(rows) if weight in row.cells), len(rows))
    if any(all(j not in row.cells for row in rows[: first + 1]) for j in used):
        return True
    return any(outer in row.cells and inner not in row.cells for outer, inner in pairwise(used) for row in rows)


def _settle(rows: Sequence[Row], j: int, weight: int, *, centred: bool) -> None:
    for row in rows:
        if j in row.cells and len(take_apart(_text(row, j)).text) == 1:
            del row.cells[j]
    labels = [_Label(n, _points(row, j)) for n, row in enumerate(rows) if j in row.cells]
    pointed = [label for label in labels if label.points is not None]
    weighted = [n for n, row in enumerate(rows) if weight in row.cells]
    if not pointed or not weighted:
        return
    weights = (number_of(row.cells[weight][0].text) if weight in row.cells else Decimal(0) for row in rows)
    sums = [Decimal(0), *accumulate(weights)]
    # A word without points may be one of a group inside, printed apart from its points, or a piece: 标, of 绩效指 标.
    for found in (labels, pointed):
        stay = tuple(label.row for label in found)
        ways = [stay] if _hold(found, weighted, sums) else list(islice(_ways(found, weighted, sums), 2)) if centred else []
        if len(ways) == 1:
            cells = {label.row: rows[label.row].cells.pop(j) for label in labels}
            for start, label in zip(ways[0], found, strict=True):
                rows[start].cells[j] = cells[label.row]
            return
    if centred:
        for label in pointed:
            del rows[label.row].cells[j]


def _hold(labels: Sequence[_Label], weighted: Sequence[int], sums: Sequence[Decimal]) -> bool:
    """Tell whether the groups have their points as they stand, each from the line of its label on."""
    ends = [*(label.row for label in labels[1:]), len(sums) - 1]
    held = (label.points in (None, sums[end] - sums[label.row]) for label, end in zip(labels, ends, strict=True))
    return labels[0].row <= weighted[0] and all(held)


def _points(row: Row, j: int) -> Decimal | None:
    points = take_apart(_text(row, j)).points_of_group
    return number_of(points) if points else None


def _text(row: Row, j: int) -> str:
    return "".join(token.text for token in row.cells[j])


def _ways(labels: Sequence[_Label], weighted: Sequence[int], sums: Sequence[Decimal]) -> Iterator[tuple[int, ...]]:
    """Yield the rows at which the groups may begin: each holds the line of its label, and has the points that this tells."""

    def after(n: int, starts: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        label = labels[n]
        last = n + 1 == len(labels)
        for end in [len(sums) - 1] if last else [w for w in weighted if label.row < w <= labels[n + 1].row]:
            if label.points is None or sums[end] - sums[starts[-1]] == label.points:
                if last:
                    yield starts
                else:
                    yield from after(n + 1, (*starts, end))

    if weighted and weighted[0] <= labels[0].row:
        yield from after(0, (weighted[0],))
