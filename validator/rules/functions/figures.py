"""Functions that give figures: sums, counts, extremes, shares."""

# ruff: noqa: ARG001 (every function has the same signature, whether it needs the frame or not)

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from validator.model.fact import Fact
from validator.model.quantity import State
from validator.rules.arithmetic import (
    ONE,
    Figure,
    Frame,
    Undetermined,
    absolute,
    add,
    divide,
    larger,
    shorten,
    smaller,
    subtract,
    unify,
)
from validator.rules.functions.signature import Function
from validator.rules.functions.values import figure_of, note, pure, quantity_of

# Members of an enumeration are looked up slowly, and lists of cells are asked for them.
_BLANK = State.BLANK


def _sum(frame: Frame, items: Sequence[Any]) -> Figure:
    return reduce(add, _figures(frame, items))


def _count(frame: Frame, items: Sequence[Any]) -> Figure:
    given = [item for item in items if type(item) is not Fact or item.reading.state is not _BLANK]
    return pure(Decimal(len(given)))


def _rows(frame: Frame, args: Sequence[Any]) -> Figure:
    return pure(Decimal(len(args[0])))


def _min(frame: Frame, items: Sequence[Any]) -> Figure:
    return reduce(smaller, _figures(frame, items))


def _max(frame: Frame, items: Sequence[Any]) -> Figure:
    return reduce(larger, _figures(frame, items))


def _abs(frame: Frame, args: Sequence[Any]) -> Figure:
    figure: Figure = args[0]
    return absolute(figure)


def _share(frame: Frame, args: Sequence[Any]) -> Figure:
    unify(args[0], args[1])
    return divide(args[0], args[1])


def _growth(frame: Frame, args: Sequence[Any]) -> Figure:
    unify(args[0], args[1])
    quotient = divide(args[0], args[1])
    return subtract((quotient[0], quotient[1], "ratio", ONE), pure(ONE))


def _plain_number(frame: Frame, args: Sequence[Any]) -> Figure:
    quantity = quantity_of(frame, args[0])
    note(frame, args)
    return pure(quantity.value)


def _value(frame: Frame, args: Sequence[Any]) -> Figure:
    value = args[0]
    quantity = quantity_of(frame, value)
    if not isinstance(value, Fact) or quantity.upper is None:
        return figure_of(frame, value)
    note(frame, args)
    base = quantity.base
    return base, base, quantity.unit.dimension, quantity.unit.factor


def _figures(frame: Frame, items: Iterable[Any]) -> list[Figure]:
    """Return the figures of items; blank cells don't count, what can't be read makes the whole undetermined."""
    found: list[Figure] = []
    first_blank: Fact | None = None
    for item in items:
        if type(item) is not Fact:
            if type(item) is str:
                raise Undetermined(f"“{shorten(item)}”不是数")
            found.append(item)
        elif item.reading.state is _BLANK:
            first_blank = first_blank or item
        else:
            found.append(frame.figure(item))
    if not found:
        label = first_blank.pointer.column_label if first_blank is not None else ""
        raise Undetermined(f"{shorten(label)}都未填" if label else "没有可用的数")
    return found


FUNCTIONS = (
    Function(
        "sum",
        ("items",),
        "same",
        _sum,
        "各数之和（合计、求和）；空格不计",
        "Sum of figures and lists; blanks don't count",
        "合计 == sum(各项)",
    ),
    Function("count", ("items",), "number", _count, "填了的格数", "Number of cells that aren't blank", "count(各值) >= 4"),
    Function(
        "rows", ("list",), "number", _rows, "行数，空格也算", "Number of rows, blanks included", "count(得分) == rows(得分)"
    ),
    Function("min", ("items",), "same", _min, "最小的数", "Smallest figure", "得分 == 分值 * min(执行率, 1)"),
    Function("max", ("items",), "same", _max, "最大的数", "Largest figure", "max(各项) <= 合计"),
    Function("abs", ("figure",), "same", _abs, "绝对值", "Absolute value", "abs(得分 - 分值) <= 1分"),
    Function(
        "share", ("figure", "figure"), "ratio", _share, "占比：前数 ÷ 后数", "Share: part / whole", "占比 == share(各项, 合计)"
    ),
    Function(
        "growth",
        ("figure", "figure"),
        "ratio",
        _growth,
        "增长率：前数 ÷ 后数 - 1",
        "Growth: now / before - 1",
        "增长率 == growth(now, before)",
    ),
    Function(
        "plain_number",
        ("value",),
        "number",
        _plain_number,
        "只取数字，不管单位",
        "The number alone, whatever its unit",
        "plain_number(实际完成值) <= 12",
    ),
    Function(
        "value",
        ("value",),
        "same",
        _value,
        "目标值或完成值中的数；范围取下限",
        "The number of a target or an actual; of a range the lower end",
        "得分 == 分值 * value(实际完成值) / value(年度指标值)",
    ),
)
"""The functions of this module, for rules to call."""
