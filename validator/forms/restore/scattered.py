"""Rows that show by their figures alone what they are, where the labels of their columns stand scattered before them.

A PDF gives its words in the order in which they were drawn: the labels of a header come in pieces among other cells, the rows
below it mostly whole: name, target, actual, weight, score. Comes in: the tokens of a stretch. Goes out: blocks of such rows.
They bear themselves out: many rows of a name and four figures, hardly a score above its weight, signs or units on most targets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.forms.restore.blocks import Block
from validator.forms.restore.header import Header, columns_of
from validator.forms.restore.rows import Problem, Row
from validator.forms.restore.shapes import FIGURES, Shape, number_of, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_FEWEST_ROWS = 5
_FIGURES_OF_ROW = 4
_POINTS = 2
"""Columns of points: the weight and the score."""
_MOST_POINTS = 100
_MOST_WORDS = 3
"""Pieces of a name."""
_MOST_ABOVE = 1
"""Scores above their weights: one may be wrong."""
_MOST_BETWEEN = 60
"""Tokens between two rows of one list."""
_WIDEST = 200
"""Tokens before the first row among which its labels stand."""


class _Four(NamedTuple):
    """A row: the pieces of its name and the tokens of its target, actual, weight and score."""

    start: int
    end: int
    name: tuple[Token, ...]
    figures: tuple[tuple[Token, ...], ...]


def by_scattered(
    tokens: Sequence[Token], taken: Collection[int], pieces: Sequence[Token], vocabulary: Vocabulary
) -> Iterator[Block]:
    """Yield the blocks among tokens.

    `taken`: indexes of tokens that belong to other blocks. `pieces`: the tokens before pieces of labels were put together, of
    which some may not belong together here.
    """
    parts = [(part, ids) for part in vocabulary.parts.values() if (ids := values_and_points(part))]
    rows = _rows(tokens, taken, vocabulary) if parts else []
    for run in _runs(rows):
        if not _is_borne_out(run):
            continue
        for part, ids in parts:
            labels = labels_in(labels_before(tokens, run[0].start, pieces), part, ids, vocabulary)
            if labels is not None:
                yield _block(tokens, run, part, labels)
                break


def has_both_values(header: Header) -> bool:
    """Tell whether a header has labels for what is compared in the rows of its section: the target and the actual."""
    return {*values_and_points(header.part)[:2]} <= {id for id, _ in header.labels}


def values_and_points(part: Part) -> tuple[str, ...]:
    """Return the columns of target, actual, weight and score; nothing where a section has no such columns."""
    by_type = [[id for id, type in part.types.items() if type == wanted] for wanted in ("target", "actual", "points")]
    if part.default_role != "item" or not all(by_type) or len(by_type[-1]) < _POINTS:
        return ()
    return by_type[0][0], by_type[1][0], *by_type[2][:_POINTS]


def _rows(tokens: Sequence[Token], taken: Collection[int], vocabulary: Vocabulary) -> list[_Four]:
    """Return the stretches of words and then exactly four figures."""
    rows: list[_Four] = []
    i = 0
    while i < len(tokens):
        words = i
        while i < len(tokens) and i not in taken and _is_word(tokens[i]):
            i += 1
        start, figures = i, list[tuple[Token, ...]]()
        while i < len(tokens) and i not in taken and (figure := figure_at(tokens, i, vocabulary)):
            figures.append(figure)
            i += len(figure)
        name = _name(tokens[words:start], vocabulary)
        if name and len(figures) == _FIGURES_OF_ROW and are_points(figures[2:]):
            rows.append(_Four(start - len(name), i, name, tuple(figures)))
        elif len(figures) > _FIGURES_OF_ROW:
            rows += _several(tokens[words:start], figures, i, vocabulary)
        i = max(i, start + (not figures))
    return rows


def _several(words: Sequence[Token], figures: Sequence[tuple[Token, ...]], end: int, vocabulary: Vocabulary) -> list[_Four]:
    """Return the rows whose names stand together before their figures, each with its number before it: 指标8：… 指标9：….

    The first reaches over all of them, the others over nothing. Nothing where names and figures don't come out even.
    """
    starts = [n for n, token in enumerate(words) if vocabulary.begins_with_number_of_row(token.text)]
    count, rest = divmod(len(figures), _FIGURES_OF_ROW)
    if rest or count > len(starts):
        return []
    names = [tuple(words[a:b]) for a, b in pairwise([*starts[-count:], len(words)])]
    rows = [figures[n : n + _FIGURES_OF_ROW] for n in range(0, len(figures), _FIGURES_OF_ROW)]
    if any(len(name) > _MOST_WORDS for name in names) or not all(are_points(row[2:]) for row in rows):
        return []
    first = end - sum(map(len, names)) - sum(map(len, figures))
    return [_Four(end if n else first, end, name, tuple(row)) for n, (name, row) in enumerate(zip(names, rows, strict=True))]


def _is_word(token: Token) -> bool:
    return shape_of(token.text) in (Shape.WORD, Shape.LONG)


def figure_at(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Return the tokens of the figure at a place: its sign, its number and its unit may stand apart."""
    end = i + (shape_of(tokens[i].text) is Shape.SIGN)
    if end == len(tokens) or shape_of(tokens[end].text) not in FIGURES:
        return ()
    end += 1
    if end < len(tokens) and _is_word(tokens[end]) and vocabulary.is_unit(tokens[end].text):
        end += 1
    return tuple(tokens[i:end])


def _name(words: Sequence[Token], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Return the last words, as far as they are no words of the form; nothing where they are too many for a name."""
    name: list[Token] = []
    for token in reversed(words):
        if vocabulary.known(token.text):
            break
        name.insert(0, token)
    return tuple(name) if len(name) <= _MOST_WORDS else ()


def are_points(figures: Sequence[Sequence[Token]]) -> bool:
    """Tell whether figures may be points: bare numbers up to a hundred."""
    return all(
        len(figure) == 1 and shape_of(figure[0].text) is Shape.NUMBER and 0 <= number_of(figure[0].text) <= _MOST_POINTS
        for figure in figures
    )


def _runs(rows: Sequence[_Four]) -> Iterator[list[_Four]]:
    """Yield the rows that stand near each other."""
    run: list[_Four] = []
    for row in rows:
        if run and row.start - run[-1].end > _MOST_BETWEEN:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _is_borne_out(rows: Sequence[_Four]) -> bool:
    above = sum(number_of(row.figures[3][0].text) > number_of(row.figures[2][0].text) for row in rows)
    telling = sum(len(row.figures[0]) > 1 or shape_of(row.figures[0][0].text) is not Shape.NUMBER for row in rows)
    weights = sum(number_of(row.figures[2][0].text) for row in rows)
    return len(rows) >= _FEWEST_ROWS and above <= _MOST_ABOVE and 2 * telling > len(rows) and weights <= _MOST_POINTS


def labels_before(tokens: Sequence[Token], first: int, pieces: Sequence[Token]) -> list[Token]:
    """Return the tokens before a row, and then the pieces that they were put together from."""
    near = tokens[max(first - _WIDEST, 0) : first]
    begin, end = (tokens[n][1:3] for n in (first - len(near), first))
    return [*near, *(piece for piece in pieces if begin <= piece[1:3] < end)]


def labels_in(
    before: Sequence[Token], part: Part, ids: Sequence[str], vocabulary: Vocabulary
) -> tuple[tuple[str, Token], ...] | None:
    """Return the last label of each column before the rows; None where one is missing."""
    found: dict[str, Token] = {}
    for token in before:
        id = vocabulary.meaning(token.text).columns.get(part.id)
        if id is not None:
            found[id] = token
    if not all(id in found for id in ids):
        return None
    name = next((id for id, type in part.types.items() if type == "name" and id in found), None)
    return tuple((id, found[id]) for id in ((name, *ids) if name else ids))


def _block(tokens: Sequence[Token], rows: Sequence[_Four], part: Part, labels: tuple[tuple[str, Token], ...]) -> Block:
    header = Header(part, rows[0].start, rows[0].start, (), None, labels)
    columns = columns_of(header)
    place = {column.id: n for n, column in enumerate(columns)}
    name = next((n for n, column in enumerate(columns) if column.type == "name"), 0)
    ids = [id for id, _ in labels][-_FIGURES_OF_ROW:]
    cells = ({name: [*row.name]} | {place[id]: [*figure] for id, figure in zip(ids, row.figures, strict=True)} for row in rows)
    problems = [
        Problem([*between], (), "")
        for row, behind in pairwise(rows)
        if (between := [token for token in tokens[row.end : behind.start] if shape_of(token.text) in FIGURES])
    ]
    return Block(header, columns, [Row(row, summed=False) for row in cells], rows[-1].end, problems)
