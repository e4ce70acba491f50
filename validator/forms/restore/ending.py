"""Where a text ends: with a digit, its last figure may not be all there."""

from __future__ import annotations

from validator.model.document import Document, Paragraph


def edge_of(document: Document) -> tuple[str, int] | None:
    """Return the last line of a text that ends with a digit, and its last character; None for any other document."""
    last = next((block for block in reversed(document.blocks) if not _is_blank(block)), None)
    if not isinstance(last, Paragraph) or document.format not in ("txt", "md"):
        return None
    text = last.text.rstrip()
    return (last.address, len(text)) if text[-1:].isdigit() else None


def _is_blank(block: object) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()
