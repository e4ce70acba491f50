"""Small tables of rows that are laid down, a cell on each line, whose blank cells are gone."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored

TABLE = """某局2031年“三公”经费预算说明
项目
预 算 数(万元)
合计
12.4
因公出国(境)费
公务接待费
2.4
公务用车购置及运行费
10
其中:公务用车运行维护费
10
公务用车购置
二、情况说明
以上经费用于日常工作。"""


def test_an_amount_belongs_to_the_label_before_it() -> None:
    (table,) = restored(TABLE).tables
    assert grid(table) == [
        ["项目", "预 算 数(万元)"],
        ["合计", "12.4"],
        ["因公出国(境)费", ""],
        ["公务接待费", "2.4"],
        ["公务用车购置及运行费", "10"],
        ["其中:公务用车运行维护费", "10"],
        ["公务用车购置", ""],
    ]
    assert table.open_rows == frozenset()


def test_rows_without_an_amount_are_open_where_the_total_is_another() -> None:
    (table,) = restored(TABLE.replace("2.4\n公务用车", "公务用车")).tables
    assert table.open_rows == {2, 3, 6}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2.4\n公", "2.4\n3.1\n公"),
        ("项目\n预 算 数(万元)\n", "基本情况\n"),
        ("因公出国(境)费\n公务接待费\n2.4\n公务用车购置及运行费\n10\n", ""),
    ],
    ids=["two amounts", "no head", "few rows"],
)
def test_anything_else_is_no_such_table(old: str, new: str) -> None:
    assert old in TABLE
    assert all(len(table.rows[0]) != 2 or table.rows[0][0] is None for table in restored(TABLE.replace(old, new)).tables)
