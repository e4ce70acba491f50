"""Headers of two rows in which columns of money are split up alike: 预算数 执行数 执行率, then 小计 财政拨款 小计 财政拨款.

Comes in: the tokens where such a header may begin. Goes out: the label of every column in order, and the upper labels with the
columns that they reach over. Where tabs tell the places, those decide, and the upper label with the lower one may be the name
of a column (支出 over 本年支出 | 累计支出); else the same words must come once for each column of money.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from validator.forms.restore.shapes import Shape, shape_of
from validator.forms.restore.tokens import Token
from validator.forms.restore.vocabulary import Part, Vocabulary

_FEWEST = 2
_MOST = 4
"""Columns into which one of money may be split."""
_MOST_STRANGERS = 2
"""Labels at the end of the upper row that the section doesn't know."""
_LONGEST = 12
_MOST_CELLS = 40

_Label = tuple[str, Token]


class Parted(NamedTuple):
    """The labels of a header with split columns."""

    labels: tuple[_Label, ...]
    """Column id (empty for all but the first column under an upper label) and label, in order."""
    upper: tuple[tuple[int, int, _Label], ...]
    """Of each upper label the first of its columns and their number, then its id and token."""
    body: int
    """Index of the first token after it."""


def parted(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Parted | None:
    """Return the header whose upper row begins with token `i`, None when there is none."""
    return _composed(tokens, i, vocabulary, part) or _split_alike(tokens, i, vocabulary, part)


def _composed(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Parted | None:
    """Return the header of two lines with tabs in which columns have the name of the label above and their own."""
    line = _in_line(tokens, i)
    next_line = _in_line(tokens, i + len(line))
    upper, lower = ([token for token in found if not token.blank] for found in (line, next_line))
    if not lower or not all(token.slot >= 0 and _is_label(token) for token in (*upper, *lower)):
        return None
    under: dict[int, list[Token]] = {}
    for token in lower:
        under.setdefault(sum(label.slot <= token.slot for label in upper) - 1, []).append(token)
    if any(at < 1 or len(found) < _FEWEST or found[0].slot != upper[at].slot for at, found in under.items()):
        return None
    labels: list[_Label] = []
    reach: list[tuple[int, int, _Label]] = []
    for at, label in enumerate(upper):
        own = vocabulary.column(part.id, label.text, "") or ""
        below = [(_named(label, token, vocabulary, part), token) for token in under.get(at, ())]
        if not all(id for id, _ in below):
            return None
        reach.append((len(labels), max(len(below), 1), (own, label)))
        labels += below or [(own, label)]
    ids = [id for id, _ in labels if id]
    return Parted(tuple(labels), tuple(reach), i + len(line) + len(next_line)) if len(set(ids)) == len(ids) else None


def _named(upper: Token, lower: Token, vocabulary: Vocabulary, part: Part) -> str:
    """Return the column that two labels name together, or the lower one alone; empty when they name none."""
    return vocabulary.column(part.id, upper.text + lower.text, "") or vocabulary.column(part.id, lower.text, "") or ""


def _in_line(tokens: Sequence[Token], i: int) -> list[Token]:
    return list(takewhile(lambda token: token.line == tokens[i].line, tokens[i : i + _MOST_CELLS]))


def _split_alike(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Parted | None:
    upper: list[_Label] = []
    n = i
    while n < len(tokens) and (key := vocabulary.column(part.id, tokens[n].text, "")) is not None:
        if upper and tokens[n].text == upper[0][1].text:
            break
        if any(key == id for id, _ in upper):
            return None
        upper.append((key, tokens[n]))
        n += 1
    money = [at for at, (id, _) in enumerate(upper) if part.types[id] == "amount"]
    if len(money) < _FEWEST:
        return None
    figures = [at for at, (id, _) in enumerate(upper) if part.types[id] in ("amount", "percent")]
    n += _again(upper, tokens[n:])
    behind = list(takewhile(_is_label, tokens[n : n + _MOST_STRANGERS + len(upper) * _MOST]))
    for strangers in range(_MOST_STRANGERS + 1):
        lower, labels = behind[strangers:], [*upper, *(("", token) for token in behind[:strangers])]
        slotted = bool(lower) and all(token.slot >= 0 for token in (*lower, *(token for _, token in labels)))
        under: dict[int, list[Token]] = {}
        if slotted:
            under = _under_by_slot(labels, [token for token in lower if token.line == lower[0].line], money)
        if not under and (not slotted or _lost_spans(upper, lower)):
            under = _under_by_order(lower, figures) or _under_by_order(lower, money)
            slotted = False
        if under:
            return _put_together(labels, under, n + strangers, lost=not slotted and upper[0][1].slot >= 0)
    return None


def _again(upper: Sequence[_Label], behind: Sequence[Token]) -> int:
    """Return with how many labels of the upper row the lower one begins: cells that reach down over both, said twice."""
    same = takewhile(lambda pair: pair[0][1].text == pair[1].text, zip(upper, behind, strict=False))
    return sum(1 for _ in same)


def _lost_spans(upper: Sequence[_Label], lower: Sequence[Token]) -> bool:
    """Tell whether the labels of the lower row stand side by side where they can't: left of the columns that they part.

    Or whether those of the upper row do too, and are fewer: no cell reaches over others.
    """
    slots = [token.slot for _, token in upper]
    line = [token.slot for token in lower if token.line == lower[0].line]
    if line != [*range(line[0], line[0] + len(line))]:
        return False
    return line[0] < slots[1] or (len(line) >= len(slots) and slots == [*range(slots[0], slots[0] + len(slots))])


def _is_label(token: Token) -> bool:
    return len(token.text) <= _LONGEST and shape_of(token.text) is Shape.WORD


def _under_by_slot(upper: Sequence[_Label], lower: Sequence[Token], money: Sequence[int]) -> dict[int, list[Token]]:
    """Return the lower labels by the upper one that they stand under; none when one stands under no column of money."""
    under: dict[int, list[Token]] = {}
    for token in lower:
        owners = [at for at, (_, label) in enumerate(upper) if label.slot <= token.slot]
        if not owners or owners[-1] not in money or token.line == upper[-1][1].line:
            return {}
        under.setdefault(owners[-1], []).append(token)
    aligned = all(found[0].slot == upper[at][1].slot for at, found in under.items())
    return under if aligned and all(len(found) >= _FEWEST for found in under.values()) else {}


def _under_by_order(lower: Sequence[Token], money: Sequence[int]) -> dict[int, list[Token]]:
    """Return the lower labels by upper one, where the same words come once for each."""
    texts = [token.text for token in lower]
    for size in range(_FEWEST, _MOST + 1):
        end = size * len(money)
        chunks = [texts[size * n : size * (n + 1)] for n in range(len(money))]
        if len(texts) >= end and len(set(chunks[0])) == size and all(chunk == chunks[0] for chunk in chunks):
            return {at: list(lower[size * n : size * (n + 1)]) for n, at in enumerate(money)}
    return {}


def _put_together(upper: Sequence[_Label], under: dict[int, list[Token]], start: int, *, lost: bool) -> Parted:
    """Return the labels in order; with `lost` their cells reached over others, and the order tells the columns."""
    labels: list[_Label] = []
    reach: list[tuple[int, int, _Label]] = []
    for at, (id, token) in enumerate(upper):
        below = under.get(at, [])
        reach.append((len(labels), max(len(below), 1), (id, token)))
        labels += [("" if n else id, label) for n, label in enumerate(below)] or [(id, token)]
    if lost:
        labels = [(id, token._replace(slot=slot)) for slot, (id, token) in enumerate(labels, labels[0][1].slot)]
    return Parted(tuple(labels), tuple(reach), start + sum(map(len, under.values())))
