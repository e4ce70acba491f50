"""Rows that lost their blank cells go back where the row above them and the rates leave one way."""

from __future__ import annotations

import re

import pytest

from tests.forms.flattened import grid, restored
from validator.pipeline import check

ACCOUNT = """某市2031年一季度基金收支执行情况表 | |||||||
填报单位： | 某市本级 | 2031年一季度 | 单位：元 | ||||
项目 | 年初预算 | 调整预算 | 本季执行 | 累计执行 | 上年同期 | 执行进度(%) | 同比增长(%)
一、收入合计 | 9,000.50 | 9,100.50 | 2,310.40 | 2,310.40 | 2,000.10 | 25.39% | 15.51%
（一）收入小计 | 9,000.50 | 9,100.50 | 2,310.40 | 2,310.40 | 2,000.10 | 25.39% | 15.51%
1.缴费收入 | 8,000.00 | 8,100.00 | 2,100.20 | 2,100.20 | 1,810.00 | 25.93% | 16.03%
2.利息收入 | 1,000.50 | 1,000.50 | 188.10 | 188.10 | 160.00 | 18.80% | 17.56%
3.财政补贴 | 0.00 | 100.00% | | | | |
4.其他收入 | 22.10 | 22.10 | 30.10 | -26.58% | | |
（二）上级补助收入 | 0.00 | 0.00% | | | | |
二、支出合计 | 7,000.00 | 7,100.00 | 1,990.25 | 1,990.25 | 1,800.15 | 28.03% | 10.56%
1.待遇支出 | 6,900.00 | 7,000.00 | 1,980.15 | 1,980.15 | 1,799.15 | 28.29% | 10.06%
2.其他支出 | 100.00 | 100.00 | 10.10 | 10.10 | 1.00 | 10.10% | 910.00%
"""
OTHER = "4.其他收入 | 22.10 | 22.10 | 30.10 | -26.58% | | |"
IN_PLACE = ["4.其他收入", "", "", "22.10", "22.10", "30.10", "", "-26.58%"]


def row_of(text: str, label: str) -> list[str]:
    """Return the row with a label in the table that is restored from a text."""
    (table,) = restored(text.rstrip("\n")).tables
    return next(row for row in grid(table) if row[0] == label)


def open_labels(text: str) -> set[str]:
    """Return the labels of the rows that are told as open."""
    (table,) = restored(text.rstrip("\n")).tables
    return {grid(table)[n][0] for n in table.open_rows}


def test_a_row_goes_where_all_columns_close_and_its_rate_follows() -> None:
    assert row_of(ACCOUNT, "4.其他收入") == IN_PLACE
    assert open_labels(ACCOUNT) == set()


def test_a_row_of_zeros_has_its_label_alone() -> None:
    assert row_of(ACCOUNT, "3.财政补贴") == ["3.财政补贴", *[""] * 7]
    assert row_of(ACCOUNT, "（二）上级补助收入") == ["（二）上级补助收入", *[""] * 7]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("（一）收入小计 | 9,000.50 | 9,100.50 | 2,310.40", "（一）收入小计 | 9,000.50 | 9,100.50 | 2,301.40"),
        ("1.缴费收入 | 8,000.00 | 8,100.00 | 2,100.20 | 2,100.20", "1.缴费收入 | 8,000.00 | 8,100.00 | 2,100.20 | 2,100.02"),
        ("25.93% | 16.03%", "25.93% | 16.30%"),
    ],
    ids=["the sum", "another part", "another rate"],
)
def test_one_wrong_figure_elsewhere_leaves_it_there(right: str, wrong: str) -> None:
    assert right in ACCOUNT
    assert row_of(ACCOUNT.replace(right, wrong), "4.其他收入") == IN_PLACE


def test_its_own_wrong_figure_leaves_it_there() -> None:
    assert row_of(ACCOUNT.replace(OTHER, OTHER.replace("-26.58%", "-25.68%")), "4.其他收入")[7] == "-25.68%"
    assert row_of(ACCOUNT.replace(OTHER, OTHER.replace("30.10", "31.00")), "4.其他收入")[5] == "31.00"


@pytest.mark.parametrize(
    "row",
    [
        "4.其他收入 | 23.10 | 25.10 | 30.10 | -26.58% | | |",
        "4.其他收入 | 22.10 | 22.10 | | | | |",
        "4.其他收入 | 0.10 | -26.58% | | | | |",
    ],
    ids=["two columns off", "too few figures", "one short figure"],
)
def test_a_row_without_a_place_for_sure_is_open(row: str) -> None:
    assert open_labels(ACCOUNT.replace(OTHER, row)) == {"4.其他收入"}


def test_two_rows_go_where_all_columns_close() -> None:
    text = ACCOUNT.replace(OTHER, "4.捐赠收入 | 12.10 | 12.10 | | | | |\n5.其他收入 | 10.00 | 10.00 | 30.10 | -66.78% | | |")
    assert row_of(text, "4.捐赠收入") == ["4.捐赠收入", "", "", "12.10", "12.10", "", "", ""]
    assert row_of(text, "5.其他收入") == ["5.其他收入", "", "", "10.00", "10.00", "30.10", "", "-66.78%"]


def test_rows_without_a_numbered_row_above_are_open() -> None:
    plain = re.sub(r"^(?:[一二]、|（[一二]）|\d\.)", "", ACCOUNT, flags=re.MULTILINE)
    assert "其他收入" in open_labels(plain)


COLLECTED = """税种 | 年度计划 | 累计 | 当月 | 累计为计划% |||||||
本期 | 同期 | 增减额 | 增减率% | 本期 | 同期 | 增减额 | 增减率% ||||
税收合计 | 24712 | 20772 | 19954 | 818 | 4.1 | 1568 | 1523 | 45 | 3.0 | 84.1 |
1、增值税 | 9120 | 8022 | 7415 | 607 | 8.2 | 640 | 602 | 38 | 6.3 | 88.0 |
2、企业所得税 | 7946 | 6312 | 6035 | 277 | 4.6 | 450 | 455 | -5 | -1.1 | 79.4 |
省级征收 | 5230 | 4410 | 3980 | 430 | 10.8 | 310 | 295 | 15 | 5.1 | 84.3 |
市级征收 | 2716 | 1902 | 2055 | -153 | -7.4 | 140 | 160 | -20 | -12.5 | 70.0 |
3、个人所得税 | 1844 | 1520 | 1426 | 94 | 6.6 | 118 | 96 | 22 | 22.9 | 82.4 |
省级征收 | 180 | 35 | -35 | -100.0 |||||||
市级征收 | 1664 | 1520 | 1391 | 129 | 9.3 | 118 | 96 | 22 | 22.9 | 91.3 |
4、印花税 | 1337 | 902 | 1077 | -175 | -16.2 | 52 | 49 | 3 | 6.1 | 67.5 |
省级征收 | 326 ||||||||||
市级征收 | 1011 | 902 | 1077 | -175 | -16.2 | 52 | 49 | 3 | 6.1 | 89.2 |
5、房产税 | 3015 | 2706 | 2499 | 207 | 8.3 | 211 | 190 | 21 | 11.1 | 89.8 |
6、契税 | 1450 | 1310 | 1502 | -192 | -12.8 | 97 | 131 | -34 | -26.0 | 90.3 |
"""
"""Parts without a number; the rates have no sign of being such."""


@pytest.mark.parametrize(
    ("name", "row"),
    [("3、个人所得税", ["180", "", "35", "-35", "-100.0", "", "", "", "", ""]), ("4、印花税", ["326", *[""] * 9])],
)
def test_parts_without_a_number_go_where_the_row_above_leaves_room(name: str, row: list[str]) -> None:
    (table,) = restored(COLLECTED.rstrip("\n")).tables
    rows = grid(table)
    above = next(n for n, cells in enumerate(rows) if cells[0] == name)

    assert rows[above + 1][1 : 1 + len(row)] == row
    assert open_labels(COLLECTED) == set()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("省级征收 | 180 | 35 | -35", "省级征收 | 190 | 53 | -35"),
        ("省级征收 | 326 |", "省级征收 | 32 |"),
        ("省级征收 | 180 | 35 | -35 | -100.0", "省级征收 | 180 | 35 | -35 | -90.0"),
        ("3、个人所得税 | 1844", "3、个人所得税 | 1884"),
    ],
    ids=["another part", "another figure alone", "another rate", "another sum"],
)
def test_parts_that_leave_another_rest_stay_open(right: str, wrong: str) -> None:
    assert right in COLLECTED
    assert open_labels(COLLECTED.replace(right, wrong)) == {"省级征收"}


def test_one_wrong_figure_of_a_part_is_found() -> None:
    text = COLLECTED.replace("省级征收 | 180 |", "省级征收 | 190 |")

    assert [finding.primary.text for finding in check(text.encode(), name="a.txt").findings if finding.rule == "GEN-001"] == [
        "190"
    ]


def test_rows_whose_name_comes_once_are_no_parts() -> None:
    text = COLLECTED.replace("省级征收 | 180", "滞纳金 | 180").replace("省级征收 | 326", "罚款 | 326")

    assert open_labels(text) == {"滞纳金", "罚款"}
