"""Parts and wholes in prose: 其中, brackets, 共计, 分别为, and lists that add up without any of these words.

Comes in: a passage of claims. Goes out: places for the rules of totals, each relation once however many words tell it. A list
that need not be complete is never held to be a total; what the words leave open passes where some fair reading adds up, and
is left alone where none does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.aligned import aligned, divided, done_and_undone, silent
from validator.rules.narrative.columns import columns
from validator.rules.narrative.composed import composed
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.opened import among, behind_colons, bracketed, counted_off, within_named, within_whole
from validator.rules.narrative.places import Found, addable, facts, near, place, same_kind, ties
from validator.rules.narrative.standards import standards
from validator.rules.narrative.sums import behind_items, closed_behind, summed, with_added
from validator.rules.tables import Tie, tie

_LISTS = ("narrative.total", "narrative.rest")
_LEFT = ("closing", "plain", "surplus")
_MOST_LISTED = 12
_MOST_WHOLES = 4


class _GoingOn(NamedTuple):
    """What a sentence that 加上 begins may add to."""

    wholes: Sequence[Claim] = ()
    listed: Sequence[Claim] = ()
    """What 其中 has opened and no sentence has completed yet."""
    earlier: Sequence[Claim] = ()
    """What sentences before tell that no 加上 has added to."""

    @property
    def figures(self) -> Sequence[Claim]:
        """The wholes, with what may be meant as well: earlier ones, a list that has gone on for a sentence."""
        several = bool(self.listed) and self.listed[0].sentence != self.listed[-1].sentence
        return [*self.wholes, *(self.listed if several else ()), *self.earlier]


def totals(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield every relation of parts and whole in a passage."""
    told: set[tuple[str, frozenset[str]]] = set()
    for kind, found, parts in _all(passage, wording):
        whole = _meant(found, parts, passage)
        key = whole.fact.pointer.path, frozenset(part.fact.pointer.path for part in parts)
        if key in told:
            continue
        told.add(key)
        yield _found(kind if whole is found else "narrative.total", whole, parts)


def not_superseded(told: Sequence[Found], others: Sequence[Found]) -> Iterator[Found]:
    """Yield what is told but lists that leave a rest of a whole which another one, with all of their parts, adds up to."""
    lists = [(f, *_figures(f)) for f in (*told, *others) if f.kind in _LISTS]
    complete = [(total.pointer.path, _paths(parts)) for _, total, parts in lists if tie(total, parts) is Tie.FIRM]
    short = {
        id(found)
        for found, total, parts in lists
        if any(total.pointer.path == path and _paths(parts) < more for path, more in complete) and tie(total, parts) is Tie.OFF
    }
    yield from (found for found in told if id(found) not in short)


def _figures(found: Found) -> tuple[Fact, Sequence[Fact]]:
    names: Any = found.place.names
    return names["total"], names["parts"]


def _paths(parts: Sequence[Fact]) -> frozenset[str]:
    return frozenset(part.pointer.path for part in parts)


def _meant(whole: Claim, parts: Sequence[Claim], passage: Passage) -> Claim:
    """Return what a list behind a balance adds up to: 支出573万元，结余786万元。具体用途如下：甲340万元，乙233万元."""
    if whole.account not in _LEFT or ties(whole, parts) is not Tie.OFF:
        return whole
    before = [c for c in passage.claims if c.start < whole.start and addable(c) and same_kind(c, whole)]
    return next((c for c in reversed(before[-_MOST_LISTED:]) if near(c, parts) and ties(c, parts) is Tie.FIRM), whole)


def _all(passage: Passage, wording: Wording) -> Iterator[Relation]:
    several = [claims for _, claims in passage.by_sentence if len(claims) > 1]
    yield from bracketed(passage, wording)
    yield from counted_off(passage, wording)
    yield from behind_colons(passage, several, wording)
    yield from behind_items(passage, wording)
    previous: Sequence[Claim] = ()
    going_on = _GoingOn()
    for number, claims in passage.by_sentence:
        added_on = wording.added_on.match(passage.sentence_text(number).lstrip()) is not None or _carried_over(claims, wording)
        yield from summed(claims, wording, going_on.figures if added_on else None)
        if previous and previous[-1].sentence == number - 1:
            yield from with_added(previous, claims) if added_on else closed_behind(passage, previous, claims, wording)
        # 收入130亿元。其中土地收入125亿元。加上转移性收入33亿元: to what the sentence before the last tells.
        opened = wording.among.match(passage.sentence_text(number).lstrip()) is not None
        previous = previous if opened else claims
        going_on = _GoingOn() if added_on else _read_on(going_on, claims, opened=opened)
    yield from among(passage, wording)
    yield from columns(several, wording)
    for claims in several:
        yield from within_whole(passage, claims, wording)
        yield from within_named(passage, claims, wording)
    for claims in several:
        yield from aligned(passage, claims, wording)
        yield from done_and_undone(passage, claims, wording)
        yield from divided(passage, claims, wording)
        yield from silent(claims, wording)
        yield from composed(claims, wording)
        yield from standards(claims, wording)


def _carried_over(claims: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a sentence is `年初结转86万元，收入总计2299万元`, which adds to what the one before tells."""
    carried, total = claims[0], claims[1] if len(claims) > 1 else None
    stocks = carried.account in ("opening", "closing") and total is not None
    return stocks and total is not None and wording.with_carried_over.fullmatch(total.before) is not None


def _read_on(before: _GoingOn, claims: Sequence[Claim], *, opened: bool) -> _GoingOn:
    """Return what the next sentence may add to: the wholes alone once their list is complete, in one sentence or in several."""
    if not opened and not before.listed:
        return _GoingOn(claims, earlier=[*before.wholes, *before.earlier][:_MOST_LISTED])
    listed = [*before.listed, *claims][-_MOST_LISTED:]
    complete = any(
        addable(whole) and ties(whole, [c for c in listed if addable(c) and same_kind(c, whole)]) is Tie.FIRM
        for whole in before.wholes[:_MOST_WHOLES]
    )
    return before._replace(listed=() if complete else listed)


def _found(kind: str, whole: Claim, parts: Sequence[Claim]) -> Found:
    if kind == "narrative.part":
        return Found(kind, place(kind, whole, {"whole": whole.fact, "parts": facts(parts)}))
    return Found(kind, place(kind, whole, {"total": whole.fact, "parts": facts(parts)}, suffix=f"sum{len(parts)}"))
