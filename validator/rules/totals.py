"""Totals by label and position: rows and columns headed 合计, 小计, 总计, and a last row without a label.

Comes in: an axis of a table. Goes out: one `Place` for each total in each column (or row), with the parts as its readings.
What a total is made of is guessed from where it stands; a guess may accuse only where other columns bear it out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise, permutations, takewhile
from typing import NamedTuple

from validator.facts.words import Level
from validator.forms.labels import take_apart
from validator.model.fact import Fact, Section
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Line, Tie, agrees, intervals, laid_down, only_words, tie, usable

_MOST_LINES = 400
_FEWEST_NUMBERED = 3
"""Numbered rows that leave no doubt that the total above or below them is theirs."""
_LONGEST_RUN = 40
_FEWEST_FIRM = 2
"""Columns in which a numbered row must be the sum of those below it before it is held to that in another."""
_MOST_OFF = 2
"""Rows that one wrong figure puts off: its own, and the one above it."""
_MOST_TO_FOLD = 120
_MOST_TOTALS = 24
"""Beyond these, no total is looked for in the whole table, nor in runs of lines that only the figures could bear out."""
_GRAND = 2
"""Height of a total of totals."""
_MOST_BETWEEN = 6
"""Rows between a total and the grand total below it, of which any may be left out."""
_MOST_BESIDE = 12
"""Columns beside one whose total is blank among which those are looked for that its figures follow from."""
_HELD = {Tie.FIRM: True, Tie.OFF: False}
_AMONG = "among"
"""The way to read a total by the list that 其中 begins right below it."""


class _Way(NamedTuple):
    """A way to read what a total is made of."""

    name: str
    natural: bool
    """Whether labels and positions say so; otherwise only the figures do."""
    parts: tuple[int, ...]


class _Tried(NamedTuple):
    """A way, and how it fares in each column."""

    way: _Way
    ties: tuple[Tie, ...]

    @property
    def firm(self) -> int:
        return self.ties.count(Tie.FIRM)

    @property
    def held(self) -> int:
        return self.firm + self.ties.count(Tie.LOOSE)

    @property
    def off(self) -> int:
        return self.ties.count(Tie.OFF)


def totals(axis: Axis) -> Iterator[Place]:
    """Yield the totals along an axis."""
    if len(axis.lines) > _MOST_LINES and axis.across:
        return
    crosses = [n for n, cross in enumerate(axis.crosses) if cross.kind != "heading" and not cross.rate]
    if not crosses:
        return
    tried = {
        k: [_try(axis, k, way, crosses) for way in _ways(axis, k, crosses)]
        for k, line in enumerate(axis.lines)
        if line.kind == "total" and not (axis.across and line.rate)
    }
    told = {k: _try(axis, k, _Way("laid down", natural=True, parts=parts), crosses) for k, parts in laid_down(axis)}
    for k, sum_of in told.items():
        yield from _emit(axis, k, [sum_of], crosses, _off(sum_of, crosses))
    styles = _styles(axis, tried)
    for k, ways in tried.items():
        if k not in told:
            yield from _judge(axis, k, ways, crosses, styles)
    coded = _coded(axis)
    yield from _outline(axis, crosses, {*coded, *told})
    yield from _by_code(axis, crosses, coded)
    yield from _below_headings(axis, crosses)
    last = _unlabelled_total(axis)
    if last is not None:
        unnamed = (_try(axis, last, way, crosses) for way in _ways(axis, last, crosses, Level(2, exact=False)) if way.natural)
        found = next((f for f in unnamed if f.firm and not f.off and _all_exact(axis, last, f, crosses)), None)
        if found is not None:
            yield from _emit(axis, last, [found], crosses, frozenset())


def stated_totals(section: Section) -> Iterator[Place]:
    """Yield the totals of a table whose first row is known to be the sum of the others."""
    for id in section.columns:
        total, *rest = [record.fields[id] for record in section.records if id in record.fields]
        parts = tuple(part for part in rest if not part.blank)
        if parts and not total.blank:
            names = _names(total, parts, total.pointer.row_label, total.pointer.column_label)
            yield Place(f"{total.pointer.path}.down", (names,), total.pointer, section.complete, section)


def _off(found: _Tried, crosses: Sequence[int]) -> frozenset[int]:
    return frozenset(cross for n, cross in enumerate(crosses) if found.ties[n] is Tie.OFF)


def _coded(axis: Axis) -> dict[int, tuple[int, ...]]:
    """Return the rows right below each row by their codes: 20801 and 20805 below 208."""
    below: dict[int, list[int]] = {}
    above: list[int] = []
    for p, line in enumerate(axis.lines if not axis.across else ()):
        if line.code and line.kind == "item" and not line.rate:
            while above and not _under(line.code, axis.lines[above[-1]].code):
                above.pop()
            if above:
                below.setdefault(above[-1], []).append(p)
            above.append(p)
    return {k: tuple(parts) for k, parts in below.items()}


def _by_code(axis: Axis, crosses: Sequence[int], coded: Mapping[int, tuple[int, ...]]) -> Iterator[Place]:
    """Yield each row that is the sum of the rows right below it by their codes.

    Rows may be left out, so that a row is held to them where all others of the table are such sums, and several are; or where
    other columns of the row say so.
    """
    tried = {
        k: _try(axis, k, _Way("coded", natural=True, parts=parts), crosses) for k, parts in coded.items() if len(parts) > 1
    }
    wrong = [k for k, found in tried.items() if found.off]
    sound = sum(found.firm > 0 for k, found in tried.items() if k not in wrong)
    # A wrong figure between two levels is off against the rows below it, and puts the row above it off.
    blamed = [k for k in wrong if not any(p in wrong for p in coded[k])]
    sure = len(blamed) == 1 and len(wrong) <= _MOST_OFF and sound + len(wrong) > _FEWEST_NUMBERED
    for k, found in tried.items():
        if k not in wrong and found.firm:
            yield from _emit(axis, k, [found], crosses, frozenset())
        elif k in blamed and found.off == 1 and (sure or found.firm >= _FEWEST_FIRM):
            yield from _emit(axis, k, [found], crosses, _accused(axis, k, found, crosses, learnt=True))


def _below_headings(axis: Axis, crosses: Sequence[int]) -> Iterator[Place]:
    """Yield each column below 合计 that is the sum of the columns of its name below all other headings, in all rows but one."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for n, line in enumerate(axis.lines if axis.across else ()):
        if line.group and line.kind == "item" and not line.rate:
            alike.setdefault(line.path[1:], []).append(n)
    for columns in alike.values():
        wholes = [n for n in columns if axis.lines[n].heading.exact]
        if len(wholes) != 1 or len(columns) <= _FEWEST_FIRM:
            continue
        parts = tuple(n for n in columns if n != wholes[0])
        found = _try(axis, wholes[0], _Way("headings", natural=True, parts=parts), crosses)
        if found.firm >= _FEWEST_FIRM and found.off <= 1:
            yield from _emit(axis, wholes[0], [found], crosses, _accused(axis, wholes[0], found, crosses))


def _outline(axis: Axis, crosses: Sequence[int], coded: Collection[int]) -> Iterator[Place]:
    """Yield each numbered row that is the sum of those numbered below it, or of those listed below it as 其中.

    A list need not be complete, so a row is held to it where other columns of the row say so. `coded`: rows whose parts are
    known by other means.
    """
    if axis.across or len(axis.lines) > _MOST_LINES:
        return
    tried: dict[int, _Tried] = {}
    for k, line in enumerate(axis.lines):
        if line.kind != "item" or line.rate or k in coded:
            continue
        below = _below(axis.lines, k)
        plain = _unnumbered(axis.lines, k) or _numbered(axis.lines, k) or _all_beside(axis.lines, k)
        closed = _closed(axis).get(k, ())
        lists = {
            "leaves": _highest(axis.lines, below),
            "all": tuple(below),
            "closed": closed,
            "plain": plain,
            "over": _over_unnumbered(axis.lines, k),
            "summed": _up_to_sums(axis).get(k, ()),
        }
        ways = [
            _Way(name, natural=True, parts=parts)
            for name, parts in lists.items()
            if len(parts) > 1 and not any(axis.lines[p].rate for p in parts)
        ]
        best = max((_try(axis, k, way, crosses) for way in ways), key=lambda found: (found.firm, -found.off), default=None)
        if best is not None and best.firm:
            tried[k] = best
    for k, best in tried.items():
        fewest = _FEWEST_FIRM + (best.way.name == "plain" and not _is_shown_by_another(axis, k, tried))
        if not best.off or (best.firm >= fewest and best.off == 1):
            yield from _emit(axis, k, [best], crosses, _accused(axis, k, best, crosses))


def _is_shown_by_another(axis: Axis, k: int, tried: Mapping[int, _Tried]) -> bool:
    """Tell whether another row of the same numbering is the sum of the rows without a number below it, in all columns."""
    same = (found for p, found in tried.items() if p != k and axis.lines[p].rank == axis.lines[k].rank > 0)
    return any(found.way.name == "plain" and found.firm >= _FEWEST_FIRM and not found.off for found in same)


def _below(lines: Sequence[Line], k: int) -> list[int]:
    """Return the lines below a line in the outline: those numbered deeper, and those of a list that 其中 begins."""
    found: list[int] = []
    among = False
    for p in range(k + 1, len(lines)):
        among = among or (p == k + 1 and lines[p].kind == "among")
        deeper = lines[p].rank > lines[k].rank > 0 or (among and (not lines[p].rank or lines[p].rank > lines[k].rank))
        if deeper and _is_blank_item(lines, p):
            continue
        if not deeper or lines[p].kind not in ("item", "among"):
            break
        found.append(p)
    return found


def _is_blank_item(lines: Sequence[Line], p: int) -> bool:
    """Tell whether a numbered row without a figure is one of a list, and no heading of the rows below it."""
    line = lines[p]
    return line.kind == "heading" and line.rank > 0 and (p + 1 == len(lines) or 0 < lines[p + 1].rank <= line.rank)


@lru_cache(maxsize=1)
def _closed(axis: Axis) -> dict[int, tuple[int, ...]]:
    """Return the rows of each list that 其中 begins, up to where they add up to the row above it: more rows may follow it.

    They do in every column; or in several, and all but one.
    """
    crosses = [c for c, cross in enumerate(axis.crosses) if cross.kind != "heading" and not cross.rate]
    lists = [k for k in range(len(axis.lines) - 1) if axis.lines[k].kind == "item" and axis.lines[k + 1].kind == "among"]
    found = {k: _closed_list(axis, k, crosses) for k in lists} if not axis.across else {}
    return {k: parts for k, parts in found.items() if parts}


def _closed_list(axis: Axis, k: int, crosses: Sequence[int]) -> tuple[int, ...]:
    lines = axis.lines
    below = list(takewhile(lambda p: lines[p].kind in ("item", "among"), range(k + 1, min(len(lines), k + _LONGEST_RUN))))
    nearly: tuple[int, ...] = ()
    for end in range(2, len(below) + 1):
        ties = [tie(axis.grid[k][c], [axis.grid[p][c] for p in below[:end]]) for c in crosses]
        if Tie.FIRM in ties and Tie.OFF not in ties:
            return tuple(below[:end])
        if not nearly and ties.count(Tie.FIRM) >= _FEWEST_FIRM and ties.count(Tie.OFF) == 1:
            nearly = tuple(below[:end])
    return nearly


def _unnumbered(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows without a number below a numbered one; only the figures tell whether they are its parts."""
    if not lines[k].rank:
        return ()
    return tuple(takewhile(lambda p: lines[p].kind == "item" and not lines[p].rank, range(k + 1, len(lines))))


def _over_unnumbered(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows numbered right below a numbered one, over rows without a number that are parts of theirs."""
    first = lines[k + 1].rank if k + 1 < len(lines) else 0
    if not 0 < lines[k].rank < first:
        return ()
    listed = (p for p in range(k + 1, len(lines)) if not _is_blank_item(lines, p))
    below = takewhile(lambda p: lines[p].kind == "item" and not 0 < lines[p].rank < first, listed)
    return tuple(p for p in below if lines[p].rank == first)


def _numbered(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows of one numbering below a row without a number; only the figures tell whether they are its parts.

    Lists that 其中 begins may stand between them.
    """
    if lines[k].rank or k + 1 == len(lines) or not lines[k + 1].rank:
        return ()
    rank, found, p = lines[k + 1].rank, list[int](), k + 1
    while p < len(lines) and lines[p].rank == rank and (lines[p].kind == "item" or _is_blank_item(lines, p)):
        found += [p] if lines[p].kind == "item" else []
        p += 1 + len(_below(lines, p))
    return tuple(found)


def _all_beside(lines: Sequence[Line], k: int) -> tuple[int, ...]:
    """Return the rows below the first row of a list, or above its last; only the figures tell whether it is their total.

    A county and its towns: none has a number, and no row is called a total.
    """
    start = next((p + 1 for p in range(k - 1, -1, -1) if lines[p].kind == "heading"), 0)
    stop = next((p for p in range(k + 1, len(lines)) if lines[p].kind == "heading"), len(lines))
    plain = all(lines[p].kind == "item" and not lines[p].rank for p in range(start, stop))
    if not plain or k not in (start, stop - 1) or stop - start <= _FEWEST_NUMBERED:
        return ()
    return tuple(p for p in range(start, stop) if p != k)


@lru_cache(maxsize=1)
def _up_to_sums(axis: Axis) -> dict[int, tuple[int, ...]]:
    """Return the rows without numbers right below each row up to where they add up to it, in columns with different figures.

    Nothing else tells that they are its parts, so that they have to in all columns: 专科医院 and its kinds. Parts of such a
    part are not counted again, and rows left blank may stand between.
    """
    if axis.across or len(axis.lines) > _MOST_TO_FOLD:
        return {}
    crosses = [c for c, cross in enumerate(axis.crosses) if cross.kind != "heading" and not cross.rate]
    figures = [[usable(line[c]) for c in crosses] for line in axis.grid]
    bases = [[figure.base if figure is not None else None for figure in row] for row in figures]
    found: dict[int, tuple[int, ...]] = {}
    for k in range(len(axis.lines) - 1, -1, -1):
        if axis.lines[k].kind == "item" and len({base for base in bases[k] if base}) >= _FEWEST_FIRM:
            parts = _up_to_its_sum(axis.lines, bases, k, found)
            found.update({k: parts} if parts else {})
    return found


def _up_to_its_sum(
    lines: Sequence[Line], bases: Sequence[Sequence[Decimal | None]], k: int, known: Mapping[int, tuple[int, ...]]
) -> tuple[int, ...]:
    parts: list[int] = []
    sums = [Decimal(0)] * len(bases[k])
    p = k + 1
    while p < min(len(lines), k + _LONGEST_RUN) and not lines[p].rank and lines[p].kind in ("item", "heading"):
        if lines[p].kind == "item":
            parts.append(p)
            sums = [total + (base or 0) for total, base in zip(sums, bases[p], strict=True)]
            if len(parts) > 1 and all(whole is None or whole == total for whole, total in zip(bases[k], sums, strict=True)):
                return tuple(parts)
        p = known[p][-1] + 1 if p in known else p + 1
    return ()


def _highest(lines: Sequence[Line], below: Sequence[int]) -> tuple[int, ...]:
    """Return those of the lines below another that stand highest in the outline."""
    ranks = [lines[p].rank for p in below if lines[p].rank]
    return tuple(p for p in below if lines[p].rank == min(ranks)) if ranks else tuple(below)


def _unlabelled_total(axis: Axis) -> int | None:
    """Return the last row of figures, when it alone has no label; notes may follow."""
    rows = [n for n, line in enumerate(axis.lines) if line.kind != "heading"]
    if axis.across or len(rows) < 3 or axis.lines[rows[-1]].label.strip() or axis.lines[rows[-1]].kind != "item":
        return None
    return rows[-1] if all(axis.lines[n].label.strip() for n in rows[:-1]) else None


def _all_exact(axis: Axis, k: int, found: _Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a sum meets to the last digit wherever there is one."""
    for n, cross in enumerate(crosses):
        if found.ties[n] in (Tie.NONE, Tie.OFF):
            continue
        whole = usable(axis.grid[k][cross])
        figures = [q for p in found.way.parts if (q := usable(axis.grid[p][cross])) is not None]
        bounds = intervals([whole, *figures]) if whole is not None else None
        if bounds is None or sum((b.low + b.high for b in bounds[1:]), Decimal(0)) != bounds[0].low + bounds[0].high:
            return False
    return True


# --- what a total may be made of ------------------------------------------------------------------------------------


def _ways(axis: Axis, k: int, crosses: Sequence[int], level: Level | None = None) -> Iterator[_Way]:
    """Yield the ways to take a total apart, the most natural first, each set of parts once."""
    seen: set[tuple[int, ...]] = set()
    for name, natural, parts in _all_ways(axis, k, crosses, level or axis.lines[k].level):
        if len(parts) > axis.across and k not in parts and parts not in seen:
            seen.add(parts)
            yield _Way(name, natural, parts)


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
        yield _AMONG, True, tuple(p for p in _below(lines, k) if not lines[p].rate)
    if not axis.across and not lines[k].rank and k + 1 < len(lines) and lines[k + 1].rank:
        rank = lines[k + 1].rank
        under = takewhile(lambda p: lines[p].kind == "item" and lines[p].rank >= rank, range(k + 1, len(lines)))
        yield "numbered", True, _highest(lines, list(under))
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
        for length in range(2, min(len(own), _LONGEST_RUN)):
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
    if level.height < _GRAND or _has_many_totals(axis):
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
    kinds = {p: "item" if place == "group" and _is_item_of_group(lines[p]) else lines[p].kind for p in reach}
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
            within = {q for p in chosen for q in _closed(axis).get(p, ())}
            yield f"{name}.closed", tuple(p for p in chosen if p not in within and kinds[p] == "item")


def _is_item_of_group(line: Line) -> bool:
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
        return tuple(p for p in items if not any(_under(lines[p].code, code) for code in codes))
    ranks = {lines[p].rank for p in items if lines[p].rank}
    return tuple(p for p in items if lines[p].rank == min(ranks)) if ranks else tuple(items)


def _under(code: str, above: str) -> bool:
    """Tell whether a code is one within another: 20502 within 205."""
    return bool(above) and code != above and code.startswith(above)


def _leaves(lines: Sequence[Line], items: Sequence[int]) -> tuple[int, ...]:
    """Return the lines under which no other stands, by code or by numbering."""
    codes = {lines[p].code for p in items if lines[p].code}
    if codes:
        return tuple(p for p in items if not any(_under(code, lines[p].code) for code in codes))
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
    if len(items) > _MOST_TO_FOLD:
        return ()
    kept: list[int] = []
    n = 0
    while n < len(items):
        kept.append(items[n])
        n = _end_of_parts(axis, items, n, crosses)
    return tuple(kept)


def _end_of_parts(axis: Axis, items: Sequence[int], n: int, crosses: Sequence[int]) -> int:
    """Return the index after the parts of a line; the next one when it has none."""
    for end in range(n + 3, min(len(items), n + 1 + _LONGEST_RUN) + 1):
        ties = [tie(axis.grid[items[n]][c], [axis.grid[p][c] for p in items[n + 1 : end]]) for c in crosses]
        if Tie.FIRM in ties and Tie.OFF not in ties:
            return end
    return n + 1 + (n + 1 < len(items) and _repeats(axis, items[n], items[n + 1], crosses))


def _repeats(axis: Axis, one: int, other: int, crosses: Sequence[int]) -> bool:
    """Tell whether a line has the figures of another in all columns, and different ones."""
    pairs = [(usable(axis.grid[one][c]), usable(axis.grid[other][c])) for c in crosses]
    figures = [(a.base, b.base) for a, b in pairs if a is not None and b is not None]
    same = all(a is b or (a and b and a.base == b.base) for a, b in pairs)
    return same and len({a for a, _ in figures if a}) >= _FEWEST_FIRM


# --- which of them are right ----------------------------------------------------------------------------------------


def _try(axis: Axis, k: int, way: _Way, crosses: Sequence[int]) -> _Tried:
    ties = tuple(tie(axis.grid[k][c], [axis.grid[p][c] for p in way.parts]) for c in crosses)
    if any(_has_lost_figures(axis, p) for p in way.parts):
        ties = tuple(Tie.NONE if found is Tie.OFF else found for found in ties)
    return _Tried(way, ties)


def _has_lost_figures(axis: Axis, p: int) -> bool:
    """Tell whether a row may lack figures that it had: then a sum that is off says nothing."""
    return not axis.across and _is_open(axis, axis.lines[p])


def _is_open(axis: Axis, row: Line) -> bool:
    table = axis.section.table
    return table is not None and bool(table.open_rows) and int(row.key[1:]) in table.open_rows


def _styles(axis: Axis, tried: dict[int, list[_Tried]]) -> dict[tuple[int, str], list[tuple[int, int, int]]]:
    """Collect, for each kind of way, at which totals of a level it holds: line, columns that hold, columns that don't."""
    styles: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
    for k, ways in tried.items():
        best: dict[str, _Tried] = {}
        for found in ways:
            if found.way.natural:
                rival = best.get(found.way.name, found)
                best[found.way.name] = found if found.firm - found.off >= rival.firm - rival.off else rival
        for name, found in best.items():
            styles.setdefault((axis.lines[k].level.height, name), []).append((k, found.firm, found.off))
    return styles


def _judge(
    axis: Axis, k: int, ways: list[_Tried], crosses: Sequence[int], styles: dict[tuple[int, str], list[tuple[int, int, int]]]
) -> Iterator[Place]:
    """Choose the ways that the figures bear out, and yield the total in each column; nothing where none is."""
    natural = [found for found in ways if found.way.natural]
    exotic = [found for found in ways if not found.way.natural]
    sound = [found for found in ways if found.held and not found.off]
    if not axis.lines[k].level.exact:
        # A list of its own says more than rows elsewhere that give the total too: income is spending plus surplus.
        natural.sort(key=lambda found: found.way.name != _AMONG)
        best = next((f for f in natural if f.firm >= 2 and f.off <= f.firm // 2), None)
        best = best or next((f for f in exotic if f.firm >= 2 and f.off <= f.firm // 3), None)
        best = best or next((f for f in natural if f.firm and not f.off), None)
        once = [f for f in natural if f.firm and f.off == 1]
        sure = (f for f in once if _learnt(axis, k, f, styles) or _is_numbered(axis, k, f) or _adds_points(axis, k, f, crosses))
        best = best or next(sure, None)
        best = best or next((f for f in natural if f.off == 1 and not f.held and _is_whole_numbering(axis, k, f)), None)
        if best is not None:
            yield from _emit(axis, k, _choose(sound, best), crosses, _accused(axis, k, best, crosses))
        return
    confirmed = [f for f in natural if f.firm and f.off <= max(1, f.firm // 2) and (f.firm >= f.off)]
    others = [f for f in confirmed if f.firm > f.off] or [f for f in confirmed if not any(s.firm >= 2 for s in sound)]
    if others:
        best = min(others, key=lambda f: (f.off, -f.firm))
        chosen = [f for f in others if f.off == best.off] if best.off else [f for f in others if not f.off]
        yield from _emit(axis, k, chosen, crosses, _accused(axis, k, best, crosses))
        return
    # All rows but the first may add up because it stands there twice.
    whole = [f for f in natural[:1] if sound and not any(s.way.natural for s in sound) and _is_whole_list(axis, f)]
    if any(_has_row_twice(axis, k, f, crosses) for f in whole):
        yield from _emit(axis, k, whole, crosses, _accused(axis, k, whole[0], crosses, learnt=True))
        return
    if sound:
        yield from _emit(axis, k, sorted(sound, key=lambda f: (not f.way.natural, -f.firm))[:3], crosses, frozenset())
        return
    by_figures = [f for f in exotic if f.firm >= 2 and f.firm >= 2 * f.off]
    if by_figures:
        best = min(by_figures, key=lambda f: (f.off, -f.firm))
        yield from _emit(axis, k, [f for f in by_figures if f.off == best.off], crosses, _accused(axis, k, best, crosses))
        return
    stated = [f for f in natural if f.off or f.held or Tie.EMPTY in f.ties]
    if not stated:
        return
    if not any(f.off for f in stated[:1]):
        yield from _emit(axis, k, stated[:1], crosses, frozenset())
        return
    learnt = [f for f in stated if _learnt(axis, k, f, styles)]
    if learnt and learnt[0].off <= 1:
        yield from _emit(axis, k, learnt, crosses, _accused(axis, k, learnt[0], crosses, learnt=True))
    elif stated[0].off == 1 and _plain(axis, k, stated[0]):
        yield from _emit(axis, k, [f for f in stated if f.off <= 1], crosses, _accused(axis, k, stated[0], crosses))
    elif listed := [f for f in stated if f.off == 1 and _is_beside_lists(axis, k, f, crosses)]:
        yield from _emit(axis, k, listed[:1], crosses, _accused(axis, k, listed[0], crosses, learnt=True))
    elif stated[0].off == 1 and _only_adds(axis, k, crosses):
        yield from _emit(axis, k, stated[:1], crosses, _accused(axis, k, stated[0], crosses, learnt=True))
    elif numbered := [f for f in stated if f.off == 1 and _is_numbered(axis, k, f)]:
        yield from _emit(axis, k, numbered[:1], crosses, _accused(axis, k, numbered[0], crosses))
    elif stated[0].held >= stated[0].off and stated[0].off == 1 and _uniform(axis, stated[0]):
        yield from _emit(axis, k, stated[:1], crosses, _accused(axis, k, stated[0], crosses))
    elif _is_whole_list(axis, stated[0]) and (_lacks_a_row(axis, stated[0]) or _has_row_twice(axis, k, stated[0], crosses)):
        yield from _emit(axis, k, stated[:1], crosses, _accused(axis, k, stated[0], crosses, learnt=True))


def _choose(sound: list[_Tried], best: _Tried) -> list[_Tried]:
    return [best] if best.off or not sound else [best, *(f for f in sound if f is not best and f.way.natural)][:3]


def _learnt(axis: Axis, k: int, found: _Tried, styles: dict[tuple[int, str], list[tuple[int, int, int]]]) -> bool:
    """Tell whether other totals of the same level are read this way, and hold."""
    rest = [entry for entry in styles.get((axis.lines[k].level.height, found.way.name), []) if entry[0] != k]
    firm, off = sum(entry[1] for entry in rest), sum(entry[2] for entry in rest)
    return firm >= 2 and firm >= 3 * off


def _uniform(axis: Axis, found: _Tried) -> bool:
    return all(axis.lines[p].kind == "item" and not axis.lines[p].rank and not axis.lines[p].code for p in found.way.parts)


def _is_whole_list(axis: Axis, found: _Tried) -> bool:
    """Tell whether a total is that of all other rows of a table as its author drew it, one like the other.

    The heading of another table may stand below them.
    """
    listed = len(found.way.parts) + 1
    return (
        not axis.across
        and _is_drawn(axis)
        and listed > _FEWEST_NUMBERED
        and all(line.kind == "heading" for line in axis.lines[listed:])
        and max(found.way.parts) <= listed - 1
        and _uniform(axis, found)
    )


def _is_drawn(axis: Axis) -> bool:
    """Tell whether a table is as its author drew it, and of no form: forms have rules of their own for what is blank."""
    section = axis.section
    return section.table is not None and not section.table.inferred and section.owner is None


def _lacks_a_row(axis: Axis, found: _Tried) -> bool:
    """Tell whether a number is missing from those that stand first in the rows: 1, 2, 4."""
    rows = axis.section.table.rows if axis.section.table is not None else ()
    first = [next((cell for cell in rows[int(axis.lines[p].key[1:])] if cell is not None), None) for p in found.way.parts]
    numbers = [int(cell.text) for cell in first if cell is not None and cell.text.isdecimal()]
    in_order = len(numbers) == len(first) and numbers[0] == 1 and all(one < other for one, other in pairwise(numbers))
    return in_order and numbers[-1] > len(numbers)


def _has_row_twice(axis: Axis, k: int, found: _Tried, crosses: Sequence[int]) -> bool:
    """Tell whether a total is right without one of its rows, which has the label and all figures of the row above it."""

    def row(p: int) -> tuple[str, ...]:
        return axis.lines[p].label, *(fact.text if (fact := axis.grid[p][c]) is not None else "" for c in crosses)

    for p, q in pairwise(found.way.parts):
        if row(p) == row(q):
            once = _try(axis, k, found.way._replace(parts=tuple(part for part in found.way.parts if part != q)), crosses)
            return once.firm >= _FEWEST_FIRM and not once.off
    return False


def _plain(axis: Axis, k: int, found: _Tried) -> bool:
    """Tell whether the only column leaves no doubt what the total is made of: plain rows, or subtotals that hold."""
    lines = axis.lines
    parts = found.way.parts
    if len(parts) < 2 or (axis.across and not lines[k].group and not _covers_all(axis, k, parts)):
        return False
    reach = range(min(*parts, k), max(*parts, k) + 1)
    within = axis.across and bool(lines[k].group)
    others = [p for p in reach if lines[p].rate or lines[p].kind in ("among", "unknown", "heading")]
    if any(lines[p].rate or not (within and _is_item_of_group(lines[p])) for p in others):
        return False
    if len({lines[p].rank for p in parts}) > 1 or any(lines[p].code for p in parts):
        return False
    return not any(lines[p].kind == "total" for p in parts) or all(lines[p].kind == "total" for p in parts)


def _adds_points(axis: Axis, k: int, found: _Tried, crosses: Sequence[int]) -> bool:
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


def _is_numbered(axis: Axis, k: int, found: _Tried) -> bool:
    """Tell whether the parts are the rows of one numbering, with nothing beside them but what stands below each.

    合计 and then 1. 2. 3., with 其中 below one of them.
    """
    lines, parts = axis.lines, found.way.parts
    ranks = {lines[p].rank for p in parts}
    if axis.across or len(parts) < _FEWEST_NUMBERED or len(ranks) > 1 or 0 in ranks or any(lines[p].rate for p in parts):
        return False
    below = {q for p in parts for q in _below(lines, p)}
    reach = range(min(*parts, k), max(*parts, *below, k) + 1)
    return all(p == k or p in parts or p in below for p in reach)


def _is_whole_numbering(axis: Axis, k: int, found: _Tried) -> bool:
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
    return tuple(filled) == parts and deeper and in_order and plain and len(numbered) >= _FEWEST_NUMBERED


def _only_adds(axis: Axis, k: int, crosses: Sequence[int]) -> bool:
    """Tell whether a grand total can't be the total above it with whichever of the few rows between them.

    本年收入合计, 年初结转和结余, 总计: some of the rows between may be parts of others.
    """
    lines = axis.lines
    totals_above = [p for p in range(k) if lines[p].kind == "total"]
    if axis.across or lines[k].level.height <= _GRAND or len(totals_above) != 1 or not lines[k].level.exact:
        return False
    above = totals_above[0]
    between = range(above + 1, k)
    if not 0 < len(between) <= _MOST_BETWEEN or any(lines[p].kind in ("total", "unknown") or lines[p].rate for p in between):
        return False
    ways = [subset for size in range(len(between) + 1) for subset in combinations(between, size)]
    return all(
        tie(axis.grid[k][c], [axis.grid[p][c] for p in (above, *way)]) in (Tie.OFF, Tie.NONE) for c in crosses for way in ways
    )


def _is_beside_lists(axis: Axis, k: int, found: _Tried, crosses: Sequence[int]) -> bool:
    """Tell whether the only total is that of all plain rows but those of lists that 其中 begins, each of which adds up.

    A list that doesn't, but would make the total right, says the same: the row above it is wrong.
    """
    lines, parts = axis.lines, found.way.parts
    reach = range(min(*parts, k), max(len(lines) if k < parts[0] else k, max(parts) + 1))
    lists = {p: _below(lines, p) for p in parts if p + 1 < len(lines) and lines[p + 1].kind == "among"}
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


def _accused(axis: Axis, k: int, found: _Tried, crosses: Sequence[int], *, learnt: bool = False) -> frozenset[int]:
    """Return the columns in which the total is off and can't be anything but a sum.

    `learnt`: other totals of its kind are sums of this kind.
    """
    return frozenset(
        cross
        for n, cross in enumerate(crosses)
        if found.ties[n] is Tie.OFF and not _not_a_sum(axis, k, cross, found, borne_out=learnt or found.firm > 0)
    )


def _not_a_sum(axis: Axis, k: int, cross: int, found: _Tried, *, borne_out: bool) -> bool:
    """Tell whether a figure may be a mean, an extreme or a share of its parts, or a multiple of them counted twice."""
    whole = usable(axis.grid[k][cross])
    figures = [q for p in found.way.parts if (q := usable(axis.grid[p][cross])) is not None]
    bounds = intervals([whole, *figures]) if whole is not None else None
    if bounds is None or whole is None:
        return True
    middles = [(b.low + b.high) / 2 for b in bounds]
    total, values = middles[0], middles[1:]
    solid = found.firm >= 3 or (axis.crosses[cross].money if not axis.across else axis.lines[k].money)
    filled = [value for value in values if value]
    between = len(filled) >= 2 and min(filled) <= total <= max(filled)
    outlier = len(filled) > 2 and borne_out and total not in filled and sum(filled, Decimal(0)) - max(filled) < total
    half = abs(sum(values, Decimal(0)))
    doubled = found.firm == 0 and total != 0 and half / abs(total) in (2, 3)
    average = sum(filled, Decimal(0)) / max(len(filled), 1)
    # A mean of scores is rounded, though their sum is not.
    mean = len(filled) >= 2 and total != 0 and abs((average - total) * whole.value) <= abs(total) * whole.step / 2
    return mean or doubled or (between and not solid and not outlier) or _runs_on(axis, k, cross, found.way.parts)


def _runs_on(axis: Axis, k: int, cross: int, parts: Sequence[int]) -> bool:
    """Tell whether a total of an account repeats its last balance: each is the one above it, what came in and what went out."""
    if axis.across or tie(axis.grid[k][cross], [axis.grid[parts[-1]][cross]]) is not Tie.EMPTY:
        return False
    others = [c for c, other in enumerate(axis.crosses) if c != cross and other.kind != "heading" and not other.rate]
    steps = list(pairwise(parts))
    return len(steps) >= _FEWEST_FIRM and any(
        all(_leads_to(axis, (p, cross), (q, come), (q, cross), (q, gone)) for p, q in steps)
        for come, gone in permutations(others[:_MOST_BESIDE], 2)
    )


def _leads_to(axis: Axis, *cells: tuple[int, int]) -> bool:
    """Tell whether a balance and what came in are the next balance and what went out, in four cells of this order."""
    figures = [usable(axis.grid[row][column]) for row, column in cells]
    opening, earned, closing, spent = (figure.base if figure is not None else Decimal(0) for figure in figures)
    return opening + earned == closing + spent


def _emit(axis: Axis, k: int, chosen: Sequence[_Tried], crosses: Sequence[int], accused: frozenset[int]) -> Iterator[Place]:
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
            readings.append(_names(whole, facts, row, column))
        complete = bool(fits) or not (_may_be_missing(axis, chosen[0], cross, crosses, whole) or _may_go_on(axis, k, chosen[0]))
        path = f"{whole.pointer.path}.{'across' if axis.across else 'down'}"
        read = axis.section.complete or (axis.across and not _is_open(axis, axis.crosses[cross]))
        yield Place(path, tuple(readings), whole.pointer, complete and read, axis.section)


def _is_left_blank(axis: Axis, k: int, whole: Fact, cross: int, chosen: Sequence[_Tried], crosses: Sequence[int]) -> bool:
    """Tell whether nothing stands where a total of amounts or points is due; others of its row or column hold.

    Where several are blank they may well be left so on purpose.
    """
    if whole.text.strip() or not whole.blank or not chosen or chosen[0].off or not _is_drawn(axis):
        return False
    line = axis.lines[k] if axis.across else axis.crosses[cross]
    alike = [n for n, c in enumerate(crosses) if axis.across or axis.crosses[c].dimension == line.dimension]
    firm = sum(chosen[0].ties[n] is Tie.FIRM for n in alike)
    left = [fact for n in alike if (fact := axis.grid[k][crosses[n]]) is not None and fact.blank]
    filled = [q for p in chosen[0].way.parts if (q := usable(axis.grid[p][cross])) is not None and q.value]
    due = (line.money or line.dimension == "points") and firm >= _FEWEST_FIRM and len(left) == 1 and len(filled) > 1
    return due and (axis.across or line.dimension == "points" or _is_bound(axis, chosen[0].way.parts, cross))


def _is_bound(axis: Axis, rows: Sequence[int], column: int) -> bool:
    """Tell whether each row binds an amount to two others, by a sum or a rate: prices, limits and balances are not added up."""
    others = [c for c, cross in enumerate(axis.crosses) if c != column and cross.kind != "heading"][:_MOST_BESIDE]

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
        if any(held.count(True) >= _FEWEST_FIRM and False not in held for held in told):
            return True
    return False


def _may_go_on(axis: Axis, k: int, found: _Tried) -> bool:
    """Tell whether the parts below a total are the last rows of a text, which may have been cut between two of them.

    A column that adds up shows that they are all there.
    """
    last = k < max(found.way.parts) == len(axis.lines) - 1
    return axis.section.ends_text and not axis.across and last and not found.firm


def _may_be_missing(axis: Axis, found: _Tried, cross: int, crosses: Sequence[int], whole: Fact) -> bool:
    """Tell whether empty cells may hide what is missing; not where they count as nothing in another column."""

    def empty(column: int) -> bool:
        return any((fact := axis.grid[p][column]) is None or not fact.text.strip() for p in found.way.parts)

    if not empty(cross) or whole.quantity is None or (found.firm >= _FEWEST_FIRM and found.off == 1 and _is_drawn(axis)):
        return False
    if any(found.ties[n] is Tie.FIRM and empty(other) for n, other in enumerate(crosses)):
        return False
    values = [q.base for p in found.way.parts if (q := usable(axis.grid[p][cross])) is not None]
    return sum(values, Decimal(0)) < whole.quantity.base


def _names(total: Fact, parts: tuple[Fact, ...], row: str, column: str) -> Names:
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
