"""Figures of rows that lost their blank cells, put back where the row they are parts of and the rates leave one way.

Comes in: the cells of such rows in their order, and the rows that have their places, numbered (一) above 1. 2. 3. Goes out: the
column of each figure. What the row above has more than its other parts is what the lost ones have, in all columns at once; of
two columns of rates the one is meant whose rate follows from the figures, as it does in all other rows. A row of zeros needs
no places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, islice, permutations, takewhile
from typing import NamedTuple

from validator.forms.ordinals import ordinal_of
from validator.forms.restore.headings import Cells, Plan, text_of
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.summed import MOST_STEPS, Row, Search, Ways, laid_out, parted_row
from validator.forms.restore.tokens import Token

_FEWEST_RATED = 3
"""Rows whose rates follow from two other columns before another is held to them."""
_HELD_FOR_EACH_OFF = 3
_FEWEST_AMOUNTS = 2
"""Columns of amounts: one alone leaves no choice."""
_MOST_RATES = 4
_MOST_AMOUNTS = 12
_MOST_WAYS = 1000
_TELLING = 1000
"""Steps of the last digit in a figure that hardly is what is left over by chance."""
_TELLING_WHERE_ALL_CLOSE = 100
_FEWEST_CLOSED = 4
"""Columns of amounts, all of them closed to the last digit, by which one row of a smaller figure is told as well."""
_PER_CENT = 100


class _Rate(NamedTuple):
    """A column that is the quotient of two others in all rows, or the growth from one to the other."""

    column: int
    now: int
    before: int
    less: int


def settled_by_groups(
    lost: Mapping[int, Sequence[list[Token]]], rows: Sequence[Cells], first: int, plan: Plan
) -> dict[int, Cells]:
    """Return the rows that lost cells, with each figure in its column, and those of zeros with their words alone.

    `lost`: their cells by the number of the row; `rows`: all rows, the first of which has the number `first`.
    """
    parted = {n: row for n, cells in lost.items() if (row := parted_row(cells)) is not None}
    found = {n: laid_out(row._replace(figures=()), (), plan) for n, row in parted.items() if _is_nothing(row)}
    plan = _with_rates(plan)
    rates = list(_rates(plan))
    for parent, parts in _groups(rows, first, lost):
        open_parts = {n: parted.get(n) for n in parts if n in lost and n not in found}
        known = {n: row for n, row in open_parts.items() if row is not None}
        if known and len(known) == len(open_parts):
            whole = rows[parent - first]
            others = [rows[n - first] for n in parts if n not in lost]
            way = _way(list(known.values()), whole, others, plan, rates)
            found |= {n: laid_out(row, places, plan) for (n, row), places in zip(known.items(), way, strict=False)}
    return found


def _is_nothing(row: Row) -> bool:
    """Tell whether the amounts of a row are all 0; a rate beside them is that of nothing."""
    amounts = [cell for cell in row.figures if shape_of(text_of(cell)) is not Shape.PERCENT]
    return bool(amounts) and not any(number_of(text_of(cell)) for cell in amounts)


def _groups(rows: Sequence[Cells], first: int, lost: Mapping[int, object]) -> Iterator[tuple[int, list[int]]]:
    """Yield each row with the numbers of its parts: those numbered one kind further in, up to one numbered as it is."""
    ranks = [ordinal_of(text_of(row[min(row)])).rank if row else 0 for row in rows]
    names = Counter(text_of(row[min(row)]) for n, row in enumerate(rows) if row and not ranks[n])
    for at, rank in enumerate(ranks):
        if not rank or first + at in lost:
            continue
        end = next((n for n in range(at + 1, len(rows)) if ranks[n] <= rank), len(rows))
        inner = ranks[at + 1] if at + 1 < end else 0
        below = list(takewhile(lambda n: rows[n] and not ranks[n], range(at + 1, len(rows))))
        if len(below) > 1 and all(names[text_of(rows[n][min(rows[n])])] > 1 for n in below):
            yield first + at, [first + n for n in below]
            continue
        parts = [first + n for n in range(at + 1, end) if ranks[n] == inner]
        if parts and all(ranks[n] >= inner for n in range(at + 1, end)):
            yield first + at, parts


def _with_rates(plan: Plan) -> Plan:
    """Return what the rows show, with the columns of rates that have no sign of it: growth of two others in all rows."""
    columns = [c for c in range(plan.lead, plan.lead + plan.figures) if c not in plan.rates]
    if plan.rates or len(columns) > _MOST_AMOUNTS or len(plan.rows) < _FEWEST_RATED:
        return plan
    told = {
        c
        for c in columns
        for now, before in permutations(columns, 2)
        for less in (0, _PER_CENT)
        if c not in (now, before) and _always_holds(_Rate(c, now, before, less), plan.rows)
    }
    return plan._replace(rates=frozenset(told), sums=plan.sums | told)


def _always_holds(rate: _Rate, rows: Sequence[Sequence[Decimal | None]]) -> bool:
    held = 0
    for row in rows:
        holds = _holds(rate, row)
        if holds is False:
            return False
        held += holds is True and row[rate.column] != 0
    return held >= _FEWEST_RATED


def _rates(plan: Plan) -> Iterator[_Rate]:
    """Yield what binds each column of percentages to two others in all rows that have the three."""
    columns = range(plan.lead, plan.lead + plan.figures)
    amounts = [c for c in columns if c not in plan.rates]
    if len(plan.rates) > _MOST_RATES or len(amounts) > _MOST_AMOUNTS:
        return
    for column in sorted(plan.rates):
        for now, before in permutations(amounts, 2):
            for less in (0, _PER_CENT):
                rate = _Rate(column, now, before, less)
                held = [holds for row in plan.rows if (holds := _holds(rate, row)) is not None]
                if sum(held) >= _FEWEST_RATED and held.count(False) * _HELD_FOR_EACH_OFF <= sum(held):
                    yield rate


def _holds(rate: _Rate, row: Sequence[Decimal | None]) -> bool | None:
    """Tell whether a rate is what its figures give, to its last place; None where one of them is not there."""
    stated, now, before = row[rate.column], row[rate.now], row[rate.before]
    if stated is None or now is None or not before:
        return None
    return abs(now / before * _PER_CENT - rate.less - stated) < Decimal(1).scaleb(int(stated.as_tuple().exponent))


def _way(known: Sequence[Row], whole: Cells, others: Sequence[Cells], plan: Plan, rates: Sequence[_Rate]) -> Ways:
    """Return the columns of the figures but zeros of each row, where there is one way; else nothing."""
    columns = range(plan.lead, plan.lead + plan.figures)
    left = [_figure(whole.get(c)) - sum((_figure(row.get(c)) for row in others), Decimal(0)) for c in columns]
    open_totals = [None if plan.lead + n in plan.rates else rest for n, rest in enumerate(left)]
    shown = [[cell for cell in row.figures if number_of(text_of(cell))] for row in known]
    closed = len(shown) == 1 and len(columns) - len(plan.rates) >= _FEWEST_CLOSED
    telling = any(_is_telling(cell, _TELLING_WHERE_ALL_CLOSE if closed else _TELLING) for row in shown for cell in row)
    if not telling or len(columns) - len(plan.rates) < _FEWEST_AMOUNTS:
        return ()
    surely = any(_is_telling(cell, _TELLING) for row in shown for cell in row)
    ways = _of_one(shown[0], open_totals, plan, spared=surely) if len(shown) == 1 else _of_several(shown, open_totals, plan)
    if len(ways) > 1:
        told = [_told(shown, way, plan, rates) for way in ways]
        possible = [way for way, count in zip(ways, told, strict=True) if count is not None]
        ways = [way for way, count in zip(ways, told, strict=True) if count is not None and count > 0]
        ways = possible if len(possible) == 1 else ways
    return ways[0] if len(ways) == 1 else ()


def _of_one(row: Sequence[list[Token]], left: Sequence[Decimal | None], plan: Plan, *, spared: bool) -> list[Ways]:
    """Return the ways to place one row by which the columns close best: all of them, or all but one in which a figure is wrong.

    Then others show where the row belongs; `spared`: whether one may be wrong.
    """
    figures = [number_of(text_of(cell)) for cell in row]
    found: dict[int, list[Ways]] = {}
    for places in islice(combinations(range(len(left)), len(row)), _MOST_WAYS):
        if _are_alike(row, places, plan):
            placed = dict(zip(places, figures, strict=True))
            off = sum(rest is not None and rest != placed.get(c, 0) for c, rest in enumerate(left))
            found.setdefault(off, []).append((places,))
    amounts = sum(shape_of(text_of(cell)) is not Shape.PERCENT for cell in row)
    return found.get(0) or (found.get(1, []) if spared and amounts > _FEWEST_AMOUNTS else [])


def _of_several(shown: Sequence[Sequence[list[Token]]], left: Sequence[Decimal | None], plan: Plan) -> list[Ways]:
    """Return the ways to place several rows by which all columns close."""
    if any(rest is not None and rest < 0 for rest in left):
        return []
    search = Search([[number_of(text_of(cell)) for cell in row] for row in shown], left)
    ways = list(islice(search.ways((0,) * len(shown), 0), _MOST_WAYS))
    if search.steps > MOST_STEPS:
        return []
    return [way for way in ways if all(_are_alike(row, places, plan) for row, places in zip(shown, way, strict=True))]


def _figure(cell: list[Token] | None) -> Decimal:
    return number_of(text_of(cell)) if cell is not None else Decimal(0)


def _is_telling(cell: list[Token], steps: int) -> bool:
    figure = number_of(text_of(cell))
    step = Decimal(1).scaleb(int(figure.as_tuple().exponent))
    return shape_of(text_of(cell)) is not Shape.PERCENT and abs(figure) >= steps * step


def _are_alike(row: Sequence[list[Token]], places: Sequence[int], plan: Plan) -> bool:
    """Tell whether percentages stand in the columns of rates, and nothing else does."""
    marked = plan.rates - plan.sums
    return all(
        plan.lead + c in plan.rates if shape_of(text_of(cell)) is Shape.PERCENT else plan.lead + c not in marked
        for cell, c in zip(row, places, strict=True)
    )


def _told(shown: Sequence[Sequence[list[Token]]], way: Ways, plan: Plan, rates: Sequence[_Rate]) -> int | None:
    """Return how many rates follow from the figures of their row; None where one has nothing that it could follow from.

    A rate of which that is not known in any row may stand anywhere.
    """
    count = 0
    for cells, places in zip(shown, way, strict=True):
        row: list[Decimal | None] = [None] * (plan.lead + plan.figures)
        for cell, c in zip(cells, places, strict=True):
            row[plan.lead + c] = number_of(text_of(cell))
        given = list(row)
        row = [Decimal(0) if figure is None and c not in plan.rates else figure for c, figure in enumerate(row)]
        for column in {rate.column for rate in rates if given[rate.column] is not None}:
            held = [holds for rate in rates if rate.column == column and (holds := _holds(rate, row)) is not None]
            if not held:
                return None
            count += all(held)
    return count
