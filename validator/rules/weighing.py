"""Scores that are weighed: columns whose labels hold their weights, (占40%), or that a row of weights stands below.

Comes in: a table seen along its columns. Goes out: a `Place` for each total score with the scores and weights that it follows
from, one for each score times its weight, and one for the weights, which are 100 % together. Where the figures show that the
scores were weighed before they were filled in, their total is a plain sum, which is not the business of this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.facts.words import Words
from validator.forms.labels import normalise
from validator.model.fact import Fact, Pointer
from validator.model.interval import Interval
from validator.model.quantity import BARE, Quantity, Reading, State, Unit
from validator.rules.binding import Names, Value
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Line, Tie, tie, usable

_ZERO = Decimal(0)
_ALL = Decimal(1)
_PER_CENT = Unit("%", "ratio", Decimal("0.01"))
_PORTION = Unit("", "ratio", Decimal(1))
_LEAST_BARE = 1
"""A weight without a sign that is larger is a percentage: 权重40; up to this it is a portion: 权重0.4."""
_SIGNS = ("%", "％")
_FEWEST = 2
_FEWEST_TO_ACCUSE = 3
_BRACKETS = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]{1,16})[)）\]】〕]")
_WEIGHT = re.compile(r"(?P<mark>[^\d%％.]*?)[:：]?(?P<figure>\d{1,3}(?:\.\d{1,4})?)(?P<sign>[%％]?)(?P<behind>[^\d%％.]*)")
_AT_END = re.compile(r"(?<=[\u4e00-\u9fff])[:：]?(\d{1,2}(?:\.\d{1,2})?[%％])$")


class _Term(NamedTuple):
    """A column of scores and its weight."""

    line: int
    weight: Fact
    marked: bool
    """Whether a word says that it is a weight."""


class _Row(NamedTuple):
    """A total with the figures that it should follow from, and whether it does."""

    cross: int
    total: Fact
    names: Mapping[str, Value]
    expression: str
    formula: str
    weighed: bool
    added: bool
    """Whether it is the plain sum instead."""


def weighed(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each total score with the scores that its weights make it of.

    A row that differs is at fault where most others show that the total is made so; a single row, where its scores can't have
    been weighed before and its total lies among them, as that of such scores does.
    """
    terms = _terms(axis, words) if axis.across else []
    total = _total(axis, terms, words)
    if total is None or sum((_portion(term) for term in terms), _ZERO) != _ALL:
        return
    others = _others(axis, terms, total, words)
    rows = _rows(axis, total, terms, others, words, exact=True)
    if 3 * sum(row.weighed for row in rows) < 2 * len(rows):
        rows = _rows(axis, total, terms, others, words, exact=False)
    held, off = [row for row in rows if row.weighed], [row for row in rows if not row.weighed]
    if 2 * sum(row.added for row in rows) > len(rows):
        return
    fewest = _FEWEST_TO_ACCUSE if 0 in others.values() else _FEWEST
    if off and not (len(held) >= fewest and 2 * len(off) <= len(held)) and not _is_told_alone(axis, rows, terms, others):
        return
    for row in rows:
        if not row.weighed and any(not sign and _is_filled(axis.grid[n][row.cross]) for n, sign in others.items()):
            continue
        yield _as_place(axis, total, row)


def _is_filled(fact: Fact | None) -> bool:
    figure = usable(fact)
    return figure is not None and figure.value != 0


def weights_of_columns(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield the weights that the labels of columns hold, where words say that they are some, or they are 100 % together."""
    terms = _terms(axis, words) if axis.across else []
    total = _total(axis, terms, words)
    if total is None or not _may_be_all(axis, terms, total, words):
        return
    facts = tuple(term.weight for term in terms)
    label = axis.lines[total].label
    names: Names = {"parts": facts, "各项": facts, "column": label, "列": label}
    path = f"{axis.section.columns[axis.lines[total].key].path}.weights"
    yield Place(path, (names,), facts[-1].pointer, axis.section.complete, axis.section)


def _may_be_all(axis: Axis, terms: Sequence[_Term], total: int, words: Words) -> bool:
    """Tell whether the weights are all that there are: 100 % together, or each told by a word, and no score without one."""
    if sum((_portion(term) for term in terms), _ZERO) == _ALL:
        return True
    return all(term.marked for term in terms) and all(_others(axis, terms, total, words).values())


def _labels(axis: Axis, line: int, cross: int) -> Names:
    row, column = axis.row_and_column(line, cross)
    return {"label": row, "行": row, "column": column, "列": column}


def weighed_rows(axis: Axis, words: Words) -> Iterator[tuple[str, Place]]:
    """Yield each score times its weight, where a table has a column of each and most rows show it, and all the weights."""
    roles = {name: _lines_named(axis, name, words) for name in ("weight_rows", "scores", "weighed_scores")}
    weighted = roles["weighed_scores"]
    scores = [n for n in roles["scores"] if n not in weighted]
    if not axis.across or len(roles["weight_rows"]) != 1 or len(scores) != 1 or len(weighted) != 1:
        return
    columns = roles["weight_rows"][0], scores[0], weighted[0]
    rows = [row for cross in range(len(axis.crosses)) if (row := _product(axis, cross, columns)) is not None]
    off = sum(not row.weighed for row in rows)
    if len(rows) - off < _FEWEST_TO_ACCUSE or 3 * off > len(rows) - off:
        return
    for row in rows:
        yield "table.formula", _as_place(axis, columns[2], row)
    totals = [cross for cross in axis.crosses if cross.kind == "total"]
    items = [n for n, cross in enumerate(axis.crosses) if cross.kind == "item"]
    facts = tuple(_as_portion(fact) for n in items if (fact := axis.grid[columns[0]][n]) is not None and _is_weight(fact))
    if len(totals) == 1 and len(facts) == len(items) and len(items) + 1 == len(axis.crosses):
        label = axis.lines[columns[0]].label
        names: Names = {"parts": facts, "各项": facts, "column": label, "列": label}
        path = f"{axis.section.columns[axis.lines[columns[0]].key].path}.weights"
        yield "table.weights", Place(path, (names,), facts[-1].pointer, axis.section.complete, axis.section)


def _lines_named(axis: Axis, name: str, words: Words) -> list[int]:
    return [n for n, line in enumerate(axis.lines) if words.has(name, line.label)]


def _product(axis: Axis, cross: int, columns: tuple[int, int, int]) -> _Row | None:
    """Return the weighed score of an item with what it should be; None where one of the three is no figure."""
    weight, score, stated = (axis.grid[n][cross] for n in columns)
    score, stated = _plain(score), _plain(stated)
    one, whole = usable(score), usable(stated)
    if axis.crosses[cross].kind != "item" or weight is None or not _is_weight(weight) or score is None or stated is None:
        return None
    portion = _portion(_Term(columns[0], _as_portion(weight), marked=True))
    if one is None or whole is None:
        return None
    value = Interval(one.interval.low * portion, one.interval.high * portion)
    keys = [axis.lines[n].key for n in columns]
    names: dict[str, Value] = {keys[0]: _as_portion(weight), keys[1]: score}
    formula = f"{axis.lines[columns[1]].label}×{axis.lines[columns[0]].label}"
    return _Row(cross, stated, names, f"{keys[1]} * {keys[0]}", formula, whole.interval.meets(value), added=False)


def _as_place(axis: Axis, line: int, row: _Row) -> Place:
    names: Names = {
        **row.names, "stated": row.total, "填列数": row.total, "formula": row.formula, "公式": row.formula,
        **_labels(axis, line, row.cross),
    }  # fmt: skip
    path = f"{row.total.pointer.path}.weighed"
    return Place(path, (names,), row.total.pointer, axis.section.complete, axis.section, row.expression)


# --- weights --------------------------------------------------------------------------------------------------------


def _terms(axis: Axis, words: Words) -> list[_Term]:
    """Return the columns that have weights: of a group with one weight its only column, or the one that sums it up."""
    row = _row_of_weights(axis, words)
    found: dict[str, list[_Term]] = {}
    for n, line in enumerate(axis.lines):
        weight = axis.grid[n][row] if row is not None else None
        if weight is not None and _is_weight(weight) and not words.has("weighed_totals", line.label):
            found[line.key] = [_Term(n, _as_portion(weight), marked=True)]
            continue
        for depth in reversed(range(len(line.path))) if row is None else ():
            told = _weight_in(line.path[depth], words)
            if told is not None:
                fact = _fact(axis, line, line.path[depth], *told)
                key = line.key if depth + 1 == len(line.path) else "\n".join(line.path[: depth + 1])
                found.setdefault(key, []).append(_Term(n, fact, marked=told[1]))
                break
    terms = [_of_group(axis, group) for group in found.values()]
    known = [term for term in terms if term is not None]
    return known if len(known) == len(terms) >= _FEWEST else []


def _of_group(axis: Axis, group: Sequence[_Term]) -> _Term | None:
    """Return the column of a group that is weighed; None where it can't be told."""
    if len(group) == 1:
        return group[0]
    sums = [term for term in group if axis.lines[term.line].level.height]
    return sums[0] if len(sums) == 1 else None


def _row_of_weights(axis: Axis, words: Words) -> int | None:
    """Return the first row where it holds the weights of the columns."""
    rows = [n for n, cross in enumerate(axis.crosses[:_FEWEST]) if words.has("weight_rows", cross.label)]
    filled = [fact for row in rows for line in axis.grid if (fact := line[row]) is not None and not fact.blank]
    return rows[0] if len(rows) == 1 and len(filled) >= _FEWEST and all(map(_is_weight, filled)) else None


def _is_weight(fact: Fact) -> bool:
    figure = usable(fact)
    return figure is not None and 0 < figure.value <= (100 if fact.text.strip().endswith(_SIGNS) else _LEAST_BARE)


def _as_portion(fact: Fact) -> Fact:
    """Return a weight that stands in a cell of its own: it was given, not measured, and 0.3 is a portion of 1."""
    figure = usable(fact)
    if figure is None:
        return fact
    unit = _PER_CENT if fact.text.strip().endswith(_SIGNS) else _PORTION
    return fact._replace(reading=Reading(State.NUMBER, fact.reading.text, figure._replace(unit=unit, step=_ZERO)))


def _weight_in(text: str, words: Words) -> tuple[Quantity, bool] | None:
    """Return the weight in a label and whether a word calls it one: (占40%), 权重0.4, (40%), 现场考核40%."""
    found: list[tuple[Quantity, bool]] = []
    for inside in (*_BRACKETS.findall(text), *_AT_END.findall(text), text):
        weight = _WEIGHT.fullmatch(str(inside))
        if weight is None:
            continue
        mark = weight["mark"] or weight["behind"]
        marked = bool(mark) and mark in words.data.weight_marks
        if (marked or (not mark and weight["sign"] and inside != text)) and Decimal(weight["figure"]) > 0:
            value = Decimal(weight["figure"])
            unit = _PER_CENT if weight["sign"] or value > _LEAST_BARE else _PORTION
            found.append((Quantity(value, _ZERO, unit, weight["figure"] + weight["sign"]), marked))
    return found[0] if found and _PER_CENT.factor * 100 > found[0][0].base else None


def _fact(axis: Axis, line: Line, text: str, weight: Quantity, marked: bool) -> Fact:  # noqa: FBT001 (what was just found)
    """Return a weight as a figure of the table, with the cell of the header that holds it."""
    own = axis.section.columns[line.key]
    table = axis.section.table
    cells = (cell for row in (table.rows if table is not None else ()) for cell in row if cell is not None)
    cell = next((cell for cell in cells if re.sub(r"\s+", "", cell.text) == text), None) if line.path[-1] != text else None
    address, written = (cell.address, cell.text) if cell is not None else (own.address, own.text)
    pointer = Pointer(f"{own.path}.weight", address, written, "", own.column_label)
    return Fact(Reading(State.NUMBER, weight.text, weight), pointer, "weight" if marked else "")


def _portion(term: _Term) -> Decimal:
    figure = usable(term.weight)
    return figure.base if figure is not None else _ZERO


# --- rows -----------------------------------------------------------------------------------------------------------


def _total(axis: Axis, terms: Sequence[_Term], words: Words) -> int | None:
    """Return the column of the total score: the first behind those that have weights, else the last before them."""
    own = {term.line for term in terms}
    named = [n for n, line in enumerate(axis.lines) if n not in own and words.has("weighed_totals", line.label)]
    if not terms:
        return None
    first, last = min(own), max(own)
    return next((n for n in named if n > last), next((n for n in reversed(named) if n < first), None))


def _others(axis: Axis, terms: Sequence[_Term], total: int, words: Words) -> dict[int, int]:
    """Return the columns without a weight among those that have one and up to the total, with what they are to it.

    1 for points on top, -1 for points that are taken off, 0 for what may be anything.
    """
    ends = {*(term.line for term in terms), total}
    groups = {axis.lines[term.line].group for term in terms} - {()}
    found: dict[int, int] = {}
    for n in range(min(ends), max(ends)):
        line = axis.lines[n]
        if n not in ends and line.group not in groups:
            found[n] = 1 if words.has("bonuses", line.label) else -1 if words.has("penalties", line.label) else 0
    return found


def _rows(
    axis: Axis, total: int, terms: Sequence[_Term], others: Mapping[int, int], words: Words, *, exact: bool
) -> list[_Row]:
    """Return the rows with a total. `exact`: whole scores were given and are not rounded ones."""
    found = (_row(axis, cross, total, terms, others, exact=exact) for cross in range(len(axis.crosses)))
    return [row for row in found if row is not None and not words.has("weight_rows", axis.crosses[row.cross].label)]


def _row(axis: Axis, cross: int, total: int, terms: Sequence[_Term], others: Mapping[int, int], *, exact: bool) -> _Row | None:
    """Return the total of a row with what it should follow from; None where one of its scores is no figure."""
    stated = _plain(axis.grid[total][cross])
    if stated is None:
        return None
    names: dict[str, Value] = {}
    pieces, shown = [], []
    value = Interval(_ZERO, _ZERO)
    for term in terms:
        score = _plain(axis.grid[term.line][cross], exact=exact)
        figure = usable(score)
        if score is None or figure is None:
            return None
        line = axis.lines[term.line]
        names |= {line.key: score, f"w{term.line}": term.weight}
        pieces.append(f"{line.key} * w{term.line}")
        shown.append(f"{normalise(line.label) or line.label}×{term.weight.reading.text}")
        portion = _portion(term)
        value = value + Interval(figure.interval.low * portion, figure.interval.high * portion)
    for n, sign in others.items():
        more = _plain(axis.grid[n][cross], exact=exact)
        figure = usable(more)
        if more is None or figure is None or not figure.value or not sign:
            continue
        adds = sign > 0 or figure.value < 0
        names[axis.lines[n].key] = more
        pieces.append(("+ " if adds else "- ") + axis.lines[n].key)
        shown.append(("+" if adds else "-") + axis.lines[n].label)
        value = value + figure.interval if adds else value - figure.interval
    expression = " + ".join(pieces[: len(terms)]) + "".join(f" {piece}" for piece in pieces[len(terms) :])
    formula = "+".join(shown[: len(terms)]) + "".join(shown[len(terms) :])
    figure = usable(stated)
    holds = figure is not None and figure.interval.meets(value)
    added = tie(stated, [axis.grid[n][cross] for n in (*(term.line for term in terms), *others)]) in (Tie.FIRM, Tie.LOOSE)
    return _Row(cross, stated, names, expression, formula, holds, added and not holds)


def _plain(fact: Fact | None, *, exact: bool = False) -> Fact | None:
    """Return a score as the bare number that it is weighed as, whatever its column is called: 满意度, 得分率."""
    figure = usable(fact)
    if fact is None or figure is None:
        return None
    step = _ZERO if exact and figure.step >= 1 else figure.step
    return fact._replace(reading=Reading(State.NUMBER, fact.reading.text, figure._replace(unit=BARE, step=step)))


def _is_told_alone(axis: Axis, rows: Sequence[_Row], terms: Sequence[_Term], others: Mapping[int, int]) -> bool:
    """Tell whether the only row shows by itself that its scores have yet to be weighed, and its total is one of such."""
    if len(rows) != 1 or others or not all(term.marked for term in terms):
        return False
    figures = [figure for term in terms if (figure := usable(axis.grid[term.line][rows[0].cross])) is not None]
    whole = usable(rows[0].total)
    above = any(figure.value > 100 * _portion(term) for figure, term in zip(figures, terms, strict=True))
    values = [figure.value for figure in figures]
    return above and whole is not None and min(values) <= whole.value <= max(values)
