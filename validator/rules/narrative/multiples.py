"""Rates that tell by how much one figure exceeds another, or how many times as large it is.

Comes in: a rate and the levels before it. Goes out: places for the rules of rates and of growth.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.places import Found, computed, one_plan, rate_of, same_kind

_MOST = 10
_PAIR = 2
_THREE = 3


def times(rate: Claim, levels: Sequence[Claim], wording: Wording) -> Found | None:
    """`上年A人，今年B人，是上年的R倍`: the two figures of the sentence, told apart by their years."""
    pair = [c for c in levels if rate.clause - c.clause <= 3]
    said = wording.times.search(rate.before)
    if (
        said is None
        or not _own_name(rate.before[: said.start()], pair, wording)
        or len(pair) != 2
        or not same_kind(*pair)
        or len(levels) > 2
    ):
        return None
    past = [c for c in pair if wording.past.search(c.before)]
    if len(past) != 1:
        years = [c.year for c in pair]
        if past or years[0] is None or years[1] is None or abs(years[0] - years[1]) != 1:
            return None
        past = [pair[0] if years[0] < years[1] else pair[1]]
    now = [c for c in pair if c is not past[0]]
    if past[0].quantity.base <= 0 or not _same_thing(now[0], past[0], wording):
        return None
    return rate_of(rate, now, past)


def _own_name(words: str, levels: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the words before a rate name nothing else than the figures before it."""
    name = wording.account_when.sub("", words)
    return len(name) <= 1 or any(name[-2:] in c.before for c in levels)


def _same_thing(one: Claim, other: Claim, wording: Wording) -> bool:
    """Tell whether two figures measure one thing at two times, by the ends of their names; a name left out is the same."""
    names = [wording.timeless(c.noun) for c in (one, other)]
    return not all(names) or names[0][-2:] == names[1][-2:]


def beyond(rate: Claim, levels: Sequence[Claim], wording: Wording) -> Found | None:
    """`任务A户，实际完成B户 … 超任务R`: the one target and the one result told so far."""
    planned = [
        c
        for c in levels
        if c.role in ("target", "budget") or wording.planning.search(c.before) or wording.aimed_at.search(c.before)
    ]
    plans = {c.quantity.base: c for c in planned}
    done = {c.quantity.base: c for c in levels if c.role in ("actual", "executed") and c not in planned}
    if any(wording.among.search(c.before) for c in levels):
        return None
    pairs = [(top, bottom) for top in done.values() for bottom in plans.values() if same_kind(top, bottom)]
    if len(pairs) != 1 or pairs[0][1].quantity.base <= 0 or pairs[0][0].quantity.base <= pairs[0][1].quantity.base:
        return None
    top, bottom = pairs[0]
    formula = "实际 / 目标 - 1"
    return computed("narrative.growth", rate, formula, {"实际": top.fact, "目标": bottom.fact})


def relative(rate: Claim, levels: Sequence[Claim], wording: Wording) -> Found | None:
    """`年初预算A，调整后预算B，预算调整率R`: by how much the second of two figures differs from the first.

    `预算A，预算调整数B，预算调整率R`: the second may be the difference itself.
    """
    since = [c for c in levels if rate.clause - c.clause <= _MOST and c.segment == rate.segment]
    pair = _before_and_now(rate, since, wording)
    if len(pair) != _PAIR or not same_kind(*pair) or pair[0].quantity.base <= 0:
        return None
    before, now = pair
    if _is_the_change(rate, before, now, wording):
        return rate_of(rate, [now], [before])
    adjusted = wording.adjusted_to.search(now.before) is not None and wording.adjusted_to.search(before.before) is None
    others = not one_plan(before.before, now.before, wording) and now.role == "budget"
    stages = before.role == "budget" and (adjusted or others)
    years = wording.past.search(before.before) is not None and wording.past.search(now.before) is None
    spent = before.role == "budget" and now.role == "executed" and _own_name(now.before, [before], wording)
    if stages or years or spent:
        up = now.quantity.base >= before.quantity.base or rate.quantity.value < 0
        formula = "本期 / 上期 - 1" if up else "1 - 本期 / 上期"
        return computed("narrative.growth", rate, formula, {"本期": now.fact, "上期": before.fact})
    return None


def _before_and_now(rate: Claim, since: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the two figures that a rate lies between, of those since the last semicolon; more, or fewer, if that is open."""
    of_spending = wording.roles["executed"].search(rate.before) is not None  # 预决算差异率
    changes = [c for c in since if wording.changed_by.search(c.before)]
    if len(changes) == 1 and len(since) == _THREE:
        others = [c for c in since if c not in changes]
        if all(c.role == "budget" for c in others):
            return others  # 年初预算A，追加B，全年预算C
        planned = [c for c in since if c.role != "executed"]
        return since if of_spending else planned  # 年初预算A，追加B，支出C
    staged = [c for c in since if any(word in c.before for word in wording.data.rates.stages)]
    # 年初预算A，调整后预算B，全年支出C: of the plans of two stages, whatever was spent of them.
    plans = [c for c in staged if c.role == "budget"]
    others = [c for c in since if c not in plans and c.role != "executed"]
    staged = plans if len(plans) == _PAIR and not others else staged if len(since) == _THREE else []
    return staged if len(staged) == _PAIR and not of_spending else since


def _is_the_change(rate: Claim, before: Claim, now: Claim, wording: Wording) -> bool:
    """Tell whether a figure is by how much another changed, by its name and by the rate.

    预算调整数15万元 beside 200万元 is by how much the budget was changed, 预算调整数215万元 what it was changed to.
    """
    if wording.changed_by.search(now.before) is None or wording.changed_by.search(before.before) is not None:
        return False
    quotient = now.quantity.base / before.quantity.base
    told = abs(rate.quantity.base)
    return abs(quotient - told) <= abs(abs(quotient - 1) - told)
