"""Closed intervals of decimals: what a rounded figure may have been before it was rounded."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Interval(NamedTuple):
    """All values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        """Add the ends."""
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        """Subtract crosswise."""
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        """Multiply: the extremes are among the four products of ends."""
        products = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(products), max(products))

    def __truediv__(self, other: Interval) -> Interval:
        """Divide; raises ZeroDivisionError when the divisor may be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        quotients = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        return Interval(min(quotients), max(quotients))

    def __neg__(self) -> Interval:
        """Swap and negate the ends."""
        return Interval(-self.high, -self.low)

    def meets(self, other: Interval) -> bool:
        """Tell whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high
