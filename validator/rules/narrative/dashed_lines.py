"""A figure with lines below it that dashes or dots begin: B、公用经费188万元。/ ——水费50万元。/ ——电费138万元。

Comes in: passages of claims, the lists that are told already. Goes out: the figure with the first one of each line. Dashes
count nothing, so that a line may be missing: lines that don't add up are held to their whole only where one digit does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import Found, addable, facts, near, place, same_kind, ties
from validator.rules.tables import Tie

_DASH = re.compile(r"\s*[-—–―─·•●○◆◇■□▪▶➢*]{1,8}\s*(?=[一-鿿“(])")
_PAIR = 2
_FEWEST = 3
_LINE = 40
"""Characters before the first figure of a line that name it."""
_LONG = 4


def dashed_lines(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each figure with those of the lines below it, but those that are `told`."""
    known = {found.place.pointer.path for found in told if found.place.pointer}
    run: list[Passage] = []
    heading: Passage | None = None
    for passage in passages:
        if _DASH.match(passage.text):
            run.append(passage)
            continue
        yield from (f for f in _below(heading, run, wording) if f.place.pointer and f.place.pointer.path not in known)
        heading, run = passage, []
    # A list that the document ends with may go on: it is one only where it adds up.
    yield from (f for f in _below(heading, run, wording, ends=False) if f.place.pointer and f.place.pointer.path not in known)


def _below(heading: Passage | None, run: Sequence[Passage], wording: Wording, *, ends: bool = True) -> Iterator[Found]:
    """Yield the last figure of a heading with the first figures of the lines."""
    parts = [part for line in run if (part := _first(line, wording)) is not None]
    if heading is None or not heading.prose or len(run) < _PAIR or len(parts) < len(run):
        return
    last = heading.claims[-1] if heading.claims else None
    if last is None or not addable(last) or last.bracket or wording.past.search(last.before):
        return
    if not all(same_kind(part, last) for part in parts) or not near(last, parts):
        return
    chosen = wording.opener.search(wording.among.sub("", heading.text[last.end :])) or any(
        part.after.startswith(wording.data.et_cetera) for part in parts
    )
    firm = ties(last, parts) is Tie.FIRM and (len(parts) >= _FEWEST or _in_long(last))
    if firm or (ends and not chosen and len(parts) >= _FEWEST and mistaken(last, parts)):
        values = {"total": last.fact, "parts": facts(parts)}
        yield Found("narrative.total", place("narrative.total", last, values, suffix=f"dashed{len(parts)}"))


def _first(line: Passage, wording: Wording) -> Claim | None:
    """Return the figure that a line begins with, of this year and no total."""
    one = line.claims[0] if line.prose and line.claims else None
    if one is None or not addable(one) or one.clause or one.bracket or one.start > _LINE or one.dimension != "money":
        return None
    return None if wording.past.search(one.before) or wording.total.search(one.before) else one


def _in_long(whole: Claim) -> bool:
    return len(whole.quantity.value.normalize().as_tuple().digits) >= _LONG
