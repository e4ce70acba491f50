"""Cells of a table that a sentence tells by the name of the row, and those behind it by the names of the columns.

Comes in: passages of claims and the forms of the document. Goes out: places for the rule of text and table. In
`东区下达资金3200万元，支出3120万元；西区…` the row is named once, and each figure by its column. A figure that no column of
this name has in the row is held to it only where another figure of the row agrees: then row and column leave no doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.forms.labels import normalise
from validator.model.fact import Fact, Form, Record, Section
from validator.model.quantity import BARE, Quantity
from validator.rules.narrative.places import Found
from validator.rules.narrative.repeats import digits, same

_SHORTEST, _LONGEST = 2, 24
"""Characters of the name of a row."""
_TOLD = ("level", "rate", "percent")
_FEWEST_DIGITS = 2
"""Of a figure that agrees by no chance, where row and column are both named."""
_NEAR = 2
"""How many times larger one of two figures may be that are meant as the same."""


class Row(NamedTuple):
    """A row of a table of no form, with the names of its columns."""

    section: Section
    record: Record
    heads: Mapping[str, str]


class _Told(NamedTuple):
    """A figure of a sentence, with the cell that its names lead to."""

    claim: Claim
    fact: Fact
    agrees: bool


def cells_told(passages: Sequence[Passage], forms: Sequence[Form], wording: Wording) -> Iterator[Found]:
    """Yield each figure of a sentence that a row and a column name, where at least one of the row agrees."""
    rows = rows_by_name(forms)
    for passage in passages if rows else ():
        if passage.in_table or not passage.prose:
            continue
        for _, claims in groupby(passage.claims, attrgetter("segment")):
            for told in _rows_of(list(claims), rows, wording):
                if any(one.agrees and len(digits(one.claim.quantity).rstrip("0")) >= _FEWEST_DIGITS for one in told):
                    # 截至6月底，东区项目58个，完成投资500万元: by then it may have been less than the table has.
                    by_then = wording.within_year.search(passage.sentence_text(told[0].claim.sentence))
                    yield from (same("narrative.figure", one.claim, one.fact) for one in told if one.agrees or not by_then)


def rows_by_name(forms: Sequence[Form]) -> dict[str, Row]:
    """Return the rows of all tables of no form that have a name of their own."""
    found: dict[str, list[Row]] = defaultdict(list)
    for section in (section for form in forms if form.id == "generic" for section in form.sections):
        heads = {column: normalise(head.text) for column, head in section.columns.items()}
        for record in section.records:
            name = normalise(record.label)
            if record.role != "total" and _SHORTEST <= len(name) <= _LONGEST:
                found[name].append(Row(section, record, heads))
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def _rows_of(claims: Sequence[Claim], rows: Mapping[str, Row], wording: Wording) -> Iterator[list[_Told]]:
    """Yield the figures of a part of a sentence, row by row, as far as their names lead to cells."""
    row: Row | None = None
    told: list[_Told] = []
    for claim in claims:
        if claim.kind not in _TOLD or claim.bracket:
            continue
        noun = normalise(claim.noun)
        name = next((noun[:end] for end in range(min(len(noun), _LONGEST), _SHORTEST - 1, -1) if noun[:end] in rows), "")
        if name:
            yield told
            row, told = rows[name], []
        one = _cell(claim, noun[len(name) :], row, wording) if row is not None else None
        if one is not None:
            told.append(one)
        elif claim.kind == "level":
            yield told
            row, told = None, []
    yield told


def _cell(claim: Claim, noun: str, row: Row, wording: Wording) -> _Told | None:
    """Return a figure with the one cell of a row whose column is called like it."""
    if not noun or not claim.usable or wording.past.search(claim.before):
        return None
    cells = [
        in_unit_of(claim, fact, fact.quantity)
        for column, fact in row.record.fields.items()
        if fact.quantity is not None
        and _measures(fact.quantity, claim)
        and is_called(noun, row.heads.get(column, ""), wording)
        and not wording.past.search(row.heads[column])
    ]
    if len(cells) != 1 or (quantity := cells[0].quantity) is None:
        return None
    low, high = sorted((abs(quantity.base), abs(claim.quantity.base)))
    agrees = quantity.interval.meets(claim.quantity.interval)
    return _Told(claim, cells[0], agrees) if agrees or high <= _NEAR * low else None


def is_called(noun: str, head: str, wording: Wording) -> bool:
    """Tell whether a figure and a column have one name, but for what says only that it is a number: 完成投资, 完成投资额."""
    short, long = sorted((noun, head), key=len)
    return len(short) >= _SHORTEST and long.startswith(short) and wording.measure.fullmatch(long[len(short) :]) is not None


def _measures(quantity: Quantity, claim: Claim) -> bool:
    """Tell whether a cell may have what a figure measures: in a table, often nothing tells the unit."""
    return quantity.unit.dimension in (claim.dimension, "")


def in_unit_of(claim: Claim, fact: Fact, quantity: Quantity) -> Fact:
    """Return a figure without a unit in that of a sentence which tells it."""
    if quantity.unit != BARE:
        return fact
    exact = claim.quantity.unit.exact and quantity.step >= 1
    told = quantity._replace(unit=claim.quantity.unit, step=claim.quantity.step if exact else quantity.step)
    return fact._replace(reading=fact.reading._replace(quantity=told))
