"""Changes in prose: by how much, to what, by what rate, and the changes of the parts against that of the whole.

Comes in: a passage of claims. Goes out: places for the rules of growth and change, each with its formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.divisions import division
from validator.rules.narrative.places import Found, follows, is_base, place, same_kind, spells, ties
from validator.rules.tables import Tie

_MOST = 8
_TWO = 2
_REACH = 3
_CLOSE = 0.002
_LEVELS = ("level", "price")
_MOVES = ("change", "growth", "points-change")
_MARK = re.compile(r"[，,。；;()（）]")


@dataclass(slots=True)
class _Subject:
    """What one figure is said to have changed by."""

    now: Claim
    changes: list[Claim] = field(default_factory=list)
    growths: list[Claim] = field(default_factory=list)
    priors: dict[int, Claim] = field(default_factory=dict)
    """The figure of the earlier time, where it is told too, by the place of the change."""
    earlier: bool = False
    """Whether the figure itself is that of the earlier time: 与2020年的8000人相比，增加200人."""

    @property
    def told(self) -> Sequence[Claim]:
        """The changes and rates, in their order."""
        return sorted((*self.changes, *self.growths), key=lambda c: c.start)


class _Before(NamedTuple):
    """What the sentence before tells: a list that 其中 opens is of its figures."""

    claims: Sequence[Claim] = ()
    subjects: Sequence[_Subject] = ()


def changes(passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield every change whose figures are there."""
    previous: list[Claim] = []
    before, before_number = _Before(), -1
    for number, claims in passage.by_sentence:
        pairs = list(_from_to(passage, claims, wording))
        taken = {c.start for pair in pairs for c in pair}
        places = {claim.start: n for n, claim in enumerate(claims)}
        for start, end in pairs:
            yield from _moved(start, end, claims[places[end.start] + 1 : places[end.start] + 6], wording)
        aligned = list(_in_order(claims, wording))
        for run in aligned:
            earlier = [pair for pair in pairs if pair[1].start < run[0].start][-len(run) :]
            near = len(earlier) == len(run) and run[0].clause - earlier[0][1].clause <= len(run)
            for (start, end), change in zip(earlier, run, strict=True) if near else ():
                yield from _moved(start, end, [change], wording, named=True)
        taken |= {c.start for run in aligned for c in run}
        subjects = _subjects([c for c in claims if c.start not in taken], passage, wording, previous)
        for subject in subjects:
            yield from _told(subject, claims, passage, wording)
        opened = wording.among.match(passage.sentence_text(number).lstrip()) is not None
        told = before if opened and before_number == number - 1 else _Before()
        yield from _of_parts([*told.subjects, *subjects] if len(told.subjects) == 1 else subjects, passage, wording)
        yield from _of_changes(passage, [*told.claims, *claims], wording)
        before, before_number = _Before(claims, [s for s in subjects if s.told]), number
        levels = [c for c in claims if c.kind in _LEVELS and c.usable and not c.bracket]
        # What is compared may be told of once more: the figures of the sentence before stay as long as no others come.
        previous = levels[:_MOST] or previous


# --- from A to B ----------------------------------------------------------------------------------------------------------


def _from_to(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[tuple[Claim, Claim]]:
    """Yield figures told as `由A提高到B`."""
    for start, end in pairwise(claims):
        if not start.usable or not end.usable or start.dimension != end.dimension or start.bracket != end.bracket:
            continue
        between = passage.text[start.end : end.start]
        lead = passage.text[max(0, start.start - 26) : start.start]
        if (
            end.clause - start.clause == 1
            and wording.reached.search(end.before)
            and start.kind == end.kind == "level"
            and not wording.previous.search(end.before)
        ) or (
            len(between) <= 20
            and wording.from_.search(lead)
            and wording.onto.search(between)
            and (wording.upward.search(between) or wording.downward.search(between))
        ):
            yield start, end


def _in_order(claims: Sequence[Claim], wording: Wording) -> Iterator[Sequence[Claim]]:
    """Yield each list of changes that 分别 opens; those of as many moves before it are told in their order."""
    for n, claim in enumerate(claims):
        if claim.kind not in _MOVES or not wording.each.search(claim.before):
            continue
        run = [claim]
        for follower in claims[n + 1 :]:
            if follower.clause != claim.clause or len(follower.before) > 1:
                break
            run.append(follower)
        # The verb stands before the first alone.
        yield [c._replace(kind=claim.kind, sign=claim.sign) for c in run if c.dimension == claim.dimension]


def _moved(start: Claim, end: Claim, claims: Sequence[Claim], wording: Wording, *, named: bool = False) -> Iterator[Found]:
    """Relate `由A提高到B` to the change and the rate told right behind it; `named`: the words say that they are its own."""
    for claim in claims:
        if _newly(claim, start, end, wording):
            yield _change(claim, {"本期": end.fact, "上期": start.fact}, "本期 - 上期")
            continue
        if claim.kind == "level" or claim.clause - end.clause > 2:
            break
        if not claim.usable:
            continue
        if not named and not _is_of(claim, start, wording):
            break
        values = {"本期": end.fact, "上期": start.fact}
        ratio = end.dimension == "ratio"
        if (claim.kind == "points-change" and ratio) or (claim.kind == "change" and claim.dimension == end.dimension):
            yield _change(claim, values, "本期 - 上期" if claim.sign > 0 else "上期 - 本期")
        elif claim.kind == "growth" and not ratio and start.quantity.base > 0:
            yield _growth(claim, values, "本期 / 上期 - 1" if claim.sign > 0 else "1 - 本期 / 上期")


def _is_of(change: Claim, start: Claim, wording: Wording) -> bool:
    """Tell whether the words before a change name nothing but the change, or what is said to have changed."""
    words = wording.account_when.sub("", _subject_words(change.before, wording))
    if wording.each.search(change.before):
        return False
    return all(words[n : n + 2] in start.before for n in range(max(1, len(words) - 1)))


def _newly(claim: Claim, start: Claim, end: Claim, wording: Wording) -> bool:
    """Tell whether a figure is what came anew, and no more than the whole grew by; beyond that, others went."""
    return (
        claim.usable
        and claim.kind == "level"
        and claim.dimension == end.dimension
        and claim.clause - end.clause == 1
        and wording.newly.fullmatch(claim.before) is not None
        and 0 < claim.quantity.base <= end.quantity.base - start.quantity.base
    )


# --- now, change, rate ------------------------------------------------------------------------------------------------------


def _subjects(claims: Sequence[Claim], passage: Passage, wording: Wording, previous: Sequence[Claim]) -> list[_Subject]:
    """Group the figures of a sentence: each level with the changes that follow it."""
    found: list[_Subject] = []
    waiting: list[Claim] = []
    waiting_prior: Claim | None = None
    for n, claim in enumerate(claims):
        if claim.kind in _MOVES:
            if not claim.usable or wording.each.search(claim.before):
                continue
            prior = _prior(claim, claims[n - 1] if n else None, passage, wording)
            if (
                prior is None
                and waiting_prior is not None
                and waiting_prior.bracket in (0, claim.bracket)
                and claim.clause - waiting_prior.clause <= _TWO
            ):
                prior = waiting_prior
            if wording.total.fullmatch(_subject_words(claim.before, wording)):
                found.append(_Subject(claim))
                continue
            # What stands in brackets that are closed again has no say in what follows.
            open_still = [s for s in found if s.now.bracket in (0, claim.bracket)]
            if not open_still or _renamed(claim, open_still, wording):
                told = _told_before(claim, previous, wording)
                open_still = [_Subject(told)] if told is not None else open_still
                found += open_still if told is not None else []
            if open_still:
                _attach(open_still, claim, prior)
            else:
                waiting.append(claim)
        elif claim.usable and (
            claim.kind in (*_LEVELS, "rate", "share")
            or (claim.kind == "percent" and not claim.before.endswith(wording.data.of))
        ):
            if claim.dimension == "time" or (n + 1 < len(claims) and is_base(claim, claims[n + 1], wording)):
                continue
            if _is_prior(claim, passage, wording):
                if not found and wording.compared_behind.match(passage.text, claim.end):
                    found.append(_Subject(claim, earlier=True))
                continue
            if found and _is_earlier_of_change(claim, found[-1], wording):
                found[-1].priors.update(dict.fromkeys((c.start for c in found[-1].told), claim))
                continue
            if found and _is_earlier(claim, found[-1].now, wording):
                waiting_prior = claim
                continue
            subject = _Subject(claim)
            if waiting and claim.clause - waiting[-1].clause <= 1 and wording.sums_to.fullmatch(claim.before):
                for change in waiting:
                    _attach([subject], change, None)
            waiting = []
            waiting_prior = found[-1].now if found and _is_earlier(found[-1].now, claim, wording) else None
            found.append(subject)
    return [s for s in found if (s.changes or s.growths) and s.now.kind not in _MOVES]


def _is_earlier(one: Claim, now: Claim, wording: Wording) -> bool:
    """Tell whether a figure is what another one was the year before: 上年500万元, or 2022年 beside 2023年."""
    if one.kind != "level" or not same_kind(one, now) or abs(one.clause - now.clause) != 1:
        return False
    name = wording.timeless(one.noun)
    if one.year is not None and now.year is not None and one.year + 1 == now.year:
        return name == wording.timeless(now.noun)
    past = wording.past.search(one.before) is not None and wording.past.search(now.before) is None
    return past and (len(name) < _TWO or name == wording.timeless(now.noun))


def _is_earlier_of_change(claim: Claim, subject: _Subject, wording: Wording) -> bool:
    """Tell whether a figure right behind a change says what it is reckoned from: 120件，同比下降20%，上年150件."""
    told = subject.told
    one = max(len(subject.growths), len(subject.changes)) == 1 and not subject.priors
    if not one or claim.kind != "level" or not same_kind(claim, subject.now):
        return False
    near = claim.clause - told[-1].clause == 1 and told[0].clause - subject.now.clause <= _TWO
    yearly = all(_base_words(c.before, wording) in ("", next(iter(wording.data.comparisons.bases))) for c in told)
    bare = wording.past.search(claim.before) is not None and len(wording.timeless(claim.noun)) < _TWO
    return near and yearly and bare and not wording.past.search(subject.now.before)


def _told_before(change: Claim, previous: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the figure of the sentence before whose change is told: by its name, or the only one there is."""
    words = _subject_words(change.before, wording)
    near = [c for c in previous if change.clause - c.clause <= _REACH + len(previous)]
    if words:
        near = [c for c in near if _whole_name(words, c, wording)]
    if not near or len({(c.quantity.base, c.dimension) for c in near}) > 1:
        return None
    return near[0]


def _renamed(change: Claim, subjects: Sequence[_Subject], wording: Wording) -> bool:
    """Tell whether a change names what it is of, and that is none of the figures of its own sentence."""
    words = _subject_words(change.before, wording)
    return len(words) >= _TWO and not any(_one_name(words, s.now, wording) for s in subjects)


def _one_name(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words name what a figure measures: the name itself, shortened, or with 决算 behind it."""
    name, told = wording.account_ending.sub("", words), wording.account_ending.sub("", level.noun)
    if len(name) < _TWO:
        return spells(words, level.before)
    return (
        name[-2:] == told[-2:] or name in level.before or (len(told) >= _TWO and told in name) or name[-2:] in level.before[-4:]
    )


def _whole_name(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words are the name of a figure of another sentence, or the end of it left out: 项目支出 is not 基本支出."""
    name, told = (
        wording.account_when.sub("", wording.account_ending.sub("", text)) for text in (words, wording.timeless(level.noun))
    )
    return spells(words, level.before) if len(name) < _TWO else name == told or told.startswith(name) or told.endswith(name)


def _attach(found: Sequence[_Subject], claim: Claim, prior: Claim | None) -> None:
    """Give a change to the last figure that it can be a change of, a rate to the figure that changed last."""
    if prior is not None:
        near = [s for s in reversed(found) if same_kind(s.now, prior)]
        if not near:
            return
        one_unit = next((s for s in near if s.now.quantity.unit == prior.quantity.unit), near[0])
        alike = next((s for s in near if _moved_so(s.now, prior, claim)), one_unit)
        alike.priors[claim.start] = prior
        (alike.growths if claim.kind == "growth" else alike.changes).append(claim)
        return
    if claim.kind == "growth":
        changed = next((s for s in reversed(found) if s.changes and claim.clause - s.changes[-1].clause <= 2), None)
        later = changed is not None and found[-1] is not changed and found[-1].now.start > changed.changes[-1].start
        (found[-1] if changed is None or later else changed).growths.append(claim)
        return
    ratio = claim.kind == "points-change"
    fitting = (s for s in reversed(found) if (s.now.dimension == "ratio" if ratio else _changes_by(s.now, claim)))
    next(fitting, found[-1]).changes.append(claim)


def _changes_by(level: Claim, change: Claim) -> bool:
    """Tell whether a figure can have changed by so much: no price rises by more than itself."""
    return same_kind(level, change) and (level.kind != "price" or level.size > change.size)


def _moved_so(level: Claim, prior: Claim, change: Claim) -> bool:
    """Tell, at a glance, whether a figure is told to have moved by so much since the earlier one."""
    moved = level.size - prior.size
    if change.kind == "growth":
        return prior.size > 0 and abs(change.sign * moved / prior.size - change.size) <= _CLOSE
    return abs(change.sign * moved - change.size) <= _CLOSE * abs(level.size)


def _is_prior(claim: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether a figure is that of an earlier time, told to be compared with: 较2020年同期3792人次增长."""
    if claim.kind not in ("level", "percent", "rate"):
        return False
    lead = passage.text[max(0, claim.start - 24) : claim.start]
    lead = _MARK.split(lead)[-1]
    found = list(wording.compared_with.finditer(lead))
    if wording.compared_behind.match(passage.text, claim.end) and wording.set_beside.search(lead):
        return True
    return bool(found) and not wording.moved.search(lead, found[-1].end())


def _prior(change: Claim, before: Claim | None, passage: Passage, wording: Wording) -> Claim | None:
    """Return the earlier figure right before a change, in the same clause."""
    near = before is not None and change.clause - before.clause <= 1
    return before if near and before is not None and _is_prior(before, passage, wording) else None


def _told(subject: _Subject, claims: Sequence[Claim], passage: Passage, wording: Wording) -> Iterator[Found]:
    """Yield the relations between one figure, its change and its rate."""
    now = subject.now
    if subject.earlier:
        for change, growth in _paired([c for c in subject.changes if same_kind(c, now)], subject.growths):
            if change.sign == growth.sign and now.quantity.base > 0 and growth.clause - now.clause <= _REACH:
                yield _growth(growth, {"变动": change.fact, "上期": now.fact}, "变动 / 上期")
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
    for change, growth in _paired(absolute, growths):
        if change.sign != growth.sign or not _one_base(subject, change, growth, wording) or now.quantity.base <= 0:
            continue
        if _is_base_of(now, change, passage, wording) or _becomes(now, change, claims, wording):
            yield _growth(growth, {"变动": change.fact, "上期": now.fact}, "变动 / 上期")
            return
        before = [c for c, following in pairwise(claims) if c.start < change.start and not is_base(c, following, wording)]
        before = [c for c in before if c.kind in _LEVELS and c.bracket in (0, change.bracket)]
        told_levels = [c for c in before if c.usable and same_kind(c, change)]
        level = next((c for c in [now, *reversed(told_levels[-_MOST:])] if _gives(c, change, growth)), None)
        other = any(now.start < c.start and c.kind == "level" for c in before)
        part = len(told_levels) > 1 and _listed(now, claims, wording)
        # Behind a part the change may be that of the whole: it is wrong where neither gives the rate.
        if level is None and (other or (part and (len(told_levels) > _REACH or _subject_words(change.before, wording)))):
            continue
        level = level or now
        if level.quantity.base - change.sign * change.quantity.base <= 0:
            continue
        formula = "变动 / (本期 - 变动)" if change.sign > 0 else "变动 / (本期 + 变动)"
        yield _growth(growth, {"本期": level.fact, "变动": change.fact}, formula)
        return


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


def _is_base_of(level: Claim, change: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether a figure is what a change is reckoned from: that of the year before, or the budget of 较预算减少."""
    own, base = _subject_words(change.before, wording), _base_words(change.before, wording)
    if wording.past.search(own) or level.start > change.start:
        return False
    between = [year for year in passage.years if level.end <= year.start < change.start] if level.year is not None else ()
    if any(year.year - 1 == level.year for year in between):
        return True
    if wording.previous.search(level.before) and not wording.compared_with.search(level.before):
        if not base and not level.role and not wording.past.search(level.before):
            return True
        last_year = base == next(iter(wording.data.comparisons.bases)) and wording.past.search(level.before) is not None
        return bool(own) or last_year
    return level.role != "" and wording.data.comparisons.base_roles.get(base) == level.role


def _prior_of(change: Claim, subject: _Subject, wording: Wording) -> Claim | None:
    """Return the earlier figure that a change is reckoned from: its own, or for a rate that of the change right before it."""
    own = subject.priors.get(change.start)
    if own is None and change.kind == "growth" and not wording.compared_with.search(change.before):
        before = [c for c in subject.changes if c.start < change.start]
        if before and change.clause - before[-1].clause <= 1:
            own = subject.priors.get(before[-1].start)
    return own if own is not None and same_kind(own, subject.now) else None


def _from_priors(subject: _Subject, absolute: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Yield the changes from the earlier figures that are told with them."""
    now = subject.now
    for claim in (*absolute, *subject.growths):
        before = _prior_of(claim, subject, wording)
        if before is None:
            continue
        values = {"本期": now.fact, "上期": before.fact}
        if claim.kind == "growth":
            if before.quantity.base > 0:
                yield _growth(claim, values, "本期 / 上期 - 1" if claim.sign > 0 else "1 - 本期 / 上期")
        elif wording.change_by.search(claim.before):
            yield _change(claim, values, "本期 - 上期" if claim.sign > 0 else "上期 - 本期")


def _between_rates(now: Claim, told: Sequence[Claim], claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """`2022年覆盖率A，2023年覆盖率B，提高R个百分点`: two rates of one name, told apart by their years."""
    rates = [c for c in claims if c.kind in ("rate", "percent") and c.start <= now.start]
    if len(told) != 1 or len(rates) != 2 or rates[1] is not now or now.clause - rates[0].clause > 2:
        return
    (change,) = told
    if change.clause - now.clause > 1 or _subject_words(change.before, wording):
        return
    earlier = rates[0]
    years = earlier.year is not None and now.year is not None and earlier.year + 1 == now.year
    if not years and not wording.past.search(earlier.before):
        return
    names = [wording.timeless(c.noun) for c in rates]
    if not earlier.usable or (all(names) and names[0] != names[1]):
        return
    yield _change(change, {"本期": now.fact, "上期": earlier.fact}, "本期 - 上期" if change.sign > 0 else "上期 - 本期")


def _gives(level: Claim, change: Claim, growth: Claim) -> bool:
    """Tell, at a glance, whether a figure and its change give a rate."""
    earlier = level.size - change.sign * change.size
    half = float(growth.quantity.step * growth.quantity.unit.factor) / 2
    return earlier > 0 and abs(change.size / earlier - growth.size) <= half * 1.01


def _listed(level: Claim, claims: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a figure is the last of a list of parts, so that a change behind it may be that of the whole."""
    before = [c for c in claims if c.kind == "level" and c.start < level.start and c.clause >= level.clause - 1]
    return bool(before) and any(wording.among.search(c.before) for c in claims if c.start <= level.start)


def _one_base(subject: _Subject, change: Claim, growth: Claim, wording: Wording) -> bool:
    """Tell whether change and rate are told of one comparison and of the figure itself."""
    far = change.sentence == subject.now.sentence and abs(change.clause - subject.now.clause) > _REACH
    if abs(change.clause - growth.clause) > _TWO or far:
        return False
    first, second = sorted((change, growth), key=lambda c: c.start)
    own = [_subject_words(c.before, wording) for c in (first, second)]
    if second.before and own[1] and own[1] != own[0]:
        return False
    bases = [_base_words(c.before, wording) for c in (first, second)]
    if bases[1] and bases[0] and bases[0] != bases[1]:
        return False
    return not own[0] or subject.now.start > change.start or _its_name(own[0], subject.now, wording)


def _its_name(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words name what a figure measures, and not a part of it, as 项目支出 is of 支出."""
    counted = wording.counted_as.sub("", words)
    plain = wording.account_when.sub("", counted if counted != words else wording.account_ending.sub("", words))
    return len(plain) < _TWO or plain in level.before or plain in level.noun or spells(plain, level.before)


def _subject_words(words: str, wording: Wording) -> str:
    """Return what the words before a change name besides the comparison: empty for 比上年增加."""
    plain = wording.change_by.sub("", wording.comparison.sub("", words))
    return wording.around_change.sub("", plain)


def _base_words(words: str, wording: Wording) -> str:
    """Return what a change is compared with: 上年, 预算; a year that is named is 上年."""
    found = wording.base.search(words)
    if found:
        return wording.bases[found["base"]]
    return next(iter(wording.data.comparisons.bases)) if wording.compared_year.search(words) else ""


def _change(claim: Claim, values: Mapping[str, object], formula: str) -> Found:
    return Found(
        "narrative.change",
        place("narrative.change", claim, {"stated": claim.fact, "computed": None, "formula": formula, **values}, formula),
    )


def _growth(claim: Claim, values: Mapping[str, object], formula: str) -> Found:
    return Found(
        "narrative.growth",
        place("narrative.growth", claim, {"stated": claim.fact, "computed": None, "formula": formula, **values}, formula),
    )


# --- changes of parts -------------------------------------------------------------------------------------------------------


def _of_parts(subjects: Sequence[_Subject], passage: Passage, wording: Wording) -> Iterator[Found]:
    """Relate the change of a whole to the changes of its parts, where every part tells its own."""
    if len(subjects) < 3:
        return
    whole, parts = subjects[0], subjects[1:]
    lead = passage.text[whole.now.end : parts[0].now.start]
    if not wording.among.search(lead):
        return
    tops = [c for c in whole.changes if c.kind == "change"]
    below = [next((c for c in part.changes if c.kind == "change"), None) for part in parts]
    known = [c for c in below if c is not None]
    if len(tops) != 1 or len(known) != len(parts):
        return
    if ties(whole.now, [part.now for part in parts]) not in (Tie.FIRM, Tie.LOOSE):
        return
    yield from _added_up("narrative.change", tops[0], known)


def _of_changes(passage: Passage, claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """`收入增加70万元，其中甲项增加30万元，乙项增加40万元`: the changes of parts that are told without their levels."""
    opener = next((m for m in wording.among.finditer(passage.text, claims[0].start, claims[-1].end)), None)
    if opener is None:
        return
    before = [c for c in claims if c.start < opener.start() and c.kind not in ("growth", "points-change")]
    below = [c for c in claims if c.start > opener.end() and c.kind != "growth"]
    if (
        not before
        or len(below) < _TWO
        or not all(c.kind == "change" and c.usable and not c.bracket for c in (before[-1], *below))
    ):
        return
    top = before[-1]
    told = all(_subject_words(c.before, wording) for c in below) and all(same_kind(c, top) for c in below)
    if not told or below[0].clause - top.clause > _REACH:
        return
    added = sum((c.sign * c.quantity.base for c in below), Decimal(0)) * top.sign
    above = added > top.quantity.base and {c.sign for c in below} == {top.sign}
    if added == top.quantity.base or above or division(top, below, wording) == "all":
        yield from _added_up("narrative.changes", top, below)


def _added_up(kind: str, top: Claim, parts: Sequence[Claim]) -> Iterator[Found]:
    """Relate a change to those that add up to it, unless all go the other way."""
    names: dict[str, object] = {f"变动{n}": c.fact for n, c in enumerate(parts, 1)}
    terms = [(f"变动{n}", c.sign * top.sign) for n, c in enumerate(parts, 1)]
    ordered = sorted(terms, key=lambda term: -term[1])
    formula = "".join((" + " if sign > 0 else " - ") + name for name, sign in ordered).removeprefix(" + ")
    if ordered[0][1] > 0:
        values = {"stated": top.fact, "computed": None, "formula": formula, **names}
        yield Found(kind, place(kind, top, values, formula, suffix="parts"))
