"""By how much a whole grew, from how much each of its parts did: what each was a year before adds up as well.

Comes in: passages of claims, the totals and the changes found before. Goes out: places that state a growth rate. Only income
and spending are weighed: what an industry made grows at the prices of another year.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.places import Found, computed
from validator.rules.narrative.subjects import base_words
from validator.rules.tables import Tie, tie

_FLOWS = ("income", "spending")
_MOST_PARTS = 8


def weighed(passages: Sequence[Passage], totals: Sequence[Found], told: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield `收入210亿元，增长5%，其中：税收130亿元，增长8.3%；非税80亿元，增长0%`, but growth whose path is `told` already."""
    at = {claim.fact.pointer.path: (passage, n) for passage in passages for n, claim in enumerate(passage.claims)}
    seen: set[str] = set()
    for found in totals:
        whole, parts = found.place.names.get("total"), found.place.names.get("parts")
        if found.kind != "narrative.total" or not isinstance(whole, Fact) or not isinstance(parts, tuple):
            continue
        figures = [at[fact.pointer.path] for fact in (whole, *parts) if isinstance(fact, Fact) and fact.pointer.path in at]
        if (
            not len(parts) < len(figures) <= _MOST_PARTS + 1
            or tie(whole, [f for f in parts if isinstance(f, Fact)]) is not Tie.FIRM
        ):
            continue
        pairs = [_grown(passage, n, wording) for passage, n in figures]
        known = [pair for pair in pairs if pair is not None]
        if len(known) < len(pairs) or known[0][0].account not in _FLOWS:
            continue
        (_, growth), *of_parts = known
        last_year = next(iter(wording.data.comparisons.bases))
        bases = {base_words(rate.before, wording) or last_year for _, rate in known}
        if len(bases) == 1 and growth.fact.pointer.path not in {*told, *seen}:
            seen.add(growth.fact.pointer.path)
            yield _of_parts(known[0][0], growth, of_parts)


def _grown(passage: Passage, n: int, wording: Wording) -> tuple[Claim, Claim] | None:
    """Return a figure with its growth, which stands right behind it."""
    claim, rate = passage.claims[n], passage.claims[n + 1] if n + 1 < len(passage.claims) else None
    if rate is None or rate.kind != "growth" or not rate.usable or rate.bracket != claim.bracket:
        return None
    near = rate.sentence == claim.sentence and rate.clause - claim.clause <= 1
    return (claim, rate) if near and not wording.other_basis.search(rate.before) else None


def _of_parts(whole: Claim, growth: Claim, parts: Sequence[tuple[Claim, Claim]]) -> Found:
    values = {"合计": whole.fact}
    earlier = []
    for n, (part, rate) in enumerate(parts, 1):
        values |= {f"分项{n}": part.fact, f"增减{n}": rate.fact}
        earlier.append(f"分项{n} / (1 {'+' if rate.sign > 0 else '-'} 增减{n})")
    ratio = f"合计 / ({' + '.join(earlier)})"
    return computed("narrative.growth", growth, f"{ratio} - 1" if growth.sign > 0 else f"1 - {ratio}", values, suffix="parts")
