"""Small tables with a cell on each line, one column of amounts, and rows that are laid down: 三公经费 and what it is made of.

Comes in: tokens that are whole lines. Goes out: the tables whose labels are all such rows, below the labels of two columns. An
amount belongs to the label right before it. Where the rows with amounts don't give the total, an amount may be lost with its
line: the rows without one are told as open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.forms.labels import take_apart
from validator.forms.restore.generic import Grid, Named, stands_apart
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_AMOUNTS = frozenset({Shape.NUMBER, Shape.MONEY})
_FIGURES = _AMOUNTS | {Shape.DASH}
_FEWEST_ROWS = 4
_FEWEST_FIGURES = 2
_LONGEST_LABEL = 24

_Row = tuple[Token, Token | None]


def by_laid_down(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    places = [n for n in range(start, end) if not tokens[n].blank]
    cells = [tokens[n] for n in places]
    at = 2
    while at < len(cells):
        rows, behind = _rows(cells, at, named)
        filled = sum(figure is not None for _, figure in rows)
        if len(rows) < _FEWEST_ROWS or filled < _FEWEST_FIGURES or not _is_head(cells[at - 2 : at], named):
            at += 1
            continue
        head = {0: [cells[at - 2]], 1: [cells[at - 1]]}
        body = [{0: [label], 1: [figure]} if figure is not None else {0: [label]} for label, figure in rows]
        blank = frozenset(n for n, (_, figure) in enumerate(rows, 1) if figure is None)
        open_rows = frozenset() if _is_whole(rows, named) else blank
        yield Grid(places[at - 2], places[behind - 1] + 1, (head, *body), tuple({} for _ in (head, *body)), open_rows)
        at = behind + 2


def _rows(cells: Sequence[Token], at: int, named: Named) -> tuple[list[_Row], int]:
    """Return the rows from a cell on, each named as one that is laid down, and the place behind them."""
    rows: list[_Row] = []
    while at < len(cells) and named("laid_down", cells[at].text):
        figure = cells[at + 1] if at + 1 < len(cells) and shape_of(cells[at + 1].text) in _FIGURES else None
        rows.append((cells[at], figure))
        at += 1 + (figure is not None)
    stray = at < len(cells) and shape_of(cells[at].text) in _FIGURES
    return ([], at) if stray else (rows, at)


def _is_head(cells: Sequence[Token], named: Named) -> bool:
    """Tell whether two cells are the labels of the rows and of amounts."""
    words = all(shape_of(cell.text) is Shape.WORD and len(cell.text) <= _LONGEST_LABEL for cell in cells)
    return words and named("money", cells[1].text.replace(" ", "")) and not stands_apart(cells[0].text)


def _is_whole(rows: Sequence[_Row], named: Named) -> bool:
    """Tell whether the rows below a total give it, those of a list that begins with 其中 left out."""
    if not named("totals", rows[0][0].text) or rows[0][1] is None:
        return False
    outer = [
        _amount(figure)
        for n, (label, figure) in enumerate(rows[1:], 1)
        if not take_apart(label.text).among and not take_apart(rows[n - 1][0].text).among
    ]
    return sum(outer, Decimal(0)) == _amount(rows[0][1])


def _amount(figure: Token | None) -> Decimal:
    return number_of(figure.text) if figure is not None else Decimal(0)
