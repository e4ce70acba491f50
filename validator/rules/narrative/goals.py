"""What the annual goals of a form tell of its indicators: 检查机构1307家 in a goal, 1703家 in the table.

Comes in: the passages of a form, its indicators. Goes out: figures of goals with the cells that hold them too. A figure told
under the very name of an indicator is that of the indicator; under half the name, only where it is a misprint of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.forms.labels import normalise
from validator.model.fact import Fact, Form
from validator.model.quantity import Quantity
from validator.rules.narrative.repeats import digits, mistyped, swapped_digits

_MEASURE = 2
"""Characters of 数量, 里程 or 面积."""
_NAMED = 5
"""Characters of a name that no two indicators have."""
_PAIR = 2
_SHUFFLED = 4
"""Digits of a figure that can't be another one's in another order by chance."""
_EXACT = ("", "=")
_TOLD = (("goals", "achieved", "actual"), ("goals", "expected", "target"), ("duties", "progress", "actual"))
"""Sections, their columns of text, and the column of the indicators that tells the same."""
_KINDS = ("level", "rate", "percent")
_ABOUT_FUNDS = (("management", "statement"), ("management", "problem"), ("goals", "achieved"))
"""Sections and columns of text in which the rate of execution is that of the funds."""
_SHORT = 8
"""Characters before a rate that name nothing but the rate: 全年预算执行率为."""


class Row(NamedTuple):
    """An indicator of a form, with its figures."""

    label: str
    fields: dict[str, Fact]


def goals_told(passages: Sequence[Passage], form: Form, rows: Sequence[Row], wording: Wording) -> Iterator[tuple[Claim, Fact]]:
    """Yield each figure of the goals with the cell of the indicator that is the same figure, or should be."""
    for id, goal, column in _TOLD:
        section = form.section(id)
        records = section.records if section is not None else []
        places = {record.fields[goal].pointer.address for record in records if goal in record.fields}
        own = [p for p in passages if p.address in places]
        claims = [c for p in own for c in p.claims if _is_of_the_year(c, form, wording)]
        names = [normalise(_plain(c, wording)) for c in claims]
        for claim, name in zip(claims, names, strict=True):
            done = column == "actual"
            if done and not _is_told_exactly(claim):
                continue
            found = _cell_named(name, claim, rows, column) if done and names.count(name) == 1 else None
            found = found or _misprinted(name, claim, rows, column)
            rightly = found is not None and any(_tells(other, found) for other in claims if other is not claim)
            if found is not None and (_tells(claim, found) or not rightly):
                yield claim, found


def rates_told(passages: Sequence[Passage], form: Form, wording: Wording) -> Iterator[tuple[Claim, Fact]]:
    """Yield each rate of execution that the form tells in words, with the one of its funds that it should be."""
    funds = form.section("funds")
    rates = [(record, record.fields.get("rate")) for record in (funds.records if funds is not None else ())]
    known = [(record, fact) for record, fact in rates if fact is not None and fact.quantity is not None]
    total = next((fact for record, fact in known if record.role == "total"), None)
    if total is None:
        return
    for id, column in _ABOUT_FUNDS:
        section = form.section(id)
        records = section.records if section is not None else []
        places = {record.fields[column].pointer.address for record in records if column in record.fields}
        for claim in (c for p in passages if p.address in places for c in p.claims):
            own = _is_of_the_year(claim, form, wording) and _is_told_exactly(claim) and len(claim.before.strip()) <= _SHORT
            if own and claim.dimension == "ratio" and wording.execution.search(claim.before):
                equal = [fact for _, fact in known if fact.quantity is not None and _equal(claim.quantity, fact.quantity)]
                yield claim, (equal or [total])[0]


def _is_of_the_year(claim: Claim, form: Form, wording: Wording) -> bool:
    """Tell whether a figure is one of the year of the form and of nothing but what is named."""
    plain = claim.kind in _KINDS and claim.quantity.upper is None and not claim.quantity.approximate
    before = claim.before
    return (
        plain
        and not claim.bracket
        and claim.year in (None, form.year)
        and not wording.past.search(before)
        and not wording.among.search(before)
    )


def _is_told_exactly(claim: Claim) -> bool:
    return claim.usable and claim.quantity.comparator in _EXACT and claim.role not in ("target", "budget")


def _cell_named(name: str, claim: Claim, rows: Sequence[Row], column: str) -> Fact | None:
    """Return the cell of the one indicator of just this name: a rate by its whole name, what is counted up to the measure."""
    measure = _MEASURE if claim.kind == "level" else 0
    found = [row for row in rows if row.label.startswith(name) and len(row.label) - len(name) <= measure]
    if len(name) < _NAMED or len(found) != 1:
        return None
    fact = _figure_in(found[0], column)
    quantity = fact.quantity if fact is not None else None
    exact = quantity is not None and quantity.comparator in _EXACT and quantity.unit.dimension == claim.dimension
    return fact if exact else None


def _misprinted(name: str, claim: Claim, rows: Sequence[Row], column: str) -> Fact | None:
    """Return the cell whose figure the text tells with two digits swapped or one of them wrong, if it is a single one."""
    words = {name[k : k + _PAIR] for k in range(len(name) - 1)}
    near: list[Fact] = []
    for row in rows:
        fact = _figure_in(row, column)
        if fact is None or fact.quantity is None or not any(word in row.label for word in words):
            continue
        if any(_equal(claim.quantity, other.quantity) for other in row.fields.values() if other.quantity is not None):
            return None
        if _is_misprint(claim.quantity, fact.quantity):
            near.append(fact)
    return near[0] if len(near) == 1 else None


def _figure_in(row: Row, column: str) -> Fact | None:
    fact = row.fields.get(column)
    quantity = fact.quantity if fact is not None else None
    return fact if quantity is not None and not quantity.approximate and quantity.upper is None else None


def _tells(claim: Claim, fact: Fact) -> bool:
    """Tell whether a goal gives the figure of a cell; another one beside it is no misprint of that then."""
    return fact.quantity is not None and _equal(claim.quantity, fact.quantity)


def _equal(one: Quantity, other: Quantity) -> bool:
    return one.unit.dimension == other.unit.dimension and one.interval.meets(other.interval)


def _is_misprint(text: Quantity, table: Quantity) -> bool:
    """Tell whether two figures of one unit and length differ in a digit, or in the order of some."""
    one, two = digits(text), digits(table)
    alike = text.unit == table.unit and len(one) == len(two) and text.value.adjusted() == table.value.adjusted()
    shuffled = len(one) >= _SHUFFLED and one != two and sorted(one) == sorted(two)
    return alike and (shuffled or swapped_digits(one, two) or mistyped(one, two))


def _plain(claim: Claim, wording: Wording) -> str:
    """Return what a figure is of, without what was done in the year; 累计 stays, for it tells of several years."""
    name = claim.noun
    for known in (wording.current, wording.roles["actual"], wording.leading):
        name = known.sub("", name)
    return name
