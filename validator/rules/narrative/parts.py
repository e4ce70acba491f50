"""Which figures of a list may be parts of which whole.

Comes in: the figures behind a word that opens a list, and those before it. Goes out: the whole, and its parts. What the words
are is the business of `opened`; what the parts have to satisfy that of `lists`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.divisions import division
from validator.rules.narrative.lists import mistaken, parallel
from validator.rules.narrative.places import addable, is_base, near, same_kind, ties, total_of
from validator.rules.narrative.shares import names_whole
from validator.rules.tables import Tie

_LEAD = 16
_MARK = re.compile(r"[，,。；;：:()]")
_STOCKS = ("opening", "closing", "surplus", "plain")
_PAIR = 2
_SEVERAL = 5
_MANY = 10
"""Parts come near their whole if they are off by no more than one in so many."""
_MOST_BEFORE = 24


def is_candidate(claim: Claim, wording: Wording) -> bool:
    """Tell whether a figure may be a whole or a part: one that can be added up, and of the year that is told."""
    return addable(claim) and not wording.past.search(claim.before)


def is_compared(claim: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether a figure is told to compare another with: 比2022年的640亩增加."""
    lead = _MARK.split(passage.text[max(0, claim.start - _LEAD) : claim.start])[-1]
    return wording.compared_with.search(lead) is not None


def claims_before(passage: Passage, position: int) -> Sequence[Claim]:
    """Return the last claims before a position."""
    end = bisect_left(passage.claims, position, key=attrgetter("start"))
    return passage.claims[max(0, end - _MOST_BEFORE) : end]


def _is_whole_itself(claim: Claim, first: Claim) -> bool:
    """Tell whether a figure of the sentence is what parts are of, though nothing can be held to it: 约1.2亿元, 执行率96.5%."""
    approximate = claim.kind == "level" and not claim.usable and same_kind(claim, first)
    return not claim.bracket and (approximate or claim.kind in ("rate", "percent"))


def wholes_before(passage: Passage, start: int, sentence: int, first: Claim, wording: Wording, *, planned: bool) -> list[Claim]:
    """Return what the parts may be parts of, the nearest first."""
    told = claims_before(passage, start)
    earlier = [c for c in reversed(told) if not c.bracket and is_candidate(c, wording) and same_kind(c, first)]
    levels = [c for c in told if c.kind == "level" and c.sentence == sentence]
    if len(levels) == 1 and addable(levels[0]) and not levels[0].bracket and same_kind(levels[0], first):
        earlier = levels  # 下达上年度补贴592万元，其中: nothing of this year is told with it
    if planned:
        # What was planned is no part of what was done.
        earlier = [c for c in earlier if c.role not in ("actual", "executed")]
    if first.account in ("income", "spending"):
        earlier = [c for c in earlier if c.account not in ("surplus", "opening", "closing", "plain")]
    # 较2022年的450万元 has no parts behind it; nor has 2022年450万元 beside the figure of the year that is told.
    earlier = [c for c in earlier if not is_compared(c, passage, wording)]
    here = [c for c in earlier if c.sentence == sentence]
    if here and not sided(passage, start, wording):
        latest = max(c.year or 0 for c in here)
        return sorted(here, key=lambda c: c.year is not None and c.year < latest)[:6]
    if any(_is_whole_itself(c, first) for c in told if c.sentence == sentence):
        return []
    for back in (1, 2):
        found = but_listed([c for c in earlier if c.sentence == sentence - back], passage, wording)
        if found:
            return [c for c in found if first.year is None or c.year in (None, first.year)][:3]
    return []


def but_listed(wholes: list[Claim], passage: Passage, wording: Wording) -> list[Claim]:
    """Return the figures of a sentence, the last first, without several that it lists as parts itself.

    其中：甲3万元，乙0元。具体如下：… goes back to what 甲 and 乙 are of.
    """
    if len(wholes) < _PAIR:
        return wholes
    begins = passage.sentences[wholes[-1].sentence][0]
    opener = next(wording.among.finditer(passage.text, begins, wholes[0].start), None)
    listed = [c for c in wholes if opener is not None and c.start >= opener.end()]
    return wholes[len(listed) :] if len(listed) >= _PAIR else wholes


def matched(
    wholes: Sequence[Claim], listed: Sequence[Claim], wording: Wording, *, nested: bool
) -> Iterator[tuple[Claim, list[Claim], str]]:
    """Yield the whole with the parts that add up to it; else the nearest with all that may be its parts, without a verdict."""
    roles = {c.role for c in listed if addable(c)} & {"budget", "executed"}
    if len(roles) == 2 and sum(c.role == "budget" for c in listed) >= 2 and sum(c.role == "executed" for c in listed) >= 2:
        both = [found for role in ("budget", "executed") if (found := _of_role(role, wholes, listed)) is not None]
        if any(ties(whole, parts) in (Tie.FIRM, Tie.LOOSE) for whole, parts in both):
            yield from ((whole, parts, "narrative.total") for whole, parts in both)
        return
    told: list[tuple[Claim, list[Claim]]] = []
    for whole in wholes:
        parts = parts_of(whole, listed, wording, nested=nested)
        # 其中：甲43万元；乙393万元；丙1502万元 of 1238万元: the third is above a whole of which a digit is wrong.
        everything = parts_of(whole, listed, wording, nested=nested, whatever_size=True)
        told.append((whole, everything if len(everything) > len(parts) and mistaken(whole, everything) else parts))
        for count in range(len(parts), 1, -1):
            adds_up = near(whole, parts[:count]) and ties(whole, parts[:count]) in (Tie.FIRM, Tie.LOOSE)
            if adds_up and not _by_chance(whole, parts, count, wholes[0], wording):
                yield whole, parts[:count], "narrative.total"
                return
    # 预算7165.32万元，支出6992.95万元。其中：中央3544万元…: what one wrong digit keeps them from being is meant.
    # 总产值69亿元，增加值37亿元。其中，农业产值…、林业产值…: so it is with what the parts are called like.
    fair = [one for one in told if len(one[1]) > _PAIR and mistaken(*one)] or [
        one for one in told if called_alike(*one, wholes)
    ]
    whole, parts = fair[0] if fair else told[0]
    parts = _within_total(whole, parts, listed, wording)
    segment = [c for c in parts if c.segment == parts[0].segment] if parts else []
    listed_at_once = len({c.clause for c in segment}) == 1  # 甲3吨、乙4吨；丙…: what follows the semicolon is another matter
    if len(segment) >= 2 and len(segment) < len(parts) and (len(wholes) > 1 or listed_at_once or nearer(whole, parts)):
        parts = segment
    if parts:
        yield whole, parts, ""


def _by_chance(whole: Claim, parts: Sequence[Claim], count: int, nearest: Claim, wording: Wording) -> bool:
    """Tell whether the first of a list add up to a whole that they are not all of: the list goes on with more of the kind.

    So it is with what names divide a nearer whole, and with kinds of one thing in a long row: 23个数量指标、2个质量指标….
    """
    if count == len(parts):
        return False
    if whole is not nearest:
        every, first = (division(nearest, told, wording, closed=False) for told in (parts, parts[:count]))
        return every == "all" != first
    in_one = len({part.clause for part in parts[: count + 1]}) == 1
    return in_one and len(parts) >= _SEVERAL and parallel(parts, wording)


def nearer(whole: Claim, parts: Sequence[Claim]) -> list[Claim]:
    """Return the parts up to the first semicolon, where only they come near their whole: what follows is another matter."""
    first = [c for c in parts if c.segment == parts[0].segment]
    if not _PAIR <= len(first) < len(parts):
        return []
    off, off_all = (_MANY * abs(total_of(told) - whole.quantity.base) for told in (first, parts))
    return first if off <= whole.quantity.base < off_all else []


def called_alike(whole: Claim, parts: Sequence[Claim], wholes: Sequence[Claim]) -> bool:
    """Tell whether parts and their whole have the end of their names in common, which no other whole has: 产值, not 增加值."""
    end = whole.noun[-_PAIR:]
    named = len(end) == _PAIR and len(parts) > _PAIR and all(part.noun.endswith(end) for part in parts)
    return named and not any(other.noun.endswith(end) for other in wholes if other is not whole)


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


def several_roles(listed: Sequence[Claim]) -> bool:
    """Tell whether budget and execution, or target and actual, are told side by side."""
    roles = [c.role for c in listed if addable(c)]
    return any(one in roles and other in roles for one, other in (("budget", "executed"), ("target", "actual")))


def parts_of(
    whole: Claim, listed: Sequence[Claim], wording: Wording, *, nested: bool = False, whatever_size: bool = False
) -> list[Claim]:
    """Return the figures of a list that may be parts of a whole, up to the first that is a total itself.

    One above the whole that stands apart from the others ends the list as well, unless parts may have `whatever_size`.
    """
    parts: list[Claim] = []
    for n, claim in enumerate(listed):
        if claim.kind != "level" or not same_kind(claim, whole):
            continue
        following = listed[n + 1 : n + 2]
        apart = parts and (nested or claim.segment != parts[-1].segment)
        if apart and claim.quantity.base > whole.quantity.base and not whatever_size:
            break
        if parts and _spent_of(claim, parts[-1], wording):
            continue
        if _of_another(whole, parts, following, wording) or any(is_base(claim, other, wording) for other in following):
            continue
        if not addable(claim) or wording.past.search(claim.before) or wording.no_part.search(claim.before):
            continue
        if wording.concluded.match(claim.before) or (parts and wording.in_all.match(claim.before)):
            break
        if parts and wording.cut_back.match(claim.before):
            break  # 其中甲100万元、乙11万元，调减40万元: of the whole
        if (wording.total.search(claim.before) and (parts or not _of_the_year(claim, whole, wording))) or (
            parts and wording.grand.search(claim.before[-12:])
        ):
            break
        if parts and wording.portion.search(claim.before) and wording.told_target.search(claim.before):
            break
        if parts and claim.role == "executed" and parts[-1].role != "executed" and _so_far(claim, whole, wording):
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
    return _first_column(whole, parts)


def _so_far(claim: Claim, whole: Claim, wording: Wording) -> bool:
    """Tell whether spending is that of the whole: of a budget, or as of a day, 目前资金已拨付106万元."""
    return whole.role == "budget" or wording.within_year.search(claim.before) is not None


def _of_the_year(claim: Claim, whole: Claim, wording: Wording) -> bool:
    """Tell whether a total is that of the year within one that holds what was carried over: 收入总计，其中本年收入合计."""
    return claim.account in ("income", "spending") and wording.with_carried_over.search(whole.before) is not None


def _first_column(whole: Claim, parts: list[Claim]) -> list[Claim]:
    """Return a list without a second figure that is told of every part in the same words: 线上20，回收19，线下10，回收9.

    Where only all of them come near the whole, the words are those of parts: 城镇男20、女19，农村男10、女9.
    """
    pairs = len(parts) // _PAIR
    second = [part.before for part in parts[1::2]]
    alike = pairs > 1 and len(parts) % _PAIR == 0 and second[0] and len(set(second)) == 1
    apart = alike and second[0] not in {part.before for part in parts[::2]}
    near_all, near_first = (
        _MANY * abs(total_of(told) - whole.quantity.base) <= whole.quantity.base for told in (parts, parts[::2])
    )
    return parts[::2] if apart and (near_first or not near_all) else parts


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


def sided(passage: Passage, start: int, wording: Wording) -> bool:
    """Tell whether a list is of one side of an account that the sentence before tells: 收支总计500万元。收入包括：."""
    head = wording.side_of_account.search(passage.text, max(0, start - _LEAD), start)
    return head is not None and head.end() == start
