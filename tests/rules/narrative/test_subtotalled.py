"""Items between semicolons that each tell their own total."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

PRICED = (
    "甲镇本次兑现面积为1200亩，共计{}元。其中森林抚育兑现1200亩，标准为22元/亩，共计兑现金额26400元；"
    "成果巩固兑现1200亩，标准为18元/亩，共计兑现金额21600元。"
)
GROUPED = (
    "全年投入民生资金{}万元。其中甲、乙、丙三个重点项目合计2600万元；敬老院建设930万元（改扩建13所）；"
    "保护中心经费400万元；康复中心300万元；诊疗楼210万元；老年设施60万元。"
)


def told(text: str) -> list[int]:
    """Return how many parts each total that holds has."""
    report = check(text.encode(), name="a.txt")
    return [len(one.operands) for one in report.checks if one.rule == "NARR-001" and one.outcome.value == "pass"]


def test_items_with_totals_of_their_own_make_their_whole() -> None:
    assert rules(PRICED.format(48000)) == rules(GROUPED.format(4500)) == []
    assert told(PRICED.format(48000)) == [2]
    assert told(GROUPED.format(4500)) == [6]


def test_a_whole_that_they_dont_make_is_found() -> None:
    assert rules(PRICED.format(49000)) == rules(GROUPED.format(4600)) == ["NARR-002"]


@pytest.mark.parametrize(
    "text",
    [
        # by time and by source
        "全年支付9000万元。其中1至6月共支付4200万元；7月支付750万元；全年中央资金共计3800万元。",
        # the second is a part of the first
        "项目总投资9000万元。其中一期共计5000万元；一期中土建合计3900万元。",
        # where from, and what for
        "收回存量资金9000万元。其中部门预算结余共计5000万元；安排用于民生支出共计3900万元。",
        # one item tells two figures
        "全年收入9000万元。其中甲县3000万元，比上年增加10万元，两县合计8000万元；乙县5500万元。",
        # last year's
        "下达资金9000元。其中上年甲项20户，每户100元，合计2000元；乙项30户，每户200元，合计6000元。",
    ],
)
def test_other_lists_accuse_nothing(text: str) -> None:
    assert rules(text) == []
