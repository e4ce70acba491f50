"""Rates that a bracket tells, or what they are rates of: 15个项目已完成8个（53%）, 完成省定任务（14000户）的229%.

So is the plan behind a rate: 修路86.4公里，完成率108%（计划80公里）.

Comes in: the claims of a sentence. Goes out: places for the rules of rates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, rate_of, same_kind

_LEAD = 24
_MARK = re.compile(r"[，,。；;：:()]")


def bracketed_rates(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield each nameless rate in a bracket of its own, or right behind that of the task, and each before that of a plan."""
    for done, rate, plan in zip(claims, claims[1:], claims[2:], strict=False):
        told = done.kind == plan.kind == "level" and done.usable and plan.usable and same_kind(done, plan) and not done.bracket
        behind = plan.bracket and not rate.bracket and rate.usable and _between(passage, rate, plan).startswith("(")
        near = rate.kind == "rate" and rate.clause - done.clause <= 1 and wording.completion.search(rate.before) is not None
        if told and behind and near and wording.planning.fullmatch(plan.before) and plan.quantity.base > 0:
            yield rate_of(rate, [done], [plan])
    for one, other, rate in zip(claims, claims[1:], claims[2:], strict=False):
        levels = one.kind == other.kind == "level" and one.usable and other.usable and same_kind(one, other)
        if rate.kind != "percent" or not rate.usable or not levels or wording.past.search(one.before + other.before):
            continue
        if rate.bracket and not one.bracket and not other.bracket:
            planned = one.role in ("target", "budget") and other.clause - one.clause <= 1
            done_of_these = other.role in ("actual", "executed") and (planned or (one.clause == other.clause and not one.role))
            if done_of_these and not rate.before and _between(passage, other, rate) == "(" and one.quantity.base > 0:
                yield rate_of(rate, [other], [one])
        elif other.bracket and not rate.bracket and not one.bracket and other.quantity.base > 0:
            lead = _MARK.split(passage.text[max(0, passage.brackets[other.bracket].start - _LEAD) : other.start - 1])[-1]
            of_task = _between(passage, other, rate).startswith(")") and wording.of_target.search(lead + rate.before)
            if of_task and other.clause - one.clause <= 1 and one.role not in ("target", "budget"):
                yield rate_of(rate, [one], [other])


def _between(passage: Passage, one: Claim, other: Claim) -> str:
    return passage.text[one.end : other.start].strip()
