"""Rows closed by pipes that begin with their group word and have a cell for every column from there on."""

from __future__ import annotations

from tests.forms.flattened import only_grid

FORM = """项目绩效自评表 | ||||||
一级指标 | 二级指标 | 三级指标 | 年初目标值(A) | 实际完成值(B) | 得分 | |
产出指标 | 数量指标 | 开放天数 | ≥300天 | 310天 | 30 | |
质量指标 | 设备完好率 | ≥95% | 98% | 30 | ||
效益指标 | 社会效益 | 接待读者 | ≥5万人 | 6万人 | 20 | |
{row}
"""
NAMED_LIKE_A_VALUE = "可持续影响指标 | ≥300天免费开放 | ≥300天 | 310天 | 20 | ||"


def test_a_name_that_looks_like_a_value_leaves_nothing_open() -> None:
    *_, last = only_grid(FORM.format(row=NAMED_LIKE_A_VALUE))
    assert last[-5:] == ["可持续影响指标", "≥300天免费开放", "≥300天", "310天", "20"]


def test_such_a_name_stands_in_a_row_of_two_groups_too() -> None:
    *_, last = only_grid(FORM.format(row=f"效益指标 | {NAMED_LIKE_A_VALUE[:-1]}"))
    assert last[-6:] == ["效益指标", "可持续影响指标", "≥300天免费开放", "≥300天", "310天", "20"]
