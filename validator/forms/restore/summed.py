"""Figures of rows that lost their blank cells, put back where the totals of all columns leave one way.

Comes in: the cells of such rows in their order, and the rows that have their places, one of them a total. Goes out: the
column of each figure. A zero may stand anywhere, so that it gets no place. Sums that close in every column at once are proof;
where they close in several ways, or the ways are too many to try, there is nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.forms.restore.headings import Cells, Plan, text_of
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY})
_MOST_ROWS = 24
MOST_STEPS = 20_000
_FEWEST_TOLD = 3
"""Columns with a total that has two parts or more: fewer may close by chance."""

Rows = Sequence[Sequence[Decimal]]
Ways = tuple[tuple[int, ...], ...]
"""For each row the columns of its figures but zeros."""


class Row(NamedTuple):
    """The cells of a row by what they hold."""

    words: Sequence[list[Token]]
    figures: Sequence[list[Token]]
    behind: Sequence[list[Token]]
    """Words behind the figures."""


def settled_by_sums(
    lost: Mapping[int, Sequence[list[Token]]], rows: list[Cells], first: int, plan: Plan, is_total: Callable[[str], bool]
) -> dict[int, Cells]:
    """Return the rows that lost cells, with each figure in its column; nothing where that can't be told.

    `lost`: their cells by the number of the row; `rows`: all rows, the first of which has the number `first`.
    """
    totals = [n for n, row in enumerate(rows, first) if row and n not in lost and is_total(text_of(row[min(row)]))]
    parted = {n: parted_row(cells) for n, cells in lost.items()}
    found = {n: row for n, row in parted.items() if row is not None}
    if len(totals) != 1 or len(found) < len(parted):
        return {}
    columns = range(plan.lead, plan.width)
    others = [row for n, row in enumerate(rows, first) if n not in lost and n != totals[0]]
    left = [_left(rows[totals[0] - first].get(c), [row[c] for row in others if c in row]) for c in columns]
    figures = [[number_of(text_of(cell)) for cell in row.figures] for row in found.values()]
    ways = by_sums(figures, [None if c in plan.rates else rest for c, rest in zip(columns, left, strict=True)])
    return {n: laid_out(row, way, plan) for (n, row), way in zip(found.items(), ways or (), strict=ways is not None)}


def parted_row(cells: Sequence[list[Token]]) -> Row | None:
    """Return the cells of a row by what they hold; None where it has no figures, or figures and words take turns."""
    is_figure = [shape_of(text_of(cell)) in _FIGURES for cell in cells]
    start = next((n for n, figure in enumerate(is_figure) if figure and n), len(cells))
    end = next((n for n in range(start, len(cells)) if not is_figure[n]), len(cells))
    return None if start == end or any(is_figure[end:]) else Row(cells[:start], cells[start:end], cells[end:])


def _left(total: list[Token] | None, parts: Sequence[list[Token]]) -> Decimal | None:
    """Return what a total leaves for the rows that have no places yet; None where it has no figure."""
    if total is None or shape_of(text_of(total)) not in _FIGURES:
        return None
    return number_of(text_of(total)) - sum((number_of(text_of(part)) for part in parts), Decimal(0))


def laid_out(row: Row, way: Sequence[int], plan: Plan) -> Cells:
    """Return the cells of a row in their columns. `way`: those of the figures but zeros, which get no place."""
    shown = [cell for cell in row.figures if number_of(text_of(cell))]
    return {
        **dict(enumerate(row.words, max(plan.lead - len(row.words), 0))),
        **dict(zip((plan.lead + c for c in way), shown, strict=True)),
        **dict(enumerate(row.behind, plan.lead + plan.figures)),
    }


def by_sums(rows: Rows, totals: Sequence[Decimal | None]) -> Ways | None:
    """Return the columns of the figures. `totals`: None for a column that has none, in which any figure may stand."""
    figures = [[value for value in row if value] for row in rows]
    if (
        len(rows) > _MOST_ROWS
        or any(value < 0 for row in figures for value in row)
        or any(t is not None and t < 0 for t in totals)
    ):
        return None
    search = Search(figures, totals)
    ways = [way for _, way in zip(range(2), search.ways((0,) * len(rows), 0), strict=False)]
    if len(ways) != 1 or search.steps > MOST_STEPS:
        return None
    parts = [sum(c in columns for columns in ways[0]) for c, total in enumerate(totals) if total is not None]
    return ways[0] if sum(count > 1 for count in parts) >= _FEWEST_TOLD else None


class Search:
    """Fills the columns from left to right, each with the next figure of some rows."""

    def __init__(self, rows: Rows, totals: Sequence[Decimal | None]) -> None:
        self.rows = rows
        self.totals = totals
        self.steps = 0

    def ways(self, done: tuple[int, ...], column: int) -> Iterator[Ways]:
        """Yield the ways to place what is left behind the first figures of each row, from a column on."""
        if column == len(self.totals):
            if all(count == len(row) for count, row in zip(done, self.rows, strict=True)):
                yield ((),) * len(self.rows)
            return
        room = len(self.totals) - column - 1
        for chosen in self._choices(done, room, 0, self.totals[column]):
            then = tuple(count + (n in chosen) for n, count in enumerate(done))
            for way in self.ways(then, column + 1):
                yield tuple((column, *rest) if n in chosen else rest for n, rest in enumerate(way))

    def _choices(self, done: tuple[int, ...], room: int, n: int, left: Decimal | None) -> Iterator[frozenset[int]]:
        """Yield the rows, from one on, whose next figures add up to what is left; `room`: columns behind this one."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return
        if n == len(self.rows):
            if not left:
                yield frozenset()
            return
        open_figures = self.rows[n][done[n] :]
        if open_figures and (left is None or open_figures[0] <= left):
            rest = None if left is None else left - open_figures[0]
            for more in self._choices(done, room, n + 1, rest):
                yield more | {n}
        if len(open_figures) <= room:
            yield from self._choices(done, room, n + 1, left)
