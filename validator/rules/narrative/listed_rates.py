"""Rates over lists that stand in the same order, and amounts that a rate of an earlier amount gives.

Comes in: the claims of a sentence. Goes out: places for the rules of rates.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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


def portions(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `总额A，预付30%即B` and `成本A，补贴比例70%，应补B`: a figure that a rate of an earlier one gives."""
    for n in range(2, len(claims)):
        rate, part = claims[n - 1], claims[n]
        if rate.kind not in ("rate", "percent") or not rate.usable or part.kind != "level" or not part.usable:
            continue
        said = wording.that_is.fullmatch(passage.text, rate.end, part.start) is not None
        owed = wording.owed.match(part.before) is not None and part.clause - rate.clause <= 1
        if not (said or owed) or rate.bracket != part.bracket:
            continue
        wholes = [
            c
            for c in claims[max(0, n - _FAR) : n - 1]
            if c.kind == "level" and c.usable and same_kind(c, part) and c.bracket == part.bracket
        ]
        wholes = [c for c in wholes if not wording.that_is.search(passage.text, max(0, c.start - 3), c.start)]
        if wholes and wholes[-1].quantity.base >= part.quantity.base > 0 and len(wholes) == 1:
            yield rate_of(rate, [part], wholes)
