"""Tables that became text become tables again: `documents` says how. A workbook needs none of it, and doesn't load it."""

from __future__ import annotations

from typing import Any

from validator.model.document import Document


def restore(document: Document, ruleset: Any) -> Document:
    """Return the document with tables in place of the lines that were tables."""
    from validator.forms.restore.documents import restore

    return restore(document, ruleset)
