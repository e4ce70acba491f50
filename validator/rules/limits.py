"""Balances beside the limits that they must stay within: 2032年末债务余额 and 2032年债务限额, in rows or in columns.

Comes in: an axis of a table. Goes out: a `Place` for each balance whose limit is of the same year and kind, by their labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.facts.words import Words
from validator.forms.labels import normalise
from validator.forms.ordinals import without_ordinal
from validator.rules.binding import Names
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Line, usable

_AT_YEAR_END = re.compile(r"(?<=年)(?:末|底)")


def limits(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each balance with its limit, where one line only is that."""
    found: dict[str, dict[str, list[int]]] = {}
    for n, line in enumerate(axis.lines):
        part, rest = _part(line, words)
        if part and not line.rate:
            found.setdefault(rest, {}).setdefault(part, []).append(n)
    for parts in found.values():
        if {part: len(lines) for part, lines in parts.items()} == {"limit": 1, "balance": 1}:
            yield from _places(axis, parts["balance"][0], parts["limit"][0])


def _part(line: Line, words: Words) -> tuple[str, str]:
    """Return what a line is, and its label without the words that say so; nothing for any other line."""
    data = words.data.limits
    if not any(word in text for word in data.of for text in line.path):
        return "", ""
    label = "".join(normalise(without_ordinal(text)) or text for text in line.path)
    for part, spellings in (("limit", data.limit), ("balance", data.balance)):
        word = next((word for word in spellings if word in label), None)
        if word is not None:
            return part, _AT_YEAR_END.sub("", label.replace(word, "", 1))
    return "", ""


def _places(axis: Axis, balance: int, limit: int) -> Iterator[Place]:
    """Yield a balance and its limit in each row; two rows may have their figures in different columns: 预算数, 执行数."""
    for cross in range(len(axis.crosses)):
        owed = axis.grid[balance][cross]
        bounds = [axis.grid[limit][cross]] if axis.across else [axis.grid[limit][cross], *axis.grid[limit]]
        bound = next((fact for fact in bounds if usable(fact) is not None), None)
        if owed is None or bound is None or usable(owed) is None:
            continue
        row, column = axis.row_and_column(balance, cross)
        names: Names = {
            "balance": owed,
            "余额": owed,
            "limit": bound,
            "限额": bound,
            "label": row,
            "行": row,
            "column": column,
            "列": column,
        }
        yield Place(f"{owed.pointer.path}.limit", (names,), owed.pointer, axis.section.complete, axis.section)
