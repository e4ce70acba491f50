"""How far a rate is from its standard: 低于95%的目标6.44个百分点; 比全省（7.7%）和全国（7.0%）分别高0.7、1.4个百分点.

So, too, how far two amounts are apart, whichever is larger: 支出2.05万元，年初预算2.95万元，差值0.9万元.

Comes in: the claims of a sentence. Goes out: places for the rules of changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, computed, follows, same_kind

_LEAD = 16
"""Characters before a standard in which the words of a comparison are looked for."""
_NEAR = 3
_PAIR = 2
_MOST = 4
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
        below, above = wording.under.search(words) is not None, wording.over.search(words) is not None
        if wording.better.search(words):
            below = rate.quantity.base < standard.quantity.base
            above = not below
        if not named or not near or not rate.usable or below == above:
            continue
        formula = "标准 - 实际" if below else "实际 - 标准"
        yield computed("narrative.change", stated, formula, {"标准": standard.fact, "实际": rate.fact})
    yield from _from_bracketed(passage, claims, wording)
    yield from _gaps(claims)


def _gaps(claims: Sequence[Claim]) -> Iterator[Found]:
    """Yield `支出2.05万元，年初预算2.95万元，差值0.9万元`: the larger of the two figures right before, less the other."""
    for one, other, gap in zip(claims, claims[1:], claims[2:], strict=False):
        levels = all(c.kind == "level" and c.usable and not c.bracket and same_kind(c, gap) for c in (one, other))
        beside = gap.sentence == other.sentence == one.sentence and gap.clause - other.clause == other.clause - one.clause == 1
        if gap.kind == "gap" and gap.usable and levels and beside:
            large, small = sorted((one, other), key=lambda c: c.quantity.base, reverse=True)
            yield computed("narrative.change", gap, "大数 - 小数", {"大数": large.fact, "小数": small.fact})


def _from_bracketed(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the distances of a rate from those told in brackets right before: as many, in their order.

    Where the sentence tells several rates before, they are held to one that they follow from, or to the one right before.
    """
    for n, first in enumerate(claims):
        if first.kind != "points-change" or first.bracket or (n and claims[n - 1].kind == "points-change"):
            continue
        apart = [c for c in claims[n : n + _MOST] if c.kind == "points-change" and c.clause == first.clause and c.usable]
        standards = claims[max(0, n - len(apart)) : n]
        if not apart or len(standards) < len(apart) or not all(_is_bracketed(c, first, passage) for c in standards):
            continue
        start = passage.brackets[standards[0].bracket].start
        lead = _MARK.split(passage.text[max(0, start - _LEAD) : start])[-1]
        words = lead + passage.text[passage.brackets[standards[-1].bracket].end : first.start]
        below, above = wording.under.search(words), wording.over.search(words)
        compared = wording.beside.search(lead) or wording.under.search(lead) or wording.over.search(lead)
        if compared is None or bool(below) == bool(above):
            continue
        rates = [c for c in claims[: n - len(apart)] if c.dimension == "ratio" and not c.bracket and c.kind != "points-change"]
        named = lead[: compared.start()]
        near = [c for c in rates if first.clause - c.clause <= _NEAR and c.usable and c.sign > 0 and _names(named, c, wording)]
        fitting = [rate for rate in near[::-1] if _all_apart(apart, standards, rate, below=bool(below))]
        sure = fitting or (near if len(rates) == 1 else [c for c in near[-1:] if first.clause - c.clause == 1])
        formula = "标准 - 实际" if below else "实际 - 标准"
        for stated, standard in zip(apart, standards, strict=True) if sure else ():
            yield computed("narrative.change", stated, formula, {"标准": standard.fact, "实际": sure[0].fact})


def _is_bracketed(standard: Claim, apart: Claim, passage: Passage) -> bool:
    """Tell whether a rate stands alone in a bracket of the clause."""
    bracket = passage.brackets[standard.bracket]
    alone = bracket.start + 1 == standard.start and standard.end + 1 >= bracket.end
    return standard.bracket > 0 and alone and standard.dimension == "ratio" and standard.clause == apart.clause


def _names(name: str, rate: Claim, wording: Wording) -> bool:
    """Tell whether the words before a comparison may name a rate: 增幅 that of 增长8.4%, 合格率 itself, and no words any."""
    moves = (*wording.data.changes.up, *wording.data.changes.down)
    return not name or rate.before.endswith(name[-_PAIR:]) or (rate.kind == "growth" and name.endswith(moves))


def _all_apart(apart: Sequence[Claim], standards: Sequence[Claim], rate: Claim, *, below: bool) -> bool:
    def more_than(standard: Claim) -> Sequence[Claim]:
        return (standard, rate) if below else (rate, standard)

    pairs = zip(apart, standards, strict=True)
    return all(follows(stated, more_than(standard), lambda b: b[0] - b[1]) for stated, standard in pairs)
