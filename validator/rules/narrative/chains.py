"""Rates of one step over a step before it: 应检500批次，实检480批次，抽检率96%，合格471批次，合格率98.13%.

Comes in: a rate and what its sentence tells before it. Goes out: what was done, by the word of the rate, over a step before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.executions import moved
from validator.rules.narrative.places import ratio_follows, same_kind

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_WORD = 2
_REACH = 3
"""Clauses between what was done and its rate: several rates may be told behind one another."""
_MOST = 8
_FAR_MORE = 2
"""No plan is exceeded by more than this."""


def in_chain(rate: Claim, before: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return what was done, and the step before it that comes nearest to the rate; None where the words leave a doubt.

    The word of the rate has to stand with one figure only since the last rate, or since that which the rates at the end of a
    sentence begin with. Where the name of the rate has another word (合同支付率), that is the name of the step.
    """
    found = wording.rate_noun.search(rate.before)
    stem = found["stem"] if found else ""
    for known in (wording.account_when, wording.leading):
        stem = known.sub("", stem)
    word, other = stem[-_WORD:], stem[:-_WORD]
    clause = rate.fact.pointer.row_label.partition(rate.fact.text)[2]
    if rate.kind != "rate" or len(word) < _WORD or wording.past.search(rate.before) or wording.no_part.search(clause):
        return None
    if wording.negated.search(other) or wording.grand.search(rate.before) or moved(before, rate, wording):
        return None
    levels = [c for c in before if c.kind == "level" and c.usable and not c.bracket and not wording.past.search(c.before)][
        -_MOST:
    ]
    named = [c for c in levels if word in c.before and c.role not in ("target", "budget")]
    if len(named) != 1 or wording.negated.search(named[0].before.partition(word)[0]) or wording.among.search(named[0].before):
        return None
    done = named[0]
    rates_between = sum(c.start > done.start and c.dimension == "ratio" for c in before)
    if rate.clause - done.clause > _REACH or rates_between > 1:
        return None
    most = _FAR_MORE if wording.completion.search(rate.before) else 1
    steps = [
        c for c in levels if c.start < done.start and same_kind(c, done) and most * c.quantity.base >= done.quantity.base > 0
    ]
    since = [c for c in levels if steps and c.start > steps[0].start]
    if any(wording.among.search(c.before) or wording.not_done.match(c.before) for c in since):
        return None
    own = [c for c in steps if other and other in c.before]
    # What was spent is of the funds, which `executions` knows; 合同支付率 is of the contract.
    open_ = (
        word in wording.data.rates.steps and not wording.execution.search(rate.before) and (not other or other in done.before)
    )
    steps = own or (steps if open_ else [])
    return ([done], [min(steps, key=lambda c: _apart(rate, done, c))]) if steps else None


def _apart(rate: Claim, done: Claim, step: Claim) -> tuple[bool, float]:
    return not ratio_follows(rate, [done], [step]), abs(done.size / step.size - rate.size)
