"""What a rule file may say: one rule, one file, with its own examples.

The language of `when` and `check` is described in `rules.expression`; the places that `for-each` can name in `rules.scopes`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator

from validator.forms.spec import Data, Text

Kind = Literal[
    "total", "difference", "ratio", "growth", "product", "score", "target", "agreement", "duplicate", "grade",
    "contradiction", "garbled", "structure", "completeness",
]  # fmt: skip


class Examples(Data):
    """At least one that passes and one that fails; each is a mapping from names to values as written on a form."""

    passing: tuple[dict[str, Any], ...] = Field(alias="pass", min_length=1)
    failing: tuple[dict[str, Any], ...] = Field(alias="fail", min_length=1)


class Rule(Data):
    """One rule."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z]+-\d{3}$")]
    """Area and number; never reused, never renumbered."""
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]+$")]
    """The fault, so that `waive execution-rate-disagrees` reads well."""
    title: Text
    severity: Literal["error", "warning", "info"]
    kind: Kind
    basis: Text
    """Official document and item; quotes only what is known word for word."""
    why: Text
    forms: tuple[str, ...] = ()
    """Forms it is for; empty means every form that has the section."""
    for_each: str
    also: tuple[str, ...] = ()
    """More places in which it holds as it stands: their columns have the same names. A column that they lack is absent."""
    when: str = ""
    """The rule is not applicable where this doesn't hold."""
    check: Annotated[tuple[tuple[str, str], ...], Field(min_length=1)]
    """Readings of the rule, each with the name of its method (or empty): one of them must hold."""
    methods: str = ""
    """A parameter that lists which of the methods count; by default all do."""
    expected: str | None = None
    """What should stand there, where the check itself doesn't say it; empty where nothing certain can be said."""
    stated: str = ""
    """The name whose cell the finding points at; by default the bare name on the left of the comparison."""
    related: tuple[str, ...] = ()
    """Names shown beside it though the check doesn't use them."""
    message: Text
    help: Text
    examples: Examples

    @field_validator("title", "basis", "why", "message", "help", mode="before")
    @classmethod
    def _plain_text_is_chinese(cls, value: Any) -> Any:
        return {"zh": value} if isinstance(value, str) else value

    @field_validator("check", mode="before")
    @classmethod
    def _one_or_several_readings(cls, value: Any) -> Any:
        if isinstance(value, str):
            return (("", value),)
        if isinstance(value, dict):
            return tuple((str(name), str(expression)) for name, expression in value.items())
        if isinstance(value, list):
            return tuple(("", str(expression)) for expression in value)
        return value
