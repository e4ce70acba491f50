"""Figures in the rows of a list that may be its points as well as something else, where cells were lost.

Comes in: the tokens of a block, where the alignment put them, and its columns; or the rows that were made of them. Goes out:
the same, and what can't be told. A row that lost no cell is not asked about here.

    成活率 10 9        target and actual, or points and score: unsure, and blanks beside it may be the next row's
    成活率 ≥90% 92% 9  points, or the score where the points of the group stand in its first row: the sums tell
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from validator.forms.restore.align import Column, Placed
from validator.forms.restore.rows import Row
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_ANSWERS = ("target", "actual")
_FULL_MARKS = Decimal(100)
"""No one indicator has all the points."""
_FEWEST_ABOVE = 3
"""Rows that a total without a label may be that of."""
_OF_FUNDS = (0, 10, 20)
"""Points that a list may leave to the funds."""


def doubt(tokens: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column]) -> list[Placed]:
    """Return the places, with target and actual unsure where they may as well be the points of the row."""
    points = tuple(j for j, column in enumerate(columns) if column.type == "points")
    types = [column.type for column in columns]
    doubted = list(placed)
    if len(points) != 2 or any(types.count(type) != 1 for type in _ANSWERS):
        return doubted
    answers = tuple(types.index(type) for type in _ANSWERS)
    for row in _rows(placed):
        at = {placed[t].column: t for t in row if tokens[t].text}
        pair = [at[j] for j in answers if j in at]
        if len(pair) == len(answers) and at.keys().isdisjoint(points) and _may_be_points(*(tokens[t].text for t in pair)):
            for t in pair:
                doubted[t] = placed[t]._replace(sure=False, rivals=(*points, *answers))
    return doubted


def settle_lone(rows: Sequence[Row], columns: Sequence[Column], is_total: Callable[[Row], bool]) -> list[Token]:
    """Tell for rows with one figure for their points and their score which it is; return the figures that stay in doubt.

    Where the points of a group stand in its first row only, and blanks were lost, what the other rows have is their score. It
    is when the points add up without them.
    """
    at = {column.id: j for j, column in enumerate(columns) if column.type == "points"}
    if at.keys() != {"weight", "score"}:
        return []
    weight, score = at["weight"], at["score"]
    items = [row for row in rows if weight in row.cells and not is_total(row)]
    lone = [row for row in items if score not in row.cells and not 0 <= row.cells[weight][0].slot == columns[weight].slot]
    if not lone or items[0] in lone:
        return []
    totals = [number_of(row.cells[weight][0].text) for row in rows if weight in row.cells and is_total(row)]
    wholes = [(totals[0] if totals else _FULL_MARKS) - points for points in _OF_FUNDS]
    with_lone = sum((number_of(row.cells[weight][0].text) for row in items), Decimal(0))
    without = with_lone - sum((number_of(row.cells[weight][0].text) for row in lone), Decimal(0))
    if with_lone in wholes:
        return []
    figures = [row.cells.pop(weight) for row in lone]
    if without not in wholes:
        for row in lone:
            row.whole = row.summed = False
        return [token for cell in figures for token in cell]
    for row, figure in zip(lone, figures, strict=True):
        row.cells[score] = figure
    return []


def without_points_of_group(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Leave out points and score of a row where the score stands on another line and is the larger: it is that of a group.

    Or the full marks of the total below, which lost its label.
    """
    at = {column.id: j for j, column in enumerate(columns) if column.type == "points"}
    if at.keys() != {"weight", "score"}:
        return
    for row in rows:
        pair = [row.cells[at[id]][0] for id in ("weight", "score") if at[id] in row.cells]
        if len(pair) < len(at) or pair[0].line == pair[1].line or pair[1].slot >= 0:
            continue
        beside = [sum(cell[0].line == token.line for cell in row.cells.values()) for token in pair]
        above = number_of(pair[0].text) < number_of(pair[1].text)
        if above and (beside[0] > 1 == beside[1] or number_of(pair[1].text) == _FULL_MARKS):
            del row.cells[at["weight"]], row.cells[at["score"]]
            row.whole = row.summed = False


def are_too_few(rows: Sequence[Row], columns: Sequence[Column], is_total: Callable[[Row], bool]) -> bool:
    """Tell whether the points of a list without a total are fewer than any list has: some of its rows were not read."""
    weight = next((j for j, column in enumerate(columns) if column.id == "weight" and column.slot < 0), -1)
    if any(column.type == "label" for column in columns) or any(map(is_total, rows)):
        return False
    points = [number_of(row.cells[weight][0].text) for row in rows if weight in row.cells]
    return bool(points) and sum(points) < _FULL_MARKS - max(_OF_FUNDS)


def without_nameless_total(rows: list[Row], columns: Sequence[Column]) -> list[Row]:
    """Leave out a row of points alone that has as many as all rows above it, and the funds: a total without its label.

    Where a sentence stands for its name, that is a remark of another row; which one has none, nobody knows.
    """
    types = [column.type for column in columns]
    weight = next((j for j, column in enumerate(columns) if column.id == "weight"), -1)
    remark = types.index("text") if "text" in types else -1
    above = Decimal(0)
    for n, row in enumerate(rows):
        points = [number_of(token.text) for token in row.cells.get(weight, ()) if shape_of(token.text) is Shape.NUMBER]
        named = [token for j, cell in row.cells.items() if types[j] not in ("points", "text") for token in cell]
        if len(points) == 1 and points[0] - above in _OF_FUNDS and n >= _FEWEST_ABOVE and row.cells[weight][0].slot < 0:
            said = all(shape_of(token.text) is Shape.LONG for token in named)
            if said and named and remark >= 0:
                for other in rows[:n]:
                    last = max((cell[-1] for cell in other.cells.values()), key=lambda token: (token.line, token.end))
                    other.cells.setdefault(remark, [last._replace(text="", start=last.end)])
            if said:
                return [*rows[:n], *rows[n + 1 :]]
        above += sum(points, Decimal(0))
    return rows


def _rows(placed: Sequence[Placed]) -> Iterator[list[int]]:
    row: list[int] = []
    for t, place in enumerate(placed):
        if place.starts and row:
            yield row
            row = []
        row.append(t)
    if row:
        yield row


def _may_be_points(full: str, got: str) -> bool:
    """Tell whether two figures may be the points of an indicator and its score: bare, and the second no more than the first."""
    if any(shape_of(text) is not Shape.NUMBER for text in (full, got)):
        return False
    return 0 <= number_of(got) <= number_of(full) < _FULL_MARKS
