"""What a form says: values at paths, each with the cell it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from validator.model.document import Note, Table
from validator.model.quantity import Quantity, Reading, State


class Pointer(NamedTuple):
    """Where, twice over: a symbolic path and a concrete address, with the text that stands there."""

    path: str
    address: str
    text: str
    row_label: str = ""
    column_label: str = ""


class Fact(NamedTuple):
    """A value at a path, as written and as understood."""

    reading: Reading
    pointer: Pointer
    column: str = ""
    """Id of the column in the form's specification (`executed`), empty for a generic table."""

    @property
    def quantity(self) -> Quantity | None:
        """The number, None when the cell holds none."""
        return self.reading.quantity

    @property
    def text(self) -> str:
        """As written."""
        return self.pointer.text

    @property
    def blank(self) -> bool:
        """Whether nothing, or a mark for nothing, stands there."""
        return self.reading.state is State.BLANK


@dataclass(slots=True, eq=False)
class Record:
    """One row of a section: a source of funds, an indicator, a group of indicators."""

    path: str
    label: str
    role: str
    """`total`, `subtotal`, `part`, `item`, `group` (a heading), or a role that the form's specification names."""
    fields: dict[str, Fact]
    """By column id. A column that the form doesn't have is absent; a blank cell is present and blank."""
    row: int = 0
    """Row in the table, from 0."""
    depth: int = 0
    """0 for a total, 1 for its parts, 2 for parts of parts …"""
    parent: Record | None = None
    children: list[Record] = field(default_factory=list)
    cuts: list[list[Record]] = field(default_factory=list)
    """Other ways in which the rows split it up once more, numbered from one again: by source of money, by kind of spending."""
    pointer: Pointer | None = None
    """The cell of the label."""
    rivals: dict[str, Fact] = field(default_factory=dict)
    """Figures of columns of an unknown name, by the known column of money for which they may be meant."""
    kind: str = ""
    """Id of the row in the specification (`income`, `central`); empty for a row that it doesn't name."""
    open: bool = False
    """Whether a figure of it may be missing: not all that stands in the row could be put into its columns."""

    def below(self) -> Iterator[Record]:
        """Yield the rows below this one, at any depth."""
        for child in self.children:
            yield child
            yield from child.below()

    def leaves(self) -> Iterator[Record]:
        """Yield the rows below this one that have no rows below them."""
        for child in self.children:
            if child.children:
                yield from child.leaves()
            else:
                yield child


@dataclass(slots=True, eq=False)
class Section:
    """A block of a form: funds, indicators, header fields."""

    id: str
    path: str
    records: list[Record]
    columns: dict[str, Pointer]
    """The columns that are there: id to header cell."""
    table: Table | None = None
    address: str = ""
    complete: bool = True
    """False when rows or figures may be missing: what is missing can't be held against it."""
    cut: bool = False
    """Whether the text broke off inside the block, and figures of it are summed up."""
    ends_text: bool = False
    """Whether it is a table that was lines, and no more of the text follows: it may go on where the text was cut."""
    unit: str = ""
    """Unit in the caption or header (`万元`), as written."""
    points: Fact | None = None
    """Points in the caption, as in `预算执行情况(10分)`."""
    stray: Fact | None = None
    """A row label that stands in the header row, so that each row carries the label of the row below it."""
    owner: int | None = None
    """Of a table that is the block of a form read once more, by its own labels: the number of that form."""
    rest: bool = False
    """Whether it is a block of a form read once more for the sake of columns that the form doesn't know: what the form reads is
    the business of the form's own rules."""
    sum: bool = False
    """Whether the first row of a table of no form is known to be the sum of the others."""
    headings: list[Record] = field(default_factory=list)
    """Labels of a table of no form that give the points of the rows beside and below them: 过程(30分). Each has its `points`,
    and those rows as its children."""
    unread: tuple[Note, ...] = ()
    """What stands in it and can't be read, and why."""
    rivals: Mapping[str, str] = field(default_factory=dict)
    """Columns of money right of which stands one of an unknown name that may be meant instead: column id to that name."""


@dataclass(slots=True, eq=False)
class Form:
    """A recognised form and everything that was read from it."""

    id: str
    title: str
    at: str
    confidence: float
    reasons: tuple[str, ...]
    """Why it was taken for this form, in Chinese."""
    sections: list[Section]
    year: int | None = None
    index: int = 0
    """Which form of the document this is, from 0."""
    remarks: tuple[Fact, ...] = ()
    """Free text in and around the form: goals, analyses, reasons, notes."""

    def section(self, id: str) -> Section | None:
        """Return the first section with this id."""
        return next((section for section in self.sections if section.id == id), None)

    def facts(self) -> Iterator[Fact]:
        """Yield every fact, in reading order."""
        for section in self.sections:
            for record in section.records:
                yield from record.fields.values()


def lies_in(path: str, within: str) -> bool:
    """Tell whether a path is another one or goes on from it: `funds.total.rate` lies in `funds.total`, and all lies in ``."""
    return path.startswith(within) and (not within or path[len(within) : len(within) + 1] in ("", ".", "["))
