"""Accounts of two sides whose rows are numbered, pasted with blank cells left out: 项目 行次 金额 | 项目 行次 金额.

Comes in: tokens, a cell each. Goes out: the tables whose numbers count on, on both sides. The number behind a label tells which
row of which side it is, so that a blank amount moves nothing. A row with some of its amounts keeps its label only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.forms.restore.generic import Grid, Named
from validator.forms.restore.listed import Listed
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_SIDES = 2
_MOST_LABELS = 16
_MOST_WORDS = 12
"""Pieces of one label."""
_FEWEST_ROWS = 3
_LONGEST_LABEL = 60


class _Side(NamedTuple):
    """One side of an account."""

    column: int
    """Where its label stands."""
    labels: tuple[Token, ...]
    """Those of the rows, of their numbers and of the amounts."""

    @property
    def amounts(self) -> int:
        """How many amounts a row has."""
        return len(self.labels) - 2


Row = dict[int, list[Token]]


def by_number(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Listed]:
    """Yield the accounts among tokens, in order."""
    places = [n for n in range(start, end) if not tokens[n].blank]
    cells = [tokens[n] for n in places]
    at = 0
    while at + 1 < len(cells):
        found = _account(cells, at, named) if named("line_numbers", cells[at + 1].text) else None
        if found is None:
            at += 1
            continue
        rows, open_rows, last = found
        grid = Grid(places[at], places[last - 1] + 1, tuple(rows), tuple({} for _ in rows))
        yield Listed(grid, open_rows)
        at = last


def _account(cells: Sequence[Token], at: int, named: Named) -> tuple[list[Row], frozenset[int], int] | None:
    """Return the rows of an account whose labels begin at a cell, those with amounts missing, and where it ends."""
    head = _sides(cells, at, named)
    if head is None:
        return None
    sides, body = head
    found: tuple[list[tuple[Row, bool]], ...] = ([], [])
    numbers: list[int | None] = [1, None]
    end = n = body
    while n < len(cells):
        label = _words(cells, n)
        number = n + len(label)
        which = _which(cells, number, numbers) if label or n > body else None
        if which is None:
            break
        side = sides[which]
        run = _figures(cells, number + 1)
        own = _without_next(run, numbers[1 - which], side.amounts)
        if len(own) > side.amounts:
            break
        numbers[which] = int(cells[number].text) + 1
        row: Row = {side.column: list(label)} if label else {}
        row[side.column + 1] = [cells[number]]
        whole = len(own) in (0, side.amounts)
        if whole:
            row.update((side.column + 2 + k, [amount]) for k, amount in enumerate(own))
        found[which].append((row, whole))
        end = n = number + 1 + len(own)
    if min(map(len, found)) < _FEWEST_ROWS:
        return None
    rows: list[Row] = [{side.column + k: [label] for side in sides for k, label in enumerate(side.labels)}]
    lost: set[int] = set()
    for k in range(max(map(len, found))):
        both = [records[k] for records in found if k < len(records)]
        lost |= {len(rows)} if not all(whole for _, whole in both) else set()
        rows.append({c: cell for row, _ in both for c, cell in row.items()})
    return rows, frozenset(lost), end


def _sides(cells: Sequence[Token], at: int, named: Named) -> tuple[tuple[_Side, _Side], int] | None:
    """Return the labels of both sides and where the rows begin: behind a row that numbers the columns, if there is one."""
    first = at + 1
    second = next(
        (n for n in range(first + 2, first + _MOST_LABELS) if n < len(cells) and _is_number_label(cells[n], named)), -1
    )
    if second < 0:
        return None
    end = second + 1
    while end < len(cells) and end - second <= _MOST_LABELS and not _is_figure(cells[end]):
        if named("numbering", cells[end].text):
            break
        end += 1
    body = end
    if body < len(cells) and named("numbering", cells[body].text):
        marks = body
        while marks < len(cells) and (named("numbering", cells[marks].text) or cells[marks].text.isdigit()):
            marks += 1
        body = marks
    else:  # the label of the first row stands right before its number
        end = body = end - 1
    left, right = tuple(cells[at : second - 1]), tuple(cells[second - 1 : end])
    if min(len(left), len(right)) <= 2 or any(_is_figure(label) for label in (*left, *right)):
        return None
    return (_Side(0, left), _Side(len(left), right)), body


def _is_number_label(cell: Token, named: Named) -> bool:
    return named("line_numbers", cell.text)


def _words(cells: Sequence[Token], n: int) -> Sequence[Token]:
    """Return the pieces of a label."""
    end = n
    while end < len(cells) and end - n < _MOST_WORDS and not _is_figure(cells[end]) and len(cells[end].text) <= _LONGEST_LABEL:
        end += 1
    return cells[n:end]


def _is_figure(cell: Token) -> bool:
    return shape_of(cell.text) in _FIGURES


def _which(cells: Sequence[Token], n: int, numbers: Sequence[int | None]) -> int | None:
    """Return the side that the number of a row belongs to; the first number of the other side may be any."""
    text = cells[n].text if n < len(cells) else ""
    if not (text.isascii() and text.isdigit()):
        return None
    if int(text) == numbers[0]:
        return 0
    return 1 if int(text) == numbers[1] or (numbers[1] is None and numbers[0] != 1) else None


def _figures(cells: Sequence[Token], n: int) -> Sequence[Token]:
    end = n
    while end < len(cells) and end - n <= _MOST_LABELS and _is_figure(cells[end]):
        end += 1
    return cells[n:end]


def _without_next(run: Sequence[Token], number: int | None, amounts: int) -> Sequence[Token]:
    """Return the amounts of a row without the number of a row of the other side that has no label."""
    last = run[-1].text if run else ""
    follows = len(run) == amounts + 1 or (len(run) == 1 and amounts == 1)
    return run[:-1] if number is not None and follows and last == str(number) else run
