"""Amounts that a later paragraph tells again by a longer or a shorter name: 卫生健康支出类科目43.9万元. …卫生健康支出43.9万元.

Comes in: passages of claims, which figures are told again already. Goes out: places for the rule of figures that are told
twice. Equal figures of one name are one quantity; two that differ are so only where both names say the same, nothing else is
told by that name, and a slip of the pen makes the one the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import NEVER_ADDED, Found, spells
from validator.rules.narrative.repeats import same, slipped

_DIGITS = 4
"""Digits, as written, of a figure that two quantities of one name don't have in common by chance."""
_NAME = 4
_WHOLE_NAME = 6
_PAIR = 2


def told_twice(passages: Sequence[Passage], known: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield each amount that is told again in another paragraph, but those whose path is `known`."""
    amounts: dict[tuple[Decimal, str], list[tuple[int, Claim]]] = {}
    names: dict[tuple[str, str, str], list[tuple[Passage, Claim]]] = {}
    for passage in passages:
        for claim in passage.claims if passage.prose and not passage.in_table else ():
            length = len(claim.quantity.value.as_tuple().digits)
            if length < _DIGITS or len(claim.noun) < _NAME or not _may_be_told_again(claim, wording):
                continue
            told = amounts.setdefault((claim.quantity.base, claim.dimension), [])
            earlier = [one for one in told if one[0] < passage.index]
            name = _name(claim, wording) if earlier or length > _DIGITS else ""
            one = next((c for _, c in reversed(earlier) if _one_name(name, _name(c, wording), c, claim)), None)
            if one is not None and claim.fact.pointer.path not in known:
                yield same("narrative.same", claim, one.fact)
            told.append((passage.index, claim))
            del told[:-_DIGITS]
            if len(name) >= _WHOLE_NAME:
                names.setdefault((name, claim.dimension, claim.role), []).append((passage, claim))
    for several in names.values():
        yield from _slips(several, known, wording)


def _may_be_told_again(claim: Claim, wording: Wording) -> bool:
    amount = claim.kind == "level" and claim.usable and claim.dimension and claim.dimension not in NEVER_ADDED
    return bool(amount) and not wording.past.search(claim.before)


def _name(claim: Claim, wording: Wording) -> str:
    """Return the name of an amount without words of time, and of what kind of figure it is."""
    return wording.account_ending.sub("", wording.timeless(wording.links.sub("", claim.noun)))


def _one_name(name: str, other: str, earlier: Claim, later: Claim) -> bool:
    """Tell whether the one name has all characters of the other, and ends or begins as it does."""
    short, long = sorted((name, other), key=len)
    if len(short) < _NAME:
        return False
    sides = {earlier.account, later.account} & {"income", "spending"}
    within = short in long or (short[-_NAME:] == long[-_NAME:] and spells(short, long))
    years = None in (earlier.year, later.year) or earlier.year == later.year
    return within and len(sides) < _PAIR and years


def _slips(told: Sequence[tuple[Passage, Claim]], known: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield the two figures of a name that are told at two places, and are a slip of the pen apart."""
    if len(told) != _PAIR:
        return
    (above, one), (below, other) = told
    when = [frozenset(wording.within_year.findall(p.sentence_text(c.sentence))) for p, c in told]
    fair = above.index < below.index and when[0] == when[1] and one.year == other.year and not (one.bracket or other.bracket)
    areas = [wording.area.findall(p.sentence_text(c.sentence)) for p, c in told]
    if fair and areas[0] == areas[1] and other.fact.pointer.path not in known and slipped(one, other):
        yield same("narrative.same", other, one.fact)
