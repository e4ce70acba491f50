"""Totals by label and position: rows and columns headed 合计, 小计, 总计, and a last row without a label.

Comes in: an axis of a table. Goes out: one `Place` for each total in each column (or row), with the parts as its readings.
What a total is made of is guessed from where it stands (`ways`, `lists`); each guess is tried in all columns (`trial`), and may
accuse only where others bear it out (`choice`, `accusation`). Rows that are sums though no word says so: `outline`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from validator.facts.words import Level
from validator.model.fact import Section
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, intervals, laid_down, usable
from validator.rules.totals.choice import judged, styles_of
from validator.rules.totals.lists import coded_rows
from validator.rules.totals.only import only_parts
from validator.rules.totals.outline import below_headings, by_code, outline
from validator.rules.totals.places import emit, names_of
from validator.rules.totals.trial import GRAND, MOST_LINES, Tried, Way, attempt, columns_off
from validator.rules.totals.ways import ways_of


def totals(axis: Axis) -> Iterator[Place]:
    """Yield the totals along an axis."""
    if len(axis.lines) > MOST_LINES and axis.across:
        return
    crosses = [n for n, cross in enumerate(axis.crosses) if cross.kind != "heading" and not cross.rate]
    if not crosses:
        return
    tried = {
        k: [attempt(axis, k, way, crosses) for way in ways_of(axis, k, crosses)]
        for k, line in enumerate(axis.lines)
        if line.kind == "total" and not (axis.across and line.rate)
    }
    told = {k: attempt(axis, k, Way("laid down", natural=True, parts=parts), crosses) for k, parts in laid_down(axis)}
    for k, sum_of in told.items():
        yield from emit(axis, k, [sum_of], crosses, columns_off(sum_of, crosses))
    styles = styles_of(axis, tried)
    for k, ways in tried.items():
        if k not in told:
            yield from judged(axis, k, ways, crosses, styles)
    coded = coded_rows(axis)
    yield from outline(axis, crosses, {*coded, *told})
    yield from by_code(axis, crosses, coded)
    yield from below_headings(axis, crosses)
    yield from only_parts(axis, crosses)
    last = _unlabelled_total(axis)
    if last is not None:
        natural = (way for way in ways_of(axis, last, crosses, Level(GRAND, exact=False)) if way.natural)
        unnamed = (attempt(axis, last, way, crosses) for way in natural)
        found = next((f for f in unnamed if f.firm and not f.off and _all_exact(axis, last, f, crosses)), None)
        if found is not None:
            yield from emit(axis, last, [found], crosses, frozenset())


def stated_totals(section: Section) -> Iterator[Place]:
    """Yield the totals of a table whose first row is known to be the sum of the others."""
    for id in section.columns:
        total, *rest = [record.fields[id] for record in section.records if id in record.fields]
        parts = tuple(part for part in rest if not part.blank)
        if parts and not total.blank:
            names = names_of(total, parts, total.pointer.row_label, total.pointer.column_label)
            yield Place(f"{total.pointer.path}.down", (names,), total.pointer, section.complete, section)


def _unlabelled_total(axis: Axis) -> int | None:
    """Return the last row of figures, when it alone has no label; notes may follow."""
    rows = [n for n, line in enumerate(axis.lines) if line.kind != "heading"]
    if axis.across or len(rows) < 3 or axis.lines[rows[-1]].label.strip() or axis.lines[rows[-1]].kind != "item":
        return None
    return rows[-1] if all(axis.lines[n].label.strip() for n in rows[:-1]) else None


def _all_exact(axis: Axis, k: int, found: Tried, crosses: Sequence[int]) -> bool:
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
