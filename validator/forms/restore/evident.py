"""Tables with a cell on each line whose rows show by their figures alone that they are read right: their sums close.

Comes in: tokens that are whole lines, none of them blank. Goes out: the tables in which every row is a name with as many
figures as the others, numbered from one or not at all, and the row of the total is the sum of all others column by column.
Labels may have lost their words: they stand over the columns only where the one of the numbers of the rows tells where they
begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from validator.forms.restore.generic import Grid, Named
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.MONEY, Shape.DASH})
_NAMES = frozenset({Shape.WORD, Shape.LONG})
_FEWEST_ROWS = 3
"""Rows besides the total."""
_FEWEST_FIGURES = 2
_MOST_FIGURES = 24
_FEWEST_SUMS = 2
"""Columns whose total has two parts or more."""
_FEWEST_TO_ACCUSE = 3
"""Such columns that close where one doesn't."""
_FEWEST_DIGITS = 5
"""Digits of the totals that close, all together: figures of other columns would not by chance."""

_Cells = Sequence[Token]


def by_evidence(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    at = free = start
    while at < end:
        total = at if shape_of(tokens[at].text) in _NAMES and named("totals", tokens[at].text) else -1
        count = _figures_behind(tokens, at, end) if total >= 0 else 0
        found = _above(tokens, free, total, count) if _FEWEST_FIGURES <= count <= _MOST_FIGURES else None
        if found is None:
            at += 1
            continue
        first, rows = found
        stop = total + 1 + count
        if _closes([row[-count:] for row in rows], tokens[total + 1 : stop]) and not _goes_on(tokens, stop, end, count):
            head = _labels(tokens, free, first, count, named) if len(rows[0]) > 1 + count else ()
            wide = len(rows[0])
            summed = {n: [token] for n, token in enumerate(tokens[total:stop], wide - 1 - count)}
            placed = [dict(enumerate([token] for token in row)) for row in (*((head,) if head else ()), *rows)]
            yield Grid(first - len(head), stop, (*placed, summed), tuple({} for _ in (*placed, summed)))
            free = stop
        at = stop


def _figures_behind(tokens: Sequence[Token], at: int, end: int) -> int:
    return sum(1 for _ in takewhile(lambda token: shape_of(token.text) in _FIGURES, tokens[at + 1 : end]))


def _above(tokens: Sequence[Token], start: int, total: int, count: int) -> tuple[int, list[_Cells]] | None:
    """Return where the rows above a total begin, and their cells; None where they are no such rows."""
    for lead in (1, 0):
        wide = lead + 1 + count
        rows: list[_Cells] = []
        at = total
        while at - wide >= start and _is_row(tokens[at - wide : at], lead):
            at -= wide
            rows.insert(0, tokens[at : at + wide])
            if lead and rows[0][0].text == "1":
                break
        counted = not lead or [row[0].text for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
        if len(rows) >= _FEWEST_ROWS and counted:
            return at, rows
    return None


def _is_row(cells: _Cells, lead: int) -> bool:
    """Tell whether cells are a name and figures; `lead`: behind a number of the row."""
    numbered = not lead or cells[0].text.isdecimal()
    return numbered and shape_of(cells[lead].text) in _NAMES and all(shape_of(c.text) in _FIGURES for c in cells[lead + 1 :])


def _closes(rows: Sequence[_Cells], totals: _Cells) -> bool:
    """Tell whether the totals are the sums of all rows, but for one at most."""
    off = sums = told = 0
    for column, total in enumerate(totals):
        parts = [number_of(row[column].text) for row in rows]
        if sum(parts, Decimal(0)) != number_of(total.text):
            off += 1
        elif sum(map(bool, parts)) > 1:
            sums += 1
            told += len(number_of(total.text).as_tuple().digits)
    return off <= 1 and sums >= (_FEWEST_TO_ACCUSE if off else _FEWEST_SUMS) and told >= _FEWEST_DIGITS


def _goes_on(tokens: Sequence[Token], stop: int, end: int, count: int) -> bool:
    """Tell whether a row like the others stands below the total: then it is that of a part."""
    below = tokens[stop : min(stop + 2 + count, end)]
    return any(len(below) >= lead + 1 + count and _is_row(below[: lead + 1 + count], lead) for lead in (0, 1))


def _labels(tokens: Sequence[Token], start: int, first: int, count: int, named: Named) -> _Cells:
    """Return the labels of numbered rows, one for each column, the first of which is that of the numbers; else none."""
    begin = first - 2 - count
    if begin < start or not named("serials", tokens[begin].text):
        return ()
    labels = tokens[begin:first]
    return labels if not any(shape_of(token.text) in _FIGURES for token in labels) else ()
