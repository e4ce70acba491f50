"""Parts and wholes in prose: 其中, brackets, 共计, 分别为, and lists that add up without any of these words.

Comes in: a passage of claims. Goes out: places for the rules of totals. A list that need not be complete is never held to be a
total; what the words leave open passes where some fair reading adds up, and is left alone where none does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.divisions import division
from validator.rules.narrative.enumerations import enumerations
from validator.rules.narrative.places import (
    NUMERALS,
    Found,
    addable,
    facts,
    follows,
    is_base,
    near,
    place,
    ratio_follows,
    same_kind,
    swapped,
    ties,
    total_interval,
    total_of,
)
from validator.rules.narrative.shares import names_whole
from validator.rules.tables import Tie

_NEAR = Decimal("0.1")
_SLIP = Decimal("0.02")
_MIDDLE, _WIDE = Decimal("0.2"), Decimal("0.25")
"""How much lists may leave before they are a choice: those of any parts, and those of equals, as 一标段、二标段."""
_LARGE = Decimal("0.5")
_FITS = (Decimal("0.05"), _NEAR)
"""How far two amounts, or more of them, may exceed their whole and yet be meant to make it, rather than one be in another."""
_BULK = ("area", "length", "mass", "volume", "energy")
"""What is measured, unlike people and cases, is in one part only."""
_LEAD = 16
_MARK = re.compile(r"[，,。；;：:()]")
_STOP = re.compile(r"[;；。\n]")
_COLONS = (":", "：")
_SEMICOLONS = (";", "；")
_APART = frozenset("，,;；")
_STOCKS = ("opening", "closing", "surplus", "plain")
_MOST_PARTS = 40
_MOST_RUN = 12
_LONG = 3
_PAIR = 2
_MOST_SILENT = 120
_MOST_BETWEEN = 6
_MOST_TAKEN_OFF = 4


class _List(NamedTuple):
    """Parts that are listed behind a whole, and what the words around them leave open."""

    whole: Claim
    parts: Sequence[Claim]
    listed: bool
    """In brackets, without a word before them."""
    colon: bool
    only: bool = True
    """Whether there is no other whole that they could be parts of."""
    sure: bool = True
    """Whether besides budget and execution are not told side by side."""
    open_list: bool = False
    nested: bool = False
    """Whether it is opened within another list, so that what comes after a semicolon may go on with that one."""


def totals(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield every relation of parts and whole in a passage."""
    told: set[tuple[str, frozenset[str]]] = set()
    for found in _all(passage, wording):
        whole, parts = found[1], found[2]
        key = whole.fact.pointer.path, frozenset(part.fact.pointer.path for part in parts)
        if key in told:
            continue
        told.add(key)
        yield _found(*found)


def _all(passage: Passage, wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    several = [claims for _, claims in passage.by_sentence if len(claims) > 1]
    yield from _bracketed(passage, wording)
    yield from _counted_off(passage, wording)
    yield from _behind_colons(passage, several, wording)
    for claims in several:
        yield from _summed(claims, wording)
    yield from _among(passage, wording)
    for claims in several:
        yield from _aligned(passage, claims, wording)
        yield from _done_and_undone(passage, claims, wording)
        yield from _divided(passage, claims, wording)
        yield from _silent(claims)


def _found(kind: str, whole: Claim, parts: Sequence[Claim]) -> Found:
    if kind == "narrative.part":
        return Found(kind, place(kind, whole, {"whole": whole.fact, "parts": facts(parts)}))
    return Found(kind, place(kind, whole, {"total": whole.fact, "parts": facts(parts)}, suffix=f"sum{len(parts)}"))


def _candidate(claim: Claim, wording: Wording) -> bool:
    return addable(claim) and not wording.past.search(claim.before)


# --- brackets ---------------------------------------------------------------------------------------------------------


def _bracketed(passage: Passage, wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    by_bracket: dict[int, list[Claim]] = {}
    for claim in passage.claims:
        if claim.bracket:
            by_bracket.setdefault(claim.bracket, []).append(claim)
    for number, claims in by_bracket.items():
        bracket = passage.brackets[number]
        before = [c for c in _before(passage, bracket.start) if c.bracket == bracket.outer]
        whole = next((c for c in reversed(before) if _candidate(c, wording) and not _compared(c, passage, wording)), None)
        if (
            whole is None
            or whole.sentence != claims[0].sentence
            or len(passage.text[whole.end : bracket.start].strip(" ,，")) > 16
        ):
            continue
        parts = [claim for claim in claims if addable(claim) and same_kind(claim, whole)]
        strangers = [
            claim
            for claim in parts
            if wording.past.search(claim.before)
            or wording.no_part.search(claim.before)
            or (claim.role == "target") != (whole.role == "target" and claim.role == "target")
        ]
        if not parts or strangers or any(wording.total.search(c.before) for c in parts):
            continue
        inside = passage.text[bracket.start + 1 : bracket.end]
        opener = wording.opener.match(inside)
        if len(parts) == 1 or (opener and opener["open"]):
            if opener and whole is before[-1]:
                yield "narrative.part", whole, parts
            continue
        if whole is before[-1] or ties(whole, parts) in (Tie.FIRM, Tie.LOOSE):
            yield from _judged(_List(whole, parts, opener is None, ":" in inside[:4]), passage, wording)


def _compared(claim: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether a figure is told to compare another with: 比2022年的640亩增加."""
    lead = _MARK.split(passage.text[max(0, claim.start - _LEAD) : claim.start])[-1]
    return wording.compared_with.search(lead) is not None


def _before(passage: Passage, position: int) -> Sequence[Claim]:
    low, high = 0, len(passage.claims)
    while low < high:
        middle = (low + high) // 2
        if passage.claims[middle].start < position:
            low = middle + 1
        else:
            high = middle
    return passage.claims[max(0, low - 24) : low]


def _behind_colons(
    passage: Passage, several: Sequence[Sequence[Claim]], wording: Wording
) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Yield `职工132人：行政36人，事业84人，工勤12人`: a list that a colon right behind its whole opens."""
    for claims in several:
        for n, whole in enumerate(claims[:-2]):
            if passage.text[whole.end : whole.end + 1] not in _COLONS or whole.bracket or not _candidate(whole, wording):
                continue
            everything = [c for c in claims[n + 1 : n + 1 + _MOST_PARTS] if not c.bracket]
            listed = _without_nested(everything, wording)
            opened = bool(listed) and wording.opener.search(passage.text, whole.end, listed[0].start) is not None
            parts = [] if opened else _parts(whole, listed, wording)
            fitting = next((parts[:k] for k in range(len(parts), 1, -1) if _is_sum(whole, parts[:k])), parts)
            # Behind what 其中 lists of one item, the next item may come after a mere comma.
            open_end = len(listed) < len(everything) and fitting is parts
            sure = fitting is not parts or not _several_roles(listed)
            if len(fitting) > 1 and not open_end and sure and all(part.before for part in fitting):
                yield from _judged(_List(whole, fitting, listed=True, colon=True), passage, wording)


def _is_sum(whole: Claim, parts: Sequence[Claim]) -> bool:
    return near(whole, parts) and ties(whole, parts) is Tie.FIRM


def _counted_off(passage: Passage, wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Yield `支出1200万元，主要用于：一是道路500万元；二是桥梁400万元`: items of which each has one figure, or that add up."""
    for found in enumerations(passage, wording):
        if found.sure or ties(found.whole, found.parts) in (Tie.FIRM, Tie.LOOSE):
            yield from _judged(
                _List(found.whole, found.parts, listed=False, colon=True, open_list=found.choice), passage, wording
            )


def _without_nested(listed: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return a list without what 其中 lists of one of its items, up to the next semicolon."""
    kept: list[Claim] = []
    nested = -1
    for claim in listed:
        if kept and wording.opener.match(claim.before):
            nested = claim.segment
        if claim.segment != nested:
            kept.append(claim)
    return kept


# --- 其中 ---------------------------------------------------------------------------------------------------------------


def _among(passage: Passage, wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    outside = passage.outermost()
    openers = [
        (m.start(), m.end(), m["among"] is not None)
        for m in wording.opener.finditer(passage.text)
        if _opens(passage, m.start(), among=m["among"] is not None, wording=wording)
        and not _within(outside, m.start())
        and _lists_figures(passage, m.end())
    ]
    spare: list[Claim] = []
    spare_sentence = -1
    for n in range(len(openers) - 1, -1, -1):
        start, end, among = openers[n]
        sentence = _sentence_at(passage, start)
        limit = openers[n + 1][0] if n + 1 < len(openers) else len(passage.text)
        inside = _claims_between(passage, end, min(limit, passage.sentences[sentence][1]))
        if not inside:
            continue
        bracket = inside[0].bracket
        if bracket:
            continue
        if spare_sentence != sentence:
            spare = []
        own = [claim for claim in inside if not claim.bracket]
        listed = own + spare
        spare, spare_sentence = [], sentence
        followed = n + 1 < len(openers) and _sentence_at(passage, openers[n + 1][0]) == sentence
        firsts = {claim.dimension: claim for claim in reversed(listed) if addable(claim)}
        ordered = sorted(firsts.values(), key=lambda claim: claim.start)
        planned = all(claim.role in ("target", "budget") for claim in listed if addable(claim))
        wholes = next(
            (found for first in ordered if (found := _wholes(passage, start, sentence, first, wording, planned=planned))), []
        )
        if not wholes:
            continue
        here = [c for c in listed if c.sentence == sentence]
        matched = list(_matched(wholes, here, wording, nested=n > 0 or followed))
        if followed and not any(kind for _, _, kind in matched):
            # The last figure may be no part of this whole, but the whole of what the next word lists.
            matched = list(_matched(wholes, _before_next(own), wording, nested=True))
        for whole, told, kind in matched:
            parts = told if kind else _enumerated_first(told, passage, wording)
            spare = [c for c in listed if c.start > parts[-1].start][:_MOST_PARTS]
            colon = passage.text[end : end + 1] in _COLONS
            first = colon or not passage.text[passage.sentences[sentence][0] : start].strip()
            others = [w for w in wholes if w.sentence == whole.sentence]
            largest = max(w.quantity.base for w in others)
            only = len(others) == 1 or (whole.quantity.base == largest < total_of(parts))
            if kind:
                yield kind, whole, parts
                continue
            sure = only and not _several_roles(listed)
            open_list = not among and not _sided(passage, start, wording)
            nested = n > 0 or not first
            verdicts = _judged(_List(whole, parts, False, colon, only, sure, open_list, nested), passage, wording)
            closed = not followed or any(mark in passage.text[parts[-1].end : openers[n + 1][0]] for mark in _SEMICOLONS)
            yield from (verdict for verdict in verdicts if closed or verdict[0] == "narrative.part")


def _before_next(own: list[Claim]) -> list[Claim]:
    """Return a list up to its last stretch behind a semicolon, whose figure is the whole that the next word opens."""
    levels = [claim for claim in own if addable(claim)]
    if len(levels) < _PAIR or levels[-1].segment == levels[-2].segment:
        return own
    return own[: next(n for n, claim in enumerate(own) if claim.segment == levels[-1].segment)]


def _opens(passage: Passage, start: int, *, among: bool, wording: Wording) -> bool:
    """Tell whether an opening word stands at the beginning of a clause."""
    before = passage.text[max(0, start - 2) : start].rstrip()
    free = among or not before or before[-1] in "，,。;；:：(" or before[-1].isdigit() or _sided(passage, start, wording)
    return free or before.endswith(wording.data.openers.behind)


def _sided(passage: Passage, start: int, wording: Wording) -> bool:
    """Tell whether a list is of one side of an account that the sentence before tells: 收支总计500万元。收入包括：."""
    head = wording.side_of_account.search(passage.text, max(0, start - _LEAD), start)
    return head is not None and head.end() == start


def _lists_figures(passage: Passage, start: int) -> bool:
    """Tell whether figures follow an opening word before the next stop: 主要包括：办公费、印刷费；explains, and lists none."""
    stop = _STOP.search(passage.text, start)
    return bool(_claims_between(passage, start, stop.start() if stop else len(passage.text)))


def _within(spans: Sequence[tuple[int, int]], position: int) -> bool:
    n = bisect_right(spans, (position, position)) - 1
    return n >= 0 and spans[n][0] < position < spans[n][1]


def _sentence_at(passage: Passage, position: int) -> int:
    low, high = 0, len(passage.sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if passage.sentences[middle][0] <= position:
            low = middle
        else:
            high = middle - 1
    return low


def _claims_between(passage: Passage, start: int, end: int) -> list[Claim]:
    low, high = 0, len(passage.claims)
    while low < high:
        middle = (low + high) // 2
        if passage.claims[middle].start < start:
            low = middle + 1
        else:
            high = middle
    found: list[Claim] = []
    for claim in passage.claims[low : low + _MOST_PARTS]:
        if claim.start >= end:
            break
        found.append(claim)
    return found


def _wholes(passage: Passage, start: int, sentence: int, first: Claim, wording: Wording, *, planned: bool) -> list[Claim]:
    """Return what the parts may be parts of, the nearest first."""
    earlier = [c for c in reversed(_before(passage, start)) if not c.bracket and _candidate(c, wording) and same_kind(c, first)]
    if planned:
        # What was planned is no part of what was done.
        earlier = [c for c in earlier if c.role not in ("actual", "executed")]
    if first.account in ("income", "spending"):
        earlier = [c for c in earlier if c.account not in ("surplus", "opening", "closing", "plain")]
    # 较2022年的450万元 has no parts behind it; nor has 2022年450万元 beside the figure of the year that is told.
    earlier = [c for c in earlier if not _compared(c, passage, wording)]
    here = [c for c in earlier if c.sentence == sentence]
    if here and not _sided(passage, start, wording):
        latest = max(c.year or 0 for c in here)
        return sorted(here, key=lambda c: c.year is not None and c.year < latest)[:6]
    for back in (1, 2):
        found = [c for c in earlier if c.sentence == sentence - back]
        if found:
            return found[:3]
    return []


def _matched(
    wholes: Sequence[Claim], listed: Sequence[Claim], wording: Wording, *, nested: bool
) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yield the whole with the parts that add up to it; else the nearest with all that may be its parts, without a verdict."""
    roles = {c.role for c in listed if addable(c)} & {"budget", "executed"}
    if len(roles) == 2 and sum(c.role == "budget" for c in listed) >= 2 and sum(c.role == "executed" for c in listed) >= 2:
        both = [found for role in ("budget", "executed") if (found := _of_role(role, wholes, listed)) is not None]
        if any(ties(whole, parts) in (Tie.FIRM, Tie.LOOSE) for whole, parts in both):
            yield from ((whole, parts, "narrative.total") for whole, parts in both)
        return
    for whole in wholes:
        parts = _parts(whole, listed, wording, nested=nested)
        for count in range(len(parts), 1, -1):
            if near(whole, parts[:count]) and ties(whole, parts[:count]) in (Tie.FIRM, Tie.LOOSE):
                yield whole, parts[:count], "narrative.total"
                return
    whole = wholes[0]
    parts = _within_total(whole, _parts(whole, listed, wording, nested=nested), listed, wording)
    segment = [c for c in parts if c.segment == parts[0].segment] if parts else []
    listed_at_once = len({c.clause for c in segment}) == 1  # 甲3吨、乙4吨；丙…: what follows the semicolon is another matter
    if len(segment) >= 2 and len(segment) < len(parts) and (len(wholes) > 1 or listed_at_once):
        parts = segment
    if parts:
        yield whole, parts, ""


def _within_total(whole: Claim, parts: list[Claim], listed: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return parts without those that a total behind them adds to the whole: 中央300，其中A100，省级250，合计550万元."""
    total = next((c for c in listed if parts and c.start > parts[-1].start and wording.total.search(c.before)), None)
    if total is None or not same_kind(total, whole):
        return parts
    for n in range(1, len(parts)):
        left = whole.quantity.base - total_of(parts[:n]) + total_of(parts[n:])
        if ties(total, [whole, *parts[n:]]) is Tie.FIRM or total.quantity.base == left:
            return parts[:n]
    return parts


def _of_role(role: str, wholes: Sequence[Claim], listed: Sequence[Claim]) -> tuple[Claim, list[Claim]] | None:
    """Return the whole and the parts of one side, where budget and execution are told side by side."""
    whole = next((w for w in wholes if w.role == role), None)
    if whole is None:
        return None
    parts = [c for c in listed if addable(c) and c.role == role and same_kind(c, whole)]
    return (whole, parts) if len(parts) >= _PAIR and ties(whole, parts) is not Tie.NONE else None


def _several_roles(listed: Sequence[Claim]) -> bool:
    roles = [c.role for c in listed if addable(c)]
    return any(one in roles and other in roles for one, other in (("budget", "executed"), ("target", "actual")))


def _parts(whole: Claim, listed: Sequence[Claim], wording: Wording, *, nested: bool = False) -> list[Claim]:
    """Return the figures of a list that may be parts of a whole, up to the first that is a total itself."""
    parts: list[Claim] = []
    for n, claim in enumerate(listed):
        if claim.kind != "level" or not same_kind(claim, whole):
            continue
        following = listed[n + 1 : n + 2]
        if parts and (nested or claim.segment != parts[-1].segment) and claim.quantity.base > whole.quantity.base:
            break
        if parts and _spent_of(claim, parts[-1], wording):
            continue
        if _of_another(whole, parts, following, wording) or any(is_base(claim, other, wording) for other in following):
            continue
        if not addable(claim) or wording.past.search(claim.before) or wording.no_part.search(claim.before):
            continue
        if wording.concluded.match(claim.before):
            break
        if wording.total.search(claim.before) or (parts and wording.grand.search(claim.before[-12:])):
            break
        if parts and wording.portion.search(claim.before) and wording.told_target.search(claim.before):
            break
        if parts and claim.role == "executed" and whole.role == "budget" and parts[-1].role != "executed":
            break
        if parts and claim.role == "actual" and parts[-1].role == "target":
            break
        if parts and whole.account and claim.account and {whole.account, claim.account} == {"income", "spending"}:
            break
        if parts and whole.account in _STOCKS and claim.account in ("income", "spending"):
            break
        if (
            parts
            and claim.account != parts[0].account
            and claim.account in ("surplus", "closing", "plain")
            and whole.account not in ("surplus", "opening", "closing", "plain")
            and not wording.with_carried_over.search(whole.before)
        ):
            break
        parts.append(claim)
    return _first_column(parts)


def _first_column(parts: list[Claim]) -> list[Claim]:
    """Return a list without a second figure that is told of every part in the same words: 线上20，回收19，线下10，回收9."""
    pairs = len(parts) // _PAIR
    second = [part.before for part in parts[1::2]]
    alike = pairs > 1 and len(parts) % _PAIR == 0 and second[0] and len(set(second)) == 1
    return parts[::2] if alike and second[0] not in {part.before for part in parts[::2]} else parts


def _spent_of(claim: Claim, part: Claim, wording: Wording) -> bool:
    """Tell whether a figure is what was spent or done of the part before it: 工程费80万元，已支出76万元; 12个项目开工11个."""
    if claim.segment != part.segment or claim.role not in ("actual", "executed"):
        return False
    within = claim.quantity.base <= part.quantity.base
    if claim.role == "actual":
        near = claim.clause - part.clause <= 1 and part.role != "actual"
        return within and near and (claim.clause == part.clause or not wording.undone_name.search(part.before))
    return not _own_name(claim, wording) and (within or bool(_own_name(part, wording)))


def _own_name(claim: Claim, wording: Wording) -> str:
    """Return what a name says besides time and spending."""
    name = claim.before
    for known in (wording.roles["executed"], wording.account_when, wording.links, wording.leading, wording.part_mark):
        name = known.sub("", name)
    return name


def _of_another(whole: Claim, parts: Sequence[Claim], following: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the share behind a figure says that it is a part of one of the parts: 占永久基本农田的75%."""
    named = names_whole(following[0], wording) if following and following[0].kind == "share" else ""
    return bool(named) and named not in whole.before and any(named in part.before for part in parts)


def _judged(found: _List, passage: Passage, wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Say what a list of parts has to satisfy: to be the whole, or not to exceed it, or nothing."""
    whole, parts, open_list = found.whole, found.parts, found.open_list
    if len(parts) == 1:
        above = parts[0].quantity.base > whole.quantity.base
        if not above or (found.only and parts[0].clause - whole.clause <= 2 and not open_list):
            yield "narrative.part", whole, parts
        return
    bond = ties(whole, parts)
    if bond is Tie.NONE:
        return
    if bond is not Tie.OFF:
        yield "narrative.total", whole, parts
        return
    # One that is the whole by itself leaves the others to be something else: 编制95名，其中事业95名，控制数4人.
    if any(part.quantity.base == whole.quantity.base for part in parts) or (
        ((found.listed or parts[0].bracket) and _is_difference(whole, parts))
        or _come_and_go(whole, parts, wording)
        or any(wording.aligned.search(part.before) for part in parts)
    ):
        return
    et_cetera = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    split = division(whole, parts, wording, closed=not open_list)
    # Parts that are all of a whole add up to none of those that they may be parts of.
    if not found.sure and split != "all":
        return
    et_cetera = et_cetera or (open_list and split != "all")
    added, base = total_of(parts), whole.quantity.base
    gap = abs(added - base) / abs(base) if base else Decimal(1)
    money = whole.dimension == "money" or (not whole.dimension and whole.quantity.unit.factor > 1)
    if (
        not money
        and split == ""
        and 2 * sum(wording.conditional.match(part.before) is not None for part in parts) >= len(parts)
    ):
        return
    alike = any(wording.overlapping_money.search(wording.links.sub("", part.before)) for part in parts)
    peers = split != "" or _parallel(parts, wording)
    apart = ((money or whole.dimension.partition(":")[0] in _BULK) and not alike) or peers
    if (found.listed or split == "all") and not et_cetera and gap <= _LARGE:
        yield "narrative.total", whole, parts
    elif _one_above(whole, parts, split, passage) and parts[0].clause - whole.clause <= 2:
        yield "narrative.part", whole, [part for part in parts if part.quantity.base > base][:1]
    elif _each_with_its_share(whole, parts, passage):
        return
    elif added > base:
        listed = _enumerated(parts, passage)
        spent = all(part.after.startswith(wording.data.spent_on) for part in parts)
        peers = peers or listed or spent
        fits = _FITS[len(parts) > _PAIR] if money else _SLIP
        nested = (
            any(wording.inclusive.search(part.before) for part in parts)
            or (split == "" and not (listed or spent) and _of_one_name(whole, parts))
            or (not peers and gap > fits and not (money and _mistaken(whole, parts)) and _nestable(whole, parts))
        )
        if not nested and not _goes_on(found) and (gap <= _NEAR or split != "" or (gap <= _LARGE and (apart or found.colon))):
            yield "narrative.part", whole, parts
    elif _choice(whole, parts, wording) or _shares_leave_it(whole, parts, passage) or _rest_is_told(whole, parts, passage):
        return
    elif (len(parts) > 2 or split != "" or (_slipped(whole, parts) if money else peers or gap <= _SLIP)) and (
        gap <= _NEAR
        or (
            gap <= (_WIDE if peers and not any(part.account for part in parts) else _MIDDLE)
            and not open_list
            and ((money and (found.colon or len(parts) >= 3)) or (apart and (split != "some" or len(parts) >= 3)))
        )
        or (gap <= _LARGE and money and not open_list and _mistaken(whole, parts))
    ):
        yield "narrative.rest", whole, parts


def _is_difference(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether a figure is what is left when some are taken off: 缺口100万元（需求500万元，已落实400万元）."""
    if len(parts) > _MOST_TAKEN_OFF or not all(same_kind(part, whole) for part in parts):
        return False
    return any(
        follows(whole, [part, *parts[:n], *parts[n + 1 :]], lambda b: b[0] - total_interval(b[1:]))
        or follows(whole, [part, *parts[:n], *parts[n + 1 :]], lambda b: total_interval(b[1:]) - b[0])
        for n, part in enumerate(parts)
    )


def _come_and_go(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether figures are what came and what went, so that they are no parts of a stock: 新开工10项，竣工15项."""

    def told(pattern: re.Pattern[str]) -> bool:
        return any(pattern.search(part.before) for part in parts)

    return any(
        told(flow.outward) and (told(flow.inward) or flow.closing.search(whole.before) is not None) for flow in wording.flows
    )


def _goes_on(found: _List) -> bool:
    """Tell whether the parts exceed their whole only with what stands behind a semicolon, where an outer list may go on."""
    first = [part for part in found.parts if part.segment == found.parts[0].segment]
    return found.nested and len(first) < len(found.parts) and total_of(first) <= found.whole.quantity.base


def _one_above(whole: Claim, parts: Sequence[Claim], split: str, passage: Passage) -> bool:
    """Tell whether a part is larger than its whole: the first, or one that the list names as an equal of the first."""
    above = [part for part in parts if part.quantity.base > whole.quantity.base]
    return bool(above) and (above[0] is parts[0] or split != "" or _enumerated(parts, passage))


def _choice(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether parts need not be all of a whole: 等 follows, they were spent, or what was carried over is left out."""
    listed = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    told = any(part.account in ("opening", "closing", "plain") or wording.exhaustive.search(part.before) for part in parts)
    short = not told and wording.with_carried_over.search(whole.before) is not None
    return listed or short or (whole.role == "budget" and {part.role for part in parts} == {"executed"})


def _rest_is_told(whole: Claim, parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether the sentence lists what the parts leave, counted in another word: 公租房500套，棚改200户."""
    rest = whole.quantity.base - total_of(parts)
    return any(
        c.kind == "level" and c.usable and c not in parts and c.quantity.base == rest and c.sentence == parts[-1].sentence
        for c in passage.claims
        if c.start > parts[0].start
    )


def _shares_leave_it(whole: Claim, parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether the shares told of the parts leave the same rest as the parts do: 700张(占77.8%)、170张(占18.9%)."""
    told = [c for c in passage.claims if parts[0].start < c.start and c.start - parts[-1].end <= _LEAD]
    shares = [next((c for c in told if c.start > part.end and c.clause - part.clause <= 1), None) for part in parts]
    known = [share for share in shares if share is not None and share.kind in ("share", "percent", "rate")]
    if len(known) < len(parts):
        return False
    half = sum((share.quantity.step * share.quantity.unit.factor / 2 for share in known), Decimal(0))
    return abs(total_of(known) - total_of(parts) / whole.quantity.base) <= half and total_of(known) < 1


def _each_with_its_share(whole: Claim, parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether each part tells its own share of the whole, so that they are meant to overlap."""
    at = {claim.start: n for n, claim in enumerate(passage.claims)}
    behind = [next(iter(passage.claims[at[part.start] + 1 : at[part.start] + 2]), None) for part in parts]
    return all(
        c is not None and c.kind == "share" and ratio_follows(c, [p], [whole]) for p, c in zip(parts, behind, strict=True)
    )


def _slipped(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether one digit, or two neighbours that changed places, account for what two amounts leave of a whole.

    A pair of amounts behind 其中 is as often a choice as it is everything.
    """
    rest = abs(total_of(parts) - whole.quantity.base)
    figures = (whole, *parts)
    if min(len(claim.quantity.value.as_tuple().digits) for claim in figures) < _LONG:
        return False
    one_digit = len(rest.normalize().as_tuple().digits) == 1
    return one_digit or any(abs(value - claim.quantity.base) == rest for claim in figures for value in swapped(claim))


def _mistaken(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether one wrong digit of figures that are told exactly accounts for what is between a whole and its parts."""
    exactly = max(len(claim.quantity.value.normalize().as_tuple().digits) for claim in (whole, *parts))
    return exactly > _LONG and _slipped(whole, parts)


def _of_one_name(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether some part may be a part of the one before it, by how their names begin; not by words of the whole."""
    return any(
        part.noun[:2] not in whole.before
        and len(part.noun) > 3
        and len(earlier.noun) > 3
        and part.noun[:2] == earlier.noun[:2]
        and part.quantity.base < earlier.quantity.base
        for earlier, part in pairwise(parts)
    )


def _nestable(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether the list fits its whole once a part is taken for a part of a larger one before it."""
    added = total_of(parts)
    return any(
        added - part.quantity.base <= whole.quantity.base
        and any(earlier.quantity.base > part.quantity.base for earlier in parts[:n])
        for n, part in enumerate(parts)
    )


def _enumerated(parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether the parts are listed as equals: with 、 or with ； between all of them."""
    marks = {_mark(passage, one, other) for one, other in pairwise(parts)}
    return marks <= {"、"} or marks <= {";", "；"}


def _enumerated_first(parts: list[Claim], passage: Passage, wording: Wording) -> list[Claim]:
    """Return the parts that 、 joins, if a comma sets off the others: 项目4个、政策3个，涉及部门7个."""
    marks = [passage.text[part.end : part.end + 1] for part in parts]
    count = next((n for n, mark in enumerate(marks[:-1], 1) if mark in _APART), len(parts))
    if count < len(parts) and wording.exhaustive.search(parts[count].before):
        return parts
    overlapping = any(wording.inclusive.search(part.before) for part in parts)
    return parts[:count] if count >= _PAIR and not overlapping else parts


def _mark(passage: Passage, one: Claim, other: Claim) -> str:
    """Return the last mark between two figures."""
    return next((char for char in reversed(passage.text[one.end : other.start]) if char in "，,、;；。"), "")


def _parallel(parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether all parts are kinds of one thing by the ends of their names: 水样、土样; people and cases may overlap."""
    nouns = [wording.links.sub("", part.before) for part in parts]
    if not all(nouns):
        nouns = [part.after for part in parts]
    if not all(nouns) or any(wording.overlapping.search(noun) or wording.overlapping_money.search(noun) for noun in nouns):
        return False
    return len({noun[-1] for noun in nouns}) == 1


# --- 共计 ---------------------------------------------------------------------------------------------------------------


def _summed(claims: Sequence[Claim], wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    since = 0
    subtotal: Claim | None = None
    for n, claim in enumerate(claims):
        counted = wording.counted_sum.search(claim.before)
        word = counted or wording.total.search(claim.before) or wording.bare_total.search(claim.before)
        if not addable(claim) or not word:
            continue
        before = [c for c in claims[max(since, n - 3 * _MOST_RUN) : n] if c.bracket == claim.bracket][-_MOST_RUN:]
        parts = [c for c in before if _candidate(c, wording) and same_kind(c, claim)]
        if claim.role and _several_roles(parts):
            parts = [c for c in parts if c.role == claim.role]
        name = wording.total.sub("", claim.before)
        named = [c for c in parts if name and c.before.endswith(name)]
        if len(named) >= _PAIR and len(parts) % _PAIR == 0 and named in (parts[::2], parts[1::2]):
            parts = named  # 甲新建10户、改造9户，乙新建20户、改造19户，合计新建30户、改造28户
        if subtotal is not None and wording.grand.search(claim.before) and same_kind(subtotal, claim):
            parts = [subtotal, *parts]  # 收入合计, 年初结转, 收入总计
        run = _run_that_ties(claim, parts)
        if not run and counted:
            run = _so_many(how_many(counted["count"]), claim, before[::-1], wording)[::-1] or _so_many(
                how_many(counted["count"]), claim, claims[n + 1 :], wording
            )
        if not run and not counted and len(parts) >= 2 and _is_total_of(claim, parts, before, wording):
            run = parts
        if run:
            yield "narrative.total", claim, run
            yield from _beside(claim, run, claims[n + 1 : n + 2], before)
            since, subtotal = n + 1, claim


def how_many(word: str) -> int:
    """Return how many a numeral says there are."""
    return int(word) if word.isdigit() else NUMERALS.index(word.replace("两", "二")) + 1


def _so_many(count: int, whole: Claim, neighbours: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the figures next to a whole, where it is the total of just so many: 三批共286人，第一批…."""
    run = neighbours[:count]
    following = neighbours[count : count + 1]
    alike = all(_candidate(c, wording) and same_kind(c, whole) and c.bracket == whole.bracket for c in run)
    planned = {wording.planning.search(c.before) is not None for c in (whole, *run)}
    ended = not any(addable(c) and same_kind(c, whole) and not wording.grand.search(c.before) for c in following)
    told = ended and len(run) == count > 1 and alike and len(planned) == 1 and not _openers_between(run, wording)
    return run if told and ties(whole, run) is not Tie.NONE else ()


def _beside(
    total: Claim, run: Sequence[Claim], following: Sequence[Claim], before: Sequence[Claim]
) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Yield the second total of `甲8人、6万元，乙5人、4万元，共13人、10万元`, where each part tells both."""
    for other in following:
        if other.before or other.clause != total.clause or not addable(other) or same_kind(other, total):
            continue
        pairs = [(c, after) for c, after in pairwise(before) if c in run and addable(after) and same_kind(after, other)]
        if len(pairs) == len(run) and all(not after.before and after.clause == c.clause for c, after in pairs):
            yield "narrative.total", other, [after for _, after in pairs]


def _run_that_ties(whole: Claim, parts: Sequence[Claim]) -> Sequence[Claim]:
    """Return the longest run of figures, the last ones first, that adds up to a whole."""
    for end in range(len(parts), 1, -1):
        for start in range(end - 1):
            run = parts[start:end]
            if not near(whole, run):
                continue
            bond = ties(whole, run)
            if bond is Tie.FIRM or (bond is Tie.LOOSE and end == len(parts) and not start):
                return run
    return ()


def _is_total_of(whole: Claim, parts: Sequence[Claim], before: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the sentence itself says that a figure is the total of those before it."""
    rest = wording.total.sub("", whole.before)
    rest = wording.links.sub("", rest)
    texts = "".join(part.before + part.after for part in parts)
    told = (
        not rest
        or wording.all_of_them.fullmatch(rest)
        or rest in texts
        or any(len(rest) >= 4 and rest[k : k + 2] in texts for k in range(0, len(rest) - 1, 2))
    )
    alike = all(c.segment == whole.segment for c in parts) or len({c.segment for c in parts}) == len(parts)
    bare = not rest and len(before) == len(parts) and len({c.role for c in parts}) == 1 and whole.clause - parts[-1].clause == 1
    return (
        bool(told)
        and alike
        and (bare or whole.quantity.base >= max(c.quantity.base for c in parts))
        and len(before) <= 2 * len(parts)
        and not _openers_between(parts, wording)
    )


def _openers_between(parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether some figures of a list are parts of the one before them."""
    return any(wording.opener.match(part.before) for part in parts[1:])


# --- 分别为, and lists without any word -----------------------------------------------------------------------------------


def _aligned(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    for n, claim in enumerate(claims):
        if not addable(claim) or not wording.aligned.search(claim.before):
            continue
        parts = [claim]
        for follower in claims[n + 1 :]:
            between = passage.text[parts[-1].end : follower.start]
            if len(between) > 2 or not addable(follower) or not same_kind(follower, claim):
                break
            parts.append(follower)
        earlier = claims[max(0, n - _MOST_PARTS) : n]
        beside = {c.start for pair in pairwise(earlier) if len(passage.text[pair[0].end : pair[1].start]) == 1 for c in pair}
        whole = next(
            (
                c
                for c in reversed(earlier)
                if _candidate(c, wording) and same_kind(c, claim) and c.bracket == claim.bracket and c.start not in beside
            ),
            None,
        )
        if whole is None or len(parts) < 2 or ties(whole, parts) is Tie.NONE:
            continue
        fitting = ties(whole, parts) is not Tie.OFF
        names = passage.text[max(whole.end, claim.start - 60) : claim.start]
        split = any(sum(word in names for word in group) >= 2 for group in wording.data.partitions)
        told = (
            wording.among.search(names)
            or wording.total.search(whole.before)
            or wording.bare_total.search(whole.before)
            or wording.sums.search(whole.before)
        )
        if fitting or split or (told and whole.clause + 2 >= claim.clause):
            yield "narrative.total", whole, parts


def _done_and_undone(
    passage: Passage, claims: Sequence[Claim], wording: Wording
) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Yield `发现问题120个，已整改110个，未整改10个`: what was done and what was not are all there is."""
    for n, undone in enumerate(claims):
        said = wording.not_done.fullmatch(undone.before)
        if not said or not addable(undone):
            continue
        around = [c for c in claims[max(0, n - _MOST_BETWEEN) : n + 2] if same_kind(c, undone) and c.bracket == undone.bracket]
        at = around.index(undone)
        if at < _PAIR or at + 1 < len(around):
            continue
        whole, done = around[at - 2 : at]
        name = done.before.rstrip("".join(wording.data.done))
        between = [c for c in claims if done.start < c.start < undone.start]
        apart = undone.clause - done.clause - len({c.clause for c in between if c.kind in ("rate", "percent", "growth")})
        told = name.endswith(said["doing"]) and apart == 1 and done.clause - whole.clause <= _PAIR
        own = wording.links.sub("", wording.leading.sub("", name.removesuffix(said["doing"])))
        named = not own or any(own[k : k + 2] in whole.before + whole.after for k in range(len(own) - 1))
        fair = _candidate(whole, wording) and addable(done) and done.quantity.base <= whole.quantity.base
        more = wording.exhaustive.search(passage.text, undone.end, undone.end + _LEAD)
        # Of what is not being done yet nothing is told.
        waiting = said["under_way"] is not None and total_of((done, undone)) < whole.quantity.base
        if told and named and fair and not (more or waiting) and ties(whole, (done, undone)) is not Tie.NONE:
            yield "narrative.total", whole, (done, undone)


def _divided(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Yield `指标30项，全部完成27项，部分完成2项，未完成1项`: parts right behind a whole, named by what divides it alone."""
    for n, whole in enumerate(claims):
        before = claims[n - 1] if n else None
        if not _candidate(whole, wording) or (before and same_kind(before, whole) and whole.clause - before.clause <= 1):
            continue
        parts: list[Claim] = []
        for claim in claims[n + 1 : n + 2 + _MOST_BETWEEN]:
            last = parts[-1] if parts else whole
            if not addable(claim) or not same_kind(claim, whole) or claim.clause - last.clause > 1:
                break
            parts.append(claim)
        if not _PAIR <= len(parts) <= _MOST_BETWEEN or any(part.bracket != whole.bracket for part in parts):
            continue
        names = {wording.bare_division.sub("", part.before) for part in parts}
        if (
            any(set(group) == names for group in wording.data.partitions)
            and abs(total_of(parts) - whole.quantity.base) <= _WIDE * whole.quantity.base
            and not wording.exhaustive.search(passage.text, parts[-1].end, parts[-1].end + _LEAD)
            and ties(whole, parts) is not Tie.NONE
        ):
            yield "narrative.total", whole, parts


def _silent(claims: Sequence[Claim]) -> Iterator[tuple[str, Claim, Sequence[Claim]]]:
    """Yield wholes that the figures right behind or before them add up to, though no word says so."""
    levels = [c for c in claims if c.kind == "level" and not c.bracket][:_MOST_SILENT]
    for n, whole in enumerate(levels if len(levels) > 2 else ()):
        if not addable(whole) or whole.quantity.base < 10:
            continue
        after: list[Claim] = []
        for part in levels[n + 1 : n + 1 + _MOST_RUN]:
            if not addable(part) or not same_kind(part, whole):
                break
            after.append(part)
            if len(after) >= 2 and near(whole, after) and ties(whole, after) is Tie.FIRM:
                yield "narrative.total", whole, tuple(after)
                break
        earlier: list[Claim] = []
        for part in reversed(levels[max(0, n - _MOST_RUN) : n]):
            if not addable(part) or not same_kind(part, whole):
                break
            earlier.insert(0, part)
            if len(earlier) >= 2 and near(whole, earlier) and ties(whole, earlier) is Tie.FIRM:
                yield "narrative.total", whole, tuple(earlier)
                break
