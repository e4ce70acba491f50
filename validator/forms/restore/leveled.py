"""Score tables with points for each level: 一级指标 分值 二级指标 分值 三级指标 分值 评价标准 得分 得分率.

Comes in: tokens that are cells, blank ones left out. Goes out: the tables in which every row is a name with its points for
each level that begins in it, then how the points are given, over several lines perhaps, where there is a column for it, then
the score and perhaps its rate, and where each level has points perhaps why some were taken off. Names stand in the last
levels, since cells are merged on the left only. What is read so must bear itself out: the points below a name add up to its
own, and to the total where there is one: its label, the points, for each level perhaps, and the score. Where the last level
alone has points there must be a total, and its points their sum.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, takewhile
from typing import NamedTuple

from validator.forms.restore.generic import Grid, Named
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FEWEST_LEVELS = 2
_MOST_LEVELS = 4
_MOST_POINTS = _MOST_LEVELS + 2
"""Labels of points in one header, and of the score."""
_FEWEST_ROWS = 3
_FEWEST_BORNE_OUT = 2
_MOST_OFF = 2
"""Names whose points may differ from those below them: one wrong figure, and the name above it."""
_NEAR = 3
"""Tokens behind a table in which no figure may stand: it would belong to a row that was not understood."""
_LONGEST_NAME = 40

_Row = dict[int, list[Token]]


class _Columns(NamedTuple):
    """The columns of a score table."""

    levels: int
    pointed: bool
    """Whether each level has points, or the last one alone."""
    texts: int
    """Columns of words between the points and the score."""
    rates: int
    """Columns of a rate behind the score, 0 or 1."""
    remarks: int = 0
    """Columns of words behind that, 0 or 1."""

    @property
    def points(self) -> list[int]:
        """Columns of the points, the outermost level first."""
        return [2 * level + 1 for level in range(self.levels)] if self.pointed else [self.levels]

    @property
    def criteria(self) -> int:
        """The column of the words between the points and the score, when there are any."""
        return self.points[-1] + 1

    @property
    def score(self) -> int:
        """The column of the score."""
        return self.criteria + self.texts

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.score + 1 + self.rates + self.remarks


def by_levels(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    words = ("points", "scores")
    points = [k for k in range(start, end) if _is_name(tokens[k]) and any(named(word, tokens[k].text) for word in words)]
    n = start
    while n < end:
        next_points = bisect_right(points, n)
        if next_points == len(points):
            return
        n = max(n, points[next_points] - _MOST_LEVELS)
        columns = _columns(tokens, n, end, frozenset(points[next_points : next_points + _MOST_POINTS]), named)
        rows, last = _below(tokens, n + columns.width, end, columns, named) if columns else ([], n)
        if columns and _are_borne_out(rows, columns):
            head: _Row = {c: [token] for c, token in enumerate(tokens[n : n + columns.width])}
            yield Grid(n, last, (head, *rows), tuple({} for _ in range(1 + len(rows))))
            n = last
        else:
            n += 1


def _columns(tokens: Sequence[Token], n: int, end: int, points: Collection[int], named: Named) -> _Columns | None:
    """Return the columns that labels name: a level and its points two times or more, words, and the score.

    `points`: which of the next tokens are labels of points, or of a score.
    """
    levels = 0
    at = n
    while at + 1 < end and at not in points and at + 1 in points:
        levels, at = levels + 1, at + 2
    pointed = levels > 0
    if not pointed:
        levels = sum(1 for _ in takewhile(lambda k: k not in points, range(n, min(n + _MOST_LEVELS, end))))
        at += levels + 1
    texts = sum(1 for _ in takewhile(lambda k: k not in points, range(at, min(at + _NEAR, end))))
    if pointed and (at + texts >= end or at + texts not in points):  # the last pair was 评价标准 and 得分
        levels, at, texts = levels - 1, at - 2, 1
    if levels < _FEWEST_LEVELS or at + texts >= end or not named("scores", tokens[at + texts].text):
        return None
    if not all(named("explanations", token.text) for token in tokens[at : at + texts]):
        return None
    if not pointed and not all(named("levels", token.text) for token in tokens[n : n + levels]):
        return None
    rates = int(at + texts + 1 < end and named("rates", tokens[at + texts + 1].text))
    behind = [token.text for token in tokens[at + texts + 1 + rates : end][:1]] if pointed else []
    remarks = sum(named("remarks", text) or named("explanations", text) for text in behind)
    names = tokens[n : at + texts]
    return _Columns(levels, pointed, texts, rates, remarks) if all(map(_is_name, names)) else None


def _is_name(token: Token) -> bool:
    return shape_of(token.text) is Shape.WORD and len(token.text) <= _LONGEST_NAME


def _is_number(token: Token) -> bool:
    return shape_of(token.text) is Shape.NUMBER


def _below(tokens: Sequence[Token], at: int, end: int, columns: _Columns, named: Named) -> tuple[list[_Row], int]:
    """Return the rows below the labels and where they end; none where something else with figures follows."""
    rows: list[_Row] = []
    while at < end:
        total = _total(tokens, at, end, columns) if rows and named("totals", tokens[at].text) else None
        if total is not None:
            rows.append(total)
            at += sum(map(len, total.values()))
            break
        row = _row(tokens, at, end, columns, named)
        if row is None:
            break
        rows.append(row)
        at += sum(map(len, row.values()))
    broken = any(_is_number(token) for token in tokens[at : min(at + _NEAR, end)])
    return ([], at) if broken else (rows, at)


def _total(tokens: Sequence[Token], at: int, end: int, columns: _Columns) -> _Row | None:
    figures = list(takewhile(_is_number, tokens[at + 1 : min(at + 3 + columns.levels, end)]))
    if not 1 < len(figures) <= 1 + columns.levels or len({figure.text for figure in figures[:-1]}) > 1:
        return None
    places = [*columns.points, columns.score][-len(figures) :]
    row = {0: [tokens[at]], **{c: [figure] for c, figure in zip(places, figures, strict=True)}}
    return row | _rate(tokens, at + 1 + len(figures), columns)


def _row(tokens: Sequence[Token], at: int, end: int, columns: _Columns, named: Named) -> _Row | None:
    """Return a row: names with their points, how they are given, and the score; None where there is none."""
    if not columns.pointed:
        return _flat_row(tokens, at, end, columns)
    names: list[tuple[Token, Token]] = []
    while at + 1 < end and len(names) < columns.levels and _is_name(tokens[at]) and _is_number(tokens[at + 1]):
        if names and named("criteria", tokens[at].text):
            break
        names.append((tokens[at], tokens[at + 1]))
        at += 2
    texts = list(takewhile(lambda token: not _is_number(token), tokens[at:end]))
    if not names or bool(texts) != bool(columns.texts) or at + len(texts) >= end:
        return None
    first = 2 * (columns.levels - len(names))
    row: _Row = {first + 2 * n + k: [token] for n, pair in enumerate(names) for k, token in enumerate(pair)}
    row |= _ending(tokens, at, texts, columns)
    return row | _remark(
        tokens, at + sum(len(row.get(c, ())) for c in range(columns.criteria, columns.width)), end, columns, named
    )


def _remark(tokens: Sequence[Token], at: int, end: int, columns: _Columns, named: Named) -> _Row:
    """Return the words behind a score, up to the next name with its points."""
    stop = at
    while columns.remarks and stop < end and stop - at < _NEAR and not _is_number(tokens[stop]):
        if named("totals", tokens[stop].text) or (stop + 1 < end and _is_number(tokens[stop + 1])):
            break
        stop += 1
    return {columns.width - 1: list(tokens[at:stop])} if stop > at else {}


def _flat_row(tokens: Sequence[Token], at: int, end: int, columns: _Columns) -> _Row | None:
    """Return a row with points behind its last name only: names of the last levels, the points, and the rest."""
    names = list(takewhile(_is_name, tokens[at : min(at + columns.levels + 1, end)]))
    at += len(names)
    if not 0 < len(names) <= columns.levels or at >= end or not _is_number(tokens[at]):
        return None
    texts = list(takewhile(lambda token: not _is_number(token), tokens[at + 1 : end]))
    if bool(texts) != bool(columns.texts) or at + 1 + len(texts) >= end:
        return None
    row: _Row = {columns.levels - len(names) + n: [name] for n, name in enumerate(names)}
    return row | {columns.levels: [tokens[at]]} | _ending(tokens, at + 1, texts, columns)


def _ending(tokens: Sequence[Token], at: int, texts: list[Token], columns: _Columns) -> _Row:
    """Return the cells behind the points of a row: how they are given, the score, and its rate."""
    row: _Row = {columns.criteria: texts} if texts else {}
    return row | {columns.score: [tokens[at + len(texts)]]} | _rate(tokens, at + len(texts) + 1, columns)


def _rate(tokens: Sequence[Token], at: int, columns: _Columns) -> _Row:
    is_rate = columns.rates and at < len(tokens) and shape_of(tokens[at].text) is Shape.PERCENT
    return {columns.score + 1: [tokens[at]]} if is_rate else {}


def _are_borne_out(rows: Sequence[_Row], columns: _Columns) -> bool:
    """Tell whether the points below names add up to their own but for one wrong figure, and no score is above its points.

    Where all points add up to a total, one score may be above its own.
    """
    if len(rows) < _FEWEST_ROWS or 0 not in rows[0]:
        return False
    last = columns.points[-1]
    above = sum(number_of(row[columns.score][0].text) > number_of(row[last][0].text) for row in rows if last in row)
    if above > (0 if columns.pointed else 1):
        return False
    body = [row for row in rows if last in row and last - 1 in row]
    held = off = 0
    for outer, inner in zip(columns.points, columns.points[1:], strict=False):
        starts = [n for n, row in enumerate(body) if outer in row]
        for n, stop in pairwise([*starts, len(body)]):
            sums = sum(number_of(row[inner][0].text) for row in body[n:stop] if inner in row)
            same = sums == number_of(body[n][outer][0].text)
            held, off = held + same, off + (not same)
    total = rows[-1] if rows[-1] not in body else {}
    if not columns.pointed:
        return len(body) >= _FEWEST_ROWS and last in total and _sums(body, last) == number_of(total[last][0].text)
    told = [c for c in (*columns.points, columns.score) if c in total]
    met = [number_of(total[c][0].text) == _sums(body, c) for c in told]
    return held >= max(_FEWEST_BORNE_OUT, off + 1) and off <= _MOST_OFF and (not total or any(met))


def _sums(rows: Sequence[_Row], column: int) -> Decimal:
    return sum((number_of(row[column][0].text) for row in rows if column in row), Decimal(0))
