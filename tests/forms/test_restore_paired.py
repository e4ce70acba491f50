"""Columns without a header row, each label before its value, become rows of a table again in whatever shape they arrive."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored

TITLE = ["专项转移支付区域绩效目标自评表", "（2019年度）"]
FUNDS = [
    ["预算执行情况（万元）", "预算数：", "640.00", "执行数：", "596.50"],
    ["", "其中：中央补助", "400.00", "其中：中央补助", "400.00"],
    ["", "地方资金", "240.00", "地方资金", "196.50"],
]
REST = [
    ["年度目标完成情况", "预期目标", "目标实际完成情况"],
    ["", "修复河道18公里。", "已修复河道19公里。"],
    ["", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成指标值"],
    ["", "产出指标", "数量指标", "修复河道长度", "≥18公里", "19公里"],
    ["", "", "质量指标", "验收合格率", "≥95%", "100%"],
]


def flat(rows: list[list[str]], shape: str) -> str:
    """The form as text: a row a line with tabs, blanks or pipes, or a cell a line with or without a pipe."""
    if shape in ("\t", " | "):
        return "\n".join([*TITLE, *(shape.join(row) for row in rows)])
    if shape == " ":
        return "\n".join([*TITLE, *(" ".join(filter(None, row)) for row in rows)])
    cells = [text for row in rows for text in row]
    return "\n".join([*TITLE, *((f"{text} |" if text else "|") if shape == "piped" else text for text in cells)])


@pytest.mark.parametrize("shape", ["\t", " ", " | ", "line", "piped"])
def test_labels_before_their_values_are_rows_whatever_the_shape(shape: str) -> None:
    rows = [row for table in restored(flat([*FUNDS, *REST], shape)).tables for row in grid(table)]
    found = [[text for text in row if text] for row in rows]
    for row in FUNDS:
        assert [text for text in row if text] in found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["预算执行情况 预算数：640 执行数：596"], [["预算执行情况", "预算数", "640", "执行数", "596"]]),
        (
            ["全年预算数 640", "其中：中央补助 400", "地方资金 240", "全年执行数 596", "其中：中央补助 400", "地方资金 196"],
            [
                ["全年预算数", "640", "全年执行数", "596"],
                ["其中：中央补助", "400", "其中：中央补助", "400"],
                ["地方资金", "240", "地方资金", "196"],
            ],
        ),
        (
            ["预算数 640 执行数 596 20", "其中：中央补助 640 万元 其中：中央补助 596 万元", "地方资金 万元 地方资金 万元"],
            [
                ["预算数", "640", "执行数", "596"],
                ["其中：中央补助", "640 万元", "其中：中央补助", "596 万元"],
                ["地方资金", "地方资金"],
            ],
        ),
        (
            [
                *[
                    "计划安排资金",
                    "(万元)",
                    "90",
                    "实际到位资金",
                    "(万元)",
                    "90",
                    "实际支出",
                    "(万元)",
                    "82",
                    "结余(万元)",
                    "8",
                ],
                *["其中：中央财政", "60"] * 3,
                *["其中：中央财政", *["省财政"] * 4],
                *["县财政", "30", "县财政", "30", "县财政", "22", "县财政", "8", "二、支出明细", "支出内容"],
            ],
            [
                ["计划安排资金(万元)", "90", "实际到位资金(万元)", "90", "实际支出(万元)", "82", "结余(万元)", "8"],
                ["其中：中央财政", "60", "其中：中央财政", "60", "其中：中央财政", "60", "其中：中央财政"],
                ["省财政"] * 4,
                ["县财政", "30", "县财政", "30", "县财政", "22", "县财政", "8"],
            ],
        ),
    ],
    ids=["in one cell", "column by column", "a score behind them", "a balance beside them"],
)
def test_labels_and_values_are_paired(lines: list[str], expected: list[list[str]]) -> None:
    (table,) = restored("\n".join([*TITLE, *lines])).tables
    assert [[text for text in row if text] for row in grid(table)][: len(expected)] == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["预算数 640 580 执行数 596"],
        ["预算数 640 执行数 596"],
        ["全年预算数 640", "其中：中央补助 400", "地方资金 240", "全年执行数 596", "其中：中央补助 596"],
        ["预算执行情况 预算数 640 其中：中央补助 400"],
        ["预算数 640 执行数 596", "其中：一季度 150 其中：一季度 120", "二季度 160 二季度 150"],
    ],
    ids=[
        "two figures behind a label",
        "nothing tells funds from other amounts",
        "parts of one column",
        "one column",
        "quarters",
    ],
)
def test_what_may_be_read_in_two_ways_stays_text(lines: list[str]) -> None:
    assert not restored("\n".join([*TITLE, *lines])).tables
