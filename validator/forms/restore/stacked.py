"""Headers of two rows that were pasted one behind the other: 年度指标值 实际完成值 分值, then 一级指标 三级指标 指标值 单位.

Comes in: the tokens where such a header may begin. Goes out: the labels in the order in which their columns stood. Where tabs
tell the places, those decide, unless merged cells of the upper row were lost; else the lower row begins with the names that
stood on the left, and what follows them stood under the upper label of the same column. Anything else is no such header.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from validator.forms.restore.tokens import Gap, Token
from validator.forms.restore.vocabulary import FIGURE_TYPES, Part, Vocabulary

_NAMES = frozenset({"group", "name"})
_FEWEST = 2
"""Labels of figures in the upper row."""
_MOST = 32
"""Labels of one row."""

_Label = tuple[str, Token]


class Stacked(NamedTuple):
    """The labels of a header of two rows, by the places of their columns."""

    labels: tuple[_Label, ...]
    body: int
    """Index of the first token after it."""


def stacked(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part) -> Stacked | None:
    """Return the header whose upper row begins with token `i`, None when there is none."""
    upper, start = _run(tokens, i, vocabulary, part, names=False)
    lower, body = _run(tokens, start, vocabulary, part, names=True)
    if len({id for id, _ in upper if part.types[id] in FIGURE_TYPES}) < _FEWEST or not lower:
        return None
    if part.types[lower[0][0]] not in _NAMES or len({id for id, _ in upper}) < len(upper):
        return None
    slotted = all(token.slot >= 0 for _, token in (*upper, *lower))
    captioned = i > 0 and part.id in vocabulary.meaning(tokens[i - 1].text).captions
    if slotted and upper[-1][1].slot > lower[-1][1].slot:
        labels = _by_slot(upper, lower)
    else:
        labels = _by_order(upper, lower, part, captioned=captioned)
        if slotted:  # merged cells of the upper row were lost: the lower one tells where a row begins, the order the rest
            labels = tuple((id, token._replace(slot=slot)) for slot, (id, token) in enumerate(labels, lower[0][1].slot))
    return Stacked(labels, body) if labels else None


def is_out_of_order(labels: Sequence[_Label], part: Part) -> bool:
    """Tell whether names stand behind labels of figures where no tab says so: a header of two rows in an order of its own.

    One such label before the groups is the end of a caption: 年度绩效指标 完成情况 一级指标 二级指标. Groups behind targets
    were set upright, or centred, and came out of a PDF last. A column of signs in a line below that of the target says more of
    it: 预期指标值 over 符号, 值, 单位.
    """
    placed = [(part.types[id], token) for id, token in labels if id and token.slot < 0]
    types = [type for type, _ in placed]
    lines = {type: token.line for type, token in placed}
    if "target" in lines and lines.get("comparator", 0) > lines["target"]:
        return True
    if "target" in types and "group" in types[types.index("target") :] and types[0] in _NAMES:
        return True
    ahead = list(takewhile(lambda kind: kind not in _NAMES, types))
    if len(ahead) == len(types):
        return False
    figures = sum(kind in FIGURE_TYPES for kind in ahead)
    return figures >= _FEWEST or (figures > 0 and types[len(ahead)] == "group")


def _run(tokens: Sequence[Token], i: int, vocabulary: Vocabulary, part: Part, *, names: bool) -> tuple[list[_Label], int]:
    """Return the labels of one row of a header and where they end; the upper one ends where a name or a group begins."""
    found: list[_Label] = []
    end = i
    for n in range(i, len(tokens)):
        token = tokens[n]
        if token.blank:
            continue
        if len(found) == _MOST:
            break
        key = vocabulary.column(part.id, token.text, "")
        if key is None or (not names and part.types[key] in _NAMES):
            break
        # A line may break inside the lower row, but it has not ended before the column of the names.
        if names and found and token.gap is Gap.ROW and any(part.types[id] == "name" for id, _ in found):
            break
        found.append((key, token))
        end = n + 1
    return found, end


def _by_slot(upper: Sequence[_Label], lower: Sequence[_Label]) -> tuple[_Label, ...]:
    """Return the labels by the cells of their lines: the lower one where both rows have one."""
    at = {token.slot: (id, token) for id, token in (*upper, *lower)}
    labels = [at[slot] for slot in sorted(at)]
    return tuple(labels) if len({id for id, _ in labels}) == len(labels) else ()


def _by_order(upper: Sequence[_Label], lower: Sequence[_Label], part: Part, *, captioned: bool) -> tuple[_Label, ...]:
    """Return the labels with the rest of the lower row in place of the upper label it repeats, or all under the caption."""
    names = list(takewhile(lambda label: part.types[label[0]] in _NAMES, lower))
    under = [(id, token._replace(slot=-1)) for id, token in lower[len(names) :]]
    ids = [id for id, _ in under]
    parted = [id for id, _ in upper if id in ids]
    if len(set(ids)) < len(ids) or len(parted) > 1 or (under and not parted and not captioned):
        return ()
    if not parted:
        return (*names, *under, *upper)
    split = [id for id, _ in upper].index(parted[0])
    return (*names, *upper[:split], *under, *upper[split + 1 :])
