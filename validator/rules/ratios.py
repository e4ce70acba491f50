"""Shares, growth, completion, differences, products, balances and parts beside their wholes in a table that is no known form.

Comes in: an axis of a table. Goes out: a `Place` for each figure of such a relation. Which columns belong together is guessed
from their headers and kept only where the figures bear it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import permutations
from operator import mul
from typing import NamedTuple

from validator.facts.words import Words
from validator.forms.labels import Matcher, normalise
from validator.model.fact import Fact, Pointer
from validator.model.interval import Interval
from validator.model.quantity import BARE, Quantity, Reading, State, Unit
from validator.rules.binding import Names, Value
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Line, Tie, agrees, axes, borne_out, intervals, laid_down, tie, usable

_ZERO = Decimal(0)
_ONE = Interval(Decimal(1), Decimal(1))
_PER_CENT = Decimal(100)
_TELLING = 1000
_GRAND_TOTAL = 3
"""Height of 总计."""
_MOST_COLUMNS = 24
_SHARED = 4
"""Characters that the names of a part and its whole must have in common to belong together for sure."""
_MANY_RATES = 4
"""Where so many rows have a rate, one without it was forgotten."""
_OF_A_PAIR = 2
_FEWEST_NUMBERS = 3
"""Different numbers of things that have one price: where all are one, it is only that all amounts are alike."""
_NEAR = 10
"""How many columns away the figures of a growth rate may stand."""


class _Case(NamedTuple):
    """One figure of a relation, with the figures it follows from."""

    cross: int
    stated: Fact
    operands: tuple[Fact, ...]
    holds: bool | None


def _cases(axis: Axis, line: int, others: Sequence[int], compute: Callable[[Sequence[Interval]], Interval]) -> list[_Case]:
    """Try a relation between one line and others in every cross."""
    found: list[_Case] = []
    for cross in range(len(axis.crosses)):
        stated, facts = axis.grid[line][cross], [axis.grid[p][cross] for p in others]
        operands = tuple(fact for fact in facts if fact is not None and fact.quantity is not None)
        if stated is None or stated.quantity is None or len(operands) < len(others):
            continue
        if all(fact.quantity is not None and not fact.quantity.value for fact in operands):
            continue
        found.append(_Case(cross, stated, operands, agrees(stated, compute, operands)))
    return found


def _labels(axis: Axis, line: int, cross: int) -> Names:
    row, column = axis.row_and_column(line, cross)
    return {"label": row, "行": row, "column": column, "列": column}


def _place(axis: Axis, path: str, names: Names, fact: Fact, expression: str = "") -> Place:
    return Place(path, (names,), fact.pointer, axis.section.complete, axis.section, expression)


def _amounts(axis: Axis, near: int, *, mixed: bool = False) -> list[int]:
    """Return the columns of figures that can be compared, those close to a column first.

    `mixed`: also those that measure something else in each row.
    """
    lines = axis.lines
    no_amounts = ("ratio",) if mixed else ("ratio", "*")
    found = [n for n in range(len(lines)) if n != near and abs(n - near) <= _NEAR and _measure(axis, n) not in no_amounts]
    return sorted(found, key=lambda n: (lines[n].group != lines[near].group, abs(n - near), n))


def _measure(axis: Axis, n: int) -> str:
    """Return what a line measures: money, where most of its figures are amounts and few are something else (可支付月数)."""
    line = axis.lines[n]
    if line.dimension != "*":
        return line.dimension
    named = [fact.quantity.unit.dimension for fact in axis.grid[n] if fact is not None and fact.quantity is not None]
    return "money" if named.count("money") * 3 >= len(named) * 2 else line.dimension


# --- shares ---------------------------------------------------------------------------------------------------------


def shares(axis: Axis, words: Words) -> Iterator[tuple[str, Place]]:
    """Yield the shares of a column beside their amounts, and each column of shares against 100 %."""
    for n, line in enumerate(axis.lines):
        if not words.has("shares", line.label) or words.has("growth_rates", line.label):
            continue
        fits = [
            (amount, cases) for amount in _amounts(axis, n) if (cases := _share_cases(axis, n, amount)) and _all_but_few(cases)
        ]
        if len(fits) != 1:
            continue
        whole = _whole(axis)
        whole = _row_of_all(axis, n) if whole is None else whole
        rows = _share_rows(axis)
        for case in fits[0][1]:
            part, parts = case.operands[0], case.operands[1:]
            names: Names = {
                "share": case.stated, "占比": case.stated, "part": part, "部分": part, "parts": parts, "各项": parts,
                **_labels(axis, n, case.cross),
            }  # fmt: skip
            yield "table.share", _place(axis, f"{case.stated.pointer.path}.share", names, case.stated)
        listed = tuple(fact for cross in rows if (fact := axis.grid[n][cross]) is not None and fact.quantity is not None)
        amounts = axis.grid[fits[0][0]]
        if len(listed) == len(rows) >= 2 and (whole is None or tie(amounts[whole], [amounts[c] for c in rows]) is not Tie.OFF):
            heading = axis.section.columns[line.key]
            names = {"parts": listed, "各项": listed, "column": line.label, "列": line.label}
            yield (
                "table.shares",
                Place(f"{heading.path}.shares", (names,), listed[-1].pointer, axis.section.complete, axis.section),
            )


def _whole(axis: Axis) -> int | None:
    """Return the row of the grand total, None when there is none or it isn't clear which."""
    heights = [cross.level.height if cross.kind == "total" else 0 for cross in axis.crosses]
    top = max(heights, default=0)
    found = [n for n, height in enumerate(heights) if height == top]
    return found[0] if top and len(found) == 1 and axis.crosses[found[0]].level.exact else None


def _row_of_all(axis: Axis, share: int) -> int | None:
    """Return the only row that calls itself a total, when its share is all there is."""
    found = [n for n, cross in enumerate(axis.crosses) if cross.kind == "total"]
    figure = usable(axis.grid[share][found[0]]) if len(found) == 1 else None
    return found[0] if figure is not None and figure.value in (1, _PER_CENT) else None


def _share_rows(axis: Axis) -> list[int]:
    return [n for n, cross in enumerate(axis.crosses) if cross.kind == "item"]


def _share_cases(axis: Axis, share: int, amount: int) -> list[_Case]:
    """Try each share as its part of the total row, or of the sum of all rows where there is no total row."""
    if any(cross.kind in ("unknown", "heading") for cross in axis.crosses):
        return []
    if len({cross.rank for cross in axis.crosses if cross.kind != "total"}) > 1:
        return []
    whole = _whole(axis)
    whole = _row_of_all(axis, share) if whole is None else whole
    if whole is None and any(cross.kind == "total" for cross in axis.crosses):
        return []
    bases = [axis.grid[amount][whole]] if whole is not None else [axis.grid[amount][c] for c in _share_rows(axis)]
    wholes = tuple(fact for fact in bases if fact is not None and fact.quantity is not None)
    found: list[_Case] = []
    for cross in range(len(axis.crosses)):
        stated, part = axis.grid[share][cross], axis.grid[amount][cross]
        if stated is None or part is None or stated.quantity is None or part.quantity is None or not wholes:
            continue
        operands = (part, *wholes)
        found.append(_Case(cross, stated, operands, agrees(stated, lambda b: b[0] / _sum(b[1:]), operands)))
    return found


def _sum(bounds: Sequence[Interval]) -> Interval:
    return Interval(sum((b.low for b in bounds), _ZERO), sum((b.high for b in bounds), _ZERO))


def _all_but_few(cases: Sequence[_Case]) -> bool:
    """Tell whether a guess is borne out by enough different figures."""
    kept = [case for case in cases if case.stated.quantity is not None and case.stated.quantity.value]
    different = {case.stated.quantity.value for case in kept if case.holds and case.stated.quantity is not None}
    return borne_out([case.holds for case in kept]) and len(different) >= 2


# --- growth ---------------------------------------------------------------------------------------------------------


def growths(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each growth rate whose two years are found among the columns."""
    for n, line in enumerate(axis.lines):
        named = words.has("growth_rates", line.label) or (_per_cent(line) and words.has("differences", line.label))
        if not (named or _is_nameless(axis, line)) or not _may_be_rates(axis, line):
            continue
        for case in _judged(axis, words, _pair(axis, n, lambda b: b[0] / b[1] - _ONE, mixed=True)):
            now, before = case.operands
            names: Names = {
                "rate": case.stated, "增长率": case.stated, "now": now, "本期": now, "before": before, "上期": before,
                **_labels(axis, n, case.cross),
            }  # fmt: skip
            yield _place(axis, f"{case.stated.pointer.path}.growth", names, case.stated)


def completions(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each rate of what was spent or done of a plan, both found among the columns."""
    for n, line in enumerate(axis.lines):
        named = words.has("completions", line.label) and not words.has("growth_rates", line.label)
        if not (named or _is_nameless(axis, line)) or not _may_be_rates(axis, line):
            continue
        cases = _judged(axis, words, _pair(axis, n, lambda b: b[0] / b[1]))
        if any(case.holds is False for case in cases) and not _borne_out(cases):
            continue
        left_out = _left_out(axis, n, cases)
        for case in (*cases, left_out) if left_out is not None else cases:
            yield _completion(axis, n, case)


def _borne_out(cases: Sequence[_Case]) -> bool:
    """Tell whether rates that hold show which columns they are of, as the figures are written: 98 ÷ 100 is not 97.96%.

    Amounts of money may be rounded, and one rate is enough; of numbers of things half of them have to.
    """
    holding = [case for case in cases if case.holds]
    exact = sum(_is_quotient(case) for case in holding)
    money = all(fact.quantity is not None and fact.quantity.unit.dimension == "money" for c in holding for fact in c.operands)
    return exact > 0 if money else 2 * exact >= len(holding)


def _is_quotient(case: _Case) -> bool:
    rate, (done, plan) = case.stated.quantity, (fact.quantity for fact in case.operands)
    if rate is None or done is None or plan is None or not plan.base:
        return False
    return abs(done.base / plan.base - rate.base) <= rate.step * rate.unit.factor / 2


def _left_out(axis: Axis, line: int, cases: Sequence[_Case]) -> _Case | None:
    """Return the only item without a rate, where all other rows have theirs and all hold.

    A balance has none, and a row that measures something else.
    """
    if len(cases) < _MANY_RATES or any(case.holds is False for case in cases):
        return None
    first = cases[0]
    done, plan = (next(n for n, row in enumerate(axis.grid) if row[first.cross] is fact) for fact in first.operands)
    blank: list[_Case] = []
    for cross in range(len(axis.crosses)):
        rate = axis.grid[line][cross]
        operands = [fact for n in (done, plan) if (fact := axis.grid[n][cross]) is not None]
        known = tuple(fact for fact in operands if (figure := usable(fact)) is not None and figure.value > 0)
        if rate is not None and not rate.text and len(known) == len(first.operands):
            blank.append(_Case(cross, rate, known, None))
    if len(blank) != 1:
        return None
    row = axis.crosses[blank[0].cross]
    measured = [
        {fact.quantity.unit.dimension for fact in case.operands if fact.quantity is not None} for case in (first, *blank)
    ]
    return blank[0] if measured[0] == measured[1] and row.kind == "item" and not row.balance else None


def _completion(axis: Axis, line: int, case: _Case) -> Place:
    done, plan = case.operands
    names: Names = {
        "rate": case.stated, "完成率": case.stated, "done": done, "完成数": done, "plan": plan, "计划数": plan,
        **_labels(axis, line, case.cross),
    }  # fmt: skip
    return _place(axis, f"{case.stated.pointer.path}.completion", names, case.stated)


def ratios(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each rate that is laid down to follow from two columns, all three told by their headers: one row is enough."""
    for matcher in words.ratios if axis.across else ():
        found = [(role, n) for n, line in enumerate(axis.lines) if (role := matcher.find(line.label))]
        roles = dict(found)
        if len(found) != len(roles) or len(roles) < len(("rate", "part", "whole")):
            continue
        if _measure(axis, roles["part"]) != _measure(axis, roles["whole"]):
            continue  # the unit above the table was meant for one of them only
        for case in _cases(axis, roles["rate"], (roles["part"], roles["whole"]), lambda b: b[0] / b[1]):
            yield _completion(axis, roles["rate"], case)


def differences(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each change between two years, or what is left of an amount, that are found among the columns."""
    for n, line in enumerate(axis.lines):
        named = words.has("differences", line.label) or (axis.across and words.has("remainders", line.label))
        if not named or _per_cent(line) or len(axis.lines) > _MOST_COLUMNS:
            continue
        for case in _pair(axis, n, lambda b: b[0] - b[1]) or ():
            now, before = case.operands
            names: Names = {
                "change": case.stated, "增减额": case.stated, "now": now, "本期": now, "before": before, "上期": before,
                **_labels(axis, n, case.cross),
            }  # fmt: skip
            yield _place(axis, f"{case.stated.pointer.path}.difference", names, case.stated)


def _judged(axis: Axis, words: Words, cases: Sequence[_Case] | None) -> Sequence[_Case]:
    """Return the cases to tell of: where the table compares on another basis (按同口径), only those that hold anyway."""
    if cases is None or all(case.holds is not False for case in cases):
        return cases or ()
    rows = axis.section.table.rows if axis.section.table is not None else ()
    other = any(cell is not None and words.has("other_basis", cell.text) for row in rows for cell in row)
    return [case for case in cases if case.holds is not False] if other else cases


def _may_be_rates(axis: Axis, line: Line) -> bool:
    """Tell whether a line may hold rates; a row named after one (预算执行率 | 10 | 9) may be an indicator with its points."""
    return len(axis.lines) <= _MOST_COLUMNS and (axis.across or line.dimension == "ratio")


def _is_nameless(axis: Axis, line: Line) -> bool:
    """Tell whether a column of percentages has lost its label; which rate it is, only the figures tell."""
    return axis.across and line.dimension == "ratio" and not axis.section.columns[line.key].column_label


def _per_cent(line: Line) -> bool:
    """Tell whether a column holds percentages; brackets don't count in the words of a header, but this one does."""
    return line.dimension == "ratio" or "%" in line.label or "％" in line.label


def _pair(axis: Axis, n: int, compute: Callable[[Sequence[Interval]], Interval], *, mixed: bool = False) -> list[_Case] | None:
    """Return the cases of the one pair of columns that a figure follows from; None when none or several fit.

    `mixed`: they may measure something else in each row.
    """
    fits: list[list[_Case]] = []
    measures = {p: _measure(axis, p) for p in _amounts(axis, n, mixed=mixed)}
    for now, before in permutations(measures, 2):
        if measures[now] != measures[before]:
            continue
        cases = _cases(axis, n, (now, before), compute)
        if _all_but_few(cases):
            fits.append(cases)
    if not fits:
        return None
    best = max(sum(case.holds is True for case in cases) for cases in fits)
    chosen = [cases for cases in fits if sum(case.holds is True for case in cases) == best]
    chosen = [cases for cases in chosen if not _are_points(cases[0].operands[0])] or chosen  # 得分 ÷ 分值 gives the rate back
    same = {
        tuple(fact.quantity.base for case in cases for fact in case.operands if fact.quantity is not None) for cases in chosen
    }
    return chosen[0] if len(same) == 1 else None


def _are_points(fact: Fact) -> bool:
    return fact.quantity is not None and fact.quantity.unit.dimension == "points"


# --- products -------------------------------------------------------------------------------------------------------


def products(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each amount that is a number of things times a price, or that so many times (发放月数), by their headers."""
    for matcher in words.products:
        roles: dict[str, list[int]] = {"count": [], "price": [], "amount": [], "times": []}
        for n, line in enumerate(axis.lines):
            roles.get(matcher.find(line.label) or "", []).append(n)
        if len(roles["price"]) != 1:
            continue
        price = roles["price"][0]
        fits = [
            (amount, count, cases)
            for amount in roles["amount"]
            for count in roles["count"]
            for factors in ((count, price), *((count, price, times) for times in roles["times"]))
            if _all_but_few(cases := _cases(axis, amount, factors, lambda b: reduce(mul, b)))
        ]
        if not fits or len({count for _, count, _ in fits}) > 1:
            continue
        amount, count, cases = max(fits, key=lambda fit: sum(case.holds is True for case in fit[2]))  # 应发, of 应发 and 实发
        for case in cases:
            number, unit_price, *times = case.operands
            if times:
                unit_price = _of_all_times(unit_price, times[0])
            names: Names = {
                "amount": case.stated, "金额": case.stated, "number": number, "数量": number,
                "price": unit_price, "单价": unit_price,
                **_labels(axis, amount, case.cross),
            }  # fmt: skip
            if axis.crosses[case.cross].kind == "item":
                yield _place(axis, f"{case.stated.pointer.path}.product", names, case.stated)
        yield from _products_of_totals(axis, amount, count, price, cases)


def _products_of_totals(axis: Axis, amount: int, count: int, price: int, cases: Sequence[_Case]) -> Iterator[Place]:
    """Yield the totals that are so, too, where all rows have one price: those that aren't may be sums of rounded amounts."""
    items = [case for case in cases if axis.crosses[case.cross].kind == "item"]
    known = {unit.quantity.base: unit for case in items if (unit := case.operands[1]).quantity is not None}
    if len(known) != 1 or any(len(case.operands) > _OF_A_PAIR for case in items):
        return
    ((_, unit_price),) = known.items()
    for cross, line in enumerate(axis.crosses):
        stated, number, own = axis.grid[amount][cross], axis.grid[count][cross], axis.grid[price][cross]
        if line.kind != "total" or stated is None or number is None or (own is not None and own.quantity is not None):
            continue
        if agrees(stated, lambda b: reduce(mul, b), (number, unit_price)):
            names: Names = {
                "amount": stated, "金额": stated, "number": number, "数量": number, "price": unit_price, "单价": unit_price,
                **_labels(axis, amount, cross),
            }  # fmt: skip
            yield _place(axis, f"{stated.pointer.path}.product", names, stated)


def _of_all_times(price: Fact, times: Fact) -> Fact:
    """Return what one of the things costs in all: 650元 a month, twelve times."""
    one, count = price.quantity, times.quantity
    if one is None or count is None:
        return price
    label = f"{price.pointer.column_label} × {times.pointer.column_label}"
    return inferred(one.value * count.value, one.unit, f"{price.pointer.path}.times", label)


def prices(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield numbers of things beside amounts of the same heading that follow one price in all rows but a few."""
    heads: dict[str, list[int]] = {}
    for n, line in enumerate(axis.lines):
        if line.group and line.kind == "item" and not line.rate:
            heads.setdefault(normalise(line.label), []).append(n)
    for columns in heads.values():
        counts = [n for n in columns if axis.lines[n].dimension == "count" or words.has("counts", "".join(axis.lines[n].path))]
        amounts = [n for n in columns if axis.lines[n].dimension == "money"]
        if len(counts) == 1 and amounts and len(columns) == 1 + len(amounts):
            yield from _by_one_price(axis, counts[0], amounts)
    yield from _priced_pairs(axis, words)


def _priced_pairs(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield numbers with the amount right behind them that is all their heading has besides: 80至89岁 over 人数 and 金额."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for n, line in enumerate(axis.lines):
        groups.setdefault(line.group, []).append(n)
    for columns in groups.values():
        if len(columns) != _OF_A_PAIR or columns[1] != columns[0] + 1:
            continue
        count, amount = columns
        told = [axis.lines[n] for n in columns]
        counted = told[0].dimension == "count" or words.has("counts", told[0].label)
        if counted and told[1].dimension == "money" and not any(line.rate for line in told):
            yield from _by_one_price(axis, count, [amount], alone=True)


def _by_one_price(axis: Axis, count: int, amounts: Sequence[int], *, alone: bool = False) -> Iterator[Place]:
    """Yield the rows; `alone`: nothing but the figures says that they belong together.

    Then several numbers must have the one price, and the amount of more or fewer things is no fault: some were paid later.
    """
    rows: list[tuple[int, Fact, tuple[Fact, ...], Decimal, Decimal]] = []
    for cross, line in enumerate(axis.crosses):
        number = axis.grid[count][cross]
        facts = tuple(fact for n in amounts if (fact := axis.grid[n][cross]) is not None and not fact.blank)
        figures = [usable(fact) for fact in facts]
        if line.kind != "item" or number is None or number.quantity is None or not facts or None in (usable(number), *figures):
            continue
        rows.append((cross, number, facts, number.quantity.value, sum((f.base for f in figures if f is not None), _ZERO)))
    counted = Counter(total / size for _, _, _, size, total in rows if size > 0)
    if not counted:
        return
    price, agreeing = counted.most_common(1)[0]
    off = sum(size * price != total for _, _, _, size, total in rows)
    if price <= 0 or agreeing < 5 or off > min(2, agreeing // 3):
        return
    if alone:
        if len({size for _, _, _, size, total in rows if size * price == total}) < _FEWEST_NUMBERS:
            return
        rows = [row for row in rows if row[4] % price or row[3] * price == row[4] or _shifted(row[3] * price, row[4])]
    unit = next((f.quantity.unit for _, _, facts, _, _ in rows for f in facts if f.quantity is not None), BARE)
    value = price / unit.factor
    standard = inferred(value, unit, f"{axis.section.path}.{axis.lines[count].key}.price", "由其余各行推得的单价")
    for cross, number, facts, size, _ in rows:
        due = inferred(size * value, unit, f"{number.pointer.path}.due", "数量乘单价")
        names: Names = {
            "parts": facts, "各项": facts, "number": number, "数量": number, "price": standard, "单价": standard,
            "due": due, "应发": due, **_labels(axis, count, cross),
        }  # fmt: skip
        yield _place(axis, f"{number.pointer.path}.price", names, number)


def _shifted(one: Decimal, other: Decimal) -> bool:
    """Tell whether two figures are the same but for the place of the decimal point."""
    return one.normalize().as_tuple().digits == other.normalize().as_tuple().digits


def inferred(value: Decimal, unit: Unit, path: str, label: str) -> Fact:
    """Return a figure that stands in no cell."""
    text = f"{value.normalize():f}{unit.name}"
    return Fact(Reading(State.NUMBER, text, Quantity(value, _ZERO, unit, text)), Pointer(path, "", text, "", label))


# --- balances -------------------------------------------------------------------------------------------------------


class _Account(NamedTuple):
    """The lines of one account, by what they are in it."""

    lines: dict[str, int]


def balances(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each balance that follows from income and spending, and the two sides of a two-sided table."""
    for matcher, data in zip(words.balances, words.data.balances, strict=True):
        for account in _accounts(axis, matcher):
            yield from _account_places(axis, account.lines, words, only=data.only)
    if not axis.across:
        yield from _statement(axis, words)
        yield from _sides(axis, words)
        for both in _side_by_side(axis, words):
            for matcher, data in zip(words.balances, words.data.balances, strict=True):
                lines = _account_of_sides(both, matcher, len(axis.lines))
                yield from _account_places(both, lines, words, only=data.only)


def _statement(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield what is left where one line after the other is taken away: 一、收入 less 二、成本, 三、税金, 四、费用 is 五、利润.

    The lines count on. Income less spending alone is an account as any other.
    """
    numbered = [n for n, line in enumerate(axis.lines) if line.rank and line.kind in ("item", "heading")]
    lines = [n for n in numbered if axis.lines[n].rank == axis.lines[numbered[0]].rank]
    roles = [words.statement.find(axis.lines[n].label) for n in lines]
    end = roles.index("surplus") if "surplus" in roles else 0
    counted = [axis.lines[n].ordinal for n in lines[: end + 1]] == list(range(1, end + 2))
    taken = [n for n in lines[1:end] if axis.lines[n].kind == "item"]
    if counted and len(taken) > 1 and roles[0] == "income" and "income" not in roles[1:end]:
        yield from _balance(axis, lines[end], (lines[0], *taken), "-" * len(taken), sure=False)


def _side_by_side(axis: Axis, words: Words) -> Iterator[Axis]:
    """Yield the rows of a block with those of the block to the right that has the same columns: income beside spending."""
    columns = list(axis.section.columns)
    for other in axes(axis.section, words):
        same = [cross.path for cross in other.crosses] == [cross.path for cross in axis.crosses]
        right = not other.across and columns.index(other.crosses[0].key) > columns.index(axis.crosses[0].key)
        if same and right:
            beside = tuple(line._replace(key=f"{line.key}_beside") for line in other.lines)
            yield replace(axis, lines=axis.lines + beside, grid=axis.grid + other.grid)


def _account_of_sides(both: Axis, matcher: Matcher, left: int) -> dict[str, int]:
    """Return the lines of one account whose income stands on the left and whose spending on the right, the last of each."""
    found: list[tuple[str, int]] = [
        (role, n) for n, line in enumerate(both.lines) if line.kind in ("item", "total") and (role := matcher.find(line.label))
    ]
    lines = dict(found)
    mixed = any((n < left) is (role == "spending") for role, n in found if role in ("income", "spending"))
    return {} if mixed else lines


def _accounts(axis: Axis, matcher: Matcher) -> Iterator[_Account]:
    """Yield the accounts along an axis: a new one begins where a line comes again, or with a new group of columns."""
    lines: dict[str, int] = {}
    group: tuple[str, ...] = ()
    for n, line in enumerate(axis.lines):
        role = matcher.find(line.label) if line.kind in ("item", "total") else None
        fresh = axis.across and line.group != group
        group = line.group
        if lines and (fresh or (role is not None and role in lines)):
            yield _Account(lines)
            lines = {}
        if role is not None:
            lines[role] = n
    if lines:
        yield _Account(lines)


def _account_places(axis: Axis, lines: dict[str, int], words: Words, *, only: bool) -> Iterator[Place]:
    """Yield the balances of an account; `only`: nothing but income and spending moves its balance."""
    if "income" not in lines or "spending" not in lines:
        return
    if "surplus" in lines:
        yield from _balance(
            axis,
            lines["surplus"],
            (lines["income"], lines["spending"]),
            "-",
            sure=_adjacent(lines) and words.sure_surplus(axis.lines[lines["surplus"]].label),
        )
    if {"surplus", "opening", "closing"} <= set(lines):
        yield from _balance(axis, lines["closing"], (lines["opening"], lines["surplus"]), "+", sure=False)
    elif "closing" in lines and "opening" in lines:
        chosen = (lines["opening"], lines["income"], lines["spending"])
        yield from _balance(axis, lines["closing"], chosen, "+-", sure=only and _is_all(axis, lines))


def _balance(axis: Axis, stated: int, operands: tuple[int, ...], signs: str, *, sure: bool) -> Iterator[Place]:
    """Yield the cases of one balance, when it is one: it holds as a whole, or in most columns."""
    crosses = [n for n, cross in enumerate(axis.crosses) if not cross.rate and cross.kind in ("item", "total")]

    def compute(bounds: Sequence[Interval]) -> Interval:
        value = bounds[0]
        for sign, bound in zip(signs, bounds[1:], strict=False):
            value = value + bound if sign == "+" else value - bound
        return value

    cases = [case for case in _cases(axis, stated, operands, compute) if case.cross in crosses]
    held, off = sum(case.holds is True for case in cases), sum(case.holds is False for case in cases)
    alone = sure and off == 1 and not held
    if off and not (held >= off and off <= max(1, held // 2)) and not alone:
        return
    labels = [axis.lines[n].label for n in operands]
    formula = labels[0] + "".join(f" {sign} {label}" for sign, label in zip(signs, labels[1:], strict=False))
    keys = [axis.lines[n].key for n in operands]
    expression = keys[0] + "".join(f" {sign} {key}" for sign, key in zip(signs, keys[1:], strict=False))
    for case in cases:
        named: dict[str, Value] = dict(zip(keys, case.operands, strict=True))
        names: Names = {
            **named, "stated": case.stated, "填列数": case.stated, "formula": formula, "公式": formula,
            **_labels(axis, stated, case.cross),
        }  # fmt: skip
        yield _place(axis, f"{case.stated.pointer.path}.balance", names, case.stated, expression)


def _adjacent(lines: dict[str, int]) -> bool:
    """Tell whether income, spending and surplus are all there is and stand side by side, so that nothing comes in between."""
    return set(lines) == {"income", "spending", "surplus"} and max(lines.values()) - min(lines.values()) == len(lines) - 1


def _is_all(axis: Axis, lines: dict[str, int]) -> bool:
    """Tell whether opening balance, income, spending and closing balance follow each other as items of one numbering.

    Then nothing else can come in between; what they are made of may be listed below each.
    """
    if set(lines) != {"opening", "income", "spending", "closing"} or list(lines.values()) != sorted(lines.values()):
        return False
    ranks = {axis.lines[n].rank for n in lines.values()}
    between = [n for n in range(lines["opening"], lines["closing"]) if n not in lines.values()]
    return len(ranks) == 1 and 0 not in ranks and all(axis.lines[n].rank > max(ranks) for n in between)


def _sides(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield the total of each side of a two-sided table against the other, where both stand in one row."""
    for other in axes(axis.section, words):
        if other.across or other is axis or {c.key for c in other.crosses} & {c.key for c in axis.crosses}:
            continue
        facing = _facing(axis, other, words)
        if facing is None or len(other.crosses) != len(axis.crosses):
            continue
        mine, theirs, named = facing
        pairs = [
            (cross, stated, computed)
            for cross in range(len(axis.crosses))
            if (stated := other.grid[theirs][cross]) is not None
            and (computed := axis.grid[mine][cross]) is not None
            and stated.quantity is not None
            and computed.quantity is not None
        ]
        if not named and not any(
            agrees(stated, lambda b: b[0], (computed,)) for _, stated, computed in pairs if _is_telling(stated)
        ):
            continue
        for cross, stated, computed in pairs:
            formula = axis.lines[mine].label
            names: Names = {
                "income": computed, "stated": stated, "填列数": stated, "formula": formula, "公式": formula,
                **_labels(other, theirs, cross),
            }  # fmt: skip
            yield _place(axis, f"{stated.pointer.path}.sides", names, stated, "income")


def _is_telling(fact: Fact) -> bool:
    """Tell whether a figure has so many digits that another is hardly the same by chance."""
    figure = usable(fact)
    return figure is not None and abs(figure.value) >= _TELLING * (figure.step or 1)


def _facing(axis: Axis, other: Axis, words: Words) -> tuple[int, int, bool] | None:
    """Return the totals of two sides that stand in one row, and whether their names say that they are equal.

    A grand total faces another without saying so: they may be those of two halves of one list.
    """
    named = [n for n, line in enumerate(axis.lines) if words.sides.find(line.label) == "income"]
    grand = [n for n, line in enumerate(axis.lines) if line.level.exact and line.level.height == _GRAND_TOTAL]
    right = list(axis.section.columns)
    for mine in (named, grand):
        if len(mine) != 1 or (mine is grand and right.index(other.crosses[0].key) < right.index(axis.crosses[0].key)):
            continue
        theirs = [
            n
            for n, line in enumerate(other.lines)
            if line.key == axis.lines[mine[0]].key
            and (words.sides.find(line.label) == "spending" if mine is named else line.level == axis.lines[mine[0]].level)
        ]
        if len(theirs) == 1:
            return mine[0], theirs[0], mine is named
    return None


# --- parts beside their wholes --------------------------------------------------------------------------------------


def parts(axis: Axis, words: Words) -> Iterator[Place]:
    """Yield each row or column of 其中 with the one it is a part of; not where changes stand, whose parts may be negative.

    Nor those of which that is known to be the sum, nor scores beside weights in per cent: each is one of the same scale.
    """
    told = {p for _, parts in laid_down(axis) for p in parts}
    weighted = any(cross.rate and words.has("points", cross.label) for cross in axis.crosses)
    for n, line in enumerate(axis.lines):
        whole = _whole_of(axis, n) if line.kind == "among" and not line.rate and n not in told else None
        if whole is None:
            continue
        pairs = [
            (cross, part, owner)
            for cross in range(len(axis.crosses))
            if not axis.crosses[cross].rate
            and not (weighted and words.has("scores", axis.crosses[cross].label))
            and not any(words.has("differences", text) for text in axis.crosses[cross].path)
            and (part := axis.grid[n][cross]) is not None
            and (owner := axis.grid[whole][cross]) is not None
            and part.quantity is not None
            and owner.quantity is not None
        ]
        off = sum(_exceeds(part, owner) for _, part, owner in pairs)
        own = _is_named_after(axis.lines[n].label, axis.lines[whole].label)
        if len(pairs) >= 2 and off * 2 > len(pairs) and not own:
            continue
        for cross, part, owner in pairs:
            if not own and owner.quantity is not None and not owner.quantity.value and not axis.across:
                continue
            names: Names = {"part": part, "部分": part, "whole": owner, "整体": owner, **_labels(axis, n, cross)}
            yield _place(axis, f"{part.pointer.path}.part.{'across' if axis.across else 'down'}", names, part)


def _whole_of(axis: Axis, n: int) -> int | None:
    """Return the line before 其中, if it measures the same."""
    lines = axis.lines
    for p in range(n - 1, -1, -1):
        if lines[p].kind == "among":
            continue
        same = lines[p].dimension == lines[n].dimension and not lines[p].rate
        near = not axis.across or lines[p].group in (lines[n].group, lines[n].group[:-1])
        return p if same and near and lines[p].kind in ("item", "total") else None
    return None


def _is_named_after(part: str, whole: str) -> bool:
    """Tell whether a part has the name of the whole that it stands below: 公务用车运行费 below 公务用车费."""
    one, other = normalise(part), normalise(whole)
    return any(one[n : n + _SHARED] in other for n in range(len(one) - _SHARED + 1))


def _exceeds(part: Fact, whole: Fact) -> bool:
    one, other = usable(part), usable(whole)
    bounds = intervals([one, other]) if one is not None and other is not None else None
    return bounds is not None and bounds[0].low > bounds[1].high >= 0
