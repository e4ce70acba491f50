"""Serial numbers before the rows of a list are no cells of it, where its header has a column for them."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.header import find_headers
from validator.forms.restore.serials import without_counts, without_numbers, without_serials
from validator.forms.restore.tokens import cut
from validator.forms.restore.vocabulary import of_ruleset
from validator.rules.load import load_ruleset

PIPED = """部门整体支出绩效评价自评表
序号 | 一级指标 | 二级指标 | 三级指标 | 指标分值 | 评分标准 | 自评得分 |
1 | 投入 | 预算编制 | 目标合理性 | 3 | 是否设置目标（2分）；是否量化（1分）。 |
3 |
2 | 预算配置 | 人员控制率 | 3 | 以100%为限。 | 2 | |
3 | 过程 | 预算执行 | 预算完成率 | 14 | 全部完成计满分。 | 12 |
总分 | 20 | 17 | |||||
"""
"""Cells that reach over several rows are lost below the first of them; a score stands on a line of its own."""


def figures(text: str) -> list[list[str]]:
    """The weight and the score of each row of the one table of a text."""
    (table,) = restored(text).tables
    header, *rows = (row for row in grid(table) if sum(map(bool, row)) > 1)
    columns = [next(c for c, label in enumerate(header) if label.endswith(end)) for end in ("分值", "得分")]
    return [[row[c] for c in columns] for row in rows]


def test_numbers_that_count_the_rows_are_no_cells() -> None:
    assert figures(PIPED) == [["3", "3"], ["3", "2"], ["14", "12"], ["20", "17"]]


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_they_are_none_between_blanks_either(separator: str) -> None:
    rows = ("1 投入 预算编制 目标合理性 6 6", "2 过程 预算执行 预算完成率 14 12")
    text = "\n".join(("部门整体支出绩效评价自评表", "序号 一级指标 二级指标 三级指标 指标分值 自评得分", *rows))

    assert figures(text.replace(" ", separator)) == [["6", "6"], ["14", "12"]]


def test_without_a_column_for_them_they_stay() -> None:
    tokens = cut(PIPED.split("\n"), lambda _: False)
    vocabulary = of_ruleset(load_ruleset())

    def texts(*, known: bool) -> list[str]:
        headers = find_headers(tokens, vocabulary)
        return [token.text for token in without_serials(tokens, headers, lambda _, text: known and text == "序号")]

    assert [text for text in texts(known=False) if text not in texts(known=True)] == ["1"]
    assert len(texts(known=False)) - len(texts(known=True)) == 3


def test_nor_are_they_in_a_table_of_no_form() -> None:
    rows = ("1 甲南镇 3 6.3", "2 乙北镇 4 8.4", "3 丙东镇 5 10.5", "合计 12 25.2")
    (table,) = restored("\n".join(("站点运维补助分配表", "序号 乡镇 座数 补助资金", *rows))).tables
    assert grid(table) == [["乡镇", "座数", "补助资金"], *(row.split()[-3:] for row in rows)]


@pytest.mark.parametrize("header", ["年度 座数 序号", "序号 乡镇 序号 座数", "序号"])
def test_what_another_column_numbers_is_left_alone(header: str) -> None:
    tokens = cut((header, "1 甲南镇 3", "2 乙北镇 4"), lambda _: False)
    assert without_numbers(tokens, lambda _, text: text == "序号") == tokens


HEADINGS = ["乡镇", "（街道）", "80-89周岁", "90-99周岁", "人数（个）", "金额", "（元）", "人数（个）", "金额（元）"]
VILLAGES = ["河口镇", "山前镇", "柳林乡", "石桥镇"]
COUNTED = ["高龄老人人数和金额汇总表", *HEADINGS] + [
    cell
    for n, name in enumerate(VILLAGES, 1)
    for cell in (str(n), name, str(120 + n), str((120 + n) * 60), str(n), str(n * 200))
]


def test_numbers_of_rows_without_a_label_are_no_figures() -> None:
    (table,) = restored("\n\n".join(COUNTED)).tables

    assert grid(table) == [
        ["乡镇（街道）", "80-89周岁", "80-89周岁", "90-99周岁", "90-99周岁"],
        ["", "人数（个）", "金额（元）", "人数（个）", "金额（元）"],
        ["河口镇", "121", "7260", "1", "200"],
        ["山前镇", "122", "7320", "2", "400"],
        ["柳林乡", "123", "7380", "3", "600"],
        ["石桥镇", "124", "7440", "4", "800"],
    ]


def test_ranks_behind_the_figures_are_figures() -> None:
    lines = ["乡镇", "得分", "扣分", "排名"] + [
        cell for n, name in enumerate(VILLAGES, 1) for cell in (name, str(99 - n), str(1 + n), str(n))
    ]
    tokens = cut(lines, lambda _: True)

    assert without_counts(tokens, lambda _, __: False) == tokens


def test_numbers_that_skip_one_count_nothing() -> None:
    lines = [line if line != "3" else "5" for line in COUNTED]
    tokens = cut(lines, lambda _: True)

    assert [token.text for token in without_counts(tokens, lambda _, __: False)] == lines
