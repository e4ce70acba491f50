"""Claims of prose as places for the rules, and small tests of written figures that the relations share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from validator.facts.claims import Claim, Wording
from validator.model.fact import Fact
from validator.model.interval import Interval
from validator.rules.narrative.names import bound
from validator.rules.scopes import Place
from validator.rules.tables import Tie, intervals, tie

NUMERALS = "一二三四五六七八九十"
"""How items are counted, in their order."""
_ROUGH = 0.1
NEVER_ADDED = ("ratio", "time", "seconds", "points", "temperature")


class Found(NamedTuple):
    """A relation: the kind of place, the place, the form that it belongs to (None for prose outside every table)."""

    kind: str
    place: Place
    form: int | None = None


def place(kind: str, claim: Claim, values: Mapping[str, Any], expression: str = "", suffix: str = "") -> Place:
    """Return the place of a relation that states the figure of a claim."""
    pointer = claim.fact.pointer
    names: Any = bound(kind, {"clause": pointer.row_label, "noun": claim.noun, **values})
    names.update({name: value for name, value in values.items() if name not in names})
    return Place(f"{pointer.path}.{suffix or kind.rpartition('.')[2]}", (names,), pointer, expression=expression)


def computed(kind: str, claim: Claim, formula: str, values: Mapping[str, Any], suffix: str = "") -> Found:
    """Return the place of a figure that a formula gives; `values`: what its names stand for."""
    names = {"stated": claim.fact, "computed": None, "formula": formula, **values}
    return Found(kind, place(kind, claim, names, formula, suffix))


def rate_of(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim]) -> Found:
    """Return the place of a rate, with what it is a rate of."""
    values = {"rate": rate.fact, "numerators": facts(numerators), "denominators": facts(denominators)}
    return Found("narrative.rate", place("narrative.rate", rate, values))


def same_kind(one: Claim, other: Claim) -> bool:
    """Tell whether two figures measure in the same unit; one without a unit but with 万 goes with money."""
    a, b = one.quantity.unit, other.quantity.unit
    if a.dimension == b.dimension:
        return bool(a.dimension) or a.factor == b.factor > 1
    return (not a.dimension and a.factor > 1) or (not b.dimension and b.factor > 1)


def is_base(claim: Claim, following: Claim, wording: Wording) -> bool:
    """Tell whether a figure is only what the rate behind it is taken of: 完成预算700万元的94.29%."""
    return (
        following.dimension == "ratio"
        and following.clause == claim.clause
        and following.start - claim.end <= len(following.before) + 1
        and wording.of_figure.fullmatch(following.before) is not None
    )


def is_full_marks(claim: Claim, wording: Wording) -> bool:
    """Tell whether a figure is what there is to score rather than a score: 总分100分."""
    return claim.quantity.value == wording.data.scores.full_marks and wording.score_base.search(claim.before) is not None


def is_overall(claim: Claim, wording: Wording) -> bool:
    """Tell whether a score is the total that the report gives now, not last year's and not the full marks."""
    said = wording.score_overall.search(claim.before) is not None
    other = wording.past.search(claim.before) or wording.compared_with.search(claim.before)
    return said and not other and not is_full_marks(claim, wording)


def addable(claim: Claim) -> bool:
    """Tell whether a figure may be a part or a whole."""
    return (
        claim.kind == "level"
        and claim.usable
        and claim.dimension not in NEVER_ADDED
        and bool(claim.dimension or claim.quantity.unit.factor > 1)
    )


def of_the_whole(name: str, wording: Wording) -> bool:
    """Tell whether the name of an amount says nothing besides time, budget and execution: it is that of the whole project."""
    name = wording.account_ending.sub("", wording.links.sub("", name))
    for known in (wording.account_when, wording.links, wording.roles["budget"], wording.roles["executed"], wording.leading):
        name = known.sub("", name)
    return wording.whole_name.fullmatch(name) is not None


def one_plan(rate: str, plan: str, wording: Wording) -> bool:
    """Tell whether a rate and a plan name one stage of the budget, or one of them names none: 年初, 调整, 全年."""
    stages = [{word for word in wording.data.rates.stages if word in text} for text in (rate, plan)]
    return not all(stages) or bool(stages[0] & stages[1])


def spells(word: str, text: str) -> bool:
    """Tell whether a text has the characters of a word in their order: 可办 in 可网办."""
    at = -1
    for char in word:
        at = text.find(char, at + 1)
        if at < 0:
            return False
    return True


def ties(total: Claim, parts: Sequence[Claim]) -> Tie:
    """Compare a whole with the sum of its parts."""
    return tie(total.fact, [part.fact for part in parts])


def total_of(parts: Sequence[Claim]) -> Decimal:
    """Return the sum in base units."""
    return sum((part.quantity.base for part in parts), Decimal(0))


def near(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell, at a glance, whether parts can add up to a whole at all."""
    return abs(sum(part.size for part in parts) - whole.size) <= _ROUGH * abs(whole.size) + 1e-9


def may_be(rate: Claim, top: float, bottom: float) -> bool:
    """Tell, at a glance, whether a quotient can be a rate at all."""
    return bottom != 0 and abs(top / bottom - rate.size) <= _ROUGH * abs(rate.size) + 0.006


def bounds_of(claims: Sequence[Claim]) -> list[Interval]:
    """Return what the figures may have been; in their own units where these differ."""
    return intervals([claim.quantity for claim in claims]) or [claim.quantity.interval for claim in claims]


def follows(stated: Claim, claims: Sequence[Claim], compute: Callable[[Sequence[Interval]], Interval]) -> bool:
    """Tell whether a stated figure may be what is computed from others."""
    if not all(claim.usable for claim in claims):
        return False
    try:
        return stated.quantity.interval.meets(compute(bounds_of(claims)))
    except ZeroDivisionError:
        return False


def ratio_follows(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim]) -> bool:
    """Tell whether a rate may be a quotient of sums."""
    n = len(numerators)
    return follows(rate, [*numerators, *denominators], lambda b: total_interval(b[:n]) / total_interval(b[n:]))


def ratio_rounds(rate: Claim, numerators: Sequence[Claim], denominators: Sequence[Claim]) -> bool:
    """Tell whether the quotient of sums, as they are written, rounds to a rate."""
    below = total_of(denominators)
    if not below or not all(claim.usable for claim in (*numerators, *denominators)):
        return False
    return abs(total_of(numerators) / below - rate.quantity.base) <= rate.quantity.step * rate.quantity.unit.factor / 2


def total_interval(bounds: Sequence[Interval]) -> Interval:
    """Return what the sum of figures may have been."""
    total = bounds[0]
    for bound_ in bounds[1:]:
        total = total + bound_
    return total


def facts(claims: Sequence[Claim]) -> tuple[Fact, ...]:
    """Return the facts of claims."""
    return tuple(claim.fact for claim in claims)
