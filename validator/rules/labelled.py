"""Score tables of no form whose labels alone tell the points: 部门决策（25分） over 目标任务（15分） and 预算编制（10分）.

Comes in: a table seen along its rows, without a column of points. Goes out: a `Place` for each label with those of the next
level in it, where most are their sum, and one for each score beside the points of its row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, permutations
from typing import NamedTuple

from validator.facts.words import Words
from validator.forms.labels import take_apart
from validator.model.fact import Fact, Record
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie, usable

_FEWEST = 2
_FEWEST_TO_ACCUSE = 3
_OUTER_AND_INNER = 2
_WHOLE = 100
"""What the points of the outermost labels come to, where none of them is wrong."""
_FEWEST_SCORES = 4
"""Scores beside their points, and how many of them there are for each one above; else they are of another scale."""


class _Label(NamedTuple):
    """A label that tells points, and the rows that it reaches over."""

    points: Fact
    text: str
    rows: frozenset[int]


class _Sum(NamedTuple):
    """A label with those of the next level in it, and how they agree."""

    whole: _Label
    parts: tuple[_Label, ...]
    result: Tie


def labelled_weights(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield the points of each label with those of the labels in it, of one that differs where the others leave no doubt."""
    if any(words.has("points", cross.label) for cross in axis.crosses):
        return
    last = axis.lines[-1].key if axis.lines else ""
    levels = _levels(axis.section.headings)
    sums = [one for outer, inner in pairwise(levels) for one in _sums(outer, inner, last)]
    outermost = sum((_size(label.points) for label in levels[0]), Decimal(0)) if levels else Decimal(0)
    held = [one for one in sums if one.result not in (Tie.OFF, Tie.NONE)]
    firm, off = (sum(one.result is kind for one in sums) for kind in (Tie.FIRM, Tie.OFF))
    if len(held) < _FEWEST or off > len(held) // 2:
        return
    sure = firm >= _FEWEST and len(held) + (outermost == _WHOLE) >= _FEWEST_TO_ACCUSE
    accused = _to_blame([one for one in sums if one.result is Tie.OFF]) if sure else None
    for one in sums:
        if one.result is Tie.NONE or (one.result is Tie.OFF and one is not accused):
            continue
        parts = tuple(part.points for part in one.parts)
        name = parts[0].pointer.column_label
        names: Names = {
            "points": one.whole.points, "标注分值": one.whole.points, "parts": parts, "各项": parts,
            "label": one.whole.text, "行": one.whole.text, "column": name, "列": name,
        }  # fmt: skip
        pointer = one.whole.points.pointer
        yield Place(f"{pointer.path}.weight", (names,), pointer, axis.section.complete, axis.section)


def _to_blame(off: Sequence[_Sum]) -> _Sum | None:
    """Return the one label that differs: of two, the inner one, where with the sum of its own parts the outer one is right."""
    if len(off) == 1:
        return off[0]
    for outer, inner in permutations(off, 2) if len(off) == _OUTER_AND_INNER else ():
        others = [part.points for part in outer.parts if part is not inner.whole]
        if (
            len(others) < len(outer.parts)
            and tie(outer.whole.points, [*others, *(p.points for p in inner.parts)]) is not Tie.OFF
        ):
            return inner
    return None


def labelled_scores(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each score beside the points that the label of its row tells, where most scores are within them."""
    if any(words.has("points", cross.label) for cross in axis.crosses):
        return
    levels = _levels(axis.section.headings)
    single = [label for label in levels[-1] if len(label.rows) == 1] if levels else []
    points = {next(iter(label.rows)): label for label in single if take_apart(label.text).points}  # 每篇5分 is no limit
    for c, cross in enumerate(axis.crosses):
        if not words.has("scores", cross.label):
            continue
        pairs = [
            (score, label)
            for n, line in enumerate(axis.lines)
            if (label := points.get(_row(line.key))) and (score := axis.grid[n][c]) and usable(score) is not None
        ]
        above = sum(_size(score) > _size(label.points) for score, label in pairs)
        if len(pairs) < _FEWEST_SCORES or above > len(pairs) // _FEWEST_SCORES:
            continue
        for score, label in pairs:
            names: Names = {
                "score": score, "得分": score, "points": label.points, "分值": label.points, "label": label.text,
                "行": label.text, "column": cross.label, "列": cross.label,
            }  # fmt: skip
            yield Place(f"{score.pointer.path}.score", (names,), score.pointer, axis.section.complete, axis.section)


def _levels(headings: Sequence[Record]) -> list[list[_Label]]:
    """Return the labels with points, level by level from the outermost."""
    by_level: dict[str, list[_Label]] = {}
    for heading in headings:
        label = _Label(heading.fields["points"], heading.label, frozenset(record.row for record in heading.children))
        if label.rows:
            by_level.setdefault(heading.path.rsplit(".", 1)[1], []).append(label)
    return [by_level[level] for level in sorted(by_level)]


def _sums(outer: Sequence[_Label], inner: Sequence[_Label], last: str) -> Iterator[_Sum]:
    """Yield each label of a level with those in it, not compared where a row has none or rows may have been lost at the end."""
    for whole in outer:
        parts = tuple(part for part in inner if part.rows <= whole.rows)
        covered = frozenset[int]().union(*(part.rows for part in parts)) == whole.rows
        result = tie(whole.points, [part.points for part in parts]) if covered else Tie.NONE
        if result is Tie.OFF and _row(last) in whole.rows:
            result = Tie.NONE
        yield _Sum(whole, parts, result)


def _row(key: str) -> int:
    return int(key[1:]) if key[1:].isdigit() else -1


def _size(fact: Fact) -> Decimal:
    quantity = usable(fact)
    return quantity.value if quantity is not None else Decimal(0)
