"""Tables with a row on each line below a line of labels, some rows of which lack a unit or a figure, with headings between.

Comes in: tokens cut at blanks. Goes out: the tables in which most lines have a figure for each label. A line with fewer
keeps its label only; one with more ends a table that then can't be trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.forms.restore.generic import Grid, Named, lines_of, stands_apart
from validator.forms.restore.listed import Listed
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_LABELS = 3
_MOST_LABELS = 16
_FEWEST_ROWS = 3
_LONGEST_LABEL = 24
_LONGEST_NAME = 40
_LONGEST_UNIT = 6

_Line = Sequence[Token]


def by_labels(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Listed]:
    """Yield the tables among tokens, in order."""
    lines = [tokens[a:b] for a, b in lines_of(tokens, start, end)]
    starts = [a for a, _ in lines_of(tokens, start, end)]
    ends = [b for _, b in lines_of(tokens, start, end)]
    n = 0
    while n < len(lines):
        found = _below(lines, n, named) if _are_labels(lines[n], named) else None
        if found is None:
            n += 1
            continue
        rows, open_rows, last = found
        grid = Grid(starts[n], ends[last], tuple(rows), tuple({} for _ in rows))
        yield Listed(grid, frozenset(open_rows))
        n = last + 1


def _are_labels(line: _Line, named: Named) -> bool:
    """Tell whether a line may name the columns: words, none of them twice, and a column of units among them."""
    texts = [token.text for token in line]
    words = all(shape_of(text) is Shape.WORD and len(text) <= _LONGEST_LABEL for text in texts)
    fits = _FEWEST_LABELS <= len(texts) <= _MOST_LABELS and len(set(texts)) == len(texts) and words
    return fits and named("unit_columns", texts[1]) and not any(token.slot >= 0 for token in line)


def _below(lines: Sequence[_Line], n: int, named: Named) -> tuple[list[dict[int, list[Token]]], set[int], int] | None:
    """Return the rows with their labels, those of them that lack a figure, and their last line; None when there are too few."""
    labels = lines[n]
    figures = len(labels) - 2 - named("remarks", labels[-1].text)
    rows: list[dict[int, list[Token]]] = [{c: [token] for c, token in enumerate(labels)}]
    open_rows: set[int] = set()
    whole, last = 0, n
    headings: list[dict[int, list[Token]]] = []
    for m in range(n + 1, len(lines)):
        line = lines[m]
        if m == n + 1 and all(token.text.isdigit() for token in line):
            continue  # the numbers of the columns say nothing more
        count = sum(shape_of(token.text) in _FIGURES for token in line)
        row = _row(line, figures)
        if row is None:
            if count or len(line) > 1 or stands_apart(line[0].text) or len(line[0].text) > _LONGEST_NAME:
                break
            headings.append({0: [line[0]]})
            continue
        rows += headings
        headings = []
        if len(row) == 1:
            open_rows.add(len(rows))
        whole += count == figures
        rows.append(row)
        last = m
    behind = lines[last + 1 : last + 3]
    broken = any(shape_of(token.text) in _FIGURES for line in behind for token in line)
    if whole < _FEWEST_ROWS or 2 * whole <= len(rows) - len(open_rows) - 1 or broken:
        return None
    return rows, open_rows, last


def _row(line: _Line, figures: int) -> dict[int, list[Token]] | None:
    """Return the cells of a line of a name, perhaps a unit, and figures; the name alone when figures are missing."""
    words = next((k for k, token in enumerate(line) if shape_of(token.text) in _FIGURES), len(line))
    count = len(line) - words
    name = line[: words - 1] if words > 1 and len(line[words - 1].text) <= _LONGEST_UNIT else line[:words]
    if not name or not 0 < count <= figures or any(shape_of(token.text) not in _FIGURES for token in line[words:]):
        return None
    if count < figures:
        return {0: [*name]}
    row = {0: [*name], **{2 + k: [token] for k, token in enumerate(line[words:])}}
    return row if len(name) == words else {**row, 1: [line[words - 1]]}
