"""Names that a text lists beside how many there are: 事业单位3个，即甲中心、乙中心、丙所; 内设甲科、乙科、丙科3个科室.

Comes in: passages of claims. Goes out: places that hold the number against the list. A name may hold 、 or 和 itself, so a list
may seem longer than it is, and never shorter: only one that is too short for its number disagrees with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact, Pointer
from validator.model.quantity import Quantity, Reading, State
from validator.rules.narrative.places import Found, place

_MOST, _FEWEST, _PAIR = 40, 3, 2
_LONGEST = 1000
"""Characters of a list."""
_SHOWN = 60
"""Characters of a list that are shown."""
_NAME = re.compile(r"[^，,。；;：:、\d%]{2,25}")
_BRACKETED = re.compile(r"\([^()]*\)")
_STOP = re.compile(r"[。；;，,\n]")
_SEPARATOR = "、"


def listed_names(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each number of things with the names beside it, as far as these are a list."""
    for passage in passages:
        if not passage.prose or _SEPARATOR not in passage.text:
            continue
        for claim in passage.claims:
            counted = claim.kind == "level" and claim.usable and claim.dimension.startswith("count") and not claim.bracket
            if not counted or not _PAIR <= claim.quantity.value <= _MOST:
                continue
            start, end, sure = _behind(passage, claim, wording) or _ahead(passage, claim, wording) or (0, 0, False)
            names = _names(passage.text[start:end], wording)
            if not names:
                continue
            fewest, most = names
            number = int(claim.quantity.value)
            if fewest <= number <= most:
                yield _found(passage, claim, number, start, end)
            elif sure and _FEWEST <= most < number:
                yield _found(passage, claim, most, start, end)


def _behind(passage: Passage, claim: Claim, wording: Wording) -> tuple[int, int, bool] | None:
    """Return where the list behind a number is, and that it is all there is: 10个，即…。, 3个，分别为…。"""
    opened = wording.names_behind.match(passage.text, claim.end)
    stop = _STOP.search(passage.text, opened.end(), opened.end() + _LONGEST) if opened else None
    if not opened or not stop:
        return None
    nested = any(_SEPARATOR in found.group() for found in _BRACKETED.finditer(passage.text, opened.end(), stop.start()))
    return opened.end(), stop.start(), stop.group() not in "，," and not nested


def _ahead(passage: Passage, claim: Claim, wording: Wording) -> tuple[int, int, bool] | None:
    """Return where the list right before a number is, behind a word like 内设; it may be a choice."""
    low = max(passage.sentences[claim.sentence][0], claim.start - _LONGEST)
    pieces = [low, *(mark.end() for mark in _STOP.finditer(passage.text, low, claim.start))]
    opened = wording.names_ahead.search(passage.text, pieces[-1], claim.start)
    return (opened.end(), claim.start, False) if opened else None


def _names(text: str, wording: Wording) -> tuple[int, int] | None:
    """Return how many names a list has at least and at most; None where it is none, or goes on."""
    plain = _BRACKETED.sub("", text).replace(" ", "").strip("“”\"'")
    pieces = plain.split(_SEPARATOR)
    if len(pieces) < _PAIR or wording.goes_on.search(plain) or not all(map(_NAME.fullmatch, pieces)):
        return None
    return len(pieces), len(pieces) + sum(len(wording.joins_names.findall(piece)) for piece in pieces)


def _found(passage: Passage, claim: Claim, listed: int, start: int, end: int) -> Found:
    text = passage.text[start:end]
    quantity = Quantity(Decimal(listed), Decimal(0), claim.quantity.unit, f"{listed}{claim.quantity.unit.name}")
    path = f"{claim.fact.pointer.path}.names"
    shown = f"{quantity.text}（{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}）"
    pointer = Pointer(path, passage.at(start, end), shown, claim.fact.pointer.row_label, claim.noun)
    names = Fact(Reading(State.NUMBER, quantity.text, quantity), pointer)
    return Found("narrative.listed", place("narrative.listed", claim, {"number": claim.fact, "listed": names}))
