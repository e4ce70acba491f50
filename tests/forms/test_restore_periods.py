"""Rows that are named by months, in tables that became text."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid
from validator.forms.restore.shapes import is_period
from validator.pipeline import check

TITLE = "项目支出绩效自评表"
HEADER = "资金来源 年初预算数 全年预算数 全年执行数 执行率"


@pytest.mark.parametrize(
    "months", [("9月", "10月", "11月"), ("2025年9月", "2025年10月", "2025年11月"), ("9月份", "10月份", "11月份")]
)
def test_a_month_is_the_name_of_a_row(months: tuple[str, ...]) -> None:
    rows = [f"{month}   10.00   12.00   6.00   50%" for month in months]
    text = "\n".join((TITLE, HEADER, *rows, "合计   30.00   36.00   18.00   50%"))
    found = [row[-5:] for row in only_grid(text)[1:]]
    assert found == [
        *([month, "10.00", "12.00", "6.00", "50%"] for month in months),
        ["合计", "30.00", "36.00", "18.00", "50%"],
    ]


@pytest.mark.parametrize(
    "years", [("2023年", "2024年", "2025年"), ("2023年度", "2024年度", "2025年度"), ("2023", "2024", "2025")]
)
def test_a_year_is_the_name_of_a_row(years: tuple[str, ...]) -> None:
    rows = [f"{year}\t10.00\t2024\t6.00\t50%" for year in years]
    text = "\n".join((TITLE, "\t".join(HEADER.split()), *rows, "合计\t30.00\t6072\t18.00\t50%"))
    found = [row[-5:] for row in only_grid(text)[1:]]
    assert found == [*([year, "10.00", "2024", "6.00", "50%"] for year in years), ["合计", "30.00", "6072", "18.00", "50%"]]


@pytest.mark.parametrize("separator", [" ", "   "])
def test_a_year_names_a_row_of_a_table_of_no_form(separator: str) -> None:
    rows = [
        "年度 预算数 支出数 支出率",
        "2023年 146.00 138.70 95.00%",
        "2024年 158.00 154.84 98.00%",
        "合计 304.00 293.54 96.56%",
    ]
    assert only_grid("\n".join(row.replace(" ", separator) for row in rows)) == [row.split() for row in rows]


def test_a_line_of_years_is_no_row() -> None:
    rows = ["地区 2023年 2024年", "甲县 146.00 138.70", "乙县 158.00 154.84", "丙县 30.00 29.50"]
    assert only_grid("\n".join(rows)) == [row.split() for row in rows]


def test_where_targets_are_a_month_is_an_answer() -> None:
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"
    text = f"{TITLE}\n{header}\n产出指标 时效指标 完成时间 12月 11月 10 10\n产出指标 数量指标 培训人次 ≥100人次 120人次 10 10"
    assert ["完成时间", "12月", "11月", "10", "10"] in [row[-5:] for row in only_grid(text)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9月", True),
        ("12月份", True),
        ("2025年9月", True),
        ("2025年 10月", True),
        ("9", False),
        ("9个月", False),
        ("100月", False),
    ],
)
def test_which_texts_are_months(text: str, period: bool) -> None:
    assert is_period(text) is period


def test_columns_that_come_again_for_another_year_keep_all_their_figures() -> None:
    rows = [
        "项目\t2022年\t\t\t2023年\t\t",
        "\t预算数\t决算数\t执行率\t预算数\t决算数\t执行率",
        "支出合计\t320.00\t300.80\t94.00%\t350.00\t335.30\t95.80%",
        "一、基本支出\t200.00\t190.00\t95.00%\t220.00\t215.60\t98.00%",
        "人员经费\t150.00\t144.00\t96.00%\t160.00\t158.40\t99.00%",
        "公用经费\t50.00\t46.00\t92.00%\t60.00\t57.20\t95.33%",
        "二、项目支出\t120.00\t110.80\t92.33%\t130.00\t119.70\t92.08%",
    ]
    text = "\n".join((TITLE, *rows))
    assert only_grid(text)[-5:] == [row.split("\t") for row in rows[-5:]]
    report = check(text.replace("99.00%", "98.00%").encode(), name="a.txt")
    assert [finding.primary.text for finding in report.findings if finding.kind == "ratio"] == ["98.00%"]
