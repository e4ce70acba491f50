"""Figures of a row that run together, 92.0095.2093.51 10, taken apart where all others of the rows have as many decimals.

Comes in: the tokens of lines. Goes out: the same with such figures, and the label that they run into, as tokens of their own. A
figure with two points is none, and where every figure of the rows beside it keeps its last zeros, one decimal point after the
other says where each ends. A row is taken apart only into as many figures as the whole ones have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Gap, Token

_DECIMAL = re.compile(r"\d{1,6}\.(\d{1,4})")
_RUN = re.compile(r"([^\s\d.,，%％]{2,}?)?(\d[\d.]*)")
_BEGUN = re.compile(r"\d{1,3}\.\d{0,3}")
_POINTS = 2
_FEWEST_WHOLE = 2
"""Rows in one piece that tell how many figures a row has, and how many decimals these."""
_FEWEST_FIGURES = 3
_TIMES = 4
_FARTHEST = 3
"""Lines from one row to the next."""

_Line = Sequence[Token]


def with_figures_apart(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with figures that run together taken apart, where the rows around them leave one way."""
    if not any(_may_be_fused(token.text) for token in tokens):
        return list(tokens)
    lines = _lines(tokens)
    apart: list[_Line] = []
    for run in _runs(lines):
        apart += _taken_apart(run)
    return [token for line in apart for token in line]


def _may_be_fused(text: str) -> bool:
    """Tell whether a text ends with digits that have two points, or follow a word at once."""
    found = _RUN.fullmatch(text) if "." in text else None
    return found is not None and (found[2].count(".") >= _POINTS or found[1] is not None)


def _lines(tokens: Sequence[Token]) -> list[_Line]:
    starts = [n for n, token in enumerate(tokens) if not n or token.gap >= Gap.LINE]
    return [tokens[start:end] for start, end in pairwise([*starts, len(tokens)])]


def _runs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Return the lines in runs whose rows follow each other closely."""
    runs: list[list[_Line]] = []
    for line in lines:
        near = bool(runs) and line[0].line - runs[-1][-1][0].line <= _FARTHEST
        if near:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _taken_apart(run: list[_Line]) -> list[_Line]:
    rows = [line for line in run if _is_whole(line)]
    counted = Counter(places for line in rows for places in _decimals(line))
    places = counted.most_common(1)[0][0] if counted else 0
    # A figure with more of them than all others has run into the next one: 94.911.
    whole = [line for line in rows if max(_decimals(line)) <= places]
    widths = {len(line) for line in whole}
    kept = any(_DECIMAL.fullmatch(token.text) and token.text.endswith("0") for line in whole for token in line)
    if len(whole) < _FEWEST_WHOLE or len(widths) != 1 or any(set(_decimals(line)) != {places} for line in whole) or not kept:
        return run
    width = widths.pop()
    figure = re.compile(rf"\d{{1,3}}\.\d{{{places}}}|\d{{1,3}}(?!\d*\.)")
    sizes = [[number_of(line[c].text) for line in whole] for c in range(width)]
    apart: list[_Line] = []
    for n, line in enumerate(run):
        last = n == len(run) - 1
        pieces = [piece for token in line for piece in _pieces(token, figure, breaks_off=last and token is line[-1])]
        last = last and len(line) < len(pieces) <= width
        fits = (last or len(pieces) == width) and all(map(_is_as_large, pieces, sizes))
        apart.append(pieces if fits else line)
    return apart


def _is_as_large(token: Token, sizes: Sequence[Decimal]) -> bool:
    """Tell whether a figure with decimals is about as large as those of its column: a lost zero moves all that follow."""
    if not _DECIMAL.fullmatch(token.text):
        return True
    return min(sizes) <= _TIMES * number_of(token.text) and number_of(token.text) <= _TIMES * max(sizes)


def _decimals(line: _Line) -> list[int]:
    """Return how many decimals each figure of a line has that has some."""
    return [len(found[1]) for token in line if (found := _DECIMAL.fullmatch(token.text))]


def _is_whole(line: _Line) -> bool:
    """Tell whether a line is a label and figures, each by itself, some of them with decimals."""
    figures = line[1:]
    return (
        len(figures) >= _FEWEST_FIGURES
        and shape_of(line[0].text) is Shape.WORD
        and not _may_be_fused(line[0].text)
        and all(shape_of(token.text) is Shape.NUMBER for token in figures)
        and sum("." in token.text for token in figures) >= _POINTS
    )


def _pieces(token: Token, figure: re.Pattern[str], *, breaks_off: bool) -> list[Token]:
    """Return the label and the figures that a token is made of; the token where they don't make up all of it.

    `breaks_off`: what is left behind them may be the beginning of one more.
    """
    found = _RUN.fullmatch(token.text) if "." in token.text else None
    if found is None or figure.fullmatch(token.text):
        return [token]
    start = len(found[1] or "")
    ends = [start, *(start + match.end() for match in figure.finditer(found[2]))]
    covered = "".join(match.group() for match in figure.finditer(found[2]))
    rest = found[2][len(covered) :]
    if not covered or not found[2].startswith(covered) or (rest and not (breaks_off and _BEGUN.fullmatch(rest))):
        return [token]
    cuts = [*([0] if start else []), *ends, *([len(token.text)] if rest else [])]
    return [
        token._replace(
            text=token.text[a:b], start=token.start + a, end=token.start + b - 1, gap=token.gap if not n else Gap.SPACE
        )
        for n, (a, b) in enumerate(pairwise(cuts))
    ]
