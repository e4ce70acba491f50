"""Changes of both sides of an account, told behind them: 收入总计434万元。收入支出总体与上年相比，增加58万元，增长15%.

Comes in: passages of claims, which figures are explained already. Goes out: places for the rule of growth. Where the totals of
the two sides differ nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.accounts import account_name
from validator.rules.narrative.parts import is_candidate
from validator.rules.narrative.places import Found, computed, same_kind
from validator.rules.narrative.subjects import subject_words

_BACK = 3
"""So many passages back the totals are looked for."""
_PAIR = 2


def both_sides(passages: Sequence[Passage], told: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield the rate of each such change with the change and the total, but those whose path is `told`."""
    totals: list[tuple[int, Claim]] = []
    for passage in passages:
        if not passage.prose:
            continue
        for number, claims in passage.by_sentence:
            head = wording.both_sides.match(passage.sentence_text(number).lstrip())
            if head is not None and claims[0].kind == "change" and len(claims) >= _PAIR and _of_no_part(claims[0], wording):
                near = [total for index, total in totals if passage.index - index <= _BACK]
                of = account_name(wording.timeless(head["of"]), wording)
                yield from _growth(claims, [c for c in near if account_name(c.noun, wording) == of], told)
            totals += [(passage.index, c) for c in claims if is_candidate(c, wording) and _is_total(c, wording)]
            del totals[: -2 * _BACK]


def _is_total(claim: Claim, wording: Wording) -> bool:
    return wording.with_carried_over.search(claim.before) is not None


def _of_no_part(change: Claim, wording: Wording) -> bool:
    """Tell whether a change has no name of its own: not 收入支出总体平稳，财政拨款增加180万元."""
    words = subject_words(change.before, wording)
    return not words or wording.both_sides.fullmatch(words) is not None


def _growth(claims: Sequence[Claim], totals: Sequence[Claim], told: Collection[str]) -> Iterator[Found]:
    """Yield the rate behind a change, of the total that the last two of an account agree on."""
    change, growth = claims[:_PAIR]
    last = totals[-_PAIR:]
    together = growth.kind == "growth" and growth.sign == change.sign and growth.clause - change.clause <= 1
    agreed = len({c.quantity.base for c in last}) == 1 and same_kind(last[0], change)
    if not together or not agreed or growth.fact.pointer.path in told or not (change.usable and growth.usable):
        return
    if last[0].quantity.base > change.sign * change.quantity.base:
        formula = "变动 / (本期 - 变动)" if change.sign > 0 else "变动 / (本期 + 变动)"
        yield computed("narrative.growth", growth, formula, {"本期": last[0].fact, "变动": change.fact})
