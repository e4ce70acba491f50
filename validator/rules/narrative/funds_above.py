"""Rates of execution whose funds are told paragraphs before: 预算8000万元，其中…。/ 资金全部到位。/ 支出7120万元，执行率89%.

Comes in: a rate with its sentence, and the money told since the rate of execution before it. Goes out: what was spent over the
funds, where all that is told to have been there is one amount and nothing says that it is that of something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.executions import of_all, of_one_kind, plain_name
from validator.rules.narrative.places import same_kind

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_MOST = 12
_WORD = 2
_LONGEST_HEAD = 40


def told_above(above: Sequence[Claim], claims: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return the money told since the last rate of execution, with that of one more sentence; without what 其中 lists."""
    ended = max((n + 1 for n, c in enumerate(claims) if c.kind == "rate" and _of_spending(c, wording)), default=0)
    own = list(takewhile(lambda c: not wording.among.search(c.before), claims[ended:]))
    return [*([] if ended else above), *(c for c in own if c.dimension == "money" and not c.bracket)][-_MOST:]


def _of_spending(rate: Claim, wording: Wording) -> bool:
    return wording.execution.search(rate.before) is not None or wording.of_budget.search(rate.before) is not None


def of_funds_above(
    rate: Claim, before: Sequence[Claim], above: Sequence[Claim], passage: Passage, wording: Wording
) -> Pair | None:
    """Return what was spent, and the one amount that there was to spend by the text before; None where a doubt is left."""
    if not wording.execution.search(rate.before) or not of_all(rate, wording) or wording.past.search(rate.before):
        return None
    here = [c for c in before if c.dimension == "money" and not wording.unspent.fullmatch(c.before)]
    told = [c for c in above if not wording.unspent.fullmatch(c.before)]
    spent = (here or told)[-1:]
    if len(here) > 1 or not spent or spent[0].role != "executed" or not _is_headed_plainly(rate, passage, wording):
        return None
    if wording.past.search(spent[0].before) or rate.year not in (None, spent[0].year):
        return None
    return _over_the_funds(spent[0], [c for c in told if c is not spent[0]], wording)


def _over_the_funds(spent: Claim, funds: Sequence[Claim], wording: Wording) -> Pair | None:
    plain = all(c.kind == "level" and c.usable and same_kind(c, spent) and _is_fund(c, wording) for c in funds)
    if not plain or len({c.quantity.base for c in funds}) != 1 or not funds[0].quantity.base >= spent.quantity.base > 0:
        return None
    return ([spent], funds[:1]) if _one_purpose(spent, funds, wording) else None


def _is_headed_plainly(rate: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether the line of a rate is headed by nothing but words of money: 资金执行情况, not 甲镇资金执行情况."""
    first = passage.claims[0]
    head = passage.text[: first.start].strip().removesuffix(first.before)
    plain = len(head) <= _LONGEST_HEAD and wording.heading_of_money.fullmatch(head) is not None
    return plain and rate.sentence <= first.sentence + 1


def _is_fund(claim: Claim, wording: Wording) -> bool:
    strange = wording.past.search(claim.before) or wording.carried.search(claim.before) or wording.moved.search(claim.before)
    named = claim.role == "budget" or wording.funds.search(claim.before + claim.after[:_WORD])
    # 总投资 may be that of several years, 总预算 is what there was to spend.
    several = claim.role != "budget" and wording.grand.search(claim.before)
    return bool(named) and claim.role != "executed" and not strange and not several


def _one_purpose(spent: Claim, funds: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether what was spent has no name of its own, or that of the funds, and these are no 公用经费 or 三公经费."""
    name = plain_name(spent.before, wording)
    words = {word for group in wording.data.partitions for word in group if len(word) > _WORD}
    words |= {word for division in wording.data.partitions_of for word in division.whole}
    words |= set(wording.data.rates.sources)
    apart = any(word in c.before and word not in spent.before for word in words for c in funds)
    own = name and not any(name[:_WORD] in c.before or name[-_WORD:] in c.before for c in funds)
    alike = not apart and not own and all(of_one_kind(spent, c, wording) for c in funds)
    return alike and len({c.year for c in (*funds, spent)} - {None}) <= 1
