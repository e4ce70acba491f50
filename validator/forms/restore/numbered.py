"""Tables with a cell on each line, blank ones too, below a row that numbers their columns: 1 2 3 4 5=4-2 6.

Comes in: tokens that are whole lines, blank cells among them. Goes out: the tables in which every row has as many cells as that
row, words below words and figures below figures. The numbers say how wide the table is, so that no label of a column is needed
to tell where a row begins, nor a name for each row. Labels stand over the columns where there is one for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.forms.restore.generic import Grid, Named, stands_apart
from validator.forms.restore.headings import FORMULA, is_mark
from validator.forms.restore.shapes import Shape, is_period, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_COLUMNS = 3
_MOST_COLUMNS = 24
_FEWEST_ROWS = 2
_NEAR = 3
"""Tokens behind a table in which no figure may stand: it would belong to a row that was not understood."""

_Row = dict[int, list[Token]]


def by_numbering(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    at = start + 1
    while at < end:
        count = _numbered(tokens, at, end)
        if not count or not _leads(tokens[at - 1], named):
            at += 1
            continue
        rows = _rows(tokens, at + count, end, 1 + count)
        behind = at + count + len(rows) * (1 + count)
        cut_off = 0 < end - behind <= count and end == len(tokens) and bool(tokens[behind].text)
        figures = any(shape_of(token.text) in _FIGURES for token in tokens[behind : min(behind + _NEAR, end)])
        if len(rows) < _FEWEST_ROWS or (figures and not cut_off):
            at += count
            continue
        first, labels = _labels(tokens, start, at - 1, count)
        marks: _Row = {c: [token] for c, token in enumerate(tokens[at - 1 : at + count]) if token.text}
        last: list[_Row] = [{0: [tokens[behind]]}] if cut_off else []
        body = [{c: [token] for c, token in enumerate(row) if token.text} for row in rows]
        placed = [*labels, marks, *body, *last]
        stop = end if cut_off else behind
        yield Grid(first, stop, tuple(placed), tuple({} for _ in placed), frozenset([len(placed) - 1] if cut_off else []))
        at = start = stop


def _numbered(tokens: Sequence[Token], at: int, end: int) -> int:
    """Return how many cells from one on number the columns from 1 on, one of them at least by a formula; 0 where none do."""
    count = 0
    while at + count < end and count < _MOST_COLUMNS and tokens[at + count].text.partition("=")[0] == str(count + 1):
        count += 1
    formulas = any(FORMULA.fullmatch(token.text) for token in tokens[at : at + count])
    return count if formulas and count >= _FEWEST_COLUMNS else 0


def _leads(token: Token, named: Named) -> bool:
    """Tell whether a cell is what stands before the numbers of the columns: nothing, 栏次, 甲."""
    return token.blank or named("numbering", token.text) or is_mark(token.text)


def _rows(tokens: Sequence[Token], at: int, end: int, width: int) -> list[Sequence[Token]]:
    """Return the rows of so many cells from one on, as long as each column holds figures only, or words only."""
    rows: list[Sequence[Token]] = []
    kinds: dict[int, bool] = {0: False}
    while at + width <= end:
        row = tokens[at : at + width]
        figures = {c: shape_of(token.text) in _FIGURES for c, token in enumerate(row) if token.text}
        if not any(figures.values()) or any(kinds.get(c, figure) != figure for c, figure in figures.items()):
            break
        kinds.update(figures)
        rows.append(row)
        at += width
    return rows


def _labels(tokens: Sequence[Token], start: int, numbers: int, count: int) -> tuple[int, list[_Row]]:
    """Return where the labels above the numbers begin, and the row of those of the columns; none where that can't be told.

    A label may go on in the next line, where a blank one stands between cells. Years above all others are headings of several.
    """
    above: list[list[Token]] = []
    at = numbers
    while at > start and not tokens[at - 1].blank:
        goes_on = at - 1 > start and tokens[at - 1].line == tokens[at - 2].line + 1
        if stands_apart(tokens[at - 1].text) and not goes_on:
            break
        at -= 1
        if above and tokens[at + 1].line == tokens[at].line + 1:
            above[0].insert(0, tokens[at])
        else:
            above.insert(0, [tokens[at]])
    while len(above) > count and is_period(above[0][0].text):
        above = above[1:]
    if len(above) not in (count, count + 1) or any(shape_of(cell[0].text) is not Shape.WORD for cell in above):
        return numbers, []
    return tokens.index(above[0][0], start), [dict(enumerate(above, 1 + count - len(above)))]
