"""The places that a rule's `for-each` can name, and the names that each of them binds.

Comes in: a form that was read. Goes out: `Place` records: a path, the names with their values, and the fair readings where
a table can be read in more than one way (is a row a part of the total, or a part of another part?). Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, product, takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from validator.forms import spec
from validator.forms.labels import take_apart
from validator.model.document import Note
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import Quantity, Reading, State
from validator.rules.arithmetic import shorten
from validator.rules.binding import TOTAL, Names, Value, Within, within

if TYPE_CHECKING:
    from validator.facts.lexicon import Lexicon

_FIGURE = re.compile(r"\d[\d,，.]*[%％]?")
_new = tuple.__new__
"""Makes the places of cells, of which there are hundreds: the constructor of a named tuple takes more than twice as long."""


class Place(NamedTuple):
    """One place where a rule is evaluated."""

    path: str
    readings: tuple[Names, ...]
    """The names with their values; more than one where the table allows several readings: one of them must hold."""
    pointer: Pointer | None = None
    """Where a finding points when the rule names no cell of its own."""
    complete: bool = True
    """False where the text broke off: a total can't be held against parts that may be missing."""
    section: Section | None = None
    expression: str = ""
    """What the name `computed` in a rule's check stands for here: a header formula, over names that the place binds."""

    @property
    def names(self) -> Names:
        """The first reading."""
        return self.readings[0]


ROW_WORDS = {"label": "行", "role": "行类", "depth": "层级"}
COLUMN_WORDS = {
    "total": "合计",
    "parts": "各项",
    "label": "行",
    "role": "行类",
    "column": "列",
    "depth": "层级",
    "others_agree": "他列相符",
}
SUBTOTAL_WORDS = {"subtotal": "小计", "parts": "各项", "label": "行", "column": "列", "type": "列类"}
GROUP_WORDS = {"label": "行", "label_points": "标注分值", "inner_points": "下级标注分值", "depth": "层级"}
PAIR_WORDS = {
    "left": "左列",
    "right": "右列",
    "left_column": "左列名",
    "right_column": "右列名",
    "left_id": "左列号",
    "right_id": "右列号",
}
LIST_WORDS = {"values": "各值", "column": "列", "type": "列类", "id": "列号"}
SECTION_WORDS = {"points": "标注分值", "group_points": "各组标注分值"}
CELL_WORDS = {
    "value": "值",
    "values": "各值",
    "column": "列",
    "type": "列类",
    "id": "列号",
    "label": "行",
    "role": "行类",
}
_TWO = 2
"""A sum of fewer figures says nothing."""
_TOTAL, _FIRST, _PREVIOUS = ("total", "合计"), ("first", "首行"), ("previous", "上一行")
_POINTS, _STRAY = ("points", SECTION_WORDS["points"]), ("stray", "表头行标签")
_GROUP_POINTS = ("group_points", SECTION_WORDS["group_points"])
"""Rows before a column, and what a section binds besides its columns, in both languages."""
OTHER_ROWS = ("rows", "各行", "values", CELL_WORDS["values"])
"""First words of names by which a rule in one row looks at others."""
PLACES = ("row", "next", "cell", "column", "subtotal", "group", "pair", "list")
_NO_CELLS = ("label", "name", "group")
"""Types of columns that say what a row is about, rather than anything of it."""


def places(form: Form, place: str, specs: Mapping[str, spec.Section], outer: FormNames) -> Iterator[Place]:
    """Yield every place of a form that `place` names: `funds.row`, `indicators`, `form` …

    `outer`: the names of the form and of the parameters, for what a place doesn't bind itself.
    """
    if place == "form":
        heading = next((p for s in form.sections if (p := _heading(s)) is not None), None)
        yield Place(f"form[{form.index}]", (Within({}, outer),), heading, all(section.complete for section in form.sections))
        return
    section_id, kind, type = _apart(place)
    for section in form.sections:
        if section.id != section_id or section_id not in specs:
            continue
        section_spec = specs[section_id]
        if kind == "row":
            yield from _rows(section, section_spec, outer)
        elif kind == "next":
            yield from _successive(section, section_spec, outer)
        elif kind == "cell":
            yield from _cells(section, section_spec, outer, type)
        elif kind == "column":
            yield from _columns(section, section_spec, outer)
        elif kind == "subtotal":
            yield from _subtotals(section, section_spec, outer)
        elif kind == "group":
            yield from _groups(section, section_spec, outer)
        elif kind == "pair":
            yield from _pairs(section, section_spec, outer)
        elif kind == "list":
            yield from _lists(section, section_spec, outer)
        elif not kind:
            yield Place(
                section.path, (_section_names(section, section_spec, outer),), _heading(section), section.complete, section
            )


def _apart(place: str) -> tuple[str, str, str]:
    """Take the name of a place apart: section, kind, and the type of the columns where it says one (`funds.cell.amount`)."""
    section, _, kind = place.partition(".")
    kind, _, type = kind.partition(".")
    return section, kind, type


def _bound(words: Mapping[str, str], values: Names, outer: Names) -> Within:
    """Bind values under their English and their Chinese names inside a form."""
    return _bind(words, values, Within({}, outer))


def _bind(words: Mapping[str, str], values: Names, names: Within) -> Within:
    """Bind values under their English and their Chinese names, over what the columns bind."""
    for english, value in values.items():
        names[english] = names[words[english]] = value
    return names


_NO_ITEMS = ("total", "subtotal", "group")


def item_rows(section: Section) -> list[Record]:
    """Return the rows that carry figures of their own: no totals, no group headings, no parts of another item."""
    return [
        r for r in section.records if r.role not in _NO_ITEMS and (r.parent is None or r.parent.role in ("total", "subtotal"))
    ]


def total_row(section: Section) -> Record | None:
    """Return the total row, None when the section has none."""
    return next((record for record in section.records if record.role == "total"), None)


class FormNames(dict[str, Value]):
    """The names that a form binds, for `form` itself and for every place inside it.

    Each is looked up when first asked for: a form has thousands of them, and the rules ask for a few dozen. As a mapping it
    holds those that were asked for; `names[name]` is None for what the form doesn't have.
    """

    __slots__ = ("_columns", "_item_rows", "_items", "_owners", "_parameters", "_sections", "_specs", "lexicon")

    def __init__(
        self, form: Form, specs: Mapping[str, spec.Section], parameters: Names, lexicon: Lexicon | None = None
    ) -> None:
        """`parameters` are bound in every form; `lexicon`: that of the ruleset, for functions that read texts."""
        super().__init__()
        self.lexicon = lexicon
        self._specs = specs
        self._parameters = parameters
        self._columns: dict[str, Mapping[str, str]] = {}
        self._sections = {section.id: section for section in reversed(form.sections)}  # the first of several counts
        self._item_rows: dict[str, list[Record]] = {}
        self._items: dict[tuple[str, str], tuple[Fact, ...] | None] = {}
        self._owners = {owner: id for id, section in specs.items() for owner in (section.title.zh, id)}
        self["form"] = self["表"] = form.id
        self["form_year"] = self["表年度"] = form.year
        self["remarks"] = self["说明文字"] = (*form.remarks, *(_unread(s) for s in form.sections if not s.complete))

    def __missing__(self, name: str) -> Value:
        """Look a name up in the form: `funds.total.executed`, `项目资金.合计.全年执行数`."""
        if name in self._parameters:
            value = self[name] = threshold(name, self._parameters[name])
            return value
        owner, _, rest = name.partition(".")
        id = self._owners.get(owner)
        if id is None:
            return None
        value = self[name] = self._in_section(id, rest)
        return value

    def get(self, name: str, default: Value = None) -> Value:  # type: ignore[override]
        """Return the value of a name; `default` for one that no form of this kind has."""
        value = self[name]
        return default if value is None else value

    def _in_section(self, id: str, name: str) -> Value:
        """Return what a section binds to a name; with a row before the column, what stands in that row."""
        section, section_spec = self._sections.get(id), self._specs[id]
        if section is None:
            return None
        if name in _POINTS and section_spec.layout != "fields":
            return section.points
        if name in _GROUP_POINTS:
            return _points_of_outer_groups(section, section_spec)
        row, _, called = name.rpartition(".")
        column = self.columns(id).get(called, "")
        if row or section_spec.layout == "fields":
            record = _row_called(row, section, section_spec)
            return record.fields.get(column) if record is not None else None
        return section.stray if name in _STRAY else self.items_in(section, column)

    def columns(self, section: str) -> Mapping[str, str]:
        """Return the ids of the columns of a section, by id and by name."""
        found = self._columns.get(section)
        if found is None:
            found = {name: id for id, column in self._specs[section].columns.items() for name in (id, column.name)}
            self._columns[section] = found
        return found

    def items_in(self, section: Section, column: str) -> tuple[Fact, ...] | None:
        """Return a column as the list of what stands in the item rows of a section; None where the form doesn't have it."""
        key = section.path, column
        if key not in self._items:
            rows = self._item_rows.get(section.path)
            if rows is None:
                rows = self._item_rows[section.path] = item_rows(section)
            self._items[key] = _items_in(column, section, rows)
        return self._items[key]

    def __contains__(self, name: object) -> bool:
        """Tell whether a form of this kind may bind the name."""
        return (
            super().__contains__(name)
            or name in self._parameters
            or (isinstance(name, str) and name.partition(".")[0] in self._owners)
        )


class _Lists(Within):
    """The columns of some rows as lists, and cells of single rows (`total.score`), each looked up when it is asked for."""

    __slots__ = ("_columns", "_records", "_rows", "_section")

    def __init__(
        self, section: Section, records: Sequence[Record], outer: FormNames, rows: Mapping[str, Record | None] | None = None
    ) -> None:
        """`records`: those that are listed; `rows`: the single ones, by what stands before the column."""
        super().__init__({}, outer)
        self._section = section
        self._records = records
        self._columns = outer.columns(section.id)
        self._rows: Mapping[str, Record | None] = rows or {}

    def __missing__(self, name: str) -> Value:
        """Look a name up in the rows, then in the form."""
        row, _, called = name.rpartition(".")
        column = self._columns.get(called)
        if column is None or (row and row not in self._rows):
            return super().__missing__(name)
        record = self._rows.get(row)
        value: Value
        if row:
            value = record.fields.get(column) if record is not None else None
        else:
            value = _items_in(column, self._section, self._records)
        self[name] = value
        return value

    def get(self, name: str, default: Value = None) -> Value:  # type: ignore[override]
        """Return what a name stands for; `default` where that is nothing."""
        value = self[name]
        return default if value is None else value

    def __contains__(self, name: object) -> bool:
        """Tell whether the rows or the form around them bind the name."""
        return super().__contains__(name) or (isinstance(name, str) and self[name] is not None)


def _row_called(name: str, section: Section, section_spec: spec.Section) -> Record | None:
    """Return the total row, the first row, or a row that the form knows by its label: `central`, `中央财政资金`."""
    if name in _TOTAL:
        return total_row(section)
    if name in _FIRST or not name:
        return section.records[0] if section.records else None
    row = next((row.id for row in section_spec.rows if name == row.id or name in row.labels[:1]), None)
    return next((record for record in section.records if record.kind == row), None) if row is not None else None


def _items_in(column: str, section: Section, rows: Sequence[Record]) -> tuple[Fact, ...] | None:
    """Return a column as the list of what stands in it in these rows, None where the form doesn't have it."""
    if column not in section.columns:
        return None
    return tuple([record.fields[column] for record in rows if column in record.fields])


def _rows(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    shared = Within({}, outer)
    """What is the same in every row: it stands around them, as the form does."""
    for id, column in section_spec.columns.items():
        every = outer.items_in(section, id)
        for name in (id, column.name):
            if every is None:
                shared[name] = None
            else:
                shared[f"rows.{name}"] = shared[f"各行.{name}"] = every
    called = {id: column.name for id, column in section_spec.columns.items()}
    label, role, depth = ROW_WORDS["label"], ROW_WORDS["role"], ROW_WORDS["depth"]
    complete = section.complete
    for record in _filled_rows(section, section_spec):
        names = Within({}, shared)
        for id, fact in record.fields.items():
            names[id] = names[called[id]] = fact
        names["label"] = names[label] = record.label
        names["role"] = names[role] = record.role
        names["depth"] = names[depth] = record.depth
        readings = [names]
        for id, fact in record.rivals.items():
            if fact.quantity is not None:
                readings.append(Within({**names, id: fact, called[id]: fact}, shared))
        yield _new(Place, (record.path, tuple(readings), record.pointer, complete, section, ""))


def _successive(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    """Yield each item but the first, with the one before it: `上一行.累计支出`."""
    called = {id: column.name for id, column in section_spec.columns.items()}
    found = {place.path: place for place in _rows(section, section_spec, outer)}
    for above, record in pairwise(item_rows(section)):
        place = found[record.path]
        own: dict[str, Value] = {"label": above.label, ROW_WORDS["label"]: above.label}
        for id, fact in above.fields.items():
            own[id] = own[called[id]] = fact
        before = {f"{row}.{name}": value for name, value in own.items() for row in _PREVIOUS}
        yield place._replace(readings=tuple([within(names).with_more(before) for names in place.readings]))


def _filled_rows(section: Section, section_spec: spec.Section) -> list[Record]:
    """Return the rows that are filled in like others: no headings; subtotals only of money, which have rates of their own."""
    money = any(column.type == "amount" for column in section_spec.columns.values())
    return [r for r in section.records if r.role != "group" and (money or r.role != "subtotal")]


def _cells(section: Section, section_spec: spec.Section, outer: FormNames, type: str) -> Iterator[Place]:
    """Yield the cells of every column, or of those of one type."""
    columns: dict[str, Names] = {}
    for id, column in section_spec.columns.items():
        if column.type == type or not (type or column.type in _NO_CELLS):
            words: Names = {"values": outer.items_in(section, id), "column": column.name, "type": column.type, "id": id}
            # Every name is there before a cell has it: a copy that needn't grow is made in half the time.
            columns[id] = _bound(CELL_WORDS, {**dict.fromkeys(CELL_WORDS), **words}, outer)
    value_, label_, role_ = CELL_WORDS["value"], CELL_WORDS["label"], CELL_WORDS["role"]
    complete = section.complete
    for record in section.records if columns else ():
        label, role = record.label, record.role
        for id, fact in record.fields.items():
            if id in columns:
                names = Within(columns[id], outer)
                names["label"] = names[label_] = label
                names["role"] = names[role_] = role
                names["value"] = names[value_] = fact
                yield _new(Place, (fact.pointer.path, (names,), fact.pointer, complete, section, ""))


def _columns(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    for record in section.records:
        if not record.children:
            continue
        families = [list(_ways_to_take_apart(record)), *([cut] for cut in record.cuts)]
        kinds = {
            id: column
            for id, column in section_spec.columns.items()
            if id in record.fields and column.type in ("amount", "number", "target", "actual")
        }
        families = [_borne_out(record, ways, kinds) for ways in families]
        for (id, column), (cut, ways) in product(kinds.items(), enumerate(families)):
            alternatives: list[tuple[Fact, ...]] = []
            for rows in ways:
                below = [row for row in record.below() if row not in rows and _is_zero(row.fields.get(id))]
                parts = tuple(row.fields[id] for row in (*rows, *below) if id in row.fields)
                if parts and parts not in alternatives:
                    alternatives.append(parts)
            words: dict[str, Value] = {
                "total": record.fields[id],
                "label": record.label,
                "role": record.role,
                "column": column.name,
                "depth": record.depth,
                "others_agree": _others_agree(record, id, kinds) if record.depth else 0,
            }
            readings = tuple([_bound(COLUMN_WORDS, {**words, "parts": parts}, outer) for parts in alternatives])
            if readings:
                path = f"{record.path}.{id}.cut[{cut}]" if cut else f"{record.path}.{id}"
                yield Place(path, readings, record.fields[id].pointer, section.complete, section)


def _borne_out(record: Record, ways: list[list[Record]], columns: Iterable[str]) -> list[list[Record]]:
    """Return the ways to take a total apart by which it is right in some column, all of them where there is none.

    A column in which only one part isn't zero bears every way out; it counts where no other does.
    """
    if len(ways) < 2:
        return ways
    amounts = {id: amount for id in columns if (amount := _amount(record, id))}
    telling: list[list[Record]] = []
    held: list[list[Record]] = []
    for rows in ways:
        parts = [[part for row in rows if (part := _amount(row, id))] for id in amounts]
        right = [found for found, whole in zip(parts, amounts.values(), strict=True) if sum(found) == whole]
        held += [rows] if right else []
        telling += [rows] if any(len(found) >= _TWO for found in right) else []
    return telling or held or ways


def _others_agree(record: Record, id: str, columns: Iterable[str]) -> int:
    """Count the other columns in which a row is the sum of at least two of its own rows; 0 where it isn't in one of them."""
    agree = 0
    for other in columns:
        whole = _amount(record, other)
        if other != id and whole:
            parts = [part for row in record.children if (part := _amount(row, other))]
            if sum(parts) != whole:
                return 0
            agree += len(parts) >= _TWO
    return agree


def _amount(record: Record, id: str) -> Decimal:
    fact = record.fields.get(id)
    return fact.quantity.base if fact is not None and fact.quantity is not None else Decimal(0)


def _is_zero(fact: Fact | None) -> bool:
    """Tell whether a figure adds nothing, so that it can stand among the parts of a total at any depth."""
    return fact is not None and fact.quantity is not None and not fact.quantity.value


def _ways_to_take_apart(record: Record) -> Iterator[list[Record]]:
    """Yield the lists of rows that may make up a total: its own parts; the leaves; every row; the parts of each level."""
    yield record.children
    if tail := _behind_the_last(record):
        yield tail
    leaves = list(record.leaves())
    if leaves == record.children:
        return
    yield leaves
    yield [row for child in record.children for row in ([child, *child.children] if child.children else [child])]
    for child in record.children:
        if child.children:
            yield [row for other in record.children for row in (other.children if other is child else [other])]


def _behind_the_last(record: Record) -> list[Record]:
    """Return the rows behind the last of the other totals of the same name: each total may be that of its own rows only."""
    before = [n for n, child in enumerate(record.children) if child.role == "subtotal" and child.kind == record.kind]
    return record.children[before[-1] + 1 :] if before else []


def _subtotals(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    kinds = {id: column for id, column in section_spec.columns.items() if column.type in ("amount", "number", "points")}
    for record in section.records:
        if record.role != "subtotal":
            continue
        choices = list(_rows_of_subtotal(record, section, section_spec))
        for id, column in kinds.items():
            parts = [tuple(row.fields[id] for row in rows if id in row.fields) for rows in choices]
            words: dict[str, Value] = {"label": record.label, "column": column.name, "type": column.type}
            if id in record.fields and any(parts):
                words["subtotal"] = record.fields[id]
                choices_here = [chosen for chosen in dict.fromkeys(parts) if chosen]
                readings = tuple([_bound(SUBTOTAL_WORDS, {**words, "parts": chosen}, outer) for chosen in choices_here])
                whole = record.children[-1].row < record.row and not any(row.open for row in record.below())
                complete = section.complete or whole
                yield Place(f"{record.path}.{id}", readings, record.fields[id].pointer, complete, section)


def _rows_of_subtotal(record: Record, section: Section, section_spec: spec.Section) -> Iterator[list[Record]]:
    """Yield the lists of rows that a subtotal may add up: all of its run, those of its group, those from a named row on."""
    rows = record.children
    if not rows:
        return
    yield rows
    above = rows[-1].row < record.row
    near = rows[-1] if above else rows[0]
    for id in (id for id, column in section_spec.columns.items() if column.type == "group"):
        address = fact.pointer.address if (fact := near.fields.get(id)) is not None else ""
        yield [row for row in rows if (fact := row.fields.get(id)) is not None and fact.pointer.address == address]
    for n, row in enumerate(rows):
        if row.kind and row.role != "subtotal":
            yield rows[n + 1 :] if above else rows[:n]
    siblings = [row for row in section.records if row.parent is record.parent and row.role != "total"]
    after = list(takewhile(lambda row: row.role != "group", siblings[siblings.index(record) + 1 :]))
    if above and all(row.role != "subtotal" for row in after):
        yield after


def _groups(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    rows = item_rows(section)
    levels = _levels(section_spec)
    for depth, id in enumerate(levels):
        members: dict[str, list[Record]] = {}
        for record in rows:
            fact = record.fields.get(id)
            if fact is not None and fact.text.strip():
                members.setdefault(fact.pointer.address, []).append(record)
        last = rows[-1] if rows else None
        for group in members.values():
            head = group[0].fields[id]
            label = take_apart(head.text)
            names = _Lists(section, group, outer)
            points = head if head.quantity is not None else None
            inner = _points_of_groups(group, levels[depth + 1]) if depth + 1 < len(levels) else ()
            words: dict[str, Value] = {"label": label.text, "label_points": points, "inner_points": inner, "depth": depth}
            _bind(GROUP_WORDS, words, names)
            complete = section.complete or (group[-1] is not last and not any(row.open for row in group))
            yield Place(f"{section.path}.{id}[{label.text}]", (names,), head.pointer, complete, section)


def _levels(section_spec: spec.Section) -> list[str]:
    """Return the ids of the group columns, the outermost first."""
    return [id for id, column in section_spec.columns.items() if column.type == "group"]


def _points_of_groups(rows: Sequence[Record], id: str) -> tuple[Fact, ...]:
    """Return the labels of the groups of a level, each once, where all rows stand in one whose label tells its points."""
    heads = {fact.pointer.address: fact for row in rows if (fact := row.fields.get(id)) is not None and fact.text.strip()}
    told = all((fact := row.fields.get(id)) is not None and fact.quantity is not None for row in rows)
    return tuple(heads.values()) if told else ()


def _points_of_outer_groups(section: Section, section_spec: spec.Section) -> tuple[Fact, ...]:
    levels = _levels(section_spec)
    return _points_of_groups(item_rows(section), levels[0]) if levels else ()


def _pairs(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    numeric = [
        id
        for id, c in section_spec.columns.items()
        if id in section.columns and c.type in ("amount", "target", "actual", "number", "points")
    ]
    rows = _filled_rows(section, section_spec)
    for one, other in combinations(numeric, 2):
        kinds = {section_spec.columns[one].type, section_spec.columns[other].type}
        if len(kinds) > 1 and kinds != {"target", "actual"}:
            continue
        both_filled = [record for record in rows if one in record.fields and other in record.fields]
        values: dict[str, Value] = {
            "left": tuple([record.fields[one] for record in both_filled]),
            "right": tuple([record.fields[other] for record in both_filled]),
            "left_column": section_spec.columns[one].name,
            "right_column": section_spec.columns[other].name,
            "left_id": one,
            "right_id": other,
        }
        names = _bound(PAIR_WORDS, values, outer)
        yield Place(f"{section.path}.{one}+{other}", (names,), section.columns[other], section.complete, section)


def _lists(section: Section, section_spec: spec.Section, outer: FormNames) -> Iterator[Place]:
    for id, column in section_spec.columns.items():
        if id not in section.columns or column.type in _NO_CELLS:
            continue
        values: dict[str, Value] = {
            "values": outer.items_in(section, id),
            "column": column.name,
            "type": column.type,
            "id": id,
        }
        names = _bound(LIST_WORDS, values, outer)
        yield Place(f"{section.path}.{id}", (names,), section.columns[id], section.complete, section)


def _section_names(section: Section, section_spec: spec.Section, outer: FormNames) -> Within:
    total = total_row(section)
    first = section.records[0] if section.records else None
    rows = {**dict.fromkeys(_TOTAL, total), **dict.fromkeys(_FIRST, first)}
    names = _Lists(section, item_rows(section), outer, rows)
    names.update(dict.fromkeys(_POINTS, section.points))
    names.update(dict.fromkeys(_GROUP_POINTS, _points_of_outer_groups(section, section_spec)))
    names.update(dict.fromkeys(_STRAY, section.stray))
    return names


def _heading(section: Section) -> Pointer | None:
    if section.id != "header" and section.columns:
        return next(iter(section.columns.values()))
    return next((r.pointer for r in section.records if r.pointer), None)


def known_names(place: str, specs: Mapping[str, spec.Section]) -> dict[str, tuple[str, bool]] | None:
    """Return the names that a place binds, each with its type and whether it is a list; None for an unknown place.

    Types are those of `forms.spec.ColumnType`, or `text`, `number`, `any`.
    """
    if place in DOCUMENT_PLACES:
        return {"remark": ("text", False), "说明": ("text", False)}
    names: dict[str, tuple[str, bool]] = {"form": ("text", False), "form_year": ("number", False), "remarks": ("text", True)}
    names.update({"表": ("text", False), "表年度": ("number", False), "说明文字": ("text", True)})
    for id, section in specs.items():
        for owner in (id, section.title.zh):
            if section.layout == "fields":
                names.update({f"{owner}.{n}": (c.type, False) for cid, c in section.columns.items() for n in (cid, c.name)})
            else:
                names.update({f"{owner}.{name}": value for name, value in _section_types(section).items()})
        names.update(_row_types(section))
    if place == "form":
        return names
    own = _own_names(place, specs)
    return None if own is None else {**names, **own}


def _own_names(place: str, specs: Mapping[str, spec.Section]) -> dict[str, tuple[str, bool]] | None:
    section_id, kind, type = _apart(place)
    found = specs.get(section_id)
    if found is None or (kind and kind not in PLACES) or (type and not (kind == "cell" and type in _types_of_cells(found))):
        return None
    columns = {n: c.type for id, c in found.columns.items() for n in (id, c.name)}
    if kind in ("row", "next"):
        every = {f"{owner}.{n}": (t, True) for n, t in columns.items() for owner in ("rows", "各行")}
        own = {**{n: (t, False) for n, t in columns.items()}, **every, **_words(ROW_WORDS, {"depth": "number"})}
        before = {**columns, "label": "text", ROW_WORDS["label"]: "text"} if kind == "next" else {}
        return {**own, **{f"{row}.{name}": (t, False) for name, t in before.items() for row in _PREVIOUS}}
    if kind == "cell":
        return {**_words(CELL_WORDS, {"value": "any"}), "values": ("any", True), "各值": ("any", True)}
    if kind == "column":
        numbers = {"depth": "number", "others_agree": "number"}
        return {**_words(COLUMN_WORDS, {**numbers, "total": "any"}), "parts": ("any", True), "各项": ("any", True)}
    if kind == "subtotal":
        return {**_words(SUBTOTAL_WORDS, {"subtotal": "any"}), "parts": ("any", True), "各项": ("any", True)}
    if kind == "group":
        return {
            **{n: (t, True) for n, t in columns.items()},
            **_words(GROUP_WORDS, {"label_points": "points", "depth": "number"}),
            **dict.fromkeys(("inner_points", GROUP_WORDS["inner_points"]), ("points", True)),
        }
    if kind == "pair":
        return {**_words(PAIR_WORDS, {}), **dict.fromkeys(("left", "right", "左列", "右列"), ("any", True))}
    if kind == "list":
        return {**_words(LIST_WORDS, {}), "values": ("any", True), "各值": ("any", True)}
    return _section_types(found)


def _types_of_cells(section: spec.Section) -> frozenset[str]:
    """Return the types that a cell of a section can have."""
    return frozenset(column.type for column in section.columns.values() if column.type not in _NO_CELLS)


def places_of(section: spec.Section) -> list[str]:
    """Return every place of a section that `for-each` can name."""
    cells = sorted(_types_of_cells(section))
    return [section.id, *(f"{section.id}.{kind}" for kind in PLACES), *(f"{section.id}.cell.{type}" for type in cells)]


def _section_types(section: spec.Section) -> dict[str, tuple[str, bool]]:
    names: dict[str, tuple[str, bool]] = {"points": ("points", False), "标注分值": ("points", False)}
    names.update(dict.fromkeys(_GROUP_POINTS, ("points", True)))
    names["stray"] = names["表头行标签"] = ("text", False)
    for id, column in section.columns.items():
        for name in (id, column.name):
            names[name] = (column.type, True)
            names[f"total.{name}"] = names[f"{TOTAL}.{name}"] = (column.type, False)
            names[f"first.{name}"] = names[f"首行.{name}"] = (column.type, False)
    return names


def _row_types(section: spec.Section) -> dict[str, tuple[str, bool]]:
    """Return the names of single cells, by the row's id or its first label: `项目资金.中央财政资金.全年预算数`."""
    return {
        name: (column.type, False)
        for row in section.rows
        if row.role != "total" and row.labels
        for id, column in section.columns.items()
        for name in (f"{section.id}.{row.id}.{id}", f"{section.title.zh}.{row.labels[0]}.{column.name}")
    }


def _words(words: Mapping[str, str], types: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    return {name: (types.get(english, "text"), False) for english, chinese in words.items() for name in (english, chinese)}


def threshold(name: str, value: Value) -> Value:
    """Wrap a threshold like a cell without an address, so that a check can show it among what it used."""
    if not isinstance(value, Quantity):
        return value
    return Fact(Reading(State.NUMBER, value.text, value), Pointer(f"parameters.{name}", "", value.text))


def _unread(section: Section) -> Fact:
    """Return a remark for what may have been said where a block breaks off or has cells that can't be read."""
    pointer = Pointer(f"{section.path}.remarks", section.address, "")
    return Fact(Reading(State.GARBLED, "", why="文字在这里中断" if section.cut else "这张表有的行或数没有读出来"), pointer)


def facts_in(value: Value) -> tuple[Fact, ...]:
    """Return the facts that a name stands for: one, several or none. (A fact is itself a tuple: ask for it first.)"""
    if isinstance(value, Fact):
        return (value,)
    if is_list(value):
        return tuple(item for item in value if isinstance(item, Fact))
    return ()


def is_list(value: Value) -> TypeGuard[tuple[Fact, ...] | tuple[str, ...]]:
    """Tell whether a name stands for a list."""
    return isinstance(value, tuple) and not isinstance(value, (Fact, Quantity))


DOCUMENT_PLACES = ("document.note", "document.unknown", "document.cut")


def canonical(name: str, place: str, specs: Mapping[str, spec.Section]) -> str:
    """Return a name in its English spelling: `合计.分值` is `total.weight`."""
    words = {
        "合计": "total",
        "首行": "first",
        "上一行": "previous",
        "各行": "rows",
        "说明文字": "remarks",
        "表年度": "form_year",
        "表": "form",
        "表头行标签": "stray",
        "说明": "remark",
    }
    section_id, kind, _ = _apart(place)
    section = specs.get(section_id)
    own = {
        "row": ROW_WORDS,
        "next": ROW_WORDS,
        "cell": CELL_WORDS,
        "column": COLUMN_WORDS,
        "subtotal": SUBTOTAL_WORDS,
        "group": GROUP_WORDS,
        "pair": PAIR_WORDS,
        "list": LIST_WORDS,
    }.get(kind, SECTION_WORDS)
    words.update({chinese: english for english, chinese in own.items()})
    owners = {s.title.zh: s.id for s in specs.values()}
    parts = name.split(".")
    if parts[0] in owners or parts[0] in specs:
        section = specs[owners.get(parts[0], parts[0])]
        parts[0] = section.id
    columns = {column.name: id for id, column in section.columns.items()} if section is not None else {}
    return ".".join(
        columns.get(part, words.get(part, part)) if n or part not in specs else part for n, part in enumerate(parts)
    )


def document_places(
    place: str,
    forms: Sequence[Form],
    notes: Sequence[Note],
    reasons: Sequence[str],
    start: str = "",
    text_at: Callable[[str], str] = lambda _: "",
) -> Iterator[Place]:
    """Yield the places of the whole document.

    `text_at`: what stands at an address. The beginning of it shows which place is meant: nothing is said of figures there.

    `document.note`: what could not be read; `document.unknown`: a table that was not recognised; `document.cut`: a block in
    which the text breaks off.
    """
    if place == "document.note":
        for number, note in enumerate(notes):
            if note.address:
                yield _remark_place(f"notes[{number}]", note.address, note.message, text_at)
    elif place == "document.unknown":
        generic = next((form for form in forms if form.id == "generic"), None)
        if reasons and (generic is None or all(form.id in ("generic", "narrative") for form in forms)):
            yield _remark_place("forms", generic.at if generic else start, reasons[0], text_at)
    elif place == "document.cut":
        for form in forms:
            for section in form.sections:
                if section.cut:
                    yield _remark_place(section.path, section.address, section.path, text_at)


def _remark_place(path: str, address: str, text: str, text_at: Callable[[str], str]) -> Place:
    return Place(path, ({"remark": text, "说明": text},), Pointer(path, address, _beginning(text_at(address))))


def _beginning(text: str) -> str:
    """Return the first words of a place, with one figure at most: a row of figures would look like a relation judged wrong."""
    shown = shorten(text)
    figures = list(_FIGURE.finditer(shown))
    return f"{shown[: figures[1].start()].rstrip()}…" if len(figures) > 1 else shown
