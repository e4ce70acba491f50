"""What a block of restored text is made of: rows of tokens by column, and those that could not be placed.

Comes in and goes out: the records alone; `blocks.py` fills them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from validator.forms.restore.tokens import Token


@dataclass(slots=True)
class Row:
    """A row of a block: tokens by column, those that continue each other together."""

    cells: dict[int, list[Token]] = field(default_factory=dict)
    whole: bool = True
    """False when some of its tokens could not be placed."""
    summed: bool = True
    """False when one of those may be a figure of a column that is summed up."""


@dataclass(slots=True)
class Problem:
    """Tokens of one row that could not be placed, and the names of the columns where they might stand."""

    tokens: list[Token]
    columns: tuple[str, ...]
    label: str
    said: str = ""
    """What there is to say when it is not these tokens that could not be placed."""

    @property
    def message(self) -> str:
        """Say what could not be read, and why."""
        if self.said:
            return self.said
        texts = "、".join(f"“{token.text}”" for token in self.tokens[:6])
        where = f"“{self.label}”一行" if self.label else "这一行"
        why = f"可能属于{'、'.join(self.columns)}中的不同栏" if self.columns else "与所在栏目不相称"
        return f"{where}读不出：{texts}{why}，未作核对。"
