"""Tables with one row of figures and no label before it, below headings that come again: 三公经费, 预算数 beside 决算数.

Comes in: tokens of no form. Goes out: grids whose labels come out even with the figures in exactly one way. A row that numbers
the columns (1 2 3) may stand between. Below the labels of a rate that is laid down (编制数, 在职人数, 控制率) three will do. So
will a row, or several, with a label below a total and what it is made of (单位, 收入合计, 其中：, 拨款, 其他), if it adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.generic import Grid, stands_apart
from validator.forms.restore.headings import Cells, Named, Plan, text_of, two_levels
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token

_FIGURES = frozenset({Shape.NUMBER, Shape.PERCENT, Shape.MONEY, Shape.DASH})
_FEWEST_COLUMNS = 5
_RATIO = 3
"""Columns of a rate that is laid down: it, and the two that it follows from."""
_FEWEST_BELOW = 2
_FEWEST_PARTS = 2
"""Parts of a total that are not 0, for their sum to tell that the columns are meant so."""
_MOST_BLOCKS = 3
_WIDEST = 24


class _Labels(NamedTuple):
    """Labels over the columns of a table whose columns come several times."""

    used: int
    """How many labels there are."""
    rows: tuple[Cells, ...]
    spans: tuple[dict[int, int], ...]


def by_one_row(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables among some tokens."""
    for first, last in _runs_of_figures(tokens, start, end):
        width = last - first
        ratio = tokens[max(first - width, start) : first]
        if len(ratio) == width == _RATIO and all(named("ratios", token.text) for token in ratio):
            rows = [dict(enumerate([token] for token in row)) for row in (ratio, tokens[first:last])]
            yield Grid(first - width, last, tuple(rows), ({}, {}))
            continue
        numbers = [[tokens[first + c]] for c in range(width // 2)] if _counts(tokens[first:last]) else []
        width -= len(numbers)
        if not _FEWEST_COLUMNS <= width <= _WIDEST:
            continue
        above = _labels_above(tokens, start, first)
        ways = list(_ways(above, width, named))
        if len(ways) == 1:
            rows = [*ways[0].rows, *([dict(enumerate(numbers))] if numbers else [])]
            figures = {c: [token] for c, token in enumerate(tokens[last - width : last])}
            spans = [*ways[0].spans, *({} for _ in range(len(rows) - len(ways[0].rows) + 1))]
            yield Grid(first - ways[0].used, last, (*rows, figures), tuple(spans))


def by_parts(tokens: Sequence[Token], start: int, end: int, named: Named) -> Iterator[Grid]:
    """Yield the tables in which a total stands beside 其中 over the labels of its parts. No token is a blank one."""
    done = start
    for first, last in _runs_of_figures(tokens, start, end):
        width, name = last - first, first - 1
        head = name - width - 2
        if head < done or not _FEWEST_PARTS < width <= _WIDEST or not _adds_up(tokens[first:last]):
            continue
        among = take_apart(tokens[head + 2].text)
        labels = [tokens[head], *tokens[head + 3 : first]]
        if not (among.among and not among.text and named("totals", tokens[head + 1].text) and all(map(_is_label, labels))):
            continue
        # They are all that it is made of, as the sum has shown; below 其中 they would be some of it.
        rows = [dict(enumerate([token] for token in (tokens[head], tokens[head + 1], *tokens[head + 3 : name])))]
        done = name
        while _is_row(tokens[done : min(done + width + 2, end)], width):
            rows.append({c: [token] for c, token in enumerate(tokens[done : done + width + 1])})
            done += width + 1
        yield Grid(head, done, tuple(rows), tuple({} for _ in rows))


def _is_row(tokens: Sequence[Token], width: int) -> bool:
    """Tell whether a label and just so many figures come first."""
    figures = [shape_of(token.text) in _FIGURES for token in tokens]
    return figures[: width + 1] == [False, *[True] * width] and not any(figures[width + 1 :]) and _is_label(tokens[0])


def _is_label(token: Token) -> bool:
    return shape_of(token.text) is Shape.WORD


def _adds_up(row: Sequence[Token]) -> bool:
    """Tell whether the first of some figures is the sum of the others, two of them at least."""
    whole, *parts = (number_of(token.text) for token in row)
    return whole == sum(parts) and sum(part != 0 for part in parts) >= _FEWEST_PARTS


def _runs_of_figures(tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
    first = -1
    for n in range(start, end + 1):
        figure = n < end and shape_of(tokens[n].text) in _FIGURES
        if figure and first < 0:
            first = n
        elif not figure and first >= 0:
            yield first, n
            first = -1


def _counts(run: Sequence[Token]) -> bool:
    """Tell whether the first half of some figures numbers the columns of the others."""
    half = len(run) // 2
    return len(run) % 2 == 0 and [token.text for token in run[:half]] == [str(n) for n in range(1, half + 1)]


def _labels_above(tokens: Sequence[Token], start: int, first: int) -> list[Token]:
    """Return the labels right above, up to a title or a caption; no table has more than two for a column."""
    n = first
    while n > max(start, first - 2 * _WIDEST):
        token = tokens[n - 1]
        if token.blank or shape_of(token.text) is not Shape.WORD or stands_apart(token.text):
            break
        n -= 1
    return list(tokens[n:first])


def _ways(above: Sequence[Token], width: int, named: Named) -> Iterator[_Labels]:
    """Yield the ways in which the last of some labels stand over so many columns: in blocks of two rows, below one each."""
    for blocks in range(1, _MOST_BLOCKS + 1):
        size, rest = divmod(width, blocks)
        for low in range(_FEWEST_BELOW, size if not rest else 0):
            lower, upper = low * blocks, (size + 1 - low) * blocks
            count = lower + upper + (blocks if blocks > 1 else 0)
            labels = above[len(above) - count :] if count <= len(above) else []
            found = _laid_out(labels, blocks, size, low, named) if labels else None
            if found is not None:
                yield found


def _laid_out(labels: Sequence[Token], blocks: int, size: int, low: int, named: Named) -> _Labels | None:
    tops = labels[: blocks if blocks > 1 else 0]
    high = size + 1 - low
    upper = _cut(labels[len(tops) : len(tops) + blocks * high], high)
    lower = _cut(labels[len(tops) + blocks * high :], low)
    if not (_alike(upper) and _alike(lower) and named("totals", lower[0][0].text) and named("totals", upper[0][0].text)):
        return None
    plan = Plan(size, 0, size, frozenset(), frozenset(), marked=False)
    over: Cells = {}
    under: Cells = {}
    reach: dict[int, int] = {}
    for block in range(blocks):
        found = two_levels([[token] for token in upper[block]], [[token] for token in lower[block]], plan, named)
        if found is None:
            return None
        (above, spans), below = found
        at = block * size
        over |= {at + c: cell for c, cell in above.items()}
        under |= {at + c: cell for c, cell in below.items()}
        reach |= {at + c: span for c, span in spans.items()}
    head = [{block * size: [token] for block, token in enumerate(tops)}] if tops else []
    return _Labels(len(labels), (*head, over, under), (*(dict.fromkeys(row, size) for row in head), reach, {}))


def _cut(labels: Sequence[Token], size: int) -> list[Sequence[Token]]:
    return [labels[n : n + size] for n in range(0, len(labels), size)]


def _alike(blocks: Sequence[Sequence[Token]]) -> bool:
    """Tell whether the labels of all blocks are the same, none twice in one."""
    texts = [[text_of([token]) for token in block] for block in blocks]
    return all(text == texts[0] for text in texts) and len(set(texts[0])) == len(texts[0])
