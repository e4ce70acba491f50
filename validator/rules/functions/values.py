"""What the arguments of a function hold: figures, quantities, texts.

Functions never raise anything but `Undetermined` and `Absent`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from validator.keeping import shipped_directory
from validator.model.fact import Fact
from validator.model.quantity import BARE as BARE_UNIT
from validator.model.quantity import Quantity, State
from validator.rules.arithmetic import (
    EXACT,
    ONE,
    PURE,
    ZERO,
    Figure,
    Frame,
    Undetermined,
    from_quantity,
    shorten,
    why_not,
)

if TYPE_CHECKING:
    from validator.facts.lexicon import Lexicon

_BLANK, _NUMBER = State.BLANK, State.NUMBER
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=16384)
def same_spelling(text: str) -> str:
    """Return a text without what doesn't count when two are compared: blanks, full width, case."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def figure_of(frame: Frame, value: Any) -> Figure:
    """Return the figure of a cell or a figure of the rule itself."""
    return frame.figure(value) if type(value) is Fact else from_quantity(quantity_of(frame, value))


def quantity_of(frame: Frame, value: Any) -> Quantity:
    """Return the number as it is written; Undetermined when there is none."""
    if type(value) is Fact:
        reading = value.reading
        if reading.state is _NUMBER and reading.quantity is not None and not frame.chosen:
            return reading.quantity
        return frame.quantity(value)
    if type(value) is Quantity:
        return value
    if isinstance(value, int):
        return Quantity(Decimal(value), ZERO, BARE_UNIT, str(value))
    raise Undetermined(f"“{shorten(str(value))}”不是数")


def number_in(value: Any) -> Quantity | None:
    """Return the number that stands in a cell, None when there is none."""
    return value.reading.quantity if type(value) is Fact and value.reading.state is _NUMBER else None


def pure(value: Decimal) -> Figure:
    """Return a number of the rule itself, a count of rows: it fits anything."""
    return value, value, PURE, ONE


def note(frame: Frame, values: Iterable[Any]) -> None:
    """Note the cells among the arguments as used, where figures are taken as they stand."""
    if frame.taken == EXACT:
        for value in values:
            if type(value) is Fact:
                frame.operands.append(value)


def texts_in(value: Any) -> tuple[Any, ...]:
    """Return a value as a list of texts."""
    return () if value is None else value if type(value) is tuple else (value,)


def text_of(value: Any) -> str:
    """Return the text of a value; Undetermined when nothing stands there."""
    if isinstance(value, Fact):
        if value.reading.state is _BLANK:
            raise Undetermined(why_not(value))
        return value.text
    return value.text if isinstance(value, Quantity) else str(value)


def lexicon_of(frame: Frame) -> Lexicon:
    """Return the units and words of the ruleset; the shipped ones where a place belongs to no form."""
    return frame.binding.lexicon or _shipped_lexicon()


@lru_cache(maxsize=1)
def _shipped_lexicon() -> Lexicon:
    from validator.facts.lexicon import load_lexicon

    return load_lexicon(shipped_directory() / "common" / "lexicon.yaml")
