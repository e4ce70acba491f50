"""Which rows stand below a row: by code, by numbering, by 其中, or because they add up to it.

Comes in: the lines of a table. Goes out: indexes of lines; whether they are its parts is tried elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import takewhile

from validator.rules.tables import Axis, Line, Tie, tie, usable
from validator.rules.totals.trial import FEWEST_FIRM, FEWEST_NUMBERED, LONGEST_RUN, MOST_TO_FOLD

_LARGE = 10_000
"""Steps of the last digit, for each part, in a figure that others hardly meet within its rounding by chance."""
_MOST_ROUNDED = 5
"""Figures whose roundings go the same way, at most."""
_FEWEST_LIKE = 2
"""Rows that are such sums before one is held to them that meets within rounding elsewhere."""


def rows_below(lines: Sequence[Line], k: int) -> list[int]:
    """Return the lines below a line in the outline: those numbered deeper, and those of a list that 其中 begins."""
    found: list[int] = []
    among = False
    for p in range(k + 1, len(lines)):
        among = among or (p == k + 1 and lines[p].kind == "among")
        deeper = lines[p].rank > lines[k].rank > 0 or (among and (not lines[p].rank or lines[p].rank > lines[k].rank))
        if deeper and _is_blank_item(lines, p):
            continue
        if not deeper or lines[p].kind not in ("item", "among"):
            break
        found.append(p)
    return found


def _is_blank_item(lines: Sequence[Line], p: int) -> bool:
    """Tell whether a numbered row without a figure is one of a list, and no heading of the rows below it."""
    line = lines[p]
    return line.kind == "heading" and line.rank > 0 and (p + 1 == len(lines) or 0 < lines[p + 1].rank <= line.rank)


def topmost(lines: Sequence[Line], below: Sequence[int]) -> tuple[int, ...]:
    """Return those of the lines below another that stand highest in the outline."""
    ranks = [lines[p].rank for p in below if lines[p].rank]
    return tuple(p for p in below if lines[p].rank == min(ranks)) if ranks else tuple(below)


@lru_cache(maxsize=1)
def closed_lists(axis: Axis) -> dict[int, tuple[int, ...]]:
    """Return the rows of each list that 其中 begins, up to where they add up to the row above it: more rows may follow it.

    They do in every column; or in all but one.
    """
    crosses = [c for c, cross in enumerate(axis.crosses) if cross.kind != "heading" and not cross.rate]
    lists = [k for k in range(len(axis.lines) - 1) if axis.lines[k].kind == "item" and axis.lines[k + 1].kind == "among"]
    found = {k: _closed_list(axis, k, crosses) for k in lists} if not axis.across else {}
    return {k: parts for k, parts in found.items() if parts}


def _closed_list(axis: Axis, k: int, crosses: Sequence[int]) -> tuple[int, ...]:
    lines = axis.lines
    below = list(takewhile(lambda p: lines[p].kind in ("item", "among"), range(k + 1, min(len(lines), k + LONGEST_RUN))))
    nearly: tuple[int, ...] = ()
    for end in range(2, len(below) + 1):
        ties = [tie(axis.grid[k][c], [axis.grid[p][c] for p in below[:end]]) for c in crosses]
        if Tie.FIRM in ties and Tie.OFF not in ties:
            return tuple(below[:end])
        if not nearly and Tie.FIRM in ties and ties.count(Tie.OFF) == 1:
            nearly = tuple(below[:end])
    return nearly


def unnumbered(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows without a number below a numbered one; only the figures tell whether they are its parts."""
    if not lines[k].rank:
        return ()
    return tuple(takewhile(lambda p: lines[p].kind == "item" and not lines[p].rank, range(k + 1, len(lines))))


def over_unnumbered(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows numbered right below a numbered one, over rows without a number, or of 其中, that are parts of theirs."""
    first = lines[k + 1].rank if k + 1 < len(lines) else 0
    if not 0 < lines[k].rank < first:
        return ()
    listed = (p for p in range(k + 1, len(lines)) if not _is_blank_item(lines, p))
    below = takewhile(lambda p: lines[p].kind in ("item", "among") and not 0 < lines[p].rank < first, listed)
    return tuple(p for p in below if lines[p].rank == first and lines[p].kind == "item")


def numbered(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows of one numbering below a row without a number; only the figures tell whether they are its parts.

    Lists that 其中 begins may stand between them.
    """
    if lines[k].rank or k + 1 == len(lines) or not lines[k + 1].rank:
        return ()
    rank, found, p = lines[k + 1].rank, list[int](), k + 1
    while p < len(lines) and lines[p].rank == rank and (lines[p].kind == "item" or _is_blank_item(lines, p)):
        found += [p] if lines[p].kind == "item" else []
        p += 1 + len(rows_below(lines, p))
    return tuple(found)


def is_over_deeper(lines: Sequence[Line], k: int) -> bool:
    """Tell whether rows are numbered below one of 其中, and deeper than the row that it is of: 2. , 其中：低保, A, B."""
    rank = lines[k + 1].rank if k + 1 < len(lines) else 0
    above = next((lines[p].rank for p in range(k - 1, -1, -1) if lines[p].rank), 0)
    return not lines[k].rank and rank > above > 0


def all_beside(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows below the first row of a list, or above its last; only the figures tell whether it is their total.

    A county and its towns: none has a number, and no row is called a total.
    """
    start = next((p + 1 for p in range(k - 1, -1, -1) if lines[p].kind == "heading"), 0)
    stop = next((p for p in range(k + 1, len(lines)) if lines[p].kind == "heading"), len(lines))
    plain = all(lines[p].kind == "item" and not lines[p].rank for p in range(start, stop))
    if not plain or k not in (start, stop - 1) or stop - start <= FEWEST_NUMBERED:
        return ()
    return tuple(p for p in range(start, stop) if p != k)


@lru_cache(maxsize=1)
def up_to_sums(axis: Axis) -> dict[int, tuple[int, ...]]:
    """Return the rows without numbers right below each row up to where they add up to it, in columns with different figures.

    Nothing else tells that they are its parts, so that they have to in all columns, large figures within their rounding; or in
    all but one, and within rounding only where other rows of the table show how it is built: 专科医院 and its kinds. Parts of
    such a part are not counted again, and rows left blank may stand between.
    """
    if axis.across or len(axis.lines) > MOST_TO_FOLD:
        return {}
    crosses = [c for c, cross in enumerate(axis.crosses) if cross.kind != "heading" and not cross.rate]
    figures = [[usable(line[c]) for c in crosses] for line in axis.grid]
    bases = [[figure.base if figure is not None else None for figure in row] for row in figures]
    steps = [[figure.step * figure.unit.factor if figure is not None else Decimal(0) for figure in row] for row in figures]
    found: dict[int, tuple[int, ...]] = {}
    nearly: dict[int, tuple[int, ...]] = {}
    rounded: dict[int, tuple[int, ...]] = {}
    for k in range(len(axis.lines) - 1, -1, -1):
        if axis.lines[k].kind == "item" and len({base for base in bases[k] if base}) >= FEWEST_FIRM:
            parts, off, close = _up_to_its_sum(axis.lines, bases, steps[k], k, found)
            if parts and not off:
                found[k] = parts
            elif any(tie(axis.grid[k][c], [axis.grid[p][c] for p in parts]) is Tie.OFF for c in crosses):
                (rounded if close else nearly)[k] = parts  # by more than rounding
    return nearly | (rounded if len(found) >= _FEWEST_LIKE else {}) | found


def _up_to_its_sum(
    lines: Sequence[Line],
    bases: Sequence[Sequence[Decimal | None]],
    steps: Sequence[Decimal],
    k: int,
    known: Mapping[int, tuple[int, ...]],
) -> tuple[tuple[int, ...], int, int]:
    """Return the rows that add up to a row, in how many columns they don't, and in how many within rounding only."""
    parts: list[int] = []
    sums = [Decimal(0)] * len(bases[k])
    best: tuple[tuple[int, ...], int, int] = ((), 1, 0)
    p = k + 1
    while p < min(len(lines), k + LONGEST_RUN) and not lines[p].rank and lines[p].kind in ("item", "heading"):
        if lines[p].kind == "item":
            parts.append(p)
            sums = [total + (base or 0) for total, base in zip(sums, bases[p], strict=True)]
            apart = [
                (whole, total, step) for whole, total, step in zip(bases[k], sums, steps, strict=True) if whole is not None
            ]
            unlike = [(whole, abs(whole - total), step) for whole, total, step in apart if whole != total]
            close = sum(_is_rounding(*three, len(parts)) for three in unlike)
            off = len(unlike) - close
            if len(parts) > 1 and not unlike:
                return tuple(parts), 0, 0
            if len(parts) > 1 and off <= 1 and (not best[0] or (off, close) < best[1:]):
                best = (tuple(parts), off, close)
        while p in known:  # the last part may have parts of its own
            p = known[p][-1]
        p += 1
    return best


def _is_rounding(whole: Decimal, apart: Decimal, step: Decimal, parts: int) -> bool:
    """Tell whether a sum differs from a figure, large beside its parts' rounding, by no more than that of a few of them."""
    return abs(whole) >= _LARGE * step * parts and 2 * apart <= step * min(1 + parts, _MOST_ROUNDED)


def coded_rows(axis: Axis) -> dict[int, tuple[int, ...]]:
    """Return the rows right below each row by their codes: 20801 and 20805 below 208."""
    below: dict[int, list[int]] = {}
    above: list[int] = []
    for p, line in enumerate(axis.lines if not axis.across else ()):
        if line.code and line.kind == "item" and not line.rate:
            while above and not is_under(line.code, axis.lines[above[-1]].code):
                above.pop()
            if above:
                below.setdefault(above[-1], []).append(p)
            above.append(p)
    return {k: tuple(parts) for k, parts in below.items()}


def is_under(code: str, above: str) -> bool:
    """Tell whether a code is one within another: 20502 within 205."""
    return bool(above) and code != above and code.startswith(above)
