"""Columns whose labels each stand before their value: 预算数 500 执行数 470, below them 其中：中央补助 300 其中：中央补助 300.

Comes in: the tokens of a stretch. Goes out: blocks with a row of labels and values, and a row for each part under it. The parts
of one column may also stand together behind its value. `forms.pairs` tells what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from validator.forms.labels import normalise, take_apart
from validator.forms.pairs import PER_CENT, label_and_figure
from validator.forms.restore.blocks import Block
from validator.forms.restore.header import Header
from validator.forms.restore.rows import Row
from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_AMOUNTS = frozenset({Shape.NUMBER, Shape.MONEY})
_VALUES = _AMOUNTS | {Shape.PERCENT, Shape.GARBLED}
_STRAYS = frozenset({Shape.NUMBER, Shape.PERCENT})
_NOTHING = frozenset({Shape.DASH, Shape.BLANK})
_FEWEST = 2


class _Pair(NamedTuple):
    """A label and the tokens of its value, none where it is blank."""

    label: Token
    value: tuple[Token, ...]
    end: int
    """Index of the first token behind it."""


def by_pairs(tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Block]:
    """Yield the blocks of pairs among some tokens."""
    parts = [part for part in vocabulary.parts.values() if part.names_its_parts and part.default_role == "part"]
    i = 0
    while i < len(tokens):
        found = next((block for part in parts if (block := _Reader(tokens, vocabulary, part).block_at(i))), None)
        if found is not None:
            yield found
        i = found.end if found is not None else i + 1


class _Reader:
    """Reads pairs of one section."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary, part: Part) -> None:
        self._tokens = tokens
        self._vocabulary = vocabulary
        self._part = part

    def block_at(self, i: int) -> Block | None:
        """Return the block whose first label of a column is token `i`, None when there is none."""
        if self._column(i) is None:
            return None
        columns: dict[str, _Pair] = {}
        below: list[list[_Pair]] = []
        end = i
        while (id := self._column(end)) is not None and id not in columns:
            pair = self._pair_at(end)
            if pair is None or not pair.value:
                return None
            columns[id], end = pair, pair.end
            if self._part.types[id] == "amount":
                group, end = self._parts_at(end)
                below.append(group)
        amounts = [id for id in columns if self._part.types[id] == "amount"]
        if len(amounts) < _FEWEST or not all(group & columns.keys() for group in self._part.requires):
            return None
        behind = end
        if not any(below):
            rows, end = self._rows_at(end, len(amounts))
        elif len({tuple(normalise(pair.label.text) for pair in group) for group in below}) == 1:
            rows = [list(row) for row in zip(*below, strict=True)]
        else:
            return None
        caption = self._caption_before(i)
        if not rows and caption is None and len(columns) == len(amounts):
            return None
        first = i if caption is None else caption
        laid_out = self._laid_out(columns, amounts, rows, caption)
        if rows and self._is_rate_above(i, behind):
            laid_out[0].cells[2 * len(columns) + int(caption is not None)] = [self._tokens[behind]]
        return Block(Header(self._part, first, i, (), None, ()), (), laid_out, end, [])

    def _laid_out(
        self, columns: dict[str, _Pair], amounts: Sequence[str], rows: Sequence[Sequence[_Pair]], caption: int | None
    ) -> list[Row]:
        """Return the rows of a block: a caption, then label and value of each column, and each part below its amount."""
        lead = int(caption is not None)
        places = {id: 2 * n + lead for n, id in enumerate(columns)}
        top = Row({0: [self._tokens[caption]]} if caption is not None else {})
        for id, pair in columns.items():
            top.cells |= _cells(pair, places[id])
        laid_out = [top]
        for row in rows:
            laid_out.append(Row())
            for id, pair in zip(amounts, row, strict=True):
                laid_out[-1].cells |= _cells(pair, places[id])
        return laid_out

    def _column(self, i: int) -> str | None:
        """Return the column of amounts or of a rate that a token is the label of, with or without its value behind it."""
        if i >= len(self._tokens):
            return None
        text = self._tokens[i].text
        label = (label_and_figure(text) or (text,))[0]
        id = self._vocabulary.meaning(label).columns.get(self._part.id)
        return id if id is not None and self._part.types[id] in ("amount", "percent") else None

    def _is_rate_above(self, i: int, behind: int) -> bool:
        """Tell whether the figure behind the pairs is a rate whose label is the last of the line above them.

        Where the label has the sign, the figure needs none: 预算执行进度(%).
        """
        above = self._tokens[i - 1].text if i else ""
        id = self._vocabulary.meaning(above).columns.get(self._part.id, "")
        shapes = _STRAYS if any(sign in above for sign in PER_CENT) else {Shape.PERCENT}
        return self._part.types.get(id) == "percent" and shape_of(self._tokens[behind].text) in shapes

    def _caption_before(self, i: int) -> int | None:
        before = next((n for n in range(i - 1, -1, -1) if not self._tokens[n].blank), None)
        if before is None or self._part.id not in self._vocabulary.meaning(self._tokens[before].text).captions:
            return None
        return before

    def _rows_at(self, i: int, count: int) -> tuple[list[list[_Pair]], int]:
        """Return the rows from a token on that repeat one label for each amount, and the token behind them.

        The section knows one of the labels at least: 一季度 is no source, and the others may be left out.
        A figure without a label before them is the score or the rate of the whole, in a column that has its label elsewhere.
        """
        rows: list[list[_Pair]] = []
        start = i + 1 if i < len(self._tokens) and shape_of(self._tokens[i].text) in _STRAYS else i
        for at in dict.fromkeys((i, start)):
            end = at
            while (row := self._row_at(end, count)) is not None:
                rows.append(row)
                end = row[-1].end
            if any(self._role(row[0].label.text) for row in rows):
                return rows, end
            rows = []
        return [], i

    def _row_at(self, i: int, count: int) -> list[_Pair] | None:
        row: list[_Pair] = []
        while len(row) < count:
            pair = self._pair_at(row[-1].end if row else i)
            if pair is None or (row and normalise(pair.label.text) != normalise(row[0].label.text)):
                return None
            row.append(pair)
        label = row[0].label.text
        known = self._is_part(label)
        named = known or (any(pair.value for pair in row) and not self._vocabulary.meaning(label).known)
        return row if named else None

    def _parts_at(self, i: int) -> tuple[list[_Pair], int]:
        """Return the parts that stand together behind the value of one column, each label once, and the token behind them."""
        group: list[_Pair] = []
        end = i
        while (pair := self._pair_at(end)) is not None and self._is_part(pair.label.text):
            if any(normalise(other.label.text) == normalise(pair.label.text) for other in group):
                return [], i
            group.append(pair)
            end = pair.end
        return group, end

    def _role(self, text: str) -> str | None:
        return self._vocabulary.meaning(text).rows.get(self._part.id)

    def _is_part(self, text: str) -> bool:
        role = self._role(text)
        return role == self._part.default_role or (role is None and take_apart(text).among)

    def _pair_at(self, i: int) -> _Pair | None:
        """Return the label at a token with what stands behind it; None where no label stands there."""
        i = self._filled(i)
        if i >= len(self._tokens):
            return None
        token = self._tokens[i]
        both = label_and_figure(token.text)
        if both is not None:
            label, figure = both
            value = token._replace(text=figure, start=token.end - len(figure) + 1)
            return self._with_unit(token._replace(text=label, end=token.start + len(label) - 1), value, i + 1)
        if shape_of(token.text) is not Shape.WORD:
            return None
        j = self._filled(i + 1)
        behind = self._tokens[j].text if j < len(self._tokens) else ""
        if shape_of(behind) in _VALUES:
            return self._with_unit(token, self._tokens[j], j + 1)
        if behind and (shape_of(behind) in _NOTHING or self._vocabulary.is_unit(behind)):
            return _Pair(token, (), j + 1)
        return _Pair(token, (), i + 1)

    def _with_unit(self, label: Token, value: Token, i: int) -> _Pair:
        """Return a pair with the unit that stands apart behind its value."""
        behind = self._tokens[i] if i < len(self._tokens) else None
        if behind is not None and not behind.blank and self._vocabulary.is_unit(behind.text):
            return _Pair(label, (value, behind), i + 1)
        return _Pair(label, (value,), i)

    def _filled(self, i: int) -> int:
        """Return the first token from one on that is no blank cell."""
        while i < len(self._tokens) and self._tokens[i].blank:
            i += 1
        return i


def _cells(pair: _Pair, place: int) -> dict[int, list[Token]]:
    return {place: [pair.label], place + 1: list(pair.value)} if pair.value else {place: [pair.label]}
