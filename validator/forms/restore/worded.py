"""Two texts side by side, below their two labels: 预期目标 and 实际完成情况.

Comes in: tokens between the blocks of a form, and a header whose columns all hold texts. Goes out: which tokens are the text of
which column, where that is sure. The cells may stand on one line, or their lines below each other:

    1、造林300亩。2、修路5公里。 1、造林320亩。2、修路5公里。       two pieces of a line
    目标1：造林300亩 / 目标2：修路5公里 / 目标1：造林320亩 / …      the numbers begin anew

The label of the whole reaches over the rows, so that the row below has a cell less than the labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from validator.forms.restore.header import Header, find_headers
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_COLUMNS = 2
_MOST_PIECES = 60
"""Pieces of the texts: more of them are no two cells of a form."""


class Texts(NamedTuple):
    """A header with the tokens of the text below each of its labels."""

    header: Header
    cells: tuple[Sequence[Token], ...]
    end: int
    """Index of the first token behind them."""


def texts_below_labels(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Texts]:
    """Yield the texts among tokens that stand side by side below their labels, in order; none that can't be told apart."""
    for header in map(partial(_with_its_caption, vocabulary=vocabulary), find_headers(tokens, vocabulary)):
        if [id for id, _ in header.labels] != list(header.part.types) or set(header.part.types.values()) != {"text"}:
            continue
        stays = partial(_stays, part=header.part, vocabulary=vocabulary)
        below = [token for token in takewhile(stays, tokens[header.body :]) if not token.blank]
        if cells := _told_apart(below, vocabulary) if len(header.labels) == _COLUMNS else ():
            yield Texts(header, cells, next(n for n, token in enumerate(tokens) if token is below[-1]) + 1)


def _with_its_caption(header: Header, vocabulary: Vocabulary) -> Header:
    """Return the header without the first label where that is its caption: 年度总体目标 before 预期目标."""
    part = header.part
    (_, first), *rest = header.labels
    labels = tuple((vocabulary.meaning(token.text).columns.get(part.id, id), token) for id, token in rest)
    captioned = part.id in vocabulary.meaning(first.text).captions and [id for id, _ in labels] == list(part.types)
    return replace(header, captions=(*header.captions, first), labels=labels) if captioned else header


def _stays(token: Token, part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether a token doesn't begin something else of the form."""
    meaning = vocabulary.meaning(token.text)
    return not (part.id in meaning.ends or meaning.field or meaning.columns or meaning.captions)


def _told_apart(filled: Sequence[Token], vocabulary: Vocabulary) -> tuple[Sequence[Token], ...]:
    """Return the pieces of two texts: cut where the numbers begin anew, where a cell ends, or between two."""
    if not _COLUMNS <= len(filled) <= _MOST_PIECES:
        return ()
    numbers = [vocabulary.number_of_row(token.text) for token in filled]
    cuts = [n for n in range(1, len(filled)) if numbers[n] and numbers[n] == numbers[0]]
    if not cuts and not any(number > 1 for number in numbers[1:]):
        cells = [n for n in range(1, len(filled)) if filled[n].gap is Gap.CELL]
        alike = len(filled) == _COLUMNS and _tell_the_same(*(token.text for token in filled))
        cuts = cells or [1] * alike
    if len(cuts) != 1 or not all(map(_count_up, (numbers[: cuts[0]], numbers[cuts[0] :]))):
        return ()
    return filled[: cuts[0]], filled[cuts[0] :]


def _tell_the_same(one: str, other: str) -> bool:
    """Tell whether two texts have most characters in common: what was planned, and what was done of it."""
    return len({*one} & {*other}) * 2 > min(len({*one}), len({*other}))


def _count_up(numbers: Sequence[int]) -> bool:
    """Tell whether the numbers of some pieces go up by one from the first, those without a number left out."""
    told = [number for number in numbers if number]
    return told == [*range(1, len(told) + 1)]
