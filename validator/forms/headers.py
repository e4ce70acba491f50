"""Find the header rows of a table: which row, or which two or three rows together, name the columns of which section.

Comes in: a table and the sections of all forms. Goes out: a `Header` for each place where a section may begin. Which of them
make up which form is decided in `forms.recognise`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from validator.forms import spec
from validator.forms.labels import Matcher, normalise, take_apart
from validator.forms.pairs import Pairs, pairs_in
from validator.model.document import Cell, Table

_DEEPEST = 3
"""Official templates have headers of at most three rows."""
_LONGEST = 20
"""A longer text above a header is no part of it."""
_FIGURE = re.compile(r"[≥≤≧≦<>＜＞=＝+\-]*\d[\d.,，]*\S{0,2}")


class Header(NamedTuple):
    """Rows that name the columns of a section."""

    section: spec.Section
    table: Table
    top: int
    """First row of the header, from 0."""
    row: int
    """Last row of the header."""
    columns: Mapping[str, Cell]
    """The lowest header cell of each column that is there, by column id."""
    pairs: Pairs | None = None
    """Set where there is no header row, and each label stands right before its value."""
    beside: Mapping[str, Cell] | None = None
    """The columns of the other side of an account, right of these: 支出 beside 收入, each with labels of its own."""

    @property
    def borrowed(self) -> bool:
        """Whether it stands in the table before, whose rows go on in this one: it has no row here, and begins at the first."""
        return self.row < 0

    def lent_to(self, table: Table) -> Header:
        """Return the same header for a table that goes on without one."""
        return self._replace(
            table=table, top=0, row=-1, columns={id: cell._replace(row=-1) for id, cell in self.columns.items()}
        )

    def same_as(self, other: Header) -> bool:
        """Tell whether the other header names the same columns of the same section in the same words."""
        return (
            self.section is other.section
            and self.pairs is None
            and self.columns.keys() == other.columns.keys()
            and all(normalise(cell.text) == normalise(other.columns[id].text) for id, cell in self.columns.items())
        )


class _Slot(NamedTuple):
    """What names one column: the lowest cell with a text, and the texts above it, the nearest first."""

    cell: Cell
    above: tuple[str, ...] = ()
    first: bool = True
    """Whether it is the leftmost cell under the one above."""
    split: bool = False
    """Whether a cell beside it, under the same one above, is marked as a part of it (其中)."""


class HeaderFinder:
    """The column labels of every section, compiled."""

    def __init__(self, sections: Iterable[spec.Section]) -> None:
        """`sections`: those with a header row, each once; forms may change the columns of a section that they share."""
        self._sections = tuple(sections)
        self._matchers = {id(section): column_matcher(section) for section in self._sections}
        self._captions = {id(section): Matcher([("caption", section.captions)]) for section in self._sections}
        self._totals = {id(section): _total_matcher(section) for section in self._sections}
        self._known = Matcher(
            (section.id, [label for column in section.columns.values() for label in (column.name, *column.labels)])
            for section in self._sections
        )

    def knows(self, text: str) -> bool:
        """Tell whether a text is the label of a column of any section."""
        return self._known.find(text) is not None

    def find(self, table: Table, rows: Sequence[Sequence[Cell]] | None = None) -> list[Header]:
        """Return the headers of a table from top to bottom. `rows`: what `distinct` gives for each row, when it is at hand."""
        found = list(self._paired(table))
        paired = {r for header in found if header.pairs for r in range(header.pairs.start, header.pairs.end)}
        rows = [distinct(row) for row in table.rows] if rows is None else rows
        known = [sum(map(self.knows, {cell.text for cell in row})) for row in rows]
        for r, row in enumerate(rows):
            if r in paired:
                continue
            if len(row) > 1 and known[r] > 1:
                found += self._satisfied(table, r, r, [_Slot(cell) for cell in row])
            for top in range(max(0, r - _DEEPEST + 1), r):
                if (
                    paired.isdisjoint(range(top, r))
                    and sum(known[top : r + 1]) > 1
                    and known[top]
                    and _may_be_one_header(rows[top : r + 1], r)
                ):
                    found += self._satisfied(table, top, r, list(_slots(table, top, r)))
        return _fullest(found)

    def _paired(self, table: Table) -> Iterator[Header]:
        """Find the sections of one total whose labels each stand before their value."""
        for section in self._sections:
            if section.default_role == "item" or not any(row.role == "total" for row in section.rows):
                continue
            for pairs in pairs_in(table, self._matchers[id(section)].find):
                if satisfies(section, pairs.labels):
                    yield Header(section, table, pairs.start, pairs.start, pairs.labels, pairs)

    def _satisfied(self, table: Table, top: int, row: int, slots: Sequence[_Slot]) -> Iterator[Header]:
        for section in self._sections:
            columns, beside = self._sides(section, slots, row, self._columns(section, slots, row))
            if satisfies(section, columns):
                if self._comes_again(section, slots):
                    continue
                columns = {id: cell for id, cell in columns.items() if not _splits(section.columns[id], table, cell)}
            if satisfies(section, columns) and (top == row or any(cell.row == row for cell in columns.values())):
                first = min(top, *(cell.row for cell in columns.values()))
                yield Header(section, table, first, row, columns, beside=beside if section.generic else None)

    def _comes_again(self, section: spec.Section, slots: Sequence[_Slot]) -> bool:
        """Tell whether all columns behind the label come again in the same order: those of another year, which no form has."""
        keys = [self._key(section, slot, "") for slot in slots]
        first = next((n for n, key in enumerate(keys) if key and section.columns[key].type != "label"), len(keys))
        named = keys[first:]
        size = len(set(named))
        return 1 < size < len(named) and None not in named and named == named[:size] * (len(named) // size)

    def _sides(
        self, section: spec.Section, slots: Sequence[_Slot], last: int, columns: dict[str, Cell]
    ) -> tuple[dict[str, Cell], dict[str, Cell] | None]:
        """Leave out the columns that stand beside other labels than those found: 收入 beside 支出, each with its figures.

        Goes out: the columns of the first side, and those of the second where they are the same ones.
        """
        labels = [id for id, column in section.columns.items() if column.unlabelled == "first"]
        label = columns.get(labels[0]) if labels else None
        if label is None:
            return columns, None
        others = (slot.cell.col for slot in slots if slot.cell.col > label.col and self._key(section, slot, "") == labels[0])
        end = next(others, None)
        if end is None and all(cell.col >= label.col for cell in columns.values()):
            return columns, None
        own = self._columns(
            section, [slot for slot in slots if label.col <= slot.cell.col and (end is None or slot.cell.col < end)], last
        )
        if not satisfies(section, own):
            return columns, None
        beside = self._columns(section, [slot for slot in slots if end is not None and slot.cell.col >= end], last)
        return own, beside if beside.keys() == own.keys() else None

    def _columns(self, section: spec.Section, slots: Sequence[_Slot], last: int) -> dict[str, Cell]:
        """Return the header cell of each column that these cells name, in a header that ends with row `last`.

        The caption of the block gives way to a column of its name: it is known by its words, or reaches down beside the rows.
        It names a column of its own (绩效指标, 目标值, 得分) only where the rows have no groups. Of two rates the one
        behind the amount that it divides is that of the section, not one before it: 完成任务 完成率 预算数 执行数 执行率.
        """
        captions = self._captions[id(section)]
        divided = {quotient.column: quotient.of for quotient in section.quotients}
        columns: dict[str, Cell] = {}
        whole = ""
        for slot in slots:
            among = take_apart(slot.cell.text).among
            key = self._key(section, slot, whole)
            if not among:
                whole = slot.cell.text
            if key in columns and (again := section.columns[key].again) and columns[key] is not slot.cell:
                key = again
            held = columns.get(key) if key is not None else None
            if key is not None and (
                held is None
                or held.row + held.row_span > last + 1
                or captions.find(held.text)
                or (key in divided and divided[key] in columns and held.col < columns[divided[key]].col < slot.cell.col)
            ):
                columns[key] = slot.cell
        grouped = any(section.columns[id].type == "group" for id in columns)
        return {
            id: cell
            for id, cell in columns.items()
            if not (grouped and section.columns[id].type == "name" and captions.find(cell.text))
        }

    def _key(self, section: spec.Section, slot: _Slot, whole: str) -> str | None:
        """Return the column that a header cell names, by the words above it and beside it as far as they are needed."""
        find = self._matchers[id(section)].find
        label = take_apart(slot.cell.text)
        if label.among:
            for owner in (*slot.above, whole):
                if owner and (key := find(f"{normalise(owner)}中{label.text}")):
                    return key
        for words in _paths(slot):
            if key := find("".join(words)):
                return key
        if slot.above and ((slot.first and slot.split) or self._totals[id(section)].find(slot.cell.text)):
            return find(slot.above[0])
        return None


def column_matcher(section: spec.Section) -> Matcher:
    """Return the matcher from header labels to column ids of a section."""
    return Matcher((id, (column.name, *column.labels)) for id, column in section.columns.items())


def _total_matcher(section: spec.Section) -> Matcher:
    """Return the matcher of the words for a total in a section: below 预算数 the column 小计 is the budget."""
    return Matcher((row.role, row.labels) for row in section.rows if row.role in ("total", "subtotal"))


def satisfies(section: spec.Section, columns: Mapping[str, Cell]) -> bool:
    """Tell whether these columns make a row the header of a section."""
    need = 1 if len(section.requires) < 2 and len(section.columns) < 3 else 2
    return (
        len(columns) >= need
        and bool(section.requires)
        and all(any(id in columns for id in group) for group in section.requires)
    )


def distinct(row: Sequence[Cell | None]) -> list[Cell]:
    """Return the cells of a row that say something, each once, those that reach down from above included."""
    return [cell for cell in dict.fromkeys(row) if cell is not None and cell.text]


def _may_be_one_header(rows: Sequence[Sequence[Cell]], last: int) -> bool:
    """Tell whether rows can make up one header: each brings texts of its own, none of them a figure."""
    if not any(cell.row == last for cell in rows[-1]):
        return False
    return not any(_FIGURE.fullmatch(cell.text) for row in rows for cell in row)


def _slots(table: Table, top: int, last: int) -> Iterator[_Slot]:
    """Yield what names each column of a header of several rows, from left to right."""
    owners = [_spread(table, r) for r in range(top, last)]
    columns: list[tuple[Cell, tuple[Cell, ...]]] = []
    for c in range(table.columns):
        stack = [cell for cell in (*(row.get(c) for row in owners), table.at(last, c)) if cell is not None and cell.text]
        if not stack:
            continue
        lowest = stack[-1]
        above = tuple(dict.fromkeys(cell for cell in reversed(stack[:-1]) if cell is not lowest))
        if not columns or columns[-1][0] is not lowest:
            columns.append((lowest, above))
    for n, (cell, above) in enumerate(columns):
        family = [other for other, owner in columns if above and owner and owner[0] is above[0]]
        first = not above or n == 0 or columns[n - 1][1][:1] != above[:1]
        split = any(take_apart(other.text).among for other in family)
        yield _Slot(cell, tuple(owner.text for owner in above), first, split)


def _splits(column: spec.Column, table: Table, cell: Cell) -> bool:
    """Tell whether a label stands over several labels that each name a column of amounts: it heads a band, and names none."""
    below = cell.row + cell.row_span
    if column.type != "amount" or below >= len(table.rows):
        return False
    under = [table.at(below, c) for c, owner in _spread(table, below - 1).items() if owner is cell]
    labels = {label for label in under if label is not None and label.text}
    return len({normalise(label.text) for label in labels}) > 1 and not any(
        any(map(str.isdigit, label.text)) for label in labels
    )


def _spread(table: Table, row: int) -> dict[int, Cell]:
    """Return the cell of each column in an upper row.

    Where spans were lost, a label reaches over the blank slots to its right as far as labels stand below them.
    """
    spread: dict[int, Cell] = {}
    reach: Cell | None = None
    for c in range(table.columns):
        cell = table.at(row, c)
        if cell is not None and cell.text:
            reach = cell
            spread[c] = cell
        elif reach is not None and (below := table.at(row + 1, c)) is not None and below.text:
            spread[c] = reach
        else:
            reach = None
    return spread


def _paths(slot: _Slot) -> Iterator[tuple[str, ...]]:
    """Yield the labels that a header cell may stand for: with the words above it in any order, then alone."""
    own = normalise(slot.cell.text)
    above = [label for text in slot.above if len(label := normalise(text)) <= _LONGEST]
    for count in range(len(above), 0, -1):
        yield from permutations((own, *above[:count]))
    yield (slot.cell.text,)


def _fullest(headers: Sequence[Header]) -> list[Header]:
    """Where rows that overlap or touch were taken for headers of one section, keep the one with the most columns."""
    ranked = sorted(headers, key=_weight, reverse=True)
    kept: list[Header] = []
    beaten: list[Header] = []
    for header in ranked:
        rivals = (h for h in (*kept, *beaten) if h.section is header.section)
        (beaten if any(_touch(rival, header) for rival in rivals) else kept).append(header)
    return sorted(kept, key=lambda header: header.top)


def _touch(one: Header, other: Header) -> bool:
    return one.top <= other.row + 1 and other.top <= one.row + 1


def _weight(header: Header) -> tuple[int, int, int]:
    """Rank headers: more columns, then fewer rows, then the lower one."""
    return len(header.columns), header.top - header.row, header.row
