"""What a list of parts has to satisfy: to be its whole, or not to exceed it, or nothing.

Comes in: a whole with its parts, and what the words around them leave open. Goes out: the kinds of relation that they are held
to. Which figures are the parts is the business of `parts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from validator.facts.claims import Claim, Passage, Wording
from validator.model.quantity import BARE
from validator.rules.mistyping import accounts_for
from validator.rules.narrative.divisions import division
from validator.rules.narrative.places import follows, ratio_follows, same_kind, ties, total_interval, total_of
from validator.rules.narrative.shares import names_whole
from validator.rules.tables import Tie

_NEAR = Decimal("0.1")
_SLIP = Decimal("0.02")
_MIDDLE, _WIDE = Decimal("0.2"), Decimal("0.25")
"""How much lists may leave before they are a choice: those of any parts, and those of equals, as 一标段、二标段."""
_LARGE = Decimal("0.5")
_FITS = (Decimal("0.05"), _NEAR)
"""How far two amounts, or more of them, may exceed their whole and yet be meant to make it, rather than one be in another."""
BULK = ("area", "length", "mass", "volume", "energy")
"""What is measured, unlike people and cases, is in one part only."""
_LEAD = 16
_LONG = 3
_PAIR = 2
_MOST_TAKEN_OFF = 4
_FAR_MORE = 10
_BROKEN_OFF = re.compile(r"\)?[，,、;；]\s*[一-鿿]{1,8}\s*$")


Relation: TypeAlias = tuple[str, Claim, Sequence[Claim]]
"""The kind of a relation, the whole and the parts."""


class PartList(NamedTuple):
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


class _Kinship(NamedTuple):
    """What the words say of how the parts of a list belong together."""

    split: str
    """Whether they divide the whole: `all` of it, `some` of it, or empty."""
    alike: bool
    """Whether one may hold another: loans and bonds, 民生支出 and 教育支出."""
    peers: bool
    """Whether they are kinds of one thing."""
    apart: bool
    """Whether what is in one of them is in no other."""


def judged(found: PartList, passage: Passage, wording: Wording) -> Iterator[Relation]:
    """Say what a list of parts has to satisfy: to be the whole, or not to exceed it, or nothing."""
    whole, parts = found.whole, found.parts
    bond = ties(whole, parts)
    if len(parts) > 1 and (bond in (Tie.FIRM, Tie.LOOSE) or (bond is Tie.EMPTY and whole.quantity.base)):
        yield "narrative.total", whole, parts  # 基本支出206万元，项目支出0元 are all of 206万元
        return
    if parts[0].sentence != whole.sentence and parts[0].quantity.base > _FAR_MORE * whole.quantity.base > 0:
        return  # 设备合计24万元。资金来源：中央资金300万元: of another whole
    if wording.average.search(whole.before):
        return  # averages of parts lie on both sides of that of the whole; a standard per head has parts that add up
    if len(parts) == 1:
        above = parts[0].quantity.base > whole.quantity.base
        if not above or (found.only and parts[0].clause - whole.clause <= 2 and not found.open_list):
            yield "narrative.part", whole, parts
        return
    if bond is Tie.OFF and (_unit_slipped(whole, parts) or point_slipped(whole, parts)):
        yield "narrative.total", whole, parts
        return
    if bond is Tie.NONE or _are_no_parts(found, wording):
        return
    if total_of(parts) < whole.quantity.base and _one_is_open(whole, parts, passage):
        return
    kin = _kinship(found, wording)
    # Parts that are all of a whole add up to none of those that they may be parts of.
    above = total_of(parts) > whole.quantity.base and mistaken(whole, parts)
    if not found.sure and kin.split != "all" and not above:
        return
    et_cetera = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    choice = et_cetera or (found.open_list and kin.split != "all")
    conditional = 2 * sum(wording.conditional.match(part.before) is not None for part in parts) >= len(parts)
    if conditional and kin.split == "" and not _is_money(whole):
        return
    if _shares_of_another(parts, passage, wording) and not (kin.split == "all" and mistaken(whole, parts)):
        return
    in_bracket = found.listed and parts[0].bracket > 0 and _are_all_inside(parts, passage)
    whatever_gap = in_bracket or _are_all_kinds(found, passage, wording)
    if (found.listed or kin.split == "all") and not choice and (_gap(whole, parts) <= _LARGE or whatever_gap):
        yield "narrative.total", whole, [*parts, *_rest_behind(whole, parts, passage)]
    elif _one_above(whole, parts, kin.split, passage) and parts[0].clause - whole.clause <= _PAIR + found.colon:
        yield "narrative.part", whole, _above(whole, parts)[:1]
    elif _each_with_its_share(whole, parts, passage) and not _shares_make_all(parts, passage):
        return
    elif total_of(parts) > whole.quantity.base:
        if _exceed(found, kin, passage, wording):
            yield "narrative.part", whole, parts
    elif _fall_short(found, kin, passage, wording):
        yield "narrative.rest", whole, parts


def _are_all_inside(parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether a bracket tells nothing but named parts, joined by 、: 73家（医疗机构10家、零售药店13家）."""
    inside = [c for c in passage.claims if c.bracket == parts[0].bracket]
    return inside == [*parts] and all(part.before for part in parts) and _enumerated(parts, passage)


def _are_all_kinds(found: PartList, passage: Passage, wording: Wording) -> bool:
    """Tell whether things are counted by their kinds, the others too, right behind their number: 公务用车1辆、其他用车0辆.

    Of few things one digit is far more than half.
    """
    whole, parts = found.whole, found.parts
    near = parts[0].sentence == whole.sentence and parts[0].clause - whole.clause <= _PAIR
    counted = whole.dimension.startswith("count") and len(parts) > _PAIR and found.only
    others = wording.exhaustive.search(parts[-1].before) is not None
    return near and counted and others and _enumerated(parts, passage) and parallel(parts, wording)


def _unit_slipped(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether parts add up exactly once a single one is taken in the unit of all others: 29104元 among 万元."""
    factors = [part.quantity.unit.factor for part in parts]
    common = max(factors, key=factors.count)
    odd = [part for part in parts if part.quantity.unit.factor != common]
    if len(odd) != 1 or len(parts) <= _PAIR or any(part.dimension != whole.dimension for part in parts):
        return False
    return total_of(parts) - odd[0].quantity.base + odd[0].quantity.value * common == whole.quantity.base


def point_slipped(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether figures add up exactly once a single one has its decimal point a place to the left: 8600 for 860.

    A figure of one or two digits may do so by chance.
    """
    rest = whole.quantity.base - total_of(parts)
    too_much = ((part, -rest) for part in parts)
    return any(9 * figure.quantity.base == 10 * gap and _digits(figure) >= _LONG for figure, gap in ((whole, rest), *too_much))


def _digits(claim: Claim) -> int:
    return len(claim.quantity.value.normalize().as_tuple().digits)


def _are_no_parts(found: PartList, wording: Wording) -> bool:
    """Tell whether figures that don't add up are something else than parts: a difference, what came and went, 分别为, 各."""
    whole, parts = found.whole, found.parts
    # One that is the whole by itself leaves the others to be something else: 编制95名，其中事业95名，控制数4人.
    return (
        (any(part.quantity.base == whole.quantity.base for part in parts) and not _above(whole, parts[:1]))
        or _parts_of_first(parts)
        or (
            (found.listed or parts[0].bracket > 0)
            and _is_difference(whole, parts)
            and not _are_told_apart(whole, parts, wording)
        )
        or _come_and_go(whole, parts, wording)
        or any(wording.aligned.search(part.before) for part in parts)
        or any(part.before.endswith(wording.data.scores.apiece) for part in parts)  # 甲县、乙县各100万元
    )


def _are_told_apart(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the names of parts divide their whole, so that none of them is taken off another: 行政编制, 事业编制."""
    return division(whole, parts, wording, closed=False) == "all"


def _parts_of_first(parts: Sequence[Claim]) -> bool:
    """Tell whether the first of a list is what all others make: 300件，其中回访246件，满意240件，一般5件，不满意1件."""
    return len(parts) > _PAIR and parts[0].dimension.startswith("count") and ties(parts[0], parts[1:]) is Tie.FIRM


def _kinship(found: PartList, wording: Wording) -> _Kinship:
    whole, parts = found.whole, found.parts
    split = division(whole, parts, wording, closed=not found.open_list)
    alike = any(wording.overlapping_money.search(wording.links.sub("", part.before)) for part in parts)
    peers = split != "" or parallel(parts, wording)
    measured = _is_money(whole) or whole.dimension.partition(":")[0] in BULK
    return _Kinship(split, alike, peers, (measured and not alike) or peers)


def _is_money(whole: Claim) -> bool:
    return whole.dimension == "money" or (not whole.dimension and whole.quantity.unit.factor > 1)


def _gap(whole: Claim, parts: Sequence[Claim]) -> Decimal:
    """Return what is between a whole and its parts, as a share of the whole."""
    base = whole.quantity.base
    return abs(total_of(parts) - base) / abs(base) if base else Decimal(1)


def _exceed(found: PartList, kin: _Kinship, passage: Passage, wording: Wording) -> bool:
    """Tell whether parts that are above their whole together can't be so: none of them holds another."""
    whole, parts = found.whole, found.parts
    gap, money = _gap(whole, parts), _is_money(whole)
    spent = all(part.after.startswith(wording.data.spent_on) for part in parts)
    told_as_equals = _enumerated(parts, passage) or spent
    fits = _FITS[len(parts) > _PAIR] if money else _SLIP
    slipped = kin.peers or told_as_equals or gap <= fits or (money and mistaken(whole, parts))
    nested = (
        (kin.alike and kin.split != "all")
        or any(wording.inclusive.search(part.before) for part in parts)
        or (kin.split == "" and not told_as_equals and _of_one_name(whole, parts))
        or (not slipped and _nestable(whole, parts))
    )
    if _more_is_told(whole, parts, passage):
        return False
    near = gap <= _NEAR or kin.split != "" or (gap <= _LARGE and (kin.apart or found.colon))
    # 资金2085万元，其中返还收入52万元，转移收入1937万元；专项收入110万元: of one list, for all that stands behind a semicolon.
    own = len(parts) > _PAIR and gap <= _SLIP and not any(_called_like(whole, part) for part in parts)
    return near and not nested and (not _goes_on(found) or (kin.peers and money and (own or mistaken(whole, parts))))


def _fall_short(found: PartList, kin: _Kinship, passage: Passage, wording: Wording) -> bool:
    """Tell whether parts that leave some of their whole are meant to be all of it."""
    whole, parts = found.whole, found.parts
    gap, money, several = _gap(whole, parts), _is_money(whole), len(parts) > _PAIR
    if _choice(whole, parts, wording) or _shares_leave_it(whole, parts, passage) or _rest_is_told(whole, parts, passage):
        return False
    apart = not (several or found.colon or kin.split) and parts[0].segment != parts[1].segment
    if apart and (not money or (_called_like(whole, parts[1]) and not _called_like(whole, parts[0]))):
        # 其中快递网点23万处；取送点10万处, 教育支出90万元，其中小学60万元；医疗支出30万元: it may be another matter.
        return False
    if not (several or kin.split or (_slipped(whole, parts) if money else kin.peers or gap <= _SLIP)):
        return False
    # Two are as often a choice as they are everything, but for a slip of the pen.
    reach = _WIDE if kin.peers and not any(part.account for part in parts) else _MIDDLE
    reach = reach if several or _slipped(whole, parts) else _NEAR
    counted = (money and (found.colon or several)) or (kin.apart and (kin.split != "some" or several))
    if _each_with_its_growth(parts, passage):
        # 其中：教育92亿元，增长6%；社保71亿元，增长9%: what grew, and not all there is.
        return gap <= _LARGE and mistaken(whole, parts)
    listed = not found.open_list
    return gap <= _NEAR or (listed and ((gap <= reach and counted) or (gap <= _LARGE and money and mistaken(whole, parts))))


def _called_like(whole: Claim, part: Claim) -> bool:
    """Tell whether two names end alike: 教育支出, 医疗支出."""
    return len(whole.noun) > _PAIR and whole.noun[-_PAIR:] == part.noun[-_PAIR:]


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


def _goes_on(found: PartList) -> bool:
    """Tell whether the parts exceed their whole only with what stands behind a semicolon, where an outer list may go on."""
    first = [part for part in found.parts if part.segment == found.parts[0].segment]
    return found.nested and len(first) < len(found.parts) and total_of(first) <= found.whole.quantity.base


def _one_above(whole: Claim, parts: Sequence[Claim], split: str, passage: Passage) -> bool:
    """Tell whether a part is larger than its whole: the first, or one that the list names as an equal of the first."""
    above = _above(whole, parts)
    return bool(above) and (above[0] is parts[0] or split != "" or _enumerated(parts, passage))


def _above(whole: Claim, parts: Sequence[Claim]) -> list[Claim]:
    """Return the parts that are larger than their whole whatever they were before they were rounded."""
    most = whole.quantity.interval.high
    return [part for part in parts if part.quantity.interval.low > most]


def _choice(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether parts need not be all of a whole: 等 follows, they were spent, or what was carried over is left out.

    So it is where they are main items only: some taxes, the contributions to a fund without its interest; or overlap.
    """
    names = [part.before for part in parts]
    main = any(all(any(word in name for word in group) for name in names) for group in wording.data.main_items)
    listed = main or any(part.after.startswith(wording.data.et_cetera) for part in parts)
    told = any(part.account in ("opening", "closing", "plain") or wording.exhaustive.search(part.before) for part in parts)
    short = not told and wording.with_carried_over.search(whole.before) is not None
    spent = whole.role == "budget" and {part.role for part in parts} == {"executed"}
    return listed or short or spent or _of_several_traits(parts, wording)


def _of_several_traits(parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether people are counted by one thing and by another: 党员24人、女性21人、硕士14人."""
    names = [part.before + part.after for part in parts]
    told = [[any(word in name for word in group) for name in names] for group in wording.data.traits]
    counted = all(part.dimension.startswith("count") for part in parts)
    return counted and any(any(group) and not all(group) for group in told)


def _rest_is_told(whole: Claim, parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether the sentence lists what the parts leave, counted in another word: 公租房500套，棚改200户.

    An amount without its unit among them, 办公费860.50, may be one of them; 办公费860 is, where it is the rest.
    """
    rest = whole.quantity.base - total_of(parts)
    others = [c for c in passage.claims if c.start > parts[0].start and c not in parts and c.kind == "level" and c.usable]
    return any(
        (c.quantity.base == rest and c.sentence == parts[-1].sentence)
        or (c.quantity.unit == BARE and c.quantity.value * whole.quantity.unit.factor == rest)
        or (c.quantity.unit == BARE and c.quantity.step < 1 and c.start < parts[-1].start)
        for c in others
    )


def _one_is_open(whole: Claim, parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether among parts stands one that nothing can be held to, and that may be the rest: 自筹约50万元, 7 6.13万元.

    So does one of which a broken line has only the beginning of the name: 市级40万元，区级资
    """
    first, last = parts[0], parts[-1]
    if _BROKEN_OFF.match(passage.text, last.end):
        return True
    return any(
        c.kind == "level" and not c.usable and c.start > whole.start and first.sentence <= c.sentence <= last.sentence
        for c in passage.claims
        if same_kind(c, whole)
    )


def _rest_behind(whole: Claim, parts: Sequence[Claim], passage: Passage) -> Sequence[Claim]:
    """Return what the sentence behind a list begins with, where it is the rest: 在职82人，退休14人。此外编外人员5人."""
    behind = next((c for c in passage.claims if c.start > parts[-1].start and c.sentence > parts[-1].sentence), None)
    rest = whole.quantity.base - total_of(parts)
    told = behind is not None and behind.kind == "level" and behind.usable and same_kind(behind, whole) and not behind.bracket
    near = behind is not None and behind.sentence - parts[-1].sentence == 1
    return (behind,) if behind is not None and told and near and behind.quantity.base == rest else ()


def _more_is_told(whole: Claim, parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether what parts have more than the whole, or all they make, is told too: 120万元（含自筹20万元）, 合计781万元."""
    added = total_of(parts)
    return any(
        c.kind == "level" and c.usable and c not in parts and c.quantity.base in (added, added - whole.quantity.base)
        for c in passage.claims
        if c.start > parts[0].start and {c.account, whole.account} != {"income", "spending"}
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


def _shares_make_all(parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether the shares right behind parts make just 100 %, so that nothing else is in the whole."""
    at = {claim.start: n for n, claim in enumerate(passage.claims)}
    return len(parts) > _PAIR and total_of([passage.claims[at[part.start] + 1] for part in parts]) == 1


def _each_with_its_growth(parts: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether each part tells by what it grew, right behind it."""
    at = {claim.start: n for n, claim in enumerate(passage.claims)}
    behind = [next(iter(passage.claims[at[part.start] + 1 : at[part.start] + 2]), None) for part in parts]
    return all(c is not None and c.kind in ("growth", "change") for c in behind)


def _shares_of_another(parts: Sequence[Claim], passage: Passage, wording: Wording) -> bool:
    """Tell whether each part tells its share, of no whole by name, of what they all are together: another whole."""
    at = {claim.start: n for n, claim in enumerate(passage.claims)}
    behind = [next(iter(passage.claims[at[part.start] + 1 : at[part.start] + 2]), None) for part in parts]
    return all(
        c is not None and c.kind == "share" and not names_whole(c, wording) and ratio_follows(c, [p], parts)
        for p, c in zip(parts, behind, strict=True)
    )


def _slipped(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether one digit, or two neighbours that changed places, account for what amounts leave of a whole.

    A pair of amounts behind 其中 is as often a choice as it is everything: one of them that is short may be anything.
    """
    figures = [claim.quantity for claim in (whole, *parts)]
    if len(parts) <= _PAIR and min(len(figure.value.as_tuple().digits) for figure in figures) < _LONG:
        return False
    return accounts_for(total_of(parts) - whole.quantity.base, figures)


def mistaken(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether one wrong digit of figures that are told exactly accounts for what is between a whole and its parts."""
    return max(map(_digits, (whole, *parts))) > _LONG and _slipped(whole, parts)


def _of_one_name(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether some part may be a part of the one before it, by how their names begin; not by words of the whole.

    The number of a document, 财农〔2022〕62号, is no name.
    """
    return any(
        part.noun[:2] not in whole.before
        and len(part.noun) > 3
        and len(earlier.noun) > 3
        and not any(map(str.isdigit, part.noun))
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


def _mark(passage: Passage, one: Claim, other: Claim) -> str:
    """Return the last mark between two figures."""
    return next((char for char in reversed(passage.text[one.end : other.start]) if char in "，,、;；。"), "")


def parallel(parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether all parts are kinds of one thing by the ends of their names: 水样、土样; people and cases may overlap."""
    nouns = [wording.links.sub("", part.before) for part in parts]
    if not all(nouns):
        nouns = [part.after for part in parts]
    if not all(nouns) or any(wording.overlapping.search(noun) or wording.overlapping_money.search(noun) for noun in nouns):
        return False
    return len({noun[-1] for noun in nouns}) == 1
