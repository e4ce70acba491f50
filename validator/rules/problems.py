"""Mistakes in rule files: what is wrong, where, and what to do about it, for every file of a folder together.

Comes in: a place and words. Goes out: lines that an editor can follow, in the order in which the mistakes were found.
"""

from __future__ import annotations

HALF_WIDTH = "冒号、逗号、括号要用半角的，冒号后面空一格"
"""What to do about full-width punctuation, which YAML takes for text."""


class Problems(list[str]):
    """Mistakes found so far, each `file:line:column: what is wrong (what to do)`."""

    def __init__(self) -> None:
        """None so far."""
        super().__init__()
        self.warnings: list[str] = []
        """What is allowed and seldom meant, in the same form."""

    def warn(self, file: str, place: tuple[int, int], what: str, remedy: str) -> None:
        """Note what is allowed, and what it means."""
        self.warnings.append(f"{file}:{place[0]}:{place[1]}: {what}（{remedy}）")

    def at(self, file: str, place: tuple[int, int], what: str, remedy: str = "") -> None:
        """Note a mistake. `place` counts from 1."""
        self.append(f"{file}:{place[0]}:{place[1]}: {what}" + (f"（{remedy}）" if remedy else ""))
