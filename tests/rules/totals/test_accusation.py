"""Figures below a total that are no sums are accused of nothing."""

from __future__ import annotations

import pytest

from tests.rules.relating import faults


def test_the_last_balance_of_an_account_is_no_sum() -> None:
    rows = (
        "摘要|收入|支出|结余\n上年结转|||126.5\n收到拨款|800||926.5\n支付设备款||356.8|569.7\n支付工程款||420|149.7\n"
        "合计|800|776.8|149.7"
    )
    assert faults(rows) == []


@pytest.mark.parametrize(
    "total",
    ["30|33.4", "30|50.2", "30|18.0", "30|200.4"],
    ids=["the mean", "the largest", "the smallest", "each part counted twice"],
)
def test_what_may_be_another_figure_of_the_list_is_no_wrong_sum(total: str) -> None:
    rows = f"班级|人数|平均分\n一班|10|50.2\n二班|12|32.0\n三班|8|18.0\n合计|{total}"
    assert faults(rows) == []


def test_the_same_figure_of_money_is_one() -> None:
    rows = "单位：万元||\n项目|预算|执行\n甲|10.5|50.2\n乙|12.5|32.0\n丙|8.0|18.0\n合计|31.0|92.2"
    assert faults(rows) == [("GEN-001", "92.2")]


def test_a_mean_of_scores_is_rounded_though_their_sum_is_not() -> None:
    rows = "项目|预算|支出|得分\n甲|30|20|97.22\n乙|50|40|93.4\n丙|20|15|96.5\n合计|100|75|{}"
    assert faults(rows.format("95.71")) == []
