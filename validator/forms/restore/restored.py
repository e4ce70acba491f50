"""What has been made of a document so far, while its lost tables are put together.

Comes in: tables, lines that are none, and what could not be read, in the order of the document. Goes out: its blocks and notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from validator.forms.restore.ready import Ready
from validator.model.document import Note, Paragraph, Table

UNSURE = "这里像一张表，但各行的数对不上栏目，认不准，未作核对。"
_EMPTY = " |\t\r\xa0\u3000\ufeff"


@dataclass(slots=True)
class Restored:
    """Blocks and notes, each in the order of the document."""

    before: int = 0
    """How many tables stand before them."""
    blocks: list[Table | Paragraph] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def next_number(self) -> int:
        """The number of the next table, counted from 1."""
        return self.before + sum(isinstance(block, Table) for block in self.blocks) + 1

    def add(self, *blocks: Table | Paragraph) -> None:
        """Append blocks."""
        self.blocks += blocks

    def add_piece(self, paragraph: Paragraph, start: int, end: int | None = None) -> None:
        """Append what a line says between two characters (from 0), as a paragraph of its own, when it says anything."""
        text = paragraph.text[start:end]
        said = text.strip(_EMPTY)
        first = start + len(text) - len(text.lstrip(_EMPTY)) + 1
        if said:
            self.add(Paragraph(said, f"{paragraph.address}:{first}-{first + len(said) - 1}"))

    def note(self, message: str, address: str) -> None:
        """Say what could not be read, and where."""
        self.notes.append(Note(message, address))

    def note_once(self, paragraphs: Sequence[Paragraph]) -> None:
        """Say once of lines that their figures don't go with their columns, whatever was said of each of them."""
        inside = {paragraph.address for paragraph in paragraphs}
        self.notes = [note for note in self.notes if note.message != UNSURE or note.address not in inside]
        self.note(UNSURE, paragraphs[0].address)

    def note_open_row(self, table: Table, row: int) -> None:
        """Say of a row that it lacks cells, so that nobody can tell the columns of its figures."""
        label = next(cell for cell in table.rows[row] if cell is not None and cell.text)
        self.note(f"“{label.text}”一行少了几格，分不出各数属于哪一栏，未作核对。", label.address)

    def take(self, other: Restored, ready: Ready) -> None:
        """Append what was made of paragraphs that had been made ready, with the places and letters of the document."""
        self.add(*(ready.given_back(other.blocks) if ready.pieces else other.blocks))
        self.notes += ready.noted(other.notes) if ready.pieces else other.notes
