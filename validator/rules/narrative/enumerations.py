"""Lists whose items are counted off: 一是…二是…, (一)…(二)…, 1、…2、…, each with a figure of its own.

Comes in: a passage of claims. Goes out: the whole that stands before the colon with the figure of each item. Whether they are
parts of it is judged in `totals`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.parts import but_listed
from validator.rules.narrative.places import NUMERALS, addable, same_kind

_COLONS = frozenset(":：")
_FEWEST = 2
_MOST_FIGURES = 12
"""Figures of one item that are looked at."""
_LONGEST_ITEM = 400
_MOST_BETWEEN = 40
"""Characters between a whole and the colon."""
_HEADING = re.compile(r"。[^，,。；;]{2,16}")
"""A few words of their own before the colon: 。具体安排如下."""


class Enumeration(NamedTuple):
    """A whole with the items behind its colon."""

    whole: Claim
    parts: Sequence[Claim]
    choice: bool
    """Whether a word like 主要用于 says that the items need not be all."""
    sure: bool
    """Whether each item tells one figure of the kind only, and nothing says that the items are other than parts."""


class _Item(NamedTuple):
    style: str
    number: int
    start: int
    """Where the number stands."""
    end: int


def enumerations(passage: Passage, wording: Wording) -> Iterator[Enumeration]:
    """Yield each list of counted items behind a figure and a colon."""
    items = [
        _Item(found.lastgroup or "", _number(found[found.lastgroup or 0]), found.start(), found.end())
        for found in wording.counted_item.finditer(passage.text)
    ]
    starts = [claim.start for claim in passage.claims]
    for n, first in enumerate(items):
        if first.number != 1 or passage.text[first.start - 1] not in _COLONS:
            continue
        run = [first]
        for item in items[n + 1 :]:
            if item.style == first.style and item.number == 1:
                break
            if item.style == first.style and item.number == run[-1].number + 1:
                run.append(item)
        found = _listed(passage, run, starts, wording) if len(run) >= _FEWEST else None
        if found is not None:
            yield found


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return NUMERALS.index(text) + 1 if len(text) == 1 else 0


def _listed(passage: Passage, run: Sequence[_Item], starts: Sequence[int], wording: Wording) -> Enumeration | None:
    colon = run[0].start - 1
    before = bisect_left(starts, colon) - 1
    whole = passage.claims[before] if before >= 0 else None
    if whole is None or not addable(whole) or whole.bracket or wording.past.search(whole.before):
        return None
    between = passage.text[whole.end : colon]
    if _HEADING.fullmatch(between) and wording.lists_parts.search(between):
        told_with = [c for c in reversed(passage.claims[: before + 1]) if c.sentence == whole.sentence and same_kind(c, whole)]
        if whole not in but_listed(told_with, passage, wording):
            return None
        between = between.removeprefix("。")
    told = not between.strip() or wording.lists_parts.search(between) is not None
    if len(between) > _MOST_BETWEEN or "。" in between.rstrip("。" if wording.opener.search(between) else ""):
        return None
    ends = [item.start for item in run[1:]] + [_end(passage, run[-1].end)]
    parts: list[Claim] = []
    single = True
    for item, end in zip(run, ends, strict=True):
        place = bisect_left(starts, item.end)
        own = passage.claims[place : place + _MOST_FIGURES]
        alike = [c for c in own if c.start < end and not c.bracket and addable(c) and same_kind(c, whole)]
        alike = [c for c in alike if c.role == whole.role] or alike
        if not alike or wording.past.search(alike[0].before) or (parts and wording.opener.match(alike[0].before)):
            return None
        if wording.no_part.search(alike[0].before + alike[0].after):
            continue
        parts.append(alike[0])
        single = single and len(alike) == 1
    if len(parts) < _FEWEST:
        return None
    opener = wording.opener.search(between)
    return Enumeration(whole, parts, opener is not None and opener["open"] is not None, single and told)


def _end(passage: Passage, start: int) -> int:
    """Return where the last item ends: at the first semicolon, stop or new line."""
    limit = min(start + _LONGEST_ITEM, len(passage.text))
    return min((place for mark in ";；。\n" if (place := passage.text.find(mark, start, limit)) >= 0), default=limit)
