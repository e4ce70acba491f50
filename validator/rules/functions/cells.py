"""Functions that ask what stands in a cell: nothing, a number, text, a date."""

# ruff: noqa: ARG001 (every function has the same signature, whether it needs the frame or not)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import Quantity, State
from validator.rules.arithmetic import (
    Absent,
    Figure,
    Frame,
    Undetermined,
    shorten,
)
from validator.rules.functions.signature import NO, YES, Function, Truth
from validator.rules.functions.values import note, number_in, pure, text_of

# Members of an enumeration are looked up slowly, and lists of cells are asked for them.
_BLANK, _NUMBER, _TEXT, _DATE = State.BLANK, State.NUMBER, State.TEXT, State.DATE
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[年./-](1[0-2]|0?[1-9])(?!\d)(?:[月./-](3[01]|[12]\d|0?[1-9])(?!\d))?|年)")

_PERIOD = re.compile(r"月?(?:至|到|[-~—–]+)\s*(?:1[0-2]|0?[1-9])\s*月")


def _blank(frame: Frame, args: Sequence[Any]) -> Truth:
    return YES if all(state is _BLANK for state in _states(args[0])) else NO


def _given_truth(frame: Frame, args: Sequence[Any]) -> Truth:
    value = args[0]
    if type(value) is tuple and value and type(value[0]) is Fact:
        for fact in value:
            if fact.reading.state is not _BLANK:
                return YES
        return NO
    return YES if any(state is not _BLANK for state in _states(value)) else NO


ON_STATE: Mapping[str, tuple[State, ...]] = MappingProxyType(
    {
        "blank": (_BLANK,),
        "given": tuple(state for state in State if state is not _BLANK),
        "garbled": (State.GARBLED,),
        "fused": (State.FUSED,),
        "is_number": (_NUMBER,),
        "is_text": (_TEXT,),
        "is_date": (_DATE,),
    }
)
"""Functions that, asked of one cell, look at nothing but what kind of thing stands in it: most conditions are of these."""


def _present(frame: Frame, args: Sequence[Any]) -> Truth:
    return YES if args[0] is not None else NO


def _same_cell(frame: Frame, args: Sequence[Any]) -> Truth:
    one, other = args
    return YES if type(one) is Fact and type(other) is Fact and one.pointer.address == other.pointer.address else NO


def _state_is(wanted: State) -> Callable[[Frame, Sequence[Any]], Truth]:
    def run(frame: Frame, args: Sequence[Any]) -> Truth:
        if type(args[0]) is tuple and args[0] and type(args[0][0]) is Fact:
            found = [fact for fact in args[0] if fact.reading.state is wanted]
            note(frame, found)
            return YES if found else NO
        return YES if wanted in _states(args[0]) else NO

    return run


def _first(frame: Frame, args: Sequence[Any]) -> Any:
    for value in args:
        if type(value) is Fact and value.reading.state is not _BLANK:
            return value
        if value is not None and type(value) is not Fact:
            break
    there = [value for value in args if value is not None]
    if not there:
        raise Absent("本表没有所需的栏")
    return next((value for value in there if any(state is not _BLANK for state in _states(value))), there[0])


def _signed(frame: Frame, args: Sequence[Any]) -> Truth:
    value = args[0]
    quantity = value if isinstance(value, Quantity) else number_in(value)
    return YES if quantity is not None and (quantity.comparator != "" or quantity.upper is not None) else NO


def _is_ratio(frame: Frame, args: Sequence[Any]) -> Truth:
    quantity = number_in(args[0])
    return YES if quantity is not None and quantity.unit.dimension == "ratio" else NO


def _is_money(frame: Frame, args: Sequence[Any]) -> Truth:
    quantity = number_in(args[0])
    return YES if quantity is not None and quantity.unit.dimension == "money" else NO


def _states(value: Any) -> tuple[State, ...]:
    if value is None:
        return ()
    if isinstance(value, Fact):
        return (value.reading.state,)
    if type(value) is tuple and value and type(value[0]) is Decimal:
        return (_NUMBER,)
    if type(value) is tuple:
        return tuple(item.reading.state if isinstance(item, Fact) else _TEXT for item in value)
    if isinstance(value, str):
        return (_TEXT if value.strip() else _BLANK,)
    return (_NUMBER,)


def _date(value: Any) -> tuple[int, ...]:
    """Return year, month and day of the one date in a text, as far as they are written; Undetermined when there is no such."""
    found = _DAY.findall(unicodedata.normalize("NFKC", text_of(value)))
    if len(found) != 1:
        raise Undetermined(f"“{shorten(text_of(value))}”里{'没有' if not found else '不止一个'}日期")
    return tuple(int(part) for part in found[0] if part)


def _year_of(frame: Frame, args: Sequence[Any]) -> Figure:
    year = _date(args[0])[0]
    note(frame, args)
    return pure(Decimal(year))


def _later(frame: Frame, args: Sequence[Any]) -> Truth:
    note(frame, args)
    for value in args:
        if _PERIOD.search(unicodedata.normalize("NFKC", text_of(value))):
            raise Undetermined(f"“{shorten(text_of(value))}”是一段时间，不是一个日期")
    one, other = _date(args[0]), _date(args[1])
    shared = min(len(one), len(other))
    if one[:shared] != other[:shared] or len(one) == len(other) or len(other) == shared:
        return YES if one[:shared] > other[:shared] else NO
    return Outcome.UNDETERMINED, f"“{shorten(text_of(args[0]))}”没有写到日"


def _has_digit(frame: Frame, args: Sequence[Any]) -> Truth:
    return YES if any(char.isdigit() for char in text_of(args[0])) else NO


FUNCTIONS = (
    Function(
        "blank",
        ("known",),
        "truth",
        _blank,
        "没有填，或填的是 - / 无，或本表没有这一栏",
        "Nothing, or a mark for nothing, stands there",
        "not blank(偏差原因)",
    ),
    Function(
        "given",
        ("known",),
        "truth",
        _given_truth,
        "填了（列表：至少一格填了）",
        "Something stands there (in a list: somewhere)",
        "given(得分)",
    ),
    Function("present", ("maybe",), "truth", _present, "本表有这一栏", "The form has this column", "present(调整后预算数)"),
    Function(
        "same_cell",
        ("maybe", "maybe"),
        "truth",
        _same_cell,
        "两处是同一个合并格",
        "Both stand in one merged cell",
        "not same_cell(合计.分值, 合计.三级指标)",
    ),
    Function(
        "garbled",
        ("any",),
        "truth",
        _state_is(State.GARBLED),
        "像数又读不出数",
        "Meant as a figure but not one",
        "not garbled(年度指标值)",
    ),
    Function(
        "fused", ("any",), "truth", _state_is(State.FUSED), "几个数连在一起", "Several figures run together", "not fused(得分)"
    ),
    Function("is_number", ("any",), "truth", _state_is(_NUMBER), "是数", "It is a number", "is_number(实际完成值)"),
    Function("is_text", ("any",), "truth", _state_is(_TEXT), "是文字", "It is text", "is_text(年度指标值)"),
    Function("has_digit", ("any",), "truth", _has_digit, "里面有数字", "A digit stands in it", "not has_digit(实际完成值)"),
    Function("is_date", ("any",), "truth", _state_is(_DATE), "是日期", "It is a date", "is_date(年度指标值)"),
    Function(
        "first",
        ("choice",),
        "value",
        _first,
        "其中第一个填了的",
        "The first that is given",
        "执行率 == 全年执行数 / first(调整后预算数, 全年预算数)",
    ),
    Function(
        "signed",
        ("maybe",),
        "truth",
        _signed,
        "目标值带 ≥ ≤ = 或是范围",
        "The target has a sign or is a range",
        "signed(年度指标值)",
    ),
    Function("is_ratio", ("any",), "truth", _is_ratio, "是百分比", "It is a percentage", "is_ratio(年度指标值)"),
    Function("is_money", ("any",), "truth", _is_money, "是金额", "It is an amount of money", "is_money(年度指标值)"),
    Function(
        "later",
        ("value", "value"),
        "truth",
        _later,
        "前一个日期晚于后一个",
        "The first date is after the second",
        "not later(实际完成值, 年度指标值)",
    ),
    Function("year_of", ("value",), "number", _year_of, "日期中的年份", "The year of a date", "year_of(年度指标值) == 表年度"),
)
"""The functions of this module, for rules to call."""
