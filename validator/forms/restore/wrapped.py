"""Cells that go on in the line below, where a browser for terminals laid a table out: columns begin where they began above.

Comes in: the lines of a text and their tokens. Goes out: the tokens with such cells in one piece. `·` is a blank here:

    社会效益··年实训学生··≥9800··9236
    指标······人次········人次····人次
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Gap, Token, glued

_OF_TWO = ("WF", "WFA")
"""Kinds of characters that are two letters wide, in a western font and in a Chinese one."""
_WORDS = frozenset({Shape.WORD, Shape.LONG})
_WIDE_GAP = 2
_SAID = re.compile(r"[一-鿿]{1,6}[:：]\s*[^\s\d]")
"""What begins a line below a table: 填表人：张三, 注：数据来自年报."""


def join_wrapped(
    tokens: Sequence[Token], lines: Sequence[str], known: Callable[[str], bool], is_group: Callable[[str], bool]
) -> list[Token]:
    """Put pieces of cells to the ones above them: all of a line, or the ends of words of groups that a row begins with.

    `known` tells whether a text is a label, `is_group` whether it is the word of a group. What may be a label of its own is
    no piece, unless both together are one.
    """
    rows = [list(group) for _, group in groupby(tokens, lambda token: token.line)]
    if not any(_is_laid_out(lines[row[0].line], row) for row in rows):
        return list(tokens)
    joined: list[Token] = []
    above: dict[int, tuple[int, ...]] = {}
    """Where the cells of the line above begin, of one that is all pieces those it goes on with, by their number in `joined`."""
    width = 0
    """How many cells the row has."""
    for before, row in zip([None, *rows], rows, strict=False):
        if before is None or row[0].line != before[0].line + 1:
            above = {}
        places = [_places(lines[token.line], token) for token in row]
        wholes = [next((n for n, place in above.items() if _meet(place, own)), None) for own in places]
        ends = [n is not None and _ends(joined[n], token, known) for n, token in zip(wholes, row, strict=True)]
        count = len(row) if all(ends) and len(row) < width else _ends_of_groups(joined, wholes, row, ends, is_group)
        for n, token in zip(wholes[:count], row, strict=False):
            if n is not None:
                joined[n] = glued([joined[n], token])
        if count == len(row):
            above = {n: place for n, place in above.items() if n in wholes}
            continue
        first, width = len(joined) - count, len(row)
        joined += [row[count]._replace(gap=row[0].gap), *row[count + 1 :]]
        laid_out = _is_laid_out(lines[row[0].line], row)
        above = {first + n: place for n, place in enumerate(places) if n >= count} if laid_out else {}
    return joined


def _is_laid_out(line: str, row: Sequence[Token]) -> bool:
    """Tell whether two cells of a line stand apart by several blanks."""
    if "\t" in line or "|" in line or any(token.gap not in (Gap.SPACE, Gap.LINE) for token in row):
        return False
    return any(after.start - before.end > _WIDE_GAP for before, after in pairwise(row))


def _places(line: str, token: Token) -> tuple[int, ...]:
    """Return where a token begins on a screen, for each kind of font."""
    before = [unicodedata.east_asian_width(sign) for sign in line[: token.start - 1]]
    return tuple(sum(2 if kind in wide else 1 for kind in before) for wide in _OF_TWO)


def _meet(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return any(a == b for a, b in zip(one, other, strict=True))


def _ends(whole: Token, token: Token, known: Callable[[str], bool]) -> bool:
    """Tell whether a token may be the end of the cell above; a label above, 合计, has none that doesn't belong to it."""
    if shape_of(token.text) not in _WORDS or _SAID.match(token.text):
        return False
    return not (known(token.text) or known(whole.text)) or known(whole.text + token.text)


def _ends_of_groups(
    joined: Sequence[Token],
    wholes: Sequence[int | None],
    row: Sequence[Token],
    ends: Sequence[bool],
    is_group: Callable[[str], bool],
) -> int:
    """Return how many tokens at the beginning of a row are the ends of words of groups in the line above."""
    for count, (n, token, end) in enumerate(zip(wholes, row, ends, strict=True)):
        if n is None or not end or is_group(token.text) or not is_group(joined[n].text + token.text):
            return count
    return 0
