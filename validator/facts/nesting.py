"""Put the rows of a section under each other: parts under their total or subtotal, 其中 rows and rows `within` others.

Comes in: a section with its records in order. Goes out: nothing; `parent`, `children` and `depth` of the records are set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from validator.forms.labels import take_apart
from validator.forms.ordinals import Ordinal, ordinal_of
from validator.model.fact import Record, Section

_NUMBERED = re.compile(r"(?:[^():]{1,12}:)?\s*\((\d{1,2})\)")
_HEADED = re.compile(r"[^():]{2,12}:\s*[^\s:\d]")
_FEWEST_PARTS = 2
_POINTS = ("weight", "score")
_MOST_ROWS, _MOST_STEPS = 24, 4000
"""Of a total whose rows are put in order by what they add up to."""
_OF_MONEY = ("money", "")
"""What an amount measures: of money, or of what the table doesn't say."""


def nest(
    section: Section,
    within: Mapping[str, tuple[str, ...]],
    *,
    items: bool,
    among: Collection[int] = (),
    group_of: Callable[[str], int] | None = None,
) -> None:
    """Nest the records. `among`: numbers of those beside which 其中 stands in a cell of its own.

    `within`: kinds of rows that a kind may be a part of. `items`: the rows are items (indicators), not parts of a total.
    `group_of`: which level of groups a label is a word of (-1: none), where groups have no column of their own.
    """
    _tell_last_total(section.records)
    if items:
        _nest_items(section.records)
    else:
        _nest_parts(section.records, within, among)
    _nest_below_subtotals(section.records)
    if items and group_of is not None:
        _nest_groups(section.records, group_of)


def _nest_parts(records: list[Record], within: Mapping[str, tuple[str, ...]], among: Collection[int]) -> None:
    """Put parts under their total, 其中 rows and rows `within` others under those.

    A heading (按收入性质分：) begins another way to divide the total. It has its rows below it where it gives their sum itself.
    """
    top = total = _total_below(records)
    above: list[Record] = []
    headed: set[int] = set()
    for number, record in enumerate(records):
        if record.role == "total":
            top, total, above = record, record, []
            continue
        if record.role == "group":
            top, above = total, []
            if not _gives_a_figure(record):
                headed.update(below.row for below in records[number + 1 : number + 2])
                continue
            headed.add(record.row)
            _put(record, total)
            record.role, top = "part", record
            continue
        whole = next((r for r in reversed(above) if r.kind in within.get(record.kind, ())), None)
        # A row that says word for word what the one above says was written twice; it is no part of it.
        if whole is None and above and (number in among or _is_among(record)) and _label(record) != _label(above[-1]):
            whole = above[-1]
        if whole is None:
            above.append(record)
            whole = top
        _put(record, whole)
    for record in records:
        _tell_cuts(record, headed)
    for record in records:
        if record.parent is None and not headed and not record.cuts and any(map(_is_wrong, (record, *record.below()))):
            _arrange(record, within)


def _is_wrong(whole: Record) -> bool:
    """Tell whether a row with parts is their sum in no column."""
    return bool(whole.children) and not any(_adds_up(whole, whole.children, id) for id in _amounts_of(whole))


def _arrange(whole: Record, within: Mapping[str, tuple[str, ...]]) -> None:
    """Nest what is below a total so that each row is the sum of its parts, where words leave one wrong in every column.

    财政性资金 1500, 上级转移支付 900, 本级资金 600 below a total of 1500: no word says that the last two are in the first; and
    省级财政资金, mostly a part of 财政拨款, stands beside it where 财政拨款 is the money of the county.
    """
    rows = sorted(whole.below(), key=lambda row: row.row)
    if not _FEWEST_PARTS <= len(rows) <= _MOST_ROWS or any(row.role == "subtotal" for row in rows):
        return
    found = _Arrangement(whole, rows, within).found()
    if found is None:
        return
    for row in rows:
        row.children = []
    whole.children = []
    _put_under(whole, [rows[n] for n in range(len(rows))], found)


def _put_under(whole: Record, rows: Sequence[Record], heads: Mapping[int, int]) -> None:
    """Put rows under the ones whose numbers `heads` gives, those without one under the whole."""
    for n, row in enumerate(rows):
        _put(row, rows[heads[n]] if n in heads else whole)


class _Arrangement:
    """The ways to put each row of a total under one of those above it."""

    def __init__(self, whole: Record, rows: Sequence[Record], within: Mapping[str, tuple[str, ...]]) -> None:
        self._rows = (*rows, whole)
        self._among = [_is_among(row) for row in rows]
        self._within = within
        self._known: dict[tuple[int, int], dict[int, int] | None] = {}
        self._left = _MOST_STEPS

    def found(self) -> dict[int, int] | None:
        """Return the number of the row that each row is a part of, but for those of the total; None where nothing adds up."""
        return self._below(len(self._rows) - 1, 0, len(self._rows) - 1)

    def _below(self, head: int, start: int, end: int) -> dict[int, int] | None:
        """Return how the rows from `start` to `end` (excluded) make up another; of several ways the one that nests least."""
        if (head, end) not in self._known:
            ids = _amounts_of(self._rows[head])
            ways = self._ways(start, end) if ids and any(map(_amounts_of, self._rows[start:end])) else ()
            right = (nested for tops, nested in ways if _adds_up_mostly(self._rows[head], [self._rows[n] for n in tops], ids))
            self._known[head, end] = min(right, key=self._cost, default=None)
        return self._known[head, end]

    def _cost(self, nested: Mapping[int, int]) -> tuple[int, int]:
        """Rank a way: rows that 其中 begins belong to another, of others as few as possible do."""
        return sum(self._among[n] and n not in nested for n in range(len(self._among))), len(nested)

    def _may_hold(self, head: int) -> bool:
        """Tell whether the one row below another may be all of it: not where it says the same, nor a kind beside it.

        其中 and a number of another kind (1. and （1）) say that it is.
        """
        whole, part = self._rows[head : head + 2]
        if _label(part) == _label(whole):
            return False
        if self._among[head + 1] or (_ordinal(part).rank > _ordinal(whole).rank and _ordinal(part).number == 1):
            return True
        return not (whole.kind and part.kind) or whole.kind in self._within.get(part.kind, ())

    def _ways(self, start: int, end: int) -> Iterator[tuple[list[int], dict[int, int]]]:
        """Yield the rows that may stand side by side, with those that are put under them."""
        self._left -= 1
        if start == end:
            yield [], {}
            return
        for stop in range(start + 1, end + 1) if self._left > 0 else ():
            inner = self._below(start, start + 1, stop) if stop > start + 1 else {}
            if inner is None or (stop == start + _FEWEST_PARTS and not self._may_hold(start)):
                continue
            mine = {n: inner.get(n, start) for n in range(start + 1, stop)}
            for tops, nested in self._ways(stop, end):
                yield [start, *tops], {**mine, **nested}


def _adds_up_mostly(whole: Record, parts: Sequence[Record], ids: Sequence[str]) -> bool:
    """Tell whether a sum is right in more columns than it is wrong in: one figure may be."""
    return 2 * sum(_adds_up(whole, parts, id) for id in ids) > len(ids)


def _amounts_of(record: Record) -> list[str]:
    """Return the columns in which a row has an amount of money."""
    return [id for id in record.fields if _amount(record, id)]


def _adds_up(whole: Record, parts: Iterable[Record], id: str) -> bool:
    return sum(_amount(part, id) for part in parts) == _amount(whole, id)


def _amount(record: Record, id: str) -> Decimal:
    """Return the amount of money in a column, 0 where there is none."""
    fact = record.fields.get(id)
    quantity = fact.quantity if fact is not None else None
    return quantity.base if quantity is not None and quantity.unit.dimension in _OF_MONEY else Decimal(0)


def _gives_a_figure(record: Record) -> bool:
    return any(fact.quantity is not None for fact in record.fields.values())


def _tell_cuts(whole: Record, headed: Collection[int]) -> None:
    """Keep the first run of parts as those of a total, where they are numbered from one again: the other runs are cuts.

    So are those below a heading of their own (`headed`: the rows that they begin with). Runs whose first row has the heading
    in it (资金来源：甲) and no number must each add up to the total in some column.
    """
    starts = [n for n, part in enumerate(whole.children) if part.row in headed]
    if starts:
        ends = (0, *filter(None, starts), len(whole.children))
        whole.children, *whole.cuts = (whole.children[n:end] for n, end in pairwise(ends))
        return
    runs = _runs(whole)
    if len(runs) > 1 and all(len(run) >= _FEWEST_PARTS for run in runs):
        whole.children, *whole.cuts = runs


def _runs(whole: Record) -> list[list[Record]]:
    """Return the runs of parts that are numbered from one, or headed; none where they aren't."""
    runs: list[list[Record]] = []
    for part in whole.children:
        number = _number(part)
        if number == 1 or (not number and _HEADED.match(_label(part)) and not _is_among(part)):
            runs.append([])
        if not runs or number not in (0, len(runs[-1]) + 1):
            return []
        runs[-1].append(part)
    return runs if all(map(_number, whole.children)) or _are_borne_out(whole, runs) else []


def _are_borne_out(whole: Record, runs: list[list[Record]]) -> bool:
    """Tell whether there is a column in which each run adds up to the total."""
    for id, fact in whole.fields.items():
        figures = [[row.fields[id].quantity for row in run if id in row.fields] for run in runs]
        sums = [sum((q.base for q in run if q is not None), Decimal(0)) for run in figures]
        if fact.quantity is not None and fact.quantity.base and all(found == fact.quantity.base for found in sums):
            return True
    return False


def _written(record: Record) -> str:
    return record.pointer.text if record.pointer is not None else record.label


def _label(record: Record) -> str:
    return unicodedata.normalize("NFKC", _written(record)).strip()


def _number(record: Record) -> int:
    """Return the number in brackets that a label begins with, behind a heading or not; 0 for none."""
    found = _NUMBERED.match(_label(record))
    return int(found[1]) if found else 0


def _nest_items(records: list[Record]) -> None:
    """Put a row that begins with 其中, and has no points of its own, under the item above it."""
    holder: Record | None = None
    for record in records:
        if record.role == "total":
            holder = None
        elif holder is not None and _is_among(record) and _bare_of_points(record):
            _put(record, holder)
        else:
            holder = record
            _put(record, None)
    _nest_numbered(records)


def _nest_numbered(records: Sequence[Record]) -> None:
    """Put items numbered 1、2、 under the one numbered 一、 above them, where their points are its points once more."""
    for n, (whole, below) in enumerate(pairwise(records)):
        rank, first = _ordinal(whole).rank, _ordinal(below)
        if not 0 < rank < first.rank or first.number != 1 or whole.role != "item" or whole.parent is not None:
            continue
        parts = list(_counted(records[n + 1 :], first.rank))
        if len(parts) >= _FEWEST_PARTS and _repeat_points(whole, parts):
            for part in parts:
                _put(part, whole)


def _nest_groups(records: Sequence[Record], group_of: Callable[[str], int]) -> None:
    """Put the items below the word of a group under it, as under a subtotal: where it has their points and no other figure.

    一、产出指标 50 above rows of 15, 15, 10 and 10 points, in a table that has no column of groups. Inner groups go first.
    """
    levels = [group_of(_label(record)) if record.role == "item" and record.parent is None else -1 for record in records]
    for n in sorted((n for n, level in enumerate(levels) if level >= 0), key=lambda n: -levels[n]):
        ends = (m for m in range(n + 1, len(records)) if records[m].role == "total" or 0 <= levels[m] <= levels[n])
        below = [record for record in records[n + 1 : next(ends, None)] if record.parent is None]
        if below and _has_nothing_but_points(records[n]) and _points(records[n], _POINTS[0]) == _sum_of_points(below):
            records[n].role = "subtotal"
            for record in below:
                _move(record, records[n])


def _has_nothing_but_points(record: Record) -> bool:
    """Tell whether a row has points, and no figure but points."""
    told = {id for id, fact in record.fields.items() if fact.quantity is not None}
    return _POINTS[0] in told and told <= set(_POINTS)


def _sum_of_points(records: Iterable[Record]) -> Decimal:
    return sum((_points(record, _POINTS[0]) for record in records), Decimal(0))


def _counted(records: Iterable[Record], rank: int) -> Iterator[Record]:
    """Yield the items at the beginning that one kind of numbering counts: 1, 2, 3."""
    for number, record in enumerate(records, 1):
        if record.role != "item" or _ordinal(record) != (rank, number):
            return
        yield record


def _ordinal(record: Record) -> Ordinal:
    return ordinal_of(_label(record))


def _repeat_points(whole: Record, parts: Sequence[Record]) -> bool:
    """Tell whether the points of an item are those of its parts added up, in each column where it has any."""
    told = [id for id in _POINTS if id in whole.fields and whole.fields[id].quantity is not None]
    return bool(told) and all(_points(whole, id) == sum(_points(part, id) for part in parts) for id in told)


def _points(record: Record, id: str) -> Decimal:
    fact = record.fields.get(id)
    return fact.quantity.value if fact is not None and fact.quantity is not None else Decimal(0)


def _total_below(records: list[Record]) -> Record | None:
    """Return the one total of a table that ends with it instead of beginning with it."""
    totals = [record for record in records if record.role == "total"]
    return totals[0] if len(totals) == 1 and totals[0] is records[-1] else None


def _tell_last_total(records: list[Record]) -> None:
    """Where each run of rows ends with a total, and the table with the last of them, the others are subtotals."""
    totals = [number for number, record in enumerate(records) if record.role == "total"]
    if len(totals) < 2 or totals[0] == 0 or totals[-1] != len(records) - 1:
        return
    if any(after - before > 1 for before, after in pairwise(totals)):
        for number in totals[:-1]:
            records[number].role = "subtotal"


def _nest_below_subtotals(records: list[Record]) -> None:
    """Put the rows that a subtotal adds up under it: those above it, or those below where the subtotals come first."""
    run: list[Record] = []
    for record in (*records, None):
        if record is not None and record.role == "subtotal" and record.children:
            record.role = "part"
        if record is None or record.role in ("total", "group"):
            _share_out(run)
            run = []
        elif record.parent is None or record.parent.role == "total":
            run.append(record)


def _share_out(run: list[Record]) -> None:
    """Share the rows between two headings or totals out among the subtotals that stand there."""
    first = bool(run) and run[0].role == "subtotal" and run[-1].role != "subtotal"
    free: list[Record] = []
    for record in reversed(run) if first else run:
        if record.role == "subtotal":
            rows = [row for row in free if row.role != "subtotal"]
            for row in (reversed(rows) if first else rows) if rows else list(free):
                free.remove(row)
                _move(row, record)
        free.append(record)


def _move(record: Record, whole: Record) -> None:
    """Put a row, with all that is below it, under another whole."""
    if record.parent is not None:
        record.parent.children.remove(record)
    _put(record, whole)
    for child in record.below():
        child.depth += 1


def _put(record: Record, whole: Record | None) -> None:
    record.depth = 1 if whole is None else whole.depth + 1
    if whole is not None:
        record.parent = whole
        whole.children.append(record)


def _is_among(record: Record) -> bool:
    return take_apart(record.pointer.text if record.pointer is not None else record.label).among


def _bare_of_points(record: Record) -> bool:
    return all(fact.quantity is None for id, fact in record.fields.items() if id in _POINTS)
