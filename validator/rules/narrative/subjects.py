"""Which figure is said to have changed, by what, and since when.

Comes in: the claims of a sentence, and the figures of the sentence before. Goes out: each figure with its changes, its rates
and the figure of the earlier time, where that is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from validator.facts.claims import Claim, Passage, Wording
from validator.rules.narrative.places import is_base, same_kind, spells

_TWO = 2
_REACH = 3
_SHORT = 5
"""Characters of 年末余额为."""
_CLOSE = 0.002
_DIGITS = "0123456789"
_LEVELS = ("level", "price")
_MOVES = ("change", "growth", "points-change")
_MARK = re.compile(r"[，,。；;()（）]")


@dataclass(slots=True)
class Subject:
    """What one figure is said to have changed by."""

    now: Claim
    changes: list[Claim] = field(default_factory=list)
    growths: list[Claim] = field(default_factory=list)
    priors: dict[int, Claim] = field(default_factory=dict)
    """The figure of the earlier time, where it is told too, by the place of the change."""
    earlier: bool = False
    """Whether the figure itself is that of the earlier time: 与2020年的8000人相比，增加200人."""
    by_name: bool = False
    """Whether the change has the name of the budget that a sentence before tells the figure with."""

    @property
    def told(self) -> Sequence[Claim]:
        """The changes and rates, in their order."""
        return sorted((*self.changes, *self.growths), key=lambda c: c.start)


def subjects_of(claims: Sequence[Claim], passage: Passage, wording: Wording, previous: Sequence[Claim]) -> list[Subject]:
    """Group the figures of a sentence: each level with the changes that follow it."""
    found: list[Subject] = []
    waiting: list[Claim] = []
    waiting_prior: Claim | None = None
    for n, claim in enumerate(claims):
        if claim.kind in _MOVES:
            if not claim.usable or wording.each.search(claim.before):
                continue
            near = (claims[n - 1] if n else None, _outside(claims[:n], claim))
            prior = next((one for before in near if (one := _prior(claim, before, passage, wording)) is not None), None)
            if (
                prior is None
                and waiting_prior is not None
                and waiting_prior.bracket in (0, claim.bracket)
                and claim.clause - waiting_prior.clause <= _TWO
            ):
                prior = waiting_prior
            if wording.total.fullmatch(subject_words(claim.before, wording)):
                found.append(Subject(claim))
                continue
            # What stands in brackets that are closed again has no say in what follows.
            open_still = [s for s in found if s.now.bracket in (0, claim.bracket)]
            if not open_still or _renamed(claim, open_still, wording):
                told = _told_before(claim, previous, wording)
                spent = _spent_of_it(subject_words(claim.before, wording), previous, wording)
                open_still = [Subject(told, by_name=told in spent)] if told is not None else open_still
                found += open_still if told is not None else []
            if open_still:
                _attach(open_still, claim, prior, wording)
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
                    found.append(Subject(claim, earlier=True))
                continue
            if found and _is_earlier_of_change(claim, found[-1], wording):
                found[-1].priors.update(dict.fromkeys((c.start for c in found[-1].told), claim))
                continue
            if found and _is_earlier(claim, found[-1].now, wording):
                waiting_prior = claim
                continue
            subject = Subject(claim)
            if waiting and claim.clause - waiting[-1].clause <= 1 and wording.sums_to.fullmatch(claim.before):
                for change in waiting:
                    _attach([subject], change, None, wording)
            waiting = []
            earlier = found and (
                _is_earlier(found[-1].now, claim, wording) or _begins_year(found[-1].now, claims[n - 1 :], wording)
            )
            waiting_prior = found[-1].now if earlier else None
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


def _begins_year(one: Claim, following: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether a figure is of the beginning of a year: 年初数36万元，年末数52万元，增加16万元, and nothing else moved."""
    if len(following) < _REACH or following[0] is not one or not wording.year_begins.search(one.before):
        return False
    now, change = following[1:_REACH]
    told = wording.year_ends.match(now.before) is not None and len(now.before) <= _SHORT and same_kind(one, now)
    bare = change.kind == "change" and not subject_words(change.before, wording) and change.clause - now.clause == 1
    return told and bare and all(c.kind != "change" for c in following[_REACH:])


def _is_earlier_of_change(claim: Claim, subject: Subject, wording: Wording) -> bool:
    """Tell whether a figure right behind a change says what it is reckoned from: 120件，同比下降20%，上年150件."""
    told = subject.told
    one = max(len(subject.growths), len(subject.changes)) == 1 and not subject.priors
    if not one or claim.kind != "level" or not same_kind(claim, subject.now):
        return False
    near = claim.clause - told[-1].clause == 1 and told[0].clause - subject.now.clause <= _TWO
    yearly = all(base_words(c.before, wording) in ("", next(iter(wording.data.comparisons.bases))) for c in told)
    bare = wording.past.search(claim.before) is not None and len(wording.timeless(claim.noun)) < _TWO
    return near and yearly and bare and not wording.past.search(subject.now.before)


def _told_before(change: Claim, previous: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the figure of the sentence before whose change is told: by its name, or the only one there is."""
    words = subject_words(change.before, wording)
    near = [c for c in previous if change.clause - c.clause <= _REACH + len(previous)]
    if words:
        exactly = [c for c in near if len(words) > _TWO and (c.before.endswith(words) or c.noun == words)]
        apart = [c for c in near if not (c.role == "budget" and _names_what_was_spent(words, wording))]
        near = exactly or [c for c in apart if _whole_name(words, c, wording)] or _spent_of_it(words, near, wording)
    if not near or len({(c.quantity.base, c.dimension) for c in near}) > 1:
        return None
    return near[0]


def named_above(change: Claim, above: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the figure of the paragraph before that a change names in just its words: 公务接待费支出决算增加0.01万元."""
    words = subject_words(change.before, wording)
    name = wording.account_ending.sub("", words)
    levels = [c for c in above if c.kind == "level" and c.usable and not c.bracket and same_kind(c, change)]
    told = [c for c in levels if len(name) > _TWO and wording.account_ending.sub("", c.noun) == name]
    whole = takewhile(lambda c: not wording.among.search(c.before), levels)
    told = told or _spent_of_it(words, list(whole), wording)
    return told[0] if len({c.quantity.base for c in told}) == 1 else None


def _names_what_was_spent(words: str, wording: Wording) -> bool:
    """Tell whether a name ends with 决算, and not with 预算."""
    ending = wording.account_ending.search(words)
    return ending is not None and wording.roles["executed"].search(ending.group()) is not None


def _spent_of_it(words: str, told: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return what was spent of a budget, by the name of both: 三公经费支出决算, of 三公经费预算36万元，支出决算32万元."""
    name = wording.counted_as.sub("", wording.account_when.sub("", words).lstrip(_DIGITS))
    spent = [c for c in told if c.role == "executed"]
    if len(name) <= _TWO or len(spent) != 1 or not wording.roles["executed"].search(name):
        return []
    topic = told[0].noun if told[0] is spent[0] or told[0].role == "budget" else ""
    return spent if topic[:_TWO] == name[:_TWO] and spells(name, topic + spent[0].noun) else []


def _renamed(change: Claim, subjects: Sequence[Subject], wording: Wording) -> bool:
    """Tell whether a change names what it is of, and that is none of the figures of its own sentence."""
    words = subject_words(change.before, wording)
    return len(words) >= _TWO and not any(one_name(words, s.now, wording) for s in subjects)


def one_name(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words name what a figure measures: the name itself, shortened, or with 决算 behind it."""
    name, told = wording.account_ending.sub("", words), wording.account_ending.sub("", level.noun)
    if len(name) < _TWO:
        return spells(words, level.before)
    if names_both_sides(words, level, wording):
        return True
    return (
        name[-2:] == told[-2:] or name in level.before or (len(told) >= _TWO and told in name) or name[-2:] in level.before[-4:]
    )


def _whole_name(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words are the name of a figure of another sentence, or the end of it left out: 项目支出 is not 基本支出."""
    name, told = (
        wording.account_when.sub("", wording.account_ending.sub("", text)) for text in (words, wording.timeless(level.noun))
    )
    if len(name) < _TWO:
        return spells(words, level.before)
    return name == told or told.startswith(name) or told.endswith(name) or names_both_sides(words, level, wording)


def names_both_sides(words: str, level: Claim, wording: Wording) -> bool:
    """Tell whether words are 收支总计 or the like, which is the income of a sentence as well as its spending."""
    sides = wording.both_sides.match(words)
    return sides is not None and level.account in ("income", "spending") and sides["of"] in level.before


def _attach(found: Sequence[Subject], claim: Claim, prior: Claim | None, wording: Wording) -> None:
    """Give a change to the last figure that it can be a change of, a rate to the figure that changed last."""
    if prior is not None:
        near = [s for s in reversed(found) if same_kind(s.now, prior) and _may_be_after(s.now, prior, claim, wording)]
        if not near:
            return
        one_unit = next((s for s in near if s.now.quantity.unit == prior.quantity.unit), near[0])
        alike = next((s for s in near if _moved_so(s.now, prior, claim)), one_unit)
        alike.priors[claim.start] = prior
        (alike.growths if claim.kind == "growth" else alike.changes).append(claim)
        return
    if claim.kind == "growth":
        changed = next((s for s in reversed(found) if s.changes and claim.clause - s.changes[-1].clause <= 2), None)
        last = _not_of_the_rate(found, claim, wording)
        later = changed is not None and last is not changed and last.now.start > changed.changes[-1].start
        (last if changed is None or later else changed).growths.append(claim)
        return
    ratio = claim.kind == "points-change"
    fitting = (s for s in reversed(found) if (s.now.dimension == "ratio" if ratio else _changes_by(s.now, claim)))
    next(fitting, found[-1]).changes.append(claim)


def _not_of_the_rate(found: Sequence[Subject], growth: Claim, wording: Wording) -> Subject:
    """Return the last figure, or the amount before it where that only says how much it is of what was planned or of a whole.

    收入500万元，占预算98%，增长5%，增收24万元.
    """
    rate = found[-1].now
    of_plan = rate.kind == "rate" and (wording.of_budget.search(rate.before) or wording.of_target.search(rate.before))
    of_whole = rate.kind == "share" and rate.before.startswith(wording.data.rates.takes)
    if not (of_plan or of_whole) or len(found) < _TWO or subject_words(growth.before, wording):
        return found[-1]
    amount = found[-2].now
    near = rate.clause - amount.clause <= 1 and amount.kind == "level" and amount.sentence == rate.sentence
    return found[-2] if near and amount.bracket == rate.bracket else found[-1]


def _may_be_after(level: Claim, prior: Claim, change: Claim, wording: Wording) -> bool:
    """Tell whether a figure may be what an earlier one has become, which may say itself of what it is.

    河口镇核减14亩，全区面积较上次上报面积4479亩核减33亩: 14亩 is not the area of the whole district.
    """
    compared = wording.compared_with.search(prior.before)
    name = prior.before[: compared.start()] if compared is not None else ""
    return len(name) < _TWO or _moved_so(level, prior, change) or one_name(name, level, wording)


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
    start = _bracket_around(claim, passage)
    lead = passage.text[max(0, start - 24) : start]
    lead = _MARK.split(lead)[-1]
    found = list(wording.compared_with.finditer(lead))
    if wording.compared_behind.match(passage.text, claim.end) and wording.set_beside.search(lead):
        return True
    return bool(found) and not wording.moved.search(lead, found[-1].end())


def _bracket_around(claim: Claim, passage: Passage) -> int:
    """Return where a figure begins, or the bracket that holds nothing else: 较上年(120万元)增加."""
    bracket = passage.brackets[claim.bracket]
    alone = claim.bracket and bracket.start + 1 == claim.start and claim.end + 1 == bracket.end
    return bracket.start if alone else claim.start


def _prior(change: Claim, before: Claim | None, passage: Passage, wording: Wording) -> Claim | None:
    """Return the earlier figure right before a change, in the same clause."""
    near = before is not None and change.clause - before.clause <= 1
    return before if near and before is not None and _is_prior(before, passage, wording) else None


def _outside(claims: Sequence[Claim], change: Claim) -> Claim | None:
    """Return the last figure that stands in no bracket closed again: 比上年150万元（含结转20万元），下降."""
    return next((c for c in reversed(claims) if c.bracket in (0, change.bracket)), None)


def subject_words(words: str, wording: Wording) -> str:
    """Return what the words before a change name besides the comparison: empty for 比上年增加."""
    plain = wording.change_by.sub("", wording.comparison.sub("", words))
    return wording.around_change.sub("", plain)


def base_words(words: str, wording: Wording) -> str:
    """Return what a change is compared with: 上年, 预算; a year that is named is 上年."""
    found = wording.base.search(words)
    if found:
        return wording.bases[found["base"]]
    return next(iter(wording.data.comparisons.bases)) if wording.compared_year.search(words) else ""
