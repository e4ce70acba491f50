"""Labels in traditional characters, as some web pages give simplified ones (項目資金, 計劃安排), in those of the forms.

Comes in: the blocks of a document and the simplified character of each traditional one. Goes out: the same blocks with their
short texts, and the lines that are rows of cells, in simplified characters, one for one, so that every address stays what it
was; sentences are left as they are. A document with a few such characters (in a name) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from validator.forms.restore.shapes import Shape, shape_of
from validator.model.document import Cell, Paragraph, Table

_FEWEST = 8
"""Different characters that make it a document in traditional ones."""
_CELL_MARKS = ("|", "\t", "\x07")


def simplified(blocks: Sequence[Table | Paragraph], characters: Mapping[int, str]) -> tuple[Table | Paragraph, ...]:
    """Return the blocks with their labels in simplified characters."""
    traditional = re.compile(f"[{''.join(map(chr, characters))}]") if characters else None
    if traditional is None or len({sign for text in _labels(blocks) for sign in traditional.findall(text)}) < _FEWEST:
        return tuple(blocks)
    return tuple(_table(block, characters) if isinstance(block, Table) else _paragraph(block, characters) for block in blocks)


def _labels(blocks: Sequence[Table | Paragraph]) -> list[str]:
    texts = [text for block in blocks for text in _texts(block)]
    return [text for text in texts if _is_label(text)]


def _texts(block: Table | Paragraph) -> list[str]:
    return [cell.text for cell in block.cells()] if isinstance(block, Table) else [block.text]


def _is_label(text: str) -> bool:
    return any(mark in text for mark in _CELL_MARKS) or shape_of(text.strip()) is not Shape.LONG


def _paragraph(paragraph: Paragraph, characters: Mapping[int, str]) -> Paragraph:
    return paragraph._replace(text=paragraph.text.translate(characters)) if _is_label(paragraph.text) else paragraph


def _table(table: Table, characters: Mapping[int, str]) -> Table:
    meant = {id(cell): cell._replace(text=cell.text.translate(characters)) for cell in table.cells() if _is_label(cell.text)}

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
