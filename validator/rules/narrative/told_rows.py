"""Rows of a table whose figures a paragraph tells, by their names or by an amount that only one of them has.

Comes in: passages of claims and the forms of the document, tables of no form included. Goes out: places for the rule of text
and table. The column is the one that other figures of the paragraph agree with, each at the row of its name; one beside them
that is off is held to it only where the difference is that of a misprint: the text may tell of something else than the table,
财政拨款支出 beside 支出. A rate right behind an amount of a row is that of the row, if it is called like a column of rates;
支出决算26.4万元，完成预算的75.43% is what was spent of the budget in the row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.forms.labels import normalise
from validator.model.fact import Fact, Form, Section
from validator.model.quantity import Quantity
from validator.rules.narrative.places import Found, addable, one_plan, place
from validator.rules.narrative.repeats import digits, mistyped, same, swapped_digits

_NAME = 3
"""Characters of a name that is that of a row and no other."""
_LONGEST_NAME = 24
_PAIR = 2
_FIRM = 3
"""Digits of a figure that agrees by no chance."""


class _Cell(NamedTuple):
    column: str
    role: str
    """What the head of the column says of its figures: budget, executed …, or nothing."""
    fact: Fact
    quantity: Quantity


class _Told(NamedTuple):
    claim: Claim
    cells: Sequence[_Cell]
    """The figures of all rows of its name."""
    equal: AbstractSet[str]
    """The columns that have just this figure."""


class _Rates(NamedTuple):
    """The rates of a row, by the names of their columns."""

    path: str
    named: Sequence[tuple[str, Fact]]


class _Spent(NamedTuple):
    """What was spent by a row of a table, and what the row says that there was to spend."""

    name: str
    budgets: Sequence[tuple[str, Fact]]
    """With the names of their columns."""


def rows_told(passages: Sequence[Passage], forms: Sequence[Form], rated: AbstractSet[str], wording: Wording) -> Iterator[Found]:
    """Yield each figure of a paragraph that one of a table is, or misprints; `rated`: the rates whose figures are known."""
    rows = _rows(forms, wording)
    for passage in passages if rows else ():
        if not passage.prose or passage.in_table:
            continue
        told = [one for claim in passage.claims if (one := _named(claim, rows, wording)) is not None]
        firm = [one for one in told if len(_digits(one.claim.quantity)) >= _FIRM]
        columns = Counter((column, one.claim.role) for one in firm for column in one.equal)
        for one in told if columns else ():
            cell = next((cell for cell in one.cells if _means(one, cell, columns)), None)
            if cell is not None:
                yield same("narrative.figure", one.claim, cell.fact)
    yield from _rates_told(passages, forms, wording)
    yield from _spent_of_rows(passages, forms, rated, wording)


def _spent_of_rows(
    passages: Sequence[Passage], forms: Sequence[Form], rated: AbstractSet[str], wording: Wording
) -> Iterator[Found]:
    """Yield `公务接待费支出决算26.4万元，完成预算的75.43%` with the budget of the row that has this amount.

    One rate that doesn't follow is held to the row of its name, or the only one of its amount, where others of its paragraph
    follow.
    """
    rows = _rows_by_spending(forms, wording)
    for passage in passages if rows else ():
        if not passage.prose or passage.in_table:
            continue
        off: list[Found] = []
        following = 0
        for spent, rate in pairwise(passage.claims):
            behind = rate.clause - spent.clause == 1 and rate.sentence == spent.sentence and not spent.bracket
            of_budget = rate.usable and rate.kind == "rate" and wording.of_budget.search(rate.before)
            if not behind or not of_budget or not addable(spent) or rate.fact.pointer.path in rated:
                continue
            own = [row for row in rows.get(spent.quantity.base, ()) if not wording.past.search(spent.before)]
            told = [(row.name, b) for row in own for head, b in row.budgets if one_plan(rate.before, head, wording)]
            meant = next((budget for _, budget in told if _follows(rate, spent, budget)), None)
            if meant is not None:
                following += 1
                yield _spent_of(rate, spent, meant)
            elif len(told) == 1 and (_is_named(told[0][0], spent) or len(_digits(spent.quantity)) >= _FIRM):
                off.append(_spent_of(rate, spent, told[0][1]))
        yield from off if following >= _PAIR else ()


def _is_named(row: str, spent: Claim) -> bool:
    return len(row) >= _NAME and row in normalise(spent.noun)


def _rows_by_spending(forms: Sequence[Form], wording: Wording) -> dict[Decimal, list[_Spent]]:
    """Return the rows that tell a budget and what was spent of it, by what was spent."""
    rows: dict[Decimal, list[_Spent]] = defaultdict(list)
    for section in _tables(forms):
        roles = {column: (_role(head.text, wording), head.text) for column, head in section.columns.items()}
        if not {"budget", "executed"} <= {role for role, _ in roles.values()}:
            continue
        for record in section.records:
            told = [(*roles.get(column, ("", "")), fact, fact.quantity) for column, fact in record.fields.items()]
            budgets = [(head, fact) for role, head, fact, quantity in told if role == "budget" and quantity is not None]
            for role, _, _, quantity in told if budgets else ():
                if role == "executed" and quantity is not None and quantity.unit.dimension == "money":
                    rows[quantity.base].append(_Spent(normalise(record.label), budgets))
    return rows


def _follows(rate: Claim, spent: Claim, budget: Fact) -> bool:
    """Tell whether a rate may be that of an amount and a budget of the same kind."""
    funds = budget.quantity
    if funds is None or funds.unit.dimension != spent.dimension or funds.base <= 0 or funds.interval.low <= 0:
        return False
    return rate.quantity.interval.meets(spent.quantity.interval / funds.interval)


def _spent_of(rate: Claim, spent: Claim, budget: Fact) -> Found:
    values = {"rate": rate.fact, "numerators": (spent.fact,), "denominators": (budget,)}
    return Found("narrative.rate", place("narrative.rate", rate, values))


def _rates_told(passages: Sequence[Passage], forms: Sequence[Form], wording: Wording) -> Iterator[Found]:
    """Yield `省级资金支出618.53万元，执行率97.1%` where one row has this amount and a rate of this name."""
    rows = _rates_by_amount(forms)
    for passage in passages if rows else ():
        for amount, rate in pairwise(passage.claims) if passage.prose and not passage.in_table else ():
            behind = rate.clause - amount.clause == 1 and rate.sentence == amount.sentence and not amount.bracket
            told = behind and addable(amount) and rate.kind in ("rate", "percent") and rate.usable
            found: Sequence[_Rates] = (
                rows.get(amount.quantity.base, ()) if told and not wording.past.search(amount.before) else ()
            )
            if len({row.path for row in found}) == 1 and len(name := normalise(rate.noun)) >= _NAME:
                cells = [cell for head, cell in found[0].named if head.endswith(name) or name.endswith(head)]
                yield from (same("narrative.figure", rate, cell) for cell in cells if len(cells) == 1)


def _rates_by_amount(forms: Sequence[Form]) -> dict[Decimal, list[_Rates]]:
    """Return the rows of all tables that tell rates, by each of their amounts."""
    rows: dict[Decimal, list[_Rates]] = defaultdict(list)
    for section in _tables(forms):
        heads = {column: name for column, head in section.columns.items() if len(name := normalise(head.text)) >= _NAME}
        for record in section.records:
            figures = [(column, fact, fact.quantity) for column, fact in record.fields.items() if fact.quantity is not None]
            named = [(heads[c], fact) for c, fact, told in figures if told.unit.dimension == "ratio" and c in heads]
            amounts = {told.base for _, _, told in figures if told.unit.dimension == "money" and len(_digits(told)) > _FIRM}
            for base in amounts if named else ():
                rows[base].append(_Rates(record.path, named))
    return rows


def _tables(forms: Sequence[Form]) -> Iterator[Section]:
    return (section for form in forms for section in form.sections if section.table is not None)


def _rows(forms: Sequence[Form], wording: Wording) -> dict[str, list[_Cell]]:
    """Return the amounts of all tables by the names of their rows."""
    found: dict[str, list[_Cell]] = defaultdict(list)
    for section in _tables(forms):
        roles = {column: _role(head.text, wording) for column, head in section.columns.items()}
        for record in section.records:
            name = normalise(record.label)
            if record.role == "total" or not _NAME <= len(name) <= _LONGEST_NAME:
                continue
            for column, fact in record.fields.items():
                if fact.quantity is not None and fact.quantity.unit.dimension == "money":
                    cell = _Cell(f"{section.path} {column}", roles.get(column, ""), fact, fact.quantity)
                    found[name].append(cell)
    return found


def _role(head: str, wording: Wording) -> str:
    return next((role for role, pattern in wording.roles.items() if pattern.search(head)), "")


def _named(claim: Claim, rows: Mapping[str, Sequence[_Cell]], wording: Wording) -> _Told | None:
    """Return a figure with the rows of its name, the longest that its own ends with: 省级资金, of 省级资金支出 as well."""
    if not addable(claim) or claim.dimension != "money" or wording.past.search(claim.before):
        return None
    for text in (claim.noun, wording.done_at_end.sub("", claim.noun), normalise(claim.noun)):
        name = next((text[k:] for k in range(len(text) - _NAME + 1) if text[k:] in rows), None)
        if name is not None:
            cells = [cell for cell in rows[name] if cell.role == claim.role or not (cell.role and claim.role)]
            equal = {cell.column for cell in cells if _meets(cell.quantity, claim.quantity)}
            return _Told(claim, cells, equal)
    return None


def _means(one: _Told, cell: _Cell, columns: Mapping[tuple[str, str], int]) -> bool:
    """Tell whether a cell is what a figure tells, or misprints, in a column that others of its paragraph agree with."""
    others = columns.get((cell.column, one.claim.role), 0) - (cell.column in one.equal)
    told = one.claim.quantity
    return others > 0 and (_meets(cell.quantity, told) if one.equal else _misprints(told, cell.quantity))


def _meets(table: Quantity, text: Quantity) -> bool:
    return table.interval.meets(text.interval)


def _misprints(text: Quantity, table: Quantity) -> bool:
    """Tell whether two figures are the same but for a digit or two, or the place of the decimal point."""
    one, two = _digits(text), _digits(table)
    low, high = sorted((text.base, table.base))
    if one == two:
        return len(one) >= _FIRM and high == 10 * low
    return high < 2 * low and (swapped_digits(one, two) or mistyped(one, two))


def _digits(quantity: Quantity) -> str:
    return digits(quantity).rstrip("0")
