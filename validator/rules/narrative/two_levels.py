"""The account of an area, told again for its two levels: 全国收入1595亿元 / 中央收入723亿元 / 地方本级收入872亿元.

Comes in: passages of claims, the lists told already. Goes out: places for the rule of totals. The names of all three are the
same but for the words of the area and of the level. Where several figures have the name of the lower level, as with what it
received from above, it is the one that makes the whole; but for one wrong digit only where it is the only one, and where what
is lacking is told nowhere: 开发区3亿元.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.attended import figures_of
from validator.rules.narrative.lists import mistaken
from validator.rules.narrative.places import Found, addable, facts, near, place, same_kind, ties, total_of
from validator.rules.tables import Tie

_DIGITS = 4
"""Digits of a figure that two others make by no chance."""
_FAR = 24
"""Paragraphs from the account of the area to those of its levels."""
_SIDES = ("income", "spending")


@dataclass(slots=True)
class _Account:
    """The account of an area, and what is told of its levels since."""

    whole: Claim
    at: int
    upper: dict[tuple[str, str], Claim] = field(default_factory=dict)
    lower: dict[tuple[str, str], list[Claim]] = field(default_factory=dict)


def two_levels(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each account of an area with those of its two levels, but those that are `told`."""
    if not any(
        word in passage.text for passage in passages for pair in wording.data.accounts.divided_by_level for word in pair
    ):
        return
    known = {figures_of(found) for found in told}
    for account in _accounts(passages, wording):
        yield from (found for found in _made(account, passages) if figures_of(found) not in known)


def _accounts(passages: Sequence[Passage], wording: Wording) -> Iterator[_Account]:
    """Yield the accounts of areas with what is told of their levels behind them."""
    accounts: dict[str, _Account] = {}
    for passage in passages:
        last: tuple[Claim, list[Claim]] | None = None
        for claim in passage.claims if passage.prose and not passage.in_table else ():
            if not _may_be_one(claim, wording):
                continue
            level = _level(claim, wording)
            name = _name(claim, level[1] if level else "", wording)
            area = wording.area.match(claim.noun)
            if level is not None and name in accounts and passage.index - accounts[name].at <= _FAR:
                pair, word = level
                if word == pair[0]:
                    accounts[name].upper.setdefault(pair, claim)
                    continue
                lower = accounts[name].lower.setdefault(pair, [])
                lower.append(claim)
                last = claim, lower
            elif level is None and last is not None and last[0].sentence == claim.sentence:
                last[1].append(claim)  # 地方收入1466亿元，其中，本级收入872亿元
            elif level is None and area is not None:
                if name in accounts:
                    yield accounts[name]
                accounts[name] = _Account(claim, passage.index)
    yield from accounts.values()


def _made(account: _Account, passages: Sequence[Passage]) -> Iterator[Found]:
    """Yield the two figures that make an account, or would but for one digit."""
    whole = account.whole
    for pair, upper in account.upper.items():
        below = [c for c in account.lower.get(pair, ()) if near(whole, [upper, c]) and _of_one_year(whole, upper, c)]
        below = [
            c for c in below if same_kind(c, whole) and same_kind(upper, whole) and c.account == upper.account == whole.account
        ]
        lower = next((c for c in below if ties(whole, [upper, c]) is Tie.FIRM), None)
        if lower is None and len(below) == 1 and mistaken(whole, [upper, below[0]]):
            gap = abs(whole.quantity.base - total_of([upper, below[0]]))
            lower = None if any(c.quantity.base == gap for passage in passages for c in passage.claims) else below[0]
        if lower is not None:
            values = {"total": whole.fact, "parts": facts([upper, lower])}
            yield Found("narrative.total", place("narrative.total", whole, values, suffix=f"levels{upper.start}"))
            return


def _may_be_one(claim: Claim, wording: Wording) -> bool:
    return (
        len(claim.quantity.value.as_tuple().digits) >= _DIGITS
        and addable(claim)
        and claim.account in _SIDES
        and not claim.bracket
        and not wording.past.search(claim.before)
        and not wording.total.search(claim.noun)
    )


def _level(claim: Claim, wording: Wording) -> tuple[tuple[str, str], str] | None:
    """Return the pair of levels of which a name has one, and that one; none for a transfer from one to the other."""
    told = [(pair, word) for pair in wording.data.accounts.divided_by_level for word in pair if word in claim.noun]
    pairs = {pair for pair, _ in told}
    return told[0] if len(told) == len(pairs) and told else None


def _name(claim: Claim, level: str, wording: Wording) -> str:
    """Return a name without its area, its level and its time."""
    name = claim.noun.replace(level, "") if level else claim.noun
    return wording.account_ending.sub("", wording.timeless(wording.area.sub("", name)))


def _of_one_year(*told: Claim) -> bool:
    return len({claim.year for claim in told} - {None}) <= 1
