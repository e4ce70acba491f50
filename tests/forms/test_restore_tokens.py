"""Lines cut into cells: what pipes close, and where a line goes on below."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored
from validator.forms.restore.tokens import cut, is_closed_below

OCR = """项目支出绩效自评表(2023年度) | | | | | | | |
预算执行情况(10分) | 预算数(万元) | 年初预算 | 预算执行数 | | 预算执行率 | 权重 | 得分 |
| 总额 | 5.00 | 5.00 | | 100.00% | | 10 |
| 其中：财政资金 | 5.00 | 5.00 | | 100.00% | / | / |
"""
"""All cells of a table, blank ones too, in rows of which some begin with a blank cell."""
ON_LINES = """项目支出绩效自评表
一级指标 | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | 得分 | |
产出指标 | 数量指标 | 宣传片 | 1部 | 1部 | 10 | |
质量指标 | 审查通过率 | 100% | 100% | 10 | ||
成本指标
| 制作费 | 200万元 | 195.5万元 | 10 | |||
效益指标 | 社会效益指标 | 知晓率 | ≥80% | 85% | 10 | |
总分 | 40分 | ||||||
"""


def test_blank_cells_of_a_grid_keep_those_behind_them_in_their_columns() -> None:
    header, total, part = only_grid(OCR)[-3:]

    assert total[header.index("得分")] == "10"
    assert total[header.index("权重")] == ""
    assert part[header.index("权重")] == "/"


def test_rows_that_were_filled_up_with_pipes_are_no_grid() -> None:
    lossy = OCR.replace("| 总额 | 5.00 | 5.00 | | 100.00% | | 10 |", "| 总额 | 5.00 | 5.00 | 100.00% | 10 |||")

    assert "L3" in [note.address.partition(":")[0] for note in restored(lossy).notes]
    assert not restored(OCR).notes


def test_a_cell_that_is_closed_in_the_line_below_begins_the_row_there() -> None:
    rows = only_grid(ON_LINES)

    assert [row[2:] for row in rows if "成本指标" in row] == [["成本指标", "制作费", "200万元", "195.5万元", "10"]]
    assert rows[-1][-1] == "40分"


@pytest.mark.parametrize(
    ("lines", "closed"),
    [
        (("甲 | 1 |", "乙", "| 2 | 3 |"), True),
        (("甲 | 1 |", "乙", "丙 | 2 |"), False),
        (("甲 | 1 |", "乙 | 4 |", "| 2 | 3 |"), False),
        (("| 甲 | 1 |", "乙", "| 2 | 3 |"), False),
        (("甲 | 1 |", "", "| 2 | 3 |"), False),
        (("甲 | 1 |", "乙", "|"), False),
        (("甲", "乙", "| 2 | 3 |"), False),
    ],
)
def test_which_lines_are_closed_below(lines: tuple[str, ...], closed: bool) -> None:
    assert is_closed_below(lines, 1) is closed


@pytest.mark.parametrize(
    ("below", "columns"),
    [
        ("指标值 完成值", ["年度指标值", "实际完成值"]),
        ("指标值 完成值 说明", []),
        ("水闸维修 完成值", []),
    ],
)
def test_labels_of_which_each_half_stands_in_a_line_of_its_own_are_put_together(below: str, columns: list[str]) -> None:
    rows = [
        row
        for table in restored(
            "项目支出绩效自评表\n一级指标 二级指标 三级指标 年度 实际 分值 得分 偏差原因分析及改进措施\n"
            f"{below}\n产出指标 数量指标 水闸维修 6座 7座 30 30\n质量指标 验收合格率 100% 98% 20 19"
        ).tables
        for row in grid(table)
    ]

    header = next((row for row in rows if "三级指标" in row), [])
    assert [label for label in header if label in ("年度指标值", "实际完成值")] == columns
    if columns:
        assert rows[-1][3:8] == ["验收合格率", "100%", "98%", "20", "19"]


SPACED = """项目支出绩效自评表
项目名称 管网改造
资金来源 年初预算 调整预算 实际执行 执行率 权重 得分
合计 300.00 320.00 300.00 93.75% 10 9.38
财政拨款 280.00 300.00 280.00 93.33% - -
一级指标 二级指标 三级指标 年度指标值 实际完成值 未完成原因 权重 得分
产出指标 数量指标 改造管网长度 ≥12公里 12.5公里 无 50 50
效益指标 社会效益指标 受益人口 ≥3.2万人 3.4万人 无 40 39.5
总分 100 98.88
"""


def test_a_total_below_a_header_is_no_part_of_its_last_label() -> None:
    cells = SPACED.replace(" ", "\n")
    spread = SPACED.replace("合计", "合 计")
    for text in (SPACED, cells, SPACED.replace("\n", " "), spread, spread.replace("\n", " ")):
        rows = [[cell for cell in row if cell] for table in restored(text).tables for row in grid(table)]
        assert ["合计", "300.00", "320.00", "300.00", "93.75%", "10", "9.38"] in rows


@pytest.mark.parametrize(
    "label",
    ["实际执行 执行率", "权重 得分\n合计", "一级指标 二级指标 三级指标", "实际完成值 未完成原因", "未完成原因 权重 得分\n产出"],
)
def test_labels_of_columns_that_lost_the_blank_between_them_are_told_apart(label: str) -> None:
    fused = label.split("\n", maxsplit=1)[0].replace(" ", "") + "".join(label.partition("\n")[1:])
    messed = SPACED.replace(label, fused)
    assert messed != SPACED
    assert [grid(table) for table in restored(messed).tables] == [grid(table) for table in restored(SPACED).tables]


GROUPED = """绩效目标自评表
一级指标 二级指标 三级指标 分值 年度指标值 实际完成值 得分
产出指标（60分） 数量指标 改造管网长度 30 ≥12公里 12.5公里 30
质量指标 验收合格率 30 ≥95% 97% 30
满意度指标（40分） 服务对象满意度指标 群众满意度 40 ≥90% 92% 40
总分 100 100
"""


@pytest.mark.parametrize(
    "words",
    [
        "数量指标 改造",
        "质量指标 验收",
        "满意度指标（40分） 服务",
        "满意度指标（40分） 服务对象满意度指标 群众",
        "服务对象满意度指标 群众",
    ],
)
def test_group_words_that_lost_the_blank_before_a_name_are_taken_off_it(words: str) -> None:
    messed = GROUPED.replace(words, words.replace(" ", ""))
    assert messed != GROUPED
    assert only_grid(messed) == only_grid(GROUPED)


def test_words_that_only_begin_like_a_group_stay_whole() -> None:
    text = GROUPED.replace("≥95% 97%", "社会效益显著 质量指标达成")
    assert {"社会效益显著", "质量指标达成"} <= {cell for row in only_grid(text) for cell in row}


def test_lines_with_as_many_pipes_as_the_labels_are_cut_by_slots() -> None:
    lines = (
        "一级指标 | 三级指标 | 指标值 | 完成值 | 分值",
        " | 管网长度 | ≥12公里 | 12公里 | 20",
        " | 竣工率 |  | 100% | ",
        "总分 |  |  |  | 40",
    )
    assert [token.slot for token in cut(lines, lambda _: False) if token.line == 2] == [1, 3]
    assert all(token.slot < 0 for token in cut((*lines[:1], "管网长度 | ≥12公里 | 12公里 | 20", *lines[2:]), lambda _: False))


WITH_POINTS = """项目支出绩效自评表
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 管网长度 ≥12公里 12公里 30 30
{} 质量指标 竣工率 100% 100% 20 20
效益指标 社会效益指标 受益人口 ≥3万人 3.4万人 40 40
预算执行率 10 10
总分 100 100
"""


@pytest.mark.parametrize(
    ("below", "word"),
    [
        ("(50)", "产出指标(50)"),
        ("（50分）", "产出指标（50分）"),
        ("(50分)\n", "产出指标(50分)"),
        ("(5)", "产出指标"),
        ("\n", "产出指标"),
    ],
    ids=["bare", "with a unit", "alone", "of one digit", "none"],
)
def test_points_on_the_line_below_a_group_are_those_of_the_group(below: str, word: str) -> None:
    rows = only_grid(WITH_POINTS.format(below))
    first, second = (row for row in rows if {"管网长度", "竣工率"} & {*row})
    assert (first[1], second[2]) == (word, "质量指标")


def test_points_below_a_row_of_no_outer_group_are_a_group_of_their_own() -> None:
    rows = only_grid(WITH_POINTS.format("").replace("效益指标 社会效益指标", "（40分）\n社会效益指标"))
    assert [row[1] for row in rows if "受益人口" in row] == ["（40分）"]


def test_the_label_of_the_rows_is_no_part_of_the_label_beside_it() -> None:
    lines = ("项目 预算数 执行数 完成预算%", "基金收入合计 620.00 651.00 105.00%", "利息收入 20.00 21.00 105.00%")
    rows = only_grid("\n".join(("某市养老保险基金预算绩效自评表", *lines)))
    assert [" ".join(cell for cell in row if cell) for row in rows] == [*lines]


def test_a_word_that_may_be_a_group_is_kept_as_one_though_it_may_be_a_name() -> None:
    (row,) = (row for row in only_grid(WITH_POINTS.format("")) if "10" in row)
    assert row[1] == "预算执行率"


def test_the_end_of_a_label_that_is_one_without_it_is_put_to_it() -> None:
    rows = (
        "一级指标 二级指标 三级指标 年度指 实际完成 分值 得分 偏差原因分析及改进措",
        "标值 值 施",
        "产出指标 数量指标 水闸维修 6座 7座 30 30",
    )
    (table,) = restored("\n".join(("项目支出绩效自评表", *rows, "质量指标 验收合格率 100% 98% 20 19"))).tables
    assert grid(table)[0][-5:] == ["年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]


def test_points_of_a_group_that_were_broken_are_put_together() -> None:
    rows = (
        "效益指标(30分) 社会效益指标 受益人口 ≥3人 3人 30 30",
        "满意度",
        "指标(1",
        "0分) 服务对象满意度指标 村民满意度 ≥85% 86% 10 10",
    )
    text = "\n".join(("项目支出绩效自评表", "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分", *rows))
    assert any("满意度指标(10分)" in row for table in restored(text).tables for row in grid(table))
