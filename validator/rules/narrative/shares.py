"""Shares in prose: what the words say they are shares of, and shares of one whole.

Comes in: a share with the figures of its sentence, or all claims of a sentence. Goes out: the part and the whole, or places for
the rule of shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.facts.claims import Claim, Wording
from validator.rules.narrative.divisions import division
from validator.rules.narrative.places import Found, facts, place, ratio_follows, same_kind, spells, ties
from validator.rules.tables import Tie

_ONE = Decimal(1)
_ROUNDED = Decimal("0.0006")
_LOOSE = 0.02
_FAR_ABOVE = Decimal("1.4")
"""What shares without figures add up to when they are of kinds that overlap, and not misprinted."""
_BARE = 4
_TWO = 2
_NEAR = 3
"""Clauses between two shares that are told alike."""
_FAR = 5
_POINTS = (10, 100)
"""How many times too much a figure is whose point slipped."""


def share_of(
    rate: Claim,
    levels: Sequence[Claim],
    shared: Mapping[int, Claim],
    since: Sequence[Claim],
    recent: Sequence[Claim],
    wording: Wording,
    *,
    opened: bool = False,
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`其中A x件，占y %`: the figure right before the share, over the whole that the words name or the only one there is.

    Figures that have shares of their own, told by where they stand, are no wholes; nor is the first figure of a sentence
    that is `opened` by 其中.
    """
    if not levels:
        return None
    part = levels[-1]
    named = names_whole(rate, wording)
    if rate.clause - part.clause > (_TWO if named else 1) or (since and since[-1] is not part):
        return None
    past = wording.past.search(part.before) is not None
    if not past and wording.past.search(rate.before):
        return None
    within = next((m for c in reversed(levels) if c.segment == part.segment and (m := wording.within.match(c.before))), None)
    if within is not None:
        name = within.group().rstrip("".join(wording.data.rates.within))
        owner = [
            c for c in levels if c.before.endswith(name) and same_kind(c, part) and c.quantity.base >= part.quantity.base > 0
        ]
        return ([part], owner[-1:]) if owner else None
    wholes = [c for c in levels[:-1] if same_kind(c, part) and c.start not in shared]
    wholes = [c for c in wholes if (wording.past.search(c.before) is not None) == past]
    if named:
        short = wording.counted_as.sub("", named)
        named = short if len(short) >= 2 else named
        fitting = [
            c
            for c in wholes
            if named in c.noun
            or named in c.before
            or (len(c.noun) >= 3 and c.noun in named)
            or _shared(named, c.noun) >= max(3, len(named) - 1)
            or _is_named(named, c, wording)
        ]
        distinct = {c.quantity.base for c in fitting}
        if len(distinct) == 1 and fitting[0].quantity.base > 0 and fitting[0].quantity.base >= part.quantity.base:
            return [part], fitting[:1]
        return None
    opener = next((c for c in reversed(levels) if wording.opener.match(c.before)), None)
    top = [c for c in levels if opener is not None and c.start < opener.start and c.sentence == part.sentence]
    if rate.bracket and part.bracket == rate.bracket:
        opener, top = part, [c for c in levels if c.bracket != rate.bracket and c.sentence == part.sentence][-1:]
    top = [c for c in top if same_kind(c, part) and (wording.past.search(c.before) is not None) == past][-1:]
    stretch = [c for c in levels[:-1] if c.segment == part.segment and opener is not None and c.start < opener.start]
    before = [c for c in recent if c.kind == "level" and c.usable and c.sentence == part.sentence - 1]
    wholes = [c for c in (*wholes, *top) if c.quantity.base >= part.quantity.base > 0]
    others = [c for c in (*before, *stretch) if same_kind(c, part) and c.quantity.base > 0]
    told = [c for c in levels[:-1] if same_kind(c, part) and c.quantity.base > 0][-_NEAR:]
    told = [c for c in told if opener is None or c.segment == part.segment]
    giving = next((c for c in reversed((*told, *others, *wholes)) if ratio_follows(rate, [part], [c])), None)
    if giving is not None:
        return [part], [giving]
    if rate.quantity.base > _ONE and (opener is not part or not top):
        return None  # of the year before, say; what 其中 begins with is no more than all
    if opener is not None and (top or not opened):
        its_share = shared.get(top[0].start) if top else None
        # Behind a semicolon a list of shares may go on in which one item had parts of its own.
        beyond = part.segment != opener.segment and any(c.start in shared and c.start < opener.start for c in levels)
        if beyond or (its_share is not None and _of_one_unknown(rate, part, its_share, top[0])):
            return None
        return ([part], top) if top and top[0] in wholes else None
    larger = any(c.quantity.base > whole.quantity.base for c in others for whole in wholes)
    alone = (
        not larger
        and len({c.quantity.base for c in wholes}) == 1
        and wholes[0] is next(c for c in levels if same_kind(c, part))
    )
    return ([part], wholes[:1]) if alone and not opened else None


def named_part(share: Claim, levels: Sequence[Claim], wording: Wording) -> tuple[str, Claim | None]:
    """Return what a share says it is the share of (税收占比60%), and the figure of that name, the nearest of them.

    Without such words, or with none but 其, 人数 and the like, it is the share of the figure right before it.
    """
    name = wording.share_lead.sub("", share.before.partition(wording.data.rates.takes[0])[0])
    for known in (wording.account_when, wording.leading):
        name = known.sub("", name)
    if len(name) < _TWO or wording.any_part.fullmatch(name):
        return "", None
    told = [c for c in reversed(levels) if c.kind == "level" and c.usable and len(c.noun) >= _TWO]
    exact = next((c for c in told if c.noun.startswith(name) or c.noun in name), None)
    within = exact or next(
        (c for c in told if name in c.before and not wording.negated.search(c.before.partition(name)[0])), None
    )
    return name, within or next((c for c in told if c.noun[:_TWO] == name[:_TWO]), None)


def _of_one_unknown(share: Claim, part: Claim, other_share: Claim, other: Claim) -> bool:
    """Tell whether two shares may be of one whole that isn't told: 1500 are 75 % of it, and 400 are 20 %."""
    if not (share.size and other_share.size and other.size):
        return False
    return abs(part.size / share.size - other.size / other_share.size) <= _LOOSE * other.size / other_share.size


def names_whole(rate: Claim, wording: Wording) -> str:
    """Return what a share says it is a share of; empty where it doesn't."""
    found = wording.share_of.search(rate.before)
    named = found["whole"] if found else ""
    return named if len(named) >= 2 and not named.startswith(wording.data.rates.share_nouns) else ""


def _shared(one: str, other: str) -> int:
    """Return how many characters of the end of one name the other has in this order at its end."""
    n = 0
    while n < min(len(one), len(other)) and one[-1 - n] == other[-1 - n]:
        n += 1
    return n


def of_one_whole(
    rate: Claim, before: Sequence[Claim], after: Sequence[Claim], wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`A x元，占总收入的p%；B y元，占q%；收入总计z元`: the whole of the share before, which its figures bear out."""
    if len(before) < _NEAR or before[-1].kind != "level" or names_whole(rate, wording):
        return None
    part, first, of_first = before[-1], before[-2], before[-3]
    named = names_whole(first, wording) if first.kind == "share" and first.usable else ""
    alike = of_first.kind == "level" and same_kind(of_first, part) and not wording.among.search(part.before)
    if not named or not alike or rate.clause - part.clause > 1 or rate.clause - first.clause > _NEAR or not part.usable:
        return None
    wholes = [
        c
        for c in (*before[:-_NEAR], *after)
        if c.kind == "level"
        and c.usable
        and c.sentence == rate.sentence
        and same_kind(c, part)
        and c.quantity.base >= max(part.quantity.base, of_first.quantity.base) > 0
        and c.noun
        and (c.noun in named or named in c.before)
        and (wording.total.search(c.before) or wording.sums.search(c.before))
        and ratio_follows(first, [of_first], [c])
    ]
    return ([part], wholes) if len(wholes) == 1 and not wording.past.search(part.before + rate.before) else None


def of_sentence_before(
    rate: Claim, levels: Sequence[Claim], recent: Sequence[Claim], wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`收入合计A。其中：拨款B，占p%`: the whole that a sentence beginning with 其中 lists the parts of.

    Reasons without figures may come between: 收入合计A，主要原因：一是项目增加，二是人员增加。其中：….
    """
    if not levels or names_whole(rate, wording) or any(wording.among.search(c.before) for c in levels[1:]):
        return None
    part = levels[-1]
    wholes = [c for c in recent if c.kind == "level" and c.usable and not c.bracket and same_kind(c, part)]
    wholes = [c for c in wholes if c.sentence == recent[-1].sentence and not wording.past.search(c.before)]
    near = rate.clause - part.clause <= 1 and len(wholes) == 1 and wholes[0].quantity.base >= part.quantity.base > 0
    # Behind a semicolon the list of the sentence before may go on.
    near = near and (part.segment == levels[0].segment or ratio_follows(rate, [part], wholes))
    return ([part], wholes) if near else None


def of_whole_before(
    rate: Claim, levels: Sequence[Claim], earlier: Sequence[Claim], wording: Wording
) -> tuple[Sequence[Claim], Sequence[Claim]] | None:
    """`收入合计A。其中：拨款B，占收入合计的p%`: the whole that the words name, where the text before tells it once."""
    named = names_whole(rate, wording)
    lead = rate.before.partition(named)[0] if named else ""
    told = [c for c in levels if rate.clause - c.clause <= 1 or (len(lead) > _NEAR and lead[:_NEAR] in c.before)]
    if not named or not told:
        return None
    part = told[-1]
    wholes = [
        c
        for c in earlier
        if c is not part
        and same_kind(c, part)
        and (c.quantity.base > part.quantity.base or rate.quantity.base >= 1)
        and part.quantity.base > 0
        and not wording.past.search(c.before)
        and c.role != "target"
        and (c.year is None or c.year in (part.year, rate.year) or part.year is rate.year is None)
        and _is_named(named, c, wording)
    ]
    if wording.grand.search(named):  # 占财政总收入的: of 总收入 rather than of 地方收入
        wholes = [c for c in wholes if wording.grand.search(c.before)] or wholes
    if not wording.narrower.search(named):
        all_of_it = [c for c in wholes if not wording.narrower.search(c.before)]
        wholes = all_of_it or [c for c in wholes if ratio_follows(rate, [part], [c])]
    one = len({c.quantity.base for c in wholes}) == 1 and not wording.past.search(part.before + rate.before)
    return ([part], wholes[-1:]) if one and not _of_another_matter(rate, part, wholes[-1]) else None


def _of_another_matter(rate: Claim, part: Claim, whole: Claim) -> bool:
    """Tell whether a whole of another paragraph is so far from what a share is of that it has but the same name.

    抽查资金14.8亿元 of one audit; 闲置1150万元，占抽查资金的9.2% of the next. A point that slipped is a mistake all the same.
    """
    if not rate.quantity.base or len({c.fact.pointer.path.partition("]")[0] for c in (rate, whole)}) == 1:
        return False
    times = part.quantity.base / whole.quantity.base / rate.quantity.base
    times = max(times, 1 / times)
    return times > _FAR and not any(abs(times - point) * _FAR < 1 for point in _POINTS)


def _is_named(named: str, level: Claim, wording: Wording) -> bool:
    """Tell whether a figure has the name of a whole: 收入合计 is 总收入, 全县一般公共预算支出 is 一般公共预算支出.

    So is 公共财政预算总收入 the 财政总收入.
    """
    if _of_another_area(named, level.before, wording):
        return False
    if wording.arrived.search(named) and wording.arrived.search(
        level.before
    ):  # 占到位资金的: of what came in, 项目资金实际到位
        return wording.funds.sub("", wording.arrived.sub("", named)) == ""
    in_all = all(wording.sums.search(name) or wording.total.search(name) for name in (named, level.before))
    written, plain = (named, level.noun), (_plain(named, wording), _plain(level.noun, wording))
    return _alike(*written, wording, in_all=in_all) or (plain != written and _alike(*plain, wording, in_all=in_all))


def _alike(named: str, noun: str, wording: Wording, *, in_all: bool) -> bool:
    names = [
        wording.there_are.sub("", wording.account_ending.sub("", wording.account_when.sub("", name))).rstrip(
            wording.share_nouns
        )
        for name in (named, noun)
    ]
    if len(names[0]) < _TWO:
        return False
    ends_so = names[1].endswith(names[0]) or (names[0][-_NEAR:] == names[1][-_NEAR:] and spells(*names))
    return names[0] == names[1] or ((len(names[0]) >= _BARE or in_all) and ends_so)


def _plain(name: str, wording: Wording) -> str:
    """Return a name without 的, each account by one of its names: 公共财政预算支出 is 一般公共预算支出."""
    for word in wording.data.of:
        name = name.replace(word, "")
    for first, *others in wording.data.accounts.synonyms:
        for other in others:
            name = name.replace(other, first)
    return name


def _of_another_area(one: str, other: str, wording: Wording) -> bool:
    """Tell whether two names are those of two areas: 全市收入 is no 全县收入."""
    areas = [{group for group in wording.data.accounts.areas if any(word in name for word in group)} for name in (one, other)]
    return all(areas) and not areas[0] & areas[1]


def shares(claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the shares of one whole that a sentence lists."""
    parts = _own_parts(claims)
    runs: list[list[Claim]] = []
    for claim in claims:
        # What is all of a whole is no part of it beside others.
        if claim.kind != "share" or not claim.usable or claim.quantity.base >= _ONE:
            continue
        if wording.past.search(claim.before) or wording.each.search(claim.before):
            continue
        if runs and claim.start not in parts and wording.among.match(claim.before):
            continue  # 其中中央资金用于产业占比62.5%: a share of another whole
        found = wording.share_of.search(claim.before)
        named = found["whole"] if found else ""
        if named and len(named) >= 2 and runs and runs[-1][0].clause != claim.clause and named not in runs[-1][0].before:
            runs.append([claim])
            continue
        head = wording.within.match(claim.before)
        if runs and (head or wording.within.match(runs[-1][0].before)):
            apart = head is None and claim.segment != runs[-1][-1].segment
            if apart or (head is not None and head.group() not in runs[-1][0].before):
                runs.append([claim])
                continue
        beside = [run for run in runs[-_TWO:] if run[-1].bracket == claim.bracket]
        run = next((run for run in reversed(beside) if _one_measure(run[-1], claim, parts)), None)
        own = parts.get(claim.start)
        if run is not None and (_complete(run) or (own is not None and wording.opener.match(own.before))):
            run = None
        again = run is not None and any(_shared(claim.before, earlier.before) > _BARE for earlier in run)
        if run is not None and claim.clause - run[-1].clause <= _NEAR and not named.strip(wording.share_nouns) and not again:
            run.append(claim)
        else:
            runs.append([claim])
    for run in runs:
        above = sum(c.quantity.base for c in run) > _ONE
        if len(run) >= _TWO and not (above and _may_overlap(run, parts, wording)):
            yield Found(
                "narrative.shares",
                place("narrative.shares", run[-1], {"parts": facts(run)}),
            )


def _own_parts(claims: Sequence[Claim]) -> dict[int, Claim]:
    """Return the figure that each share stands right behind, by where the share stands."""
    return {share.start: part for part, share in pairwise(claims) if part.kind == "level" and share.clause - part.clause <= 1}


def _one_measure(one: Claim, other: Claim, parts: Mapping[int, Claim]) -> bool:
    """Tell whether two shares are of parts in one unit, as far as their parts are told."""
    pair = [parts[c.start] for c in (one, other) if c.start in parts]
    return len(pair) < _TWO or same_kind(*pair)


def _complete(run: Sequence[Claim]) -> bool:
    """Tell whether shares are all of a whole already: what follows is another way of dividing it."""
    return len(run) >= _TWO and abs(sum((c.quantity.base for c in run), Decimal(0)) - _ONE) <= _ROUNDED * len(run)


def _may_overlap(run: Sequence[Claim], parts: Mapping[int, Claim], wording: Wording) -> bool:
    """Tell whether each share has its own figure before it, to which it is held, and no words tell these apart."""
    own = [parts[share.start] for share in run if share.start in parts]
    if not own and all(wording.attribute.search(share.before) for share in run):
        return True  # 选择就业的占60%，选择教育的占55%
    if not own:
        return sum(c.quantity.base for c in run) > _FAR_ABOVE and division(run[0], run, wording) == ""
    if len(own) == len(run) > _TWO and ties(own[0], own[1:]) is Tie.FIRM:
        return True  # the others are parts of the first
    return len(own) == len(run) and division(own[0], own, wording) == ""
