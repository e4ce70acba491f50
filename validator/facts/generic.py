"""Read a table that is no known form: header band, label columns, figures.

Comes in: rows of a table, the lexicon, the words of totals and the like. Goes out: a `Section` whose records are the body rows
and whose columns `c0`, `c1` … are the numeric ones. Which figures belong together is the business of `rules.relations`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import NamedTuple

from validator.facts.lexicon import Lexicon
from validator.facts.numbers import POINTS, peers_step, read_figure, with_unit
from validator.facts.words import Words
from validator.forms.labels import is_note, normalise, take_apart
from validator.forms.recognise import Span
from validator.model.document import Cell
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import BARE, Reading, State, Unit

JOINT = "›"
"""Stands between the levels of a header: 本次应拨付›小计."""

_MOST_HEADER_ROWS = 4
_FEWEST_LABELS = 3
"""Labels of columns above a row that numbers them."""
_FEW_CAPTIONS = 3
_PER_CENT = ("%", "％")
_MOST_COLUMNS = 256
_LONGEST_HEADING = 24
"""Characters of a label that gives the points of rows; longer ones describe how points are given."""
_ENDS_WITH_POINTS = re.compile(r"[^\d()（）]{2,}?(\d{1,3}(?:\.\d)?)\s*分")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?)?")
_PIPE_OR_BLANK = " |\u3000\xa0"
_BRACKETS = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{1,12})[)）\]】〕]")
_ORDINALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ORDINAL = re.compile(rf"[{_ORDINALS}]|\(?\d{{1,2}}\)?|[A-Z]|[甲乙丙丁戊己]|[一二三四五六七八九十]{{1,2}}")
_FIRST_TWO = ("甲", "乙")
_NUMBERING_FORMULA = re.compile(rf"[\s\d{_ORDINALS}A-Z()（）=＝+＋\-－—*×xX/÷%.…栏]+")
_CODE = re.compile(r"[0-9][0-9A-Za-z.\-]{0,24}")
_LETTERED_CODE = re.compile(r"[A-Za-z]{1,6}\d{2,}[0-9A-Za-z.\-]{0,24}")
_IDENTIFIER = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{15,19}[Xx]?|\d{17}[Xx]")


class _Column(NamedTuple):
    """A column of figures."""

    id: str
    col: int
    path: tuple[str, ...]
    pointer: Pointer
    unit: Unit | None
    kind: str


@dataclass(slots=True)
class _Band:
    """Label columns and the figures to their right; a table has two where two tables stand side by side."""

    labels: list[int]
    codes: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    columns: list[_Column] = field(default_factory=list)


def read_tables(span: Span, lexicon: Lexicon, words: Words, first: int = 0, *, title: str = "") -> list[Section]:
    """Read every table in a span: where a header comes again a new one begins. `first` is the number of the first."""
    sections: list[Section] = []
    start = span.start
    while start < span.end:
        reader = _Reader(Span(span.table, start, span.end), lexicon, words, first + len(sections), title)
        section = reader.read()
        section.rest, section.sum = span.rest, span.sum
        if section.records:
            sections.append(section)
        start = max(reader.end, start + 1)
    return sections


def read_table(span: Span, lexicon: Lexicon, words: Words, index: int, *, title: str = "") -> Section:
    """Read the first table of a span. `index` is its number in the document, from 0; `title` the text above it."""
    return _Reader(span, lexicon, words, index, title).read()


def give_back(sections: Iterable[Section], forms: Sequence[Form]) -> None:
    """Give figures that a form has read as well the paths that they have there, so that each is one figure to everybody.

    Where the form knows the unit of every figure that has none here, they have it from now on: the caption beside the rows,
    基金收支情况（万元）, is a word of the form.
    """
    known: dict[str, tuple[int, Fact]] = {}
    for form in forms:
        for fact in form.facts():
            known.setdefault(fact.pointer.address, (form.index, fact))
    for section in sections:
        units = _units_of_bare(section, known)
        for record in section.records:
            for id, fact in record.fields.items():
                if fact.pointer.address in known and (fact.quantity is not None or section.rest):
                    section.owner, same = known[fact.pointer.address]
                    reading = with_unit(fact.reading, units[0]) if len(units) == 1 else fact.reading
                    reading = same.reading if section.rest and same.quantity is not None else reading
                    record.fields[id] = fact._replace(reading=reading, pointer=fact.pointer._replace(path=same.pointer.path))


def _units_of_bare(section: Section, known: Mapping[str, tuple[int, Fact]]) -> tuple[Unit, ...]:
    """Return the units in which a form reads the figures that have none here; none where it doesn't read them all as money."""
    bare = [
        fact for record in section.records for fact in record.fields.values() if fact.quantity and fact.quantity.unit == BARE
    ]
    there = [known[fact.pointer.address][1].quantity for fact in bare if fact.pointer.address in known]
    units = dict.fromkeys(quantity.unit for quantity in there if quantity is not None)
    return tuple(units) if len(there) == len(bare) and all(unit.dimension == "money" for unit in units) else ()


class _Reader:
    """Reads one table; keeps what was found out about it on the way."""

    def __init__(self, span: Span, lexicon: Lexicon, words: Words, index: int, title: str) -> None:
        self._table = span.table
        self._start = span.start
        self._lexicon = lexicon
        self._words = words
        self._path = f"table[{index}]"
        self._width = min(span.table.columns, _MOST_COLUMNS)
        self._body = self._first_body_row(span)
        self.end = self._last_body_row(self._body, span.end)
        self._header = self._header_rows()
        self._numbering = [r for r in range(span.start, self._body) if self._is_numbering(self._own(r))]
        self._unit = self._caption_unit(title)

    def read(self) -> Section:
        """Return the section; it has no records when there is nothing but text."""
        top = self._header[0] if self._header else self._start
        first = next((cell.col for cell in self._table.rows[top] if cell is not None and cell.text), 0)
        at = self._table.address_at(top, first)
        section = Section("table", self._path, [], {}, self._table, at)
        section.unit = self._unit.name if self._unit is not None else ""
        section.complete = not any(self._body <= r < self.end for r in self._table.open_rows)
        bands = self._bands()
        for band in bands:
            for column in band.columns:
                section.columns[column.id] = column.pointer
        for band in bands:
            self._read_numbering(section, band)
            self._read_records(section, band)
            section.headings += self._headings(section, band)
        self._refine_steps(section)
        return section

    # --- rows -------------------------------------------------------------------------------------------------------

    def _own(self, r: int) -> list[Cell]:
        """Return the cells with text that begin in a row, each once."""
        found: list[Cell] = []
        for c, cell in enumerate(self._table.rows[r][: self._width]):
            if cell is not None and cell.row == r and cell.col == c and cell.text.strip():
                found.append(cell)
        return found

    def _is_figure(self, text: str) -> bool:
        """Tell whether a text is a plain figure, as they stand in the body of a table."""
        if not any(char.isdigit() for char in text) or _YEAR.fullmatch(text.strip()):
            return False
        quantity = read_figure(text, self._lexicon).quantity
        return quantity is not None and not quantity.comparator and not quantity.approximate and quantity.upper is None

    def _is_numbering(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row numbers the columns: 栏次 1 2 3=1+2, or 甲 1 2 3; 类 款 项 栏次 1 2 heads the codes as well."""
        texts = [cell.text.strip() for cell in cells]
        named = next((n for n, text in enumerate(texts) if self._words.has("numbering", text)), None)
        if named == 0 or (named is not None and named + 1 < len(texts) and all(map(_is_number_of_column, texts[named + 1 :]))):
            return True
        return self._counts_columns(cells)

    def _counts_columns(self, cells: Sequence[Cell]) -> bool:
        """Tell whether cells are nothing but the numbers of columns: 甲 乙 1 2 3=1+2; 甲 1 2 3 above 乙 is a row of a list."""
        texts = [cell.text.strip() for cell in cells]
        below = self._own(cells[0].row + 1)[:1] if cells and cells[0].row + 1 < len(self._table.rows) else []
        if below and (texts[0], below[0].text.strip()) == _FIRST_TWO:
            return False
        if len(texts) < 3 or not all(map(_is_number_of_column, texts)):
            return False
        numbers = [int(found.group()) for t in texts if (found := re.search(r"\d+", _plain_ordinal(t)))]
        firsts = [n for n, t in zip(numbers, texts, strict=False) if "=" not in t] if len(numbers) == len(texts) else numbers
        counting = (firsts, numbers) if len(numbers) == len(texts) else (firsts,)
        return any(len(found) >= 2 and found[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(found)) for found in counting)

    def _first_body_row(self, span: Span) -> int:
        """Return the first row with figures, or the headings above it; nothing below the numbers of columns is a header."""
        labelled = False
        for r in range(span.start, span.end):
            cells = self._own(r)
            if labelled and self._counts_columns(cells):
                return next((row for row in range(r + 1, span.end) if self._own(row)), span.end)
            labelled = labelled or len(cells) >= _FEWEST_LABELS
            if self._is_numbering(cells) or (len(cells) == 1 and self._table.columns > 2):
                continue
            if any(self._is_figure(cell.text) for cell in cells) or self._has_amounts_like_years(r, span):
                return self._with_heading(r, span.start)
        return span.end

    def _has_amounts_like_years(self, r: int, span: Span) -> bool:
        """Tell whether a row between labels and figures has a label of its own and amounts that only look like years: 1997."""
        if not span.start < r < span.end - 1:
            return False
        above, below = ({cell.col: cell for cell in self._own(row)} for row in (r - 1, r + 1))
        cells = self._own(r)
        years = [cell.col for cell in cells[1:] if _YEAR.fullmatch(cell.text.strip()) and cell.text.strip().isdigit()]
        labelled = bool(cells) and cells[0].col in above and cells[0].col in below and not cells[0].text.strip().isdigit()
        return labelled and bool(years) and all(c in above and c in below and self._is_figure(below[c].text) for c in years)

    def _with_heading(self, r: int, start: int) -> int:
        """Return the row of a heading above the first figures, else their own row.

        It stands alone below the header (一、收入), its number at most in a cell of its own (一 | 道路工程).
        """
        first = r
        while first - 1 > start:
            cells = self._own(first - 1)
            alone = len(cells) == 1 or (len(cells) == 2 and cells[1].col == 1 and _is_numbered(cells))
            alone = alone and cells[0].col == 0 and all(cell.row_span == 1 for cell in cells)
            if not alone or not any(len(self._own(row)) >= 2 for row in range(start, first - 1)):
                break
            first -= 1
        return first

    def _last_body_row(self, body: int, end: int) -> int:
        """Return the row in which another header, or the captions above it, begins: texts only, right above figures."""
        seen = 0
        filled = {cell.col for r in range(self._start, body) for cell in self._own(r)}
        for r in range(body, end):
            cells = self._own(r)
            before = frozenset(filled)
            filled.update(cell.col for cell in cells)
            if any(self._is_figure(cell.text) for cell in cells):
                seen += 1
                continue
            if seen and len(cells) >= 3 and not self._is_numbering(cells):
                if self._looks_like_header(r, cells, end):
                    return self._top_of_header(r, body)
                if self._reaches_further(r, cells, before, end):
                    return self._with_captions(r, body)
            if seen and len(self._own(r - 1)) == 1 and len(cells) >= 2 and self._repeats_header(cells):
                return self._with_captions(r, body)
        return end

    def _looks_like_header(self, r: int, cells: Sequence[Cell], end: int) -> bool:
        """Tell whether a row of texts heads figures: texts stand where figures stood above, and figures follow.

        A mark for nothing (—, /) is no text that could head a column.
        """
        cells = [cell for cell in cells if read_figure(cell.text, self._lexicon).state is not State.BLANK]
        before = islice((row for row in range(r - 1, self._body - 1, -1) if len(self._own(row)) > 1), 3)  # captions between
        above = {c.col for row in before for c in self._own(row) if self._is_figure(c.text)}
        below = {c.col for row in range(r + 1, min(end, r + 4)) for c in self._own(row) if self._is_figure(c.text)}
        over = sum(cell.col in above for cell in cells)
        if len({normalise(cell.text) for cell in cells[1:]}) == 1:
            return False  # the same words in every column (不需填列) are no labels
        return bool(below) and over >= 2 and over * 2 >= len(above) and not self._repeats_header(cells)

    def _reaches_further(self, r: int, cells: Sequence[Cell], filled: Container[int], end: int) -> bool:
        """Tell whether a row of texts heads figures of a wider table: in columns where nothing at all stood above.

        The header of a table stands above all of its columns, so that these have none: they are not of the list above.
        """
        further = {cell.col for cell in cells if cell.col not in filled}
        if len(further) < 2:
            return False
        below = {c.col for row in range(r + 1, min(end, r + 4)) for c in self._own(row) if self._is_figure(c.text)}
        return len(further & below) >= 2

    def _top_of_header(self, r: int, body: int) -> int:
        """Return the first row of a header and of the captions above it; where none stand there, the row itself."""
        top = r
        while top - 1 > body and len(above := self._own(top - 1)) > 1 and not any(self._is_figure(c.text) for c in above):
            top -= 1
        return self._with_captions(top, body) if top - 1 > body and len(self._own(top - 1)) <= 1 else r

    def _with_captions(self, r: int, body: int) -> int:
        """Return the first of the rows with nothing, or a title, or a unit alone that stand right above a header."""
        while r - 1 > body and len(self._own(r - 1)) <= 1:
            r -= 1
        return r

    def _repeats_header(self, cells: Sequence[Cell]) -> bool:
        heads = {normalise(cell.text) for r in range(self._start, self._body) for cell in self._own(r)}
        return all(normalise(cell.text) in heads for cell in cells)

    def _header_rows(self) -> list[int]:
        rows: list[int] = []
        for r in range(self._start, self._body):
            cells = self._own(r)
            if self._is_numbering(cells) or not cells:
                continue
            caption = len(cells) == 1 or self._are_captions(r, cells)
            if not rows and caption and not self._spanned_by_others(r):
                continue
            rows.append(r)
        return rows[-_MOST_HEADER_ROWS:]

    def _are_captions(self, r: int, cells: Sequence[Cell]) -> bool:
        """Tell whether a row with the unit in it stands above the labels, and is none of theirs: 填报单位： | 某市 | 单位：元.

        So does one of few cells, and one of more where the unit is all that a cell holds and a row of labels below is longer.
        """
        if len(cells) <= _FEW_CAPTIONS:
            return any(self._lexicon.caption.search(cell.text) for cell in cells)
        below = max((len(self._own(row)) for row in range(r + 1, self._body)), default=0)
        return len(cells) < below and any(self._lexicon.caption.match(cell.text.strip()) for cell in cells)

    def _spanned_by_others(self, r: int) -> bool:
        """Tell whether the one cell of a row heads some of the columns only, with cells from above beside it."""
        return any(cell is not None and cell.row < r and cell.text.strip() for cell in self._table.rows[r][: self._width])

    # --- header -----------------------------------------------------------------------------------------------------

    def _head(self, col: int) -> tuple[tuple[str, ...], Cell | None]:
        """Return the texts above a column, from the top down, and the lowest header cell."""
        path: list[str] = []
        lowest: Cell | None = None
        for n, r in enumerate(self._header):
            cell = self._table.at(r, col)
            if cell is None or not cell.text.strip():
                cell = self._spread(r, col) if n + 1 < len(self._header) else None
            if cell is None or cell is lowest or not cell.text.strip():
                continue
            text = re.sub(r"\s+", "", cell.text)
            if not path or path[-1] != text:
                path.append(text)
            lowest = cell
        return tuple(path), lowest

    def _spread(self, r: int, col: int) -> Cell | None:
        """Return the group heading to the left that reaches over a blank cell: only where headings stand below both."""
        below = [row for row in self._header if row > r]
        for c in range(col, -1, -1):
            cell = self._table.at(r, c)
            under = [self._table.at(row, c) for row in below]
            if not any(u is not None and u.row > r and u.text.strip() for u in under):
                return None
            if cell is not None and cell.text.strip():
                return cell if cell.row_span == 1 else None
        return None

    def _caption_unit(self, title: str) -> Unit | None:
        """Return the unit that stands above the table, None when there is none or more than one."""
        texts = [cell.text for r in range(self._start, self._body) if r not in self._header for cell in self._own(r)]
        for text in (*reversed(texts), title):
            for inside in reversed(self._lexicon.caption.findall(text)):
                name = str(inside).strip("()（）[]【】")
                if len([part for part in self._lexicon.several_units.split(name) if part]) > 1 or "(" in name or "（" in name:
                    return None
                mark = next((mark for mark in self._lexicon.data.currency.marks if name.startswith(mark)), "")
                unit = self._lexicon.unit(name.removeprefix(mark))
                if unit is not None:
                    return unit
        for text in (*reversed(texts), title):
            if "|" in text.strip(_PIPE_OR_BLANK):
                continue  # labels of columns, each with a unit of its own
            for inside in reversed(_BRACKETS.findall(text)):
                unit = self._lexicon.unit(str(inside))
                if unit is not None and unit.dimension == "money":
                    return unit
        return None

    def _column_unit(self, path: Sequence[str]) -> Unit | None:
        for text in reversed(path):
            if text.endswith(("%", "％")):
                return self._lexicon.unit("%")
            for inside in reversed(_BRACKETS.findall(text)):
                unit = self._lexicon.unit_in_brackets(str(inside))
                if unit is not None:
                    return unit
        if path and self._is_of_points(path[-1]):
            return POINTS
        if self._unit is None or not path:
            return self._unit
        leaf = "".join(path)
        money = self._words.has("money", leaf)
        counted = self._unit.dimension.startswith("count") and self._unit.name in leaf  # 实有人数 below 单位：人
        if self._words.has("rates", path[-1]) or (not money and not counted and self._words.has("counts", leaf)):
            return None
        return None if money and self._unit.dimension != "money" else self._unit

    def _counted_unit(self, leaf: str, col: int) -> Unit | None:
        """Return the unit of what a column of whole numbers counts by its header; None where there is none."""
        name = self._words.counted(leaf)
        texts = [cell.text for r in range(self._body, self.end) if name and (cell := self._cell(r, col)) is not None]
        return self._lexicon.unit(name) if texts and not any("." in text for text in texts) else None

    # --- columns ----------------------------------------------------------------------------------------------------

    def _bands(self) -> list[_Band]:
        bands: list[_Band] = []
        kinds = [self._column_kind(col) for col in range(self._width)]
        for col, kind in enumerate(kinds):
            if kind == "blank":
                continue
            new = not bands or (kind == "label" and bool(bands[-1].columns) and self._opens_band(bands[0], col, kinds))
            if new:
                bands.append(_Band([]))
            band = bands[-1]
            if kind == "figures":
                band.columns.append(self._column(col, sum(len(b.columns) for b in bands)))
            elif kind == "code" and not band.columns:
                band.codes.append(col)
                band.labels.append(col)
            elif kind == "units":
                band.units.append(col)
            elif kind in ("label", "serial", "code") and not band.columns:
                band.labels.append(col)
        return [band for band in bands if band.columns]

    def _column_kind(self, col: int) -> str:
        """Tell figures from labels, codes, serial numbers and columns of units."""
        cells = [
            cell
            for r in range(self._body, self.end)
            if (cell := self._table.at(r, col)) is not None and cell.row == r and cell.col == col
        ]
        texts = [cell.text.strip() for cell in cells if cell.text.strip() and not is_note(cell.text)]
        if not texts:
            return "blank"
        path, _ = self._head(col)
        leaf = path[-1] if path else ""
        body = [t for t in texts if not self._words.level(t).height]
        if self._words.has("unit_columns", leaf) and sum(self._lexicon.unit(t) is not None for t in body) * 2 > len(body):
            return "units"
        if self._words.has("codes", leaf) and all(_CODE.fullmatch(t) or not t[:1].isdigit() for t in body):
            return "code"
        if self._words.is_remark(leaf) or any(self._words.has(name, leaf) for name in ("serials", "codes")):
            return "serial"
        readings = [read_figure(t, self._lexicon) for t in texts]
        filled = [reading for reading in readings if reading.state is not State.BLANK]
        figures = [reading for reading in filled if reading.state is State.NUMBER]
        if not figures or len(figures) * 5 < len(filled) * 3:
            return "label" if filled else "blank"
        return "serial" if self._is_serial(texts, readings, leaf, col) else "figures"

    def _is_serial(self, texts: Sequence[str], readings: Sequence[Reading], leaf: str, col: int) -> bool:
        plain = [t for t, reading in zip(texts, readings, strict=True) if reading.state is State.NUMBER]
        if all(_IDENTIFIER.fullmatch(t) for t in plain):
            return True
        if not all(t.isascii() and t.isdigit() for t in plain):
            return False
        numbers = [int(t) for t in plain]
        first = not any(self._table.at(r, c) for r in range(self._body, self.end) for c in range(col))
        if len(numbers) >= 3 and all(b - a == 1 for a, b in pairwise(numbers)) and (first or not leaf):
            return True
        if first and (all(_YEAR.fullmatch(t) for t in plain) or _are_nested_codes(plain)):
            return True
        width = {len(t) for t in plain}
        return first and len(width) == 1 and width.pop() >= 5 and len(set(plain)) == len(plain) and len(plain) >= 2

    def _opens_band(self, band: _Band, col: int, kinds: Sequence[str]) -> bool:
        """Tell whether a column of texts right of figures labels figures of its own."""
        after = kinds[col + 1 :]
        if "figures" not in after:
            return False
        leaf = self._head(col)[0][-1:]
        if leaf and any(self._head(c)[0][-1:] == leaf for c in band.labels):
            return True
        return self._totals_in([col]) > 0 and self._totals_in(band.labels) > 0

    def _totals_in(self, columns: Sequence[int]) -> int:
        cells = (self._table.at(r, c) for r in range(self._body, self.end) for c in columns)
        return sum(cell is not None and self._words.level(cell.text).height > 0 for cell in cells)

    def _column(self, col: int, number: int) -> _Column:
        path, cell = self._head(col)
        id = f"c{number}"
        address = cell.address if cell is not None else self._table.address_at(self._body, col)
        pointer = Pointer(f"{self._path}.{id}", address, cell.text if cell is not None else "", "", JOINT.join(path))
        leaf = path[-1] if path else ""
        unit = self._column_unit(path)
        rate = self._words.has("rates", leaf) and not self._words.has("differences", leaf)
        unit = self._counted_unit(leaf, col) if unit is None and not rate else unit
        percent = unit is not None and unit.dimension == "ratio"
        return _Column(id, col, path, pointer, unit, "percent" if percent or (rate and unit is None) else "")

    # --- records ----------------------------------------------------------------------------------------------------

    def _read_numbering(self, section: Section, band: _Band) -> None:
        for r in self._numbering:
            path = f"{self._path}[{len(section.records)}]"
            record = Record(path, self._own(r)[0].text, "numbering", {}, r)
            for column in band.columns:
                cell = self._table.at(r, column.col)
                if cell is not None and cell.row == r:
                    pointer = Pointer(f"{path}.{column.id}", cell.address, cell.text, record.label, column.pointer.column_label)
                    record.fields[column.id] = Fact(Reading(State.TEXT, cell.text), pointer, column.id)
            section.records.append(record)

    def _read_records(self, section: Section, band: _Band) -> None:
        heads = {normalise(self._head(col)[0][-1]) for col in band.labels if self._head(col)[0]}
        for r in range(self._body, self.end):
            labels = [
                cell for c in band.labels if (cell := self._table.at(r, c)) is not None and cell.row == r and cell.col == c
            ]
            labels = [cell for cell in labels if cell.text.strip()]
            named = [cell for cell in labels if not self._is_number(cell, band) or len(band.labels) == 1]
            values = {column.id: self._figure_cell(r, column) for column in band.columns}
            filled = any(cell is not None and cell.text.strip() and not is_note(cell.text) for cell in values.values())
            if (not labels and not filled) or (not filled and labels and normalise(labels[0].text) in heads):
                continue
            if labels and self._is_remark(labels[0], values.values()):
                continue
            record = self._record(section, band, r, named or labels, self._covering(r, band))
            for column in band.columns:
                record.fields[column.id] = self._fact(record, band, column, values[column.id], r)
            self._add_code(record, band, r)
            blank = not any(fact.reading.state is not State.BLANK for id, fact in record.fields.items() if id != "code")
            if blank and record.role == "item" and r not in self._table.open_rows:
                record.role = "group"
            section.records.append(record)

    def _is_number(self, cell: Cell, band: _Band) -> bool:
        """Tell whether a cell among the labels is a figure or a code, and no name: 03, YZH0110."""
        text = cell.text.strip()
        code = cell.col in band.codes and (_CODE.fullmatch(text) or _LETTERED_CODE.fullmatch(text)) is not None
        return code or self._is_figure(cell.text)

    def _headings(self, section: Section, band: _Band) -> Iterator[Record]:
        """Yield the labels with points in brackets or at their end, each with the rows that it covers."""
        records = {record.row: record for record in section.records if record.role in ("item", "subtotal", "total", "unknown")}
        for n, col in enumerate(band.labels):
            cells = [cell for r in sorted(records) if (cell := self._cell(r, col)) is not None and cell.text.strip()]
            for cell in cells:
                points = _points_told(cell.text) if len(cell.text) <= _LONGEST_HEADING else ""
                record = records[cell.row]
                if not points or record.role != "item":
                    continue
                stop = cell.row + cell.row_span
                while cell.row_span == 1 and stop in records and not self._begins(stop, band.labels[: n + 1], records[stop]):
                    stop += 1
                heading = Record(f"{record.path}.heading{n}", re.sub(r"\s+", "", cell.text), "heading", {}, cell.row)
                column = self._head(col)[0][-1:]
                pointer = Pointer(f"{heading.path}.points", cell.address, cell.text, heading.label, "".join(column))
                reading = read_figure(points, self._lexicon, kind="points")
                heading.fields["points"] = Fact(reading, pointer, "points")
                heading.children = [records[r] for r in range(cell.row, stop) if r in records]
                yield heading

    def _begins(self, r: int, columns: Sequence[int], record: Record) -> bool:
        """Tell whether another label stands in one of the columns of a row, or the row is a total."""
        return record.role != "item" or any((cell := self._cell(r, c)) is not None and cell.text.strip() for c in columns)

    def _is_remark(self, label: Cell, values: Iterable[Cell | None]) -> bool:
        """Tell whether a row is a remark below the figures (备注 | 含续建项目2个), and has no figure itself."""
        if not (self._words.is_remark(label.text) or is_note(label.text)):
            return False
        return not any(cell is not None and self._is_figure(cell.text) for cell in values)

    def _covering(self, r: int, band: _Band) -> Cell | None:
        """Return the label cell that reaches into a row from above."""
        cells = [
            cell for c in band.labels if (cell := self._table.at(r, c)) is not None and cell.row < r and cell.row >= self._body
        ]
        return next((cell for cell in cells if cell.text.strip()), None)

    def _figure_cell(self, r: int, column: _Column) -> Cell | None:
        """Return the cell of a figure; a price that is merged over several rows is the price of each."""
        cell = self._table.at(r, column.col)
        leaf = column.path[-1] if column.path else ""
        if cell is not None and self._body <= cell.row < r and cell.col == column.col and self._words.is_price(leaf):
            return cell
        return self._cell(r, column.col)

    def _cell(self, r: int, col: int) -> Cell | None:
        cell = self._table.at(r, col)
        return cell if cell is not None and cell.row == r and cell.col == col else None

    def _record(self, section: Section, band: _Band, r: int, labels: Sequence[Cell], above: Cell | None) -> Record:
        path = f"{self._path}[{len(section.records)}]"
        texts = [re.sub(r"\s+", "", cell.text) if len(cell.text) < 30 else cell.text for cell in labels]
        levels = [self._words.level(text) for text in texts]
        totals = [n for n, level in enumerate(levels) if level.height]
        label, role = " ".join(texts), "item"
        if above is not None and self._words.level(above.text).height and not totals:
            role = "unknown"
        elif totals:
            label = texts[totals[-1]]
            whole = totals[-1] == len(texts) - 1 or all(levels[n].height for n in range(totals[0], len(texts)))
            role = ("subtotal" if levels[totals[-1]].height == 1 else "total") if whole else "unknown"
            label = label if whole else " ".join(texts)
        elif any(take_apart(text).among or self._words.among_alone(text) for text in texts):
            role = "among"
        record = Record(path, label, role, {}, r)
        names = [cell for cell in labels if not self._words.has("numbering", "".join(self._head(cell.col)[0][-1:]))] or labels
        address = names[-1].address if names else self._table.address_at(r, band.labels[0] if band.labels else 0)
        record.pointer = Pointer(path, address, names[-1].text if names else "", label)
        return record

    def _fact(self, record: Record, band: _Band, column: _Column, cell: Cell | None, r: int) -> Fact:
        text = cell.text if cell is not None else ""
        address = cell.address if cell is not None else self._table.address_at(r, column.col)
        unit = column.unit
        header = "".join(column.path)
        own = self._words.has("money", header) or self._words.has("not_summed", header) or column.kind == "percent"
        for col in band.units if not own else ():
            named = self._cell(r, col)
            unit = (self._lexicon.unit(named.text.strip()) if named is not None else None) or (
                None if unit is self._unit else unit
            )
        for inside in _BRACKETS.findall(record.label) if unit is not POINTS else ():
            unit = self._lexicon.unit(str(inside)) or unit
        if self._is_row_of_rates(record.label):
            unit = self._lexicon.unit("%")
        elif self._is_of_points(record.label):
            unit = POINTS
        reading = read_figure(text, self._lexicon, unit=unit, kind=column.kind)
        if reading.state is State.TEXT and any(map(str.isdigit, text)):
            meant = read_figure(text, self._lexicon, unit=unit, kind="amount")
            reading = meant if meant.state is State.GARBLED else reading
        return Fact(
            reading, Pointer(f"{record.path}.{column.id}", address, text, record.label, column.pointer.column_label), column.id
        )

    def _is_of_points(self, label: str) -> bool:
        """Tell whether a column, or a row of a table with a column for each project, holds points: 分值, 自评得分."""
        return self._words.has("points", label) or self._words.has("scores", label)

    def _is_row_of_rates(self, label: str) -> bool:
        """Tell whether a row compares those above it: 增减%, below the amounts of two years."""
        named = ("growth_rates", label), ("differences", label[:-1])
        return label.endswith(_PER_CENT) and any(self._words.has(*name) for name in named)

    def _add_code(self, record: Record, band: _Band, r: int) -> None:
        cells = [cell for col in band.codes if (cell := self._cell(r, col)) is not None and _CODE.fullmatch(cell.text.strip())]
        if cells:
            code = "".join(cell.text.strip() for cell in cells)
            pointer = Pointer(f"{record.path}.code", cells[-1].address, code, record.label, "")
            record.fields["code"] = Fact(Reading(State.TEXT, code), pointer, "code")

    def _refine_steps(self, section: Section) -> None:
        """Give each figure the finest step among its peers in the column."""
        for id in section.columns:
            holders = [record for record in section.records if id in record.fields and record.role != "numbering"]
            for record, reading in zip(holders, peers_step([record.fields[id].reading for record in holders]), strict=True):
                if reading is not record.fields[id].reading:
                    record.fields[id] = record.fields[id]._replace(reading=reading)


def _points_told(label: str) -> str:
    """Return the points that a label tells, in brackets or behind its words: 30 of 过程（30分） and of 过程 30分."""
    points = take_apart(label).points
    if not points and (found := _ENDS_WITH_POINTS.fullmatch(label.strip())) is not None:
        points = found[1]
    return points


def _are_nested_codes(texts: Sequence[str]) -> bool:
    """Tell whether numbers are codes of several levels, 201 20103 20106 208 20805: the longer ones begin with shorter ones."""
    shortest = min(map(len, texts), default=0)
    longer = [n for n, text in enumerate(texts) if len(text) > shortest]
    nested = all(any(len(above) < len(texts[n]) and texts[n].startswith(above) for above in texts[:n]) for n in longer)
    return shortest > 1 and len(longer) > 1 and nested and len(set(texts)) == len(texts)


def _is_number_of_column(text: str) -> bool:
    return bool(_ORDINAL.fullmatch(text) or _NUMBERING_FORMULA.fullmatch(text))


def _is_numbered(cells: Sequence[Cell]) -> bool:
    """Tell whether the first of two cells numbers what the other names: 一 | 道路工程, not 甲 | 乙."""
    number, name = (_ORDINAL.fullmatch(cell.text.strip().strip("()（）、.")) is not None for cell in cells)
    return number and not name


def _plain_ordinal(text: str) -> str:
    return str(_ORDINALS.index(text) + 1) if text in _ORDINALS and text else text
