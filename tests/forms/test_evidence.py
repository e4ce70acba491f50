"""Tests of `validator.forms.evidence`: what tells the funds of a form from the table of a budget."""

from __future__ import annotations

import pytest

from tests.forms.flattened import restored
from tests.forms.recognising import recognise
from validator.forms.evidence import has_rows_of_a_form

COLUMNS = "项目 | 年初预算数 | 全年执行数 | 执行率"
ROWS = "水费 | 10 | 9 | 90%\n电费 | 20 | 18 | 90%\n合计 | 30 | 27 | 90%"
OF_A_FORM = "年度资金总额 | 30 | 27 | 90%\n办公费 | 30 | 27 | 90%\n差旅费 | 0 | 0 | —"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], False),
        ([("total", True), ("", False), ("", False)], False),
        ([("total", False), ("", False), ("", False)], True),
        ([("part", False), ("", False)], False),
        ([("part", False), ("part", False), ("", False), ("", False)], True),
        ([("part", False), ("", False), ("", False)], False),
        ([("total", True), ("part", False)], True),
    ],
)
def test_rows_of_a_form_have_its_labels(roles: list[tuple[str, bool]], expected: bool) -> None:
    assert has_rows_of_a_form(roles) is expected


@pytest.mark.parametrize(
    ("above", "columns", "rows", "is_form"),
    [
        ("", COLUMNS, ROWS, False),
        ("2023年水电费执行情况表", COLUMNS, ROWS, False),
        ("项目支出绩效自评表（2023年度）", COLUMNS, ROWS, True),
        ("项目名称：水电保障", COLUMNS, ROWS, True),
        ("", COLUMNS, OF_A_FORM, True),
        ("", COLUMNS.replace("项目", "资金来源"), ROWS, True),
    ],
    ids=["nothing", "another title", "title", "project", "rows", "column of sources"],
)
@pytest.mark.parametrize("pasted", [False, True], ids=["table", "pasted"])
def test_columns_of_funds_alone_make_no_form(above: str, columns: str, rows: str, is_form: bool, pasted: bool) -> None:
    drawing = f"{columns}\n{rows}"
    if pasted:
        tables = restored(f"{above}\n{drawing}".replace(" | ", " ")).tables
        recognition = recognise(above, *tables)
    else:
        recognition = recognise(above, drawing)
    assert bool(recognition.matches) is is_form
    assert is_form or "栏目相近" in recognition.reasons[0]


def test_a_block_with_points_is_one_of_a_form() -> None:
    assert recognise("项目 | 预算数 | 执行数 | 分值 | 得分\n水费 | 10 | 9 | 10 | 9\n电费 | 20 | 18 | 10 | 9").matches


PUBLIC = "预算数|<|决算数|<\n合计|公务接待费|合计|公务接待费\n1|2|3|4\n9.5|9.5|8.2|8.2"
DEBTS = "项目|全市|市本级|县区\n年末余额|9.5|3.5|6.0\n年末限额|12.5|4.5|8.0\n新增债券|2.5|1.0|1.5"


@pytest.mark.parametrize("tables", [(PUBLIC, DEBTS), (DEBTS, PUBLIC)], ids=["above", "below"])
def test_a_column_of_items_in_another_table_names_no_project(tables: tuple[str, str]) -> None:
    assert not recognise("三公经费支出决算表", *tables).matches


def test_the_name_of_a_project_in_a_table_of_its_own_does() -> None:
    assert recognise("", "项目名称|水电保障\n主管部门|某县水利局", f"{COLUMNS}\n{ROWS}").matches


SIDES = """
收入|<|<|支出|<|<
项目|年初预算数|决算数|项目|年初预算数|决算数
一、财政拨款收入|80|82|一、教育支出|70|75
二、事业收入|20|20|二、卫生健康支出|20|18
三、其他收入|5|4|三、住房保障支出|10|10
总计|105|106|总计|100|103
"""


def test_labels_of_the_other_side_and_of_the_heading_above_make_no_form() -> None:
    assert not recognise("部门收支决算总表", SIDES).matches


def test_the_title_of_an_insurance_fund_makes_no_project_of_its_account() -> None:
    rows = "名称 | 项目预算数 | 执行数\n待遇支出 | 9 | 8\n合计 | 9 | 8"
    assert "funds" not in {block.section.id for m in recognise("养老保险基金收支表", rows).matches for block in m.blocks}


def test_a_row_that_numbers_the_columns_below_labels_of_two_levels_has_no_figures() -> None:
    rows = "预算数|<|决算数|<\n合计|公务接待费|合计|公务接待费\n1|2|3|4\n9.5|9.5|8.2|8.2"
    (match,) = recognise("项目支出绩效自评表（2023年度）", rows).matches
    assert all(2 in block.skipped for block in match.blocks if block.section.id == "funds")
