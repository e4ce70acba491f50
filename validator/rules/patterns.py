"""What the rows of a table show by their figures alone: one column is the sum of those beside it, whatever they are called.

Comes in: a table seen along its columns. Goes out: a `Place` for each row. Headers such as 下达资金 | 提前下达 | 本次下达 name
no total, yet every row adds up; the one row that doesn't is worth a look, unless something else in it may explain that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.words import Words
from validator.forms.spread import parts_apart
from validator.model.fact import Fact, Section
from validator.rules.binding import Names
from validator.rules.doubly import is_doubly_off
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie, usable
from validator.rules.totals.trial import is_open

_FEWEST_ROWS = 3
"""Rows with different figures that must add up for a column to be a sum where all do."""
_FEWEST_TO_ACCUSE = 6
"""Such rows before another one is held to them."""
_MANY_ROWS = 10
"""Rows for each that may be off where several are: none of them is accused."""
_FEWEST_RUNS = 2
_MOST_PARTS = 6
_MOST_COLUMNS = 24
_MOST_ROWS = 400

_Figures = tuple[tuple[Decimal | None, ...], ...]


class _Run(NamedTuple):
    """The columns that another one is the sum of."""

    parts: tuple[int, ...]
    off: list[int]
    """Rows in which it isn't."""
    lacking: list[int]
    """Rows in which it isn't, and one of the columns has no figure, which may be why."""
    close: int
    """Rows in which it is within the rounding of the figures only."""


def patterns(axis: Axis, words: Words, told: frozenset[str]) -> Iterator[Place]:
    """Yield each row of a column that is the sum of those beside it in all rows but one at most; in a long table, but few.

    So, too, each column of a row that is the sum of those beside it in all columns.

    `told` are the addresses of figures that another relation speaks of: their columns need no guess.
    """
    lines = axis.lines
    if not 2 < len(lines) <= _MOST_COLUMNS or not _FEWEST_ROWS <= len(axis.crosses) <= _MOST_ROWS:
        return
    figures = tuple(tuple(_value(fact) for fact in line) for line in axis.grid)
    free = [_is_free(axis, n, words, told) for n in range(len(lines))]
    inner: set[int] = set()  # parts of a part are not counted again: 生产总值 | 一产 | 二产 | 工业 | 建筑业 | 三产
    for whole in range(len(lines) - 1, -1, -1):
        if lines[whole].kind != "item" or whole in inner or not free[whole]:
            continue
        others = [n for n in range(len(lines)) if n not in inner]
        like = {n for n in others if free[n] and lines[n].dimension == lines[whole].dimension}
        begin = at = others.index(whole) + 1
        runs: list[_Run] = []
        while begin:  # 人口 | 男 | 女 | 城镇 | 乡村: those behind its parts may be parts of it again
            beside = (tuple(others[p] for p in places) for places in _beside(at - 1, begin, len(others)))
            run = _best(_run(axis, figures, whole, parts) for parts in beside if like.issuperset(parts))
            inner.update(run.parts if run else ())
            runs += [run] if run else []
            begin = others.index(run.parts[-1]) + 1 if run and run.parts[0] > whole else 0
        if axis.across and not runs:
            apart = (parts for parts in parts_apart(whole, len(lines)) if like.issuperset(parts))
            run = _best(_run(axis, figures, whole, parts, fewest=_FEWEST_TO_ACCUSE) for parts in apart)
            inner.update(run.parts if run else ())
            runs += [run] if run else []
        agreed = _agreed(figures, runs)
        for run in runs:
            off = run.off
            accused = agreed if len(off) > 1 else {row for row in off if is_held(axis, figures, row, {whole, *run.parts})}
            weights = {whole: Decimal(-1), **dict.fromkeys(run.parts, Decimal(1))}
            totals = {row for row in off if is_doubly_off(axis, row, weights)}
            yield from _places(axis, figures, whole, run, {*off, *run.lacking} - accused - totals)


def _best(tried: Iterable[_Run | None]) -> _Run | None:
    """Return the run that most rows add up to without any rounding: of several the longest, with columns of nothing but 0."""
    return min(
        (run for run in tried if run is not None),
        key=lambda run: (len(run.off) + len(run.lacking) + run.close, -len(run.parts)),
        default=None,
    )


def _value(fact: Fact | None) -> Decimal | None:
    quantity = usable(fact)
    return quantity.base if quantity is not None else None


def _is_free(axis: Axis, n: int, words: Words, told: frozenset[str]) -> bool:
    line = axis.lines[n]
    if (
        line.kind not in ("item", "among")
        or line.rate
        or line.dimension in ("ratio", "*")
        or words.has("differences", line.label)
    ):
        return False
    return not any(fact is not None and fact.pointer.address in told for fact in axis.grid[n])


def _beside(whole: int, begin: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Yield the runs of columns from one on, and right before a whole where that is the one behind it."""
    for count in range(2, _MOST_PARTS + 1):
        if begin + count <= columns:
            yield tuple(range(begin, begin + count))
        if begin == whole + 1 and whole - count >= 0:
            yield tuple(range(whole - count, whole))


def _run(axis: Axis, figures: _Figures, whole: int, parts: tuple[int, ...], fewest: int = _FEWEST_ROWS) -> _Run | None:
    """Return a column as the sum of others; None when it is no sum.

    Enough rows with different figures have to add up, each with two parts or more, to the last digit: for one row that
    doesn't several, for each further one many.
    """
    different: set[Decimal] = set()
    off: list[int] = []
    lacking: list[int] = []
    close = 0
    for cross, line in enumerate(axis.crosses):
        total = figures[whole][cross]
        if total is None:
            continue
        values = [figures[p][cross] or Decimal(0) for p in parts]
        if sum(values, Decimal(0)) != total:
            if _is_close(axis, whole, parts, cross):
                close += 1
                continue
            rows = off if all(figures[p][cross] is not None for p in parts) else lacking
            rows.append(cross)
            if len(rows) * _MANY_ROWS > max(len(axis.crosses), _MANY_ROWS):
                return None
        elif line.kind == "item" and sum(value != 0 for value in values) > 1:
            different.add(total)
    if len(different) < (_FEWEST_TO_ACCUSE if off or lacking else fewest) or ((off or lacking) and not axis.across):
        return None
    return _Run(parts, off, lacking, close)


def _is_close(axis: Axis, whole: int, parts: Sequence[int], cross: int) -> bool:
    """Tell whether a sum meets within the rounding of its figures."""
    return tie(axis.grid[whole][cross], [axis.grid[p][cross] for p in parts]) is not Tie.OFF


def is_held(axis: Axis, figures: _Figures, row: int, columns: set[int]) -> bool:
    """Tell whether nothing in a row may explain why it is another one: nothing in it is extra."""
    if axis.crosses[row].kind != "item":
        return False
    for n in range(len(axis.lines)):
        others = (value for cross, value in enumerate(figures[n]) if cross != row)
        if n not in columns and figures[n][row] and not any(others):
            return False
    texts = [_texts(axis.section, line.key) for line in axis.crosses]
    return texts[row] <= max(count for cross, count in enumerate(texts) if cross != row)


def _texts(section: Section, key: str) -> int:
    """Return how many cells of a row hold something: a remark is one more."""
    row = int(key[1:])
    cells = section.table.rows[row] if section.table is not None else ()
    return len({id(cell) for cell in cells if cell is not None and cell.row == row and cell.text.strip()})


def _agreed(figures: _Figures, runs: Sequence[_Run]) -> set[int]:
    """Return the rows in which the parts add up to the same figure both times, and the whole is another: it is wrong."""
    if len(runs) < _FEWEST_RUNS:
        return set()
    off = set.intersection(*({*run.off} for run in runs))
    return {cross for cross in off if len({sum(figures[p][cross] or 0 for p in run.parts) for run in runs}) == 1}


def _places(axis: Axis, figures: _Figures, whole: int, run: _Run, skipped: Collection[int]) -> Iterator[Place]:
    held = sum(figures[whole][cross] is not None for cross in range(len(axis.crosses))) - len(run.off) - len(run.lacking)
    for cross in range(len(axis.crosses)):
        place = place_of(axis, whole, run.parts, cross, held)
        if place is not None and figures[whole][cross] is not None and cross not in skipped:
            yield place


def place_of(axis: Axis, whole: int, parts: Sequence[int], cross: int, held: int) -> Place | None:
    """Return a figure as the sum of others beside it, `held` rows showing that it is; None where there is nothing to add up."""
    fact = axis.grid[whole][cross]
    operands = tuple(f for p in parts if (f := axis.grid[p][cross]) is not None and not f.blank)
    if fact is None or not operands:
        return None
    row, column = axis.row_and_column(whole, cross)
    named = "、".join(axis.lines[p].label for p in parts)
    names: Names = {
        "total": fact, "合计": fact, "parts": operands, "各项": operands, "named": named, "各栏": named,
        "rows": f"{held}", "行数": f"{held}", "label": row, "行": row, "column": column, "列": column,
    }  # fmt: skip
    read = axis.section.complete or (axis.across and not is_open(axis, axis.crosses[cross]))
    return Place(f"{fact.pointer.path}.pattern", (names,), fact.pointer, read, axis.section)
