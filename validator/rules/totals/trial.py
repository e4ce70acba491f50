"""A way to read what a total is made of, and how it fares in each column of the table.

Comes in: an axis of a table, a line and its supposed parts. Goes out: a `Tried`; nothing is chosen or told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from validator.model.quantity import Quantity
from validator.rules.mistyping import mistyped, turned
from validator.rules.tables import Axis, Line, Tie, tie, usable

MOST_LINES = 400
"""Lines of a table in which totals are looked for."""
LONGEST_RUN = 40
"""Rows in a row that are tried as the parts of another."""
MOST_TO_FOLD = 120
"""Rows among which those are looked for that add up to one above them."""
FEWEST_NUMBERED = 3
"""Numbered rows that leave no doubt that the total above or below them is theirs."""
FEWEST_FIRM = 2
"""Columns in which a row must be the sum of others before it is held to that in one more."""
GRAND = 2
"""Height of a total of totals."""
MOST_BESIDE = 12
"""Columns beside one among which those are looked for that its figures follow from."""


class Way(NamedTuple):
    """A way to read what a total is made of."""

    name: str
    natural: bool
    """Whether labels and positions say so; otherwise only the figures do."""
    parts: tuple[int, ...]


class Tried(NamedTuple):
    """A way, and how it fares in each column."""

    way: Way
    ties: tuple[Tie, ...]

    @property
    def firm(self) -> int:
        """Columns in which it adds up, and by chance would not."""
        return self.ties.count(Tie.FIRM)

    @property
    def held(self) -> int:
        """Columns in which it adds up."""
        return self.firm + self.ties.count(Tie.LOOSE)

    @property
    def off(self) -> int:
        """Columns in which it doesn't."""
        return self.ties.count(Tie.OFF)


def attempt(axis: Axis, k: int, way: Way, crosses: Sequence[int]) -> Tried:
    """Return how a way fares in each of the columns `crosses`; a row that may have lost a figure accuses none."""
    ties = tuple(tie(axis.grid[k][c], [axis.grid[p][c] for p in way.parts]) for c in crosses)
    if any(_has_lost_figures(axis, p) for p in way.parts):
        ties = tuple(Tie.NONE if found is Tie.OFF else found for found in ties)
    return Tried(way, ties)


def _has_lost_figures(axis: Axis, p: int) -> bool:
    """Tell whether a row may lack figures that it had: then a sum that is off says nothing."""
    return not axis.across and is_open(axis, axis.lines[p])


def is_open(axis: Axis, row: Line) -> bool:
    """Tell whether a row of a table that became text may lack figures that it had."""
    table = axis.section.table
    return table is not None and bool(table.open_rows) and int(row.key[1:]) in table.open_rows


def is_drawn(axis: Axis) -> bool:
    """Tell whether a table is as its author drew it, and of no form: forms have rules of their own for what is blank."""
    section = axis.section
    return section.table is not None and not section.table.inferred and section.owner is None


def columns_off(found: Tried, crosses: Sequence[int]) -> frozenset[int]:
    """Return those of the columns `crosses` in which a way doesn't hold."""
    return frozenset(cross for n, cross in enumerate(crosses) if found.ties[n] is Tie.OFF)


def mistyped_once(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a slip in one long figure is all that keeps a way from holding in the one column in which it doesn't."""
    figures = _figures_off(axis, k, found, crosses)
    return figures is not None and mistyped(*figures)


def turned_once(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether two digits that changed places are all that keeps a way from holding in that one column."""
    figures = _figures_off(axis, k, found, crosses)
    return figures is not None and turned(*figures)


def _figures_off(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> tuple[Quantity, list[Quantity]] | None:
    """Return the total and the parts in the one column in which a way doesn't hold; None where that isn't one."""
    if found.off != 1:
        return None
    cross = crosses[found.ties.index(Tie.OFF)]
    whole, *parts = (usable(axis.grid[p][cross]) for p in (k, *found.way.parts))
    return (whole, [part for part in parts if part is not None]) if whole is not None else None
