"""Cells of a table that a sentence tells by the names of row and column."""

from __future__ import annotations

import pytest

from validator.model.finding import Report
from validator.pipeline import check

TABLE = (
    "县区\t项目个数\t下达资金（万元）\t完成投资额（万元）\t支出进度\n东区\t58\t3200.00\t920.50\t28.77%\n西区\t24\t1800.00\t616.20\t34.23%\n"
    "南县\t31\t2850.00\t1140.00\t40.00%\n"
)
TEXT = "东区项目58个，下达资金3200万元，完成投资920.50万元，支出进度28.77%；西区项目24个，完成投资616.20万元。"


def told(text: str, table: str = TABLE) -> Report:
    return check(f"{table}\n{text}\n".encode(), name="a.txt")


def found(report: Report) -> list[tuple[str, str, str]]:
    return [(one.rule, one.primary.text, one.related[0].text) for one in report.findings if one.severity != "info"]


def test_each_figure_is_held_to_the_row_named_before_it_and_to_its_own_column() -> None:
    held = [one.stated.text for one in told(TEXT).checks if one.rule == "NARR-014" and one.stated]

    assert held == ["58个", "3200万元", "920.50万元", "28.77%", "24个", "616.20万元"]
    assert found(told(TEXT)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "cell"),
    [
        ("58个", "68个", "58"),
        ("920.50万元", "1148.00万元", "920.50"),
        ("616.20万元", "661.20万元", "616.20"),
    ],
)
def test_a_figure_that_the_cell_of_its_names_does_not_have_is_told(right: str, wrong: str, cell: str) -> None:
    assert ("NARR-014", wrong, cell) in found(told(TEXT.replace(right, wrong)))


@pytest.mark.parametrize(
    "text",
    [
        "东区完成投资500.50万元。",
        "东区项目58个，完成投资5.5亿元。",
        "东区项目58个，上年完成投资812.40万元。",
        "东区项目58个，其中道路项目完成投资612.40万元。",
        "东区项目58个；新区项目完成投资612.40万元。",
        "东区项目58个，新建桥梁4座，完成投资612.40万元。",
        "东区项目58个（完成投资612.40万元）。",
        "东区项目58个，计划完成投资额增加812.40万元。",
        "截至6月底，东区项目58个，完成投资612.40万元。",
    ],
    ids=[
        "alone",
        "of another size",
        "of last year",
        "a part",
        "of another row",
        "of something else",
        "in brackets",
        "a change",
        "by then",
    ],
)
def test_what_may_be_another_figure_is_not(text: str) -> None:
    assert found(told(text)) == []


def test_a_row_whose_name_another_table_has_too_is_none() -> None:
    both = TABLE + "\n第二批\n" + TABLE.replace("920.50", "930.50")

    checks = told(TEXT.replace("920.50", "920.60"), both).checks
    assert not [one for one in checks if one.rule == "NARR-014" and one.stated and one.stated.text == "920.60万元"]
