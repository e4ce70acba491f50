"""Figures of one row that a paragraph tells one after the other, and the growth that it tells behind each.

Comes in: passages of claims and the forms of the document. Goes out: places for the rule of text and table. The row may have no
name in the text, or another (全市, where the table has the name of the city): it is the one with which two figures or more of
the paragraph agree, each named by its column. `收入当月完成70万元，下降2%，累计完成210万元，增长3%` tells 收入›累计 by its last
name and the one before it. Growth goes with the amount before it where the row has both, and the column of growth is the next
behind that of the amount. A figure that is off is held to its cell only where others leave no doubt which one that is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.claims import Claim, Passage, Wording
from validator.facts.generic import JOINT
from validator.forms.labels import normalise
from validator.model.fact import Fact, Form, Record, Section
from validator.model.quantity import Quantity
from validator.rules.narrative.places import Found
from validator.rules.narrative.repeats import digits, mistyped, same, swapped_digits
from validator.rules.narrative.told_cells import in_unit_of, is_called

_FIRM = 3
"""Digits of a figure that agrees by no chance."""
_PAIR = 2
_NAME = 2
_FIRM_NAME = 3
"""Characters of a name that is that of a row and no other."""
_PER_CENT = "%％()（）"
_TOLD = ("level", "rate", "percent", "share")


class _Head(NamedTuple):
    """A column, with what its labels say."""

    group: str
    label: str
    grows: bool
    compared: bool
    """Whether it is no figure of this year: of the year before, or a change."""


class _Row(NamedTuple):
    section: Section
    record: Record
    name: str
    cells: Mapping[str, Fact]


class _Table(NamedTuple):
    heads: Mapping[str, _Head]
    rows: Sequence[_Row]
    by_size: Mapping[Decimal, Sequence[tuple[_Row, str]]]
    """The cells by their figures as they are written."""


class _Growth(NamedTuple):
    rate: Claim
    fact: Fact
    sure: bool
    """Whether row and column leave no doubt."""


def told_along(passages: Sequence[Passage], forms: Sequence[Form], wording: Wording) -> Iterator[Found]:
    """Yield each figure of a row that a paragraph tells by its column, and each growth behind an amount of a row."""
    told = [passage for passage in passages if passage.prose and not passage.in_table and len(passage.claims) >= _PAIR]
    sections = [section for form in forms if form.id == "generic" and told for section in form.sections]
    tables = _without_shared_rows([_table(section, wording) for section in sections if section.table is not None])
    for passage in told:
        for table in tables:
            if sum(claim.quantity.value in table.by_size for claim in passage.claims) >= _PAIR:
                yield from _of_row(passage, table, wording)
                yield from _growths(passage, table, wording)


def _without_shared_rows(tables: Sequence[_Table]) -> list[_Table]:
    """Return the tables without the figures of rows whose name another has too: nobody knows which of them is told."""
    names = Counter(name for table in tables for name in {row.name for row in table.rows})
    return [
        table._replace(
            by_size={size: [cell for cell in cells if names[cell[0].name] == 1] for size, cells in table.by_size.items()}
        )
        for table in tables
    ]


def _table(section: Section, wording: Wording) -> _Table:
    labels: dict[str, str] = {}
    rows: list[_Row] = []
    by_size: dict[Decimal, list[tuple[_Row, str]]] = defaultdict(list)
    for record in section.records:
        row = _Row(section, record, normalise(record.label), record.fields)
        rows.append(row)
        for column, fact in record.fields.items():
            labels.setdefault(column, fact.pointer.column_label)
            if fact.quantity is not None:
                by_size[abs(fact.quantity.value)].append((row, column))
    return _Table({column: _head(label, wording) for column, label in labels.items()}, rows, by_size)


def _head(text: str, wording: Wording) -> _Head:
    *groups, label = (normalise(part) for part in text.split(JOINT))
    grows = wording.growth_column.search(text) is not None and not wording.otherwise_compared.search(text)
    return _Head(
        "".join(groups), label.rstrip(_PER_CENT), grows, bool(wording.past.search(text) or wording.change_column.search(text))
    )


# --- figures by the names of their columns --------------------------------------------------------------------------------


def _of_row(passage: Passage, table: _Table, wording: Wording) -> Iterator[Found]:
    """Yield the figures of the one row that most of those named by a column agree with."""
    named = [(claim, columns) for claim, columns in _named(passage, table.heads, wording)]
    agreeing: dict[int, set[str]] = defaultdict(set)
    for claim, columns in named:
        for row, column in table.by_size.get(abs(claim.quantity.value), ()):
            if column in columns and _agrees(claim, row.cells[column]) and _size(claim.quantity) >= _FIRM:
                agreeing[id(row)].add(column)
    best = sorted(agreeing.values(), key=len, reverse=True)
    if not best or len(best[0]) < _PAIR or (len(best) > 1 and len(best[1]) == len(best[0])):
        return
    row = next(row for row in table.rows if agreeing.get(id(row)) is best[0])
    for claim, columns in named:
        facts = [row.cells[column] for column in columns if column in row.cells]
        meant = next((fact for fact in facts if _agrees(claim, fact)), None)
        if meant is not None:
            yield _told(claim, meant)
        elif (
            len(facts) == 1
            and len(best[0] - columns) >= _PAIR
            and _slips(claim, facts[0])
            and not _of_another(claim, row, table)
        ):
            yield _told(claim, facts[0])


def _named(passage: Passage, heads: Mapping[str, _Head], wording: Wording) -> Iterator[tuple[Claim, frozenset[str]]]:
    """Yield each figure whose words name columns: the label right before it, the heading there or before another figure."""
    stem, sentence = "", -1
    for claim in passage.claims:
        if claim.kind not in _TOLD or claim.bracket or not claim.usable:
            continue
        stem = "" if claim.sentence != sentence else stem
        sentence = claim.sentence
        noun = claim.noun or normalise(wording.done_at_end.sub("", claim.before))
        found = frozenset(c for c, head in heads.items() if not head.grows and _is_told(noun, stem, head, wording))
        if claim.kind == "level" and len(noun) > _FIRM_NAME:
            stem = noun
        if found and not wording.past.search(claim.before) and not wording.otherwise_compared.search(claim.before):
            yield claim, found


def _is_told(noun: str, stem: str, head: _Head, wording: Wording) -> bool:
    label = head.label
    told = any(is_called(noun[k:], label, wording) for k in range(max(len(noun) - len(label) - _PAIR, 0), len(noun) - 1))
    return told and len(label) >= _NAME and (not head.group or head.group in noun or head.group in stem)


def _of_another(claim: Claim, row: _Row, table: _Table) -> bool:
    """Tell whether the words before a figure name another row of the table."""
    return any(other.name in claim.before for other in table.rows if other.name != row.name and len(other.name) >= _NAME)


# --- growth behind amounts ------------------------------------------------------------------------------------------------


def _growths(passage: Passage, table: _Table, wording: Wording) -> Iterator[Found]:
    """Yield the growth told behind amounts; one that is off, where another of the paragraph agrees with its table."""
    if not any(head.grows for head in table.heads.values()):
        return
    told = [growth for claim, rate in _pairs(passage, wording) for growth in _behind(claim, rate, table)]
    agreeing = [growth for growth in told if _agrees(growth.rate, growth.fact)]
    paths = {growth.rate.fact.pointer.path for growth in agreeing}
    firm = sum(_size(growth.rate.quantity) >= _PAIR for growth in agreeing)
    for growth in told:
        held = growth.rate.fact.pointer.path not in paths and growth.sure and firm
        if growth in agreeing or held:
            yield _told(growth.rate, _as_written(growth))


def _pairs(passage: Passage, wording: Wording) -> Iterator[tuple[Claim, Claim]]:
    """Yield amounts, each with the growth behind it: at once, or with the change of the amount between them."""
    amount: Claim | None = None
    for claim in passage.claims:
        if claim.kind == "level":
            amount = claim if claim.usable and not wording.past.search(claim.before) else None
        elif claim.kind == "growth" and amount is not None:
            near = claim.sentence == amount.sentence and claim.bracket == amount.bracket
            basis = wording.other_basis.search(claim.before) or wording.otherwise_compared.search(claim.before)
            if near and claim.usable and not basis and claim.clause - amount.clause <= _PAIR:
                yield amount, claim
            amount = None
        elif claim.kind != "change":
            amount = None


def _behind(claim: Claim, rate: Claim, table: _Table) -> Iterator[_Growth]:
    """Yield the growth of the one row that has an amount, or that is named before it."""
    found = [
        (row, column)
        for row, column in table.by_size.get(abs(claim.quantity.value), ())
        if not table.heads[column].grows and not table.heads[column].compared and _agrees(claim, row.cells[column])
    ]
    named = [(row, column) for row, column in found if len(row.name) >= _FIRM_NAME and row.name in claim.before]
    longest = max((len(row.name) for row, _ in named), default=0)
    meant = [(row, column) for row, column in named if len(row.name) == longest] or found
    if len({id(row) for row, _ in meant}) != 1 or _size(claim.quantity) < _FIRM:
        return
    cells = {
        c: fact for row, column in meant if (c := _growth_of(column, table.heads)) and (fact := row.cells.get(c)) is not None
    }
    if len(cells) == 1 and (fact := next(iter(cells.values()))).quantity is not None:
        yield _Growth(rate, fact, bool(named) or _size(claim.quantity) > _FIRM or meant[0][0].record.role == "total")


def _growth_of(column: str, heads: Mapping[str, _Head]) -> str:
    """Return the column of growth behind one of amounts, before the next of this year; empty where there is none."""
    columns = list(heads)
    own = heads[column]
    for c in columns[columns.index(column) + 1 :]:
        head = heads[c]
        apart = bool(own.group) and head.group != own.group
        if head.grows and not apart:
            return c
        if apart or not (head.compared or head.grows or own.group == head.group == ""):
            return ""
        if not head.compared and head.label != own.label:
            return ""
    return ""


def _as_written(growth: _Growth) -> Fact:
    """Return the growth of a table with the sign of the text, which says 下降 where the table has a minus or none."""
    quantity = growth.fact.quantity
    if quantity is None or quantity.value >= 0 or growth.rate.quantity.value < 0:
        return growth.fact
    return growth.fact._replace(reading=growth.fact.reading._replace(quantity=quantity._replace(value=-quantity.value)))


# --- figures --------------------------------------------------------------------------------------------------------------


def _told(claim: Claim, fact: Fact) -> Found:
    """Return the place of a figure of a table that a sentence tells, by the name of its column where the words have none."""
    if claim.noun and claim.kind != "growth":
        return same("narrative.figure", claim, fact)
    return same("narrative.figure", claim._replace(noun=fact.pointer.column_label.replace(JOINT, "")), fact)


def _agrees(claim: Claim, fact: Fact) -> bool:
    """Tell whether a figure is that of a cell, whatever its sign: 下降2.5% is -2.5%."""
    quantity = fact.quantity
    if quantity is None or quantity.unit.dimension not in (claim.dimension, ""):
        return False
    told = in_unit_of(claim, fact, quantity).quantity
    return told is not None and told._replace(value=abs(told.value)).interval.meets(
        claim.quantity._replace(value=abs(claim.quantity.value)).interval
    )


def _slips(claim: Claim, fact: Fact) -> bool:
    quantity = fact.quantity
    if quantity is None or quantity.unit.dimension not in (claim.dimension, ""):
        return False
    one, two = digits(claim.quantity), digits(quantity)
    near = len(one) == len(two) >= _FIRM and sum(a != b for a, b in zip(one, two, strict=True)) == 1
    return near or swapped_digits(one, two) or mistyped(one, two)


def _size(quantity: Quantity) -> int:
    return len(digits(quantity).rstrip("0"))
