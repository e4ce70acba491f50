"""Rows that lost their blank cells go back where the row above them and the rates leave one way."""

from __future__ import annotations

import re

import pytest

from tests.forms.flattened import grid, restored

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
