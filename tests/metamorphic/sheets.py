"""Setting: rows with merged cells become a page, paragraphs become one too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tests.building.page import Page, Slot

_FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")


class Merged(NamedTuple):
    """A cell over several rows or columns."""

    text: str
    rows: int = 1
    cols: int = 1


def sheet(title: str, rows: Sequence[Sequence[str | Merged]], *, unit: str = "", notes: Sequence[str] = ()) -> Page:
    """Return a table as a page; a cell that reaches down is left out in the rows below."""
    taken: set[tuple[int, int]] = set()
    slots: list[Slot] = []
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            text, deep, wide = cell if isinstance(cell, Merged) else (cell, 1, 1)
            taken |= {(r + i, c + j) for i in range(deep) for j in range(wide)}
            slots.append(Slot(r, c, text, deep, wide, look="figure" if _FIGURE.fullmatch(text) else "label"))
            c += wide
    width = 1 + max(c for _, c in taken)
    return Page("表", title, tuple(slots), (12,) * width, unit_note=f"单位：{unit}" if unit else "", notes=tuple(notes))


def prose(*paragraphs: str) -> Page:
    """Return paragraphs as a page without a table."""
    return Page("正文", "", (), (80,), notes=tuple(line for text in paragraphs for line in text.split("\n")))
