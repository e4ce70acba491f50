"""Where a text ends: what stands last may not be all there, nor what stands behind it in its row."""

from __future__ import annotations

import re

from validator.model.document import Document, Paragraph

_FIGURE = re.compile(r"\d[^\d\s。；;，,、）)]{0,3}$")
_CELL = re.compile(r"([^|\t。；;]+?)[ \u3000]*\|?\s*")
"""A line with a single cell, closed by a pipe or not."""


def edge_of(document: Document) -> tuple[str, int] | None:
    """Return the last line of a text that ends with a figure or in a cell of its own line, and the last character of that.

    None for any other document.
    """
    last = next((block for block in reversed(document.blocks) if not _is_blank(block)), None)
    if not isinstance(last, Paragraph) or document.format not in ("txt", "md"):
        return None
    cell = _CELL.fullmatch(last.text)
    text = cell[1] if cell else last.text.rstrip()
    return (last.address, len(text)) if cell or _FIGURE.search(text) else None


def _is_blank(block: object) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()
