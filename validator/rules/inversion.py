"""What would have to stand in a cell for an equation to hold, everything else left as it is.

Comes in: an equation with the place where it was evaluated. Goes out: for each of its cells the value it would need. Works
for cells on which the equation depends in a straight line or inversely (sums, differences, products, quotients); the answer
is tried out before it is given, so that another dependence gives no answer rather than a wrong one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import NamedTuple

from validator.facts.numbers import format_quantity
from validator.model.fact import Fact
from validator.model.interval import Interval
from validator.model.quantity import Quantity
from validator.rules.binding import Names
from validator.rules.comparison import Verdict
from validator.rules.expression import Expression

_TINY = Decimal("1e-12")
_NUDGE = Decimal("1.0625")


class Needed(NamedTuple):
    """The value that a cell would need."""

    path: str
    text: str
    """As it would be written there."""
    interval: Interval
    """Every value that would do, in base units: the stated figure was rounded."""


def needed(expression: Expression, names: Names, verdict: Verdict, paths: Collection[str]) -> Iterator[Needed]:
    """Yield, for the cells at these paths, the value that each alone would need for the equation to hold."""
    if not expression.equation or verdict.difference is None:
        return
    slack = (
        verdict.stated.quantity.step * verdict.stated.quantity.unit.factor / 2
        if verdict.stated and verdict.stated.quantity
        else Decimal(0)
    )
    for fact in dict.fromkeys((verdict.stated, *verdict.operands)):
        if fact is None or fact.pointer.path not in paths or fact.quantity is None:
            continue
        found = _solve(expression, names, fact, fact.quantity, slack)
        if found is not None:
            yield found


def _solve(expression: Expression, names: Names, fact: Fact, quantity: Quantity, slack: Decimal) -> Needed | None:
    """Solve for one cell: through two points, first as a straight line in its value, then in one over its value."""

    def gap(value: Decimal) -> Decimal | None:
        supposed = quantity._replace(value=value, step=Decimal(0), approximate=False)
        return expression.suppose(names, {fact: supposed}).difference

    start = quantity.value or quantity.step or Decimal(1)
    other = start * _NUDGE
    here, there = gap(start), gap(other)
    if here is None or there is None or here == there:
        return None
    for inverse in (False, True):
        x0, x1 = (1 / start, 1 / other) if inverse else (start, other)
        slope = (there - here) / (x1 - x0)
        roots = [x0 - (here - miss) / slope for miss in (Decimal(0), -slack, slack)]
        if inverse and (min(map(abs, roots)) < _TINY or min(roots) < 0 < max(roots)):
            continue
        values = [1 / root if inverse else root for root in roots]
        rest = gap(values[0])
        if rest is not None and abs(rest) <= _TINY * max(abs(here), abs(there), Decimal(1)):
            half = quantity.step * quantity.unit.factor / 2
            bases = sorted(value * quantity.unit.factor for value in values[1:])
            return Needed(
                fact.pointer.path,
                format_quantity(values[0] * quantity.unit.factor, like=quantity),
                Interval(bases[0] - half, bases[-1] + half),
            )
    return None
