"""A document as it was received: tables and paragraphs in reading order, an address for each.

Readers build these records and stop; nothing here knows what a form is or what a number is worth.

The grammar of an address:

    自评表!H8          sheet and cell of a workbook, csv or tsv
    表2!R8C5           table, row and column of a docx, html or md file (tables are numbered from 1, nested ones too)
    段12               a paragraph of a docx or html file
    L12                a line of a text file
    L12:5-12           characters 5 to 12 of that line, both counted from 1, both ends included
    段12:5-12          the same in a paragraph
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

LINES = frozenset({"txt", "md"})
"""Formats in which a table may be nothing but lines."""
GRIDS = frozenset({"csv", "tsv", "html", "md"})
"""Formats whose tables have lost their merged cells."""


class Cell(NamedTuple):
    """One cell, as a reader of the form sees it. A merged cell is one object at the address of its top left corner."""

    text: str
    """What is displayed, number format applied (`81.80%`), line breaks kept as `\\n`, outer blanks removed."""
    row: int
    """Row of the top left corner, counted from 0 within its table."""
    col: int
    """Column of the top left corner, counted from 0 within its table."""
    address: str
    row_span: int = 1
    col_span: int = 1
    value: Decimal | bool | date | None = None
    """The stored value where the format has one (workbooks); None for text and for formats that hold only text."""
    formula: str = ""
    """The formula behind a cached value, without the equals sign; empty when there is none."""
    note: str = ""
    """Why the displayed text is uncertain (a number format that can't be rendered, a formula without a cached value)."""


class Table:
    """A grid of cells. A cell that spans several slots stands in each of them as the same object."""

    __slots__ = ("address", "columns", "inferred", "name", "number", "open_rows", "rows", "style")

    def __init__(
        self,
        name: str,
        rows: Sequence[Sequence[Cell | None]],
        *,
        number: int = 1,
        style: str = "rc",
        inferred: bool = False,
        open_rows: frozenset[int] = frozenset(),
    ) -> None:
        """Build a table.

        `rows` is rectangular: every row has a slot for every column, None where nothing was written.
        `style` is how slots are addressed: `a1` (自评表!H8), `rc` (表2!R8C5) or `text` (cells carry line spans;
        a blank slot has the address of its nearest neighbour in the row).
        `inferred` says that rows and columns were restored from running text and are not the author's own grid.
        `open_rows` are those of such a table where a figure may be missing, because its column could not be told.
        """
        self.name = name
        self.number = number
        self.rows = rows
        self.columns = max((len(row) for row in rows), default=0)
        self.style = style
        self.inferred = inferred
        self.open_rows = open_rows
        self.address = f"{name}!{self.address_at(0, 0).rpartition('!')[2]}" if style != "text" else self._span()

    def at(self, row: int, col: int) -> Cell | None:
        """Return the cell that covers a slot, None for a blank slot or one outside the table."""
        if 0 <= row < len(self.rows) and 0 <= col < len(self.rows[row]):
            return self.rows[row][col]
        return None

    def cells(self) -> Iterator[Cell]:
        """Yield each cell once, row by row."""
        for r, row in enumerate(self.rows):
            for c, cell in enumerate(row):
                if cell is not None and cell.row == r and cell.col == c:
                    yield cell

    def address_at(self, row: int, col: int) -> str:
        """Return the address of a slot, blank ones included."""
        cell = self.at(row, col)
        if cell is not None:
            return cell.address
        if self.style == "a1":
            return f"{self.name}!{column_letters(col)}{row + 1}"
        if self.style == "rc":
            return f"{self.name}!R{row + 1}C{col + 1}"
        near = [c for c in (self.rows[row] if 0 <= row < len(self.rows) else ()) if c is not None]
        if near:
            return min(near, key=lambda c: abs(c.col - col)).address
        return next((c.address for c in self.cells()), "L1")

    def _span(self) -> str:
        addresses = [cell.address for cell in self.cells()]
        if not addresses:
            return "L1"
        first, last = addresses[0].partition(":")[0], addresses[-1].partition(":")[0]
        return first if first == last else f"{first}-{last}"


class Paragraph(NamedTuple):
    """A paragraph, heading or line of text outside every table."""

    text: str
    address: str


class Note(NamedTuple):
    """Something the reader could not do, and where. Never fatal: that is what errors are for."""

    message: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A received file: blocks in reading order."""

    path: str
    format: str
    sha256: str
    blocks: tuple[Table | Paragraph, ...]
    notes: tuple[Note, ...] = field(default=())
    edge: tuple[str, int] | None = None
    """Line and character where a text ends with a digit: the figure may not be all there."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    def places(self, addresses: AbstractSet[str]) -> dict[str, tuple[int, int, int]]:
        """Return where addresses stand, by block, row and column or character: what comes first is read first.

        A cell that was left blank has a place as well, and so has a span of a line or of a cell; what stands nowhere has none.
        """
        found = self._filled_places(addresses)
        lines = {address: address.rpartition(":") for address in addresses if address not in found and ":" in address}
        begun = self._filled_places({line for line, _, _ in lines.values()}) if lines else {}
        for address, (line, _, span) in lines.items():
            start = span.partition("-")[0]
            if line in begun and start.isdecimal():
                found[address] = (*begun[line][:2], int(start))
        for n, block in enumerate(self.blocks if len(found) < len(addresses) else ()):
            if isinstance(block, Paragraph):
                continue
            for r, row in enumerate(block.rows):
                blank = {block.address_at(r, c): (n, r, c) for c, cell in enumerate(row) if cell is None}
                found |= {address: blank[address] for address in blank.keys() & addresses if address not in found}
        return found

    def _filled_places(self, addresses: AbstractSet[str]) -> dict[str, tuple[int, int, int]]:
        found: dict[str, tuple[int, int, int]] = {}
        for n, block in enumerate(self.blocks):
            if isinstance(block, Paragraph):
                if block.address in addresses:
                    found.setdefault(block.address, (n, 0, 0))
                continue
            for cell in block.cells():
                if cell.address in addresses:
                    found.setdefault(cell.address, (n, cell.row, cell.col))
        return found


def column_letters(col: int) -> str:
    """Return the letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
