"""Standards per head and who pays them: 人均补助标准640元，其中中央320元、省级200元、县级120元.

Comes in: the claims of a sentence. Goes out: the standard with its shares. Averages of parts don't add up to that of the whole,
but what several pay of one standard does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.places import same_kind, ties, total_of
from validator.rules.tables import Tie

_PAIR = 2
_SLIGHT = Decimal("0.1")


def standards(claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield each standard with what 其中 lists of it, where each part names who pays it."""
    for n, whole in enumerate(claims):
        if whole.kind != "price" or not whole.usable or wording.past.search(whole.before):
            continue
        if not wording.standard.search(whole.before):
            continue  # 人均支出640元，其中中央单位700元
        parts = _paid(whole, claims[n + 1 :], wording)
        if len(parts) < _PAIR or not wording.among.match(parts[0].before):
            continue
        bond, gap = ties(whole, parts), total_of(parts) - whole.quantity.base
        if bond in (Tie.FIRM, Tie.LOOSE):
            yield "narrative.total", whole, parts
        elif bond is Tie.OFF and gap > 0:
            yield "narrative.part", whole, parts
        elif bond is Tie.OFF and -gap <= _SLIGHT * whole.quantity.base:
            yield "narrative.rest", whole, parts


def _paid(whole: Claim, following: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return the run of figures right behind a standard that name who pays them, each another one."""
    parts: list[Claim] = []
    payers: set[str] = set()
    for claim in following:
        payer = wording.payer.search(claim.before)
        last = parts[-1] if parts else whole
        near = claim.clause - last.clause <= 1 and claim.segment == whole.segment and claim.bracket == whole.bracket
        if payer is None or payer.group() in payers or not near or not same_kind(claim, whole) or not claim.usable:
            break
        payers.add(payer.group())
        parts.append(claim)
    return parts
