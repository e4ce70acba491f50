"""Tables of no form whose cells are closed by pipes, as pages that became text have them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.building import checking
from tests.forms.flattened import grid, only_grid, restored
from tests.work import calls
from validator.model.document import Paragraph
from validator.pipeline import check

ON_LINES = """2031年某县“三公”经费情况表 | ||||
单位：万元 | ||||
项目 | 上年数 | 本年数 | 比上年增减情况 | |
增减额 | 增减幅度 | |||
合计 | 90.00 | 72.00 | -18.00 | -20.00% |
公务接待费 | 40.00 | 30.00 | -10.00 | -25.00% |
公务用车费 | 50.00 | 42.00 | -8.00 | -16.00% |
"""
ON_CELLS = """附表2 |
|
|
云溪县债务余额表 |
|
|
项 目 |
预算数 |
执行数 |
一、年末余额 |
30.5 |
30.5 |
其中：外债 |
|
|
二、发行额 |
4.5 |
4.2 |
三、还本额 |
1.0 |
1.0 |
"""
"""A cell on each line; cells that hold a blank keep their pipe."""
TWO_GROUPS = """单位 | 全年资金 | 其中：免学费 | 其中：助学金 | ||||
小计 | 先下达 | 再下达 | 小计 | 先下达 | 再下达 | ||
青石中学 | 700 | 500 | 300 | 200 | 200 | 150 | 50 |
白石中学 | 900 | 600 | 400 | 200 | 300 | 250 | 50 |
"""
RATE_BESIDE_GROUPS = """科目 | 年度计划 | 累计 | 当月 | 累计为计划% | ||||
本期 | 同期 | 增减率% | 本期 | 同期 | 增减率% | |||
税收 | 4,000 | 2,600 | 2,400 | 8.3 | 300 | 250 | 20.0 | 65.0 |
非税 | 1,000 | 700 | 800 | -12.5 | 90 | 80 | 12.5 | 70.0 |
"""
LOSSY = """项目 | 年初数 | 全年数 | 执行数 | 执行率 | |
合计 | 500.00 | 640.00 | 320.00 | 50.00% | |
人员经费 | 300.00 | 340.00 | 170.00 | 50.00% | |
公用经费 | 200.00 | 250.00 | 125.00 | 50.00% | |
追加项目 | 50.00 | 25.00 | 50.00% | ||
"""


def test_a_title_closed_by_a_pipe_is_no_cell_of_the_row_below() -> None:
    table = "项目 | 预算数 | 决算数 | 完成率 |\n合计 | 90.00 | 72.00 | 80.00% |\n办公费 | 90.00 | 72.00 | 80.00% |"
    assert only_grid(f"某局支出情况表 |\n{table}") == only_grid(f"某局支出情况表\n{table}")


def test_rows_on_lines_become_a_table_with_a_header_of_two_rows() -> None:
    rows = only_grid(ON_LINES)
    assert rows[2] == ["项目", "上年数", "本年数", "比上年增减情况", "比上年增减情况"]
    assert rows[3] == ["", "", "", "增减额", "增减幅度"]
    assert rows[4] == ["合计", "90.00", "72.00", "-18.00", "-20.00%"]


def test_a_cell_has_the_address_of_its_text() -> None:
    (table,) = restored(ON_LINES).tables
    cell = table.at(4, 1)
    assert cell is not None
    assert cell.address == "L5:6-10"


def test_cells_on_lines_of_their_own_become_rows() -> None:
    rows = only_grid(ON_CELLS)
    assert rows[-5:] == [
        ["项 目", "预算数", "执行数"],
        ["一、年末余额", "30.5", "30.5"],
        ["其中：外债", "", ""],
        ["二、发行额", "4.5", "4.2"],
        ["三、还本额", "1.0", "1.0"],
    ]


def test_a_serial_number_may_stand_before_the_label_of_each_row() -> None:
    cells = "序号|乡镇|面积|金额|1|甲镇|112.5|205.6|2|乙镇|28.1|51.4|3|丙镇|521.7|956.9|4|丁镇|36.7|67.3"
    rows = only_grid(cells.replace("|", " |\n") + " |\n")
    assert rows == [
        ["序号", "乡镇", "面积", "金额"],
        ["1", "甲镇", "112.5", "205.6"],
        ["2", "乙镇", "28.1", "51.4"],
        ["3", "丙镇", "521.7", "956.9"],
        ["4", "丁镇", "36.7", "67.3"],
    ]


def test_numbers_that_do_not_count_on_are_no_serial_numbers() -> None:
    cells = "年级|班|人数|金额|1|甲班|112.5|205.6|3|乙班|28.1|51.4|2|丙班|521.7|956.9|7|丁班|36.7|67.3"
    assert not restored(cells.replace("|", " |\n") + " |\n").tables


def test_pipes_on_lines_of_their_own_close_the_cell_above() -> None:
    rows = only_grid(ON_CELLS.replace(" |\n", "\n|\n"))
    assert rows[-1] == ["三、还本额", "1.0", "1.0"]


def test_labels_in_a_lower_row_stand_below_the_headings_that_split_up() -> None:
    rows = only_grid(TWO_GROUPS)
    assert rows[0] == ["单位", "全年资金", *["其中：免学费"] * 3, *["其中：助学金"] * 3]
    assert rows[1] == ["", "", "小计", "先下达", "再下达", "小计", "先下达", "再下达"]


def test_a_heading_of_a_rate_has_no_columns_of_amounts_below_it() -> None:
    rows = only_grid(RATE_BESIDE_GROUPS)
    assert rows[0] == ["科目", "年度计划", *["累计"] * 3, *["当月"] * 3, "累计为计划%"]


def test_labels_stand_below_the_headings_whose_columns_add_up() -> None:
    rows = only_grid(TWO_GROUPS.replace("其中：免学费", "免学费").replace("其中：助学金", "助学金"))
    assert rows[0] == ["单位", "全年资金", *["免学费"] * 3, *["助学金"] * 3]


UNCLEAR = TWO_GROUPS.replace("其中：免学费", "免学费").replace("其中：助学金", "助学金").replace("小计", "补发")


def test_headings_that_may_split_up_in_several_ways_are_not_guessed() -> None:
    rows = only_grid(UNCLEAR)
    assert rows[0] == ["单位", *[""] * 7]
    assert rows[1:] == [line.rstrip(" |").split(" | ") for line in UNCLEAR.splitlines()[2:]]


@pytest.mark.parametrize("name", ["补发率", "平均补发", "补发标准"])
def test_and_nothing_is_read_where_one_of_the_columns_may_not_add_up(name: str) -> None:
    unclear = restored(UNCLEAR.replace("补发", name))
    assert not unclear.tables
    assert [note.message for note in unclear.notes] == ["这里像一张表，但各行的数对不上栏目，认不准，未作核对。"]


def test_runs_of_blank_cells_between_figures_tell_that_all_blank_cells_were_kept() -> None:
    text = (
        "区 | 合计 | 村 | 路 | 桥 |\n合计 | 30 | 18 | | 12 |\n甲区 | 19 | 12 | | 7 |\n乙区 | 5 | | | 5 |\n丙区 | 6 | 6 | | |\n"
    )
    assert only_grid(text)[-2:] == [["乙区", "5", "", "", "5"], ["丙区", "6", "6", "", ""]]
    assert only_grid(text.replace("乙区 | 5 | | | 5", "乙区 | 5 | 5 | |"))[-1] == ["丙区", "6", "6", "", ""]


def test_a_row_that_lost_cells_keeps_its_label_and_is_told() -> None:
    document = restored(LOSSY)
    (table,) = document.tables
    assert grid(table)[-1] == ["追加项目", "", "", "", ""]
    assert table.open_rows == {4}
    assert [(note.address, note.message) for note in document.notes] == [
        ("L5:1-4", "“追加项目”一行少了几格，分不出各数属于哪一栏，未作核对。")
    ]


def test_a_row_that_lost_cells_goes_where_only_one_way_is_left() -> None:
    rows = only_grid(LOSSY.replace("追加项目 | 50.00 | 25.00 | 50.00% | ||", "追加项目 | 50.00% | ||||"))
    assert rows[-1] == ["追加项目", "", "", "", "50.00%"]


def test_blank_cells_between_others_keep_all_places() -> None:
    (table,) = restored(
        LOSSY.replace("追加项目 | 50.00 | 25.00 | 50.00% | ||", "追加项目 | | 50.00 | 25.00 | 50.00% | |")
    ).tables
    assert grid(table)[-1] == ["追加项目", "", "50.00", "25.00", "50.00%"]
    assert not table.open_rows


def test_a_row_in_which_the_text_breaks_off_is_open_but_read() -> None:
    document = restored(ON_CELLS.rpartition("1.0 |")[0])
    (table,) = document.tables
    assert grid(table)[-1] == ["三、还本额", "1.0", ""]
    assert table.open_rows == {len(table.rows) - 1}
    assert not document.notes


def test_a_row_that_lost_cells_where_the_text_breaks_off_is_not_placed() -> None:
    (table,) = restored(LOSSY.replace("50.00% | ||\n", "50.00% | |")).tables
    assert grid(table)[-1] == ["追加项目", "", "", "", ""]


GRANTS = """产业资金预算汇总表 |
序号 | 地区 | 合计 | 重点项目 |
提前下达数 | 本次下达数 |
| 合计 | 3500 | 1000 | 2500 |
1 | 甲县 | 2600 | | 2600 |
2 | 乙县 | 900 | 1000 | -100 |
"""


def test_labels_that_lost_the_cells_merged_with_them_stand_over_their_columns() -> None:
    head, below, total, *_ = only_grid(GRANTS)
    assert head == ["序号", "地区", "合计", "重点项目", "重点项目"]
    assert below[3:] == ["提前下达数", "本次下达数"]
    assert total == ["", "合计", "3500", "1000", "2500"]


def test_labels_over_two_lines_may_be_one_row() -> None:
    _, rows = GRANTS.split("本次下达数 |\n")
    head, *_ = only_grid(f"序号 | 地区 | 合计 |\n提前下达数 | 本次下达数 |\n{rows}")
    assert head == ["序号", "地区", "合计", "提前下达数", "本次下达数"]


@pytest.mark.parametrize(
    "above", ["全年支出 72 万元，其中公务接待费 30 万元。\n单位：万元\n", "首页 | 正文 |\n索引号 | 12 |\n\n说明\n"]
)
def test_text_above_a_table_stays_text(above: str) -> None:
    document = restored(above + ON_LINES)
    assert grid(document.tables[-1])[-1] == ["公务用车费", "50.00", "42.00", "-8.00", "-16.00%"]
    assert "全年支出" not in str(grid(document.tables[-1]))


def test_a_cell_may_go_on_in_the_next_line() -> None:
    rows = only_grid(ON_LINES.replace("公务接待费", "公务\n接待费"))
    assert rows[5] == ["公务 接待费", "40.00", "30.00", "-10.00", "-25.00%"]


def test_cells_that_go_on_out_of_step_are_told_and_not_read() -> None:
    document = restored(ON_CELLS + "1.5 |\n四、限额 |\n35.0 |\n36.0 |\n")
    assert not document.tables
    assert [note.message for note in document.notes] == ["这里像一张表，但各行的数对不上栏目，认不准，未作核对。"]


def test_a_row_with_more_cells_than_the_others_makes_the_table_unsure() -> None:
    document = restored(ON_LINES + "会议费 | 1.00 | 2.00 | 1.00 | 100.00% | 5.00 |\n培训费 | 1.00 | 1.00 | 0.00 | 0.00% |\n")
    assert not document.tables
    assert {note.message for note in document.notes} == {"这里像一张表，但各行的数对不上栏目，认不准，未作核对。"}


def test_a_table_right_behind_another_is_read_as_well() -> None:
    narrow = "会议一览 | ||\n会议 | 人数 | 天数 |\n春季会 | 30 | 2 |\n秋季会 | 40 | 3 |\n"
    first, second = restored(ON_LINES + narrow).tables
    assert grid(first)[-1][0] == "公务用车费"
    assert grid(second)[-1] == ["秋季会", "40", "3"]


DEBTS = """地 区 |
2031年债务限额 |
2031年债务余额 |
|
一般债务 |
专项债务 |
|
一般债务 |
专项债务 |
公 式 |
A=B+C |
B |
C |
D=E+F |
E |
F |
云溪县 |
52.50 |
39.00 |
13.50 |
44.25 |
31.75 |
12.50 |
注：1.本表反映年末数。 |
附表2 |
|
|
项 目 |
预算数 |
执行数 |
一、年初余额 |
30.5 |
30.5 |
二、发行额 |
4.5 |
4.2 |
三、还本额 |
1.0 |
1.0 |
"""
"""A row of formulas above one row of figures, and another table behind a note."""


def test_a_row_that_numbers_the_columns_tells_how_many_there_are() -> None:
    numbered, other = restored(DEBTS).tables
    assert grid(numbered) == [
        ["公 式", "A=B+C", "B", "C", "D=E+F", "E", "F"],
        ["云溪县", "52.50", "39.00", "13.50", "44.25", "31.75", "12.50"],
    ]
    assert grid(other)[-1] == ["三、还本额", "1.0", "1.0"]


def test_labels_right_above_the_numbers_of_the_columns_belong_to_the_table() -> None:
    head = "地区|本级资金|上级补助|合计|占比|栏次|1|2|3=1+2|4|"
    rows = only_grid((head + "甲县|72.5|42.0|114.5|60.0%|乙县|33.5|42.5|76.0|40.0%").replace("|", " |\n") + " |\n")
    assert rows[0] == ["地区", "本级资金", "上级补助", "合计", "占比"]
    assert rows[-1] == ["乙县", "33.5", "42.5", "76.0", "40.0%"]


def test_headings_with_a_column_of_their_own_stand_before_the_labels_that_come_again() -> None:
    rows = only_grid(
        "地 区 | 债务限额 | 债务余额 | ||||\n一般债务 | 专项债务 | 一般债务 | 专项债务 | |||\n"
        "公 式 | A=B+C | B | C | D=E+F | E | F |\n云溪县 | 52.50 | 39.00 | 13.50 | 44.25 | 31.75 | 12.50 |\n"
    )
    assert rows[0] == ["地 区", *["债务限额"] * 3, *["债务余额"] * 3]
    assert rows[1] == ["", "", "一般债务", "专项债务", "", "一般债务", "专项债务"]


def test_a_narrower_table_above_another_is_read_behind_notes_and_captions() -> None:
    first, second = restored(
        "项目 | 本级 | 全区 |\n债务余额 | 13.11 | 15.20 |\n新增债务 | 1.20 | 1.40 |\n"
        "注：1.本表反映年末数;\n2.本表由财政部门公开。\n债券使用情况表\n单位：万元\n"
        "项目名称 | 领域 | 性质 | 规模 |\n水库加固 | 水利 | 一般债券 | 24.62 |\n粮库 | 商贸 | 专项债券 | 30.00 |\n"
    ).tables
    assert grid(first)[-1] == ["新增债务", "1.20", "1.40"]
    assert grid(second)[0] == ["项目名称", "领域", "性质", "规模"]


def test_lower_labels_are_left_out_where_each_column_has_one_and_they_have_no_place() -> None:
    rows = only_grid(
        "序号 | 地区 | 集中户数 | 分散户数 | 保障户数 | 资金 |\n集中金额 | 分散金额 | ||||\n"
        "1 | 甲镇 | 16 | 65 | 81 | 970.5 |\n2 | 乙镇 | 11 | 62 | 73 | 923.8 |\n合计 | 27 | 127 | 154 | 1894.3 |\n"
    )
    assert rows == [
        ["序号", "地区", "集中户数", "分散户数", "保障户数", "资金"],
        ["1", "甲镇", "16", "65", "81", "970.5"],
        ["2", "乙镇", "11", "62", "73", "923.8"],
        ["", "合计", "27", "127", "154", "1894.3"],
    ]


def test_a_row_short_of_a_figure_at_the_end_has_no_place_for_the_others() -> None:
    (table,) = restored(
        "项目 | 上年 | 本年 | 追加 |\n办公费 | 16 | 65 | 49 |\n会议费 | 11 | 62 | 51 |\n培训费 | 7 | 8 |\n"
    ).tables
    assert grid(table)[-1] == ["培训费", "", "", ""]
    assert table.open_rows == {3}


@pytest.mark.parametrize(
    ("row", "placed"),
    [("上年结余 | 15 | 12 |", ["15", "12"]), ("上年结余 | 15 | -15 |", ["", ""]), ("上年结余 | 15 | |", ["", ""])],
    ids=["both given", "a change of all", "one figure"],
)
def test_a_row_that_has_what_the_others_compute_from_lacks_what_they_compute(row: str, placed: list[str]) -> None:
    rows = only_grid(
        "税种 | 今年 | 去年 | 增减额 | 增减% |\n办公费 | 66 | 60 | 6 | 10.00 |\n会议费 | 22 | 20 | 2 | 10.00 |\n"
        f"培训费 | 11 | 10 | 1 | 10.00 |\n{row} ||\n"
    )
    assert rows[-1] == ["上年结余", *placed, "", ""]


def test_amounts_that_look_like_years_are_figures_below_labels() -> None:
    cells = "县区|资金合计|省级资金|用途|某市|1997|1997|统筹|甲县|1230|1230|统筹|乙县|503|503|统筹|丙县|264|264|统筹"
    rows = only_grid(cells.replace("|", " |\n") + " |\n")
    assert rows[0] == ["县区", "资金合计", "省级资金", "用途"]
    assert rows[1] == ["某市", "1997", "1997", "统筹"]


MERGED_PRICE = """序号 | 乡镇 | 面积（亩） | 每亩补助（元） | 补助资金（元） | 备注 |
1 | 甲镇 | 112.5 | 20 | 2250.0 | |
2 | 乙镇 | 28.1 | 562.0 | ||
3 | 丙镇 | 521.7 | 10434.0 | ||
4 | 丁镇 | 36.7 | 734.0 | ||
"""


def test_a_price_merged_over_the_rows_is_that_of_each() -> None:
    (table,) = restored(MERGED_PRICE).tables
    price = table.at(1, 3)
    assert price is not None
    assert price.text == "20"
    assert all(table.at(r, 3) is price for r in range(2, 5))
    assert grid(table)[3][:5] == ["3", "丙镇", "521.7", "20", "10434.0"]


def test_the_one_row_that_lacks_a_figure_need_not_lack_its_price() -> None:
    (table,) = restored(MERGED_PRICE.replace("28.1 | 562.0 | ||", "28.1 | 20 | 562.0 | |").replace("\n4 |", "\n合计 |")).tables
    assert grid(table)[3][2:5] == ["", "", ""]


@pytest.mark.parametrize("change", [("每亩补助（元）", "核减（元）"), ("28.1 | 562.0 | ||", "28.1 | |||")])
def test_a_figure_that_rows_lack_is_no_merged_price_where_they_differ_or_it_is_none(change: tuple[str, str]) -> None:
    (table,) = restored(MERGED_PRICE.replace(*change)).tables
    assert grid(table)[3][2:5] == ["", "", ""]


def test_a_label_whose_formula_is_left_out_stays_with_the_labels() -> None:
    rows = only_grid(
        "项 目 | 公式 | 全区 | 本级 |\n一、还本 | A=B+C | 16.3 | 16.3 |\n（一）一般债券 | B | 14.7 | 14.7 |\n"
        "其中：再融资 | 1.4 | 1.4 | |\n（二）专项债券 | C | 1.6 | 1.6 |\n"
    )
    assert rows[3] == ["其中：再融资", "", "1.4", "1.4"]


def test_a_total_may_lack_the_cell_for_remarks() -> None:
    (table,) = restored(
        "安排表 | ||\n县区 | 资金 | 备注 |\n甲县 | 280 | |\n乙县 | 75 | |\n合计 | 355 |\n监督电话：1234\n"
    ).tables
    assert grid(table)[-1] == ["合计", "355", ""]
    assert not table.open_rows


TWO_ROWS = """单位名称 | 经费合计 | 因公出国费 | 公务用车购置及运行费 | 公务接待费
小计 | 公务用车购置费 | 公务用车运行费
青石文化馆 | 12.50 | 0.00 | 8.00 | 1.00 | 7.00 | 4.50
白石图书馆 | 9.81 | 0.00 | 6.75 | 0.00 | 6.75 | 3.06
合计 | 22.31 | 0.00 | 14.75 | 1.00 | 13.75 | 7.56
"""


@pytest.mark.parametrize(
    "text",
    [
        TWO_ROWS.replace("接待费", "接待费 | ||")
        .replace("用车运行费\n", "用车运行费 | ||||\n")
        .replace("0\n", "0 |\n")
        .replace("6\n", "6 |\n"),
        TWO_ROWS.replace(" | ", " |\n").replace("\n", " |\n").replace("| |", "|"),
        TWO_ROWS.replace(" | ", " "),
        TWO_ROWS.replace(" | ", "\n"),
    ],
    ids=["rows of pipes", "cells of pipes", "rows", "cells"],
)
def test_a_heading_over_several_columns_is_known_by_the_names_below_it(text: str) -> None:
    rows = only_grid(f"经费预算表\n单位：万元\n{text}")[-5:]

    assert rows[0] == ["单位名称", "经费合计", "因公出国费", *["公务用车购置及运行费"] * 3, "公务接待费"]
    assert rows[1][3:6] == ["小计", "公务用车购置费", "公务用车运行费"]
    assert rows[2] == ["青石文化馆", "12.50", "0.00", "8.00", "1.00", "7.00", "4.50"]


CELLS_BELOW_TWO_LEVELS = """镇街 | 竣工数 | C级 | 中央资金 | D级 | 补助资金 | 应付合计 | | |
中央资金 | 区级配套 | 小计 | | | | | | |
青石镇 | 1 | 0 | 0 | 1 | 1.4 | 2.1 | 3.5 | 3.5 | 白石镇 | 3 | 0 | 0 | 3 | 4.2 | 6.3 | 10.5 | 10.5 |
红石镇 | 4 | 1 | 0.6 | 3 | 4.2 | 6.3 | 10.5 | 11.1 |
"""


def test_cells_on_lines_of_their_own_may_stand_below_labels_in_two_rows() -> None:
    rows = only_grid(CELLS_BELOW_TWO_LEVELS.replace("| ", "|\n"))
    assert rows[0] == ["镇街", "竣工数", "C级", "中央资金", "D级", *["补助资金"] * 3, "应付合计"]
    assert rows[1] == [*[""] * 5, "中央资金", "区级配套", "小计", ""]
    assert rows[2] == ["青石镇", "1", "0", "0", "1", "1.4", "2.1", "3.5", "3.5"]


def test_a_sum_that_is_off_moves_no_label() -> None:
    rows = only_grid(CELLS_BELOW_TWO_LEVELS.replace("| ", "|\n").replace("10.5", "13.5", 1))
    assert rows[0][5:] == [*["补助资金"] * 3, "应付合计"]


def test_a_table_right_below_another_is_one_of_its_own() -> None:
    first = "项目|本年支出|上年支出|增减率|出国费|0|0|0%|接待费|71.5|80.1|-10.74%|车辆费|857.2|800.0|7.15%"
    second = "使用情况|数量|车辆数|32|保有量|660|接待批次|486"
    tables = restored(f"{first}|{second}".replace("|", " |\n") + " |\n").tables
    assert [[len(row) for row in grid(table)] for table in tables] == [[4] * 4, [2] * 4]


BLANK_CELLS_END_LINES = """2031年卫生院补偿资金表 | |||||
卫生院名称 | 项目金额(万元) | 备注 | |||
| 设备购置 | 突发处置 | 人才培养 | 小计 | |
疾控中心 |
| 20 |
| 20 |
|
青石 | 2 |
| 1 | 3 |
|
白石 | 5 |
| 1 | 6 |
|
红石 | 3 |
| 1 | 4 |
|
"""


def test_a_blank_cell_may_hold_the_end_of_a_line() -> None:
    rows = only_grid(BLANK_CELLS_END_LINES)
    assert rows[1] == ["卫生院名称", *["项目金额(万元)"] * 4, "备注"]
    assert rows[2:5] == [
        ["", "设备购置", "突发处置", "人才培养", "小计", ""],
        ["疾控中心", "", "20", "", "20", ""],
        ["青石", "2", "", "1", "3", ""],
    ]


TOTAL_WITHOUT_PRICE = """镇街 | 面积(亩) | 补贴标准(元/亩) | 资金(元) | 备注 |
青石镇 | 1625.1 | 70 | 113757 | |
白石镇 | 2129.2 | 70 | 149044 | 增加2亩 |
红石镇 | 5616.8 | 70 | 393176 | |
合计 | 9371.1 | 655977 | 增加2亩 |
"""


def test_a_total_has_no_price() -> None:
    assert only_grid(TOTAL_WITHOUT_PRICE)[-1] == ["合计", "9371.1", "", "655977", "增加2亩"]


def test_a_total_at_the_end_is_held_to_the_rows_above(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(TOTAL_WITHOUT_PRICE.replace("| 9371.1 |", "| 9871.1 |"), encoding="utf-8")
    assert [finding.primary.text for finding in check(path).findings if finding.rule == "GEN-001"] == ["9871.1"]


def test_a_total_whose_figures_are_no_sums_is_not_placed() -> None:
    document = restored(TOTAL_WITHOUT_PRICE.replace("| 9371.1 | 655977", "| 9371.2 | 655978"))
    assert [note.address for note in document.notes] == ["L5:1-2"]


def test_the_work_grows_as_rows_without_a_header() -> None:
    few, many = (calls(partial(restored, "".join(f"名{n} |\n| {n} |\n| 7 |\n|\n" for n in range(rows)))) for rows in (100, 400))
    assert many < 6 * few


MERGED_AWAY = """序号 | 乡镇 | 项目 | 建设内容 | 总投资 | 财政资金 | 自筹资金 | 备注 |
1 | 柳河镇 | 道路硬化 | 新建2.3公里 | 120.00 | 100.00 | 20.00 | |
2 | 柳河镇 | 灌溉渠 | | 80.00 | 80.00 | 0.00 | |
小计 | | 200.00 | 180.00 | 20.00 | |||
3 | 青石乡 | 饮水工程 | 蓄水池2座 | 65.50 | 60.00 | 5.50 | 跨年 |
合计 | | 265.50 | 240.00 | 25.50 | |||
"""


def test_a_total_whose_label_was_merged_over_columns_has_slipped_even_where_blanks_are_kept() -> None:
    rows = only_grid(MERGED_AWAY)
    assert rows[3][4:7] == ["200.00", "180.00", "20.00"]
    assert rows[5][4:7] == ["265.50", "240.00", "25.50"]
    assert [finding.rule for finding in check(MERGED_AWAY.encode(), name="form.txt").findings] == ["STR-003"]


def test_a_figure_in_a_column_of_words_moves_no_row_that_is_filled_to_the_end() -> None:
    rows = only_grid(MERGED_AWAY.replace("蓄水池2座", "12"))
    assert rows[4] == ["3", "青石乡", "饮水工程", "12", "65.50", "60.00", "5.50", "跨年"]


def test_pipes_between_cells_only_stand_before_blank_cells_at_the_end() -> None:
    rows = [
        ["一级指标", "分值", "二级指标", "分值", "得分", "评分说明"],
        ["投入", "25", "编制", "10", "10", ""],
        ["投入", "25", "执行", "15", "14", "进度偏慢"],
        ["产出", "75", "数量", "75", "75", ""],
        ["合计", "100", "", "100", "99", ""],
    ]
    (table,) = restored("\n".join(["部门评价评分表", *(" | ".join(row) for row in rows)])).tables
    assert grid(table) == rows


def test_pipes_between_cells_only_stand_before_a_blank_cell_at_the_end_of_the_labels_too() -> None:
    rows = [
        ["项目", "2022年", "", "2023年", ""],
        ["", "计划数", "完成数", "计划数", "完成数"],
        ["造林面积", "1200", "1180", "1300", "1310"],
        ["抚育面积", "800", "790", "820", "820"],
        ["合计", "2000", "1970", "2120", "2130"],
    ]
    assert only_grid("\n".join(["任务完成情况表", *(" | ".join(row).strip() for row in rows)]))[1:] == rows[1:]


def test_a_list_that_goes_on_in_rows_that_cannot_be_read_is_not_added_up() -> None:
    """Weights in per cent, below labels that no pipe closes: the first rows alone can be read."""
    text = """项目绩效自评价表
一级指标|二级指标|三级指标|指标目标值|实际完成值|权重|自评分|扣分理由
产出目标|数量目标|开展教研次数|≥60次|64次|10.00%|10.00|
||组织活动场次|≥24场|21场|10.00%|8.75|天气影响
||交流教师人数|≥120人|121人|10.00%|10.00|
|质量目标|方案备案率|100.00%|100.00%|20.00%|20.00|
|时效目标|按期完成率|100.00%|100.00%|20.00%|20.00|
效果目标|社会效益|学生参与率|≥85.00%|87.40%|20.00%|20.00|
合计|||||100.00%|98.75|
自评等级|优
"""
    report = check(text.encode(), name="form.txt")
    assert [finding.rule for finding in report.findings if finding.kind in ("score", "total")] == []


LISTS = """二、资金分配
（一）幸福院经费9万元
县 |
个数 |
金额（万元） |
备注 |
甲县 |
3 |
6 |
|
乙县 |
2 |
3 |
|
合计 |
5 |
9 |
（二）儿童福利经费4.5万元
县 |
金额（万元） |
备注 |
甲县 |
1.5 |
|
乙县 |
3 |
|
合计 |
4.5 |
"""


@pytest.mark.parametrize("heading", ["（二）儿童福利经费4.5万元", "（二）儿童福利经费"])
def test_a_heading_between_two_tables_is_no_cell_of_either(heading: str) -> None:
    document = restored(LISTS.replace("（二）儿童福利经费4.5万元", heading))
    assert [grid(table)[-1][:3] for table in document.tables] == [["合计", "5", "9"], ["合计", "4.5", ""]]
    assert heading in [block.text for block in document.blocks if isinstance(block, Paragraph)]


ALL_LOST = (
    "区 街道 户数 特困 低保 边缘 金额 市级 区级 备注",
    "一区 东街 30 12 18 30 30 含补发",
    "西街 20 13 7 16 12 4",
    "南街 10 2 8 5 5",
    "合计 60 12 33 15 51 47 4",
)
"""Only the total has all its figures, and its label stands over two columns."""


def closed(rows: tuple[str, ...]) -> str:
    """Rows whose lost cells are pipes at the end; the total has no more cells than figures and its label."""
    ends = ["|" * (10 - row.count(" ")) for row in rows[:-1]] + [" |"]
    return "\n".join(" | ".join(row.split()) + f" {end}" for row, end in zip(rows, ends, strict=True))


def test_rows_that_lost_their_blank_cells_are_placed_where_all_columns_close() -> None:
    rows = only_grid(closed(ALL_LOST))
    assert [row[2:] for row in rows[-4:]] == [
        ["30", "12", "18", "", "30", "30", "", "含补发"],
        ["20", "", "13", "7", "16", "12", "4", ""],
        ["10", "", "2", "8", "5", "5", "", ""],
        ["60", "12", "33", "15", "51", "47", "4", ""],
    ]


@pytest.mark.parametrize("change", [("47 4", "47 5"), ("8 5 5", "8 5 6")])
def test_and_have_no_place_where_one_does_not(change: tuple[str, str]) -> None:
    document = restored(closed(tuple(row.replace(*change) for row in ALL_LOST)))
    assert [row[2:9] for row in grid(document.tables[0])[1:4]] == [[""] * 7] * 3
    assert len(document.notes) == 3


def test_a_blank_cell_before_the_first_figure_of_a_row_covers_no_words() -> None:
    cells = "项目 本月 累计 收入 900 2000 支出 300 700 其他 _ 40 合计 600 1260".replace("_", "").split(" ")
    rows = only_grid("食堂收支表 |\n|\n|\n" + "".join(f"{cell} |\n" for cell in cells))
    assert rows[-2:] == [["其他", "", "40"], ["合计", "600", "1260"]]


def test_a_column_of_slashes_and_blank_cells_may_be_the_last_one() -> None:
    funds = "单位资金 | 0.00 | 2.50 | 2.50 | 100.00% | / | / | ||||"
    text = f"| 预算执行率 | 权重 | 得分 | 原因 | ||\n总额 | 0 | 2.50 | 2.50 | 100.00% | 5 | 5 | 无 | |||\n{funds}\n{funds}\n"
    assert not any("程序内部出错" in note.message for note in check(text.encode(), name="form.txt").notes)


SPENT = """院均支出 | |||||
支出 | 其中: | ||||
人员 | 药品 | 材料 | 其他 | ||
一级 | 40120.44 | 30100.22 | 9010.10 | 1000.10 | 10.02 |
二级 | 35061.13 | 25040.11 | 9011.01 | 1000.00 | 10.00 |
三级 | 31052.25 | 21030.15 | 9012.05 | 1000.01 | 10.04 |
省属 | 29043.36 | 19020.16 | 9013.10 | 1000.05 | 10.05 |
市属 | 25034.47 | 15010.17 | 9014.20 | 1000.06 | 10.04 |
县属 | 21025.58 | 11000.18 | 9015.25 | 1000.08 | 10.07 |
"""
"""Labels that come out even with the columns in no way; the first amount is the sum of the others, but for the rounding."""


def test_columns_below_labels_without_places_are_told_by_what_they_add_up_to() -> None:
    assert only_grid(SPENT)[1] == ["二级", "35061.13", "25040.11", "9011.01", "1000.00", "10.00"]
    assert not restored(SPENT.replace("35061.13", "35601.13")).tables


def test_columns_that_take_turns_are_told_below_labels_whose_places_are_lost() -> None:
    lines = [
        "| 序号 | 单位 | 生活补贴 | 护理补贴 | 总人数 | 总金额(元) | |||||||",
        "| 未成年人数 | 金额(元) | 成年人数 | 金额(元) | 一级 | 二级 | |||||",
        "| 人数 | 金额(元) | 人数 | 金额(元) | |||||||||",
    ]
    for n in range(1, 8):
        people = [n * 3 % 5, 20 + 7 * n * n, 31 + 5 * n, 90 + n * n]
        money = [110 * people[0], 100 * people[1] + 50, 120 * people[2] + 20 * n, 80 * people[3]]
        pairs = zip((*people, sum(people)), (*money, sum(money)), strict=True)
        lines.append(f"| {n} | {n}街道 | " + " | ".join(str(figure) for pair in pairs for figure in pair) + " |")
    whole = "\n".join(lines)
    assert len(only_grid(whole)[0]) == 12
    assert checking.heavy(checking.check(whole.encode(), "form.txt")) == []
    (row,) = [line for line in lines if "4街道" in line]
    total = row.split(" | ")[-2]
    wrong = whole.replace(f"| {total} |", f"| {int(total) + 90} |")
    assert len(checking.heavy(checking.check(wrong.encode(), "form.txt"))) == 1
    cut = f"{whole}\n| 8 | 合计 | 21 | 2310 | 1"
    (table,) = restored(cut).tables
    assert table.open_rows == {7}
    assert checking.heavy(checking.check(cut.encode(), "form.txt")) == []


MONTHLY = """民政统计月报 | |||||
指标 | 单位 | 代码 | 数量 | 上期 | 环比 |
甲 | 丙 | 乙 | 1 | 2 | 3 |
一、综合 | MZ0100000 | ||||
(一)机构数 | 个 | MZ0110000 | 3,100 | 3,100 | |
1.镇级 | 个 | MZ0111000 | 2,057 | 2,057 | |
2.乡级 | 个 | MZ0112000 | |||
3.街道 | 个 | MZ0113000 | 1,043 | 1,043 | |
(二)经费支出 | 万元 | MZ0120000 | 4,000.5 | 3,200.0 | 25.02 |
1.福利 | 万元 | MZ0121000 | 1,500.0 | 1,000.0 | 50.00 |
2.救助 | 万元 | MZ0122000 | 2,500.5 | 2,200.0 | 13.66 |
其中:低保 | 万元 | MZ0122100 | 1,250.5 | 1,100.0 | 13.68 |
A 城市 | 万元 | MZ0122110 | 400.5 | 350.0 | 14.43 |
I 低保金 | 万元 | MZ0122111 | 300.5 | 260.0 | 15.58 |
II 补助 | 万元 | MZ0122112 | 100.0 | 90.0 | 11.11 |
B 农村 | 万元 | MZ0122120 | 850.0 | 750.0 | 13.33 |
二、儿童 | 人 | MZ0210000 | 17,908 | 18,164 | -1.41 |
"""
"""The columns are counted below their labels; rows without a growth have their blank cell at the end."""


def test_a_row_that_counts_the_columns_is_no_row_of_figures() -> None:
    (table,) = restored(MONTHLY).tables
    assert not table.open_rows
    report = checking.check(MONTHLY.encode(), "form.txt")
    assert checking.heavy(report) == []
    held = {(c.rule, c.stated.text) for c in report.checks if c.stated is not None and c.outcome == "pass"}
    assert {("GEN-005", "-1.41"), ("GEN-001", "3,100"), ("GEN-001", "1,250.5"), ("GEN-001", "400.5")} <= held


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("25.02", "52.02", "GEN-005"),
        ("-1.41", "1.41", "GEN-005"),
        ("1,500.0 | 1,000.0 | 50.00", "1,500.0 | 1,100.0 | 50.00", "GEN-001"),
    ],
)
def test_a_wrong_figure_below_such_a_row_is_found(right: str, wrong: str, rule: str) -> None:
    report = checking.check(MONTHLY.replace(right, wrong).encode(), "form.txt")
    (told,) = checking.heavy(report)
    assert told.startswith(f"error[{rule} ")


def test_two_figures_of_three_may_be_one_and_its_growth() -> None:
    (table,) = restored(MONTHLY.replace("2,057 | 2,057", "2,057 | 100")).tables
    assert table.open_rows == {4}


def test_the_first_row_of_a_list_from_the_first_letter_on_is_one_of_its_rows() -> None:
    listed = "| 组别 | 男 | 女 | 计 |\n| 甲 | 1 | 2 | 3 |\n| 乙 | 3 | 5 | 8 |\n| 丙 | 4 | 6 | 10 |\n| 合计 | 8 | 13 | 21 |\n"
    report = checking.check(listed.encode(), "form.txt")
    sums = [c.stated.text for c in report.checks if c.rule == "GEN-001" and c.stated is not None and c.outcome == "pass"]
    assert checking.heavy(report) == []
    assert {"8", "13", "21", "3"} <= set(sums)
