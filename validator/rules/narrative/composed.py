"""Wholes that are said to be made of their parts: 总投资870万元，由中央资金320万元、省级资金350万元、配套200万元组成.

Comes in: the claims of a sentence. Goes out: the whole with its parts. What 由…组成 says, is all of it. What was spent on one
thing after the other, 用于甲300万元，用于乙250万元，用于丙106万元, may leave some, but can't be more than there was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.places import addable, same_kind, ties, total_of
from validator.rules.tables import Tie

_PAIR, _SEVERAL, _MOST = 2, 3, 24
_FAR = 2
"""Parts that are more than so many times their whole, or less than one in so many, are of another one."""


def composed(claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield each whole of a sentence with the parts told right behind it that it is made of, or spent on."""
    for n, (whole, first) in enumerate(pairwise(claims)):
        if not addable(whole) or whole.bracket or first.clause - whole.clause > 1 or first.sentence != whole.sentence:
            continue
        spent = first.before.startswith(wording.data.spent_on) and not whole.before.startswith(wording.data.spent_on)
        made = wording.made_of.match(first.before) is not None
        rest = claims[n + 1 : n + 1 + _MOST] if made or spent else ()
        parts = _made_of(rest, wording) if made else ()
        if len(parts) >= _PAIR and _are_parts(whole, parts) and not wording.past.search(whole.before):
            yield "narrative.total", whole, parts
        parts = _spent_on(rest, wording) if spent else ()
        if len(parts) >= _SEVERAL and _are_parts(whole, parts) and total_of(parts) > whole.quantity.base:
            yield "narrative.part", whole, parts


def _made_of(claims: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the figures up to the one behind which 组成 stands, all in one clause."""
    told = list(takewhile(lambda c: c.clause == claims[0].clause, claims))
    end = next((n for n, c in enumerate(told, 1) if wording.made_up_of.match(c.after)), 0)
    listed = told[:end]
    some = any(c.after.startswith(wording.data.et_cetera) or wording.past.search(c.before) for c in listed)
    return [] if some else listed


def _spent_on(claims: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the figures of clauses side by side, each of which says first what they were spent on."""
    listed = list(takewhile(lambda c: c.before.startswith(wording.data.spent_on), claims))
    return listed if all(other.clause - one.clause == 1 for one, other in pairwise(listed)) else []


def _are_parts(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether figures are of the kind of a whole, and of its size, and don't add up to it."""
    alike = all(addable(part) and same_kind(part, whole) and part.bracket == whole.bracket for part in parts)
    sum_, base = total_of(parts), whole.quantity.base
    return alike and base < _FAR * sum_ < _FAR * _FAR * base and ties(whole, parts) is Tie.OFF
