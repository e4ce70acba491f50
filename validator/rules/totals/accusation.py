"""Where a total is off, and whether it could be anything but a sum: a mean, an extreme, a balance carried on.

Comes in: a way that doesn't hold in each column. Goes out: the columns in which that is a fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, permutations

from validator.rules.tables import Axis, Tie, intervals, tie, usable
from validator.rules.totals.trial import FEWEST_FIRM, MOST_BESIDE, Tried


def accused(axis: Axis, k: int, found: Tried, crosses: Sequence[int], *, learnt: bool = False) -> frozenset[int]:
    """Return the columns in which the total is off and can't be anything but a sum.

    `learnt`: other totals of its kind are sums of this kind.
    """
    return frozenset(
        cross
        for n, cross in enumerate(crosses)
        if found.ties[n] is Tie.OFF and not _not_a_sum(axis, k, cross, found, borne_out=learnt or found.firm > 0)
    )


def _not_a_sum(axis: Axis, k: int, cross: int, found: Tried, *, borne_out: bool) -> bool:
    """Tell whether a figure may be a mean, an extreme or a share of its parts, or a multiple of them counted twice."""
    whole = usable(axis.grid[k][cross])
    figures = [q for p in found.way.parts if (q := usable(axis.grid[p][cross])) is not None]
    bounds = intervals([whole, *figures]) if whole is not None else None
    if bounds is None or whole is None:
        return True
    middles = [(b.low + b.high) / 2 for b in bounds]
    total, values = middles[0], middles[1:]
    solid = found.firm >= 3 or (axis.crosses[cross].money if not axis.across else axis.lines[k].money)
    filled = [value for value in values if value]
    between = len(filled) >= 2 and min(filled) <= total <= max(filled)
    outlier = len(filled) > 2 and borne_out and total not in filled and sum(filled, Decimal(0)) - max(filled) < total
    half = abs(sum(values, Decimal(0)))
    doubled = found.firm == 0 and total != 0 and half / abs(total) in (2, 3)
    average = sum(filled, Decimal(0)) / max(len(filled), 1)
    # A mean of scores is rounded, though their sum is not.
    mean = len(filled) >= 2 and total != 0 and abs((average - total) * whole.value) <= abs(total) * whole.step / 2
    return mean or doubled or (between and not solid and not outlier) or _runs_on(axis, k, cross, found.way.parts)


def _runs_on(axis: Axis, k: int, cross: int, parts: Sequence[int]) -> bool:
    """Tell whether a total of an account repeats its last balance: each is the one above it, what came in and what went out."""
    if axis.across or tie(axis.grid[k][cross], [axis.grid[parts[-1]][cross]]) is not Tie.EMPTY:
        return False
    others = [c for c, other in enumerate(axis.crosses) if c != cross and other.kind != "heading" and not other.rate]
    steps = list(pairwise(parts))
    return len(steps) >= FEWEST_FIRM and any(
        all(_leads_to(axis, (p, cross), (q, come), (q, cross), (q, gone)) for p, q in steps)
        for come, gone in permutations(others[:MOST_BESIDE], 2)
    )


def _leads_to(axis: Axis, *cells: tuple[int, int]) -> bool:
    """Tell whether a balance and what came in are the next balance and what went out, in four cells of this order."""
    figures = [usable(axis.grid[row][column]) for row, column in cells]
    opening, earned, closing, spent = (figure.base if figure is not None else Decimal(0) for figure in figures)
    return opening + earned == closing + spent
