"""Tables of no official form that became text: rows of a label and figures, found by their even count of figures.

Comes in: lines that no form took. Goes out: the stretches that are such tables, with the labels of their columns where the
counts leave only one way to read them. Rows that are longer or shorter than their peers end a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Gap, Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_LONGEST_LABEL = 40
_MOST_GROUPINGS = 2000
_SIGNAL = re.compile(r"\d[ \u3000]+[-−]?\d[\d.,]*%?(?:[ \u3000]+|$)|^[ \t|\u3000\xa0]*[-−]?\d[\d.,]*%?[ \t|]*$", re.MULTILINE)


class Body(NamedTuple):
    """Rows of one label and an even number of figures."""

    start: int
    """Index of the first token."""
    end: int
    rows: tuple[tuple[Token | None, tuple[Token, ...], tuple[Token, ...]], ...]
    """Label (None where it is blank), figures, and words behind them, row by row."""
    width: int
    """Figures in a row."""


class Grid(NamedTuple):
    """A table of no form."""

    start: int
    end: int
    rows: tuple[dict[int, list[Token]], ...]
    spans: tuple[dict[int, int], ...]
    """For each row the columns that a cell covers, where it is more than one."""


def may_occur(text: str) -> bool:
    """Tell, fast, whether lines of text may hold figures in rows or one figure a line."""
    return _SIGNAL.search(text) is not None


def by_line(tokens: Sequence[Token], start: int, end: int) -> list[Grid]:
    """Find tables with a row a line: `label figure figure …`."""
    lines = _lines(tokens, start, end)
    grids: list[Grid] = []
    n = floor = 0
    while n < len(lines):
        first = _row(tokens, lines[n])
        if first is None:
            n += 1
            continue
        m, rows = n, []
        while m < len(lines) and (row := _row(tokens, lines[m])) is not None and len(row[1]) == len(first[1]):
            rows.append(row)
            m += 1
        if len(rows) >= _FEWEST_ROWS:
            body = Body(lines[n][0], lines[m - 1][1], tuple(rows), len(first[1]))
            above = [tokens[a:b] for a, b in lines[max(floor, n - 2) : n]]
            grids.append(_headed(body, above, [a for a, _ in lines[max(floor, n - 2) : n]]))
            floor = m
        n = m
    return grids


def by_cell(tokens: Sequence[Token], start: int, end: int) -> list[Grid]:
    """Find tables with a cell a line: a label, then as many figures as every other label has."""
    grids: list[Grid] = []
    i = floor = start
    while i < end:
        body = _cells(tokens, i, end)
        if body is None:
            i += 1
            continue
        grids.append(_with_labels_above(tokens, body, floor))
        i = floor = body.end
    return grids


def by_tab(tokens: Sequence[Token], start: int, end: int) -> list[Grid]:
    """Take neighbouring lines with tabs as they stand, when at least two of them hold two figures."""
    grids: list[Grid] = []
    rows: list[tuple[int, int]] = []
    for a, b in [*_lines(tokens, start, end), (end, end)]:
        tabbed = a < b and tokens[a].slot >= 0 and (not rows or tokens[a].line == tokens[rows[-1][0]].line + 1)
        if not tabbed and rows:
            figures = [sum(shape_of(token.text) in _FIGURES for token in tokens[x:y]) for x, y in rows]
            if sum(count >= _FEWEST_FIGURES for count in figures) >= 2:
                cells = tuple({token.slot: [token] for token in tokens[x:y]} for x, y in rows)
                grids.append(Grid(rows[0][0], rows[-1][1], cells, tuple({} for _ in cells)))
            rows = []
        if a < b and tokens[a].slot >= 0:
            rows.append((a, b))
    return grids


def _lines(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    for i in range(start, end):
        if lines and tokens[i].gap < Gap.LINE:
            lines[-1] = (lines[-1][0], i + 1)
        else:
            lines.append((i, i + 1))
    return lines


def _row(tokens: Sequence[Token], line: tuple[int, int]) -> tuple[Token, tuple[Token, ...], tuple[Token, ...]] | None:
    """Return label, figures and remark of a line; None when it is not built so, or a blank cell leaves the places open."""
    cells = tokens[line[0] : line[1]]
    if not all(token.text for token in cells):
        return None
    first, *rest = cells
    if shape_of(first.text) is not Shape.WORD or len(first.text) > _LONGEST_LABEL or any(token.slot >= 0 for token in rest):
        return None
    count = next((n for n, token in enumerate(rest) if shape_of(token.text) not in _FIGURES), len(rest))
    remark = tuple(rest[count:])
    if count < _FEWEST_FIGURES or any(shape_of(token.text) in _FIGURES for token in remark):
        return None
    return first, tuple(rest[:count]), remark


def _headed(body: Body, above: Sequence[Sequence[Token]], starts: Sequence[int]) -> Grid:
    """Add one or two header lines when their labels fit the columns in exactly one way."""
    remark = any(row[2] for row in body.rows)
    width = 1 + body.width + remark
    words = [[token for token in line if token.text] for line in above]
    usable = [line if line and all(shape_of(t.text) in (Shape.WORD, Shape.AMOUNT) for t in line) else [] for line in words]
    start = body.start
    header: list[dict[int, list[Token]]] = []
    spans: list[dict[int, int]] = []
    if usable and usable[-1] and (len(usable[-1]) == width or (len(usable[-1]) == width + 1 and not remark)):
        start, header, spans = starts[-1], [dict(enumerate([token] for token in usable[-1]))], [{}]
    elif len(usable) == 2 and usable[0] and len(usable[1]) == body.width:
        groups = _only_grouping([token.text for token in usable[1]], len(usable[0]) - 1 - remark)
        if groups:
            start = starts[0]
            header, spans = _two_levels(usable[0], usable[1], groups, remark=remark)
    rows: list[dict[int, list[Token]]] = []
    for label, figures, words_behind in body.rows:
        row = {0: [label]} if label is not None else {}
        row.update((c, [figure]) for c, figure in enumerate(figures, 1))
        if words_behind:
            row[1 + body.width] = list(words_behind)
        rows.append(row)
    return Grid(start, body.end, (*header, *rows), (*spans, *({} for _ in rows)))


def _two_levels(
    upper: Sequence[Token], lower: Sequence[Token], groups: Sequence[int], *, remark: bool
) -> tuple[list[dict[int, list[Token]]], list[dict[int, int]]]:
    top: dict[int, list[Token]] = {0: [upper[0]]}
    span: dict[int, int] = {}
    c = 1
    for token, size in zip(upper[1:], groups, strict=False):
        top[c] = [token]
        span[c] = size
        c += size
    if remark:
        top[c] = [upper[-1]]
    return [top, {n: [token] for n, token in enumerate(lower, 1)}], [span, {}]


def _only_grouping(labels: Sequence[str], count: int) -> tuple[int, ...]:
    """Cut labels into `count` groups, none with a label twice, all in one order; empty unless there is exactly one way."""
    found: list[tuple[int, ...]] = []
    tried = 0

    def search(start: int, sizes: tuple[int, ...], order: frozenset[tuple[str, str]]) -> None:
        nonlocal tried
        tried += 1
        if len(found) > 1 or tried > _MOST_GROUPINGS:
            return
        if len(sizes) == count:
            if start == len(labels):
                found.append(sizes)
            return
        here: list[str] = []
        pairs = order
        for end in range(start, len(labels) - (count - len(sizes) - 1)):
            label = labels[end]
            if label in here or any((label, other) in pairs for other in here):
                break
            pairs |= {(other, label) for other in here}
            here.append(label)
            if len(here) > 1 or count == len(labels):
                search(end + 1, (*sizes, len(here)), pairs)

    if 0 < count < len(labels):
        search(0, (), frozenset())
    return found[0] if len(found) == 1 and tried <= _MOST_GROUPINGS else ()


def _cells(tokens: Sequence[Token], i: int, end: int) -> Body | None:
    rows: list[tuple[Token | None, tuple[Token, ...], tuple[Token, ...]]] = []
    width = 0
    j = last = i
    while j < end:
        label = tokens[j]
        if label.text and (shape_of(label.text) is not Shape.WORD or len(label.text) > _LONGEST_LABEL):
            break
        k = j + 1
        while k < end and shape_of(tokens[k].text) in _FIGURES and tokens[k].gap >= Gap.LINE:
            k += 1
        if k - j - 1 < _FEWEST_FIGURES or (rows and k - j - 1 != width):
            break
        width = k - j - 1
        rows.append((label if label.text else None, tuple(tokens[j + 1 : k]), ()))
        last = j = k
        while j < end and tokens[j].blank and j + 1 < end and shape_of(tokens[j + 1].text) not in _FIGURES:
            j += 1
    if len(rows) < 2 or sum(row[0] is not None for row in rows) < 2:
        return None
    return Body(i, last, tuple(rows), width)


def _with_labels_above(tokens: Sequence[Token], body: Body, floor: int) -> Grid:
    """Take the labels of the columns from the cells right above: as many as there are figures, or one more for the corner."""
    above: list[Token] = []
    j = body.start
    while j > floor and len(above) <= body.width:
        token = tokens[j - 1]
        if token.blank or shape_of(token.text) not in (Shape.WORD, Shape.AMOUNT) or len(token.text) > _LONGEST_LABEL:
            break
        above.insert(0, token)
        j -= 1
    rows: list[dict[int, list[Token]]] = []
    start = body.start
    corner = j > floor and tokens[j - 1].blank
    if len(above) == body.width and (corner or j == floor or _stands_apart(tokens, j)):
        rows.append({c: [token] for c, token in enumerate(above, 1)})
        start = j
    elif len(above) == body.width + 1:
        rows.append({c: [token] for c, token in enumerate(above)})
        start = j
    for label, figures, _ in body.rows:
        row = {0: [label]} if label is not None else {}
        row.update((c, [figure]) for c, figure in enumerate(figures, 1))
        rows.append(row)
    return Grid(start, body.end, tuple(rows), tuple({} for _ in rows))


def _stands_apart(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether what stands above token `j` can't be a label of a column."""
    return shape_of(tokens[j - 1].text) is Shape.LONG or len(tokens[j - 1].text) > _LONGEST_LABEL
