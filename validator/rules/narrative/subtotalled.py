"""Items between semicolons that each tell their own total: 共计90万元。其中甲项20户，每户2万元，共计40万元；乙项…，共计50万元.

Comes in: passages of claims, the lists that are told already. Goes out: places for the rule of totals. A word of a total ends
other lists; here it stands in the items themselves, each of which tells one figure of the kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.lists import PartList, judged
from validator.rules.narrative.parts import claims_before, is_compared
from validator.rules.narrative.places import Found, addable, facts, near, place, same_kind, ties
from validator.rules.tables import Tie

_PAIR, _SEVERAL = 2, 4


def subtotalled(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each whole with the totals of the items that 其中 lists of it, but those that are `told`."""
    known = {found.place.pointer.path for found in told if found.place.pointer}
    for passage in passages:
        for number, claims in passage.by_sentence if passage.prose else ():
            start, end = passage.sentences[number]
            opener = wording.among.search(passage.text, start, end)
            if opener is None or not any(wording.total.search(c.before) for c in claims if c.start > opener.start()):
                continue
            listed = [c for c in claims if c.start >= opener.end() and not c.bracket]
            items = _items(listed, wording)
            whole = _whole(passage, opener.start(), items, wording)
            if whole is None or whole.fact.pointer.path in known or not near(whole, items):
                continue
            # Two or three may be parts in two ways: 上半年共支付40万元；中央资金共计50万元. What has a price is apart.
            priced = {c.segment for c in listed if c.kind == "price"} == {item.segment for item in items}
            if ties(whole, items) is Tie.FIRM or priced or len(items) >= _SEVERAL:
                verdicts = judged(PartList(whole, items, listed=False, colon=False), passage, wording)
                yield from (_found(*verdict) for verdict in verdicts)


def _found(kind: str, whole: Claim, items: Sequence[Claim]) -> Found:
    name = "whole" if kind == "narrative.part" else "total"
    return Found(kind, place(kind, whole, {name: whole.fact, "parts": facts(items)}, suffix="subtotals"))


def _items(listed: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the only amount of each stretch between semicolons; nothing where one of them tells several, or none."""
    items: list[Claim] = []
    for _, group in groupby(listed, key=attrgetter("segment")):
        amounts = [c for c in group if c.kind == "level" and c.dimension == "money"]
        if len(amounts) != 1 or not addable(amounts[0]) or wording.past.search(amounts[0].before):
            return ()
        items += amounts
    several = len(items) >= _PAIR and any(wording.total.search(item.before) for item in items)
    return items if several and not wording.grand.search(items[-1].before) else ()


def _whole(passage: Passage, opened: int, items: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the last amount before the word that opens a list, in its sentence or the one before."""
    before = [c for c in claims_before(passage, opened) if items and not c.bracket and items[0].sentence - c.sentence <= 1]
    levels = [c for c in before if c.kind == "level" and same_kind(c, items[0])]
    whole = levels[-1] if levels else None
    fair = whole is not None and addable(whole) and not wording.past.search(whole.before)
    return whole if whole is not None and fair and not is_compared(whole, passage, wording) else None
