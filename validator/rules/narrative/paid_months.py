"""For how many months a balance lasts, told in prose: 可支付月数.

Comes in: passages of claims. Goes out: places for the rule of paid months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.accounts import account_name
from validator.rules.narrative.places import Found, place

_TOLD = 16
_FAR_MORE = 20
"""No balance lasts for so many years: it is that of another account than what was spent."""


def months(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield the months that a balance pays for, with all that a month's spending may have been taken from."""
    spent = [
        c
        for p in passages
        if p.prose
        for c in p.claims
        if c.usable and c.dimension == "money" and wording.spending_like.search(c.before) and c.account in ("spending", "")
    ]
    for passage in passages if spent else ():
        for claim in passage.claims:
            if (
                claim.kind != "level"
                or not claim.usable
                or not claim.quantity.unit.name.endswith(wording.data.months.units)
                or not wording.months.search(claim.before)
            ):
                continue
            balance = next(
                (
                    c
                    for c in reversed(passage.claims)
                    if c.start < claim.start and claim.start - c.start < 60 and c.account in ("closing", "plain") and c.usable
                ),
                None,
            )
            divisors = _monthly(balance, spent, wording) if balance is not None else {}
            if balance is not None and divisors:
                month = claim.quantity._replace(value=Decimal(1), step=Decimal(0), text=f"1{claim.quantity.unit.name}")
                values = {"stated": claim.fact, "balance": balance.fact, "one_month": month, **divisors}
                yield Found("narrative.months", place("narrative.months", claim, values))


def _monthly(balance: Claim, spent: Sequence[Claim], wording: Wording) -> dict[str, Fact]:
    """Return the spending of the account whose balance it is, by what it is the spending of; what is told twice is left out."""
    name = account_name(balance.noun, wording)[-4:]
    names = [account_name(wording.monthly.sub("", c.noun), wording)[-4:] for c in spent]
    own = _by_period([c for c, other in zip(spent, names, strict=True) if other and other == name], wording)
    if own or len(set(names) - {""}) <= 1:
        nameless = _by_period([c for c, other in zip(spent, names, strict=True) if not other or not name], wording)
        own = nameless | own
    return {
        key: told[0].fact
        for key, told in own.items()
        if len({c.quantity.base for c in told}) == 1 and _FAR_MORE * told[0].quantity.base >= balance.quantity.base
    }


def _by_period(claims: Sequence[Claim], wording: Wording) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        key = _period(claim, wording)
        if key:
            found.setdefault(key, []).append(claim)
    return found


def _period(claim: Claim, wording: Wording) -> str:
    """Return the name of a figure of spending by its time: a month, the year, the next year's budget; empty for others."""
    clause = claim.fact.pointer.row_label
    told = clause[: clause.find(claim.fact.text)][-_TOLD:] + claim.before
    if claim.kind == "price" or wording.monthly.search(claim.before):
        return "monthly" if wording.monthly.search(told) else ""
    if wording.last_month.search(told) and not wording.until.search(told):
        return "last_month"
    if claim.role == "budget":
        return "planned" if wording.next_year.search(told) else ""
    return "spending" if claim.account == "spending" and not wording.past.search(claim.before) else ""
