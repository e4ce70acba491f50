"""Tables of no official form that became text: rows of a label and figures, found by their even count of figures.

Comes in: lines that no form took. Goes out: the stretches that are such tables, with the labels of their columns where the
counts leave only one way to read them, and the stretches that look like a table but can't be read for sure. A row that is
longer or shorter than its peers ends a table; what is said of the whole (totals, shares) then can't be checked any more.
The row in which the text breaks off is one of the table all the same, and told as open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, groupby, pairwise, permutations, takewhile
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.ordinals import ordinal_of
from validator.forms.restore.headings import FORMULA, Plan, is_numbering, lower_row, with_remarks
from validator.forms.restore.shapes import Shape, is_period, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token, is_ellipsis
from validator.forms.spread import parts_apart

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_LABELS = frozenset({Shape.WORD, Shape.AMOUNT})
_SHOWN = 8
"""Rows that show which columns are percentages."""
_MOST_BLANKS = 2
"""Cells of a row that may be blank without a sign."""
_FEWEST_ROWS = 3
_FEWEST_TABBED = 2
_FEWEST_FIGURES = 2
_LONGEST_LABEL = 40
_MOST_WORDS = 4
"""Words with blanks between them that are the label of one row."""
_FEWEST_IN_RUN = 12
_MANY_FIGURES = 8
_FEWEST_ADDING_UP = 6
"""Rows with different figures that tell by themselves that a column is the sum of others."""
_ROWS_FOR_EACH_OFF = 10
_LARGE = 10_000
"""Steps of the last digit in a total whose rounding says nothing against it."""
_MOST_PARTS = 6
_FEWEST_RATED = 4
"""Rows whose rates follow from two other columns before these columns need no label."""
_FEWEST_RATES = 3
"""Different rates among them."""
_MOST_COLUMNS = 12
_PER_CENT = 100
_OF_TWO = 2
"""Letters of the words that are spelt with blanks between them."""
_MOST_BLANK_LINES = 5
"""Lines of blank cells between two cells of a table that has its cells on lines of their own."""
_MOST_GROUPINGS = 2000
_WIDEST_SPACED = 16
"""Cells behind the label of a row in which some may be blank."""
_NEAR = 3
"""Tokens behind a table in which no figure may stand: it would belong to a row that was not understood."""
_LIKE_A_RATE = 200
"""A column with no larger figure may hold percentages without a sign."""
_APART = re.compile(r"[\d%][ \u3000\t|][ \u3000\t|]{0,8}[-−]?\d")
_PAIR = re.compile(
    r"(?:\d{1,9}[ \t\u3000]+(?=[^\s\d]))?\S+[ \t\u3000]+[-−]?\d[\d.,]*(?:[ \t\u3000]+[^\s\d]\S*[ \t\u3000]+[-−]?\d[\d.,]*)?"
)
"""A label with its figure, perhaps behind its code; perhaps two of them beside each other."""
_LONGEST_PAIR = 80
_IN_TURN = re.compile(r"(?:[^\s\d]\S{0,40}[ \t\u3000]{1,4}[-−]?\d[\d.,]{0,20}(?:[ \t\u3000]{1,4}|$)){3}")
_ALONE = re.compile(r"[-−]?\d[\d.,]*%?")
_LONGEST_FIGURE = 40
_MARGIN = " \t|\u3000\xa0\r"
_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKETED = re.compile(r"[(（][^()（）]{1,12}[)）]")
_OF_ALL = ("weighed_totals", "serials")
"""Names of lists with labels of columns that follow from all others."""
_CAPTION = re.compile(r".*(?:单位|日期|年度)\s*[:：].*|[(（].*[)）]|.*[表册单][)）]?|.*[:：].+|.*年度?|.*[。；]")

Named = Callable[[str, str], bool]
"""Tells whether a text is in a list of words: `numbering`, `remarks`, `totals`."""
Row = tuple[Token | None, tuple[Token, ...], tuple[Token, ...]]
"""Label (None where it is blank), figures, and words behind them."""


class Body(NamedTuple):
    """Rows of one label and an even number of figures."""

    start: int
    """Index of the first token."""
    end: int
    rows: tuple[Row, ...]
    width: int
    """Figures in a row."""
    broken: bool
    """Whether figures that belong to no row of it follow at once."""
    cut_off: bool = False
    """Whether the text breaks off in the last row."""


class Grid(NamedTuple):
    """A table of no form, or what looks like one but is not sure: that has no rows."""

    start: int
    end: int
    rows: tuple[dict[int, list[Token]], ...]
    spans: tuple[dict[int, int], ...]
    """For each row the columns that a cell covers, where it is more than one."""
    open_rows: frozenset[int] = frozenset()
    """Rows that lack figures because the text breaks off there."""


class _Head(NamedTuple):
    """The rows above a body."""

    start: int
    rows: tuple[dict[int, list[Token]], ...]
    spans: tuple[dict[int, int], ...]


def may_occur(lines: Sequence[str]) -> bool:
    """Tell, fast, whether lines of text may hold figures in rows or one figure a line."""
    if any(len(line) < _LONGEST_FIGURE and _ALONE.fullmatch(line.strip(_MARGIN)) for line in lines):
        return True
    pairs = 0
    for line in lines:
        blank = " " in line or "\t" in line or "|" in line or "\u3000" in line
        if blank and (_APART.search(line) or _IN_TURN.search(line)):
            return True
        pairs = pairs + 1 if blank and len(line) < _LONGEST_PAIR and _PAIR.fullmatch(line.strip(_MARGIN)) else 0
        if pairs == _FEWEST_ROWS:
            return True
    return False


def by_line(tokens: Sequence[Token], start: int, end: int, named: Named) -> list[Grid]:
    """Find tables with a row a line: `label figure figure …`; with one figure only, below two labels."""
    lines = lines_of(tokens, start, end)
    grids: list[Grid] = []
    n = floor = 0
    while n < len(lines):
        rows, m = _rows_from(tokens, lines, n)
        if len(rows) < _FEWEST_ROWS or not _are_named(rows):
            n = max(m, n + 1) if not rows or rows[0][0] is not None else n + 1
            continue
        behind = [tokens[a:b] for a, b in lines[m : m + 2]]
        broken = any(map(is_like_a_row, behind[: 0 if behind and _heads_others(behind[0]) else 2]))
        body = Body(lines[n][0], lines[m - 1][1], tuple(rows), len(rows[0][1]), broken)
        body = _with_cut_off(tokens, body, named) if len(behind) == 1 else body
        head = head_of_lines(body, [tokens[a:b] for a, b in lines[max(floor, n - 3) : n]], tokens, named)
        if head is None and n > floor and _is_numbered_label(tokens[slice(*lines[n - 1])]):
            below = _below(tokens[slice(*lines[n - 1])], lines[n - 1][0], body)
            head = head_of_lines(below, [tokens[a:b] for a, b in lines[max(floor, n - 4) : n - 1]], tokens, named)
            body = body if head is None else below
        if rows[0][0] is None and head is None:
            n += 1
            continue
        if body.width >= _FEWEST_FIGURES or (head is not None and not broken):
            grids.append(grid_of(body, head, named))
            floor = m
        n = m
    return grids


def _rows_from(tokens: Sequence[Token], lines: Sequence[tuple[int, int]], n: int) -> tuple[list[Row], int]:
    """Return the rows from a line on that have as many figures as the first, and the line behind them.

    The label of the first may be lost. A row with fewer figures, all of them 0, has none to be placed; percentages may
    tell which cells of others are blank. A numbered label alone in a line is that of the figures in the next, or a heading of
    the rows below.
    """
    rows: list[Row] = []
    m = n
    while m < len(lines):
        row, used = _row(tokens, lines[m]), 1
        if row is None and rows and _is_numbered_label(tokens[slice(*lines[m])]):
            below = _row(tokens, lines[m + 1]) if m + 1 < len(lines) else None
            label = _joined(tokens[slice(*lines[m])])
            if below is not None and below[0] is None:
                row, used = (label, *below[1:]), 2
            elif below is not None and len(below[1]) == len(rows[0][1]):
                row = (label, (), ())
        if row is None or (rows and row[0] is None):
            break
        if rows and len(row[1]) < len(rows[0][1]) and not any(number_of(figure.text) for figure in row[1]):
            row = (row[0], (tokens[lines[m][0]]._replace(text=""),) * len(rows[0][1]), ())
        if rows and len(row[1]) < len(rows[0][1]):
            row = _with_blanks(row, [rows[0], *rows[-_SHOWN:]]) or row
        if rows and len(row[1]) != len(rows[0][1]):
            break
        rows.append(row)
        m += used
    return rows, m


def _with_blanks(row: Row, rows: Sequence[Row]) -> Row | None:
    """Return a row that lacks figures with blank cells, where percentages come below percentages in one way."""
    kinds = [{shape_of(figure.text) is Shape.PERCENT for figure in column if figure.text} for column in _columns_of(rows)]
    own = [shape_of(figure.text) is Shape.PERCENT for figure in row[1]]
    if any(len(kind) != 1 for kind in kinds) or not any(own) or len(kinds) - len(own) > _MOST_BLANKS:
        return None
    ways = [
        way
        for way in combinations(range(len(kinds)), len(own))
        if all(percent in kinds[c] for c, percent in zip(way, own, strict=True))
    ]
    if len(ways) != 1:
        return None
    placed = dict(zip(ways[0], row[1], strict=True))
    blank = row[1][0]._replace(text="")
    return row[0], tuple(placed.get(c, blank) for c in range(len(kinds))), row[2]


def _columns_of(rows: Sequence[Row]) -> Iterator[tuple[Token, ...]]:
    return zip(*(figures for _, figures, _ in rows if figures), strict=True)


def _below(heading: Sequence[Token], start: int, body: Body) -> Body:
    """Return rows with the heading right above the first of them."""
    blank = heading[0]._replace(text="")
    return body._replace(start=start, rows=((_joined(heading), (blank,) * body.width, ()), *body.rows))


def _are_named(rows: Sequence[Row]) -> bool:
    """Tell whether rows have labels: years, where they are any, that count on."""
    years = [label.text for label, _, _ in rows if label is not None and _YEAR.fullmatch(label.text)]
    return not years or (len(years) == len(rows) and years in (sorted(set(years)), sorted(set(years), reverse=True)))


def _is_numbered_label(cells: Sequence[Token]) -> bool:
    """Tell whether a line is nothing but a label and its number, which may be a cell of its own: 一 市本级."""
    number = cells[0].text + ("、" if len(cells) > 1 else "")
    return len(cells) <= _MOST_WORDS and ordinal_of(number).rank > 0 and _is_name(cells)


def _is_name(cells: Sequence[Token]) -> bool:
    """Tell whether words are the label of a row, a blank in it or its number apart: 1. 人员经费."""
    numbered = ordinal_of(cells[0].text).rank > 0
    words = cells[numbered and len(cells) > 1 :]
    return (
        all(shape_of(token.text) is Shape.WORD for token in words) and sum(len(token.text) for token in cells) <= _LONGEST_LABEL
    )


def _joined(cells: Sequence[Token]) -> Token:
    """Return the words of a line as one label."""
    return cells[0]._replace(text=" ".join(token.text for token in cells), end=cells[-1].end)


def by_cell(tokens: Sequence[Token], start: int, end: int, named: Named) -> list[Grid]:
    """Find tables with a cell a line: a label, then as many figures as every other label has."""
    grids: list[Grid] = []
    i = floor = start
    while i < end:
        body = _cells(tokens, i, end, Gap.LINE, named)
        if body is not None:
            grids.append(grid_of(body, _head_cells(tokens, body, floor, named), named))
            i = floor = body.end
            continue
        spaced = _cells_with_blanks(tokens, i, end, named) if _may_be_spaced(tokens, i, end) else None
        head = _head_cells(tokens, spaced, floor, named) if spaced is not None else None
        if spaced is not None and head is not None:
            grids.append(grid_of(spaced, head, named))
            i = floor = spaced.end
        else:
            i += 1
    return grids


def _may_be_spaced(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Tell, fast, whether a row of a label, figures and blank cells may begin here."""
    near = tokens[i + 1 : min(i + 1 + _WIDEST_SPACED, end)]
    behind = list(takewhile(lambda token: token.blank or shape_of(token.text) in _FIGURES, near))
    return bool(tokens[i].text) and len(behind) >= _FEWEST_FIGURES and any(token.text for token in behind)


def _cells_with_blanks(tokens: Sequence[Token], i: int, end: int, named: Named) -> Body | None:
    """Read rows of a label and as many cells as every other label has, some of them known to be blank."""
    found: list[tuple[Token, list[Token]]] = []
    ends: list[int] = []
    j = i
    while j < end and tokens[j].text and shape_of(tokens[j].text) is Shape.WORD and _may_be_row_label(tokens[j].text, named):
        k = j + 1
        while k < end and (tokens[k].blank or shape_of(tokens[k].text) in _FIGURES) and tokens[k].gap is Gap.LINE:
            k += 1
        found.append((tokens[j], list(tokens[j + 1 : k])))
        ends.append(k)
        j = k
    width = len(found[0][1]) if found else 0
    count = next((n for n, (_, cells) in enumerate(found) if len(cells) != width), len(found))
    if count < len(found) and len(found[count][1]) > width and not any(cell.text for cell in found[count][1][width:]):
        ends[count] -= len(found[count][1]) - width
        found[count] = (found[count][0], found[count][1][:width])
        count += 1
    rows = found[:count]
    figured = [sum(bool(cells[c].text) for _, cells in rows) for c in range(width)]
    if len(rows) < _FEWEST_ROWS or not all(figured) or sum(figured) < len(rows):
        return None
    body_end = ends[count - 1]
    broken = any(shape_of(token.text) in _FIGURES for token in tokens[body_end : min(body_end + _NEAR, end)])
    return Body(i, body_end, tuple((label, tuple(cells), ()) for label, cells in rows), width, broken)


def with_spaced_words(tokens: Sequence[Token], named: Named) -> list[Token]:
    """Return tokens with words of two letters that stand apart put together, 项 目, and those for a total: 收 入 合 计.

    Behind a figure the letters are one label; elsewhere the last of a header may stand before a total.
    """
    joined: list[Token] = []
    n = 0
    while n < len(tokens):
        end = n + 1
        while end < len(tokens) and _is_letter(tokens[n]) and tokens[end].gap is Gap.SPACE and _is_letter(tokens[end]):
            end += 1
        letters, n = tokens[n:end], end
        low = len(letters) - _OF_TWO
        behind_figure = bool(joined) and shape_of(joined[-1].text) in _FIGURES
        whole = low == 0 or (behind_figure and named("totals", "".join(t.text for t in letters)))
        if whole or (low > 0 and named("totals", "".join(t.text for t in letters[low:]))):
            parts = [letters] if whole else [letters[:low], letters[low:]]
            joined += [t for part in parts for t in ([_together(part)] if whole or len(part) == _OF_TWO else part)]
        else:
            joined += letters
    return joined


def _is_letter(token: Token) -> bool:
    return len(token.text) == 1 and shape_of(token.text) is Shape.WORD


def _together(letters: Sequence[Token]) -> Token:
    return letters[0]._replace(text="".join(letter.text for letter in letters), end=letters[-1].end)


def by_run(tokens: Sequence[Token], start: int, end: int, named: Named) -> list[Grid]:
    """Find whole tables on one line: labels of columns, then a label and as many figures as every other label has."""
    grids: list[Grid] = []
    for a, b in lines_of(tokens, start, end):
        if b - a < _FEWEST_IN_RUN:
            continue
        i = floor = a
        while i < b:
            body = _cells(tokens, i, b, Gap.SPACE, named)
            if body is None:
                i += 1
                continue
            head = _head_cells(tokens, body, floor, named) if len(body.rows) >= _FEWEST_ROWS else None
            if head is not None and not body.broken:
                grids.append(grid_of(body, head, named))
            i = floor = body.end
    return grids


def by_rates(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the columns of tables on one line, the labels of which can't be told, that rates bind."""
    for a, b in lines_of(tokens, start, end):
        i = a
        while b - i >= _FEWEST_IN_RUN:
            body = _cells(tokens, i, b, Gap.SPACE, named)
            if body is not None and _told_by_rates(body):  # the label before the first figures may be that of a column
                yield grid_of(body._replace(rows=((None, *body.rows[0][1:]), *body.rows[1:])), None, named)
            i = i + 1 if body is None else body.end


def by_tab(tokens: Sequence[Token], start: int, end: int, texts: Sequence[str], named: Named) -> list[Grid]:
    """Take neighbouring lines with tabs as they stand, when at least two of them hold two figures.

    `texts` are the lines: a row of figures with fewer tabs than others may have lost a cell anywhere.
    """
    grids: list[Grid] = []
    rows: list[tuple[int, int]] = []
    for a, b in [*lines_of(tokens, start, end), (end, end)]:
        near = a < b and (not rows or tokens[a].line == tokens[rows[-1][0]].line + 1)
        if rows and not (near and tokens[a].slot >= 0):
            followed = near and _figures(tokens[a:b]) >= _FEWEST_FIGURES
            whole = _tabbed(tokens, rows, texts, named, followed=followed)
            if whole is not None and not whole.rows and not followed:
                parts = [_tabbed(tokens, part, texts, named) for part in _headed(tokens, rows)]
                grids += [part for part in parts if part is not None] if any(part and part.rows for part in parts) else [whole]
            else:
                grids += [whole] if whole is not None else []
            rows = []
        if a < b and tokens[a].slot >= 0:
            rows.append((a, b))
    return grids


def _tabbed(
    tokens: Sequence[Token], rows: Sequence[tuple[int, int]], texts: Sequence[str], named: Named, *, followed: bool = False
) -> Grid | None:
    """Return lines with tabs as they stand, without rows where they are uneven; None where too few of them hold figures.

    `followed`: figures without tabs stand right behind them.
    """
    figured = [tokens[x].line for x, y in rows if _figures(tokens[x:y]) >= _FEWEST_FIGURES]
    if len(figured) < _FEWEST_TABBED:
        return None
    counts = [texts[line].count("\t") or texts[line].count("|") for line in figured]
    x, end = rows[-1]
    cut_off = end == len(tokens) and len(counts) > _FEWEST_TABBED and figured[-1] == tokens[x].line and counts[-1] < counts[0]
    cut_off = cut_off and bool(tokens[x].text) and not named("totals", tokens[x].text)
    rows = [*rows[:-1], (x, x + 1)] if cut_off else rows
    even = len({*counts[: len(counts) - cut_off]}) == 1
    x, y = rows[0]
    headless = sum(_is_plain_figure(token.text) for token in tokens[x:y]) >= _FEWEST_FIGURES
    broken = followed or (headless and any(named("totals", tokens[x].text) for x, _ in rows))
    broken = broken or _has_slipped([tokens[x:y] for x, y in rows])
    cells = [{token.slot: [token] for token in tokens[x:y]} for x, y in rows]
    placed, spans = _under_headings(cells, named) if even and not broken else ([], [])
    open_rows = frozenset([len(placed) - 1] if cut_off else [])
    return Grid(rows[0][0], end, tuple(placed), tuple(spans), open_rows)


def _headed(tokens: Sequence[Token], rows: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return the tables that stand below each other, each with labels of its own right below the figures of the one before."""
    parts: list[list[tuple[int, int]]] = [[]]
    for x, y in rows:
        filled = [token for token in tokens[x:y] if token.text]
        if parts[-1] and _figures(tokens[slice(*parts[-1][-1])]) and _heads_others(filled):
            parts.append([])
        parts[-1].append((x, y))
    return parts


def _heads_others(line: Sequence[Token]) -> bool:
    """Tell whether a line of labels begins another table, whose rows are as long as they please."""
    return len(line) > _FEWEST_FIGURES and all(token.text and shape_of(token.text) in _LABELS for token in line)


def _under_headings(
    rows: list[dict[int, list[Token]]], named: Named
) -> tuple[list[dict[int, list[Token]]], list[dict[int, int]]]:
    """Return rows with tabs and their spans; none where two rows of labels lost the cells merged with theirs, and where to?

    Each has fewer cells than there are columns of figures, side by side from the left.
    """
    spans: list[dict[int, int]] = [{} for _ in rows]
    first = next((n for n, row in enumerate(rows) if sum(_is_plain_figure(cell[0].text) for cell in row.values()) > 1), 0)
    body = rows[first:]
    width = 1 + max(max(row) for row in body)
    labels = [n for n in range(first) if len(rows[n]) > 1]
    if len(labels) < 2 or any(len(rows[n]) >= width or list(rows[n]) != list(range(len(rows[n]))) for n in labels[-2:]):
        return rows, spans
    found = with_remarks([*rows[labels[-2]].values()], [*rows[labels[-1]].values()], _plan_of(body, width), named)
    if found is None:
        return [], []
    (above, reach), below = found
    placed = list(rows)
    placed[labels[-2]], placed[labels[-1]] = above, below
    spans[labels[-2]] = reach
    return placed, spans


def _plan_of(rows: Sequence[Mapping[int, Sequence[Token]]], width: int) -> Plan:
    """Return what rows with tabs show of their columns."""
    texts = [[row[c][0].text if c in row else "" for c in range(width)] for row in rows]
    columns = list(enumerate(zip(*texts, strict=True)))
    words = [any(text and shape_of(text) not in _FIGURES for text in column) for _, column in columns]
    lead = next((c for c, word in enumerate(words) if not word), width)
    rates = frozenset(c for c, column in columns[lead:] if any(shape_of(text) is Shape.PERCENT for text in column))
    large = frozenset(c for c, column in columns[lead:] if any(abs(number_of(text)) > _LIKE_A_RATE for text in column))
    figures = next((c for c, word in enumerate(words[lead:]) if word), width - lead)
    numbers = tuple(
        tuple(number_of(text) if c >= lead and shape_of(text) in _FIGURES else None for c, text in enumerate(row))
        for row in texts
    )
    return Plan(width, lead, figures, rates, large - rates, marked=False, rows=numbers)


def _has_slipped(rows: Sequence[Sequence[Token]]) -> bool:
    """Tell whether a row stands too far left: a figure in a column of words, and nothing in the last column of figures.

    The label of a total was merged over columns of words, and what it covered went to the end of the line.
    """
    kinds: dict[int, list[bool]] = {}
    for row in rows:
        for token in row:
            if token.text:
                kinds.setdefault(token.slot, []).append(_is_plain_figure(token.text))
    figures = [slot for slot in sorted(kinds) if slot and 2 * sum(kinds[slot]) > len(kinds[slot])]
    if not figures:
        return False
    lead = figures[0]
    last = next(slot for n, slot in enumerate(figures) if n + 1 == len(figures) or figures[n + 1] != slot + 1)
    filled = [{token.slot: token.text for token in row if token.text} for row in rows]
    return any(
        last not in cells and any(0 < slot < lead and _is_plain_figure(text) for slot, text in cells.items())
        for cells in filled
    )


def unread(tokens: Sequence[Token], taken: Collection[int]) -> Iterator[int]:
    """Yield the first line of each stretch that looks like a table though nothing was made of it. `taken`: lines of tables.

    Several lines that are figures for the most part, one line with many, or figures and words each on a line of its own.
    """
    rows: list[tuple[int, int, int]] = []
    for a, b in [*lines_of(tokens, 0, len(tokens)), (0, 0)]:
        figures = sum(shape_of(token.text) in _FIGURES - {Shape.DASH} for token in tokens[a:b])
        line = tokens[a].line if a < b else -1
        apart = bool(rows) and not 0 < line - rows[-1][0] <= _MOST_BLANK_LINES + 1
        alone = b - a == 1 and len(tokens[a].text) <= _LONGEST_LABEL
        fits = line not in taken and (alone or (figures >= _FEWEST_FIGURES and 5 * figures >= 2 * (b - a)))
        if rows and (apart or not fits):
            if _looks_like_a_table(rows):
                yield rows[0][0]
            rows = []
        if fits and line >= 0:
            rows.append((line, figures, b - a))


def _looks_like_a_table(rows: Sequence[tuple[int, int, int]]) -> bool:
    """Tell whether lines are rows, or cells, of a table. `rows`: line, figures and tokens of each.

    Many figures, each on a line of its own, are a row, whatever labels stand before them.
    """
    figures, count = sum(row[1] for row in rows), sum(row[2] for row in rows)
    full = sum(row[1] >= _FEWEST_FIGURES for row in rows)
    alone = max((sum(1 for _ in run) for figure, run in groupby(rows, lambda row: row[1:] == (1, 1)) if figure), default=0)
    return full >= _FEWEST_ROWS or alone >= _MANY_FIGURES or (figures >= _MANY_FIGURES and 5 * figures >= 2 * count)


def _is_plain_figure(text: str) -> bool:
    return shape_of(text) in _FIGURES and _YEAR.fullmatch(text) is None


def _figures(cells: Sequence[Token]) -> int:
    return sum(shape_of(token.text) in _FIGURES for token in cells)


def lines_of(tokens: Sequence[Token], start: int, end: int) -> list[tuple[int, int]]:
    """Return where each line of tokens begins and ends."""
    lines: list[tuple[int, int]] = []
    for i in range(start, end):
        if lines and tokens[i].gap < Gap.LINE:
            lines[-1] = (lines[-1][0], i + 1)
        else:
            lines.append((i, i + 1))
    return lines


def _row(tokens: Sequence[Token], line: tuple[int, int]) -> Row | None:
    """Return label, figures and remark of a line; None when it is not built so, or a blank cell leaves the places open.

    A line of nothing but figures has no label; unless it begins with a year.
    """
    cells = tokens[line[0] : line[1]]
    if not all(token.text for token in cells) or any(token.slot >= 0 for token in cells[1:]):
        return None
    words = next((n for n, token in enumerate(cells) if shape_of(token.text) in _FIGURES), len(cells))
    words += not words and len(cells) > _FEWEST_FIGURES and _YEAR.fullmatch(cells[0].text) is not None
    named = 0 < words <= _MOST_WORDS and (is_period(cells[0].text) or _YEAR.fullmatch(cells[0].text) or _is_name(cells[:words]))
    rest = cells[words:]
    count = next((n for n, token in enumerate(rest) if shape_of(token.text) not in _FIGURES), len(rest))
    remark = tuple(rest[count:])
    if not count or (count < _FEWEST_FIGURES and remark) or any(shape_of(token.text) in _FIGURES for token in remark):
        return None
    if not named and (words or remark or count < _FEWEST_FIGURES):
        return None
    return _joined(cells[:words]) if words else None, tuple(rest[:count]), remark


def is_like_a_row(cells: Sequence[Token]) -> bool:
    """Tell whether a line is a label with figures, some of them perhaps left out."""
    figures = sum(shape_of(token.text) in _FIGURES for token in cells[1:])
    return figures > 0 and 2 * figures >= len(cells) - 1 and shape_of(cells[0].text) is Shape.WORD


def grid_of(body: Body, head: _Head | None, named: Named) -> Grid:
    """Put head and body together; without rows when the table can't be told for sure.

    Where the columns have no labels, some of them may be told by what they add up to, or by rates that follow from them: only
    these are there.
    """
    told = range(body.width) if head is not None or _alike(body, named) else _told(body)
    if not told or (head is not None and body.broken):
        return Grid(body.start, body.end, (), ())
    rows: list[dict[int, list[Token]]] = []
    for label, figures, words_behind in body.rows:
        row = {0: [label]} if label is not None else {}
        row.update((c, [figure]) for c, figure in enumerate(figures, 1) if figure.text and c - 1 in told)
        if words_behind:
            row[1 + body.width] = list(words_behind)
        rows.append(row)
    above = head or _Head(body.start, (), ())
    last = len(above.rows) + len(rows) - 1
    spans = (*above.spans, *({} for _ in rows))
    return Grid(above.start, body.end, (*above.rows, *rows), spans, frozenset([last] if body.cut_off else []))


def _alike(body: Body, named: Named) -> bool:
    """Tell whether every column holds the same kind of figures, as far as they show it, and no row sums up the others.

    Without labels of columns nobody knows which of them are rates, and a total of rates is no sum.
    """
    if any(label is None or named("totals", label.text) for label, _, _ in body.rows):
        return False
    columns = list(zip(*(figures for _, figures, _ in body.rows), strict=True))
    if any(shape_of(token.text) is Shape.PERCENT for column in columns for token in column):
        return False
    most = [max((abs(number_of(token.text)) for token in column), default=Decimal(0)) for column in columns]
    return min(most) > _LIKE_A_RATE


def _told(body: Body) -> frozenset[int]:
    """Return the columns that tell by themselves what they are to each other."""
    if body.broken:
        return frozenset()
    rows = [[number_of(figure.text) for figure in figures] for _, figures, _ in body.rows]
    return _told_by_rates(body).union(adding_up(rows))


def adding_up(rows: Sequence[Sequence[Decimal]]) -> frozenset[int]:
    """Return the columns one of which is the sum of others in all rows but few; none where there are none.

    The parts stand behind it, or take turns with those of other such columns. Enough rows with different figures have to add
    up for that, to the last digit; large ones within its rounding.
    """
    width = len(rows[0])
    if len(rows) < _FEWEST_ADDING_UP:
        return frozenset()
    for whole in range(width - 2):
        for end in range(whole + 3, min(width, whole + 2 + _MOST_PARTS) + 1):
            if _is_sum(rows, whole, range(whole + 1, end)):
                return frozenset(range(whole, end))
    apart = ((whole, parts) for whole in range(width) for parts in parts_apart(whole, width))
    return frozenset(c for whole, parts in apart if _is_sum(rows, whole, parts) for c in (whole, *parts))


def _is_sum(rows: Sequence[Sequence[Decimal]], whole: int, parts: Sequence[int]) -> bool:
    """Tell whether a column is the sum of others in all rows but few."""
    right = [row for row in rows if _adds_up(row[whole], [row[p] for p in parts])]
    held = {row[whole] for row in right if sum(bool(row[p]) for p in parts) > 1}
    return len(held) >= _FEWEST_ADDING_UP and len(rows) - len(right) <= max(len(rows) // _ROWS_FOR_EACH_OFF, 1)


def _adds_up(total: Decimal, parts: Sequence[Decimal]) -> bool:
    """Tell whether a total is the sum of its parts, or as near to it as the rounding of figures so large may leave it."""
    step = Decimal(1).scaleb(min(int(figure.as_tuple().exponent) for figure in (total, *parts)))
    off = abs(total - sum(parts, Decimal(0)))
    return not off or (abs(total) >= _LARGE * step and 2 * off <= step * (1 + len(parts)))


def _told_by_rates(body: Body) -> frozenset[int]:
    """Return the columns of percentages that are the quotient of two others, or the growth, in all rows, and these two."""
    rows = [figures for _, figures, _ in body.rows]
    shapes = [{shape_of(figure.text) for figure in column if figure.text} for column in zip(*rows, strict=True)]
    rates = [c for c, kinds in enumerate(shapes) if Shape.PERCENT in kinds]
    if body.broken or not rates or body.width > _MOST_COLUMNS or len(rows) < _FEWEST_RATED:
        return frozenset()
    numbers = [[number_of(figure.text) if figure.text else None for figure in row] for row in rows]
    amounts = [c for c, kinds in enumerate(shapes) if Shape.NUMBER in kinds]
    return frozenset(
        c
        for rate in rates
        for now, before in permutations(amounts, 2)
        for less in (0, _PER_CENT)
        if _is_rate(numbers, rate, now, before, less)
        for c in (rate, now, before)
    )


def _is_rate(rows: Sequence[Sequence[Decimal | None]], rate: int, now: int, before: int, less: int) -> bool:
    """Tell whether a column is what two others give, to its last place, in all rows that have the three; 100 `less`: growth."""
    told: list[Decimal] = []
    for row in rows:
        stated, dividend, divisor = row[rate], row[now], row[before]
        if stated is None or dividend is None or not divisor:
            continue
        if abs(dividend / divisor * _PER_CENT - less - stated) >= Decimal(1).scaleb(int(stated.as_tuple().exponent)):
            return False
        told.append(stated)
    return len(told) >= _FEWEST_RATED and len(set(told)) >= _FEWEST_RATES


def _numbering_row(cells: Sequence[Token], width: int, named: Named) -> dict[int, list[Token]] | None:
    """Return the row that numbers a table with this many columns of figures, None when the cells are no such row."""
    if len(cells) not in (width, width + 1) or not is_numbering([token.text for token in cells], named):
        return None
    return {c: [token] for c, token in enumerate(cells, 1 + width - len(cells))}


def head_of_lines(body: Body, above: Sequence[Sequence[Token]], tokens: Sequence[Token], named: Named) -> _Head | None:
    """Return one or two header lines when their labels fit the columns in exactly one way."""
    bracketed = _bracketed(body, above[-_OF_TWO:], tokens, named)
    if bracketed is not None:
        return bracketed
    numbering = _numbering_row(above[-1], body.width, named) if above else None
    if numbering is not None:
        above = above[:-1]
    above = above[-2:]
    remark = any(row[2] for row in body.rows)
    width = 1 + body.width + remark
    words = [[token for token in line if token.text] for line in above]
    usable = [_without_words(line, body) if _may_be_labels(line) else [] for line in words]
    rows: list[dict[int, list[Token]]] = []
    spans: list[dict[int, int]] = []
    if usable and _are_labels(usable[-1], width, remark=remark, named=named):
        first, rows, spans = above[-1][0], [{c: [token] for c, token in enumerate(usable[-1])}], [{}]
    elif len(usable) == 2 and (groups := _groups(usable[0], usable[1], body, remark=remark)):
        first = above[0][0]
        rows, spans = _two_levels(usable[0], usable[1], groups, remark=remark)
    elif len(usable) == 2 and all(usable) and not remark:
        upper, lower = ([[token] for token in line] for line in usable)
        found = with_remarks(upper, lower, _plan(body), named)
        if found is not None:
            first = above[0][0]
            (top, reach), below = found
            rows, spans = [top, below], [reach, {}]
    if not rows:
        return None
    if numbering is not None:
        rows, spans = [*rows, numbering], [*spans, {}]
    return _Head(tokens.index(first, 0, body.start + 1), tuple(rows), tuple(spans))


def _bracketed(body: Body, above: Sequence[Sequence[Token]], tokens: Sequence[Token], named: Named) -> _Head | None:
    """Return two header lines of which the lower adds something in brackets to each label but those of totals and ranks.

    项目 | 现场考核 | 社会测评 | 总分 | 排名 above (占60%) | (占40%). The label of the first column may stand in the lower line,
    or in none: 户数 | 金额 above 单位 | (户) | (万元). One label alone is a title above its year: 自评表 above (2019年度).
    """
    if len(above) < _OF_TWO or any(row[2] for row in body.rows):
        return None
    upper, lower = [token for token in above[0] if token.text], above[-1]
    first = [] if not lower or _BRACKETED.fullmatch(lower[0].text) or len(upper) > body.width else [lower[0]]
    added = lower[len(first) :]
    if not added or not all(_BRACKETED.fullmatch(token.text) for token in added):
        return None
    labels = with_spaced_words(upper, named)
    shift = 1 + body.width - len(labels)
    if len(labels) < _OF_TWO or shift not in (0, 1) or (first and not shift):
        return None
    below = list(range(1, 1 + body.width))
    single = [c for c in below if not any(named(name, labels[c - shift].text) for name in _OF_ALL)]
    beside = below if len(below) == len(added) else single
    if len(beside) != len(added):
        return None
    top = {c: [label] for c, label in enumerate(labels, shift)}
    rows = top, {**dict(enumerate([token] for token in first)), **{c: [token] for c, token in zip(beside, added, strict=True)}}
    return _Head(tokens.index(above[0][0], 0, body.start + 1), rows, ({}, {}))


def _may_be_labels(line: Sequence[Token]) -> bool:
    """Tell whether words may be labels of columns; years are where they stand among words."""
    shapes = [shape_of(token.text) for token in line]
    years = [
        shape not in _LABELS and _YEAR.fullmatch(token.text) is not None for shape, token in zip(shapes, line, strict=True)
    ]
    return any(shape is Shape.WORD for shape in shapes) and all(
        year or shape in _LABELS for shape, year in zip(shapes, years, strict=True)
    )


def _without_words(line: Sequence[Token], body: Body) -> list[Token]:
    """Return labels of columns without those of words that stand behind the label of every row, as units do."""
    counts = {label.text.count(" ") for label, figures, _ in body.rows if label is not None and any(f.text for f in figures)}
    more = counts.pop() if len(counts) == 1 else 0
    return [line[0], *line[1 + more :]] if len(line) == 1 + more + body.width else list(line)


def _plan(body: Body) -> Plan:
    """Return what the rows show of the columns: one of labels, then those of figures."""
    columns = list(enumerate(zip(*(figures for _, figures, _ in body.rows), strict=True), 1))
    rates = frozenset(c for c, column in columns if any(shape_of(token.text) is Shape.PERCENT for token in column))
    large = (c for c, column in columns if any(abs(number_of(token.text)) > _LIKE_A_RATE for token in column))
    rows = tuple((None, *(number_of(token.text) for token in figures)) for _, figures, _ in body.rows)
    return Plan(1 + body.width, 1, body.width, rates, frozenset(large) - rates, marked=False, rows=rows)


def _are_labels(line: Sequence[Token], width: int, *, remark: bool, named: Named) -> bool:
    """Tell whether a line has a label for each column; a last one for remarks may stand over nothing."""
    if len(line) != width and (len(line) != width + 1 or remark or not named("remarks", line[-1].text)):
        return False
    texts = [token.text for token in line]
    return len(set(texts)) == len(texts) and not any(len(a) == len(b) == 1 for a, b in pairwise(texts))


def _groups(upper: Sequence[Token], lower: Sequence[Token], body: Body, *, remark: bool) -> tuple[int, ...]:
    """Return how many labels each heading behind the first has below it; empty unless there is one way only."""
    if not upper or len(lower) != body.width:
        return ()
    return _only_grouping([token.text for token in lower], len(upper) - 1 - remark)


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


def _with_cut_off(tokens: Sequence[Token], body: Body, named: Named) -> Body:
    """Return rows with the one in which all text breaks off, a label and fewer figures than the others: with its label alone.

    Which figures a row lacks that is no more than short, as a total may be, nobody knows.
    """
    behind = tokens[body.end :]
    words = next((n for n, token in enumerate(behind) if token.text[:1].isdigit()), 0)
    if not 0 < words <= _MOST_WORDS or not _is_name(behind[:words]) or named("totals", _joined(behind[:words]).text):
        return body
    figures = behind[words:]
    if len(figures) >= body.width or any(shape_of(token.text) not in _FIGURES for token in figures[:-1]):
        return body
    row = (_joined(behind[:words]), (figures[-1]._replace(text=""),) * body.width, ())
    return body._replace(end=len(tokens), rows=(*body.rows, row), broken=False, cut_off=True)


def _cells(tokens: Sequence[Token], i: int, end: int, gap: Gap, named: Named) -> Body | None:
    """Read rows from token `i` on; `gap` parts a figure from what is before it."""
    rows: list[Row] = []
    width = 0
    j = last = i
    while j < end:
        label = tokens[j]
        if label.text and (shape_of(label.text) is not Shape.WORD or not _may_be_row_label(label.text, named)):
            break
        k = j + 1
        while k < end and shape_of(tokens[k].text) in _FIGURES and tokens[k].gap is gap:
            k += 1
        if k - j - 1 < _FEWEST_FIGURES or (rows and k - j - 1 != width):
            break
        width = k - j - 1
        rows.append((label if label.text else None, tuple(tokens[j + 1 : k]), ()))
        last = j = k
        while j < end and tokens[j].blank and j + 1 < end and shape_of(tokens[j + 1].text) not in _FIGURES:
            j += 1
        unfilled = _unfilled_rows(tokens, j, end, width, gap) if gap is Gap.LINE else []
        if unfilled:
            rows += [(token, (token._replace(text=""),) * width, ()) for token in unfilled]
            j = tokens.index(unfilled[-1], j) + 1
            j += sum(1 for _ in takewhile(lambda token: is_ellipsis(token.text), tokens[j:end]))
    if len(rows) < 2 or sum(row[0] is not None for row in rows) < 2:
        return None
    broken = any(shape_of(token.text) in _FIGURES for token in tokens[last : min(last + _NEAR, end)])
    body = Body(i, last, tuple(rows), width, broken)
    return _with_cut_off(tokens, body, named) if end == len(tokens) < last + width + _MOST_WORDS else body


def _unfilled_rows(tokens: Sequence[Token], j: int, end: int, width: int, gap: Gap) -> list[Token]:
    """Return the labels of rows that were left unfilled, where a row with all its figures comes behind them.

    Their numbers tell that they are no labels of columns: 1、业务经费, 2、运行经费, …….
    """
    found: list[Token] = []
    while j + 1 < end and shape_of(tokens[j + 1].text) not in _FIGURES - {Shape.DASH}:
        text = tokens[j].text
        if not (is_ellipsis(text) or ordinal_of(text).rank or take_apart(text).among):
            return []
        found += [] if is_ellipsis(text) else [tokens[j]]
        j += 1
    behind = list(takewhile(lambda t: shape_of(t.text) in _FIGURES and t.gap is gap, tokens[j + 1 : min(end, j + 2 + width)]))
    return found if len(behind) == width and shape_of(tokens[j].text) is Shape.WORD else []


def _may_be_row_label(text: str, named: Named) -> bool:
    return len(text) <= _LONGEST_LABEL and not FORMULA.fullmatch(text) and not named("numbering", text)


def _head_cells(tokens: Sequence[Token], body: Body, floor: int, named: Named) -> _Head | None:
    return _head_right_above(tokens, body, floor, named) or _grouped_head(tokens, body, floor)


def _grouped_head(tokens: Sequence[Token], body: Body, floor: int) -> _Head | None:
    """Take headings and the labels below them, the same below each: 80至89岁 90至99岁 over 人数 金额 人数 金额."""
    above = list(takewhile(_is_label_cell, reversed(tokens[max(floor, body.start - 2 * body.width) : body.start])))[::-1]
    count = len(above) - 1 - body.width
    labels = [token.text for token in above[1 + count :]]
    if not 1 < count < body.width or body.width % count:
        return None
    size = body.width // count
    if size == 1 or len({tuple(labels[n : n + size]) for n in range(0, body.width, size)}) > 1:
        return None
    top, span = _two_levels(above[: 1 + count], above[1 + count :], [size] * count, remark=False)
    return _Head(body.start - len(above), tuple(top), tuple(span))


def _is_label_cell(token: Token) -> bool:
    return not token.blank and shape_of(token.text) in _LABELS and not stands_apart(token.text)


def _head_right_above(tokens: Sequence[Token], body: Body, floor: int, named: Named) -> _Head | None:
    """Take the labels of the columns from the cells right above: as many as there are figures, or one more for the corner.

    With one or two more again, they are two rows: one label stands over several, and perhaps one over remarks.
    """
    below: list[dict[int, list[Token]]] = []
    end = body.start
    for size in (body.width + 1, body.width):
        row = _numbering_row(tokens[max(end - size, floor) : end], body.width, named)
        if row is not None:
            below, end = [row], end - size
            break
    above: list[Token] = []
    j = end
    while j > floor and len(above) <= body.width + 2:
        token = tokens[j - 1]
        if token.blank or shape_of(token.text) not in _LABELS or stands_apart(token.text):
            break
        above.insert(0, token)
        j -= 1
    corner = j > floor and tokens[j - 1].blank
    figure = j > floor and _is_plain_figure(tokens[j - 1].text)
    apart = corner or figure or j == floor or stands_apart(tokens[j - 1].text)
    if apart and len(above) in (body.width + 2, body.width + 3):
        low = lower_row([token.text for token in above], named)
        found = with_remarks([[token] for token in above[:low]], [[token] for token in above[low:]], _plan(body), named)
        return None if found is None else _Head(j, (found[0][0], found[1], *below), (found[0][1], {}, *({} for _ in below)))
    if len({token.text for token in above}) < len(above) or not apart or len(above) not in (body.width, body.width + 1):
        return None
    labels = {c: [token] for c, token in enumerate(above, 1 + body.width - len(above))}
    return _Head(j, (labels, *below), tuple({} for _ in range(1 + len(below))))


def stands_apart(text: str) -> bool:
    """Tell whether a text can't be a label of a column: a title, a caption with the unit, a sentence."""
    return shape_of(text) is Shape.LONG or len(text) > _LONGEST_LABEL or _CAPTION.fullmatch(text) is not None
