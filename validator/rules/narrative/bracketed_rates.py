"""Rates that a bracket tells, or what they are rates of: 15个项目已完成8个（53%）, 完成省定任务（14000户）的229%.

So, too, how much a change is: 接待费3万元，比上年减少1万元（25%）.

Comes in: the claims of a sentence. Goes out: places for the rules of rates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, computed, rate_of, same_kind
from validator.rules.narrative.subjects import base_words, subject_words

_LEAD = 24
_MARK = re.compile(r"[，,。；;：:()]")


def bracketed_rates(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield each nameless rate in a bracket of its own, or right behind the bracket that tells the task."""
    for one, other, rate in zip(claims, claims[1:], claims[2:], strict=False):
        if rate.kind == "percent" and other.kind == "change" and _is_of_change(passage, one, other, rate, wording):
            formula = "变动 / (本期 - 变动)" if other.sign > 0 else "变动 / (本期 + 变动)"
            yield computed("narrative.growth", rate, formula, {"本期": one.fact, "变动": other.fact})
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


def _is_of_change(passage: Passage, level: Claim, change: Claim, rate: Claim, wording: Wording) -> bool:
    """Tell whether a nameless rate right behind a change is that of the figure before, which changed since another year."""
    told = level.kind == "level" and level.usable and change.usable and rate.usable and same_kind(level, change)
    beside = change.clause - level.clause == 1 and not (level.bracket or change.bracket or rate.before)
    if not told or not beside or _between(passage, change, rate) != "(" or wording.past.search(level.before):
        return False
    since = base_words(change.before, wording)
    itself = level.role != "" and wording.data.comparisons.base_roles.get(since) == level.role
    earlier = level.quantity.base - change.sign * change.quantity.base
    return since != "" and not itself and not subject_words(change.before, wording) and min(earlier, change.quantity.base) > 0


def _between(passage: Passage, one: Claim, other: Claim) -> str:
    return passage.text[one.end : other.start].strip()
