"""Items of a list that are taken off what the others make."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

SYSTEMS = (
    "全县一般公共预算收入完成58.3亿元，同比增长3%。\n"
    "分征收系统看，国税部门完成21.6亿元；地税部门完成25.8亿元；财政部门完成12.4亿元；{}亿元。"
)
SENTENCE = "全年预算收入5830万元，其中：税务部门2160万元，地税部门2580万元，财政部门1240万元，扣除出口退税{}万元。"


def accounts(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [f"{one.rule} {one.outcome.value}" for one in report.checks if one.rule in ("NARR-001", "NARR-002", "NARR-007")]


@pytest.mark.parametrize("text", [SYSTEMS.format("政策性退税1.5"), SYSTEMS.format("办理退库1.5"), SENTENCE.format("150")])
def test_what_is_taken_off_makes_an_account(text: str) -> None:
    assert rules(text) == []
    assert "NARR-007 pass" in accounts(text)


@pytest.mark.parametrize("text", [SYSTEMS.format("政策性退税1.6"), SENTENCE.format("180")])
def test_a_list_that_adds_up_neither_way_is_left_alone(text: str) -> None:
    assert rules(text) == []


def test_a_wrong_item_without_such_a_name_is_found() -> None:
    assert rules(SYSTEMS.format("其他部门1.5")) == ["NARR-001"]
    assert rules("预算收入5830万元，其中：国税部门2160万元，地税部门2580万元，财政部门1240万元。") != []


def test_taxes_paid_back_are_an_item_like_others_of_what_is_spent_and_where_the_list_adds_up() -> None:
    spent = "外贸扶持支出600万元，其中：出口退税补助200万元，展会补贴300万元，其他{}万元。"
    assert rules(spent.format("100")) == []
    assert rules(spent.format("150")) == ["NARR-001"]
