"""Lists whose rows kept one figure each: the column whose total they come to, or none."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored

LIST = """二、项目支出明细情况
支出内容 计划支出数 实际支出数
人工费 {}
燃料费 20.50
维修费 9.50
支出合计 {} {}
"""


@pytest.mark.parametrize(("totals", "column"), [(("80.00", "70.00"), 2), (("70.00", "80.00"), 1)])
def test_the_figures_stand_in_the_column_of_their_total(totals: tuple[str, str], column: int) -> None:
    rows = {row[-3]: row[-3:] for row in only_grid(LIST.format("40.00", *totals))}
    assert [rows[name][column] for name in ("人工费", "燃料费", "维修费")] == ["40.00", "20.50", "9.50"]
    assert rows["人工费"][3 - column] == ""


@pytest.mark.parametrize("totals", [("80.00", "60.00"), ("70.00", "70.00")])
def test_where_no_total_or_both_are_theirs_nothing_is_placed(totals: tuple[str, str]) -> None:
    document = restored(LIST.format("40.00", *totals))
    assert not any(cell is not None and cell.text == "20.50" for table in document.tables for row in table.rows for cell in row)
    assert document.notes


def test_two_rows_prove_nothing() -> None:
    text = LIST.format("60.50", "80.00", "70.00").replace("燃料费 20.50\n", "")
    assert not any(
        cell is not None and cell.text == "9.50" for table in restored(text).tables for row in table.rows for cell in row
    )


def test_a_blank_cell_that_kept_its_tab_needs_no_total() -> None:
    text = "支出内容\t计划支出数\t实际支出数\n人工费\t\t40.00\n燃料费\t\t20.50\n维修费\t\t9.50\n支出合计\t80.00\t71.00\n"
    rows = {row[-3]: row[-3:] for row in only_grid(text)}
    assert rows["燃料费"] == ["燃料费", "", "20.50"]
