"""What two years that are told side by side have changed by."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import read, rules, stated, words
from validator.rules.narrative.beside_last_year import beside_last_year

INCOME = "本单位本年收入总计1233.33万元，上年收入1306.89万元。与去年相比收入减少了{}万元。"
SPENDING = "2023年办公支出150.25万元，上年办公支出120.20万元，增加{}万元，增长{}。"


def told(text: str) -> list[tuple[object, object]]:
    return [(names["stated"], names["formula"]) for _, names in stated(beside_last_year(read(text), frozenset(), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (INCOME.format("73.56"), [("73.56万元", "上期 - 本期")]),
        (INCOME.format("73.86").replace("。与去年", "，与去年"), [("73.86万元", "上期 - 本期")]),
        (SPENDING.format("30.05", "25%"), [("30.05万元", "本期 - 上期"), ("25%", "本期 / 上期 - 1")]),
    ],
)
def test_the_change_is_that_between_the_two(text: str, expected: object) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (INCOME.format("73.86"), "NARR-006"),
        (SPENDING.format("30.05", "28%"), "NARR-005"),
        (SPENDING.format("36.05", "25%"), "NARR-006"),
    ],
)
def test_a_wrong_change_is_told(text: str, rule: str) -> None:
    assert rule in rules(text)
    assert rules(INCOME.format("73.56")) == rules(SPENDING.format("30.05", "25%")) == []


@pytest.mark.parametrize(
    "text",
    [
        INCOME.format("73.86").replace("上年收入", "上年支出"),
        INCOME.format("73.86").replace("与去年相比收入", "与去年相比项目收入"),
        INCOME.format("73.86").replace("与去年相比收入", "与预算相比"),
        INCOME.format("73.86").replace("上年收入1306.89万元", "上年收入1306.89万元，前年收入1100万元"),
        INCOME.format("73.86").replace("上年收入", "上年结转收入"),
        INCOME.format("73.86").replace("。与去年", "。各项工作有序开展。与去年"),
        INCOME.format("约73").replace("了约", "约"),
    ],
    ids=["the other side", "of a part", "since the budget", "three years", "carried over", "far behind", "an estimate"],
)
def test_another_change_is_left_alone(text: str) -> None:
    assert told(text) == []
