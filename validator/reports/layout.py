"""Text fitted into columns of a terminal, where a Chinese character is two columns wide.

In goes visible text, out come strings of a known width. Nothing here knows about colours or reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

_WORDS = re.compile(r"[!-~…]+ ?| |[^!-~…]")
"""A run of letters and digits stays together; every other character may end a line."""

_NOT_FIRST = frozenset("，。；：、！？）】》」』”’％%")
"""Marks that don't begin a line."""


def shorten(text: str, width: int) -> str:
    """Return the text, its middle replaced by … where it is wider than `width` columns."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    tail = (width - 1) // 3
    return f"{_head(text, width - 1 - tail)}…{_head(text[::-1], tail)[::-1]}"


def _head(text: str, width: int) -> str:
    taken = 0
    for index, character in enumerate(text):
        taken += cell_len(character)
        if taken > width:
            return text[:index]
    return text


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return the text cut or filled with blanks to exactly `width` columns, blanks first when `right`."""
    text = shorten(text, width)
    fill = " " * (width - cell_len(text))
    return fill + text if right else text + fill


def wrap(text: str, width: int) -> list[str]:
    """Return the text in lines of at most `width` columns; figures and Latin words stay whole where they fit."""
    width = max(width, 2)
    lines, line, taken = [], "", 0
    for word in _WORDS.findall(text):
        size = cell_len(word.rstrip(" "))
        if taken + size > width and line and not (word in _NOT_FIRST and taken + size <= width + 2):
            lines.append(line.rstrip(" "))
            line, taken = "", 0
        rest = word
        while cell_len(rest.rstrip(" ")) > width:
            piece = _head(rest, width)
            lines.append(piece)
            rest = rest[len(piece) :]
        line += rest
        taken += cell_len(rest)
    return [*lines, line.rstrip(" ")] if line or not lines else lines


def columns(rows: Sequence[Sequence[str]], width: int, *, gap: str = "  ", shrink: Iterable[int] = ()) -> list[str]:
    """Return the rows as lines of aligned columns, at most `width` wide.

    The columns named in `shrink` give way first, the last of them most; when that is not enough all do.
    """
    if not rows:
        return []
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(rows[0]))]
    room = width - cell_len(gap) * (len(widths) - 1)
    for candidates in (tuple(shrink), tuple(range(len(widths)))):
        while sum(widths) > room and candidates:
            widest = max(candidates, key=lambda index: widths[index])
            if widths[widest] <= 8:
                break
            widths[widest] -= min(sum(widths) - room, max(1, widths[widest] // 8))
    return [gap.join(pad(text, size) for text, size in zip(row, widths, strict=True)).rstrip(" ") for row in rows]
