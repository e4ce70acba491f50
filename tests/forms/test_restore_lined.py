"""Tables with a row on each line, some of which lack a unit or a figure."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored

REPORT = """某县社会事务月报
指标名称 单位 数量 上期 环比
1 2 3
一、资金
事业费支出 万元 406.1 345.7 17.47
1.抚恤支出 万元 81.2 65.8 23.40
2.救助支出 万元 164.9 152.7 7.99
二、人数
城市低保人数 756 759 -0.40
其中：新增 23
农村低保人数 4,166 4,180 -0.33
附件下载
"""


def test_a_row_may_lack_its_unit_and_a_heading_stands_alone() -> None:
    (table,) = restored(REPORT).tables
    rows = grid(table)
    assert rows[0] == ["指标名称", "单位", "数量", "上期", "环比"]
    assert rows[1:3] == [["一、资金", "", "", "", ""], ["事业费支出", "万元", "406.1", "345.7", "17.47"]]
    assert rows[6] == ["城市低保人数", "", "756", "759", "-0.40"]
    assert rows[-1] == ["农村低保人数", "", "4,166", "4,180", "-0.33"]


def test_a_row_that_lacks_a_figure_keeps_its_name_and_is_told() -> None:
    document = restored(REPORT)
    (table,) = document.tables
    assert grid(table)[7] == ["其中：新增", "", "", "", ""]
    assert table.open_rows == {7}
    assert [note.message for note in document.notes] == ["“其中：新增”一行少了几格，分不出各数属于哪一栏，未作核对。"]


@pytest.mark.parametrize(
    "change",
    [
        ("单位 数量", "数量"),
        ("附件下载", "附件 下载 1 2 3 4"),
        ("164.9 152.7 7.99", "164.9 152.7 7.99 8"),
        ("指标名称", "数量"),
    ],
    ids=["no column of units", "figures behind it", "a figure too many", "a label twice"],
)
def test_lines_that_do_not_come_out_even_are_no_table(change: tuple[str, str]) -> None:
    assert not restored(REPORT.replace(*change)).tables
