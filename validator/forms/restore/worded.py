"""Two texts side by side, below their two labels: 预期目标 and 实际完成情况.

Comes in: tokens between the blocks of a form, and a header whose columns all hold texts. Goes out: which tokens are the text of
which column, where that is sure. The cells may stand on one line, or their lines below each other:

    1、造林300亩。2、修路5公里。 1、造林320亩。2、修路5公里。       two pieces of a line
    目标1：造林300亩 / 目标2：修路5公里 / 目标1：造林320亩 / …      the numbers begin anew

The label of the whole reaches over the rows, so that the row below has a cell less than the labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from validator.forms.restore.header import Header, find_headers
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_COLUMNS = 2
_MOST_PIECES = 60
"""Pieces of the texts: more of them are no two cells of a form."""


def headers_of_texts(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Header]:
    """Return the headers among tokens whose columns all hold texts, each of them labelled, in order."""
    found = (header for header in find_headers(tokens, vocabulary) if set(header.part.types.values()) == {"text"})
    headers = (_with_its_caption(header, vocabulary) for header in found)
    return [header for header in headers if [id for id, _ in header.labels] == list(header.part.types)]


def _with_its_caption(header: Header, vocabulary: Vocabulary) -> Header:
    """Return the header without the first label where that is its caption: 年度总体目标 before 预期目标."""
    part = header.part
    (_, first), *rest = header.labels
    labels = tuple((vocabulary.meaning(token.text).columns.get(part.id, id), token) for id, token in rest)
    captioned = part.id in vocabulary.meaning(first.text).captions and [id for id, _ in labels] == list(part.types)
    return replace(header, captions=(*header.captions, first), labels=labels) if captioned else header


def texts_below(tokens: Sequence[Token], header: Header, vocabulary: Vocabulary) -> list[list[Token]]:
    """Return the tokens of each text below a header of two columns; nothing where they can't be told apart for sure."""
    pieces = list(takewhile(lambda token: not _begins_another(token, header.part, vocabulary), tokens[header.body :]))
    filled = [token for token in pieces if not token.blank]
    if len(header.part.types) != _COLUMNS or not _COLUMNS <= len(filled) <= _MOST_PIECES:
        return []
    numbers = [vocabulary.number_of_row(token.text) for token in filled]
    starts = [n for n, token in enumerate(filled) if n and token.gap is not Gap.SPACE] or [*range(1, len(filled))]
    again = [n for n in range(1, len(filled)) if numbers[n] and numbers[n] == numbers[0]]
    if len(again) == 1 and _count_up(numbers[: again[0]]) and _count_up(numbers[again[0] :]):
        return [filled[: again[0]], filled[again[0] :]]
    if len(starts) == 1 and not again and (numbers[starts[0]] <= 1):
        return [filled[: starts[0]], filled[starts[0] :]]
    return []


def _begins_another(token: Token, part: Part, vocabulary: Vocabulary) -> bool:
    meaning = vocabulary.meaning(token.text)
    return part.id in meaning.ends or meaning.field or bool(meaning.columns) or bool(meaning.captions)


def _count_up(numbers: Sequence[int]) -> bool:
    """Tell whether the numbers of some pieces go up by one, those without a number left out."""
    told = [number for number in numbers if number]
    return told[0] == 1 and all(after == before + 1 for before, after in pairwise(told))
