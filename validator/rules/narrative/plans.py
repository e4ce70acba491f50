"""Rates of completion of the one plan that a sentence tells: 目标500人，上半年完成300人，完成率60%，全年完成520人，完成率104%.

Comes in: a rate and what its sentence tells before it. Goes out: what was done right before it, over the plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.executions import moved
from validator.rules.narrative.places import same_kind

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_FAR_MORE = 2
"""No plan is exceeded by more than this."""


def of_one_plan(rate: Claim, before: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return what a rate without a name of its own is of, where all that was planned of the kind is one figure."""
    name = wording.completion.sub("", rate.before)
    for known in (wording.account_when, wording.leading, wording.links):
        name = known.sub("", name)
    levels = [c for c in before if c.kind == "level" and c.bracket == rate.bracket]
    if rate.kind != "rate" or not wording.completion.search(rate.before) or name or len(levels) <= 1:
        return None
    done, others = levels[-1], levels[:-1]
    alike = [c for c in others if same_kind(c, done)]
    plans = [c for c in alike if c.role in ("target", "budget")]
    if len(plans) != 1 or plans[0] is not alike[0] or not all(c.usable for c in (done, *plans)):
        return None
    told = done.role in ("actual", "executed") and rate.clause - done.clause == 1 and not wording.not_done.match(done.before)
    listed = any(word.search(c.before) for c in (*alike, done) for word in (wording.among, wording.past))
    fair = 0 < done.quantity.base <= _FAR_MORE * plans[0].quantity.base
    return ([done], plans) if told and fair and not listed and not moved(before, rate, wording) else None
