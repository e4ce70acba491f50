"""Rows and columns that no word calls a total, and that are one: 208 above 20801, 一、 above 1., the first of a list.

Comes in: an axis of a table. Goes out: one `Place` for each such sum in each column that bears it out or is accused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, usable
from validator.rules.totals.accusation import accused
from validator.rules.totals.lists import (
    all_beside,
    closed_lists,
    is_over_deeper,
    numbered,
    over_unnumbered,
    rows_below,
    topmost,
    unnumbered,
    up_to_sums,
)
from validator.rules.totals.places import emit
from validator.rules.totals.trial import FEWEST_FIRM, FEWEST_NUMBERED, MOST_LINES, Tried, Way, attempt, mistyped_once

_LONG = 100
"""What others don't add up to by chance."""
_MOST_OFF = 2
"""Rows that one wrong figure puts off: its own, and the one above it."""


def outline(axis: Axis, crosses: Sequence[int], coded: Collection[int]) -> Iterator[Place]:
    """Yield each numbered row that is the sum of those numbered below it, or of those listed below it as 其中.

    A list need not be complete, so a row is held to it where other columns of the row say so. `coded`: rows whose parts are
    known by other means.
    """
    if axis.across or len(axis.lines) > MOST_LINES:
        return
    tried: dict[int, Tried] = {}
    for k, line in enumerate(axis.lines):
        listed = line.kind == "among" and is_over_deeper(axis.lines, k)
        if not (line.kind == "item" or listed) or line.rate or k in coded:
            continue
        below = rows_below(axis.lines, k)
        plain = unnumbered(axis.lines, k) or numbered(axis.lines, k) or all_beside(axis.lines, k)
        closed = closed_lists(axis).get(k, ())
        lists = {
            "leaves": topmost(axis.lines, below),
            "all": tuple(below),
            "closed": closed,
            "plain": plain,
            "over": over_unnumbered(axis.lines, k),
            "summed": up_to_sums(axis).get(k, ()),
        }
        ways = [
            Way(name, natural=True, parts=parts)
            for name, parts in lists.items()
            if len(parts) > 1 and not any(axis.lines[p].rate for p in parts)
        ]
        best = max((attempt(axis, k, way, crosses) for way in ways), key=lambda found: (found.firm, -found.off), default=None)
        if best is not None and (best.firm or mistyped_once(axis, k, best, crosses)):
            tried[k] = best
    for k, best in tried.items():
        shown = _is_shown_by_another(axis, k, tried, crosses)
        long = shown and _is_long(axis, k, best, crosses)
        fewest = int(best.firm > 0) if long else FEWEST_FIRM + (best.way.name == "plain" and not shown)
        if not best.off or (best.firm >= fewest and best.off == 1):
            yield from emit(axis, k, [best], crosses, accused(axis, k, best, crosses))


def _is_shown_by_another(axis: Axis, k: int, tried: Mapping[int, Tried], crosses: Sequence[int]) -> bool:
    """Tell whether another row of the same numbering is the sum of rows that stand to it in the same way, in all columns.

    Rows without a number are so for numbered ones only. In a single column a slip has to explain why it isn't.
    """
    name, rank = tried[k].way.name, axis.lines[k].rank
    same = [(p, f) for p, f in tried.items() if p != k and f.way.name == name and axis.lines[p].rank == rank and not f.off]
    fewest = 1 if mistyped_once(axis, k, tried[k], crosses) else FEWEST_FIRM
    return (rank > 0 or name != "plain") and any(f.firm >= fewest and _is_long(axis, p, f, crosses) for p, f in same)


def _is_long(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a row adds up where it does with figures that don't by chance."""
    wholes = [usable(axis.grid[k][c]) for n, c in enumerate(crosses) if found.ties[n] is Tie.FIRM]
    return all(whole is not None and abs(whole.value) >= _LONG for whole in wholes)


def by_code(axis: Axis, crosses: Sequence[int], coded: Mapping[int, tuple[int, ...]]) -> Iterator[Place]:
    """Yield each row that is the sum of the rows right below it by their codes.

    Rows may be left out, so that a row is held to them where all others of the table are such sums, and several are; or where
    other columns of the row say so.
    """
    tried = {
        k: attempt(axis, k, Way("coded", natural=True, parts=parts), crosses) for k, parts in coded.items() if len(parts) > 1
    }
    wrong = [k for k, found in tried.items() if found.off]
    sound = sum(found.firm > 0 for k, found in tried.items() if k not in wrong)
    # A wrong figure between two levels is off against the rows below it, and puts the row above it off.
    blamed = [k for k in wrong if not any(p in wrong for p in coded[k])]
    sure = len(blamed) == 1 and len(wrong) <= _MOST_OFF and sound + len(wrong) > FEWEST_NUMBERED
    for k, found in tried.items():
        if k not in wrong and found.firm:
            yield from emit(axis, k, [found], crosses, frozenset())
        elif k in blamed and found.off == 1 and (sure or found.firm >= FEWEST_FIRM):
            yield from emit(axis, k, [found], crosses, accused(axis, k, found, crosses, learnt=True))


def below_headings(axis: Axis, crosses: Sequence[int]) -> Iterator[Place]:
    """Yield each column below 合计 that is the sum of the columns of its name below all other headings, in all rows but one.

    There it may be called 总户数, where the others are called 户数.
    """
    below = [
        n for n, line in enumerate(axis.lines if axis.across else ()) if line.group and line.kind == "item" and not line.rate
    ]
    for whole in below:
        *upper, name = axis.lines[whole].path[1:]
        alike = [n for n in below if axis.lines[n].path[1:-1] == (*upper,) and name.endswith(axis.lines[n].path[-1])]
        parts = tuple(n for n in alike if n != whole)
        if not axis.lines[whole].heading.exact or any(axis.lines[n].heading.exact for n in parts) or len(parts) < FEWEST_FIRM:
            continue
        found = attempt(axis, whole, Way("headings", natural=True, parts=parts), crosses)
        if found.firm >= FEWEST_FIRM and found.off <= 1:
            yield from emit(axis, whole, [found], crosses, accused(axis, whole, found, crosses))
