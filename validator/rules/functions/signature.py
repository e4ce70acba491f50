"""What a function of the rule language is: its name, what it takes and gives, a line about it in both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from validator.model.finding import Outcome
from validator.rules.arithmetic import Frame

Parameter = Literal["figure", "items", "value", "list", "any", "maybe", "known", "choice", "lists", "words"]
"""What an argument may be.

`figure` anything that can be computed; `items` figures and lists of them, any number of times, columns that the form doesn't
have left out; `value` one name or literal; `list` one list; `any` a name or a list; `maybe` the same, also of a column that the
form doesn't have; `known` the same or anything that can be computed; `choice` one value, any number of times; `lists` one list,
any number of times; `words` texts and word lists, any number of times.
"""

Truth = tuple[Outcome, str | None]
"""How a condition ended, and why where it didn't come to an end."""

YES: Truth = (Outcome.PASS, None)
NO: Truth = (Outcome.FAIL, None)


class Function(NamedTuple):
    """A function that rules may call."""

    name: str
    parameters: tuple[Parameter, ...]
    result: Literal["same", "ratio", "number", "truth", "value"]
    """`same`: what its figures are; `value`: one of its arguments as it stands."""
    run: Callable[[Frame, Sequence[Any]], Any]
    zh: str
    en: str
    example: str

    @property
    def variadic(self) -> bool:
        """Whether the last parameter may come several times."""
        return self.parameters[-1] in ("items", "words", "choice", "lists")
