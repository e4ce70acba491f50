"""Budgets that are adjusted line by line: 总收入由403万元调整为433万元。/ 本级收入由131万元调整为132万元。/ 转移性收入由….

Comes in: passages of claims. Goes out: the figures of a line before and after, and its change, as sums of those of the lines
below it. Nothing says which lines these are: they are those of which two of the three columns add up, so that the third must.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.changes import added_up
from validator.rules.narrative.movements import from_to
from validator.rules.narrative.places import Found, addable, facts, near, place, same_kind, ties
from validator.rules.tables import Tie

_MOST = 12
"""Lines that make up one."""
_PAIR = 2
_APART = 3
"""So many paragraphs may stand between two lines."""


class _Line(NamedTuple):
    """A figure before and after, and by how much it changed where that is told."""

    start: Claim
    end: Claim
    change: Claim | None
    passage: int


def adjusted(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each line with those below that it is the sum of."""
    lines = [line for passage in passages if passage.prose for line in _lines(passage, wording)]
    last = list(range(len(lines)))  # the last line below each that belongs to it
    for n in range(len(lines) - 2, -1, -1):
        below: list[_Line] = []
        at = n + 1
        while at < len(lines) and len(below) < _MOST and lines[at].passage - lines[at - 1].passage <= _APART:
            below.append(lines[at])
            at = last[at] + 1
            sums = _sums(lines[n], below) if len(below) >= _PAIR else ()
            if sums:
                last[n] = at - 1
                yield from sums
                break


def _lines(passage: Passage, wording: Wording) -> Iterator[_Line]:
    at = {claim.start: n for n, claim in enumerate(passage.claims)}
    for _, claims in passage.by_sentence:
        for start, end in from_to(passage, claims, wording):
            if not (addable(start) and addable(end) and same_kind(start, end)) or start.bracket:
                continue
            following = passage.claims[at[end.start] + 1 : at[end.start] + 2]
            change = next((told for c in following if (told := _change(c, end, wording)) is not None), None)
            yield _Line(start, end, change, passage.index)


def _change(claim: Claim, end: Claim, wording: Wording) -> Claim | None:
    """Return what is told right behind as the change, with its direction."""
    if claim.clause - end.clause != 1 or not claim.usable or not same_kind(claim, end) or claim.bracket:
        return None
    turned = (claim.before in wording.data.moves.raised) - (claim.before in wording.data.moves.lowered)
    if turned:
        return claim._replace(sign=turned)
    return claim if claim.kind == "change" else None


def _sums(line: _Line, below: Sequence[_Line]) -> Sequence[Found]:
    """Return the three columns of lines, if two of them add up."""
    starts, ends = [one.start for one in below], [one.end for one in below]
    changes = [one.change for one in below if one.change is not None]
    columns = [(line.start, starts), (line.end, ends)]
    if not all(same_kind(whole, part) for whole, parts in columns for part in parts):
        return ()
    firm = [near(whole, parts) and ties(whole, parts) is Tie.FIRM for whole, parts in columns]
    changed = line.change is not None and len(changes) == len(below)
    moved = line.change is not None and changed and _adds_up(line.change, changes)
    if sum((*firm, moved)) < _PAIR:
        return ()
    found = [
        Found("narrative.total", place("narrative.total", whole, {"total": whole.fact, "parts": facts(parts)}, suffix="lines"))
        for whole, parts in columns
    ]
    return [*found, *(added_up("narrative.changes", line.change, changes) if line.change is not None and changed else ())]


def _adds_up(whole: Claim, parts: Sequence[Claim]) -> bool:
    return sum(part.sign * part.quantity.base for part in parts) == whole.sign * whole.quantity.base
