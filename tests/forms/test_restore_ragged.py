"""Tables with a row on each line that lost their merged cells."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.forms.flattened import only_grid, restored

SCORES = """某项目绩效评价得分表
一级指标 分值 二级指标 分值 三级指标 分值 得分
决策 20 项目立项 10 立项依据充分性 5 5
立项程序规范性 5 4
绩效目标 10 绩效目标合理性 5 5
绩效指标明确性 5 3
产出 80 产出数量 50 实际完成率 50 48
产出质量 30 验收合格率 30 29.5
合计 100 100 100 94.5
"""
PROJECTS = """2031年项目安排表
序号 乡镇 项目名称 建设内容 总投资 财政资金 自筹资金 备注
1 柳河镇 道路硬化 新建2.3公里 120.00 100.00 20.00
2 柳河镇 灌溉渠 清淤1.8公里 80.00 80.00 0.00
小计 200.00 180.00 20.00
3 青石乡 饮水工程 蓄水池2座 65.50 60.00 5.50 跨年
合计 265.50 240.00 25.50
"""


@pytest.mark.parametrize("separator", [" ", "\t", "  "])
def test_a_row_that_lost_the_cells_merged_with_those_above_is_filled_from_its_end(separator: str) -> None:
    rows = only_grid(SCORES.replace(" ", separator))
    assert rows[1] == ["决策", "20", "项目立项", "10", "立项依据充分性", "5", "5"]
    assert rows[2] == ["", "", "", "", "立项程序规范性", "5", "4"]
    assert rows[3] == ["", "", "绩效目标", "10", "绩效目标合理性", "5", "5"]
    assert rows[7] == ["合计", "100", "", "100", "", "100", "94.5"]


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_a_total_needs_its_label_and_the_figures_and_a_remark_may_be_left_out(separator: str) -> None:
    rows = only_grid(PROJECTS.replace(" ", separator))
    assert rows[1] == ["1", "柳河镇", "道路硬化", "新建2.3公里", "120.00", "100.00", "20.00", ""]
    assert rows[3] == ["小计", "", "", "", "200.00", "180.00", "20.00", ""]
    assert rows[4][7] == "跨年"


def test_a_total_merged_over_all_columns_on_the_left_has_the_last_figures() -> None:
    rows = only_grid(SCORES.replace("合计 100 100 100 94.5", "合计 100 94.5"))
    assert rows[7] == ["", "", "", "", "合计", "100", "94.5"]


@pytest.mark.parametrize("text", [SCORES, PROJECTS])
def test_such_a_table_is_checked_and_not_accused(text: str) -> None:
    report = check(text.encode(), "form.txt")
    assert heavy(report) == []
    assert sum(check.outcome == "pass" for check in report.checks) >= 6


@pytest.mark.parametrize(("old", "new"), [("94.5", "95.5"), ("绩效目标 10", "绩效目标 12")])
def test_a_wrong_score_or_weight_is_found(old: str, new: str) -> None:
    assert heavy(check(SCORES.replace(old, new).encode(), "form.txt"))


@pytest.mark.parametrize(
    "text",
    [
        SCORES.replace("立项程序规范性 5 4", "立项程序规范性 5"),
        SCORES.replace("立项程序规范性 5 4", "立项 程序规范性 5 4"),
        PROJECTS.replace("小计 200.00 180.00", "小计 200.00"),
        PROJECTS.replace("清淤1.8公里 ", ""),
    ],
)
def test_a_line_with_figures_that_is_no_row_leaves_the_table_unread(text: str) -> None:
    document = restored(text)
    assert not document.tables
    assert document.notes


def test_a_table_that_lost_no_cell_is_left_to_others() -> None:
    assert not restored("某表\n甲 乙 丙 丁\n子 丑 1 2\n寅 卯 3 4\n辰 巳 5 6\n").tables
