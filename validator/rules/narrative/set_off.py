"""What is left of both sides of an account, or lacks, once one is set off against the other: 收支相抵，年终结余60万元.

Comes in: passages of claims, the sums and balances found before. Goes out: places for the rule of balances. The sides are told
in the lines before, by their totals, or else by all that came and went in one sentence. Beside totals that don't hold what was
there at the beginning nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import Found, addable, computed, follows, same_kind, total_interval

_MOST = 40
"""So many amounts back the two sides are looked for."""
_CLOSING = ("closing", "plain", "surplus")
_MOST_ITEMS = 8


class _Sides(NamedTuple):
    """What came and what went, and whether the words leave no doubt that it is all."""

    income: Sequence[Claim]
    spending: Sequence[Claim]
    sure: bool


def set_off(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each such balance with the figures it follows from, unless it is `told` as a balance already."""
    known = {f.place.pointer.path for f in told if f.kind == "narrative.balance" and f.place.pointer}
    added = {path for found in told if found.kind == "narrative.total" for path in _parts(found)}
    block: list[Claim] = []
    for passage in passages:
        for number, claims in passage.by_sentence if passage.prose else ():
            start = passage.sentences[number][0]
            for claim in claims:
                if not addable(claim) or claim.dimension != "money" or claim.bracket:
                    continue
                if wording.deficit.search(claim.before):
                    if wording.set_off.search(passage.text, start, claim.start):
                        yield from _lacking(claim, block, wording)
                    block = []
                    continue
                if claim.account not in _CLOSING:
                    block.append(claim)
                    del block[:-_MOST]
                    continue
                said = wording.set_off.search(passage.text, start, claim.start) is not None
                sides = _sides(claim, block, added, wording, said=said)
                if sides is not None and claim.fact.pointer.path not in known:
                    yield from _left(claim, sides)
                block = []


def _parts(found: Found) -> Iterator[str]:
    parts = found.place.names.get("parts")
    yield from (part.pointer.path for part in parts if isinstance(part, Fact)) if isinstance(parts, tuple) else ()


def _sides(claim: Claim, block: Sequence[Claim], added: Collection[str], wording: Wording, *, said: bool) -> _Sides | None:
    """Return what a balance may be left of: `said` to be, or told right behind the totals of both sides."""
    words = {"income": wording.all_income, "spending": wording.all_spending}
    sides = [
        [c for c in block if (c.account == side and wording.total.search(c.before)) or in_all.search(c.before)]
        for side, in_all in words.items()
    ]
    if all(sides):
        last = max(sides[0][-1], sides[1][-1], key=block.index)
        behind = last is block[-1]
        bare = wording.unspent.fullmatch(claim.before) is not None
        if not behind or not (said or bare) or not all(same_kind(side[-1], claim) for side in sides):
            return None
        opening = [c for c in block if c.account == "opening" and c.fact.pointer.path not in added]
        balanced = any(wording.with_carried_over.search(side[-1].before) for side in sides)
        one = len(sides[0]) == len(sides[1]) == 1
        return _Sides(sides[0][-1:], sides[1][-1:], said and one and not opening and not balanced)
    if not said or any(sides) or not block:
        return None
    items = [c for c in block if c.fact.pointer.path.partition("]")[0] == block[-1].fact.pointer.path.partition("]")[0]]
    items = [c for c in items if c.sentence == block[-1].sentence]
    went = [c for c in items if c.account == "spending"]
    known = all(c.account in ("income", "opening", "spending") and same_kind(c, claim) for c in items)
    listed = any(wording.opener.search(c.before) or wording.past.search(c.before) for c in items)
    if not known or listed or len(went) != 1 or not 1 < len(items) <= _MOST_ITEMS:
        return None
    return _Sides([c for c in items if c not in went], went, sure=went[0] is items[-1])


def _lacking(claim: Claim, block: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield what spending in all is more than income in all, each told once since the last balance.

    The only spending may be all of it.
    """
    sides = [[c for c in block if side.search(c.before)] for side in (wording.all_income, wording.all_spending)]
    if not sides[1]:
        went = [c for c in block if c.account == "spending"]
        sides[1] = [c for c in went if sides[0] and follows(claim, [c, sides[0][-1]], lambda b: b[0] - b[1])]
    if all(len(side) == 1 and same_kind(side[0], claim) for side in sides):
        (income,), (spending,) = sides
        values = {"支出": spending.fact, "收入": income.fact}
        yield computed("narrative.balance", claim, "支出 - 收入", values, suffix="lacking")


def _left(claim: Claim, sides: _Sides) -> Iterator[Found]:
    income, spending = sides.income, sides.spending
    holds = follows(claim, [*spending, *income], lambda b: total_interval(b[1:]) - b[0])
    if holds or sides.sure or (len(income) == 1 and mistaken(income[0], [*spending, claim])):
        names = ["收入"] if len(income) == 1 else [f"收入{n}" for n in range(1, len(income) + 1)]
        values = {**{name: c.fact for name, c in zip(names, income, strict=True)}, "支出": spending[0].fact}
        formula = " + ".join(names) + " - 支出"
        yield computed("narrative.balance", claim, formula, values, suffix="left")
