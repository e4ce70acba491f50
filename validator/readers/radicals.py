"""Characters that look like another one: what PDF tools give for 金 is often the radical ⾦, and stays so when it is pasted on.

Comes in: what a reader made of a file, of any format. Goes out: the same with the characters that were printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from validator.model.document import Cell, Paragraph, Table

_LOOKALIKE = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_PRINTED = {
    code: unicodedata.normalize("NFKC", chr(code)) for block in ((0x2E80, 0x2FE0), (0xF900, 0xFB00)) for code in range(*block)
} | dict(
    zip(
        map(ord, "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰"),
        "民西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
"""Radicals and compatibility characters, and those that they stand for; of the simplified radicals Unicode doesn't tell."""


def printed(blocks: Iterable[Table | Paragraph]) -> tuple[Table | Paragraph, ...]:
    """Return the blocks of a document with the characters that were printed."""
    return tuple([_table(block) if isinstance(block, Table) else _paragraph(block) for block in blocks])


def _paragraph(paragraph: Paragraph) -> Paragraph:
    if _LOOKALIKE.search(paragraph.text) is None:
        return paragraph
    return paragraph._replace(text=paragraph.text.translate(_PRINTED))


def _table(table: Table) -> Table:
    meant = {
        id(cell): cell._replace(text=cell.text.translate(_PRINTED)) for cell in table.cells() if _LOOKALIKE.search(cell.text)
    }
    if not meant:
        return table

    def mended(row: Sequence[Cell | None]) -> Sequence[Cell | None]:
        # Blank rows, of which there may be very many, stay the one row that they are.
        return [meant.get(id(cell), cell) for cell in row] if not meant.keys().isdisjoint(map(id, row)) else row

    return Table(
        table.name,
        [mended(row) for row in table.rows],
        number=table.number,
        style=table.style,
        inferred=table.inferred,
        open_rows=table.open_rows,
    )
