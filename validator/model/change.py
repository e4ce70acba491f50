"""Other values that cells might have, and what would come of them.

A figure that was mistyped is told by the figure it should be: by how near the two are, and by the ways in which hands and
keyboards go wrong.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from validator.model.interval import Interval
from validator.model.quantity import Quantity

Slip = Literal["", "point", "digits"]
"""How a figure was mistyped, where that shows: its point moved, or two of its digits in each other's place."""

_TURNED = frozenset(tuple(map(int, str(9 * apart))) for apart in range(1, 9))
"""Digits of what a figure becomes larger or smaller by where two neighbours change places: 9 times what parts the two."""


class Change(NamedTuple):
    """Another value in a cell."""

    path: str
    written: Quantity
    """What stands there."""
    value: Quantity
    """What is supposed to."""
    interval: Interval
    """Every value that would do, in base units."""
    asked_by: frozenset[str] = frozenset()
    """Ids of the checks that ask for it."""

    @property
    def slip(self) -> Slip:
        """How the one figure becomes the other."""
        return slip(self.written.value, self.value.value)

    @property
    def plausible(self) -> bool:
        """Whether the one may be mistaken for the other."""
        return plausible(self.written.value, self.value.value)


class Supposed(NamedTuple):
    """Other values in a cell, or in two cells that change places, and what then came of the rules."""

    changes: tuple[Change, ...]
    settled: frozenset[str]
    """Ids of the checks that failed and would not."""
    breaks: bool
    """Whether something else would fail, or an equation that holds would no longer."""
    likely: bool = True
    """Whether what was written may be mistaken for the value, or two relations ask for it that have little in common."""


def plausible(old: Decimal, new: Decimal) -> bool:
    """Tell whether a figure may be mistaken for another one: by a slip of the pen few double or halve, but for one digit."""
    near = 0 < old < 2 * new < 4 * old
    return near or old == 0 or new == 0 or old == -new or bool(slip(old, new)) or _one_digit_apart(old, new)


def _one_digit_apart(old: Decimal, new: Decimal) -> bool:
    """Tell whether two figures differ in one digit: a key beside the right one was hit."""
    return old.adjusted() == new.adjusted() and len((new - old).normalize().as_tuple().digits) == 1 and (old < 0) == (new < 0)


def slip(old: Decimal, new: Decimal) -> Slip:
    """Return how one figure becomes another: by a moved point, or by two neighbouring digits that change places."""
    if not old or not new or old == new:
        return ""
    moved = new.adjusted() - old.adjusted()
    if moved:
        return "point" if old.scaleb(moved) == new else ""
    if (new - old).normalize().as_tuple().digits not in _TURNED:
        return ""
    places = max(-int(old.as_tuple().exponent), -int(new.as_tuple().exponent), 0)
    before, after = (str(abs(int(value.scaleb(places)))) for value in (old, new))
    if len(before) != len(after) or (old < 0) != (new < 0):
        return ""
    at = [number for number, (mine, its) in enumerate(zip(before, after, strict=True)) if mine != its]
    neighbours = len(at) == 2 and at[1] == at[0] + 1
    return "digits" if neighbours and before[at[0]] == after[at[1]] and before[at[1]] == after[at[0]] else ""
