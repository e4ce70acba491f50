"""Rates whose name says what over what: 合格率 is what passed over what was tested.

Comes in: a rate with the claims of its sentence. Goes out: its numerator and denominator, where the sentence tells each of them
once by a word of the definition. The definitions are data, `rates.defined` in `words.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from validator.facts.claims import Claim, DefinedRate, Wording
from validator.rules.narrative.places import near, ratio_follows, same_kind, total_of

Pair = tuple[Sequence[Claim], Sequence[Claim]]

_MOST = 6
_WORD = 2
_RATES = ("rate", "share", "percent")


def by_definition(rate: Claim, before: Sequence[Claim], after: Sequence[Claim], wording: Wording) -> Pair | None:
    """Return what over what a rate is by its name; None where the sentence leaves a doubt about it.

    Where another reading of the figures told before it gives the rate, that reading is returned.
    """
    name = wording.defined_name.search(rate.before)
    if name is None or wording.past.search(rate.before) or wording.apart.search(rate.before):
        return None
    if wording.negated.search(rate.before[: name.start()]):
        return None
    definition = wording.defined[name["name"]]
    levels = [
        c
        for c in before
        if c.bracket in (0, rate.bracket) and (c.kind == "level" or (c.kind == "change" and definition.part.search(c.before)))
    ]
    current = [c for c in levels if not wording.past.search(c.before)]
    rates = [c for c in before if c.kind in _RATES and c.bracket == rate.bracket]
    since = [c for c in current if not rates or c.start > rates[-1].start]
    parts = [c for c in since if definition.part.search(c.before)]
    if not parts or not all(c.usable for c in parts):
        return None
    weighed = [c for c in levels if same_kind(c, parts[0]) and not definition.whole.search(c.before)]
    if definition.alone and len(weighed) > 1:
        return None
    if len(parts) > 1:
        return _of_grades(rate, parts, current, definition, wording)
    part = parts[0]
    wholes = _wholes(part, since, definition) or _behind(rate, part, after, definition)
    if not wholes and not any(name["name"] in c.before for c in rates):
        wholes = _wholes(part, current, definition)
    if not wholes or not all(c.usable for c in wholes) or not _plain(rate, part, wholes, definition, wording):
        return None
    others = [c for c in levels if c is not part and c.usable and same_kind(c, part)][-_MOST:]
    for denominators in _readings(part, [*others, *(c for c in wholes if c not in others)]):
        if total_of(denominators) > 0 and ratio_follows(rate, [part], denominators):
            return [part], denominators
    between = [c for c in levels if part.start < c.start]
    undone = [c for c in between if not definition.undone.search(c.before) and c not in wholes]
    sides = {c.start < part.start for c in wholes}
    if definition.alone and sides == {True}:
        wholes = wholes[-1:]  # Of all that were asked, and of all that answered: none gives the rate.
    if undone or len(sides) > 1 or len({c.quantity.base for c in wholes}) > 1 or wholes[0].quantity.base <= 0:
        return None
    if any(_comes_between(c, part, wholes[0]) for c in others if c not in wholes):
        return None
    return [part], wholes[:1]


def _comes_between(other: Claim, part: Claim, whole: Claim) -> bool:
    """Tell whether a part may be one of the figure right before it: 受理4260宗，答复3010宗，转办1250宗，办结1180宗."""
    right_before = whole.start < other.start < part.start and other.clause == part.clause - 1
    return right_before and other.quantity.base >= part.quantity.base and not near(whole, [other, part])


def _of_grades(
    rate: Claim, parts: Sequence[Claim], levels: Sequence[Claim], definition: DefinedRate, wording: Wording
) -> Pair | None:
    """`调查490人，非常满意300人、满意141人，满意率90%`: the parts that all carry the word, over the one whole."""
    wholes = [c for c in _wholes(parts[0], levels, definition) if c not in parts]
    if len({c.quantity.base for c in wholes}) != 1 or not all(same_kind(c, wholes[0]) for c in parts):
        return None
    for count in range(len(parts), 0, -1):
        for chosen in combinations(parts, count):
            if ratio_follows(rate, chosen, wholes[:1]):
                return chosen, wholes[:1]
    adjacent = parts[-1].clause - parts[0].clause < len(parts) and not wording.apart.search(rate.before)
    return (parts, wholes[:1]) if adjacent and total_of(parts) <= wholes[0].quantity.base else None


def partly_told(rate: Claim, levels: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether what the rate is over, by its name, is told of only in part: 新受理 besides what was left over."""
    name = wording.defined_name.search(rate.before)
    return name is not None and any(wording.defined[name["name"]].partial.search(c.before) for c in levels)


def _wholes(part: Claim, levels: Sequence[Claim], definition: DefinedRate) -> list[Claim]:
    return [c for c in levels if c is not part and same_kind(c, part) and definition.whole.search(c.before)]


def _behind(rate: Claim, part: Claim, after: Sequence[Claim], definition: DefinedRate) -> list[Claim]:
    """Return the whole that is told in brackets right behind a rate: 优良天数比例82.5%(有效监测365天)."""
    inside = [c for c in after if c.clause == rate.clause and c.bracket not in (0, rate.bracket)]
    return _wholes(part, [c for c in inside if c.kind == "level"], definition)


def _plain(rate: Claim, part: Claim, wholes: Sequence[Claim], definition: DefinedRate, wording: Wording) -> bool:
    """Tell whether the rate and the later of its two figures say nothing of what the sentence hasn't told before."""
    told = part.before + "".join(whole.before for whole in wholes)
    if not _told(wording.defined_name.sub("", rate.before), told, definition, wording):
        return False
    if any(whole.bracket not in (0, rate.bracket) for whole in wholes):
        return True
    first = wholes[0] if wholes[0].start < part.start else part
    return all(_told(c.before, first.before, definition, wording) for c in (part, *wholes) if c.start > first.start)


def _told(words: str, told: str, definition: DefinedRate, wording: Wording) -> bool:
    """Tell whether words, without those of the definition, of time and of doing, stand in what was told."""
    for known in (definition.part, definition.whole, wording.account_when, wording.links, wording.leading, wording.plain):
        words = known.sub("", words)
    return len(words) < _WORD or words in told


def _readings(part: Claim, others: Sequence[Claim]) -> Iterator[Sequence[Claim]]:
    """Yield what the denominator may be besides the whole that is named: any figure or two, and the part with another."""
    for other in others:
        yield [other]
    for other in others:
        yield [part, other]
    yield from combinations(others, 2)
