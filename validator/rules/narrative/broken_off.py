"""Lists that the end of a text breaks off: 其中：人员90万元，公用 – what follows would be more of them.

Comes in: the passages of a document, and what they state. Goes out: which figures the last sentence tells where no mark ends
it, and which relations hold these to be all parts of a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from validator.facts.claims import Passage
from validator.model.fact import Fact
from validator.rules.narrative.places import Found
from validator.rules.tables import Tie, tie

_ENDS = tuple("。！？!?；;：:…)）”")
_SEMICOLONS = ("；", ";")
_LISTS = ("narrative.total", "narrative.rest")


def broken_off(passages: Sequence[Passage]) -> frozenset[str]:
    """Return the paths of the figures in the last sentence of a document, where the text ends in the middle of it.

    A line before that ends with a semicolon goes on with the last one.
    """
    last = passages[-1] if passages else None
    if last is None or last.in_table or last.text.rstrip().endswith(_ENDS):
        return frozenset()
    number = len(last.sentences) - 1
    above = passages[-2].claims if len(passages) > 1 and passages[-2].text.rstrip().endswith(_SEMICOLONS) else ()
    return frozenset(c.fact.pointer.path for c in (*above, *(c for c in last.claims if c.sentence == number)))


def goes_on(found: Found, last: frozenset[str]) -> bool:
    """Tell whether the parts of a whole fall short of it with a list of which more may follow."""
    names: Any = found.place.names
    parts: Sequence[Fact] = names["parts"] if found.kind in _LISTS else ()
    if not parts or parts[-1].pointer.path not in last or tie(names["total"], parts) in (Tie.FIRM, Tie.LOOSE):
        return False
    figures = [part.quantity.base for part in parts if part.quantity is not None]
    whole = names["total"].quantity
    return whole is not None and sum(figures, Decimal(0)) < whole.base
