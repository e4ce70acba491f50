"""Rates of what two figures differ by: 送审400万元，审定380万元，审减20万元，审减率5%.

Comes in: a rate and what its sentence tells before it. Goes out: the difference over the figure that it was taken from.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.places import same_kind, ties
from validator.rules.tables import Tie

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_WORD = 2
_THREE = 3


def of_difference(rate: Claim, before: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return the difference, told right before the rate in its own word, over the first of two figures that differ by it.

    Where the rate is that over the other one, the figures bear it out; this is what it is of where neither gives it.
    """
    found = wording.rate_noun.search(rate.before)
    stem = wording.funds.sub("", found["stem"]) if found else ""
    told = [c for c in before if c.kind == "level" and c.bracket == rate.bracket]
    if rate.kind != "rate" or len(stem) < _WORD or len(told) < _THREE:
        return None
    first, second, off = told[-_THREE:]
    alike = all(c.usable and same_kind(c, off) and not wording.past.search(c.before) for c in (first, second, off))
    if not alike or rate.clause - off.clause > 1 or not _plain(off.before, wording).startswith(stem):
        return None
    most, least = sorted((first, second), key=lambda c: c.quantity.base, reverse=True)
    # 500万元，扣除质保金25万元，已支付475万元: what is left is no difference.
    fair = 0 < off.quantity.base < least.quantity.base and ties(most, [least, off]) is Tie.FIRM
    return ([off], [first]) if fair and not wording.past.search(rate.before) else None


def _plain(name: str, wording: Wording) -> str:
    """Return a name without words of time and of totals before it: 节约资金 of 共节约资金."""
    for known in (wording.account_when, wording.leading, wording.links, wording.sums):
        name = known.sub("", name)
    return name
