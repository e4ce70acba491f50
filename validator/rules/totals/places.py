"""A total as rules see it: its figure, its parts, and whether all of them could be read.

Comes in: the chosen ways. Goes out: one `Place` for each column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from validator.model.fact import Fact
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, agrees, only_words, tie, usable
from validator.rules.totals.trial import FEWEST_FIRM, MOST_BESIDE, Tried, is_drawn, is_open

_HELD = {Tie.FIRM: True, Tie.OFF: False}


def emit(axis: Axis, k: int, chosen: Sequence[Tried], crosses: Sequence[int], accused: frozenset[int]) -> Iterator[Place]:
    """Yield a total in each column that one of the chosen ways meets, where it is accused, or where it is left blank."""
    for n, cross in enumerate(crosses):
        whole = axis.grid[k][cross]
        fits = [f for f in chosen if f.ties[n] not in (Tie.NONE, Tie.OFF)]
        blank = whole is not None and _is_left_blank(axis, k, whole, cross, chosen, crosses)
        if whole is None or not chosen or (not fits and cross not in accused and not blank):
            continue
        ways = fits or list(chosen)
        row, column = axis.row_and_column(k, cross)
        readings: list[Names] = []
        for found in ways:
            cells = (axis.grid[p][cross] for p in found.way.parts)
            facts = tuple(fact for fact in cells if fact is not None and not fact.blank and not only_words(fact))
            readings.append(names_of(whole, facts, row, column))
        complete = bool(fits) or not (_may_be_missing(axis, chosen[0], cross, crosses, whole) or _may_go_on(axis, k, chosen[0]))
        path = f"{whole.pointer.path}.{'across' if axis.across else 'down'}"
        read = axis.section.complete or (axis.across and not is_open(axis, axis.crosses[cross]))
        yield Place(path, tuple(readings), whole.pointer, complete and read, axis.section)


def _is_left_blank(axis: Axis, k: int, whole: Fact, cross: int, chosen: Sequence[Tried], crosses: Sequence[int]) -> bool:
    """Tell whether nothing stands where a total of amounts or points is due; others of its row or column hold.

    Where several are blank they may well be left so on purpose.
    """
    if whole.text.strip() or not whole.blank or not chosen or chosen[0].off or not is_drawn(axis):
        return False
    line = axis.lines[k] if axis.across else axis.crosses[cross]
    alike = [n for n, c in enumerate(crosses) if axis.across or axis.crosses[c].dimension == line.dimension]
    firm = sum(chosen[0].ties[n] is Tie.FIRM for n in alike)
    left = [fact for n in alike if (fact := axis.grid[k][crosses[n]]) is not None and fact.blank]
    filled = [q for p in chosen[0].way.parts if (q := usable(axis.grid[p][cross])) is not None and q.value]
    due = (line.money or line.dimension == "points") and firm >= FEWEST_FIRM and len(left) == 1 and len(filled) > 1
    return due and (axis.across or line.dimension == "points" or _is_bound(axis, chosen[0].way.parts, cross))


def _is_bound(axis: Axis, rows: Sequence[int], column: int) -> bool:
    """Tell whether each row binds an amount to two others, by a sum or a rate: prices, limits and balances are not added up."""
    others = [c for c, cross in enumerate(axis.crosses) if c != column and cross.kind != "heading"][:MOST_BESIDE]

    def cells(*columns: int) -> list[list[Fact]]:
        return [[fact for c in columns if (fact := axis.grid[p][c]) is not None] for p in rows]

    for one, other in permutations(others, 2):
        if axis.crosses[one].rate:
            continue
        if axis.crosses[other].rate:
            told = [
                [agrees(row[0], lambda b: b[0] / b[1], row[1:]) for row in cells(other, *pair) if len(row) > len(pair)]
                for pair in ((one, column), (column, one))
            ]
        else:
            sums = [
                [tie(row[0], row[1:]) for row in cells(*three) if row] for three in ((one, column, other), (column, one, other))
            ]
            told = [[_HELD.get(found) for found in ties] for ties in sums]
        if any(held.count(True) >= FEWEST_FIRM and False not in held for held in told):
            return True
    return False


def _may_go_on(axis: Axis, k: int, found: Tried) -> bool:
    """Tell whether the parts below a total are the last rows of a text, which may have been cut between two of them.

    A column that adds up shows that they are all there.
    """
    last = k < max(found.way.parts) == len(axis.lines) - 1
    return axis.section.ends_text and not axis.across and last and not found.firm


def _may_be_missing(axis: Axis, found: Tried, cross: int, crosses: Sequence[int], whole: Fact) -> bool:
    """Tell whether empty cells may hide what is missing; not where they count as nothing in another column."""

    def empty(column: int) -> bool:
        return any((fact := axis.grid[p][column]) is None or not fact.text.strip() for p in found.way.parts)

    if not empty(cross) or whole.quantity is None or (found.firm >= FEWEST_FIRM and found.off == 1 and is_drawn(axis)):
        return False
    if any(found.ties[n] is Tie.FIRM and empty(other) for n, other in enumerate(crosses)):
        return False
    values = [q.base for p in found.way.parts if (q := usable(axis.grid[p][cross])) is not None]
    return sum(values, Decimal(0)) < whole.quantity.base


def names_of(total: Fact, parts: tuple[Fact, ...], row: str, column: str) -> Names:
    """Return what rules call the figures and labels of a total, in English and as on the form."""
    return {
        "total": total,
        "合计": total,
        "parts": parts,
        "各项": parts,
        "label": row,
        "行": row,
        "column": column,
        "列": column,
    }
