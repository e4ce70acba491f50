"""Hold a section to what rules and documents can use: names that can be called, each once; units, roles, rows that there are.

Comes in: a section as a file writes it, or as a form uses it. Goes out: a note of each mistake, with file, line and column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from validator.facts.lexicon import Lexicon
from validator.forms.labels import normalise
from validator.forms.spec import Column, ColumnType, Row, Section
from validator.rules.problems import Problems
from validator.rules.source import Loc, Source, nearest
from validator.rules.syntax import normal_name

ROLES = ("total", "subtotal", "part", "item", "group")
"""What a row can be to the engine; any other role is a word of the author's own, for rules to compare with."""

_DEFAULT_ROLES = ("item", "part")
_WITH_UNIT: frozenset[ColumnType] = frozenset({"amount", "number", "target", "actual"})
_MEANT = 0.75
"""A role so much like one of the engine's is that one misspelled."""


def check_written(
    columns: Mapping[str, Column],
    rows: Iterable[Row],
    source: Source,
    at: Loc,
    lexicon: Callable[[], Lexicon],
    problems: Problems,
) -> None:
    """Check what a file writes of a section: the names and units of its columns, the roles of its rows.

    `at`: where the section stands in the file; `lexicon` is only asked for where a column has a unit.
    """
    for id, column in columns.items():
        _check_name(column, source, (*at, "columns", id, "name"), problems)
        if column.unit:
            _check_unit(column, lexicon(), source, (*at, "columns", id, "unit"), problems)
    for n, row in enumerate(rows):
        meant = nearest(row.role, ROLES, cutoff=_MEANT) if row.role not in ROLES else ""
        if meant:
            problems.at(source.file, source.place((*at, "rows", n, "role")), f"没有“{row.role}”这种行", meant)


def check_own(section: Section, source: Source, at: Loc, problems: Problems) -> None:
    """Check what only a whole section can tell: the columns that it requires, the role of its other rows."""
    for g, group in enumerate(section.requires):
        for n, name in enumerate(group):
            if name not in section.columns:
                place = source.place((*at, "requires", g, n))
                problems.at(source.file, place, f"区块里没有栏“{name}”", nearest(name, section.columns))
    if section.layout != "fields" and not section.requires:
        what = f"区块“{section.id}”没有 requires，永远认不出来"
        problems.at(source.file, source.place((*at, "id")), what, "写上表头必须有的栏，如 requires: [[due], [paid]]")
    if section.default_role not in _DEFAULT_ROLES:
        place, remedy = source.place((*at, "default-role")), f"写 {' 或 '.join(_DEFAULT_ROLES)}"
        problems.at(source.file, place, f"default-role 不能是“{section.default_role}”", remedy)


def check_used(section: Section, rows: Iterable[Row], source: Source, at: Loc, problems: Problems) -> None:
    """Check a section as a form uses it: no two columns of one name, and rows within rows that there are.

    `rows`: those that this file writes.
    """
    names: dict[str, str] = {}
    for id, column in section.columns.items():
        if column.name in names:
            what = f"栏“{id}”与“{names[column.name]}”同名：{column.name}"
            problems.at(source.file, source.place((*at, "columns", id, "name")), what, "换一个名称，规则才分得清")
        names.setdefault(column.name, id)
    known = [row.id for row in section.rows]
    for n, row in enumerate(rows):
        for w, id in enumerate(row.within):
            if id not in known:
                what = f"区块里没有行“{id}”"
                problems.at(source.file, source.place((*at, "rows", n, "within", w)), what, nearest(id, known) or "写行的 id")


def check_titles(sections: Iterable[Section], source: Source, problems: Problems) -> None:
    """Check that no two sections of a form have one id or one title: rules call them by either."""
    ids: set[str] = set()
    titles: dict[str, str] = {}
    for n, section in enumerate(sections):
        if section.id in ids:
            problems.at(source.file, source.place(("sections", n)), f"区块“{section.id}”重复", "删去一个，或换一个 id")
        elif section.title.zh in titles:
            what = f"区块“{section.id}”与“{titles[section.title.zh]}”同名：{section.title.zh}"
            problems.at(source.file, source.place(("sections", n, "title")), what, "换一个名称，规则才分得清")
        ids.add(section.id)
        titles.setdefault(section.title.zh, section.id)


def _check_name(column: Column, source: Source, loc: Loc, problems: Problems) -> None:
    plain = normal_name(column.name)
    if column.name != plain:
        what = f"“{column.name}”里有全角字符，规则叫不到它"
        problems.at(source.file, source.place(loc), what, f"写成“{normalise(plain)}”")
    elif not plain.isidentifier():
        what = f"“{column.name}”里有空格、括号或标点，或以数字开头，规则叫不到它"
        remedy = f"另取一个只有汉字、字母、数字和 _、不以数字开头的名称；表上的写法照抄在 labels 里：[{column.name}]"
        problems.at(source.file, source.place(loc), what, remedy)


def _check_unit(column: Column, lexicon: Lexicon, source: Source, loc: Loc, problems: Problems) -> None:
    unit = lexicon.unit(column.unit)
    if unit is None:
        near = nearest(column.unit, lexicon.unit_names)
        problems.at(source.file, source.place(loc), f"没有“{column.unit}”这个单位", near or "写元、万元、人次之类")
    elif column.type not in _WITH_UNIT or (column.type == "amount") != (unit.dimension == "money"):
        what = f"{column.type} 的栏不能以“{column.unit}”为单位"
        problems.at(source.file, source.place(loc), what, "金额写 type: amount，其他数写 type: number")
