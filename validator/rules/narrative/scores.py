"""Scores in prose: points less deductions, items against their sum, the total of a report against its items, the grade.

Comes in: passages of claims. Goes out: places for the rules of scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact, Pointer
from validator.model.quantity import Reading, State
from validator.rules.narrative.places import Found, computed, facts, is_overall, place, rate_of

_MOST_ITEMS = 60
_FEW = 2
_SEVERAL = 3
_ROUGHLY = 5
_NEARLY = 20
_LEAD = 16
_MARK = re.compile(r"[，,。；;：:()]")
_RANGE = re.compile(r"\d%?[-—–~～]{1,2}\d+(?:\.\d+)?%$")
_BESIDE = 4
_SHORT = 2
"""Characters of 得 and 得了."""
_GRADED = 40
"""Characters behind a score in which its grade is looked for."""


class _Item(NamedTuple):
    """What is told of one item: its points, what was deducted, what it earned."""

    got: Claim
    full: Claim | None = None
    deducted: Sequence[Claim] = ()
    executed: bool = False
    """Whether it is what a rate of execution earned, right behind the rate."""


def scores(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield the scores of sentences, and the total of the report."""
    earned: list[_Item] = []
    overall: list[Claim] = []
    marked: list[Claim] = []
    for passage in passages:
        if not passage.prose or passage.in_table:
            continue
        before: Claim | None = None
        previous: Sequence[Claim] = ()
        scored = {c.sentence for c in passage.claims if c.kind == "score"}
        for number, claims in passage.by_sentence:
            marks = [c for c in claims if c.kind == "score" and c.usable and not _by_rule(c, passage, wording)]
            steps = {c.start for c in marks if _of_step(c, passage, wording)}
            marks = marks if len(steps) < _FEW else [c for c in marks if c.start not in steps]
            if not marks:
                before, previous = None, ()
                continue
            marked += marks
            section = wording.score_section.search(passage.sentence_text(number)) is not None
            items = list(_items(marks, wording))
            for item in items:
                yield from _of_item(item, wording)
            yield from _rates(items, claims, wording)
            yield from _executions(passage, items, claims, previous, wording)
            yield from _sums(marks, wording)
            yield from _of_section(items, wording)
            told = next((c for c in marks if is_overall(c, wording)), None)
            told = None if section or (told is not None and wording.score_section.search(told.before)) else told
            # A list that goes on in the next sentence is left to the total of the report.
            yield from _overall(passage, told or (None if number + 1 in scored else before), marks, wording)
            if told is not None:
                overall.append(told)
                own = {item.got.start for item in items if item.full is not None}
                last = [
                    c for c in marks if (is_overall(c, wording) or wording.score_total.search(c.before)) and c.start not in own
                ]
                yield from _grade(passage, last[-1] if last else told, wording)
            earned += _earned(_with_executions(items, claims, wording), marks, wording, section=section)
            before, previous = told, marks
        yield from _deductions(passage, wording)
    yield from _total(earned, overall, marked, wording)
    yield from _told_twice(overall, wording)


def _by_rule(claim: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether points are those of a scoring rule: 每发现一处扣0.5分."""
    lead = _MARK.split(passage.text[max(0, claim.start - _LEAD) : claim.start])[-1]
    return wording.score_by_rule.search(lead) is not None


def _of_step(claim: Claim, passage: Passage, wording: Wording) -> bool:
    """Tell whether points are those of one step: 90%—95%得8分, 90%以上得10分; two of them make a scale."""
    lead = _MARK.split(passage.text[max(0, claim.start - _LEAD) : claim.start])[-1].removesuffix(claim.before)
    return lead.endswith("%") and (wording.inclusive.search(claim.before) is not None or _RANGE.search(lead) is not None)


# --- one item -----------------------------------------------------------------------------------------------------------


def _items(marks: Sequence[Claim], wording: Wording) -> Iterator[_Item]:
    """Yield what each item tells: `满分5分，扣1分，得4分`, `(20分)得18分`, `10分，得8分，扣2分`."""
    for n, mark in enumerate(marks):
        if not _is_got(mark, wording):
            continue
        deducted = _deducted_before(marks[:n], wording)
        at = n - len(deducted) - 1
        full = marks[at] if at >= 0 and _is_full(marks[at], wording) else None
        if full is not None and (_behind(marks, at, wording) or not _is_of(mark, full, len(deducted), wording)):
            full = None
        if full is None and _behind(marks, n + 1, wording):
            full = marks[n + 1]
        # 扣7.5分，其中甲扣2.5分、乙扣5分: the first is all of it.
        deducted = [*deducted[:1], *takewhile(lambda c: not wording.among.match(c.before), deducted[1:])]
        behind = [
            *takewhile(lambda c: _is_deducted(c, wording) and not wording.among.search(c.before), marks[n + 1 :]),
        ]
        near = [c for c in behind if c.clause - mark.clause <= len(behind)]
        # 得7分，材料不全，扣2分；未及时，扣1分: those further off are its own where all of them give the score.
        all_lost = full is not None and sum(c.quantity.value for c in behind) == full.quantity.value - mark.quantity.value
        yield _Item(mark, full, deducted or (behind if all_lost else near))


def _behind(marks: Sequence[Claim], n: int, wording: Wording) -> bool:
    """Tell whether a mark is the points of the score right before it, in brackets: 得9.5分(满分10分), not 得9.5分;乙(10分)."""
    if not 0 < n < len(marks):
        return False
    got, full = marks[n - 1], marks[n]
    listed = n + 1 < len(marks) and marks[n + 1].bracket == full.bracket
    beside = full.clause == got.clause and full.start - got.end <= _BESIDE
    inside = bool(full.bracket) and full.bracket != got.bracket and beside
    return inside and not listed and _is_got(got, wording)


def _is_of(got: Claim, full: Claim, between: int, wording: Wording) -> bool:
    """Tell whether points are those of what was earned: named as such, or right before it and it has no name of its own."""
    if full.bracket != got.bracket:
        return got.clause == full.clause
    total = wording.score_overall.search(got.before)
    name = "" if total is not None and total.start() == 0 else got.before
    named = wording.links.sub("", wording.any_role.sub("", wording.score_own.sub("", wording.score_item.sub("", name))))
    if wording.score_full.search(full.before) and not (named and full.quantity.value == wording.data.scores.full_marks):
        return got.clause - full.clause <= between + _SEVERAL
    # 5分得5.4分: what stands in one breath is of one item, whatever the figures are.
    bare = got.clause == full.clause and got.start - full.end <= _SHORT
    return (
        (not named or (bare and wording.among.fullmatch(named) is not None))
        and (bare or got.quantity.value <= full.quantity.value)
        and got.clause - full.clause <= between + 1
    )


def _is_got(claim: Claim, wording: Wording) -> bool:
    said = (wording.score_total, wording.score_deducted)
    return wording.score_item.search(claim.before) is not None and not any(word.search(claim.before) for word in said)


def _is_deducted(claim: Claim, wording: Wording) -> bool:
    return wording.score_deducted.search(claim.before) is not None and not wording.deducted_in_all.search(claim.before)


def _is_full(claim: Claim, wording: Wording) -> bool:
    """Tell whether a mark is what an item can earn: by its words, or because it stands bare before what it earned."""
    if wording.score_full.search(claim.before):
        return True
    said = (
        wording.score_item, wording.score_total, wording.score_deducted, wording.score_overall, wording.deducted_in_all,
        wording.score_bonus, wording.score_added,
    )  # fmt: skip
    return not any(word.search(claim.before) for word in said)


def _deducted_before(marks: Sequence[Claim], wording: Wording) -> Sequence[Claim]:
    """Return the deductions that stand right before a place, one after the other."""
    return [*takewhile(lambda c: _is_deducted(c, wording), reversed(marks))][::-1]


def _of_item(item: _Item, wording: Wording) -> Iterator[Found]:
    """Relate what an item earned to its points and all that was deducted."""
    got, full = item.got, item.full
    if full is None:
        return
    if item.deducted:
        names: dict[str, object] = {
            f"扣分{n}" if len(item.deducted) > 1 else "扣分": c.fact for n, c in enumerate(item.deducted, 1)
        }
        yield computed("narrative.score", got, " - ".join(["满分", *names]), {"满分": full.fact, **names})
    elif not wording.score_bonus.search(got.before):
        yield Found("narrative.points", place("narrative.points", got, {"score": got.fact, "points": full.fact}))


def _rates(items: Sequence[_Item], claims: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Relate each rate of scoring to what its item earned, and to its points."""
    for rate in claims:
        if rate.kind != "rate" or not rate.usable or not wording.score_rate.search(rate.before):
            continue
        item = next((i for i in reversed(items) if i.got.start < rate.start and rate.clause - i.got.clause <= 1), None)
        if item is not None and item.full is not None and item.full.quantity.base > 0:
            yield rate_of(rate, [item.got], [item.full])


def _executions(
    passage: Passage, items: Sequence[_Item], claims: Sequence[Claim], previous: Sequence[Claim], wording: Wording
) -> Iterator[Found]:
    """Relate `预算执行率（10分）……执行率75%，得7.5分` to the points and the rate, where no steps of scoring are told.

    Full points are left alone: many a method gives them from 90 or 95 % on.
    """
    told = [c for c in claims if c.kind == "rate" and c.usable and wording.execution.search(c.before)]
    if len(told) != 1 or wording.score_steps.search(passage.sentence_text(told[0].sentence)):
        return
    rate = told[0]
    near = [i for i in items if i.got.start > rate.start and i.got.clause - rate.clause <= _SEVERAL and not i.deducted]
    if not near or wording.score_overall.search(near[0].got.before):
        return
    got, full = near[0].got, near[0].full or _points_told(rate, near[0].got, claims, previous, wording)
    if full is not None and full.quantity.value > got.quantity.value > 0:
        values = {"score": got.fact, "points": full.fact, "rate": rate.fact}
        yield Found("narrative.executed", place("narrative.executed", got, values))


def _points_told(rate: Claim, got: Claim, claims: Sequence[Claim], previous: Sequence[Claim], wording: Wording) -> Claim | None:
    """Return the points that stand in brackets behind the name of what is scored, here or in the sentence right before."""
    own = [c for c in claims if c.kind == "score" and c.start < rate.start]
    marks = own or ([] if any(c.kind == "score" and c.start < got.start for c in claims) else previous)
    told = [c for c in marks if c.usable and (c.bracket or wording.score_full.search(c.before))]
    return told[0] if len(told) == len(marks) == 1 else None


# --- sums within a sentence ---------------------------------------------------------------------------------------------


def _sums(marks: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """`A得4分，B得2分，共得6分`, and `A扣1分，B扣2分，共扣3分`."""
    items: list[Claim] = []
    for n, mark in enumerate(marks):
        points = n + 1 < len(marks) and _is_of(marks[n + 1], mark, 0, wording) and _is_got(marks[n + 1], wording)
        if wording.score_total.search(mark.before) and points:
            items = []
        elif wording.score_total.search(mark.before) and len(items) >= _FEW:
            yield _sum(mark, items)
            items = []
        elif wording.deducted_in_all.search(mark.before):
            run = _deducted_before(marks[:n], wording)
            if len(run) >= _FEW:
                yield _sum(mark, run)
        elif _is_got(mark, wording):
            items.append(mark)
        run = [*takewhile(lambda c: _is_deducted(c, wording), marks[n + 1 :])]
        opened = bool(run) and wording.among.match(run[0].before) is not None
        if opened and len(run) >= _FEW and wording.score_deducted.search(mark.before):
            yield _sum(mark, run)


def _of_section(items: Sequence[_Item], wording: Wording) -> Iterator[Found]:
    """Yield `产出指标（50分）得47.5分，其中：数量指标20分得19分，…`: items that have all of the points of a score."""
    for n, whole in enumerate(items):
        parts = items[n + 1 :]
        opener = parts[0].full if parts else None
        if whole.full is None or opener is None or not wording.among.match(opener.before):
            continue
        points = [part.full.quantity.value for part in parts if part.full is not None]
        if len(parts) >= _FEW and len(points) == len(parts) and sum(points, Decimal(0)) == whole.full.quantity.value:
            yield _sum(whole.got, [part.got for part in parts], "narrative.scores")


def _sum(total: Claim, items: Sequence[Claim], kind: str = "narrative.score") -> Found:
    return computed(kind, total, "sum(各项)", {"各项": facts(items)})


def _overall(passage: Passage, total: Claim | None, marks: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Relate an overall score to all the scores, or deductions, that are listed behind or before it."""
    if total is None or total.bracket or any(wording.score_full.search(c.before) for c in marks):
        return
    behind, before = [c for c in marks if c.start > total.start], [c for c in marks if c.start < total.start]
    behind = [c for c in behind if _is_got(c, wording)] or behind
    lead = passage.text[total.end : behind[0].start] if behind else ""
    opened = wording.among.search(lead) is not None or lead.startswith((":", "："))
    deducted = [c for c in behind if wording.score_deducted.search(c.before)]
    if len(deducted) > 1 and any(wording.deducted_in_all.search(c.before) for c in deducted):
        return  # 共扣4分，其中…扣3分，…扣1分
    if deducted and len(deducted) == len(behind) and (opened or _in_all(deducted, wording)):
        yield Found(
            "narrative.deductions",
            place("narrative.deductions", total, {"score": total.fact, "deductions": facts(deducted)}),
        )
    elif opened and len(behind) >= _FEW and not deducted and not _weights(behind, wording):
        yield _sum(total, behind, "narrative.scores")
    elif not behind and len(before) >= _SEVERAL and _bare(before, wording) and not _weights(before, wording):
        added = sum((c.quantity.value for c in before), Decimal(0))
        if abs(added - total.quantity.value) <= added / _ROUGHLY:
            yield _sum(total, before, "narrative.scores")


def _in_all(deducted: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether one figure gives all that was deducted: 共扣8分."""
    return len(deducted) == 1 and wording.deducted_in_all.search(deducted[0].before) is not None


def _weights(marks: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether scores are the points of the items: told without 得, and all together the full marks."""
    added = sum((c.quantity.value for c in marks), Decimal(0))
    return added == wording.data.scores.full_marks and _bare(marks, wording)


def _bare(marks: Sequence[Claim], wording: Wording) -> bool:
    """Tell whether scores are told with nothing but the names of what earned them."""
    said = (wording.score_deducted, wording.score_total, wording.score_item, wording.score_added, wording.score_bonus)
    return all(c.noun and not any(word.search(c.before) for word in said) for c in marks)


def _deductions(passage: Passage, wording: Wording) -> Iterator[Found]:
    """`以100分为基数 … 累计扣分25分 … 得分75分` within one paragraph."""
    marks = [c for c in passage.claims if c.kind == "score" and c.usable and c.bracket == 0]
    for n, mark in enumerate(marks):
        if not wording.deducted_in_all.search(mark.before):
            continue
        bases = (
            c for c in reversed(marks[:n]) if wording.score_base.search(c.before) and not wording.score_own.search(c.before)
        )
        base = next(bases, None)
        got = next(
            (c for c in marks[max(0, n - 4) : n] if wording.score_got.search(c.before)),
            None,
        )
        got = got or next((c for c in marks[n + 1 : n + 3] if wording.score_got.search(c.before)), None)
        several = sum(wording.score_got.search(c.before) is not None for c in marks[:n]) > 1
        if several and got is not None and not is_overall(got, wording):
            continue  # 合计扣3分 is what all of them lost
        if base is not None and got is not None and base is not got and not wording.score_own.search(got.before[-4:]):
            yield computed("narrative.score", got, "满分 - 扣分", {"满分": base.fact, "扣分": mark.fact})
            return


# --- the whole report ---------------------------------------------------------------------------------------------------


def _earned(items: Sequence[_Item], marks: Sequence[Claim], wording: Wording, *, section: bool) -> list[_Item]:
    """Return what a sentence tells items to have earned: with their points, or where it speaks of 此项."""
    if section:
        sums = [c for c in marks if wording.score_total.search(c.before)]
        if len(sums) == 1:
            return [_Item(sums[0])]
        told = [c for c in marks if _is_got(c, wording) or wording.score_added.search(c.before)]
        return [_Item(told[0])] if len(told) == 1 and not sums else []
    known = [item for item in items if item.full is not None or item.executed]
    return [item for item in known if not wording.score_overall.search(item.got.before)]


def _with_executions(items: Sequence[_Item], claims: Sequence[Claim], wording: Wording) -> list[_Item]:
    """Mark what a rate of execution earned: 预算执行率96%，得9.6分."""
    rates = {c.clause for c in claims if c.kind == "rate" and wording.execution.search(c.before)}
    return [item._replace(executed=item.full is None and item.got.clause - 1 in rates) for item in items]


def _order(claim: Claim) -> tuple[int, int]:
    found = re.findall(r"\d+", claim.fact.pointer.path)
    return int(found[0]), int(found[1])


def _total(earned: Sequence[_Item], overall: Sequence[Claim], marked: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Hold the total of the report against what its items earned, unless that is another score told in it."""
    told_as = {c.quantity.value for c in marked if not c.bracket and not _is_full(c, wording)}
    if len(earned) < _SEVERAL or len(earned) > _MOST_ITEMS:
        return
    several = len({total.quantity.value for total in overall}) > 1  # projects, each with its scores in its own paragraph
    for total in overall:
        told = [i for i in earned if i.got.fact.pointer.path != total.fact.pointer.path]
        if several:
            nearest = [max((t for t in overall if _order(t) < _order(i.got)), key=_order, default=None) for i in told]
            told = [i for i, own in zip(told, nearest, strict=True) if own is total and _order(i.got)[0] == _order(total)[0]]
        split = next((n for n, i in enumerate(told) if _order(i.got) > _order(total)), len(told))
        items = told[:split] if split >= _SEVERAL else told[split:]
        added = sum((i.got.quantity.value for i in items), Decimal(0))
        if len(items) < _SEVERAL or total.quantity.value < max(i.got.quantity.value for i in items):
            continue
        points = [i.full.quantity.value for i in items if i.full is not None]
        # Budget execution is worth what the official form gives it, where nothing else is told.
        points += [Decimal(wording.data.scores.execution_marks)] * (len(items) - len(points) == 1)
        complete = len(points) == len(items) and sum(points, Decimal(0)) == wording.data.scores.full_marks
        if total.quantity.value != added and added in told_as:
            continue  # that of another project
        if complete or total.quantity.value == added or abs(total.quantity.value - added) <= added / _NEARLY:
            yield _sum(total, [i.got for i in items], "narrative.scores")
            return


def _grade(passage: Passage, total: Claim, wording: Wording) -> Iterator[Found]:
    """Relate an overall score to the grade that is told right behind it."""
    start, end = passage.sentences[total.sentence]
    found = wording.grade.search(passage.text, total.end, min(end, total.end + _GRADED))
    if found is None or not start <= found.start("grade") < end:
        return
    text = found["grade"]
    path = f"text[{passage.index}].grades[{found.start('grade')}]"
    pointer = Pointer(path, passage.at(*found.span("grade")), text, total.fact.pointer.row_label, total.noun)
    grade = Fact(Reading(State.TEXT, text), pointer)
    yield Found("narrative.grade", place("narrative.grade", total, {"score": total.fact, "grade": grade}))


def _told_twice(overall: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    """Relate the self-evaluation's total to what it is given as at another place, in the same words."""
    own = [
        c for c in overall if wording.score_own.search(c.before) and c.quantity.value * _FEW > wording.data.scores.full_marks
    ]
    for claim in own[1:]:
        if claim.before == own[0].before and _subject(claim, wording):
            values = {"one": claim.fact, "other": own[0].fact, "place": own[0].fact.pointer.address}
            yield Found("narrative.same", place("narrative.same", claim, values))


def _subject(claim: Claim, wording: Wording) -> bool:
    """Tell whether a score says whose it is: 本项目自评得分, not 自评得分 behind the name of one project of several."""
    own = wording.score_own.search(claim.before)
    return own is not None and own.start() >= _FEW
