"""Columns that others add up to, wherever they stand, as many rows show."""

from __future__ import annotations

import random

import pytest

from tests.rules.relating import WORDS, axes_of, checks, faults
from validator.model.finding import Outcome
from validator.rules.apart import sums_apart


def paid(count: int = 12, *, labels: bool = False, seed: int = 7) -> list[list[str]]:
    """A table of two kinds of help, each for two groups with their sum, people and money in turns; then both together."""
    chance = random.Random(seed)
    below = ["人数", "金额(元)"] if labels else ["", ""]
    rows = [["乡镇", *(f"{kind}{name}" for kind in ("儿童", "成人") for name in ("人数", "金额(元)")), *below]]
    rows[0] += [
        *(f"{kind}{name}" for kind in ("一级", "二级") for name in ("人数", "金额(元)")),
        *below,
        "全部人数",
        "全部金额(元)",
    ]
    for n in range(count):
        people = [chance.randrange(2, 90) for _ in range(4)]
        money = [who * price + chance.randrange(9) for who, price in zip(people, (110, 100, 120, 80), strict=True)]
        one, other = (people[0] + people[1], money[0] + money[1]), (people[2] + people[3], money[2] + money[3])
        turns = [str(x) for pair in zip(people, money, strict=True) for x in pair]
        rows.append([f"第{n + 1}镇", *turns[:4], *map(str, one), *turns[4:], *map(str, other)])
        rows[-1] += [str(a + b) for a, b in zip(one, other, strict=True)]
    return rows


def drawn_rows(rows: list[list[str]]) -> str:
    """Return rows as a drawn table."""
    return "\n".join("|".join(row) for row in rows)


def shown(text: str) -> set[tuple[str, ...]]:
    """Return each column that is a sum, by the keys of its figures: the whole, then its parts."""
    return {
        (place.pointer.path.split(".")[1], *(fact.pointer.path.split(".")[1] for fact in place.names["parts"]))  # type: ignore[union-attr]
        for axis in axes_of(text)
        if axis.across
        for place in sums_apart(axis, WORDS, frozenset(), frozenset())
        if place.pointer is not None
    }


WANTED = {
    ("c4", "c0", "c2"),
    ("c5", "c1", "c3"),
    ("c10", "c6", "c8"),
    ("c11", "c7", "c9"),
    ("c12", "c4", "c10"),
    ("c13", "c5", "c11"),
}


@pytest.mark.parametrize("labels", [False, True])
def test_sums_are_found_though_their_labels_are_lost_and_others_stand_between(labels: bool) -> None:
    assert shown(drawn_rows(paid(labels=labels))) == WANTED


@pytest.mark.parametrize("column", [1, 4, 5, 6, 9, 12, 13, 14])
def test_the_one_row_that_breaks_a_sum_is_told(column: int) -> None:
    rows = paid()
    assert faults(drawn_rows(rows)) == []
    rows[6][column] = str(int(rows[6][column]) + 31)
    assert {rule for rule, _ in faults(drawn_rows(rows))} == {"GEN-012"}


def test_rows_that_break_it_in_several_places_break_nothing() -> None:
    rows = paid()
    for n in (3, 7):
        rows[n][13] = str(int(rows[n][13]) + 31 * n)
    assert faults(drawn_rows(rows)) == []
    assert ("c12", "c4", "c10") not in shown(drawn_rows(rows))


@pytest.mark.parametrize("count", [3, 4])
def test_few_rows_show_nothing(count: int) -> None:
    assert shown(drawn_rows(paid(count))) == set()


def test_some_rows_show_a_sum_and_accuse_none() -> None:
    rows = paid(8)
    rows[4][13] = str(int(rows[4][13]) + 31)
    assert ("c12", "c4", "c10") in shown(drawn_rows(rows))
    assert faults(drawn_rows(rows)) == []


def test_a_row_with_something_of_its_own_is_not_accused() -> None:
    rows = [[*row, "说明" if n == 0 else "含补发" if n == 6 else ""] for n, row in enumerate(paid())]
    rows[6][13] = str(int(rows[6][13]) + 31)
    assert faults(drawn_rows(rows)) == []


def test_the_total_of_all_rows_is_held_to_it_where_it_is_off_downwards_too() -> None:
    rows = paid()
    total = ["合计", *(str(sum(int(row[n]) for row in rows[1:])) for n in range(1, 15))]
    assert faults(drawn_rows([*rows, total])) == []
    total[9] = str(int(total[9]) + 120)
    assert sorted(faults(drawn_rows([*rows, total]))) == [("GEN-001", total[9]), ("GEN-012", total[11])]


@pytest.mark.parametrize("seed", range(12))
def test_figures_of_chance_add_up_to_nothing(seed: int) -> None:
    chance = random.Random(seed)
    rows = [[f"{n}村", *(str(chance.randrange(1, 30)) for _ in range(20))] for n in range(7)]
    assert shown(drawn_rows([["村", *(f"栏{n}" for n in range(20))], *rows])) == set()


def test_a_difference_says_it_once() -> None:
    rows = [["镇", "上年人数", "户", "本年人数", "增减数"]]
    rows += [[f"{n}镇", str(50 + 7 * n), str(3 + n * n), str(60 + 3 * n * n), str(10 + 3 * n * n - 7 * n)] for n in range(12)]
    text = drawn_rows(rows)
    told = [e.check for e in checks(text) if e.check.outcome is Outcome.PASS]
    assert {check.rule for check in told} == {"GEN-006"}
    rows[5][3] = "9"
    assert {rule for rule, _ in faults(drawn_rows(rows))} == {"GEN-006"}
