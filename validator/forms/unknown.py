"""Find the tables that no form describes, among the rows of one: a row of headings with figures below it.

Comes in: a header and the rows below it, or rows that are in no block. Goes out: where another table begins, and its rows.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice, takewhile

from validator.forms.headers import Header, distinct
from validator.forms.labels import normalise
from validator.forms.regions import Span
from validator.model.document import Cell, Table

_FIGURE = re.compile(r"[¥￥]?[-+−]?\d[\d,，]*(?:\.\d+)?\s*[%％]?")
_FIGURED = frozenset({"amount", "percent", "points", "number"})
"""Types of columns in which a text is no answer."""
_NAMED = frozenset({"label", "group", "name"})
"""Types of columns in which a figure is no answer."""
_YEARS = re.compile(r"20\d\d年?度?")
_FEWEST_IN_ROW = 2
_LONGEST_HEADING = 20


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a figure and no more."""
    return _FIGURE.fullmatch(cell.text) is not None


def own_cells(span: Span, r: int) -> list[Cell]:
    """Return the cells that say something and begin in a row."""
    return [cell for cell in distinct(span.table.rows[r]) if cell.row == r]


def end_before_another(header: Header, end: int, repeated: Container[int]) -> int:
    """Return the row where another table begins below a header, its caption included; `end` where none does.

    It begins with headings where the block has figures, different ones, and figures stand above and below them; or with
    headings below a caption, and figures below them stand where the block has names; or with headings of any kind below a
    title that a blank row sets apart.
    Rows that only repeat the header (`repeated`) begin nothing.
    """
    span = Span(header.table, header.row + 1, end)
    types = [(cell.col, header.section.columns[id].type) for id, cell in header.columns.items()]
    places = {col for col, type in types if type in _FIGURED}
    named = {col for col, type in types if type in _NAMED} - {min(types)[0]}
    rows = [own_cells(span, r) for r in range(span.start, end)]
    inside = [[cell for cell in row if cell.col in places] for row in rows]
    figured = False
    for n, cells in enumerate(inside):
        if any(map(is_figure, cells)):
            figured = True
        elif figured and span.start + n not in repeated:
            over = _are_headings(cells, len(places)) and _figures_below(inside[n + 1 :])
            captioned = n > 1 and _is_caption(rows[n - 1]) and _are_headings(rows[n], len(types))
            if over or (captioned and _names_no_more(rows[n + 1 :], named)) or _is_set_apart(rows, n):
                return span.start + n - sum(1 for _ in takewhile(_is_caption, rows[n - 1 : 0 : -1]))
    return end


def set_apart(table: Table) -> list[int]:
    """Return the rows of headings with which another table begins in the same grid, below a blank row and a title."""
    rows = [own_cells(Span(table, 0, len(table.rows)), r) for r in range(len(table.rows))]
    return [n for n in range(2, len(rows) - 1) if _is_set_apart(rows, n)]


def _is_set_apart(rows: Sequence[Sequence[Cell]], n: int) -> bool:
    """Tell whether a row of headings with figures below stands under a title, and a blank row above that."""
    if n < 2 or n + 1 >= len(rows) or len(rows[n]) <= _FEWEST_IN_ROW or not _is_caption(rows[n - 1]) or not rows[n - 1]:
        return False
    headed = _are_headings(rows[n], 0) and any(sum(map(is_figure, row)) >= _FEWEST_IN_ROW for row in rows[n + 1 : n + 3])
    return headed and any(not row for row in takewhile(_is_caption, rows[n - 2 :: -1]))


def tables_in(span: Span) -> Iterator[Span]:
    """Yield the tables among rows that are in no block: each a row of headings, and rows of which the last has figures.

    A further one begins with headings below a caption, a note or a blank row.
    """
    rows = [own_cells(span, r) for r in range(span.start, span.end)]
    figures = [sum(map(is_figure, row)) for row in rows]
    start = 0
    while (first := next((n for n in range(start, len(rows)) if figures[n] >= _FEWEST_IN_ROW), None)) is not None:
        top = first - 1
        stop = next((n for n in range(first + 1, len(rows) - 1) if _starts_anew(rows, figures, n)), len(rows))
        last = max(n for n in range(first, stop) if figures[n] >= _FEWEST_IN_ROW)
        if top >= start and len(rows[top]) > _FEWEST_IN_ROW and not figures[top]:
            yield Span(span.table, span.start + top, span.start + last + 1, _captions(rows[start:top]))
        start = stop


def _starts_anew(rows: Sequence[Sequence[Cell]], figures: Sequence[int], n: int) -> bool:
    headings = len(rows[n]) > _FEWEST_IN_ROW and not figures[n] and figures[n + 1] >= _FEWEST_IN_ROW
    return headings and _is_caption(rows[n - 1])


def _captions(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return what the last rows that are no more than captions say."""
    said = takewhile(_is_caption, reversed(rows))
    return tuple(cell.text for cells in said for cell in cells)[::-1]


def _is_caption(cells: Sequence[Cell]) -> bool:
    return len(cells) <= 1 and not any(map(is_figure, cells))


def _are_headings(cells: Sequence[Cell], places: int) -> bool:
    texts = {normalise(cell.text) for cell in cells}
    return (
        len(cells) >= _FEWEST_IN_ROW
        and 2 * len(cells) >= places
        and len(texts) == len(cells)
        and all(_is_heading(text) for text in texts)
    )


def _is_heading(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_HEADING and not any(map(str.isdigit, _YEARS.sub("", text))) and any(map(str.isalpha, text))


def _names_no_more(rows: Sequence[Sequence[Cell]], named: Container[int]) -> bool:
    """Tell whether the next rows with figures have some where the block has names."""
    with_figures = (row for row in rows if sum(map(is_figure, row)) >= _FEWEST_IN_ROW)
    said = list(islice(with_figures, _FEWEST_IN_ROW))
    return len(said) == _FEWEST_IN_ROW and all(any(cell.col in named and is_figure(cell) for cell in row) for row in said)


def _figures_below(rows: Sequence[Sequence[Cell]]) -> bool:
    """Tell whether the next rows that say anything in the columns of figures, one more heading apart, have figures."""
    said = [cells for cells in rows if cells][:2]
    return any(sum(map(is_figure, cells)) >= _FEWEST_IN_ROW for cells in said)
