"""What is owed against the most that may be owed."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

BOTH = (
    "上级核定我县政府债务限额96.4亿元，其中一般债务41.2亿元、专项债务55.2亿元，"
    "年末全县政府债务余额为{}亿元，其中一般债务{}亿元、专项债务{}亿元。"
)


def told(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [one.outcome.value for one in report.checks if one.rule == "NARR-030"]


def test_a_balance_and_its_parts_stay_within_their_limits() -> None:
    assert told(BOTH.format("93.1", "40.9", "52.2")) == ["pass"] * 3
    assert told("年末国债余额120.5亿元，控制在年度预算限额126.3亿元以内。") == ["pass"]


@pytest.mark.parametrize(
    "text",
    [
        BOTH.format("98.1", "40.9", "57.2"),
        BOTH.format("94.1", "41.9", "52.2"),
        "年末国债余额130.5亿元，控制在年度预算限额126.3亿元以内。",
    ],
)
def test_one_above_its_limit_is_found(text: str) -> None:
    assert "NARR-030" in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        # of another area, of another year, of another stock
        "县本级债务限额36.4亿元，全县债务余额93.1亿元。",
        "全县债务限额96.4亿元，上年债务余额97.1亿元。",
        "采购限额标准50万元，年末存款余额93万元。",
        "新增债务限额6.4亿元。年末债务余额93.1亿元。",
        "省下达新增债务限额86.4亿元，年末债务余额93.1亿元。",
        "专项债务限额36.4亿元，年末政府债务余额93.1亿元。",
    ],
)
def test_other_figures_accuse_nothing(text: str) -> None:
    assert "NARR-030" not in rules(text)
