"""Changes against a plan that is told beside them: 年初预算1000万元，决算1150万元，比年初预算增加150万元.

Comes in: the claims of a sentence. Goes out: places for the rule of changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.places import Found, computed, same_kind

_PLANS = ("budget", "target")
_NEAR = 2


def against_plans(claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield each change that names its plan, where the sentence tells one such plan and the figure right before the change."""
    for n, change in enumerate(claims):
        said = wording.than_plan.search(change.before) if change.kind == "change" and change.usable else None
        if said is None:
            continue
        levels = [
            c
            for c in claims[:n]
            if c.kind == "level" and c.usable and same_kind(c, change) and c.bracket == change.bracket
            if not wording.past.search(c.before)
        ]
        plans = [c for c in levels if c.role in _PLANS and said["plan"] in c.before and c is not levels[-1]]
        if len(plans) != 1 or plans[0] is levels[-1]:
            continue
        now, plan = levels[-1], plans[0]
        # 支出决算32万元，完成预算的88.5%，决算数比预算数减少4万元: the rate between is of these two.
        rated = claims[n - 1].kind == "rate" and wording.of_budget.search(claims[n - 1].before) is not None
        near = 1 + (rated and claims[n - 2] is now)
        if change.clause - now.clause > near or now.clause - plan.clause > _NEAR or said["plan"] in now.before:
            continue
        formula = "实际 - 计划" if change.sign > 0 else "计划 - 实际"
        yield computed("narrative.change", change, formula, {"实际": now.fact, "计划": plan.fact})
