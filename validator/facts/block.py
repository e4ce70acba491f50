"""Read one block of a form: where its columns are, which unit they have, and a record for each of its rows.

Comes in: a `Block`, the compiled words of its section, the lexicon. Goes out: the records, put into a `Section`. Which row is
part of which is decided in `facts.nesting`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import islice, pairwise
from operator import add

from validator.facts.lexicon import Lexicon, fold
from validator.facts.numbers import read_beside_name, read_figure, with_unit
from validator.facts.units import unit_in_brackets, units_of_lines
from validator.forms import spec
from validator.forms.headers import column_matcher
from validator.forms.labels import Matcher, normalise, take_apart
from validator.forms.recognise import Block
from validator.model.document import Cell, Note
from validator.model.fact import Fact, Pointer, Record, Section
from validator.model.quantity import BARE, Reading, State, Unit

_FEWEST_COUNTED = 4
"""Numbers that count columns; fewer may be amounts."""
NUMERIC = frozenset({"amount", "percent", "points", "target", "actual", "number"})
_FEWEST_LABELS = 2
_SHARED = frozenset({"amount", "percent", "points", "number"})
"""Columns in which a cell that reaches over several rows is one figure for all of them, not one for each."""
_BESIDE = "右边从“{}”起是另一组项目，和左边不是同一行，未作核对。"


class Words:
    """The words of one section, compiled."""

    def __init__(self, section: spec.Section) -> None:
        """Build every matcher."""
        self.section = section
        self.rows = Matcher((row.id, row.labels) for row in section.rows)
        self.roles = {row.id: row.role for row in section.rows}
        self.within = {row.id: row.within for row in section.rows}
        self.total = next((row.id for row in section.rows if row.role == "total"), "")
        self.captions = Matcher([("caption", section.captions)])
        self.columns = column_matcher(section)
        self.items = section.default_role == "item"
        self._groups = {id: frozenset(map(normalise, words)) for id, words in section.groups.items()}
        self._lower_groups = frozenset(normalise(word) for word in section.lower_better)
        self._lower_names = Matcher([("name", section.lower_better_names)])
        self._higher_names = Matcher([("name", section.higher_better_names)])

    def role(self, text: str) -> str:
        """Return the role of a row label; empty when the section doesn't name it."""
        return self.roles.get(self.rows.find(text) or "", "")

    def heads_a_group(self, column: str, text: str) -> bool:
        """Tell whether a text in a group column is one of its words, and no name of a row that slipped to the left."""
        return normalise(text) in self._groups.get(column, ())

    def group_of(self, text: str) -> int:
        """Return the level of groups that a label is a word of, 0 for the outermost; -1 for none."""
        return next((level for level, id in enumerate(self._groups) if self.heads_a_group(id, text)), -1)

    def lower_is_better(self, name: str, groups: Iterable[Cell]) -> bool:
        """Tell whether a smaller figure is the better one, by the name of a row or the groups it stands in."""
        if self._higher_names.find(name) is not None:
            return False
        return any(normalise(cell.text) in self._lower_groups for cell in groups) or self._lower_names.find(name) is not None


class BlockReader:
    """Reads one block; keeps what was found out about it on the way."""

    def __init__(self, block: Block, words: Words, lexicon: Lexicon, path: str, money_of_form: Unit | None) -> None:
        """`path` is that of the section; `money_of_form` the one unit of money that lines anywhere in the form name."""
        self._table = block.table
        self._columns = block.section.columns
        self._words = words
        self._lexicon = lexicon
        self._block = block = self._by_figures(block)
        self._path = path
        self._money_of_form = money_of_form
        self._first = {id: range(cell.col, cell.col + cell.col_span) for id, cell in block.columns.items()}
        self._spans = self._first if block.values else {**self._first, **self._unlabelled()}
        self._kinds = {id: (self._columns[id].type, self._name(id)) for id in self._spans}
        self._captions = self._caption()
        self._units = self._units_of_columns()
        self._row_units: dict[int, Unit] = {}
        bare = [id for id, unit in self._units.items() if unit is None and self._columns[id].type == "amount"]
        if bare:
            self._find_other_units(bare)
        self._rivals = {} if block.values else self._find_rivals()
        self._groups = [id for id in self._columns if self._columns[id].type == "group" and id in self._spans]
        self._labels = [id for id in self._columns if self._columns[id].type in ("label", "name") and id in self._spans]
        self._cut = {} if self._words.items else self._find_second_table()
        self._centred: list[str] = []
        """Columns of groups whose words stand in the middle of their rows, which nothing merges: how far they reach is open."""
        self.among: set[int] = set()
        """Rows beside which 其中 stands in a cell of its own."""

    def section(self) -> Section:
        """Return the section, without its records."""
        columns = {id: self._column_pointer(id, span) for id, span in self._spans.items()}
        at = self._table.address_at(self._block.header, 0)
        section = Section(self._block.section.id, self._path, [], columns, self._table, at)
        money = Counter(unit.name for unit in self._units.values() if unit is not None and unit.dimension == "money")
        section.unit = max(money, key=money.__getitem__, default="")
        section.points = self._caption_points()
        section.stray = self._stray_label()
        section.rivals = {id: name for id, (name, _) in self._rivals.items()}
        return section

    def read_into(self, section: Section, groups: dict[str, Cell]) -> None:
        """Add a record for each row. `groups`: the group words that reach down so far, by column."""
        if self._block.values:
            self._read_pairs(section)
            return
        section.unread += self._block.unread
        due = section.stray.pointer if section.stray is not None and not section.records else None
        self._centred = [id for id in self._groups if id not in groups and self._begins_blank(self._spans[id])]
        if self._cut:
            beside = next(iter(self._cut.values()))
            section.unread += (Note(_BESIDE.format(beside.text), beside.address),)
        for r in self._block.rows:
            if r == self._block.header + 1 and self._numbers_columns(r):
                continue
            end = self._cut[r].col if r in self._cut else self._table.columns
            spans = ((id, span) for id, span in self._spans.items() if span.start < end)
            fresh = {id: cell for id, span in spans if (cell := self._cell_in(r, span)) is not None}
            if not any(cell.text for cell in fresh.values() if cell.row == r) and not self._is_blank_total(r):
                continue
            label = self._label_cell(r, fresh)
            if due is not None and label is not None:
                label, due = Cell(due.text, r, 0, due.address), Pointer("", label.address, label.text)
            self._read_row(section, r, fresh, label, groups)
        if not self._words.items:
            _leave_out_lines_at_end(section.records)

    def _numbers_columns(self, r: int) -> bool:
        """Tell whether the row below the header counts the columns: 列次 | 0 | 1 | 2."""
        texts = [
            cell.text.strip() for c in range(self._table.columns) if (cell := self._own(r, c)) is not None and cell.col == c
        ]
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
        counted = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
        return (
            counted and numbers[0] in (0, 1) and len(numbers) >= _FEWEST_COUNTED and len(texts) - len(numbers) <= len(numbers)
        )

    # --- columns ----------------------------------------------------------------------------------------------------

    def _by_figures(self, block: Block) -> Block:
        """Take a column for what two others differ by where its label may mean that, and the figures of most rows say so."""
        for id, column in self._columns.items():
            known, change = block.columns, column.change
            if change is None or id in known or not {change.labelled, change.of, change.to} <= known.keys():
                continue
            places = [known[name].col for name in (change.of, change.labelled, change.to)]
            rows = [[self._figure(r, c) for c in places] for r in block.rows]
            told = [a + b == c and b != c for a, b, c in rows if a is not None and b is not None and c is not None]
            if 2 * sum(told) > len(told):
                block = block._replace(columns={id if name == change.labelled else name: cell for name, cell in known.items()})
        return block

    def _figure(self, r: int, c: int) -> Decimal | None:
        cell = self._table.at(r, c)
        quantity = read_figure(cell.text, self._lexicon, kind="amount").quantity if cell is not None else None
        return quantity.value if quantity is not None else None

    def _column_pointer(self, id: str, span: range) -> Pointer:
        cell = self._block.columns.get(id)
        if cell is not None:
            return Pointer(f"{self._path}.{id}", cell.address, cell.text, "", self._name(id))
        return Pointer(
            f"{self._path}.{id}", self._table.address_at(self._block.header, span.start), "", "", self._columns[id].name
        )

    def _name(self, id: str) -> str:
        """Return what a column is called in the table."""
        cell = self._block.columns.get(id)
        return cell.text.replace("\n", "") if cell is not None else self._columns[id].name

    def _unlabelled(self) -> dict[str, range]:
        """Find the columns that stand without a header: the labels on the left, a score at the end."""
        found: dict[str, range] = {}
        taken = [c for span in self._first.values() for c in span]
        for id, column in self._columns.items():
            if id in self._first:
                continue
            if column.unlabelled == "first" and min(taken) > 0:
                found[id] = range(self._labels_end(min(taken)))
            elif column.unlabelled == "last" and self._looks_like_scores(max(taken) + 1):
                found[id] = range(max(taken) + 1, max(taken) + 2)
        return found

    def _labels_end(self, end: int) -> int:
        """Return where the columns end that have the labels: a column of figures before the first known one is none of them."""
        while end > 1 and self._unknown_figures(end - 1):
            end -= 1
        return end

    def _unknown_figures(self, col: int) -> str:
        """Return the header of a column that the section doesn't know, when nothing but figures stands below it."""
        head = self._table.at(self._block.header, col)
        if head is None or not head.text or head.col != col:
            return ""
        texts = [cell.text for r in self._block.rows if (cell := self._own(r, col)) is not None]
        figures = [read_figure(text, self._lexicon, kind="amount").quantity for text in texts]
        return head.text if texts and all(figure is not None for figure in figures) else ""

    def _find_second_table(self) -> dict[int, Cell]:
        """Return, by row, the first cell of a table beside this one: labels in a column of figures, and figures to their right.

        One answer in words (不适用), written once or in every row, is no label.
        """
        starts = sorted(span.start for id, span in self._first.items() if self._columns[id].type in _SHARED)
        for c in starts:
            found = {r: cell for r in self._block.rows if (cell := self._own(r, c)) is not None and not self._is_figure(cell)}
            headed = {cell.text for r, cell in found.items() if any(map(self._is_figure, self._right_of(r, c)))}
            if len(headed) >= _FEWEST_LABELS:
                return found
        return {}

    def _right_of(self, r: int, c: int) -> list[Cell]:
        return [cell for other in range(c + 1, self._table.columns) if (cell := self._own(r, other)) is not None]

    def _is_figure(self, cell: Cell) -> bool:
        return read_figure(cell.text, self._lexicon).state is not State.TEXT

    def _find_rivals(self) -> dict[str, tuple[str, int]]:
        """Return the columns of money with an unknown column of figures behind them, before the next: its name and place.

        Not where both are split alike (总额, 财政拨款, 其他资金) and those behind are the parts.
        """
        amounts = sorted((span.stop, id) for id, span in self._first.items() if self._columns[id].type == "amount")
        rivals: dict[str, tuple[str, int]] = {}
        for (end, id), (_, after) in pairwise(amounts):
            between = range(end, self._first[after].start)
            taken = {c for span in self._first.values() for c in span}
            found = [(name, c) for c in between if c not in taken and (name := self._unknown_figures(c))]
            behind = range(self._first[after].stop, self._first[after].stop + len(found))
            split_alike = all(c not in taken and self._unknown_figures(c) for c in behind)
            if found and not (split_alike and self._add_up([c for _, c in found], self._first[id].start)):
                rivals[id] = found[0]
        return rivals

    def _add_up(self, columns: Iterable[int], total: int) -> bool:
        """Tell whether columns are the parts of the one before them: in most rows, two at least."""
        told: list[bool] = []
        for r in self._block.rows:
            cells = [self._own(r, c) for c in (total, *columns)]
            figures = [read_figure(cell.text, self._lexicon, kind="amount").quantity for cell in cells if cell is not None]
            if None not in figures and len(figures) == len(cells) > 2:
                whole, *parts = (figure.interval for figure in figures if figure is not None)
                told.append(reduce(add, parts).meets(whole))
        return told.count(True) > max(told.count(False), 1)

    def _looks_like_scores(self, col: int) -> bool:
        """Tell whether an unlabelled column holds plain numbers, none above the weight beside it, in two rows or more."""
        weight = self._first.get("weight")
        if weight is None or col >= self._table.columns:
            return False
        pairs = 0
        for r in self._block.rows:
            points, score = self._table.at(r, weight.start), self._table.at(r, col)
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

    def _caption(self) -> list[Cell]:
        """Return the cells that name the block: left of its header, above it, or in the first row below."""
        block, known = self._block, self._words.captions
        left = min(c for span in self._spans.values() for c in span)
        cells: list[Cell] = []
        for r in (*range(block.header, block.top - 1, -1), block.top - 1, block.header + 1):
            beside = block.top <= r <= block.header
            for c in range(max(left, 1) if beside else self._table.columns):
                cell = self._table.at(r, c)
                if cell is not None and cell.text and cell not in cells and ((beside and c < left) or known.find(cell.text)):
                    cells.append(cell)
        return cells

    def _caption_points(self) -> Fact | None:
        """Return the points that the caption gives, 预算执行情况（10分）, or the label of a column of points, 得分（10分）."""
        columns = self._block.columns.items()
        for cell in (*self._captions, *(cell for id, cell in columns if self._columns[id].type == "points")):
            label = take_apart(cell.text)
            if label.points:
                reading = read_figure(label.points, self._lexicon, kind="points")
                return Fact(reading, Pointer(f"{self._path}.points", cell.address, cell.text, "", label.text))
        return None

    # --- units ------------------------------------------------------------------------------------------------------

    def _units_of_columns(self) -> dict[str, Unit | None]:
        """Return the unit of each column: that of its header, else the one that the form gives it, else that of the caption."""
        units: dict[str, Unit | None] = {}
        for id in self._spans:
            given = self._columns[id].unit
            own = self._unit_in(self._header_cells(id)) or (self._lexicon.unit(given) if given else None)
            unit = own or self._unit_in(self._captions)
            # 万元 above a table is for its amounts: a multiple or a number of people beside them keeps its own unit.
            keeps = unit is not None and unit.dimension == "money" and self._columns[id].type == "number"
            units[id] = own if keeps else unit
        return units

    def _find_other_units(self, bare: Sequence[str]) -> None:
        """Give the amounts without a unit that of the labels, or of a line above the table, or of the columns beside them.

        A line (单位：万元) is for all amounts; the unit of a column (单价（元）) is for its neighbours where there is no line.
        """
        if all(unit is None for id, unit in self._units.items() if self._columns[id].type == "amount"):
            for r in self._block.rows:
                unit = self._unit_in(cell for cell in self._table.rows[r] if cell is not None and cell.row == r and cell.text)
                if unit is not None and unit.dimension == "money":
                    self._row_units[r] = unit
        above = units_of_lines(reversed(self._block.above), self._lexicon, self._words.captions)
        named = set(self._row_units.values()) or set(self._money_in_headers(labels=True)) or set(islice(above, 1))
        if not named and (beside := set(self._money_in_headers(labels=False))):
            named = beside if self._money_of_form is None else {self._money_of_form}
        if len(named) == 1:
            self._units |= dict.fromkeys(bare, named.pop())

    def _money_in_headers(self, *, labels: bool) -> Iterator[Unit]:
        """Yield the units of money in the headers of columns of labels (资金来源（元）: for the table), or of the others."""
        for id in self._spans:
            unit = self._unit_in(self._header_cells(id)) if (self._columns[id].type == "label") is labels else None
            if unit is not None and unit.dimension == "money":
                yield unit

    def _header_cells(self, id: str) -> Iterator[Cell]:
        """Yield the header cell of a column and those above it in the header."""
        cell = self._block.columns.get(id)
        if cell is not None:
            yield cell
            for r in range(cell.row - 1, self._block.top - 1, -1):
                above = self._table.at(r, cell.col)
                if above is not None and above is not cell:
                    yield above

    def _unit_in(self, cells: Iterable[Cell]) -> Unit | None:
        """Return the first unit that stands in brackets in one of the cells: 项目资金（万元）."""
        return next((unit for cell in cells if (unit := unit_in_brackets(cell.text, self._lexicon)) is not None), None)

    # --- rows -------------------------------------------------------------------------------------------------------

    def _stray_label(self) -> Fact | None:
        """Return the label of a total that stands in the header row, left of the columns, while no row below has it.

        One that is merged with the cell below is the label of that row, not of the header.
        """
        header, words = self._block.header, self._words
        roles = [words.role(cell.text) for r in self._block.rows if (cell := self._lead(r)) is not None]
        if "total" in roles or sum(map(bool, roles)) < 2:
            return None
        taken = {c for span in self._first.values() for c in span}
        for c in range(self._table.columns):
            cell = self._table.at(header, c)
            if cell is not None and cell.row == header and c not in taken and words.role(cell.text) == "total":
                if cell.row_span > 1:
                    return None
                reading = Reading(State.TEXT, cell.text)
                return Fact(reading, Pointer(f"{self._path}.stray", cell.address, cell.text, "", cell.text))
        return None

    def _read_pairs(self, section: Section) -> None:
        """Read the one row of a block whose labels each stand before their value: it is the total; parts may follow."""
        kind = self._words.total
        record = Record(f"{self._path}.{kind}", self._block.section.title.zh, "total", {}, self._block.header, kind=kind)
        record.pointer = Pointer(record.path, section.address, "")
        for id, cell in self._block.values.items():
            record.fields[id] = self._fact(record, id, cell, cell.address)
        section.records.append(record)
        for label, values in self._block.parts:
            found = self._words.rows.find(label.text) or ""
            record = self._record(section, label.row, label, found, self._words.section.default_role)
            for id in self._block.values:
                part = values.get(id)
                if part is not None or self._columns[id].type == "amount":
                    record.fields[id] = self._fact(record, id, part, (part or label).address)
            section.records.append(record)

    def _read_row(
        self, section: Section, r: int, fresh: Mapping[str, Cell], label: Cell | None, groups: dict[str, Cell]
    ) -> None:
        """Add the record of a row, if it is one."""
        label, kind = self._kind(r, label)
        role = self._words.roles.get(kind, self._words.section.default_role)
        carried = label is not None and label.row != r and not self._words.items
        if role != "total":
            if label is not None and self._is_apart(fresh, label):
                groups.clear()
            _follow_groups(groups, fresh, self._groups, label)
            for id in self._centred:
                if id in groups and groups[id].row + groups[id].row_span <= r:
                    del groups[id]
        valued = any(cell.text for id, cell in fresh.items() if id not in self._groups and id not in self._labels)
        nameless = label is None or (not normalise(label.text) and take_apart(label.text).among)
        if (nameless and not valued) or (carried and role == "total"):
            return
        if self._beside_among(r, label):
            self.among.add(len(section.records))
        record = self._record(section, r, label, kind, role)
        named = label if label is not None and not self._is_heading(r, label) else None
        for id, span in self._spans.items():
            if id in self._groups:
                cell = groups.get(id) if role != "total" else None
            elif named is not None and id in self._labels[-1:]:
                cell = named
            else:
                cell = fresh.get(id)
                if role == "total" and self._columns[id].type == "points" and (cell is None or not cell.text):
                    reaching = self._reaching_points(r, span, label)
                    if reaching is not None and self._is_score_of_others(reaching, r, span):
                        continue
                    cell = reaching or cell
            if cell is not None and cell.row < r and self._columns[id].type in _SHARED:
                continue
            address = cell.address if cell is not None else self._table.address_at(r, span.start)
            record.fields[id] = self._fact(record, id, cell, address)
        for id, (name, c) in self._rivals.items():
            if (cell := self._own(r, c)) is not None:
                unit = self._row_units.get(r) or self._units.get(id)
                pointer = Pointer(f"{record.path}.{id}.rival", cell.address, cell.text, record.label, name)
                record.rivals[id] = Fact(read_figure(cell.text, self._lexicon, unit=unit, kind="amount"), pointer)
        self._complete_indicator(record, groups)
        section.records.append(record)

    def _begins_blank(self, span: range) -> bool:
        """Tell whether the first row has no word in a column of groups, while others have one."""
        rows = [r for r in self._block.rows if self._lead(r) is not None]
        said = [any((cell := self._table.at(r, c)) is not None and cell.text for c in span) for r in rows]
        return any(said) and not said[0]

    def _is_blank_total(self, r: int) -> bool:
        """Tell whether nothing stands in a row but the word for a total, which reaches over several columns."""
        lead = self._lead(r)
        return lead is not None and lead.col_span > 1 and self._words.role(lead.text) == "total"

    def _is_apart(self, fresh: Mapping[str, Cell], label: Cell) -> bool:
        """Tell whether a row without a name is a group beside those above: 预算执行率, which no inner group is called."""
        words = [id for id in self._groups if self._words.heads_a_group(id, label.text)]
        return words == self._groups[:1] and bool(words) and fresh.get(words[0]) is label

    def _is_heading(self, r: int, label: Cell) -> bool:
        """Tell whether a row is labelled by the word of its group because its name is left blank; lost cells leave it open."""
        if self._table.inferred or not self._groups or not self._labels:
            return False
        group, own = self._groups[-1], self._spans[self._labels[-1]]
        heading = label.col in self._spans[group] and self._words.heads_a_group(group, label.text)
        return heading and all(self._table.at(r, c) is not label for c in own)

    def _reaching_points(self, r: int, span: range, label: Cell | None) -> Cell | None:
        """Return the figure of a total that reaches into a column of points from one that a total has nothing for."""
        cell = self._own(r, span.start)
        points = {c for id, own in self._spans.items() if self._columns[id].type == "points" for c in own}
        reaches = cell is not None and cell is not label and cell.col < span.start and cell.col not in points
        return cell if reaches and cell is not None and self._is_figure(cell) else None

    def _is_score_of_others(self, cell: Cell, r: int, span: range) -> bool:
        """Tell whether the cell of a total reaches on into another column of points: it is the score, the last of them."""
        behind = (own for id, own in self._spans.items() if self._columns[id].type == "points" and own.start >= span.stop)
        return any(self._table.at(r, own.start) is cell for own in behind)

    def _kind(self, r: int, label: Cell | None) -> tuple[Cell | None, str]:
        """Return the label of a row and which row of the section it is; a total may be labelled left of the label column."""
        words = self._words
        kind = words.rows.find(label.text) if label is not None else None
        lead = self._lead(r)
        if kind is None and lead is not None and words.role(lead.text) == "total":
            return lead, words.rows.find(lead.text) or ""
        above = self._total_reaching_down(r)
        if above is not None:
            return above, words.total
        if kind is None and words.total and not words.items and self._stands_alone():
            return label, words.total
        return label, kind or ""

    def _total_reaching_down(self, r: int) -> Cell | None:
        """Return the label of a total that reaches from the header row into this one, as the label of this one."""
        if r != self._block.header + 1:
            return None
        cells = (cell for cell in self._table.rows[r] if cell is not None and cell.row == self._block.header)
        return next((cell._replace(row=r) for cell in cells if self._words.role(cell.text) == "total"), None)

    def _record(self, section: Section, r: int, label: Cell | None, kind: str, role: str) -> Record:
        path = f"{self._path}.{kind}" if kind and role == "total" else f"{self._path}[{len(section.records)}]"
        if any(other.path == path for other in section.records if other.role == "total"):
            path = f"{self._path}[{len(section.records)}]"
        text, address = (label.text, label.address) if label is not None else ("", self._table.address_at(r, 0))
        name = text.replace("\n", "").rstrip("：: ")
        pointer = Pointer(path, address, text)
        return Record(path, name, role, {}, r, kind=kind, pointer=pointer, open=r in self._table.open_rows)

    def _label_cell(self, r: int, fresh: Mapping[str, Cell]) -> Cell | None:
        """Return the cell that names the row: of the name column, else the innermost group, else the one that reaches down."""
        for id in reversed(self._labels):
            inside = [cell for c in self._spans[id] if (cell := self._own(r, c)) is not None]
            if inside:
                return inside[-1]
        for id in reversed(self._groups):
            cell = fresh.get(id)
            if cell is not None and cell.text and cell.row == r:
                return cell
        reaching = (fresh.get(id) for id in reversed(self._labels))
        return next((cell for cell in reaching if cell is not None and cell.text and normalise(cell.text)), None)

    def _beside_among(self, r: int, label: Cell | None) -> bool:
        """Tell whether 其中 stands alone in a cell left of the label of a row, for this row or for several."""
        for cell in self._table.rows[r][: label.col] if label is not None else ():
            if cell is not None and cell.row > self._block.header and cell.text:
                found = take_apart(cell.text)
                if found.among and not found.text:
                    return True
        return False

    def _own(self, r: int, c: int) -> Cell | None:
        """Return the cell of a slot if it says something and begins in this row, below the header."""
        cell = self._table.at(r, c)
        return cell if cell is not None and cell.text and cell.row == r else None

    def _lead(self, r: int) -> Cell | None:
        """Return the first cell of a row that says something."""
        return next((cell for cell in self._table.rows[r] if cell is not None and cell.text and cell.row == r), None)

    def _stands_alone(self) -> bool:
        """Tell whether the block has but one row that says anything."""
        return sum(self._lead(r) is not None for r in self._block.rows) == 1

    def _cell_in(self, r: int, span: range) -> Cell | None:
        """Return the cell of a column in a row: the first in the header's span that says something and isn't the header."""
        blank = None
        for c in span:
            cell = self._table.at(r, c)
            if cell is None or cell.row <= self._block.header or (cell.col < span.start and cell.col_span > 1):
                continue
            if cell.text:
                return cell
            blank = blank or cell
        return blank

    # --- cells ------------------------------------------------------------------------------------------------------

    def _fact(self, record: Record, id: str, cell: Cell | None, address: str) -> Fact:
        type, label = self._kinds[id]
        text = cell.text if cell is not None else ""
        if not text and cell is not None and cell.note and type in _SHARED:
            reading = Reading(State.TEXT, text)  # something stands there, but it can't be seen: a formula without its result
        elif not text and cell is not None and cell.note and type == "text":
            reading = Reading(State.GARBLED, text, why=cell.note)
        elif not text and cell is not None and cell.note and type in ("target", "actual"):
            reading = Reading(State.FUSED, text, why=cell.note)
        elif type in NUMERIC:
            own = self._row_units.get(record.row) if type == "amount" else None
            reading = read_figure(text, self._lexicon, unit=own or self._units.get(id), kind=type)
        elif type == "group" and (group := take_apart(text)).text and group.points_of_group:
            reading = read_figure(group.points_of_group, self._lexicon, kind="points")
        else:
            reading = plain(text)
        return Fact(reading, Pointer(f"{record.path}.{id}", address, text, record.label, label), id)

    def _complete_indicator(self, record: Record, groups: Mapping[str, Cell]) -> None:
        """Give figures the unit in a column of its own, target and actual the sign and the direction of their group."""
        unit_fact, nature = record.fields.get("unit"), record.fields.get("nature")
        called = unit_fact.text.strip() if unit_fact is not None else ""
        unit = (self._lexicon.unit(called) or self._lexicon.unit(take_apart(called).text)) if called else None
        sign = self._lexicon.comparators.get(fold(nature.text), "") if nature is not None else ""
        for id, counted in list(record.fields.items()):
            bare = counted.quantity is not None and counted.quantity.unit == BARE
            if unit is not None and bare and self._columns[id].type == "number":
                record.fields[id] = counted._replace(reading=with_unit(counted.reading, unit))
        lower = self._words.lower_is_better(record.label, groups.values())
        for id in ("target", "adjusted_target", "actual"):
            fact = record.fields.get(id)
            if fact is not None and fact.reading.state is State.TEXT:
                named = read_beside_name(fact.text, record.label, self._lexicon, kind=self._columns[id].type)
                fact = record.fields[id] = fact._replace(reading=named or fact.reading)
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


def _leave_out_lines_at_end(records: list[Record]) -> None:
    """Take away what stands below the total of a list without a figure: 审核人：甲."""
    while any(record.role == "total" for record in records[1:-1]) and not records[-1].kind:
        if any(fact.quantity is not None for fact in records[-1].fields.values()):
            return
        records.pop()


def plain(text: str) -> Reading:
    """Return what a text says that is no figure."""
    return Reading(State.TEXT if text.strip() else State.BLANK, text)


def _direction(sign: str, *, lower: bool) -> str:
    """Return the sign of a target: a cost of `=166万元` is met by spending less."""
    return "<=" if lower and sign in ("", "=") else sign


def _follow_groups(current: dict[str, Cell], fresh: Mapping[str, Cell], groups: Sequence[str], label: Cell | None) -> None:
    """Carry a group word down to the rows that leave it blank; a new outer group ends the inner one.

    A word that is repeated on every row, as where cells were unmerged, goes on with the group above.
    """
    for n, id in enumerate(groups):
        cell = fresh.get(id)
        if cell is not None and cell.text and cell is not label:
            above = current.get(id)
            if above is not None and (normalise(above.text) or above.text) == (normalise(cell.text) or cell.text):
                continue
            if above is not cell:
                for inner in groups[n + 1 :]:
                    current.pop(inner, None)
            current[id] = cell
