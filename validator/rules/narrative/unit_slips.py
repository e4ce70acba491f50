"""A whole or a part in another unit than the rest: 预算数2089元：其中中央资金合计1777万元，省级资金312万元.

Comes in: a passage. Goes out: the whole with its parts where they add up to the digit once the single odd figure is taken in
the unit of all others, and don't as they are written. Such lists are not read as lists elsewhere: their figures are far apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, facts, place

_FEWEST = 2
_MOST = 8
_LONG = 3
"""Digits of a whole that parts don't come to by chance."""


def unit_slips(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield each whole of which the parts behind 其中 add up but for the unit of one figure."""
    for _, claims in passage.by_sentence:
        money = [c for c in claims if c.kind == "level" and c.usable and c.dimension == "money"]
        for n, whole in enumerate(money[:-_FEWEST]):
            if not wording.among.search(money[n + 1].before) or wording.among.search(whole.before):
                continue
            parts: list[Claim] = []
            for part in money[n + 1 : n + 1 + _MOST]:
                parts.append(part)
                if len(parts) >= _FEWEST and _adds_up_but_for_a_unit(whole, parts):
                    yield Found(
                        "narrative.total", place("narrative.total", whole, {"total": whole.fact, "parts": facts(parts)})
                    )
                    break


def _adds_up_but_for_a_unit(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether all figures but one have one unit, and their numbers alone add up to that of the whole."""
    factors = [claim.quantity.unit.factor for claim in (whole, *parts)]
    common = max(factors, key=factors.count)
    long = len(whole.quantity.value.normalize().as_tuple().digits) >= _LONG
    plain = all(claim.quantity.value > 0 for claim in (whole, *parts))
    odd = sum(factor != common for factor in factors) == 1
    return long and plain and odd and sum((part.quantity.value for part in parts), Decimal(0)) == whole.quantity.value
