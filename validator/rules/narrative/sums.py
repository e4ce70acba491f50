"""Totals that are told behind their parts: 共计, 合计, 三批共286人.

Comes in: the claims of a sentence. Goes out: totals with their parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, zip_longest
from operator import attrgetter

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.lists import Relation, mistaken, point_slipped
from validator.rules.narrative.parts import claims_before, is_candidate, several_roles
from validator.rules.narrative.places import NUMERALS, addable, is_base, near, same_kind, ties, total_of
from validator.rules.tables import Tie

_MARK = re.compile(r"[，,；;：:()\d]")
_COMMAS = frozenset({"", ",", "，"})
_MOST_RUN = 12
_MOST_LISTED = 40
"""Figures of one sentence that the next one adds up."""
_PAIR = 2
_FAR_MORE = 100
_FAR = 4
"""A total is off by less than one in so many, where its list is right before it."""
_NEAR = 40
"""Characters between a standard and the first part behind it."""


def summed(claims: Sequence[Claim], wording: Wording, previous: Sequence[Claim] | None = None) -> Iterator[Relation]:
    """Yield `甲12人，乙18人，共计30人`: figures up to the word of a total.

    A sentence that 加上 begins, or 年初结转, goes on with a figure of the one before: the `previous`, None for other sentences.
    """
    if previous is not None:
        yield from _with_the_figure_before(claims, previous, wording)
        return
    since = 0
    subtotal: Claim | None = None
    for n, claim in enumerate(claims):
        counted = wording.counted_sum.search(claim.before)
        made_up = wording.makes_up.search(claim.before)
        word = counted or made_up or wording.total.search(claim.before) or wording.bare_total.search(claim.before)
        if not addable(claim) or not (word or _closes_what_was_added(claim, claims, n, wording)):
            continue
        before = [c for c in claims[max(since, n - 3 * _MOST_RUN) : n] if c.bracket == claim.bracket][-_MOST_RUN:]
        parts = [c for c in before if is_candidate(c, wording) and same_kind(c, claim)]
        everything = parts
        if claim.role and several_roles(parts):
            parts = [c for c in parts if c.role == claim.role]
        name = wording.total.sub("", claim.before)
        named = [c for c in parts if name and c.before.endswith(name)]
        if len(named) >= _PAIR and len(parts) % _PAIR == 0 and named in (parts[::2], parts[1::2]):
            parts = named  # 甲新建10户、改造9户，乙新建20户、改造19户，合计新建30户、改造28户
        if subtotal is not None and wording.grand.search(claim.before) and same_kind(subtotal, claim):
            parts = [subtotal, *parts]  # 收入合计, 年初结转, 收入总计
        run = _run_that_ties(claim, parts)
        if not run and len(parts) < len(everything):
            run = _run_that_ties(claim, everything)  # 支出300万元，安排稳定基金20万元，支出合计320万元
        if not run and counted:
            run = _so_many(how_many(counted["count"]), claim, before[::-1], wording)[::-1] or _so_many(
                how_many(counted["count"]), claim, claims[n + 1 :], wording
            )
        # 年初结余60万元，收入合计900万元，支出合计910万元: what was there, what came and what went.
        sides = {c.account for c in (claim, *parts)} - {"", *_carried_over(claim, parts, wording)}
        known = all(c.usable for c in before if c.kind == "level" and same_kind(c, claim))
        told = known and len(sides) <= 1 and len(parts) >= _PAIR and not _of_each(claims, n, parts)
        if not run and not counted and told and _is_total_of(claim, parts, before, wording):
            run = parts
        run = run or _added_up(claim, parts, claims[:n], wording)
        if run:
            yield "narrative.total", claim, run
            yield from _beside(claim, run, claims[n + 1 : n + 2], before)
            yield from _in_brackets(claim, run, claims)
            since, subtotal = n + 1, claim
    yield from _with_what_was_added(claims, wording)


def _with_what_was_added(claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `近日下达322万元，加上提前下达的738万元，今年1060万元已下达`: a sum without a word for it, but for one digit."""
    levels = [c for c in claims if c.kind == "level"]
    for first, added, total in zip(levels, levels[1:], levels[2:], strict=False):
        if not added.before.startswith(wording.data.added_on) or not all(map(addable, (first, added, total))):
            continue
        parts = [first, added]
        alike = all(same_kind(c, total) and c.bracket == total.bracket for c in parts)
        told = wording.available.search(total.before) is not None and added.segment == total.segment
        slipped = mistaken(total, parts) and not _goes_on(total, claims, wording)
        if alike and (told or ties(total, parts) is Tie.FIRM or slipped):
            yield "narrative.total", total, parts


def with_added(before: Sequence[Claim], claims: Sequence[Claim]) -> Iterator[Relation]:
    """Yield `支出预算885亿元。如加上结转资金12亿元，支出为897亿元`: what the sentence before tells, and what is added to it.

    `before` are its claims, `claims` those of a sentence that begins with such a word. A sum by the name of what it adds to may
    be a slip of the pen; any other has to come out even.
    """
    if len(claims) != _PAIR or not all(map(addable, claims)):
        return
    added, total = claims
    for first in before:
        parts = [first, added]
        if addable(first) and not first.bracket and all(same_kind(c, total) for c in parts):
            called = bool(total.noun) and total.noun in first.noun
            if ties(total, parts) is Tie.FIRM or (called and mistaken(total, parts)):
                yield "narrative.total", total, parts
                return


def _goes_on(claim: Claim, claims: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a figure is one more that is added on: 加上还本21亿元、上解40亿元，结转9亿元，支出总计70亿元."""
    listed = any(c.clause == claim.clause and c.end <= claim.start and same_kind(c, claim) for c in claims)
    behind = [c for c in claims if c.start > claim.start and c.segment == claim.segment and same_kind(c, claim)]
    return listed or any(wording.grand.search(c.before) or wording.total.search(c.before) for c in behind)


def _closes_what_was_added(claim: Claim, claims: Sequence[Claim], n: int, wording: Wording) -> bool:
    """Tell whether a figure is the total of what 加上 adds to, by no other word: 收入12亿元，加上补助25亿元，总收入37亿元."""
    if claim.account not in ("income", "spending") or not wording.grand.search(claim.before):
        return False
    before = claims[max(0, n - _MOST_RUN) : n]
    one = {c.account for c in before} & {"income", "spending"} <= {claim.account}
    return one and any(wording.added_on.match(c.before) for c in before)


def _carried_over(total: Claim, parts: Sequence[Claim], wording: Wording) -> Sequence[str]:
    """Return the account of what came from the year before, where a total holds it and is about what the parts make."""
    return ("opening",) if wording.with_carried_over.search(total.before) and near(total, parts) else ()


def _added_up(total: Claim, parts: Sequence[Claim], before: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return `收入12亿元，加上级补助25亿元，上年结余2亿元，收入总计39亿元`: what 加 adds to, and all that is added."""
    first = next((n for n, part in enumerate(parts) if n and wording.added_on.match(part.before)), None)
    if first is None or not (wording.grand.search(total.before) or wording.total.search(total.before)):
        return ()
    run = parts[first - 1 :]
    told = [c for c in before if c.start >= run[0].start and c.kind == "level" and c.bracket == total.bracket]
    between = [c for c in told if c.dimension == total.dimension and not wording.past.search(c.before)]
    taken_off = any(wording.signed_line.match(c.before) for c in run)
    closed = all(wording.grand.search(c.before) for c in (run[0], total))  # 收入总量30亿元；加上支出24亿元，支出总量29亿元
    if between != run or taken_off or closed:
        return ()
    added = _without_parts_of_parts(run, wording)
    return added if len(added) >= _PAIR and ties(total, added) is not Tie.NONE else ()


def _without_parts_of_parts(run: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return a list without what 其中 opens in it; nothing where the figures don't tell how far that goes."""
    opened = next((n for n, part in enumerate(run) if n and wording.opener.match(part.before)), None)
    if opened is None:
        return run
    whole, behind = run[opened - 1], run[opened:]
    count = next((n for n in range(1, len(behind) + 1) if ties(whole, behind[:n]) is Tie.FIRM), 0)
    return [*run[:opened], *_without_parts_of_parts(behind[count:], wording)] if count else ()


def _of_each(claims: Sequence[Claim], n: int, parts: Sequence[Claim]) -> bool:
    """Tell whether a total is that of standards, or numbers times them.

    每人320元、省级150元，合计640元; 200户共400万元; 一等奖5万元（2个）、二等奖3万元（4个），共22万元.
    """
    total, before = claims[n], claims[n - 1]
    product = before.clause == total.clause and before.kind == "level" and not same_kind(before, total)
    first = min((part.start for part in parts), default=total.start)
    prices = [c for c in claims[:n] if c.kind == "price" and first - c.end <= _NEAR]
    standard = any(total.size < _FAR_MORE * c.size for c in prices)
    numbered = [
        (part, number)
        for part, number in pairwise(claims[:n])
        if part in parts and number.bracket != part.bracket and number.dimension.startswith("count")
    ]
    worth = sum((part.quantity.base * number.quantity.base for part, number in numbered), Decimal(0))
    return product or standard or (len(numbered) == len(parts) and worth == total.quantity.base)


def _with_the_figure_before(claims: Sequence[Claim], previous: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `收入12亿元。加上补助25亿元，收入总计37亿元`: what the sentence before tells, or that of its figures which fits."""
    total = next(
        (c for c in claims[1:] if addable(c) and (wording.in_all.search(c.before) or wording.grand.search(c.before))), None
    )
    if total is None:
        return
    parts = [c for c in claims if c.start < total.start and addable(c) and same_kind(c, total)]
    bases = [c for c in previous if addable(c) and same_kind(c, total) and not wording.past.search(c.before)]
    if len(bases) > _PAIR and ties(bases[0], bases[1:]) is Tie.FIRM:
        bases = bases[:1]  # the others are its parts
    giving = next((base for base in bases if ties(total, [base, *parts]) is Tie.FIRM), None)
    told = [c for c in claims if c.start < total.start and c.dimension == total.dimension]
    wholes = [c for c in _wholes(previous, wording) if c in bases]
    one_side = len({c.account for c in (total, *wholes)} - {""}) <= 1
    alone = len(wholes) == 1 and told == parts and not wholes[0].bracket and one_side
    # 收入86亿元，其中县本级50亿元。加上…: what is added to may be a part.
    sure = alone and (len(bases) == 1 or any(fits(total, [wholes[0], *parts]) for fits in (near, point_slipped)))
    base = giving or (wholes[0] if sure else None)
    if parts and base is not None:
        yield "narrative.total", total, [base, *parts]


def _wholes(claims: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return figures but those a rate is taken of, or 其中 lists: 收入86万元，为预算92万元的93%，其中税收80万元."""
    listed = -1
    found: list[Claim] = []
    for claim, following in zip_longest(claims, claims[1:]):
        if found and wording.among.match(claim.before):
            listed = claim.sentence
        if claim.sentence != listed and (following is None or not is_base(claim, following, wording)):
            found.append(claim)
    return found


def closed_behind(passage: Passage, previous: Sequence[Claim], claims: Sequence[Claim], wording: Wording) -> Iterator[Relation]:
    """Yield `甲40万元；乙25万元；丙276万元。共计下达341万元`: a sentence that begins with the total of the one before.

    Behind words of its own, 全县共下达, it is that only where they add up, or exceed it by one digit; 总投资 only where they
    add up, or each item has a sentence part of its own and one digit is wrong.
    """
    total = claims[0]
    words = _words_before(passage, total)
    told = wording.in_all.search(words) or wording.bare_total.search(words)
    said = told or wording.grand.search(words)
    levels = [c for c in previous if same_kind(c, total) and not c.bracket]
    if said is None or not addable(total) or total.bracket or not _PAIR <= len(levels) <= _MOST_LISTED:
        return
    named = all(c.before or _is_named_by_number(c, previous, passage) for c in levels)
    plain = named and all(is_candidate(c, wording) and not wording.total.search(c.before) for c in levels)
    separate = len({c.segment for c in levels}) == len(levels) > _PAIR
    if not plain or _openers_between([total, *levels], wording) or (several_roles(levels) and not separate):
        return
    bare = wording.bare_total.fullmatch(words) or wording.total.fullmatch(words)
    pointing = wording.all_of_them.match(words) if words.startswith(tuple(wording.data.summed_up)) else None  # 以上共计扶持资金
    begins = wording.total.match(words, pointing.end() if pointing else 0)
    closes = bare or (begins and len(levels) > _PAIR and _of_these_alone(total, levels, wording))
    # What is told of the kind before the list, or behind the total, may belong to it as well.
    around = [*claims_before(passage, previous[0].start), *claims[1:]]
    more = any(same_kind(c, total) and c.kind == "level" for c in around)
    chosen = wording.opener.search(passage.sentence_text(previous[0].sentence))
    told_alike = separate or len({c.role for c in (total, *levels)} - {""}) <= 1
    sure = closes and not more and not chosen and told_alike and _near_enough(total, levels)
    above = (total_of(levels) > total.quantity.base if told else separate) and mistaken(total, levels)
    bond = ties(total, levels)
    if bond is Tie.FIRM or (bond is Tie.OFF and (sure or above)):
        yield "narrative.total", total, levels


def _is_named_by_number(claim: Claim, previous: Sequence[Claim], passage: Passage) -> bool:
    """Tell whether a figure is that of what a number right before it counts: 桥梁4座，130万元."""
    before = previous[previous.index(claim) - 1] if claim is not previous[0] else None
    if before is None or not before.before or before.dimension == claim.dimension:
        return False
    return passage.text[before.end : claim.start].strip() in _COMMAS


def _words_before(passage: Passage, total: Claim) -> str:
    """Return the words before the figure that a sentence begins with, over a mark between names: 共计下达中央、省级资金."""
    lead = passage.text[passage.sentences[total.sentence][0] : total.start].strip()
    return lead if "、" in lead and not _MARK.search(lead) else total.before


def behind_items(passage: Passage, wording: Wording) -> Iterator[Relation]:
    """Yield `一是设备35万元；二是培训28万元，合计63万元`: items of one figure each, and their total behind the last."""
    parts: list[Claim] = []
    for _, claims in passage.by_sentence:
        number = wording.line_number.match(claims[0].before)
        told = [c for c in claims if c.kind == "level" and not c.bracket]
        alike = [c for c in told if same_kind(c, told[0])]
        if number is None or number.lastgroup != "said" or number["said"] not in NUMERALS[len(parts) : len(parts) + 1]:
            parts = []
        elif len(alike) == 1 and addable(alike[0]):
            parts.append(alike[0])
        elif len(parts) > 1 and len(alike) == _PAIR and all(map(addable, alike)) and wording.total.fullmatch(alike[1].before):
            whole, items = alike[1], [*parts, alike[0]]
            if all(same_kind(part, whole) for part in items) and ties(whole, items) is not Tie.NONE:
                yield "narrative.total", whole, items
            parts = []
        else:
            parts = []


def _of_these_alone(total: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a total counts what its parts do, each once: not 共计拨付 of grants, nor people of several lists."""
    done_alike = not total.role or total.role in {part.role for part in parts}
    et_cetera = any(part.after.startswith(wording.data.et_cetera) for part in parts)
    once = not any(wording.overlapping.search(part.before + part.after) for part in (total, *parts))
    return done_alike and once and not et_cetera


def _near_enough(total: Claim, parts: Sequence[Claim]) -> bool:
    return _FAR * abs(total_of(parts) - total.quantity.base) <= total.quantity.base


def how_many(word: str) -> int:
    """Return how many a numeral says there are."""
    return int(word) if word.isdigit() else NUMERALS.index(word.replace("两", "二")) + 1


def _so_many(count: int, whole: Claim, neighbours: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the figures next to a whole, where it is the total of just so many: 三批共286人，第一批…."""
    run = neighbours[:count]
    in_order = sorted(run, key=attrgetter("start"))
    # 收入10亿元，其中甲4亿元、乙2亿元、丙1亿元，三项合计7亿元: of what 其中 lists, and not of what it is listed of.
    # Two of them may be one of those and another figure: 省级300万元，其中上年结转100万元，县级150万元，两项合计450万元.
    opened = count > _PAIR and len(run) == count and wording.among.match(in_order[0].before)
    following = [] if opened else neighbours[count : count + 1]
    alike = all(is_candidate(c, wording) and same_kind(c, whole) and c.bracket == whole.bracket for c in run)
    planned = {wording.planning.search(c.before) is not None for c in (whole, *run)}
    ended = not any(addable(c) and same_kind(c, whole) and not wording.grand.search(c.before) for c in following)
    told = ended and len(run) == count > 1 and alike and len(planned) == 1 and not _openers_between(in_order, wording)
    return run if told and ties(whole, run) is not Tie.NONE else ()


def _beside(total: Claim, run: Sequence[Claim], following: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Relation]:
    """Yield the second total of `甲8人、6万元，乙5人、4万元，共13人、10万元`, where each part tells both."""
    for other in following:
        if other.before or other.clause != total.clause or not addable(other) or same_kind(other, total):
            continue
        pairs = [(c, after) for c, after in pairwise(before) if c in run and addable(after) and same_kind(after, other)]
        if len(pairs) == len(run) and all(not after.before and after.clause == c.clause for c, after in pairs):
            yield "narrative.total", other, [after for _, after in pairs]


def _in_brackets(total: Claim, run: Sequence[Claim], claims: Sequence[Claim]) -> Iterator[Relation]:
    """Yield the second total of `甲300万元（其中设备80万元），乙200万元（其中设备50万元），合计500万元（其中设备130万元）`."""
    inside = {one.start: other for one, other in pairwise(claims) if other.bracket and other.bracket != one.bracket}
    told = [inside.get(figure.start) for figure in (*run, total)]
    known = [c for c in told if c is not None and addable(c)]
    alike = len(known) == len(told) and len({c.before for c in known}) == 1 and all(same_kind(c, known[-1]) for c in known)
    if alike and known[-1].before:
        yield "narrative.total", known[-1], known[:-1]


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
    rest = wording.total.sub("", wording.makes_up.sub("", whole.before))
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
    large_enough = whole.quantity.base >= _least(whole, parts, rest, wording)
    return (
        bool(told)
        and alike
        and (((bare or large_enough) and not _of_some(whole, parts, wording)) or point_slipped(whole, parts))
        and len(before) <= 2 * len(parts)
        and not _openers_between(parts, wording)
    )


def _least(whole: Claim, parts: Sequence[Claim], name: str, wording: Wording) -> Decimal:
    """Return how much a total is at the least, to be the one of the figures before it: as much as the largest of them.

    Right behind a list of one figure each, of its own name or none, it may be less by a mistake.
    """
    sizes = [part.quantity.base for part in parts]
    listed = all(other.clause - one.clause <= 1 for one, other in pairwise((*parts, whole)))
    alike = all(name in part.before + part.after and not wording.total.search(part.before) for part in parts)
    return min(sizes) if listed and alike and sizes != sorted(sizes, reverse=True) else max(sizes)


def _of_some(whole: Claim, parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether 共 may count what steps have come to, or those of all parts that did something else.

    报名500人，初审300人，共100人; 一车间200人，二车间300人，共250人轮训.
    """
    sizes = [claim.quantity.base for claim in (*parts, whole)]
    steps = whole.dimension.startswith("count") and all(other < one for one, other in pairwise(sizes))
    return not wording.total.search(whole.before) and (steps or (bool(whole.after) and sizes[-1] <= max(sizes[:-1])))


def _openers_between(parts: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether some figures of a list are parts of the one before them."""
    return any(wording.opener.match(part.before) for part in parts[1:])
