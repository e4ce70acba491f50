"""Amounts that a later paragraph tells again by a longer or a shorter name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, read, rules, stated, words
from validator.rules.narrative.told_twice import told_twice

TEXT = (
    "（一）农林水事务支出类科目412658.30元，与上年持平。\n"
    "四、收支总体情况。收入全部为财政拨款，支出包括：农林水事务支出412658.30元。"
)


def _told(text: str) -> list[tuple[str, str]]:
    return [(str(names["one"]), str(names["other"])) for _, names in stated(told_twice(read(text), (), words()))]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "2028年本单位财政拨款收入为1516.64万元。\n财政拨款收入总计1516.64万元，用于办学。",
        "2028年共下达补助资金1246.2万元。\n2028年共下达我区补助资金1246.2万元，已经到位。",
    ],
)
def test_an_amount_that_is_told_again_is_one_amount(text: str) -> None:
    assert len(_told(text)) == 1
    assert rules(text) == []


def test_a_slip_of_the_pen_is_found_where_both_have_one_name() -> None:
    text = "2028年度财政拨款收入金额为15162.64万元。\n2028年财政拨款收入总计15612.64万元，用于办学。"
    (found,) = findings(text)
    assert (found.rule, found.primary.text) == ("NARR-013", "15612.64万元")


def test_digits_that_changed_places_are_found_behind_a_longer_name_too() -> None:
    (found,) = findings(TEXT.replace("支出412658.30", "支出412568.30"))
    assert (found.rule, found.primary.text) == ("NARR-013", "412568.30元")


@pytest.mark.parametrize(
    "later",
    [
        "支出包括：农林水事务支出412858.30元。",
        "支出包括：农林水事务支出412568.30元，农林水事务项目支出412658.30元。",
        "支出包括：农林水事务收入412568.30元。",
        "上半年支出包括：农林水事务支出412568.30元。",
        "甲县支出包括：全县农林水事务支出412568.30元。",
    ],
    ids=["another digit", "told again as it was", "the other side", "half a year", "another area"],
)
def test_but_nothing_else_behind_one(later: str) -> None:
    assert "NARR-013" not in rules(f"（一）农林水事务支出类科目412658.30元，与上年持平。\n{later}")


def test_round_amounts_have_their_digits_in_another_order_by_chance() -> None:
    assert "NARR-013" not in rules("农林水事务支出类科目15000万元。\n支出包括：农林水事务支出10500万元。")


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款收入1516.64万元。\n财政拨款支出1516.64万元。",
        "收到补助120万元。\n发放补助120万元。",
        "2028年财政拨款收入15162.64万元。\n2029年财政拨款收入15162.64万元。",
        "财政拨款收入15162.64万元，财政拨款收入15162.64万元。",
    ],
    ids=["both sides", "round amounts", "two years", "one paragraph"],
)
def test_other_equal_amounts_are_not_told(text: str) -> None:
    assert _told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "财政拨款收入金额为15162.64万元。\n财政拨款收入总计18612.64万元。",
        "2028年财政拨款收入金额为15162.64万元。\n2029年财政拨款收入总计15612.64万元。",
        "上半年财政拨款收入金额为15162.64万元。\n财政拨款收入总计15612.64万元。",
        "财政拨款收入预算金额为15162.64万元。\n财政拨款收入总计15612.64万元。",
        "甲局财政拨款收入金额为15162.64万元。\n乙局财政拨款收入总计15612.64万元。",
        "财政拨款收入金额为15162.64万元。\n财政拨款收入总计15612.64万元。\n财政拨款收入数15216.64万元。",
        "全市财政拨款收入金额为15162.64万元。\n市级财政拨款收入总计15612.64万元。",
    ],
    ids=["no slip", "two years", "half a year", "planned", "two offices", "three of them", "two levels"],
)
def test_amounts_that_may_be_others_accuse_nothing(text: str) -> None:
    assert "NARR-013" not in rules(text)


def test_what_is_told_already_is_not_told_again() -> None:
    (first,) = told_twice(read(TEXT), (), words())
    assert first.place.pointer is not None
    assert list(told_twice(read(TEXT), {first.place.pointer.path}, words())) == []


@given(st.lists(st.integers(100_000, 9_999_999), min_size=2, max_size=4, unique=True))
def test_amounts_of_several_names_are_never_accused(amounts: list[int]) -> None:
    lines = [f"第{name}类项目补助支出{amount / 100:.2f}万元。" for name, amount in zip("甲乙丙丁", amounts, strict=False)]
    assert rules("\n".join(lines)) == []
