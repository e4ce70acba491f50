"""Tables of no form whose cells are closed by pipes: a row on a line, a row over several lines, or a cell on each line.

Comes in: lines. Goes out: grids in which every row has as many pipes as the others, and those that look like one but can't be
read. Pages that became text close every cell with a pipe; what a merged or blank cell leaves over stands as a run of pipes at
the end of the row. Such a row has lost the places of its cells: they go back where the shape of the other rows leaves only
one way, else the row keeps its label alone and is told as open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY})
_OUTER = " \u3000\u2002\u2003\t\r\ufeff\xa0\u200b"
_WIDEST = 24
"""Columns of a table whose cells stand on lines of their own."""
_MOST_WIDTHS = 4
"""Widths that are tried for rows on lines."""
_NOWHERE = -1
"""The line of a cell that the text doesn't reach."""
_FEWEST_ROWS = 2
_FEWEST_ROWS_OF_CELLS = 3
_FEWEST_OPEN_ENDED = 3
_NEAR_ROWS = 2
_MOST_LINES_OF_A_CELL = 4
_LONGEST_CELL = 300
_LONGEST_LABEL = 60
_MOST_PLACES = 1000
_MOST_HEADER_ROWS = 8
_YEAR = re.compile(r"(?:19|20)\d\d")
_LIKE_A_RATE = 200
"""A column with a larger figure holds no percentages."""

Named = Callable[[str, str], bool]


class Grid(NamedTuple):
    """A table, or what looks like one but can't be read: that has no rows."""

    first: int
    """Index of its first line."""
    last: int
    rows: tuple[dict[int, list[Token]], ...]
    spans: tuple[dict[int, int], ...]
    """For each row the columns that a cell covers, where it is more than one."""
    open_rows: frozenset[int] = frozenset()
    """Rows in which a figure may be missing."""
    unplaced: tuple[int, ...] = ()
    """Those of them whose figures have no place for sure; only their labels are there."""


class _Cell(NamedTuple):
    """What a pipe closes."""

    tokens: tuple[Token, ...]
    line: int
    """Where its pipe stands."""
    ends: bool
    """Whether nothing follows its pipe in the line."""

    @property
    def text(self) -> str:
        return "".join(token.text for token in self.tokens)


_Row = list[_Cell]


def by_pipe(lines: Sequence[str], named: Named) -> list[Grid]:
    """Return the tables in lines, in order. `named` tells whether a text is in a list of words."""
    grids: list[Grid] = []
    for stretch in _stretches(lines):
        done = -1
        for rows, sure in _rows_of(stretch):
            grid = _grid(rows, named) if sure else Grid(_first_line(rows), rows[-1][0].line, (), ())
            if rows[0][0].line > done and grid is not None:
                grids.append(grid)
                done = grid.last
    return grids


def _stretches(lines: Sequence[str]) -> Iterator[list[_Cell]]:
    """Yield runs of cells closed by pipes; a line that no pipe closes soon ends a run."""
    cells: list[_Cell] = []
    pending: list[Token] = []
    waiting = 0
    closed_by_line = _closed_by_line(lines)
    for number, line in enumerate(lines):
        parts = (line + "|" if number in closed_by_line else line).split("|")
        if len(parts) == 1:
            text = line.strip(_OUTER)
            if not text:
                continue
            waiting += 1
            goes_on = _is_closed_below(lines, number, at_once=not cells and not pending)
            if waiting > _MOST_LINES_OF_A_CELL or len(text) > _LONGEST_CELL or not goes_on:
                yield from [cells] if cells else []
                cells, pending, waiting = [], [], 0
            else:
                pending.append(_token(line, 0, number))
            continue
        start = 0
        for n, part in enumerate(parts):
            if part.strip(_OUTER):
                pending.append(_token(part, start, number))
            start += len(part) + 1
            if n + 1 < len(parts):
                ends = n + 2 == len(parts) and not parts[-1].strip(_OUTER)
                cells.append(_Cell(tuple(pending), number, ends))
                pending, waiting = [], 0
    yield from [cells] if cells else []


def _closed_by_line(lines: Sequence[str]) -> set[int]:
    """Return the lines with pipes between their cells only, where several such lines stand together."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, "."]):
        if "|" in line:
            run.append(number)
        elif line.strip(_OUTER):
            open_ended = [n for n in run if not lines[n].rstrip(_OUTER).endswith("|")]
            if len(open_ended) >= _FEWEST_OPEN_ENDED and 2 * len(open_ended) > len(run):
                found.update(open_ended)
            run = []
    return found


def _is_closed_below(lines: Sequence[str], number: int, *, at_once: bool) -> bool:
    """Tell whether the text of a line goes on up to a pipe in the next lines; `at_once`: a pipe must stand alone below it."""
    below = [line for line in lines[number + 1 : number + 1 + 2 * _MOST_LINES_OF_A_CELL] if line.strip(_OUTER)]
    if at_once:
        return bool(below) and below[0].strip(_OUTER) == "|"
    closing = next((n for n, line in enumerate(below) if "|" in line), None)
    return closing is not None and all(len(line) <= _LONGEST_CELL for line in below[:closing])


def _token(part: str, start: int, number: int) -> Token:
    text = part.strip(_OUTER)
    lead = start + len(part) - len(part.lstrip(_OUTER))
    return Token(text, number, lead + 1, lead + len(text), Gap.CELL)


# --- rows -----------------------------------------------------------------------------------------------------------


def _rows_of(cells: Sequence[_Cell]) -> Iterator[tuple[list[_Row], bool]]:
    """Yield runs of rows that have the same number of pipes, as the lines tell it or else the kinds of the cells.

    With each, whether all its rows were found.
    """
    rest = list(cells)
    while rest:
        runs = _on_lines(rest)
        if not runs:
            yield from _by_kinds(rest)
            return
        start, end = _lines_of(runs)
        yield from _by_kinds([cell for cell in rest if cell.line < start])
        yield from runs
        rest = [cell for cell in rest if cell.line > end]


_Runs = list[tuple[list[_Row], bool]]


def _on_lines(cells: Sequence[_Cell]) -> _Runs:
    """Return the runs of rows of the width that most cells go with; none when they are but a part of what lies between them."""
    filled = Counter(cell.line for cell in cells if cell.tokens)
    by_line = Counter(count for line, count in Counter(cell.line for cell in cells).items() if filled[line] > 1)
    widths = [width for width, count in by_line.most_common(_MOST_WIDTHS) if count > 1]
    best = max((_by_lines(cells, width) for width in widths), key=lambda found: sum(len(run) for run, _ in found), default=[])
    if not best:
        return []
    start, end = _lines_of(best)
    between = sum(start <= cell.line <= end for cell in cells)
    return best if 2 * sum(len(row) for run, _ in best for row in run) > between else []


def _lines_of(runs: _Runs) -> tuple[int, int]:
    """Return the first and the last line of the rows."""
    return _first_line(runs[0][0]), max(cell.line for cell in runs[-1][0][-1])


def _by_lines(cells: Sequence[_Cell], width: int) -> list[tuple[list[_Row], bool]]:
    """Cut cells into rows that end with a line; a row that doesn't come out even begins a new run.

    With each run, whether no row with figures came out uneven right behind it.
    """
    runs: list[list[_Row]] = [[]]
    broken: set[int] = set()
    row: _Row = []
    for cell in cells:
        row.append(cell)
        if not cell.ends or len(row) < width:
            continue
        if len(row) == width:
            runs[-1].append(row)
        else:
            if _has_figures(row) and runs[-1]:
                broken.add(len(runs) - 1)
            runs.append([])
        row = []
    if row and len(row) < width and _has_figures(row):
        runs[-1].append(_cut_off(row, width))
    return [
        (run, n not in broken)
        for n, run in enumerate(runs)
        if len(run) >= _FEWEST_ROWS and _are_on_lines([row for row in run if _has_figures(row)])
    ]


def _are_on_lines(rows: Sequence[_Row]) -> bool:
    """Tell whether rows of figures stand on one line each, for the most part."""
    return bool(rows) and 2 * sum(row[0].line == row[-1].line for row in rows) >= len(rows)


def _by_kinds(cells: Sequence[_Cell]) -> Iterator[tuple[list[_Row], bool]]:
    """Find rows among cells on lines of their own: the width at which figures stand below figures and words below words.

    With each run, whether no figure follows soon: it would belong to a row that was not understood.
    """
    kinds = [_kind(cell) for cell in cells]
    figures = [n for n, kind in enumerate(kinds) if kind is _Kind.FIGURE]
    at = 0
    while at < len(cells):
        ahead = bisect_left(figures, at)
        if ahead == len(figures):
            return
        best, length = 0, 0
        if at == 0 or kinds[at] is _Kind.WORD:
            narrowest = max(2, (figures[ahead] - at) // (_MOST_HEADER_ROWS + 1))
            for width in range(narrowest, _WIDEST + 1):
                found = _length(cells, kinds, at, width)
                if found > length + width:
                    best, length = width, found
        if best:
            run = [list(cells[start : start + best]) for start in range(at, min(at + length, len(cells)), best)]
            behind = kinds[at + length : at + length + _NEAR_ROWS * best]
            yield [*run[:-1], _cut_off(run[-1], best)], _Kind.FIGURE not in behind
        at += length or 1


class _Kind(Enum):
    BLANK = "blank"
    FIGURE = "figure"
    NEUTRAL = "neutral"
    """It may stand among figures and among words: a mark for nothing, a year."""
    WORD = "word"


def _kind(cell: _Cell) -> _Kind:
    if not cell.tokens:
        return _Kind.BLANK
    if shape_of(cell.text) is Shape.DASH or _YEAR.fullmatch(cell.text):
        return _Kind.NEUTRAL
    return _Kind.FIGURE if shape_of(cell.text) in _FIGURES else _Kind.WORD


def _length(cells: Sequence[_Cell], kinds: Sequence[_Kind], at: int, width: int) -> int:
    """Return how many cells from one on are rows of a width: each column holds words or figures, below a header for figures.

    0 when there are too few rows with figures. The last row may be cut off by the end of the text. A serial number may stand
    before the words of a row.
    """
    columns: dict[int, _Kind] = {}
    heads: list[Sequence[_Kind]] = []
    figured, start, end, serial = 0, at, at, 0
    while start + 1 < len(kinds):
        row = list(kinds[start : start + width])
        if row[0] is _Kind.FIGURE and _Kind.WORD in row[1:2] and _is_next(cells[start].text, serial):
            serial = int(cells[start].text)
            row[0] = _Kind.NEUTRAL
        if start + width > len(kinds) and not (figured and _Kind.FIGURE in row[1:]):
            break
        start += width
        filled = [c for c, kind in enumerate(row) if kind is not _Kind.BLANK]
        if _Kind.FIGURE in row:
            own = {c: row[c] for c in filled if row[c] is not _Kind.NEUTRAL}
            if row[filled[0]] is _Kind.FIGURE or any(columns.get(c, kind) is not kind for c, kind in own.items()):
                break
            columns.update(own)
            figured += 1
            end = start
        elif not figured:
            heads += [row] if filled else []
            if len(heads) > _MOST_HEADER_ROWS or start - at > 2 * _MOST_HEADER_ROWS * width:
                return 0
        elif len(filled) == 1 or any(columns.get(c) is _Kind.FIGURE and row[c] is _Kind.WORD for c in filled):
            if len(filled) > 1:
                break
            end = start
    under_labels = [c for c, kind in columns.items() if kind is _Kind.FIGURE]
    headed = any(all(row[c] is not _Kind.BLANK for c in under_labels) for row in heads)
    return end - at if figured >= _FEWEST_ROWS_OF_CELLS and headed else 0


def _is_next(text: str, serial: int) -> bool:
    """Tell whether a text is the number behind a serial number, which is 0 before the first."""
    return text.isascii() and text.isdigit() and (int(text) == serial + 1 or not serial)


def _cut_off(row: _Row, width: int) -> _Row:
    """Return the last row of a text that breaks off in it."""
    return [*row, *([_Cell((), _NOWHERE, ends=False)] * (width - len(row)))]


def _has_figures(row: _Row) -> bool:
    """Tell whether figures stand behind the first cell with something in it."""
    filled = [cell for cell in row if cell.tokens]
    return any(_kind(cell) is _Kind.FIGURE for cell in filled[1:])


# --- places ---------------------------------------------------------------------------------------------------------


class _Plan(NamedTuple):
    """What the rows with all their cells show of the columns."""

    width: int
    """Columns that hold something."""
    lead: int
    """Columns of words, and of the serial number, before the figures."""
    figures: int
    """Columns of figures right behind them; 0 where words and figures take turns."""
    rates: frozenset[int]
    """Columns with percentages."""
    sums: frozenset[int]
    """Columns with figures that are none."""


def _grid(rows: Sequence[_Row], named: Named) -> Grid | None:
    """Put cells below each other; None when there are no figures to speak of."""
    rows = _from_the_title(rows)
    figured = [_has_figures(row) for row in rows]
    if not any(figured):
        return None
    lost = [_padding([cell for cell in row if cell.line != _NOWHERE]) for row in rows]
    ended = [count for row, count, has in zip(rows, lost, figured, strict=True) if has and row[-1].line != _NOWHERE]
    least = min(ended, default=lost[-1])
    keeps_blanks = _keeps_blanks(rows)
    whole = [keeps_blanks or count <= least for count in lost]
    if ended and len(ended) < sum(figured):  # the row that breaks off has kept its cells where all others have
        whole[-1] = all(own or not has for own, has in zip(whole, figured, strict=True))
    body = figured.index(True)
    known = [row for row, has, own in zip(rows, figured, whole, strict=True) if has and own]
    plan = _plan([row for row in known if row[-1].line != _NOWHERE] or known)
    first, last = _first_line(rows), max(cell.line for cell in rows[-1])
    head = _head(rows[:body], plan, named)
    if head is None:
        return Grid(first, last, (), ())
    placed, spans = head
    unplaced: list[int] = []
    for row, is_whole in zip(rows[body:], whole[body:], strict=True):
        cells = {c: list(cell.tokens) for c, cell in enumerate(row) if cell.tokens}
        breaks_off = row[-1].line == _NOWHERE and not _fits(list(cells), list(map(_text, cells.values())), plan)
        if (not is_whole or breaks_off) and len(cells) < plan.width:
            found = _put(list(cells.values()), plan)
            if found is None:
                unplaced.append(len(placed))
            cells = _labels_only(list(cells.values()), plan) if found is None else found
        placed.append(cells)
        spans.append({})
    cut_off = [len(placed) - 1] if rows[-1][-1].line == _NOWHERE else []
    return Grid(first, last, tuple(placed), tuple(spans), frozenset([*unplaced, *cut_off]), tuple(unplaced))


def _from_the_title(rows: Sequence[_Row]) -> list[_Row]:
    """Return rows from the title on, without those above it that have several cells, and without columns left blank."""
    body = next((n for n, row in enumerate(rows) if _has_figures(row)), 0)
    start = body
    for is_part in (_is_heading, _is_label_row, _is_heading):
        while start and is_part(rows[start - 1]):
            start -= 1
    kept = [row for row in rows[max(start, body - _MOST_HEADER_ROWS) :] if _filled(row)]
    blank = next((c for c in range(len(kept[0])) if any(row[c].tokens for row in kept)), 0)
    return [row[blank:] for row in kept]


def _is_heading(row: _Row) -> bool:
    return _filled(row) <= 1


def _is_label_row(row: _Row) -> bool:
    return _filled(row) != 1


def _filled(row: _Row) -> int:
    return sum(bool(cell.tokens) for cell in row)


def _first_line(rows: Sequence[_Row]) -> int:
    return min((cell.tokens[0].line if cell.tokens else cell.line) for cell in rows[0])


def _padding(row: _Row) -> int:
    """Return how many blank cells at the end of a row stand in the line of the last filled one, or together on one line."""
    blank = 0
    for cell in reversed(row):
        if cell.tokens:
            break
        blank += 1
    behind = row[len(row) - blank :]
    before = row[len(row) - blank - 1].line if blank < len(row) else -1
    counts = Counter(cell.line for cell in behind)
    return sum(count for line, count in counts.items() if line == before or count > 1)


def _keeps_blanks(rows: Sequence[_Row]) -> bool:
    """Tell whether a blank cell stands between filled ones of its line anywhere."""
    for row in rows:
        for before, cell, after in zip(row, row[1:], row[2:], strict=False):
            if not cell.tokens and after.tokens and before.tokens and before.line == cell.line == after.line:
                return True
    return False


def _plan(rows: Sequence[_Row]) -> _Plan:
    width = 1 + max(c for row in rows for c, cell in enumerate(row) if cell.tokens)
    shapes = [[shape_of(row[c].text) for row in rows if _kind(row[c]) in (_Kind.FIGURE, _Kind.WORD)] for c in range(width)]
    kinds = [2 * sum(shape in _FIGURES for shape in column) > len(column) for column in shapes]
    serial = kinds[0] and width > 1 and not kinds[1]
    lead = next((c for c, kind in enumerate(kinds) if kind and not (serial and c == 0)), width)
    figures = next((c for c in range(lead, width) if not kinds[c]), width) - lead
    alone = not any(kinds[lead + figures :])
    rates = frozenset(c for c in range(width) if Shape.PERCENT in shapes[c])
    large = frozenset(
        c
        for c in range(width)
        if c not in rates and any(abs(number_of(row[c].text)) > _LIKE_A_RATE for row in rows if row[c].tokens)
    )
    return _Plan(width, lead, figures if alone else 0, rates, large)


def _put(cells: Sequence[list[Token]], plan: _Plan) -> dict[int, list[Token]] | None:
    """Return the places of the cells of a row that lost some, None when there are several ways."""
    texts = [_text(cell) for cell in cells]
    is_figure = [shape_of(text) in _FIGURES or shape_of(text) is Shape.DASH for text in texts]
    start = next((n for n, figure in enumerate(is_figure) if figure and n), len(texts))
    end = next((n for n in range(start, len(texts)) if not is_figure[n]), len(texts))
    if start == len(texts):
        return dict(enumerate(cells)) if len(cells) <= plan.lead or len(cells) == 1 else None
    if not plan.figures or start > plan.lead or end - start > plan.figures or any(is_figure[end:]):
        return None
    columns = range(plan.lead, plan.lead + plan.figures)
    ways = [way for way in _ways(columns, end - start) if _fits(way, texts[start:end], plan)]
    if len(ways) != 1:
        return None
    placed = dict(enumerate(cells[:start], plan.lead - start))
    placed.update(zip(ways[0], cells[start:end], strict=True))
    placed.update(enumerate(cells[end:], plan.lead + plan.figures))
    return placed


def _ways(columns: Sequence[int], count: int) -> Iterator[tuple[int, ...]]:
    for tried, way in enumerate(combinations(columns, count)):
        if tried > _MOST_PLACES:
            return
        yield way


def _fits(way: Sequence[int], texts: Sequence[str], plan: _Plan) -> bool:
    """Tell whether percentages come below percentages, and sums below sums."""
    for c, text in zip(way, texts, strict=True):
        shape = shape_of(text)
        if (shape is Shape.PERCENT and c in plan.sums) or (shape in (Shape.NUMBER, Shape.MONEY) and c in plan.rates):
            return False
    return True


def _labels_only(cells: Sequence[list[Token]], plan: _Plan) -> dict[int, list[Token]]:
    """Return the words that a row begins with, in their places; of a row without any, what it begins with."""
    words = [cell for cell in cells[: max(plan.lead, 1)] if shape_of(_text(cell)) not in _FIGURES]
    return dict(enumerate(words, max(plan.lead - len(words), 0))) or {0: cells[0]}


# --- headers --------------------------------------------------------------------------------------------------------

_Head = tuple[list[dict[int, list[Token]]], list[dict[int, int]]]


def _head(rows: Sequence[_Row], plan: _Plan, named: Named) -> _Head | None:
    """Return the rows above the figures with their spans; None when labels and columns don't come out even."""
    placed: list[dict[int, list[Token]]] = []
    spans: list[dict[int, int]] = []
    labels: list[tuple[int, list[list[Token]]]] = []
    for row in rows:
        cells = {c: list(cell.tokens) for c, cell in enumerate(row) if cell.tokens}
        if not cells:
            continue
        if len(cells) > 1:
            labels.append((len(placed), list(cells.values())))
        placed.append(cells)
        spans.append({})
    if labels and _stands_above(placed[labels[-1][0]], plan):
        return placed, spans
    if len(labels) < 2:
        return None
    (upper_at, upper), (lower_at, lower) = labels[-2:]
    found = _two_levels(upper, lower, plan, named)
    if found is None or lower_at != upper_at + 1:
        return None
    (placed[upper_at], spans[upper_at]), placed[lower_at] = found[0], found[1]
    return placed, spans


def _stands_above(cells: dict[int, list[Token]], plan: _Plan) -> bool:
    """Tell whether labels stand above all columns, but perhaps for the corner above the labels of the rows."""
    return set(range(plan.width)) - set(cells) <= {0} and (0 in cells or plan.lead == 1)


_Upper = tuple[dict[int, list[Token]], dict[int, int]]


def _two_levels(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], plan: _Plan, named: Named
) -> tuple[_Upper, dict[int, list[Token]]] | None:
    """Put the labels of a lower row under the headings they share; None when there are several ways."""
    count = len(upper) + len(lower) - plan.width
    if not 0 < count < len(upper):
        return None
    found = [
        way
        for owners in combinations(range(1, len(upper)), count)
        for sizes in _sizes(len(lower), count)
        if _is_sound(way := _laid_out(upper, lower, owners, sizes), plan, named)
    ]
    marked = [way for way in found if all(named("groups", _text(way[0][0][c])) for c in way[0][1])]
    chosen = found if len(found) == 1 else marked
    return chosen[0] if len(chosen) == 1 else None


def _sizes(labels: int, groups: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to share out labels among groups of two or more."""
    if groups == 1:
        if labels > 1:
            yield (labels,)
        return
    if labels % groups == 0 and labels // groups > 1:
        yield (labels // groups,) * groups


def _laid_out(
    upper: Sequence[list[Token]], lower: Sequence[list[Token]], owners: Sequence[int], sizes: Sequence[int]
) -> tuple[_Upper, dict[int, list[Token]]]:
    above: dict[int, list[Token]] = {}
    below: dict[int, list[Token]] = {}
    spans: dict[int, int] = {}
    column = taken = 0
    for n, cell in enumerate(upper):
        above[column] = cell
        size = sizes[owners.index(n)] if n in owners else 0
        if size:
            spans[column] = size
            below.update(enumerate(lower[taken : taken + size], column))
            taken += size
        column += max(size, 1)
    return (above, spans), below


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _is_sound(way: tuple[_Upper, dict[int, list[Token]]], plan: _Plan, named: Named) -> bool:
    """Tell whether rates stand above what may be rates, sums above none, and no group has a label twice."""
    (above, spans), below = way

    def is_rate_label(label: str) -> bool:
        return named("rates", label) or named("growth_rates", label) or "%" in label

    for start, size in spans.items():
        covered = range(start, start + size)
        if len({_text(below[c]) for c in covered}) < size or start < plan.lead:
            return False
        if is_rate_label(_text(above[start])) and not plan.sums.isdisjoint(covered):
            return False
    for c in range(plan.lead, plan.width):
        is_rate = is_rate_label(_text(below[c] if c in below else above.get(c, [])))
        if (is_rate and c in plan.sums) or (not is_rate and c in plan.rates):
            return False
    return True
