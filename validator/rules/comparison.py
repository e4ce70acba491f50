"""Two figures and the sign between them: do they agree, exactly, within rounding, cut off, or not at all?

Comes in: how to compute either side. Goes out: a `Verdict`. How an expression is written is the business of `expression`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from itertools import pairwise, product
from typing import NamedTuple

from validator.model.fact import Fact
from validator.model.finding import Grade, Outcome
from validator.model.quantity import Quantity
from validator.rules.arithmetic import (
    CONTEXT,
    COUNTED,
    EXACT,
    HALF,
    ONE,
    WIDE,
    ZERO,
    Figure,
    Frame,
    NoAnswer,
    Undetermined,
    shorten,
    unify,
)

# Members of an enumeration are looked up slowly, and a check asks for several of them.
_PASS, _FAIL, _UNDETERMINED = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED
_EXACT, _WITHIN_ROUNDING, _OFF = Grade.EXACT, Grade.WITHIN_ROUNDING, Grade.OFF
ORDER: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
"""Whether two numbers are as a sign says."""
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}
_EPSILON = Decimal("1e-40")
_HALF_STEPS = (16, 6, 3, 2, 2, 2)
"""Into how many pieces the interval of each repeated operand is cut, by the number of such operands."""


@dataclass(slots=True, init=False)
class Verdict:
    """What came out of one expression in one place. A check makes several and asks them much, for which tuples are slow."""

    outcome: Outcome
    grade: Grade | None
    stated: Fact | None
    """The cell that states what the rest computes: the bare name on the left, or else on the right, of the comparison."""
    operands: tuple[Fact, ...]
    """Every other cell that was used, in order of appearance."""
    expected: str | None
    """What should stand there, written as the stated figure is; for <= and >= the bound. None when it agrees exactly."""
    difference: Decimal | None
    """Stated minus computed, in base units."""
    reason: str | None
    """Why there is no answer, in Chinese."""
    whole: bool
    """Whether a sum of whole 万元 or 亿元 agrees within rounding only: it may be rounding, it may be a slip of one."""
    bound: str
    """How `expected` is meant where it isn't the figure itself: `<=` at most so much; also `<`, `>`, `>=`, `!=`."""
    optional: bool
    """Whether something else would do as well: an explanation instead of the figure."""

    # Written out, for that of a dataclass stays slow when the module is compiled.
    def __init__(
        self,
        outcome: Outcome,
        grade: Grade | None = None,
        stated: Fact | None = None,
        operands: tuple[Fact, ...] = (),
        expected: str | None = None,
        difference: Decimal | None = None,
        reason: str | None = None,
        whole: bool = False,  # noqa: FBT001, FBT002 (the verdict of a rule is built in many places, by name)
        bound: str = "",
        optional: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        self.outcome = outcome
        self.grade = grade
        self.stated = stated
        self.operands = operands
        self.expected = expected
        self.difference = difference
        self.reason = reason
        self.whole = whole
        self.bound = bound
        self.optional = optional


class Side(NamedTuple):
    """One side of a comparison."""

    run: Callable[[Frame], Figure]
    name: str = ""
    """Set for a bare name: it may be what states the result."""
    computed: bool = False
    """Whether a product or a quotient is in it."""


def unique(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return each cell once, in order of appearance."""
    return tuple({id(fact): fact for fact in facts}.values())


class Comparison:
    """Two figures and the sign between them."""

    __slots__ = ("_computed", "_holds", "_left", "_right", "_sign", "_stated_left", "_stated_right", "_strict")

    def __init__(self, left: Side, right: Side, sign: str, *, strict: bool = False) -> None:
        """`strict`: for a condition, of which nobody asks what should stand there."""
        self._left = left.run
        self._right = right.run
        self._sign = sign
        self._holds = ORDER[sign]
        self._stated_left = left.name
        self._stated_right = right.name
        self._computed = left.computed or right.computed
        self._strict = strict

    def verdict(self, frame: Frame) -> Verdict:
        """Compare in one place."""
        frame.taken = EXACT
        used: list[Fact] = []
        frame.operands = used
        frame.approximate = None
        stated: Fact | None = None
        flipped = False
        if self._stated_left:
            value = frame.binding[self._stated_left]
            stated = value if type(value) is Fact else None
        if stated is None and self._stated_right:
            value = frame.binding[self._stated_right]
            stated = value if type(value) is Fact else None
            flipped = stated is not None
        try:
            left, right = self._left(frame), self._right(frame)
            dimension = left[2]
            if dimension != right[2]:
                left, right, dimension, _ = unify(left, right)
        except NoAnswer as error:
            return Verdict(error.outcome, None, stated, self._others(used, stated), reason=str(error))
        mine, other = (right[0], left[0]) if flipped else (left[0], right[0])
        operands = self._others(used, stated)
        holds = self._holds(left[0], right[0])
        if holds and self._sign != "==":
            return Verdict(_PASS, _EXACT, stated, operands)
        difference = CONTEXT.subtract(mine, other)
        if holds:
            return Verdict(_PASS, _EXACT, stated, operands, None, difference)
        try:
            if self._sign == "==":
                unit = dimension, right[3] if flipped else left[3]
                return self._equality(frame, mine, other, difference, unit, stated=stated, operands=operands)
            bound = _MIRRORED[self._sign] if flipped else self._sign
            return self._order(frame, left, right, other, difference, bound, stated=stated, operands=operands)
        except Undetermined as error:
            return Verdict(_UNDETERMINED, None, stated, operands, reason=str(error))

    @staticmethod
    def _others(used: Sequence[Fact], stated: Fact | None) -> tuple[Fact, ...]:
        """Return the operands as often as they are used: 986 / (4779 - 986) has three."""
        return tuple([fact for fact in used if fact is not stated])

    # --- equality -------------------------------------------------------------------------------------------------------

    def _equality(
        self,
        frame: Frame,
        mine: Decimal,
        other: Decimal,
        difference: Decimal,
        unit: tuple[str, Decimal],
        *,
        stated: Fact | None,
        operands: tuple[Fact, ...],
    ) -> Verdict:
        dimension, factor = unit
        step = self._step(frame, stated, dimension, factor)
        if _rounds_to(mine, other, difference, step):
            return Verdict(_PASS, _EXACT, stated, operands, None, difference)
        expected = self._written_like(frame, stated, other, factor)
        if stated is not None and _rounded_by_its_writer(frame.quantity(stated), mine, other, difference):
            return Verdict(_PASS, _WITHIN_ROUNDING, stated, operands, expected, difference)
        if self._may_be_equal(frame, stated, dimension, step):
            whole = not self._computed and self._whole(frame, stated, operands)
            return Verdict(_PASS, _WITHIN_ROUNDING, stated, operands, expected, difference, None, whole)
        if frame.approximate is not None:
            raise Undetermined(f"“{shorten(frame.approximate.text)}”是约数，不能断定")
        cut = step and CONTEXT.multiply(CONTEXT.divide(other, step).to_integral_value(ROUND_DOWN), step) == mine
        if cut and dimension == "ratio" and CONTEXT.add(mine, step) == ONE:
            # 99 % for 99.98 %: 100 % would say that it is all.
            return Verdict(_PASS, Grade.TRUNCATED, stated, operands, expected, difference)
        return Verdict(_FAIL, Grade.TRUNCATED if cut else _OFF, stated, operands, expected, difference)

    def _step(self, frame: Frame, stated: Fact | None, dimension: str, factor: Decimal) -> Decimal:
        """Return the step of the stated figure in base units; 0 where it must agree to the digit."""
        if stated is None or (dimension == "points" and not self._computed):
            return ZERO
        quantity = frame.quantity(stated)
        step = quantity.step
        if not step and dimension == "points":
            exponent = quantity.value.as_tuple().exponent
            step = ONE.scaleb(min(exponent, 0)) if isinstance(exponent, int) else step
        own = quantity.unit
        if own.dimension == "" and own.factor == 1:
            if _counted(dimension, factor) and step >= 1 and not self._computed:
                return ZERO
            return CONTEXT.multiply(step, factor)
        return CONTEXT.multiply(step, own.factor)

    def _may_be_equal(self, frame: Frame, stated: Fact | None, dimension: str, step: Decimal) -> bool:
        """Tell whether some unrounded values, each within its interval, agree."""
        if dimension == "points" and not self._computed:
            return False
        half = CONTEXT.multiply(step, HALF)

        def meet(left: Figure, right: Figure) -> bool:
            slack = half if stated is not None and self._is_exact(frame, stated) else ZERO
            margin = CONTEXT.add(slack, CONTEXT.multiply(abs(right[0]), _EPSILON))
            return left[0] - margin <= right[1] and right[0] - margin <= left[1]

        return self._somewhere(frame, dimension, meet)

    @staticmethod
    def _is_exact(frame: Frame, stated: Fact) -> bool:
        """Tell whether the interval of a stated figure, as an operand, is a point though it was rounded (computed points)."""
        low, high = frame.bounds(frame.quantity(stated))
        return low is high

    def _somewhere(self, frame: Frame, dimension: str, holds: Callable[[Figure, Figure], bool]) -> bool:
        """Tell whether a relation of two intervals holds for some values of the operands.

        An operand that occurs twice has one value only: its interval is cut into pieces, each tried by itself. Every piece is
        computed with plain intervals, so that nothing possible is left out and nothing is wider than without the cutting.
        """
        used = frame.operands
        repeated = _repeated(used)
        frame.taken = COUNTED if _counted(dimension, ONE) else WIDE
        frame.operands = []
        try:
            left, right, _, _ = unify(self._left(frame), self._right(frame))
            if not repeated or len(repeated) > len(_HALF_STEPS) or not holds(left, right):
                return holds(left, right)
            return self._in_pieces(frame, repeated, holds)
        finally:
            frame.taken = EXACT
            frame.operands = used
            frame.pieces = {}

    def _in_pieces(self, frame: Frame, repeated: Sequence[Fact], holds: Callable[[Figure, Figure], bool]) -> bool:
        count = _HALF_STEPS[len(repeated) - 1]
        for pieces in product(*(_pieces(frame, fact, count) for fact in repeated)):
            frame.pieces = {id(fact): piece for fact, piece in zip(repeated, pieces, strict=True)}
            left, right, _, _ = unify(self._left(frame), self._right(frame))
            if holds(left, right):
                return True
        return False

    @staticmethod
    def _whole(frame: Frame, stated: Fact | None, operands: Sequence[Fact]) -> bool:
        """Tell whether all figures are whole numbers of a scaled unit of money."""
        quantities = [frame.quantity(fact) for fact in (*((stated,) if stated else ()), *operands)]
        return any(q.unit.factor > 1 for q in quantities) and all(
            q.step >= 1 and (q.unit.dimension == "" or (q.unit.dimension == "money" and q.unit.factor > 1)) for q in quantities
        )

    def _written_like(self, frame: Frame, stated: Fact | None, value: Decimal, factor: Decimal) -> str | None:
        """Write a computed value as the stated one is written."""
        return None if stated is None or self._strict else _format(value, frame.quantity(stated), factor)

    # --- order ------------------------------------------------------------------------------------------------------------

    def _order(
        self,
        frame: Frame,
        left: Figure,
        right: Figure,
        other: Decimal,
        difference: Decimal,
        bound: str,
        *,
        stated: Fact | None,
        operands: tuple[Fact, ...],
    ) -> Verdict:
        sign, holds = self._sign, self._holds
        expected = self._written_like(frame, stated, other, left[3])
        if sign != "!=":
            _, _, dimension, _ = unify(left, right)
            allowed = self._somewhere(frame, dimension, lambda a, b: holds(a[0], b[1]) if sign[0] == "<" else holds(a[1], b[0]))
            if allowed:
                return Verdict(_PASS, _WITHIN_ROUNDING, stated, operands, expected, difference)
        if frame.approximate is not None:
            raise Undetermined(f"“{shorten(frame.approximate.text)}”是约数，不能断定")
        return Verdict(_FAIL, _OFF, stated, operands, expected, difference, bound=bound)


def _counted(dimension: str, factor: Decimal) -> bool:
    """Tell whether bare whole numbers in this company were counted or given, not rounded."""
    return dimension == "points" or dimension.startswith("count") or (dimension == "money" and factor == 1)


def _rounds_to(mine: Decimal, other: Decimal, difference: Decimal, step: Decimal) -> bool:
    """Tell whether the computed value, rounded half up or half even to the step, is what stands there."""
    twice = abs(CONTEXT.add(difference, difference))
    slack = CONTEXT.multiply(abs(other), _EPSILON)
    if abs(CONTEXT.subtract(twice, step)) > slack:
        return twice < step or twice <= slack
    away_from_zero = (difference > 0) is (other > 0)
    return away_from_zero or (step != 0 and CONTEXT.divide(other, step).to_integral_value(ROUND_HALF_EVEN) * step == mine)


def _rounded_by_its_writer(stated: Quantity, mine: Decimal, other: Decimal, difference: Decimal) -> bool:
    """Tell whether a figure with decimals of its own is the computed one rounded to them, though its peers have more.

    905.12 over parts of 905.1234 is what a clerk writes who rounds totals; 905 may as well be a slip.
    """
    exponent = stated.value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0 or not stated.value or not mine:
        return False
    return _rounds_to(mine, other, difference, CONTEXT.multiply(ONE.scaleb(exponent), CONTEXT.divide(mine, stated.value)))


def _repeated(facts: Iterable[Fact]) -> list[Fact]:
    seen: set[int] = set()
    repeated: dict[int, Fact] = {}
    for fact in facts:
        if id(fact) in seen:
            repeated[id(fact)] = fact
        seen.add(id(fact))
    return list(repeated.values())


def _pieces(frame: Frame, fact: Fact, count: int) -> list[tuple[Decimal, Decimal]]:
    low, high = frame.bounds(frame.quantity(fact))
    if low is high:
        return [(low, high)]
    width = CONTEXT.divide(high - low, Decimal(count))
    ends = [low, *(CONTEXT.add(low, CONTEXT.multiply(width, Decimal(n))) for n in range(1, count)), high]
    return list(pairwise(ends))


def _format(value: Decimal, like: Quantity, factor: Decimal) -> str:
    from validator.facts.numbers import format_quantity

    if like.unit.dimension == "" and like.unit.factor == 1 and factor != 1:
        value = CONTEXT.divide(value, factor)
    return format_quantity(value, like)
