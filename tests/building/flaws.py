"""Faults to plant in a consistent form, each with the finding that it must give.

A flaw takes a consistent form and returns the flawed one with what is expected, or None where the form has no place for it.
Whatever else follows from a planted fault is kept consistent, so that there is one fault and not three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from tests.building.filled import Block, FilledForm, Line
from tests.building.truth import decimals_of, plain, rewrite, value_of


class Expected(NamedTuple):
    """What a report must say about a planted fault."""

    kinds: frozenset[str]
    """A finding must be of one of these kinds."""
    places: tuple[str, ...]
    """Its primary pointer must be at one of these places; the first is the cell that was changed."""
    correct: str
    """What ought to stand at the first place; empty where nobody can know."""
    touched: frozenset[str]
    """Every place that was changed: any other finding must involve one of them."""


Planted = tuple[FilledForm, Expected] | None


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault, named for what is wrong."""

    name: str
    kind: str
    """The kind of rule that finds it first."""
    severity: str
    apply: Callable[[FilledForm], Planted]
    forms: tuple[str, ...] = ("project",)


def _expected(before: FilledForm, after: FilledForm, kinds: str, *places: str, correct: str | None = None) -> Planted:
    texts = {place: before.text(place) for place in before.places()}
    touched = frozenset(place for place in after.places() if texts.get(place) != after.text(place))
    if not touched:
        return None
    known = correct if correct is not None else texts.get(places[0], "")
    return after, Expected(frozenset(kinds.split()), places, known, touched | frozenset(places))


def _number(form: FilledForm, place: str) -> Fraction | None:
    return value_of(form.text(place)) if form.has(place) else None


def _shifted(text: str) -> str:
    """Change a figure by far more than rounding can explain, keeping its decimals and its sign."""
    value = value_of(text) or Fraction(0)
    return rewrite(text, value + max(abs(value) * Fraction(3, 100), Fraction(40, 10 ** decimals_of(text))))


def _coarse(form: FilledForm, row: str) -> bool:
    """Tell whether lost zeros leave a row of funds so few digits that rounding may explain a fault of a few per cent."""
    block = form.block("funds")
    for column in ("budget", "executed"):
        value = _number(form, f"funds.{row}.{column}")
        written = [line.cells[column] for line in block.lines if column in line.cells] if block is not None else []
        if value and Fraction(1, 2 * 10 ** max(map(decimals_of, written))) > abs(value) / 50:
            return True
    return False


def _lines(block: Block) -> Iterator[tuple[int, Line]]:
    yield from enumerate(block.lines)


# --- funds -------------------------------------------------------------------------------------------------------


def _total_off(column: str) -> Callable[[FilledForm], Planted]:
    def apply(form: FilledForm) -> Planted:
        place = f"funds.total.{column}"
        if not form.has(place):
            return None
        value = _number(form, place)
        if not value:
            return None
        text = form.text(place)
        lower = rewrite(text, value - max(value * Fraction(2, 100), Fraction(40, 10 ** decimals_of(text))))
        return _expected(form, form.put(place, lower), "total ratio", place)

    return apply


def _rate_off(form: FilledForm) -> Planted:
    place = "funds.total.rate"
    text, rate = form.text(place), _number(form, place)
    if rate is None or _coarse(form, "total"):
        return None
    less = rate - (7 if rate > 2 else Fraction(7, 100))
    return _expected(form, form.put(place, rewrite(text, less)), "ratio", place)


def _rate_above_100(form: FilledForm) -> Planted:
    place = "funds.total.rate"
    rate = _number(form, place)
    if rate is None or rate < 2 or _coarse(form, "total"):
        return None
    return _expected(form, form.put(place, rewrite(form.text(place), rate + 15)), "ratio", place)


def _parts(form: FilledForm) -> list[str]:
    """Return the ids of the funds rows that make up the total and hold money."""
    block = form.block("funds")
    if block is None:
        return []
    return [
        line.id
        for line in block.lines
        if line.id not in ("total", "province", "county") or (line.id in ("province", "county") and block.line("local") is None)
        if line.id != "total" and value_of(line.cells["executed"])
    ]


def _spend(form: FilledForm, id: str, executed: Fraction) -> FilledForm | None:
    """Set the executed amount of one source and bring total, rates, score and total score in line."""
    block = form.block("funds")
    before = _number(form, f"funds.{id}.executed")
    total, budget = _number(form, "funds.total.executed"), _number(form, "funds.total.budget")
    own = _number(form, f"funds.{id}.budget")
    if block is None or before is None or total is None or not budget or own is None:
        return None
    form = form.put(f"funds.{id}.executed", rewrite(form.text(f"funds.{id}.executed"), executed))
    written = _number(form, f"funds.{id}.executed") or Fraction(0)
    if id == "local" and block.line("province") is not None:
        form = _spend_below(form, written)
    form = form.put("funds.total.executed", rewrite(form.text("funds.total.executed"), total - before + written))
    spent = _number(form, "funds.total.executed") or Fraction(0)
    for row, part, whole in ((id, written, own), ("total", spent, budget)):
        place = f"funds.{row}.rate"
        if whole and value_of(form.text(place)) is not None:
            percent = (value_of(form.text(place)) or 0) > 2
            form = form.put(place, rewrite(form.text(place), part / whole * (100 if percent else 1)))
    return _score_execution(form, spent / budget)


def _spend_below(form: FilledForm, executed: Fraction) -> FilledForm:
    """Share the executed amount of 地方资金 out to the rows below it."""
    own = [_number(form, f"funds.{id}.executed") or Fraction(0) for id in ("province", "county")]
    before = sum(own)
    province = rewrite(form.text("funds.province.executed"), own[0] * executed / before if before else own[0])
    form = form.put("funds.province.executed", province)
    form = form.put("funds.county.executed", rewrite(form.text("funds.county.executed"), executed - (value_of(province) or 0)))
    for id in ("province", "county"):
        rate, budget = _number(form, f"funds.{id}.rate"), _number(form, f"funds.{id}.budget")
        if rate is not None and budget:
            part = (_number(form, f"funds.{id}.executed") or Fraction(0)) / budget
            form = form.put(f"funds.{id}.rate", rewrite(form.text(f"funds.{id}.rate"), part * (100 if rate > 2 else 1)))
    return form


def _score_execution(form: FilledForm, rate: Fraction) -> FilledForm:
    """Bring the score of the execution and the total score in line with a rate."""
    points = _number(form, "funds.total.weight")
    if points is None or not form.has("funds.total.score"):
        return form
    score = min(rate, Fraction(1)) * points
    return _rescore(form, "funds.total.score", Fraction(round(score * 100), 100))


def _rescore(form: FilledForm, place: str, score: Fraction) -> FilledForm:
    """Write a score and bring the total score in line."""
    before = _number(form, place) or Fraction(0)
    form = form.put(place, plain(score))
    for total in ("indicators.total.score", "header.total_score", "insurance_scores.total.score"):
        value = _number(form, total) if form.has(total) else None
        if value is not None:
            form = form.put(total, plain(value + score - before))
    return form


def _executed_above_budget(form: FilledForm) -> Planted:
    for id in _parts(form)[:1]:
        budget = _number(form, f"funds.{id}.budget")
        if budget and not _coarse(form, id):
            after = _spend(form, id, budget * Fraction(125, 100))
            place = f"funds.{id}.executed"
            if after is not None:
                others = (f"funds.{id}.rate", f"funds.{id}.budget")
                return _expected(form, after, "ratio difference contradiction", place, *others, correct="")
    return None


def _executed_without_budget(form: FilledForm) -> Planted:
    parts = _parts(form)
    if len(parts) < 2:
        return None
    id = parts[-1]
    budget, total, executed = (_number(form, p) for p in (f"funds.{id}.budget", "funds.total.budget", "funds.total.executed"))
    if not budget or not total or executed is None or total - budget <= executed:
        return None
    after = form.put(f"funds.{id}.budget", "0").put(f"funds.{id}.rate", "")
    after = after.put("funds.total.budget", rewrite(form.text("funds.total.budget"), total - budget))
    percent = (_number(form, "funds.total.rate") or 0) > 2
    rate = executed / (_number(after, "funds.total.budget") or Fraction(1))
    after = after.put("funds.total.rate", rewrite(form.text("funds.total.rate"), rate * (100 if percent else 1)))
    after = _score_execution(after, rate)
    return _expected(
        form, after, "ratio difference contradiction completeness", f"funds.{id}.executed", f"funds.{id}.budget", correct=""
    )


def _total_row(text: str) -> Callable[[FilledForm], Planted]:
    def apply(form: FilledForm) -> Planted:
        columns = [c for c in ("initial_budget", "budget", "executed") if form.has(f"funds.total.{c}")]
        if not _parts(form):
            return None
        after = form
        for column in columns:
            after = after.put(f"funds.total.{column}", text)
        return _expected(form, after, "total completeness structure", *(f"funds.total.{column}" for column in columns))

    return apply


def _low_execution(form: FilledForm) -> Planted:
    after: FilledForm | None = form
    for id in _parts(form):
        budget = _number(form, f"funds.{id}.budget")
        if after is not None and budget:
            after = _spend(after, id, budget * Fraction(55, 100))
    if after is None or after is form:
        return None
    return _expected(
        form, after, "ratio completeness target", "funds.total.executed", "funds.total.rate", "funds.total.budget", correct=""
    )


def _labels_shifted(form: FilledForm) -> Planted:
    """The label of the total stands in the header row, every other one a row too high; the last row has none."""
    block = form.block("funds")
    if block is None or len(block.lines) < 3 or any(line.id in ("province", "county") for line in block.lines):
        return None
    texts = [line.cells["label"] for line in block.lines]
    lines = tuple(
        replace(line, cells={**line.cells, "label": text}) for line, text in zip(block.lines, [*texts[1:], ""], strict=True)
    )
    after = form.with_block(replace(block, lines=lines)).put("funds.header.label", texts[0])
    places = [
        "funds.header.label",
        *(place for place in form.places() if place.startswith("funds.") and ".header." not in place),
    ]
    return _expected(form, after, "structure total", *places, correct="")


def _figures_shifted(form: FilledForm) -> Planted:
    """Every row of figures stands one row below its label; the total row is blank."""
    block = form.block("funds")
    if block is None or len(block.lines) < 3 or any(line.id in ("province", "county") for line in block.lines):
        return None
    rows = [line.cells for line in block.lines]
    blank = dict.fromkeys(rows[0], "")
    moved = [{**above, "label": own["label"]} for above, own in zip([blank, *rows[:-1]], rows, strict=True)]
    lines = tuple(replace(line, cells=cells) for line, cells in zip(block.lines, moved, strict=True))
    after = form.with_block(replace(block, lines=lines))
    places = [place for place in form.places() if place.startswith("funds.")]
    return _expected(form, after, "structure total completeness", *places, correct="")


def _negative(form: FilledForm) -> Planted:
    for id in _parts(form)[-1:]:
        place = f"funds.{id}.{'initial_budget' if form.has(f'funds.{id}.initial_budget') else 'budget'}"
        value = _number(form, place)
        total = place.replace(f".{id}.", ".total.")
        whole = _number(form, total)
        if value and whole and whole > 3 * value and place.endswith("initial_budget"):
            after = form.put(place, f"-{form.text(place)}").put(total, rewrite(form.text(total), whole - 2 * value))
            return _expected(form, after, "total contradiction structure", place)
    return None


def _yuan_under_wan(form: FilledForm) -> Planted:
    if form.unit != "万元":
        return None
    for id in _parts(form)[:1]:
        place = f"funds.{id}.{'initial_budget' if form.has(f'funds.{id}.initial_budget') else 'budget'}"
        value = _number(form, place)
        if value:
            after = form.put(place, plain(value * 10_000))
            return _expected(form, after, "total contradiction agreement ratio", place, place.replace(f".{id}.", ".total."))
    return None


# --- scores ------------------------------------------------------------------------------------------------------


def _total_score(form: FilledForm) -> Planted:
    for place in ("indicators.total.score", "insurance_scores.total.score", "header.total_score"):
        value = _number(form, place) if form.has(place) else None
        if value is not None:
            return _expected(form, form.put(place, plain(value - 2)), "score total agreement grade", place)
    return None


class _Case(NamedTuple):
    """An indicator with its figures."""

    number: int
    target: Fraction
    actual: Fraction
    lower: bool
    weight: Fraction
    score: Fraction
    reason: str
    line: Line

    @property
    def met(self) -> bool:
        return self.actual <= self.target if self.lower else self.actual >= self.target

    def place(self, column: str) -> str:
        return f"indicators[{self.number}].{column}"


def _cases(form: FilledForm) -> Iterator[_Case]:
    """Yield the indicators with a numeric target that has a sign, and a numeric actual."""
    block = form.block("indicators")
    for index, line in _lines(block) if block else ():
        text, actual = line.cells["target"], value_of(line.cells["actual"])
        sign = line.cells.get("nature", "") or text[:1]
        target = value_of(text)
        if sign not in ("≥", "≤", ">", "<") or target is None or actual is None or not target:
            continue
        weight, score = value_of(line.cells.get("weight", "")), value_of(line.cells.get("score", ""))
        yield _Case(
            index, target, actual, sign in ("≤", "<"), weight or Fraction(0), score or Fraction(0), line.cells["reason"], line
        )


def _first(form: FilledForm, wanted: Callable[[_Case], bool]) -> _Case | None:
    return next((case for case in _cases(form) if wanted(case)), None)


def _weight_off(form: FilledForm) -> Planted:
    case = _first(form, lambda case: case.met and case.score == case.weight and not case.reason)
    if case is None:
        return None
    after = _rescore(form.put(case.place("weight"), plain(case.weight + 5)), case.place("score"), case.score + 5)
    places = ["indicators.total.weight"] if form.has("indicators.total.weight") else []
    block = form.block("indicators")
    heads = _heads(block) if block else []
    others = (*places, *heads, case.place("score"), "indicators.header.weight", "indicators[0].weight")
    return _expected(form, after, "score total", case.place("weight"), *others)


def _heads(block: Block) -> list[str]:
    """Return the places of the first-level group labels: the first line of each group holds the merged cell."""
    before = (None, *(line.cells["category"] for line in block.lines))
    return [block.place(i, "category") for i, line in _lines(block) if line.cells["category"] != before[i]]


def _group_off(form: FilledForm) -> Planted:
    """Points move from one group to another; the sum stays, the labels don't follow."""
    block = form.block("indicators")
    if block is None or "分）" not in block.lines[0].cells["category"]:
        return None
    full = [
        (i, line, value_of(line.cells["weight"]) or Fraction(0))
        for i, line in _lines(block)
        if line.cells["weight"] == line.cells["score"] and not line.cells["reason"]
    ]
    giver = next((row for row in full if row[2] > 3), None)
    taker = next((row for row in full if giver and row[1].cells["category"] != giver[1].cells["category"]), None)
    if giver is None or taker is None:
        return None
    after = form
    for (index, _, weight), change in ((giver, -2), (taker, 2)):
        after = after.put(block.place(index, "weight"), plain(weight + change)).put(
            block.place(index, "score"), plain(weight + change)
        )
    firsts = [
        next(block.place(i, "category") for i, line in _lines(block) if line.cells["category"] == row[1].cells["category"])
        for row in (giver, taker)
    ]
    return _expected(
        form, after, "score total", *firsts, block.place(giver[0], "weight"), block.place(taker[0], "weight"), correct=""
    )


def _above_weight(form: FilledForm) -> Planted:
    case = _first(form, lambda case: case.met and case.score == case.weight and not case.reason)
    if case is None:
        return None
    after = _rescore(form, case.place("score"), case.weight + 1)
    return _expected(form, after, "score", case.place("score"))


def _execution_score(form: FilledForm) -> Planted:
    score = _number(form, "funds.total.score") if form.has("funds.total.score") else None
    if score is None or score < 3:
        return None
    return _expected(form, _rescore(form, "funds.total.score", score - 2), "score", "funds.total.score")


def _missed(form: FilledForm, case: _Case, factor: Fraction) -> FilledForm:
    """Write an actual that misses its target by a factor."""
    actual = case.target / factor if case.lower else case.target * factor
    text = case.line.cells["actual"]
    decimals = decimals_of(text)
    rounded = Fraction(round(actual * 10**decimals), 10**decimals)
    return form.put(case.place("actual"), rewrite(text, rounded))


def _full_for_missed(form: FilledForm) -> Planted:
    case = _first(form, lambda case: case.met and case.target >= 5 and case.score == case.weight)
    if case is None:
        return None
    after = _missed(form, case, Fraction(80, 100)).put(case.place("reason"), "受天气影响，进度滞后，已采取措施。")
    actual = value_of(after.text(case.place("actual"))) or Fraction(1)
    ratio = case.target / actual if case.lower else actual / case.target
    return _expected(form, after, "score", case.place("score"), correct=plain(Fraction(round(case.weight * ratio * 100), 100)))


def _less_for_met(form: FilledForm) -> Planted:
    # A point less may be what the indicator earns in proportion to the spending, its own or the project's: no flaw.
    rate = Fraction(form.text("funds.total.rate").rstrip("%") or 0) / 100 if form.has("funds.total.rate") else Fraction(0)
    case = _first(
        form,
        lambda case: (
            case.met
            and case.score == case.weight >= 4
            and not case.reason
            and all(
                abs(Fraction(case.weight) * share - (Fraction(case.weight) - 1)) > Fraction(3, 5)
                for share in (rate, Fraction(case.actual) / Fraction(case.target or 1))
            )
        ),
    )
    if case is None:
        return None
    after = _rescore(form, case.place("score"), case.weight - 1)
    return _expected(form, after, "score completeness target", case.place("score"), case.place("reason"))


def _no_method(form: FilledForm) -> Planted:
    case = _first(form, lambda case: case.met and case.target >= 5 and case.score == case.weight and case.weight >= 3)
    if case is None:
        return None
    after = _missed(form, case, Fraction(80, 100)).put(case.place("reason"), "受天气影响，进度滞后，已采取措施。")
    after = _rescore(after, case.place("score"), Fraction(round(case.weight * 37), 100))
    return _expected(form, after, "score", case.place("score"), correct="")


def _grade(form: FilledForm) -> Planted:
    word = form.text("header.grade") if form.has("header.grade") else ""
    wrong = {"优": "中", "良": "差", "中": "优", "差": "良"}.get(word)
    return _expected(form, form.put("header.grade", wrong), "grade", "header.grade") if wrong else None


# --- indicators --------------------------------------------------------------------------------------------------


def _missed_without_reason(form: FilledForm) -> Planted:
    case = _first(form, lambda case: case.met and case.target >= 5 and not case.reason)
    if case is None:
        return None
    after = _missed(form, case, Fraction(80, 100))
    if case.weight:
        actual = value_of(after.text(case.place("actual"))) or Fraction(1)
        ratio = case.target / actual if case.lower else actual / case.target
        after = _rescore(after, case.place("score"), Fraction(round(case.weight * ratio * 100), 100))
    return _expected(form, after, "target completeness", case.place("reason"), case.place("actual"), correct="")


def _far_over(form: FilledForm) -> Planted:
    case = _first(
        form,
        lambda case: (
            case.met
            and not case.lower
            and not case.reason
            and case.target >= 4
            and "%" not in case.line.cells["target"]
            and case.line.cells.get("unit") != "%"
        ),
    )
    if case is None:
        return None
    after = form.put(case.place("actual"), rewrite(case.line.cells["actual"], Fraction(int(case.target * Fraction(22, 10)))))
    return _expected(form, after, "target completeness", case.place("reason"), case.place("actual"), correct="")


def _actual(text: str, kinds: str, wanted: Callable[[_Case], bool]) -> Callable[[FilledForm], Planted]:
    """Write something else as actual."""

    def apply(form: FilledForm) -> Planted:
        case = _first(form, lambda case: case.met and wanted(case))
        if case is None:
            return None
        place = case.place("actual")
        return _expected(form, form.put(place, text or case.line.cells["target"]), kinds, place)

    return apply


def _blank_actual(form: FilledForm) -> Planted:
    case = _first(form, lambda case: case.met)
    if case is None:
        return None
    return _expected(form, form.put(case.place("actual"), ""), "completeness target", case.place("actual"))


def _garbled_target(form: FilledForm) -> Planted:
    # What is called a change may be negative: there the sign alone is no flaw.
    case = _first(
        form,
        lambda case: (
            case.met
            and not case.lower
            and case.line.cells["target"].startswith("≥")
            and not re.search("[增减降升]", case.line.cells["name"])
        ),
    )
    if case is None:
        return None
    place = case.place("target")
    return _expected(form, form.put(place, f">-{case.line.cells['target'][1:]}"), "garbled target", place)


def _twice(form: FilledForm) -> Planted:
    """The name and target of one indicator stand at another one of its group as well."""
    block = form.block("indicators")
    if block is None:
        return None
    for (i, one), (j, other) in zip(_lines(block), list(_lines(block))[1:], strict=False):
        if all(one.cells[id] == other.cells[id] for id in ("category", "subcategory")):
            after = form
            for column in ("name", "nature", "target", "unit", "actual", "weight", "score", "reason"):
                if column in one.cells and column not in ("weight", "score"):
                    after = after.put(block.place(j, column), one.cells[column])
            if "weight" in one.cells:
                full = one.cells["weight"] == one.cells["score"]
                score = value_of(other.cells["weight"]) if full else None
                if score is None:
                    continue
                after = _rescore(after, block.place(j, "score"), score)
            places = [block.place(k, column) for k in (j, i) for column in ("name", "target", "actual")]
            return _expected(form, after, "duplicate", *places, correct="")
    return None


def _actual_copies_target(form: FilledForm) -> Planted:
    block = form.block("indicators")
    if block is None or len(block.lines) < 6:
        return None
    after = form
    for index, line in _lines(block):
        after = after.put(block.place(index, "actual"), line.cells["target"])
    places = [block.place(i, column) for i, _ in _lines(block) for column in ("actual", "target")]
    return _expected(form, after, "duplicate target garbled", *places, correct="")


def _constant_actual(form: FilledForm) -> Planted:
    block = form.block("indicators")
    if block is None or len(block.lines) < 6:
        return None
    after = form
    for index, _ in _lines(block):
        after = after.put(block.place(index, "actual"), "90%")
    return _expected(form, after, "duplicate", *(block.place(i, "actual") for i, _ in _lines(block)), correct="")


# --- other forms -------------------------------------------------------------------------------------------------


def _figure_off(place: str, kinds: str, *others: str) -> Callable[[FilledForm], Planted]:
    """Move one figure beyond rounding; the relation may be blamed on any of the places."""

    def apply(form: FilledForm) -> Planted:
        if not form.has(place) or not _number(form, place):
            return None
        return _expected(form, form.put(place, _shifted(form.text(place))), kinds, place, *others)

    return apply


def _fund_rate(form: FilledForm) -> Planted:
    place = "fund_accounts.income.rate"
    rate = _number(form, place) if form.has(place) else None
    if rate is None:
        return None
    more = rate + (6 if rate > 2 else Fraction(6, 100))
    return _expected(form, form.put(place, rewrite(form.text(place), more)), "ratio", place)


def _fund_score(form: FilledForm) -> Planted:
    block = form.block("insurance_scores")
    if block is None:
        return None
    weight = value_of(block.lines[0].cells["weight"]) or Fraction(0)
    after = _rescore(form, block.place(0, "score"), weight + 1)
    return _expected(form, after, "score", block.place(0, "score"))


def _table_cell(column: str, kinds: str) -> Callable[[FilledForm], Planted]:
    """Move one figure of a generic table's first plain row."""

    def apply(form: FilledForm) -> Planted:
        block = form.block("table")
        index = next((i for i, line in _lines(block) if not line.id), None) if block else None
        if block is None or index is None:
            return None
        place = block.place(index, column)
        text = form.text(place)
        value = value_of(text) or Fraction(0)
        change = Fraction(4, 100) if column in ("share", "growth") and "%" not in text and abs(value) < 1 else Fraction(4)
        after = (
            form.put(place, rewrite(text, value + change)) if column in ("share", "growth") else form.put(place, _shifted(text))
        )
        return _expected(form, after, kinds, place, *(block.place(i, column) for i, _ in _lines(block)))

    return apply


_FUNDS = ("project", "transfer-payment")
_INDICATORS = ("project", "transfer-payment", "department")
_SCORED = ("project", "department")
FLAWS: tuple[Flaw, ...] = (
    Flaw("initial-budget-total-off", "total", "error", _total_off("initial_budget")),
    Flaw("budget-total-off", "total", "error", _total_off("budget"), _FUNDS),
    Flaw("executed-total-off", "total", "error", _total_off("executed"), _FUNDS),
    Flaw("rate-off", "ratio", "error", _rate_off, _FUNDS),
    Flaw("rate-above-100", "ratio", "error", _rate_above_100, _FUNDS),
    Flaw("executed-above-budget", "ratio", "warning", _executed_above_budget, _FUNDS),
    Flaw("executed-without-budget", "ratio", "warning", _executed_without_budget),
    Flaw("total-row-zero", "total", "error", _total_row("0"), _FUNDS),
    Flaw("total-row-blank", "total", "error", _total_row(""), _FUNDS),
    Flaw("low-execution-unexplained", "ratio", "warning", _low_execution, _FUNDS),
    Flaw("labels-shifted", "structure", "warning", _labels_shifted),
    Flaw("figures-shifted", "total", "error", _figures_shifted),
    Flaw("negative-amount", "total", "warning", _negative),
    Flaw("yuan-under-wan", "total", "error", _yuan_under_wan, _FUNDS),
    Flaw("total-score-off", "score", "error", _total_score, ("project", "department", "insurance-fund")),
    Flaw("weights-not-100", "score", "error", _weight_off, _SCORED),
    Flaw("group-weight-against-label", "score", "error", _group_off),
    Flaw("score-above-weight", "score", "error", _above_weight, _SCORED),
    Flaw("execution-score-off", "score", "warning", _execution_score),
    Flaw("missed-but-full-score", "score", "error", _full_for_missed, _SCORED),
    Flaw("met-but-less-without-reason", "score", "warning", _less_for_met, _SCORED),
    Flaw("score-by-no-method", "score", "info", _no_method, _SCORED),
    Flaw("grade-word-off", "grade", "error", _grade, ("department",)),
    Flaw("missed-without-reason", "target", "warning", _missed_without_reason, _INDICATORS),
    Flaw("far-over-without-reason", "target", "warning", _far_over, _INDICATORS),
    Flaw("text-for-a-figure", "target", "warning", _actual("已完成", "target garbled", lambda _: True), _INDICATORS),
    Flaw(
        "unit-of-another-kind",
        "target",
        "warning",
        _actual(
            "98%",
            "target",
            lambda case: case.lower and case.target < 98 and any(u in case.line.cells["target"] for u in ("小时", "分钟")),
        ),
        ("project", "transfer-payment"),
    ),
    Flaw("garbled-target", "garbled", "warning", _garbled_target, _INDICATORS),
    Flaw(
        "actual-repeats-sign",
        "target",
        "warning",
        _actual("", "target duplicate garbled", lambda case: not case.line.cells.get("nature")),
        _INDICATORS,
    ),
    Flaw("blank-actual", "completeness", "warning", _blank_actual, _INDICATORS),
    Flaw("indicator-twice", "duplicate", "warning", _twice, _INDICATORS),
    Flaw("actual-copies-target", "duplicate", "warning", _actual_copies_target, _INDICATORS),
    Flaw("constant-actual", "duplicate", "warning", _constant_actual, _INDICATORS),
    Flaw("duties-total-off", "total", "error", _figure_off("duties.total.budget", "total"), ("department",)),
    Flaw(
        "fund-income-total-off",
        "total",
        "error",
        _figure_off(
            "fund_accounts.income.executed",
            "total difference ratio",
            "fund_accounts.surplus.executed",
            "fund_accounts.income.rate",
        ),
        ("insurance-fund",),
    ),
    Flaw(
        "fund-surplus-off",
        "difference",
        "error",
        _figure_off("fund_accounts.surplus.budget", "difference total", "fund_accounts.closing.budget"),
        ("insurance-fund",),
    ),
    Flaw(
        "fund-closing-off",
        "difference",
        "error",
        _figure_off("fund_accounts.closing.executed", "difference total"),
        ("insurance-fund",),
    ),
    Flaw("fund-rate-off", "ratio", "error", _fund_rate, ("insurance-fund",)),
    Flaw("fund-score-above-weight", "score", "error", _fund_score, ("insurance-fund",)),
    Flaw(
        "subtotal-off",
        "total",
        "error",
        _figure_off("table.urban.granted", "total", "table.urban.sum", "table.total.granted"),
        ("generic",),
    ),
    Flaw("grand-total-off", "total", "error", _figure_off("table.total.own", "total", "table.total.sum"), ("generic",)),
    Flaw("row-sum-off", "total", "error", _table_cell("sum", "total ratio growth"), ("generic",)),
    Flaw("share-off", "ratio", "error", _table_cell("share", "ratio total"), ("generic",)),
    Flaw("growth-off", "growth", "error", _table_cell("growth", "growth ratio"), ("generic",)),
)


def flaw(name: str) -> Flaw:
    """Return a flaw by its name."""
    return next(each for each in FLAWS if each.name == name)
