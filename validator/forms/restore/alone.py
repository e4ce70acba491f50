"""Rows that kept one figure each of several columns: the total, which has them all, tells in which column they stand.

Comes in: the tokens of a list without blank cells, where the alignment put them, and which of them are known to stand where
they do. Goes out: the same places; where every row lost its other cells, the figures stand in the one column whose total they
come to. Where they come to none, or to several, their places are not sure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from validator.forms.restore.align import Column, Placed
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import FIGURE_TYPES

_AMOUNTS = frozenset({Shape.NUMBER, Shape.MONEY})
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 2


def settle_alone(
    tokens: Sequence[Token],
    placed: Sequence[Placed],
    known: Collection[int],
    columns: Sequence[Column],
    is_total: Callable[[str], bool],
) -> list[Placed]:
    """Return the places; `known`: tokens that stand in their column for sure, `is_total` knows the label of a total."""
    at = [j for j, column in enumerate(columns) if column.type in FIGURE_TYPES]
    if len(at) < _FEWEST_COLUMNS or any(columns[j].type != "amount" for j in at) or any(token.blank for token in tokens):
        return list(placed)
    starts = [t for t, place in enumerate(placed) if place.starts]
    rows = [range(a, b) for a, b in pairwise([*starts, len(placed)])]
    figures = {row.start: [t for t in row if shape_of(tokens[t].text) in _AMOUNTS] for row in rows}
    totals = [figures[row.start] for row in rows if any(is_total(tokens[t].text) for t in row)]
    items = [figures[row.start] for row in rows if not any(is_total(tokens[t].text) for t in row) and figures[row.start]]
    alone = [found[0] for found in items if len(found) == 1 and found[0] not in known]
    if len(totals) != 1 or len(totals[0]) != len(at) or len(alone) < max(_FEWEST_ROWS, len(items)):
        return list(placed)
    whole = sum(number_of(tokens[t].text) for t in alone)
    under = [j for j, t in zip(at, totals[0], strict=True) if number_of(tokens[t].text) == whole]
    column, sure = (under[0], True) if len(under) == 1 else (at[0], False)
    rivals = () if sure else tuple(at[1:])
    settled = list(placed)
    for t in alone:
        apart = placed[t].starts and not (t and placed[t - 1].starts and columns[placed[t - 1].column].type == "label")
        settled[t] = Placed(column, apart, False, sure, rivals)
    return settled
