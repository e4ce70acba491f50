"""What is left of both sides of an account once one is set off against the other."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check


@pytest.mark.parametrize(
    "text",
    [
        "收入合计640万元。\n支出合计512万元。\n收支相抵，年终结余158万元。",
        "收入80万元，上级补助收入40万元，上年结余20万元，支出96万元。\n收支相抵，年终结余54万元。",
        "收入总计16425万元。本年支出14211万元，上解支出1103万元，支出总计15314万元，收支相抵，结转下年支出1411万元。",
        "收入合计16.42亿元，支出合计15.31亿元。结转下年1.41亿元。",
        "收入42亿元，加上上缴收入24.3亿元，收入总量66.3亿元；支出总量59.8亿元。本年收支结余决算数7.5亿元，年末滚存结余30亿元。",
    ],
)
def test_what_is_left_is_what_came_less_what_went(text: str) -> None:
    assert rules(text) == ["NARR-007"]


@pytest.mark.parametrize(
    "text",
    [
        "收入合计640万元。\n支出合计512万元。\n收支相抵，年终结余128万元。",
        "收入80万元，上级补助收入40万元，上年结余20万元，支出96万元。\n收支相抵，年终结余44万元。",
        "收入总量66.3亿元；支出总量59.8亿元。本年收支结余决算数6.5亿元，年末滚存结余30亿元。",
        "上年结余2亿元，收入总量66.3亿元；支出总量59.8亿元。本年收支结余决算数4.5亿元，年末滚存结余6.5亿元。",
        # what else may have come or gone
        "收入合计640万元。\n支出合计512万元。\n上解支出20万元。\n收支相抵，年终结余108万元。",
        "上年结余30万元，收入合计640万元。\n支出合计512万元。\n收支相抵，年终结余158万元。",
        "收入总计640万元，支出总计640万元。\n收支相抵，年终结余58万元。",
        "收入80万元，调入资金40万元，支出96万元。\n收支相抵，年终结余54万元。",
        # no word says so, and more than one digit is other
        "收入合计16.42亿元，支出合计15.31亿元。结转下年1.36亿元。",
    ],
)
def test_what_else_may_have_come_or_gone_accuses_nothing(text: str) -> None:
    assert rules(text) == []


def deficits(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [one.outcome.value for one in report.checks if one.rule == "NARR-007"]


BUDGET = (
    "地方收入1466.1亿元。加上调入资金59.5亿元，收入总量为1525.6亿元。地方支出1604.3亿元，增长7.4%。"
    "收支总量相抵，地方财政赤字{}亿元，与预算持平。"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BUDGET.replace("支出1604.3", "支出总量1604.3").format("78.7"), []),
        (BUDGET.replace("支出1604.3", "支出总量1604.3").format("87.7"), ["NARR-007"]),
        (BUDGET.replace("支出1604.3", "支出总量1604.3").replace("收支总量相抵", "年初").format("87.7"), []),
        (BUDGET.format("87.7"), []),
    ],
    ids=["holds", "doesn't", "not said", "no total of one side"],
)
def test_a_deficit_is_what_all_spending_is_more_than_all_income(text: str, told: list[str]) -> None:
    assert rules(text) == told


def test_the_only_spending_is_all_of_it_where_it_bears_the_deficit_out() -> None:
    assert deficits(BUDGET.format("78.7")) == ["pass"]
    assert deficits(BUDGET.format("87.7")) == []
