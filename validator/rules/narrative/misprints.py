"""Figures of which one digit is wrong.

Comes in: a rate with the two figures that it can't be of as they stand. Goes out: whether one digit accounts for it, so that
they are what it is of all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from validator.facts.claims import Claim

_EXACT = Decimal("0.001")
"""Rates told to a tenth of a percent."""
_LONG = 3


def misprinted(rate: Claim, part: Claim, whole: Claim) -> bool:
    """Tell whether one wrong digit of two long figures is all that keeps a rate from being their quotient.

    A rate in whole percent meets too many figures, but for 100 %, which only the same figure gives.
    """
    step = rate.quantity.step * rate.quantity.unit.factor
    all_of_it = rate.quantity.base == 1
    if min(len(c.quantity.value.normalize().as_tuple().digits) for c in (part, whole)) <= _LONG:
        return False
    if not all_of_it and step > _EXACT:
        return False
    half = Decimal(0) if all_of_it else step / 2
    pairs = [*((one, whole.quantity.base) for one in _slips(part)), *((part.quantity.base, one) for one in _slips(whole))]
    return any(below and abs(above / below - rate.quantity.base) <= half for above, below in pairs)


def _slips(claim: Claim) -> Iterator[Decimal]:
    """Yield what a figure may have been, in base units, before one of its digits was changed."""
    value = claim.quantity.value
    _, digits, exponent = value.as_tuple()
    for n, digit in enumerate(digits):
        place = Decimal(1).scaleb(len(digits) - 1 - n + int(exponent))
        for other in range(10):
            if other != digit:
                yield (value + (other - digit) * place) * claim.quantity.unit.factor
