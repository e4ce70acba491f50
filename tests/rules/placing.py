"""Facts and places for the tests of expressions: written as on a form, without a form."""

from __future__ import annotations

from decimal import Decimal

from validator.facts.lexicon import load_lexicon
from validator.facts.numbers import read_figure
from validator.keeping import shipped_directory
from validator.model.fact import Fact, Pointer
from validator.model.quantity import BARE, Quantity, Reading, State, Unit
from validator.rules.arithmetic import Dimension
from validator.rules.binding import Value
from validator.rules.comparison import Verdict
from validator.rules.expression import compile_expression, compile_formula, compile_when

LEXICON = load_lexicon(shipped_directory() / "common" / "lexicon.yaml")
YUAN = Unit("元", "money", Decimal(1), exact=True)
WAN = Unit("万元", "money", Decimal(10000))
PERCENT = Unit("%", "ratio", Decimal("0.01"))
POINTS = Unit("分", "points", Decimal(1))


def cell(text: str, kind: str = "", unit: str = "", *, label: str = "这一栏") -> Fact:
    """Return a cell as the reader of forms understands it."""
    reading = read_figure(text, LEXICON, unit=LEXICON.unit(unit) if unit else None, kind=kind)
    return Fact(reading, Pointer(f"path.{text}", "A1", text, "行", label))


def prose(text: str) -> Fact:
    """Return a cell of a column of texts."""
    return Fact(Reading(State.TEXT if text.strip() else State.BLANK, text), Pointer("path", "A1", text, "行", "原因"))


def figure(value: Decimal | str, unit: Unit = BARE, *, step: Decimal | str | int | None = None) -> Fact:
    """Return a cell that holds this number; the step is that of its last digit unless given."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    own = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    quantity = Quantity(number, own if step is None else Decimal(step), unit, f"{number}{unit.name}")
    return Fact(Reading(State.NUMBER, quantity.text, quantity), Pointer("path", "A1", quantity.text, "行", "这一栏"))


def known(**values: Value) -> dict[str, Dimension]:
    """Say of each name only whether it is a list."""
    return {name: Dimension("any", many=type(value) is tuple) for name, value in values.items()}


def check(source: str, **values: Value) -> Verdict:
    """Compile and evaluate at once."""
    return compile_expression(source, known(**values)).evaluate(values)


def decide(source: str, **values: Value) -> Verdict:
    """Compile and decide as a condition of `when`."""
    return compile_when(source, known(**values)).holds(values)


def value(source: str, **values: Value) -> Decimal | None:
    """Compile and compute a figure; None where there is none."""
    return compile_formula(source, known(**values)).value(values)


def target(text: str) -> Fact:
    """Return a cell of a column of targets."""
    return cell(text, "target")


def actual(text: str) -> Fact:
    """Return a cell of a column of actual values."""
    return cell(text, "actual")


def amount(text: str) -> Fact:
    """Return a cell of a column of amounts."""
    return cell(text, "amount", "万元", label="金额")
