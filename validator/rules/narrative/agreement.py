"""The same quantity told in a sentence and in a table.

Comes in: passages of claims and the forms of the document. Goes out: places for the rules of agreement. Two figures are the
same quantity only if what, who, when and unit agree; the rest is silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from validator.facts.claims import Claim, Passage, Wording
from validator.forms.labels import normalise
from validator.model.fact import Fact, Form, Record
from validator.model.quantity import BARE, Quantity
from validator.rules.narrative.goals import Row, goals_told, rates_told
from validator.rules.narrative.names import bound
from validator.rules.narrative.places import Found, facts, is_overall, total_of
from validator.rules.narrative.repeats import digits, mistyped, same, swapped_digits
from validator.rules.scopes import Place

_LABELLED = re.compile(
    r"(?:^|[;；。\n])\s*(?:\d{1,2}\s?[.、．])?\s*(?P<label>[^:：;；。\n]{4,40})[:：](?P<rest>[^;；。\n]{0,40})$"
)
_SHOWN = 80
_POWERS = tuple(Decimal(10) ** n for n in (1, 2, 3, 4))
_LONG = 6
"""Digits that two figures have in common by no chance, whatever their size."""
_OWN_TABLE = ("generic", "narrative")
_LISTS = ("indicators", "insurance_scores")
"""Sections that list indicators."""


def agreements(passages: Sequence[Passage], forms: Sequence[Form], wording: Wording) -> Iterator[Found]:
    """Yield each quantity that a sentence and a table tell."""
    official = [form for form in forms if form.id not in _OWN_TABLE]
    if not official:
        return
    homes = _homes(passages, official)
    for form in official:
        own = [p for p in passages if p.prose and homes.get(p.index) == form.index]
        told = (
            _scores(own, form, wording),
            _indicators(own, form, wording),
            goals_told(own, form, _rows(form), wording),
            rates_told(own, form, wording),
        )
        yield from _figures(list(chain.from_iterable(told)))
    if len(official) == 1:
        yield from _funds([p for p in passages if p.prose], official[0], wording)
        yield from _mentioned([p for p in passages if p.prose], official[0])
        yield from _invested([p for p in passages if p.prose and p.in_table], official[0])
    else:
        for form in official:
            yield from _funds([p for p in passages if p.prose and homes.get(p.index) == form.index], form, wording)


def _homes(passages: Sequence[Passage], forms: Sequence[Form]) -> dict[int, int]:
    """Return which form each passage belongs to, where that is known."""
    remarks = {remark.pointer.address: form.index for form in forms for remark in form.remarks}
    found: dict[int, int] = {}
    for passage in passages:
        home = passage.form if passage.form is not None else remarks.get(passage.address)
        if home is None and len(forms) == 1:
            home = forms[0].index
        if home is not None:
            found[passage.index] = home
    return found


# --- text and table -------------------------------------------------------------------------------------------------------


def _figures(told: Sequence[tuple[Claim, Fact]]) -> Iterator[Found]:
    """Yield each figure of the table with what the text tells for it; the same figure told again stands with the first."""
    groups: dict[tuple[str, Decimal], list[tuple[Claim, Fact]]] = {}
    for claim, fact in told:
        groups.setdefault((fact.pointer.path, claim.quantity.base), []).append((claim, fact))
    for (claim, fact), *again in groups.values():
        yield same("narrative.figure", claim, fact, again=facts([other for other, _ in again]))


def _scores(passages: Sequence[Passage], form: Form, wording: Wording) -> Iterator[tuple[Claim, Fact]]:
    """Hold the total score told in the text of a form against the one in its table."""
    total = _total_score(form)
    if total is None or total.quantity is None:
        return
    for passage in passages:
        for claim in passage.claims:
            told = claim.kind == "score" or (not claim.dimension and claim.kind == "level" and claim.quantity.unit.factor == 1)
            if not told or not claim.usable or not is_overall(claim, wording) or not Decimal(20) <= claim.quantity.value <= 100:
                continue
            if claim.fact.pointer.address != total.pointer.address and not wording.score_section.search(
                passage.sentence_text(claim.sentence)
            ):
                yield claim, total


def _total_score(form: Form) -> Fact | None:
    section = form.section("indicators")
    if section is not None:
        for record in reversed(section.records):
            fact = record.fields.get("score")
            if record.role == "total" and fact is not None and fact.quantity is not None:
                return fact
    header = form.section("header")
    return (
        next((r.fields["total_score"] for r in header.records if "total_score" in r.fields), None)
        if header is not None
        else None
    )


def _rows(form: Form) -> list[Row]:
    sections = (form.section(id) for id in _LISTS)
    records: list[Record] = next((section.records for section in sections if section is not None), [])
    return [
        Row(normalise(r.label), r.fields) for r in records if r.role not in ("total", "group") and len(normalise(r.label)) >= 4
    ]


def _indicators(passages: Sequence[Passage], form: Form, wording: Wording) -> Iterator[tuple[Claim, Fact]]:
    """Hold `指标名：90%` and `指标名：计划1次，实际4次` against the row of the indicator."""
    rows = _rows(form)
    goals = form.section("goals")
    expected = (
        {r.fields["expected"].pointer.address for r in goals.records if "expected" in r.fields} if goals is not None else set()
    )
    for passage in passages:
        for claim in passage.claims:
            found = _LABELLED.search(passage.text[max(0, claim.start - _SHOWN) : claim.start])
            if not found or not claim.usable or claim.kind in ("change", "growth", "points-change", "price"):
                continue
            row = _row(normalise(found["label"]), rows)
            if row is None:
                continue
            rest = found["rest"]
            planned = passage.address in expected or wording.planned.search(rest)
            if not planned and rest.strip(" =") and not wording.fulfilled.search(rest):
                continue
            fact = row.fields.get("target" if planned else "actual")
            if fact is None or fact.quantity is None or fact.quantity.unit.dimension != claim.dimension:
                continue
            if not planned and fact.quantity.comparator not in ("", "="):
                continue
            yield claim, fact


def _row(label: str, rows: Sequence[Row]) -> Row | None:
    """Return the one row of a name: the same, or one within the other but for a few characters."""
    exact = [row for row in rows if row.label == label]
    near = exact or [
        row
        for row in rows
        if min(len(row.label), len(label)) >= 6
        and (row.label in label or label in row.label)
        and abs(len(row.label) - len(label)) <= 4
    ]
    return near[0] if len(near) == 1 else None


def _funds(passages: Sequence[Passage], form: Form, wording: Wording) -> Iterator[Found]:
    """Hold amounts that a text calls budget or spending against the funds of the table."""
    section = form.section("funds")
    if section is None:
        return
    budgets = _amounts(section.records, ("budget", "initial_budget", "adjusted_budget"))
    executed = _amounts(section.records, ("executed",))
    for passage in passages:
        for claim in passage.claims:
            if (
                claim.kind != "level"
                or claim.dimension != "money"
                or not claim.usable
                or claim.bracket
                or not claim.quantity.base
            ):
                continue
            facts = (
                budgets
                if claim.role in ("budget", "target")
                else executed
                if claim.role in ("executed", "actual")
                else [*budgets, *executed]
            )
            facts = [f for f in facts if f.pointer.address != passage.address]
            equal = next((f for f in facts if f.quantity is not None and _meets(f.quantity, claim.quantity)), None)
            if equal is not None:
                yield same("narrative.funds", claim, equal)
            elif claim.role in ("budget", "executed") and wording.whole_project.search(claim.before):
                off = next((f for f in facts if f.quantity is not None and _misprint(f.quantity, claim.quantity)), None)
                if off is not None:
                    yield same("narrative.funds", claim, off)


def _amounts(records: Sequence[Record], columns: Sequence[str]) -> list[Fact]:
    ordered = sorted(records, key=lambda r: r.role != "total")
    return [
        fact
        for r in ordered
        for c in columns
        if (fact := r.fields.get(c)) is not None and fact.quantity is not None and fact.quantity.value
    ]


def _meets(one: Quantity, other: Quantity) -> bool:
    return (
        one.unit.dimension in ("money", "")
        and one.interval.meets(other.interval)
        and abs(one.base - other.base) * 100 <= abs(other.base)
    )


def _misprint(table: Quantity, text: Quantity) -> bool:
    """Tell whether an amount is that of the table in a wrong unit, or with a digit or two of its digits wrong."""
    if table.unit.dimension != "money" or table.base <= 0 or text.base <= 0:
        return False
    large, small = max(table.base, text.base), min(table.base, text.base)
    if large / small in _POWERS[3:]:
        return True
    one, two = digits(table).rstrip("0"), digits(text).rstrip("0")
    return (swapped_digits(one, two) and (large / small < 2 or len(one) >= _LONG)) or mistyped(one, two)


def _mentioned(passages: Sequence[Passage], form: Form) -> Iterator[Found]:
    """Yield figures of indicators that the text tells too, with words of their names."""
    for row in _rows(form):
        for column in ("actual", "target"):
            fact = row.fields.get(column)
            if fact is None or fact.quantity is None or not fact.quantity.value or fact.quantity.unit.dimension == "ratio":
                continue
            found = next(
                (
                    c
                    for p in passages
                    if p.address != fact.pointer.address
                    for c in p.claims
                    if _tells(c, p, row, fact.quantity)
                ),
                None,
            )
            if found is not None:
                yield same("narrative.figure", found, _counted_alike(fact, found))


def _counted_alike(fact: Fact, claim: Claim) -> Fact:
    """Return a bare figure as a number of what a sentence counts: beside 11万人次, 110406 is no number of 万人次."""
    quantity = fact.quantity
    if quantity is None or quantity.unit != BARE:
        return fact
    unit = BARE._replace(dimension=claim.dimension, exact=True)
    counted = quantity._replace(unit=unit, step=Decimal(0) if quantity.step >= 1 else quantity.step)
    return fact._replace(reading=fact.reading._replace(quantity=counted))


def _tells(claim: Claim, passage: Passage, row: Row, quantity: Quantity) -> bool:
    if (
        claim.kind != "level"
        or claim.quantity.approximate
        or claim.quantity.upper is not None
        or claim.quantity.comparator not in ("", "=")
    ):
        return False
    unit = quantity.unit
    if claim.dimension != unit.dimension and not (
        not unit.dimension
        and claim.quantity.unit.name[-1:]
        and (claim.quantity.unit.name.lstrip("万亿") in row.label or normalise(claim.noun) == row.label)
    ):
        return False
    if not claim.quantity.interval.meets(quantity.interval):
        return False
    words = {row.label[k : k + 2] for k in range(len(row.label) - 1)}
    text = passage.text[max(0, claim.start - 60) : claim.end + 40]
    exact = quantity.step and len(quantity.value.as_tuple().digits) >= 4 and quantity.base == claim.quantity.base
    return sum(word in text for word in words) >= (1 if exact else 2)


def _invested(passages: Sequence[Passage], form: Form) -> Iterator[Found]:
    """Yield a budget that the amounts of a goal, told one by one, add up to."""
    section = form.section("funds")
    total = (
        next((f for f in _amounts(section.records, ("budget", "initial_budget")) if f.quantity is not None), None)
        if section
        else None
    )
    if total is None or total.quantity is None:
        return
    for passage in passages:
        amounts = [c for c in passage.claims if c.kind == "level" and c.dimension == "money" and c.usable and not c.bracket]
        if 2 <= len(amounts) <= 12 and total_of(amounts) == total.quantity.base:
            names = bound(
                "narrative.total",
                {"total": total, "parts": facts(amounts), "clause": amounts[0].fact.pointer.row_label, "noun": "资金总额"},
            )
            yield Found("narrative.total", Place(f"{amounts[0].fact.pointer.path}.funds", (names,), total.pointer))  # type: ignore[arg-type]
