"""Tables with a cell on each line and no pipes, blank cells left out: some words, then some figures, again and again.

Comes in: tokens that are whole lines. Goes out: the tables below labels that come out even: as many as the words and the
figures of a row, perhaps with one for remarks. A total needs no more than its label and the figures; the last ones may be
blank where the others are the sums of their columns. Of any other row that lacks a figure only the label is kept. Where
figures follow that belong to no row, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from validator.forms.ordinals import ordinal_of
from validator.forms.restore.generic import Grid, Named, stands_apart
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY})
_MOST_LABELS = 16
_FEWEST_ROWS = 3
_IN_NUMERALS = (1, 2)
"""Kinds of numbering that headings have: 一、 （一）."""
_WIDEST_TAIL = 3
_WIDEST = 32
"""Cells of one row."""
_NEAR = 3
"""Cells behind a table in which no figure may stand: it would belong to a row that was not understood."""
_FEWEST_SUMS = 3
_LONGEST_CELL = 200
_LONGEST_LABEL = 24


class Listed(NamedTuple):
    """A table and the rows of it that lack a figure."""

    grid: Grid
    open_rows: frozenset[int]
    remark: str = ""
    """What is to be said of the whole table."""


class _Layout(NamedTuple):
    """The columns of a table."""

    serial: bool
    """Whether a serial number stands before the words."""
    words: int
    figures: int
    tail: int
    """Columns of words behind the figures."""

    @property
    def first(self) -> int:
        """Column of the first word."""
        return int(self.serial)

    @property
    def lead(self) -> int:
        """Columns before the figures."""
        return self.first + self.words


@dataclass(slots=True)
class _Rows:
    """What was read so far."""

    layout: _Layout
    named: Named
    rows: list[dict[int, list[Token]]] = field(default_factory=list)
    open_rows: set[int] = field(default_factory=set)
    whole: int = 0
    """Rows with all their words and figures."""
    serial: int = 0
    end: int = 0
    """Index of the first token behind them."""


def by_list(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Listed]:
    """Yield the tables among tokens, in order."""
    places = [n for n in range(start, end) if not tokens[n].blank]
    cells = [tokens[n] for n in places]
    at = 1
    while at < len(cells):
        found = _below(cells, places, at, named) if stands_apart(cells[at - 1].text) else None
        if found is None:
            at += 1
            continue
        listed, length = found
        yield listed
        at += length


def _below(cells: Sequence[Token], places: Sequence[int], at: int, named: Named) -> tuple[Listed, int] | None:
    """Return the table whose labels begin with a cell, and how many cells it has; None when there is none."""
    labels: list[Token] = []
    best: _Rows | None = None
    count = 0
    for cell in cells[at : at + _MOST_LABELS]:
        label = shape_of(cell.text) in (Shape.WORD, Shape.AMOUNT) and len(cell.text) <= _LONGEST_LABEL
        caption = cell.text[0] in "(（" or named("captions", cell.text) or (not labels and named("totals", cell.text))
        if not label or caption or cell.text in {t.text for t in labels}:
            break
        labels.append(cell)
        read = _read(cells, at + len(labels), labels, named)
        if read is not None and (best is None or read.whole > best.whole):
            best, count = read, len(labels)
    if best is None:
        return None
    broken = any(shape_of(cell.text) in _FIGURES for cell in cells[best.end : best.end + _NEAR])
    rows = ({c: [token] for c, token in enumerate(labels[:count])}, *best.rows) if not broken else ()
    grid = Grid(places[at], places[best.end - 1] + 1, tuple(rows), tuple({} for _ in rows))
    return Listed(grid, frozenset(n + 1 for n in best.open_rows)), best.end - at


def _read(cells: Sequence[Token], start: int, labels: Sequence[Token], named: Named) -> _Rows | None:
    """Return the rows below labels, None when they don't come out even with them."""
    layout = _layout(cells, start, labels, named)
    if layout is None:
        return None
    read = _Rows(layout, named, end=start)
    while read.end < len(cells) and _take(cells, read):
        pass
    enough = read.whole >= _FEWEST_ROWS and read.whole > len(read.open_rows)
    return read if enough else None


def _layout(cells: Sequence[Token], start: int, labels: Sequence[Token], named: Named) -> _Layout | None:
    """Return the columns by the labels and the first row; None when they don't go together."""
    serial = named("serials", labels[0].text)
    if serial and not _is_serial(cells, start, 1, named):
        return None
    first = start + serial
    words = _count(cells, first, figures=False)
    figures = _count(cells, first + words, figures=True)
    tail = int(named("remarks", labels[-1].text))
    if words == 1 and named("totals", cells[first].text):
        words = len(labels) - figures - tail
    elif not serial:
        words -= words > 1 and ordinal_of(cells[first].text).rank in _IN_NUMERALS  # a heading before the first row
    else:
        behind = first + words + figures
        while figures > 1 and _is_serial(cells, behind - 1, 2, named):
            figures, behind = figures - 1, behind - 1
        tail = len(labels) - 1 - words - figures
        filled = _count(cells, behind, figures=False)
        if filled and _is_serial(cells, behind + filled, 2, named) and filled != tail:
            return None
    even = serial + words + figures + tail == len(labels)
    return _Layout(serial, words, figures, tail) if even and words > 0 and figures > 0 and 0 <= tail <= _WIDEST_TAIL else None


def _count(cells: Sequence[Token], start: int, *, figures: bool) -> int:
    """Return how many figures, or other cells, follow each other."""
    n, most = start, min(len(cells), start + _WIDEST)
    while n < most and _is_figure(cells[n]) is figures and len(cells[n].text) <= _LONGEST_CELL:
        n += 1
    return n - start


def _is_figure(cell: Token) -> bool:
    shape = shape_of(cell.text)
    return shape in _FIGURES or shape is Shape.DASH


def _take(cells: Sequence[Token], read: _Rows) -> bool:
    """Read the row that begins at the end of what was read; tell whether there was one."""
    layout, at = read.layout, read.end
    if layout.serial and _is_serial(cells, at, read.serial + 1, read.named):
        return _take_row(cells, read, at + 1, cells[at])
    words = _count(cells, at, figures=False)
    if not words:
        return False
    if words == layout.tail and (at + words == len(cells) or _is_serial(cells, at + words, read.serial + 1, read.named)):
        return _add_tail(cells, read, words)
    extra = words - (1 if read.named("totals", cells[at + words - 1].text) else layout.words)
    if extra > 0 and read.rows and 0 < layout.tail <= extra and not _has_tail(read):
        _add_tail(cells, read, layout.tail)
        at, extra = read.end, extra - layout.tail
    if extra > 0 and (layout.words > 1 or layout.serial or not _are_headings(cells[at : at + extra], first=not read.rows)):
        return False
    if not _count(cells, at + max(extra, 0) + min(words, layout.words), figures=True) and extra > 0:
        return False
    read.rows += [{0: [heading]} for heading in cells[at : at + max(extra, 0)]]
    return _take_row(cells, read, at + max(extra, 0), None)


def _are_headings(cells: Sequence[Token], *, first: bool) -> bool:
    """Tell whether cells may head the rows below: one between rows, else they are numbered."""
    return all(
        ordinal_of(cell.text).rank in _IN_NUMERALS or (len(cells) == 1 and not first and not stands_apart(cell.text))
        for cell in cells
    )


def _has_tail(read: _Rows) -> bool:
    return read.layout.lead + read.layout.figures in read.rows[-1]


def _add_tail(cells: Sequence[Token], read: _Rows, words: int) -> bool:
    """Put words behind the figures of the last row; tell whether they belong there."""
    if not read.rows or words != read.layout.tail or _has_tail(read):
        return False
    column = read.layout.lead + read.layout.figures
    read.rows[-1].update((column + n, [cells[read.end + n]]) for n in range(words))
    read.end += words
    return True


def _is_serial(cells: Sequence[Token], at: int, number: int, named: Named) -> bool:
    """Tell whether a cell is the next serial number: words that name no total follow it."""
    follows = at + 1 < len(cells) and not _is_figure(cells[at + 1]) and not named("totals", cells[at + 1].text)
    return follows and cells[at].text == str(number)


def _take_row(cells: Sequence[Token], read: _Rows, at: int, serial: Token | None) -> bool:
    """Read words and figures from a cell on."""
    layout = read.layout
    words = _count(cells, at, figures=False)
    if serial is not None and layout.words < words <= layout.words + layout.figures:
        # An amount with words behind it (10（含灾情补助）) stands where a figure should.
        words = layout.words
        figures = [*cells[at + words : at + words + layout.figures]]
    else:
        figures = [*cells[at + words : at + words + min(_count(cells, at + words, figures=True), layout.figures)]]
    is_total = words == 1 and read.named("totals", cells[at].text)
    if not words or words > layout.words or not figures or (words < layout.words and not is_total and serial is None):
        return False
    column = layout.first
    row = {column + n: [cells[at + n]] for n in range(words)}
    if serial is not None:
        row[0] = [serial]
        read.serial += 1
    if len(figures) == layout.figures or (is_total and _are_sums(figures, read)):
        row.update((layout.lead + n, [figure]) for n, figure in enumerate(figures))
        read.whole += words == layout.words or is_total
    else:
        read.open_rows.add(len(read.rows))
    read.rows.append(row)
    read.end = at + words + len(figures)
    return True


def _are_sums(figures: Sequence[Token], read: _Rows) -> bool:
    """Tell whether most figures of a total that lacks the last ones are the sums of the first columns."""
    columns = [[row.get(read.layout.lead + n) for row in read.rows[_last_total(read) :]] for n in range(len(figures))]
    sums = [sum(number_of(cell[0].text) for cell in column if cell) for column in columns]
    right = sum(number_of(figure.text) == total for figure, total in zip(figures, sums, strict=True))
    return right >= _FEWEST_SUMS and 2 * right > len(figures)


def _last_total(read: _Rows) -> int:
    """Return the first row behind the total before."""
    totals = (
        n for n, row in enumerate(read.rows) if (word := row.get(read.layout.first)) and read.named("totals", word[0].text)
    )
    return max((n + 1 for n in totals), default=0)
