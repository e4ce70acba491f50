"""Text that was pasted, scanned, printed on pages: nothing moves into another column, what isn't sure is in no table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.flattened import grid, only_grid, restored
from tests.forms.recognising import forms_of
from validator import check
from validator.forms.restore.generic import unread
from validator.forms.restore.tokens import cut
from validator.model.finding import Severity

FORM = """项目支出绩效自评表
项目名称 管网改造
项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 1,320.00 1,300.00 1,170.00 10 90% 9
其中：当年财政拨款 1,320.00 1,300.00 1,170.00 - 90% -
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施
产出指标 数量指标 改造管网长度 ≥12公里 12.5公里 20 20
新建水厂数量 ≥2座 2座 20 20
质量指标 水质达标率 ≥95% 97.3% 20 20
效益指标 社会效益指标 受益人口 ≥3.2万人 3.4万人 30 29.5
总分 100 98.5
"""
ROWS = """补助资金分配表
单位：万元
地区 中央资金 省级资金 合计 占比
甲县 100 50 150 30%
乙县 120 80 200 40%
丙县 80 70 150 30%
合计 300 200 500 100%
"""


def texts_of(text: str) -> list[list[str]]:
    """The rows of all tables of a text, blanks left out."""
    return [[cell for cell in row if cell] for table in restored(text).tables for row in grid(table)]


@pytest.mark.parametrize(
    "messed",
    [
        FORM.replace("质量指标 水", "- 3 -\n质量指标 水"),
        FORM.replace("质量指标 水", "第 3 页 共 5 页\n质量指标 水"),
        FORM.replace("质量指标 水", "注：完成值以验收为准。\n质量指标 水"),
        FORM.replace("质量指标 水", f"续表\n{FORM.splitlines()[5]}\n质量指标 水"),
        FORM.replace("\n", "\\\n"),
        FORM.replace("\n", "¶\n"),
        FORM.replace(" ", "\u3000"),
        FORM.replace(" ", "\xa0"),
        FORM.replace(" ", "\x07"),
        FORM.replace("1,320.00 1,300.00", "1,\n320.00 1,300.00", 1),
        "\n".join(f"| {line.replace(' ', ' | ')} |" for line in FORM.splitlines()),
    ],
    ids=["page", "page of", "note", "next page", "backslash", "pilcrow", "wide", "hard", "cell mark", "broken", "framed"],
)  # fmt: skip
def test_marks_of_pages_and_of_word_processors_change_nothing(messed: str) -> None:
    plain = [row for row in texts_of(FORM) if len(row) > 2]
    assert [row for row in texts_of(messed) if len(row) > 2] == plain


def test_a_remark_with_figures_in_it_stays_one_remark() -> None:
    rows = texts_of(FORM.replace("30 29.5", "30 29.5 受益 2 户不满意，下一步 2024 年整改"))
    assert [
        "效益指标",
        "社会效益指标",
        "受益人口",
        "≥3.2万人",
        "3.4万人",
        "30",
        "29.5",
        "受益 2 户不满意，下一步 2024 年整改",
    ] in rows


def test_a_list_whose_rows_go_on_behind_something_strange_is_open() -> None:
    messed = FORM.replace("质量指标 水", "附件：评价说明如下，请核对\n质量指标 水")
    assert any(table.open_rows for table in restored(messed).tables)
    assert [note.message for note in restored(messed).notes] == ["这张表可能有没读到的行或数，有关合计未作判断。"]
    assert not any(table.open_rows for table in restored(FORM).tables)


@pytest.mark.parametrize("separator", [" ", "\n", "\t", "|"])
def test_a_table_of_no_form_keeps_its_labels_and_rows(separator: str) -> None:
    rows = only_grid(ROWS.replace(" ", separator))
    assert [row for row in rows if len([cell for cell in row if cell]) == 5] == [line.split() for line in ROWS.splitlines()[2:]]


def test_a_whole_table_of_no_form_on_one_line_is_found() -> None:
    assert only_grid(ROWS.replace("\n", " "))[0] == ["地区", "中央资金", "省级资金", "合计", "占比"]


HOLES = {
    "hole": ROWS.replace("120 80 200", "120 200"),
    "hole in the total": ROWS.replace("300 200 500", "500"),
    "remark in one row": ROWS.replace("40%", "40% 新增"),
}


@pytest.mark.parametrize("unsure", HOLES.values(), ids=HOLES)
@pytest.mark.parametrize("separator", [" ", "\t"])
def test_a_line_of_figures_with_a_hole_spoils_the_table(unsure: str, separator: str) -> None:
    rows = [row for table in restored(unsure.replace(" ", separator)).tables for row in grid(table)]
    full = [row for row in rows if sum(any(ch.isdigit() for ch in cell) for cell in row) > 1]
    assert all(row[0] for row in full) if separator == "\t" else not full


@pytest.mark.parametrize(("name", "row"), [("hole", "乙县"), ("hole in the total", "合计")])
def test_a_row_of_cells_on_lines_with_a_hole_keeps_its_label_alone(name: str, row: str) -> None:
    document = restored(HOLES[name].replace(" ", "\n"))
    (table,) = document.tables
    assert [cells for cells in grid(table)[1:] if not all(cells)] == [[row, "", "", "", ""]]
    assert [note.message for note in document.notes] == [f"“{row}”一行少了几格，分不出各数属于哪一栏，未作核对。"]


@pytest.mark.parametrize(
    "unsure",
    [
        ROWS.replace("地区 中央资金", "地 区 中央资金"),
        ROWS.partition("占比\n")[2],
        "地区 户数 资金 占比\n中央 省级\n甲县 150 100 50 30%\n乙县 210 120 80 40%\n丙县 160 80 70 30%\n合计 520 300 200 100%",
    ],
    ids=["label in two", "no labels", "labels of two levels"],
)
@pytest.mark.parametrize("separator", [" ", "\n", "\t"])
def test_a_table_of_no_form_that_can_be_read_in_two_ways_is_none(unsure: str, separator: str) -> None:
    document = restored(unsure.replace(" ", separator))
    full = [
        row for table in document.tables for row in grid(table) if sum(any(ch.isdigit() for ch in cell) for cell in row) > 1
    ]
    if separator == "\t":
        assert all(row[0] for row in full)
    else:
        assert not full


def test_rows_without_labels_of_columns_are_kept_where_no_column_may_be_a_rate() -> None:
    account = "本年收入 5000 4800{}\n本年支出 4000 3900{}\n本年收支结余 1000 900{}"
    assert len(restored(account.format("", "", "")).tables) == 1
    assert not restored(account.format(" 96", " 97.5", " 90")).tables


def test_labels_before_their_values_become_cells_of_their_own() -> None:
    rows = texts_of(
        "中央对地方专项转移支付区域绩效目标自评表\n单位名称 某局\n转移支付预算数(A) 5.8万 预算执行率(B/A) 100%\n"
        "转移支付执行数(B) 5.8万\n一级指标 二级指标 三级指标 指标值 完成值\n产出指标 数量指标 抽验品种 ≥3 4"
    )
    assert rows[1] == ["转移支付预算数(A)", "5.8万", "预算执行率(B/A)", "100%", "转移支付执行数(B)", "5.8万"]


@pytest.mark.parametrize("end", [" |", " |\n"], ids=["row on a line", "cell on a line"])
def test_a_word_with_points_is_a_group_whatever_it_says(end: str) -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准", "扣分", "得分"],
        ["谋划（24分）", "前期论证（10分）", "选址论证", "6", "缺一项扣2分", "2", "4"],
        ["公示程序", "4", "未公示不得分", "0", "4"],
        ["资金筹措（14分）", "预算测算", "14", "按比例扣分", "3.5", "10.5"],
        ["成效（76分）", "社会效益", "惠及村组", "76", "按惠及户数", "6", "70"],
    ]
    lines = "\n".join("".join(f"{cell}{end}" for cell in row).strip("\n") for row in rows)
    assert only_grid(f"绩效评价评分表\n{lines}") == [
        ["", *rows[0]],
        ["", *rows[1]],
        ["", "", "", *rows[2]],
        ["", "", *rows[3]],
        ["", *rows[4]],
    ]


@pytest.mark.parametrize("end", [" |", " |\n"], ids=["row on a line", "cell on a line"])
def test_the_levels_of_the_standard_list_of_indicators_are_groups(end: str) -> None:
    """财预〔2020〕10号 and 财预〔2013〕53号 name them."""
    rows = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["过程", "组织实施", "公示次数", "2次", "2次", "25", "25"],
        ["资产管理", "账实相符率", "100%", "96%", "15", "13"],
        ["产出", "产出数量", "加固渠段", "≥6处", "7处", "60", "60"],
    ]
    lines = "\n".join("".join(f"{cell}{end}" for cell in row).strip("\n") for row in rows)
    assert only_grid(f"项目支出绩效自评表\n{lines}") == [["", *rows[0]], ["", *rows[1]], ["", "", *rows[2]], ["", *rows[3]]]


@pytest.mark.parametrize("end", [" |", " |\n", " "], ids=["row on a line", "cell on a line", "words"])
def test_they_are_in_a_table_of_scores_as_well(end: str) -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "分值", "得分", "评分依据"],
        ["投入（25分）", "项目立项", "民主议事", "10", "10", "已召开村民会议"],
        ["资金落实", "配套到账", "15", "12", "未按进度拨付"],
        ["效果（75分）", "公平性", "群众评议", "75", "70.5", "抽样访问结果"],
    ]
    lines = "\n".join("".join(f"{cell}{end}" for cell in row).strip() for row in rows)
    assert only_grid(f"专项资金绩效评分表\n{lines}") == [["", *rows[0]], ["", *rows[1]], ["", "", *rows[2]], ["", *rows[3]]]


@pytest.mark.parametrize("lost", [False, True], ids=["words of groups kept", "words of groups lost"])
def test_a_group_on_a_line_above_its_rows_is_that_of_the_outer_column(lost: bool) -> None:
    first, second = ("(60分)", "(30分)") if lost else ("产出指标\n(60分)", "效益指标\n(30分)")
    rows = texts_of(
        "项目支出绩效自评表\n一级\n指标\n"
        "二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n\n\n"
        f"{first}\n数量指标 疏浚河道 3公里 3公里 10 10\n新建水闸 2座 2座 10 10\n质量指标 工程合格率 100% 100% 20 20\n"
        f"时效指标 按期完成率 100% 100% 20 20\n……\n\n\n{second}\n社会效益\n指标\n受益村庄 12个 12个 20 20\n"
        "生态效益\n指标\n水质达标率 90% 92% 10 10\n……\n满意度指标\n(10分)\n服务对象\n满意度指标\n"
        "村民满意度 90% 95% 10 10\n总分 100 100"
    )
    assert [row[:2] for row in rows[1:-1]] == [
        [first.replace("\n", ""), "数量指标"],
        ["新建水闸", "2座"],
        ["质量指标", "工程合格率"],
        ["时效指标", "按期完成率"],
        [second.replace("\n", ""), "社会效益指标"],
        ["生态效益指标", "水质达标率"],
        ["满意度指标(10分)", "服务对象满意度指标"],
    ]


def test_a_form_that_became_one_line_is_read() -> None:
    rows = [[cell for cell in row if cell] for row in texts_of(FORM.replace("\n", "").replace(" ", ""))]
    assert rows[1:3] == [
        ["年度资金总额", "1,320.00", "1,300.00", "1,170.00", "10", "90%", "9"],
        ["其中：当年财政拨款", "1,320.00", "1,300.00", "1,170.00", "-", "90%", "-"],
    ]
    assert rows[-2:] == [["效益指标", "社会效益指标", "受益人口", "≥3.2万人", "3.4万人", "30", "29.5"], ["总分", "100", "98.5"]]


def test_a_header_run_together_on_a_line_of_its_own_is_said_to_be_unreadable() -> None:
    document = restored("某项资金自评\n项目资金\n全年预算数(A)全年执行数(B)执行率(B/A)\n年度资金总额：40003600090%\n")
    assert not document.tables
    assert [(note.address, note.message) for note in document.notes] == [
        ("L3", "这里的文字连在一起，分不出表里的各栏，未作核对。")
    ]


REMARKS = ("备注：含上年结转120万元", "备注 含上年结转", "说明：由市县按6:4负担", "注：含上年结转")


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("separator", [" ", "\t", "\n", " |\n"])
@pytest.mark.parametrize("text", [FORM, ROWS], ids=["form", "no form"])
def test_a_remark_behind_a_table_takes_no_row_away(text: str, separator: str, remark: str) -> None:
    plain = [row for row in texts_of(text.replace(" ", separator)) if len(row) > 3]
    marked = text.replace(" ", separator).rstrip() + "\n" + remark

    assert [row for row in texts_of(marked) if len(row) > 3] == plain
    assert not any(remark[:2] in cell for row in texts_of(marked) if len(row) > 3 for cell in row)


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("separator", [" ", "\t", "\n", " |\n"])
def test_a_remark_between_the_rows_of_a_form_stays_out_of_them(separator: str, remark: str) -> None:
    plain = [row for row in texts_of(FORM.replace(" ", separator)) if len(row) > 3]
    above = "其中：当年财政拨款"
    marked = FORM.replace(" ", separator).replace(above, f"{remark}\n{above}")

    assert [row for row in texts_of(marked) if len(row) > 3] == plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本次分配情况如下。 {} 以上已公示。", ["本次分配情况如下。", "以上已公示。"]),
        ("　　本次分配情况如下。 {}", ["本次分配情况如下。"]),
        ("{} 以上已公示。  ", ["以上已公示。"]),
    ],
)
def test_what_a_line_says_beside_a_table_keeps_its_place(text: str, said: list[str]) -> None:
    line = text.format(" ".join(ROWS.splitlines()[2:]))
    document = restored(line)

    assert [paragraph.text for paragraph in document.paragraphs] == said
    for paragraph in document.paragraphs:
        start, end = map(int, paragraph.address.removeprefix("L1:").split("-"))
        assert line[start - 1 : end] == paragraph.text


@pytest.mark.parametrize(("behind", "value"), [("上年支出", "1,150.00"), ("核定额 预留额", "900.00 270.00")])
def test_columns_that_a_form_does_not_know_keep_their_figures(behind: str, value: str) -> None:
    figures = "1,300.00 1,170.00 90% {1}"
    lines = f"项目支出绩效自评表\n资金来源 全年预算数 全年执行数 执行率 {{0}}\n合计 {figures}\n财政拨款 {figures}"
    rows = texts_of(lines.format(behind, value))
    assert rows[-1] == ["财政拨款", "1,300.00", "1,170.00", "90%", *value.split()]


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_a_score_and_a_remark_beside_it_are_two_columns(separator: str) -> None:
    header = "一级指标 三级指标 年度指标值 实际完成值 分值 得分 说明"
    lines = f"项目支出绩效自评表\n{header}\n产出指标 清淤长度 ≥12公里 12.5公里 90 90\n总分 90 90"
    assert next(row for row in texts_of(lines.replace(" ", separator)) if "得分" in row)[-2:] == ["得分", "说明"]


GOODS = "货物 品目 数量 单价 金额\n桌子 家具 40 500.00 20,000.00\n椅子 家具 80 200.00 16,000.00\n书柜 家具 10 900.00 9,000.00"


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (GOODS.replace("数量", "规格 数量"), 1),
        (GOODS.replace("\n", " "), 1),
        (GOODS.replace(" ", "\n"), 1),
        ("电话 2 3\n说明 4 5\n以上。", 0),
    ],
    ids=["lines", "one line", "cells", "too few"],
)
def test_what_looks_like_a_table_and_is_not_read_is_said(text: str, notes: int) -> None:
    document = restored(text)
    assert not document.tables
    assert [note.message for note in document.notes] == ["这里像一张表，但各行的数对不上栏目，认不准，未作核对。"] * notes


def test_the_label_of_a_row_may_stand_at_the_end_of_the_line_before() -> None:
    text = (
        "项目支出绩效自评表 |\n"
        "项目名称 | 渠道修复 | 项目资金（万元） |\n"
        "| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 年度资金总额 |\n"
        "| 52.6 | 51.3 | 10 | 97.53% | 9.75 | 其中：财政拨款 |\n"
        "| 52.6 | 51.3 | — |\n"
        "| — | 其他资金 | — | — | — | — |\n"
        "| — | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |\n"
        "| 产出指标 | 数量指标 | 修复渠道 | ≥3公里 | 3公里 | 90 | 90 |\n"
        "| 总分 | 100 | 99.75 |\n"
    )
    rows = [[cell for cell in row if cell] for table in restored(text).tables for row in grid(table)]
    assert ["年度资金总额", "52.6", "51.3", "10", "97.53%", "9.75"] in rows
    assert ["其中：财政拨款", "52.6", "51.3", "—", "—"] in rows
    assert ["产出指标", "数量指标", "修复渠道", "≥3公里", "3公里", "90", "90"] in rows


def test_one_line_is_told_of_once() -> None:
    cells = "序号 年初预算数 全年预算数 全年执行数 分值 执行率 得分 " + " ".join(str(n) for n in range(40))
    notes = restored(f"项目支出绩效自评表 项目名称 渠道修复 {cells} 年初预算数全年预算数全年执行数分值").notes
    assert len({note.address for note in notes}) == len(notes)


@pytest.mark.parametrize("how", [" ", "\n"])
def test_what_a_template_leaves_room_for_is_no_row(how: str) -> None:
    text = (
        FORM.replace("质量指标 水", "……\n质量指标 水")
        .replace("效益指标 社", "指标2：\n……\n效益指标 社")
        .replace("总分", "指标 2\n...\n总分")
    )
    plain = [row for row in texts_of(FORM.replace(" ", how)) if len(row) > 2]
    assert [row for row in texts_of(text.replace(" ", how)) if len(row) > 2] == plain


def test_a_mark_for_nothing_among_figures_stays_where_it_is() -> None:
    rows = texts_of(FORM.replace(" ", "\n").replace("≥95%\n97.3%", "≥95%\n……"))
    assert ["质量指标", "水质达标率", "≥95%", "……", "20", "20"] in rows or [
        "质量指标",
        "水质达标率",
        "≥95%",
        "20",
        "20",
    ] in rows


@pytest.mark.parametrize("how", [" ", "\n"])
def test_a_bare_number_may_be_the_remark_of_a_full_row(how: str) -> None:
    rows = texts_of(FORM.replace("2座 20 20", "2座 20 20 0").replace("97.3% 20 20", "97.3% 20 20 0").replace(" ", how))
    assert ["新建水厂数量", "≥2座", "2座", "20", "20", "0"] in rows
    assert ["质量指标", "水质达标率", "≥95%", "97.3%", "20", "20", "0"] in rows


TWO_COLUMNS = """单位：万元
项目 金额
合计 320.5
人员经费 200.5
专项经费 120.0
"""


def test_rows_of_one_figure_are_a_table_below_two_labels() -> None:
    assert only_grid(TWO_COLUMNS) == [line.split() for line in TWO_COLUMNS.splitlines()[1:]]


@pytest.mark.parametrize(
    "text",
    [
        TWO_COLUMNS.replace("项目 金额", "资金来源如下"),
        TWO_COLUMNS.replace("项目 金额", "项目 上年数 本年数"),
        TWO_COLUMNS + "其他 12.5 13.5\n",
    ],
    ids=["no labels", "a column without figures", "a row of two figures behind it"],
)
def test_rows_of_one_figure_are_no_table_without_two_labels(text: str) -> None:
    assert not restored(text).tables


def test_blank_lines_with_a_blank_in_them_are_cells_where_each_row_has_as_many() -> None:
    cells = ["债务表", " ", "预算数", "执行数", "年末余额", " ", "55.1", "债务限额", "72.5", " ", "债务发行", " ", "19.9"]
    assert only_grid("\n".join(cells)) == [
        ["", "预算数", "执行数"],
        ["年末余额", "", "55.1"],
        ["债务限额", "72.5", ""],
        ["债务发行", "", "19.9"],
    ]


def test_rows_named_with_the_sign_of_a_unit_are_told_and_not_judged() -> None:
    text = (
        "四、年度绩效指标完成情况 一级指标 二级指标 三级指标 指标分值 预期指标值 单项指标实际完成值 单项指标完成情况 自评得分\n"
        "符号 单位(文字描述) 单项指标得分 权重占比(%) 单项指标折算得分\n"
        "产出指标 质量指标 资料合格率 合格数占总数的比例 >= 98 %(百分比) 25.00 25.00 6.25\n"
        "时效指标 按期完成率 按期数占总数的比例 >= 99 %(百分比) 25.00 25.00 6.25\n"
        "效果指标 社会效益指标 发放率 实发数占应发数的比例 >= 75 %(百分比) 30.00 30.00 9.00\n"
    )
    assert not any("%(百分比)" in row for table in restored(text).tables for row in grid(table))
    assert "这里像一张表，但各行的数对不上栏目，认不准，未作核对。" in [note.message for note in restored(text).notes]


@pytest.mark.parametrize(("behind", "complete"), [("指标1：", False), ("", False), ("指标1：\n填表人：张三", True)])
def test_a_row_that_breaks_off_behind_the_number_of_an_indicator_is_not_the_last(behind: str, complete: bool) -> None:
    piped = "\n".join(" | ".join(line.split(" ")) + " |||" for line in FORM.splitlines()[5:9])
    (section,) = forms_of(f"项目支出绩效自评表\n{piped}\n成本指标 | {behind}")[0].sections
    assert section.complete is complete


@pytest.mark.parametrize(("blank", "told"), [(0, [0]), (5, [0]), (6, [])])
def test_figures_on_lines_with_blank_ones_between_them_look_like_a_table(blank: int, told: list[int]) -> None:
    cells = [text for name in "甲乙丙丁戊" for text in (name, "12.5", "8.3")]
    lines = ("\n" * (blank + 1)).join(cells).split("\n")

    assert list(unread(cut(lines, lambda _: False), ())) == told


def test_a_block_of_which_most_rows_cannot_be_placed_is_told_once() -> None:
    rows = ["依据充分 2", "制度健全 3", "机构完善 4", "监管到位 5", "申报及时 6", "资料齐全 2"]
    document = restored(f"2031年度项目支出绩效自评表 一级指标 评价内容 分值 自评分 {' '.join(rows)}")
    assert not document.tables
    assert [note.message for note in document.notes] == ["这里像一张表，但各行的数对不上栏目，认不准，未作核对。"]


SLIPPED = """2031年项目安排表
序号\t乡镇\t项目\t总投资\t财政资金\t自筹资金\t备注
1\t柳河镇\t道路硬化\t120.00\t100.00\t20.00\t
2\t柳河镇\t灌溉渠\t80.00\t80.00\t0.00\t
合计\t200.00\t180.00\t20.00\t\t\t
"""


def test_a_total_whose_label_was_merged_over_columns_is_not_read_by_its_tabs() -> None:
    rows = only_grid(SLIPPED)
    assert rows[3] == ["合计", "", "", "200.00", "180.00", "20.00", ""]
    assert only_grid(SLIPPED.replace("合计\t200.00\t180.00\t20.00\t\t\t", "合计\t\t\t200.00\t180.00\t20.00\t")) == rows


IN_THE_ORDER_OF_PRINT = (
    "某县项目支出绩效自评表 项目名称 防疫服务 项目资金 年度资金总额 全年预算数 全年执行数 分值 执行率 得分 "
    "0 20.5 10 100% 10 20.5 — 100% — 其中:当年财政拨款 上年结转资金 其他资金 一级 指标 指标1:建档人数 374人 "
    "二级指标 三级指标 指标5:知识讲座 分值 得分 370人 3 3 14种 1 1 28种 1 1 150次 1 1 150次 1 1 "
    "指标6:咨询活动 12次 96次 1 1 " + " ".join(f"指标{n}:服务{n} {n}21人 {n}21人 2 2" for n in range(7, 20))
)


def test_the_first_row_of_a_list_is_no_label_of_a_column_where_cells_come_in_the_order_of_print() -> None:
    document = restored(IN_THE_ORDER_OF_PRINT)
    assert not document.tables
    assert document.notes


DATA = """财政供养人员情况（人）|编制数|2031年实际在职人数|控制率
40|38|95.00%
经费控制情况（万元）|2030年决算数|2031年预算数|2031年决算数
三公经费|12.50|14.00|11.50
1、公务用车购置和维护经费|6.50|8.00|5.10
2、出国经费
3、公务接待|6.00|6.00|6.40
项目支出|874.20|308.17|1025.20
1、业务经费
2、运行经费
……
公用经费|118.31|85.76|193.42
其中：办公经费|29.35|27.00|49.09
水费、电费|8.80|13.00|12.64
政府采购金额
楼堂馆所控制情况"""


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_numbered_rows_that_were_left_unfilled_end_no_table(apart: str) -> None:
    staff, funds = restored(apart.join(DATA.replace("|", "\n").split("\n"))).tables
    rows = [(line.split("|") + [""] * 3)[:4] for line in DATA.split("\n")[2:-2] if line != "……"]
    assert grid(staff)[1] == ["40", "38", "95.00%"]
    assert grid(funds) == rows


def test_what_has_no_number_may_be_a_label_of_another_table() -> None:
    rows = DATA.split("\n")[2:7]
    other = ["项目", "上年数", "本年数", "增加数", "甲|1.5|2.5|1.0", "乙|3.5|4.5|1.0", "丙|2.5|4.5|2.0"]
    first, second = restored("\n".join([*rows, *other]).replace("|", "\n")).tables
    assert grid(first)[-1][0] == "3、公务接待"
    assert grid(second)[0] == ["项目", "上年数", "本年数", "增加数"]


ALLOTTED = """补助资金分配表
乡镇 户数 补助资金（万元） 备注
小计 中央资金 县级配套
甲镇 12 30.00 20.00 10.00
乙镇 8 21.50 16.00 5.50
丙乡 20 44.00 32.00 12.00
合计 40 95.50 68.00 27.50
"""


@pytest.mark.parametrize("separator", [" ", "\n", "\t"])
def test_labels_below_one_of_several_headings_stand_where_the_sums_say(separator: str) -> None:
    upper, lower, first, *_ = only_grid(ALLOTTED.replace(" ", separator))
    assert upper[:6] == ["乡镇", "户数", "补助资金（万元）", "补助资金（万元）", "补助资金（万元）", "备注"]
    assert lower[2:5] == ["小计", "中央资金", "县级配套"]
    assert first[:5] == ["甲镇", "12", "30.00", "20.00", "10.00"]


def test_tabbed_labels_that_may_stand_over_several_columns_spoil_the_table() -> None:
    """Rows of labels shorter than those of figures lost merged cells: they don't stand in the columns of their tabs."""
    unsettled = ALLOTTED.replace("小计 中央资金 县级配套", "计划 中央资金 县级配套").replace(" ", "\t")
    document = restored(unsettled)
    assert not any("户数" in row for table in document.tables for row in grid(table))
    assert document.notes


def test_blanks_inside_the_words_of_two_headings_make_no_difference() -> None:
    text = (
        "“三公”经费支出决算表\n单位：万元\n预算数\t决算数\n"
        "合计\t出国（境）费\t公务用车费\t公务接待费\t合 计\t出国（境）费\t公务用车费\t公务接待费\n"
        "小计\t公务用车购置费\t公务用车运行费\t小 计\t公务用车购置费\t公务用车运行费\n"
        "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n"
        "60.00\t20.00\t35.00\t15.00\t20.00\t5.00\t50.00\t18.00\t28.00\t12.00\t16.00\t4.00\n"
    )
    spread = [grid(table)[1:3] for table in restored(text).tables]
    assert spread[0][0][2:5] == ["公务用车费"] * 3
    assert spread[0][1][8:11] == ["小 计", "公务用车购置费", "公务用车运行费"]


@pytest.mark.parametrize(
    ("whole", "torn"), [("水质达标率", "水质\n达标率"), ("年度资金总额", "年度资\n金总额"), ("受益人口", "受益\n人口")]
)
def test_a_cell_torn_by_a_line_break_between_pipes_ends_no_table(whole: str, torn: str) -> None:
    piped = "\n".join(f"{line.replace(' ', ' | ')} | |||" for line in FORM.splitlines())
    figures = [[cell for cell in row if any(ch.isdigit() for ch in cell)] for row in texts_of(piped)]
    messed = [[cell for cell in row if any(ch.isdigit() for ch in cell)] for row in texts_of(piped.replace(whole, torn))]
    assert [row for row in messed if row] == [row for row in figures if row]


def test_rows_that_were_not_read_do_not_stand_below_their_labels() -> None:
    """As rows of their own they begin in the first column, and the execution rate was taken for points."""
    piped = "\n".join(f"{line.replace(' ', ' | ')} | |||" for line in FORM.splitlines())
    messed = piped.replace("年度资金总额", "一、情况说明\n年度资金总额")
    document = restored(messed)
    rows = [row for table in document.tables for row in grid(table)]
    assert any("三级指标" in row for row in rows)
    assert not any("1,170.00" in row for row in rows) or not any("全年执行数" in row for row in rows)
    assert document.notes


@pytest.mark.parametrize("apart", [" ", "\n"])
def test_a_label_beside_its_first_piece_is_one(apart: str) -> None:
    text = (
        "某局部门整体绩效自评表\n"
        "部门预算执行情况（万元） 年初预算数 全年（调整）预算数 全年执行数 执行率（%） 执行率权重 执行率得分（分）\n"
        "年度总金额 800.00 900.00 720.00 80 10 8\n其中：财政拨款 800.00 900.00 720.00 80"
    )
    rows = texts_of(text.replace(" ", apart))
    assert rows[-2:] == [
        ["年度总金额", "800.00", "900.00", "720.00", "80", "10", "8"],
        ["其中：财政拨款", "800.00", "900.00", "720.00", "80"],
    ]
    assert rows[-3][-3:] == ["执行率（%）", "执行率权重", "执行率得分（分）"]


TWO_LISTS = """部门整体支出绩效自评表
部门名称\t某局
收入构成\t调整预算数\t实际到位数\t支出构成\t预算安排数\t实际执行数
收入合计\t300.00\t310.00\t支出合计\t300.00\t280.00
财政拨款\t260.00\t270.00\t基本支出\t200.00\t195.00
事业收入\t28.00\t28.00\t项目支出\t100.00\t85.00
其他收入\t12.00\t12.00
"""


@pytest.mark.parametrize("separator", ["\t", " "])
def test_a_row_of_income_alone_is_none_of_the_spending_beside_it(separator: str) -> None:
    document = restored(TWO_LISTS.replace("\t", separator))
    rows = [row for table in document.tables for row in grid(table) if any("." in cell for cell in row)]
    assert [[cell for cell in row if cell][3] for row in rows] == ["支出合计", "基本支出", "项目支出"]
    assert any(table.open_rows for table in document.tables)
    assert [note.message for note in document.notes] == ["这张表有的行在原文里断开或错开，那里认不准的数未作核对。"]


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
def test_two_lists_side_by_side_are_not_read_by_cells_that_came_apart(separator: str) -> None:
    document = restored(TWO_LISTS.replace("\t", separator))
    assert not any("280.00" in cell for table in document.tables for row in grid(table) for cell in row)


THREE = """绩效评价基础数据表
人员情况|编制数|在职人数|控制率
全局|58|55|94.83%
下属|20|18|90.00%
合并|78|73|93.59%
经费情况|上年决算|本年预算|本年决算
三公经费|21.35|28.00|19.62
公务接待|9.25|13.00|8.20
公务用车|12.10|15.00|11.42
楼堂馆所|批复规模|实际规模|控制率|预算投资|实际投资|超支率
主楼|500|480|96.00%|900|890|-1.11%
附楼|200|200|100.00%|300|310|3.33%
食堂|50|50|100.00%|80|80|0.00%"""


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_labels_below_figures_begin_another_table_which_may_be_wider(separator: str) -> None:
    tables = [grid(table) for table in restored(THREE.replace("|", separator)).tables]
    rows = [line.split("|") for line in THREE.split("\n")[1:]]
    assert tables == [rows[:4], rows[4:8], rows[8:]]


def test_lines_with_tabs_of_which_one_is_short_have_no_labels_to_part_them() -> None:
    document = restored(THREE.replace("|13.00", "").replace("|", "\t"))
    assert [grid(table)[0][0] for table in document.tables] == ["人员情况", "楼堂馆所"]
    assert document.notes


def test_lines_of_several_figures_are_no_cells_though_labels_have_lines_of_their_own() -> None:
    text = (
        "项目支出绩效自评表\n行次 全年预算数\n扣除统筹整合资金后预算数\n全年到位资金\n全年执行资金\n列次 0 1 2 3 4\n"
        "年度资金总额 1 100 80 72 60\n其中：财政拨款 2 70 50 50 40\n"
    )
    read = [cell for table in restored(text).tables for row in grid(table) for cell in row]
    assert not any(len(cell.split()) > 3 for cell in read)


WITHOUT_REMARKS = """2023年度项目支出绩效自评表
| 项目名称 | 村级卫生室设备更新 | 主管部门 | 某县卫生健康局 | 项目资金(元) |
| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 年度资金总额 |
| 260000 | 260000 | 10 | 100% | 10 | 其中:财政拨款 |
| 260000 | 260000 | — |
| — | 年度总体目标 | 预期目标 | 实际完成情况 | 设备更新 | 设备已更新 |
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
产出指标 | 数量指标 | 更新设备 | ≥26台 | 26台 | 20 | 20 |
| 质量指标 | 验收合格率 | ≥98% | 100% | 20 | {score} |
| 时效指标 | 到货及时率 | ≥95% | 96% | 20 | 20 |
效益指标 | 社会效益指标 | 受益群众 | ≥3000人 | 3100人 | 20 | 20 |
| 生态效益指标 |
| |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 95% | 10 | 10 |
其他需要说明的事项 | 无 | 总分 | 100 | {total} |
"""


def test_a_group_without_indicators_leaves_no_remark_open(tmp_path: Path) -> None:
    def found(score: int) -> list[tuple[str, str]]:
        path = tmp_path / "自评.txt"
        path.write_text(WITHOUT_REMARKS.format(score=score, total=score + 80), encoding="utf-8")
        return [(f.rule, f.primary.text) for f in check(path).findings if f.severity is not Severity.INFO]

    assert not found(20)
    assert found(16) == [("SCORE-012", "16")]
