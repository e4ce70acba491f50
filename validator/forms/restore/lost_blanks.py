"""Question marks that stand for blanks: `3,724.00?`, where a page was stored in letters that have no hard blank.

Comes in: the blocks of a document. Goes out: the same blocks with a blank for each mark behind a figure at the end of its cell
or line, so that every address stays what it was. One or two of them may be somebody's doubt, and are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from validator.model.document import Cell, Paragraph, Table

_FEWEST = 3
"""Marks behind figures that nobody put there by hand."""
_MARK = re.compile(r"(?<=[\d.%])\?+(?=[ \t\u3000\xa0]*(?:[|\t\n]|$))")


def without_marks_for_blanks(blocks: Sequence[Table | Paragraph]) -> Sequence[Table | Paragraph]:
    """Return the blocks with blanks for the marks that were blanks."""
    marked = [text for block in blocks for text in _texts(block) if "?" in text]
    if sum(len(_MARK.findall(text)) for text in marked) < _FEWEST:
        return blocks
    return [_table(block) if isinstance(block, Table) else block._replace(text=_with_blanks(block.text)) for block in blocks]


def _texts(block: Table | Paragraph) -> list[str]:
    return [cell.text for cell in block.cells()] if isinstance(block, Table) else [block.text]


def _with_blanks(text: str) -> str:
    return _MARK.sub(lambda found: " " * len(found.group()), text) if "?" in text else text


def _table(table: Table) -> Table:
    meant = {id(cell): cell._replace(text=_with_blanks(cell.text).strip()) for cell in table.cells() if "?" in cell.text}

    def read(cell: Cell | None) -> Cell | None:
        return meant.get(id(cell), cell)

    return Table(
        table.name,
        [[read(cell) for cell in row] for row in table.rows],
        number=table.number,
        style=table.style,
        inferred=table.inferred,
        open_rows=table.open_rows,
    )
