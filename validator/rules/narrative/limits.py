"""What is owed against the most that may be owed: 债务限额90亿元，其中一般60亿元；债务余额88亿元，其中一般59亿元.

Comes in: passages of claims. Goes out: places that hold each balance against its limit: the two of one sentence, and the parts
of both that have one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, place, same_kind

_UP_TO = "<="
_FAR_ABOVE = 1.5
"""A balance so many times a limit is that of something else."""


def limits(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each balance with its limit."""
    for passage in passages:
        if passage.prose and wording.limited.search(passage.text):
            for _, claims in passage.by_sentence:
                yield from _pairs([c for c in claims if _may_be(c)], wording)


def _may_be(claim: Claim) -> bool:
    """Tell whether a figure may be a balance or a limit: 控制在90亿元以内 is a limit told as one."""
    held = claim.usable or (claim.quantity.comparator == _UP_TO and not claim.quantity.approximate)
    return claim.kind == "level" and held and not claim.bracket and claim.dimension == "money"


def _pairs(claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    limit: Claim | None = None
    balance: Claim | None = None
    parts: dict[str, Claim] = {}
    for claim in claims:
        limited, owed = wording.limited.search(claim.before), wording.owed_still.search(claim.before)
        if limited and not owed:
            if balance is not None and limit is None and claim.clause - balance.clause == 1:
                yield from _against(balance, claim, wording)  # 余额88亿元，控制在限额90亿元以内
            limit, balance, parts = claim, None, {}
        elif owed and not limited and claim.usable:
            if limit is not None and balance is None:
                yield from _against(claim, limit, wording)
            elif limit is not None:
                limit, parts = None, {}  # a second balance may be of a part
            balance = claim
        elif limit is not None and balance is None and claim.usable:
            parts[claim.noun] = claim
        elif limit is not None and claim.noun in parts and claim.usable:
            yield from _against(claim, parts.pop(claim.noun), wording)


def _against(balance: Claim, limit: Claim, wording: Wording) -> Iterator[Found]:
    """Yield a balance with its limit, where they are of one area and of one year."""
    areas = [{n for n, words in enumerate(wording.data.accounts.areas) if _any(words, c.before)} for c in (balance, limit)]
    past = {wording.past.search(c.before) is not None for c in (balance, limit)}
    one = not all(areas) or areas[0] == areas[1]
    one = one and not wording.part_of_limit.search(limit.before) and balance.size <= _FAR_ABOVE * limit.size
    if one and len(past) == 1 and same_kind(balance, limit) and limit.quantity.upper is None:
        exact = limit.quantity._replace(comparator="")
        held = limit.fact._replace(reading=limit.fact.reading._replace(quantity=exact))
        yield Found("narrative.limit", place("narrative.limit", balance, {"balance": balance.fact, "limit": held}))


def _any(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)
