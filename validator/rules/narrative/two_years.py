"""Changes of what a text tells for two years at two places: 2029年12万元。/ 2028年15万元。/ 较上年减少3万元.

Comes in: passages of claims, which changes are explained already. Goes out: places for the rules of change and growth. The
figures must have the very name that the change has, and each year one value. Since a budget may be compared with another
budget that isn't told, a change that doesn't follow is wrong only beside one of the same two years that does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.parts import is_compared
from validator.rules.narrative.places import Found, addable, computed, follows, same_kind
from validator.rules.narrative.subjects import base_words, subject_words

_YEAR = re.compile(r"^(?:19|20)\d\d年?度?")
_MOST = 60
"""So many figures back the two years are looked for."""
_NAMED = 2
_NEAR = 0.15
"""A change is that of the two years if it is off by less than this part of what they make."""


class _Told(NamedTuple):
    """A change with the figures of both years, and the rate told behind it."""

    change: Claim
    now: Claim
    before: Claim
    growth: Claim | None


def changes_of_two_years(passages: Sequence[Passage], told: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield each change with the figures of the two years, and the rate behind it, but those whose path is `told`."""
    levels: list[tuple[str, Claim]] = []
    for passage in passages:
        if not passage.prose:
            continue
        found = list(_told(passage, levels, told, wording)) if levels else []
        following = {(one.now.year, one.before.year) for one in found if _holds(one)}
        for one in found:
            if (one.now.year, one.before.year) in following and (_holds(one) or _comes_near(one)):
                yield from _relations(one, told)
        dated = (c for c in passage.claims if c.year is not None and addable(c) and not c.bracket)
        levels += ((_core(c.noun, wording), c) for c in dated if not is_compared(c, passage, wording))
        del levels[:-_MOST]


def _told(passage: Passage, levels: Sequence[tuple[str, Claim]], told: Collection[str], wording: Wording) -> Iterator[_Told]:
    since = next(iter(wording.data.comparisons.bases))
    for n, change in enumerate(passage.claims):
        explained = change.fact.pointer.path in told
        if change.kind != "change" or not change.usable or explained or base_words(change.before, wording) != since:
            continue
        name = _core(_YEAR.sub("", subject_words(change.before, wording)), wording)
        alike = [c for core, c in levels if len(name) >= _NAMED and core == name and same_kind(c, change)]
        years = sorted({c.year for c in alike if c.year is not None})[-2:]
        if len(years) < 2 or years[1] - years[0] != 1 or change.year not in (None, *years):
            continue
        values = [{c.quantity.base for c in alike if c.year == year} for year in years]
        if any(len(value) > 1 for value in values):
            continue
        before, now = (next(c for c in reversed(alike) if c.year == year) for year in years)
        yield _Told(change, now, before, _rate(change, passage.claims[n + 1 : n + 2], wording))


def _rate(change: Claim, following: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the rate right behind a change, that says nothing but how far it went."""
    for growth in following:
        alike = growth.kind == "growth" and growth.usable and growth.sign == change.sign and growth.sentence == change.sentence
        if alike and growth.clause - change.clause <= 1 and not subject_words(growth.before, wording):
            return growth
    return None


def _core(noun: str, wording: Wording) -> str:
    """Return a name without what says that it is of a budget or of spending, and without words of totals: 三公经费."""
    return wording.around_amount.sub("", wording.timeless(noun))


def _holds(told: _Told) -> bool:
    pair = [told.now, told.before] if told.change.sign > 0 else [told.before, told.now]
    return follows(told.change, pair, lambda b: b[0] - b[1])


def _comes_near(told: _Told) -> bool:
    """Tell whether a change is nearly what the two years make, so that it is meant to be."""
    moved = told.change.sign * (told.now.quantity.base - told.before.quantity.base)
    return moved > 0 and abs(float(moved) - told.change.size) <= _NEAR * float(moved)


def _relations(told: _Told, known: Collection[str]) -> Iterator[Found]:
    values = {"本期": told.now.fact, "上期": told.before.fact}
    yield computed("narrative.change", told.change, "本期 - 上期" if told.change.sign > 0 else "上期 - 本期", values)
    if told.growth is not None and told.growth.fact.pointer.path not in known and told.before.quantity.base > 0:
        values = {"变动": told.change.fact, "上期": told.before.fact}
        yield computed("narrative.growth", told.growth, "变动 / 上期", values)
