"""Amounts that follow numbers at standards which the rows show."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from tests.rules.relating import axes_of, checks, faults
from validator.model.finding import Outcome
from validator.rules.tariffs import tariffs

AREAS = [
    "1100.2",
    "2314.25",
    "11114.39",
    "1342.52",
    "6435.4",
    "23816.44",
    "26133.44",
    "37944.6",
    "26171.25",
    "54921.06",
    "8361.21",
]


def by_area(standard: str = "86.9") -> list[list[str]]:
    """A table of areas and what was paid for them, rounded to 0.01, with a column of its own between."""
    rows = [["镇", "面积", "户", "系统数"]]
    for n, area in enumerate(AREAS):
        rows.append([f"{n}镇", area, str(323 + 37 * n * n % 700), str(round(Decimal(area) * Decimal(standard), 2))])
    return rows


def by_class(count: int = 14, seed: int = 3) -> list[list[str]]:
    """A table of pupils of four classes, each with a standard of its own, and the sum of pupils before them."""
    chance = random.Random(seed)
    rows = [["乡镇", "总人数", "小学", "", "初中", "", "资金"]]
    for n in range(count):
        pupils = [chance.randrange(3, 400) for _ in range(4)]
        amount = sum(
            (Decimal(price) * who for price, who in zip(("250", "500", "312.5", "625"), pupils, strict=True)), Decimal(0)
        )
        rows.append([f"第{n}镇", str(sum(pupils)), *map(str, pupils), str(amount.normalize().quantize(Decimal("0.1")))])
    return rows


def drawn_rows(rows: list[list[str]]) -> str:
    """Return rows as a drawn table."""
    return "\n".join("|".join(row) for row in rows)


def shown(rows: list[list[str]]) -> set[str]:
    """Return the formulas that the rows show."""
    return {
        str(place.names["formula"]) for axis in axes_of(drawn_rows(rows)) if axis.across for place in tariffs(axis, frozenset())
    }


def rules_broken(rows: list[list[str]]) -> list[tuple[str, str]]:
    return faults(drawn_rows(rows))


@pytest.mark.parametrize("standard", ["86.9", "120", "0.35", "1293.75"])
def test_one_standard_is_told_by_the_rows(standard: str) -> None:
    assert shown(by_area(standard)) == {f"面积×{standard}"}
    told = [e.check for e in checks(drawn_rows(by_area(standard))) if e.check.rule == "GEN-022"]
    assert {check.outcome for check in told} == {Outcome.PASS}
    assert len(told) == len(AREAS)


def test_several_standards_are_told_by_the_rows() -> None:
    assert shown(by_class()) == {"小学×250+第3栏×500+初中×312.5+第5栏×625"}
    assert rules_broken(by_class()) == []


@pytest.mark.parametrize("row", [1, 2, 5, 14])
@pytest.mark.parametrize("column", [3, 6])
def test_the_one_row_that_breaks_several_is_told(row: int, column: int) -> None:
    rows = by_class()
    rows[row][column] = "77777" if column == 6 else str(int(rows[row][column]) + 90)
    assert ("GEN-022", rows[row][6]) in rules_broken(rows)


@pytest.mark.parametrize(("column", "wrong"), [(1, "3241.25"), (3, "201208.33")])
def test_the_one_row_that_breaks_one_is_told(column: int, wrong: str) -> None:
    rows = by_area()
    rows[2][column] = wrong
    assert rules_broken(rows) == [("GEN-022", rows[2][3])]


def test_what_was_paid_for_more_is_no_fault_where_the_totals_bear_it_out() -> None:
    rows = [["镇", "老人", "发放数"], *([f"{n}镇", str(40 + n * n), str(80 * (40 + n * n))] for n in range(14))]
    rows[5][2] = str(int(rows[5][2]) + 3 * 80)

    assert rules_broken(rows) == [("GEN-022", rows[5][2])]
    total = ["合计", *(str(sum(int(row[n]) for row in rows[1:])) for n in (1, 2))]
    assert rules_broken([*rows, total]) == []
    rows[5][2] = str(int(rows[5][2]) + 7)
    total[2] = str(int(total[2]) + 7)
    assert rules_broken([*rows, total]) == [("GEN-022", rows[5][2])]


def test_rows_that_break_it_in_several_places_break_nothing() -> None:
    rows = by_area()
    for n in (2, 6):
        rows[n][3] = rows[n][3][::-1]
    assert rules_broken(rows) == []
    assert shown(rows) == set()


def test_amounts_that_only_come_near_follow_nothing() -> None:
    """Amounts rounded household by household are off by some yuan."""
    rows = by_area()
    for n, row in enumerate(rows[1:]):
        row[3] = str(Decimal(row[3]) + Decimal(n % 3 + 1) / 4)
    assert shown(rows) == set()


def test_numbers_nearly_in_one_proportion_follow_nothing() -> None:
    rows = [
        ["街道", "人数", "金额"],
        *([f"{n}街", str(140 + 31 * n), str(100 * (140 + 31 * n) + 10 * (n % 3 + 1))] for n in range(12)),
    ]
    assert shown(rows) == set()


@pytest.mark.parametrize("count", [2, 4])
def test_few_rows_show_nothing(count: int) -> None:
    assert shown(by_area()[: count + 1]) == set()
    assert shown(by_class(count + 3)) == set()


def test_figures_that_are_the_same_are_no_standard_of_one() -> None:
    rows = [["镇", "应发", "实发"], *([f"{n}镇", str(1000 + 37 * n * n), str(1000 + 37 * n * n)] for n in range(12))]
    assert shown(rows) == set()


@pytest.mark.parametrize("seed", range(12))
def test_figures_of_chance_follow_no_standard(seed: int) -> None:
    chance = random.Random(seed)
    rows = [[f"{n}村", *(str(chance.randrange(1, 400)) for _ in range(12)), str(chance.randrange(10**5))] for n in range(12)]
    assert shown([["村", *(f"栏{n}" for n in range(13))], *rows]) == set()
