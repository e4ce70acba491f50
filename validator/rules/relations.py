"""The relations that an unknown table shows by its labels, positions and header formulas.

Comes in: a section of `facts.generic` and the words of totals and the like. Goes out: for each relation its kind
(`table.total`, `table.growth` …) and a `Place` for the rules. A relation that is only guessed is kept where the figures
themselves bear it out; what can be read in several ways carries its readings. The verdict is the rules' business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from validator.facts.words import Words
from validator.model.fact import Fact, Section
from validator.model.quantity import State
from validator.rules.apart import sums_apart
from validator.rules.binding import Names, Value
from validator.rules.columned import totals_of_blocks
from validator.rules.formulas import formulas
from validator.rules.labelled import labelled_scores, labelled_weights
from validator.rules.limits import limits
from validator.rules.patterns import patterns
from validator.rules.points import deductions, scores, weights
from validator.rules.portions import portions
from validator.rules.ratios import balances, completions, differences, growths, parts, prices, products, ratios, shares
from validator.rules.scopes import Place
from validator.rules.tables import Axis, axes
from validator.rules.tariffs import tariffs
from validator.rules.totals import stated_totals
from validator.rules.weighing import weighed, weighed_rows, weights_of_columns

_BROKEN = (State.GARBLED, State.FUSED)
NAMES: Mapping[str, Mapping[str, tuple[str, str, bool]]] = {
    "table.total": {
        "total": ("合计", "any", False), "parts": ("各项", "any", True), "label": ("行", "text", False),
        "column": ("列", "text", False),
    },
    "table.formula": {
        "stated": ("填列数", "any", False), "computed": ("计算数", "any", False), "formula": ("公式", "text", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.share": {
        "share": ("占比", "any", False), "part": ("部分", "any", False), "parts": ("各项", "any", True),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.shares": {"parts": ("各项", "any", True), "column": ("列", "text", False)},
    "table.growth": {
        "rate": ("增长率", "any", False), "now": ("本期", "any", False), "before": ("上期", "any", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.completion": {
        "rate": ("完成率", "any", False), "done": ("完成数", "any", False), "plan": ("计划数", "any", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.difference": {
        "change": ("增减额", "any", False), "now": ("本期", "any", False), "before": ("上期", "any", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.balance": {
        "stated": ("填列数", "any", False), "computed": ("计算数", "any", False), "formula": ("公式", "text", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.part": {
        "part": ("部分", "any", False), "whole": ("整体", "any", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.product": {
        "amount": ("金额", "any", False), "number": ("数量", "any", False), "price": ("单价", "any", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.price": {
        "parts": ("各项", "any", True), "number": ("数量", "any", False), "price": ("单价", "any", False),
        "due": ("应发", "any", False),
        "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.pattern": {
        "total": ("合计", "any", False), "parts": ("各项", "any", True), "named": ("各栏", "text", False),
        "rows": ("行数", "text", False), "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.tariff": {
        "stated": ("填列数", "any", False), "computed": ("计算数", "any", False), "formula": ("公式", "text", False),
        "rows": ("行数", "text", False), "label": ("行", "text", False), "column": ("列", "text", False),
    },
    "table.limit": {
        "balance": ("余额", "any", False), "limit": ("限额", "any", False), "label": ("行", "text", False),
        "column": ("列", "text", False),
    },
    "table.portion": {
        "rate": ("比率", "any", False), "parts": ("各项", "any", True), "whole": ("整体", "any", False),
        "named": ("各栏", "text", False), "rows": ("行数", "text", False), "label": ("行", "text", False),
        "column": ("列", "text", False),
    },
    "table.weight": {
        "points": ("标注分值", "any", False), "parts": ("各项", "any", True), "label": ("行", "text", False),
        "column": ("列", "text", False),
    },
    "table.weights": {"parts": ("各项", "any", True), "column": ("列", "text", False)},
    "table.score": {
        "score": ("得分", "any", False), "points": ("分值", "any", False), "label": ("行", "text", False),
        "column": ("列", "text", False),
    },
    "table.deduction": {
        "score": ("得分", "any", False), "points": ("分值", "any", False), "label": ("行", "text", False),
        "column": ("列", "text", False),
    },
    "table.unreadable": {
        "value": ("值", "any", False), "label": ("行", "text", False), "column": ("列", "text", False),
    },
}  # fmt: skip
"""What each place binds: English name, Chinese name, type, whether it is a list."""


def known_names(place: str) -> dict[str, tuple[str, bool]] | None:
    """Return the names that a place binds, each with its type and whether it is a list; None for an unknown place."""
    names = NAMES.get(place)
    if names is None:
        return None
    return {name: (kind, many) for english, (chinese, kind, many) in names.items() for name in (english, chinese)}


def relations(section: Section, words: Words) -> Iterator[tuple[str, Place]]:
    """Yield each relation of a table: the kind of place, and the place.

    Of the block of a form that has columns which the form doesn't know, only those that one of their figures is in.
    """
    for kind, place in _relations(section, words):
        if not section.rest or any(_is_of(section, value) for names in place.readings for value in names.values()):
            yield kind, place


def _is_of(section: Section, value: Value) -> bool:
    """Tell whether a value is, or holds, a figure that stands in this table only, and in no section of a form."""
    facts = (value,) if isinstance(value, Fact) else value if isinstance(value, tuple) else ()
    return any(isinstance(fact, Fact) and fact.pointer.path.startswith(section.path) for fact in facts)


def _relations(section: Section, words: Words) -> Iterator[tuple[str, Place]]:
    if section.sum:
        for place in stated_totals(section):
            yield "table.total", place
        return
    for place in _unreadable(section):
        yield "table.unreadable", place
    of_form = section.owner is not None and not section.rest
    found = axes(section, words)
    told: set[str] = set()
    across: set[str] = set()
    left: set[str] = set()
    made = [place for axis in found for place in weighed(axis, words)]
    told_by_weights = {place.pointer.address for place in made if place.pointer is not None}
    for axis, place in totals_of_blocks(found):
        if axis.across and place.pointer is not None:
            if place.pointer.address in told_by_weights:
                continue
            across.add(place.pointer.address)
        yield "table.total", place
    for place in made:
        yield "table.formula", place
    told |= told_by_weights
    across |= told_by_weights
    for axis in found:
        for kind, places in (
            ("table.formula", formulas(axis)), ("table.part", parts(axis, words)), ("table.balance", balances(axis, words)),
        ):  # fmt: skip
            for place in places:
                if kind == "table.formula" and place.pointer is not None:
                    told.add(place.pointer.address)
                if axis.across and kind != "table.part" and place.pointer is not None:
                    across.add(place.pointer.address)
                yield kind, place
    for axis in found:
        for kind, place in _of_rates(axis, words, told, across, of_form=of_form):
            if kind == "table.difference" and place.pointer is not None:
                left.add(place.pointer.address)
            yield kind, place
        if axis.across:
            yield from _of_columns(axis, words, across)
            for place in weights_of_columns(axis, words):
                yield "table.weights", place
            yield from weighed_rows(axis, words)
        elif section.owner is None:
            for place in chain(weights(axis, words), labelled_weights(axis, words)):
                yield "table.weight", place
            for place in chain(scores(axis, words), labelled_scores(axis, words)):
                yield "table.score", place
            for place in deductions(axis, words):
                yield "table.deduction", place
        for place in limits(axis, words):
            yield "table.limit", place
        yield from _shown(axis, words, across, left) if not of_form else ()


def _shown(axis: Axis, words: Words, across: set[str], left: set[str]) -> Iterator[tuple[str, Place]]:
    """Yield what the figures show without a word: first the sums of columns side by side.

    `left`: addresses of figures that are differences of others in their row.
    """
    told = {*across}
    yield from _noted("table.pattern", patterns(axis, words, frozenset(across)), told)
    yield from _noted("table.pattern", sums_apart(axis, words, frozenset(told), left), told)
    yield from _noted("table.tariff", tariffs(axis, told | left), told)


def _noted(kind: str, places: Iterable[Place], told: set[str]) -> Iterator[tuple[str, Place]]:
    """Yield places, and remember whose figures they are about."""
    found = list(places)
    told |= {place.pointer.address for place in found if place.pointer is not None}
    yield from ((kind, place) for place in found)


def _unreadable(section: Section) -> Iterator[Place]:
    """Yield each cell of a column of figures in which a figure is meant that can't be read: 3336。75."""
    if section.table is None or section.table.inferred or (section.owner is not None and not section.rest):
        return  # what was put together from lines has notes of its own, and the blocks of a form have a rule
    for record in section.records:
        for id, fact in record.fields.items():
            if id in section.columns and fact.reading.state in _BROKEN:
                names: Names = {
                    "value": fact, "值": fact, "label": record.label, "行": record.label,
                    "column": fact.pointer.column_label, "列": fact.pointer.column_label,
                }  # fmt: skip
                yield Place(f"{fact.pointer.path}.unreadable", (names,), fact.pointer, section.complete, section)


def _of_rates(axis: Axis, words: Words, told: set[str], across: set[str], *, of_form: bool) -> Iterator[tuple[str, Place]]:
    """Yield what a line says of two others.

    `told`: addresses of figures that the header itself explains; `across`: of those that others of their row explain.
    """
    if of_form and not axis.across:
        return
    for place in growths(axis, words):
        yield "table.growth", place
    # A form has a rule for its own rates; a rate that the header itself explains needs no guess.
    rates = (*ratios(axis, words), *completions(axis, words))
    if not of_form:
        for place in portions(axis, words, {p.pointer.address for p in rates if p.pointer is not None} | told):
            yield "table.portion", place
    for place in rates:
        if place.pointer is None or (place.pointer.address not in told and not (of_form and _is_left_to_form(axis, place))):
            yield "table.completion", place
    for place in differences(axis, words):
        if place.pointer is None or place.pointer.address not in across:
            yield "table.difference", place


def _is_left_to_form(axis: Axis, place: Place) -> bool:
    """Tell whether the rule of a form judges a rate: not that of 支出 which stands beside 收入, the only one the form reads."""
    rate = next(iter(place.readings))["rate"]
    known = isinstance(rate, Fact) and rate.quantity is not None
    return not known or place.pointer is None or not place.pointer.path.startswith(axis.section.path)


def _of_columns(axis: Axis, words: Words, across: set[str]) -> Iterator[tuple[str, Place]]:
    """Yield what only columns say of each other; add the addresses of the figures that products explain to `across`."""
    yield from shares(axis, words)
    for kind, guessed in (("table.product", products(axis, words)), ("table.price", prices(axis, words))):
        for place in guessed:
            if place.pointer is not None:
                across.add(place.pointer.address)
            yield kind, place
