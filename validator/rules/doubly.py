"""Totals that are off in both directions: the sum of all rows is another, and with it the row would be as all others are.

Comes in: a table seen along its columns, a row of totals, and how its columns hang together. Goes out: whether exactly one
figure of the row explains that it doesn't follow them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from validator.rules.tables import Axis, usable

_ZERO = Decimal(0)


def is_doubly_off(axis: Axis, row: int, weights: Mapping[int, Decimal]) -> bool:
    """Tell whether a row of totals breaks a relation of its columns, and one of them would mend it by adding up all items.

    `weights`: what each column is taken times so that all together are nothing. The items are those above the row, or below it
    where it is the first.
    """
    if not axis.across or axis.crosses[row].kind != "total":
        return False
    reach = range(row) if row else range(1, len(axis.crosses))
    items = [n for n in reach if axis.crosses[n].kind == "item"]
    stated = {column: _value(axis, column, row) for column in weights}
    added = {column: sum((_value(axis, column, n) for n in items), _ZERO) for column in weights}
    wrong = [column for column in weights if stated[column] != added[column]]
    return len(wrong) == 1 and not sum((added[column] * weight for column, weight in weights.items()), _ZERO)


def _value(axis: Axis, column: int, row: int) -> Decimal:
    figure = usable(axis.grid[column][row])
    return figure.value if figure is not None else _ZERO
