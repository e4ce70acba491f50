"""Text from a received file as HTML: shown, never run.

In goes any string, out comes HTML text in which every special, control, format and surrogate character is spelled out.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from validator.reports.visible import excerpt, shortened, visible

LONGEST = 2000
"""Characters of one text that are shown; a cell may hold megabytes."""


def shown(text: str, limit: int = LONGEST) -> str:
    """Return the text as HTML, line breaks kept, its middle left out where it is longer than `limit`."""
    text = shortened(text, limit)
    if not text.isprintable():
        text = "\n".join(visible(line) for line in text.replace("\r\n", "\n").replace("\t", " ").split("\n"))
    return escape(text)


def line(text: str, limit: int = 240) -> str:
    """Return the text as HTML on one line, for labels and attributes."""
    return escape(excerpt(text, limit))


def column_head(text: str) -> str:
    """Return the head of a column; `text` is HTML already."""
    return f'<th scope="col">{text}</th>'


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, css: str = "list") -> str:
    """Return a table; heads and cells are HTML already."""
    head = "".join(column_head(text) for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    drawn = f'<table class="{css}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll" tabindex="0">{drawn}</div>'


def folded(summary: str, content: str, *, css: str = "", open: bool = False) -> str:
    """Return content that a click on its summary shows; both are HTML already."""
    named = f' class="{css}"' if css else ""
    return f"<details{named}{' open' if open else ''}><summary>{summary}</summary>{content}</details>"
