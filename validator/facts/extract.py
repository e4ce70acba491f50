"""Read the values of a recognised form: blocks become sections, rows become records, cells become facts.

Comes in: a `Match` and the lexicon. Goes out: a `Form`. Every fact points at the cell it was read from; nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from validator.facts.lexicon import Lexicon
from validator.facts.numbers import peers_step, read_figure, with_unit
from validator.forms import spec
from validator.forms.labels import Matcher, normalise, take_apart
from validator.forms.headers import column_matcher
from validator.forms.recognise import Block, Match, Span
from validator.model.document import Cell, Table
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import BARE, Reading, State, Unit

_FIELD = re.compile(r"^([^:：]{2,20})[:：](.*)$", re.DOTALL)
_NUMERIC = frozenset({"amount", "percent", "points", "target", "actual", "number"})
_REMARK = 12
_SIGNS = {
    ">=": ">=",
    "≥": ">=",
    "≧": ">=",
    "<=": "<=",
    "≤": "<=",
    "≦": "<=",
    "=": "=",
    "＝": "=",
    ">": ">",
    "＞": ">",
    "<": "<",
    "＜": "<",
}


class _Words:
    """The words of one section, compiled."""

    def __init__(self, section: spec.Section) -> None:
        self.section = section
        self.rows = Matcher((row.id, row.labels) for row in section.rows)
        self.roles = {row.id: row.role for row in section.rows}
        self.within = {row.id: row.within for row in section.rows}
        self.totals = frozenset(row.id for row in section.rows if row.role == "total")
        self.captions = Matcher([("caption", section.captions)])
        self.columns = column_matcher(section)
        self.lower_groups = frozenset(normalise(word) for word in section.lower_better)
        self.lower_names = Matcher([("name", section.lower_better_names)])


class Extractor:
    """Reads forms of one ruleset. Build it once, use it for any number of documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        """`lexicon` knows units, signs and marks."""
        self._lexicon = lexicon
        self._compiled: dict[int, _Words] = {}

    def _words(self, section: spec.Section) -> _Words:
        words = self._compiled.get(id(section))
        if words is None or words.section is not section:
            words = self._compiled[id(section)] = _Words(section)
        return words

    def extract(self, match: Match, index: int) -> Form:
        """Read everything that the form says. `index` is the number of the form in its document, from 0."""
        prefix = f"form[{index}]."
        sections: list[Section] = []
        for block in match.blocks:
            count = sum(section.id == block.section.id for section in sections)
            path = f"{prefix}{block.section.id}" + (f"[{count}]" if count else "")
            sections.append(self._table_section(block, path))
        for section in match.sections:
            if section.layout == "fields":
                fields = self._fields_section(section, match, f"{prefix}{section.id}")
                if fields.records:
                    sections.insert(0, fields)
        remarks = tuple(_remarks(match, prefix))
        return Form(match.form.id, match.title, match.at, match.confidence, match.reasons, sections, match.year, index, remarks)

    # --- fields -------------------------------------------------------------------------------------------------

    def _fields_section(self, section: spec.Section, match: Match, path: str) -> Section:
        matcher = self._words(section).columns
        facts: dict[str, Fact] = {}
        columns: dict[str, Pointer] = {}
        table = match.free[0].table if match.free else None
        for id, label, value, address in _labelled_values(match, matcher):
            if id in facts:
                continue
            column = section.columns[id]
            reading = read_figure(value, self._lexicon, kind=column.type) if column.type in _NUMERIC else _plain(value)
            facts[id] = Fact(reading, Pointer(f"{path}.{id}", address, value, "", label), id)
            columns[id] = Pointer(f"{path}.{id}", address, label)
        records = [Record(path, match.title, "total", facts)] if facts else []
        return Section(section.id, path, records, columns, table, records and next(iter(facts.values())).pointer.address or "")

    # --- tables -------------------------------------------------------------------------------------------------

    def _table_section(self, block: Block, path: str) -> Section:
        table, spec_section = block.table, block.section
        header_cells = dict(block.columns)
        spans = {id: range(cell.col, cell.col + cell.col_span) for id, cell in header_cells.items()}
        spans.update(self._unlabelled(block, spans) if not block.values else {})
        caption = self._caption(block, spans)
        columns = {
            id: Pointer(f"{path}.{id}", header_cells[id].address, header_cells[id].text, "", header_cells[id].text)
            if id in header_cells
            else Pointer(f"{path}.{id}", table.address_at(block.header, span.start), "", "", spec_section.columns[id].name)
            for id, span in spans.items()
        }
        units = self._units(block, spans, caption)
        section = Section(spec_section.id, path, [], columns, table, table.address_at(block.header, 0), block.complete)
        section.unit = next((unit.name for unit in units.values() if unit is not None and unit.dimension == "money"), "")
        section.points = self._caption_points(caption, path)
        section.stray = self._stray_label(block, spans, path)
        if block.values:
            self._paired_total(section, block, units)
        else:
            self._records(section, block, spans, units)
        self._refine_steps(section, spec_section)
        _nest(section, self._words(spec_section))
        return section

    def _unlabelled(self, block: Block, spans: Mapping[str, range]) -> dict[str, range]:
        """Find the columns that stand without a header: the labels on the left, a score at the end."""
        found: dict[str, range] = {}
        taken = {c for span in spans.values() for c in span}
        first = min(taken)
        for id, column in block.section.columns.items():
            if id in spans:
                continue
            if column.unlabelled == "first" and first > 0:
                found[id] = range(first)
            elif column.unlabelled == "last":
                after = max(taken) + 1
                if self._looks_like_scores(block, spans, after):
                    found[id] = range(after, after + 1)
        return found

    def _looks_like_scores(self, block: Block, spans: Mapping[str, range], col: int) -> bool:
        """Tell whether an unlabelled column holds plain numbers, none above the weight beside it, in most rows."""
        weight = spans.get("weight")
        if weight is None or col >= block.table.columns:
            return False
        pairs = 0
        for r in range(block.header + 1, block.end):
            points, score = block.table.at(r, weight.start), block.table.at(r, col)
            if points is None or score is None:
                continue
            full = read_figure(points.text, self._lexicon, kind="points").quantity
            got = read_figure(score.text, self._lexicon, kind="points").quantity
            if full is None:
                continue
            if got is None or not 0 <= got.value <= full.value:
                return False
            pairs += 1
        return pairs >= 2

    def _caption(self, block: Block, spans: Mapping[str, range]) -> list[Cell]:
        """Return the cells that name the block: left of its header row, above it, or the left of the first body row."""
        first = min(c for span in spans.values() for c in span)
        known = self._words(block.section).captions
        cells: list[Cell] = []
        for r in (block.header, block.header - 1, block.header + 1):
            for c in range(block.table.columns if r != block.header else max(first, 1)):
                cell = block.table.at(r, c)
                if cell is None or not cell.text or cell in cells:
                    continue
                if r == block.header and c < first or known.find(cell.text):
                    cells.append(cell)
        return cells

    def _units(self, block: Block, spans: Mapping[str, range], caption: Sequence[Cell]) -> dict[str, Unit | None]:
        """Return the unit of each column: its own, or that of the caption; one money unit in a header is for all amounts."""
        units = {id: self._unit(block.columns.get(id), caption) for id in spans}
        for id, unit in units.items():
            # 万元 above a table is for its amounts: a multiple or a number of people beside them keeps its own unit.
            if unit is not None and unit.dimension == "money" and block.section.columns[id].type == "number":
                units[id] = self._unit(block.columns.get(id), ())
        money = {unit for unit in units.values() if unit is not None and unit.dimension == "money"}
        if len(money) == 1:
            only = money.pop()
            for id in units:
                if units[id] is None and block.section.columns[id].type == "amount":
                    units[id] = only
        return units

    def _unit(self, header: Cell | None, caption: Sequence[Cell]) -> Unit | None:
        for cell in ([header] if header else []) + list(caption):
            for inside in take_apart(cell.text).brackets:
                unit = self._lexicon.unit(inside.removeprefix("单位"))
                if unit is not None:
                    return unit
        return None

    def _caption_points(self, caption: Sequence[Cell], path: str) -> Fact | None:
        for cell in caption:
            label = take_apart(cell.text)
            if label.points:
                reading = read_figure(label.points, self._lexicon, kind="points")
                return Fact(reading, Pointer(f"{path}.points", cell.address, cell.text, "", label.text))
        return None

    def _stray_label(self, block: Block, spans: Mapping[str, range], path: str) -> Fact | None:
        """Return the label of a total that stands in the header row, left of the columns, while no row below has it."""
        words = self._words(block.section)
        rows, totals = words.rows, words.totals
        below = range(block.header + 1, block.end)
        leads = [rows.find(cell.text) for r in below if (cell := _lead(block.table, r, block.header)) is not None]
        if totals & set(leads) or len([lead for lead in leads if lead]) < 2:
            return None
        taken = {c for id, span in spans.items() for c in span if id in block.columns}
        for c in range(block.table.columns):
            cell = block.table.at(block.header, c)
            if cell is not None and cell.row == block.header and c not in taken and rows.find(cell.text) in totals:
                return Fact(_plain(cell.text), Pointer(f"{path}.stray", cell.address, cell.text, "", cell.text))
        return None

    def _records(self, section: Section, block: Block, spans: Mapping[str, range], units: Mapping[str, Unit | None]) -> None:
        table, spec_section = block.table, block.section
        words = self._words(spec_section)
        rows, roles = words.rows, words.roles
        groups = [id for id, column in spec_section.columns.items() if column.type == "group" and id in spans]
        labels = [id for id, column in spec_section.columns.items() if column.type in ("label", "name") and id in spans]
        values = [id for id in spans if id not in groups and id not in labels]
        current: dict[str, Cell] = {}
        due = section.stray.pointer if section.stray is not None else None
        for r in range(block.header + 1, block.end):
            fresh = {id: cell for id, span in spans.items() if (cell := _cell_in(table, r, span, block.header)) is not None}
            own = [cell for cell in fresh.values() if cell.row == r]
            if not own or all(not cell.text for cell in own):
                continue
            lead = _lead(table, r, block.header)
            label_cell = self._label_cell(table, r, spans, groups, labels, fresh, block.header)
            if due is not None and label_cell is not None:
                label_cell, due = Cell(due.text, r, 0, due.address), Pointer("", label_cell.address, label_cell.text)
            row_id = rows.find(label_cell.text) if label_cell else None
            if row_id is None and lead is not None and roles.get(rows.find(lead.text) or "", "") == "total":
                label_cell, row_id = lead, rows.find(lead.text)
            if label_cell is None and words.totals and spec_section.default_role != "item" and _stands_alone(block):
                row_id = next(row.id for row in spec_section.rows if row.role == "total")
            role = roles.get(row_id or "", spec_section.default_role)
            if role != "total":
                _follow_groups(current, fresh, groups, label_cell)
            if label_cell is None and not any(id in fresh and fresh[id].text for id in values):
                continue
            label = take_apart(label_cell.text).text if label_cell else ""
            number = len(section.records)
            path = f"{section.path}.{row_id}" if row_id and role == "total" else f"{section.path}[{number}]"
            record = Record(path, label_cell.text.replace("\n", "") if label_cell else label, role, {}, r, kind=row_id or "")
            record.pointer = Pointer(
                path, label_cell.address if label_cell else table.address_at(r, 0), label_cell.text if label_cell else ""
            )
            for id, span in spans.items():
                if id in groups:
                    cell = current.get(id) if role != "total" else None
                elif id in labels and label_cell is not None and id == labels[-1]:
                    cell = label_cell
                else:
                    cell = fresh.get(id)
                record.fields[id] = self._fact(
                    record, id, spec_section.columns[id], cell, table, r, span, units.get(id), section
                )
            self._complete_indicator(record, words, current)
            section.records.append(record)

    def _paired_total(self, section: Section, block: Block, units: Mapping[str, Unit | None]) -> None:
        """Read the one row of a block whose labels each stand before their value: it is the total."""
        kind = next(row.id for row in block.section.rows if row.role == "total")
        record = Record(f"{section.path}.{kind}", block.section.title.zh, "total", {}, block.header, kind=kind)
        record.pointer = Pointer(record.path, section.address, "")
        for id, cell in block.values.items():
            column, at = block.section.columns[id], range(cell.col, cell.col + 1)
            record.fields[id] = self._fact(record, id, column, cell, block.table, cell.row, at, units.get(id), section)
        section.records.append(record)

    def _label_cell(
        self, table: Table, r: int, spans: Mapping[str, range], groups: Sequence[str], labels: Sequence[str],
        fresh: Mapping[str, Cell], header: int,
    ) -> Cell | None:  # fmt: skip
        """Return the cell that names the row: of the name column, else the last text left of the values."""
        for id in reversed(labels):
            span = spans[id]
            inside = [
                cell for c in span if (cell := table.at(r, c)) is not None and cell.text and cell.row > header and cell.row == r
            ]
            if inside:
                return inside[-1]
        for id in reversed(groups):
            cell = fresh.get(id)
            if cell is not None and cell.text and cell.row == r:
                return cell
        return None

    def _fact(
        self, record: Record, id: str, column: spec.Column, cell: Cell | None, table: Table, r: int, span: range,
        unit: Unit | None, section: Section,
    ) -> Fact:  # fmt: skip
        text = cell.text if cell is not None else ""
        address = cell.address if cell is not None else table.address_at(r, span.start)
        if column.type == "group" and (points := take_apart(text).points):
            reading = read_figure(points, self._lexicon, kind="points")
        elif column.type in _NUMERIC:
            reading = read_figure(text, self._lexicon, unit=unit, kind=column.type)
        else:
            reading = _plain(text)
        return Fact(
            reading, Pointer(f"{record.path}.{id}", address, text, record.label, section.columns[id].text or column.name), id
        )

    def _complete_indicator(self, record: Record, words: _Words, groups: Mapping[str, Cell]) -> None:
        """Give target and actual the sign and the unit that stand in columns of their own, and the direction of their group."""
        unit_fact, nature = record.fields.get("unit"), record.fields.get("nature")
        unit = self._lexicon.unit(unit_fact.text.strip()) if unit_fact is not None and unit_fact.text.strip() else None
        sign = _SIGNS.get(nature.text.strip(), "") if nature is not None else ""
        lower = (
            any(normalise(cell.text) in words.lower_groups for cell in groups.values())
            or words.lower_names.find(record.label) is not None
        )
        for id in ("target", "adjusted_target", "actual"):
            fact = record.fields.get(id)
            if fact is None or fact.quantity is None:
                continue
            quantity = fact.quantity
            if unit is not None and quantity.unit == BARE:
                fact = record.fields[id] = fact._replace(reading=with_unit(fact.reading, unit))
                quantity = fact.reading.quantity or quantity
            if id != "actual":
                quantity = quantity._replace(comparator=_direction(quantity.comparator or sign, lower=lower))
            if quantity != fact.quantity:
                record.fields[id] = fact._replace(reading=fact.reading._replace(quantity=quantity))

    def _refine_steps(self, section: Section, spec_section: spec.Section) -> None:
        """Give each figure the step of its peers, the figures of one kind in the block: `320` beside `261.75` means 320.00."""
        for family in ("amount", "percent", "points", "number"):
            ids = [id for id, column in spec_section.columns.items() if id in section.columns and column.type == family]
            holders = [(record, id) for id in ids for record in section.records if id in record.fields]
            readings = peers_step([record.fields[id].reading for record, id in holders])
            for (record, id), reading in zip(holders, readings, strict=True):
                if reading is not record.fields[id].reading:
                    record.fields[id] = record.fields[id]._replace(reading=reading)


def _direction(sign: str, *, lower: bool) -> str:
    """Return the sign of a target: a cost of `=166万元` is met by spending less."""
    return "<=" if lower and sign in ("", "=") else sign


def _has_targets(block: Block) -> bool:
    """Tell whether a block lists indicators: what is said of one of them explains nothing else."""
    return any(block.section.columns[id].type == "target" for id in block.columns)


def _remarks(match: Match, prefix: str) -> Iterable[Fact]:
    """Yield the free text of a form: paragraphs, and cells too long to be a label or a figure."""
    for n, paragraph in enumerate(match.paragraphs):
        if len(paragraph.text.strip()) >= _REMARK:
            yield Fact(_plain(paragraph.text), Pointer(f"{prefix}remarks[{n}]", paragraph.address, paragraph.text))
    spans = [*match.free, *(Span(block.table, block.header + 1, block.end) for block in match.blocks if not _has_targets(block))]
    for span in spans:
        for r in range(span.start, span.end):
            for cell in span.table.rows[r]:
                if cell is not None and cell.row == r and len(cell.text) >= _REMARK:
                    yield Fact(_plain(cell.text), Pointer(f"{prefix}remarks", cell.address, cell.text))


def _plain(text: str) -> Reading:
    return Reading(State.TEXT if text.strip() else State.BLANK, text)


def _labelled_values(match: Match, matcher: Matcher) -> Iterable[tuple[str, str, str, str]]:
    """Yield (field, label, value, address) for each label with its value, in cells side by side or in one cell."""
    for span in match.free:
        for r in range(span.start, span.end):
            yield from _values_in_row(span, r, matcher)
    for paragraph in match.paragraphs[:40]:
        found = _FIELD.match(paragraph.text.strip())
        if found and len(paragraph.text) < 100 and (id := matcher.find(found.group(1))):
            yield id, found.group(1), found.group(2).strip(), paragraph.address


def _values_in_row(span: Span, r: int, matcher: Matcher) -> Iterable[tuple[str, str, str, str]]:
    cells: list[Cell] = []
    for cell in span.table.rows[r]:
        if cell is not None and cell.row == r and (not cells or cells[-1] is not cell):
            cells.append(cell)
    for n, cell in enumerate(cells):
        found = _FIELD.match(cell.text.strip())
        if found and found.group(2).strip() and (id := matcher.find(found.group(1))):
            yield id, found.group(1), found.group(2).strip(), cell.address
            continue
        id = matcher.find(cell.text)
        if not id:
            continue
        value = next((other for other in cells[n + 1 :] if other.text), None)
        if value is not None and not matcher.find(value.text) and not value.text.rstrip().endswith(("：", ":")):
            yield id, cell.text.strip().rstrip("：:"), value.text, value.address


def _cell_in(table: Table, r: int, span: range, header: int) -> Cell | None:
    """Return the cell of a column in a row: the first one in the header's span that says something and isn't the header."""
    blank = None
    for c in span:
        cell = table.at(r, c)
        if cell is None or cell.row <= header:
            continue
        if cell.col < span.start and cell.col_span > 1:
            continue
        if cell.text:
            return cell
        blank = blank or cell
    return blank


def _stands_alone(block: Block) -> bool:
    """Tell whether a block has but one row that says anything."""
    rows = range(block.header + 1, block.end)
    return sum(_lead(block.table, r, block.header) is not None for r in rows) == 1


def _lead(table: Table, r: int, header: int) -> Cell | None:
    return next(
        (cell for cell in table.rows[r] if cell is not None and cell.text and cell.row == r and cell.row > header), None
    )


def _follow_groups(current: dict[str, Cell], fresh: Mapping[str, Cell], groups: Sequence[str], label: Cell | None) -> None:
    """Carry a group word down to the rows that leave it blank; a new outer group ends the inner one."""
    for n, id in enumerate(groups):
        cell = fresh.get(id)
        if cell is not None and cell.text and cell is not label:
            if current.get(id) is not cell:
                for inner in groups[n + 1 :]:
                    current.pop(inner, None)
            current[id] = cell


def _nest(section: Section, words: _Words) -> None:
    """Put parts under their wholes: parts under the total, 其中 rows and rows `within` others under those."""
    within, items = words.within, words.section.default_role == "item"
    total: Record | None = None
    holder: Record | None = None
    above: list[Record] = []
    for record in section.records:
        if record.role == "total":
            total, holder = (record, None) if not items else (None, None)
            above = []
            continue
        label = take_apart(record.pointer.text if record.pointer else record.label)
        if items:
            whole = holder if label.among and _bare_of_points(record) else None
            if whole is None:
                holder = record
        else:
            whole = next((r for r in reversed(above) if r.kind in within.get(record.kind, ())), None)
            if whole is None and label.among and above:
                whole = above[-1]
            if whole is None:
                above.append(record)
                whole = total
        record.depth = 1 if whole is None else whole.depth + 1
        if whole is not None:
            record.parent = whole
            whole.children.append(record)


def _bare_of_points(record: Record) -> bool:
    return all(fact.quantity is None for id, fact in record.fields.items() if id in ("weight", "score"))
