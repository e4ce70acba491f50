"""What a column of a table comes to, told in prose: its total, or the sum of its rows where the table has no total.

Comes in: passages of claims and the forms of the document. Goes out: places for the rules of totals and of text and table. An
amount in prose with the name of a column, or of the only amounts that a table has, is what its rows come to where the figures
agree; one that is off by a slip of the pen is held to them only where another column of the table agrees with the same passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.forms.labels import normalise
from validator.model.fact import Fact, Form, Record, Section
from validator.model.quantity import Quantity
from validator.rules.narrative.places import Found, addable, place
from validator.rules.narrative.repeats import digits, mistyped, same, swapped_digits
from validator.rules.narrative.told_cells import in_unit_of, is_called
from validator.rules.tables import Tie, tie

_FEWEST_ROWS = 3
_FEWEST_DIGITS = 3
"""Of a figure that agrees by no chance."""
_NEAR = 2
_PAIR = 2


class _Column(NamedTuple):
    """A column, with the figure of its total or, where there is none, those of its rows."""

    table: str
    head: str
    figures: Sequence[Fact]
    alone: bool
    """Whether it is the only column of money of its table."""


class _Told(NamedTuple):
    claim: Claim
    column: _Column
    agrees: bool


def sums_told(passages: Sequence[Passage], forms: Sequence[Form], wording: Wording) -> Iterator[Found]:
    """Yield each figure of the prose that a column of a table comes to, or that is a slip of it."""
    columns = [column for form in forms if form.id == "generic" for s in form.sections for column in _columns(s, wording)]
    for passage in passages if columns else ():
        if passage.in_table or not passage.prose:
            continue
        told = [one for claim in passage.claims for one in _told(claim, columns, wording)]
        for one in told:
            others = {o.column.head for o in told if o.agrees and o.column.table == one.column.table} - {one.column.head}
            if one.agrees or others:
                yield _found(one.claim, one.column.figures)


def _columns(section: Section, wording: Wording) -> Iterator[_Column]:
    """Yield the columns of a table that was read to its end and has one total, or none at all and no row above others."""
    rows = [record for record in section.records if record.role != "group"]
    totals = [record for record in rows if record.role == "total"]
    plain = all(record.role == "item" and not record.children and not record.parent for record in rows)
    if not section.complete or section.cut or any(record.open for record in rows) or len(rows) < _FEWEST_ROWS:
        return
    if len(totals) > 1 or (not totals and (not plain or len({normalise(record.label) for record in rows}) < len(rows))):
        return
    money = [column for column in section.columns if _is_money(rows, column)]
    for column, head in section.columns.items():
        facts = [record.fields[column] for record in (totals or rows) if column in record.fields]
        filled = all(fact.quantity is not None and fact.quantity.unit.dimension != "ratio" for fact in facts)
        if filled and len(facts) == len(totals or rows) and not wording.past.search(head.text):
            yield _Column(section.path, normalise(head.text), facts, money == [column])


def _is_money(rows: Sequence[Record], column: str) -> bool:
    figures = [q for record in rows if column in record.fields and (q := record.fields[column].quantity) is not None]
    return bool(figures) and all(quantity.unit.dimension == "money" for quantity in figures)


def _told(claim: Claim, columns: Sequence[_Column], wording: Wording) -> Iterator[_Told]:
    """Yield what a figure may be the sum of: the first column of its name that agrees, else the one it slips from."""
    told = addable(claim) and not claim.bracket and len(claim.quantity.value.as_tuple().digits) >= _PAIR
    if not told or wording.past.search(claim.before):
        return
    noun = normalise(claim.noun)
    named = [c for c in columns if (c.alone and claim.dimension == "money") or _ends_with(noun, c.head, wording)]
    fitting = [_in_one_unit(c, claim) for c in named if _may_be(claim, c)]
    agreeing = next((c for c in fitting if tie(claim.fact, c.figures) is Tie.FIRM or _equals(claim, c)), None)
    if agreeing is not None:
        if len(_digits_of(claim.quantity)) >= _FEWEST_DIGITS:
            yield _Told(claim, agreeing, agrees=True)
        return
    slips = [c for c in fitting if _ends_with(noun, c.head, wording) and _slips(claim, c)]
    if len(slips) == 1 == len(fitting):
        yield _Told(claim, slips[0], agrees=False)


def _ends_with(noun: str, head: str, wording: Wording) -> bool:
    """Tell whether the last words of a name are those of a column: 累计完成投资, 完成投资额."""
    return any(is_called(noun[k:], head, wording) for k in range(max(len(noun) - 1, 0)))


def _may_be(claim: Claim, column: _Column) -> bool:
    dimensions = {fact.quantity.unit.dimension for fact in column.figures if fact.quantity is not None}
    return dimensions <= {claim.dimension, ""}


def _in_one_unit(column: _Column, claim: Claim) -> _Column:
    return column._replace(
        figures=tuple(in_unit_of(claim, fact, fact.quantity) for fact in column.figures if fact.quantity is not None)
    )


def _equals(claim: Claim, column: _Column) -> bool:
    (first, *more) = column.figures
    return not more and first.quantity is not None and first.quantity.interval.meets(claim.quantity.interval)


def _slips(claim: Claim, column: _Column) -> bool:
    """Tell whether a figure is that of a column but for a digit."""
    total = sum((fact.quantity.base for fact in column.figures if fact.quantity is not None), Decimal(0))
    low, high = sorted((abs(claim.quantity.base), abs(total)))
    one = _digits_of(claim.quantity)
    two = digits(claim.quantity._replace(value=(total / claim.quantity.unit.factor).normalize())).rstrip("0")
    near = len(one) == len(two) >= _FEWEST_DIGITS and sum(a != b for a, b in zip(one, two, strict=True)) == 1
    return low > 0 and high < _NEAR * low and (near or swapped_digits(one, two) or mistyped(one, two))


def _digits_of(quantity: Quantity) -> str:
    return digits(quantity).rstrip("0") if quantity.step < 1 else digits(quantity)


def _found(claim: Claim, figures: Sequence[Fact]) -> Found:
    if len(figures) == 1:
        return same("narrative.figure", claim, figures[0])
    return Found(
        "narrative.total", place("narrative.total", claim, {"total": claim.fact, "parts": tuple(figures)}, suffix="column")
    )
