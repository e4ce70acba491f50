"""Totals of a list printed in several columns (单位 金额 单位 金额): its rows go on in the column to the right.

Comes in: the blocks of a table. Goes out: the totals of each block, and those that hold only where the list is read as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from validator.model.fact import Fact
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie
from validator.rules.totals import totals


def totals_of_blocks(found: Sequence[Axis]) -> Iterator[tuple[Axis, Place]]:
    """Yield the totals of each block; what only one of both readings accuses is not told."""
    whole = _joined(found)
    continued = {place.pointer.address: place for place in totals(whole) if place.pointer} if whole is not None else {}
    for axis in found:
        for place in totals(axis):
            if axis.across or whole is None or place.pointer is None:
                yield axis, place
                continue
            other = continued.pop(place.pointer.address, None)
            if _holds(place) or (other is not None and not _holds(other)):
                yield axis, place
            elif other is not None:
                yield axis, other
    if whole is not None:
        yield from ((whole, place) for place in continued.values() if _holds(place))


def _joined(found: Sequence[Axis]) -> Axis | None:
    """Return the rows of all blocks as those of one; None where there is one block, or blocks with other columns.

    Where each ends with a total they are two sides of an account.
    """
    blocks = [axis for axis in found if not axis.across]
    paths = {tuple(cross.path for cross in block.crosses) for block in blocks}
    if len(blocks) < 2 or len(paths) > 1 or all(block.lines[-1].kind == "total" for block in blocks):
        return None
    lines = tuple(line for block in blocks for line in block.lines)
    return replace(blocks[0], lines=lines, grid=tuple(row for block in blocks for row in block.grid))


def _holds(place: Place) -> bool:
    """Tell whether a total is the sum of its parts in one of its readings."""
    for names in place.readings:
        total, parts = names["total"], names["parts"]
        facts = [part for part in parts if isinstance(part, Fact)] if isinstance(parts, tuple) else []
        if isinstance(total, Fact) and tie(total, facts) is not Tie.OFF:
            return True
    return False
