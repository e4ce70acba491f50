"""Tables of accounts whose rows begin with a code, 208 20805 2080505, that became text in whatever way.

Comes in: tokens, one after the other. Goes out: the tables in which each name has a code before it, each code greater than the
one above. That tells where a row begins, so that lines say nothing. Blank cells are left out: where rows differ in length, the
first figure is still that of the first column, when it is a total that the others of the row add up to; the rest is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from validator.forms.restore.generic import Grid, Named, stands_apart
from validator.forms.restore.listed import Listed
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token, cut

_FIGURES = frozenset({Shape.NUMBER, Shape.MONEY, Shape.DASH})
_CODE = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}")
_FEWEST_ROWS = 3
_MOST_FIGURES = 16
_MOST_NAMES = 4
"""Pieces of the name of an account."""
_MOST_LABELS = 32
_LONGEST_LABEL = 40


def first_cells(lines: Sequence[str], named: Named) -> frozenset[tuple[int, int]]:
    """Return line and first character of the code of each row in some lines, so that another reading can be held to them."""
    if sum(_CODE.search(line) is not None for line in lines) < _FEWEST_ROWS:
        return frozenset()
    tokens = cut(lines, lambda _: False)
    rows = [row for listed in by_code(tokens, 0, len(tokens), named) for row in listed.grid.rows[1:]]
    return frozenset((row[0][0].line, row[0][0].start) for row in rows if _CODE.fullmatch(row[0][0].text))


class _Record(NamedTuple):
    """A row: its code (None for the total above all), its name, its figures, and the token behind it."""

    code: Token | None
    name: tuple[Token, ...]
    figures: tuple[Token, ...]
    end: int


_Row = dict[int, list[Token]]


def by_code(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Listed]:
    """Yield the tables among tokens, in order."""
    places = [n for n in range(start, end) if not tokens[n].blank]
    cells = [tokens[n] for n in places]
    at = floor = 0
    while at + 1 < len(cells):
        records = _records(cells, at, named)
        levels = _are_levels(records)
        found = _below(cells, at, floor, records, named) if levels else None
        if found is not None:
            first, rows, spans, remark = found
            grid = Grid(places[first], places[records[-1].end - 1] + 1, tuple(rows), tuple(spans))
            yield Listed(grid, frozenset(n for n, row in enumerate(rows) if n and max(row, default=0) < 2), remark)
        floor = records[-1].end if levels else floor
        at = records[-1].end if records else at + 1  # what begins within a run of rising codes is the rest of that run


def _records(cells: Sequence[Token], at: int, named: Named) -> list[_Record]:
    """Return the rows from a cell on, as long as their codes rise."""
    total = shape_of(cells[at + 1].text) in _FIGURES and named("totals", cells[at].text)
    if not total and not _begins(cells, at):
        return []
    records: list[_Record] = []
    n = at
    while n < len(cells) and len(records) < len(cells):
        last = records[-1].code if records else None
        coded = _begins(cells, n) and (last is None or cells[n].text > last.text)
        if not coded and not (total and n == at):
            break
        names = n + coded
        words = _count(cells, names, figures=False)
        figures = _count(cells, names + words, figures=True)
        if names + words + figures < len(cells) and _begins(cells, names + words + figures - 1):
            figures -= 1  # the last of them is the code of the row below
        if words > _MOST_NAMES or figures > _MOST_FIGURES:
            break
        n = names + words + figures
        records.append(
            _Record(cells[names - 1] if coded else None, (*cells[names : names + words],), (*cells[n - figures : n],), n)
        )
    return records


def _are_levels(records: Sequence[_Record]) -> bool:
    """Tell whether there are enough rows, and codes of several levels among them."""
    codes = [record.code.text for record in records if record.code is not None]
    return len(codes) >= _FEWEST_ROWS and any(below.startswith(above) for above, below in pairwise(codes))


def _begins(cells: Sequence[Token], n: int) -> bool:
    """Tell whether a code with a name behind it stands at a place."""
    return n + 1 < len(cells) and _CODE.fullmatch(cells[n].text) is not None and shape_of(cells[n + 1].text) is Shape.WORD


def _count(cells: Sequence[Token], start: int, *, figures: bool) -> int:
    n = start
    while n < len(cells) and n - start <= _MOST_FIGURES + 1 and (shape_of(cells[n].text) in _FIGURES) is figures:
        n += 1
    return n - start


def _below(
    cells: Sequence[Token], at: int, floor: int, records: Sequence[_Record], named: Named
) -> tuple[int, list[_Row], list[dict[int, int]], str] | None:
    """Return where the labels begin, the rows with those of the columns, their spans, and what is to be said of them."""
    found = _labels(cells, at, floor, max(len(record.figures) for record in records), named)
    if found is None:
        return None
    first, head, span = found
    labels = [head[c][0] for c in sorted(head) if c > 1]
    uneven = any(len(record.figures) not in (0, len(labels)) for record in records)
    if not uneven:
        return first, [head, *(_row(record, len(labels)) for record in records)], [span, *({} for _ in records)], ""
    if not named("totals", labels[0].text):
        return None
    head = {c: cell for c, cell in head.items() if c <= 2}
    rows = [_row(record, int(_adds_up(record.figures))) for record in records]
    remark = f"各行的格数不一，只认得准“{labels[0].text}”一栏，其余各栏未作核对。"
    return first, [head, *rows], [span, *({} for _ in records)], remark


def _row(record: _Record, figures: int) -> _Row:
    row: _Row = {0: [record.code], 1: [*record.name]} if record.code is not None else {0: [*record.name]}
    row.update((2 + c, [figure]) for c, figure in enumerate(record.figures[:figures]))
    return row


def _adds_up(figures: Sequence[Token]) -> bool:
    """Tell whether the first figure is the sum of the others, so that it is surely the total of the row."""
    sizes = [number_of(figure.text) for figure in figures]
    return len(sizes) > 1 and sizes[0] == sum(sizes[1:], Decimal(0))


def _labels(cells: Sequence[Token], at: int, floor: int, most: int, named: Named) -> tuple[int, _Row, dict[int, int]] | None:
    """Return where the labels begin, and those of code, name and figures; None when they don't come out even."""
    end = at
    marks = next((n for n in range(1, most + 1) if end - n < floor or not cells[end - n].text.isdigit()), most + 1) - 1
    count = most
    if marks > 1 and [cell.text for cell in cells[end - marks : end]] == [str(n) for n in range(1, marks + 1)]:
        count, end = marks, end - marks
        end -= end > floor and named("numbering", cells[end - 1].text)
    first = end
    while first > floor and end - first < _MOST_LABELS and _is_label(cells[first - 1], named):
        first -= 1
    labels = [cell for cell in cells[first:end] if not _is_level(cell, named) and not named("numbering", cell.text)]
    code = next((n for n, cell in enumerate(labels) if named("codes", cell.text)), -1)
    if first == end or most > count or len({cell.text for cell in labels}) < len(labels):
        return None
    if code < 0:
        figures, over = labels[1:], labels[:1]
    elif code + 1 < len(labels):
        figures, over = [*labels[:code], *labels[code + 2 :]], []
        figures = figures[len(figures) > count and code > 0 :]
    else:
        return None
    if len(figures) != count or any(named("codes", cell.text) for cell in figures):
        return None
    head: _Row = {0: [labels[code]], 1: [labels[code + 1]]} if not over else {0: over}
    head.update((2 + c, [label]) for c, label in enumerate(figures))
    return first, head, {0: 2} if over else {}


def _is_level(cell: Token, named: Named) -> bool:
    """Tell whether a cell stands below the heading of the codes, where each of their levels has a column."""
    return len(cell.text) == 1 and named("codes", cell.text)


def _is_label(cell: Token, named: Named) -> bool:
    return (
        shape_of(cell.text) is Shape.WORD
        and len(cell.text) <= _LONGEST_LABEL
        and (not stands_apart(cell.text) or named("codes", cell.text))
    )
