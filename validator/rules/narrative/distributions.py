"""Parts that each tell their share: 咨询500件，占62.5%；求助200件，占25%；…, in one sentence or in several.

Comes in: passages of claims, the rates that are told already. Goes out: places for the rule of rates. No word need say what the
shares are of: where all but one of them are of one whole, told before or the sum of the parts, the last one is held to it too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.divisions import division
from validator.rules.narrative.places import (
    Found,
    addable,
    facts,
    near,
    place,
    rate_of,
    ratio_follows,
    same_kind,
    ties,
    total_interval,
    total_of,
)
from validator.rules.narrative.shares import named_part, names_whole
from validator.rules.tables import Tie

_PAIR = 2
_MOST_WHOLES = 8
_MOST_PARTS = 24
_SENTENCES = 6
"""So many sentences back a whole is looked for."""
_HALF = Decimal("0.5")
_SLIGHT = Decimal("0.25")
_ONE_DIGIT = Decimal("1.5")
"""Units of the last digit, before rounding, that a figure is off which after it is off by one."""
_FINE = Decimal("0.0001")
_APART = 2
"""So many sentences may stand between two parts of a list."""


class _Item(NamedTuple):
    part: Claim
    share: Claim
    at: int
    """Number of its sentence in the document."""


class _List(NamedTuple):
    items: list[_Item]
    wholes: Sequence[Claim]
    """What is told before it, the nearest first."""
    named: str
    """What the shares are said to be of."""
    in_order: bool = False
    """Whether they are listed behind their parts, each in the place of its part."""


def distributions(passages: Sequence[Passage], told: Collection[str], wording: Wording) -> Iterator[Found]:
    """Yield each share of a list with its part and the whole, but those whose path is `told` already."""
    for listed in _lists(passages, wording):
        parts = [item.part for item in listed.items]
        known = any(item.share.fact.pointer.path in told for item in listed.items)
        yield from _other_whole(listed, parts, wording, known=known)
        for whole in _wholes(listed, parts, wording):
            for item in listed.items:
                # Whatever else gives one of them by chance, shares told in one breath are of one whole.
                other = not listed.in_order and any(
                    ratio_follows(item.share, [item.part], [c]) for c in (*parts, *listed.wholes) if c is not item.part
                )
                if item.share.fact.pointer.path in told or (other and not ratio_follows(item.share, [item.part], whole)):
                    continue
                if not _evened_out(item, whole, listed):
                    yield rate_of(item.share, [item.part], whole)


def not_of_their_sum(rated: Sequence[Found], passages: Sequence[Passage], wording: Wording) -> list[Found]:
    """Return rates but for shares of a list that are all of the sum of its parts, held to a whole with another before the list.

    受理600件，其中重复200件；有效件中咨询300件，占75%，求助100件，占25%: of a whole that is not told.
    """
    nearest: dict[str, str] = {}
    for listed in _lists(passages, wording):
        parts = [item.part for item in listed.items]
        if len(parts) >= _PAIR and _complete(listed.items) and _following(listed.items, parts) == len(parts) and listed.wholes:
            whole = listed.wholes[0]
            # 支出1000万元，其中待遇支出按险种：职工540万元，占60%；居民360万元，占40%: words between bring up another whole.
            apart = whole.sentence == parts[0].sentence and parts[0].clause - whole.clause > 1
            nearest.update((item.share.fact.pointer.path, "" if apart else whole.fact.pointer.path) for item in listed.items)
    return [found for found in rated if not _of_a_whole_behind(found, nearest)]


def _of_a_whole_behind(found: Found, nearest: Mapping[str, str]) -> bool:
    """Tell whether a share of a list is held to a figure that is not the nearest before the list, and not to its parts."""
    told = [fact.pointer.path for fact in _facts(found, "denominators")]
    rate = [fact.pointer.path for fact in _facts(found, "rate")]
    return (
        found.kind == "narrative.rate" and len(told) == 1 and nearest.get(rate[0], told[0]) != told[0] and not _follows(found)
    )


def _follows(found: Found) -> bool:
    sides = [
        [fact.quantity for fact in _facts(found, name) if fact.quantity] for name in ("rate", "numerators", "denominators")
    ]
    rate, above, below = ([quantity.interval for quantity in side] for side in sides)
    try:
        return bool(rate and above and below) and rate[0].meets(total_interval(above) / total_interval(below))
    except ZeroDivisionError:
        return False


def not_evened_out(told: Sequence[Found]) -> Iterator[Found]:
    """Yield rates but for shares of one whole that are off by their last digit only, so that together they make just 100 %."""
    of_whole: dict[tuple[str, ...], list[Found]] = {}
    for found in told:
        of_whole.setdefault(tuple(fact.pointer.path for fact in _facts(found, "denominators")), []).append(found)
    for found in told:
        others = of_whole[tuple(fact.pointer.path for fact in _facts(found, "denominators"))]
        if found.kind != "narrative.rate" or len(others) < _PAIR or not _make_one(others) or not _nearly(found):
            yield found


def _facts(found: Found, name: str) -> tuple[Fact, ...]:
    value = found.place.names.get(name)
    if isinstance(value, Fact):
        return (value,)
    return tuple(fact for fact in value if isinstance(fact, Fact)) if isinstance(value, tuple) else ()


def _make_one(told: Sequence[Found]) -> bool:
    """Tell whether shares, each of a part of its own, make just 100 %."""
    rates = [fact.quantity for found in told for fact in _facts(found, "rate") if fact.quantity is not None]
    parts = {fact.pointer.path for found in told for fact in _facts(found, "numerators")}
    return len(parts) == len(rates) and sum((rate.base for rate in rates), Decimal(0)) == 1


def _nearly(found: Found) -> bool:
    """Tell whether a rate is not what follows, but that rounded to its last digit is off by one only."""
    rate, *sides = (
        [fact.quantity for fact in _facts(found, name) if fact.quantity is not None]
        for name in ("rate", "numerators", "denominators")
    )
    if not all((rate, *sides)):
        return False
    above, below = (sum((quantity.base for quantity in side), Decimal(0)) for side in sides)
    if not below or rate[0].interval.meets(
        total_interval([quantity.interval for quantity in sides[0]]) / total_interval([q.interval for q in sides[1]])
    ):
        return False
    return abs(above / below - rate[0].base) <= _ONE_DIGIT * rate[0].step * rate[0].unit.factor


def _evened_out(item: _Item, whole: Sequence[Claim], listed: _List) -> bool:
    """Tell whether a share is off by its last digit only, so that the shares of a list make 100 %."""
    if ratio_follows(item.share, [item.part], whole) or not _complete(listed.items):
        return False
    share = item.share.quantity
    return abs(item.part.quantity.base / total_of(whole) - share.base) <= share.step * share.unit.factor


def _other_whole(listed: _List, parts: Sequence[Claim], wording: Wording, *, known: bool) -> Iterator[Found]:
    """Yield the whole right before parts that by their shares are all of another one, which is their sum.

    It is a total by its name, or 其中 lists them right behind it, and it isn't `known` yet what their shares are of.
    """
    first = listed.items[0].part
    if not _complete(listed.items) or _following(listed.items, parts) < max(_PAIR, len(parts)):
        return
    wholes = [c for c in listed.wholes if None in (first.year, c.year) or c.year == first.year]
    called = [c for c in wholes if listed.in_order and listed.named and listed.named in c.before]
    told = [c for c in wholes if not (wording.average.search(c.before) or wording.averaged.search(c.before))][:1]
    opened = wording.among.match(first.before)
    # 收入1000万元，其中税收中增值税300万元，占60%: of what is among it.
    directly = opened is not None and not wording.within.search(first.before[opened.end() :]) and not known
    directly = directly and not any(ties(c, parts) is Tie.FIRM for c in wholes)
    told = [c for c in told if directly or wording.sums.search(c.before) or wording.total.search(c.before)]
    told = [c for c in told if 0 <= first.sentence - c.sentence <= 1]
    whole = next(iter(called or told), None)
    if whole is None or any(wording.past.search(c.before) or ties(c, parts) is not Tie.OFF for c in (*called, whole)):
        return
    gap = total_of(parts) - whole.quantity.base
    most = _HALF if opened else _SLIGHT
    if abs(gap) <= most * whole.quantity.base:
        kind, name = ("narrative.part", "whole") if gap > 0 else ("narrative.rest", "total")
        yield Found(kind, place(kind, whole, {name: whole.fact, "parts": facts(parts)}, suffix="shares"))


def _lists(passages: Sequence[Passage], wording: Wording) -> Iterator[_List]:
    open_list: _List | None = None
    before: list[tuple[int, Claim]] = []
    nested = (-1, 0)
    at = 0
    for passage in passages:
        if not passage.prose:
            continue
        for _, claims in passage.by_sentence:
            at += 1
            yield from _in_order(passage, claims, before, at, wording)
            for n, claim in enumerate(claims):
                part = claims[n - 1] if n else None
                if part is None or not _is_share_of(claim, part, wording) or _names_another(claim, part, wording):
                    if addable(claim):
                        before = [*before[-3 * _MOST_WHOLES :], (at, claim)]
                    continue
                item, named = _Item(part, claim, at), wording.counted_as.sub("", names_whole(claim, wording))
                if open_list is not None and open_list.items[-1].at == at and wording.opener.match(part.before):
                    nested = (passage.index, part.segment)
                if nested == (passage.index, part.segment):
                    continue
                if open_list is not None and _goes_on(open_list, item, named):
                    open_list.items.append(item)
                    continue
                if open_list is not None:
                    yield open_list
                earlier = [c for told, c in before if c is not part and at - told <= _SENTENCES]
                open_list = _List([item], _told_wholes(earlier, part), named)
    if open_list is not None:
        yield open_list


def _told_wholes(earlier: Sequence[Claim], part: Claim) -> Sequence[Claim]:
    """Return what the shares of a list may be of, the nearest first, each amount once."""
    found: dict[Decimal, Claim] = {}
    for claim in reversed(earlier):
        if same_kind(claim, part):
            found.setdefault(claim.quantity.base, claim)
    return list(found.values())[:_MOST_WHOLES]


def _in_order(
    passage: Passage, claims: Sequence[Claim], before: Sequence[tuple[int, Claim]], at: int, wording: Wording
) -> Iterator[_List]:
    """Yield `A、B、C分别为2、5、3亿元，占总额的20%、50%和30%`: as many shares behind as many parts."""
    runs = [run for run in _runs(passage, claims) if len(run) >= _PAIR]
    for parts, shares in pairwise(runs):
        told = len(parts) == len(shares) and shares[0].clause - parts[0].clause <= _PAIR
        if not told or shares[0].kind != "share" or wording.own_wholes.search(shares[0].before):
            continue  # 占各自申请额的50%、60%
        if not all(map(addable, parts)) or not all(c.usable for c in shares):
            continue
        listed = {c.start for run in runs for c in run}
        here = [c for c in claims if c.start < parts[0].start and c.start not in listed and addable(c)]
        earlier = [*(c for _, c in before), *here]
        items = [_Item(part, share, at) for part, share in zip(parts, shares, strict=True)]
        named = wording.counted_as.sub("", names_whole(shares[0], wording))
        yield _List(items, _told_wholes(earlier, parts[0]), named, in_order=True)


def _runs(passage: Passage, claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Yield the figures of one kind that stand next to each other."""
    run = list(claims[:1])
    for one, other in pairwise(claims):
        if len(passage.text[one.end : other.start]) > 1 or not same_kind(one, other) or len(run) == _MOST_PARTS:
            yield run
            run = []
        run.append(other)
    yield run


def _is_share_of(share: Claim, part: Claim, wording: Wording) -> bool:
    """Tell whether a share stands right behind its part."""
    return (
        share.kind == "share"
        and share.usable
        and 0 < share.quantity.base < 1
        and addable(part)
        and share.clause - part.clause <= 1
        and part.bracket in (0, share.bracket)
        and part.quantity.base > 0
        and not wording.past.search(part.before)
        and not wording.each.search(share.before)
        and not wording.past.search(share.before)
        and not wording.within.match(part.before)
    )


def _names_another(share: Claim, part: Claim, wording: Wording) -> bool:
    """Tell whether the words of a share name something else than the figure right before it."""
    name, named = named_part(share, [part], wording)
    return bool(name) and named is None


def _goes_on(listed: _List, item: _Item, named: str) -> bool:
    last = listed.items[-1]
    return (
        same_kind(last.part, item.part)
        and item.at - last.at <= _APART
        and (item.part.bracket == 0) == (last.part.bracket == 0)
        and named in ("", listed.named)
        and len(listed.items) < _MOST_PARTS
        and not (len(listed.items) >= _PAIR and _complete(listed.items) and not _comes_nearer(listed.items, item))
        # 按年龄，青年40人，占40%；中年60人，占60%。按学历，本科70人，占70%：in another sentence begins another list.
        and (item.at == last.at or len(listed.items) < _PAIR or listed.items[-_PAIR].at != last.at)
    )


def _comes_nearer(items: Sequence[_Item], item: _Item) -> bool:
    """Tell whether shares come nearer to the whole with one more: 99.98 % may still lack the last 0.02 %."""
    told = sum((each.share.quantity.base for each in items), Decimal(0))
    return abs(told + item.share.quantity.base - 1) < abs(told - 1)


def _complete(items: Sequence[_Item], steps: Decimal = _HALF) -> bool:
    """Tell whether shares are all of a whole, each within so many units of its last digit."""
    slack = sum((item.share.quantity.step * item.share.quantity.unit.factor * steps for item in items), Decimal(0))
    return abs(sum((item.share.quantity.base for item in items), Decimal(0)) - 1) <= slack


def _wholes(listed: _List, parts: Sequence[Claim], wording: Wording) -> Iterator[Sequence[Claim]]:
    """Yield what the shares are of, if they leave no doubt about it: one whole, or the parts themselves."""
    items = listed.items
    if len(items) < _PAIR:
        return
    complete = _complete(items)
    # One part may be wrong, and larger than the whole.
    all_but_largest = sorted(part.quantity.base for part in parts)[-_PAIR]
    candidates: list[Sequence[Claim]] = [[c] for c in listed.wholes if c.quantity.base >= all_but_largest]
    divided = division(parts[0], parts, wording) == "all"
    # Two to a hundredth of a percent are of the sum of their parts where one of them is: no other whole gives it.
    fine = all(item.share.quantity.step * item.share.quantity.unit.factor <= _FINE for item in items)
    if complete or len(items) > _PAIR or divided or fine:
        candidates.append(parts)
    best = max(candidates, key=lambda whole: _following(items, whole), default=None)
    if best is None:
        return
    fitting = _following(items, best)
    nearly = complete or _complete(items, Decimal(1))
    of_parts = best is parts and (divided or fine)
    all_but_one = fitting == len(items) - 1 and (fitting >= _PAIR or nearly or of_parts or _adds_up(best, parts))
    if fitting and (fitting == len(items) or all_but_one):
        yield best


def _following(items: Sequence[_Item], whole: Sequence[Claim]) -> int:
    return sum(ratio_follows(item.share, [item.part], whole) for item in items)


def _adds_up(whole: Sequence[Claim], parts: Sequence[Claim]) -> bool:
    return len(whole) == 1 and near(whole[0], parts) and ties(whole[0], parts) is Tie.FIRM
