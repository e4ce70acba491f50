"""Lists that the end of a text breaks off."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules

LIST = "基金收入9635.65万元。其中：统筹基金收入5059.51万元，个人账户收入4279.73万元"


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        f"{LIST}，财政补助",
        f"{LIST}，财政补助收入2",
        "支出799.12万元。其中：人员经费支出434.89万元，公用经费支出77.4万元，项目支出286.",
        "下达扶贫资金264万元。\n甲县：扶贫资金152万元；\n乙县：扶贫资金71万元；\n丙县：扶贫资金26万元；\n开发区：扶贫资金1",
        "自评得分97.1分，扣2.9分，其中预算执行扣0.5分，社会效益扣1.7分，产出数量扣",
        "绩效自评总得分96分。其中：预算执行10分，得9.7分；产出50分，得50分；效益30分，得27.3分；满意度",
        "收入3773万元，增收244万元。其中：税收收入2237万元，增收35万元，非税收入1536万元，增收2",
    ],
)
def test_a_list_that_may_go_on_behind_the_end_of_the_text_leaves_nothing_open(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize("behind", ["。", "；", "，历年结余。", "\n特此公告"])
def test_one_that_has_ended_must_add_up(behind: str) -> None:
    assert rules(f"{LIST}{behind}") == ["NARR-001"]


def test_scores_of_a_list_that_has_ended_must_add_up() -> None:
    assert rules("自评得分97.1分，扣2.9分，其中预算执行扣0.5分，社会效益扣1.7分。") == ["NARR-009"]


def test_a_rate_of_its_own_ends_a_list() -> None:
    assert rules("公开案件2700件，其中有效案件2250件，无效案件50件，有效率97.83%") == ["NARR-001"]
    assert rules("公开案件2700件，其中有效案件2250件，占83.3%，无效案件50件，占1.9%") == []


def test_parts_that_exceed_their_whole_do_so_whatever_follows() -> None:
    assert rules("支出90万元，其中人员经费支出70万元，公用经费支出30万元，项目") == ["NARR-001"]
