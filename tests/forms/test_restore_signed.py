"""Rows whose target stands in cells of its own, below a header of two rows whose cells lost their places."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored

HEADER = """项目绩效自评表
绩效指标 一级指标 二级指标 三级指标 指标描述 预期指标值 实际完成值 完成情况 自评得分
符号 值 单位 单项指标得分 权重占比(%) 折算得分
"""
ROWS = """产出指标 数量指标 植树株数 全年植树 ≥ 500 株 520株 完成 100.00 60.00 60.00
满意度指标 服务对象满意度 群众满意度 问卷所得 ≥ 90 % 85% 未完成 95.00 40.00 38.00
"""


def test_every_cell_stands_under_the_label_that_names_it() -> None:
    header, first, second = only_grid(HEADER + ROWS)
    named = dict(zip(header, first, strict=True))
    assert named["符号"] == "≥"
    assert named["预期指标值"] == "500"
    assert named["单位"] == "株"
    assert named["实际完成值"] == "520株"
    assert named["单项指标得分"] == "100.00"
    assert named["权重占比(%)"] == "60.00"
    assert named["折算得分"] == "60.00"
    assert dict(zip(header, second, strict=True))["一级指标"] == "满意度指标"


def test_a_row_without_a_unit_has_the_others_in_their_places() -> None:
    header, _, second = only_grid(HEADER + ROWS.replace("90 % 85%", "90 85%"))
    named = dict(zip(header, second, strict=True))
    assert (named["预期指标值"], named["单位"], named["实际完成值"], named["折算得分"]) == ("90", "", "85%", "38.00")


def test_of_a_row_that_lacks_another_cell_only_the_points_are_placed() -> None:
    document = restored(HEADER + ROWS.replace("520株 完成", "完成"))
    (table,) = document.tables
    texts = ["" if cell is None else cell.text for cell in table.rows[1]]
    assert "完成" not in texts
    assert "500" not in texts
    assert texts[-3:] == ["100.00", "60.00", "60.00"]
    assert any("读不出" in note.message for note in document.notes)


@pytest.mark.parametrize("total", ["合计 100.00 98.00", "合计 97.50 100.00 98.00"])
def test_a_total_has_the_points_or_all_figures(total: str) -> None:
    *_, last = only_grid(HEADER + ROWS + total + "\n")
    assert last[-2:] == ["100.00", "98.00"]


def test_a_text_that_goes_on_otherwise_leaves_the_sums_open() -> None:
    (table,) = restored(HEADER + ROWS + "产出指标 质量指标 成活率\n").tables
    assert table.open_rows


def test_a_sign_among_other_words_begins_no_rows() -> None:
    assert not restored("符号 值 单位\n≥ 500 株\n≤ 90 %\n").tables
