"""How far what was spent is above what was asked for: 申请补贴90万元，发放补贴93.34万元，超出预算金额3.34万元.

Comes in: the claims of a sentence. Goes out: places for the rule of changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.executions import plain_name
from validator.rules.narrative.places import Found, computed, follows, same_kind

_NAMED = 3
"""So many characters in a row make two figures those of one thing."""


def overruns(claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield each overrun with the figure right before it and the plan that it exceeds.

    Of several plans it is the one of the same name; where no name tells, only one that it follows from, which accuses nobody.
    """
    for n, over in enumerate(claims):
        done = claims[n - 1] if n else over
        told = over.kind == "level" and over.usable and wording.overrun.fullmatch(over.before)
        if not told or not _is_level(done, over, wording) or over.clause - done.clause > 1:
            continue
        plans = [plan for plan in _plans(claims[: n - 1], wording) if _is_level(plan, over, wording)]
        shared = [_longest_shared(plan.before, done.before) for plan in plans]
        named = [plan for plan, length in zip(plans, shared, strict=True) if length == max(shared) >= _NAMED]
        sure = named or (plans if len(plans) == 1 and not plain_name(done.before, wording) else [])
        sure = [plan for plan in sure if plan.quantity.base < done.quantity.base]
        fitting = [plan for plan in plans if follows(over, (done, plan), lambda b: b[0] - b[1])]
        chosen = sure if len(sure) == 1 else fitting
        if len(chosen) == 1:
            yield computed("narrative.change", over, "实际 - 计划", {"实际": done.fact, "计划": chosen[0].fact})


def _is_level(claim: Claim, over: Claim, wording: Wording) -> bool:
    """Tell whether a figure is one of those that an overrun may be the difference of."""
    own = claim is not over and not wording.overrun.fullmatch(claim.before) and not wording.past.search(claim.before)
    return own and claim.kind == "level" and claim.usable and same_kind(claim, over) and claim.bracket == over.bracket


def _plans(claims: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return the figures that are told as planned, and those listed right behind one: 申请甲补贴90万元，乙补贴9.65万元."""
    plans: list[Claim] = []
    for before, claim in zip([None, *claims], claims, strict=False):
        listed = bool(plans) and before is plans[-1] and claim.clause - plans[-1].clause == 1 and not claim.role
        if wording.asked_for.search(claim.before) or (listed and same_kind(claim, plans[-1])):
            plans.append(claim)
    return plans


def _longest_shared(one: str, other: str) -> int:
    """Return the length of the longest run of characters that two names share."""
    return max(size for size in range(len(one) + 1) if any(one[n : n + size] in other for n in range(len(one) - size + 1)))
