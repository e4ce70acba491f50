"""Functions that hold an actual value against its target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import Quantity, State
from validator.rules.arithmetic import (
    BARE,
    ONE,
    ZERO,
    Figure,
    Frame,
    Undetermined,
    divide,
    shorten,
    subtract,
    unify,
    why_not,
)
from validator.rules.functions.signature import NO, YES, Function, Truth
from validator.rules.functions.values import figure_of, note, number_in, pure, quantity_of

# Members of an enumeration are looked up slowly, and lists of cells are asked for them.
_DATE = State.DATE
_WORDS = (State.TEXT, State.DATE)
_NOTHING = (State.BLANK, State.GARBLED, State.FUSED)
_PASS, _FAIL, _UNDETERMINED = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED
_INFINITE = Decimal("Infinity")
_FEWEST_TIMES = 1000
"""Units that people leave out or mix up differ by 千, 万 or 亿."""
_MOST_TENS = 4
"""By so many places a decimal point is moved at most."""
_LEAST_ALIKE, _MOST_ALIKE = Decimal("0.95"), Decimal("1.25")
"""An actual is about its target when nothing but its decimal point is wrong."""
_MIDDLE_OF_HUNDRED = 10
"""Below this part of another figure, a figure is nearer to it when it is taken a hundred times."""
_TIME = "time"
_SHARED = "rate:"
"""What the dimension of 元/人 begins with."""
_ABOUT = (ONE - Decimal("0.03"), ONE, ONE + Decimal("0.03"))
"""Days of a month, as part of what they are on average: for 30 days and 31."""
_REST = Decimal("1.3")
"""Days in which some work was done, as part of what they are on average: holidays take more of some weeks."""
_MOST_OF_A_FRACTION = 2
"""What was done of a plan, written as a fraction, is seldom more than twice the whole."""
_ALIKE, _FAR = 3, 100
"""Two figures of one unit differ by less than this, and by more than that when one has the wrong unit."""
_LEAST_MISPLACED = 3
"""Two actuals that fit in each other's row have changed places."""


def _meets(frame: Frame, args: Sequence[Any]) -> Truth:
    note(frame, args)
    for value in args:
        if type(value) is Fact and value.reading.state in _WORDS:
            word = "日期" if value.reading.state is _DATE else "文字"
            return _UNDETERMINED, f"“{shorten(value.text)}”是{word}，无法与目标值比较"
    actual, target = quantity_of(frame, args[0]), quantity_of(frame, args[1])
    _require_comparable(actual, target)
    others = args[0].reading.alternatives if type(args[0]) is Fact else ()
    if _are_of_a_calendar(actual, target):
        abouts = _about(actual, target)
        outcomes = {_within(actual, actual.unit.factor * about, target, target.unit.factor) for about in abouts}
        outcome = outcomes.pop() if len(outcomes) == 1 else _UNDETERMINED
    elif not others and actual.unit.dimension == target.unit.dimension:
        outcome = _within(actual, actual.unit.factor, target, target.unit.factor)
    else:
        outcomes = {
            _within(one, mine, target, theirs)
            for one in (actual, *others)
            for mine in _readings(one, target)
            for theirs in _readings(target, one)
        }
        outcome = outcomes.pop() if len(outcomes) == 1 else _UNDETERMINED
    if outcome is _PASS:
        return YES
    if outcome is _FAIL and not (actual.approximate or target.approximate):
        return NO
    return _UNDETERMINED, f"“{shorten(actual.text)}”是否达到“{shorten(target.text)}”说不准"


def _are_of_a_calendar(one: Quantity, other: Quantity) -> bool:
    """Tell whether two times are in units of which one is no number of the other: months and days, days of work and days."""
    small, large = sorted((one.unit.factor, other.unit.factor))
    return one.unit.dimension == other.unit.dimension == _TIME and large % small != 0


def _about(one: Quantity, other: Quantity) -> tuple[Decimal, ...]:
    """Return what a unit may be, as part of what it is on average: months differ in length, and so do weeks of work.

    25天 are 18 days of work, or fewer; or somebody left out the word.
    """
    small, large = sorted((one.unit.factor, other.unit.factor))
    return _ABOUT if large >= 2 * small else (small / large, ONE, _REST)


def _completion(frame: Frame, args: Sequence[Any]) -> Figure:
    actual, target = figure_of(frame, args[0]), figure_of(frame, args[1])
    done, goal = quantity_of(frame, args[0]), quantity_of(frame, args[1])
    _require_comparable(done, goal)
    if _is_fraction(args[0], done, goal):
        actual = actual[0], actual[1], "ratio", ONE
    base = goal.base
    target = base, base, target[2], target[3]  # a target was given, not measured: it isn't rounded
    actual, target, _, _ = unify(actual, target)
    if goal.comparator in ("<=", "<"):
        actual, target = target, actual
    if target[0] <= 0 <= target[1]:
        raise Undetermined("目标值或完成值为 0，完成比例没有意义")
    quotient = divide(actual, target)
    return quotient[0], quotient[1], "ratio", ONE


def _is_fraction(cell: Any, done: Quantity, goal: Quantity) -> bool:
    """Tell whether a figure without a percent sign is nearer to a target in per cent as a fraction: 0.96 to 90%."""
    others = cell.reading.alternatives if type(cell) is Fact else ()
    possible = len(_readings(done, goal)) > 1 or any(one.unit.factor == ONE for one in others)
    return possible and abs(done.value) * _MIDDLE_OF_HUNDRED < abs(goal.value)


def _exceeds(frame: Frame, args: Sequence[Any]) -> Figure:
    target = quantity_of(frame, args[1])
    if target.comparator in ("<=", "<", "=") or target.upper is not None:
        note(frame, args)
        return ZERO, ZERO, "ratio", ONE
    return subtract(_completion(frame, args), pure(ONE))


def _comparable(frame: Frame, args: Sequence[Any]) -> Truth:
    actual, target = args[0], args[1]
    note(frame, args)
    for value in (actual, target):
        if type(value) is Fact and value.reading.state in _NOTHING:
            return _UNDETERMINED, why_not(value)
    one, other = number_in(actual), number_in(target)
    if other is None:
        return YES
    return YES if one is not None and _same_kind(one, other) else NO


def _same_unit(frame: Frame, args: Sequence[Any]) -> Truth:
    one, other = quantity_of(frame, args[0]), quantity_of(frame, args[1])
    note(frame, args)
    a, b = one.unit.dimension, other.unit.dimension
    return YES if a == b or BARE in (a, b) else NO


def _leaves_out_share(frame: Frame, args: Sequence[Any]) -> Truth:
    one, other = quantity_of(frame, args[0]), quantity_of(frame, args[1])
    note(frame, args)
    shared, whole = (one, other) if one.unit.dimension.startswith(_SHARED) else (other, one)
    same = shared.base == whole.base and whole.unit.name and shared.unit.name.startswith(whole.unit.name)
    return YES if shared.unit.dimension.startswith(_SHARED) and same else NO


def _off_by_unit(frame: Frame, args: Sequence[Any]) -> Truth:
    one, other = quantity_of(frame, args[0]), quantity_of(frame, args[1])
    note(frame, args)
    named = one.unit.dimension and other.unit.dimension  # a figure without any unit has it somewhere else
    if one.unit.factor == other.unit.factor or not (named and _same_kind(one, other) and one.base and other.base):
        return NO
    scale = max(one.unit.factor, other.unit.factor) / min(one.unit.factor, other.unit.factor)
    if scale < _FEWEST_TIMES or scale.normalize().as_tuple().digits != (1,):
        return NO
    as_written, alike = abs(one.base / other.base), abs(one.value / other.value)
    return YES if _near(alike, _ALIKE) and not _near(as_written, _FAR) else NO


def _off_by_tens(frame: Frame, args: Sequence[Any]) -> Truth:
    one, other = quantity_of(frame, args[0]), quantity_of(frame, args[1])
    note(frame, args)
    _require_comparable(one, other)
    if not one.base or not other.base:
        return NO
    base = other.base
    for factor in _readings(one, other):
        if not _alike_but_for_the_point(abs(one.value * factor / base)):
            return NO
    return YES


def _alike_but_for_the_point(quotient: Decimal) -> bool:
    """Tell whether a quotient is about 10, 100 …, or one of those divided: never about 1 itself."""
    tens = quotient.adjusted()
    mantissa = quotient.scaleb(-tens)
    if mantissa > _MOST_ALIKE:
        tens, mantissa = tens + 1, mantissa / 10
    return 0 < abs(tens) <= _MOST_TENS and _LEAST_ALIKE <= mantissa <= _MOST_ALIKE


def _near(quotient: Decimal, times: int) -> bool:
    """Tell whether one figure is less than so many times the other."""
    return ONE / times <= quotient <= times


def _misplaced(frame: Frame, args: Sequence[Any]) -> Truth:
    actuals, targets = args
    rows = range(min(map(len, args)))
    unlike = [n for n in rows if _like(actuals[n], targets[n]) is False]
    if len(unlike) < _LEAST_MISPLACED:
        return NO
    rows = range(unlike[0], unlike[-1] + 1)
    note(frame, (*(targets[n] for n in unlike), actuals[unlike[0]]))
    for moved in (1, -1):
        told = [_like(actuals[n + moved], targets[n]) for n in rows if n + moved in rows]
        if False not in told and told.count(True) >= _LEAST_MISPLACED:
            return YES
    return NO


def _like(actual: Fact, target: Fact) -> bool | None:
    """Tell whether an actual may answer a target: words, a date, a number of its unit and size; None where one says nothing."""
    if actual.reading.state in _NOTHING or target.reading.state in _NOTHING:
        return None
    one, other = number_in(actual), number_in(target)
    if one is None or other is None:
        return actual.reading.state is target.reading.state
    bare = actual.text[-1:].isdigit() or target.text[-1:].isdigit()  # the unit is that of a column, and of another row
    if not bare and not _same_kind(one, other):
        return False
    low, high = sorted((one.value, other.value) if bare else (one.base, other.base))
    return low == high or 0 < high < low * _ALIKE


def _same_kind(one: Quantity, other: Quantity) -> bool:
    a, b = one.unit.dimension, other.unit.dimension
    return a == b or BARE in (a, b) or (a.startswith("count") and b.startswith("count"))


def _require_comparable(actual: Quantity, target: Quantity) -> None:
    if not _same_kind(actual, target):
        raise Undetermined(f"“{shorten(actual.text)}”与“{shorten(target.text)}”单位不同，无法比较")


def _readings(quantity: Quantity, other: Quantity) -> tuple[Decimal, ...]:
    """Return what factors a figure may have: its own, and for a bare one those of the other.

    A bare 0.98 against a percentage may be 0.98 % or 98 %: both are tried. So are those of 1.25 where it is far from the other.
    """
    if quantity.unit.dimension or quantity.unit.factor != 1 or not other.unit.dimension:
        return (quantity.unit.factor,)
    value = abs(quantity.value)
    fraction = value <= 1 or (value <= _MOST_OF_A_FRACTION and value * _MIDDLE_OF_HUNDRED < abs(other.value))
    if other.unit.dimension == "ratio" and other.unit.factor != 1 and fraction:
        return (other.unit.factor, ONE)
    return (other.unit.factor,)


def _within(actual: Quantity, mine: Decimal, target: Quantity, theirs: Decimal) -> Outcome:
    """Tell whether every value that the actual allows satisfies the target, none does, or only some."""
    low, high = _span(actual, mine)
    goal = target.value * theirs
    top = goal if target.upper is None else target.upper * theirs
    sign = target.comparator
    if target.upper is not None or sign == "=":
        slack = max(actual.step * mine, target.step * theirs) / 2
        if goal - slack <= low and high <= top + slack:
            return _PASS
        return _FAIL if high < goal - slack or low > top + slack else _UNDETERMINED
    if sign in ("<=", "<"):
        strictly = sign == "<" and actual.comparator != "<"
        return _side(high < goal or (high == goal and not strictly), low > goal or (low == goal and strictly))
    strictly = sign == ">" and actual.comparator != ">"
    return _side(low > goal or (low == goal and not strictly), high < goal or (high == goal and strictly))


def _side(all_of_it: bool, none_of_it: bool) -> Outcome:  # noqa: FBT001 (two halves of one question)
    return _PASS if all_of_it else _FAIL if none_of_it else _UNDETERMINED


def _span(actual: Quantity, factor: Decimal) -> tuple[Decimal, Decimal]:
    value = actual.value * factor
    if actual.comparator in (">=", ">"):
        return value, _INFINITE
    if actual.comparator in ("<=", "<"):
        return -_INFINITE, value
    return value, value if actual.upper is None else actual.upper * factor


FUNCTIONS = (
    Function(
        "meets",
        ("value", "value"),
        "truth",
        _meets,
        "完成值达到目标值（按目标值的 ≥ ≤ =）",
        "The actual meets the target, by the target's sign",
        "meets(实际完成值, 年度指标值)",
    ),
    Function(
        "comparable",
        ("value", "value"),
        "truth",
        _comparable,
        "完成值能与目标值比较",
        "The actual can be compared with the target",
        "comparable(实际完成值, 年度指标值)",
    ),
    Function(
        "leaves_out_share",
        ("value", "value"),
        "truth",
        _leaves_out_share,
        "两数相等，只有一个写明每份多少：300元/亩 与 300元",
        "The same figure, of which only one says of what it is a share: 300元/亩 and 300元",
        "leaves_out_share(实际完成值, 年度指标值)",
    ),
    Function(
        "completion",
        ("value", "value"),
        "ratio",
        _completion,
        "完成比例，不封顶；目标为 ≤ 时为目标值 ÷ 完成值",
        "Actual / target (target / actual below <=), not capped",
        "得分 == 分值 * min(completion(实际完成值, 年度指标值), 1)",
    ),
    Function(
        "exceeds",
        ("value", "value"),
        "ratio",
        _exceeds,
        "超出目标值的比例；目标为 = 或 ≤ 时为 0",
        "How far beyond the target; 0 for = and <=",
        "exceeds(实际完成值, 年度指标值) <= 超额比例",
    ),
    Function(
        "off_by_unit",
        ("value", "value"),
        "truth",
        _off_by_unit,
        "两数单位差千、万、亿倍，相差百倍以上，写成同一单位才相当",
        "Units differ by 千, 万 or 亿, and only in one unit the figures are alike",
        "not off_by_unit(实际完成值, 年度指标值)",
    ),
    Function(
        "off_by_tens",
        ("value", "value"),
        "truth",
        _off_by_tens,
        "移动小数点一至四位才与目标值相当",
        "Only with its decimal point moved, by one to four places, it is about the target",
        "not off_by_tens(实际完成值, 年度指标值)",
    ),
    Function(
        "same_unit",
        ("value", "value"),
        "truth",
        _same_unit,
        "单位相同或可换算；一方没写单位也算",
        "Same or convertible units, or one has none",
        "same_unit(实际完成值, 年度指标值)",
    ),
    Function(
        "misplaced",
        ("list", "list"),
        "truth",
        _misplaced,
        "至少三格与本行的指标值不是一回事（文字、日期、数的单位或大小），错开一行就都是",
        "At least three actuals don't answer the targets of their rows (words, date, unit, size), but all do those of the next",
        "not misplaced(实际完成值, 年度指标值)",
    ),
)
"""The functions of this module, for rules to call."""
