"""Cells that go on in the line below them, in text that a browser for terminals laid out."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.tokens import cut
from validator.forms.restore.wrapped import join_wrapped

FORM = """项目支出绩效自评表
项目名称  堤防加固
项目资金    年初预算数  全年预算数  全年执行数  分值  执行率  得分
（万元）
            年度资金总  120.00      120.00      114.00  10    95.00%  9.5
            额
            其中：财政  120.00      120.00      114.00  -     95.00%  -
            拨款
一级    二级      三级指标      年度      实际      分值  得分
指标    指标                    指标值    完成值
产出    数量指标  加固堤防长度  ≥3公里    3.2公里   30    30
指标
(60分)  质量指标  一次验收合格  100%      98%       30    29
                  率
效益    社会效益  保护耕地面积  ≥1.2万    1.3万亩   30    30
指标    指标                    亩
总分                                                100   98.5
"""


def joined(text: str) -> list[str]:
    """Return the texts of the tokens, with 社会效益指标 for the only word of a group."""
    lines = text.split("\n")
    known = {"名称", "社会效益指标"}
    return [token.text for token in join_wrapped(cut(lines, lambda _: False), lines, known.__contains__, known.__contains__)]


def test_a_form_laid_out_in_columns_is_read_as_if_no_cell_were_wrapped() -> None:
    rows = [[cell for cell in row if cell] for table in restored(FORM).tables for row in grid(table)]

    assert ["其中：财政拨款", "120.00", "120.00", "114.00", "-", "95.00%", "-"] in rows
    assert ["质量指标", "一次验收合格率", "100%", "98%", "30", "29"] in [row[-6:] for row in rows]
    assert ["社会效益指标", "保护耕地面积", "≥1.2万亩", "1.3万亩", "30", "30"] in [row[-6:] for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("保护耕地  12亩  30\n面积", "保护耕地面积 12亩 30"),
        ("甲  保护耕地  12亩\n    面积      以上", "甲 保护耕地面积 12亩以上"),
        ("甲  保护耕地  12亩\n    面积\n    合计", "甲 保护耕地面积合计 12亩"),
        ("社会效益  耕地  12亩  30\n指标      林地  13亩  30", "社会效益指标 耕地 12亩 30 林地 13亩 30"),
        ("甲  耕地  12亩  30\n乙  林地  13亩  30", "甲 耕地 12亩 30 乙 林地 13亩 30"),
        ("甲  耕地  12亩  30\n    名称", "甲 耕地 12亩 30 名称"),
        ("甲  耕地  12亩  30\n    100", "甲 耕地 12亩 30 100"),
        ("甲  耕地  12亩  30\n   面积", "甲 耕地 12亩 30 面积"),
        ("甲  耕地  12亩  30\n\n    面积", "甲 耕地 12亩 30 面积"),
        ("甲 耕地 12亩 30\n   面积", "甲 耕地 12亩 30 面积"),
        ("名称  12亩  30\n面积", "名称 12亩 30 面积"),
        ("耕地  12亩  30\n填表人：张某", "耕地 12亩 30 填表人：张某"),
    ],
    ids=[
        "one", "two", "three lines", "end of a group", "row", "label", "figure", "elsewhere", "further down", "one blank",
        "behind a label", "said below",
    ],
)  # fmt: skip
def test_a_piece_begins_where_its_cell_begins(text: str, expected: str) -> None:
    assert joined(text) == expected.split()
