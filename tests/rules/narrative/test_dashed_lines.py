"""A figure with lines below it that dashes or dots begin."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

LINES = "C、公用经费{}万元{}\n——水费50万元。\n——电费120.2万元，比上年增加3万元。\n——印刷费18.2万元{}。\nD、其他。"


def told(text: str) -> list[int]:
    """Return how many parts each total that holds has."""
    report = check(text.encode(), name="a.txt")
    return [len(one.operands) for one in report.checks if one.rule == "NARR-001" and one.outcome.value == "pass"]


def test_the_first_figures_of_the_lines_make_the_last_one_above() -> None:
    text = LINES.format("188.4", "。", "")
    assert rules(text) == []
    assert told(text) == [3]
    assert told(text.replace("——", "● ")) == [3]


def test_two_lines_make_a_long_figure() -> None:
    assert told("②人员经费5836.98万元。\n——工资5659.5万元。\n——其他177.48万元。") == [2]
    assert told("②人员经费90万元。\n——工资50万元。\n——其他40万元。") == []


@pytest.mark.parametrize("whole", ["198.4", "185.4"])
def test_a_whole_of_which_one_digit_is_wrong_is_found(whole: str) -> None:
    assert rules(LINES.format(whole, "。", "")) == ["NARR-001"]


@pytest.mark.parametrize(
    "text",
    [
        # some of them
        LINES.format("198.4", "，主要支出：", ""),
        LINES.format("198.4", "。", "等"),
        # other lines may be missing
        LINES.format("213.5", "。", ""),
        # the last line of what there is
        LINES.format("198.4", "。", "").removesuffix("\nD、其他。"),
        # last year's
        LINES.format("198.4", "。", "").replace("C、", "C、上年"),
        # a line tells no amount
        LINES.format("198.4", "。", "").replace("——水费50万元", "——水费按月支付，全年50万元"),
        # projects that it was used for, among others
        "全年办案经费9200.5万元。\n——支持甲项目500万元。\n——支持乙项目200.5万元。\n——支持丙项目300万元。\n特此说明。",
    ],
)
def test_other_lines_accuse_nothing(text: str) -> None:
    assert rules(text) == []
