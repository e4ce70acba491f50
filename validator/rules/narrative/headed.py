"""Parts of a total that numbered paragraphs tell again: 其中：甲收入90万元，乙收入60万元。/ ①甲收入：本年度共计90万元.

Comes in: passages of claims, the lists that add up, which figures are told again already. Goes out: places for the rule of
figures that are told again. Where the two differ by more than a slip of the pen, the paragraph may speak of something else.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.places import Found, addable
from validator.rules.narrative.repeats import same, slipped
from validator.rules.tables import Tie, tie

_ITEM = re.compile(r"\s*(?:[①-⑳]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d))\s*(?P<title>[^，,。；;:：]{0,30})")
_FEWEST = 3
"""Characters of a name that says what it is."""
_BACK = 12
"""So many paragraphs back the list is looked for."""


def headed(passages: Sequence[Passage], lists: Sequence[Found], told: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield the first figure of each numbered paragraph with the part of its name, but those whose path is `told`."""
    parts = dict(_parts(lists)) if any(_ITEM.match(passage.text) for passage in passages) else {}
    known: deque[tuple[int, str, Claim]] = deque()
    for passage in passages if parts else ():
        while known and passage.index - known[0][0] > _BACK:
            known.popleft()
        item = _ITEM.match(passage.text)
        first = next((c for c in passage.claims if addable(c)), None) if item and passage.prose else None
        if item is not None and first is not None and first.fact.pointer.path not in told and _is_its_own(first, wording):
            part = _named(item["title"], first, known)
            if part is not None and (_equal(first, part) or slipped(first, part)):
                yield same("narrative.same", first, part.fact)
        known += ((passage.index, c.noun, c) for c in passage.claims if c.fact.pointer.path in parts and len(c.noun) >= _FEWEST)


def _parts(lists: Sequence[Found]) -> Iterator[tuple[str, Fact]]:
    """Yield the parts of lists that add up, by their paths."""
    for found in lists:
        total, parts = found.place.names.get("total"), found.place.names.get("parts")
        if found.kind != "narrative.total" or not isinstance(total, Fact) or not isinstance(parts, tuple):
            continue
        facts = [part for part in parts if isinstance(part, Fact)]
        if tie(total, facts) is Tie.FIRM:
            yield from ((fact.pointer.path, fact) for fact in facts)


def _is_its_own(first: Claim, wording: Wording) -> bool:
    """Tell whether a figure is what its paragraph is about, and of this year."""
    return first.sentence == 0 and not first.bracket and not wording.past.search(first.before)


def _named(title: str, first: Claim, known: Collection[tuple[int, str, Claim]]) -> Claim | None:
    """Return the only part with the longest name that the title of a paragraph, or its figure, ends with."""
    fitting = [(name, c) for _, name, c in known if title.endswith(name) or first.noun.endswith(name)]
    longest = max((len(name) for name, _ in fitting), default=0)
    best = [c for name, c in fitting if len(name) == longest]
    one = len({c.quantity.base for c in best}) == 1 and best[-1].dimension == first.dimension
    years = one and (first.year is None or best[-1].year in (None, first.year))
    return best[-1] if years and best[-1].role in ("", first.role) else None


def _equal(one: Claim, other: Claim) -> bool:
    return one.quantity.base == other.quantity.base
