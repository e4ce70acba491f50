"""Sums of money that a form states outside its blocks, each label before its figure: 年度资金总额 80, 其中：财政拨款 75.

Comes in: the rows of a form that are in no block, or the lines of a text. Goes out: for each sum its rows, and the table
that they make. A sum of which not all rows are understood is none, and so is one with a source that may be a part of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from validator.forms.alike import Row, Told, complete_lists, names_of, sums_of_sums
from validator.forms.headers import distinct
from validator.forms.labels import Matcher, normalise, take_apart
from validator.forms.ordinals import ordinal_of
from validator.forms.outlined import outlined, unmarked
from validator.forms.pairs import is_amount, labelled, texts_of
from validator.forms.regions import Span
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.spec import Section
from validator.model.document import Cell, Paragraph, Table

_LONGEST_LINE = 60
_APART = re.compile(r"\s*[\t|]\s*|\s{2,}|^\s+|\s+$")
"""What parts the cells of a line."""
_FEWEST_ROWS = 3
"""A total and two of its parts: 其中 with one alone says what is among others."""
_REST = "other"
"""Row of a section that stands for every source it doesn't name."""
_DIGIT = re.compile(r"\d")
_WIDEST = 4
"""Cells of a row to which no more figures are added: it is none of a label and its figure any more."""
_ROWS_ABOVE = 2
"""Rows above a sum in which its unit may stand."""


class Sum(NamedTuple):
    """One or more totals side by side, and below them their parts."""

    rows: Span
    """Where they stand."""
    table: Span
    """The same as a table of their own: label and figure in turn."""


class Sources:
    """The names of totals and of the sources of money, as a section has them."""

    def __init__(self, section: Section) -> None:
        """`section`: one that splits a total up into parts that it names."""
        self._roles = Matcher((row.role, row.labels) for row in section.rows)
        self._kinds = Matcher((row.id, row.labels) for row in section.rows)
        self._title = section.title.zh
        self._within = {row.id: row.within for row in section.rows}

    def sums(self, spans: Iterable[Span]) -> Iterator[Sum]:
        """Yield the sums in some rows: a total with a row for each part below it, or all of them in one row."""
        for span in spans:
            lines, cells = _rows_of(span)
            rows, firsts = self._side_by_side(list(map(labelled, cells)))
            starts = [lines[n] for n in firsts]
            told = list(self._told(rows))
            complete = complete_lists(told)
            for each in told:
                place = Span(span.table, starts[each.start], starts[each.end])
                tells_all = self._tells_all(each.rows) or names_of(each.rows) in complete
                yield _sum(place, each.rows, self._title, tells_all=tells_all)
            for outer in sums_of_sums(rows, told):
                place = Span(span.table, starts[outer.start], starts[outer.end])
                yield Sum(place, _span(place, outer.table(span.table)))

    def _told(self, rows: Sequence[Row]) -> Iterator[Told]:
        """Yield the sums in some rows; several may stand in one row."""
        r = 0
        while r < len(rows):
            found = self._sum_from(rows, r)
            inside = [] if found else [[pair] for pair in rows[r]]
            across = (self._sum_from(inside, n) for n in range(len(inside)))
            told = (each for each in across if all(figure for ((_, figure),) in each))
            end = r + (len(found) or 1)
            yield from (Told(r, end, each) for each in ([found] if found else filter(None, told)))
            r = end

    def _side_by_side(self, rows: Sequence[Row]) -> tuple[list[Row], list[int]]:
        """Put totals on lines of their own into one row where each of their parts comes once for each: 其中：财政拨款 twice.

        Goes out with the rows: where each of them began, and behind the last one where all end.
        """
        put: list[Row] = []
        starts: list[int] = []
        r, width = 0, 1
        rows = list(map(self._without_codes, rows))
        while r < len(rows):
            totals = sum(1 for _ in takewhile(self._is_total, rows[r:]))
            if totals > 1 and _are_one_part(rows[r + totals : r + 2 * totals], totals):
                width = totals
            elif not _are_one_part(rows[r : r + width], width):
                width = 1
            put.append([*chain.from_iterable(rows[r : r + width])])
            starts.append(r)
            r += width
        return put, [*starts, len(rows)]

    def _is_total(self, row: Row) -> bool:
        """Tell whether a row is nothing but a total and its figure."""
        return len(row) == 1 and row[0][1] is not None and self._names_total(row[0][0])

    def _names_total(self, label: Cell) -> bool:
        return self._roles.find("".join(label.text.split()[-1:])) == "total"

    def _sum_from(self, rows: Sequence[Row], start: int) -> list[Row]:
        """Return the rows of the sum that begins with a row; nothing where none does."""
        totals = [pair for pair in rows[start] if pair[1] is not None]
        if not totals or not all(self._names_total(label) for label, _ in totals):
            return []
        found = [totals]
        end = start + 1
        while end < len(rows) and self._goes_on(found, rows[end]):
            found.append(rows[end])
            end += 1
        behind = rows[end] if end < len(rows) else []
        nested = self._is_nested(found)
        return found if len(found) >= _FEWEST_ROWS and not nested and not self._may_go_on(behind) else []

    def _tells_all(self, found: Sequence[Row]) -> bool:
        """Tell whether the parts are all there are: they are numbered, or the last is whatever else there is."""
        label = found[-1][0][0].text
        return ordinal_of(label).number > 0 or self._kinds.find(label) == _REST

    def _may_go_on(self, behind: Row) -> bool:
        """Tell whether a row right behind a sum may be a part of it that is not understood: 其他资金 5（含捐赠）."""
        known = (figure or self._roles.find(_DIGIT.split(label.text)[0]) for label, figure in behind)
        return any(known) and not self._is_total(behind)

    def _goes_on(self, above: Sequence[Row], parts: Row) -> bool:
        """Tell whether a row names the next part of the totals: behind 其中, or the next of those that are numbered."""
        if len(parts) != len(above[0]) or any(figure is None and _DIGIT.search(label.text) for label, figure in parts):
            return False
        label, before = parts[0][0].text, above[-1][0][0].text
        role, among = self._roles.find(label), take_apart(label).among
        number, last = ordinal_of(label), ordinal_of(before)
        if role == "total" or len({normalise(other.text) for other, _ in parts}) > 1:
            return False
        if len(above) == 1:
            return among or number.number == 1
        return (
            number == last._replace(number=last.number + 1)
            if last.number
            else role is not None and not (among and self._kinds.find(label) != _REST)
        )

    def outlined_sums(self, spans: Iterable[Span]) -> Iterator[Sum]:
        """Yield the sums of numbered rows that have numbered rows below them, and totals right above all their sources."""
        for span in spans:
            lines, cells = _rows_of(span)
            rows = [self._without_codes(labelled(row)) for row in cells]
            for numbered in outlined(rows, self._role_of_last):
                place = Span(span.table, lines[numbered.start], lines[numbered.end])
                yield _sum(place, numbered.rows, self._title, tells_all=True)
            apart = [(start, [pair]) for start, row in zip(lines, rows, strict=False) for pair in row]
            for listed in unmarked([row for _, row in apart], self._role_of_last, self._kinds.find, _REST):
                if not self._is_nested(listed.rows) and not take_apart(listed.rows[1][0][0].text).among:
                    place = Span(span.table, apart[listed.start][0], apart[listed.end - 1][0] + 1)
                    yield _sum(place, listed.rows, self._title, tells_all=False)

    def _is_nested(self, found: Sequence[list[tuple[Cell, Cell | None]]]) -> bool:
        """Tell whether one of the parts of a sum may be a part of another of them."""
        kinds = {self._kinds.find(row[0][0].text) or "" for row in found[1:]}
        return any(not kinds.isdisjoint(self._within.get(kind, ())) for kind in kinds)

    def _role_of_last(self, text: str) -> str | None:
        """Return the role of the last word of a label: a caption may stand before it."""
        return self._roles.find("".join(text.split()[-1:]))

    def _without_codes(self, row: list[tuple[Cell, Cell | None]]) -> list[tuple[Cell, Cell | None]]:
        """Leave out what is no money though it has a figure: 财政资金科目代码 21305 beside 财政资金 65."""
        return [pair for pair in row if self._roles.find(pair[0].text) != "group"]


def _rows_of(span: Span) -> tuple[list[int], list[list[Cell]]]:
    """Return the cells of each row, and where it begins, with the end behind the last.

    In a table restored from text a figure alone belongs to the row before it.
    """
    starts: list[int] = []
    rows: list[list[Cell]] = []
    for r in range(span.start, span.end):
        cells = [cell for cell in texts_of(span.table.rows[r], r) if shape_of(cell.text) is not Shape.DASH]
        if span.table.inferred and rows and len(cells) == 1 and is_amount(cells[0].text) and len(rows[-1]) < _WIDEST:
            rows[-1] += cells
        else:
            starts.append(r)
            rows.append(cells)
    return [*starts, span.end], rows


def _are_one_part(rows: Sequence[Row], count: int) -> bool:
    """Tell whether rows are as many as that, each with one and the same label."""
    names = {normalise(row[0][0].text) if len(row) == 1 else "" for row in rows}
    return len(rows) == count and len(names) == 1 and all(names)


def _cells_of(text: str) -> list[str]:
    """Return the cells of a line: words where they are labels and figures in turn, else what wider gaps part."""
    words = text.split()
    figures = [is_amount(word) for word in words]
    in_turn = len(words) >= _WIDEST and figures == [n % 2 == 1 for n in range(len(words))]
    return words if in_turn else _APART.split(text)


def as_rows(lines: Sequence[Paragraph]) -> Span:
    """Return lines of text, and the words of long ones, as the rows of a table; a figure alone belongs to the row before it."""
    rows: list[list[Cell]] = []
    for line in lines:
        pieces = [_cells_of(line.text)] if len(line.text) <= _LONGEST_LINE else [[word] for word in line.text.split()]
        for texts in pieces:
            cells = [Cell(text, 0, 0, line.address) for text in texts if text]
            if len(cells) == 1 and rows and is_amount(cells[0].text):
                rows[-1] += cells if len(rows[-1]) < _WIDEST else []
            elif cells:
                rows.append(cells)
    width = max(map(len, rows), default=0)
    placed = [[cell._replace(row=r, col=c) for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    table = Table("", [[*row, *([None] * (width - len(row)))] for row in placed], style="text")
    return Span(table, 0, len(rows))


def _sum(place: Span, found: Sequence[Row], title: str, *, tells_all: bool) -> Sum:
    """Return a sum; its columns have the title of the section, to which the labels of the totals lend their place."""
    header: list[Cell | None] = [label._replace(text=title) for label, _ in found[0] for _ in range(2)]
    rows = [
        [cell and cell._replace(row=r, col=c, row_span=1, col_span=1) for c, cell in enumerate(row)]
        for r, row in enumerate([header, *(list(chain.from_iterable(row)) for row in found)])
    ]
    own = place.table
    open_rows = frozenset[int]() if tells_all else frozenset({len(rows) - 1})
    table = Table(own.name, rows, number=own.number, style=own.style, inferred=own.inferred, open_rows=open_rows)
    return Sum(place, _span(place, table))


def _span(place: Span, table: Table) -> Span:
    """Return the span of the table of a sum, with what stands above its place."""
    above = range(max(0, place.start - _ROWS_ABOVE), place.start + 1)
    texts = tuple(cell.text for r in above for cell in distinct(place.table.rows[r]))
    return Span(table, 0, len(table.rows), texts, sum=True)
