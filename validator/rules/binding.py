"""Names and what they stand for in one place.

Comes in: what a place binds, and what the form around it binds. Goes out: one mapping for both. Which names a place has is the
business of `scopes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from validator.model.fact import Fact
from validator.model.quantity import Quantity

if TYPE_CHECKING:
    from validator.facts.lexicon import Lexicon

Value: TypeAlias = Fact | tuple[Fact, ...] | Quantity | tuple[str, ...] | str | int | bool | None
"""What a name can stand for; None: the form has no such column."""

Names: TypeAlias = Mapping[str, Value]

TOTAL = "合计"
"""What rules call the row of a total, whatever its label."""


class Within(dict[str, Value]):
    """Names of a place inside a form: what it doesn't bind itself is looked up in the form.

    `names[name]` is None for a name that nobody binds. It is a dictionary because a form is asked for names thousands of times.
    """

    __slots__ = ("_form", "_remembered")

    def __init__(self, own: Names, form: Names) -> None:
        """`own` names go before those of the `form`."""
        dict.__init__(self, own)
        self._form = form
        self._remembered: dict[str, Any] | None = None

    def remembered(self) -> dict[str, Any]:
        """Return what came of functions that were called here before, by what they say, to be added to."""
        if self._remembered is None:
            self._remembered = {}
        return self._remembered

    @property
    def lexicon(self) -> Lexicon | None:
        """Units and words of the ruleset, where the form knows them."""
        return getattr(self._form, "lexicon", None)

    def with_more(self, names: Names) -> Within:
        """Return the same with more names."""
        return Within({**self, **names}, self._form)

    def stands_beside(self, other: Within) -> bool:
        """Tell whether what neither of two places binds itself is the same in both."""
        return type(self) is type(other) is Within and self._form is other._form

    def __missing__(self, name: str) -> Value:
        """Return what the form binds."""
        try:
            return self._form[name]
        except KeyError:
            return None

    def get(self, name: str, default: Value = None) -> Value:  # type: ignore[override]
        """Return the value of the name in the place or its form."""
        return super().get(name) if super().__contains__(name) else self._form.get(name, default)

    def __contains__(self, name: object) -> bool:
        """Tell whether the place or its form binds the name."""
        return super().__contains__(name) or name in self._form


def within(names: Names, form: Names | None = None) -> Within:
    """Return names so that one nobody binds is None; `form`: the names of the form around them."""
    return names if isinstance(names, Within) else Within(names, names if form is None else form)
