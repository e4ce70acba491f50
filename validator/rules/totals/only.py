"""A numbered row with one part that is not blank: 收入合计 above 收入小计 and 上级补助收入, of which there was none.

Comes in: an axis of a table. Goes out: one `Place` for each column of such a row, with that part. A single figure bears no sum
out, so that the row is held to its part where both have the same figures, long ones, in the other columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie, usable
from validator.rules.totals.places import names_of

_FEWEST_SAME = 2
"""Different long figures that a row and its part must share."""
_FEWEST_TO_ACCUSE = 3
_LONG = 1000
"""What two rows hardly share by chance."""


def only_parts(axis: Axis, crosses: Sequence[int]) -> Iterator[Place]:
    """Yield each row with the only one of its parts that has figures, in each column where both have one."""
    for k, line in enumerate(axis.lines) if not axis.across else ():
        part = _only_part(axis, k, crosses) if line.rank and line.kind in ("item", "total") and not line.rate else None
        if part is None:
            continue
        ties = [(c, tie(axis.grid[k][c], [axis.grid[part][c]])) for c in crosses]
        same = {figure.base for c, held in ties if held is Tie.EMPTY and (figure := usable(axis.grid[k][c])) is not None}
        long = [value for value in same if abs(value) >= _LONG]
        off = sum(held is Tie.OFF for _, held in ties)
        if len(long) < (_FEWEST_TO_ACCUSE if off else _FEWEST_SAME) or off > 1:
            continue
        for c, held in ties:
            whole, only = axis.grid[k][c], axis.grid[part][c]
            if (
                held in (Tie.EMPTY, Tie.OFF)
                and whole is not None
                and only is not None
                and (held is Tie.OFF or not _is_zero(axis, k, c))
            ):
                names = names_of(whole, (only,), *axis.row_and_column(k, c))
                yield Place(f"{whole.pointer.path}.only", (names,), whole.pointer, axis.section.complete, axis.section)


def _is_zero(axis: Axis, k: int, c: int) -> bool:
    figure = usable(axis.grid[k][c])
    return figure is None or not figure.value


def _only_part(axis: Axis, k: int, crosses: Sequence[int]) -> int | None:
    """Return the one row with figures among those numbered one kind further in; None where another kind is among them."""
    lines = axis.lines
    below = list(takewhile(lambda p: lines[p].rank > lines[k].rank, range(k + 1, len(lines))))
    end = k + 1 + len(below)
    if not below or (end < len(lines) and not lines[end].rank and lines[end].kind in ("item", "among", "unknown")):
        return None
    inner = lines[below[0]].rank
    parts = [p for p in below if lines[p].rank == inner]
    filled = [p for p in parts if any(not _is_zero(axis, p, c) for c in crosses)]
    if len(filled) != 1 or any(lines[p].rank < inner or lines[p].kind in ("among", "unknown") for p in below):
        return None
    return filled[0] if not lines[filled[0]].rate else None
