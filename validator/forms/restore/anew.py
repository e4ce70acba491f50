"""Where another table begins among rows closed by pipes: behind figures come labels again, and rows of another width.

Comes in: lines. Goes out: the numbers of those lines. Rows of one width are left to whoever reads them, since the labels of a
page may only come once more; and so are rows that are not on a line each, whose pipes tell nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from validator.forms.labels import is_note
from validator.forms.restore.shapes import Shape, is_year, shape_of

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY})
_BLANK = " \u3000\u2002\u2003\t\r\ufeff\xa0\u200b"
_FEWEST = 2
"""Rows of figures that must have as many pipes as each other."""
_MOST_LABEL_ROWS = 4


class _Row(NamedTuple):
    line: int
    pipes: int
    filled: int
    has_figures: bool
    is_words: bool
    """Whether it is nothing but words, two or more: labels of columns, perhaps."""
    is_apart: bool
    """Whether it holds one text that belongs to what is below it: a caption, the unit."""


def beginnings(lines: Sequence[str]) -> frozenset[int]:
    """Return the lines with pipes at which another table begins, its caption included."""
    rows = [row for number, line in enumerate(lines) if "|" in line and (row := _row(number, line)).filled]
    found: set[int] = set()
    above: list[int] = []
    for n, row in enumerate(rows):
        if row.has_figures:
            above.append(row.pipes)
        elif row.is_words and not rows[n - 1].is_words and _are_alike(above) and _is_headed(rows, n, above[-1]):
            start = n
            while rows[start - 1].is_apart:
                start -= 1
            found.add(rows[start].line)
            above = []
    return frozenset(found)


def _are_alike(pipes: Sequence[int]) -> bool:
    return len(pipes) >= _FEWEST and len(set(pipes[-_FEWEST:])) == 1


def _row(number: int, line: str) -> _Row:
    texts = [text for part in line.split("|") if (text := part.strip(_BLANK))]
    shapes = list(map(shape_of, texts))
    words = sum(shape is Shape.WORD or is_year(text) for shape, text in zip(shapes, texts, strict=True))
    return _Row(
        number,
        line.count("|"),
        len(texts),
        any(shape in _FIGURES for shape in shapes[1:]),
        len(texts) > 1 and words == len(texts) and shapes[0] is Shape.WORD,
        len(texts) == 1 and shapes[0] in (Shape.WORD, Shape.LONG) and not is_note(texts[0]),
    )


def _is_headed(rows: Sequence[_Row], n: int, pipes: int) -> bool:
    """Tell whether words are the labels of rows with another number of pipes, one for each of their cells at least."""
    end = n
    while end < len(rows) and rows[end].is_words and end - n < _MOST_LABEL_ROWS:
        end += 1
    body = rows[end : end + _FEWEST]
    alike = len(body) == _FEWEST and all(row.has_figures and row.pipes == body[0].pipes for row in body)
    labels = sum(row.filled for row in rows[n:end])
    return alike and body[0].pipes != pipes and labels >= max(row.filled for row in body)
