"""Parts and wholes in prose: 其中, brackets, 共计, 分别为, and lists that add up without any of these words.

Comes in: a passage of claims. Goes out: places for the rules of totals, each relation once however many words tell it. A list
that need not be complete is never held to be a total; what the words leave open passes where some fair reading adds up, and
is left alone where none does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.aligned import aligned, divided, done_and_undone, silent
from validator.rules.narrative.columns import columns
from validator.rules.narrative.lists import Relation
from validator.rules.narrative.opened import among, behind_colons, bracketed, counted_off, within_whole
from validator.rules.narrative.places import Found, facts, place
from validator.rules.narrative.standards import standards
from validator.rules.narrative.sums import closed_behind, summed


def totals(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield every relation of parts and whole in a passage."""
    told: set[tuple[str, frozenset[str]]] = set()
    for found in _all(passage, wording):
        whole, parts = found[1], found[2]
        key = whole.fact.pointer.path, frozenset(part.fact.pointer.path for part in parts)
        if key in told:
            continue
        told.add(key)
        yield _found(*found)


def _all(passage: Passage, wording: Wording) -> Iterator[Relation]:
    several = [claims for _, claims in passage.by_sentence if len(claims) > 1]
    yield from bracketed(passage, wording)
    yield from counted_off(passage, wording)
    yield from behind_colons(passage, several, wording)
    previous: Sequence[Claim] = ()
    for number, claims in passage.by_sentence:
        added_on = wording.added_on.match(passage.sentence_text(number).lstrip()) is not None
        yield from summed(claims, wording, previous if added_on else None)
        if previous and not added_on and previous[-1].sentence == number - 1:
            yield from closed_behind(passage, previous, claims, wording)
        # 收入130亿元。其中土地收入125亿元。加上转移性收入33亿元: to what the sentence before the last tells.
        opened = wording.among.match(passage.sentence_text(number).lstrip()) is not None
        previous = previous if opened else claims
    yield from among(passage, wording)
    yield from columns(several, wording)
    for claims in several:
        yield from within_whole(passage, claims, wording)
    for claims in several:
        yield from aligned(passage, claims, wording)
        yield from done_and_undone(passage, claims, wording)
        yield from divided(passage, claims, wording)
        yield from silent(claims, wording)
        yield from standards(claims, wording)


def _found(kind: str, whole: Claim, parts: Sequence[Claim]) -> Found:
    if kind == "narrative.part":
        return Found(kind, place(kind, whole, {"whole": whole.fact, "parts": facts(parts)}))
    return Found(kind, place(kind, whole, {"total": whole.fact, "parts": facts(parts)}, suffix=f"sum{len(parts)}"))
