"""Amounts that a later paragraph tells again by a longer or a shorter name: 卫生健康支出类科目43.9万元. …卫生健康支出43.9万元.

Comes in: passages of claims, which figures are told again already. Goes out: places for the rule of figures that are told
twice. Equal figures of one name are one quantity; two that differ are so only where both names say the same, nothing else is
told by that name, and a slip of the pen makes the one the other. Where a name is longer than the other, only two neighbouring
digits of many in the other order are such a slip, and only if both figures are told nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import NEVER_ADDED, Found, spells
from validator.rules.narrative.repeats import digits, same, slipped, swapped_digits

_DIGITS = 4
"""Digits, as written, of a figure that two quantities of one name don't have in common by chance."""
_NAME = 4
_WHOLE_NAME = 6
_PAIR = 2
_FIRM_DIGITS = 5
"""Digits of a figure, but for zeros at its end, that another one has in another order by no chance."""
_WINDOW = 24
"""So many long amounts back another is looked for."""


def told_twice(passages: Sequence[Passage], known: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield each amount that is told again in another paragraph, but those whose path is `known`."""
    amounts: dict[tuple[Decimal, str], list[tuple[int, Claim]]] = {}
    names: dict[tuple[str, str, str], list[tuple[Passage, Claim]]] = {}
    long: list[tuple[Passage, Claim]] = []
    turned: list[tuple[Claim, Claim]] = []
    for passage in passages:
        for claim in passage.claims if passage.prose and not passage.in_table else ():
            length = len(claim.quantity.value.as_tuple().digits)
            if length < _DIGITS or len(claim.noun) < _NAME or not _may_be_told_again(claim, wording):
                continue
            firm = len(claim.quantity.value.normalize().as_tuple().digits) >= _FIRM_DIGITS
            long = [*long, (passage, claim)][-_WINDOW:] if firm else long
            told = amounts.setdefault((claim.quantity.base, claim.dimension), [])
            earlier = [one for one in told if one[0] < passage.index]
            name = _name(claim, wording) if earlier or length > _DIGITS else ""
            one = next((c for _, c in reversed(earlier) if _one_name(name, _name(c, wording), c, claim)), None)
            if one is not None and claim.fact.pointer.path not in known:
                yield same("narrative.same", claim, one.fact)
            elif not told and firm:
                turned += _with_digits_turned((passage, claim), long[:-1], wording)
            told.append((passage.index, claim))
            del told[:-_DIGITS]
            if len(name) >= _WHOLE_NAME:
                names.setdefault((name, claim.dimension, claim.role), []).append((passage, claim))
    for several in names.values():
        yield from _slips(several, known, wording)
    for one, other in turned:
        once = all(len(amounts[c.quantity.base, c.dimension]) == 1 for c in (one, other))
        if once and other.fact.pointer.path not in known:
            yield same("narrative.same", other, one.fact)


def _with_digits_turned(
    later: tuple[Passage, Claim], earlier: Sequence[tuple[Passage, Claim]], wording: Wording
) -> Sequence[tuple[Claim, Claim]]:
    """Return an amount after the only one before it with a name like its own that differs by two digits in the other order."""
    passage, claim = later
    name = _name(claim, wording)
    found = [
        one
        for above, one in earlier
        if above.index < passage.index
        and _speak_of_one_time_and_place((above, one), later, wording)
        and one.role == claim.role
        and one.quantity.unit == claim.quantity.unit
        and one.quantity.step == claim.quantity.step
        and swapped_digits(digits(one.quantity), digits(claim.quantity))
        and name != (other := _name(one, wording))
        and _one_name(name, other, one, claim)
    ]
    return [(found[0], claim)] if len(found) == 1 else []


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
    fair = above.index < below.index and _speak_of_one_time_and_place(told[0], told[1], wording)
    if fair and other.fact.pointer.path not in known and slipped(one, other):
        yield same("narrative.same", other, one.fact)


def _speak_of_one_time_and_place(one: tuple[Passage, Claim], other: tuple[Passage, Claim], wording: Wording) -> bool:
    """Tell whether the sentences of two amounts name the same year, part of the year and area, and neither is in brackets."""
    texts = [passage.sentence_text(claim.sentence) for passage, claim in (one, other)]
    when, areas = ([sorted(set(word.findall(text))) for text in texts] for word in (wording.within_year, wording.area))
    alike = when[0] == when[1] and areas[0] == areas[1] and one[1].year == other[1].year
    return alike and not (one[1].bracket or other[1].bracket)
