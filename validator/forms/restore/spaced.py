"""Tables whose cells stand one blank apart, so that a longer run of blanks tells how many cells between them are empty.

Comes in: lines that no form took. Goes out: the tables in which every row comes to the same number of cells that way. An empty
cell leaves a blank of its own: three blanks between two figures are one empty cell, four at the end of a line are two. A line
in which the blanks come out uneven is no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.forms.restore.generic import Body, Grid, Named, Row, grid_of, head_of_lines, is_like_a_row
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Gap, Token, cut

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_ROWS = 3
_LONGEST_LABEL = 40
_LONGEST_WORDS = 12
_HEADER_LINES = 3
_LINES_BEHIND = 2
_PIECE = re.compile(r"\S+")
_BLANKS = str.maketrans("\xa0\u3000", "  ")


class Found(NamedTuple):
    """A table and the tokens that its indexes point into."""

    tokens: list[Token]
    grid: Grid


class Cells(NamedTuple):
    """A row: its label and what stands behind it, blank cells included."""

    label: Token
    cells: tuple[Token, ...]
    open: bool
    """Whether any of them is known to be empty."""

    @property
    def figures(self) -> int:
        """How many of the cells hold a figure."""
        return sum(shape_of(cell.text) in _FIGURES for cell in self.cells)


def by_blank(lines: Sequence[str], named: Named) -> list[Found]:
    """Find tables of rows that have empty cells, in order."""
    rows = [_cells(line, number) for number, line in enumerate(lines)]
    found: list[Found] = []
    n = floor = 0
    while n < len(rows):
        first = rows[n]
        if first is None or not (first.figures or first.open):
            n += 1
            continue
        m = n
        while m < len(rows) and (row := rows[m]) is not None and len(row.cells) == len(first.cells):
            m += 1
        run = [row for row in rows[n:m] if row is not None]
        if sum(row.figures > 0 for row in run) >= _FEWEST_ROWS and any(row.open for row in run):
            table = below_header(lines, n, m, run, floor, named)
            found += [table] if table is not None else []
            floor = m
        n = m
    return found


def _cells(line: str, number: int) -> Cells | None:
    """Return label and cells of a line by its blanks; None when they come out uneven, or it is no row."""
    text = line.translate(_BLANKS)
    pieces = list(_PIECE.finditer(text))
    if not pieces or "|" in text or "\t" in text or len(text) > _LONGEST_LABEL * len(pieces):
        return None
    gaps = [after.start() - before.end() for before, after in pairwise(pieces)]
    behind = len(text) - pieces[-1].end()
    label = 1
    while label < len(pieces) and gaps[label - 1] == 1 and shape_of(pieces[label].group()) is Shape.WORD:
        label += 1
    if label == len(pieces):
        label = 1
    head = text[pieces[0].start() : pieces[label - 1].end()]
    if shape_of(head) is not Shape.WORD or len(head) > _LONGEST_LABEL or any(gap % 2 == 0 for gap in gaps):
        return None
    cells: list[Token] = []
    for gap, piece in zip(gaps[label - 1 :], pieces[label:], strict=True):
        cells += [blank(number, piece.start())] * (gap // 2)
        if shape_of(piece.group()) not in _FIGURES and len(piece.group()) > _LONGEST_WORDS:
            return None
        cells.append(Token(piece.group(), number, piece.start() + 1, piece.end(), Gap.SPACE))
    cells += [blank(number, len(text))] * (behind // 2)
    if not cells:
        return None
    first = Token(head, number, pieces[0].start() + 1, pieces[label - 1].end(), Gap.LINE)
    return Cells(first, tuple(cells), any(cell.blank for cell in cells))


def _words(line: str, number: int) -> list[Token]:
    return [token._replace(line=number) for token in cut([line], lambda _: False)]


def blank(number: int, at: int) -> Token:
    """Return an empty cell."""
    return Token("", number, at, at, Gap.SPACE)


def below_header(
    lines: Sequence[str], n: int, m: int, run: Sequence[Cells], floor: int, named: Named, *, needed: bool = True
) -> Found | None:
    """Put rows below their header; None without one where it is `needed`, or when more figures follow."""
    top = max(floor, n - _HEADER_LINES)
    above = [_words(line, top + k) for k, line in enumerate(lines[top:n])]
    tokens = [token for line in above for token in line]
    start = len(tokens)
    rows: list[Row] = []
    for row in run:
        tokens += [row.label, *row.cells]
        rows.append((row.label, row.cells, ()))
    behind = [_words(line, m + k) for k, line in enumerate(lines[m : m + _LINES_BEHIND])]
    body = Body(start, len(tokens), tuple(rows), len(run[0].cells), any(map(is_like_a_row, behind)))
    head = head_of_lines(body, [line for line in above if line], tokens, named)
    return Found(tokens, grid_of(body, head, named)) if (head is not None or not needed) and not body.broken else None
