"""Rows closed by pipes that begin with the word of a group and have a cell for every column from there on.

Comes in: the tokens below a header, placed, where a row's places are not sure. Goes out: the places of those rows that come out
even. Where each row is filled up to one width, only what is merged down from above is missing, on the left: a name such as
`≥360天服务读者`, which looks like a value, then leaves nothing open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.forms.restore.align import UNLIKELY, Aligner, Placed
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Gap, Token

_FEWEST_CELLS = 3
_FEWEST_LETTERS = 4
"""Letters of a name that begins like a value."""
_KNOWN = 1.0
"""A word cheaper than this in a group column is one of the words of that column."""
_MAY_LACK = frozenset({"text"})
"""Columns behind the last cell of a row that may be left blank."""


def place_by_group(tokens: Sequence[Token], placed: Sequence[Placed], aligner: Aligner) -> list[Placed]:
    """Return the places, with those of rows that their group word settles: unsure ones, and those taken for two."""
    found = list(placed)
    roles: list[str] | None = None
    for start, end in _closed_rows(tokens):
        if all(place.sure for place in placed[start:end]) and not any(place.starts for place in placed[start + 1 : end]):
            continue
        roles = roles or aligner.roles(tokens)
        row, known = tokens[start:end], placed[start].column if placed[start].sure else -1
        ways = [] if roles[start] else _ways(row, roles[start], aligner)
        if way := next((way for way in ways if way.start == known or len(ways) == 1), None):
            found[start:end] = [Placed(j, n == 0, False, True) for n, j in enumerate(way)]
    return found


def says_more_than_a_value(text: str) -> bool:
    """Tell whether a text that begins like a value has words behind it: a name such as `≥360天服务读者`."""
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


def _closed_rows(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where rows begin and end that stand on one line between the ends of two others, their cells parted for sure."""
    start = 0
    for t in range(1, len(tokens) + 1):
        if t == len(tokens) or tokens[t].gap >= Gap.LINE:
            row = tokens[start:t]
            closed = t == len(tokens) or tokens[t].gap is Gap.ROW
            if closed and len(row) >= _FEWEST_CELLS and row[0].gap is Gap.ROW and all(c.gap is Gap.CELL for c in row[1:]):
                yield start, t
            start = t


def _ways(row: Sequence[Token], role: str, aligner: Aligner) -> list[range]:
    """Return the columns of the cells from each one on that the group word may stand in, where they come out even."""
    ways = []
    for j, column in enumerate(aligner.columns):
        way, behind = range(j, j + len(row)), aligner.columns[j + len(row) :]
        if column.type != "group" or aligner.emissions(row[0], role).get(j, UNLIKELY) >= _KNOWN:
            continue
        even = way.stop <= len(aligner.columns) and all(c.type in _MAY_LACK for c in behind)
        if even and all(_fits(token, i, role, aligner) for token, i in zip(row, way, strict=True)):
            ways.append(way)
    return ways


def _fits(token: Token, j: int, role: str, aligner: Aligner) -> bool:
    type = aligner.columns[j].type
    if token.blank or (type == "name" and says_more_than_a_value(token.text)):
        return True
    if type == "group" and shape_of(token.text) is Shape.WORD:
        return aligner.may_be_group(token.text, j, outer=True)
    return aligner.emissions(token, role).get(j, UNLIKELY) < UNLIKELY
