"""One whole split up again and again: 按来源分…；按用途分…, and sentences whose figures add up to one told before.

Comes in: passages of claims. Goes out: places for the rules of totals. A list without a word of its own stands only where it
adds up; one that 按…分 opens is held to a whole that another list has added up to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact
from validator.rules.narrative.divisions import division
from validator.rules.narrative.lists import PartList, judged, mistaken
from validator.rules.narrative.parts import parts_of
from validator.rules.narrative.places import NUMERALS, Found, addable, facts, is_base, near, place, same_kind, ties, total_of
from validator.rules.narrative.sums import how_many
from validator.rules.tables import Tie, tie

_NUMBERED = re.compile(
    r"\s*(?:(?P<han>[一二三四五六七八九十]{1,3}、)|(?P<bracketed>\([^)]{1,3}\))|(?P<digits>\d{1,2}[.．、](?!\d)))?"
)
_MOST_WHOLES = 8
_SENTENCES = 6
"""So many sentences back a whole is looked for."""
_FEW_SENTENCES = 3
"""So many, of a list that one wrong digit keeps from adding up to it."""
_MOST_PARTS = 24
_NAME = 20
"""Characters at the beginning of a line that name its figure."""
_LINE = 40
"""Characters before the only figure of a line."""
_SEMICOLONS = ("；", ";")
_PAIR = 2
_FEWEST = 3
"""Parts of a list without a word of its own."""
_LONG = 4
_SMALLEST = 10
_SLIGHT = 10
"""A list is short by a slip if it leaves less than one part in so many; one of all that there is, less than a half."""


class _OpenList(NamedTuple):
    """A list that adds up to nothing told before it."""

    parts: Sequence[Claim]
    wholes: Sequence[Claim]
    """What it may be all of, the nearest first."""
    close: Sequence[Claim]
    """What it nearly adds up to."""


def splits(passages: Sequence[Passage], told: Sequence[Found], wording: Wording) -> Iterator[Found]:
    """Yield each list of parts with the whole that is split up in it, but those that are `told` already."""
    wholes: list[tuple[int, Claim]] = []
    known, added_up = _known(told)
    open_lists: list[_OpenList] = []
    at = 0
    for passage in passages:
        if not passage.prose:
            continue
        for number, claims in passage.by_sentence:
            at += 1
            wholes = [(place, whole) for place, whole in wholes if at - place <= _SENTENCES][-_MOST_WHOLES:]
            recently = [whole for place, whole in wholes if at - place <= _FEW_SENTENCES]
            for said, listed, before in _lists(passage, number, claims, wording):
                parts = parts_listed(listed, wording)
                around = [*(whole for _, whole in wholes), *before][-_MOST_WHOLES:]
                candidates = [w for w in reversed(around) if parts and same_kind(w, parts[0]) and w.quantity.base >= _SMALLEST]
                if len(parts) < _PAIR or not candidates:
                    continue
                close = [w for w in candidates if near(w, parts)]
                divides = said or _divides(parts, candidates, wording)
                found = _adding_up(parts, candidates, _PAIR if divides or _in_long(parts) else _FEWEST)
                named = found is None and not divides and any(_has_just(w, parts, wording) for w in close)
                found = _adding_up(parts, close, _PAIR) if named else found
                if found is not None:
                    _note(added_up, found)
                    if _key(found) not in known:
                        yield found
                elif (slip := _slip(passage, parts, before, listed, wording)) is not None:
                    yield slip
                elif (
                    (divides or named)
                    and not _has_total(parts, listed)
                    and not any(wording.average.search(c.before) for c in (*candidates, *parts))
                ):
                    recent = [w for w in _of_the_nearest(close, candidates) if any(w is c for c in (*before, *recently))]
                    open_lists.append(_OpenList(parts, candidates if divides else (), recent))
            wholes += [(at, claim) for claim in claims if addable(claim) and not claim.bracket][:_MOST_WHOLES]
    yield from _sums_of_lines(passages, wording)
    yield from (found for found in _lines_opened(passages, wording) if _key(found) not in known)
    yield from (found for found in _opened_below(passages, wording) if _key(found) not in known)
    yield from (found for found in _lines_of_one_name(passages, wording) if _key(found) not in known)
    off = (_off(told.parts, told.wholes, added_up, wording) or _misprinted(told, wording) for told in open_lists)
    yield from (found for found in off if found is not None and _key(found) not in known)


def _slip(
    passage: Passage, parts: Sequence[Claim], before: Sequence[Claim], listed: Sequence[Claim], wording: Wording
) -> Found | None:
    """Return `支出1823万元，按功能分类：教育1203万元，卫生620万元`: a list right behind its whole, but for one digit."""
    whole = before[-1] if before else None
    if whole is None or len(parts) < _FEWEST or len(parts) != len(listed) or parts[0].sentence != whole.sentence:
        return None
    apart = passage.text[whole.end : parts[0].start - len(parts[0].before)]
    spent = whole.role != "executed" and all(part.role == "executed" for part in parts)
    et_cetera = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    opened = apart[-1:] in (":", "：") or apart.rstrip().endswith(("：", ":"))
    fair = (
        opened
        and addable(whole)
        and same_kind(whole, parts[0])
        and not (spent or et_cetera or wording.past.search(whole.before))
    )
    return _found("narrative.total", whole, parts) if fair and mistaken(whole, parts) else None


def _lines_opened(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield `基本支出90万元，其中：` with the figures that the lines below begin with, each in a paragraph of its own.

    They must add up where they are told to be all there is: 人员经费 and 公用经费 of 基本支出.
    """
    for n, passage in enumerate(passages):
        whole = _opening(passage, wording) if passage.prose else None
        if whole is None:
            continue
        first = [c for c in passage.claims if c.start > whole.start]
        parts = first[:1]
        style = _style(passages[n + 1 : n + 2], wording)
        for line in passages[n + 1 : n + 1 + _MOST_PARTS]:
            if _style([line], wording) != style:
                break  # (1)城市… / (2)农村… / (二)基金…: the next item of an outer list
            head = line.claims[0] if line.claims else None
            if (
                head is None
                or not line.prose
                or head.clause
                or head.start > _NAME
                or not head.noun
                or not same_kind(head, whole)
            ):
                break
            parts.append(head)
        more = [c for c in first[1:] if addable(c) and same_kind(c, whole)]
        if more or len(parts) < _PAIR or not all(map(addable, parts)):
            continue
        if ties(whole, parts) is Tie.FIRM or (division(whole, parts, wording) == "all" and ties(whole, parts) is Tie.OFF):
            yield _found("narrative.total", whole, parts)


def _lines_of_one_name(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield `下达全市补助资金90万元。` with the lines below that each tell one figure of that name: 甲县：补助资金40万元；.

    They are all of it where every line but the last goes on with a semicolon.
    """
    start = 0
    for n, passage in enumerate(passages):
        if n < start or n == 0 or _one_figure(passage) is None:
            continue
        lines = [passage]
        for line in passages[n + 1 : n + _MOST_PARTS]:
            head, first = _one_figure(line), passage.claims[0]
            if head is None or head.noun != first.noun or not same_kind(head, first):
                break
            lines.append(line)
        start = n + len(lines)
        name = passage.claims[0].noun
        parts = [line.claims[0] for line in lines]
        above = passages[n - 1]
        told = [c for c in above.claims if addable(c) and not c.bracket and same_kind(c, parts[0])] if above.prose else []
        whole = next((c for c in reversed(told) if c.before.endswith(name) and not wording.past.search(c.before)), None)
        if len(lines) < _FEWEST or len(name) <= _PAIR or whole is None:
            continue
        listed = all(line.text.rstrip().endswith(_SEMICOLONS) for line in lines[:-1])
        slight = abs(total_of(parts) - whole.quantity.base) * _SLIGHT <= whole.quantity.base
        if ties(whole, parts) is Tie.FIRM:
            yield _found("narrative.total", whole, parts)
        elif listed and slight and ties(whole, parts) is Tie.OFF:
            yield _found("narrative.part" if total_of(parts) > whole.quantity.base else "narrative.rest", whole, parts)


def _one_figure(line: Passage) -> Claim | None:
    """Return the only figure of a line, which a few words name."""
    one = line.claims[0] if line.prose and len(line.claims) == 1 else None
    return one if one is not None and addable(one) and not one.bracket and one.start <= _LINE else None


def _style(line: Sequence[Passage], wording: Wording) -> str:
    """Return how a line is numbered, if it is."""
    number = wording.line_number.match(line[0].text) if line else None
    return number.lastgroup or "" if number is not None else ""


def _opened_below(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield `共下达资金90万元。` with the list of the next paragraph, which 其中： begins."""
    for above, below in pairwise(passages):
        opener = wording.opens_lines.match(below.text.lstrip()) if above.prose and below.prose and above.claims else None
        if opener is None or not below.claims:
            continue
        last = [c for c in above.claims if c.sentence == above.claims[-1].sentence]
        listed = [c for c in below.claims if c.sentence == below.claims[0].sentence and not c.bracket]
        parts = [c for c in listed if addable(c)]
        wholes = [c for c in last if addable(c) and not c.bracket and parts and same_kind(c, parts[0])]
        if len(wholes) != 1 or wording.past.search(wholes[0].before):
            continue
        parts = parts_of(wholes[0], listed, wording)
        if len(parts) > 1:
            yield from (_found(*told) for told in judged(PartList(wholes[0], parts, False, True), below, wording))


def _opening(passage: Passage, wording: Wording) -> Claim | None:
    """Return the figure right behind which 其中： opens the list that goes on below, in the last sentence of a paragraph."""
    openers = list(wording.opens_lines.finditer(passage.text))
    if not openers:
        return None
    before = [c for c in passage.claims if c.end <= openers[-1].start()]
    told = before and addable(before[-1]) and not before[-1].bracket and openers[-1].start() - before[-1].end <= _PAIR
    return before[-1] if told and not wording.past.search(before[-1].before) else None


def _sums_of_lines(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield `以上资金合计113万元` below lines of one figure each; they must add up where these tell nothing else."""
    for n, passage in enumerate(passages):
        total = passage.claims[0] if passage.claims else None
        said = wording.sum_of_lines.fullmatch(total.before) if total is not None else None
        if total is None or said is None or not addable(total):
            continue
        most = how_many(said["count"]) if said["count"] else _MOST_PARTS
        above: list[tuple[Passage, Claim]] = []
        for line in reversed(passages[max(0, n - most) : n]):
            alike = [c for c in line.claims if addable(c) and same_kind(c, total) and not c.bracket]
            if not line.prose or len(alike) != 1 or wording.signed_line.search(line.text):
                break
            above.insert(0, (line, alike[0]))
        parts = [part for _, part in above]
        if len(parts) < _PAIR or (said["count"] and len(parts) != most):
            continue
        heading = _NUMBERED.match(passages[n - len(above) - 1].text) if n > len(above) else None
        first = heading is None or heading.lastgroup is None or _count(heading) in ("1", "一")
        strict = first and len(passage.claims) == 1 and _counted_from_one(above, wording)
        if strict or ties(total, parts) is Tie.FIRM:
            yield _found("narrative.total", total, parts)


def _counted_from_one(above: Sequence[tuple[Passage, Claim]], wording: Wording) -> bool:
    """Tell whether lines are numbered 1, 2, 3, and tell one figure each and nothing else."""
    numbers = [_NUMBERED.match(line.text) for line, _ in above]
    styles = {number.lastgroup for number in numbers if number}
    counts = [_count(number) if number else "" for number in numbers]
    in_order = [str(n) for n in range(1, len(above) + 1)], list(NUMERALS[: len(above)])
    plain = all(len(line.claims) == 1 and not wording.total.search(part.before) for line, part in above)
    return plain and len(styles) == 1 and counts in in_order


def _count(number: re.Match[str]) -> str:
    return re.sub(rf"[^\d{NUMERALS}]", "", number.group())


def _known(told: Sequence[Found]) -> tuple[set[tuple[str, ...]], dict[str, set[str]]]:
    """Return which lists are told, and which wholes one of them adds up to, with the parts of each."""
    added: dict[str, set[str]] = {}
    for found in told:
        whole, parts = _relation(found)
        if tie(whole, parts) is Tie.FIRM:
            _note(added, found)
    return {_key(found) for found in told}, added


def _has_total(parts: Sequence[Claim], listed: Sequence[Claim]) -> bool:
    """Tell whether a list ends with a total of its own: 分季度看，一季度3万元，二季度4万元，三季度5万元，全年12万元."""
    behind = next((c for c in listed if c.start > parts[-1].start and c.dimension == parts[0].dimension), None)
    last = len(parts) > _PAIR and ties(parts[-1], parts[:-1]) is Tie.FIRM
    return last or (behind is not None and ties(behind, parts) is Tie.FIRM)


def _note(added_up: dict[str, set[str]], found: Found) -> None:
    """Note the parts of a whole that they add up to."""
    whole, parts = _relation(found)
    added_up.setdefault(whole.pointer.path, set()).update(part.pointer.path for part in parts)


def _relation(found: Found) -> tuple[Fact, Sequence[Fact]]:
    names: Any = found.place.names
    return names["whole" if found.kind == "narrative.part" else "total"], names["parts"]


def _key(found: Found) -> tuple[str, ...]:
    whole, parts = _relation(found)
    return (whole.pointer.path, *sorted(part.pointer.path for part in parts))


def _lists(
    passage: Passage, number: int, claims: Sequence[Claim], wording: Wording
) -> Iterator[tuple[bool, Sequence[Claim], Sequence[Claim]]]:
    """Yield the lists of a sentence: whether a word opens it, its figures, and those of the sentence before it."""
    start, end = passage.sentences[number]
    openers = [found.end() for found in wording.split_by.finditer(passage.text, start, end)]
    listed = [c for c in claims if not c.bracket][: 2 * _MOST_PARTS]
    for opener, limit in pairwise([*openers, end]):
        yield True, [c for c in listed if opener <= c.start < limit], [c for c in listed if c.start < openers[0]]
    if not openers:
        yield False, listed, ()
        # 工资5659万元。在职408人，5550万元；退休116人，109万元: heads are told with the amounts.
        amounts = [c for c in listed if c.dimension == "money"]
        first = next((c for c in listed if addable(c)), None)
        if first is not None and first.dimension != "money" and len(amounts) >= _FEWEST:
            yield False, amounts, ()


def _in_long(parts: Sequence[Claim]) -> bool:
    """Tell whether two parts side by side have so many digits that they add up to no whole by chance."""
    digits = [len(c.quantity.value.normalize().as_tuple().digits) for c in parts]
    return len(parts) == _PAIR and min(digits) >= _LONG and max(digits) > _LONG


def _adding_up(parts: Sequence[Claim], wholes: Sequence[Claim], fewest: int) -> Found | None:
    """Return the nearest whole that the parts add up to, or else those before the first semicolon, or any of three or more.

    What 其中 lists of the last one may go on behind a semicolon.
    """
    first = sum(c.segment == parts[0].segment for c in parts)
    for count in dict.fromkeys((len(parts), first, *range(len(parts) - 1, _FEWEST - 1, -1))):
        for whole in wholes if count >= fewest else ():
            if near(whole, parts[:count]) and ties(whole, parts[:count]) is Tie.FIRM:
                return _found("narrative.total", whole, parts[:count])
    return None


def _off(parts: Sequence[Claim], wholes: Sequence[Claim], added_up: Mapping[str, set[str]], wording: Wording) -> Found | None:
    """Return the whole that the parts should add up to: one that another list gives, or that is known to have just these."""
    here = [w for w in wholes if _paragraph(w) == _paragraph(parts[0])]
    just = (w for w in here or wholes if _nearest(w, parts, wholes, added_up) or _has_just(w, parts, wording))
    whole = wholes[0] if _divides(parts, wholes, wording) else next(just, None)
    if whole is None or ties(whole, parts) is not Tie.OFF:
        return None
    sure = bool(here) or division(whole, parts, wording) == "all" or _told_last(whole, wholes, added_up)
    if not sure and not mistaken(whole, parts):
        return None
    gap = total_of(parts) - whole.quantity.base
    if gap < 0 and whole.role != "executed" and all(part.role == "executed" for part in parts):
        return None  # not all of it was spent
    near = _PAIR if _has_just(whole, parts, wording) else _SLIGHT
    if abs(gap) * near > whole.quantity.base:
        return None
    if _divides(parts, wholes, wording) and gap < 0:
        # What the next sentence lists may go on without a figure: 第三批未下达.
        return _found("narrative.rest", whole, parts) if mistaken(whole, parts) else None
    if division(whole, parts, wording) == "all":
        return _found("narrative.total", whole, parts)
    return _found("narrative.part" if gap > 0 else "narrative.rest", whole, parts)


def _misprinted(told: _OpenList, wording: Wording) -> Found | None:
    """Return what the parts of a divided whole add up to but for one wrong digit: 分中央和地方看，中央2000，地方3000.

    They may leave a rest of it where their names are not those of all parts.
    """
    parts = told.parts
    for whole in told.close:
        gap = total_of(parts) - whole.quantity.base
        sides = {c.account for c in (whole, *parts)} & {"income", "spending"}
        spent = whole.role != "executed" and all(part.role == "executed" for part in parts)
        choice = any(part.after.startswith(wording.data.et_cetera) for part in parts)
        if not gap or len(sides) > 1 or choice or (spent and gap < 0) or not mistaken(whole, parts):
            continue
        if gap > 0 or division(whole, parts, wording) == "all":
            return _found("narrative.part" if gap > 0 else "narrative.rest", whole, parts)
    return None


def _divides(parts: Sequence[Claim], wholes: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether parts are all of the last figure of the sentence before: 到账1400万元。第一批800万元，第二批600万元."""
    near = bool(wholes) and len(parts) > 1 and wholes[0].dimension == "money" and parts[0].sentence - wholes[0].sentence == 1
    one_paragraph = near and _paragraph(wholes[0]) == _paragraph(parts[0])
    alike = one_paragraph and {part.role for part in parts} <= {wholes[0].role, ""} and not wholes[0].bracket
    return alike and parts[0].clause - wholes[0].clause == 1 and division(wholes[0], parts, wording, closed=False) == "all"


def _of_the_nearest(close: Sequence[Claim], candidates: Sequence[Claim]) -> list[Claim]:
    """Return those of the paragraph that tells what may be split up last: one above it speaks of another matter."""
    return [whole for whole in close if _paragraph(whole) == _paragraph(candidates[0])]


def _paragraph(claim: Claim) -> str:
    return claim.fact.pointer.path.partition("]")[0]


def _nearest(whole: Claim, parts: Sequence[Claim], wholes: Sequence[Claim], added_up: Mapping[str, set[str]]) -> bool:
    """Tell whether another list adds up to a whole, and nothing told since but its parts is large enough for the list.

    新增债券62亿元，其中一般10亿元、专项52亿元。税收98亿元。分税种看，…: what is split up is the 98.
    """
    known = added_up.get(whole.fact.pointer.path)
    nearer = wholes[: next(n for n, one in enumerate(wholes) if one is whole)]
    listed = total_of(parts)
    return known is not None and all(one.fact.pointer.path in known or one.quantity.base < listed for one in nearer)


def _told_last(whole: Claim, wholes: Sequence[Claim], added_up: Mapping[str, set[str]]) -> bool:
    """Tell whether every figure that may be split up is a whole or one of its parts: nothing else was spoken of."""
    known = added_up.get(whole.fact.pointer.path, set())
    return all(one is whole or one.fact.pointer.path in known for one in wholes)


def _has_just(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether parts are all that a whole consists of by its name: 第一产业, 第二产业 and 第三产业 of 生产总值."""
    named = any(word in whole.before for d in wording.data.partitions_of for word in d.whole)
    return named and division(whole, parts, wording) == "all"


def parts_listed(listed: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return the figures of a list that are of the kind of the first, up to a total; without what 其中 lists of one of them."""
    first = next((c for c in listed if addable(c)), None)
    parts: list[Claim] = []
    nested = -1
    for claim, following in zip_longest(listed, listed[1:]):
        if first is None or not addable(claim) or not same_kind(claim, first):
            continue
        if parts and wording.opener.match(claim.before):
            nested = claim.segment
        if claim.segment == nested or (following is not None and is_base(claim, following, wording)):
            continue
        if wording.past.search(claim.before) or wording.total.search(claim.before) or len(parts) == _MOST_PARTS:
            break
        parts.append(claim)
    return parts


def _found(kind: str, whole: Claim, parts: Sequence[Claim]) -> Found:
    name = "whole" if kind == "narrative.part" else "total"
    return Found(kind, place(kind, whole, {name: whole.fact, "parts": facts(parts)}, suffix=f"split{parts[0].start}"))
