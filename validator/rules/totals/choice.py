"""Which of the ways to read a total the figures bear out.

Comes in: the ways, tried. Goes out: the total in each column; nothing where no way is borne out
and another reading is possible.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie
from validator.rules.totals.accusation import accused
from validator.rules.totals.lists import coded_rows, rows_below
from validator.rules.totals.places import emit
from validator.rules.totals.trial import FEWEST_FIRM, FEWEST_NUMBERED, GRAND, Tried, Way, attempt, is_drawn, turned_once
from validator.rules.totals.ways import AMONG, is_item_of_group

_FEWEST_ALIKE = 2
"""Totals with the same list below them that tell that it is complete."""
_MOST_BETWEEN = 6
"""Rows between a total and the grand total below it, of which any may be left out."""


def styles_of(axis: Axis, tried: dict[int, list[Tried]]) -> dict[tuple[int, str], list[tuple[int, int, int]]]:
    """Collect, for each kind of way, at which totals of a level it holds: line, columns that hold, columns that don't."""
    styles: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
    for k, ways in tried.items():
        best: dict[str, Tried] = {}
        for found in ways:
            if found.way.natural:
                rival = best.get(found.way.name, found)
                best[found.way.name] = found if found.firm - found.off >= rival.firm - rival.off else rival
        for name, found in best.items():
            styles.setdefault((axis.lines[k].level.height, name), []).append((k, found.firm, found.off))
    return styles


def judged(
    axis: Axis, k: int, ways: list[Tried], crosses: Sequence[int], styles: dict[tuple[int, str], list[tuple[int, int, int]]]
) -> Iterator[Place]:
    """Choose the ways that the figures bear out, and yield the total in each column; nothing where none is."""
    natural = [found for found in ways if found.way.natural]
    exotic = [found for found in ways if not found.way.natural]
    sound = [found for found in ways if found.held and not found.off]
    if not axis.lines[k].level.exact:
        best = _best_of_an_unsure_one(axis, k, natural, exotic, crosses, styles)
        if best is not None:
            yield from emit(axis, k, _choose(sound, best), crosses, accused(axis, k, best, crosses))
        return
    confirmed = [f for f in natural if f.firm and f.off <= max(1, f.firm // 2) and (f.firm >= f.off)]
    others = [f for f in confirmed if f.firm > f.off] or [f for f in confirmed if not any(s.firm >= 2 for s in sound)]
    if others:
        best = min(others, key=lambda f: (f.off, -f.firm))
        chosen = [f for f in others if f.off == best.off] if best.off else [f for f in others if not f.off]
        yield from emit(axis, k, chosen, crosses, accused(axis, k, best, crosses))
        return
    # All rows but the first may add up because it stands there twice.
    whole = [f for f in natural[:1] if sound and not any(s.way.natural for s in sound) and _is_whole_list(axis, f)]
    if any(_has_row_twice(axis, k, f, crosses) for f in whole):
        yield from emit(axis, k, whole, crosses, accused(axis, k, whole[0], crosses, learnt=True))
        return
    if sound:
        yield from emit(axis, k, sorted(sound, key=lambda f: (not f.way.natural, -f.firm))[:3], crosses, frozenset())
        return
    by_figures = [f for f in exotic if f.firm >= 2 and f.firm >= 2 * f.off]
    if by_figures:
        best = min(by_figures, key=lambda f: (f.off, -f.firm))
        yield from emit(axis, k, [f for f in by_figures if f.off == best.off], crosses, accused(axis, k, best, crosses))
        return
    stated = [f for f in natural if f.off or f.held or Tie.EMPTY in f.ties]
    if not any(f.off for f in stated[:1]):
        yield from emit(axis, k, stated[:1], crosses, frozenset())
        return
    learnt = [f for f in stated if _learnt(axis, k, f, styles)]
    if learnt and learnt[0].off <= 1:
        yield from emit(axis, k, learnt, crosses, accused(axis, k, learnt[0], crosses, learnt=True))
    elif stated[0].off == 1 and _plain(axis, k, stated[0]):
        yield from emit(axis, k, [f for f in stated if f.off <= 1], crosses, accused(axis, k, stated[0], crosses))
    elif listed := [f for f in stated if f.off == 1 and _leaves_no_doubt(axis, k, f, crosses)]:
        yield from emit(axis, k, listed[:1], crosses, accused(axis, k, listed[0], crosses, learnt=True))
    elif stated[0].off == 1 and _only_adds(axis, k, crosses):
        yield from emit(axis, k, stated[:1], crosses, accused(axis, k, stated[0], crosses, learnt=True))
    elif numbered := [f for f in stated if f.off == 1 and _is_numbered(axis, k, f)]:
        yield from emit(axis, k, numbered[:1], crosses, accused(axis, k, numbered[0], crosses))
    elif stated[0].held >= stated[0].off and stated[0].off == 1 and _uniform(axis, stated[0]):
        yield from emit(axis, k, stated[:1], crosses, accused(axis, k, stated[0], crosses))
    elif _is_whole_list(axis, stated[0]) and (_lacks_a_row(axis, stated[0]) or _has_row_twice(axis, k, stated[0], crosses)):
        yield from emit(axis, k, stated[:1], crosses, accused(axis, k, stated[0], crosses, learnt=True))
    elif stated[0].firm >= FEWEST_FIRM:
        # It is the sum of all of them in some columns, and by chance it would not be: in the others nothing is said.
        yield from emit(axis, k, stated[:1], crosses, frozenset())


def _best_of_an_unsure_one(
    axis: Axis,
    k: int,
    natural: list[Tried],
    exotic: list[Tried],
    crosses: Sequence[int],
    styles: dict[tuple[int, str], list[tuple[int, int, int]]],
) -> Tried | None:
    """Return the way that the figures bear out where the label alone makes no total; None where none is."""
    # A list of its own says more than rows elsewhere that give the total too: income is spending plus surplus.
    natural = sorted(natural, key=lambda found: found.way.name != AMONG)
    best = next((f for f in natural if f.firm >= 2 and f.off <= f.firm // 2), None)
    best = best or next((f for f in exotic if f.firm >= 2 and f.off <= f.firm // 3), None)
    best = best or next((f for f in natural if f.firm and not f.off), None)
    once = (f for f in natural if f.firm and f.off == 1)
    sure = (f for f in once if _learnt(axis, k, f, styles) or _is_numbered(axis, k, f) or _adds_points(axis, k, f, crosses))
    best = best or next(sure, None)
    off = (f for f in natural if f.off == 1 and not f.held)
    told = (f for f in off if _tells_alone(axis, k, f, crosses) or _is_listed_alike(axis, k, f, styles))
    return best or next(told, None)


def _choose(sound: list[Tried], best: Tried) -> list[Tried]:
    return [best] if best.off or not sound else [best, *(f for f in sound if f is not best and f.way.natural)][:3]


def _learnt(axis: Axis, k: int, found: Tried, styles: dict[tuple[int, str], list[tuple[int, int, int]]]) -> bool:
    """Tell whether other totals of the same level are read this way, and hold."""
    rest = [entry for entry in styles.get((axis.lines[k].level.height, found.way.name), []) if entry[0] != k]
    firm, off = sum(entry[1] for entry in rest), sum(entry[2] for entry in rest)
    return firm >= 2 and firm >= 3 * off


def _is_listed_alike(axis: Axis, k: int, found: Tried, styles: dict[tuple[int, str], list[tuple[int, int, int]]]) -> bool:
    """Tell whether two totals of its level have the same labels below them behind 其中, and are the sum of those."""
    if found.way.name != AMONG or axis.across or len(found.way.parts) < FEWEST_FIRM:
        return False
    lines, parts = axis.lines, [p - k for p in found.way.parts]
    labels = [lines[k + p].label for p in parts]
    held = [other for other, firm, off in styles.get((lines[k].level.height, AMONG), []) if firm and not off]
    alike = [other for other in held if [line.label for p in parts for line in lines[other + p : other + p + 1]] == labels]
    return len(alike) >= _FEWEST_ALIKE


def _uniform(axis: Axis, found: Tried) -> bool:
    return all(axis.lines[p].kind == "item" and not axis.lines[p].rank and not axis.lines[p].code for p in found.way.parts)


def _is_whole_list(axis: Axis, found: Tried) -> bool:
    """Tell whether a total is that of all other rows of a table as its author drew it, one like the other.

    The heading of another table may stand below them.
    """
    listed = len(found.way.parts) + 1
    return (
        not axis.across
        and is_drawn(axis)
        and listed > FEWEST_NUMBERED
        and all(line.kind == "heading" for line in axis.lines[listed:])
        and max(found.way.parts) <= listed - 1
        and _uniform(axis, found)
    )


def _lacks_a_row(axis: Axis, found: Tried) -> bool:
    """Tell whether a number is missing from those that stand first in the rows: 1, 2, 4."""
    rows = axis.section.table.rows if axis.section.table is not None else ()
    first = [next((cell for cell in rows[int(axis.lines[p].key[1:])] if cell is not None), None) for p in found.way.parts]
    numbers = [int(cell.text) for cell in first if cell is not None and cell.text.isdecimal()]
    in_order = len(numbers) == len(first) and numbers[0] == 1 and all(one < other for one, other in pairwise(numbers))
    return in_order and numbers[-1] > len(numbers)


def _has_row_twice(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a total is right without one of its rows, which has the label and all figures of the row above it."""

    def row(p: int) -> tuple[str, ...]:
        return axis.lines[p].label, *(fact.text if (fact := axis.grid[p][c]) is not None else "" for c in crosses)

    for p, q in pairwise(found.way.parts):
        if row(p) == row(q):
            once = attempt(axis, k, found.way._replace(parts=tuple(part for part in found.way.parts if part != q)), crosses)
            return once.firm >= FEWEST_FIRM and not once.off
    return False


def _plain(axis: Axis, k: int, found: Tried) -> bool:
    """Tell whether the only column leaves no doubt what the total is made of: plain rows, or subtotals that hold."""
    lines = axis.lines
    parts = found.way.parts
    if len(parts) < 2 or (axis.across and not lines[k].group and not _covers_all(axis, k, parts)):
        return False
    reach = range(min(*parts, k), max(*parts, k) + 1)
    within = axis.across and bool(lines[k].group)
    others = [p for p in reach if lines[p].rate or lines[p].kind in ("among", "unknown", "heading")]
    if any(lines[p].rate or not (within and is_item_of_group(lines[p])) for p in others):
        return False
    if len({lines[p].rank for p in parts}) > 1 or any(lines[p].code for p in parts):
        return False
    return not any(lines[p].kind == "total" for p in parts) or all(lines[p].kind == "total" for p in parts)


def _adds_points(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a row below nothing but points adds up all rows above it, or all subtotals: 总分 below 分值 and 得分."""
    above = axis.lines[:k]
    if (
        axis.across
        or any(axis.crosses[c].dimension != "points" for c in crosses)
        or any(line.kind == "unknown" for line in above)
    ):
        return False
    items = {p for p, line in enumerate(above) if line.kind == "item"}
    subtotals = {p for p, line in enumerate(above) if line.kind == "total"}
    return set(found.way.parts) == (subtotals or items)


def _is_numbered(axis: Axis, k: int, found: Tried) -> bool:
    """Tell whether the parts are the rows of one numbering, with nothing beside them but what stands below each.

    合计 and then 1. 2. 3., with 其中 below one of them.
    """
    lines, parts = axis.lines, found.way.parts
    ranks = {lines[p].rank for p in parts}
    if axis.across or len(parts) < FEWEST_NUMBERED or len(ranks) > 1 or 0 in ranks or any(lines[p].rate for p in parts):
        return False
    below = {q for p in parts for q in rows_below(lines, p)}
    reach = range(min(*parts, k), max(*parts, *below, k) + 1)
    return all(p == k or p in parts or p in below for p in reach)


def _leaves_no_doubt(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    return (
        _is_beside_lists(axis, k, found, crosses)
        or _is_of_accounts(axis, k, found, crosses)
        or _is_turned(axis, k, found, crosses)
    )


def _tells_alone(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    return _is_whole_numbering(axis, k, found) or _is_turned(axis, k, found, crosses)


def _is_turned(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a total is that of all plain rows up to it, some with 其中, but for two digits that changed places.

    Numbers of the rows count from one, none left out.
    """
    lines, parts = axis.lines, found.way.parts
    if axis.across or len(parts) < FEWEST_FIRM or len({lines[p].rank for p in parts}) > 1:
        return False
    if any(lines[p].kind != "item" or lines[p].rate or lines[p].code for p in parts):
        return False
    reach = range(min(*parts, k), max(*parts, k) + 1)
    rank = lines[parts[0]].rank
    numbers = [lines[p].ordinal for p in reach if rank and lines[p].rank == rank]
    if lines[k].rank or numbers != list(range(1, len(numbers) + 1)):
        return False
    beside = all(p == k or p in parts or lines[p].kind in ("among", "heading") for p in reach)
    begins = not reach.start or lines[reach.start - 1].kind in ("total", "heading")
    return beside and begins and turned_once(axis, k, found, crosses)


def _is_of_accounts(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a total is that of all accounts but for a slip: the outermost codes, below which all sums hold."""
    lines = axis.lines
    coded = coded_rows(axis)
    inside = {p for parts in coded.values() for p in parts}
    outer = tuple(p for p, line in enumerate(lines) if line.code and p not in inside)
    if axis.across or found.way.parts != outer or any(not line.code for p, line in enumerate(lines) if p != k):
        return False
    sums = [attempt(axis, p, Way("coded", natural=True, parts=parts), crosses) for p, parts in coded.items() if len(parts) > 1]
    shown = len(sums) >= FEWEST_NUMBERED and all(held.firm and not held.off for held in sums)
    return shown and turned_once(axis, k, found, crosses)


def _is_whole_numbering(axis: Axis, k: int, found: Tried) -> bool:
    """Tell whether a total stands right below rows numbered from one on, none left out: 一、 to 五、, 本年收入合计.

    Some of them may be blank; between them nothing but rows that stand deeper.
    """
    lines, parts = axis.lines, found.way.parts
    rank = lines[parts[0]].rank
    if axis.across or not rank or lines[k].rank or any(lines[p].rank != rank for p in parts):
        return False
    if any(0 < lines[p].rank < rank and lines[p].kind != "heading" for p in range(k)):
        return False  # the numbering may be that of a row above
    first = next((p for p in range(parts[0], -1, -1) if lines[p].rank == rank and lines[p].ordinal == 1), k)
    reach = range(first, k)
    numbered = [p for p in reach if lines[p].rank == rank]
    filled = [p for p in numbered if lines[p].kind != "heading"]
    deeper = all(lines[p].rank == rank or lines[p].rank > rank or lines[p].kind == "among" for p in reach)
    in_order = [lines[p].ordinal for p in numbered] == list(range(1, len(numbered) + 1))
    plain = not any(lines[p].kind in ("total", "unknown") or lines[p].rate for p in reach)
    return tuple(filled) == parts and deeper and in_order and plain and len(numbered) >= FEWEST_NUMBERED


def _only_adds(axis: Axis, k: int, crosses: Sequence[int]) -> bool:
    """Tell whether a grand total can't be the total above it with whichever of the few rows between them.

    本年收入合计, 年初结转和结余, 总计: some of the rows between may be parts of others.
    """
    lines = axis.lines
    totals_above = [p for p in range(k) if lines[p].kind == "total"]
    if axis.across or lines[k].level.height <= GRAND or len(totals_above) != 1 or not lines[k].level.exact:
        return False
    above = totals_above[0]
    between = range(above + 1, k)
    if not 0 < len(between) <= _MOST_BETWEEN or any(lines[p].kind in ("total", "unknown") or lines[p].rate for p in between):
        return False
    ways = [subset for size in range(len(between) + 1) for subset in combinations(between, size)]
    return all(
        tie(axis.grid[k][c], [axis.grid[p][c] for p in (above, *way)]) in (Tie.OFF, Tie.NONE) for c in crosses for way in ways
    )


def _is_beside_lists(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
    """Tell whether the only total is that of all plain rows but those of lists that 其中 begins, each of which adds up.

    A list that doesn't, but would make the total right, says the same: the row above it is wrong.
    """
    lines, parts = axis.lines, found.way.parts
    reach = range(min(*parts, k), max(len(lines) if k < parts[0] else k, max(parts) + 1))
    lists = {p: rows_below(lines, p) for p in parts if p + 1 < len(lines) and lines[p + 1].kind == "among"}
    inside = {q for below in lists.values() for q in below}
    alone = not any(line.kind == "total" for p, line in enumerate(lines) if p != k)
    if axis.across or not alone or not lists or any(p != k and p not in parts and p not in inside for p in reach):
        return False
    if any(lines[p].kind != "item" or lines[p].rate or lines[p].rank != lines[parts[0]].rank for p in parts):
        return False
    cross = next(c for n, c in enumerate(crosses) if found.ties[n] is Tie.OFF)
    sums = {p: [axis.grid[q][cross] for q in below] for p, below in lists.items()}
    if all(tie(axis.grid[p][cross], listed) in (Tie.FIRM, Tie.EMPTY) for p, listed in sums.items()):
        return True
    if any(tie(axis.grid[p][cross], listed[:n]) is Tie.FIRM for p, listed in sums.items() for n in range(2, len(listed))):
        return False  # the list may end before the last row
    return any(
        tie(axis.grid[k][cross], [fact for q in parts for fact in (listed if q == p else [axis.grid[q][cross]])]) is Tie.FIRM
        for p, listed in sums.items()
    )


def _covers_all(axis: Axis, k: int, parts: Sequence[int]) -> bool:
    """Tell whether a total column and its parts are all the columns there are, and all hold money."""
    lines = axis.lines
    rest = [p for p in range(len(lines)) if p != k and p not in parts]
    under = all(
        any(lines[q].group and lines[q].group == lines[p].group and lines[q].kind == "total" for q in parts) for p in rest
    )
    return under and all(line.dimension == "money" for line in lines)
