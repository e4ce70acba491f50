"""Lists that something opens: a bracket, a colon, a numbering, 其中.

Comes in: a passage of claims. Goes out: wholes with their parts, and the kind of relation that they are held to.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile
from operator import attrgetter, itemgetter

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.divisions import division
from validator.rules.narrative.enumerations import enumerations
from validator.rules.narrative.lists import BULK, PartList, Relation, judged, mistaken
from validator.rules.narrative.parts import (
    called_alike,
    claims_before,
    is_candidate,
    is_compared,
    matched,
    nearer,
    parts_of,
    several_roles,
    sided,
    wholes_before,
)
from validator.rules.narrative.places import addable, near, same_kind, ties, total_of
from validator.rules.tables import Tie

_STOP = re.compile(r"[;；。\n]")
_COLONS = (":", "：")
_SEMICOLONS = (";", "；")
_DONE = ("actual", "executed")
_PLANNED = ("target", "budget")
_APART = frozenset("，,;；")
_MOST_PARTS = 40
_PAIR = 2
_CLOSE = 20
"""Parts are meant to be a whole if they are off by no more than one in so many."""


def bracketed(passage: Passage, wording: Wording) -> Iterator[Relation]:
    """Yield `30人（男12人、女18人）`: what a bracket lists is held to the figure before it."""
    by_bracket: dict[int, list[Claim]] = {}
    for claim in passage.claims:
        if claim.bracket:
            by_bracket.setdefault(claim.bracket, []).append(claim)
    for number, claims in by_bracket.items():
        bracket = passage.brackets[number]
        before = [c for c in claims_before(passage, bracket.start) if c.bracket == bracket.outer]
        whole = next((c for c in reversed(before) if is_candidate(c, wording) and not is_compared(c, passage, wording)), None)
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
                # （含甲5万元、乙3万元，丙9万元）: behind parts that make up the whole, the bracket was closed too late.
                complete = next((parts[:k] for k in range(len(parts) - 1, 1, -1) if _is_sum(whole, parts[:k])), parts)
                yield "narrative.part", whole, complete
            continue
        if whole is before[-1] or ties(whole, parts) in (Tie.FIRM, Tie.LOOSE):
            yield from judged(PartList(whole, parts, opener is None, ":" in inside[:4]), passage, wording)


def behind_colons(passage: Passage, several: Sequence[Sequence[Claim]], wording: Wording) -> Iterator[Relation]:
    """Yield `职工132人：行政36人，事业84人，工勤12人`: a list that a colon, or 即, right behind its whole opens."""
    for claims in several:
        for n, whole in enumerate(claims[:-2]):
            opening = wording.closed.match(passage.text, whole.end)
            if opening is None or whole.bracket or not is_candidate(whole, wording):
                continue
            if wording.counted_item.match(passage.text, opening.end()):
                continue  # what the numbers count off is listed line by line
            everything = [c for c in claims[n + 1 : n + 1 + _MOST_PARTS] if not c.bracket]
            listed = _without_nested(everything, passage, wording.opens_behind)
            opened = bool(listed) and wording.opener.search(passage.text, whole.end, listed[0].start) is not None
            parts = [] if opened else parts_of(whole, listed, wording)
            fitting = next((parts[:k] for k in range(len(parts), 1, -1) if _is_sum(whole, parts[:k])), parts)
            fitting = nearer(whole, parts) or parts if fitting is parts else fitting
            # Behind what 其中 lists of one item, the next item may come after a mere comma.
            open_end = len(listed) < len(everything) and fitting is parts
            sure = fitting is not parts or not several_roles(listed)
            if len(fitting) > 1 and not open_end and sure and all(part.before for part in fitting):
                yield from judged(PartList(whole, fitting, listed=True, colon=True), passage, wording)


def _is_sum(whole: Claim, parts: Sequence[Claim]) -> bool:
    return near(whole, parts) and ties(whole, parts) is Tie.FIRM


def counted_off(passage: Passage, wording: Wording) -> Iterator[Relation]:
    """Yield `支出1200万元，主要用于：一是道路500万元；二是桥梁400万元`: items of which each has one figure, or that add up."""
    for found in enumerations(passage, wording):
        if found.sure or ties(found.whole, found.parts) in (Tie.FIRM, Tie.LOOSE):
            yield from judged(
                PartList(found.whole, found.parts, listed=False, colon=True, open_list=found.choice), passage, wording
            )


def _without_nested(listed: Sequence[Claim], passage: Passage, opener: re.Pattern[str]) -> list[Claim]:
    """Return a list without what a word right behind one of its items opens, up to the next semicolon."""
    kept: list[Claim] = []
    nested = -1
    for n, claim in enumerate(listed):
        if n and opener.match(passage.text, listed[n - 1].end, claim.start):
            nested = claim.segment
        if claim.segment != nested:
            kept.append(claim)
    return kept


def among(passage: Passage, wording: Wording) -> Iterator[Relation]:
    """Yield `30人，其中：男12人，女18人`: lists that a word opens, from the last to the first."""
    outside = passage.outermost()
    openers = [
        (m.start(), m.end(), m["among"] is not None)
        for m in wording.opener.finditer(passage.text)
        if _opens(passage, m.start(), among=m["among"] is not None, wording=wording)
        and not _within(outside, m.start())
        and _lists_figures(passage, m.end(), wording)
    ]
    spare: list[Claim] = []
    spare_sentence = -1
    for n in range(len(openers) - 1, -1, -1):
        start, end, among = openers[n]
        sentence = _sentence_at(passage, start)
        limit = openers[n + 1][0] if n + 1 < len(openers) else len(passage.text)
        inside = _claims_between(passage, end, min(limit, passage.sentences[sentence][1]))
        if not inside or _opens_no_list(inside) or (not among and _lists_works(passage, end, inside[0])):
            continue
        if spare_sentence != sentence:
            spare = []
        own = _without_nested([claim for claim in inside if not claim.bracket], passage, wording.closed)
        if series := _in_turn(own):
            for each in series:
                yield from _held(each, passage, start, wording)
            continue
        listed = _of_one_item([*own, *spare], passage, start, wording)
        spare, spare_sentence = [], sentence
        followed = n + 1 < len(openers) and _sentence_at(passage, openers[n + 1][0]) == sentence
        within = n > 0 and _sentence_at(passage, openers[n - 1][0]) == sentence
        firsts = {claim.dimension: claim for claim in reversed(listed) if addable(claim)}
        ordered = sorted(firsts.values(), key=lambda claim: claim.start)
        planned = all(claim.role in ("target", "budget") for claim in listed if addable(claim))
        wholes = next(
            (found for first in ordered if (found := wholes_before(passage, start, sentence, first, wording, planned=planned))),
            [],
        )
        if not wholes:
            continue
        here = [c for c in listed if c.sentence == sentence]
        held = list(matched(wholes, here, wording, nested=within or followed))
        if followed and not any(kind or _are_meant(whole, parts) for whole, parts, kind in held):
            # The last figure may be no part of this whole, but the whole of what the next word lists.
            held = list(matched(wholes, _before_next(own), wording, nested=True))
        for whole, told, kind in held:
            parts = told if kind else _enumerated_first(told, passage, wording)
            spare = [c for c in listed if c.start > parts[-1].start][:_MOST_PARTS]
            colon = passage.text[end : end + 1] in _COLONS
            first = colon or not passage.text[passage.sentences[sentence][0] : start].strip()
            others = [w for w in wholes if w.sentence == whole.sentence]
            if whole.role in _DONE:  # 应支付445万元，实际支付355万元，其中
                others = [w for w in others if w.role not in _PLANNED]
            largest = max(w.quantity.base for w in others)
            only = len(others) == 1 or called_alike(whole, parts, others) or (whole.quantity.base == largest < total_of(parts))
            if kind:
                yield from _split(whole, parts, kind, here if len(held) == 1 else (), wording)
                continue
            sure = only and not several_roles(listed)
            open_list = not among and not sided(passage, start, wording)
            nested = within or not first
            verdicts = judged(PartList(whole, parts, False, colon, only, sure, open_list, nested), passage, wording)
            closed = not followed or any(mark in passage.text[parts[-1].end : openers[n + 1][0]] for mark in _SEMICOLONS)
            yield from (verdict for verdict in verdicts if closed or verdict[0] == "narrative.part")


def _are_meant(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether several figures come so near a whole that they are meant to make it."""
    off = abs(total_of(parts) - whole.quantity.base)
    return len(parts) > _PAIR and (mistaken(whole, parts) or _CLOSE * off <= whole.quantity.base)


def _opens_no_list(inside: Sequence[Claim]) -> bool:
    """Tell whether what follows a word is in brackets, or of something else: 其中中央资金占比62.5%；用于…2051万元."""
    level = next((claim for claim in inside if claim.kind == "level"), None)
    return bool(inside[0].bracket) or (
        level is not None and inside[0].dimension == "ratio" and level.segment != inside[0].segment
    )


def _lists_works(passage: Passage, end: int, first: Claim) -> bool:
    """Tell whether a word, which ends at `end`, lists what is built, not how much of it: 包含地面硬化，硬化道路420平方米."""
    return first.dimension.partition(":")[0] in BULK and not _APART.isdisjoint(passage.text[end : first.start])


def _in_turn(own: Sequence[Claim]) -> list[Sequence[Claim]]:
    """Return the two lists of `道路3条260万元、桥梁2座140万元`: counts, and amounts right behind them; else nothing."""
    counts, amounts = own[::2], own[1::2]
    paired = len(counts) == len(amounts) > 1 and all(addable(claim) for claim in own)
    counted = all(same_kind(claim, counts[0]) and claim.dimension.startswith("count") for claim in counts) if paired else False
    paid = all(claim.dimension == "money" and claim.start == count.end for count, claim in zip(counts, amounts, strict=False))
    return [counts, amounts] if counted and paid else []


def _held(listed: Sequence[Claim], passage: Passage, start: int, wording: Wording) -> Iterator[Relation]:
    """Yield what a list of one figure for each item has to satisfy."""
    wholes = wholes_before(passage, start, listed[0].sentence, listed[0], wording, planned=False)
    for whole, parts, kind in matched(wholes, listed, wording, nested=False) if wholes else ():
        if kind:
            yield kind, whole, parts
        else:
            yield from judged(PartList(whole, parts, False, colon=True, only=len(wholes) == 1), passage, wording)


def within_whole(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `在总投资302亿元中，中央70亿元，地方191亿元，群众41亿元`: parts behind a whole that 在…中 names."""
    whole, listed = claims[0], claims[1:]
    behind = wording.in_all_of.match(passage.text, whole.end)
    if behind is None or not is_candidate(whole, wording) or whole.bracket or behind.end() > listed[0].start:
        return
    parts = parts_of(whole, [c for c in listed if not c.bracket][:_MOST_PARTS], wording)
    parts = next((parts[:k] for k in range(len(parts), 1, -1) if _is_sum(whole, parts[:k])), parts)
    if len(parts) >= _PAIR and all(part.before for part in parts):
        yield from judged(PartList(whole, parts, listed=False, colon=False), passage, wording)


def within_named(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `基本支出中，人员经费142万元，公用经费54万元`: parts of what the sentence names, which was told before it.

    They need not be all of it, unless their names say so, or one wrong digit keeps them from being.
    """
    start, end = passage.sentences[claims[0].sentence]
    for named in wording.within_named.finditer(passage.text[start:end]):
        opened = start + named.end()
        before = [c for c in claims_before(passage, opened) if c.noun.endswith(named["name"]) and addable(c)]
        whole = before[-1] if before and len({c.quantity.base for c in before}) == 1 else None
        if whole is None or whole.bracket:
            continue
        parts = parts_of(whole, [c for c in claims if c.start >= opened and not c.bracket], wording)
        all_of_it = len(parts) > 1 and division(whole, parts, wording, closed=False) == "all"
        if all_of_it or (len(parts) > _PAIR and (ties(whole, parts) is Tie.FIRM or mistaken(whole, parts))):
            yield from judged(PartList(whole, parts, listed=False, colon=False, open_list=True), passage, wording)


def _split(whole: Claim, parts: Sequence[Claim], kind: str, listed: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield a whole with its parts, and with a second list: 其中，一般债务9亿元，专项债务6亿元；政府债券14亿元，其他1亿元."""
    yield kind, whole, parts
    again = parts_of(whole, [c for c in listed if c.start > parts[-1].start], wording)
    if len(again) >= _PAIR and _is_sum(whole, again):
        yield kind, whole, again


def _of_one_item(listed: list[Claim], passage: Passage, opener: int, wording: Wording) -> list[Claim]:
    """Return a list up to the next of the counted items in one of which it is opened: 1、甲90万元，其中省级30万元；2、乙….

    A list of all the items is opened before the first of them.
    """
    if not listed:
        return listed
    start, _ = passage.sentences[listed[0].sentence]
    items = wording.counted_item.finditer("\n" + passage.text[start : listed[-1].start])  # the first begins a sentence
    counted = [(item.lastgroup, item.group().strip(), start + item.start() - 1) for item in items]
    within = {style: number for style, number, place in counted if place < opener}
    ends = [place for style, number, place in counted if place > opener and within.get(style, number) != number]
    return [claim for claim in listed if claim.start < ends[0]] if ends else listed


def _before_next(own: list[Claim]) -> list[Claim]:
    """Return a list up to its last stretch behind a semicolon, whose figure is the whole that the next word opens."""
    levels = [claim for claim in own if addable(claim)]
    if len(levels) < _PAIR or levels[-1].segment == levels[-2].segment:
        return own
    return own[: next(n for n, claim in enumerate(own) if claim.segment == levels[-1].segment)]


def _opens(passage: Passage, start: int, *, among: bool, wording: Wording) -> bool:
    """Tell whether an opening word stands at the beginning of a clause."""
    before = passage.text[max(0, start - 2) : start].rstrip()
    free = among or not before or before[-1] in "，,。;；:：(" or before[-1].isdigit() or sided(passage, start, wording)
    return free or before.endswith(wording.data.openers.behind)


def _lists_figures(passage: Passage, start: int, wording: Wording) -> bool:
    """Tell whether figures follow an opening word before the next stop: 主要包括：办公费、印刷费；explains, and lists none.

    An item of which there was nothing has none: 其中，出国费没有发生；车辆费25万元.
    """
    stop = _STOP.search(passage.text, start)
    if stop is not None and stop.group() in _SEMICOLONS and wording.no_item.search(passage.text, start, stop.start()):
        stop = _STOP.search(passage.text, stop.end())
    return bool(_claims_between(passage, start, stop.start() if stop else len(passage.text)))


def _within(spans: Sequence[tuple[int, int]], position: int) -> bool:
    n = bisect_right(spans, (position, position)) - 1
    return n >= 0 and spans[n][0] < position < spans[n][1]


def _sentence_at(passage: Passage, position: int) -> int:
    return max(0, bisect_right(passage.sentences, position, key=itemgetter(0)) - 1)


def _claims_between(passage: Passage, start: int, end: int) -> list[Claim]:
    first = bisect_left(passage.claims, start, key=attrgetter("start"))
    return list(takewhile(lambda claim: claim.start < end, passage.claims[first : first + _MOST_PARTS]))


def _enumerated_first(parts: list[Claim], passage: Passage, wording: Wording) -> list[Claim]:
    """Return the parts that 、 joins, if a comma sets off the others: 项目4个、政策3个，涉及部门7个."""
    marks = [passage.text[part.end : part.end + 1] for part in parts]
    count = next((n for n, mark in enumerate(marks[:-1], 1) if mark in _APART), len(parts))
    if count < len(parts) and wording.exhaustive.search(parts[count].before):
        return parts
    again = {part.noun for part in parts[count:]} <= {part.noun for part in parts[:count]}
    if count < len(parts) and again:
        return parts  # 2021年省级248万元、中央597万元，2022年省级316万元、中央676万元
    counted = all(part.dimension.startswith("count") and part.noun for part in parts)
    if counted and len({part.noun[-1] for part in parts}) == 1:
        return parts  # 动力机械709台、种植机械27台，收获机械83台
    overlapping = any(wording.inclusive.search(part.before) for part in parts)
    return parts[:count] if count >= _PAIR and not overlapping else parts
