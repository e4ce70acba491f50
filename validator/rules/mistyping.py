"""Slips of the pen: one wrong digit, or two neighbours that have changed places.

Comes in: figures, and what is between a total and their sum. Goes out: whether a single slip in one of them accounts for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from validator.model.quantity import Quantity

_FEWEST_DIGITS = 4
"""Figures of fewer digits are a slip apart by chance."""


def swapped(quantity: Quantity) -> list[Decimal]:
    """Return what a figure may have been, in base units, before two neighbouring digits changed places."""
    value, digits = quantity.value, quantity.value.as_tuple().digits
    found = []
    for n in range(len(digits) - 1):
        if digits[n] != digits[n + 1] and (n or digits[n + 1]):
            turned = (*digits[:n], digits[n + 1], digits[n], *digits[n + 2 :])
            found.append(Decimal((0, turned, int(value.as_tuple().exponent))) * quantity.unit.factor)
    return found


def accounts_for(rest: Decimal, figures: Sequence[Quantity]) -> bool:
    """Tell whether a slip in one of some figures accounts for what is between them, in base units."""
    one_digit = len(rest.normalize().as_tuple().digits) == 1
    return one_digit or any(abs(value - figure.base) == abs(rest) for figure in figures for value in swapped(figure))


def turned(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether two neighbours that changed places in one of the figures, a long one, account for what is between them."""
    figures = [figure for figure in (whole, *parts) if len(figure.value.normalize().as_tuple().digits) >= _FEWEST_DIGITS]
    rest = sum((part.base for part in parts), Decimal(0)) - whole.base
    return rest != 0 and any(abs(value - figure.base) == abs(rest) for figure in figures for value in swapped(figure))


def mistyped(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Tell whether a slip in one of the figures, one of them long, accounts for what is between a whole and its parts."""
    figures = (whole, *parts)
    if max(len(figure.value.normalize().as_tuple().digits) for figure in figures) < _FEWEST_DIGITS:
        return False
    rest = sum((part.base for part in parts), Decimal(0)) - whole.base
    return rest != 0 and accounts_for(rest, figures)
