"""What every reader gets and gives: the bytes of a file with a name for messages, and the blocks read from them."""

from __future__ import annotations

from typing import NamedTuple

from validator.errors import UnreadableDocument
from validator.model.document import Note, Paragraph, Table
from validator.readers.limits import LIMITS, Limits


class Source(NamedTuple):
    """A file as it was received."""

    data: bytes
    name: str
    """File name, for messages; may be empty."""
    limits: Limits = LIMITS

    def unreadable(self, message: str, remedy: str = "") -> UnreadableDocument:
        """Return the error to raise when this file can't be read."""
        return UnreadableDocument(message, where=self.name, remedy=remedy)


class Parts(NamedTuple):
    """What a reader found: blocks in reading order, and notes on what it could not do."""

    blocks: tuple[Table | Paragraph, ...]
    notes: tuple[Note, ...] = ()


def cut(text: str, limits: Limits) -> tuple[str, str]:
    """Return the text up to the limit of characters, and a note in Chinese when something was cut off."""
    if len(text) <= limits.max_characters:
        return text, ""
    return text[: limits.max_characters], f"原文有 {len(text)} 个字，只读了前 {limits.max_characters} 个"
