"""Rates over lists that stand in the same order, and amounts that a rate of an earlier amount gives.

Comes in: the claims of a sentence. Goes out: places for the rules of rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, is_base, rate_of, ratio_follows, same_kind

_FAR = 40
"""How many figures back the sentence is looked at."""


def listed_rates(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the rates of a list over two lists told before it: 预算分别为…，支出分别为…，执行率分别为…."""
    runs: list[list[Claim]] = []
    for n, claim in enumerate(claims):
        shared = claim.dimension == "ratio" and n > 0 and is_base(claims[n - 1], claim, wording)
        if not (shared or wording.aligned.search(claim.before)) or not claim.usable:
            continue
        run = [claim]
        for follower in claims[n + 1 :]:
            if len(passage.text[run[-1].end : follower.start]) > 1 or not same_kind(follower, claim) or not follower.usable:
                break
            run.append(follower)
        levels = [r for r in runs if r[0].kind == "level" and len(r) == len(run)]
        if shared:
            if levels and len(run) > 1 and same_kind(levels[-1][0], claims[n - 1]):
                yield from _aligned(run, [levels[-1], [claims[n - 1]] * len(run)])
            continue
        rated = claim.dimension == "ratio" and claim.kind in ("rate", "percent")
        if rated and len(run) >= 2 and len(levels) == 2 == len(runs) and same_kind(levels[0][0], levels[1][0]):
            swapped = levels[1][0].role == "budget" or levels[0][0].role == "executed"
            yield from _aligned(run, levels if swapped else levels[::-1])
        runs.append(run)


def _aligned(run: Sequence[Claim], levels: Sequence[Sequence[Claim]]) -> Iterator[Found]:
    """Relate each rate of a list to the figures in its place, numerators and denominators, when they all but one agree."""
    tops, bottoms = levels
    rows = [(rate, top, bottom) for rate, top, bottom in zip(run, tops, bottoms, strict=True) if bottom.quantity.base > 0]
    agreeing = sum(ratio_follows(rate, [top], [bottom]) for rate, top, bottom in rows)
    if rows and agreeing >= max(1, len(rows) - 1):
        yield from (rate_of(rate, [top], [bottom]) for rate, top, bottom in rows)


def portions(passage: Passage, previous: Sequence[Claim], claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `总额A，预付30%即B`, `成本A，补贴比例70%，应补B`, `保费A，省级补贴25%为B`: what a rate of an earlier figure gives.

    Its whole stands in the sentence, or in the one right before where that has it for another portion.
    """
    if not any(_gives(passage, rate, part, wording) for rate, part in pairwise(previous)):
        previous = ()
    told = [*previous, *claims]
    given = {part.start for rate, part in pairwise(told) if _gives(passage, rate, part, wording)}
    for n, (rate, part) in enumerate(pairwise(told)):
        if part.start not in given or n + 1 < len(previous):
            continue
        wholes = [
            c
            for c in told[max(0, n - _FAR) : n]
            if c.kind == "level" and c.usable and same_kind(c, part) and c.bracket == part.bracket and c.start not in given
        ]
        if wholes and wholes[-1].quantity.base >= part.quantity.base > 0 and len(wholes) == 1:
            yield rate_of(rate, [part], wholes)


def _gives(passage: Passage, rate: Claim, part: Claim, wording: Wording) -> bool:
    """Tell whether an amount is told to be what the rate before it gives."""
    rated = rate.kind in ("rate", "percent") and rate.usable and rate.bracket == part.bracket
    if not rated or part.kind != "level" or not part.usable:
        return False
    said = wording.that_is.fullmatch(passage.text, rate.end, part.start) is not None
    owed = wording.owed.match(part.before) is not None and part.clause - rate.clause <= 1
    shared = wording.shared_by.search(rate.before) is not None and part.clause == rate.clause
    return said or owed or (shared and wording.nothing_but_being.fullmatch(passage.text, rate.end, part.start) is not None)
