"""A generic table seen along its rows or along its columns, and how well figures in it tie.

Comes in: a section of `facts.generic`. Goes out: `Axis` records, on which a total row and a total column are the same thing;
small sums and tests of written figures. No relation is looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from validator.facts.generic import JOINT
from validator.facts.words import ITEM, Level, Role, Words
from validator.forms.labels import take_apart
from validator.forms.ordinals import Ordinal, ordinals_of
from validator.model.fact import Fact, Record, Section
from validator.model.interval import Interval
from validator.model.quantity import Quantity, State

_ZERO = Decimal(0)
_TIGHT = Decimal("0.005")
"""A sum that meets within rounding bears a reading out only if the rounding is this small beside it."""
_KINDS = {"total": "total", "subtotal": "total", "among": "among", "group": "heading", "item": "item"}
_FARTHEST_PART = 16
"""Rows below a whole among which the parts are looked for that are laid down for it."""
_PORTION = re.compile(r"\d+(?:\.\d+)?[%％]")
"""A percentage in the name of a row says what portion it is: 增值税50%. Its figures are amounts."""


class Line(NamedTuple):
    """A row or a column of the table."""

    key: str
    """`c0` for a column, `r3` for a row: the name it has in formulas."""
    label: str
    path: tuple[str, ...]
    """The texts of its header from the top down; for a row its label."""
    kind: str
    """`item`, `total`, `among` (a part shown beside its whole), `heading`, `unknown`."""
    level: Level
    rate: bool
    """Whether its figures can't be added up, by its label or because they are percentages."""
    money: bool
    dimension: str
    """What its figures measure; empty when no unit is known, `*` when they measure several things."""
    rank: int = 0
    """Depth of the numbering before its label: 1 for 一、, 3 for 1. and so on; 0 without one."""
    ordinal: int = 0
    """The number that stands there, 0 where it can't be told."""
    code: str = ""
    balance: bool = False
    """Whether it is what an account leaves, or begins with."""
    marks: tuple[str, ...] = ()
    """Other texts that name it or give its formula: the row 栏次."""
    roles: tuple[Role | None, ...] = ()
    """What it is to each whole whose parts are laid down."""
    heading: Level = ITEM
    """Which total the heading names that it stands below with others: 合计 › 预算数."""

    @property
    def group(self) -> tuple[str, ...]:
        """The headings it shares with the columns beside it."""
        return self.path[:-1]


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """The table along one direction: `lines` are added up to totals, `crosses` are where each sum is taken."""

    across: bool
    """Whether the lines are columns, so that a sum runs across a row."""
    section: Section
    lines: tuple[Line, ...]
    crosses: tuple[Line, ...]
    grid: tuple[tuple[Fact | None, ...], ...]
    """By line, then by cross."""

    def row_and_column(self, line: int, cross: int) -> tuple[str, str]:
        """Return the labels of the row and the column that meet in a cell."""
        one, other = self.lines[line], self.crosses[cross]
        return (other.label, JOINT.join(one.path)) if self.across else (one.label, JOINT.join(other.path))


class Tie(IntEnum):
    """How a stated total and a sum agree."""

    NONE = 0
    """There is nothing to compare."""
    EMPTY = 1
    """They agree, but fewer than two parts are not zero: it says nothing."""
    LOOSE = 2
    """They agree within a rounding that is large beside the figures."""
    FIRM = 3
    OFF = 4


def axes(section: Section, words: Words) -> list[Axis]:
    """Return each block of the table along its rows and along its columns."""
    found: list[Axis] = []
    numbering = [record for record in section.records if record.role == "numbering"]
    bands: dict[tuple[str, ...], list[Record]] = {}
    for record in section.records:
        if record.role != "numbering":
            bands.setdefault(tuple(id for id in record.fields if id != "code"), []).append(record)
    for ids, records in bands.items():
        ordinals = ordinals_of([_text_of(record) for record in records])
        rows = tuple(_row(record, ordinal, words) for record, ordinal in zip(records, ordinals, strict=True))
        columns = tuple(_column(id, section, records, numbering, words) for id in ids)
        grid = tuple(tuple(record.fields.get(id) for id in ids) for record in records)
        turned = tuple(tuple(line[n] for line in grid) for n in range(len(ids)))
        found += [Axis(False, section, rows, columns, grid), Axis(True, section, columns, rows, turned)]
    return [_continued(axis, found) for axis in found]


def _continued(axis: Axis, found: Sequence[Axis]) -> Axis:
    """Put before a block the rows of those left of it with the same headers that have no total of their own."""
    if axis.across or not any(line.kind == "total" for line in axis.lines):
        return axis
    before: list[Axis] = []
    for other in found[: found.index(axis)]:
        same = [cross.path for cross in other.crosses] == [cross.path for cross in axis.crosses]
        if not other.across and same and not any(line.kind == "total" for line in other.lines):
            before.append(other)
    lines = tuple(line for other in before for line in other.lines) + axis.lines
    return replace(axis, lines=lines, grid=tuple(row for other in before for row in other.grid) + axis.grid)


def _text_of(record: Record) -> str:
    return record.pointer.text if record.pointer is not None else record.label


def _row(record: Record, ordinal: Ordinal, words: Words) -> Line:
    facts = [fact for id, fact in record.fields.items() if id != "code"]
    level = words.level(record.label) if record.role in ("total", "subtotal") else ITEM
    kind = _KINDS.get("unknown" if words.is_deduction(_text_of(record)) else record.role, "unknown")
    code = record.fields["code"].text if "code" in record.fields else ""
    name = _PORTION.sub("", record.label)
    rate = words.has("rates", name) or (words.has("not_summed", name) and not words.has("added_up", name))
    money = words.has("money", record.label)
    label = record.label
    balance = kind == "item" and words.is_balance(label)
    measured, roles = _dimension(facts), words.roles(label)
    return Line(f"r{record.row}", label, (label,), kind, level, rate, money, measured, *ordinal, code, balance, (), roles)


def _column(id: str, section: Section, records: Sequence[Record], numbering: Sequence[Record], words: Words) -> Line:
    unnamed = words.data.unnamed.format(1 + list(section.columns).index(id))
    path = tuple((section.columns[id].column_label or unnamed).split(JOINT))
    facts = [record.fields[id] for record in records]
    leaf = path[-1]
    level = words.level(leaf)
    among = any(take_apart(text).among or words.among_alone(text) for text in path)
    kind = "total" if level.height else "among" if among else "item"
    dimension = _dimension(facts)
    bands = () if words.has("differences", leaf) and "%" not in leaf and "％" not in leaf else path[:-1]
    told = (*(text for text in bands if not words.has("added_up", text)), leaf)
    named = any(words.has("rates", text) or words.has("not_summed", text) for text in told)
    rate = dimension == "ratio" or (named and not words.has("added_up", leaf))
    money = dimension == "money" or words.has("money", "".join(path))
    marks = tuple(record.fields[id].text for record in numbering if id in record.fields)
    heading = words.level(path[0]) if len(path) > 1 else ITEM
    return Line(id, leaf, path, kind, level, rate, money, dimension, marks=marks, heading=heading)


def laid_down(axis: Axis) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each row whose parts are laid down, with them: each stands once below it, before such a row comes again."""
    lines = axis.lines
    for n in range(len(lines[0].roles) if lines else 0):
        named = [line.roles[n] for line in lines]
        wholes = [(k, role.parts) for k, role in enumerate(named) if role is not None and not role.part]
        for (k, count), (stop, _) in pairwise([*wholes, (len(lines), 0)]):
            below = range(k + 1, min(stop, k + _FARTHEST_PART))
            parts = {p: role.part for p in below if (role := named[p]) is not None}
            if lines[k].kind in ("item", "total") and sorted(parts.values()) == list(range(1, count + 1)):
                yield k, tuple(parts)


def _dimension(facts: Iterable[Fact]) -> str:
    """Return what most of the figures measure; `*` when they measure several things, empty when most have no unit."""
    figures = [quantity for fact in facts if (quantity := fact.quantity) is not None]
    named = ["count" if q.unit.dimension.startswith("count") else q.unit.dimension for q in figures if q.unit.dimension]
    if len(set(named)) > 1:
        return "*"
    return named[0] if named and len(named) * 2 > len(figures) else ""


def usable(fact: Fact | None) -> Quantity | None:
    """Return the figure in a cell if arithmetic can hold it to its word, else None."""
    quantity = fact.quantity if fact is not None else None
    if quantity is None or quantity.approximate or quantity.upper is not None or quantity.comparator not in ("", "="):
        return None
    return quantity


def only_words(fact: Fact) -> bool:
    """Tell whether words without any figure stand where a figure should."""
    return fact.reading.state is State.TEXT and not any(char.isdigit() for char in fact.text)


def intervals(quantities: Sequence[Quantity]) -> list[Interval] | None:
    """Return what the figures may have been, in one unit; None when they measure different things.

    A figure without a unit takes that of the others.
    """
    named = [q.unit for q in quantities if q.unit.dimension]
    kinds = {"count" if unit.dimension.startswith("count") else unit.dimension for unit in named}
    if len(kinds) > 1 or (kinds == {"ratio"} and len(named) < len(quantities)):
        return None
    factor = named[0].factor if named else Decimal(1)
    kind = next(iter(kinds), "")
    counted = kind in ("points", "count") or (kind == "money" and factor == 1)
    found: list[Interval] = []
    for quantity in quantities:
        own = quantity.unit.factor if quantity.unit.dimension or quantity.unit.factor != 1 else factor
        exact = kind == "points" or (counted and not quantity.unit.dimension and quantity.step >= 1)
        base, half = quantity.value * own, _ZERO if exact else quantity.step * own / 2
        found.append(Interval(base - half, base + half))
    return found


def tie(total: Fact | None, parts: Sequence[Fact | None]) -> Tie:
    """Compare a total with the sum of its parts; a blank part counts as nothing, words (不需填列) only where that agrees."""
    whole = usable(total)
    if whole is None:
        return Tie.NONE
    figures: list[Quantity] = []
    told = False
    for part in parts:
        if part is None or part.reading.state is State.BLANK:
            continue
        if only_words(part):
            told = True
            continue
        figure = usable(part)
        if figure is None:
            return Tie.NONE
        figures.append(figure)
    bounds = intervals([whole, *figures])
    if not figures or bounds is None:
        return Tie.NONE
    low, high = sum((b.low for b in bounds[1:]), _ZERO), sum((b.high for b in bounds[1:]), _ZERO)
    if not bounds[0].meets(Interval(low, high)):
        return Tie.NONE if told else Tie.OFF
    if sum(f.value != 0 for f in figures) < 2:
        return Tie.EMPTY
    middle = abs(bounds[0].low + bounds[0].high) / 2
    exact = low + high == bounds[0].low + bounds[0].high
    return Tie.FIRM if exact or high - low <= _TIGHT * middle else Tie.LOOSE


def agrees(stated: Fact, compute: Callable[[Sequence[Interval]], Interval], operands: Sequence[Fact]) -> bool | None:
    """Tell whether a stated figure may be what is computed from others; None when that can't be said."""
    figures = [usable(fact) for fact in operands]
    target = usable(stated)
    known = [figure for figure in figures if figure is not None]
    if target is None or len(known) < len(figures):
        return None
    bounds = intervals(known)
    if bounds is None:
        bounds = [figure.interval for figure in known]
    try:
        value = compute(bounds)
    except ZeroDivisionError:
        return None
    scale = next((figure.unit.factor for figure in known if figure.unit.dimension), Decimal(1))
    for quantity in (target, *stated.reading.alternatives):
        if quantity.interval.meets(value):
            return True
        if not quantity.unit.dimension and scale != 1:
            half = quantity.step / 2
            if Interval((quantity.value - half) * scale, (quantity.value + half) * scale).meets(value):
                return True
    return False


def borne_out(verdicts: Sequence[bool | None]) -> bool:
    """Tell whether a guessed relation holds often enough to be one: in two thirds of at least three cases."""
    known = [verdict for verdict in verdicts if verdict is not None]
    return len(known) >= 3 and sum(known) * 3 >= len(known) * 2
