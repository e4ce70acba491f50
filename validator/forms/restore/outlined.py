"""Lists of a label and one amount in turn, numbered in several levels, whose header is lost or run together.

Comes in: tokens that are whole lines. Goes out: the lists that bear themselves out: at least two of their rows are the sum of
the rows numbered below them. An amount belongs to the label right before it, so that blank amounts leave nothing open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from validator.forms.ordinals import ordinal_of
from validator.forms.restore.generic import Grid, Named, stands_apart
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_AMOUNTS = frozenset({Shape.NUMBER, Shape.MONEY})
_FIGURES = _AMOUNTS | {Shape.PERCENT, Shape.DASH}
_LONGEST_LABEL = 40
_OF_A_YEAR = re.compile(r"(?:19|20)\d\d年\D")
_FEWEST_PARTS = 2
_FEWEST_SUMS = 2


class _Row(NamedTuple):
    """A label with its amount, which may be blank."""

    at: int
    """Index of the label among the cells."""
    label: Token
    figure: Token | None
    rank: int

    @property
    def amount(self) -> Decimal | None:
        """What can be added up."""
        return number_of(self.figure.text) if self.figure and shape_of(self.figure.text) in _AMOUNTS else None


def by_outline(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the lists among tokens, in order."""
    places = [n for n in range(start, end) if not tokens[n].blank]
    cells = [tokens[n] for n in places]
    at = 0
    while at < len(cells):
        rows, behind = _rows(cells, at)
        at = max(behind, at + 1)
        if not rows or not _is_borne_out(rows) or (behind < len(cells) and _is_figure(cells[behind])):
            continue
        head = _head(cells, rows[0].at, named)
        body = [{0: [row.label], 1: [row.figure]} if row.figure else {0: [row.label]} for row in rows]
        first = rows[0].at - (len(head[0]) if head else 0)
        last = rows[-1].at + (rows[-1].figure is not None)
        yield Grid(places[first], places[last] + 1, (*head, *body), tuple({} for _ in (*head, *body)))


def _rows(cells: Sequence[Token], at: int) -> tuple[list[_Row], int]:
    """Return the rows from a cell on and what stands behind them: a label without a number has its amount."""
    rows: list[_Row] = []
    while at < len(cells) and _is_label(cells[at]):
        figure = cells[at + 1] if at + 1 < len(cells) and _is_figure(cells[at + 1]) else None
        rank = ordinal_of(cells[at].text).rank
        if figure is None and not rank:
            break
        rows.append(_Row(at, cells[at], figure, rank))
        at += 1 + (figure is not None)
    while rows and rows[-1].figure is None:
        rows.pop()
    return rows, at


def _is_label(cell: Token) -> bool:
    """Tell whether a cell may name a row; it may begin with a year: 2003年基数."""
    named = shape_of(cell.text) is Shape.WORD or (shape_of(cell.text) is Shape.AMOUNT and _OF_A_YEAR.match(cell.text))
    return bool(named) and len(cell.text) <= _LONGEST_LABEL


def _is_figure(cell: Token) -> bool:
    return shape_of(cell.text) in _FIGURES


def _is_borne_out(rows: Sequence[_Row]) -> bool:
    """Tell whether rows are the sums of those below them: of the highest numbered deeper, or of those without a number."""
    return sum(_is_sum(rows, k) for k in range(len(rows))) >= _FEWEST_SUMS


def _is_sum(rows: Sequence[_Row], k: int) -> bool:
    rank = rows[k].rank
    if not rank or not rows[k].amount:
        return False
    below = list(takewhile(lambda row: row.rank > rank, rows[k + 1 :]))
    highest = min((row.rank for row in below), default=0)
    plain = takewhile(lambda row: not row.rank, rows[k + 1 :])
    lists = ([row for row in below if row.rank == highest], list(plain))
    return any(_add_up_to(rows[k].amount, parts) for parts in lists)


def _add_up_to(whole: Decimal | None, parts: Sequence[_Row]) -> bool:
    amounts = [row.amount for row in parts if row.amount is not None]
    return len(amounts) >= _FEWEST_PARTS and sum(amounts) == whole


def _head(cells: Sequence[Token], first: int, named: Named) -> tuple[dict[int, list[Token]], ...]:
    """Return the header, none where the cells right before the first row are no labels: of the amounts, and of the rows."""
    if first == 0 or not _heads(cells[first - 1]) or not named("money", cells[first - 1].text):
        return ()
    head = {1: [cells[first - 1]]}
    return ({0: [cells[first - 2]], **head},) if first > 1 and _heads(cells[first - 2]) else (head,)


def _heads(cell: Token) -> bool:
    return _is_label(cell) and not stands_apart(cell.text)
