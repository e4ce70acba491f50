"""Tables of no form whose cells are closed by pipes: a row on a line, a row over several lines, or a cell on each line.

Comes in: lines. Goes out: grids in which every row has as many pipes as the others, and those that look like one but can't be
read. Pages that became text close every cell with a pipe; what a merged or blank cell leaves over stands as a run of pipes at
the end of the row. Such a row has lost the places of its cells: they go back where the shape of the other rows leaves only
one way, else the row keeps its label alone and is told as open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import combinations, pairwise, takewhile
from typing import NamedTuple

from validator.forms.labels import is_note
from validator.forms.ordinals import ordinal_of
from validator.forms.restore.anew import beginnings
from validator.forms.restore.generic import adding_up
from validator.forms.restore.grouped import settled_by_groups
from validator.forms.restore.headings import Plan, counts_columns, head_of, is_mark, text_of
from validator.forms.restore.kinds import NOWHERE, SURPLUS, Cell, Kind, by_kinds, cut_off, is_like_a_year, kind_of
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.summed import settled_by_sums
from validator.forms.restore.tokens import Gap, Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY})
_OUTER = " \u3000\u2002\u2003\t\r\ufeff\xa0\u200b"
_MOST_WIDTHS = 4
"""Widths that are tried for rows on lines."""
_FEWEST_ROWS = 2
_FEWEST_OPEN_ENDED = 3
_MOST_LINES_OF_A_CELL = 4
_LONGEST_CELL = 300
_LONGEST_LABEL = 60
_MOST_PLACES = 1000
_MOST_HEADER_ROWS = 8
_OF_HEADINGS = (1, 2)
"""Kinds of numbering that headings have: 一、 （一）."""
_ENDS_WITH_AMOUNT = re.compile(r"\d[\d,，.]*\D{1,3}$")
_RATES = ("rates", "growth_rates")
_COMPUTED = (*_RATES, "differences")
"""Names of lists with labels of columns that are computed from those beside them."""
_RATES_OF_ONE = (0, 100)
"""Changes in percent where one of two figures is nothing, or both are the same."""
_FEWEST_GIVEN = 2
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
    remark: str = ""
    """What is to be said of the whole table."""


_Row = list[Cell]


def by_pipe(lines: Sequence[str], named: Named) -> list[Grid]:
    """Return the tables in lines, in order. `named` tells whether a text is in a list of words."""
    grids: list[Grid] = []
    for stretch in _stretches(lines, named):
        done = -1
        for rows, sure in _rows_of(stretch, named):
            grid = _grid(rows, named) if sure else Grid(_first_line(rows), rows[-1][0].line, (), ())
            if rows[0][0].line > done and grid is not None:
                grids.append(grid)
                done = grid.last
    return grids


def _stretches(lines: Sequence[str], named: Named) -> Iterator[list[Cell]]:
    """Yield runs of cells closed by pipes; a line that no pipe closes soon ends a run."""
    cells: list[Cell] = []
    pending: list[Token] = []
    waiting = 0
    anew = beginnings(lines)
    closed_by_line = _closed_by_line(lines, anew)
    for number, line in enumerate(lines):
        if number in anew and cells:
            yield cells
            cells, pending, waiting = [], [], 0
        parts = (line + "|" if number in closed_by_line else line).split("|")
        if len(parts) == 1:
            text = line.strip(_OUTER)
            if not text:
                continue
            waiting += 1
            goes_on = _is_closed_below(lines, number, at_once=not cells and not pending)
            goes_on = goes_on and not (_ends_a_full_line(cells) and not pending and _stands_between(text, named))
            goes_on = goes_on and not (cells and not pending and _heads_another(text, lines[number + 1 :], cells[0].text))
            goes_on = goes_on and not (cells and not pending and _stands_before_one(lines, number, cells[-1], anew))
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
                cells.append(Cell(tuple(pending), number, ends))
                pending, waiting = [], 0
    yield from [cells] if cells else []


def _ends_a_full_line(cells: Sequence[Cell]) -> bool:
    """Tell whether the last cell ends a line of several."""
    return len(cells) > 1 and cells[-1].ends and cells[-2].line == cells[-1].line


def _stands_between(text: str, named: Named) -> bool:
    """Tell whether a line without pipes stands between two tables: a note, a sentence, a caption with the unit."""
    return is_note(text) or shape_of(text) is Shape.LONG or named("captions", text)


def _heads_another(text: str, below: Sequence[str], label: str) -> bool:
    """Tell whether a line is the heading of another table: the first label of the one before comes again right below it.

    So is one that is numbered and ends with an amount.
    """
    if ordinal_of(text).rank in _OF_HEADINGS and _ENDS_WITH_AMOUNT.search(text):
        return True
    following = next((line for line in below if line.strip(_OUTER)), "").partition("|")
    return bool(label and following[1]) and following[0].strip(_OUTER) == label


def _stands_before_one(lines: Sequence[str], number: int, last: Cell, anew: frozenset[int]) -> bool:
    """Tell whether a line without pipes stands between two rows, of another table or with a pipe at both of their ends."""
    below = next((n for n in range(number + 1, len(lines)) if "|" in lines[n]), len(lines))
    if below in anew:
        return True
    closed = last.ends and lines[last.line].lstrip(_OUTER).startswith("|")
    follows = lines[below].strip(_OUTER) if closed and below < len(lines) else ""
    return follows.startswith("|") and follows.count("|") > len("||")


def _closed_by_line(lines: Sequence[str], anew: frozenset[int]) -> set[int]:
    """Return the lines with pipes between their cells only, where several such lines stand together.

    Where all have as many pipes as the labels, or most end with a cell, a pipe at the end stands before a blank cell.
    """
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, "."]):
        if "|" in line and number not in anew:
            run.append(number)
        elif line.strip(_OUTER):
            open_ended = [n for n in run if not lines[n].rstrip(_OUTER).endswith("|")]
            even = [n for n in run if lines[n].count("|") == lines[run[-1]].count("|")]
            alike = len(even) > _FEWEST_OPEN_ENDED and even == run[-len(even) :]
            if alike and (even[0] in open_ended or 2 * len(open_ended) > len(even)):
                found.update((*even, *open_ended))
            elif len(open_ended) >= _FEWEST_OPEN_ENDED and 2 * len(open_ended) > len(run):
                found.update(open_ended)
            run = [number] if number in anew else []
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


def _rows_of(cells: Sequence[Cell], named: Named) -> Iterator[tuple[list[_Row], bool]]:
    """Yield runs of rows that have the same number of pipes, as the lines tell it or else the kinds of the cells.

    With each, whether all its rows were found.
    """
    rest = list(cells)
    while rest:
        runs = _on_lines(rest)
        if not runs:
            yield from by_kinds(rest, named)
            return
        start, end = _lines_of(runs)
        yield from _rows_of([cell for cell in rest if cell.line < start], named)
        yield from runs
        rest = [cell for cell in rest if cell.line > end]


_Runs = list[tuple[list[_Row], bool]]


def _on_lines(cells: Sequence[Cell]) -> _Runs:
    """Return the runs of rows of the width that most cells go with; none when they are but a part of what lies between them."""
    filled = Counter(cell.line for cell in cells if cell.tokens)
    by_line = Counter(count for line, count in Counter(cell.line for cell in cells).items() if filled[line] > 1)
    widths = [width for width, count in by_line.most_common(_MOST_WIDTHS) if count > 1]
    best = max((_by_lines(cells, width) for width in widths), key=_cells_in, default=[])
    if not best:
        return []
    start, end = _lines_of(best)
    between = sum(start <= cell.line <= end for cell in cells)
    return best if 2 * _cells_in(best) > between else []


def _cells_in(runs: _Runs) -> int:
    return sum(len(row) for run, _ in runs for row in run)


def _lines_of(runs: _Runs) -> tuple[int, int]:
    """Return the first and the last line of the rows."""
    return _first_line(runs[0][0]), max(cell.line for cell in runs[-1][0][-1])


def _by_lines(cells: Sequence[Cell], width: int) -> list[tuple[list[_Row], bool]]:
    """Cut cells into rows that end with a line; a row that doesn't come out even begins a new run.

    With each run, whether no row with figures came out uneven right behind it.
    """
    runs: list[list[_Row]] = [[]]
    broken: set[int] = set()
    row: _Row = []
    labels = _label_lines(cells, width)
    short = _short_lines(cells, width) | labels
    whole = {number for number, line in _cells_by_line(cells).items() if len(line) == width and line[-1].ends}
    for cell in cells:
        if cell.line in whole and len(row) == 1 and row[0].line != cell.line:  # a title alone, closed by a pipe
            runs.append([])
            row = []
        if cell.line in labels and row and row[0].line != cell.line:  # a title, closed by a pipe as if it were a cell
            runs.append([])
            row = []
        row.append(cell)
        if cell.ends and cell.line in short and row[0].line == cell.line:
            row += [Cell((), cell.line, ends=False)] * (width - len(row))
        if not (cell.ends and len(row) >= width):
            continue
        if len(row) == width:
            runs[-1].append(row)
        else:
            if _has_figures(row) and runs[-1]:
                broken.add(len(runs) - 1)
            runs.append([])
        row = []
    if row and len(row) < width and _has_figures(row):
        runs[-1].append(cut_off(row, width))
    return [
        (run, n not in broken)
        for n, run in enumerate(runs)
        if len(run) >= _FEWEST_ROWS and _are_on_lines([row for row in run if _has_figures(row)])
    ]


def _short_lines(cells: Sequence[Cell], width: int) -> set[int]:
    """Return the lines that are rows with a cell or more merged away: a label and figures, and a whole row below or none."""
    lines = _cells_by_line(cells)
    below = {number: len(lines[after]) for number, after in pairwise(lines)}
    return {
        number
        for number, row in lines.items()
        if 1 < len(row) < width and below.get(number, width) == width and row[-1].ends and _is_labelled(row)
    }


def _label_lines(cells: Sequence[Cell], width: int) -> set[int]:
    """Return the lines that are rows of labels with cells merged away: two or more of them above a whole row of figures."""
    lines = _cells_by_line(cells)
    numbers = list(lines)
    found: set[int] = set()
    for at, number in enumerate(numbers):
        if len(lines[number]) == width and _has_figures(lines[number]):
            above = reversed(numbers[max(0, at - _MOST_HEADER_ROWS) : at])
            labels = list(takewhile(lambda line: _are_labels(lines[line], width), above))
            # Together they may be one row over several lines.
            found.update(labels if len(labels) > 1 and sum(len(lines[line]) for line in labels) != width else ())
    return found


def _cells_by_line(cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    lines: dict[int, list[Cell]] = {}
    for cell in cells:
        lines.setdefault(cell.line, []).append(cell)
    return lines


def _are_labels(row: Sequence[Cell], width: int) -> bool:
    """Tell whether a line is part of the labels of the columns, each of them of several columns perhaps."""
    return 1 < len(row) < width and row[-1].ends and all(kind_of(cell) is Kind.WORD for cell in row)


def _is_labelled(row: Sequence[Cell]) -> bool:
    """Tell whether a row is a label and nothing but figures."""
    return kind_of(row[0]) is Kind.WORD and all(kind_of(cell) in (Kind.FIGURE, Kind.NEUTRAL) for cell in row[1:])


def _are_on_lines(rows: Sequence[_Row]) -> bool:
    """Tell whether rows of figures stand on one line each, for the most part; a blank cell may hold the end of a line."""
    return bool(rows) and 2 * sum(_is_on_a_line(row) for row in rows) >= len(rows)


def _is_on_a_line(row: _Row) -> bool:
    return all(cell.line == before.line or not cell.tokens for before, cell in pairwise(row))


def _has_figures(row: _Row) -> bool:
    """Tell whether figures stand behind the first cell with something in it."""
    filled = [cell for cell in row if cell.tokens]
    return any(kind_of(cell) is Kind.FIGURE for cell in filled[1:])


# --- places ---------------------------------------------------------------------------------------------------------


def _grid(rows: Sequence[_Row], named: Named) -> Grid | None:
    """Put cells below each other; None when there are no figures to speak of."""
    rows = _from_the_title(rows)
    figured = [_has_figures(row) for row in rows]
    if not any(figured):
        return None
    figured = _with_years(rows, _below_numbers(rows, figured, named))
    rows, whole, plan, moved = _learnt(rows, figured, named)
    body = figured.index(True)
    known = [row for row, has, own in zip(rows, figured, whole, strict=True) if has and own]
    plan = plan._replace(rows=tuple(_figures_of(row[: plan.width]) for row in known))
    first, last = _first_line(rows), max(cell.line for cell in rows[-1])
    above = [{c: list(cell.tokens) for c, cell in enumerate(row) if cell.tokens} for row in rows[:body]]
    head = head_of(above, plan, named)
    if head is None and not moved:
        told = _without_labels(rows[body:], plan, last) if all(whole[body:]) else None
        return told or Grid(first, last, (), ())
    placed, spans = head or ([], [])
    top = len(placed)
    short = [row for row, has, own in zip(rows, figured, whole, strict=True) if has and not own and row[-1].line != NOWHERE]
    prices = frozenset(c for row in placed for c, cell in row.items() if plan.lead <= c and named("prices", text_of(cell)))
    carried = _carried(prices, short, plan, len(known), named)
    columns = range(plan.lead, plan.lead + plan.figures)
    given = [c for c in columns if not _is_computed(placed, c, named)]
    is_rate = all(_is_computed(placed, c, named, _RATES) for c in columns if c not in given)
    lost_places: dict[int, list[list[Token]]] = {}
    settled = False
    for row, is_whole in zip(rows[body:], whole[body:], strict=True):
        cells = {c: list(cell.tokens) for c, cell in enumerate(row) if cell.tokens}
        breaks_off = row[-1].line == NOWHERE and not _fits(list(cells), list(map(text_of, cells.values())), plan)
        if row[-1].line == SURPLUS:
            lost_places[len(placed)] = []
            cells = _labels_only(list(cells.values()), plan)
        elif (not is_whole or breaks_off) and len(cells) < plan.width:
            found = _put_around(list(cells.values()), plan, carried) or _put(list(cells.values()), plan, given, is_rate=is_rate)
            if found is None and named("totals", row[0].text):
                found = _put_total(list(cells.values()), plan, prices, placed[top:])
                settled = found is not None
            if found is None:
                lost_places[len(placed)] = list(cells.values())
            cells = _labels_only(list(cells.values()), plan) if found is None else found
        placed.append(cells)
        spans.append({})
    is_total = partial(named, "totals")
    for n, settled_cells in (settled_by_sums(lost_places, placed[top:], top, plan, is_total) if lost_places else {}).items():
        placed[n] = settled_cells
        del lost_places[n]
    for n, settled_cells in (settled_by_groups(lost_places, placed[top:], top, plan) if lost_places else {}).items():
        placed[n] = settled_cells
        del lost_places[n]
    unplaced = list(lost_places)
    if unplaced and (head is None or all(_is_of_fields(row, named) for row in known)):
        return Grid(first, last, (), ())
    cut_off = [len(placed) - 1] if rows[-1][-1].line == NOWHERE and not settled else []
    return Grid(first, last, tuple(placed), tuple(spans), frozenset([*unplaced, *cut_off]), tuple(unplaced))


def _without_labels(rows: Sequence[_Row], plan: Plan, last: int) -> Grid | None:
    """Return rows below labels that have no places, with the columns that add up in all rows but few; None without any.

    The row in which the text breaks off says nothing of them.
    """
    columns = range(plan.lead, plan.lead + plan.figures)
    ended = [row for row in rows if row[-1].line != NOWHERE]
    figures = [[number_of(row[c].text) for c in columns] for row in ended]
    told = [columns[c] for c in sorted(adding_up(figures))] if ended else []
    kept = [*range(plan.lead), *told]
    placed = [{c: list(row[c].tokens) for c in kept if row[c].tokens} for row in rows]
    cut_off = range(len(ended), len(rows))
    return Grid(_first_line(rows), last, tuple(placed), tuple({} for _ in placed), frozenset(cut_off)) if told else None


def _learnt(rows: Sequence[_Row], figured: Sequence[bool], named: Named) -> tuple[Sequence[_Row], list[bool], Plan, bool]:
    """Return the rows, which of them lost no cell, what these show of the columns, and whether the figures of a total moved."""
    lost = [_padding([cell for cell in row if cell.line != NOWHERE]) for row in rows]
    ended = [count for row, count, has in zip(rows, lost, figured, strict=True) if has and row[-1].line != NOWHERE]
    least = min(ended, default=lost[-1])
    keeps_blanks = _keeps_blanks(rows)
    whole = [(keeps_blanks or count <= least) and row[-1].line != SURPLUS for row, count in zip(rows, lost, strict=True)]
    if ended and len(ended) < sum(figured):  # the row that breaks off has kept its cells where all others have
        whole[-1] = all(own or not has for own, has in zip(whole, figured, strict=True))
    if keeps_blanks:
        plan = _plan_of(rows, figured, whole)
        whole = [own and not (count and _has_slipped(row, plan)) for row, count, own in zip(rows, lost, whole, strict=True)]
    elif moved := _with_total_in_place(rows, figured, whole, named):
        whole = [own and not (has and row is same) for row, same, has, own in zip(moved, rows, figured, whole, strict=True)]
        return moved, whole, _plan_of(moved, figured, whole)._replace(width=len(moved[0])), True
    return rows, whole, _plan_of(rows, figured, whole), False


def _is_of_fields(row: _Row, named: Named) -> bool:
    """Tell whether what looks like figures are fields of a heading, which say nothing of columns: 开始日期 | 2021.1."""
    filled = [cell for cell in row if cell.tokens]
    return all(named("remarks", label.text) for label, cell in pairwise(filled) if kind_of(cell) is Kind.FIGURE)


def _below_numbers(rows: Sequence[_Row], figured: Sequence[bool], named: Named) -> list[bool]:
    """Return which rows have figures; the first may only count the columns: 甲 丙 1 2 3, no row of a list 甲, 乙, 丙."""
    first, *others = (n for n, has in enumerate(figured) if has)
    texts = [cell.text for cell in rows[first] if cell.tokens]
    counts = bool(others) and counts_columns(texts, named) and not is_mark(rows[first + 1][0].text)
    return [has and not (counts and n == first) for n, has in enumerate(figured)]


def _with_years(rows: Sequence[_Row], figured: Sequence[bool]) -> list[bool]:
    """Return which rows have figures; the row above the first may have amounts that only look like years: 1997.

    They stand below labels and above figures, behind a label of their own.
    """
    body = figured.index(True)
    if body < 2 or not rows[body - 1][0].tokens:
        return list(figured)
    columns = [c for c, cell in enumerate(rows[body - 1]) if c and cell.tokens and kind_of(rows[body][c]) is Kind.FIGURE]
    below_labels = all(kind_of(rows[body - 2][c]) is Kind.WORD for c in columns)
    is_row = bool(columns) and below_labels and all(is_like_a_year(rows[body - 1][c].text) for c in columns)
    return [figure or (is_row and n == body - 1) for n, figure in enumerate(figured)]


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
        filled = [(c, cell.line) for c, cell in enumerate(row) if cell.tokens]
        for (c, line), (after, same) in pairwise(filled):
            if after > c + 1 and line == same and all(cell.line == line for cell in row[c:after]):
                return True
    return False


def _plan_of(rows: Sequence[_Row], figured: Sequence[bool], whole: Sequence[bool]) -> Plan:
    """Return the plan of the columns by the rows of figures that lost no cell; one that breaks off tells least."""
    known = [row for row, has, own in zip(rows, figured, whole, strict=True) if has and own]
    return _plan([row for row in known if row[-1].line != NOWHERE] or known)


def _has_slipped(row: _Row, plan: Plan) -> bool:
    """Tell whether the figures of a row stand too far left: one below words, and the last columns of figures blank.

    The label of a total is merged over the columns of words; what it covers is left over as blank cells at the end.
    """
    below_words = any(kind_of(cell) is Kind.FIGURE for cell in row[1 : plan.lead])
    return below_words and plan.figures > 0 and not row[plan.lead + plan.figures - 1].tokens


def _plan(rows: Sequence[_Row]) -> Plan:
    width = 1 + max(c for row in rows for c, cell in enumerate(row) if cell.tokens)
    shapes = [[shape_of(row[c].text) for row in rows if kind_of(row[c]) in (Kind.FIGURE, Kind.WORD)] for c in range(width)]
    kinds = [2 * sum(shape in _FIGURES for shape in column) > len(column) for column in shapes]
    for c in range(1, width - 1):  # one without anything stands among figures where its neighbours are some
        kinds[c] = kinds[c] or (
            not shapes[c] and kinds[c - 1] and next((k for k, s in zip(kinds[c:], shapes[c:], strict=True) if s), False)
        )
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
    marks = [row[lead - 1].text for row in rows if row[lead - 1].tokens] if 1 < lead < width else []
    marked = bool(marks) and all(map(is_mark, marks)) and not kinds[lead - 1]
    return Plan(width, lead, figures if alone else 0, rates, large, marked)


def _figures_of(row: Sequence[Cell]) -> tuple[Decimal | None, ...]:
    return tuple(number_of(cell.text) if kind_of(cell) is Kind.FIGURE else None for cell in row)


def _is_computed(head: Sequence[dict[int, list[Token]]], column: int, named: Named, lists: Sequence[str] = _COMPUTED) -> bool:
    """Tell whether a column has what is computed from the figures beside it: a change, a rate."""
    row = next(
        (row for row in reversed(head) if column in row and not counts_columns([*map(text_of, row.values())], named)), {}
    )
    return column in row and any(named(name, text_of(row[column])) for name in lists)


def _put(cells: Sequence[list[Token]], plan: Plan, given: Sequence[int], *, is_rate: bool) -> dict[int, list[Token]] | None:
    """Return the places of the cells of a row that lost some, None when there are several ways.

    A row with a figure in each of the columns that are `given`, and not computed from others, has nothing computed. `is_rate`:
    all that is computed are rates.
    """
    texts = [text_of(cell) for cell in cells]
    is_figure = [shape_of(text) in _FIGURES or shape_of(text) is Shape.DASH for text in texts]
    start = next((n for n, figure in enumerate(is_figure) if figure and n), len(texts))
    end = next((n for n in range(start, len(texts)) if not is_figure[n]), len(texts))
    if start == len(texts):
        return dict(enumerate(cells)) if len(cells) <= plan.lead or len(cells) == 1 else None
    if not plan.figures or start > plan.lead or end - start > plan.figures or any(is_figure[end:]):
        return None
    columns = range(plan.lead, plan.lead + plan.figures)
    ways = [way for way in _ways(columns, end - start) if _fits(way, texts[start:end], plan)]
    if len(ways) > 1 and tuple(given) in ways and not _may_be_computed(texts[start:end], is_rate=is_rate):
        ways = [tuple(given)]
    if len(ways) != 1:
        return None
    placed = dict(enumerate(cells[:start], 0 if plan.marked else plan.lead - start))
    placed.update(zip(ways[0], cells[start:end], strict=True))
    placed.update(enumerate(cells[end:], plan.lead + plan.figures))
    return placed


def _may_be_computed(texts: Sequence[str], *, is_rate: bool) -> bool:
    """Tell whether the last figure may follow from one alone: a change of all, or none."""
    sizes = [abs(number_of(text)) for text in texts]
    return len(sizes) < _FEWEST_GIVEN or sizes[-1] in (_RATES_OF_ONE if is_rate else (0, *sizes[:-1]))


def _put_total(
    cells: Sequence[list[Token]], plan: Plan, prices: frozenset[int], above: Sequence[dict[int, list[Token]]]
) -> dict[int, list[Token]] | None:
    """Return the places of the cells of a total that has no prices, where one of its figures is the sum of the rows above."""
    columns = [c for c in range(plan.lead, plan.lead + plan.figures) if c not in prices]
    figures = cells[1 : 1 + len(columns)]
    texts = list(map(text_of, figures))
    if not prices or len(texts) < len(columns) or any(shape_of(text) not in _FIGURES for text in texts):
        return None
    if any(shape_of(text_of(cell)) in _FIGURES for cell in cells[1 + len(columns) :]):
        return None
    shown = {c: [text_of(row[c]) for row in above if c in row] for c in columns}
    sums = {c: sum((number_of(text) for text in shown[c] if shape_of(text) in _FIGURES), Decimal(0)) for c in columns}
    if not _fits(columns, texts, plan) or all(number_of(text) != sums[c] for c, text in zip(columns, texts, strict=True)):
        return None
    behind = enumerate(cells[1 + len(columns) :], plan.lead + plan.figures)
    return {plan.lead - 1: cells[0], **dict(zip(columns, figures, strict=True)), **dict(behind)}


def _with_total_in_place(
    rows: Sequence[_Row], figured: Sequence[bool], whole: Sequence[bool], named: Named
) -> list[_Row] | None:
    """Return the rows with the figures of a total behind all columns of words, which its label covers.

    It may be the only row that lost no cell. None where no figure has to move.
    """
    body = [n for n, has in enumerate(figured) if has]
    totals = [n for n in body if whole[n] and named("totals", rows[n][0].text)]
    if len(totals) != 1 or len(body) < _FEWEST_OPEN_ENDED or any(all(cell.tokens for cell in rows[n]) for n in body):
        return None
    row = rows[totals[0]]
    more = max(len(list(takewhile(lambda cell: kind_of(cell) is Kind.WORD, rows[n]))) for n in body) - 1
    if more < 1 or kind_of(row[1]) is not Kind.FIGURE or any(cell.tokens for cell in row[len(row) - more :]):
        return None
    blanks = [Cell((), row[0].line, ends=False)] * more
    return [*rows[: totals[0]], [row[0], *blanks, *row[1 : len(row) - more]], *rows[totals[0] + 1 :]]


def _carried(prices: frozenset[int], short: Sequence[_Row], plan: Plan, whole: int, named: Named) -> frozenset[int]:
    """Return the columns of prices that were merged over the rows: those that lack just as many figures lack them there."""
    counts = [
        sum(kind_of(cell) is Kind.FIGURE for cell in row[plan.lead :])
        for row in short
        if not any(named("totals", cell.text) for cell in row[: plan.lead])
    ]
    alike = len(counts) >= max(_FEWEST_ROWS, whole) and set(counts) == {plan.figures - len(prices)}
    return prices if prices and alike else frozenset()


def _put_around(cells: Sequence[list[Token]], plan: Plan, carried: frozenset[int]) -> dict[int, list[Token]] | None:
    """Return the places of the cells of a row below whose price reaches into it; that cell has no tokens of its own."""
    columns = [c for c in range(plan.lead + plan.figures) if c not in carried]
    texts = [text_of(cell) for cell in cells]
    if not carried or len(cells) != len(columns) or not _fits(columns, texts, plan):
        return None
    if any((shape_of(text) in _FIGURES) != (c >= plan.lead) for c, text in zip(columns[1:], texts[1:], strict=True)):
        return None
    return {**dict(zip(columns, cells, strict=True)), **{c: [] for c in carried}}


def _ways(columns: Sequence[int], count: int) -> Iterator[tuple[int, ...]]:
    for tried, way in enumerate(combinations(columns, count)):
        if tried > _MOST_PLACES:
            return
        yield way


def _fits(way: Sequence[int], texts: Sequence[str], plan: Plan) -> bool:
    """Tell whether percentages come below percentages, and sums below sums."""
    for c, text in zip(way, texts, strict=True):
        shape = shape_of(text)
        if (shape is Shape.PERCENT and c in plan.sums) or (shape in (Shape.NUMBER, Shape.MONEY) and c in plan.rates):
            return False
    return True


def _labels_only(cells: Sequence[list[Token]], plan: Plan) -> dict[int, list[Token]]:
    """Return the words that a row begins with, in their places; of a row without any, what it begins with."""
    words = [cell for cell in cells[: max(plan.lead, 1)] if shape_of(text_of(cell)) not in _FIGURES]
    return dict(enumerate(words, max(plan.lead - len(words), 0))) or {0: cells[0]}
