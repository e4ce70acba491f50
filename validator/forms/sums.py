"""Sums of money that a form states outside its blocks, each label before its figure: 年度资金总额 80, 其中：财政拨款 75.

Comes in: the rows of a form that are in no block, or the lines of a text. Goes out: for each sum its rows, and the table
that they make. A sum of which not all rows are understood is none, and so is one with a source that may be a part of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from validator.forms.headers import distinct
from validator.forms.labels import Matcher, normalise, take_apart
from validator.forms.ordinals import ordinal_of
from validator.forms.pairs import labelled, texts_of
from validator.forms.regions import Span
from validator.forms.spec import Section
from validator.forms.unknown import is_figure
from validator.model.document import Cell, Paragraph, Table

_LONGEST_LINE = 60
_APART = re.compile(r"\s*[\t|]\s*|\s{2,}|^\s+|\s+$")
"""What parts the cells of a line."""
_ROWS_ABOVE = 2
"""Rows above a sum in which its unit may stand."""

_Row = list[tuple[Cell, Cell | None]]
"""Labels, each with the figure behind it if there is one."""


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
        """Yield the sums in some rows."""
        for span in spans:
            start = span.start
            while start < span.end:
                found = self._rows_from(span, start)
                if len(found) > 1:
                    yield _sum(span, start, found, self._title)
                start += max(len(found), 1)

    def _rows_from(self, span: Span, start: int) -> list[_Row]:
        """Return the rows of the sum that begins with a row; nothing where none does."""
        totals = [pair for pair in _pairs(span, start) if pair[1] is not None]
        if not totals or any(self._roles.find(label.text.split()[-1]) != "total" for label, _ in totals):
            return []
        found = [totals]
        while len(parts := _pairs(span, start + len(found))) == len(totals) and self._goes_on(found, parts):
            found.append(parts)
        kinds = {self._kinds.find(row[0][0].text) or "" for row in found[1:]}
        is_open = any(figure for _, figure in parts) or any(not kinds.isdisjoint(self._within.get(kind, ())) for kind in kinds)
        return [] if is_open else found

    def _goes_on(self, above: Sequence[_Row], parts: _Row) -> bool:
        """Tell whether a row names the next part of the totals: behind 其中, or the next of those that are numbered."""
        label, before = parts[0][0].text, above[-1][0][0].text
        role, among = self._roles.find(label), take_apart(label).among
        number, last = ordinal_of(label), ordinal_of(before)
        if role == "total" or len({normalise(other.text) for other, _ in parts}) > 1:
            return False
        if len(above) == 1:
            return among or number.number == 1
        return number == last._replace(number=last.number + 1) if last.number else role is not None and not among


def _pairs(span: Span, r: int) -> _Row:
    return labelled(texts_of(span.table.rows[r], r)) if r < span.end else []


def as_rows(lines: Sequence[Paragraph]) -> Span:
    """Return lines of text as the rows of a table; a figure alone belongs to the line before it."""
    rows: list[list[Cell]] = []
    for line in lines:
        texts = [text for text in _APART.split(line.text) if text] if len(line.text) <= _LONGEST_LINE else []
        cells = [Cell(text, 0, 0, line.address) for text in texts]
        if len(cells) == 1 and rows and is_figure(cells[0]):
            rows[-1] += cells
        elif cells:
            rows.append(cells)
    width = max(map(len, rows), default=0)
    placed = [[cell._replace(row=r, col=c) for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    table = Table("", [[*row, *([None] * (width - len(row)))] for row in placed], style="text")
    return Span(table, 0, len(rows))


def _sum(span: Span, start: int, found: Sequence[_Row], title: str) -> Sum:
    """Return a sum; its columns have the title of the section, to which the labels of the totals lend their place."""
    header: list[Cell | None] = [label._replace(text=title) for label, _ in found[0] for _ in range(2)]
    rows = [
        [cell and cell._replace(row=r, col=c, row_span=1, col_span=1) for c, cell in enumerate(row)]
        for r, row in enumerate([header, *(list(chain.from_iterable(row)) for row in found)])
    ]
    own = span.table
    table = Table(own.name, rows, number=own.number, style=own.style, inferred=own.inferred)
    above = range(max(span.start, start - _ROWS_ABOVE), start + 1)
    texts = tuple(cell.text for r in above for cell in distinct(own.rows[r]))
    return Sum(Span(own, start, start + len(found)), Span(table, 0, len(rows), texts, sum=True))
