"""What a total may be made of: the rows before it or after it, with or without subtotals, lists and rates.

Comes in: an axis of a table and a line. Goes out: the ways to take it apart, the most natural first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from validator.facts.words import Level
from validator.forms.labels import take_apart
from validator.rules.tables import Axis, Line, Tie, tie, usable
from validator.rules.totals.lists import closed_lists, is_under, rows_below, topmost
from validator.rules.totals.trial import FEWEST_FIRM, GRAND, LONGEST_RUN, MOST_TO_FOLD, Way

AMONG = "among"
"""The way to read a total by the list that 其中 begins right below it."""
_MOST_TOTALS = 24
"""Beyond these, no total is looked for in the whole table, nor in runs of lines that only the figures could bear out."""


def ways_of(axis: Axis, k: int, crosses: Sequence[int], level: Level | None = None) -> Iterator[Way]:
    """Yield the ways to take a total apart, the most natural first, each set of parts once."""
    seen: set[tuple[int, ...]] = set()
    for name, natural, parts in _all_ways(axis, k, crosses, level or axis.lines[k].level):
        if len(parts) > axis.across and k not in parts and parts not in seen:
            seen.add(parts)
            yield Way(name, natural, parts)


def _all_ways(axis: Axis, k: int, crosses: Sequence[int], level: Level) -> Iterator[tuple[str, bool, tuple[int, ...]]]:
    lines = axis.lines
    ranges = dict(_ranges(axis, k, level))
    for place, reach in ranges.items():
        for name, parts in _variants(axis, reach, place):
            yield f"{place.replace('.near', '')}.{name}", True, parts
            same = tuple(p for p in parts if lines[p].dimension == lines[k].dimension)
            if axis.across and lines[k].dimension and len(same) < len(parts):
                yield f"{place}.{name}.unit", True, same
    if not axis.across and k + 1 < len(lines) and lines[k + 1].kind == "among":
        yield AMONG, True, tuple(p for p in rows_below(lines, k) if not lines[p].rate)
    if not axis.across and not lines[k].rank and k + 1 < len(lines) and lines[k + 1].rank:
        rank = lines[k + 1].rank
        under = takewhile(lambda p: lines[p].kind == "item" and lines[p].rank >= rank, range(k + 1, len(lines)))
        yield "numbered", True, topmost(lines, list(under))
    if _has_many_totals(axis):
        return
    for place, reach in ranges.items():
        base = [p for p in reach if lines[p].kind != "heading"]
        reduced = _reduced(axis, [p for p in base if lines[p].kind in ("item", "total")])
        yield f"{place}.reduced", False, _folded(axis, reduced, crosses)
        folded = _folded(axis, [p for p in base if lines[p].kind == "item"], crosses)
        yield f"{place}.folded", False, folded
        own = [p for p in base if lines[p].kind in ("item", "total")]
        own = own[::-1] if place.startswith("before") else own
        for length in range(2, min(len(own), LONGEST_RUN)):
            yield f"{place}.run", False, tuple(sorted(own[:length]))


def _ranges(axis: Axis, k: int, level: Level) -> Iterator[tuple[str, list[int]]]:
    """Yield the lines that may belong to a total: those of its group; before it and after it up to the next such total."""
    lines = axis.lines
    if not axis.across and lines[k].rank:
        under = list(takewhile(lambda p: not 0 < lines[p].rank <= lines[k].rank, range(k + 1, len(lines))))
        if under and k + 1 + len(under) < len(lines) and any(lines[p].rank for p in under):
            yield "under", under
    if axis.across and lines[k].group:
        group = lines[k].group
        siblings = [p for p, line in enumerate(lines) if p != k and line.path[: len(group)] == group]
        if siblings:
            yield "group", siblings
            return
    before = _until(lines, range(k - 1, -1, -1), level.height)[::-1]
    after = _until(lines, range(k + 1, len(lines)), level.height)
    order = [("before", before), ("after", after)]
    if not any(lines[p].kind in ("item", "total") for p in before):
        order.reverse()
    near = [
        (f"{name}.near", _until(lines, reach if name == "after" else reach[::-1], level.height, loose=True))
        for name, reach in order
    ]
    order = [(name, sorted(reach)) for name, reach in near if len(reach) < len(before if "before" in name else after)] + order
    for name, reach in order:
        yield name, reach
        heading = [n for n, p in enumerate(reach) if lines[p].kind == "heading"]
        if heading:
            yield f"{name}.block", reach[heading[-1] + 1 :] if name.startswith("before") else reach[: heading[0]]
    if level.height < GRAND or _has_many_totals(axis):
        return
    if len(before) < k:
        yield "before.all", list(range(k))
    if len(after) < len(lines) - k - 1:
        yield "after.all", list(range(k + 1, len(lines)))


@lru_cache(maxsize=1)
def _has_many_totals(axis: Axis) -> bool:
    """Tell whether there are so many totals that each is looked for near by only."""
    return sum(line.kind == "total" for line in axis.lines) > _MOST_TOTALS


def _until(lines: Sequence[Line], indexes: Iterable[int], height: int, *, loose: bool = False) -> list[int]:
    """Return the lines up to the next total of this height; `loose`: up to the next that may be one, or a balance."""
    found: list[int] = []
    for p in indexes:
        if (lines[p].level.height >= height and (loose or lines[p].level.exact)) or (loose and lines[p].balance):
            break
        found.append(p)
    return found


def _variants(axis: Axis, reach: Sequence[int], place: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sets of lines within reach that don't count anything twice."""
    lines = axis.lines
    kinds = {p: "item" if place == "group" and is_item_of_group(lines[p]) else lines[p].kind for p in reach}
    base = [p for p in reach if kinds[p] in ("item", "total")]
    plain = [p for p in base if not lines[p].rate]
    for name, chosen in (("plain", plain), ("rates", base)):
        items = tuple(p for p in chosen if kinds[p] == "item")
        subs = tuple(p for p in chosen if kinds[p] == "total")
        if subs:
            forward = tuple(_reduced(axis, chosen))
            backward = tuple(sorted(_reduced(axis, chosen[::-1])))
            yield from ((f"{name}.last", forward), (f"{name}.first", backward))
            if place.startswith("after"):
                yield f"{name}.first", backward
        yield f"{name}.items", items
        if subs:
            yield f"{name}.subs", subs
            highest = max(lines[p].level.height for p in subs)
            yield f"{name}.top", tuple(p for p in subs if lines[p].level.height == highest)
        yield f"{name}.tops", _tops(lines, items)
        yield f"{name}.leaves", _leaves(lines, items)
        if "among" in kinds.values():
            yield f"{name}.outside", _outside(lines, reach, set(chosen))
            within = {q for p in chosen for q in closed_lists(axis).get(p, ())}
            yield f"{name}.closed", tuple(p for p in chosen if p not in within and kinds[p] == "item")


def is_item_of_group(line: Line) -> bool:
    """Tell whether a column is among others only by the heading that it shares with the total beside it."""
    return line.kind == "among" and not take_apart(line.label).among


def _reduced(axis: Axis, chosen: Sequence[int]) -> list[int]:
    """Replace the lines that a subtotal adds up by the subtotal; subtotals come after their parts in this order."""
    lines = axis.lines
    kept: list[int] = []
    for p in chosen:
        height, group = lines[p].level.height, lines[p].group
        while height and kept and lines[kept[-1]].level.height < height and lines[kept[-1]].path[: len(group)] == group:
            kept.pop()
        kept.append(p)
    return kept


def _tops(lines: Sequence[Line], items: Sequence[int]) -> tuple[int, ...]:
    """Return the lines that stand under no other, by code or by numbering."""
    codes = {lines[p].code for p in items if lines[p].code}
    if codes:
        return tuple(p for p in items if not any(is_under(lines[p].code, code) for code in codes))
    ranks = {lines[p].rank for p in items if lines[p].rank}
    return tuple(p for p in items if lines[p].rank == min(ranks)) if ranks else tuple(items)


def _leaves(lines: Sequence[Line], items: Sequence[int]) -> tuple[int, ...]:
    """Return the lines under which no other stands, by code or by numbering."""
    codes = {lines[p].code for p in items if lines[p].code}
    if codes:
        return tuple(p for p in items if not any(is_under(code, lines[p].code) for code in codes))
    if not any(lines[p].rank for p in items):
        return tuple(items)
    depth = [lines[p].rank or 9 for p in items]
    return tuple(p for n, p in enumerate(items) if n + 1 == len(items) or depth[n + 1] <= depth[n])


def _outside(lines: Sequence[Line], reach: Sequence[int], chosen: set[int]) -> tuple[int, ...]:
    """Return the lines without those below 其中, up to the next numbered line or total."""
    kept: list[int] = []
    inside = False
    numbered = any(lines[p].rank for p in reach)
    for p in reach:
        if lines[p].kind == "among":
            inside = True
        elif lines[p].kind == "total" or (numbered and lines[p].rank):
            inside = False
        if not inside and p in chosen:
            kept.append(p)
    return tuple(kept)


def _folded(axis: Axis, items: Sequence[int], crosses: Sequence[int]) -> tuple[int, ...]:
    """Return the lines without those that add up to the line above them in every column, or are its only part."""
    if len(items) > MOST_TO_FOLD:
        return ()
    kept: list[int] = []
    n = 0
    while n < len(items):
        kept.append(items[n])
        n = _end_of_parts(axis, items, n, crosses)
    return tuple(kept)


def _end_of_parts(axis: Axis, items: Sequence[int], n: int, crosses: Sequence[int]) -> int:
    """Return the index after the parts of a line; the next one when it has none."""
    for end in range(n + 3, min(len(items), n + 1 + LONGEST_RUN) + 1):
        ties = [tie(axis.grid[items[n]][c], [axis.grid[p][c] for p in items[n + 1 : end]]) for c in crosses]
        if Tie.FIRM in ties and Tie.OFF not in ties:
            return end
    return n + 1 + (n + 1 < len(items) and _repeats(axis, items[n], items[n + 1], crosses))


def _repeats(axis: Axis, one: int, other: int, crosses: Sequence[int]) -> bool:
    """Tell whether a line has the figures of another in all columns, and different ones."""
    pairs = [(usable(axis.grid[one][c]), usable(axis.grid[other][c])) for c in crosses]
    figures = [(a.base, b.base) for a, b in pairs if a is not None and b is not None]
    same = all(a is b or (a and b and a.base == b.base) for a, b in pairs)
    return same and len({a for a, _ in figures if a}) >= FEWEST_FIRM
