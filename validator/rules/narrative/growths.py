"""What a figure with its change, its rate and the figure of the earlier time have to satisfy.

Comes in: a figure with what it is said to have changed by. Goes out: places for the rules of growth and change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.parts import claims_before
from validator.rules.narrative.places import Found, computed, follows, is_base, same_kind, spells
from validator.rules.narrative.subjects import Subject, base_words, names_both_sides, subject_words

_MOST = 8
_TWO = 2
_REACH = 3
_LEVELS = ("level", "price")


def growths_of(
    subject: Subject, claims: Sequence[Claim], passage: Passage, wording: Wording, above: Sequence[Claim] = ()
) -> Iterator[Found]:
    """Yield the relations between one figure, its change and its rate; `above` is told right before the passage."""
    now = subject.now
    if subject.earlier:
        for change, growth in _paired([c for c in subject.changes if same_kind(c, now)], subject.growths):
            if change.sign == growth.sign and now.quantity.base > 0 and growth.clause - now.clause <= _REACH:
                yield computed("narrative.growth", growth, "变动 / 上期", {"变动": change.fact, "上期": now.fact})
        return
    ratio = now.dimension == "ratio"
    absolute = [
        c for c in subject.changes if (c.kind == "change" and same_kind(c, now)) or (ratio and c.kind == "points-change")
    ]
    yield from _from_priors(subject, absolute, wording)
    told = {c.start for c in (*absolute, *subject.growths) if _prior_of(c, subject, wording) is not None}
    absolute = [c for c in absolute if c.start not in told]
    growths = [c for c in subject.growths if c.start not in told]
    if now.dimension == "ratio":
        yield from _between_rates(now, absolute, claims, wording)
        return
    yield from _since_year_before(now, absolute, [*above, *claims_before(passage, now.start)], wording)
    taken: set[int] = set()
    for change, growth in _paired(absolute, growths):
        turned = change.sign != growth.sign
        if (turned and change.size * growth.size >= 0) or not _one_base(subject, change, growth, wording):
            continue
        if now.quantity.base <= 0:
            continue
        # 比预算减少8万元，下降17%；比上年增加2万元，增长4%: each pair once, the later ones where they say since when.
        if change.start in taken or (taken and not base_words(change.before, wording)):
            continue
        if _is_base_of(now, change, passage, wording, above) or _becomes(now, change, claims, wording):
            formula = "0 - 变动 / 上期" if turned else "变动 / 上期"
            yield computed("narrative.growth", growth, formula, {"变动": change.fact, "上期": now.fact})
            taken.add(change.start)
            continue
        if wording.past.search(now.before) and not wording.compared_with.search(now.before):
            continue  # 上年接待费6万元，减少1万元，下降20%: since then, or since the year before?
        before = [c for c, following in pairwise(claims) if c.start < change.start and not is_base(c, following, wording)]
        before = [c for c in before if c.kind in _LEVELS and c.bracket in (0, change.bracket)]
        before = [c for c in before if c.usable or not wording.passed.search(c.before)]  # 首次突破2万亿元: what it passed
        told_levels = [c for c in before if c.usable and same_kind(c, change)]
        level = next((c for c in [now, *reversed(told_levels[-_MOST:])] if gives(c, change, growth)), None)
        other = any(now.start < c.start and c.kind == "level" for c in before)
        part = len(told_levels) > 1 and _listed(now, claims, wording) and not _each_moved(now, change, claims)
        # Behind a part the change may be that of the whole: it is wrong where neither gives the rate.
        if level is None and (other or (part and (len(told_levels) > _REACH or subject_words(change.before, wording)))):
            continue
        level = level or now
        if level.quantity.base - change.sign * change.quantity.base <= 0:
            continue
        formula = "变动 / (本期 - 变动)" if change.sign > 0 else "变动 / (本期 + 变动)"
        formula = f"0 - {formula}" if turned else formula  # 减收2亿元，增长-4.76%
        yield computed("narrative.growth", growth, formula, {"本期": level.fact, "变动": change.fact})
        taken.add(change.start)


def _since_year_before(now: Claim, moves: Sequence[Claim], told: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield `2029年投入3340万元。2030年投入4500万元，较2029年增加1160万元` where a figure of the year before bears it out."""
    since = next(iter(wording.data.comparisons.bases))
    year = now.year - 1 if now.year is not None else None
    levels = [c for c in told if c.kind == "level" and c.usable and not c.bracket and same_kind(c, now)]
    before = [c for c in levels if c.year == year is not None]
    for change in moves if before else ():
        if base_words(change.before, wording) != since:
            continue
        pairs = [(now, c) if change.sign > 0 else (c, now) for c in reversed(before)]
        pair = next((pair for pair in pairs if follows(change, pair, lambda b: b[0] - b[1])), None)
        if pair is not None:
            names = dict(zip(("本期", "上期") if change.sign > 0 else ("上期", "本期"), (c.fact for c in pair), strict=True))
            yield computed("narrative.change", change, " - ".join(names), names)


def _paired(changes_: Sequence[Claim], growths: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield each rate with the change right before it, or else with the first one behind it."""
    for growth in growths:
        before = [c for c in changes_ if c.start < growth.start]
        after = [c for c in changes_ if c.start > growth.start]
        change = before[-1] if before else after[0] if after else None
        if change is not None:
            yield change, growth


def _becomes(level: Claim, change: Claim, claims: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether the next figure of the kind is what a change makes of one: 年初500人，减少50人，下降10%，年末450人."""
    after = next((c for c in claims if c.start > change.start and c.kind in _LEVELS and same_kind(c, level)), None)
    if after is None or not after.usable or level.start > change.start or wording.compared_with.search(change.before):
        return False
    return follows(after, [level, change], lambda b: b[0] + b[1] if change.sign > 0 else b[0] - b[1])


def _is_base_of(level: Claim, change: Claim, passage: Passage, wording: Wording, above: Sequence[Claim]) -> bool:
    """Tell whether a figure is what a change is reckoned from: that of the year before, or the budget of 较预算减少."""
    own, base = subject_words(change.before, wording), base_words(change.before, wording)
    if wording.past.search(own) or level.start > change.start:
        return False
    if level.year is not None and _of_next_year(level, change, [*above, *claims_before(passage, level.start)]):
        return True
    between = [year for year in passage.years if level.end <= year.start < change.start] if level.year is not None else ()
    if any(year.year - 1 == level.year for year in between):
        return True
    if wording.previous.search(level.before) and not wording.compared_with.search(level.before):
        if not base and not level.role and not wording.past.search(level.before):
            return True
        last_year = base == next(iter(wording.data.comparisons.bases)) and wording.past.search(level.before) is not None
        return bool(own) or last_year
    # 调整预算450万元，较年初预算减少50万元: of another stage.
    stage = all(word in level.before for word in wording.data.rates.stages if word in change.before)
    return level.role != "" and stage and wording.data.comparisons.base_roles.get(base) == level.role


def _of_next_year(level: Claim, change: Claim, before: Sequence[Claim]) -> bool:
    """Tell whether a change is that of the year told first: 2023年150公里。2022年120公里，同比增加30公里."""
    return any(
        c.kind == "level"
        and c.usable
        and same_kind(c, level)
        and level.year is not None
        and c.year == level.year + 1
        and follows(change, [c, level], lambda b: b[0] - b[1] if change.sign > 0 else b[1] - b[0])
        for c in before
    )


def _prior_of(change: Claim, subject: Subject, wording: Wording) -> Claim | None:
    """Return the earlier figure that a change is reckoned from: its own, or for a rate that of the change right before it."""
    own = subject.priors.get(change.start)
    if own is None and change.kind == "growth" and not wording.compared_with.search(change.before):
        before = [c for c in subject.changes if c.start < change.start]
        if before and change.clause - before[-1].clause <= 1:
            own = subject.priors.get(before[-1].start)
    return own if own is not None and same_kind(own, subject.now) else None


def _from_priors(subject: Subject, absolute: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the changes from the earlier figures that are told with them."""
    now = subject.now
    for claim in (*absolute, *subject.growths):
        before = _prior_of(claim, subject, wording)
        if before is None:
            continue
        values = {"本期": now.fact, "上期": before.fact}
        if claim.kind == "growth":
            change = _change_of(claim, before, subject, absolute, wording)
            if before.quantity.base > 0 and change is not None:
                yield computed("narrative.growth", claim, "变动 / 上期", {"变动": change.fact, "上期": before.fact})
            elif before.quantity.base > 0:
                yield computed("narrative.growth", claim, "本期 / 上期 - 1" if claim.sign > 0 else "1 - 本期 / 上期", values)
        elif wording.change_by.search(claim.before):
            yield computed("narrative.change", claim, "本期 - 上期" if claim.sign > 0 else "上期 - 本期", values)


def _change_of(growth: Claim, before: Claim, subject: Subject, absolute: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the change right before a rate, where all agree and it is told no less exactly than the figures.

    A rate that is wrong is told with the figures themselves.
    """
    told = [c for c in absolute if c.kind == "change" and c.start < growth.start and _prior_of(c, subject, wording) is before]
    change = told[-1] if told and wording.change_by.search(told[-1].before) else None
    if change is None or change.sign != growth.sign or growth.clause - change.clause > 1:
        return None
    pair = [subject.now, before] if change.sign > 0 else [before, subject.now]
    steps = [c.quantity.step * c.quantity.unit.factor for c in (change, *pair)]
    agreed = follows(change, pair, lambda b: b[0] - b[1]) and follows(growth, [change, before], lambda b: b[0] / b[1])
    return change if agreed and steps[0] <= max(steps[1:]) else None


def _between_rates(now: Claim, told: Sequence[Claim], claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """`2022年覆盖率A，2023年覆盖率B，提高R个百分点`: two rates of one name, told apart by their years."""
    rates = [c for c in claims if c.kind in ("rate", "percent") and c.start <= now.start]
    if len(told) != 1 or len(rates) != 2 or rates[1] is not now or now.clause - rates[0].clause > 2:
        return
    (change,) = told
    if change.clause - now.clause > 1 or subject_words(change.before, wording):
        return
    earlier = rates[0]
    years = earlier.year is not None and now.year is not None and earlier.year + 1 == now.year
    if not years and not wording.past.search(earlier.before):
        return
    names = [wording.timeless(c.noun) for c in rates]
    if not earlier.usable or (all(names) and names[0] != names[1]):
        return
    yield computed(
        "narrative.change",
        change,
        "本期 - 上期" if change.sign > 0 else "上期 - 本期",
        {"本期": now.fact, "上期": earlier.fact},
    )


def gives(level: Claim, change: Claim, growth: Claim) -> bool:
    """Tell, at a glance, whether a figure and its change give a rate."""
    earlier = level.size - change.sign * change.size
    half = float(growth.quantity.step * growth.quantity.unit.factor) / 2
    return earlier > 0 and abs(change.sign * change.size / earlier - growth.sign * growth.size) <= half * 1.01


def _listed(level: Claim, claims: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a figure is the last of a list of parts, so that a change behind it may be that of the whole."""
    before = [c for c in claims if c.kind == "level" and c.start < level.start and c.clause >= level.clause - 1]
    return bool(before) and any(wording.among.search(c.before) for c in claims if c.start <= level.start)


def _each_moved(level: Claim, change: Claim, claims: Sequence[Claim]) -> bool:
    """Tell whether the item of a list before this one tells its own change as well, right behind it as this one does."""
    if change.clause - level.clause != 1:
        return False
    before = [c for c in claims if c.start < level.start]
    item = next((n for n in range(len(before) - 1, -1, -1) if before[n].kind == "level"), None)
    moves = before[item + 1 :] if item is not None else []
    return bool(moves) and item is not None and moves[0].kind == "change" and moves[0].clause - before[item].clause == 1


def _one_base(subject: Subject, change: Claim, growth: Claim, wording: Wording) -> bool:
    """Tell whether change and rate are told of one comparison and of the figure itself."""
    far = change.sentence == subject.now.sentence and abs(change.clause - subject.now.clause) > _REACH
    if abs(change.clause - growth.clause) > _TWO or far:
        return False
    first, second = sorted((change, growth), key=lambda c: c.start)
    own = [subject_words(c.before, wording) for c in (first, second)]
    if second.before and own[1] and own[1] != own[0]:
        return False
    bases = [base_words(c.before, wording) for c in (first, second)]
    if bases[1] and bases[0] and bases[0] != bases[1]:
        return False
    return not own[0] or subject.by_name or subject.now.start > change.start or _its_name(own[0], subject.now, wording)


def _its_name(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words name what a figure measures, and not a part of it, as 项目支出 is of 支出."""
    counted = wording.counted_as.sub("", words)
    plain = wording.account_when.sub("", counted if counted != words else wording.account_ending.sub("", words))
    named = len(plain) < _TWO or plain in level.before or plain in level.noun or spells(plain, level.before)
    return named or names_both_sides(words, level, wording)
