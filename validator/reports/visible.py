"""Text from a received file, made safe to show: what would steer a terminal or hide text is spelled out, never run.

In goes any string, out comes one line of printable characters. Nothing here knows what is shown.
"""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    r"""Return the text on one line with every control, format, private and surrogate character spelled out.

    A line break becomes ↵, others their escape (`\x1b`, `\u202e`). Chinese full-width blanks stay.
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _spelled(character) for character in text)


def _spelled(character: str) -> str:
    if character == "\n":
        return "↵"
    if character == "\r":
        return ""
    if unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


def shortened(text: str, length: int) -> str:
    """Return the text as it is, its middle left out where it is longer than `length` characters."""
    if len(text) <= length:
        return text
    head = length * 2 // 3
    return f"{text[:head]}…{text[head + 1 - length :]}"


def excerpt(text: str, length: int = 240) -> str:
    """Return the visible text, its middle left out where it is longer than `length` characters."""
    if len(text) > 4 * length:
        text = text[: 2 * length] + "…" + text[-2 * length :]
    return shortened(visible(text), length)
