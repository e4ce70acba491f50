"""Tables with a row on each line that lost their merged cells: a row has only what its own line held.

Comes in: tokens cut at blanks or tabs. Goes out: the tables whose first row has a cell for each label. A row below lacks the
cells on its left that are merged with those above: its words and figures are the last ones of the first row, in its order
(评分表: 一级指标 分值 二级指标 分值 三级指标 分值 得分). A total has its label and a figure for each column of figures. Where
another line with figures follows, it belongs to a row that was not understood, and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.forms.restore.generic import Grid, Named, is_like_a_row, lines_of
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_LABELS = 4
_MOST_LABELS = 16
_FEWEST_ROWS = 3
_FEWEST_WORDS = 2
"""Columns of words: with one there are no cells to merge."""
_LONGEST_LABEL = 24
_LINES_BEHIND = 2

_Line = Sequence[Token]
_Row = dict[int, list[Token]]


def by_merged(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    places = lines_of(tokens, start, end)
    lines = [[token for token in tokens[a:b] if not token.blank] for a, b in places]
    blank = [any(token.blank for token in tokens[a:b]) for a, b in places]
    n = 0
    while n + 1 < len(lines):
        rows = _below(lines, blank, n, named) if _are_labels(lines[n]) else []
        if not rows:
            n += 1
            continue
        head: _Row = {c: [token] for c, token in enumerate(lines[n])}
        yield Grid(places[n][0], places[n + len(rows)][1], (head, *rows), tuple({} for _ in range(1 + len(rows))))
        n += 1 + len(rows)


def _are_labels(line: _Line) -> bool:
    return _FEWEST_LABELS <= len(line) <= _MOST_LABELS and all(
        shape_of(token.text) is Shape.WORD and len(token.text) <= _LONGEST_LABEL for token in line
    )


def _below(lines: Sequence[_Line], blank: Sequence[bool], n: int, named: Named) -> list[_Row]:
    """Return the rows below a line of labels; none when no cell was lost, or not all can be placed."""
    width = len(lines[n])
    pattern = _kinds(lines[n + 1])
    remarked = named("remarks", lines[n][-1].text)
    if remarked and len(pattern) == width - 1 and pattern[-1]:
        pattern = [*pattern, False]
    figures = [c for c, figure in enumerate(pattern) if figure and c]
    if len(pattern) != width or not figures or pattern.count(False) - remarked < _FEWEST_WORDS:
        return []
    rows: list[_Row] = []
    lost = False
    for m in range(n + 1, len(lines)):
        row = None if blank[m] else _row(lines[m], pattern, figures, named, remarked=remarked)
        if row is None:
            break
        lost = lost or 0 not in row or len(row) < width - remarked
        rows.append(row)
    behind = lines[n + 1 + len(rows) :][:_LINES_BEHIND]
    broken = any(line and is_like_a_row(line) for line in behind)
    return rows if lost and len(rows) >= _FEWEST_ROWS and not broken else []


def _row(line: _Line, pattern: Sequence[bool], figures: Sequence[int], named: Named, *, remarked: bool) -> _Row | None:
    """Return the places of the cells of a line; None when it is no row of the table."""
    kinds = _kinds(line)
    if len(kinds) > 1 and named("totals", line[0].text) and kinds == [False, *(True for _ in figures)]:
        return {0: [line[0]], **{c: [token] for c, token in zip(figures, line[1:], strict=True)}}
    for tail in (0, 1) if remarked else (0,):
        first = len(pattern) - tail - len(kinds)
        if first >= 0 and kinds == list(pattern[first : len(pattern) - tail]) and (not first or not kinds[0]):
            return {first + k: [token] for k, token in enumerate(line)}
    return None


def _kinds(line: _Line) -> list[bool]:
    """Tell of each cell whether it is a figure."""
    return [shape_of(token.text) in _FIGURES for token in line]
