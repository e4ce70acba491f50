"""A printed form before it is written to a file: cells with spans on a grid, headings above, notes below.

Layouts make pages, writers turn them into bytes. A slot keeps the logical place of what stands in it
(`funds.total.executed`), so that a test can ask for its address in any format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

Look = Literal["title", "subtitle", "unit", "label", "text", "figure", "note"]


class Slot(NamedTuple):
    """A cell of the page; `rows` and `cols` above 1 for a merged one."""

    row: int
    col: int
    text: str
    rows: int = 1
    cols: int = 1
    place: str = ""
    look: Look = "label"


class Formula(NamedTuple):
    """How a clerk's workbook computes a cell from others."""

    kind: Literal["sum", "quotient"]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One printed form or table."""

    name: str
    """Name of its sheet in a workbook."""
    title: str
    slots: tuple[Slot, ...]
    widths: tuple[int, ...]
    """Width of each column, in digits."""
    subtitle: str = ""
    unit_note: str = ""
    """`单位：万元`, at the right above the table."""
    notes: tuple[str, ...] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """How many columns the grid has."""
        return len(self.widths)

    @property
    def height(self) -> int:
        """How many rows the grid has."""
        return max((slot.row + slot.rows for slot in self.slots), default=0)

    @property
    def headings(self) -> tuple[tuple[str, Look], ...]:
        """What stands above the table, top down."""
        lines: tuple[tuple[str, Look], ...] = ((self.title, "title"), (self.subtitle, "subtitle"), (self.unit_note, "unit"))
        return tuple(line for line in lines if line[0])

    def flat(self) -> Page:
        """Return the page as one grid, headings and notes as merged rows: how a workbook has it."""
        top = tuple(Slot(row, 0, text, 1, self.columns, "", look) for row, (text, look) in enumerate(self.headings))
        body = tuple(slot._replace(row=slot.row + len(top)) for slot in self.slots)
        below = len(top) + self.height
        bottom = tuple(Slot(below + i, 0, text, 1, self.columns, "", "note") for i, text in enumerate(self.notes))
        return replace(self, title="", subtitle="", unit_note="", notes=(), slots=top + body + bottom)

    def grid(self) -> list[list[Slot | None]]:
        """Return the slots by row and column, a merged one in each place that it covers."""
        rows: list[list[Slot | None]] = [[None] * self.columns for _ in range(self.height)]
        for slot in self.slots:
            for row in range(slot.row, slot.row + slot.rows):
                for col in range(slot.col, slot.col + slot.cols):
                    rows[row][col] = slot
        return rows

    def lines(self) -> Iterator[list[Slot]]:
        """Yield the cells that begin in each row, blank places filled with empty cells."""
        for r, row in enumerate(self.grid()):
            yield [
                slot if slot is not None else Slot(r, c, "", look="text")
                for c, slot in enumerate(row)
                if slot is None or (slot.row == r and slot.col == c)
            ]

    def with_blank_row(self, at: int) -> Page:
        """Return the page with a blank row before row `at`; cells merged across it grow."""
        return replace(self, slots=tuple(_spread(slot, at, down=True) for slot in self.slots))

    def with_blank_column(self, at: int) -> Page:
        """Return the page with a blank column before column `at`; cells merged across it grow."""
        return replace(
            self,
            slots=tuple(_spread(slot, at, down=False) for slot in self.slots),
            widths=(*self.widths[:at], 3, *self.widths[at:]),
        )


def _spread(slot: Slot, at: int, *, down: bool) -> Slot:
    start, span = (slot.row, slot.rows) if down else (slot.col, slot.cols)
    if start >= at:
        start += 1
    elif start + span > at:
        span += 1
    return slot._replace(row=start, rows=span) if down else slot._replace(col=start, cols=span)


class Canvas:
    """Slots being laid out; `page` makes them a page."""

    def __init__(self, columns: int) -> None:
        """`columns`: how wide the grid is."""
        self.columns = columns
        self.row = 0
        """The row that is being filled."""
        self.slots: list[Slot] = []

    def put(self, col: int, text: str, *, cols: int = 1, rows: int = 1, place: str = "", look: Look = "label") -> None:
        """Put a cell into the present row."""
        self.slots.append(Slot(self.row, col, text, rows, cols, place, look))

    def merge_down(self, col: int, first: int, text: str, *, place: str = "", look: Look = "label") -> None:
        """Put a cell that reaches from row `first` down to the row before the present one."""
        self.slots.append(Slot(first, col, text, self.row - first, 1, place, look))
