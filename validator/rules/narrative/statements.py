"""Statements in words against figures: no deviation, all done, garbled comparisons, targets filled in afterwards.

Comes in: passages of claims and the forms of the document. Goes out: places for the rules of contradictions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.claims import Claim, Passage, Wording
from validator.model.fact import Fact, Pointer
from validator.model.quantity import BARE, Quantity, Reading, State
from validator.rules.narrative.names import bound
from validator.rules.narrative.places import Found, facts, of_the_whole, place
from validator.rules.scopes import Place

_GARBLED = re.compile(r"[≥≤≧≦⩾⩽]\s?(?![零一二两三四五六七八九十百千万])[\u4e00-\u9fff]{2,3}(?![\d一二三四五六七八九十百])")
"""A sign with words behind it; numerals are figures: ≥三次, ≥百分之八十."""
_HEAD = 5
_ABOUT = re.compile(r"(20\d\d)\s?年度")


def statements(passages: Sequence[Passage], wording: Wording, reference: re.Pattern[str]) -> Iterator[Found]:
    """Yield what is said in words together with the figures that it is about."""
    prose = [passage for passage in passages if passage.prose and not passage.in_table]
    executions = [c for p in prose for c in p.claims if c.kind == "rate" and c.usable and wording.execution.search(c.before)]
    yield from _deviations(prose, executions, wording)
    yield from _caps(prose, executions, wording)
    yield from _targets(prose, wording)
    yield from _unspent(prose, wording)
    yield from _filled(prose, wording)
    yield from _deadlines(passages, wording)
    for passage in prose:
        yield from _garbled(passage, reference)


def _text_fact(passage: Passage, start: int, end: int, kind: str, state: State = State.TEXT) -> Fact:
    text = passage.text[start:end]
    clause = passage.text[max(0, start - 24) : end + 24].strip()
    path = f"text[{passage.index}].{kind}[{start}]"
    return Fact(Reading(state, text), Pointer(path, passage.at(start, end), text, clause, ""))


def _said(passages: Sequence[Passage], pattern: re.Pattern[str], wording: Wording) -> Iterator[Fact]:
    """Yield what a pattern finds, but for what is only planned or denied."""
    for passage in passages:
        for found in pattern.finditer(passage.text):
            lead = re.split(r"[，,。；;]", passage.text[max(0, found.start() - 16) : found.start()])[-1]
            if not wording.hedge.search(lead) and not wording.one_indicator.search(lead):
                yield _text_fact(passage, *found.span(), "statements")


def _deviations(passages: Sequence[Passage], executions: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    if not executions:
        return
    own = _own(executions, wording) or executions
    best = max(own, key=lambda c: c.size)
    others = facts([c for c in own if c is not best])
    for said in _said(passages, wording.no_deviation, wording):
        names = bound(
            "narrative.deviation",
            {"rate": best.fact, "rates": others, "statement": said, "clause": said.pointer.row_label, "noun": ""},
        )
        yield Found("narrative.deviation", Place(said.pointer.path, (names,), said.pointer))  # type: ignore[arg-type]


def _own(executions: Sequence[Claim], wording: Wording) -> list[Claim]:
    """Return the rates of this year's money: not those told right behind what was carried over."""

    def told(claim: Claim) -> str:
        clause = claim.fact.pointer.row_label
        return clause[: max(clause.find(claim.fact.text), 0)][-24:]

    return [claim for claim in executions if not wording.carried.search(told(claim))]


def _caps(passages: Sequence[Passage], executions: Sequence[Claim], wording: Wording) -> Iterator[Found]:
    own = _own(executions, wording)
    weighed = [c for p in passages for c in p.claims if c.kind == "score" and wording.score_full.search(c.before)]
    if not own or any(wording.execution.search(c.before) or c.role == "executed" for c in weighed):
        return
    best = max(own, key=lambda c: c.quantity.base)
    totals = [
        c for p in passages for c in p.claims
        if c.kind == "score" and c.usable and wording.score_overall.search(c.before) and Decimal(50) < c.quantity.value <= 100
        and not wording.score_section.search(p.sentence_text(c.sentence)) and wording.score_own.search(c.before)
    ]  # fmt: skip
    for total in totals[:1]:
        values = {"score": total.fact, "rate": best.fact, "rates": facts([c for c in own if c is not best])}
        yield Found("narrative.cap", place("narrative.cap", total, values))


def _targets(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each target that a sentence tells beside its result.

    A miss counts where the text says that all was done, or gives it all of its points.
    """
    done = next(_said(passages, wording.all_done, wording), None)
    for passage in passages:
        here = next((said for said in _said([passage], wording.all_done, wording) if _of_targets(said, wording)), None)
        for target, actual in zip(passage.claims, passage.claims[1:], strict=False):
            if target.segment != actual.segment or actual.clause - target.clause > 2 or target.bracket != actual.bracket:
                continue
            if (
                target.dimension != actual.dimension
                or not wording.told_target.search(wording.lead_comparison.sub("", target.before))
                or not wording.told_actual.search(actual.before)
            ):
                continue
            if (
                target.quantity.upper is not None
                or target.quantity.approximate
                or not (actual.usable or _is_same_limit(actual, target))
                or target.kind in ("change", "growth")
            ):
                continue
            missed = (
                actual.quantity.base < target.quantity.base
                if target.quantity.comparator in ("", ">=", ">", "=")
                else actual.quantity.base > target.quantity.base
            )
            # A plain number may be a ceiling as well as a floor, unless it counts what was to be done.
            counted = target.dimension.startswith("count") and not wording.ceilings.search(target.before + actual.before)
            said = done if target.quantity.comparator else here if counted else None
            words = said.text if said is not None else ""
            words = words or (_full_score(actual, passage, wording) if target.quantity.comparator or counted else "")
            if missed and not words:
                continue
            signed = (
                target.fact
                if target.quantity.comparator
                else target.fact._replace(
                    reading=target.fact.reading._replace(quantity=target.quantity._replace(comparator=">="))
                )
            )
            values = {"actual": actual.fact, "target": signed, "statement": words}
            yield Found("narrative.target", place("narrative.target", actual, values))


def _is_same_limit(actual: Claim, target: Claim) -> bool:
    """Tell whether a result is written as its target is: 目标值≥90%，实际完成值≥90%."""
    one, other = actual.quantity, target.quantity
    return one.comparator == other.comparator != "" and one.upper is None and not one.approximate and one.base == other.base


def _full_score(actual: Claim, passage: Passage, wording: Wording) -> str:
    """Return what says behind a result that it has all of its points: 分值10分，得分10分; empty where nothing does."""
    scores = [c for c in passage.claims if c.sentence == actual.sentence and c.start > actual.end and c.kind == "score"]
    pair = [c for c in scores if c.segment == actual.segment and c.usable]
    full = [c for c in pair if wording.score_full.search(c.before)]
    got = [c for c in pair if wording.score_got.search(c.before) or wording.score_own.search(c.before)]
    if len(pair) != 2 or not len(full) == len(got) == 1 or full == got or full[0].quantity.base != got[0].quantity.base:
        return ""
    return passage.text[pair[0].start - len(pair[0].before) : pair[1].end]


def _of_targets(said: Fact, wording: Wording) -> bool:
    """Tell whether a statement is about targets, by the words of its clause: 各项目标全部完成."""
    around = said.pointer.row_label
    lead = re.split(r"[，,。；;]", around[: around.find(said.text)])[-1]
    return wording.to_target.search(lead) is not None


def _unspent(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield each result of a hundred percent beside a spending of nothing at all on the whole project."""
    for passage in passages:
        nothing = [
            c
            for c in passage.claims
            if c.dimension == "money" and c.usable and not c.quantity.value and c.kind == "level" and c.role == "executed"
            if not wording.past.search(c.before) and of_the_whole(c.before, wording)
        ]
        for spent in nothing[:1]:
            results = [
                c
                for c in passage.claims
                if c.kind == "rate" and c.usable and c.quantity.base == 1 and wording.results.search(c.before)
                if abs(c.sentence - spent.sentence) <= 1
            ]
            for result in results[:1]:
                yield Found("narrative.unspent", place("narrative.unspent", result, {"rate": result.fact, "spent": spent.fact}))


def _filled(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield targets with decimals that a later part of the report gives as the result, to the last digit."""
    for passage in passages:
        goal = wording.goals.search(passage.text)
        if not goal:
            continue
        for claim in passage.claims:
            if (
                claim.start < goal.end()
                or claim.kind != "level"
                or not claim.usable
                or claim.role == "budget"
                or wording.funds.search(claim.before)
                or claim.quantity.step > Decimal("0.1")
                or len(claim.quantity.value.as_tuple().digits) < 3
            ):
                continue
            later = [
                c
                for p in passages
                if p.index > passage.index
                for c in p.claims
                if c.kind == "level" and c.usable and c.dimension == claim.dimension
                if c.quantity.base == claim.quantity.base and c.noun[-4:] == claim.noun[-4:]
            ]
            if later:
                yield Found(
                    "narrative.filled", place("narrative.filled", claim, {"target": claim.fact, "actual": later[0].fact})
                )


def _garbled(passage: Passage, reference: re.Pattern[str]) -> Iterator[Found]:
    for found in _GARBLED.finditer(passage.text):
        if reference.match(found.group()[1:].strip()) or passage.text[found.start() - 1 : found.start()] in '“"':
            continue
        end = found.end()
        fact = _text_fact(passage, found.start(), end, "garbled", State.GARBLED)
        names = bound("narrative.garbled", {"figure": fact, "clause": fact.pointer.row_label, "noun": ""})
        yield Found("narrative.garbled", Place(fact.pointer.path, (names,), fact.pointer))  # type: ignore[arg-type]


def _deadlines(passages: Sequence[Passage], wording: Wording) -> Iterator[Found]:
    """Yield deadlines of time indicators with the year that the document is about."""
    about = next((int(found[1]) for p in passages[:_HEAD] if (found := _ABOUT.search(p.text))), None)
    if about is None:
        return
    for passage in passages:
        for found in wording.deadline.finditer(passage.text):
            fact = _text_fact(passage, found.start(1), found.end(1), "deadlines")
            year = Quantity(Decimal(about), Decimal(0), BARE, f"{about}")
            values = {"deadline": fact, "year": year, "clause": fact.pointer.row_label, "noun": ""}
            names = bound("narrative.year", values)
            yield Found("narrative.year", Place(fact.pointer.path, (names,), fact.pointer))  # type: ignore[arg-type]
