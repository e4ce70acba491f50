"""Closures that give the values of an expression: names, literals, sums and products.

Comes in: a frame with the names of a place. Goes out: a figure, or what stands in the place. How they are put together is the
business of `expression`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn, TypeAlias

from validator.model.fact import Fact
from validator.model.quantity import Quantity
from validator.rules.arithmetic import ONE, PURE, Absent, Figure, Frame, NoAnswer, Undetermined, from_quantity, shorten

Run: TypeAlias = Callable[[Frame], Any]
"""How a compiled part of an expression is evaluated."""


class Node(NamedTuple):
    """A compiled part of an expression."""

    run: Run
    kind: str
    name: str = ""
    """Set for a bare name."""
    computed: bool = False
    """Whether a product or a quotient is in it."""
    many: bool = False
    raw: Run | None = None
    """What stands in the place, not yet taken as a figure: of names, and of functions that pick one."""
    bound: str = ""
    """Of an argument: the name, where it is what the place binds to it; `run` says what is to be done where that is nothing."""


def value_of(name: str) -> Run:
    """Return how to take what a name stands for; Absent where the place has no such name."""

    def run(frame: Frame) -> Any:
        value = frame.binding[name]
        if value is None:
            _absent(name)
        return value

    return run


def or_none(raw: Run) -> Run:
    """Let a column that the form doesn't have be nothing, for functions that ask whether it is there."""

    def run(frame: Frame) -> Any:
        try:
            return raw(frame)
        except NoAnswer:
            return None

    return run


def as_items(raw: Run) -> Run:
    """Return how to take a value as a list of items."""

    def run(frame: Frame) -> Any:
        value = raw(frame)
        return value if type(value) is tuple else (_item(value),)

    return run


def call_with_items(function: Callable[[Frame, Sequence[Any]], Any], parts: Sequence[Run]) -> Run:
    """Return how to call a function with items, lists and single ones; what the form does not have is left out."""
    if len(parts) == 1:
        only = parts[0]

        def run_one(frame: Frame) -> Any:
            value = only(frame)
            return function(frame, value if _is_list(value) else (value,))

        return run_one

    def run(frame: Frame) -> Any:
        items: list[Any] = []
        absent = ""  # not the exception: it would hold this frame, and with it all that was evaluated, until it is collected
        for part in parts:
            try:
                value = part(frame)
            except Absent as error:
                absent = absent or str(error)
                continue
            items.extend(value) if _is_list(value) else items.append(value)
        if not items and absent:
            raise Absent(absent)
        return function(frame, items)

    return run


def figure_of(name: str) -> Run:
    """Return how to take what a name stands for as a figure."""

    def run(frame: Frame) -> Figure:
        value = frame.binding[name]
        if type(value) is Fact:
            return frame.figure(value)
        if value is None:
            _absent(name)
        return as_figure(frame, value, name)

    return run


def as_figure(frame: Frame, value: Any, name: str) -> Figure:
    """Return a value as a figure; Undetermined when it is none."""
    if type(value) is Fact:
        return frame.figure(value)
    if type(value) is Quantity:
        return from_quantity(value)
    if type(value) is int:
        number = Decimal(value)
        return number, number, PURE, ONE
    raise Undetermined(f"“{shorten(name)}”不是一个数")


def operation_of(operation: Callable[[Figure, Figure], Figure], left: Run, right: Run) -> Run:
    """Return how to combine two figures."""
    return lambda frame: operation(left(frame), right(frame))


def _item(value: Any) -> Any:
    return value if type(value) is Fact else from_quantity(value) if type(value) is Quantity else value


def _is_list(value: Any) -> bool:
    """Tell a tuple of items from a figure, which is a tuple that begins with a decimal."""
    return not value or type(value[0]) is not Decimal


def _absent(name: str) -> NoReturn:
    raise Absent(f"本表没有“{name}”栏")
