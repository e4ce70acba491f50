"""Headers of two rows whose lower labels came out behind the upper ones: 分值 指标值 得分, then 预期值 实际值.

Comes in: the tokens where such a header may begin. Goes out: the labels in the order in which their columns stood: the lower
ones in place of the upper label that reached over them. No form has a result behind the score, or a rate before what was
spent; where labels stand so, the last of them are looked for under another, and taken only where one order alone is one that
forms have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from validator.forms.restore.shapes import FIGURES, Shape, shape_of
from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import FIGURE_TYPES, Part, Vocabulary

_NAMES = frozenset({"label", "group", "name"})
_LOWER = (FIGURE_TYPES | {"comparator", "unit"}) - {"points"}
"""Columns that stand under one label."""
_FEWEST = 2
_MOST = 4
"""Labels under one."""
_MOST_LABELS = 14
"""Labels of both rows."""
_MOST_CAPTIONS = 2
"""Words in front of the name of a row: a caption in the margin, and the group that goes with it."""
_HEIGHT = 3
"""Rows of labels."""
_LONGEST = 16
_TALK = frozenset({Shape.WORD, Shape.LONG})

_Label = tuple[str, Token]


class Sunken(NamedTuple):
    """The labels of a header of two rows, by the places of their columns."""

    labels: tuple[_Label, ...]
    upper: tuple[tuple[int, int, _Label], ...]
    """Of each upper label the first of its columns and their number, then its id and token."""
    first: int
    """Index of the first token of it."""
    body: int
    """Index of the first token after it."""


def sunken(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Sunken | None:
    """Return the header whose first label that the section knows is token `i`, None when there is none."""
    again = _said_again(tokens, i, vocabulary, part)
    if again is not None:
        return again
    labels = _run(tokens, i, vocabulary, part)
    if _may_stand([id for id, _ in labels], part):
        return None
    first = i
    if i and _may_reach_over(tokens, i - 1, vocabulary, part):
        first = i - 1
        labels.insert(0, ("", tokens[first]))
    found = [*_orders(labels, part, led=first < i)]
    body = next((n for n in range(i, len(tokens)) if labels and tokens[n] is labels[-1][1]), i) + 1
    if len({tuple(id for id, _ in order) for order, _ in found}) != 1 or _words_behind(tokens, body, found[0][0], part):
        return None
    order, upper = found[0]
    if all(token.slot >= 0 for _, token in labels):  # merged cells were lost: the order tells the columns
        order = [(id, token._replace(slot=slot)) for slot, (id, token) in enumerate(order, labels[0][1].slot)]
    at = first if upper[0][2][1] is tokens[first] else i
    return Sunken(tuple(order), tuple(upper), at, body)


def _said_again(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Sunken | None:
    """Return the header whose lower row says all labels again, but for one that reaches over others: 目标值, 完成值 for 指标值.

    So it comes out of a Word table, where cells that reach down are said in each row.
    """
    near = [n for n in range(i, min(i + 2 * _MOST_LABELS, len(tokens))) if not tokens[n].blank]
    start = next((n for n in near[1:] if tokens[n].text == tokens[i].text), -1)
    above = [n for n in near if n < start]
    if above and tokens[above[-1]].text == tokens[i - 1].text:  # the caption is said again, too
        above.pop()
    upper = [tokens[n] for n in above]
    end = next((k for k, n in enumerate(near) if n >= start and not _is_label(tokens[n], vocabulary, part)), len(near))
    lower = [n for n in near[:end] if n >= start >= 0]
    if start < 0 or len(upper) < _FEWEST or not all(_is_label(token, vocabulary, part) for token in upper):
        return None
    reach: list[tuple[int, int, _Label]] = []
    at = 0
    for k, token in enumerate(upper):
        behind = upper[k + 1].text if k + 1 < len(upper) else None
        size = 1
        if at >= len(lower):
            return None
        if tokens[lower[at]].text != token.text:
            texts = [tokens[n].text for n in lower[at : at + _MOST + 1]]
            size = texts.index(behind) if behind in texts else len(lower) - at if behind is None else 0
            if not _FEWEST <= size <= _MOST:
                return None
        reach.append((at, size, (vocabulary.column(part.id, token.text, "") or "", token)))
        at += size
    if all(size == 1 for _, size, _ in reach):
        return None
    labels = [(vocabulary.column(part.id, tokens[n].text, "") or "", tokens[n]) for n in lower[:at]]
    known = [id for id, _ in labels if id]
    return Sunken(tuple(labels), tuple(reach), i, lower[at - 1] + 1) if len(set(known)) == len(known) else None


def _run(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> list[_Label]:
    """Return the labels from token `i` on, to the last that the section knows; the lower row may begin once."""
    found: list[_Label] = []
    rows = 0
    for token in tokens[i : i + 2 * _MOST_LABELS]:
        rows += token.gap is Gap.ROW and token is not tokens[i]
        if rows > 1 or len(found) > _MOST_LABELS or not (token.blank or _is_label(token, vocabulary, part)):
            break
        if not (token.blank or (found and found[-1][1].text == token.text)):  # a merged cell may be repeated
            found.append((vocabulary.column(part.id, token.text, "") or "", token))
    known = max((n for n, (id, _) in enumerate(found) if id), default=-1)
    return found[: known + 1]


def has_labels_below(tokens: Sequence[Token], body: int, labels: Sequence[_Label], part: Part, vocabulary: Vocabulary) -> bool:
    """Tell whether a third row of labels stands behind a header: columns come again in it, or words twice, as 小计 does.

    Words come twice in the first row of a list of indicators too, as target and as result.
    """
    words = _words_behind(tokens, body, labels, part)
    if _keep_their_places(tokens, body):
        return False
    known = [text for text in words if part.id in vocabulary.meaning(text).columns]
    listed = "label" not in part.types.values()
    return len(known) >= _FEWEST or (not listed and len(set(words)) < len(words))


def _keep_their_places(tokens: Sequence[Token], body: int) -> bool:
    """Tell whether the first row of figures behind a header has no more cells than the rows of labels before it."""
    near = tokens[body : body + 2 * _MOST_LABELS]
    figure = next((n for n, token in enumerate(near) if shape_of(token.text) in FIGURES), -1)
    row = [token.slot for token in near[figure:] if token.line == near[figure].line]
    top = tokens[body - 1].line - _HEIGHT
    above = (*tokens[max(body - 2 * _MOST_LABELS, 0) : body], *near[: max(figure, 0)])
    return figure >= 0 <= min(row) and max(row) <= max(token.slot for token in above if token.line > top)


def _words_behind(tokens: Sequence[Token], body: int, labels: Sequence[_Label], part: Part) -> list[str]:
    """Return the words behind a header where they are more than a row begins with."""
    names = sum(part.types[id] in _NAMES for id, _ in labels if id)
    behind = (token for token in tokens[body : body + 2 * _MOST_LABELS] if not token.blank)
    words = [text for text, _ in groupby(token.text for token in takewhile(lambda t: shape_of(t.text) in _TALK, behind))]
    return words if len(words) > max(names, 1) + _MOST_CAPTIONS else []


def _is_label(token: Token, vocabulary: Vocabulary, part: Part) -> bool:
    meaning = vocabulary.meaning(token.text)
    named = part.id in meaning.columns
    return (
        len(token.text) <= _LONGEST
        and shape_of(token.text) is Shape.WORD
        and (named or not (part.id in meaning.groups or part.id in meaning.captions or meaning.field))
    )


def _may_reach_over(tokens: Sequence[Token], at: int, vocabulary: Vocabulary, part: Part) -> bool:
    """Tell whether the token before a header may be an upper label that the section doesn't know."""
    beside = tokens[at + 1].gap is not Gap.ROW
    return beside and not vocabulary.known(tokens[at].text) and _is_label(tokens[at], vocabulary, part)


def _orders(labels: Sequence[_Label], part: Part, *, led: bool) -> Iterator[tuple[list[_Label], list[tuple[int, int, _Label]]]]:
    """Yield the orders of the columns that a form may have, and the upper labels with what they reach over.

    `led`: whether the first label is one from before the header, which belongs to it only where it reaches over others.
    """
    for size in range(_FEWEST, min(_MOST, len(labels) - 1) + 1):
        rows = labels[:-size], labels[-size:]
        lower = {id for id, _ in rows[1]}
        if not _may_part(*rows) or "" in lower or len(lower) < size or any(part.types[id] not in _LOWER for id in lower):
            continue
        for p, (over, _) in enumerate(rows[0]):
            if over and over not in lower:
                continue
            upper = [label for n, label in enumerate(rows[0]) if n or p == 0 or not led]
            at = upper.index(rows[0][p])
            order = [*upper[:at], *rows[1], *upper[at + 1 :]]
            if _may_stand([id for id, _ in order], part):
                yield order, [(n + (size - 1) * (n > at), size if n == at else 1, label) for n, label in enumerate(upper)]


def _may_part(upper: Sequence[_Label], lower: Sequence[_Label]) -> bool:
    """Tell whether one row of labels may end and the other begin here: where a row, or the line of several labels, ends."""
    above, below = upper[-1][1], lower[0][1]
    inside = [token for _, token in (*upper[1:], *lower[1:])]
    if above.slot >= 0:
        return below.gap is Gap.ROW
    if all(token.gap is not Gap.SPACE for token in inside):
        return True
    return below.line != above.line or all(token.line == below.line for token in inside)


def _may_stand(ids: Sequence[str], part: Part) -> bool:
    """Tell whether a form may have its columns in this order: names first, a rate behind what it divides, a score last."""
    known = [id for id in ids if id]
    types = [part.types[id] for id in known]
    if len(set(known)) < len(known):
        return False
    names = len(list(takewhile(lambda kind: kind in _NAMES, types)))
    if any(kind in _NAMES for kind in types[names:]):
        return False
    figures = [n for n, type in enumerate(types) if type in FIGURE_TYPES]
    points = [n for n, type in enumerate(types) if type == "points"]
    if points and types[figures[-1]] not in ("points", "percent"):
        return False
    at = {id: n for n, id in enumerate(known)}
    return all(at[q.of] < at[q.column] for q in part.quotients if q.of in at and q.column in at)
