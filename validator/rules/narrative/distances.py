"""How far a rate is from its standard: 低于95%的目标6.44个百分点.

Comes in: the claims of a sentence. Goes out: places for the rules of changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, computed

_LEAD = 16
"""Characters before a standard in which the words of a comparison are looked for."""
_MARK = re.compile(r"[，,。；;：:()]")


def distances(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `参保率88.56%，低于95%的目标6.44个百分点` and the like: a rate, a standard, and how far they are apart."""
    for n in range(2, len(claims)):
        stated, last, first = claims[n], claims[n - 1], claims[n - 2]
        if "points-change" in (last.kind, first.kind) or last.quantity.unit == stated.quantity.unit:
            continue
        if stated.kind != "points-change" or not stated.usable or last.dimension != "ratio" or first.dimension != "ratio":
            continue
        if stated.clause == last.clause:
            rate, standard = first, last
            lead = _MARK.split(passage.text[max(0, standard.start - _LEAD) : standard.start])[-1]
            words = lead + passage.text[standard.end : stated.start]
            named = wording.beside.search(lead) or wording.under.search(lead) or wording.over.search(lead)
            near = standard.clause - rate.clause <= 1 and rate.kind in ("rate", "percent", "share")
        else:
            standard, rate = first, last
            words = stated.before
            named = wording.to_target.search(words)
            aimed = wording.told_target.search(wording.lead_comparison.sub("", standard.before))
            # 完成目标任务117.59%: what was done of another target is no standard.
            aimed = aimed if not wording.of_target.search(standard.before) else None
            near = bool(aimed) and stated.clause - rate.clause == 1 and rate.clause - standard.clause <= 1
        below, above = wording.under.search(words), wording.over.search(words)
        if not named or not near or not rate.usable or bool(below) == bool(above):
            continue
        formula = "标准 - 实际" if below else "实际 - 标准"
        yield computed("narrative.change", stated, formula, {"标准": standard.fact, "实际": rate.fact})
