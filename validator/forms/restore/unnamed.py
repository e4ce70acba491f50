"""Rows of which only the figures came whole, their names apart from them: a print gave its words as they were drawn.

    年初预算数 全年预算数 全年执行数 分值 执行率 得分 80 80 76 10 95% 9.5 80 80 76 — 95% —
    指标值 完成值 分值 得分 ≥26台 26台 20 20 100% 96% 30 28.8 及时 及时 40 40 100 98.3

Comes in: the tokens of a stretch. Goes out: the row of the total of the funds, whose cells come out even with the labels right
before them, and the list of the target, actual, weight and score of all indicators. The list bears itself out: its weights
come to those of the total behind it, with those of the funds. Where anything is left over, nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.forms.labels import take_apart
from validator.forms.restore.blocks import Block
from validator.forms.restore.header import Header, columns_of
from validator.forms.restore.rows import Row
from validator.forms.restore.scattered import are_points, figure_at, labels_before, labels_in, values_and_points
from validator.forms.restore.shapes import Shape, number_of, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_FULL_MARKS = Decimal(100)
_FEWEST_LABELS = 4
_FEWEST_ROWS = 3
_POINTS = 2
_VALUES = 2
_OF_FUNDS = frozenset({Decimal(10), Decimal(20)})
"""Points of the funds, where they were not read."""
_WIDEST = 40
"""Tokens between figures and the labels of their rows."""
_SHAPES = {
    "amount": frozenset({Shape.NUMBER, Shape.MONEY}),
    "points": frozenset({Shape.NUMBER}),
    "percent": frozenset({Shape.PERCENT}),
}

Labels = Sequence[tuple[str, Token]]
Figure = tuple[Token, ...]


class _Four(NamedTuple):
    """The figures of an indicator: as many of its target and actual as are figures, its weight and its score."""

    start: int
    """Index of the first token of the run that it stands in."""
    figures: tuple[Figure, ...]

    @property
    def weight(self) -> Decimal:
        """Its points."""
        return number_of(self.figures[-_POINTS][0].text)


def by_figures_alone(
    tokens: Sequence[Token], taken: Collection[int], pieces: Sequence[Token], vocabulary: Vocabulary
) -> Iterator[Block]:
    """Yield the blocks among tokens.

    `taken`: indexes of tokens that belong to other blocks. `pieces`: the tokens before pieces of labels were put together.
    """
    parts = vocabulary.parts.values()
    funds = [block for part in parts if part.names_its_parts for block in _funds(tokens, taken, part, vocabulary)]
    yield from funds
    found = next(((part, ids) for part in parts if (ids := values_and_points(part))), None)
    if found is not None:
        yield from _lists(tokens, taken, pieces, *found, funds, vocabulary)


# --- funds ----------------------------------------------------------------------------------------------------------


def _funds(tokens: Sequence[Token], taken: Collection[int], part: Part, vocabulary: Vocabulary) -> Iterator[Block]:
    """Yield the block below each run of labels that ends with that of the score."""
    labels: list[tuple[str, Token]] = []
    for i, token in enumerate(tokens):
        id = vocabulary.meaning(token.text).columns.get(part.id, "")
        if id and i not in taken and part.types[id] in _SHAPES and id not in {known for known, _ in labels}:
            labels.append((id, token))
            continue
        types = [part.types[known] for known, _ in labels]
        if len(labels) >= _FEWEST_LABELS and types.count("points") == _POINTS and types[-1] == "points":
            block = _below(tokens, i, labels, part, vocabulary)
            if block is not None:
                yield block
        labels = []


def _below(tokens: Sequence[Token], i: int, labels: Labels, part: Part, vocabulary: Vocabulary) -> Block | None:
    """Return the rows of the total and of the part that is named behind it; None where they don't come out even."""
    header = Header(part, i, i, (), None, tuple(labels))
    columns = columns_of(header)
    place = {column.id: n for n, column in enumerate(columns)}
    label = next((n for n, column in enumerate(columns) if column.type == "label"), -1)
    whole, at = _cells(tokens, i, labels, part, scored=True)
    behind, end = _cells(tokens, at, labels, part, scored=False)
    total = _near(tokens, i, end, lambda text: vocabulary.meaning(text).rows.get(part.id) == "total")
    among = _near(tokens, i, end, lambda text: take_apart(text).among and part.id in vocabulary.meaning(text).rows)
    if label < 0 or not whole or not behind or total is None or among is None:
        return None
    # Where the one part is all there is, nothing can be missing below it.
    all_of_it = all(
        number_of(behind[id].text) == number_of(token.text) for id, token in whole.items() if part.types[id] == "amount"
    )
    rows = [
        Row({label: [name], **{place[id]: [token] for id, token in cells.items()}}, summed=all_of_it)
        for name, cells in ((total, whole), (among, behind))
    ]
    return Block(header, columns, rows, end, [])


def _cells(tokens: Sequence[Token], i: int, labels: Labels, part: Part, *, scored: bool) -> tuple[dict[str, Token], int]:
    """Return the cells of a row that begins at a token, and where it ends; no cells where it is no such row.

    A rate may be missing. A row that is not scored has dashes for its points.
    """
    cells: dict[str, Token] = {}
    at = i
    for id, _ in labels:
        type = part.types[id]
        shape = shape_of(tokens[at].text) if at < len(tokens) else Shape.BLANK
        dash = shape is Shape.DASH and type != "amount" and not scored
        if dash or shape in _SHAPES[type]:
            cells[id] = tokens[at]
            at += 1
        elif type == "amount" or (scored and type == "points"):
            return {}, i
    points = [cells[id] for id, _ in labels if part.types[id] == "points" and id in cells]
    even = _are_scored(points) if scored else all(shape_of(token.text) is Shape.DASH for token in points)
    return (cells, at) if points and even else ({}, i)


def _are_scored(points: Sequence[Token]) -> bool:
    weight, score = (number_of(token.text) for token in points)
    return 0 <= score <= weight <= _FULL_MARKS


# --- indicators -----------------------------------------------------------------------------------------------------


def _lists(
    tokens: Sequence[Token],
    taken: Collection[int],
    pieces: Sequence[Token],
    part: Part,
    ids: Sequence[str],
    funds: Sequence[Block],
    vocabulary: Vocabulary,
) -> Iterator[Block]:
    """Yield the list of rows before each total that bears them out."""
    used = {i for block in funds for i in range(block.header.first, block.end)} | set(taken)
    rows: list[_Four] = []
    for start, end, figures in _runs(tokens, used, vocabulary):
        full = number_of(figures[-2][0].text) if len(figures) >= _POINTS and are_points(figures[-2:]) else 0
        above = _fours(start, figures[:-_POINTS]) if full == _FULL_MARKS else None
        if above is not None and _bear_out([*rows, *above], [block for block in funds if block.end <= start]):
            block = _block(tokens, [*rows, *above], end, part, ids, pieces, vocabulary)
            if block is not None:
                yield block
            rows = []
            continue
        more = _fours(start, figures) if len(figures) > 1 else []
        rows = [*rows, *more] if more is not None else []


def _runs(
    tokens: Sequence[Token], used: Collection[int], vocabulary: Vocabulary
) -> Iterator[tuple[int, int, list[tuple[Token, ...]]]]:
    """Yield the runs of figures: where they begin and end, and the tokens of each figure."""
    i = 0
    while i < len(tokens):
        start, figures = i, list[tuple[Token, ...]]()
        while i < len(tokens) and i not in used and (figure := figure_at(tokens, i, vocabulary)):
            figures.append(figure)
            i += len(figure)
        if figures:
            yield start, i, figures
        else:
            i += 1


def _fours(start: int, figures: Sequence[Figure]) -> list[_Four] | None:
    """Return the rows of a run of figures; None where they come out in no rows.

    The first may lack its target, which then stands apart, or both values, which then are words.
    """
    rows: list[_Four] = []
    end = len(figures)
    while end:
        points = figures[max(end - _POINTS, 0) : end]
        if len(points) < _POINTS or not are_points(points) or not _are_worth(points):
            return None
        end -= _POINTS
        values = figures[max(end - _VALUES, 0) : end]
        end -= len(values)
        rows.insert(0, _Four(start, (*values, *points)))
    return rows


def _are_worth(points: Sequence[Figure]) -> bool:
    weight, score = (number_of(figure[0].text) for figure in points)
    return score <= weight and weight > 0


def _bear_out(rows: Sequence[_Four], funds: Sequence[Block]) -> bool:
    """Tell whether the weights come to those of the total, with the points of the funds."""
    weights = sum((row.weight for row in rows), Decimal(0))
    told = [token for block in funds[-1:] for id, token in _points_of(block)][:1]
    left = {number_of(token.text) for token in told} or _OF_FUNDS
    return len(rows) >= _FEWEST_ROWS and _FULL_MARKS - weights in {Decimal(0), *left}


def _points_of(block: Block) -> Iterator[tuple[str, Token]]:
    for n, column in enumerate(block.columns):
        if column.type == "points" and n in block.rows[0].cells:
            yield column.id, block.rows[0].cells[n][0]


def _block(
    tokens: Sequence[Token],
    rows: Sequence[_Four],
    end: int,
    part: Part,
    ids: Sequence[str],
    pieces: Sequence[Token],
    vocabulary: Vocabulary,
) -> Block | None:
    """Return the block of some rows and the total behind them; None where labels are missing or stand in another order."""
    first = rows[0].start
    found = labels_in(labels_before(tokens, first, pieces), part, ids, vocabulary)
    places = [(token.line, token.start) for id, token in found or () if id in ids]
    total = _near(tokens, end, end, lambda text: vocabulary.meaning(text).rows.get(part.id) == "total")
    if found is None or total is None or places != sorted(places):
        return None
    remark = _near(tokens, first, end, lambda text: part.types.get(vocabulary.meaning(text).columns.get(part.id, "")) == "text")
    remarks = ((vocabulary.meaning(remark.text).columns[part.id], remark),) if remark is not None else ()
    header = Header(part, first, first, (), None, (*found, *remarks))
    columns = columns_of(header)
    place = {column.id: n for n, column in enumerate(columns)}
    name = next((n for n, column in enumerate(columns) if column.type == "name"), 0)
    read = []
    for row in rows:
        cells = {place[id]: [*figure] for id, figure in zip(reversed(ids), reversed(row.figures), strict=False)}
        last = row.figures[-1][-1]
        # What a row is called, and why points were taken off, stands somewhere else.
        cells |= {n: [last._replace(text="", start=last.end)] for n in (name, *(place[id] for id, _ in remarks))}
        read.append(Row(cells))
    sums = {place[id]: [token] for id, token in zip(ids[-_POINTS:], tokens[end - _POINTS : end], strict=True)}
    return Block(header, columns, [*read, Row({name: [total], **sums})], end, [])


def _near(tokens: Sequence[Token], first: int, end: int, is_meant: Callable[[str], bool]) -> Token | None:
    """Return the token next to some others of which something is true, those behind them first."""
    behind = tokens[end : end + _WIDEST]
    before = tokens[max(first - _WIDEST, 0) : first][::-1]
    return next((token for token in (*behind, *before) if is_meant(token.text)), None)
