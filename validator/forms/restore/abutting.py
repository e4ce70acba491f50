"""Tables whose labels run into their first figure, and whose cells each end with a blank: 河北33.86 33.39  2.16 0.47.

Comes in: lines that no form took. Goes out: the tables in which every row reads so. An empty cell is nothing but its blank, so
that two blanks between figures are one empty cell; those at the end of a line may be lost, and what stands there was empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.forms.restore.generic import Named
from validator.forms.restore.spaced import Cells, Found, below_header, blank
from validator.forms.restore.tokens import Gap, Token

_FEWEST_ROWS = 3
_FEWEST_FIGURES = 3
_BLANKS = str.maketrans("\xa0\u3000", "  ")
_LABEL = re.compile(r"[^\s\d.,，。;；:：|%％\-−+]{2,20}")
_CELL = re.compile(r"(?:[-−]?\d[\d,]*(?:\.\d+)?%?)?(?: |$)")


def by_abutting(lines: Sequence[str], named: Named) -> list[Found]:
    """Find such tables, in order. `named` tells whether a text is in a list of words."""
    rows = [_cells(line, number) for number, line in enumerate(lines)]
    found: list[Found] = []
    n = floor = 0
    while n < len(rows):
        run: list[Cells] = []
        while n + len(run) < len(rows) and (row := rows[n + len(run)]) is not None:
            run.append(row)
        last = n + len(run) == len(rows)
        table = _table(lines, n, run, floor, named, last=last)
        if table is not None:
            found.append(table)
            floor = n + len(run)
        n += len(run) + 1
    return found


def _cells(line: str, number: int) -> Cells | None:
    """Return label and cells of a line; None where it is no such row."""
    text = line.translate(_BLANKS)
    label = _LABEL.match(text)
    if label is None or label.end() == len(text):
        return None
    cells: list[Token] = []
    at = label.end()
    while at < len(text):
        cell = _CELL.match(text, at)
        if cell is None:
            return None
        figure = cell.group().rstrip()
        cells.append(Token(figure, number, at + 1, at + len(figure), Gap.SPACE) if figure else blank(number, at))
        at = cell.end()
    first = Token(label.group(), number, 1, label.end(), Gap.LINE)
    return Cells(first, tuple(cells), any(cell.blank for cell in cells))


def _table(lines: Sequence[str], n: int, run: Sequence[Cells], floor: int, named: Named, *, last: bool) -> Found | None:
    """Return rows as a table where their blanks are cells for sure; None where they may be anything else.

    `last`: the text may break off in the last of them; which of its figures is whole, nobody knows.
    """
    cut_off = last and len(run) > 1 and len(run[-1].cells) < min(len(row.cells) for row in run[:-1])
    run = run[:-1] if cut_off else run
    width = max((len(row.cells) for row in run), default=0)
    full = [row for row in run if row.figures >= _FEWEST_FIGURES]
    if len(full) < _FEWEST_ROWS or not any(row.open for row in full):
        return None
    even = [_filled_up(row, width) for row in run]
    if not all(any(cell.text for cell in column) for column in zip(*(row.cells for row in even), strict=True)):
        return None
    return below_header(lines, n, n + len(run) + cut_off, even, floor, named, needed=False)


def _filled_up(row: Cells, width: int) -> Cells:
    """Return a row with the empty cells at its end that its line lost."""
    lost = (blank(row.label.line, row.label.end),) * (width - len(row.cells))
    return row._replace(cells=(*row.cells, *lost))
