"""Find the header of a block among tokens: a run of column labels, with its captions and what stands among them.

Comes in: the tokens of a stretch. Goes out: `Header`s in order, and the columns of each. Where a block ends, and how its rows
are read, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from validator.forms.labels import take_apart
from validator.forms.restore.align import Column
from validator.forms.restore.parted import parted
from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.stacked import is_out_of_order, stacked
from validator.forms.restore.sunken import sunken
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import FEWEST_COLUMNS, Part, Vocabulary

_POINTS = re.compile(r"[1-9]\d|100")
_LONGEST_STRANGER = 16
_MOST_LABELS = 12
"""Labels of one header."""
_MOST_STRANGERS = 2


@dataclass(frozen=True, slots=True)
class Header:
    """A run of column labels."""

    part: Part
    first: int
    """Index of the first token that belongs to it, captions included."""
    body: int
    """Index of the first token after it."""
    captions: tuple[Token, ...]
    stray: Token | None
    """The label of a row that stands in the header row."""
    labels: tuple[tuple[str, Token], ...]
    """Column id (empty for a label that the section doesn't know) and token, in order."""
    upper: tuple[tuple[int, int, tuple[str, Token]], ...] = ()
    """Of a header of two rows, the upper labels: the first label below, how many there are, column id and token."""


def find_headers(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Header]:
    """Return every header, in order."""
    headers: list[Header] = []
    i = 0
    while i < len(tokens):
        header = find_header(tokens, i, vocabulary) if vocabulary.meaning(tokens[i].text).columns else None
        if header is not None:
            header = _without_a_field(header, tokens, i, vocabulary)
            headers.append(header)
            i = header.body
        else:
            i += 1
    again = {n for n, pair in enumerate(pairwise(headers)) if _comes_again(*pair)}
    return [header for n, header in enumerate(headers) if again.isdisjoint((n - 1, n))]


def _comes_again(header: Header, behind: Header) -> bool:
    """Tell whether the labels of a header come once more right behind it: the columns of another year, which no form has."""
    ids = [id for id, _ in header.labels]
    return header.body == behind.first and len(ids) > 1 and ids == [id for id, _ in behind.labels]


def _without_a_field(header: Header, tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Header:
    """Return the header that begins behind a field and its value (项目名称 某路), where it knows as many columns without it."""
    ids = [id for id, _ in header.labels]
    if not vocabulary.meaning(tokens[i].text).field or len(ids) < 2 or ids[1]:
        return header
    start = next((k for k in range(i + 1, header.body) if vocabulary.meaning(tokens[k].text).columns), header.body)
    rest = find_header(tokens, start, vocabulary) if start < header.body else None
    return rest if rest is not None and sum(map(bool, (id for id, _ in rest.labels))) + 1 >= sum(map(bool, ids)) else header


def find_header(tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> Header | None:
    """Return the header whose first column label is token `i`, None when there is none."""
    found = [
        header
        for id in vocabulary.meaning(tokens[i].text).columns
        if (header := _header_of(tokens, i, vocabulary, vocabulary.parts[id])) is not None
    ]
    if any(_is_caption_of_another(header, tokens, i, vocabulary) for header in found):
        return None
    return max(found, key=lambda header: len(header.labels), default=None)


def _is_caption_of_another(header: Header, tokens: Sequence[Token], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether the first label is the caption (绩效指标) of a header behind it, with 一级指标 or names of its own in it."""
    part = header.part
    if part.id not in vocabulary.meaning(tokens[i].text).captions or i + 1 == len(tokens):
        return False
    behind = _header_of(tokens, i + 1, vocabulary, part)
    return behind is not None and any(part.types[id] in ("name", "group") for id, _ in behind.labels if id)


def _header_of(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Header | None:
    split = parted(tokens, i, vocabulary, part)
    if split is not None and _satisfies(part, {id for id, _ in split.labels}):
        first, captions, stray = _before(tokens, i, vocabulary, part)
        return Header(part, first, split.body, captions, stray, split.labels, split.upper)
    both = stacked(tokens, i, vocabulary, part)
    if both is not None and _satisfies(part, {id for id, _ in both.labels}):
        first, captions, stray = _before(tokens, i, vocabulary, part)
        return Header(part, first, both.body, captions, stray, both.labels)
    below = sunken(tokens, i, vocabulary, part)
    if below is not None and _satisfies(part, {id for id, _ in below.labels}):
        first, captions, stray = _before(tokens, below.first, vocabulary, part)
        return Header(part, first, below.body, captions, stray, below.labels, below.upper)
    labels: list[tuple[str, Token]] = []
    seen: set[str] = set()
    strangers: list[Token] = []
    before = ""
    body = j = i
    while j < len(tokens) and (j == i or tokens[j].gap is not Gap.ROW):
        token = tokens[j]
        key = vocabulary.column(part.id, token.text, before)
        if key is not None and key not in seen:
            labels += [("", stranger) for stranger in strangers]
            strangers = []
            labels.append((key, token))
            seen.add(key)
            body = j + 1
            if not take_apart(token.text).among:
                before = take_apart(token.text).text
        elif token.blank:
            pass
        elif key is not None and part.types[key] == "text" and token.gap is Gap.CELL:
            strangers.append(token)  # 指标解释 and 评分标准 beside each other are one column to the section
        elif key is not None or not _may_be_stranger(token, vocabulary, part) or len(strangers) == _MOST_STRANGERS:
            break
        else:
            strangers.append(token)
        j += 1
    if not _satisfies(part, seen) or is_out_of_order(labels, part):
        return None
    if all(stranger.slot >= 0 for stranger in strangers) and (j == len(tokens) or tokens[j].gap is Gap.ROW):
        labels += [("", stranger) for stranger in strangers]
        body = j
    else:
        found = _strangers_behind(tokens[body:], labels, vocabulary) or _points_for_a_label(
            tokens[body : body + 2], labels, vocabulary, part
        )
        labels += [("", token) for token in found]
        body += len(found)
    if _is_first_of_pairs(tokens[body : body + 2], vocabulary, part):
        return None
    if _begins_inside_another(tokens, i, labels, vocabulary, part):
        return None
    first, captions, stray = _before(tokens, i, vocabulary, part)
    return Header(part, first, body, captions, stray, tuple(labels))


def _is_first_of_pairs(behind: Sequence[Token], vocabulary: Vocabulary, part: Part) -> bool:
    """Tell whether a figure and the next label stand behind a label: each of them has its value right behind it."""
    return (
        len(behind) > 1
        and shape_of(behind[0].text) in FIGURES
        and behind[1].gap is not Gap.ROW
        and bool(vocabulary.meaning(behind[1].text).columns.get(part.id))
    )


def _begins_inside_another(
    tokens: Sequence[Token], i: int, labels: Sequence[tuple[str, Token]], vocabulary: Vocabulary, part: Part
) -> bool:
    """Tell whether a header has a column of points in front of it once more: 一级指标 分值 二级指标 分值 三级指标 分值."""
    points = {id for id, _ in labels if id and part.types[id] == "points"}
    for token in reversed(tokens[max(i - _MOST_LABELS, 0) : i]):
        id = vocabulary.meaning(token.text).columns.get(part.id)
        if id in points:
            return True
        if shape_of(token.text) is not Shape.WORD or (id is None and token.line != tokens[i].line):
            return False
    return False


def _strangers_behind(rest: Sequence[Token], labels: Sequence[tuple[str, Token]], vocabulary: Vocabulary) -> list[Token]:
    """Return the labels behind a header that the section doesn't know: to the end of its line, or those of other sections.

    The caption of another section (绩效指标, behind 目标实际完成情况) begins that one.
    """
    line = labels[0][1].line
    found: list[Token] = []
    if len(labels) > 2 and all(token.line == token.last_line == line for _, token in labels):
        found = list(takewhile(lambda token: token.line == line and token.gap is Gap.SPACE, rest))
        after = rest[len(found) : len(found) + 1]
        if after and after[0].gap >= Gap.LINE and all(_is_word(token) for token in found):
            return found

    def is_label(token: Token) -> bool:
        meaning = vocabulary.meaning(token.text)
        return _is_word(token) and bool(meaning.columns) and not meaning.captions

    return list(takewhile(is_label, rest[:_MOST_STRANGERS]))


def _points_for_a_label(
    behind: Sequence[Token], labels: Sequence[tuple[str, Token]], vocabulary: Vocabulary, part: Part
) -> list[Token]:
    """Return the points of the whole list where they stand for the label of the last column, that of the points.

    As in 一级指标 … 实际完成值 50, with the word of a group behind it, and no other column of points.
    """
    points = any(part.types[id] == "points" for id, _ in labels if id)
    if points or len(behind) < 2 or behind[0].gap is Gap.ROW or _POINTS.fullmatch(behind[0].text) is None:
        return []
    return [behind[0]] if part.id in vocabulary.meaning(behind[1].text).groups else []


def _is_word(token: Token) -> bool:
    return len(token.text) <= _LONGEST_STRANGER and shape_of(token.text) is Shape.WORD


def _may_be_stranger(token: Token, vocabulary: Vocabulary, part: Part) -> bool:
    """Tell whether a token may be a column label that the section doesn't know."""
    if len(token.text) > _LONGEST_STRANGER or shape_of(token.text) is not Shape.WORD:
        return False
    if vocabulary.begins_with_number_of_row(token.text):
        return False
    meaning = vocabulary.meaning(token.text)
    return (
        part.id not in meaning.rows and part.id not in meaning.groups and part.id not in meaning.captions and not meaning.field
    )


def _satisfies(part: Part, seen: set[str]) -> bool:
    need = 2 if len(part.requires) > 1 else FEWEST_COLUMNS
    return len(seen) >= need and bool(part.requires) and all(seen & group for group in part.requires)


def _before(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> tuple[int, tuple[Token, ...], Token | None]:
    """Collect the caption and a stray row label left of the first column label."""
    captions: list[Token] = []
    stray: Token | None = None
    first = j = i
    while j > 0 and tokens[j].gap is not Gap.ROW:
        gap, token = tokens[j].gap, tokens[j - 1]
        meaning = vocabulary.meaning(token.text)
        if token.blank:
            j -= 1
            continue
        if part.id in meaning.captions:
            captions.insert(0, token)
        elif part.id in meaning.rows and stray is None and not captions and gap is not Gap.LINE:
            stray = token
        elif (
            shape_of(token.text) is Shape.WORD
            and not meaning.field
            and not captions
            and (gap is Gap.CELL or take_apart(token.text).points)
        ):
            captions.insert(0, token)
        else:
            break
        j -= 1
        first = j
    return first, tuple(captions), stray


def columns_of(header: Header) -> tuple[Column, ...]:
    """Return the columns of a header, those without a label included."""
    part = header.part
    columns = [Column("caption", "caption")]
    ids = {id for id, _ in header.labels}
    if part.first and part.first not in ids:
        columns.append(Column(part.first, part.types[part.first], unlabelled=True))
    target = False
    split = {n: id for start, size, (id, _) in header.upper for n in range(start, start + size) if size > 1}
    for n, (id, token) in enumerate(header.labels):
        type = part.types.get(id or split.get(n, ""), "free")
        columns.append(Column(id, type, token.slot, spare=type == "target" and target))
        target = target or type == "target"
    if part.last and part.last not in ids and "weight" in ids and columns[-1].type != "text":  # remarks stand last
        columns.append(Column(part.last, part.types[part.last], unlabelled=True))
    return tuple(columns)
