"""Numbers on their way through an expression: values and intervals in base units, with what they measure.

Comes in: written quantities. Goes out: figures that can be added, multiplied and compared; `Undetermined` when what is written
does not allow it, with the reason in Chinese. What an expression looks like is the business of `expression`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import ClassVar, Literal, NamedTuple, TypeAlias

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import Quantity, State
from validator.rules.binding import Within

Kind = Literal["money", "ratio", "points", "number", "text", "any"]

Figure: TypeAlias = tuple[Decimal, Decimal, str, Decimal]
"""Lowest and highest value in base units (the same object when it is one value), dimension, factor of the unit as written.

A plain tuple, because a check makes many of them. Dimensions are those of `Unit`, and the three below.
"""

BARE = ""
"""Written without a unit: takes the unit of what it meets."""
PURE = "pure"
"""A number of the rule, a count of rows: fits anything, in base units."""
MIXED = "mixed"
"""A product or quotient of different things (元 per 人): fits anything that has a unit."""

EXACT, WIDE, COUNTED = 0, 1, 2
"""How a written figure is taken: as it stands; as the interval it may have been; the same, but bare whole numbers are exact."""

ONE = Decimal(1)
ZERO = Decimal(0)
CONTEXT = Context(prec=60, rounding=ROUND_HALF_EVEN, Emin=-9999, Emax=9999, traps=[DivisionByZero, InvalidOperation, Overflow])
"""Sums and products of written figures are exact in it; quotients are off by less than 1e-59 of themselves."""

_NUMBER = State.NUMBER
_add, _subtract, _multiply, _divide = CONTEXT.add, CONTEXT.subtract, CONTEXT.multiply, CONTEXT.divide
_WORDS = {
    "money": "金额", "ratio": "百分比", "points": "分", "time": "时间", "area": "面积", "length": "长度", "weight": "重量",
    "mass": "重量", "volume": "体积",
}  # fmt: skip


class Dimension(NamedTuple):
    """What a name stands for, as far as it is known before any form is read."""

    kind: Kind | str
    many: bool = False
    """Whether it is a list."""


class NoAnswer(Exception):  # noqa: N818 (an outcome, not an error)
    """An expression comes to no end; the message says why."""

    outcome: ClassVar[Outcome]


class Undetermined(NoAnswer):
    """What is written doesn't allow an answer; the message says which cell and why."""

    outcome = Outcome.UNDETERMINED


class Absent(NoAnswer):
    """The form has no such column or row."""

    outcome = Outcome.NOT_APPLICABLE


_NONE_CHOSEN: Mapping[int, Quantity] = {}
_NO_PIECES: Mapping[int, tuple[Decimal, Decimal]] = {}


class Frame:
    """One evaluation: the names with their values, how figures are taken, and what was used so far."""

    __slots__ = ("approximate", "binding", "chosen", "expected", "figures", "operands", "pieces", "taken")

    def __init__(self, binding: Within, figures: dict[int, Figure] | None = None) -> None:
        """Begin with nothing used, every figure as it is written.

        `figures`: those of the cells that were taken so before, by cell; they are the same in every place of a form.
        """
        self.binding = binding
        self.figures = {} if figures is None else figures
        self.taken = EXACT
        self.operands: list[Fact] = []
        self.chosen: Mapping[int, Quantity] = _NONE_CHOSEN
        self.pieces: Mapping[int, tuple[Decimal, Decimal]] = _NO_PIECES
        self.approximate: Quantity | None = None
        self.expected: str | None = None

    def quantity(self, fact: Fact) -> Quantity:
        """Return the number in a cell, in the reading that is being tried; Undetermined when it holds none."""
        reading = fact.reading
        if reading.state is not _NUMBER or reading.quantity is None:
            raise Undetermined(why_not(fact))
        if self.chosen:
            return self.chosen.get(id(fact), reading.quantity)
        return reading.quantity

    def figure(self, fact: Fact) -> Figure:
        """Return the number in a cell as a figure, and note that the cell was used.

        A sign (`≥90%`) doesn't count in arithmetic: what it means is the business of `meets`.
        """
        if not self.taken:  # EXACT
            known = self.figures.get(id(fact))
            if known is not None:
                self.operands.append(fact)
                return known
        reading = fact.reading
        quantity = reading.quantity
        if self.chosen or quantity is None or reading.state is not _NUMBER:
            quantity = self.quantity(fact)
        if quantity.upper is not None:
            raise Undetermined(f"“{shorten(quantity.text)}”是一个范围，不是一个数")
        unit = quantity.unit
        if self.taken == EXACT:
            self.operands.append(fact)
            if quantity.approximate:
                self.approximate = quantity
            base = _multiply(quantity.value, unit.factor)
            figure = base, base, unit.dimension, unit.factor
            if not quantity.approximate:
                self.figures[id(fact)] = figure
            return figure
        if self.pieces:
            piece = self.pieces.get(id(fact))
            if piece is not None:
                return piece[0], piece[1], unit.dimension, unit.factor
        low, high = self.bounds(quantity)
        return low, high, unit.dimension, unit.factor

    def bounds(self, quantity: Quantity) -> tuple[Decimal, Decimal]:
        """Return the interval of a written figure that is an operand: points were given, counts were counted."""
        unit = quantity.unit
        base = _multiply(quantity.value, unit.factor)
        exact = unit.dimension == "points" or (self.taken == COUNTED and unit.dimension == BARE and quantity.step >= 1)
        if exact or not quantity.step:
            return base, base
        half = _multiply(_multiply(quantity.step, unit.factor), HALF)
        return _subtract(base, half), _add(base, half)


HALF = Decimal("0.5")
_MONEY = "money"
_MEASURES = frozenset({"seconds", "time", "length", "area", "volume", "mass"})


def shorten(text: str) -> str:
    """Return a text as it is shown within a sentence: on one line, at most 24 characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 24 else flat[:23] + "…"


def why_not(fact: Fact) -> str:
    """Say why a cell gives no number."""
    state = fact.reading.state
    if state is State.BLANK:
        return f"{shorten(fact.pointer.column_label or fact.pointer.row_label or '这一格')}未填"
    shown = f"“{shorten(fact.text)}”"
    if state is State.DATE:
        return f"{shown}是日期，不是数"
    if state is State.TEXT:
        return f"{shown}是文字，不是数"
    if state is State.FUSED:
        return f"{shown}是几个数连在一起，分不开"
    return f"{shown}读不出数"


def from_quantity(quantity: Quantity) -> Figure:
    """Return a figure of the rule itself: it is meant as it stands."""
    base = _multiply(quantity.value, quantity.unit.factor)
    return base, base, quantity.unit.dimension or PURE, quantity.unit.factor


def unify(a: Figure, b: Figure) -> tuple[Figure, Figure, str, Decimal]:
    """Bring two figures to one unit: both figures, their dimension, the factor of the unit; Undetermined when it can't be."""
    one, other = a[2], b[2]
    if one == other:
        return a, b, one, a[3]
    if one == PURE:
        return a, b, other, b[3]
    if other == PURE:
        return a, b, one, a[3]
    if one == BARE and other != MIXED:
        return _adopt(a, b), b, other, b[3]
    if other == BARE and one != MIXED:
        return a, _adopt(b, a), one, a[3]
    if one == MIXED and other != BARE:
        return a, b, other, b[3]
    if other == MIXED and one != BARE:
        return a, b, one, a[3]
    if one.startswith("count") and other.startswith("count"):
        return a, b, one, a[3]
    raise Undetermined(f"单位不同（{name_of(one)}与{name_of(other)}），不能相加或比较")


def name_of(dimension: str) -> str:
    """Return what a dimension is called in a sentence."""
    if ":" in dimension:
        return dimension.partition(":")[2]
    return _WORDS.get(dimension, "没有单位的数" if dimension == BARE else "不明单位" if dimension == MIXED else dimension)


def _adopt(bare: Figure, unit: Figure) -> Figure:
    """Take a bare figure as being in the unit of another; `320万` already says its factor."""
    factor = unit[3]
    if bare[3] != 1 or factor == 1:
        return bare[0], bare[1], unit[2], factor
    low = _multiply(bare[0], factor)
    return low, low if bare[0] is bare[1] else _multiply(bare[1], factor), unit[2], factor


def add(a: Figure, b: Figure) -> Figure:
    """Add two figures of one kind."""
    dimension, factor = a[2], a[3]
    if dimension != b[2]:
        a, b, dimension, factor = unify(a, b)
    low = _add(a[0], b[0])
    return low, low if a[0] is a[1] and b[0] is b[1] else _add(a[1], b[1]), dimension, factor


def subtract(a: Figure, b: Figure) -> Figure:
    """Subtract two figures of one kind."""
    dimension, factor = a[2], a[3]
    if dimension != b[2]:
        a, b, dimension, factor = unify(a, b)
    low = _subtract(a[0], b[1])
    return low, low if a[0] is a[1] and b[0] is b[1] else _subtract(a[1], b[0]), dimension, factor


def multiply(a: Figure, b: Figure) -> Figure:
    """Multiply; a ratio or a number of anything leaves the other's kind.

    Money times a time or a measure (年利息 × 期限15年, 单价 × 30亩) is meant by the unit that is written.
    """
    if a[2] == _MONEY and b[2].partition(":")[0] in _MEASURES:
        b = _as_written(b)
    elif b[2] == _MONEY and a[2].partition(":")[0] in _MEASURES:
        a = _as_written(a)
    dimension, factor = _product(a, b)
    if a[0] is a[1] and b[0] is b[1]:
        low = _multiply(a[0], b[0])
        return low, low, dimension, factor
    products = [_multiply(x, y) for x in a[:2] for y in b[:2]]
    return min(products), max(products), dimension, factor


def _as_written(figure: Figure) -> Figure:
    """Return the plain number of units that a figure is."""
    low, high, _, factor = figure
    if low is high:
        low = _divide(low, factor)
        return low, low, BARE, ONE
    return _divide(low, factor), _divide(high, factor), BARE, ONE


def _product(a: Figure, b: Figure) -> tuple[str, Decimal]:
    if a[2] == PURE:
        return b[2], b[3]
    if b[2] == PURE:
        return a[2], a[3]
    if a[2] == "ratio":
        return b[2], ONE if b[2] == "ratio" else b[3]
    if b[2] == "ratio":
        return a[2], a[3]
    if a[2] == BARE:
        return b[2], b[3]
    if b[2] == BARE:
        return a[2], a[3]
    return MIXED, ONE


def divide(a: Figure, b: Figure) -> Figure:
    """Divide; two figures of one kind give a ratio. Undetermined when the divisor may be zero."""
    if b[0] <= 0 <= b[1]:
        raise Undetermined("除数为 0" if b[0] is b[1] else "除数可能为 0")
    dimension, factor = _quotient(a, b)
    if a[0] is a[1] and b[0] is b[1]:
        low = _divide(a[0], b[0])
        return low, low, dimension, factor
    quotients = [_divide(x, y) for x in a[:2] for y in b[:2]]
    return min(quotients), max(quotients), dimension, factor


def _quotient(a: Figure, b: Figure) -> tuple[str, Decimal]:
    one, other = a[2], b[2]
    if (one == other and one not in (PURE, MIXED)) or (one.startswith("count") and other.startswith("count")):
        return "ratio", ONE
    if other in (PURE, BARE) or other == "ratio":
        return one, a[3]
    return MIXED, ONE


def negate(a: Figure) -> Figure:
    """Change the sign."""
    low = _subtract(ZERO, a[1])
    return low, low if a[0] is a[1] else _subtract(ZERO, a[0]), a[2], a[3]


def absolute(a: Figure) -> Figure:
    """Drop the sign."""
    if a[0] >= 0:
        return a
    if a[1] <= 0:
        return negate(a)
    return ZERO, max(-a[0], a[1]), a[2], a[3]


def smaller(a: Figure, b: Figure) -> Figure:
    """Return the smaller of two figures of one kind."""
    a, b, dimension, factor = unify(a, b)
    low = min(a[0], b[0])
    return low, low if a[0] is a[1] and b[0] is b[1] else min(a[1], b[1]), dimension, factor


def larger(a: Figure, b: Figure) -> Figure:
    """Return the larger of two figures of one kind."""
    a, b, dimension, factor = unify(a, b)
    low = max(a[0], b[0])
    return low, low if a[0] is a[1] and b[0] is b[1] else max(a[1], b[1]), dimension, factor
