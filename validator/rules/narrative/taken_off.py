"""Items of a list that are taken off what the others make: 国税14亿元；地税36亿元；财政26亿元；退税0.4亿元.

Comes in: lists with their wholes. Goes out: the same, but one that adds up only with some items taken off becomes an account;
one that has such items and adds up neither way is left alone, since nobody can tell what they were taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from validator.facts.claims import Wording
from validator.model.fact import Fact
from validator.rules.narrative.names import bound
from validator.rules.narrative.places import Found
from validator.rules.scopes import Place
from validator.rules.tables import Tie, intervals, tie

_LISTS = {"narrative.total": "total", "narrative.rest": "total", "narrative.part": "whole"}


def with_signs(lists: Iterable[Found], wording: Wording) -> Iterator[Found]:
    """Yield lists of parts, those of them that some items lower as accounts."""
    for found in lists:
        if found.kind not in _LISTS:
            yield found
            continue
        names: Any = found.place.names
        whole, parts = names[_LISTS[found.kind]], names["parts"]
        lowering = [part for part in parts if _lowers(part, whole, wording)]
        if not 0 < len(lowering) < len(parts) or tie(whole, parts) is not Tie.OFF:
            yield found
        elif _holds(whole, [part for part in parts if part not in lowering], lowering):
            yield _account(found, whole, parts, lowering)


def _lowers(part: Fact, whole: Fact, wording: Wording) -> bool:
    """Tell whether an item is named as what is taken off; taxes paid back are so of income, and not among spending."""
    name, of = part.pointer.column_label, whole.pointer.column_label
    if wording.taken_off.match(name):
        return True
    paid_back = wording.paid_back.search(name) is not None and not wording.paid_back.search(of)
    return paid_back and wording.income_like.search(of) is not None


def _holds(whole: Fact, added: Sequence[Fact], lowering: Sequence[Fact]) -> bool:
    """Tell whether the added items less the others may be the whole."""
    known = [fact.quantity for fact in (whole, *added, *lowering)]
    bounds = intervals([quantity for quantity in known if quantity is not None])
    if not bounds or len(bounds) < len(known):
        return False
    total, *items = bounds
    computed = items[0]
    for n, item in enumerate(items[1:], 1):
        computed = computed + item if n < len(added) else computed - item
    return total.meets(computed)


def _account(found: Found, whole: Fact, parts: Sequence[Fact], lowering: Sequence[Fact]) -> Found:
    """Return the account of a whole: what came in less what was taken off."""
    signs = [(f"项目{n}", part, " - " if part in lowering else " + ") for n, part in enumerate(parts, 1)]
    ordered = sorted(signs, key=lambda sign: sign[2] == " - ")
    formula = "".join(mark + name for name, _, mark in ordered).removeprefix(" + ")
    values = {name: part for name, part, _ in ordered}
    pointer = whole.pointer
    texts = {"formula": formula, "clause": pointer.row_label, "noun": pointer.column_label}
    names: Any = {**bound("narrative.balance", {"stated": whole, "computed": None, **texts}), **values}
    place = Place(f"{pointer.path}.less", (names,), pointer, expression=formula)
    return Found("narrative.balance", place, found.form)
