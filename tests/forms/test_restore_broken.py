"""Rows that go on below as many line breaks as they have empty cells."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored

BROKEN = """2031年站点运维补助计划表
序号 乡镇 一类站 二类站 合计
座数 补助资金(万元) 座数 补助资金(万元) 总座数 补助资金(万元)
1 甲南镇

3 6.3 3 6.3
2 乙北镇 2 1.6 1 2.1 3 3.7
3 丙东镇 4 3.2

4 3.2
4 丁西镇

5 10.5 5 10.5
合 计 6 4.8 9 18.9 15 23.7
备注:一类站补助标准为0.8万元/座
"""


def test_breaks_are_empty_cells() -> None:
    upper, lower, *rows = only_grid(BROKEN)
    assert upper == ["乡镇", "一类站", "一类站", "二类站", "二类站", "合计", "合计"]
    assert lower[5] == "总座数"
    assert rows == [
        ["甲南镇", "", "", "3", "6.3", "3", "6.3"],
        ["乙北镇", "2", "1.6", "1", "2.1", "3", "3.7"],
        ["丙东镇", "4", "3.2", "", "", "4", "3.2"],
        ["丁西镇", "", "", "5", "10.5", "5", "10.5"],
        ["合 计", "6", "4.8", "9", "18.9", "15", "23.7"],
    ]


def test_a_figure_keeps_its_address() -> None:
    (table,) = restored(BROKEN).tables
    assert {cell.text: cell.address for cell in table.cells()}["10.5"].startswith("L13:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3 6.3 3 6.3", "\n3 6.3 3 6.3"),
        ("3 6.3 3 6.3", "3 6.3 3"),
        ("序号 乡镇 一类站 二类站 合计\n", ""),
        ("备注:", "戊镇 1 2.1\n备注:"),
    ],
    ids=["one break more", "one figure less", "no header", "a row that is not even"],
)
def test_rows_that_do_not_come_out_even_are_not_read(old: str, new: str) -> None:
    assert all("甲南镇" not in str(table.rows) for table in restored(BROKEN.replace(old, new)).tables)
