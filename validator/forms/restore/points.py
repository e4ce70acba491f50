"""Two bare figures in a row of a list may be its target and actual, or its points and score: `成活率 10 9`.

Comes in: the tokens of a block, where the alignment put them, and its columns. Goes out: the same places, unsure where a
row lost two cells and nothing but the blanks beside them tells which: those may be of the next row. A row that lost none is
not asked about here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.forms.restore.align import Column, Placed
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_ANSWERS = ("target", "actual")
_FULL_MARKS = Decimal(100)
"""No one indicator has all the points."""


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
