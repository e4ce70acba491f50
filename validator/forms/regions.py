"""Cut a document into regions, one for each form that may be in it: at titles, and where a block comes a second time.

Comes in: a document. Goes out: `Region` records with the headers found in them. A header row that is repeated on a new page
begins nothing. Which form a region holds is decided in `forms.recognise`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from validator.forms import spec
from validator.forms.headers import Header, HeaderFinder, distinct
from validator.forms.labels import Matcher, continues, heads, normalise
from validator.model.document import Cell, Document, Note, Paragraph, Table

TITLE_LENGTH = 80
"""A longer text is a sentence, or a row that lost its cells."""
_SENTENCE = frozenset("。；;，,！!？?\t")
_LINES_ABOVE = 3
_CELL_ENDS = " |\t\u3000\xa0"
_SHORT = 60
_MOST_BESIDE = 2
"""As many cells may stand beside a title: a unit, an annex number."""
_OF_NUMBERS = "0123456789.,，%％ "
_HEAD_ROWS = 8
"""How far above its first block the fields of a form may begin."""
_FEWEST_FILLED = 3
"""A row of a list fills as many of its columns."""
_LEADING_CELLS = 3
"""A group word is among so many cells at the beginning of a row."""
_DIGIT = re.compile(r"\d")
_UNHEADED = "从这里起的各行像是上一张表的续表，但没有表头，栏数也对不上，没有读取；有关合计未作判断。"


class Span(NamedTuple):
    """Rows of one table: from `start` up to, not including, `end`."""

    table: Table
    start: int
    end: int
    above: tuple[str, ...] = ()
    """The short lines right above the table, when the span begins with it: its title, and often 单位：万元."""
    rest: bool = False
    """Whether it is the block of a form with columns of figures that the form doesn't know."""
    sum: bool = False
    """Whether its first row is known to be the sum of the others."""


@dataclass(slots=True)
class Region:
    """What stands between one title and the next."""

    title: str
    spans: list[Span] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    """Where blocks begin, by table and row; one row may be a header of several sections."""
    repeated: set[tuple[int, int]] = field(default_factory=set)
    """Rows, as id of the table and number, that only repeat a header or a title."""
    broken_off: dict[tuple[int, int], Note] = field(default_factory=dict)
    """Blocks whose rows go on in a table that can't be read, by id of the table and row of the header."""
    _texts: frozenset[str] | None = None

    @property
    def texts(self) -> frozenset[str]:
        """What stands in the cells."""
        if self._texts is None:
            rows = (span.table.rows[r] for span in self.spans for r in range(span.start, span.end))
            self._texts = frozenset(cell.text for row in rows for cell in row if cell is not None)
        return self._texts


class Cutter:
    """What is needed to cut: titles, headers, the labels that a form begins with."""

    def __init__(self, forms: Iterable[tuple[spec.Form, Sequence[spec.Section]]]) -> None:
        """`forms`: each form with its sections resolved."""
        forms = tuple(forms)
        sections = {id(section): section for _, own in forms for section in own}
        # What may follow a title (`*` at the end) is a year, a number, the name of a project: `heads` takes that off.
        # More words than that make a sentence about the form.
        self._titles = Matcher((form.id, [title.rstrip("*") for title in form.recognise.titles]) for form, _ in forms)
        self._finder = HeaderFinder(section for section in sections.values() if section.layout == "table")
        self._fields = Matcher(
            (id, (column.name, *column.labels))
            for section in sections.values()
            if section.layout == "fields"
            for id, column in section.columns.items()
        )
        self._rows = {id(section): Matcher((row.role, row.labels) for row in section.rows) for section in sections.values()}
        self._groups = {id(section): section.group_words for section in sections.values()}

    def cut(self, document: Document) -> list[Region]:
        """Return the regions that hold tables, in reading order."""
        walk = _Walk()
        for block in document.blocks:
            if isinstance(block, Table):
                self._cut_table(block, walk)
            elif self.is_title(block.text):
                walk.open(_one_line(block.text))
            else:
                walk.add(block)
        return _joined(walk.regions, self.names_project)

    def blocks_in(self, table: Table) -> tuple[frozenset[str], ...]:
        """Return, for each row of a table in which a header begins, the sections that it may be the header of."""
        found: dict[int, set[str]] = {}
        for header in self._finder.find(table, [distinct(row) for row in table.rows]):
            found.setdefault(header.top, set()).add(header.section.id)
        return tuple(frozenset(ids) for _, ids in sorted(found.items()))

    def is_title(self, text: str) -> bool:
        """Tell whether a text is the title of a form, and not a sentence that mentions one."""
        text = _one_line(text)
        if not text or len(text) > TITLE_LENGTH or text.endswith(("：", ":")) or not _SENTENCE.isdisjoint(text):
            return False
        return any(self._titles.find(head) for head in heads(text))

    def _cut_table(self, table: Table, walk: _Walk) -> None:
        rows = [distinct(row) for row in table.rows]
        headers: dict[int, list[Header]] = {}
        for header in self._finder.find(table, rows):
            headers.setdefault(header.top, []).append(header)
        titles = {r: cell for r, row in enumerate(rows) if (cell := self._title_in(row, r)) is not None}
        resumed = {r for r, row in enumerate(rows) if _resumes(row, r)}
        if table.style == "a1" and self.is_title(table.name) and not any(r < _HEAD_ROWS for r in titles):
            walk.open(table.name)
        start = 0
        marks = sorted({*headers, *titles, *resumed})
        self._carry_on(table, rows[: marks[0] if marks else len(rows)], walk)
        for r in marks:
            title = titles.get(r)
            found = headers.get(r, [])
            if r in resumed and walk.last:
                walk.region.repeated.add((id(table), r))
                continue
            if title is not None:
                if not (start == 0 and _heads_title(rows[:r])):
                    walk.close_span(table, start, r)
                    start = r
                walk.open(_one_line(title.text))
            if not found:
                continue
            again = next((h for h in _likeliest(found) if h.section.id in walk.seen and not h.section.multiple), None)
            if again is not None and self._continues(again, walk, headers):
                walk.repeat(again, found)
                continue
            if again is not None:
                cut = self._start_of_form(table, r, start)
                walk.close_span(table, start, cut)
                walk.open("")
                start = cut
            walk.begin(found)
        walk.close_span(table, start, len(table.rows))

    def _carry_on(self, table: Table, rows: Sequence[Sequence[Cell]], walk: _Walk) -> None:
        """Go on with a list of indicators whose rows a page break left, without a header, in a table right behind the first.

        `rows`: those above anything that begins a block or a form.
        """
        told = [row for row in rows if row]
        lists = [h for h in walk.last if h.table is walk.table and h.pairs is None and h.section.groups]
        if not told or table.style == "a1" or any(text.strip() and not continues(text) for text in walk.since):
            return
        open_lists = [h for h in lists if not self._has_total(h.section, Span(h.table, h.row + 1, len(h.table.rows)))]
        fitting = [h for h in open_lists if _fits(h, table, told[0]) and _reaches_end(h)]
        if fitting:
            walk.borrow([header.lent_to(table) for header in fitting])
            return
        for header in open_lists:
            if any(self._lists(header.section, row) for row in told):
                walk.region.broken_off[id(header.table), header.row] = Note(_UNHEADED, told[0][0].address)

    def _lists(self, section: spec.Section, row: Sequence[Cell]) -> bool:
        """Tell whether a row looks like one of a list: a word of its groups at the beginning, and a figure behind it."""
        heading, rest = row[:_LEADING_CELLS], row[_LEADING_CELLS - 1 :]
        grouped = any(normalise(cell.text) in self._groups[id(section)] for cell in heading)
        return grouped and any(_DIGIT.search(cell.text) for cell in rest)

    def _title_in(self, cells: Sequence[Cell], r: int) -> Cell | None:
        """Return the cell of a row that is the title of a form; beside it only remarks such as 单位：万元 may stand."""
        if len(cells) > _MOST_BESIDE + 1:
            return None
        found = [cell for cell in cells if cell.row == r and self.is_title(cell.text)]
        if len(found) != 1:
            return None
        return found[0] if all(cell is found[0] or self._is_remark(cell.text) for cell in cells) else None

    def _is_remark(self, text: str) -> bool:
        before, _, after = text.replace(":", "：").partition("：")
        return bool(after.strip()) and self._fields.find(before) is None and not self._finder.knows(before)

    def _continues(self, header: Header, walk: _Walk, headers: Mapping[int, Sequence[Header]]) -> bool:
        """Tell whether a header row only repeats the one above it, on a new page or at the head of the rest of a table."""
        last, table = next((h for h in walk.last if header.same_as(h)), None), header.table
        if last is None or (last.table is not table and table.style == "a1"):
            return False
        start = last.row + 1 if last.table is table else 0
        if self._start_of_form(table, header.top, start) != header.top or any(map(self.names_project, walk.since)):
            return False
        above = Span(last.table, last.row + 1, header.top if last.table is table else len(last.table.rows))
        walk.total = walk.total or self._has_total(header.section, above)
        if not walk.total:
            return True
        below = Span(table, header.row + 1, min((r for r in headers if r > header.row), default=len(table.rows)))
        return header.section.default_role != "item" and not self._has_total(header.section, below)

    def _has_total(self, section: spec.Section, span: Span) -> bool:
        rows = self._rows[id(section)]
        return any(
            rows.find(cell.text) == "total" for r in range(span.start, span.end) for cell in distinct(span.table.rows[r])[:3]
        )

    def _start_of_form(self, table: Table, header: int, start: int) -> int:
        """Return the row where a form whose block comes again begins: the nearest 项目名称 above, else the header."""
        for r in range(header - 1, max(start, header - _HEAD_ROWS) - 1, -1):
            cells = distinct(table.rows[r])
            named = (n for n, cell in enumerate(cells) if self.names_project(cell.text))
            if any(not _is_number(cells[n + 1 : n + 2]) for n in named):
                return r
        return header

    def names_project(self, text: str) -> bool:
        """Tell whether a text is, or begins with, the label of the project's name."""
        return self._fields.find(text.replace(":", "：").partition("：")[0]) == "project"


class _Walk:
    """Where the cutter stands in a document."""

    def __init__(self) -> None:
        self.regions = [Region("")]
        self.seen: set[str] = set()
        """Sections that have begun since the region did."""
        self.last: Sequence[Header] = ()
        """The last header in the region, in each of its readings."""
        self.total = False
        """Whether a total row stands in the last block."""
        self.since: list[str] = []
        """Lines of text since that header."""
        self.table: Table | None = None
        """The table before."""
        self._above: list[str] = []

    @property
    def region(self) -> Region:
        return self.regions[-1]

    def open(self, title: str) -> None:
        """Begin a region."""
        self.regions.append(Region(title))
        self.seen, self.last, self.total = set(), (), False
        self._above = [*self._above, title][-_LINES_ABOVE:]

    def add(self, paragraph: Paragraph) -> None:
        """Add a line of text."""
        self.region.paragraphs.append(paragraph)
        self.since.append(paragraph.text)
        self._above = [*self._above, paragraph.text.strip()][-_LINES_ABOVE:]

    def close_span(self, table: Table, start: int, end: int) -> None:
        """Add rows of a table to the region."""
        if start < end:
            above = () if start else tuple(text for text in self._above if text and len(text) <= _SHORT)
            self.region.spans.append(Span(table, start, end, above))
        if end == len(table.rows):
            self._above, self.table = [], table

    def begin(self, headers: Sequence[Header]) -> None:
        """Begin a block: `headers` are the readings of one header, by different sections."""
        self.region.headers += headers
        self.last, self.since, self.total = headers, [], False
        self.seen.update(header.section.id for header in _likeliest(headers))

    def borrow(self, headers: Sequence[Header]) -> None:
        """Go on with a block in the table after it, which has no header of its own."""
        self.region.headers += headers
        self.last, self.since = headers, []

    def repeat(self, again: Header, headers: Sequence[Header]) -> None:
        """Go on with a block in whose table, or in the table after it, the header is repeated."""
        table = again.table
        first = next(h for h in reversed(self.region.headers) if h.section is again.section)
        if first.table is table:
            heading = {cell.text for r in range(max(0, first.top - _HEAD_ROWS), first.top) for cell in distinct(table.rows[r])}
            top = again.top
            while top > first.row + 1 and {cell.text for cell in distinct(table.rows[top - 1])} <= heading:
                top -= 1
            self.region.repeated |= {(id(table), r) for r in range(top, again.row + 1)}
        else:
            self.region.headers += headers
        self.last, self.since = headers, []


def _likeliest(headers: Sequence[Header]) -> list[Header]:
    """Return the readings of a header that take most of its columns."""
    most = max((len(header.columns) for header in headers), default=0)
    return [header for header in headers if len(header.columns) == most]


def _fits(header: Header, table: Table, row: Sequence[Cell]) -> bool:
    """Tell whether a row has the shape of those under a header: as many columns, and cells that begin where the header's do."""
    starts = {cell.col for cell in header.columns.values()}
    return table.columns == header.table.columns and sum(cell.col in starts for cell in row) >= min(_FEWEST_FILLED, len(starts))


def _reaches_end(header: Header) -> bool:
    """Tell whether the rows under a header go down to the end of their table."""
    rows = (distinct(row) for row in reversed(header.table.rows[header.row + 1 :]))
    last = next(filter(None, rows), None)
    return last is not None and _fits(header, header.table, last)


def _heads_title(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether rows above a title belong to it: an annex number, 单位：万元, and no more than that."""
    texts = [cell.text for row in rows for cell in row]
    return sum(map(bool, rows)) <= _LINES_ABOVE and len(texts) <= _LINES_ABOVE and all(len(text) <= _SHORT for text in texts)


def _resumes(cells: Sequence[Cell], r: int) -> bool:
    """Tell whether a row says nothing but that a table goes on."""
    return len(cells) == 1 and cells[0].row == r and len(cells[0].text) <= TITLE_LENGTH and continues(cells[0].text)


def _is_number(cells: Sequence[Cell]) -> bool:
    """Tell whether the cell behind a label holds a bare number: 项目支出 | 1446.3 is a row of funds and names no project."""
    return any(cell.text and not cell.text.strip(_OF_NUMBERS) for cell in cells)


def _one_line(text: str) -> str:
    return " ".join(text.strip(" |\t\r\n\u3000").split("\n"))


def _joined(regions: Sequence[Region], names_project: Callable[[str], bool]) -> list[Region]:
    """Join a title that has no table of its own with the one that follows (a heading above the title of the form).

    The last belongs to the one before, but for another form of which the text has only the fields: it names a project.
    """
    joined: list[Region] = []
    for region in regions:
        if joined and not joined[-1].spans and (region.title or not joined[-1].title):
            waiting = joined.pop()
            region.paragraphs[:0] = waiting.paragraphs
            region.title = region.title or waiting.title
        joined.append(region)
    if len(joined) > 1 and not joined[-1].spans:
        last = joined.pop().paragraphs
        if not any(names_project(paragraph.text.strip(_CELL_ENDS).partition("|")[0].strip()) for paragraph in last):
            joined[-1].paragraphs += last
    for region in joined:  # of forms side by side without anything between them, the title of one may cut the header of another
        region.headers = [header for header in region.headers if _holds(region.spans, header)]
    return [region for region in joined if region.spans]


def _holds(spans: Sequence[Span], header: Header) -> bool:
    last = max(header.row, header.top)
    return any(span.table is header.table and span.start <= last < span.end for span in spans)
