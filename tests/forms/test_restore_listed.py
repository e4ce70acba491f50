"""Tables with a cell on each line and no pipes, whose blank cells are left out."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored

PROJECTS = (
    "2031年某区修缮项目安排表|单位：万元|序号|村名|项目名称|金额|1|东村|水渠整修|20|2|西村|桥梁加固|35.5|小计|55.5|"
    "3|南村|道路硬化|15|4|北村|5|小计|20|合计|75.5|某区财政局"
)
PAIRS = "某县经费预算表|(单位：万元)|项  目|预算数|合  计|44.16|接待费|19.48|用车费|24.68|其中：运行费|16.8|购置费|7.88|说明。"
SOURCES = "资金来源表|单位：万元|项目|上年|本年|一、中央|甲项|10|12|乙项|20|24|二、地方|丙项|30|31|丁项|5|注：含结转。"
"""A heading before the first rows and between others, and a last row that lacks a figure."""


def lines(text: str) -> str:
    """A cell on each line, with an empty line between."""
    return text.replace("|", "\n\n")


@pytest.mark.parametrize("title", ["某项目绩效评价评分表", "某项目评分表"])
def test_why_points_were_lost_may_stand_behind_the_scores(title: str) -> None:
    scores = (
        f"{title}|评价指标|分值|自评得分|扣分原因|立项程序|10|10|绩效目标|20|17|目标不够细化|"
        "资金使用|30|30|满意度|40|38|个别投诉|合计|100|95"
    )
    assert [row[:4] for row in only_grid(lines(scores))] == [
        ["评价指标", "分值", "自评得分", "扣分原因"],
        ["立项程序", "10", "10", ""],
        ["绩效目标", "20", "17", "目标不够细化"],
        ["资金使用", "30", "30", ""],
        ["满意度", "40", "38", "个别投诉"],
        ["合计", "100", "95", ""],
    ]


def test_rows_begin_with_their_serial_numbers_and_totals_with_their_labels() -> None:
    assert only_grid(lines(PROJECTS)) == [
        ["序号", "村名", "项目名称", "金额"],
        ["1", "东村", "水渠整修", "20"],
        ["2", "西村", "桥梁加固", "35.5"],
        ["", "小计", "", "55.5"],
        ["3", "南村", "道路硬化", "15"],
        ["4", "北村", "", "5"],
        ["", "小计", "", "20"],
        ["", "合计", "", "75.5"],
    ]


def test_an_amount_like_the_next_serial_number_is_none_before_a_total() -> None:
    rows = only_grid(lines(PROJECTS.replace("西村|桥梁加固|35.5|小计|55.5", "西村|桥梁加固|3|小计|23")))
    assert rows[2:5] == [["2", "西村", "桥梁加固", "3"], ["", "小计", "", "23"], ["3", "南村", "道路硬化", "15"]]


def test_an_amount_with_words_behind_it_stands_where_a_figure_should() -> None:
    rows = only_grid(lines(PROJECTS.replace("道路硬化|15", "道路硬化|15（含上年结转6万元）")))
    assert rows[4] == ["3", "南村", "道路硬化", "15（含上年结转6万元）"]


def test_words_behind_the_figures_stand_below_the_last_label() -> None:
    cells = "项目安排表|单位：万元|序号|项目|地点|金额|单位|1|修渠|东村|66|水务站|2|修桥|西村|25|交通站|3|修路|南村|39|交通站"
    rows = only_grid(lines(cells))
    assert rows[0] == ["序号", "项目", "地点", "金额", "单位"]
    assert rows[-1] == ["3", "修路", "南村", "39", "交通站"]


def test_a_label_and_a_figure_take_turns_below_two_labels() -> None:
    rows = only_grid(lines(PAIRS))
    assert rows[0] == ["项  目", "预算数"]
    assert rows[1:3] == [["合  计", "44.16"], ["接待费", "19.48"]]
    assert rows[-1] == ["购置费", "7.88"]


def test_a_label_of_remarks_may_have_nothing_below_it() -> None:
    rows = only_grid(lines(PAIRS.replace("预算数|", "预算数|备注|").replace("19.48|", "19.48|含外事接待|")))
    assert rows[0] == ["项  目", "预算数", "备注"]
    assert rows[2] == ["接待费", "19.48", "含外事接待"]


def test_headings_stand_alone_and_a_row_that_lacks_a_figure_keeps_its_label() -> None:
    document = restored(lines(SOURCES))
    (table,) = document.tables
    assert grid(table)[1:4] == [["一、中央", "", ""], ["甲项", "10", "12"], ["乙项", "20", "24"]]
    assert grid(table)[-1] == ["丁项", "", ""]
    assert table.open_rows == {len(table.rows) - 1}
    assert [note.message for note in document.notes] == ["“丁项”一行少了几格，分不出各数属于哪一栏，未作核对。"]


@pytest.mark.parametrize(
    "cells",
    [
        PAIRS.replace("项  目|", ""),
        PAIRS.replace("项  目|", "类别|项  目|"),
        PROJECTS.replace("|南村|", "|南村|12|"),
        PAIRS.replace("|其中：运行费|16.8|购置费|7.88", "").replace("|用车费|24.68", ""),
        "登录|注册|要闻|12|动态|30|公告|44|更多",
    ],
    ids=["no corner", "a label too many", "a figure too many", "too few rows", "nothing above the labels"],
)
def test_cells_that_do_not_come_out_even_are_no_table(cells: str) -> None:
    assert not restored(lines(cells)).tables


def test_a_whole_table_of_labels_and_figures_may_stand_on_one_line() -> None:
    rows = only_grid(
        "现公告如下。\n某市补助资金分配表 县区 金额（万元） 备注 合计 400.5 东县 81.5 南县 100 西县 219\n监督电话 0123-456789"
    )
    assert rows[0] == ["县区", "金额（万元）", "备注"]
    assert rows[1:3] == [["合计", "400.5", ""], ["东县", "81.5", ""]]
    assert rows[-1] == ["西县", "219", ""]


def test_words_and_figures_in_a_sentence_are_no_table() -> None:
    assert not restored("某县情况表 显示 今年 共 12 个乡镇 中 3 个 完成 任务 其余 9 个 正在 推进 预计 6 月 完成").tables


SUMMARY = (
    "项目支出绩效自评结果汇总表\n序号\n项目名称\n预算数\n执行数\n结余数\n执行率\n自评得分\n"
    "1\n网络运维\n30.00\n27.00\n3.00\n90.00\n95\n2\n设备购置\n22.00\n22.00\n0.00\n100.00\n97\n3\n基层党建\n8.00\n8.00\n0.00\n100.00\n98\n"
)


def test_a_total_whose_last_cells_are_blank_is_read_by_its_sums() -> None:
    (table,) = restored(SUMMARY + "合计\n60.00\n57.00\n3.00\n95.00").tables
    assert grid(table)[-1][1:] == ["合计", "60.00", "57.00", "3.00", "95.00", ""]
    assert not table.open_rows


def test_a_total_that_lacks_another_cell_is_not_read() -> None:
    (table,) = restored(SUMMARY + "合计\n57.00\n3.00\n95.00\n96.7").tables
    assert not any(grid(table)[-1][2:])
