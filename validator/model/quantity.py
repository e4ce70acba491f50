"""A written number: its value, its unit, and the step of its last written place.

A written number is not a real number. `81.80%` stands for everything that is displayed so, from 81.795 % to
81.805 %; `1307家` was counted and stands for itself. Reading text is the business of `facts.numbers`.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from validator.model.interval import Interval


class Unit(NamedTuple):
    """A unit of measurement: `万元` is dimension `money`, factor 10000 (to 元)."""

    name: str
    """As written: `万元`, `%`, `家`; empty for a bare number."""
    dimension: str
    """`money`, `ratio`, `points`, `time`, `area`, …; `count:家` for counted things; empty for a bare number."""
    factor: Decimal
    """How many base units one of it is: 万元 10000, % 0.01, 万人次 10000."""
    exact: bool = False
    """Whether a figure in it without decimals was counted or is the amount itself (家, 人次, 元)."""


BARE = Unit("", "", Decimal(1))


class Quantity(NamedTuple):
    """A number as written, in its own unit."""

    value: Decimal
    """In the unit as written: `81.80%` has value 81.80."""
    step: Decimal
    """One unit in the last written place (0.01 for `81.80`); 0 when the figure is exact."""
    unit: Unit
    text: str
    """As written, comparator and unit included."""
    comparator: str = ""
    """`>=`, `<=`, `>`, `<`, `=`, or empty when none was written."""
    approximate: bool = False
    """Written with 约, 近, 余, 多, 左右: no arithmetic can accuse it."""
    upper: Decimal | None = None
    """The other end of a written range (`80%-100%`), in the same unit; None for a single figure."""

    @property
    def base(self) -> Decimal:
        """The value in base units: 元, a fraction, a number of things."""
        return self.value * self.unit.factor

    @property
    def interval(self) -> Interval:
        """What the figure may have been before it was rounded, in base units."""
        half = self.step * self.unit.factor / 2
        base = self.value * self.unit.factor
        return Interval(base - half, base + half)


class State(StrEnum):
    """What kind of thing stands in a cell."""

    BLANK = "blank"
    """Nothing, or a mark for nothing: `-`, `—`, `/`, `无`. `0` is a number."""
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    GARBLED = "garbled"
    """Meant as a figure but not one: `>-2次`, `≥保人政`."""
    FUSED = "fused"
    """Several figures run together: `202010100.00%10`. Never parsed."""

    __hash__ = str.__hash__  # that of an enumeration is slow, and every cell is asked for its state


class Reading(NamedTuple):
    """What a text was understood to say."""

    state: State
    text: str
    quantity: Quantity | None = None
    """Present exactly when state is NUMBER (for a date None)."""
    alternatives: tuple[Quantity, ...] = ()
    """Other fair readings of the same text, e.g. `0.1` in a percent column as the fraction 0.1 besides 0.1 %."""
    why: str = ""
    """For GARBLED and FUSED: what is wrong with it, one clause in Chinese."""
