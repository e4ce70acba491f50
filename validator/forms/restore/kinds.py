"""Rows among cells on lines of their own, by the kinds of the cells: figures stand below figures and words below words.

Comes in: cells in the order of the text, blank ones included. Goes out: runs of rows of one width, each with a word whether
anything near by was not understood. A row that numbers the columns (公式 A=B+C B C) tells the width by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise, takewhile
from typing import NamedTuple

from validator.forms.labels import is_note
from validator.forms.restore.headings import FORMULA, Named, is_mark, is_numbering, lower_row
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token

NOWHERE = -1
"""The line of a cell that the text doesn't reach."""
SURPLUS = -2
"""The line of the last cell of a row that had a cell too many, so that its figures have no place for sure."""
_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY})
_WIDEST = 24
"""Columns of a table whose cells stand on lines of their own."""
_FEWEST_ROWS = 3
_FEWEST_FILLED = 2
"""Rows with figures among so many, most of them left unfilled, that all cells are theirs."""
_FEWEST_UNFILLED = 3
_NEAR_ROWS = 2
_MOST_HEADER_ROWS = 8
_YEAR = re.compile(r"(?:19|20)\d\d")


class Cell(NamedTuple):
    """A cell of a text."""

    tokens: tuple[Token, ...]
    line: int
    """Where it ends."""
    ends: bool
    """Whether nothing follows it in the line."""

    @property
    def text(self) -> str:
        """What stands in it, its lines put together."""
        return "".join(token.text for token in self.tokens)


class Kind(Enum):
    """What a cell holds."""

    BLANK = "blank"
    FIGURE = "figure"
    NEUTRAL = "neutral"
    """It may stand among figures and among words: a mark for nothing, a year."""
    WORD = "word"


def kind_of(cell: Cell) -> Kind:
    """Return what a cell holds."""
    if not cell.tokens:
        return Kind.BLANK
    if shape_of(cell.text) is Shape.DASH or is_like_a_year(cell.text):
        return Kind.NEUTRAL
    return Kind.FIGURE if shape_of(cell.text) in _FIGURES else Kind.WORD


def is_like_a_year(text: str) -> bool:
    """Tell whether a number may be a year without 年."""
    return _YEAR.fullmatch(text) is not None


def by_kinds(cells: Sequence[Cell], named: Named) -> Iterator[tuple[list[list[Cell]], bool]]:
    """Find rows: below a row that numbers the columns those of its width, else by the width at which the kinds come out even.

    With each run, whether no figure follows soon: it would belong to a row that was not understood.
    """
    kinds = [kind_of(cell) for cell in cells]
    done = 0
    for start, end in _numberings(cells, named):
        length = _length(cells, kinds, end, end - start, headed=True) if start >= done else 0
        if length:
            width = end - start
            top = start - width * _label_rows(kinds[done:start], width)
            yield from _by_width(cells[done:top], kinds[done:top], named)
            yield _run(cells, kinds, top, end + length, width)
            done = end + length
    yield from _by_width(cells[done:], kinds[done:], named)


def _numberings(cells: Sequence[Cell], named: Named) -> Iterator[tuple[int, int]]:
    """Yield where rows that number the columns begin and end: marks, one of them a formula, behind a label of their own."""
    texts = [cell.text for cell in cells]
    end = 0
    for n, text in enumerate(texts):
        if n < end or not FORMULA.fullmatch(text):
            continue
        start = n
        while start > end and is_mark(texts[start - 1]):
            start -= 1
        end = n + 1
        while end < len(texts) and is_mark(texts[end]):
            end += 1
        start -= start > 0 and (not texts[start - 1] or named("numbering", texts[start - 1]))
        if end - start > 2 and is_numbering(texts[start:end], named):
            yield start, end


def _label_rows(above: Sequence[Kind], width: int) -> int:
    """Return how many rows of labels stand right above a row that numbers the columns, 0 where they don't come out even."""
    for count in (1, 2):
        rows = [above[len(above) - n * width :][:width] for n in range(1, count + 1)]
        if len(above) < count * width or rows[-1][0] is not Kind.WORD or any(Kind.FIGURE in row for row in rows):
            return 0
        if all(any(row[c] is Kind.WORD for row in rows) for c in range(width)):
            return count
    return 0


def _by_width(cells: Sequence[Cell], kinds: Sequence[Kind], named: Named) -> Iterator[tuple[list[list[Cell]], bool]]:
    found = _stretches_of_rows(cells, kinds)
    done = 0
    for n, (start, end, width) in enumerate(found):
        if start < done:
            continue
        near = found[n + 1][0] if n + 1 < len(found) else len(cells)
        before: list[list[Cell]] = []
        at, stop = start, end
        while (more := _behind_surplus(cells, kinds, at, stop, width)) > 0:
            before += [list(cells[k : k + width]) for k in range(at, stop, width)]
            before.append([*cells[stop : stop + width - 1], Cell((), SURPLUS, ends=False)])
            at = stop + width + 1
            stop = at + more
        near = max(near, stop)
        total = _total_row(cells, kinds, range(at, stop, width), width, named)
        rows, whole = _run(cells[:near], kinds[:near], at, stop, width)
        if total is not None:
            rows.append(total)
            stop += sum(bool(cell.tokens) for cell in total)
            whole = Kind.FIGURE not in kinds[stop : stop + _NEAR_ROWS * width]
        yield _with_two_headings([*before, *rows], cells[done:start], named), whole
        done = stop


def _total_row(cells: Sequence[Cell], kinds: Sequence[Kind], rows: range, width: int, named: Named) -> list[Cell] | None:
    """Return the row of a total right behind rows, whose label covers the columns of words: it has but that and its figures.

    None where it has not just as many figures as there are columns of them.
    """
    end = rows[-1] + width
    if end >= len(cells) or not cells[end].tokens or not named("totals", cells[end].text):
        return None
    columns = [c for c in range(1, width) if any(kinds[at + c] is Kind.FIGURE for at in rows if at + c < len(kinds))]
    figures = list(takewhile(lambda cell: kind_of(cell) is Kind.FIGURE, cells[end + 1 : end + 2 + len(columns)]))
    if not columns or len(figures) != len(columns) or columns[0] == 1:
        return None
    placed = {0: cells[end], **dict(zip(columns, figures, strict=True))}
    # Blank cells on lines of their own, as those of the other rows, so that none of them seems to be left over.
    return [placed.get(c) or Cell((), max(cells[end].line - c, 0), ends=True) for c in range(width)]


def _behind_surplus(cells: Sequence[Cell], kinds: Sequence[Kind], start: int, end: int, width: int) -> int:
    """Return how many cells are rows that go on behind a row with a blank cell too many, right behind others; 0 for none."""
    row = kinds[end : end + width + 1]
    words = [c for c, kind in enumerate(row) if kind is Kind.WORD]
    if len(row) <= width or words not in ([0], [1]) or Kind.FIGURE in row[: words[0]] or row[-1] is not Kind.BLANK:
        return 0
    figures = [any(kinds[at + c] is Kind.FIGURE for at in range(start, end, width)) for c in range(width)]
    after = end + width + 1
    length = _length(cells, kinds, after, width, headed=True)
    behind = range(after, min(after + length, len(kinds)), width)
    fits = all(figures[c] for at in behind for c, kind in enumerate(kinds[at : at + width]) if kind is Kind.FIGURE)
    return length if fits and length > width else 0


def _stretches_of_rows(cells: Sequence[Cell], kinds: Sequence[Kind]) -> list[tuple[int, int, int]]:
    """Return where rows of one width begin and end, each below a header of its own, and that width."""
    stretches: list[tuple[int, int, int]] = []
    figures = [n for n, kind in enumerate(kinds) if kind is Kind.FIGURE]
    at = 0
    while at < len(cells):
        ahead = bisect_left(figures, at)
        if ahead == len(figures):
            break
        best, length = 0, 0
        if at == 0 or kinds[at] is Kind.WORD:
            narrowest = max(2, (figures[ahead] - at) // (_MOST_HEADER_ROWS + 1))
            for width in range(narrowest, _WIDEST + 1):
                found = _length(cells, kinds, at, width)
                if found > length + width:
                    best, length = width, found
        if best:
            stretches.append((at, at + length, best))
        at += length or 1
    return stretches


def _with_two_headings(rows: list[list[Cell]], above: Sequence[Cell], named: Named) -> list[list[Cell]]:
    """Return the rows with the labels of the first, and the one above them, in the two rows that they are."""
    head = rows[0]
    low = lower_row([cell.text for cell in head], named)
    if low == len(head) or not above or any(kind_of(cell) is not Kind.WORD for cell in (above[-1], *head)):
        return rows
    return [_filled_up([above[-1], *head[:low]], len(head)), _filled_up(head[low:], len(head)), *rows[1:]]


def _filled_up(row: Sequence[Cell], width: int) -> list[Cell]:
    """Return a row of labels, with blank cells behind those that it has."""
    return [*row, *([Cell((), row[-1].line, ends=True)] * (width - len(row)))]


def _run(cells: Sequence[Cell], kinds: Sequence[Kind], start: int, end: int, width: int) -> tuple[list[list[Cell]], bool]:
    """Return rows of a width, the last perhaps cut off by the end of the text, and whether no figure follows soon.

    A note right behind them says that nothing is missing.
    """
    rows = [list(cells[at : at + width]) for at in range(start, min(end, len(cells)), width)]
    noted = end < len(cells) and is_note(cells[end].text)
    return [*rows[:-1], cut_off(rows[-1], width)], noted or Kind.FIGURE not in kinds[end : end + _NEAR_ROWS * width]


def _length(cells: Sequence[Cell], kinds: Sequence[Kind], at: int, width: int, *, headed: bool = False) -> int:
    """Return how many cells from one on are rows of a width: each column holds words or figures, below a header for figures.

    0 when there are too few rows with figures; one will do where it is known that they are `headed`. The last row may be
    cut off by the end of the text. A serial number may stand before the words of a row.
    """
    columns: dict[int, Kind] = {}
    heads: list[Sequence[Kind]] = []
    figured, start, end, serial = 0, at, at, 0
    while start + 1 < len(kinds):
        row = list(kinds[start : start + width])
        if row[0] is Kind.FIGURE and Kind.WORD in row[1:2] and _is_next(cells[start].text, serial):
            serial = int(cells[start].text)
            row[0] = Kind.NEUTRAL
        if start + width > len(kinds) and not (figured and Kind.FIGURE in row[1:]):
            break
        start += width
        filled = [c for c, kind in enumerate(row) if kind is not Kind.BLANK]
        if Kind.FIGURE in row:
            if not headed and not heads:
                return 0
            own = {c: row[c] for c in filled if row[c] is not Kind.NEUTRAL}
            if row[filled[0]] is Kind.FIGURE or any(columns.get(c, kind) is not kind for c, kind in own.items()):
                break
            if figured >= _FEWEST_ROWS and _are_under_labels(columns, heads) and not _are_under_labels(own, heads):
                break
            columns.update(own)
            figured += 1
            end = start
        elif not figured:
            heads += [row] if filled else []
            if len(heads) > _MOST_HEADER_ROWS or start - at > 2 * _MOST_HEADER_ROWS * width:
                return 0
        elif len(filled) == 1 or any(columns.get(c) is Kind.FIGURE and row[c] is Kind.WORD for c in filled):
            if len(filled) > 1:
                break
            end = start
    headed_here = headed or _are_under_labels(columns, heads)
    used = 1 + max((c for c, kind in columns.items() if kind is not Kind.BLANK), default=0)
    headed_here = headed_here or any(_are_two_levels(upper, lower, used) for upper, lower in pairwise(heads))
    unfilled = (end - at) // width - len(heads) - figured if at == 0 and end == len(kinds) else 0
    fewest = 1 if headed else _FEWEST_FILLED if unfilled >= _FEWEST_UNFILLED else _FEWEST_ROWS
    return end - at if figured >= fewest and headed_here else 0


def _are_under_labels(columns: Mapping[int, Kind], heads: Sequence[Sequence[Kind]]) -> bool:
    """Tell whether one of some rows of labels has one above each column of figures."""
    figures = [c for c, kind in columns.items() if kind is Kind.FIGURE]
    return any(all(row[c] is not Kind.BLANK for c in figures) for row in heads)


def _are_two_levels(upper: Sequence[Kind], lower: Sequence[Kind], used: int) -> bool:
    """Tell whether two rows of labels name more columns than are `used`, each with what merged cells leave over at its end."""
    counts = [sum(kind is Kind.WORD for kind in row) for row in (upper, lower)]
    first = all(set(row[:count]) == {Kind.WORD} for row, count in zip((upper, lower), counts, strict=True))
    return first and min(counts) > 1 and max(counts) < len(upper) and used < sum(counts)


def _is_next(text: str, serial: int) -> bool:
    """Tell whether a text is the number behind a serial number, which is 0 before the first."""
    return text.isascii() and text.isdigit() and (int(text) == serial + 1 or not serial)


def cut_off(row: list[Cell], width: int) -> list[Cell]:
    """Return the last row of a text that breaks off in it."""
    return [*row, *([Cell((), NOWHERE, ends=False)] * (width - len(row)))]
