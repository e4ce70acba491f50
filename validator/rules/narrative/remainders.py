"""What is left of money, beside what was spent and its rate: three relations among the same two amounts.

Comes in: passages of claims, and the sums and rates found before. Goes out: places that state what is left, what was spent or
the rate of it. Where one of the three holds, its funds are the ones meant, and so the other two must hold as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.executions import plain_name
from validator.rules.narrative.places import Found, computed, follows, is_base, rate_of, ratio_follows, same_kind

_BACK = 2
"""Sentences before that tell the funds."""
_NEAR = 2
_FAR = 40
_WORD = 2


class _Kept(NamedTuple):
    """What was spent and what is left, told side by side."""

    spent: Claim
    left: Claim
    rate: Claim | None


def remainders(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield what follows from funds, spending and what is left, unless it is `told` already."""
    paths = {(found.kind, found.place.pointer.path) for found in told if found.place.pointer}
    added = {fact.pointer.path for found in told for fact in _parts(found)}
    for passage in passages:
        if not passage.prose:
            continue
        sentences = passage.by_sentence
        for n, (number, claims) in enumerate(sentences):
            before = [c for other, own in sentences[max(0, n - _BACK) : n] if number - other <= _BACK for c in own[-_FAR:]]
            # What came from the year before is spent, or left, as well.
            carried = any(
                c.account == "opening" or wording.past.search(c.before) for c in (*before, *claims) if c.dimension == "money"
            )
            yield from _of_contract(claims, wording)
            for kept in [] if carried else _kept(claims, before, wording):
                if kept.left.fact.pointer.path in added:
                    continue
                for found in _found(kept, _funds(kept, [*before, *claims], wording)):
                    if (found.kind, found.place.pointer.path if found.place.pointer else "") not in paths:
                        yield found


def _parts(found: Found) -> Sequence[Fact]:
    parts = found.place.names.get("parts")
    return [part for part in parts if isinstance(part, Fact)] if isinstance(parts, tuple) else []


def _kept(claims: Sequence[Claim], before: Sequence[Claim], wording: Wording) -> Iterator[_Kept]:
    money = [c for c in claims if _is_amount(c)]
    for n, left in enumerate(money):
        if not wording.unspent.fullmatch(left.before) or wording.past.search(left.before):
            continue
        spent = money[n - 1] if n else next((c for c in reversed(before) if _is_amount(c)), None)
        if spent is None or spent.role != "executed" or wording.unspent.fullmatch(spent.before) or not same_kind(spent, left):
            continue
        if left.sentence == spent.sentence and left.clause - spent.clause > _NEAR:
            continue
        if wording.among.search(spent.before) or len(plain_name(spent.before, wording)) > _WORD:
            continue
        end = money[n + 1].start if n + 1 < len(money) else left.end + _FAR
        rates = [
            c
            for c in claims
            if c.kind == "rate" and c.usable and c.start < end and (c.start > spent.start or left.sentence != spent.sentence)
        ]
        rates = [c for c in rates if wording.execution.search(c.before)]
        yield _Kept(spent, left, rates[0] if len(rates) == 1 else None)


def _of_contract(claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `已付1256万元，占合同价1680万元的74.76%，剩余424万元`: what is left of the whole that the share names."""
    for spent, whole, share, left in zip(claims, claims[1:], claims[2:], claims[3:], strict=False):
        if not is_base(whole, share, wording) or not wording.unspent.fullmatch(left.before) or spent.role != "executed":
            continue
        together = left.clause - spent.clause <= _NEAR and all(map(_is_amount, (spent, whole, left)))
        if (
            together
            and share.usable
            and same_kind(spent, whole)
            and same_kind(left, whole)
            and ratio_follows(share, [spent], [whole])
        ):
            yield computed(
                "narrative.balance", left, "资金 - 支出", {"资金": whole.fact, "支出": spent.fact}, suffix="contract"
            )


def _is_amount(claim: Claim) -> bool:
    return claim.kind == "level" and claim.dimension == "money" and claim.usable and not claim.bracket


def _funds(kept: _Kept, told: Sequence[Claim], wording: Wording) -> Iterator[Claim]:
    """Yield each amount that there may have been to spend, the nearest first."""
    seen = set()
    for claim in reversed(told):
        named = any(word.search(claim.before + claim.after[:_WORD]) for word in (wording.funds, wording.total))
        named = named or claim.account == "income"
        if claim.start >= kept.spent.start and claim.sentence >= kept.spent.sentence:
            continue
        if not _is_amount(claim) or not named or claim.role == "executed" or not same_kind(claim, kept.spent):
            continue
        if wording.unspent.fullmatch(claim.before) or wording.past.search(claim.before) or claim.quantity.base in seen:
            continue
        seen.add(claim.quantity.base)
        yield claim


def _found(kept: _Kept, funds: Iterator[Claim]) -> Iterator[Found]:
    """Yield the relations with the first funds that bear one of them out."""
    spent, left, rate = kept
    for whole in funds:
        balanced = follows(left, [whole, spent], lambda b: b[0] - b[1])
        rated = rate is not None and ratio_follows(rate, [spent], [whole])
        # Full or no execution leaves nothing that could bear anything out.
        saying = rate is not None and left.quantity.base > 0 and rate.quantity.base < 1
        unspent = saying and rate is not None and follows(rate, [whole, left], lambda b: (b[0] - b[1]) / b[0])
        if not balanced and not (saying and (rated or unspent)):
            continue
        if unspent and not balanced and not rated:
            yield computed("narrative.balance", spent, "资金 - 结余", {"资金": whole.fact, "结余": left.fact})
            return
        yield computed("narrative.balance", left, "资金 - 支出", {"资金": whole.fact, "支出": spent.fact})
        if rate is not None and (rated or balanced):
            yield rate_of(rate, [spent], [whole])
        return
