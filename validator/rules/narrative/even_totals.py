"""Income and spending in all, side by side: 收入总计1151万元，支出总计1151万元 are one amount, carried on or not.

Comes in: passages of claims. Goes out: places for the rule of figures that are told again. Where what is left of the one after
the other is told, or they differ by more than a slip of the pen, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.accounts import account_name
from validator.rules.narrative.places import Found, addable, same_kind
from validator.rules.narrative.repeats import same, slipped

_LEFT = ("surplus", "closing", "plain")
_SIDES = ["income", "spending"]
_NEAR = 2
"""Clauses from one total to the other."""


def even_totals(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each total of spending with the total of income told right before it."""
    for passage in passages:
        if not passage.prose or not wording.with_carried_over.search(passage.text):
            continue
        for _, claims in passage.by_sentence:
            totals = [c for c in claims if addable(c) and not c.bracket and wording.with_carried_over.search(c.before)]
            left = any(c.account in _LEFT for c in claims) or wording.set_off.search(passage.text)
            for income, spending in pairwise(totals) if not left else ():
                if _belong(income, spending, wording) and (_equal(income, spending) or slipped(income, spending)):
                    yield same("narrative.same", spending, income.fact)


def _belong(income: Claim, spending: Claim, wording: Wording) -> bool:
    """Tell whether two totals are those of both sides of one account, at one time."""
    sides = [income.account, spending.account] == _SIDES and spending.clause - income.clause <= _NEAR
    names = [account_name(wording.timeless(c.noun), wording) for c in (income, spending)]
    alike = names[1] in ("", names[0]) and income.role in ("", spending.role) and income.year == spending.year
    return sides and alike and same_kind(income, spending) and not wording.past.search(income.before + spending.before)


def _equal(one: Claim, other: Claim) -> bool:
    return one.quantity.base == other.quantity.base
