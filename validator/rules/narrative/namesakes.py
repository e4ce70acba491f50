"""Rates of what was done of a plan of the same name: 甲村300亩，乙村200亩。甲村完成285亩，占计划的95%.

Comes in: a rate with what is told before it. Goes out: what was done right before it, over the one figure that has its name.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.executions import moved, of_all
from validator.rules.narrative.places import of_the_whole, same_kind

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_WORD = 2
_FAR_MORE = 2
"""No plan is exceeded by more than this."""


def of_namesake(rate: Claim, before: Sequence[Claim], earlier: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return what was spent or done, by a name of its own, over what is told once by that name and was not spent or done.

    The rate has no name of its own, so that it is one of the figure right before it.
    """
    levels = [c for c in before if c.kind == "level" and c.bracket == rate.bracket]
    if not levels or not _of_the_figure_before(rate, wording) or moved(before, rate, wording):
        return None
    done = levels[-1]
    name = _own_name(done, wording)
    told = done.role in ("executed", "actual") and done.usable and rate.clause - done.clause == 1
    if (
        not told
        or len(name) < _WORD
        or _names_an_area(rate, done, wording)
        or any(word.search(done.before) for word in (wording.past, wording.total))
    ):
        return None
    known = dict.fromkeys((*earlier, *levels[:-1]))
    plans = [c for c in known if c.start != done.start and same_kind(c, done) and _own_name(c, wording) == name]
    if len({c.quantity.base for c in plans}) != 1:
        return None
    plan = plans[-1]
    fair = plan.usable and not plan.bracket and plan.role not in ("executed", "actual") and not wording.past.search(plan.before)
    years = plan.year == done.year or None in (plan.year, done.year)
    most = _FAR_MORE if wording.completion.search(rate.before) or wording.of_target.search(rate.before) else 1
    return ([done], [plan]) if fair and years and 0 < done.quantity.base <= most * plan.quantity.base else None


def _of_the_figure_before(rate: Claim, wording: Wording) -> bool:
    """Tell whether a rate is one of execution, of completion or of a plan, and names nothing else."""
    if rate.kind == "rate" and of_all(rate, wording) and not wording.arrival.search(rate.before):
        return not wording.past.search(rate.before)
    for known in (wording.completion, wording.of_target, wording.of_budget):
        found = known.search(rate.before)
        if found is not None:
            rest = wording.portion.sub("", wording.plan_words.sub("", rate.before.replace(found.group(), "")))
            return of_the_whole(rest, wording) and not wording.past.search(rate.before)
    return False


def _names_an_area(rate: Claim, done: Claim, wording: Wording) -> bool:
    """Tell whether a rate is of the plan of an area that what was done doesn't name: 占全县计划的."""
    words = (word for group in wording.data.accounts.areas for word in group)
    return any(word in rate.before and word not in done.before for word in words)


def _own_name(claim: Claim, wording: Wording) -> str:
    """Return the name of a figure without words of time, of plans and of doing: 甲村 of 其中甲村计划, 甲村完成."""
    name = claim.before
    for known in (wording.until, wording.account_when, wording.links, wording.leading):
        name = known.sub("", name)
    words = (*wording.data.roles.executed, *wording.data.roles.actual, *wording.data.roles.budget, *wording.data.rates.planned)
    shorter = name
    while shorter:
        name, shorter = shorter, next((shorter.removesuffix(word) for word in words if shorter.endswith(word)), "")
    return name
