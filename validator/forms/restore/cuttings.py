"""Rows of indicators that ran together into one text, `合格率10≥95%≥96%10达标率…`, and the ways there are to cut them up.

Comes in: what stands between two words of groups, and which values a row has. Goes out: every way to cut it into rows, as steps
from one place to another, and of these what holds whichever way is right. A target and an actual are parted by their common
unit, a weight and a score by what numbers of points look like: which of several cuttings is right is asked of sums that the
form states, and a row that only they tell has to bear itself out besides.
No cutting is preferred for agreeing with a rule alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.forms.restore.shapes import SIGN_WORDS, SIGNS, number_of

_NUMBER = r"(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?"
_SIGN = rf"(?:[{SIGNS}]{{1,2}}|{SIGN_WORDS.pattern})?"
_SIGNS = re.compile(_SIGN)
_PAIR = re.compile(
    rf"(?P<target>{_SIGN}(?P<plan>{_NUMBER})(?P<unit>[^\d\s{SIGNS}.,，;；:：]{{1,6}}))"
    rf" ?(?P<actual>{_SIGN}(?P<done>{_NUMBER})(?P=unit))"
)
_POINTS = re.compile(r"(?:0|[1-9]\d?|100)(?:\.\d{1,2})?")
_RUN = re.compile(r"\d[\d.]*")
_TWICE = re.compile(r"(?=\d{0,4}[\u4e00-\u9fff])(.{2,20})\1")
_WORD_END = re.compile(r"[\u4e00-\u9fff)）”》]")
_NEVER_BEHIND = re.compile(r"[\d.%％‰,，~～/+*×-]")
_NEVER_FIRST = re.compile(rf"[{SIGNS}%％‰.,，)）]")
_MARK = re.compile(r"[\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
_PER_CENT = "%％"
_MOST_PER_CENT = 1000
_FULL = 100
_LONGEST_UNIT = 3
_LONGEST_SAID_TWICE = 20
_LONGEST_NAME = 120
_MOST_SUMS = 400
"""Sums of one place beyond which it is not asked which cuttings give the one that the form states."""
_MISREAD_SIGN = "2"
"""What a sign for at least is read as where a page was scanned: ≥90% becomes 290%."""

Cells = Mapping[str, tuple[int, int]]
"""Column id to where its text stands."""


class Way(NamedTuple):
    """One way to cut a row: from where to where its name stands, its cells, and where it ends."""

    start: int
    name_end: int
    cells: Cells
    end: int


class Kinds(NamedTuple):
    """Which values a row has, in order: ids of points before and behind the target and the actual."""

    before: tuple[str, ...]
    target: str
    actual: str
    behind: tuple[str, ...]


def ways_of(text: str, start: int, end: int, kinds: Kinds, is_unit: Callable[[str], bool]) -> list[Way]:
    """Return every step of the ways to cut a stretch into rows that use all of it up; nothing where there is none.

    What is left behind the last row is a remark, without figures; where rows have no points it may be rows that can't be cut.
    """
    found = _Found(text, end, kinds, is_unit)
    steps: dict[int, list[Way]] = {}
    todo = [start]
    while todo:
        at = todo.pop()
        if at in steps:
            continue
        steps[at] = found.rows_from(at)
        todo += [way.end for way in steps[at]]
    ends: set[int] = set()
    for at in sorted(steps, reverse=True):
        loose = not (kinds.before or kinds.behind) or not _DIGIT.search(text, at, end)
        if (not steps[at] and loose) or any(way.end in ends for way in steps[at]):
            ends.add(at)
    if start not in ends:
        return []
    return [way for at in sorted(steps) if at in ends for way in steps[at] if way.end in ends]


class _Found:
    """The values of rows that begin at each place of a stretch."""

    def __init__(self, text: str, end: int, kinds: Kinds, is_unit: Callable[[str], bool]) -> None:
        self._text = text
        self._end = end
        self._kinds = kinds
        self._is_unit = is_unit
        self._known: dict[int, list[tuple[Cells, int]]] = {}

    def rows_from(self, at: int) -> list[Way]:
        """Return the rows that begin at a place: their name reaches up to the first values behind it."""
        text = self._text
        if at < self._end and (_NEVER_FIRST.match(text, at) or (text[at] == "0")):
            return []
        for q in range(at + 2, min(self._end, at + _LONGEST_NAME)):
            if _WORD_END.match(text, q - 1) and _MARK.search(text, at, q) and (values := self._values(q)):
                ways = [self._way(at, q, cells, end) for cells, end in values]
                numbered = _DIGIT.search(text, at, q) is not None  # what precedes words may be a row that was not told
                return [way for way in ways if self._kinds.target in way.cells or not numbered]
        return []

    def _way(self, at: int, q: int, cells: Cells, end: int) -> Way:
        """Return a row with its name up to where its values begin: words said twice before the points are values too."""
        if self._kinds.target in cells or self._kinds.before:
            return Way(at, q, cells, end)
        for size in range(min(_LONGEST_SAID_TWICE, (q - at - 2) // 2), 1, -1):
            if twice := self._twice(q - 2 * size, q):
                return Way(at, q - 2 * size, {**twice, **cells}, end)
        return Way(at, q, cells, end)

    def _values(self, q: int) -> list[tuple[Cells, int]]:
        if q not in self._known:
            self._known[q] = list(self._pairs(q)) or list(self._words(q))
        return self._known[q]

    def _pairs(self, q: int) -> Iterator[tuple[Cells, int]]:
        for first, at in self._points(q, self._kinds.before):
            found = _PAIR.match(self._text, at, self._end)
            if found is None or not self._is_pair(found):
                continue
            values = {self._kinds.target: found.span("target"), self._kinds.actual: found.span("actual")}
            for last, end in self._points(found.end(), self._kinds.behind):
                if self._may_end(end):
                    yield {**first, **values, **last}, end

    def _is_pair(self, found: re.Match[str]) -> bool:
        unit, same = found["unit"], found["plan"] == found["done"]
        if unit in _PER_CENT:
            return max(number_of(found["plan"]), number_of(found["done"])) <= _MOST_PER_CENT
        return same or self._is_unit(unit)

    def _words(self, q: int) -> Iterator[tuple[Cells, int]]:
        """Yield rows whose target and actual are words, said twice; behind such, points tell a row without them too."""
        kinds = self._kinds
        run = _RUN.match(self._text, q, self._end)
        if not kinds.before and (
            len(kinds.behind) < 2 or run is None or self._begins_unit(run.end())
        ):  # 2021年 is no two points
            return
        for first, at in self._points(q, kinds.before):
            if len(first) < len(kinds.before):
                continue
            for said, start in self._said(at) if kinds.before else [({}, at)]:
                for last, end in self._points(start, kinds.behind):
                    if len(last) == len(kinds.behind) and self._may_end(end):
                        yield {**first, **said, **last}, end

    def _said(self, at: int) -> Iterator[tuple[Cells, int]]:
        """Yield the words at a place that are said twice, as a target and its actual."""
        if twice := _TWICE.match(self._text, at, self._end):
            yield self._twice(at, twice.end()), twice.end()

    def _twice(self, start: int, end: int) -> Cells:
        middle = (start + end) // 2
        if (end - start) % 2 or self._text[start:middle] != self._text[middle:end] or end - middle > _LONGEST_SAID_TWICE:
            return {}
        return {self._kinds.target: (start, middle), self._kinds.actual: (middle, end)}

    def _points(self, at: int, ids: Sequence[str]) -> Iterator[tuple[Cells, int]]:
        """Yield the ways to read points one after the other; any of them may have been left blank."""
        yield from self._some_points(at, ids, {})

    def _some_points(self, at: int, ids: Sequence[str], before: Cells) -> Iterator[tuple[Cells, int]]:
        if not ids:
            yield before, at
            return
        yield from self._some_points(at, ids[1:], before)
        begin = at + (self._text[at : at + 1] == " ")
        run = _RUN.match(self._text, begin, self._end)
        for size in range(1, min(len(run.group()), 6) + 1) if run else ():
            if _POINTS.fullmatch(self._text, begin, begin + size):
                yield from self._some_points(begin + size, ids[1:], {**before, ids[0]: (begin, begin + size)})

    def _may_end(self, at: int) -> bool:
        """Tell whether a row may end at a place: the next name begins with a figure only before a unit."""
        if at >= self._end:
            return True
        text = self._text
        if text[at] == " ":
            at += 1
        run = _RUN.match(text, at, self._end)
        if run is None:
            return _NEVER_BEHIND.match(text, at) is None
        behind = run.end()
        return text[at] != "0" and _MARK.match(text, behind) is not None and self._begins_unit(behind)

    def _begins_unit(self, at: int) -> bool:
        return any(self._is_unit(self._text[at : min(at + size, self._end)]) for size in range(1, _LONGEST_UNIT + 1))


def fitting(ways: Sequence[Way], start: int, goal: Decimal, column: str, text: str) -> list[Way]:
    """Return the steps on the way to a sum that the form states; all of them where none leads there, or too many do."""
    wanted = int(goal * _FULL)
    sizes = [int(number_of(text[slice(*way.cells[column])]) * _FULL) if column in way.cells else 0 for way in ways]
    froms: dict[int, set[int]] = {start: {0}}
    for way, size in zip(ways, sizes, strict=True):
        sums = froms.setdefault(way.end, set())
        sums |= {before + size for before in froms.get(way.start, ()) if before + size <= wanted}
        if len(sums) > _MOST_SUMS:
            return list(ways)
    last = max(way.end for way in ways) if ways else start
    if wanted not in froms.get(last, ()):
        return list(ways)
    backs: dict[int, set[int]] = {last: {0}}
    kept: list[Way] = []
    for way, size in zip(reversed(ways), reversed(sizes), strict=True):
        after = backs.get(way.end, set())
        if any(wanted - size - rest in froms.get(way.start, ()) for rest in after):
            kept.append(way)
            backs.setdefault(way.start, set()).update(size + rest for rest in after)
    return kept[::-1]


def settled(ways: Sequence[Way], fit: Sequence[Way], kinds: Kinds, text: str) -> list[Way]:
    """Return the rows that stand whichever way is right: no other way crosses them.

    `fit`: the ways that sums leave. A row that only those leave alone must have reached its target and its points, as must one
    of several that alone has both.
    """
    certain = _alone(ways)
    left = _alone(fit)
    chosen = [way for way in left if way in certain or _bears_out(way, kinds, text, both=False)]
    taken = {way.start for way in chosen}
    whole = [way for way in ways if _bears_out(way, kinds, text, both=True)]
    more = [way for way in _alone(whole) if way.start not in taken and way in fit and _begins_all(way, ways)]
    return sorted([*chosen, *(way for way in more if not _crosses(way, chosen))])


def _alone(ways: Sequence[Way]) -> list[Way]:
    """Return the ways that no other one crosses."""
    alone: list[Way] = []
    ordered = sorted(ways, key=lambda way: (way.start, way.end))
    reach = -1
    for n, way in enumerate(ordered):
        behind = ordered[n + 1].start if n + 1 < len(ordered) else way.end
        if way.start >= reach and behind >= way.end:
            alone.append(way)
        reach = max(reach, way.end)
    return alone


def _crosses(way: Way, others: Sequence[Way]) -> bool:
    return any(way.start < other.end and other.start < way.end for other in others)


def _begins_all(way: Way, ways: Sequence[Way]) -> bool:
    """Tell whether every way that crosses this one begins where it does: only where its cells end is open."""
    return all(other.start == way.start for other in ways if other.start < way.end and way.start < other.end)


def _bears_out(way: Way, kinds: Kinds, text: str, *, both: bool) -> bool:
    """Tell whether a row reached its target, or got all its points; or both."""
    values = {id: text[slice(*span)] for id, span in way.cells.items()}
    points = (*kinds.before, *kinds.behind)
    reached = kinds.target in values and _bare(values[kinds.target]) == _bare(values.get(kinds.actual, ""))
    full = len(points) > 1 and all(id in values for id in points) and len({values[id] for id in points}) == 1
    if both:
        return reached and (full or len(points) < 2) and all(id in values for id in points)
    return reached or full


def _bare(value: str) -> str:
    """Return a value without its sign."""
    return value[_SIGNS.match(value).end() :]  # type: ignore[union-attr]  # it may be empty


def is_doubtful(name: str, target: str, actual: str, *, signs_occur: bool) -> bool:
    """Tell whether a target that was not reached may have lost its sign: a letter before it, 290% for ≥90%."""
    plan, done = number_of(_bare(target)), number_of(_bare(actual))
    if actual[:1] == _MISREAD_SIGN and number_of(actual[1:]) == plan:
        return True
    if _bare(target) != target:
        return False
    if not _WORD_END.fullmatch(name[-1:]):
        return True
    if done >= plan:
        return False
    misread = target[:1] == _MISREAD_SIGN and number_of(target[1:]) <= done
    return misread or (not signs_occur and plan != _FULL)
