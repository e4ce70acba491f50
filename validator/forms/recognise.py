"""Find the forms in a document: which block of which table is which section of which official form, and why.

Comes in: a document (text already restored to tables) and the form specifications. Goes out: one `Match` for each form
found, the tables that belong to none, and reasons in Chinese. Values are not read here; that is `facts.extract`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from types import MappingProxyType
from typing import NamedTuple

from validator.forms import spec
from validator.forms.evidence import OWN_COLUMNS, has_rows_of_a_form, names_its_parts
from validator.forms.headers import Header, column_matcher, distinct
from validator.forms.labels import Matcher, is_note, normalise, take_apart
from validator.forms.regions import TITLE_LENGTH, Cutter, Region, Span
from validator.forms.sums import Sources, as_rows
from validator.forms.unknown import end_before_another, is_figure, set_apart, tables_in
from validator.model.document import Cell, Document, Note, Paragraph, Table

__all__ = ["Block", "Match", "Recogniser", "Recognition", "Span"]

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?度")
_SIGNED = re.compile(r"[^\d\W]{2,12}\s*[:：]")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_NUMBERING = re.compile(
    r"[(（]?(?:\d{1,2}|[A-Za-z](?:\s*[/÷]\s*[A-Za-z](?:[*×]100[%％]?)?)?)[)）]?|[\dA-Za-z]{1,2}[=＝][\dA-Za-z()（）+\-*/×÷%]{1,12}"
)
_LEADING_DIGITS = re.compile(r"[(（]?(\d{1,2})")
_LARGEST_FIRST = 2
"""Where the numbers of the columns may begin."""
_FEWEST_ROWS = 2
_LONGEST_STUB = 60
"""Characters behind a table that may be the rest of one of its rows."""
_TOLD = re.compile(r"[:：。；;，,！!？?]|(?:19|20)\d\d|^[-—–－]\s*\d+\s*[-—–－]$")
"""What a remark, a signature, a date or the number of a page has, and the first words of a row have not."""
_FEWEST_IN_ROW = 2
_FEWEST_ALIKE = 2
"""Columns of a block in a row that may be meant as its header."""
_FEWEST_FIGURES = 4
"""A table that stands beside a form and is none has as many figures, in as many rows."""
_MANY_FIGURES = 5
"""Or as many in its only row."""
_HEAD_ROWS = 12
"""How far below its beginning the fields of a form are looked for."""
_LABEL_CELLS = 3
"""The label of a row is among so many cells at its beginning."""


class Block(NamedTuple):
    """A section found in a table: its header and the rows that may belong to it."""

    section: spec.Section
    table: Table
    header: int
    """Last row of the header, from 0."""
    columns: Mapping[str, Cell]
    """Header cell of each column that is there, by column id."""
    end: int
    """First row that no longer belongs to it."""
    complete: bool
    """False when the text of the document broke off inside the block, or figures of it could not be placed."""
    top: int
    """First row of the header."""
    skipped: frozenset[int] = frozenset()
    """Rows inside that say nothing new: a header or a title repeated on a new page, a row that numbers the columns."""
    above: tuple[str, ...] = ()
    """The short lines above the table, and the texts of the rows of the form above the block: 单位：万元 may be among them."""
    values: Mapping[str, Cell] = MappingProxyType({})
    """Where each label stands right before its value: the value of each column, by column id."""
    parts: tuple[tuple[Cell, Mapping[str, Cell]], ...] = ()
    """The rows below those values that split them up: label, and value of each column."""
    cut: bool = False
    """Whether the text of the document broke off inside the block."""
    unread: tuple[Note, ...] = ()
    """What follows the block and may belong to it, but can't be read."""

    @property
    def rows(self) -> Iterator[int]:
        """The rows of the body."""
        return (r for r in range(self.header + 1, self.end) if r not in self.skipped)


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
    apart: tuple[Span, ...] = ()
    """Tables of no form between this form's title and the next; the lines above them are theirs."""
    sums: tuple[Span, ...] = ()
    """Totals in no block with their sources, each as a table of labels and figures in turn."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Everything that was recognised in a document."""

    matches: tuple[Match, ...]
    other: tuple[Span, ...]
    """Tables, or parts of them, that belong to no form: the generic rules take them."""
    reasons: tuple[str, ...]
    """Why nothing, or not everything, was taken for a form."""
    nearly: tuple[str, ...] = ()
    """Those of the reasons that tell of a form whose title is there."""
    last: Table | None = None
    """The table that the document ends with, but for bare words."""
    bare: tuple[str, ...] = ()
    """Titles of forms in a document without any table."""


class _Candidate(NamedTuple):
    """A form that a region may hold, with what speaks for it."""

    score: float
    form: spec.Form
    sections: tuple[spec.Section, ...]
    headers: tuple[Header, ...]
    reasons: tuple[str, ...]


class Recogniser:
    """The specifications of all forms, compiled for matching. Build it once, use it for any number of documents."""

    def __init__(self, forms: Iterable[tuple[spec.Form, Sequence[spec.Section]]]) -> None:
        """`forms`: each form with its sections resolved."""
        known: list[spec.Section] = []
        self._forms = [(form, tuple(_one_of(known, section) for section in sections)) for form, sections in forms]
        self._cutter = Cutter(self._forms)
        # A form may change the columns of a shared section: what is compiled belongs to the section itself, not to its id.
        self._fields = {id(section): column_matcher(section) for section in known if section.layout == "fields"}
        self._captions = {id(section): Matcher([("caption", section.captions)]) for section in known}
        self._ends = {id(section): Matcher([("end", section.ends_at)]) for section in known}
        self._rows = {id(section): Matcher((row.role, row.labels) for row in section.rows) for section in known}
        self._own = {
            id(section): Matcher((id_, (c.name, *c.labels)) for id_, c in section.columns.items() if c.type in OWN_COLUMNS)
            for section in known
            if names_its_parts(section)
        }
        self._sources = {id(section): Sources(section) for section in known if names_its_parts(section)}
        self._labels = [(section.id, self._rows[id(section)]) for section in known]
        self._groups = {id(section): section.group_words for section in known}
        self._titles = {form.id: Matcher([("title", form.recognise.titles)]) for form, _ in self._forms}
        self._funded = [form.id for form, sections in self._forms if any(map(names_its_parts, sections))]
        self._not_titles = {form.id: Matcher([("title", form.recognise.not_titles)]) for form, _ in self._forms}

    def is_title(self, text: str) -> bool:
        """Tell whether a text is the title of a form."""
        return self._cutter.is_title(text)

    def blocks_in(self, table: Table) -> tuple[frozenset[str], ...]:
        """Return, for each row of a table in which a header begins, the sections that it may be the header of."""
        return self._cutter.blocks_in(table)

    def recognise(self, document: Document, *, only: str | None = None) -> Recognition:
        """Find every form; `only` names the one form that may be found."""
        matches: list[Match] = []
        other: list[Span] = []
        reasons: list[str] = []
        nearly: list[str] = []
        last = _last_of(document)
        for region in self._cutter.cut(document):
            best, second = self._best_two(region, only)
            if best is None:
                other += region.spans
                where = region.title or region.spans[0].table.address
                missing = self._missing_block(region, only)
                why = missing or (
                    "栏目相近，但没有表题，各行也不是表样中的行" if region.headers else "没有找到任何一种表的表头"
                )
                reasons.append(f"{where}：没有认出表样（{why}），按一般表格核对。")
                nearly += reasons[-1:] if missing or self.is_title(region.title) else ()
            else:
                match = self._match(best, second, region, last)
                sources = [self._sources[id(section)] for section in match.sections if names_its_parts(section)]
                sums = [found for own in sources for found in (*own.sums(match.free), *own.outlined_sums(match.free))]
                inside = self._tables_inside(match, [found.rows for found in sums])
                if only is None and len(_within(match, inside)) >= len(match.blocks) and _lacks_blocks(match):
                    where = region.title or region.spans[0].table.address
                    why = f"像“{match.form.title.zh}”，但缺了区块，又有别的表"
                    reasons.append(f"{where}：没有认出表样（{why}），按一般表格核对。")
                    other += _apart(region.spans, match.blocks, inside)
                    continue
                apart = [*(span for span in region.spans if self._stands_apart(span, match)), *inside]
                matches.append(replace(match, apart=tuple(apart), sums=tuple(found.table for found in sums)))
                other += (*apart, *(found.table for found in sums))
                other += (Span(b.table, b.top, b.end, b.above, rest=True) for b in match.blocks if _has_unknown_columns(b))
        if only is None:
            other += self._sums_in_text(document, last)
        bare = () if matches or other else tuple(filter(self.is_title, (text.strip("|｜ \t") for text in _lines(document))))
        return Recognition(
            tuple(matches), tuple(other), tuple(reasons), tuple(nearly), last if isinstance(last, Table) else None, bare
        )

    def _sums_in_text(self, document: Document, last: Table | Paragraph | None) -> Iterator[Span]:
        """Yield the sums among the lines of a document, but for one that it breaks off with: it may have more parts."""
        lines = as_rows([block for block in document.blocks if isinstance(block, Paragraph)])
        for sources in islice(self._sources.values(), 1):
            for found in (*sources.sums([lines]), *sources.outlined_sums([lines])):
                if found.rows.end < lines.end or isinstance(last, Table):
                    yield found.table

    def _missing_block(self, region: Region, only: str | None) -> str:
        """Say which block of the form that a title names is missing, and what the row lacks that is most like its header."""
        for form, sections in self._forms:
            if only not in (None, form.id) or not region.title or not self._titles[form.id].find(region.title):
                continue
            there = {header.section.id for header in region.headers}
            section = next((s for s in sections if s.id in form.recognise.requires and s.id not in there), None)
            if section is not None:
                nearest = self._nearest_header(section, region)
                return f"有它的标题，没有“{section.title.zh}”区块" + (f"：{nearest}" if nearest else "")
        return ""

    def _nearest_header(self, section: spec.Section, region: Region) -> str:
        """Say which columns the row lacks that has the most of a block: with them it would be its header."""
        columns = column_matcher(section)
        rows = [(span.table, r) for span in region.spans for r in range(span.start, span.end)]
        found = [(table, r, {id for cell in distinct(table.rows[r]) if (id := columns.find(cell.text))}) for table, r in rows]
        table, row, ids = max(found, key=lambda entry: len(entry[2]), default=(None, 0, set[str]()))
        lacking = [group for group in section.requires if ids.isdisjoint(group)]
        if table is None or len(ids) < _FEWEST_ALIKE or not lacking:
            return ""
        names = {id: column.name for id, column in section.columns.items()}
        return f"{table.address_at(row, 0)} 的表头没有“{'、'.join(names[group[0]] for group in lacking)}”"

    def _stands_apart(self, span: Span, match: Match) -> bool:
        """Tell whether rows of a form's region, in a table without any block of it, make a table with a header of its own.

        Header fields, notes and the rest of a block that a page break cut off do not.
        """
        if any(block.table is span.table and span.start <= block.top < span.end for block in match.blocks):
            return False
        rows = [distinct(span.table.rows[r]) for r in range(span.start, span.end)]
        figures = [sum(map(is_figure, row)) for row in rows]
        first = next((r for r, count in enumerate(figures) if count), len(rows))
        few = sum(count > 0 for count in figures) < _FEWEST_ROWS and max(figures, default=0) < _MANY_FIGURES
        if few or sum(figures) < _FEWEST_FIGURES:
            return False
        words = frozenset().union(*(self._groups[id(block.section)] for block in match.blocks))
        headed = any(len(row) > 2 for row in rows[:first])
        return headed and not any(normalise(cell.text) in words for row in rows for cell in row[:2])

    def _tables_inside(self, match: Match, sums: Sequence[Span]) -> list[Span]:
        """Return the tables with a header of their own that stand among the rows of a form, in no block of it and no sum."""
        tables = {id(block.table) for block in match.blocks}
        inner = [table for span in match.free if id(span.table) in tables for table in tables_in(span)]
        taken = {(id(span.table), r) for span in sums for r in range(span.start, span.end)}
        others = (table for table in inner if taken.isdisjoint((id(table.table), r) for r in range(table.start, table.end)))
        return [table for table in others if self._stands_apart(table, match)]

    def _best_two(self, region: Region, only: str | None) -> tuple[_Candidate | None, _Candidate | None]:
        """Return the two forms that most speaks for; the one named first wins a tie."""
        candidates = (
            self._score(form, sections, region, asked_for=only is not None)
            for form, sections in self._forms
            if only in (None, form.id)
        )
        ranked = sorted((found for found in candidates if found is not None), key=lambda found: -found.score)
        return (ranked[0] if ranked else None), (ranked[1] if len(ranked) > 1 else None)

    def _are_borne_out(self, headers: Sequence[Header], region: Region) -> bool:
        """Tell whether more than the columns of funds speaks for a form: any table of a budget may have those."""
        titled = bool(region.title) and any(self._titles[id].find(region.title) for id in self._funded)  # of no insurance fund
        if titled or any(header.pairs or not names_its_parts(header.section) for header in headers):
            return True
        tops = {id(header.table): header.top for header in reversed(headers)}
        own = (span for span in region.spans if id(span.table) in tops or not _is_table_of_figures(span))
        heads = [span._replace(end=min(span.end, tops.get(id(span.table), span.end))) for span in own]
        texts = (*(cell.text for cell in _cells(heads)), *(paragraph.text for paragraph in region.paragraphs))
        if any(map(self._cutter.names_project, texts)):
            return True
        return any(self._is_block_of_a_form(header, region) for header in headers if not header.borrowed)

    def _is_block_of_a_form(self, header: Header, region: Region) -> bool:
        """Tell whether a header of funds names them or has points, or a caption on its left, or rows below that forms have."""
        own = self._own[id(header.section)]
        if any(own.find(cell.text) for key, cell in header.columns.items() if header.section.columns[key].type in OWN_COLUMNS):
            return True  # by its own words: 项目 below 支出 is no 支出项目
        table, captions = header.table, self._captions[id(header.section)]
        left = min(cell.col for cell in header.columns.values())
        above = range(max(header.top - 1, 0), header.row + 1)
        if any(cell.col < left and captions.find(cell.text) for r in above for cell in distinct(table.rows[r])):
            return True
        end = next(span.end for span in region.spans if span.table is table and span.start <= header.row < span.end)
        first = min((cell.col for id, cell in header.columns.items() if header.section.columns[id].type == "label"), default=0)
        rows = [distinct(table.rows[r][first:]) for r in range(header.row + 1, end)]  # not 事业收入 beside its own 教育支出
        return has_rows_of_a_form([self._roles(header.section, row) for row in rows if row])

    def _roles(self, section: spec.Section, row: Sequence[Cell]) -> tuple[str, bool]:
        """Return the role that a section gives to a row by its label, and whether other sections have that label too."""
        for cell in row[:_LABEL_CELLS]:
            if role := self._rows[id(section)].find(cell.text):
                shared = any(rows.find(cell.text) for other, rows in self._labels if other != section.id)
                return role, shared
        return "", False

    def _score(
        self, form: spec.Form, sections: tuple[spec.Section, ...], region: Region, *, asked_for: bool
    ) -> _Candidate | None:
        """Weigh what speaks for a form; None when it can't be this one."""
        told = form.recognise
        headers = _headers_of(region, sections)
        there = {header.section.id for header in headers}
        if not headers or (not asked_for and not there.issuperset(told.requires)) or not _says(region, told.needs_words):
            return None
        if not asked_for and not self._are_borne_out(headers, region):
            return None
        has = there | {f"{header.section.id}.{column}" for header in headers for column in header.columns}
        has |= self._field_labels(region, [section for section in sections if section.layout == "fields"])
        begun = [header for header in headers if not header.borrowed]
        reasons = [f"有“{header.section.title.zh}”区块（{header.table.address_at(header.row, 0)}）" for header in begun]
        score = float(len(begun))
        if region.title and self._not_titles[form.id].find(region.title):
            score -= 5
        elif region.title and self._titles[form.id].find(region.title):
            score += 3
            reasons.append(f"标题“{region.title}”")
        score += 0.5 * len(has.intersection(told.prefers)) - 2 * len(has.intersection(told.against))
        hits = _labels_in(region, told.labels)
        score += len(hits)
        if hits:
            reasons.append("有“" + "”“".join(hits) + "”")
        return _Candidate(score, form, sections, headers, tuple(reasons)) if score > 0 else None

    def _field_labels(self, region: Region, sections: Sequence[spec.Section]) -> set[str]:
        """Return the fields of these sections that are labelled at the head of a region: `header.project`."""
        heads = [span._replace(end=min(span.end, span.start + _HEAD_ROWS)) for span in region.spans]
        labels = {cell.text.replace(":", "：").partition("：")[0] for cell in _cells(heads)}
        return {
            f"{section.id}.{key}" for section in sections for label in labels if (key := self._fields[id(section)].find(label))
        }

    def _match(self, best: _Candidate, second: _Candidate | None, region: Region, last: Table | Paragraph | None) -> Match:
        tops = [(header.table, header.top - self._caption_rows(header)) for header in best.headers]
        blocks: list[Block] = []
        for header in best.headers:
            span = next(s for s in region.spans if s.table is header.table and s.start <= max(header.row, header.top) < s.end)
            below = (top for table, top in tops if table is header.table and top > max(header.row, header.top))
            end = min(below, default=span.end)
            block = self._block(header, span._replace(end=end), region, blocks)
            broken = header.table.inferred and block.end == span.end and last is header.table and not self._closed(block)
            lost = region.broken_off.get((id(header.table), header.row))
            whole = not broken and lost is None and header.table.open_rows.isdisjoint(block.rows)
            blocks.append(block._replace(complete=whole, cut=broken, unread=() if lost is None else (lost,)))
            if header.beside is not None:
                blocks.append(blocks[-1]._replace(columns=header.beside))
        return Match(
            form=best.form,
            sections=best.sections,
            title=region.title or best.form.title.zh,
            at=_extent(region.spans),
            year=_year(region),
            confidence=round(min(0.99, 0.5 + 0.08 * best.score), 2) if second is None or best.score > second.score else 0.5,
            reasons=best.reasons,
            blocks=tuple(blocks),
            free=tuple(_free_spans(region.spans, blocks)),
            paragraphs=tuple(region.paragraphs),
        )

    def _block(self, header: Header, span: Span, region: Region, before: Sequence[Block]) -> Block:
        """Return the rows under a header that may belong to it; the span ends where the next block begins."""
        table, pairs = header.table, header.pairs
        if pairs is not None:
            return Block(
                header.section,
                table,
                header.row,
                pairs.labels,
                pairs.end,
                True,
                header.top,
                values=pairs.values,
                parts=pairs.parts,
            )
        skipped = {r for r in range(header.row + 1, span.end) if (id(table), r) in region.repeated}
        below = next((r for r in range(header.row + 1, span.end) if any(map(is_figure, distinct(table.rows[r])))), None)
        for row in {header.row + 1, below or header.row + 1}:  # labels of more than one level stand in between
            if row < span.end and self._numbers_columns(header, row):
                skipped.add(row)
        end = end_before_another(header, self._stop(header, span.end, skipped), skipped)
        free = _free_spans([Span(table, span.start, header.top)], before)
        return Block(
            section=header.section,
            table=table,
            header=header.row,
            columns=header.columns,
            end=end,
            complete=True,
            top=header.top,
            skipped=frozenset(r for r in skipped if r < end),
            above=(*span.above, *(cell.text for cell in _cells(free))),
        )

    def _stop(self, header: Header, end: int, skipped: set[int]) -> int:
        """Return the first row that no longer belongs to the block: one that can't, or what follows the total at its end."""
        table, section = header.table, header.section
        ends, rows = self._ends[id(section)], self._rows[id(section)]
        listed = False
        for r in range(header.row + 1, end):
            cells = [cell for cell in distinct(table.rows[r]) if cell.row > header.row]
            if not cells or r in skipped:
                continue
            signed = _is_signed(cells) and not any(rows.find(cell.text) for cell in cells)
            if signed or is_note(cells[0].text if len(cells) == 1 else f"{cells[0].text}："):
                if self._goes_on(header, r + 1, end):
                    skipped.add(r)
                    continue
                if signed or len(cells) == 1:
                    return r
            if normalise(cells[0].text) not in self._groups[id(section)] and any(
                ends.find(cell.text) and rows.find(cell.text) in (None, "group") for cell in cells[:2]
            ):
                if listed and self._has_total_behind(header, r + 1, end, between=1):
                    skipped.add(r)
                # Two such labels side by side (按收入性质分, 按支出性质分) head pairs of label and figure.
                elif sum(map(bool, (ends.find(cell.text) for cell in cells))) > 1 or not self._goes_on(
                    header, r + 1, min(r + 2, end)
                ):
                    return r
                continue
            total = any(rows.find(cell.text) == "total" for cell in cells[:2])
            if section.default_role == "item" and total and listed and not self._has_total_behind(header, r + 1, end):
                return r + 1
            listed = listed or not total
        return end

    def _goes_on(self, header: Header, start: int, end: int) -> bool:
        """Tell whether rows of the block stand behind a note: figures under its columns, before anything that ends it.

        A line with two labels of rows holds pairs of label and figure, which stand under its columns by chance.
        """
        ends, rows = self._ends[id(header.section)], self._rows[id(header.section)]
        places = {cell.col for cell in header.columns.values()}
        for r in range(start, end):
            cells = [cell for cell in distinct(header.table.rows[r]) if cell.row == r]
            if sum(rows.find(cell.text) is not None for cell in cells) > 1:
                return False
            if sum(cell.col in places and is_figure(cell) for cell in cells) >= _FEWEST_IN_ROW:
                return True
            if any(ends.find(cell.text) for cell in cells[:2]) or len(cells) > 2:
                return False
        return False

    def _has_total_behind(self, header: Header, start: int, end: int, *, between: int | None = None) -> bool:
        """Tell whether the rows of the block go on to another total: each with figures under its columns.

        `between`: how many rows without any figure may stand before it; None asks for figures in every row.
        """
        rows, places = self._rows[id(header.section)], {cell.col for cell in header.columns.values()}
        for r in range(start, end):
            cells = [cell for cell in distinct(header.table.rows[r]) if cell.row == r]
            if not cells:
                continue
            figured = sum(cell.col in places and is_figure(cell) for cell in cells) > 0
            if figured and any(rows.find(cell.text) == "total" for cell in cells[:2]):
                return True
            if between is None and not figured:
                return False
            if between is not None:
                between -= 1
                if figured or between < 0:
                    return False
        return False

    def _caption_rows(self, header: Header) -> int:
        """Return 1 when the row above a header is nothing but the caption of its block, else 0."""
        cells = distinct(header.table.rows[header.top - 1]) if header.top else []
        return int(len(cells) == 1 and self._captions[id(header.section)].find(cells[0].text) is not None)

    def _closed(self, block: Block) -> bool:
        """Tell whether a block ends with the total row that nothing can follow: of a list, or of parts that stand above it.

        An account, which has no total, ends with a row of its own: its balance.
        """
        first, last = block.header + 1, block.end - 1
        if all(row.role != "total" for row in block.section.rows):
            return any(self._rows[id(block.section)].find(cell.text) for cell in distinct(block.table.rows[last])[:2])
        if last < first:  # the text breaks off behind the header
            return False
        return self._is_total(block, last) and (block.section.default_role == "item" or not self._is_total(block, first))

    def _is_total(self, block: Block, r: int) -> bool:
        rows = self._rows[id(block.section)]
        return any(rows.find(cell.text) == "total" for cell in distinct(block.table.rows[r])[:2])

    def _numbers_columns(self, header: Header, row: int) -> bool:
        """Tell whether a row under a header only numbers the columns: 栏次 1 2 3=1+2, or A B C=B/A, or （A）（B）（B/A）."""
        cells = [cell for cell in distinct(header.table.rows[row]) if cell.row == row]
        if cells and not _NUMBERING.fullmatch(cells[0].text):
            if self._rows[id(header.section)].find(cells[0].text):
                return False
            cells = cells[1:]
        return (
            len(cells) > 2
            and len({cell.text for cell in cells}) == len(cells)
            and all(_NUMBERING.fullmatch(cell.text) for cell in cells)
            and _count_up([int(found[1]) for cell in cells if (found := _LEADING_DIGITS.match(cell.text))])
        )


def _is_signed(cells: Sequence[Cell]) -> bool:
    """Tell whether a row is one of those for names and dates below a form: 填表人：某某, 联系电话：, in each cell a label."""
    return len(cells) > 1 and all(_SIGNED.match(cell.text) and not take_apart(cell.text).among for cell in cells)


def _count_up(numbers: Sequence[int]) -> bool:
    """Tell whether numbers count columns: 1 2 3, or 2 3 4 behind a first that has none; 80 81 7 are figures of a row."""
    return not numbers or (numbers[0] <= _LARGEST_FIRST and all(after == before + 1 for before, after in pairwise(numbers)))


def _lines(document: Document) -> Iterator[str]:
    return (block.text for block in document.blocks if isinstance(block, Paragraph))


def _last_of(document: Document) -> Table | Paragraph | None:
    """Return what a document ends with; bare words behind a table that was lines may be where its text breaks off.

    So is whatever stands behind a table in the line of its last row.
    """
    left = _LONGEST_STUB
    told: set[str] = set()
    for block in reversed(document.blocks):
        if isinstance(block, Table):
            ends = {_line_of(cell.address) for row in block.rows[-1:] for cell in distinct(row)}
            return block if told <= ends else document.blocks[-1]
        text = block.text.strip()
        left -= len(text)
        if left < 0:
            break
        if _TOLD.search(text) and not take_apart(text).among:
            told.add(_line_of(block.address))
    return document.blocks[-1] if document.blocks else None


def _line_of(address: str) -> str:
    """Return the line that an address in a text names: L24 of L24:8-11."""
    return address.partition(":")[0]


def _headers_of(region: Region, sections: Sequence[spec.Section]) -> tuple[Header, ...]:
    """Return the headers of these sections in reading order; a row is the header of one of them, that which it fits best."""
    own = {id(section) for section in sections}
    used: list[Header] = []
    taken: set[tuple[int, int]] = set()
    for header in sorted(region.headers, key=lambda h: -len(h.columns)):
        rows = {(id(header.table), r) for r in (range(header.top, header.row + 1) or (header.row,))}
        if id(header.section) in own and taken.isdisjoint(rows):
            used.append(header)
            taken |= rows
    order = {id(span.table): n for n, span in enumerate(region.spans)}
    return tuple(sorted(used, key=lambda h: (order[id(h.table)], h.row)))


def _has_unknown_columns(block: Block) -> bool:
    """Tell whether figures stand beside the amounts of a block below a label that its section doesn't know.

    Not where the table itself was restored from lines, or where the block is read as a table of no form anyway.
    """
    columns = block.section.columns
    amounts = any(columns[id].type == "amount" for id in block.columns)
    if block.section.generic or block.values or block.table.inferred or not amounts:
        return False
    taken = {c for cell in block.columns.values() for c in range(cell.col, cell.col + cell.col_span)}
    rows = list(block.rows)
    for c in range(block.table.columns):
        heads = (block.table.at(r, c) for r in range(block.header, block.top - 1, -1))
        head = next((cell for cell in heads if cell is not None and cell.text), None)
        if c in taken or head is None:
            continue
        cells = [cell for r in rows if (cell := block.table.at(r, c)) is not None and cell.row == r and cell.col == c]
        figures = [cell.text for cell in cells if is_figure(cell)]
        serial = figures == [str(n + 1) for n in range(len(figures))]
        if len(figures) >= _FEWEST_ROWS and len(figures) * 2 >= len(rows) and not serial:
            return True
    return False


def _one_of(known: list[spec.Section], section: spec.Section) -> spec.Section:
    """Return the section among those known that says the same; a new one becomes known."""
    same = next((other for other in known if other is section or other == section), None)
    if same is None:
        known.append(section)
    return same or section


def _labels_in(region: Region, labels: Sequence[str]) -> list[str]:
    """Return those of the labels that stand in a cell of the region."""
    if not labels:
        return []
    texts = set(map(normalise, region.texts))
    return [label for label in labels if normalise(label) in texts]


def _cells(spans: Iterable[Span]) -> Iterator[Cell]:
    return (cell for span in spans for r in range(span.start, span.end) for cell in distinct(span.table.rows[r]))


def _says(region: Region, words: Sequence[str]) -> bool:
    """Tell whether one of the words occurs in the title, in the text around it, or in the tables; no words are always said."""
    if not words:
        return True
    texts = (region.title, *(p.text for p in region.paragraphs), *region.texts)
    return any(word in text for text in texts for word in words)


def _year(region: Region) -> int | None:
    """Return the year of the form, from its title, a short line of text or its first rows."""
    title = _TITLE_YEAR.search(unicodedata.normalize("NFKC", region.title))
    found = title or next(filter(None, map(_YEAR.search, _texts_for_year(region))), None)
    return int(found.group(1)) if found else None


def _texts_for_year(region: Region) -> Iterator[str]:
    yield region.title
    for paragraph in region.paragraphs:
        if len(paragraph.text) <= TITLE_LENGTH:
            yield paragraph.text
    for cell in _cells(span._replace(end=min(span.end, span.start + 4)) for span in region.spans[:1]):
        yield cell.text[:120]


def _extent(spans: Sequence[Span]) -> str:
    first, last = spans[0], spans[-1]
    start = first.table.address_at(first.start, 0)
    end = last.table.address_at(last.end - 1, max(last.table.columns - 1, 0))
    if first.table.style == "text":
        return f"{start.partition(':')[0]}-{end.partition(':')[0]}"
    return f"{start}:{end.rpartition('!')[2]}" if first.table is last.table else f"{start}…{end}"


def _is_table_of_figures(span: Span) -> bool:
    """Tell whether rows of a table have figures below labels of its own: 项目 labels a column there, no field of a form."""
    rows = [sum(map(is_figure, distinct(span.table.rows[r]))) for r in range(span.start, span.end)]
    return sum(rows) >= _FEWEST_FIGURES and sum(count > 1 for count in rows) >= _FEWEST_ROWS


def _lacks_blocks(match: Match) -> bool:
    """Tell whether a section that the form has is not there."""
    there = {block.section.id for block in match.blocks}
    return any(section.layout == "table" and section.id not in there for section in match.sections)


def _within(match: Match, tables: Sequence[Span]) -> list[Span]:
    """Return those of the tables that stand between the blocks of a form; one set apart below them is a table of its own."""
    ends = {id(block.table): block.end for block in match.blocks}
    own = {(id(block.table), row) for block in match.blocks for row in set_apart(block.table)}
    return [
        table
        for table in tables
        if table.start < ends.get(id(table.table), table.end)
        or own.isdisjoint((id(table.table), row) for row in range(table.start, table.end))
    ]


def _apart(spans: Sequence[Span], blocks: Sequence[Block], inside: Sequence[Span]) -> Iterator[Span]:
    """Yield the blocks of what was no form after all, the tables among them, and the tables without any of either, in order."""
    tables = [*(Span(block.table, block.top, block.end, block.above) for block in blocks), *inside]
    for span in spans:
        own = [table for table in tables if table.table is span.table and span.start <= table.start < span.end]
        yield from sorted(own, key=lambda table: table.start) or (span,)


def _free_spans(spans: Sequence[Span], blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the rows that are in no block."""
    for span in spans:
        start = span.start
        for block in sorted(
            (b for b in blocks if b.table is span.table and span.start <= b.top < span.end), key=lambda b: b.top
        ):
            if block.top > start:
                yield Span(span.table, start, block.top)
            start = max(start, block.end)
        if start < span.end:
            yield Span(span.table, start, span.end)
