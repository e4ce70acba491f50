"""Columns that others add up to which do not all stand beside them, as many rows show: 人数 | 金额 | 人数 | 金额 | 人数 | 金额.

Comes in: a table seen along its columns. Goes out: a `Place` for each row of such a column. Labels and units may be lost: only
the figures speak, so that they must be many, and different, before chance is out; and a row that breaks what they show is told
only where it is the only one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from validator.facts.words import Words
from validator.model.fact import Fact
from validator.rules.doubly import is_doubly_off
from validator.rules.patterns import is_held, place_of
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie, usable

_FEWEST_ROWS = 5
_FEWEST_TO_ACCUSE = 9
"""Rows that add up before another one is held to them."""
_FEWEST_DIFFERENT = 3
_FEWEST_DIGITS = 8
"""Digits that would have to fit by chance, all rows together: some thousand sets of columns are tried in a wide table."""
_PROBES = 3
_MOST_COLUMNS = 24
_MOST_ROWS = 400
_MOST_PARTS = 6
_WIDEST_TURN = 4
_FEWEST_COLUMNS = 4

_Figures = Sequence[Sequence[Decimal | None]]


class _Sum(NamedTuple):
    """A column as the sum of others."""

    parts: tuple[int, ...]
    held: tuple[int, ...]
    off: tuple[int, ...]
    lacking: tuple[int, ...]
    """Rows that are off and have no figure in one of the columns."""


def sums_apart(axis: Axis, words: Words, told: Collection[str], left: Collection[str]) -> Iterator[Place]:
    """Yield each row of a column that others add up to in all rows but one at most.

    `told`: addresses of figures that another relation speaks of; their columns need no guess, but may be parts. `left`: of
    those that are differences of others in their row, which would say the same twice.
    """
    rows = [n for n, row in enumerate(axis.crosses) if row.kind in ("item", "total") and not row.rate]
    if (
        not axis.across
        or not _FEWEST_COLUMNS <= len(axis.lines) <= _MOST_COLUMNS
        or not _FEWEST_ROWS <= len(rows) <= _MOST_ROWS
    ):
        return
    figures = [[_value(fact) for fact in line] for line in axis.grid]
    plain = [n for n in range(len(axis.lines)) if _may_be_added(axis, n, words) and not _is_told(axis, n, left)]
    wholes = [n for n in plain if not _is_told(axis, n, told)]
    items = [n for n in rows if axis.crosses[n].kind == "item"]
    if not wholes or len(items) < _FEWEST_ROWS:
        return
    probes = sorted(items, key=lambda row: -sum(bool(figures[n][row]) for n in plain))[:_PROBES]
    near = _near(figures, plain, wholes, probes)
    found = {whole: best for whole in wholes if (best := _best(axis, figures, whole, near[whole], rows)) is not None}
    for whole, best in found.items():
        yield from _places(axis, figures, whole, best)


def _value(fact: Fact | None) -> Decimal | None:
    quantity = usable(fact)
    return quantity.value if quantity is not None else None


def _may_be_added(axis: Axis, n: int, words: Words) -> bool:
    line = axis.lines[n]
    summable = line.kind in ("item", "total", "among") and not line.rate and line.dimension not in ("ratio", "*")
    return summable and not words.has("differences", line.label)


def _is_told(axis: Axis, n: int, told: Collection[str]) -> bool:
    return any(fact is not None and fact.pointer.address in told for fact in axis.grid[n])


def _sets(plain: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the sets of columns that may be the parts of one: any two; more, where they take turns with others."""
    yield from combinations(plain, 2)
    among = set(plain)
    for turn in range(1, _WIDEST_TURN + 1):
        for first in plain:
            parts = [first, first + turn]
            while len(parts) < _MOST_PARTS and (behind := parts[-1] + turn) in among and parts[1] in among:
                parts.append(behind)
                yield tuple(parts)


def _near(
    figures: _Figures, plain: Sequence[int], wholes: Sequence[int], probes: Sequence[int]
) -> dict[int, list[tuple[int, ...]]]:
    """Return, for each column, the sets that add up to it in all rows looked at but one."""
    hits: Counter[tuple[int, tuple[int, ...]]] = Counter()
    sets = list(_sets(plain))
    for row in probes:
        of_value: dict[Decimal, list[int]] = {}
        for whole in wholes:
            value = figures[whole][row]
            if value:
                of_value.setdefault(value, []).append(whole)
        column = [line[row] or Decimal(0) for line in figures]
        for parts in sets:
            for whole in of_value.get(sum([column[p] for p in parts], Decimal(0)), ()):
                if whole not in parts:
                    hits[whole, parts] += 1
    found: dict[int, list[tuple[int, ...]]] = {whole: [] for whole in wholes}
    for (whole, parts), count in hits.items():
        if count >= len(probes) - 1:
            found[whole].append(parts)
    return found


def _best(axis: Axis, figures: _Figures, whole: int, near: Sequence[tuple[int, ...]], rows: Sequence[int]) -> _Sum | None:
    """Return the set that adds up to a column in most rows, the closest of several."""
    sums = [found for parts in near if (found := _tried(axis, figures, whole, parts, rows)) is not None]
    return min(sums, key=lambda found: _distance(whole, found), default=None)


def _distance(whole: int, found: _Sum) -> tuple[int, int, int, tuple[int, ...]]:
    """Return how far a sum is from one of the columns right beside a whole, in all rows."""
    reach = max(*found.parts, whole) - min(*found.parts, whole)
    return len(found.off) + len(found.lacking), reach, len(found.parts), found.parts


def _tried(axis: Axis, figures: _Figures, whole: int, parts: tuple[int, ...], rows: Sequence[int]) -> _Sum | None:
    """Return a column as the sum of others; None where chance is not out, or more than one row is another."""
    units = {q.unit for n in (whole, *parts) for fact in axis.grid[n] if (q := usable(fact)) is not None and q.unit.dimension}
    if len(units) > 1:
        return None
    held: list[int] = []
    off: list[int] = []
    lacking: list[int] = []
    seen: dict[tuple[Decimal, ...], int] = {}
    for row in rows:
        total = figures[whole][row]
        if total is None:
            continue
        values = [figures[p][row] or Decimal(0) for p in parts]
        if sum(values, Decimal(0)) == total:
            held.append(row)
            if axis.crosses[row].kind == "item" and sum(map(bool, values)) > 1:
                seen[tuple(values)] = _digits(values, axis.grid[whole][row])
        elif tie(axis.grid[whole][row], [axis.grid[p][row] for p in parts]) is Tie.OFF:
            (off if all(figures[p][row] is not None for p in parts) else lacking).append(row)
            if sum(axis.crosses[n].kind == "item" for n in (*off, *lacking)) > 1:
                return None
    different = {sorted(map(abs, values))[-2] for values in seen}
    if len(seen) < _FEWEST_ROWS or len(different) < _FEWEST_DIFFERENT or sum(seen.values()) < _FEWEST_DIGITS:
        return None
    return _Sum(parts, tuple(held), tuple(off), tuple(lacking))


def _digits(values: Sequence[Decimal], total: Fact | None) -> int:
    """Return how many digits fit in a row that would by chance be others: those of its parts but the largest."""
    figure = usable(total)
    step = figure.step if figure is not None and figure.step else Decimal(1)
    return len(str(int(sorted(map(abs, values))[-2] / step)))


def _places(axis: Axis, figures: _Figures, whole: int, found: _Sum) -> Iterator[Place]:
    """Yield the rows that add up, and the one that doesn't where nothing in it may explain that."""
    table = tuple(tuple(line) for line in figures)
    enough = sum(axis.crosses[row].kind == "item" for row in found.held) >= _FEWEST_TO_ACCUSE
    weights = {whole: Decimal(-1), **dict.fromkeys(found.parts, Decimal(1))}
    accused = [
        row
        for row in found.off
        if enough and (is_held(axis, table, row, {whole, *found.parts}) or is_doubly_off(axis, row, weights))
    ]
    for row in sorted((*found.held, *accused)):
        place = place_of(axis, whole, found.parts, row, len(found.held))
        if place is not None:
            yield place
