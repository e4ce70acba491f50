"""Rows with their figures on a line that lack one: where the percentages of the other rows tell which."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.pipeline import check

PROGRESS = """县区 固投增速 年度计划 前三季度计划 完成投资 完成占比
临江市 12.9% 292.6 211.2 165.4 78.3%
市本级 109.8 80.4 62.9 78.2%
东城区 13.7% 59.4 43.4 35.9 82.7%
西城区 13.4% 41.2 29.5 26.8 90.8%
南县 13.3% 82.2 57.9 39.8 68.7%
"""


def test_a_blank_cell_without_a_sign_is_told_by_the_percentages_beside_it() -> None:
    (table,) = restored(PROGRESS).tables

    assert grid(table)[2] == ["市本级", "", "109.8", "80.4", "62.9", "78.2%"]


@pytest.mark.parametrize(("right", "wrong"), [("62.9 78.2%", "69.2 78.2%"), ("78.2%", "72.8%"), ("80.4", "84.0")])
def test_the_row_with_a_blank_cell_is_held_to_the_others(right: str, wrong: str) -> None:
    text = PROGRESS.replace(right, wrong)

    assert [finding for finding in check(text.encode(), name="a.txt").findings if finding.rule.startswith("GEN")]
    assert not [finding for finding in check(PROGRESS.encode(), name="a.txt").findings if finding.rule.startswith("GEN")]


@pytest.mark.parametrize("row", ["市本级 13.1% 80.4 62.9 78.2%", "市本级 80.4 62.9", "市本级 78.2%"])
def test_a_row_whose_blank_cells_may_be_several_is_no_row(row: str) -> None:
    tables = restored(PROGRESS.replace("市本级 109.8 80.4 62.9 78.2%", row)).tables

    assert "市本级" not in [cells[0] for table in tables for cells in grid(table)]
