"""The functions that rules may call, each with its signature and a line of documentation in both languages.

Comes in: values of a place, as facts or as figures. Goes out: a figure, or an outcome with a reason. Functions never raise
anything but `Undetermined` and `Absent`. How calls are written and type-checked is the business of `expression`.
"""

# ruff: noqa: ARG001 (every function has the same signature, whether it needs the frame or not)

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import BARE as BARE_UNIT
from validator.model.quantity import Quantity, State
from validator.rules.arithmetic import (
    BARE,
    EXACT,
    ONE,
    PURE,
    ZERO,
    Absent,
    Figure,
    Frame,
    Undetermined,
    absolute,
    add,
    divide,
    from_quantity,
    larger,
    shorten,
    smaller,
    subtract,
    unify,
    why_not,
)
from validator.rules.source import shipped_directory

if TYPE_CHECKING:
    from validator.facts.lexicon import Lexicon

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

# Members of an enumeration are looked up slowly, and lists of cells are asked for them.
_BLANK, _NUMBER, _TEXT, _DATE = State.BLANK, State.NUMBER, State.TEXT, State.DATE
_INFINITE = Decimal("Infinity")
_LEAST_COPIES = 3
_LEAST_CONSTANT = 4
_SPACE = re.compile(r"\s+")
_BAND = re.compile(r"\d{1,4}(?:\.\d{1,4})?")


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


def _yes(condition: bool) -> Truth:  # noqa: FBT001 (it is the value that counts)
    return YES if condition else NO


@lru_cache(maxsize=16384)
def same_spelling(text: str) -> str:
    """Return a text without what doesn't count when two are compared: blanks, full width, case."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


# --- figures -----------------------------------------------------------------------------------------------------------


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


def _sum(frame: Frame, items: Sequence[Any]) -> Figure:
    return reduce(add, _figures(frame, items))


def _count(frame: Frame, items: Sequence[Any]) -> Figure:
    given = [item for item in items if type(item) is not Fact or item.reading.state is not _BLANK]
    return _pure(Decimal(len(given)))


def _rows(frame: Frame, args: Sequence[Any]) -> Figure:
    return _pure(Decimal(len(args[0])))


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
    return subtract((quotient[0], quotient[1], "ratio", ONE), _pure(ONE))


def _pure(value: Decimal) -> Figure:
    return value, value, PURE, ONE


def _figure(frame: Frame, value: Any) -> Figure:
    return frame.figure(value) if isinstance(value, Fact) else from_quantity(_quantity(frame, value))


def _note(frame: Frame, values: Iterable[Any]) -> None:
    """Note the cells among the arguments as used, where figures are taken as they stand."""
    if frame.taken == EXACT:
        frame.operands.extend([value for value in values if type(value) is Fact])


def _value(frame: Frame, args: Sequence[Any]) -> Figure:
    value = args[0]
    quantity = _quantity(frame, value)
    if not isinstance(value, Fact) or quantity.upper is None:
        return _figure(frame, value)
    _note(frame, args)
    return quantity.base, quantity.base, quantity.unit.dimension, quantity.unit.factor


def _completion(frame: Frame, args: Sequence[Any]) -> Figure:
    actual, target = _figure(frame, args[0]), _figure(frame, args[1])
    goal = _quantity(frame, args[1])
    lower_better = goal.comparator in ("<=", "<")
    _require_comparable(_quantity(frame, args[0]), goal)
    target = goal.base, goal.base, target[2], target[3]  # a target was given, not measured: it isn't rounded
    actual, target, _, _ = unify(actual, target)
    if lower_better:
        actual, target = target, actual
    if target[0] <= 0 <= target[1]:
        raise Undetermined("目标值或完成值为 0，完成比例没有意义")
    quotient = divide(actual, target)
    return quotient[0], quotient[1], "ratio", ONE


def _exceeds(frame: Frame, args: Sequence[Any]) -> Figure:
    target = _quantity(frame, args[1])
    if target.comparator in ("<=", "<", "=") or target.upper is not None:
        _note(frame, args)
        return ZERO, ZERO, "ratio", ONE
    return subtract(_completion(frame, args), _pure(ONE))


def _distinct(frame: Frame, args: Sequence[Any]) -> Figure:
    return _pure(Decimal(len({_key(frame, fact) for fact in _given(args[0])})))


def _repeats(frame: Frame, args: Sequence[Any]) -> Figure:
    given = _given(args[0])
    return _pure(Decimal(len(given) - len({_key(frame, fact) for fact in given})))


def _repeated(frame: Frame, args: Sequence[Any]) -> Truth:
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in zip(*args, strict=False):
        if all(isinstance(fact, Fact) and not fact.blank for fact in row):
            key = tuple(_key(frame, fact) for fact in row)
            if key in seen:
                _note(frame, (*seen[key], *row))
                return YES
            seen[key] = row
    return NO


def _numbering_gap(frame: Frame, args: Sequence[Any]) -> Truth:
    pattern = _shipped_lexicon().numbered
    numbered = [
        (fact, found) for fact in _given(args[0]) if (found := pattern.match(unicodedata.normalize("NFKC", fact.text.strip())))
    ]
    numbers = [int(found[1]) for _, found in numbered]
    for n in range(1, len(numbers)):
        if numbers[n] > numbers[n - 1] + 1 and numbers[n] - 1 not in numbers:
            _note(frame, (numbered[n - 1][0], numbered[n][0]))
            return YES
    return NO


def _chance(frame: Frame, args: Sequence[Any]) -> Figure:
    equal: set[tuple[int, ...]] = set()
    for left, right in zip(args[0], args[1], strict=False):
        one, other = _number(left), _number(right)
        if one is not None and other is not None and one.base == other.base and one.base:
            equal.add(one.base.normalize().as_tuple().digits)
    return _pure(Decimal(sum(len(digits) - 1 for digits in equal)))


# --- what stands in a cell -----------------------------------------------------------------------------------------------


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


def _blank(frame: Frame, args: Sequence[Any]) -> Truth:
    return _yes(all(state is _BLANK for state in _states(args[0])))


def _given_truth(frame: Frame, args: Sequence[Any]) -> Truth:
    value = args[0]
    if type(value) is tuple and value and type(value[0]) is Fact:
        for fact in value:
            if fact.reading.state is not _BLANK:
                return YES
        return NO
    return _yes(any(state is not _BLANK for state in _states(value)))


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
    return _yes(args[0] is not None)


def _state_is(wanted: State) -> Callable[[Frame, Sequence[Any]], Truth]:
    def run(frame: Frame, args: Sequence[Any]) -> Truth:
        if type(args[0]) is tuple:
            _note(frame, (fact for fact in args[0] if type(fact) is Fact and fact.reading.state is wanted))
        return _yes(wanted in _states(args[0]))

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
    quantity = value if isinstance(value, Quantity) else _number(value)
    return _yes(quantity is not None and (quantity.comparator != "" or quantity.upper is not None))


def _is_ratio(frame: Frame, args: Sequence[Any]) -> Truth:
    quantity = _number(args[0])
    return _yes(quantity is not None and quantity.unit.dimension == "ratio")


def _is_money(frame: Frame, args: Sequence[Any]) -> Truth:
    quantity = _number(args[0])
    return _yes(quantity is not None and quantity.unit.dimension == "money")


# --- dates -------------------------------------------------------------------------------------------------------------


_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[年./-](1[0-2]|0?[1-9])(?!\d)(?:[月./-](3[01]|[12]\d|0?[1-9])(?!\d))?|年)")


def _date(value: Any) -> tuple[int, ...]:
    """Return year, month and day of the one date in a text, as far as they are written; Undetermined when there is no such."""
    found = _DAY.findall(unicodedata.normalize("NFKC", text_of(value)))
    if len(found) != 1:
        raise Undetermined(f"“{shorten(text_of(value))}”里{'没有' if not found else '不止一个'}日期")
    return tuple(int(part) for part in found[0] if part)


def _year_of(frame: Frame, args: Sequence[Any]) -> Figure:
    year = _date(args[0])[0]
    _note(frame, args)
    return _pure(Decimal(year))


def _later(frame: Frame, args: Sequence[Any]) -> Truth:
    _note(frame, args)
    one, other = _date(args[0]), _date(args[1])
    shared = min(len(one), len(other))
    if one[:shared] != other[:shared] or len(one) == len(other) or len(other) == shared:
        return _yes(one[:shared] > other[:shared])
    return Outcome.UNDETERMINED, f"“{shorten(text_of(args[0]))}”没有写到日"


# --- targets and actuals ---------------------------------------------------------------------------------------------------


def _quantity(frame: Frame, value: Any) -> Quantity:
    if isinstance(value, Fact):
        return frame.quantity(value)
    if isinstance(value, Quantity):
        return value
    if isinstance(value, int):
        return Quantity(Decimal(value), ZERO, BARE_UNIT, str(value))
    raise Undetermined(f"“{shorten(str(value))}”不是数")


def _number(value: Any) -> Quantity | None:
    return value.reading.quantity if type(value) is Fact and value.reading.state is _NUMBER else None


def _same_kind(one: Quantity, other: Quantity) -> bool:
    a, b = one.unit.dimension, other.unit.dimension
    return a == b or BARE in (a, b) or (a.startswith("count") and b.startswith("count"))


def _require_comparable(actual: Quantity, target: Quantity) -> None:
    if not _same_kind(actual, target):
        raise Undetermined(f"“{shorten(actual.text)}”与“{shorten(target.text)}”单位不同，无法比较")


def _readings(quantity: Quantity, other: Quantity) -> tuple[Decimal, ...]:
    """Return what factors a figure may have: its own, and for a bare one those of the other.

    A bare 0.98 against a percentage may be 0.98 % or 98 %: both are tried.
    """
    if quantity.unit.dimension or quantity.unit.factor != 1 or not other.unit.dimension:
        return (quantity.unit.factor,)
    if other.unit.dimension == "ratio" and other.unit.factor != 1 and abs(quantity.value) <= 1:
        return (other.unit.factor, ONE)
    return (other.unit.factor,)


def _meets(frame: Frame, args: Sequence[Any]) -> Truth:
    _note(frame, args)
    for value in args:
        if type(value) is Fact and (value.reading.state is _TEXT or value.reading.state is _DATE):
            word = "日期" if value.reading.state is _DATE else "文字"
            return Outcome.UNDETERMINED, f"“{shorten(value.text)}”是{word}，无法与目标值比较"
    actual, target = _quantity(frame, args[0]), _quantity(frame, args[1])
    _require_comparable(actual, target)
    outcomes = {
        _within(actual, mine, target, theirs) for mine in _readings(actual, target) for theirs in _readings(target, actual)
    }
    outcome = outcomes.pop() if len(outcomes) == 1 else Outcome.UNDETERMINED
    if outcome is Outcome.PASS:
        return YES
    if outcome is Outcome.FAIL and not (actual.approximate or target.approximate):
        return NO
    return Outcome.UNDETERMINED, f"“{shorten(actual.text)}”是否达到“{shorten(target.text)}”说不准"


def _within(actual: Quantity, mine: Decimal, target: Quantity, theirs: Decimal) -> Outcome:
    """Tell whether every value that the actual allows satisfies the target, none does, or only some."""
    low, high = _span(actual, mine)
    goal = target.value * theirs
    top = goal if target.upper is None else target.upper * theirs
    sign = target.comparator
    if target.upper is not None or sign == "=":
        slack = max(actual.step * mine, target.step * theirs) / 2
        if goal - slack <= low and high <= top + slack:
            return Outcome.PASS
        return Outcome.FAIL if high < goal - slack or low > top + slack else Outcome.UNDETERMINED
    if sign in ("<=", "<"):
        strictly = sign == "<" and actual.comparator != "<"
        return _side(high < goal or (high == goal and not strictly), low > goal or (low == goal and strictly))
    strictly = sign == ">" and actual.comparator != ">"
    return _side(low > goal or (low == goal and not strictly), high < goal or (high == goal and strictly))


def _side(all_of_it: bool, none_of_it: bool) -> Outcome:  # noqa: FBT001 (two halves of one question)
    return Outcome.PASS if all_of_it else Outcome.FAIL if none_of_it else Outcome.UNDETERMINED


def _span(actual: Quantity, factor: Decimal) -> tuple[Decimal, Decimal]:
    value = actual.value * factor
    if actual.comparator in (">=", ">"):
        return value, _INFINITE
    if actual.comparator in ("<=", "<"):
        return -_INFINITE, value
    return value, value if actual.upper is None else actual.upper * factor


def _comparable(frame: Frame, args: Sequence[Any]) -> Truth:
    actual, target = args[0], args[1]
    _note(frame, args)
    for value in (actual, target):
        if isinstance(value, Fact) and value.reading.state in (_BLANK, State.GARBLED, State.FUSED):
            return Outcome.UNDETERMINED, why_not(value)
    one, other = _number(actual), _number(target)
    if other is None:
        return YES
    return _yes(one is not None and _same_kind(one, other))


def _same_unit(frame: Frame, args: Sequence[Any]) -> Truth:
    one, other = _quantity(frame, args[0]), _quantity(frame, args[1])
    _note(frame, args)
    a, b = one.unit.dimension, other.unit.dimension
    return _yes(a == b or BARE in (a, b))


# --- texts -------------------------------------------------------------------------------------------------------------


def text_of(value: Any) -> str:
    """Return the text of a value; Undetermined when nothing stands there."""
    if isinstance(value, Fact):
        if value.reading.state is _BLANK:
            raise Undetermined(why_not(value))
        return value.text
    return value.text if isinstance(value, Quantity) else str(value)


def _same_text(frame: Frame, args: Sequence[Any]) -> Truth:
    for group in args:
        _note(frame, _texts(group))
    one, other = (
        same_spelling(text_of(group)) if type(group) is Fact and group.reading.state is not _BLANK
        else "".join(same_spelling(text_of(value)) for value in _texts(group) if not _is_blank(value))
        for group in args
    )  # fmt: skip
    if not one or not other:
        return Outcome.UNDETERMINED, "没有可比的文字"
    return _yes(one == other)


def _is_blank(value: Any) -> bool:
    return isinstance(value, Fact) and value.blank


@lru_cache(maxsize=1)
def _shipped_lexicon() -> Lexicon:
    from validator.facts.lexicon import load_lexicon

    return load_lexicon(shipped_directory() / "common" / "lexicon.yaml")


def _explained(frame: Frame, args: Sequence[Any]) -> Truth:
    lexicon = _shipped_lexicon()
    for value in _texts(args[0]):
        _note(frame, (value,))
        if isinstance(value, Fact) and value.reading.state is _BLANK:
            continue
        text = value.text if isinstance(value, Fact) else str(value)
        if any(char.isalnum() for char in text) and not lexicon.no_reason(text):
            return YES
    return NO


def _mentions(frame: Frame, args: Sequence[Any]) -> Truth:
    words = _pattern(_words(args[1:]))
    for value in _texts(args[0]):
        _note(frame, (value,))
        if words.search(same_spelling(value.text if isinstance(value, Fact) else str(value))):
            return YES
    return NO


def _one_of(frame: Frame, args: Sequence[Any]) -> Truth:
    words = _spelled(_words(args[1:]))
    for value in _texts(args[0]):
        _note(frame, (value,))
        if same_spelling(value.text if isinstance(value, Fact) else str(value)) in words:
            return YES
    return NO


def _words(groups: Sequence[Any]) -> tuple[str, ...]:
    """Return the words of lists and single texts together."""
    only = groups[0]
    if len(groups) == 1 and type(only) is tuple and only and type(only[0]) is str:
        return only
    return tuple([text_of(word) for group in groups for word in (group if type(group) is tuple else (group,))])


@lru_cache(maxsize=1024)
def _spelled(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(same_spelling(word) for word in words)


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile a list of words; `*` in a word stands for up to twelve characters."""
    spelled = [".{0,12}?".join(map(re.escape, same_spelling(word).split("*"))) for word in words if word.strip()]
    return re.compile("|".join(spelled) if spelled else "(?!)")


def _texts(value: Any) -> tuple[Any, ...]:
    return () if value is None else value if type(value) is tuple else (value,)


def _grade_fits(frame: Frame, args: Sequence[Any]) -> Truth:
    grade, score = same_spelling(text_of(args[0])), _quantity(frame, args[1])
    _note(frame, args[:2])
    bands = sorted(_bands(args[2:]), key=lambda band: -band[1])
    named = [band for band in bands if any(grade.startswith(word) for word in band[0])]
    if not named:
        raise Undetermined(f"“{shorten(text_of(args[0]))}”不是已知的等级")
    whole = score.value.quantize(ONE, rounding=ROUND_HALF_UP)
    for value in (score.value, whole):
        fitting = next((band for band in bands if value >= band[1]), None)
        if fitting in named:
            return YES
        if frame.expected is None and fitting is not None:
            frame.expected = fitting[0][0]
    return NO


def _bands(groups: Iterable[Any]) -> Iterable[tuple[tuple[str, ...], Decimal]]:
    """Read lines such as `优|优秀 90`: the words of a grade and the lowest score that earns it."""
    for group in groups:
        for line in group if type(group) is tuple else (group,):
            words, _, lowest = str(line).rpartition(" ")
            if not words or not _BAND.fullmatch(lowest):
                raise Undetermined(f"等级“{shorten(str(line))}”应写成 优|优秀 90")
            yield tuple(same_spelling(word) for word in words.split("|")), Decimal(lowest)


# --- columns ---------------------------------------------------------------------------------------------------------------


def _given(values: Iterable[Any]) -> list[Fact]:
    return [fact for fact in values if isinstance(fact, Fact) and fact.reading.state is not _BLANK]


def _key(frame: Frame, fact: Fact) -> tuple[Any, ...]:
    """Return what two cells have in common when they say the same."""
    quantity = fact.reading.quantity
    if fact.reading.state is _NUMBER and quantity is not None:
        return quantity.base, quantity.upper, quantity.comparator, quantity.unit.dimension
    return (same_spelling(fact.text),)


def _unsigned(frame: Frame, fact: Fact) -> tuple[Any, ...]:
    """Return what two cells have in common when they say the same but for ≥ and ≤."""
    quantity = fact.reading.quantity
    return _key(frame, fact) if quantity is None else (quantity.base, quantity.upper)


def _copies(frame: Frame, args: Sequence[Any]) -> Truth:
    pairs = [(one, other) for one, other in zip(args[0], args[1], strict=False) if not (one.blank and other.blank)]
    _note(frame, (fact for pair in pairs for fact in pair))
    return _yes(len(pairs) >= _LEAST_COPIES and all(_unsigned(frame, one) == _unsigned(frame, other) for one, other in pairs))


def _constant(frame: Frame, args: Sequence[Any]) -> Truth:
    given = _given(args[0])
    _note(frame, given)
    return _yes(len(given) >= _LEAST_CONSTANT and len({_key(frame, fact) for fact in given}) == 1)


_ALL = (
    Function(
        "sum",
        ("items",),
        "same",
        _sum,
        "各数之和；空格不计",
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
        "value",
        ("value",),
        "same",
        _value,
        "目标值或完成值中的数；范围取下限",
        "The number of a target or an actual; of a range the lower end",
        "得分 == 分值 * value(实际完成值) / value(年度指标值)",
    ),
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
    Function(
        "grade_fits",
        ("value", "value", "words"),
        "truth",
        _grade_fits,
        "等级与分数相符；分数线写成 优|优秀 90",
        "The grade word fits the score, by lines such as 优|优秀 90",
        "grade_fits(header.grade, header.total_score, 等级分数线)",
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
    Function(
        "repeated",
        ("lists",),
        "truth",
        _repeated,
        "有两行在这几栏都相同",
        "Two rows agree in all these columns",
        "not repeated(三级指标, 年度指标值)",
    ),
    Function(
        "numbering_gap",
        ("list",),
        "truth",
        _numbering_gap,
        "编号中间有缺",
        "A number is missing from a numbering",
        "not numbering_gap(三级指标)",
    ),
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
        "same_unit",
        ("value", "value"),
        "truth",
        _same_unit,
        "单位相同或可换算；一方没写单位也算",
        "Same or convertible units, or one has none",
        "same_unit(实际完成值, 年度指标值)",
    ),
    Function(
        "same_text",
        ("any", "any"),
        "truth",
        _same_text,
        "文字相同；空格和全半角不计",
        "Same text; blanks and width don't count",
        "not same_text(年度指标值, 实际完成值)",
    ),
    Function(
        "explained",
        ("maybe",),
        "truth",
        _explained,
        "写了原因，不是“无”“-”之类",
        "A reason is given, not just 无 or a dash",
        "explained(偏差原因)",
    ),
    Function(
        "mentions",
        ("maybe", "words"),
        "truth",
        _mentions,
        "文字里有其中一个词",
        "The text has one of the words in it",
        'mentions(三级指标, "满意度")',
    ),
    Function(
        "one_of",
        ("maybe", "words"),
        "truth",
        _one_of,
        "文字就是其中一个词；空格和全半角不计",
        "The text is one of the words; blanks and width don't count",
        'one_of(三级指标, "预算执行率", "资金执行率")',
    ),
    Function(
        "copies",
        ("list", "list"),
        "truth",
        _copies,
        "两列逐行相同（至少三行）",
        "Two columns agree row by row (three rows at least)",
        "not copies(左列, 右列)",
    ),
    Function(
        "constant",
        ("list",),
        "truth",
        _constant,
        "各格都是同一个值（至少四格）",
        "All values are the same (four at least)",
        "not constant(各值)",
    ),
    Function("distinct", ("list",), "number", _distinct, "不同的值有几个", "Number of different values", "distinct(各值) > 1"),
    Function(
        "repeats",
        ("list",),
        "number",
        _repeats,
        "重复出现的值有几格",
        "Number of cells that repeat an earlier one",
        "repeats(三级指标) == 0",
    ),
    Function(
        "chance",
        ("list", "list"),
        "number",
        _chance,
        "两列相同的数，除首位外共几位有效数字 k；巧合的可能约为 10 的 -k 次方",
        "Digits beyond the first in equal figures: chance is about 10 to the minus this",
        "chance(左列, 右列) < 6",
    ),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({function.name: function for function in _ALL})
"""By name."""
