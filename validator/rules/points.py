"""What score tables of no form say: headings have the points of their rows, scores are within points or below for a reason.

Comes in: a table seen along its rows. Goes out: a `Place` for each heading with points (过程(30分)) or with a figure of its own
in a column of points to the left (过程 | 30 | 管理 | 12), one for each score beside its points, and one for each that is below
them without a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from validator.facts.numbers import POINTS
from validator.facts.words import Words
from validator.forms.labels import normalise
from validator.model.fact import Fact
from validator.model.quantity import BARE
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, only_words, tie, usable

_FEWEST = 2
"""Headings that must be the sum of their rows, for those of a column to be read so."""
_FEWEST_TO_ACCUSE = 3
"""Such headings, some of a single row, before another is held to it."""
_FEWEST_SCORES = 4
"""Scores beside their points, and how many of them there are for each one above; else they are of another scale."""


class _Heading(NamedTuple):
    """Points, and the rows that share them."""

    points: Fact
    label: str
    rows: tuple[int, ...]


class _Score(NamedTuple):
    """A score beside its points."""

    row: int
    score: Fact
    points: Fact


def weights(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield the points of each heading with those of its rows, where most headings of the column are their sum."""
    columns = [c for c, cross in enumerate(axis.crosses) if words.has("points", cross.label)]
    for headings in _in_labels(axis):
        found = [(_judged(axis, headings, c), c) for c in columns]
        best = max(found, key=lambda pair: len(pair[0]), default=None)
        if best is not None:
            yield from _places(axis, *best)
    for left, right in pairwise(columns):
        if normalise(axis.crosses[left].label) == normalise(axis.crosses[right].label):
            yield from _places(axis, _judged(axis, _in_column(axis, left), right), right)


def _in_labels(axis: Axis) -> Iterator[list[_Heading]]:
    """Yield the headings of each column of labels."""
    lines = {line.key: n for n, line in enumerate(axis.lines)}
    by_column: dict[str, list[_Heading]] = {}
    for heading in axis.section.headings:
        rows = tuple(lines[key] for record in heading.children if (key := f"r{record.row}") in lines)
        if rows:
            level = heading.path.rsplit(".", 1)[1]
            by_column.setdefault(level, []).append(_Heading(heading.fields["points"], heading.label, rows))
    yield from by_column.values()


def _in_column(axis: Axis, column: int) -> list[_Heading]:
    """Return the figures of a column as those of the rows down to the next: a merged cell stands in its first row only."""
    rows = [n for n, line in enumerate(axis.lines) if line.kind == "item"]
    filled = [n for n in rows if (fact := axis.grid[n][column]) is not None and usable(fact) is not None]
    headings: list[_Heading] = []
    for n, stop in pairwise([*filled, len(axis.lines)]):
        fact = axis.grid[n][column]
        within = tuple(p for p in rows if n <= p < stop)
        if fact is not None:
            headings.append(_Heading(_as_points(fact), axis.lines[n].label, within))
    return headings if len(filled) < len(rows) else []


def _as_points(fact: Fact) -> Fact:
    """Return a figure of a column of points as points: they were given, so that whole ones are exact in sums."""
    quantity = fact.quantity
    if quantity is None or quantity.unit != BARE:
        return fact
    return fact._replace(reading=fact.reading._replace(quantity=quantity._replace(unit=POINTS)))


def _judged(axis: Axis, headings: Sequence[_Heading], column: int) -> list[_Heading]:
    """Return the headings that are the sum of their rows in a column, and one that is not where the others leave no doubt."""
    tried = [_tried(axis, heading, column) for heading in headings]
    held = [heading for heading, result in tried if result not in (Tie.OFF, Tie.NONE)]
    firm, off = sum(result is Tie.FIRM for _, result in tried), sum(result is Tie.OFF for _, result in tried)
    if len(held) < _FEWEST or off > len(held) // 2:
        return []
    moved = any(own.rows != heading.rows for own, (heading, _) in zip(headings, tried, strict=True))
    accused = off == 1 and firm >= _FEWEST and len(held) >= _FEWEST_TO_ACCUSE and not moved
    return [heading for heading, result in tried if result is not Tie.NONE] if accused else held


def _tried(axis: Axis, heading: _Heading, column: int) -> tuple[_Heading, Tie]:
    """Return how a heading and its rows agree, with the rows that it reaches to."""
    cells = _cells(axis, heading.rows, column)
    result = tie(heading.points, cells)
    if result is not Tie.OFF:
        return heading, result
    further = _further(axis, heading, column)
    if further is not None:
        return heading._replace(rows=further), Tie.FIRM
    may_go_on = heading.rows[-1] == len(axis.lines) - 1  # the last rows of a text may be lost
    return heading, Tie.NONE if may_go_on or _is_close(heading.points, cells) else Tie.OFF


def _further(axis: Axis, heading: _Heading, column: int) -> tuple[int, ...] | None:
    """Return the rows down to where their sum is that of a heading: a row that lost cells may have lost its place as well."""
    first, points = heading.rows[0], usable(heading.points)
    rows: list[int] = []
    for n in range(first, len(axis.lines)):
        figure = usable(axis.grid[n][column])
        if axis.lines[n].kind != "item" or figure is None:
            break
        rows.append(n)
    values = [figure.value for n in rows if (figure := usable(axis.grid[n][column])) is not None]
    sums = list(accumulate(values))
    if points is None or points.value not in sums or len(heading.rows) > sums.index(points.value):
        return None
    return tuple(rows[: sums.index(points.value) + 1])


def _is_close(points: Fact, parts: Sequence[Fact | None]) -> bool:
    """Tell whether points that were shared out evenly (2.67 three times for 8) differ by no more than their rounding."""
    figures = [figure for part in parts if (figure := usable(part)) is not None]
    steps = sum((figure.step for figure in figures), Decimal(0))
    difference = sum((figure.value for figure in figures), Decimal(0)) - (points.quantity.value if points.quantity else 0)
    return any(figure.step < 1 for figure in figures) and 2 * abs(difference) <= steps


def _cells(axis: Axis, rows: Sequence[int], column: int) -> list[Fact | None]:
    return [axis.grid[n][column] for n in rows]


def _places(axis: Axis, judged: Sequence[_Heading], column: int) -> Iterator[Place]:
    for heading in judged:
        parts = tuple(f for f in _cells(axis, heading.rows, column) if f is not None and not f.blank and not only_words(f))
        label, name = heading.label, axis.crosses[column].label
        names: Names = {
            "points": heading.points, "标注分值": heading.points, "parts": parts, "各项": parts,
            "label": label, "行": label, "column": name, "列": name,
        }  # fmt: skip
        pointer = heading.points.pointer
        yield Place(f"{pointer.path}.weight", (names,), pointer, axis.section.complete, axis.section)


def scores(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each score with its points: those of the nearest column to the left, where most scores are within them."""
    for c, pairs in _scored(axis, words):
        for pair in pairs:
            yield _score(axis, c, pair, "score")


def deductions(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each score below its points beside which no reason stands, where most of those of the column have one.

    Not in rows that may have slipped: words stand among the scores and their points.
    """
    table = axis.section.table
    for c, pairs in _scored(axis, words) if table is not None and not table.inferred else ():
        reduced = [pair for pair in pairs if axis.lines[pair.row].kind == "item" and _value(pair.score) < _value(pair.points)]
        given = [_has_reason(axis, pair.row, words) for pair in reduced]
        at = [p for p in range(c + 1) if p == c or words.has("points", axis.crosses[p].label)]
        slipped = any((cell := row[p]) is not None and not cell.blank and only_words(cell) for row in axis.grid for p in at)
        if any(given) and 2 * sum(given) >= len(given) and not slipped:
            yield from (_score(axis, c, pair, "deduction") for pair, told in zip(reduced, given, strict=True) if not told)


def _scored(axis: Axis, words: Words) -> Iterator[tuple[int, list[_Score]]]:
    """Yield each column of scores, with those that have points in the nearest column of points to the left."""
    for c, cross in enumerate(axis.crosses):
        if not words.has("scores", cross.label):
            continue
        full = next((p for p in reversed(range(c)) if words.has("points", axis.crosses[p].label)), c)
        pairs = [
            _Score(n, score, points)
            for n, row in enumerate(axis.grid)
            if full < c and (score := row[c]) and (points := row[full]) and _measure_alike(score, points)
            if _value(points) >= 0  # those of a deduction say what may be taken off
        ]
        above = sum(_value(pair.score) > _value(pair.points) for pair in pairs)
        if above <= len(pairs) // _FEWEST_SCORES:
            yield c, pairs


def _score(axis: Axis, column: int, pair: _Score, kind: str) -> Place:
    score, points = pair.score, pair.points
    row, called = axis.row_and_column(pair.row, column)
    row = row or _name_before(axis, pair)
    names: Names = {
        "score": score, "得分": score, "points": points, "分值": points, "label": row, "行": row, "column": called,
        "列": called,
    }  # fmt: skip
    return Place(f"{score.pointer.path}.{kind}", (names,), score.pointer, axis.section.complete, axis.section)


def _name_before(axis: Axis, pair: _Score) -> str:
    """Return the nearest text before the points of a row: 过程 | 30 | 资金管理 | 12 | 资金到位率 | 4."""
    rows = axis.section.table.rows if axis.section.table is not None else ()
    cells = rows[int(axis.lines[pair.row].key[1:])] if rows else ()
    before = takewhile(lambda cell: cell is None or cell.address != pair.points.pointer.address, cells)
    return next((cell.text for cell in reversed(list(before)) if cell is not None and cell.text.strip()), "")


def _has_reason(axis: Axis, line: int, words: Words) -> bool:
    """Tell whether a reason stands in the column of the table that is headed so; a mark or a single word (无) is none."""
    rows = axis.section.table.rows if axis.section.table is not None else ()
    row = int(axis.lines[line].key[1:])
    columns = {cell.col for above in rows[:row] for cell in above if cell is not None and words.has("reasons", cell.text)}
    cells = (rows[row][col] for col in columns)
    return any(cell is not None and sum(map(str.isalnum, cell.text)) > 1 for cell in cells)


def _measure_alike(score: Fact, points: Fact) -> bool:
    one, other = usable(score), usable(points)
    return one is not None and other is not None and (one.unit.dimension == "ratio") is (other.unit.dimension == "ratio")


def _value(fact: Fact) -> Decimal:
    quantity = usable(fact)
    return quantity.base if quantity is not None else Decimal(0)
