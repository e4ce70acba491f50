"""Grids whose rows slipped: cells go back under their labels with their own addresses, sound grids stay as they are."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid
from validator.forms.restore import restore
from validator.model.document import Document, Table
from validator.readers import read
from validator.rules.load import load_ruleset

HEADER = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
SLIPPED = [
    HEADER,
    ["产出指标", "数量指标", "巡检趟数", "≥6次", "7次", "12", "12", ""],
    ["", "质量指标", "巡检覆盖率", "≥90%", "95%", "13", "13", ""],
    ["效益指标", "社会效益", "受益户数", "≥50户", "60户", "15", "15", ""],
]
SOUND = [HEADER, *(["", *row[:-1]] for row in SLIPPED[1:])]


def restored(rows: list[list[str]], format: str) -> Document:
    """Write rows in a format, read and restore them."""
    if format == "html":
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        data = f"<table>{body}</table>"
    elif format == "md":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        data = "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
    else:
        data = "\n".join(("," if format == "csv" else "\t").join(row) for row in rows)
    return restore(read(data.encode(), name=f"form.{format}"), load_ruleset())


def table_of(rows: list[list[str]], format: str) -> Table:
    """Return the one table of rows in a format."""
    (table,) = restored(rows, format).tables
    return table


@pytest.mark.parametrize("format", ["csv", "tsv", "html", "md"])
def test_rows_that_slipped_one_column_go_back_under_their_labels(format: str) -> None:
    table = table_of(SLIPPED, format)
    assert grid(table) == SOUND
    assert table.rows[1][3].address == table_of(SOUND, format).rows[1][2].address  # type: ignore[union-attr]


@pytest.mark.parametrize("format", ["csv", "tsv", "html", "md"])
def test_a_grid_that_makes_sense_stays_as_it_is(format: str) -> None:
    rows = [*SOUND, ["", "满意度指标", "", "群众满意度", "90", "93", "", "说明"]]
    assert grid(table_of(rows, format)) == rows


def test_rows_with_serial_numbers_make_sense_where_they_stand() -> None:
    counted = [[str(n), f"修缮房屋{n}期（套）", "80", "76", "95%", "19", "20"] for n in range(1, 5)]
    rows = [["序号", "指标", "年度目标", "实际完成", "完成率", "自评得分", "满分"], *counted]
    rows.append(["合计", "—", "—", "—", "—", "76", "80"])
    assert grid(table_of(rows, "html")) == rows


def test_full_width_figures_make_as_much_sense_as_others() -> None:
    rows = [HEADER, *([*row[:-2], "１２．５", "１２．５"] for row in SOUND[1:])]
    assert grid(table_of(rows, "tsv")) == rows


PAGED = [
    *SOUND,
    ["", "", "生态效益", "绿化面积", "≥5亩", "6亩", "20", "20"],
    ["", "", "", "成活率", "≥80%", "85%", "10", "10"],
    ["", "满意度指标", "满意度", "群众满意率", "≥90%", "92%", "20", "19"],
]


@pytest.mark.parametrize("format", ["csv", "html"])
def test_rows_of_the_next_page_that_slipped_alike_go_back_with_their_total(format: str) -> None:
    rows = [*PAGED[:-2], *([*row[1:], ""] for row in PAGED[-2:]), ["总分", "", "", "", "", "90", "89", ""]]
    assert grid(table_of(rows, format)) == [*PAGED, ["", "总分", "", "", "", "", "90", "89"]]


def test_last_rows_that_make_sense_stay_where_they_are() -> None:
    rows = [*PAGED, ["满意度指标", "满意度", "职工满意率", "较高", "较高", "5", "5", ""]]
    assert grid(table_of(rows, "csv"))[:-1] == PAGED


def test_a_total_that_slipped_alone_goes_under_the_points() -> None:
    rows = [*SOUND, ["总分", "", "", "", "", "40", "40", ""]]
    assert grid(table_of(rows, "tsv"))[-1][-2:] == ["40", "40"]


FUNDS = [
    ["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["年度资金总额", "1320.00", "1300.00", "1170.00", "10", "90%", "9", ""],
    ["其中：当年财政拨款", "1320.00", "1300.00", "1170.00", "—", "90%", "—", ""],
]


@pytest.mark.parametrize("format", ["csv", "html", "md"])
def test_a_rate_among_the_points_tells_that_rows_slipped(format: str) -> None:
    table = table_of([["项目支出绩效自评表", *[""] * 7], *FUNDS], format)
    assert grid(table)[2] == ["", *FUNDS[1][:-1]]


LIST = [
    ["序号", "项目名称", "责任科室", "年初预算数", "调整数", "全年预算数", "全年执行数", "结余数", "执行率", "得分", "等级"],
    ["1", "网络运维", "办公室", "30.00", "0", "30.00", "27.00", "3.00", "90.00", "95", "优"],
    ["2", "设备购置", "业务科", "20.00", "2.00", "22.00", "22.00", "0.00", "100.00", "97", "优"],
]  # fmt: skip


def test_a_total_that_slipped_goes_back_with_all_its_figures() -> None:
    figures = ["50.00", "2.00", "52.00", "49.00", "3.00", "94.23"]
    table = table_of([["项目支出绩效自评表", *[""] * 10], *LIST, ["合计", "", *figures, "", "", ""]], "md")
    assert grid(table)[-1][3:9] == figures


def test_a_slipped_total_that_lost_a_figure_is_not_read() -> None:
    rows = [["项目支出绩效自评表", *[""] * 10], *LIST, ["合计", "", "50.00", "52.00", "49.00", "94.23", "", "", "", "", ""]]
    table = table_of(rows, "md")
    assert not any(grid(table)[-1][3:10])
    assert table.open_rows == {len(rows) - 1}


@pytest.mark.parametrize("format", ["csv", "tsv", "html", "md"])
def test_a_total_among_figures_stays_where_it_stands_whatever_adds_up(format: str) -> None:
    total = ["合计", "", "", "77.00", "2.00", "52.00", "49.00", "3.00", "94.23", "", ""]
    table = table_of([["项目支出绩效自评表", *[""] * 10], *LIST, total], format)
    assert grid(table)[-1] == total


@pytest.mark.parametrize("format", ["csv", "html", "md"])
def test_headings_side_by_side_end_the_funds_and_what_stands_below_stays_there(format: str) -> None:
    below = [
        ["按收入性质分：", "", "", "", "按支出性质分：", "", "", ""],
        ["其中：一般公共预算", "", "820.00", "", "其中：基本支出", "", "730.00", ""],
        ["其他资金", "", "500.00", "", "", "", "", ""],
    ]
    rows = [["部门整体支出绩效自评表", *[""] * 7], *FUNDS[:2], *below]
    assert grid(table_of(rows, format))[-3:] == below


def test_a_total_that_has_no_place_is_told_of() -> None:
    rows = [["项目支出绩效自评表", *[""] * 10], *LIST, ["合计", "", "50.00", "52.00", "49.00", "94.23", "", "", "", "", ""]]
    data = "\n".join("\t".join(row) for row in rows).encode()
    document = restore(read(data, name="form.tsv"), load_ruleset())
    (note,) = document.notes
    assert note.address == "表1!C5"
    assert "“50.00”" in note.message


def test_figures_broken_in_a_narrow_column_are_figures() -> None:
    table = table_of(
        [["项目支出绩效自评表", *[""] * 7], FUNDS[0], ["", *FUNDS[1][:2], "1300.<br>00", "1170.<br>00", "10", "90<br>%", "9"]],
        "md",
    )
    assert grid(table)[2][3:5] == ["1300.\n00", "1170.\n00"]


BY_CODE = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["栏次", "1", "2", "3", ""],
    ["合计", "30.5", "20.5", "10", ""],
    ["205", "教育支出", "12", "8", "4"],
    ["208", "社会保障和就业支出", "10", "6", "4"],
    ["221", "住房保障支出", "8.5", "6.5", "2"],
]


def test_a_total_whose_label_reached_over_the_names_has_its_figures_right_of_them() -> None:
    rows = grid(table_of(BY_CODE, "md"))
    assert rows[1:3] == [["栏次", "", "1", "2", "3"], ["合计", "", "30.5", "20.5", "10"]]
    assert rows[3:] == BY_CODE[3:]


@pytest.mark.parametrize("total", [["合计", "3", "30.5", "20.5", ""], ["合计", "30.5", "20.5", "10", "0"]])
def test_a_number_of_items_or_a_whole_row_stays_where_it_is(total: list[str]) -> None:
    rows = [BY_CODE[0], total, *BY_CODE[3:]]
    assert grid(table_of(rows, "md")) == rows


def test_a_row_that_repeats_one_text_is_a_heading_across() -> None:
    table = table_of([["三、指标完成情况"] * len(HEADER), *SOUND], "md")
    assert table.rows[0][0] is table.rows[0][-1]
    assert grid(table)[1:] == SOUND


def test_rows_that_lost_cells_too_leave_a_total_where_it_is() -> None:
    """Without its group, the unit of a row stands where the others have their names."""
    rows = [
        ["类别", "品目", "单位", "数量", "金额"],
        ["设备", "计算机", "台", "12", "60"],
        ["打印机", "台", "5", "10", ""],
        ["服务", "系统运维", "年", "1", "30"],
        ["小计", "100", "", "", ""],
    ]
    assert grid(table_of(rows, "md"))[-1] == rows[-1]


def test_a_target_or_a_unit_for_a_name_tells_that_a_row_slipped() -> None:
    header = ["一级指标", "二级指标", "三级指标", "计量单位", "指标值", "完成值", "分值", "得分"]
    whole = [
        ["产出指标", "数量指标", "站点数", "个", "≥14", "17", "13", "13"],
        ["效益指标", "社会效益", "就业率", "%", "≥90", "93", "15", "15"],
    ]
    short = [["招聘会场次", "场", "≥5", "5", "13", "13", "", ""], ["质量指标", "结业率", "%", "≥96", "99", "12", "12", ""]]
    short.append(["成本指标", "人均经费", "元/人", "≤1100", "990", "12", "12", ""])
    rows = grid(table_of([header, whole[0], *short, whole[1]], "md"))
    assert rows[2][2:] == short[0][:6]
    assert rows[3][1:] == short[1][:7]


TITLE = ["项目支出绩效自评表", *[""] * 7]


@pytest.mark.parametrize(
    "total",
    [
        ["总分", "", "", "", "", "50", "49.6", ""],  # one to the left
        ["总分", "", "", "50", "49.6", "", "", ""],
        ["", "", "总分", "", "", "", "", "50", "49.6"],  # one to the right, where no column is
        ["总分", "", "", "", "", "", "", "50", "49.6"],
    ],
)
def test_a_total_whose_figures_fit_the_columns_of_points_goes_there_whatever_it_adds_up_to(total: list[str]) -> None:
    """The points of the funds are in it too."""
    table = table_of([TITLE, *SOUND, total], "tsv")
    assert grid(table)[-1][6:8] == ["50", "49.6"]
    assert not table.open_rows


def test_figures_that_fit_no_columns_of_points_are_no_total_there() -> None:
    document = restore(
        read(
            "\n".join("\t".join(row) for row in [TITLE, *SOUND, ["总分", "", "", "50", "", "49.6", "", ""]]).encode(),
            name="a.tsv",
        ),
        load_ruleset(),
    )
    assert document.notes
    assert document.tables[0].open_rows == {len(SOUND) + 1}


def test_one_row_that_slipped_among_sound_ones_goes_back() -> None:
    slipped = ["", "环境效益", "绿化率", "100%", "100%", "15", "15", ""]
    table = table_of([TITLE, *SOUND, slipped], "tsv")
    assert grid(table)[-1] == ["", *slipped[:-1]]


@pytest.mark.parametrize("rows", [[["合计"]], [["合计", "3"]], [["0"]]])
def test_narrow_tables_stay_as_they_are(rows: list[list[str]]) -> None:
    assert grid(table_of(rows, "tsv")) == rows


BOUGHT = [
    ["类别", "品目", "单位", "数量", "预算（元）", "节约率"],
    ["设备", "台式机", "台", "44", "1,360.00", "11.00%"],
    ["打印机", "台", "39", "639.00", "6.00%", ""],
    ["小计", "1,999.00", "9.40%", "", "", ""],
    ["服务", "运维", "年", "45", "1,934.00", "5.00%"],
    ["数字化", "页", "80", "233.00", "4.00%", ""],
    ["培训", "会务", "次", "2", "400.00", "3.00%"],
]


@pytest.mark.parametrize("format", ["html", "md"])
def test_rows_that_lost_a_cell_that_reached_down_go_back_and_totals_keep_their_label(format: str) -> None:
    rows = grid(table_of(BOUGHT, format))
    assert rows[2] == ["", "打印机", "台", "39", "639.00", "6.00%"]
    assert rows[3] == ["小计", "", "", "", "1,999.00", "9.40%"]
    assert rows[5] == ["", "数字化", "页", "80", "233.00", "4.00%"]
    assert [rows[n] for n in (0, 1, 4, 6)] == [BOUGHT[n] for n in (0, 1, 4, 6)]


def test_a_short_row_that_makes_sense_nowhere_is_open_and_said_to_be_unread() -> None:
    rows = [*BOUGHT, ["赠品", "6.00%", "39", "台", "18.00", ""]]
    document = restored(rows, "md")
    (table,) = document.tables
    assert table.open_rows == {7}
    assert grid(table)[7] == rows[7]
    assert [note.message for note in document.notes] == ["“赠品”一行少了几格，分不出各数属于哪一栏，未作核对。"]


@pytest.mark.parametrize(
    "row",
    [
        ["设备", "台式机", "台", "44", "1,360.00", ""],
        ["设备", "台式机", "台", "44", "6.00%", ""],
        ["设备", "台式机", "台", "44", "", ""],
        ["合计", "", "", "44", "-", ""],
    ],
)
def test_a_short_row_that_makes_sense_stays(row: list[str]) -> None:
    rows = [*BOUGHT[:2], row, *BOUGHT[4:]]
    table = table_of(rows, "md")
    assert grid(table)[2] == row
    assert not table.open_rows
