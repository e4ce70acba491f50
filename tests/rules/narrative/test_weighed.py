"""By how much a whole grew, from how much each of its parts did."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, rules

TEXT = "一般公共预算收入完成22.05亿元，增长5%，其中：税收收入13.20亿元，增长10%；非税收入8.85亿元，下降1.67%。"


def test_a_growth_rate_that_those_of_the_parts_rule_out_is_told() -> None:
    assert rules(TEXT) == []
    (found,) = findings(TEXT.replace("增长5%", "增长8%"))
    assert (found.rule, found.primary.text, found.expected) == ("NARR-005", "8%", "5%")


def test_so_is_one_of_a_part() -> None:
    (found,) = findings(TEXT.replace("增长10%", "增长19%"))
    assert (found.rule, found.primary.text, found.expected) == ("NARR-005", "5%", "10%")


@pytest.mark.parametrize(
    "change",
    [
        ("增长5%", "按同口径增长8%"),
        ("增长5%", "比预算增长8%"),
        ("增长10%", "比预算增长19%"),
        ("，下降1.67%", ""),
        ("8.85", "7.85"),
        ("一般公共预算收入完成", "工业增加值"),
    ],
    ids=["another basis", "another base", "base of a part", "no growth", "no sum", "prices of another year"],
)
def test_where_it_need_not_follow_nothing_is_told(change: tuple[str, str]) -> None:
    text = TEXT.replace("增长5%", "增长8%").replace(*change) if change[0] != "增长5%" else TEXT.replace(*change)
    assert "NARR-005" not in rules(text)


@given(st.lists(st.tuples(st.integers(10_000, 999_999), st.integers(10_000, 999_999)), min_size=2, max_size=4))
def test_rates_of_true_amounts_are_never_accused_however_they_are_rounded(years: list[tuple[int, int]]) -> None:
    def growth(now: int, before: int) -> str:
        rate = Decimal(now) / before - 1
        return f"{'增长' if rate >= 0 else '下降'}{abs(rate * 100):.1f}%"

    totals = sum(now for now, _ in years), sum(before for _, before in years)
    parts = "；".join(
        f"第{name}类收入{now}万元，{growth(now, was)}" for name, (now, was) in zip("甲乙丙丁", years, strict=False)
    )
    assert "NARR-005" not in rules(f"收入完成{totals[0]}万元，{growth(*totals)}，其中：{parts}。")
