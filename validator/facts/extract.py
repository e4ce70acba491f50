"""Read the values of a recognised form: blocks become sections, rows become records, cells become facts.

Comes in: a `Match` and the lexicon. Goes out: a `Form`. Every fact points at the cell it was read from; nothing is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from validator.facts.block import NUMERIC, BlockReader, Words, plain
from validator.facts.claims import Passage
from validator.facts.fields import fields
from validator.facts.lexicon import Lexicon, fold
from validator.facts.nesting import nest
from validator.facts.numbers import POINTS, peers_step, read_figure
from validator.facts.units import unit_in_brackets, units_of_lines
from validator.forms import spec
from validator.forms.labels import normalise
from validator.forms.recognise import Block, Match, Span
from validator.forms.unknown import own_cells
from validator.model.document import Cell
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import State, Unit

_REMARK = 12
"""A shorter text is a label or an answer, and explains nothing."""
_SHORTEST_NAME = 3
"""A shorter name of a project may stand in a text that doesn't speak of it."""
_WEIGHT = "weight"
_HUNDRED = 100
_MOST_WEIGHTS = Decimal("1.5")
"""A list whose weights add up to more than this has those of each group."""
_FEWEST_NAMES = 3
"""So many rows must have points in their names before the brackets are read as points."""
_POINTS_IN_NAME = re.compile(r"[(（【\[]\s*(\d{1,3}(?:\.\d{1,2})?\s*分)\s*[)）】\]]")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Extractor:
    """Reads forms of one ruleset. Build it once, use it for any number of documents."""

    def __init__(self, lexicon: Lexicon) -> None:
        """`lexicon` knows units, signs and marks."""
        self._lexicon = lexicon
        self._compiled: dict[int, Words] = {}

    def _words(self, section: spec.Section) -> Words:
        words = self._compiled.get(id(section))
        if words is None or words.section is not section:
            words = self._compiled[id(section)] = Words(section)
        return words

    def extract(self, match: Match, index: int) -> Form:
        """Read everything that the form says. `index` is the number of the form in its document, from 0."""
        prefix = f"form[{index}]."
        sections: list[Section] = []
        for blocks in _runs(match.blocks):
            id = blocks[0].section.id
            count = sum(section.id == id for section in sections)
            named = f"{prefix}{id}" + (str(count + 1) if count else "")  # funds2: funds[1] is the second row of the first
            sections.append(self._table_section(match, blocks, named))
        specs = {section.id: section for section in match.sections}
        _refine_points(sections, specs)
        _tell_whole_lists(sections, specs, match.blocks)
        tables = tuple(sections)
        for section in match.sections:
            if section.layout == "fields":
                found = self._fields_section(section, match, f"{prefix}{section.id}", tables)
                if found.records:
                    sections.insert(0, found)
        return Form(
            id=match.form.id,
            title=match.title,
            at=match.at,
            confidence=match.confidence,
            reasons=match.reasons,
            sections=sections,
            year=match.year or _year_field(sections),
            index=index,
            remarks=tuple(_remarks(match, prefix)),
        )

    def _fields_section(self, section: spec.Section, match: Match, path: str, tables: Sequence[Section]) -> Section:
        """Read labels each followed by its value. Amounts without a unit have the one that every table of the form has."""
        words = self._words(section)
        facts: dict[str, Fact] = {}
        columns: dict[str, Pointer] = {}
        named = self._units_of_lines(match, words) or {unit for t in tables if (unit := self._lexicon.unit(t.unit)) is not None}
        money = named.pop() if len(named) == 1 else None
        amounts = [id for id, column in section.columns.items() if section.spaced and column.type == "amount"]
        for found in fields(match, words.columns, amounts):
            column = section.columns[found.id]
            numeric = column.type in NUMERIC
            unit = unit_in_brackets(found.label, self._lexicon) or (self._lexicon.unit(column.unit) if column.unit else None)
            unit = unit or (money if column.type == "amount" else None)
            reading = read_figure(found.value, self._lexicon, unit=unit, kind=column.type) if numeric else plain(found.value)
            if found.id in facts or (found.apart and numeric and reading.state is State.TEXT):
                continue
            facts[found.id] = Fact(
                reading, Pointer(f"{path}.{found.id}", found.address, found.value, "", found.label), found.id
            )
            columns[found.id] = Pointer(f"{path}.{found.id}", found.address, found.label)
        records = [Record(path, match.title, "total", facts)] if facts else []
        table = match.free[0].table if match.free else None
        return Section(section.id, path, records, columns, table, next((f.pointer.address for f in facts.values()), ""))

    def _money_of_lines(self, match: Match, words: Words) -> Unit | None:
        """Return the unit of money that the lines of a form name, None where they name none or several."""
        named = self._units_of_lines(match, words)
        return named.pop() if len(named) == 1 else None

    def _units_of_lines(self, match: Match, words: Words) -> set[Unit]:
        theirs = {(id(span.table), r) for span in match.apart for r in range(span.start, span.end)}
        rows = ((span, r) for span in match.free for r in range(span.start, span.end))
        cells = (cell.text for span, r in rows if (id(span.table), r) not in theirs for cell in own_cells(span, r))
        lines = Counter((*(p.text.strip() for p in match.paragraphs), *cells))
        lines.subtract(text for span in match.apart for text in span.above)
        own = (*(text for text, count in lines.items() if count > 0), *(t for block in match.blocks for t in block.above))
        return set(units_of_lines(own, self._lexicon, words.captions))

    def _table_section(self, match: Match, blocks: Sequence[Block], path: str) -> Section:
        """Read a section: one block, or several where it goes on in another table."""
        words = self._words(blocks[0].section)
        money = self._money_of_lines(match, words)
        readers = [BlockReader(block, words, self._lexicon, path, money) for block in blocks]
        section = readers[0].section()
        groups: dict[str, Cell] = {}
        for reader in readers:
            reader.read_into(section, groups)
        section.complete = all(block.complete for block in blocks) and not _lacks_a_group(section, words.section)
        section.cut = any(block.cut for block in blocks) and any(
            words.section.columns[id].type in spec.SUMMED for id in section.columns
        )
        self._read_points_in_names(section, words.section)
        _read_weights_in_per_cent(section, words.section)
        _read_weights_of_groups_once(section, words.section)
        _refine_steps(section, words.section)
        nest(
            section,
            words.within,
            items=words.items,
            among={number for reader in readers for number in reader.among},
            group_of=words.group_of if words.section.groups.keys().isdisjoint(section.columns) else None,
        )
        return section

    def _read_points_in_names(self, section: Section, section_spec: spec.Section) -> None:
        """Give the rows of a table without a column of points those that stand in their names, if each of them has some."""
        columns = section_spec.columns
        missing = next((id for id, column in columns.items() if column.in_name and id not in section.columns), None)
        name = next((id for id, column in columns.items() if column.type == "name"), None)
        if missing is None or name is None or name not in section.columns:
            return
        rows = [record for record in section.records if record.role == section_spec.default_role]
        names = [(record, fact) for record in rows if (fact := record.fields.get(name)) is not None]
        found = [(record, fact, points) for record, fact in names if (points := _POINTS_IN_NAME.search(fact.text)) is not None]
        if len(found) < max(len(rows), _FEWEST_NAMES):
            return
        label = columns[missing].name
        section.columns[missing] = section.columns[name]._replace(path=f"{section.path}.{missing}", column_label=label)
        for record, fact, points in found:
            pointer = Pointer(f"{record.path}.{missing}", fact.pointer.address, points[0], record.label, label)
            record.fields[missing] = Fact(read_figure(points[1], self._lexicon, kind="points"), pointer, missing)


def _lacks_a_group(section: Section, section_spec: spec.Section) -> bool:
    """Tell whether the word of an outer group is missing in a grid without merged cells: the row that it stood in was lost.

    The first row has none, or a group is named after another one than it stands in: 经济效益指标 in 产出指标.
    """
    ids = [id for id, column in section_spec.columns.items() if column.type == "group" and id in section.columns][:2]
    table = section.table
    if (
        len(ids) < 2
        or table is None
        or table.style == "text"
        or any(cell.row_span > 1 or cell.col_span > 1 for cell in table.cells())
    ):
        return False
    words = [normalise(word) for word in section_spec.groups.get(ids[0], ())]
    items = [record for record in section.records if record.role == section_spec.default_role]
    pairs = [[normalise(fact.text) if (fact := record.fields.get(id)) else "" for id in ids] for record in items]
    named = {
        (outer, max((word for word in words if inner.endswith(word) and inner != word), key=len, default=outer))
        for outer, inner in pairs
        if inner
    }
    lost = any(word not in outer and outer not in word for outer, word in named)
    return any(outer for outer, _ in pairs) and (not pairs[0][0] or lost)


def _read_weights_in_per_cent(section: Section, section_spec: spec.Section) -> None:
    """Take percentages for points where all weights of a list are given so: 10% of the 100 that the list is worth.

    Not where they add up to far more: then they are the weights within each group.
    """
    if section_spec.complete_at != _HUNDRED or _WEIGHT not in section.columns:
        return
    found = [(record, fact) for record in section.records if (fact := record.fields.get(_WEIGHT)) and fact.quantity]
    points = [[other for other in fact.reading.alternatives if other.unit == POINTS] for _, fact in found]
    items = (
        [q.value for (record, _), (q, *_) in zip(found, points, strict=True) if record.role == section_spec.default_role]
        if all(points)
        else []
    )
    if not items or sum(items) > _HUNDRED * _MOST_WEIGHTS:
        return
    for (record, fact), (quantity, *_) in zip(found, points, strict=True):
        record.fields[_WEIGHT] = fact._replace(reading=fact.reading._replace(quantity=quantity, alternatives=()))


def _read_weights_of_groups_once(section: Section, section_spec: spec.Section) -> None:
    """Take the points of a group from its first row alone where each of its rows repeats them, as unmerged cells do.

    That is so where all rows of every group have the same points, and only those of the groups can be those of the list.
    """
    group = next((id for id, column in section_spec.columns.items() if column.type == "group" and id in section.columns), None)
    if section_spec.complete_at != _HUNDRED or group is None:
        return
    groups: dict[str, list[tuple[Record, Decimal]]] = {}
    for record in section.records:
        word, weight = record.fields.get(group), record.fields.get(_WEIGHT)
        if record.role == section_spec.default_role and word is not None and weight is not None and weight.quantity is not None:
            groups.setdefault(word.pointer.address, []).append((record, weight.quantity.value))
    firsts = sum((rows[0][1] for rows in groups.values()), Decimal(0))
    repeated = [rows for rows in groups.values() if len(rows) > 1]
    every = sum((points for rows in groups.values() for _, points in rows), Decimal(0))
    if not repeated or firsts > _HUNDRED or every <= _HUNDRED * _MOST_WEIGHTS:
        return
    if all(len({points for _, points in rows}) == 1 for rows in repeated):
        for rows in repeated:
            for record, _ in rows[1:]:
                del record.fields[_WEIGHT]


def _runs(blocks: Iterable[Block]) -> list[list[Block]]:
    """Put the blocks of one section that have the same columns together: a table that goes on in another one."""
    runs: list[list[Block]] = []
    for block in blocks:
        run = next((run for run in runs if _goes_on(run[-1], block)), None)
        if run is None:
            runs.append([block])
        else:
            run.append(block)
    return runs


def _goes_on(block: Block, other: Block) -> bool:
    return (
        block.section is other.section
        and (block.table is not other.table or block.header != other.header)  # the other side of an account is one of its own
        and not block.values
        and block.columns.keys() == other.columns.keys()
        and all(normalise(cell.text) == normalise(other.columns[id].text) for id, cell in block.columns.items())
    )


def _refine_steps(section: Section, section_spec: spec.Section) -> None:
    """Give each figure the step of its peers, the figures of one kind in the block: `320` beside `261.75` means 320.00."""
    for family in ("amount", "percent", "points", "number"):
        _share_step(_holders(section, section_spec, family))


def _refine_points(sections: Iterable[Section], specs: Mapping[str, spec.Section]) -> None:
    """Give the points of all tables of a form one step: who writes 9.88 beside an indicator means 10.00 beside the funds."""
    _share_step([
        holder
        for section in sections
        if specs[section.id].layout == "table"
        for holder in _holders(section, specs[section.id], "points")
    ])  # fmt: skip


def _tell_whole_lists(sections: Sequence[Section], specs: Mapping[str, spec.Section], blocks: Sequence[Block]) -> None:
    """Call a list that ends with the text complete when its points add up to those of a whole one, and no row is open.

    Nor may rows stand behind it that could not be read.
    """
    for section in sections:
        whole = specs[section.id].complete_at
        own = [block for block in blocks if block.section.id == section.id]
        if (
            section.complete
            or whole is None
            or any(block.unread or block.table.open_rows.intersection(block.rows) for block in own)
        ):
            continue
        items = [record for record in section.records if record.role not in ("total", "subtotal", "group")]
        totals = [r for other in sections if other is not section for r in other.records if r.role == "total"]
        scored = [record.fields.get(id) for record in items[-1:] for id in ("weight", "score") if id in section.columns]
        filled = all(fact is not None and fact.quantity is not None for fact in scored)
        if filled and whole in (_points(items), _points([*items, *totals])):
            section.complete, section.cut = True, False


def _points(records: Iterable[Record]) -> Decimal:
    facts = (record.fields.get("weight") for record in records)
    return sum((fact.quantity.value for fact in facts if fact is not None and fact.quantity is not None), Decimal(0))


def _holders(section: Section, section_spec: spec.Section, family: str) -> list[tuple[Record, str]]:
    """Return where the figures of one kind stand: row by row within a column."""
    ids = [id for id, column in section_spec.columns.items() if id in section.columns and column.type == family]
    return [(record, id) for id in ids for record in section.records if id in record.fields]


def _share_step(holders: Sequence[tuple[Record, str]]) -> None:
    readings = peers_step([record.fields[id].reading for record, id in holders])
    for (record, id), reading in zip(holders, readings, strict=True):
        if reading is not record.fields[id].reading:
            record.fields[id] = record.fields[id]._replace(reading=reading)


def _year_field(sections: Sequence[Section]) -> int | None:
    """Return the year that a field at the head of the form gives, None when none does."""
    facts = (fact for section in sections for record in section.records[:1] if (fact := record.fields.get("year")))
    found = next(filter(None, (_YEAR.search(fact.text) for fact in facts)), None)
    return int(found.group()) if found else None


def _has_targets(block: Block) -> bool:
    """Tell whether a block lists indicators: what is said of one of them explains nothing else."""
    return any(block.section.columns[id].type == "target" for id in block.columns)


def add_remarks(forms: Iterable[Form], passages: Sequence[Passage]) -> None:
    """Add what a report or another sheet says of the project of a form, under its name, to the remarks of the form."""
    for form in forms:
        header = form.section("header")
        named = header.records[0].fields.get("project") if header is not None else None
        name = fold(named.text).strip() if named is not None else ""
        if len(name) < _SHORTEST_NAME:
            continue
        known = {remark.pointer.address for remark in form.remarks}
        form.remarks += tuple(
            Fact(plain(passage.text), Pointer(f"form[{form.index}].remarks", passage.address, passage.text))
            for passage in passages
            if name in passage.text and passage.prose and passage.form != form.index and passage.address not in known
        )


def _remarks(match: Match, prefix: str) -> Iterator[Fact]:
    """Yield the free text of a form: paragraphs, and cells too long to be a label or a figure."""
    for n, paragraph in enumerate(match.paragraphs):
        if len(paragraph.text.strip()) >= _REMARK:
            yield Fact(plain(paragraph.text), Pointer(f"{prefix}remarks[{n}]", paragraph.address, paragraph.text))
    spans = [*match.free, *(Span(b.table, b.header + 1, b.end) for b in match.blocks if not _has_targets(b))]
    for span in spans:
        for r in range(span.start, span.end):
            for cell in dict.fromkeys(span.table.rows[r]):
                if cell is not None and cell.row == r and len(cell.text) >= _REMARK:
                    yield Fact(plain(cell.text), Pointer(f"{prefix}remarks", cell.address, cell.text))
