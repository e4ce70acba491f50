"""Functions that look at a whole column: copies, repeats, gaps."""

# ruff: noqa: ARG001 (every function has the same signature, whether it needs the frame or not)

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from validator.model.fact import Fact
from validator.model.quantity import Quantity, State
from validator.rules.arithmetic import (
    Figure,
    Frame,
)
from validator.rules.functions.signature import NO, YES, Function, Truth
from validator.rules.functions.values import lexicon_of, note, number_in, pure, same_spelling, text_of

# Members of an enumeration are looked up slowly, and lists of cells are asked for them.
_BLANK, _NUMBER = State.BLANK, State.NUMBER
_LEAST_COPIES = 3
_LEAST_CONSTANT = 4
_LEAST_NUMBERED = 3
_LEAST_SLIPPED = 3
_PAIR = 2
_MOST_FULL = Decimal("0.7")
"""In a column that has slipped, at least so many of the rows fit to the digit: most indicators earn all their points."""
_DIGIT = re.compile(r"[\d①-⒛]")
_NUMBER_LENGTH = 16
"""Characters at the beginning of a text among which the number of an item stands, with the word before it."""
_ITEM_END = re.compile(r"[\n。;]")


def _copies(frame: Frame, args: Sequence[Any]) -> Truth:
    rows = zip(*args, strict=False)
    counted = ((one, other) for one, other, *rest in rows if len(_given(rest)) == len(rest))
    pairs = [(one, other) for one, other in counted if not (one.blank and other.blank)]
    note(frame, (fact for pair in pairs for fact in pair))
    return (
        YES
        if len(pairs) >= _LEAST_COPIES and all(_unsigned(frame, one) == _unsigned(frame, other) for one, other in pairs)
        else NO
    )


def _constant(frame: Frame, args: Sequence[Any]) -> Truth:
    given = _given(args[0])
    note(frame, given)
    return YES if len(given) >= _LEAST_CONSTANT and len({_key(frame, fact) for fact in given}) == 1 else NO


def _distinct(frame: Frame, args: Sequence[Any]) -> Figure:
    return pure(Decimal(len({_key(frame, fact) for fact in _given(args[0])})))


def _repeats(frame: Frame, args: Sequence[Any]) -> Figure:
    given = _given(args[0])
    return pure(Decimal(len(given) - len({_key(frame, fact) for fact in given})))


def _repeated(frame: Frame, args: Sequence[Any]) -> Truth:
    seen: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    rows = [row for row in zip(*args, strict=False) if isinstance(row[0], Fact)]
    first = [_key(frame, row[0]) for row in rows]
    often = Counter(first)  # one column tells most rows apart
    for row in (row for row, key in zip(rows, first, strict=True) if often[key] > 1):
        if len(_given(row)) == len(row) and not any(map(_is_nothing, row)):
            key = tuple([_key(frame, fact) for fact in row])
            if key in seen:
                note(frame, (*seen[key], *row))
                return YES
            seen[key] = row
    return NO


def _numbering_gap(frame: Frame, args: Sequence[Any]) -> Truth:
    lexicon = lexicon_of(frame)
    pattern, may_be = lexicon.numbered, lexicon.may_be_numbered
    begun = [(fact, fact.text.strip()[:_NUMBER_LENGTH]) for fact in _given(args[0])]
    numbered = [
        (fact, found)
        for fact, start in begun
        if may_be.match(start) and _DIGIT.search(start) and (found := pattern.match(unicodedata.normalize("NFKC", start)))
    ]
    numbers = [int(found[1]) for _, found in numbered]
    for n in range(1, len(numbers)):
        if numbers[n] > numbers[n - 1] + 1 and numbers[n] - 1 not in numbers:
            note(frame, (numbered[n - 1][0], numbered[n][0]))
            return YES
    return NO


def _numbering_gap_within(frame: Frame, args: Sequence[Any]) -> Truth:
    numbered = lexicon_of(frame).numbered
    text = unicodedata.normalize("NFKC", text_of(args[0]))
    found = (numbered.match(item.strip()) for item in _ITEM_END.split(text))
    numbers = [int(match[1]) for match in found if match]
    note(frame, args)
    rising = all(before < after for before, after in pairwise(numbers))
    return YES if len(numbers) >= _LEAST_NUMBERED and numbers[0] == 1 and rising and numbers[-1] > len(numbers) else NO


def _slipped(frame: Frame, args: Sequence[Any]) -> Truth:
    rows = list(zip(*([number_in(value) for value in group] for group in args[:2]), strict=False))
    beyond = [n for n, (one, limit) in enumerate(rows) if one is not None and limit is not None and one.base > limit.base]
    if not beyond:
        return NO
    note(frame, (args[1][beyond[0]], args[0][beyond[0]]))
    # The first row may stand apart: what was spent earns its points by a rate.
    return YES if _fits_next(rows, len(beyond)) or (beyond[0] and _fits_next(rows[1:], len(beyond))) else NO


def _fits_next(rows: Sequence[tuple[Quantity | None, Quantity | None]], beyond: int) -> bool:
    """Tell whether figures that differ from their limits keep those of the next row. `beyond`: how many exceed theirs."""
    here = [one.base == limit.base for one, limit in rows if one is not None and limit is not None]
    # Two rows that differ may as well be two figures in each other's place.
    if here.count(False) < _LEAST_SLIPPED:
        return False
    figures, limits = [one for one, _ in rows], [limit for _, limit in rows]
    for moved in (zip(figures, limits[1:], strict=False), zip(figures[1:], limits, strict=False)):
        known = [(one.base, limit.base) for one, limit in moved if one is not None and limit is not None]
        full = sum(one == limit for one, limit in known)
        better = beyond >= _LEAST_SLIPPED or full * len(here) > here.count(True) * len(known)
        if all(one <= limit for one, limit in known) and full >= _MOST_FULL * len(known) and better:
            return True
    return False


def _displaced(frame: Frame, args: Sequence[Any]) -> Truth:
    rates, amounts, bases = args
    rows = range(min(map(len, args)))

    def agree(n: int, other: int) -> bool | None:
        """Tell whether the rate of a row follows from the amount in another; None where that says nothing."""
        rate, amount, base = number_in(rates[n]), number_in(amounts[other]), number_in(bases[n])
        if rate is None and base is None:
            return None  # a line that is no row of the table: 填表人 below it
        if amount is None or base is None or not base.value:
            return None if amount is None or not amount.value else False
        if rate is None or not amount.value:
            return None if rate is None else not rate.value
        return rate.interval.meets(amount.interval / base.interval)

    wrong = [n for n in rows if agree(n, n) is False]
    if len(wrong) < _PAIR:
        return NO
    rows = range(wrong[0], wrong[-1] + 1)  # income has slipped, spending below it has not
    for moved in (1, -1):
        told = [agree(n, n + moved) for n in rows if n + moved in rows]
        around = agree(rows[-1], rows[0]) if moved == 1 else agree(rows[0], rows[-1])
        if False not in told and told.count(True) + (around is True) >= _PAIR < len(rows):
            note(frame, (*(fact for n in wrong for fact in (rates[n], bases[n])), amounts[wrong[0]]))
            return YES
    return NO


def _chance(frame: Frame, args: Sequence[Any]) -> Figure:
    equal: set[tuple[int, ...]] = set()
    for left, right in zip(args[0], args[1], strict=False):
        one, other = number_in(left), number_in(right)
        if one is not None and other is not None and one.base == other.base and one.base:
            equal.add(one.base.normalize().as_tuple().digits)
    return pure(Decimal(sum(len(digits) - 1 for digits in equal)))


def _is_nothing(fact: Fact) -> bool:
    """Tell whether a cell holds an amount of 0: 其他资金 may well stand twice with none. 0 of something counted is a figure."""
    quantity = fact.reading.quantity
    return quantity is not None and not quantity.value and quantity.unit.dimension in ("money", "")


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


FUNCTIONS = (
    Function(
        "repeated",
        ("lists",),
        "truth",
        _repeated,
        "有两行在这几栏都相同；金额为 0 的行不算",
        "Two rows agree in all these columns; an amount of 0 doesn't count",
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
        "numbering_gap_within",
        ("value",),
        "truth",
        _numbering_gap_within,
        "一格里分条写的内容编号中间有缺（至少三条，从 1 起）",
        "A number is missing from the items written in one cell (three at least, from 1 on)",
        "not numbering_gap_within(预期目标)",
    ),
    Function(
        "copies",
        ("list", "lists"),
        "truth",
        _copies,
        "两列逐行相同（至少三行）；另写别的列的，只看那些列也填了的行",
        "Two columns agree row by row (three rows at least); of further columns: only rows in which they are given count",
        "not copies(左列, 右列)",
    ),
    Function(
        "slipped",
        ("list", "list"),
        "truth",
        _slipped,
        "一列至少三行与另一列不同，有的超过它；错开一行来比就都不超过，大多相等，相等的也更多",
        "At least three figures differ from the other column, some exceed it; held to the next row none does, most equal it",
        "not slipped(得分, 分值)",
    ),
    Function(
        "displaced",
        ("list", "list", "list"),
        "truth",
        _displaced,
        "三行以上的比率至少有两行与本行的数不符，错开一行取数就都相符",
        "At least two rates of three or more don't follow from the amounts of their rows, but all do from those of the next",
        "not displaced(执行率, 全年执行数, 全年预算数)",
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
"""The functions of this module, for rules to call."""
