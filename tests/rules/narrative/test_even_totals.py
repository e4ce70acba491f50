"""Income and spending in all, side by side."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check


def told(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [one.outcome.value for one in report.checks if one.rule == "NARR-013"]


@pytest.mark.parametrize(
    "text",
    ["2029年度收入总计1842.36万元，支出总计{}万元。", "2029年收入总计1842.36万元、支出总计{}万元，与上年相比各增加20万元。"],
)
def test_both_sides_are_one_amount(text: str) -> None:
    assert told(text.format("1842.36")) == ["pass"]
    assert rules(text.format("1842.36")) == []
    assert rules(text.format("1824.36")) == ["NARR-013"]
    assert rules(text.format("1842.63")) == ["NARR-013"]


@pytest.mark.parametrize(
    "text",
    [
        # what is left is told
        "收入总计1842.36万元，支出总计1824.36万元，结余18万元。",
        "收入总计1842.36万元，支出总计1824.36万元。收支相抵，结转下年18万元。",
        # more than a slip
        "收入总计1842.36万元，支出总计1650.20万元。",
        # two accounts, two years
        "一般公共预算收入总计1842.36万元，政府性基金支出总计1824.36万元。",
        "2029年收入总计1842.36万元，2028年支出总计1824.36万元。",
        # what was planned, and what was spent
        "收入预算总计1842.36万元，实际支出总计1824.36万元。",
    ],
)
def test_other_totals_accuse_nothing(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "全县收入预算总计调整为1842.36万元，其中转移性收入900万元。\n全县支出预算总计调整为{}万元，其中本级支出800万元。",
        "我镇政府性基金收入总计1842.36万元，其中上年结余300万元；政府性基金支出总计{}万元。",
    ],
    ids=["in paragraphs of their own", "behind a list"],
)
def test_the_other_side_may_stand_farther_on_in_the_same_words(text: str) -> None:
    assert told(text.format("1842.36")) == ["pass"]
    assert rules(text.format("1842.36")) == []
    assert rules(text.format("1824.36")) == ["NARR-013"]


@pytest.mark.parametrize(
    "text",
    [
        "全县收入预算总计调整为1842.36万元。\n政府性基金支出预算总计调整为1824.36万元。",
        "全县收入预算总计调整为1842.36万元。\n县级支出预算总计调整为1824.36万元。",
        "全县收入预算总计调整为1842.36万元。\n甲\n乙\n丙\n丁\n全县支出预算总计调整为1824.36万元。",
        "收入总计1842.36万元。\n全年政府采购情况良好。\n2028年支出总计1824.36万元。",
        "全县支出总计1824.36万元。\n全县收入总计1842.36万元。",
        "收入总计1842.36万元，其中本年收入1700万元，年初结转142.36万元；支出总计1824.36万元，年末结余18万元。",
    ],
    ids=["another account", "another level", "too far", "another year", "the other way round", "what is left"],
)
def test_one_farther_on_of_something_else_accuses_nothing(text: str) -> None:
    assert "NARR-013" not in rules(text)
