"""Count the figures that stand in tables, and in lines that look like rows of one, whether anything took them or not.

Comes in: a document. Goes out: the addresses of the cells that hold a figure; in a line that became no table each word that
is one counts as a cell. Serial numbers, years, codes and dates are no figures here; what any of them means is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from validator.facts.lexicon import Lexicon
from validator.facts.numbers import read_figure
from validator.model.document import Cell, Document, Paragraph

_DIGIT = re.compile(r"\d")
_LONGEST = 30
_NO_FIGURE = re.compile(
    r"(?:19|20)\d\d\s*年?(?:度|末|底)?|\d{10,}|0\d+|.*\d\s*[月日时点].*|\d+(?:[-—/.]\d+){2,}|\d{3,4}[-—]\d{7,8}"
)
"""Years, codes, dates, telephone numbers."""
_SERIAL = re.compile(r"[1-9]\d{0,2}")
_FEWEST_ACROSS = 3
_WORD = re.compile(r"[^\s|]+")
_FEWEST_IN_ROW = 2
"""Figures in a line that make it look like a row of a table."""


def figures_in(document: Document, lexicon: Lexicon, read: Collection[str] = ()) -> Iterator[str]:
    """Yield the address of each table cell that reads as a figure, and of each such word in a line that looks like a row.

    `read`: the lines of which something was read, a sentence or the field of a form; their figures are counted there.
    """
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.address.partition(":")[0] not in read:
                yield from _in_line(block, lexicon)
            continue
        cells = [cell for cell in block.cells() if _may_be_figure(cell.text)]
        serial = _serial(cells)
        for cell in cells:
            if (cell.row, cell.col) not in serial and read_figure(cell.text.strip(), lexicon).quantity is not None:
                yield cell.address


def _in_line(line: Paragraph, lexicon: Lexicon) -> list[str]:
    """Return the figures of a line that is a row of them, or one cell with nothing but a figure; a page number is none."""
    if not _DIGIT.search(line.text):
        return []
    words = list(_WORD.finditer(line.text))
    figures = [
        f"{line.address}:{word.start() + 1}-{word.end()}"
        for word in words
        if _may_be_figure(word.group()) and read_figure(word.group(), lexicon).quantity is not None
    ]
    alone = len(words) == 1 and not _SERIAL.fullmatch(words[0].group())
    return figures if alone or len(figures) >= _FEWEST_IN_ROW else []


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
