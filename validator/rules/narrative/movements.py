"""From one figure to another: 由120件增加到150件，增长25%.

Comes in: the claims of a sentence. Goes out: the two figures, and places for the rules of growth and change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, computed
from validator.rules.narrative.subjects import base_words, subject_words

_MOVES = ("change", "growth", "points-change")


def from_to(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[tuple[Claim, Claim]]:
    """Yield figures told as `由A提高到B`."""
    for start, end in pairwise(claims):
        if not start.usable or not end.usable or start.dimension != end.dimension or start.bracket != end.bracket:
            continue
        between = passage.text[start.end : end.start]
        lead = passage.text[max(0, start.start - 26) : start.start]
        if (
            end.clause - start.clause == 1
            and wording.reached.search(end.before)
            and start.kind == end.kind == "level"
            and not wording.previous.search(end.before)
        ) or (
            len(between) <= 20
            and wording.from_.search(lead)
            and wording.onto.search(between)
            and (wording.upward.search(between) or wording.downward.search(between) or wording.either_way.search(between))
        ):
            yield start, end


def in_order(claims: Sequence[Claim], wording: Wording) -> Iterator[Sequence[Claim]]:
    """Yield each list of changes that 分别 opens; those of as many moves before it are told in their order."""
    for n, claim in enumerate(claims):
        if claim.kind not in _MOVES or not wording.each.search(claim.before):
            continue
        run = [claim]
        for follower in claims[n + 1 :]:
            if follower.clause != claim.clause or len(follower.before) > 1:
                break
            run.append(follower)
        # The verb stands before the first alone.
        yield [c._replace(kind=claim.kind, sign=claim.sign) for c in run if c.dimension == claim.dimension]


def changes_between(
    start: Claim, end: Claim, claims: Sequence[Claim], wording: Wording, *, named: bool = False
) -> Iterator[Found]:
    """Relate `由A提高到B` to the change and the rate told right behind it; `named`: the words say that they are its own."""
    for claim in claims:
        if _newly(claim, start, end, wording):
            yield computed("narrative.change", claim, "本期 - 上期", {"本期": end.fact, "上期": start.fact})
            continue
        values = {"本期": end.fact, "上期": start.fact}
        turned = (claim.before in wording.data.moves.raised) - (claim.before in wording.data.moves.lowered)
        if turned and claim.usable and claim.clause - end.clause == 1 and claim.dimension == end.dimension:
            yield computed("narrative.change", claim, "本期 - 上期" if turned > 0 else "上期 - 本期", values)
            continue
        if claim.kind == "level" or claim.clause - end.clause > 2:
            break
        if not claim.usable:
            continue
        if not named and not _is_of(claim, start, wording):
            break
        ratio = end.dimension == "ratio"
        if (claim.kind == "points-change" and ratio) or (claim.kind == "change" and claim.dimension == end.dimension):
            yield computed("narrative.change", claim, "本期 - 上期" if claim.sign > 0 else "上期 - 本期", values)
        elif claim.kind == "growth" and not ratio and start.quantity.base > 0:
            yield computed("narrative.growth", claim, "本期 / 上期 - 1" if claim.sign > 0 else "1 - 本期 / 上期", values)


def _is_of(change: Claim, start: Claim, wording: Wording) -> bool:
    """Tell whether the words before a change name nothing but the change, or what is said to have changed."""
    words = wording.account_when.sub("", subject_words(change.before, wording))
    base = base_words(change.before, wording)
    another = base == next(iter(wording.bases.values())) and start.role != "" and not wording.past.search(start.before)
    if wording.each.search(change.before) or another:
        return False  # 预算由500万元调整为480万元，比上年减少30万元
    return all(words[n : n + 2] in start.before for n in range(max(1, len(words) - 1)))


def _newly(claim: Claim, start: Claim, end: Claim, wording: Wording) -> bool:
    """Tell whether a figure is what came anew, and no more than the whole grew by; beyond that, others went."""
    return (
        claim.usable
        and claim.kind == "level"
        and claim.dimension == end.dimension
        and claim.clause - end.clause == 1
        and wording.newly.fullmatch(claim.before) is not None
        and 0 < claim.quantity.base <= end.quantity.base - start.quantity.base
    )
