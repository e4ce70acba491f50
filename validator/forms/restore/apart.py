"""Rows whose cells are parted by lines that hold nothing but a tab, as a browser copies a table with paragraphs in its cells.

Comes in: the paragraphs of a text. Goes out: those of each row together, every other one alone. Blank lines are `·` here:

    年度资金总额 · ⇥ · 1300.00 · ⇥ · 1170.00 · · · · 其他资金 · ⇥ · 0 · ⇥ · 0

Fewer blank lines than between two rows stand between two paragraphs of one cell. Those behind the last tab are left alone:
the lines below the table are no further away.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from validator.model.document import Paragraph

_FEWEST_MARKS = 8
_NEXT = 2
"""Lines from a tab to its cell at most: one blank line between."""


def rows_apart(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs row by row; nothing where tabs are no such marks."""
    marks = {n for n, paragraph in enumerate(paragraphs) if "\t" in paragraph.text}
    if len(marks) < _FEWEST_MARKS or any(paragraphs[n].text.strip() for n in marks):
        return []
    filled = [n for n, paragraph in enumerate(paragraphs) if paragraph.text]
    between = [k for k, (n, m) in enumerate(pairwise(filled)) if n not in marks and m not in marks]
    parts = _parts_of_cells(filled, marks, between)
    rows: list[list[Paragraph]] = []
    end = -1
    for k, n in enumerate(filled):
        before = filled[k - 1] if k else -1
        joins = k and (n in marks or (before in marks and n - before <= _NEXT) or k - 1 in parts)
        if joins:
            rows[-1] += paragraphs[end + 1 : n + 1]
        else:
            rows += ([paragraph] for paragraph in paragraphs[end + 1 : n + 1])
        end = n
    return rows + [[paragraph] for paragraph in paragraphs[end + 1 :]]


def _parts_of_cells(filled: Sequence[int], marks: set[int], between: Sequence[int]) -> set[int]:
    """Return which neighbours without a tab between are paragraphs of one cell, which has a tab before and behind it."""
    gaps = {k: filled[k + 1] - filled[k] for k in between}
    widest = max(gaps.values(), default=0)
    parts: set[int] = set()
    open_from: int | None = None
    for k in range(len(filled) - 1):
        if filled[k] in marks:
            open_from = k + 1
        elif gaps.get(k, 0) == widest:
            open_from = None
        elif filled[k + 1] in marks and open_from is not None:
            parts.update(range(open_from, k))
    return parts
