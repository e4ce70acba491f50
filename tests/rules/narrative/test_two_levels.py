"""The account of an area is what those of its two levels make."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import findings, read, rules, stated, words
from validator.rules.narrative.two_levels import two_levels

NATION = (
    "全国一般公共预算收入1595.52亿元，增长4.5%。\n"
    "中央一般公共预算收入723.57亿元，增长1.2%。\n"
    "地方一般公共预算收入1466.8亿元，其中，{}871.95亿元，增长7.4%；中央对地方转移支付收入594.85亿元。"
)
CITY = "全市财政支出完成100.52亿元，增长4%。工作有序开展。\n市本级财政支出完成40.37亿元。\n县区财政支出完成{}亿元，增长2%。"


def told(text: str) -> list[tuple[object, object]]:
    return [(names["total"], names["parts"]) for _, names in stated(two_levels(read(text), (), words()))]


@pytest.mark.parametrize("own", ["地方一般公共预算本级收入", "本级收入"])
def test_what_a_level_has_of_its_own_is_a_part(own: str) -> None:
    assert told(NATION.format(own)) == [("1595.52亿元", ["723.57亿元", "871.95亿元"])]
    assert rules(NATION.format(own)) == []


@pytest.mark.parametrize(("right", "wrong"), [("60.15", "60.95"), ("60.15", "61.15")])
def test_one_wrong_digit_is_told(right: str, wrong: str) -> None:
    assert rules(CITY.format(right)) == []
    (found,) = findings(CITY.format(wrong))
    assert found.rule == "NARR-001"


@pytest.mark.parametrize(
    "text",
    [
        CITY.format("58.23"),
        CITY.format("57.15") + "\n开发区支出3亿元。",
        CITY.format("60.95").replace("县区财政", "县区教育"),
        CITY.format("60.95").replace("全市", "上年全市"),
        CITY.format("60.95").replace("全市财政支出", "全市财政收入"),
        CITY.format("60.95").replace("市本级财政", "中央财政"),
        CITY.format("60.95").replace("县区财政支出完成60", "县区财政支出完成60.15亿元，县区财政支出完成60"),
    ],
    ids=["more than a digit", "a third level", "another name", "last year", "the other side", "of another pair", "two of them"],
)
def test_other_accounts_are_left_alone(text: str) -> None:
    assert "NARR-001" not in rules(text)
