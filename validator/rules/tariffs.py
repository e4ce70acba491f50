"""Amounts that follow numbers at unchanging standards, as many rows show: 面积 | 补贴资金 at 120 each, 走读 | 寄宿 | 补助合计.

Comes in: a table seen along its columns. Goes out: a `Place` for each row of a column that is another times one figure, or the
sum of several, each times its own. The figures are told by the rows; whether a word names them doesn't matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from validator.model.fact import Fact
from validator.model.quantity import BARE, Quantity, Reading, State
from validator.rules.binding import Names, Value
from validator.rules.doubly import is_doubly_off
from validator.rules.patterns import is_held
from validator.rules.ratios import inferred
from validator.rules.scopes import Place
from validator.rules.tables import Axis, Tie, tie, usable

_ZERO = Decimal(0)
_ONE = Decimal(1)
_FEWEST_ROWS = 5
"""Rows with different figures that must agree, besides those that the standards are found by."""
_FEWEST_TO_ACCUSE = 10
_FEWEST_DIGITS = 8
"""Digits that would have to fit by chance, all rows together, after those of the standards."""
_ALIKE = 2
"""First digits of an amount that say nothing: amounts grow with numbers, and some are nearly so many times as much."""
_PROBES = 4
"""Rows by which standards are looked for: one of them may be the one that is wrong, and one may lack a figure."""
_CLOSE = 50
"""What part of a quotient another one may differ by at most to be worth a trial."""
_MOST_COLUMNS = 24
_MOST_ROWS = 400
_MOST_STANDARDS = 6
_MOST_DIGITS = 6
"""Digits of a standard: one with more was not laid down, but is a quotient of two other figures."""
_NOTHING = Decimal("1e-9")
"""What is left of a figure by the rounding of quotients."""
_Figures = Sequence[Sequence[Decimal | None]]
_LABEL = "由其余各行推得的标准"


class _Rows(NamedTuple):
    """How the rows of a table bear standards out."""

    numbers: tuple[int, ...]
    """The columns of what is paid for."""
    standards: tuple[Decimal, ...]
    held: tuple[int, ...]
    """Rows that agree, some of them within the rounding of their figures."""
    off: tuple[int, ...]
    """One item at most, and totals."""


def tariffs(axis: Axis, told: Collection[str]) -> Iterator[Place]:
    """Yield each row of a column that others give at standards which all rows but one at most show.

    `told`: addresses of figures that another relation speaks of, which need no guess.
    """
    rows = [n for n, row in enumerate(axis.crosses) if row.kind in ("item", "total") and not row.rate]
    items = [n for n in rows if axis.crosses[n].kind == "item"]
    if not axis.across or len(axis.lines) > _MOST_COLUMNS or len(rows) > _MOST_ROWS or len(items) < _FEWEST_ROWS:
        return
    figures = [[_value(fact) for fact in line] for line in axis.grid]
    plain = [n for n, line in enumerate(axis.lines) if not line.rate and line.dimension not in ("ratio", "*")]
    free = [n for n in plain if not any(fact is not None and fact.pointer.address in told for fact in axis.grid[n])]
    explained: set[int] = set()
    for amount in free:
        best = _of_one(axis, figures, amount, [n for n in plain if n not in explained], rows)
        best = best or _of_several(axis, figures, amount, [n for n in free if n not in explained], rows)
        if best is not None:
            explained.add(amount)
            yield from _places(axis, figures, amount, best)


def _value(fact: Fact | None) -> Decimal | None:
    quantity = usable(fact)
    return quantity.value if quantity is not None else None


def _step(fact: Fact | None) -> Decimal:
    quantity = usable(fact)
    return quantity.step if quantity is not None else _ZERO


# --- standards ------------------------------------------------------------------------------------------------------


def _of_one(axis: Axis, figures: _Figures, amount: int, columns: Sequence[int], rows: Sequence[int]) -> _Rows | None:
    """Return the column, nearest first, of which an amount is so many times in all rows."""
    filled = [row for row in rows if figures[amount][row] and axis.crosses[row].kind == "item"]
    largest = sorted(filled, key=lambda row: -abs(figures[amount][row] or _ZERO))[:_PROBES]
    for number in sorted((n for n in columns if n != amount), key=lambda n: (n > amount, abs(n - amount))):
        for standard in _tried(axis, figures, amount, number, largest):
            found = _judged(axis, figures, amount, (number,), (standard,), rows)
            if found is not None:
                return found
    return None


def _tried(axis: Axis, figures: _Figures, amount: int, number: int, rows: Sequence[int]) -> Iterator[Decimal]:
    """Yield the standards that some rows give, where two of them come near each other."""
    known = [row for row in rows if figures[number][row]]
    quotients = [(figures[amount][row] or _ZERO) / (figures[number][row] or _ONE) for row in known]
    near = [
        row
        for row, one in zip(known, quotients, strict=True)
        if sum(abs(one - other) * _CLOSE <= abs(one) for other in quotients) > 1
    ]
    found = dict.fromkeys(_shortest(axis, figures, amount, number, row) for row in near)
    yield from (standard for standard in found if standard is not None and standard not in (0, 1))


def _shortest(axis: Axis, figures: _Figures, amount: int, number: int, row: int) -> Decimal | None:
    """Return the quotient of two figures with as few digits as the rounding of the amount allows; None where it has many."""
    paid, count = figures[amount][row] or _ZERO, figures[number][row] or _ZERO
    half = _step(axis.grid[amount][row]) / 2
    quotient = paid / count
    for places in range(_MOST_DIGITS):
        rounded = round(quotient, places)
        if abs(rounded * count - paid) <= half:
            return rounded.normalize() if _is_short(rounded) else None
    return None


def _is_short(standard: Decimal) -> bool:
    return len(standard.normalize().as_tuple().digits) <= _MOST_DIGITS


def _of_several(axis: Axis, figures: _Figures, amount: int, columns: Sequence[int], rows: Sequence[int]) -> _Rows | None:
    """Return the run of columns right before an amount of which it is the sum, each times a standard of its own.

    Columns that are sums themselves may stand between; amounts are paid for no amounts.
    """
    before = [n for n in columns if n < amount and axis.lines[n].dimension != "money"]
    items = [row for row in rows if axis.crosses[row].kind == "item" and figures[amount][row]]
    for count in range(2, min(_MOST_STANDARDS, len(before)) + 1):
        numbers = tuple(before[-count:])
        complete = [row for row in items if all(figures[n][row] is not None for n in numbers)]
        if len(complete) < count + _FEWEST_ROWS:
            continue
        for begin in (0, count):  # one of the first rows may be the one that is wrong
            standards = _solved(figures, amount, numbers, complete[begin : begin + 3 * count])
            if standards is None:
                continue
            found = _judged(axis, figures, amount, numbers, standards, rows)
            if found is not None:
                return found
    return None


def _solved(figures: _Figures, amount: int, numbers: Sequence[int], rows: Sequence[int]) -> tuple[Decimal, ...] | None:
    """Return the standards that the first rows give which suffice; None where they are none that were laid down."""
    size = len(numbers)
    reduced: list[list[Decimal]] = []
    leads: list[int] = []
    for row in rows:
        line = [figures[n][row] or _ZERO for n in (*numbers, amount)]
        for other, at in zip(reduced, leads, strict=True):
            factor = line[at]
            if factor:
                line = [value - factor * known for value, known in zip(line, other, strict=True)]
        lead = next((n for n in range(size) if abs(line[n]) > _NOTHING), None)
        if lead is None:
            continue
        line = [value / line[lead] for value in line]
        reduced = [[v - old[lead] * known for v, known in zip(old, line, strict=True)] for old in reduced]
        reduced.append(line)
        leads.append(lead)
        if len(leads) == size:
            standards = [next(old[-1] for old, at in zip(reduced, leads, strict=True) if at == n) for n in range(size)]
            rounded = [round(standard, 4).normalize() for standard in standards]
            short = all(standard > 0 and _is_short(standard) for standard in rounded)
            return tuple(rounded) if short and set(rounded) != {Decimal(1)} else None
    return None


def _judged(
    axis: Axis,
    figures: _Figures,
    amount: int,
    numbers: tuple[int, ...],
    standards: tuple[Decimal, ...],
    rows: Sequence[int],
) -> _Rows | None:
    """Return how the rows bear standards out; None where more than one doesn't, or chance is not out."""
    held: list[int] = []
    off: list[int] = []
    exact: dict[tuple[Decimal, ...], int] = {}
    for row in rows:
        stated = figures[amount][row]
        values = [figures[n][row] for n in numbers]
        if stated is None or all(value is None for value in values):
            continue
        known = [value or _ZERO for value in values]
        difference = abs(sum((value * standard for value, standard in zip(known, standards, strict=True)), _ZERO) - stated)
        half = _step(axis.grid[amount][row]) / 2
        slack = sum((_slack(axis.grid[n][row]) * s for n, s in zip(numbers, standards, strict=True)), half)
        if difference > slack:
            off.append(row)
            if sum(axis.crosses[n].kind == "item" for n in off) > 1:
                return None
            continue
        held.append(row)
        if difference <= half and stated and axis.crosses[row].kind == "item":
            exact[tuple(known)] = max(len(str(int(abs(stated) / (2 * half or 1)))) - _ALIKE, 0)
    fewest = _FEWEST_ROWS + len(numbers) - 1
    different = all(len({known[n] for known in exact}) >= fewest for n in range(len(numbers)))
    spent = sum(len(standard.as_tuple().digits) for standard in standards)
    telling = len(exact) >= fewest and sum(exact.values()) - spent >= _FEWEST_DIGITS
    enough = different and telling and 4 * len(exact) >= 3 * len(held)
    return _Rows(numbers, standards, tuple(held), tuple(off)) if enough else None


def _slack(fact: Fact | None) -> Decimal:
    """Return how much a figure may have been rounded by: whole numbers are counted."""
    step = _step(fact)
    return step / 2 if step < 1 else _ZERO


# --- places ---------------------------------------------------------------------------------------------------------


def _places(axis: Axis, figures: _Figures, amount: int, found: _Rows) -> Iterator[Place]:
    keys = [axis.lines[n].key for n in found.numbers]
    own = f"{axis.section.path}.{axis.lines[amount].key}"
    standards = [inferred(value, BARE, f"{own}.{key}", _LABEL) for key, value in zip(keys, found.standards, strict=True)]
    formula = "+".join(f"{axis.lines[n].label}×{value:f}" for n, value in zip(found.numbers, found.standards, strict=True))
    table = tuple(tuple(line) for line in figures)
    off = [row for row in found.off if _is_accused(axis, table, amount, row, found)]
    for row in sorted((*found.held, *off)):
        stated = _plain(axis.grid[amount][row])
        counted = {key: _plain(axis.grid[n][row], counted=True) for key, n in zip(keys, found.numbers, strict=True)}
        known = {key: fact for key, fact in counted.items() if fact is not None}
        if stated is None or not known:
            continue
        paid: dict[str, Value] = {f"s{key}": fact for key, fact in zip(keys, standards, strict=True) if key in known}
        yield _place(axis, amount, row, stated, {**known, **paid}, formula, len(found.held))


def _place(axis: Axis, amount: int, row: int, stated: Fact, operands: Mapping[str, Value], formula: str, held: int) -> Place:
    label, column = axis.row_and_column(amount, row)
    names: Names = {
        **operands, "stated": stated, "填列数": stated, "formula": formula, "公式": formula,
        "rows": f"{held}", "行数": f"{held}", "label": label, "行": label, "column": column, "列": column,
    }  # fmt: skip
    expression = " + ".join(f"{key} * s{key}" for key in operands if f"s{key}" in operands)
    return Place(f"{stated.pointer.path}.tariff", (names,), stated.pointer, axis.section.complete, axis.section, expression)


def _plain(fact: Fact | None, *, counted: bool = False) -> Fact | None:
    """Return a figure as the bare number that it is; `counted`: whole ones are not rounded."""
    figure = usable(fact)
    if fact is None or figure is None:
        return None
    step = _ZERO if counted and figure.step >= 1 else figure.step
    quantity = Quantity(figure.value, step, BARE, figure.text)
    return fact._replace(reading=Reading(State.NUMBER, fact.reading.text, quantity))


def _is_accused(axis: Axis, figures: tuple[tuple[Decimal | None, ...], ...], amount: int, row: int, found: _Rows) -> bool:
    """Tell whether a row that differs is worth a finding: many others agree, and nothing in it may explain that.

    What was paid for some more or fewer, in arrears or in advance, is no fault where the totals bear all its figures out.
    """
    numbers, standards = found.numbers, found.standards
    agreeing = sum(axis.crosses[n].kind == "item" for n in found.held)
    if axis.crosses[row].kind == "total":
        weights = {amount: Decimal(-1), **dict(zip(numbers, standards, strict=True))}
        return agreeing >= _FEWEST_TO_ACCUSE and is_doubly_off(axis, row, weights)
    values = [figures[n][row] for n in numbers]
    known = [value for value in values if value is not None]
    if agreeing < _FEWEST_TO_ACCUSE or len(known) < len(values) or not is_held(axis, figures, row, {amount, *numbers}):
        return False
    missing = (figures[amount][row] or _ZERO) - sum(
        (value * standard for value, standard in zip(known, standards, strict=True)), _ZERO
    )
    step = min(_step(axis.grid[n][row]) or Decimal(1) for n in numbers)
    of_others = any(missing % (standard * step) == 0 for standard in standards)
    return not (of_others and _is_borne_out(axis, (amount, *numbers)))


def _is_borne_out(axis: Axis, columns: Sequence[int]) -> bool:
    """Tell whether some row of the table is the sum of all items in each of some columns."""
    items = [n for n, cross in enumerate(axis.crosses) if cross.kind == "item"]
    totals = [n for n, cross in enumerate(axis.crosses) if cross.kind == "total"]
    sound = (Tie.FIRM, Tie.LOOSE)
    return any(all(tie(axis.grid[c][k], [axis.grid[c][n] for n in items]) in sound for c in columns) for k in totals)
