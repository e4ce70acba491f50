"""Things that came in and were handed out: 接收口罩200只。… 200只口罩分别给甲村150只、乙村50只.

Comes in: a passage of claims. Goes out: places for the rule of totals, each lot that was handed out with what its receivers got
of it, and for that of figures told again, each lot with the one that came in. More than came in can't be handed out, but it may
be of another lot: only where all others are the same, so is that one. Less may be what has been handed out so far.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import Found, addable, facts, place, same_kind, ties, total_of
from validator.rules.narrative.repeats import same
from validator.rules.tables import Tie

_STOPS = "。；;"
_STOP = re.compile(f"[{_STOPS}]")
_PAIR = 2
_FEWEST = 3
"""Lots that are told alike, so that one that is not is told wrong."""


class _Lot(NamedTuple):
    """How many there are of a thing, and what it is."""

    claim: Claim
    thing: str
    shares: Sequence[Claim] = ()
    """What each receiver got of it."""


def handed_out(passage: Passage, told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each lot that was handed out with the shares of its receivers, unless `told`, and with the lot that came in."""
    if not wording.handed_on.search(passage.text):
        return
    came: list[Claim] = []
    lots: list[_Lot] = []
    for _, group in groupby(passage.claims, key=attrgetter("segment")):
        own = [c for c in group if not c.bracket]
        counted = [c for c in own if addable(c) and c.dimension.startswith("count")]
        start, end = _stretch(passage, own)
        taken, given = (pattern.search(passage.text, start, end) for pattern in (wording.taken_in, wording.handed_on))
        if given is None:
            came += [c for c in counted if taken and c.start > taken.start()]
        elif taken is None and not wording.in_stock.search(passage.text, start, end):
            lots += _lots(counted, given.start(), wording)
    pairs = list(_paired(came, lots, wording))
    wrong = _wrong_lot(pairs)
    known = {found.place.pointer.path for found in told if found.place.pointer and found.kind == "narrative.total"}
    for lot in lots:
        if len(lot.shares) < _PAIR or lot.claim.fact.pointer.path in known:
            continue
        # 甲校120套、乙校80套，另有运动服30套: what a comma sets off may be another thing.
        listed = all(passage.text[one.end] == "、" for one in lot.shares[:-1])
        above = listed and total_of(lot.shares) > lot.claim.quantity.base
        meant = wrong is not None and lot is wrong[1] and ties(wrong[0], lot.shares) is Tie.FIRM
        if ties(lot.claim, lot.shares) is Tie.FIRM or above or meant:
            values = {"total": lot.claim.fact, "parts": facts(lot.shares)}
            yield Found("narrative.total", place("narrative.total", lot.claim, values, suffix="shares"))
    for one, lot in pairs:
        if one.quantity.base == lot.claim.quantity.base or (wrong is not None and lot is wrong[1]):
            yield same("narrative.same", lot.claim, one.fact)


def _stretch(passage: Passage, own: Sequence[Claim]) -> tuple[int, int]:
    """Return where the words of a stretch between semicolons begin and end."""
    if not own:
        return 0, 0
    first, last = own[0].start, own[-1].end
    start = max(passage.text.rfind(mark, 0, first) for mark in _STOPS) + 1
    stop = _STOP.search(passage.text, last)
    return start, stop.start() if stop else len(passage.text)


def _lots(counted: Sequence[Claim], given: int, wording: Wording) -> Iterator[_Lot]:
    """Yield `30个测温枪和200只口罩分别发给…`: what stands before the word for handing out, with what stands behind it."""
    wholes = [c for c in counted if c.end <= given]
    behind = [c for c in counted if c.start >= given]
    for whole in wholes:
        thing = _thing(whole, wording)
        if len(thing) < _PAIR:
            continue
        shares = [c for c in behind if same_kind(c, whole)]
        named = all(not c.after or c.after.startswith(thing[-_PAIR:]) or c.after[:_PAIR] in thing for c in shares)
        alone = sum(same_kind(c, whole) for c in wholes) == 1
        # 发给甲校、乙校各100只: how many that is nobody says.
        apiece = any(c.before.endswith(wording.data.scores.apiece) for c in shares)
        shares = next((shares[:k] for k in range(len(shares), 1, -1) if ties(whole, shares[:k]) is Tie.FIRM), shares)
        yield _Lot(whole, thing, shares if named and alone and not apiece else ())


def _thing(claim: Claim, wording: Wording) -> str:
    """Return what stands right behind a number, up to what was done with it: 口罩 of 200只口罩已发放给."""
    following = claim.after
    cut = wording.behind_thing.search(following)
    return (following[: cut.start()] if cut else following).strip()


def _paired(came: Sequence[Claim], lots: Sequence[_Lot], wording: Wording) -> Iterator[tuple[Claim, _Lot]]:
    """Yield what came in with what was handed out, where a thing is told as often on either side, one after the other."""
    things: dict[tuple[str, str], list[_Lot]] = {}
    for lot in lots:
        things.setdefault((lot.thing[-_PAIR:], lot.claim.dimension), []).append(lot)
    for (name, dimension), own in things.items():
        told = [c for c in came if c.dimension == dimension]
        alike = [c for c in told if (_thing(c, wording) or c.before).endswith(name)]
        if len(alike) == len(own):
            yield from zip(alike, own, strict=True)


def _wrong_lot(pairs: Sequence[tuple[Claim, _Lot]]) -> tuple[Claim, _Lot] | None:
    """Return the only lot of several that is larger than the one that came in."""
    off = [(one, lot) for one, lot in pairs if lot.claim.quantity.base != one.quantity.base]
    above = len(off) == 1 and off[0][1].claim.quantity.base > off[0][0].quantity.base
    return off[0] if above and len(pairs) - 1 >= _FEWEST else None
