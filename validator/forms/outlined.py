"""Sums of which the parts have parts of their own, told by their numbers; and totals with sources that nothing calls parts.

Comes in: rows of labels, each with the figure behind it if there is one. Goes out: the rows of each sum, from where to where.
（一）财政拨款小计 24.6 is the sum of 1、 2、 3、 below it, and the total above it that of （一）（二）（三）.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from validator.forms.ordinals import ordinal_of
from validator.model.document import Cell

_FEWEST = 2
"""Numbered parts of a sum."""
_FEWEST_SOURCES = 3
"""Sources right below a total that make a sum of it though nothing says that they are its parts."""
_SUMS = frozenset({"total", "subtotal"})

Row = Sequence[tuple[Cell, Cell | None]]
"""Labels, each with the figure behind it if there is one."""


class Outlined(NamedTuple):
    """A sum among rows."""

    start: int
    end: int
    """The row behind its last part."""
    rows: list[list[tuple[Cell, Cell | None]]]
    """The total, and below it its parts."""


def outlined(rows: Sequence[Row], role_of: Callable[[str], str | None]) -> Iterator[Outlined]:
    """Yield each total or subtotal with the numbered rows one level below it, where these or it itself are one level down.

    `role_of`: the role that a section gives to a label. What isn't numbered from 1 on without a gap is no sum.
    """
    for start, row in enumerate(rows):
        if len(row) != 1 or row[0][1] is None or role_of(row[0][0].text) not in _SUMS:
            continue
        own = ordinal_of(row[0][0].text).rank
        parts: list[list[tuple[Cell, Cell | None]]] = []
        level, end, deeper = 0, start + 1, own > 0
        while end < len(rows) and len(rows[end]) == 1:
            ((label, _),) = rows[end]
            number = ordinal_of(label.text)
            level = level or number.rank
            if number.rank <= own or number.rank < level:
                break
            if number.rank == level:
                if number.number != len(parts) + 1:
                    parts = []
                    break
                parts.append(list(rows[end]))
            deeper = deeper or number.rank > level
            end += 1
        more = end < len(rows) and not ordinal_of(rows[end][0][0].text if rows[end] else "").rank
        open_end = more and any(figure is not None and role_of(label.text) == "part" for label, figure in rows[end])
        if deeper and len(parts) >= _FEWEST and not open_end:
            yield Outlined(start, end, [list(row), *parts])


def unmarked(
    rows: Sequence[Row], role_of: Callable[[str], str | None], kind_of: Callable[[str], str | None], rest: str
) -> Iterator[Outlined]:
    """Yield each total with the sources right below it, none of them numbered or called a part, the last whatever is left.

    `kind_of`: which source a label names; `rest`: the one that stands for all others.
    """
    for start, row in enumerate(rows):
        if len(row) != 1 or row[0][1] is None or role_of(row[0][0].text) != "total":
            continue
        kinds: list[str] = []
        for other in rows[start + 1 :]:
            kind = kind_of(other[0][0].text) if len(other) == 1 and other[0][1] is not None else None
            plain = kind is not None and role_of(other[0][0].text) == "part" and not ordinal_of(other[0][0].text).rank
            if kind is None or not plain or kind in kinds or rest in kinds:
                break
            kinds.append(kind)
        end = start + 1 + len(kinds)
        if len(kinds) >= _FEWEST_SOURCES and kinds[-1] == rest:
            yield Outlined(start, end, [list(each) for each in rows[start:end]])
