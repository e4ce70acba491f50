"""Score tables whose names tell their points in brackets: 部门决策（25分） 目标任务（15分） 相关性（5分） 5.

Comes in: tokens of no form. Goes out: the tables below the labels of two levels or more and of the score, in which every row is
names with their points and then a score. Names stand in the last levels, since cells are merged on the left only; one may be
broken over blanks or lines, up to the bracket that closes it. What is read so must bear itself out: the points of a name are
those of the names in it, and hardly a score is above its points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.generic import Grid, Named
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FEWEST_LEVELS = 2
_MOST_LEVELS = 4
_MOST_PIECES = 6
"""Pieces of a name, or of a label."""
_FEWEST_ROWS = 4
_FEWEST_BORNE_OUT = 2
_MOST_OFF = 2
"""Names whose points may differ from those in them: one wrong figure, and the name above it."""
_ROWS_TO_A_SLIP = 8
"""Rows for each score that may be above its points."""
_CLOSING = ")）"
_OPENING = "(（"


_SCORED = re.compile(r"分\s*[)）]\s+\d{1,3}(?:\.\d+)?\s*$")


class _Name(NamedTuple):
    """A name with its points."""

    tokens: tuple[Token, ...]
    points: Decimal


class _Row(NamedTuple):
    """Names of the last levels, and the score."""

    names: tuple[_Name, ...]
    score: Token


def may_occur(lines: Sequence[str]) -> bool:
    """Tell, fast, whether lines of text may each end with a name, its points in brackets and a score."""
    return sum(line[-1:].isdigit() and _SCORED.search(line) is not None for line in lines) >= _FEWEST_ROWS


def by_brackets(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    n = start
    while n < end:
        labels, at = _labels(tokens, n, end, named) if named("levels", tokens[n].text) else ([], n)
        rows, last = _rows(tokens, at, end, len(labels) - 1) if labels else ([], n)
        is_total = last + 1 < end and named("totals", tokens[last].text) and _is_number(tokens[last + 1])
        if rows and _are_borne_out(rows, len(labels) - 1, ended=is_total):
            levels = len(labels) - 1
            head = dict(enumerate(labels))
            body = [
                {levels - len(row.names) + c: list(name.tokens) for c, name in enumerate(row.names)} | {levels: [row.score]}
                for row in rows
            ]
            if is_total:
                body.append({0: [tokens[last]], levels: [tokens[last + 1]]})
            last += 2 * is_total
            yield Grid(n, last, (head, *body), tuple({} for _ in range(1 + len(body))))
            n = last
        else:
            n += 1


def _labels(tokens: Sequence[Token], n: int, end: int, named: Named) -> tuple[list[list[Token]], int]:
    """Return the labels of the levels and of the score, each with its pieces, and the token behind them; none for others."""
    labels: list[list[Token]] = []
    for k in range(n, min(n + _MOST_LEVELS * _MOST_PIECES, end)):
        if named("levels", tokens[k].text):
            labels.append([tokens[k]])
        elif named("scores", tokens[k].text):
            return ([*labels, [tokens[k]]], k + 1) if _FEWEST_LEVELS <= len(labels) <= _MOST_LEVELS else ([], n)
        elif shape_of(tokens[k].text) is not Shape.WORD or len(labels[-1]) > 1:
            break
        else:
            labels[-1].append(tokens[k])
    return [], n


def _rows(tokens: Sequence[Token], at: int, end: int, levels: int) -> tuple[list[_Row], int]:
    """Return the rows behind the labels, and the token behind them."""
    rows: list[_Row] = []
    while at < end:
        names: list[_Name] = []
        k = at
        while len(names) < levels and (name := _name(tokens, k, end)) is not None:
            names.append(name)
            k += len(name.tokens)
        if not names or k >= end or not _is_number(tokens[k]):
            break
        rows.append(_Row(tuple(names), tokens[k]))
        at = k + 1
    return rows, at


def _is_number(token: Token) -> bool:
    return shape_of(token.text) is Shape.NUMBER


def _name(tokens: Sequence[Token], at: int, end: int) -> _Name | None:
    """Return the name that begins at a token, with its points in brackets behind it."""
    text = ""
    for k in range(at, min(at + _MOST_PIECES, end)):
        open_bracket = sum(map(text.count, _OPENING)) > sum(map(text.count, _CLOSING))
        if _is_number(tokens[k]) and not open_bracket:
            return None
        text += tokens[k].text
        if text[-1:] in _CLOSING and (points := take_apart(text).points_of_group):
            return _Name(tuple(tokens[at : k + 1]), Decimal(points))
    return None


def _are_borne_out(rows: Sequence[_Row], levels: int, *, ended: bool) -> bool:
    """Tell whether the points of names are those of the names in them, but for one slip, and hardly a score is above its own.

    Unless a total has `ended` the rows, the last name of each level is left out: its rows may go on where the text breaks off.
    """
    if len(rows) < _FEWEST_ROWS or len(rows[0].names) < levels:
        return False
    if sum(number_of(row.score.text) > row.names[-1].points for row in rows) > len(rows) // _ROWS_TO_A_SLIP:
        return False
    held = off = 0
    for level in range(levels - 1):
        starts = [n for n, row in enumerate(rows) if len(row.names) >= levels - level]
        for n, stop in pairwise([*starts, len(rows)] if ended else starts):
            whole = rows[n].names[level - levels].points
            inner = [row.names[level + 1 - levels].points for row in rows[n:stop] if len(row.names) >= levels - level - 1]
            held, off = held + (sum(inner) == whole), off + (sum(inner) != whole)
    return held >= max(_FEWEST_BORNE_OUT, off + 1) and off <= _MOST_OFF
