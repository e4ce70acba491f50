"""Rates of several columns together: 满意率 of 非常满意 and 满意 in 样本数, 优良率 of 优 and 良 in 总数.

Comes in: a table seen along its columns. Goes out: a `Place` for each such rate. Which columns are meant only the figures tell:
neighbours that give the rate in all rows but few, in one way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.words import Words
from validator.model.fact import Fact
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, agrees, usable

_ZERO = Decimal(0)
_MOST_PARTS = 6
_MOST_COLUMNS = 24
_MOST_ROWS = 400
_FEWEST_ROWS = 3
_FEWEST_TO_ACCUSE = 4
_HELD_FOR_EACH_OFF = 4
_NEAR = Decimal("0.006")
_FEWEST_NEAR = 2
"""Of the first rows those in which columns come near the rate before they are tried on all."""


class _Way(NamedTuple):
    """Columns whose sum is the rate of another."""

    whole: int
    parts: tuple[int, ...]
    held: tuple[int, ...]
    off: tuple[int, ...]


def portions(axis: Axis, words: Words, told: Collection[str]) -> Iterator[Place]:
    """Yield each rate that neighbouring columns together give of another. `told`: addresses of rates that others explain."""
    if not axis.across or len(axis.lines) > _MOST_COLUMNS or not _FEWEST_ROWS <= len(axis.crosses) <= _MOST_ROWS:
        return
    for n, line in enumerate(axis.lines):
        known = any(fact is not None and fact.pointer.address in told for fact in axis.grid[n])
        if known or line.dimension != "ratio" or words.has("growth_rates", line.label):
            continue
        way = _only_way(axis, n)
        if way is not None:
            yield from _places(axis, n, way)


def _only_way(axis: Axis, rate: int) -> _Way | None:
    """Return the columns that give a rate; None where none do, or several."""
    values = [[_value(fact) for fact in line] for line in axis.grid]
    ways = [way for whole, parts in _tried(axis, values, rate) if (way := _judged(axis, rate, whole, parts)) is not None]
    best = max((len(way.held) for way in ways), default=0)
    chosen = [way for way in ways if len(way.held) == best]
    return chosen[0] if len(chosen) == 1 else None


def _value(fact: Fact | None) -> Decimal | None:
    figure = usable(fact)
    return figure.base if figure is not None else None


def _tried(axis: Axis, values: Sequence[Sequence[Decimal | None]], rate: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each column with the runs of columns beside which it may stand, that come near the first rates.

    The other column may stand among those of a run.
    """
    plain = [n for n, line in enumerate(axis.lines) if n != rate and not line.rate and line.dimension not in ("ratio", "*")]
    rows = [cross for cross, value in enumerate(values[rate]) if value][:_FEWEST_ROWS]
    if len(rows) < _FEWEST_ROWS:
        return
    for whole in plain:
        alike = [n for n in plain if n != whole and axis.lines[n].dimension == axis.lines[whole].dimension]
        for start in range(len(alike)):
            for end in range(start + 2, min(len(alike), start + _MOST_PARTS) + 1):
                parts = tuple(alike[start:end])
                together = all(q == p + 1 or q == p + 2 == whole + 1 for p, q in pairwise(parts))
                if together and sum(_comes_near(values, rate, whole, parts, cross) for cross in rows) >= _FEWEST_NEAR:
                    yield whole, parts


def _comes_near(values: Sequence[Sequence[Decimal | None]], rate: int, whole: int, parts: Sequence[int], cross: int) -> bool:
    """Tell, fast, whether columns may give the rate of a row."""
    stated, base = values[rate][cross], values[whole][cross]
    if stated is None or not base:
        return False
    return abs(sum((values[p][cross] or _ZERO for p in parts), _ZERO) / base - stated) <= _NEAR


def _judged(axis: Axis, rate: int, whole: int, parts: Sequence[int]) -> _Way | None:
    held: list[int] = []
    off: list[int] = []
    different: set[Decimal] = set()
    for cross in range(len(axis.crosses)):
        stated, base = axis.grid[rate][cross], axis.grid[whole][cross]
        facts = [fact for p in parts if (fact := axis.grid[p][cross]) is not None]
        figure, divisor = usable(stated), usable(base)
        if stated is None or base is None or figure is None or divisor is None or not divisor.value:
            continue
        if len(facts) < len(parts) or any(usable(fact) is None for fact in facts):
            continue
        if agrees(stated, lambda b: sum(b[1:-1], b[0]) / b[-1], (*facts, base)):
            held.append(cross)
            different.add(figure.base)
        else:
            off.append(cross)
    fewest = _FEWEST_TO_ACCUSE if off else _FEWEST_ROWS
    enough = len(different) >= fewest and len(off) * _HELD_FOR_EACH_OFF <= len(held)
    return _Way(whole, tuple(parts), tuple(held), tuple(off)) if enough else None


def _places(axis: Axis, rate: int, way: _Way) -> Iterator[Place]:
    named = "、".join(axis.lines[p].label for p in way.parts)
    for cross in sorted((*way.held, *way.off)):
        stated, whole = axis.grid[rate][cross], axis.grid[way.whole][cross]
        facts = tuple(fact for p in way.parts if (fact := axis.grid[p][cross]) is not None)
        if stated is None or whole is None:
            continue
        row, column = axis.row_and_column(rate, cross)
        held = str(len(way.held))
        names: Names = {
            "rate": stated, "比率": stated, "parts": facts, "各项": facts, "whole": whole, "整体": whole,
            "named": named, "各栏": named, "rows": held, "行数": held, "label": row, "行": row, "column": column, "列": column,
        }  # fmt: skip
        yield Place(f"{stated.pointer.path}.portion", (names,), stated.pointer, axis.section.complete, axis.section)
