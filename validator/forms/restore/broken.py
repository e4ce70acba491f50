"""Tables in which an empty cell became a line break, so that a row goes on below as many breaks as it has empty cells there.

Comes in: tokens cut at blanks. Goes out: the tables in which every row comes to the same number of cells that way, one of them
on a line of its own with a figure in each. `⏎` is a line break here, and the first row has four empty cells:

    甲南镇⏎⏎3 6.3⏎⏎3 6.3⏎
    乙北镇 1 0.8 2 4.2⏎⏎3 5.0⏎
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from validator.forms.restore.generic import Body, Grid, Named, Row, grid_of, head_of_lines, is_like_a_row, lines_of
from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.tokens import Gap, Token

_FEWEST_ROWS = 4
_FEWEST_CELLS = 3
_MOST_CELLS = 24
_MOST_WORDS = 3
"""Words with blanks between them that are the label of one row."""
_HEADER_LINES = 3
_LINES_BEHIND = 2


def by_breaks(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among tokens, in order."""
    lines = lines_of(tokens, start, end)
    read = list(_rows(tokens, lines))
    for width, group in groupby(read, key=lambda row: 0 if row is None else len(row[0][1])):
        run = [row for row in group if row is not None]
        whole = [all(cell.text for cell in row[1]) for row, _, _ in run]
        if len(run) < _FEWEST_ROWS or all(whole) or not any(whole):
            continue
        first, last = run[0][1], run[-1][2]
        above = [tokens[a:b] for a, b in lines[max(first - _HEADER_LINES, 0) : first]]
        behind = [tokens[a:b] for a, b in lines[last : last + _LINES_BEHIND]]
        body = Body(
            lines[first][0], lines[last - 1][1], tuple(row for row, _, _ in run), width, any(map(is_like_a_row, behind))
        )
        head = head_of_lines(body, above, tokens, named)
        if head is not None and not body.broken:
            yield grid_of(body, head, named)


def _rows(tokens: Sequence[Token], lines: Sequence[tuple[int, int]]) -> Iterator[tuple[Row, int, int] | None]:
    """Yield each row with its first line and the one behind its last; None for a line that is in no row."""
    n = 0
    while n < len(lines):
        a, b = lines[n]
        words = list(takewhile(lambda token: shape_of(token.text) is Shape.WORD, tokens[a:b]))
        end = n + 1
        cells = list(tokens[a + len(words) : b])
        while end < len(lines) and all(shape_of(token.text) in FIGURES for token in tokens[slice(*lines[end])]):
            below = tokens[slice(*lines[end])]
            breaks = below[0].line - tokens[lines[end - 1][0]].line
            cells += [*([_empty(below[0])] * breaks), *below]
            end += 1
        named = 0 < len(words) <= _MOST_WORDS and all(not cell.text or shape_of(cell.text) in FIGURES for cell in cells)
        if named and _FEWEST_CELLS <= len(cells) <= _MOST_CELLS:
            label = words[0]._replace(text=" ".join(word.text for word in words), end=words[-1].end)
            yield (label, tuple(cells), ()), n, end
        else:
            yield None
        n = end


def _empty(before: Token) -> Token:
    return Token("", before.line, before.start, before.start, Gap.SPACE)
