"""Serial numbers before the rows of a list whose header says so: 序号 | 一级指标 | 二级指标.

Comes in: the tokens of a stretch, with its headers where it is a form. Goes out: the tokens without those numbers, which are no
cell of the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from validator.forms.restore.header import Header
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Gap, Token

_FEWEST = 2
_FEWEST_EVEN = 3
_WIDEST = 24
"""Cells of a row."""
_MOST_LABELS = 48
_NAMES = (Shape.WORD, Shape.LONG)
_UNIT = re.compile(r"[(（][^()（）\d]{1,6}[)）]")
"""What stands below the label that it belongs to: 金额 over （元）."""


def without_serials(tokens: Sequence[Token], headers: Sequence[Header], named: Callable[[str, str], bool]) -> list[Token]:
    """Leave out the numbers that count the lines below a header with a column for them; a cell stands behind each."""
    gone: set[int] = set()
    for n, header in enumerate(headers):
        first = header.labels[0][1]
        near = tokens[max(header.first - 1, 0) : header.body]
        before = [token for token in near if token.line == first.line and token.start < first.start]
        if any(named("serials", token.text) for token in before):
            end = headers[n + 1].first if n + 1 < len(headers) else len(tokens)
            counted = _counted(tokens, header.body, end)
            gone.update(counted if len(counted) >= _FEWEST else ())
    return _without(tokens, gone)


def without_numbers(tokens: Sequence[Token], named: Callable[[str, str], bool]) -> list[Token]:
    """Leave out the numbers of the rows of any table, and their label at the left of its header; a name stands behind each."""
    leads = [i for i, token in enumerate(tokens) if token.slot < 0 and _leads(tokens, i) and named("serials", token.text)]
    gone: set[int] = set()
    for i, end in pairwise([*leads, len(tokens)]):
        counted = _counted(tokens, i, end)
        alone = not any(token.line == tokens[i].line and named("serials", token.text) for token in tokens[i + 1 : end])
        if alone and len(counted) >= _FEWEST:
            gone.update((i, *counted))
    return _without(tokens, gone)


def without_counts(tokens: Sequence[Token], named: Callable[[str, str], bool]) -> list[Token]:
    """Leave out the numbers of rows with a cell on each line, for which the header has no label; and join what it broke.

    The first follows a label and no figure, and all stand equally far apart: a rank would stand behind the figures of a row.
    """
    gone: set[int] = set()
    units: set[int] = set()
    at = 1
    while at + 1 < len(tokens):
        counted = _evenly_counted(tokens, at) if tokens[at].text == "1" else []
        above = _labels_above(tokens, at) if len(counted) >= _FEWEST_EVEN else range(0)
        if above and not any(named("serials", tokens[i].text) for i in above):
            gone.update(counted)
            units.update(i for i in above if _UNIT.fullmatch(tokens[i].text) and i - 1 in above)
        at = counted[-1] + 1 if gone and counted else at + 1
    joined = [
        token._replace(text=token.text + tokens[i + 1].text) if i + 1 in units else token for i, token in enumerate(tokens)
    ]
    return [token for i, token in enumerate(joined) if i not in gone and i not in units]


def _evenly_counted(tokens: Sequence[Token], first: int) -> list[int]:
    """Return where 1, 2, 3 stand, each as far behind the one before as the others, with a name behind it."""
    second = next((i for i in range(first + 3, min(first + _WIDEST, len(tokens))) if tokens[i].text == "2"), 0)
    found = [first]
    while second and (i := first + len(found) * (second - first)) < len(tokens) and tokens[i].text == str(len(found) + 1):
        found.append(i)
    named = all(shape_of(tokens[i + 1].text) in _NAMES for i in found if i + 1 < len(tokens))
    return found if named else []


def _labels_above(tokens: Sequence[Token], end: int) -> range:
    start = end
    while start and end - start <= _MOST_LABELS and shape_of(tokens[start - 1].text) in (Shape.WORD, Shape.AMOUNT):
        start -= 1
    return range(start, end)


def _without(tokens: Sequence[Token], gone: set[int]) -> list[Token]:
    """Return the other tokens; what stood behind one that is gone is now the first of its line."""
    kept: list[Token] = []
    for i, token in enumerate(tokens):
        if i not in gone:
            kept.append(token._replace(gap=tokens[i - 1].gap) if i - 1 in gone else token)
    return kept


def _leads(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a token begins its line, with more behind it."""
    return tokens[i].gap >= Gap.LINE and i + 1 < len(tokens) and tokens[i + 1].line == tokens[i].line


def _counted(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    """Return where 1, 2, 3 begin lines, in this order, with words behind them."""
    found: list[int] = []
    for i in range(start, end - 1):
        named = _leads(tokens, i) and shape_of(tokens[i + 1].text) in _NAMES
        if named and tokens[i].text == str(len(found) + 1):
            found.append(i)
    return found
