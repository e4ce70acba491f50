"""Lists printed in several columns that became text: 单位 金额 单位 金额, then a name and its figure again and again.

Comes in: tokens of no form. Goes out: grids with as many names in a row as the labels come again. Of the last row the columns
on the left are filled: those on the right are the shorter ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.forms.restore.generic import Grid, stands_apart
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_SIZES = (2, 3)
"""Labels that come again together: a name and a figure, perhaps with a serial number or one more figure."""
_MOST_COLUMNS = 8
_FEWEST_ROWS = 2
_NEAR = 3
"""Tokens behind a list in which no figure may stand: it would belong to a row that was not understood."""


def by_columns(tokens: Sequence[Token], start: int, end: int) -> Iterator[Grid]:
    """Yield the lists among some tokens; one in which a figure is left over has no rows."""
    places = [n for n in range(start, end) if not tokens[n].blank]
    cells = [tokens[n] for n in places]
    at = 0
    while at < len(cells):
        size, width = _labels(cells, at)
        stop = _end(cells, at + width, size) if width else at
        if stop - at - width < _FEWEST_ROWS * width or not width:
            at += 1
            continue
        broken = any(shape_of(cell.text) in _FIGURES for cell in cells[stop : stop + _NEAR])
        starts = range(at, at if broken else stop, width)
        rows = [dict(enumerate([cell] for cell in cells[n : min(n + width, stop)])) for n in starts]
        yield Grid(places[at], places[stop - 1] + 1, tuple(rows), tuple({} for _ in rows))
        at = stop


def _labels(cells: Sequence[Token], at: int) -> tuple[int, int]:
    """Return how many labels come again from a cell on, and how many there are in all; nothing twice is no list."""
    for size in _SIZES:
        texts = [cell.text for cell in cells[at : at + size]]
        if len(set(texts)) < size or any(shape_of(text) is not Shape.WORD or stands_apart(text) for text in texts):
            return 0, 0
        count = 1
        while count < _MOST_COLUMNS and [cell.text for cell in cells[at + count * size :][:size]] == texts:
            count += 1
        if count > 1:
            return size, count * size
    return 0, 0


def _end(cells: Sequence[Token], start: int, size: int) -> int:
    """Return where groups of one word and the figures of the first group end."""
    pattern = _kinds(cells[start : start + size])
    if len(pattern) < size or pattern.count(False) != 1 or not pattern[-1]:
        return start
    stop = start
    while _kinds(cells[stop : stop + size]) == pattern:
        stop += size
    return stop


def _kinds(cells: Sequence[Token]) -> list[bool]:
    """Tell of each cell whether it is a figure."""
    return [shape_of(cell.text) in _FIGURES for cell in cells]
