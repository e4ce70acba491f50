"""Find the forms in a document: which block of which table is which section of which official form, and why.

Comes in: a document (text already restored to tables) and the form specifications. Goes out: one `Match` for each form
found, the tables that belong to none, and reasons in Chinese. Values are not read here; that is `facts.extract`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from validator.forms import spec
from validator.forms.labels import Matcher, normalise, take_apart
from validator.forms.pairs import Pairs, pairs_in
from validator.model.document import Cell, Document, Paragraph, Table

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?度")
_TITLE_LENGTH = 80


class Block(NamedTuple):
    """A section found in a table: its header row and the rows that may belong to it."""

    section: spec.Section
    table: Table
    header: int
    """Row of the header, from 0."""
    columns: Mapping[str, Cell]
    """Header cell of each column that is there, by column id."""
    end: int
    """First row that no longer belongs to it."""
    complete: bool
    """False when the text of the document broke off inside the block, or figures of it could not be placed."""
    values: Mapping[str, Cell] = MappingProxyType({})
    """Where each label stands right before its value: the value of each column, by column id."""


class Span(NamedTuple):
    """Rows of one table: from `start` up to, not including, `end`."""

    table: Table
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a document."""

    form: spec.Form
    sections: tuple[spec.Section, ...]
    title: str
    at: str
    year: int | None
    confidence: float
    reasons: tuple[str, ...]
    blocks: tuple[Block, ...]
    free: tuple[Span, ...]
    """Rows of the form that are in no block: header fields stand there."""
    paragraphs: tuple[Paragraph, ...] = field(default=())
    """The prose between this form's title and the next."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Everything that was recognised in a document."""

    matches: tuple[Match, ...]
    other: tuple[Span, ...]
    """Tables, or parts of them, that belong to no form: the generic rules take them."""
    reasons: tuple[str, ...]
    """Why nothing, or not everything, was taken for a form."""


class _Header(NamedTuple):
    section: spec.Section
    table: Table
    row: int
    columns: Mapping[str, Cell]
    pairs: Pairs | None = None


@dataclass(slots=True)
class _Region:
    """What stands between one title and the next."""

    title: str
    address: str
    spans: list[Span]
    paragraphs: list[Paragraph]


class Recogniser:
    """The specifications of all forms, compiled for matching. Build it once, use it for any number of documents."""

    def __init__(self, forms: Iterable[tuple[spec.Form, Sequence[spec.Section]]]) -> None:
        """`forms`: each form with its sections resolved."""
        unique: list[spec.Section] = []
        self._forms = [(form, tuple(_one_of(unique, section) for section in sections)) for form, sections in forms]
        self._tables = [section for section in unique if section.layout == "table"]
        self._headings = [section for section in unique if section.id == "header"]
        # A form may change the columns of a shared section: what is compiled belongs to the section itself, not to its id.
        self._matchers = {id(section): column_matcher(section) for section in unique}
        self._captions = {id(section): Matcher([("caption", section.captions)]) for section in unique}
        self._ends = {id(section): Matcher([("end", section.ends_at)]) for section in unique}
        self._rows = {id(section): Matcher((row.id, row.labels) for row in section.rows) for section in unique}
        self._totals = {id(s): frozenset(r.id for r in s.rows if r.role == "total") for s in unique}
        self._titles = [
            (form.id, Matcher([("t", form.recognise.titles)]), Matcher([("n", form.recognise.not_titles)]))
            for form, _ in self._forms
        ]
        known = Matcher(
            (section.id, [label for column in section.columns.values() for label in (column.name, *column.labels)])
            for section in unique
        )
        self._likely = known

    def recognise(self, document: Document, *, only: str | None = None) -> Recognition:
        """Find every form; `only` names the one form that may be found."""
        headers = [header for table in document.tables for header in self._headers(table)]
        matches: list[Match] = []
        other: list[Span] = []
        reasons: list[str] = []
        last = document.blocks[-1] if document.blocks else None
        for region in self._regions(document, headers):
            inside = [h for h in headers if any(s.table is h.table and s.start <= h.row < s.end for s in region.spans)]
            match, why = self._best(region, inside, last, only)
            reasons += why
            if match is None:
                other += region.spans
                continue
            matches.append(match)
        return Recognition(tuple(matches), tuple(other), tuple(reasons))

    def _headers(self, table: Table) -> list[_Header]:
        found = self._paired(table)
        paired = {r for header in found if header.pairs for r in range(header.pairs.start, header.pairs.end)}
        for r, row in enumerate(table.rows):
            cells = _distinct(row, r)
            if len(cells) < 2 or r in paired:
                continue
            known = [cell for cell in cells if self._likely.find(cell.text)]
            if len(known) < 2:
                continue
            for section in self._tables:
                columns = self._columns(section, cells)
                if satisfies(section, columns):
                    found.append(_Header(section, table, r, columns))
        return _without_weaker_neighbours(found)

    def _paired(self, table: Table) -> list[_Header]:
        """Find the sections of one total whose labels each stand before their value."""
        return [
            _Header(section, table, pairs.start, pairs.labels, pairs)
            for section in self._tables
            if self._totals[section.id] and section.default_role != "item"
            for pairs in pairs_in(table, self._matchers[section.id].find)
            if satisfies(section, pairs.labels)
        ]

    def _columns(self, section: spec.Section, cells: Sequence[Cell]) -> dict[str, Cell]:
        """Return the header cell of each column that this row names."""
        matcher, captions = self._matchers[id(section)], self._captions[id(section)]
        columns: dict[str, Cell] = {}
        before = ""
        for cell in cells:
            label = take_apart(cell.text)
            key = matcher.find(f"{before}中{label.text}") if label.among and before else None
            key = key or matcher.find(cell.text)
            if not label.among:
                before = label.text
            if key is not None and (key not in columns or captions.find(columns[key].text)):
                columns[key] = cell
        return columns

    def _regions(self, document: Document, headers: Sequence[_Header]) -> list[_Region]:
        """Cut the document at titles and where a block comes a second time."""
        regions = [_Region("", "", [], [])]
        rows_of: dict[int, dict[int, _Header]] = {id(table): {} for table in document.tables}
        for header in sorted(headers, key=lambda h: len(h.columns)):
            rows_of[id(header.table)][header.row] = header
        seen: set[str] = set()
        for block in document.blocks:
            if isinstance(block, Paragraph):
                if self._is_title(block.text):
                    regions.append(_Region(block.text.strip(" |\t\r\n　"), block.address, [], []))
                    seen = set()
                else:
                    regions[-1].paragraphs.append(block)
                continue
            start = 0
            at_headers = rows_of[id(block)]
            for r, row in enumerate(block.rows):
                title = self._title_in(row, r)
                header = at_headers.get(r)
                again = header is not None and header.section.id in seen and not header.section.multiple
                if not title and not again:
                    if header is not None:
                        seen.add(header.section.id)
                    continue
                if again and not title:
                    cut = self._start_of_form(block, r, start)
                else:
                    cut = r
                if cut > start:
                    regions[-1].spans.append(Span(block, start, cut))
                cell = title or next((c for c in block.rows[cut] if c is not None), None)
                regions.append(_Region(title.text.strip() if title else "", cell.address if cell else block.address, [], []))
                seen = {header.section.id} if header is not None else set()
                start = cut
            if start < len(block.rows):
                regions[-1].spans.append(Span(block, start, len(block.rows)))
        return _joined(regions)

    def _start_of_form(self, table: Table, header: int, start: int) -> int:
        """Return the row where a form whose block comes again begins: the nearest 项目名称 above, else the header."""
        matchers = [self._matchers[id(heading)] for heading in self._headings]
        for r in range(header - 1, max(start, header - 8) - 1, -1):
            if any(matcher.find(cell.text) == "project" for matcher in matchers for cell in _distinct(table.rows[r], r)):
                return r
        return header

    def _is_title(self, text: str) -> bool:
        text = text.strip()
        if not text or len(text) > _TITLE_LENGTH or text.endswith(("。", "；", ";", "，", ",")) or "\t" in text:
            return False
        return any(titles.find(text) for _, titles, _ in self._titles)

    def _title_in(self, row: Sequence[Cell | None], r: int) -> Cell | None:
        cells = _distinct(row, r)
        if len(cells) == 1 and self._is_title(cells[0].text):
            return cells[0]
        return None

    def _best(
        self, region: _Region, headers: Sequence[_Header], last: Table | Paragraph | None, only: str | None
    ) -> tuple[Match | None, list[str]]:
        if not region.spans:
            return None, []
        ranked: list[tuple[float, int, spec.Form, tuple[spec.Section, ...], list[_Header], list[str]]] = []
        for order, (form, sections) in enumerate(self._forms):
            if only is not None and form.id != only:
                continue
            score, used, why = self._score(form, sections, region, headers)
            if used and score > 0:
                ranked.append((score, -order, form, sections, used, why))
        if not ranked:
            where = region.title or region.spans[0].table.address
            return None, [f"{where}：没有认出官方表样（没有找到任何一种表的表头），按一般表格核对。"]
        ranked.sort(key=lambda entry: entry[:2], reverse=True)
        score, _, form, sections, used, why = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        blocks = tuple(self._block(header, used, region, last) for header in used)
        year = next((int(m.group(1)) for text in _texts_for_year(region) if (m := _YEAR.search(text))), None)
        confidence = min(0.99, 0.5 + 0.08 * score) if score > second else 0.5
        at = _extent(region.spans)
        match = Match(
            form, sections, region.title or form.title.zh, at, year, round(confidence, 2), tuple(why), blocks,
            tuple(_free_spans(region.spans, blocks)), tuple(region.paragraphs),
        )  # fmt: skip
        return match, []

    def _score(
        self, form: spec.Form, sections: Sequence[spec.Section], region: _Region, headers: Sequence[_Header]
    ) -> tuple[float, list[_Header], list[str]]:
        own = {id(section) for section in sections}
        used: list[_Header] = []
        taken: set[tuple[int, int]] = set()
        for header in sorted(headers, key=lambda h: -len(h.columns)):
            place = (id(header.table), header.row)
            if id(header.section) in own and place not in taken:
                used.append(header)
                taken.add(place)
        order = {id(span.table): n for n, span in enumerate(region.spans)}
        used.sort(key=lambda h: (order.get(id(h.table), 0), h.row))
        there = {h.section.id for h in used}
        has = there | {f"{h.section.id}.{column}" for h in used for column in h.columns}
        labels = self._field_labels(region, sections) if any(p.startswith("header") for p in form.recognise.prefers) else set()
        has |= {f"header.{label}" for label in labels}
        if any(need not in there for need in form.recognise.requires) or not _says(region, form.recognise.needs_words):
            return 0.0, [], []
        why = [f"有“{h.section.title.zh}”区块（{h.table.address_at(h.row, 0)}）" for h in used]
        score = float(len(used))
        titles = next((entry for entry in self._titles if entry[0] == form.id), None)
        if titles and region.title:
            if titles[2].find(region.title):
                score -= 5
            elif titles[1].find(region.title):
                score += 3
                why.append(f"标题“{region.title}”")
        preferred = [p for p in form.recognise.prefers if p in has]
        score += 0.5 * len(preferred) - 2 * sum(p in has for p in form.recognise.against)
        texts = (
            {
                normalise(cell.text)
                for span in region.spans
                for r in range(span.start, span.end)
                for cell in _distinct(span.table.rows[r], r)
            }
            if form.recognise.labels
            else set()
        )
        hits = [label for label in form.recognise.labels if normalise(label) in texts]
        score += len(hits)
        if hits:
            why.append("有“" + "”“".join(hits) + "”")
        return score, used, why

    def _field_labels(self, region: _Region, sections: Iterable[spec.Section]) -> set[str]:
        matcher = next((self._matchers[id(section)] for section in sections if section.id == "header"), None)
        found: set[str] = set()
        if matcher is not None:
            for span in region.spans:
                for r in range(span.start, min(span.end, span.start + 12)):
                    found |= {
                        key
                        for cell in _distinct(span.table.rows[r], r)
                        if (key := matcher.find(cell.text.split("：")[0].split(":")[0]))
                    }
        return found

    def _block(self, header: _Header, used: Sequence[_Header], region: _Region, last: Table | Paragraph | None) -> Block:
        table, section = header.table, header.section
        if header.pairs is not None:
            return Block(section, table, header.row, header.columns, header.pairs.end, True, header.pairs.values)
        limit = next((s.end for s in region.spans if s.table is table and s.start <= header.row < s.end), len(table.rows))
        following = min((h for h in used if h.table is table and h.row > header.row), key=lambda h: h.row, default=None)
        end = limit if following is None else min(limit, following.row - self._caption_rows(following))
        ends, rows, totals = self._ends[id(section)], self._rows[id(section)], self._totals[id(section)]
        stopped = end < limit
        body = 0
        for r in range(header.row + 1, end):
            cells = [cell for cell in _distinct(table.rows[r], r) if cell.row > header.row]
            if not cells:
                continue
            lead = cells[0]
            if any(ends.find(cell.text) and not rows.find(cell.text) for cell in cells[:2]) and not _is_group_word(
                section, lead.text
            ):
                end, stopped = r, True
                break
            body += 1
            if totals and section.default_role == "item" and any(rows.find(cell.text) in totals for cell in cells[:2]):
                end, stopped = r + 1, True
                break
        broken = table.inferred and not stopped and last is table
        complete = not broken and not any(header.row < r < end for r in table.open_rows)
        return Block(section, table, header.row, header.columns, end, complete)

    def _caption_rows(self, header: _Header) -> int:
        """Return 1 when the row above a header is nothing but the caption of its block, else 0."""
        cells = _distinct(header.table.rows[header.row - 1], header.row - 1) if header.row else []
        return int(len(cells) == 1 and self._captions[id(header.section)].find(cells[0].text) is not None)


def _one_of(known: list[spec.Section], section: spec.Section) -> spec.Section:
    """Return the section among those known that says the same; a new one becomes known."""
    same = next((other for other in known if other is section or other == section), None)
    if same is None:
        known.append(section)
    return same or section


def column_matcher(section: spec.Section) -> Matcher:
    """Return the matcher from header labels to column ids of a section."""
    return Matcher((id, (column.name, *column.labels)) for id, column in section.columns.items())


def satisfies(section: spec.Section, columns: Mapping[str, Cell]) -> bool:
    """Tell whether these columns make a row the header of a section."""
    need = 1 if len(section.requires) < 2 and len(section.columns) < 3 else 2
    return (
        len(columns) >= need
        and bool(section.requires)
        and all(any(id in columns for id in group) for group in section.requires)
    )


def _is_group_word(section: spec.Section, text: str) -> bool:
    label = normalise(text)
    return any(label in {normalise(word) for word in words} for words in section.groups.values())


def _distinct(row: Sequence[Cell | None], r: int) -> list[Cell]:
    """Return the cells of a row that say something, each once."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and cell.text and (not cells or cells[-1] is not cell):
            cells.append(cell)
    return cells


def _without_weaker_neighbours(headers: list[_Header]) -> list[_Header]:
    """Drop a header row right above or below a fuller one of the same section (a header of two rows)."""
    kept: list[_Header] = []
    for header in headers:
        rival = next(
            (h for h in headers if h is not header and h.section is header.section and abs(h.row - header.row) == 1), None
        )
        if rival is None or (len(header.columns), header.row) > (len(rival.columns), rival.row):
            kept.append(header)
    return kept


def _joined(regions: Sequence[_Region]) -> list[_Region]:
    """Join a title that has no table of its own with the one that follows (a heading above the title of the form)."""
    joined: list[_Region] = []
    for region in regions:
        if joined and not joined[-1].spans and (region.title or not joined[-1].title):
            waiting = joined.pop()
            region.paragraphs[:0] = waiting.paragraphs
            region.title = region.title or waiting.title
        joined.append(region)
    return joined


def _says(region: _Region, words: Sequence[str]) -> bool:
    """Tell whether one of the words occurs in the title, in the text around it, or in the tables; no words are always said."""
    if not words:
        return True
    texts = (
        region.title,
        *(p.text for p in region.paragraphs),
        *(c.text for s in region.spans for r in range(s.start, s.end) for c in _distinct(s.table.rows[r], r)),
    )
    return any(word in text for text in texts for word in words)


def _texts_for_year(region: _Region) -> Iterable[str]:
    yield region.title
    for paragraph in region.paragraphs:
        if len(paragraph.text) <= _TITLE_LENGTH:
            yield paragraph.text
    for span in region.spans[:1]:
        for r in range(span.start, min(span.end, span.start + 4)):
            for cell in _distinct(span.table.rows[r], r):
                yield cell.text[:120]


def _extent(spans: Sequence[Span]) -> str:
    first, last = spans[0], spans[-1]
    start = first.table.address_at(first.start, 0)
    end = last.table.address_at(last.end - 1, max(last.table.columns - 1, 0))
    if first.table.style == "text":
        return f"{start.partition(':')[0]}-{end.partition(':')[0]}"
    return f"{start}:{end.rpartition('!')[2]}" if first.table is last.table else f"{start}…{end}"


def _free_spans(spans: Sequence[Span], blocks: Sequence[Block]) -> Iterable[Span]:
    for span in spans:
        taken = sorted((b.header, b.end) for b in blocks if b.table is span.table and span.start <= b.header < span.end)
        start = span.start
        for header, end in taken:
            if header > start:
                yield Span(span.table, start, header)
            start = max(start, end)
        if start < span.end:
            yield Span(span.table, start, span.end)
