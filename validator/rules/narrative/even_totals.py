"""Income and spending in all, side by side: 收入总计1151万元，支出总计1151万元 are one amount, carried on or not.

Comes in: passages of claims. Goes out: places for the rule of figures that are told again. The total of spending may stand in a
paragraph of its own, if it is told in the words of the total of income. Where what is left is told, or the two differ by more
than a slip of the pen, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.accounts import account_name
from validator.rules.narrative.places import Found, addable, same_kind
from validator.rules.narrative.repeats import same, slipped

_LEFT = ("surplus", "closing", "plain")
_NEAR = 2
"""Clauses from one total to the other."""
_BACK = 4
"""Paragraphs, where the one is told in the words of the other."""


class _Total(NamedTuple):
    claim: Claim
    side: str
    """`income` or `spending`."""
    at: int
    """Number of its passage."""
    left: bool
    """Whether what is left is told with it."""


def even_totals(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each total of spending with the total of income told right before it."""
    last: _Total | None = None
    for passage in passages:
        for total in _totals(passage, wording):
            if last is not None and (last.side, total.side) == ("income", "spending") and _one_account(last, total, wording):
                equal = last.claim.quantity.base == total.claim.quantity.base
                sure = not total.left and _near(last, total, wording)
                if (equal and total.claim.quantity.base) or (sure and slipped(last.claim, total.claim)):
                    yield same("narrative.same", total.claim, last.claim.fact)
            last = total


def _totals(passage: Passage, wording: Wording) -> Iterator[_Total]:
    """Yield the totals of either side of an account that a passage tells."""
    if not passage.prose or not wording.with_carried_over.search(passage.text):
        return
    left_behind = wording.set_off.search(passage.text) is not None
    for _, claims in passage.by_sentence:
        left = left_behind or any(c.account in _LEFT for c in claims)
        for claim in claims:
            said = wording.with_carried_over.search(claim.before) if addable(claim) and not claim.bracket else None
            if said is None or wording.past.search(claim.before):
                continue
            sides = [wording.income_like.search(said.group()), wording.spending_like.search(said.group())]
            if any(sides) and not all(sides):
                yield _Total(claim, "income" if sides[0] else "spending", passage.index, left)


def _near(income: _Total, spending: _Total, wording: Wording) -> bool:
    """Tell whether two totals are told side by side, or in the same words."""
    if income.at == spending.at and spending.claim.clause - income.claim.clause <= _NEAR:
        return True
    words = (wording.income_like.sub("", income.claim.before), wording.spending_like.sub("", spending.claim.before))
    return spending.at - income.at <= _BACK and words[0] == words[1]


def _one_account(income: _Total, spending: _Total, wording: Wording) -> bool:
    """Tell whether two totals are those of both sides of one account, at one time."""
    one, other = income.claim, spending.claim
    names = [wording.area.sub("", account_name(wording.timeless(c.noun), wording)) for c in (one, other)]
    together = income.at == spending.at or (spending.at - income.at <= _BACK and names[0] == names[1])
    alike = names[1] in ("", names[0]) and one.role in ("", other.role)
    years = one.year == other.year or (income.at != spending.at and None in (one.year, other.year))
    return together and alike and years and same_kind(one, other)
