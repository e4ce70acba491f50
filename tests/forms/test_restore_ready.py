"""Full-width figures and rows torn by a line break inside a cell: read like the rest, told as they stand in the text."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.ready import made_ready
from validator.model.document import Paragraph, Table

FORM = (
    "项目支出绩效自评表\n"
    "项目名称\t\t管网改造\t\t\t\t\t\n"
    "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
    "\t年度资金总额\t1320.00\t1300.00\t1170.00\t10\t90%\t9\n"
    "\t其中：当年财政拨款\t1320.00\t1300.00\t1170.00\t-\t90%\t-\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析\n"
    "产出指标\t数量指标\t改造管网长度\t≥12公里\t12.5公里\t20\t20\t\n"
    "\t\t新建水厂数量\t≥2座\t2座\t20\t20\t\n"
    "\t质量指标\t水质达标率\t≥95%\t97.3%\t20\t20\t\n"
    "效益指标\t社会效益指标\t受益人口\t≥3.2万人\t3.1万人\t30\t29\t部分住户外出\n"
    "总分\t\t\t\t\t100\t98\t\n"
)


def texts(text: str) -> list[list[str]]:
    return [row for table in restored(text).tables for row in grid(table)]


@pytest.mark.parametrize(
    ("whole", "torn"),
    [
        ("全年预算数\t", "全年\n预算数\t"),
        ("\t年度资金总额", "\t年度\n资金总额"),
        ("新建水厂数量", "新建\n水厂\n数量"),
        ("偏差原因分析", "偏差\n原因分析"),
        ("产出指标", "产出\n指标"),
        ("总分\t", "总\n分\t"),
        ("部分住户外出", "部分住户\n外出"),
    ],
)
def test_a_row_torn_by_a_line_break_in_a_cell_is_read_whole(whole: str, torn: str) -> None:
    messed = FORM.replace(whole, torn)
    assert messed != FORM
    assert texts(messed) == texts(FORM)


def test_the_pieces_of_a_torn_row_keep_their_places() -> None:
    document = restored(FORM.replace("新建水厂数量", "新建\n水厂数量"))
    at = {cell.text: cell.address for table in document.tables for cell in table.cells()}
    assert (at["新建水厂数量"], at["≥2座"], at["质量指标"]) == ("L8:3-4", "L9:6-8", "L10:2-5")


def test_rows_that_lost_the_cells_at_their_end_are_not_put_together() -> None:
    shifted = "\n".join(line.rstrip("\t") for line in FORM.replace("\t部分住户外出", "").split("\n"))
    ready = made_ready([Paragraph(line, f"L{n}") for n, line in enumerate(shifted.split("\n"), 1)], lambda _: False, bool)
    assert not ready.pieces


def test_a_short_row_above_a_label_is_no_piece_of_the_row_below() -> None:
    text = "项目名称\t某大桥\n一级指标\t二级指标\t三级指标\n" + "\n".join(["产出\t数量\t甲\t1"] * 4)
    ready = made_ready(
        [Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1)],
        lambda _: False,
        lambda text: text in ("项目名称", "一级指标"),
    )
    assert not ready.pieces


@pytest.mark.parametrize("between", ["- 3 -", "续表", "二、绩效情况", ""])
def test_a_line_between_two_rows_is_no_piece_of_them(between: str) -> None:
    messed = FORM.replace("\t质量指标", f"{between}\n\t质量指标")
    lines = [Paragraph(line, f"L{n}") for n, line in enumerate(messed.split("\n"), 1)]
    assert not made_ready(lines, lambda _: False, lambda text: text.endswith("指标")).pieces


def test_full_width_figures_stand_where_plain_ones_would_and_are_told_as_written() -> None:
    wide = FORM.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    plain = str.maketrans("０１２３４５６７８９．", "0123456789.")
    assert [[cell.translate(plain) for cell in row] for row in texts(wide)] == texts(FORM)
    (table,) = restored(wide).tables
    assert "１３００．００" in {cell.text for cell in table.cells()}


def test_lines_that_became_no_table_are_given_back_as_they_were() -> None:
    text = "一、基本情况\n全年支出１２．５万元，比上年增加２万元。"
    document = restored(text)
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == text.split("\n")


def test_what_nothing_was_done_to_is_the_same_object() -> None:
    lines = [Paragraph("全年支出12.5万元", "L1")]
    assert made_ready(lines, lambda _: False, lambda _: False).paragraphs[0] is lines[0]


def test_a_tab_before_each_cell_on_a_line_is_an_indent() -> None:
    cells = "\n".join(cell for line in FORM.split("\n") for cell in (*filter(None, line.split("\t")), "") if cell)
    indented = "\n".join(f"\t{line}" if n else line for n, line in enumerate(cells.split("\n")))
    assert texts(indented) == texts(cells)
    (table,) = restored(indented).tables
    assert next(cell.address for cell in table.cells() if cell.text == "管网改造") == "L3:2-5"


def test_marks_of_bold_letters_around_a_cell_are_none_of_it() -> None:
    rows = [
        "| **资金来源** | **预算数** | **执行数** | **执行率** |",
        "| 合计 | **320** | 304 | 95% |",
        "| 县级资金 | 320 | 304 | 95% |",
    ]
    (table,) = restored("\n".join(["**项目支出绩效自评表**", "其中：培训≥**人，宣传≥**次", *rows])).tables

    cells = [cell.text for cell in table.cells() if cell.text]
    assert cells[-12:-4] == ["资金来源", "预算数", "执行数", "执行率", "合计", "320", "304", "95%"]
    assert {cell.text: cell.address for cell in table.cells()}["预算数"] == "L3:16-18"
