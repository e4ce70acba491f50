"""Lists that the end of a text breaks off: 其中：人员90万元，公用 – what follows would be more of them.

Comes in: the passages of a document, and what they state. Goes out: the figures of the last sentence where no mark ends
it, and which relations hold these to be all parts of a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from validator.facts.claims import Claim, Passage
from validator.model.fact import Fact
from validator.rules.narrative.places import Found
from validator.rules.tables import Tie, tie

_ENDS = tuple("。！？!?；;：:…)）”")
_SEMICOLONS = ("；", ";")
_LISTS = {
    "narrative.total": ("total", "parts"),
    "narrative.rest": ("total", "parts"),
    "narrative.score": ("stated", "各项"),
    "narrative.scores": ("stated", "各项"),
}
"""Which name of a relation is the whole, and which the list."""


def broken_off(passages: Sequence[Passage]) -> Sequence[Claim]:
    """Return the figures in the last sentence of a document, where the text ends in the middle of it.

    A line before that ends with a semicolon goes on with the last one.
    """
    last = passages[-1] if passages else None
    if last is None or last.in_table or last.text.rstrip().endswith(_ENDS):
        return ()
    number = len(last.sentences) - 1
    above = passages[-2].claims if len(passages) > 1 and passages[-2].text.rstrip().endswith(_SEMICOLONS) else ()
    return [*above, *(c for c in last.claims if c.sentence == number)]


def goes_on(found: Found, last: Sequence[Claim]) -> bool:
    """Tell whether the parts of a whole fall short of it with a list of which more may follow.

    A rate behind the last of parts that have none ends the list.
    """
    names: Any = found.place.names
    total, several = _LISTS.get(found.kind, ("", ""))
    parts: Sequence[Fact] = names.get(several, ())
    places = {c.fact.pointer.path: n for n, c in enumerate(last)}
    end = places.get(parts[-1].pointer.path) if parts else None
    if end is None or tie(names[total], parts) in (Tie.FIRM, Tie.LOOSE):
        return False
    start = places.get(parts[0].pointer.path, 0)
    rated = [any(c.dimension == "ratio" and not c.bracket for c in some) for some in (last[start:end], last[end:])]
    figures = [part.quantity.base for part in parts if part.quantity is not None]
    whole = names[total].quantity
    return rated != [False, True] and whole is not None and sum(figures, Decimal(0)) < whole.base
