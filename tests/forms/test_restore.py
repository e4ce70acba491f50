"""Tables that became text: what is restored stands where it stood, what isn't sure is in no table."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.flattened import SHAPES, flatten, funds, grid, indicators, lost, misplaced, only_grid, restored
from tests.work import calls


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=funds(), keep_blanks=st.booleans())
@settings(max_examples=60, deadline=None)
def test_funds_stand_in_their_own_columns_whatever_the_shape(shape: str, rows: list[list[str]], keep_blanks: bool) -> None:
    flat = flatten(rows, shape, keep_blanks=keep_blanks)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=0))
    assert not lost(rows, flat, document)


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=indicators(), keep_blanks=st.booleans())
@settings(max_examples=60, deadline=None)
def test_indicators_stand_in_their_own_columns_whatever_the_shape(shape: str, rows: list[list[str]], keep_blanks: bool) -> None:
    flat = flatten(rows, shape, keep_blanks=keep_blanks)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2))
    assert document.notes or not lost(rows, flat, document)


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=indicators(), holes=st.lists(st.tuples(st.integers(1, 9), st.integers(3, 6)), max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_figure_left_out_moves_no_other(shape: str, rows: list[list[str]], holes: list[tuple[int, int]]) -> None:
    for r, c in holes:
        if r < len(rows):
            rows[r][c] = ""
    flat = flatten(rows, shape, keep_blanks=True)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2))
    assert document.notes or not lost(rows, flat, document)


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "tab"])
@given(rows=indicators(), hole=st.tuples(st.integers(1, 9), st.integers(3, 4)))
@settings(max_examples=100, deadline=None)
def test_a_swallowed_cell_moves_no_figure(shape: str, rows: list[list[str]], hole: tuple[int, int]) -> None:
    r, c = hole
    if r < len(rows):
        rows[r][c] = ""
    flat = flatten(rows, shape, keep_blanks=False)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2, words=False))
    assert document.notes or not lost(rows, flat, document)


@given(
    st.text(
        alphabet=st.sampled_from("年度资金总额全年预算数执行率三级指标值实际完成分值得分 |\t\n\xa0一二产出1250.%≥（）:，。-"),
        max_size=400,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_document(text: str) -> None:
    document = restored(text)
    for table in document.tables:
        assert table.columns
        assert all(len(row) == table.columns for row in table.rows)


def test_a_lone_figure_that_may_be_target_or_actual_is_left_out_with_a_note() -> None:
    document = restored(
        "三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | ||\n"
        "新建水窖 | ≥12口 | 12口 | 8.5 | 8.5 | ||\n"
        "铺设管网 | 40 | 38 | 7.5 | 7.1 | ||\n"
        "平整场地 | 5亩 | 5亩 | 9 | 9 | ||\n"
        "购置水泵 | 4 | 6.5 | 6.5 | ||\n"
    )
    (table,) = document.tables
    assert grid(table)[-1] == ["", "购置水泵", "", "", "6.5", "6.5"]
    (note,) = document.notes
    assert (note.address, "“4”" in note.message) == ("L5:8-8", True)


def test_sentences_behind_a_lone_figure_may_be_a_remark_and_are_kept_as_one() -> None:
    told = "原定设备不适合现状，经请示调整建设内容，十二月底才批复设计文件。"
    document = restored(f"三级指标\n年度指标值\n全年实际完成值\n未完成原因和改进措施\n建设监测站\n0\n{told}")
    (table,) = document.tables
    assert grid(table)[-1] == ["", "建设监测站", "", "", told]
    assert [note.address for note in document.notes] == ["L6:1-1"]


def test_without_a_complete_row_to_learn_from_a_short_row_is_left_out() -> None:
    document = restored("三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | ||\n购置水泵 | 4 | 6.5 | 6.5 | ||")
    assert not any("6.5" in row for table in document.tables for row in grid(table))


def test_columns_that_slipped_one_cell_are_put_back() -> None:
    rows = only_grid(
        "项目资金(万元)\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t80.5\t81.5\t40\t10\t49.08\t4.91\n"
        "\t其中：财政拨款\t80.5\t81.5\t40\t--\t49.08\t--"
    )
    assert rows[0] == ["项目资金(万元)", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    assert rows[1] == ["", "年度资金总额", "80.5", "81.5", "40", "10", "49.08", "4.91"]


def test_a_target_left_of_its_column_goes_under_its_label() -> None:
    rows = only_grid(
        "\t一级指标\t二级指标\t三级指标\t指标值\t调整后指标值\t完成值\t分值\t得分\n"
        "产出指标\t数量指标\t巡检趟数\t≥6次\t\t\t7次\t12\t12\n"
        "\t\t\t巡检覆盖率\t≥90%\t\t95%\t13\t13"
    )
    assert rows[1] == ["", "产出指标", "数量指标", "巡检趟数", "≥6次", "", "7次", "12", "12"]


def test_the_label_of_a_row_in_the_header_row_stays_there() -> None:
    rows = only_grid(
        "项目资金\t资金总额\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t其中：中央资金\t60\t60\t30\t10\t50%\t5\n\t地方资金\t60\t60\t30\t—\t50%\t—"
    )
    assert [row[1] for row in rows] == ["资金总额", "其中：中央资金", "地方资金"]


def test_a_score_column_without_a_label_keeps_its_scores() -> None:
    rows = only_grid(
        "一级指标\t二级指标\t三级指标\t权重\t目标值\t业绩值\t\n"
        "产出指标\t数量\t接诊能力\t20\t>=80%\t85%\t20\n\t质量\t回访满意\t30\t>=90%\t70%\t21.5"
    )
    assert [row[-1] for row in rows] == ["", "20", "21.5"]


def test_labels_broken_over_lines_and_a_header_behind_other_fields_are_found() -> None:
    rows = only_grid(
        "主管部门 某市水务局 全年预算数(A) 全年执行数(B) 执行率(B/A)\n"
        "项目资金(万元) 年度资金总额 500 420.5 84.10%\n地方资金 500 420.5 84.10%\n"
        "绩效指标 一级\n指标\n二级指标 三级指标 指标值 完成值\n产出\n指标\n质量指标 水质达标率 ≥95% 97%"
    )
    assert rows[:2] == [
        ["主管部门", "某市水务局", "", "", "", ""],
        ["", "", "全年预算数(A)", "全年执行数(B)", "执行率(B/A)", ""],
    ]
    assert rows[2] == ["项目资金(万元)", "年度资金总额", "500", "420.5", "84.10%", ""]
    assert rows[-2:] == [
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "完成值"],
        ["", "产出指标", "质量指标", "水质达标率", "≥95%", "97%"],
    ]


def test_a_total_whose_label_slipped_behind_the_parts_gets_it_back() -> None:
    rows = only_grid(
        "全年预算数(A) 全年执行数(B) 执行率 90.5 70.5 77.9% "
        "其中:中央财政资金 60.5 50.5 83.47% 县级资金 30 20 66.67% 年度资金总额 项目资金（万元）"
    )
    assert rows[0][0] == "项目资金（万元）"
    assert rows[1] == ["", "年度资金总额", "90.5", "70.5", "77.9%"]


def test_addresses_are_spans_of_the_raw_line() -> None:
    text = "\xa0 项目 资金情况\n\xa0 资金性质 全年预算数 全年执行数 执行率\n\xa0 资金总额 320 261.75 81.80%\n其他资金 0 0 0%"
    (table,) = restored(text).tables
    lines = text.split("\n")
    for cell in table.cells():
        line, span = cell.address[1:].split(":")
        start, end = map(int, span.split("-"))
        assert lines[int(line) - 1][start - 1 : end].replace(" ", "") == cell.text


@pytest.mark.parametrize(
    "line",
    [
        "年度资金总额全年预算数5372.58万元,全年执行数4772.58万元,预算执行率88.83%。",
        "2021年收入986亿元，支出719亿元，结余267亿元。 收支比 1.37 结余率 27.09% 。",
        "一级指标和二级指标的分值合计为100分，实际完成值见附件，得分98分。",
    ],
)
def test_prose_stays_prose(line: str) -> None:
    document = restored("\n".join([line] * 5))
    assert not document.tables
    assert [paragraph.text for paragraph in document.paragraphs] == [line] * 5


def test_a_title_stays_right_before_its_table_and_text_behind_it_stays_text() -> None:
    document = restored(
        "前言。\n项目支出绩效自评表\n(2022年度)\n项目名称 管网改造\n"
        "资金性质 全年预算数 全年执行数 执行率\n资金总额 9 9 100%\n说明\n以上数据均已核实。"
    )
    kinds = [block.text if hasattr(block, "text") else "表" for block in document.blocks]
    assert kinds == ["前言。", "项目支出绩效自评表", "(2022年度)", "表", "说明", "以上数据均已核实。"]


def test_two_header_lines_of_another_table_are_matched_to_its_figures() -> None:
    (table,) = restored(
        "某县管护资金分配表\n乡镇 里程(公里) 已拨付(万元) 说明\n合计 县道 村道 合计 县道 村道\n"
        "甲乡 9 4 5 3.6 1.6 2 含上年\n乙乡 7 3 4 2.8 1.2 1.6\n丙镇 5 5 0 2 2 0"
    ).tables
    top = [(cell.text, cell.col, cell.col_span) for cell in table.cells() if cell.row == 0]
    assert top == [("乡镇", 0, 1), ("里程(公里)", 1, 3), ("已拨付(万元)", 4, 3), ("说明", 7, 1)]
    assert grid(table)[2] == ["甲乡", "9", "4", "5", "3.6", "1.6", "2", "含上年"]


@pytest.mark.parametrize(
    "header",
    [
        ("户数 人数 支出 合计", "单位 (户) (人) (万元) (万元)"),
        ("户数 人数 支出 合计", "(户) (人) (万元) (万元)"),
        ("户数 人数 支出 合计", "单位 (户) (人) (万元)"),
        ("单位 户数 人数 支出 合计", "(户) (人) (万元) (万元)"),
        ("单位 户数 人数 支出 合 计", "(户) (人) (万元)"),
    ],
)
@pytest.mark.parametrize("blanks", [" ", "      "])
def test_units_below_the_labels_are_theirs_whichever_line_names_the_rows(header: tuple[str, str], blanks: str) -> None:
    rows = ("全市 1250 2310 92.40 100.10", "东区 420 800 32.00 36.00", "西区 830 1510 60.40 64.10")
    table = only_grid("\n".join((*header, *rows)).replace(" ", blanks).replace(f"合{blanks}计", "合 计"))
    upper, lower = table[:2]
    assert [cell.replace(" ", "") for cell in upper[1:]] == ["户数", "人数", "支出", "合计"]
    assert lower[1:4] == ["(户)", "(人)", "(万元)"]
    assert table[2:] == [row.split() for row in rows]


def test_upper_labels_that_fit_in_two_ways_are_left_out() -> None:
    rows = only_grid(
        "地区 第一批 第二批\n甲类 乙类 丙类 丁类 戊类\n"
        "东区 310 320 330 340 350\n西区 220 230 240 250 260\n南区 430 440 450 460 470"
    )
    assert rows[:2] == [["地区", "", "", "", "", ""], ["", "甲类", "乙类", "丙类", "丁类", "戊类"]]


def test_the_label_of_a_row_may_have_blanks_in_it_and_end_a_line() -> None:
    rows = only_grid(
        "项目名称 上年数 本年数 增减数\n一、收支对比 （一） 收入合计 900 1000 100\n1. 门诊收入 500 560 60\n2. 捐赠收入 0\n"
        "3. 住院收入 400 440 40\n二、每位病人平均费用\n310 320 10\n三、床位 80 80 0"
    )
    assert rows[1][0] == "一、收支对比 （一） 收入合计"
    assert rows[3] == ["2. 捐赠收入", "", "", ""]
    assert rows[5] == ["二、每位病人平均费用", "310", "320", "10"]
    assert len(rows) == 7


@pytest.mark.parametrize("number", ["一、", "（一）", "一 "])
def test_the_first_rows_may_have_a_heading_as_the_others_have(number: str) -> None:
    second = number.replace("一", "二")
    rows = only_grid(f"项目 上年数 本年数\n{number}市直\n图书馆 41 43\n博物馆 25 27\n{second}县区\n甲馆 12 14\n乙馆 31 36")
    assert rows[:3] == [["项目", "上年数", "本年数"], [f"{number}市直", "", ""], ["图书馆", "41", "43"]]
    assert rows[-3][0] == f"{second}县区"


@pytest.mark.parametrize("short", ["2. 捐赠收入 5", "捐赠收入"])
def test_a_row_with_fewer_figures_ends_a_table(short: str) -> None:
    document = restored(f"项目 上年数 本年数\n1. 门诊收入 500 560\n{short}\n3. 住院收入 400 440\n4. 床位 80 80")
    assert not document.tables


def test_two_columns_of_words_before_the_figures_are_one() -> None:
    rows = only_grid("地区 部门 本月 累计\n甲县 教育局 41 130\n甲县 卫健局 25 90\n乙县 教育局 310 980")
    assert rows[:2] == [["地区", "本月", "累计"], ["甲县 教育局", "41", "130"]]


def test_rows_may_be_told_by_years_that_count_on() -> None:
    text = "年份 人口 男性 女性\n2031 40.2 20.1 20.1\n2032 41.5 20.7 20.8\n2033 42.4 21.2 21.2"
    assert only_grid(text)[1] == ["2031", "40.2", "20.1", "20.1"]
    assert not restored(text.replace("2032", "2030")).tables


ADDING_UP = "2031 60 20 40 8.5\n2032 66 22 44 9.1\n2033 75 25 50 9.9\n2034 81 30 51 8.8\n2035 88 31 57 8.6\n2036 94 36 58 6.8"


def test_columns_without_labels_are_told_by_what_they_add_up_to() -> None:
    assert only_grid(ADDING_UP)[0] == ["2031", "60", "20", "40"]


@pytest.mark.parametrize("change", [("94", "95"), ("\n2036 94 36 58 6.8", ""), ("36 58", "94 0"), ("2036", "2030")])
def test_and_not_by_what_does_not_add_up_often_enough(change: tuple[str, str]) -> None:
    assert not restored(ADDING_UP.replace(*change)).tables


BREAKING_OFF = [
    ["乡镇", "幼儿园人数", "小学人数", "补助资金"], ["合计", "1300", "720", "95.50"], ["红石乡", "500", "260", "36.50"],
    ["青溪乡", "450", "250", "33.00"], ["白塔镇", "200", "120", "14.20"], ["黄坪镇", "150", "9"],
]  # fmt: skip


@pytest.mark.parametrize(
    "how", [(" ", "\n"), ("\t", "\n"), ("\n", "\n"), (" ", " ")], ids=["rows", "tabs", "cells", "one line"]
)
def test_the_row_in_which_a_text_breaks_off_is_open(how: tuple[str, str]) -> None:
    cell, row = how
    (table,) = restored(row.join(cell.join(cells) for cells in BREAKING_OFF)).tables
    assert grid(table) == [*BREAKING_OFF[:-1], ["黄坪镇", "", "", ""]]
    assert table.open_rows == {5}


def test_a_short_row_with_more_text_behind_it_is_none_in_which_it_breaks_off() -> None:
    assert not restored("\n".join(" ".join(cells) for cells in (*BREAKING_OFF, ["以上为测算数。"]))).tables


def test_words_spelt_with_blanks_are_one_label_each_on_a_line_that_is_a_whole_table() -> None:
    text = (
        "某乡收支表 单位:万元 项 目 预算 决算 地租 90.2 40.3 利息 35.1 15 收 入 合 计 125.3 55.3 "
        "办公 30 15.2 差旅 25.1 10.1 小 计 55.1 25.3"
    )
    assert [row[0] for row in only_grid(text)] == ["项目", "地租", "利息", "收入合计", "办公", "差旅", "小计"]
    text = "某乡收支表 单位:万元 项目 户数 金 额 合 计 55 125.3 地租 40 90.2 利息 15 35.1"
    assert only_grid(text)[:2] == [["项目", "户数", "金额"], ["合计", "55", "125.3"]]


def test_columns_without_labels_are_told_by_the_rates_that_follow_from_them() -> None:
    text = (
        "三、完成情况 单位:万元 上年数 本年数 完成数 400 425 420 98.82% 5.00% 土地税 200 260 240 92.31% 20.00% "
        "印花税 80 80 90 112.50% 12.50% 车船税 60 66 63 95.45% 5.00%"
    )
    assert only_grid(text) == [
        ["", "400", "425", "420", "98.82%", "5.00%"],
        ["土地税", "200", "260", "240", "92.31%", "20.00%"],
        ["印花税", "80", "80", "90", "112.50%", "12.50%"],
        ["车船税", "60", "66", "63", "95.45%", "5.00%"],
    ]
    assert not restored(text.replace("92.31%", "93.21%").replace("20.00%", "2.00%")).tables


def test_the_first_row_may_have_lost_its_label_and_columns_may_be_years() -> None:
    rows = only_grid(
        "车辆数 房屋数\n2031 2032 增减数 2031 2032 增减数\n30 33 3 700 720 20\n"
        "机关 10 12 2 300 310 10\n学校 12 13 1 250 260 10\n医院 8 8 0 150 150 0"
    )
    assert rows[0] == ["", *["车辆数"] * 3, *["房屋数"] * 3]
    assert rows[1] == ["", "2031", "2032", "增减数", "2031", "2032", "增减数"]
    assert rows[2] == ["", "30", "33", "3", "700", "720", "20"]


def test_a_table_with_a_cell_a_line_is_found_by_its_even_rows() -> None:
    rows = only_grid(
        "奖补资金分配表\n  \n上半年应补\n\n下半年应补\n\n甲医院\n\n10.5\n\n20\n\n"
        "乙医院\n\n3\n\n4.5\n\n \n\n13.5\n\n24.5\n\n备注:四舍五入。"
    )
    assert rows == [["", "上半年应补", "下半年应补"], ["甲医院", "10.5", "20"], ["乙医院", "3", "4.5"], ["", "13.5", "24.5"]]


@pytest.mark.parametrize("separator", [" ", "\n", "\t", " | "])
def test_a_column_of_weights_with_an_unknown_name_takes_its_own_figures(separator: str) -> None:
    text = (
        "三级指标 考评基数 年度指标值 实际完成值 得分\n"
        "新建水窖 20 ≥12口 13口 20\n"
        "水质管护 15 按规程管护 基本落实 14\n"
        "铺设管网 25 ≥40公里 40公里 25\n"
        "群众反映 10 良好 9\n"
        "巡查次数 30 ≥4次 4次 30\n"
        "总分 100 98"
    )
    (table,) = restored(text.replace(" ", separator)).tables
    rows = {cells[0]: cells[1:] for row in grid(table) if (cells := [cell for cell in row if cell])}
    assert rows["新建水窖"] == ["20", "≥12口", "13口", "20"]
    assert rows["群众反映"][0] == "10"
    assert rows["群众反映"][-1] == "9"
    assert rows["总分"] == ["100", "98"]
    head = next(row for row in grid(table) if "考评基数" in row)
    total = next(row for row in grid(table) if "总分" in row)
    assert [total[head.index(name)] for name in ("考评基数", "得分")] == ["100", "98"]


@pytest.mark.parametrize("how", [" ", "\n"])
def test_labels_that_each_have_their_figure_behind_them_are_no_header(how: str) -> None:
    text = (
        "项目绩效自评表\n项目名称 灌区配套\n"
        "预算安排情况 资金到位情况 资金执行情况 预算执行进度\n"
        "预算数 32 到位数 32 执行数 28.8 90%\n"
        "其中：财政资金 30 其中：财政资金 30 其中：财政资金 27\n"
        "其他 2 其他 2 其他 1.8\n"
        "一级指标 二级指标 三级指标 指标值 实际完成值 分值 得分\n产出指标 数量指标 配套渠道 ≥3公里 3公里 90 90\n总分 90 90"
    )
    rows = [row for table in restored(text.replace(" ", how)).tables for row in grid(table)]
    assert not any(row.count("32") > 1 and "预算数" not in row for row in rows)
    assert how == "\n" or ["预算数", "32", "到位数", "32", "执行数", "28.8", "90%"] in [row[:7] for row in rows]
    assert not any("预算执行进度" in row and "预算数" in row for row in rows)


def test_a_rate_behind_its_figures_needs_no_sign_where_its_label_has_it() -> None:
    text = (
        "项目绩效自评表\n项目名称 灌区配套\n"
        "预算安排情况 资金到位情况 资金执行情况 预算执行进度(%)\n"
        "预算数 32 到位数 32 执行数 28.8 90.00\n"
        "其中：财政资金 30 其中：财政资金 30 其中：财政资金 27\n"
    )
    rows = [row for table in restored(text).tables for row in grid(table)]
    assert ["预算数", "32", "到位数", "32", "执行数", "28.8", "90.00"] in [row[:7] for row in rows]


@pytest.mark.parametrize("labels", ["指标 ", "年度指标值 实际完成值 分值 得分\n", "预算数 执行数 执行率\n"])
def test_labels_without_end_take_work_in_proportion(labels: str) -> None:
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
    restored(header)
    few, many = (calls(partial(restored, header + labels * (length // len(labels)))) for length in (1_500, 6_000))
    assert many < 6 * few


def test_a_number_of_points_is_a_figure_of_a_column_of_points() -> None:
    text = "项目支出绩效自评表\n三级指标 年度指标值 实际完成值 分值 得分\n甲 ≥1次 2次 50分 50分\n乙 ≥3次 3次 50分 49.5分"

    assert [row[-2:] for row in grid(restored(text).tables[0])[1:]] == [["50分", "50分"], ["50分", "49.5分"]]


def test_a_list_on_the_line_of_the_funds_has_a_header_of_its_own() -> None:
    funds_before = "预算数（A） 执行数（B） 执行率（B/A） 得分（20分*执行率） 年度财政资金总额 285.84 285.84 100% 20"
    items = "三级指标 年初目标值（A） 实际完成值（B） 得分 企业数量 3家 4家 10 拨付率 90% 100% 10 培训场次 ≥2次 3次 10 总分 100"
    rows = only_grid(f"项目支出绩效自评表\n项目名称 服务外包 预算执行情况（20分） {funds_before} {items}")

    assert [row[4] for row in rows[-5:]] == ["得分", "10", "10", "10", "100"]


def test_weights_in_per_cent_stand_before_their_scores_where_they_make_up_the_whole() -> None:
    text = """项目绩效自评价表
一级指标 二级指标 三级指标 目标值 完成值 权重 得分
产出 数量 教研次数 ≥60次 64次 40% 40
质量 备案率 100% 98% 35% 34
效益 满意度 家长满意度 ≥90% 94% 25% 25
合计 100% 99
"""
    rows = only_grid(text)
    assert [[cell for cell in row if cell][-2:] for row in rows[-4:]] == [
        ["40%", "40"],
        ["35%", "34"],
        ["25%", "25"],
        ["100%", "99"],
    ]
    assert [[cell for cell in row if cell][-4:-2] for row in rows[-4:-1]] == [
        ["≥60次", "64次"],
        ["100%", "98%"],
        ["≥90%", "94%"],
    ]


def test_percentages_before_points_without_a_score_stay_results() -> None:
    text = """项目绩效自评价表
一级指标 二级指标 三级指标 目标值 完成值 分值 得分
产出 质量 合格率 ≥90% 94% 40
质量 备案率 100% 98% 30
效益 满意度 家长满意度 ≥90% 94% 30
"""
    found = [[cell for cell in row if cell] for row in only_grid(text)[-3:]]
    assert [row[row.index(name) + 1 :][:2] for row, name in zip(found, ("合格率", "备案率", "家长满意度"), strict=True)] == [
        ["≥90%", "94%"],
        ["100%", "98%"],
        ["≥90%", "94%"],
    ]


def test_tables_above_the_first_block_of_a_form_stay_tables_of_their_own() -> None:
    accounts = [
        "单位：万元",
        "项目 | 决算数 | 项目 | 决算数",
        "一、财政拨款收入 | 1150.00 | 一、社会保障和就业支出 | 1080.20",
        "二、其他收入 | 50.00 | 二、卫生健康支出 | 60.00",
        " |  | 三、住房保障支出 | 40.00",
        "本年收入合计 | 1200.00 | 本年支出合计 | 1180.20",
    ]
    costs = [
        "单位：万元",
        "项目 | 预算数 | 决算数",
        "公务用车购置及运行维护费 | 10.00 | 9.80",
        "公务接待费 | 3.00 | 2.80",
        "合计 | 13.00 | 12.60",
    ]
    own, of_form = (grid(table) for table in restored("\n".join([*accounts, "“三公”经费支出决算表", *costs])).tables)
    assert own[-2] == ["", "", "三、住房保障支出", "40.00"]
    assert not any("1180.20" in row for row in of_form)


def test_funds_that_can_not_be_read_stay_with_the_list_of_indicators_below_them() -> None:
    lines = [
        "项目支出绩效自评表（2022年度）",
        "项目名称 | 北渠清淤工程 | 北渠清淤工程 | 北渠清淤工程 | 北渠清淤工程 | 北渠清淤工程 | 北渠清淤工程 | 北渠清淤工程",
        "主管部门 | 东岭县水务局 | 东岭县水务局 | 东岭县水务局 | 实施单位 | 北渠管理所 | 北渠管理所 | 北渠管理所",
        "项目资金（万元） | 资金来源 | 年度资金总额 | 年度资金总额 | 年度资金总额 | 分值 | 执行率 | 得分",
        "项目资金（万元） | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
        "项目资金（万元） | 合计 | 620.00 | 600.00 | 570.00 | 10 | 95.00% | 9.5",
        "项目资金（万元） | 其中：财政拨款 | 420.00 | 400.00 | 390.00 | — | 97.50% | —",
        "项目资金（万元） | 上年结转资金 | 100.00 | 100.00 | 90.00 | — | 90.00% | —",
        "项目资金（万元） | 其他资金 | 100.00 | 100.00 | 90.00 | — | 90.00% | —",
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 指标值 | 分值 | 得分 | 偏差原因分析及改进措施",
        "一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
        "产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 12.5公里 | 20 | 20 | ",
        "产出指标 | 数量指标 | 护岸加固 | ≥8处 | 9处 | 10 | 10 | ",
        "产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 10 | 10 | ",
        "产出指标 | 时效指标 | 完工时间 | 2022年11月底前 | 2022年10月 | 10 | 10 | ",
        "效益指标 | 社会效益指标 | 受益人口 | ≥3200人 | 3300人 | 30 | 30 | ",
        "满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | 88% | 10 | 9.5 | 汛期道路封闭",
        "总分 | 总分 | 总分 | 总分 | 总分 | 100 | 99 | ",
    ]
    document = restored("\n".join(lines))
    assert not any(row[:2] == ["一级指标", "二级指标"] for table in document.tables for row in grid(table))
    assert document.notes


def test_a_figure_behind_a_word_is_an_answer_where_others_are_figures() -> None:
    """每亩300 is no remark of the row before, though it is a word and a cell stands on a line of its own."""
    sown = [f"{name}面积\n{n}.5亩\n{n}.5亩\n10\n10" for n, name in enumerate(("播种", "补种", "移栽", "浇灌"), 1)]
    labels = "三级指标\n年度指标值\n实际完成值\n分值\n得分\n偏差原因"
    document = restored("\n".join(("项目支出绩效自评表", labels, *sown, "补助标准\n每亩300\n每亩320\n10\n9")))

    assert grid(document.tables[0])[-1][-6:-1] == ["补助标准", "每亩300", "每亩320", "10", "9"]
    assert not document.notes


def test_many_figures_on_lines_of_their_own_are_a_table_however_many_labels_stand_before_them() -> None:
    labels = ["某月救助情况", *(label for n in range(12) for label in (f"第{n}类户数", "(户)"))]
    figures = ["231", "363", "100", "162", "131", "201", "35.7", "178.2", "1120"]
    assert len(restored("\n\n".join([*labels, *figures])).notes) == 1
    assert not restored("\n\n".join([*labels, *figures[:3]])).notes
