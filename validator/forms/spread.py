"""Columns that may be the parts of one though others stand between: 人数 | 金额 | 人数 | 金额 | 总人数 | 总金额.

Comes in: how many columns of figures a table has, and which of them is tried. Goes out: the columns that its figures may be the
sum of. Whether they are is told by the figures, in many rows.
"""

from __future__ import annotations

from collections.abc import Iterator

_WIDEST_TURN = 4
"""Columns that take turns, at most: 户数 | 人数 | 金额."""
_FEWEST_PARTS = 2


def parts_apart(whole: int, width: int) -> Iterator[tuple[int, ...]]:
    """Yield the columns, from left to right, that may be the parts of one and do not all stand beside it.

    Where columns take turns, those of the last turn, or of the first, may be totals of all others. And behind a whole with
    its first part may stand what that part is made of, then the second: 总额 | 已下达 | 其中 | 其中 | 此次下达.
    """
    for turn in range(2, _WIDEST_TURN + 1):
        if whole >= width - turn:
            parts = tuple(range(whole % turn, whole, turn))
        elif whole < turn:
            parts = tuple(range(whole + turn, width, turn))
        else:
            parts = ()
        if len(parts) >= _FEWEST_PARTS:
            yield parts
    yield from ((whole + 1, second) for second in range(whole + 3, width))
