"""Count the figures that stand in the tables of a document, whether anything took them or not.

Comes in: a document. Goes out: the addresses of the cells that hold a figure. Serial numbers, years, codes and dates are
no figures here; what any of them means is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from validator.facts.lexicon import Lexicon
from validator.facts.numbers import read_figure
from validator.model.document import Cell, Document, Table

_DIGIT = re.compile(r"\d")
_LONGEST = 30
_NO_FIGURE = re.compile(
    r"(?:19|20)\d\d\s*年?(?:度|末|底)?|\d{10,}|0\d+|.*\d\s*[月日时点].*|\d+(?:[-—/.]\d+){2,}|\d{3,4}[-—]\d{7,8}"
)
"""Years, codes, dates, telephone numbers."""
_SERIAL = re.compile(r"[1-9]\d{0,2}")
_FEWEST_ACROSS = 3


def figures_in(document: Document, lexicon: Lexicon) -> Iterator[str]:
    """Yield the address of each table cell that reads as a figure."""
    for block in document.blocks:
        if isinstance(block, Table):
            cells = [cell for cell in block.cells() if _may_be_figure(cell.text)]
            serial = _serial(cells)
            for cell in cells:
                if (cell.row, cell.col) not in serial and read_figure(cell.text.strip(), lexicon).quantity is not None:
                    yield cell.address


def _may_be_figure(text: str) -> bool:
    return len(text) <= _LONGEST and _DIGIT.search(text) is not None and _NO_FIGURE.fullmatch(text.strip()) is None


def _serial(cells: Iterable[Cell]) -> set[tuple[int, int]]:
    """Return the slots of numbers that count 1, 2, 3: down a column, or across a row that numbers the columns."""
    numbers = {(cell.row, cell.col): int(cell.text) for cell in cells if _SERIAL.fullmatch(cell.text)}
    down: dict[int, list[tuple[int, int]]] = {}
    across: dict[int, list[tuple[int, int]]] = {}
    for row, col in sorted(numbers):
        down.setdefault(col, []).append((row, col))
        across.setdefault(row, []).append((row, col))
    found: set[tuple[int, int]] = set()
    for slots in down.values():
        if len(slots) > 1 and all(numbers[slot] == n for n, slot in enumerate(slots, 1)):
            found.update(slots)
    for slots in across.values():
        if len(slots) >= _FEWEST_ACROSS and all(numbers[slot] == n for n, slot in enumerate(slots, 1)):
            found.update(slots)
    return found
