"""Sums with the same sources, one below the other: 补助资金合计 with its sources, then each of its programmes with them.

Comes in: the sums of a text, as rows of labels with their figures. Goes out: which lists of sources are known to be complete,
since their figures add up in one of the sums, and the table of the sums of which one is made up of the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from validator.forms.labels import normalise
from validator.forms.restore.shapes import number_of
from validator.model.document import Cell, Table

_FEWEST_PARTS = 2
"""Parts that are not 0, for their sum to tell that they are all there."""
_FEWEST_SUMS = 3
"""A sum of sums and two that it is made of."""
_MOST_BETWEEN = 3
"""Rows between two of them: what the next one is called."""

Row = list[tuple[Cell, Cell | None]]
"""Labels, each with the figure behind it if there is one."""


class Told(NamedTuple):
    """A sum: its rows, and where they stand among all rows."""

    start: int
    end: int
    rows: Sequence[Row]


class Outer(NamedTuple):
    """A sum of sums."""

    start: int
    end: int
    lines: Sequence[Sequence[Cell | None]]
    """The labels of the sources, the figures of the whole, and those of each sum that it is made of."""

    def table(self, own: Table) -> Table:
        """Return its table; `own`: the one in which its cells stand."""
        placed = [
            [cell and cell._replace(row=r, col=c, row_span=1, col_span=1) for c, cell in enumerate(line)]
            for r, line in enumerate(self.lines)
        ]
        return Table(own.name, placed, number=own.number, style=own.style, inferred=own.inferred)


def names_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the labels of a sum; nothing for sums side by side."""
    if any(len(row) != 1 for row in rows):
        return ()
    (total, _), *parts = (row[0] for row in rows)
    return normalise(_last_word(total)), *(normalise(label.text) for label, _ in parts)


def complete_lists(told: Sequence[Told]) -> Collection[tuple[str, ...]]:
    """Return the labels of the sums whose parts add up, which are all there are where the same ones stand again."""
    found = ((names_of(each.rows), _figures(each.rows)) for each in told)
    return {names for names, figures in found if names and _adds_up(figures[0], figures[1:])}


def sums_of_sums(rows: Sequence[Row], told: Sequence[Told]) -> Iterator[Outer]:
    """Yield the runs of sums alike of which the first or the last is made up of the others, as most of their figures show."""
    for names, group in groupby(told, lambda each: names_of(each.rows)):
        run: list[Told] = []
        for each in (*group, None):
            if each is not None and (not run or _is_between(rows[run[-1].end : each.start])):
                run.append(each)
                continue
            if names and (outer := _outer(rows, run)) is not None:
                yield outer
            run = [each] if each is not None else []


def _outer(rows: Sequence[Row], run: Sequence[Told]) -> Outer | None:
    figures = list(zip(*(_figures(each.rows) for each in run), strict=True)) if len(run) >= _FEWEST_SUMS else []
    for first in (True, False):
        split = [(line[0], line[1:]) if first else (line[-1], line[:-1]) for line in figures]
        fit = sum(_adds_up(whole, parts) for whole, parts in split)
        if fit > 1 and 2 * fit > len(split):
            ordered = run if first else [run[-1], *run[:-1]]
            labels = [None, *(row[0][0] for row in run[0].rows)]
            return Outer(run[0].start, run[-1].end, [labels, *([_heading(rows, each), *_cells(each)] for each in ordered)])
    return None


def _cells(told: Told) -> list[Cell | None]:
    return [row[0][1] for row in told.rows]


def _figures(rows: Sequence[Row]) -> list[Decimal]:
    return [number_of(figure.text) if figure is not None else Decimal(0) for row in rows for _, figure in row]


def _adds_up(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    return whole == sum(parts) and sum(part != 0 for part in parts) >= _FEWEST_PARTS


def _heading(rows: Sequence[Row], told: Told) -> Cell:
    """Return what a sum is called: the words before the label of its total, or the row above it."""
    total = told.rows[0][0][0]
    before = total.text.split()[:-1]
    if before:
        return total._replace(text=" ".join(before))
    above = rows[told.start - 1] if told.start else []
    return above[0][0] if len(above) == 1 and above[0][1] is None else total


def _is_between(rows: Sequence[Row]) -> bool:
    return len(rows) <= _MOST_BETWEEN and all(figure is None for row in rows for _, figure in row)


def _last_word(label: Cell) -> str:
    return "".join(label.text.split()[-1:])
