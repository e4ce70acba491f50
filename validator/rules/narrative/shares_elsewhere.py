"""Shares of a whole that another paragraph tells: 项目支出48万元，占支出总预算的4%. …四、收支总预算1200万元.

Comes in: passages of claims, the rates that are told already. Goes out: places for the rule of rates. Shares that are said
to be of one whole say by their figures which amount it is, wherever that is told. Where all but one of several give it, that
one is held to it as well if a slip of the pen accounts for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, addable, may_be, rate_of, ratio_follows, same_kind
from validator.rules.narrative.repeats import swapped_digits
from validator.rules.narrative.shares import named_part, names_whole

_PAIR, _THREE = 2, 3
_MOST = 40
_FINE = Decimal("0.001")
"""Shares to a tenth of a percent: one is given by another amount by chance, if seldom, but several are not."""
_NEAR = 1
"""Units of the last digit that a share is off which was rounded so that all make 100 %."""
_SMALLEST = Decimal(10)
"""An amount of one digit is given by a share by chance."""


class _Share(NamedTuple):
    part: Claim
    share: Claim


def shares_elsewhere(passages: Sequence[Passage], told: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield each share of a whole that stands in another place, but those whose path is `told` already."""
    named: dict[str, list[_Share]] = {}
    for one in _shares(passages, wording):
        named.setdefault(names_whole(one.share, wording), []).append(one)
    several = {
        name: shares[:_MOST]
        for name, shares in named.items()
        if len({one.part.size for one in shares}) >= _PAIR and any(one.share.fact.pointer.path not in told for one in shares)
    }
    if not several:
        return
    amounts = {
        (claim.quantity.base, claim.dimension): claim
        for passage in passages
        if passage.prose
        for claim in passage.claims
        if addable(claim) and claim.quantity.value >= _SMALLEST and not wording.past.search(claim.before)
    }
    for shares in several.values():
        of_one = _of_one(shares, list(amounts.values()))
        yield from (rate_of(share, [part], [whole]) for part, share, whole in of_one if share.fact.pointer.path not in told)


def _shares(passages: Sequence[Passage], wording: Wording) -> Iterator[_Share]:
    """Yield each fine share with the part right before it, of a whole that it names."""
    for passage in passages:
        for part, share in pairwise(passage.claims) if passage.prose else ():
            if share.kind != "share" or not share.usable or not addable(part):
                continue
            if share.quantity.step * share.quantity.unit.factor > _FINE or not 0 < share.quantity.base < 1:
                continue
            together = (
                share.sentence == part.sentence and share.clause - part.clause <= 1 and part.bracket in (0, share.bracket)
            )
            other, own = named_part(share, [part], wording)
            named = names_whole(share, wording) and not (other and own is None)
            apart = wording.past.search(part.before + share.before) or wording.own_wholes.search(share.before)
            if together and named and not apart:
                yield _Share(part, share)


def _of_one(shares: Sequence[_Share], amounts: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, Claim]]:
    """Yield parts and shares with the one amount that most of them are of."""
    firm = [one for one in shares if one.part.quantity.value >= _SMALLEST]
    best: list[tuple[Claim, list[_Share]]] = []
    for whole in amounts:
        if not same_kind(whole, shares[0].part):
            continue
        given = [one for one in firm if may_be(one.share, one.part.size, whole.size) and _follows(one, whole)]
        if len({one.part.size for one in given}) >= _PAIR:
            best.append((whole, given))
    best.sort(key=lambda one: -len(one[1]))
    if not best or (len(best) > 1 and len(best[0][1]) == len(best[1][1])):
        return
    whole, given = best[0]
    # One rounded so that all make 100 % is of the whole as well.
    off = [one for one in shares if not (one in given or _may_be_evened_out(one, whole))]
    alike = [one for one in firm if one not in off]
    if 2 * len(alike) <= len(firm):
        return
    slipped = len(off) == 1 and len(alike) >= _THREE and _slipped(off[0], whole)
    yield from ((one.part, one.share, whole) for one in (*given, *(off if slipped else ())))


def _may_be_evened_out(one: _Share, whole: Claim) -> bool:
    """Tell whether a share is off by no more than its last digit."""
    least, most = _bounds(one, whole)
    stated = one.share.quantity
    return least - _NEAR * stated.step <= stated.value <= most + _NEAR * stated.step


def _bounds(one: _Share, whole: Claim) -> tuple[Decimal, Decimal]:
    """Return the least and the most that a share may be as it is rounded."""
    stated, part, of = one.share.quantity, one.part.quantity.interval, whole.quantity.interval
    least, most = (bound / stated.unit.factor for bound in (part.low / of.high, part.high / of.low))
    return least.quantize(stated.step, ROUND_HALF_UP), most.quantize(stated.step, ROUND_HALF_UP)


def _slipped(one: _Share, whole: Claim) -> bool:
    """Tell whether a share is what follows but for one digit, or for two that changed places."""
    stated = one.share.quantity
    told, *right = (str(value.quantize(stated.step)).replace(".", "") for value in (stated.value, *_bounds(one, whole)))
    return any(swapped_digits(told, digits) or _one_digit_apart(told, digits) for digits in right)


def _one_digit_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _follows(one: _Share, whole: Claim) -> bool:
    return ratio_follows(one.share, [one.part], [whole])
