"""Prices that brackets tell behind amounts: 建房180户，省级补助360万元（2万元/户），县级补助90万元（5000元/户）.

Comes in: a passage of claims. Goes out: places whose formula gives the stated amount. All of them are for the one number of
things that the sentence counts; what doesn't follow is accused only beside one that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, addable, computed
from validator.rules.narrative.products import counts_in, fits, money_of, number_of, unit_of

_PAIR = 2
_NEAR = Decimal("0.2"), Decimal(5)
"""An amount that is so much of what a number times a price makes is still meant to be that."""


class _Paid(NamedTuple):
    amount: Claim
    price: Claim
    unit: str


def bracketed_prices(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield each amount of a sentence that tells the price of several behind them."""
    for _, claims in passage.by_sentence:
        paid = list(_paid(passage, claims, wording))
        units = {one.unit for one in paid}
        if len(paid) < _PAIR or len(units) != 1:
            continue
        unit = units.pop()
        counts = [c for c in claims if addable(c) and not c.bracket and counts_in(c, unit, wording)]
        counts = [c for c in counts if c.start < paid[0].amount.start]
        if len(counts) == 1:
            yield from _products(counts[0], paid, wording)


def _paid(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[_Paid]:
    """Yield each amount with the price that stands alone in the bracket behind it."""
    for amount, price in pairwise(claims):
        told = price.kind == "price" and price.usable and price.bracket and not amount.bracket
        if not told or not addable(amount) or amount.dimension != "money":
            continue
        alone = sum(c.bracket == price.bracket for c in claims) == 1
        unit = unit_of(price, wording)
        if alone and unit and passage.text[amount.end : price.start - len(price.before)].strip() == "(":
            yield _Paid(amount, price, unit)


def _products(count: Claim, paid: Sequence[_Paid], wording: Wording) -> Iterator[Found]:
    follow = [fits(one.amount, count, one.price, one.unit, 1, wording) for one in paid]
    for one, fitting in zip(paid, follow, strict=True):
        number, price = number_of(count, one.unit), money_of(one.price, wording)
        if number.quantity is None or price.quantity is None:
            continue
        product = number.quantity.base * price.quantity.base
        near = product > 0 and _NEAR[0] <= one.amount.quantity.base / product <= _NEAR[1]
        if fitting or (any(follow) and near):
            yield computed("narrative.product", one.amount, "数量 * 单价", {"数量": number, "单价": price}, suffix="bracket")
