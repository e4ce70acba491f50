"""Figures that found a place without their labels, or labels among figures: lines that a print mixed up are not read."""

from __future__ import annotations

import pytest

from tests.forms.flattened import restored
from validator.forms.restore.align import Column
from validator.forms.restore.muddled import without_cut_rates
from validator.forms.restore.rows import Row
from validator.forms.restore.tokens import Gap, Token

HEADER = "项目支出绩效自评表\n项目名称\n管网改造\n项目资金（万元）\n{}\n"
COLUMNS = "年初预算数 全年预算数 全年执行数 分值 得分"


@pytest.mark.parametrize(
    ("columns", "rows", "read"),
    [
        (COLUMNS, "年度资金总额 595.04 598.34 509.18 10 8.5 其他资金 268.13 330.21 241.05", True),
        (COLUMNS, "年度资金总额 595.04 598.34 509.18 10 8.5 其他资金 326.91 268.13 330.21 241.05 268.13 268.13", False),
        (COLUMNS, "595.04 598.34 509.18 10 8.5", True),
        (f"备用 {COLUMNS}", "年度资金总额 595.04 598.34 509.18 10 8.5 其他资金 268.13 330.21 241.05", True),
    ],
)
def test_figures_without_a_label_beside_labelled_ones(columns: str, rows: str, read: bool) -> None:
    text = "\n".join((HEADER.format(columns.replace(" ", "\n")), *rows.split(), ""))
    assert bool(restored(text).tables) is read


def test_a_label_among_the_figures_of_another_row() -> None:
    header = HEADER.format("年初预算数 全年预算数 全年执行数 上年数 得分")
    sound = "年度资金总额 595.04 598.34 509.18 无 8.5\n"
    assert restored(header + sound).tables
    assert not restored(header + sound.replace("无", "其他资金")).tables


def test_an_amount_for_a_rate_in_a_row_that_is_not_whole() -> None:
    header = HEADER.format("全年预算数 执行率 分值 得分")
    whole = "年度资金总额 715.79 89.68% 10 8.97\n财政资金 715.79 89.68%\n"
    assert restored(header + whole).tables
    assert not restored(header + "年度资金总额 715.79 89.68% 10 8.97\n财政资金 715.79 641.91 89.68%\n").tables


def test_numbers_and_names_of_rows_for_scores_of_the_rows_above() -> None:
    """Each row of a list broke off before its number: 88 is the score of one, 2 the number of the next."""
    header = HEADER.format("责任科室 年初预算数 全年执行数 得分 自评等级".replace(" ", "\n"))
    rows = "".join(f"{n}\n设备购置\n业务{n}科\n{n}7.58\n{n}7.58\n88\n优\n" for n in range(1, 5))
    tables = restored(header + rows).tables
    assert not any(cell.text == "17.58" for table in tables for cell in table.cells())


def test_a_rate_whose_sign_went_to_the_next_line_is_not_read() -> None:
    header = HEADER.format("全年预算数 全年执行数 执行率 得分".replace(" ", "\n"))
    for rate, read in (("85.9", False), ("85.95%", True)):
        rows = f"年度资金总额\n1065.29\n915.67\n{rate}\n8.6\n其他资金\n498.75\n349.13\n70%\n"
        (table,) = restored(header + rows).tables
        assert any(cell.text == rate for cell in table.cells()) is read


def test_ends_of_figures_on_the_next_line_are_no_points() -> None:
    header = "项目支出绩效自评表\n项目名称 管网改造\n项目资金（万元） 全年预算数 全年执行数 执行率 分值 得分\n"
    rows = "年度资金总额 1204.47 949.17 78.80% 10 7.88\n其中：财政资金 458.13 389.4 85.00%\n5 1\n"
    (table,) = restored(header + rows).tables
    (row,) = [row for row in table.rows if any(cell is not None and cell.text == "458.13" for cell in row)]
    assert not {"5", "1"} & {cell.text for cell in row if cell is not None}


def test_the_end_of_a_rate_whose_beginning_stands_elsewhere_is_no_rate() -> None:
    rate, points, amount = Column("rate", "percent"), Column("weight", "points"), Column("budget", "amount")
    for unplaced, kept in (["96.1"], []), (["序号"], ["4%"]):
        row = Row(
            {
                0: [Token("764.15", 6, 1, 6, Gap.LINE)],
                1: [Token("4%", 6, 8, 9, Gap.SPACE)],
                2: [Token("10", 6, 11, 12, Gap.SPACE)],
            }
        )
        without_cut_rates([row], [amount, rate, points], unplaced)
        assert [token.text for token in row.cells.get(1, [])] == kept


def test_funds_with_figures_run_together_are_not_read() -> None:
    header = HEADER.format("全年预算数 全年执行数 分值 得分")
    rows = "年度资金总额 715.79 641.91 10 8.97\n财政资金 715.79 641.91\n"
    assert restored(header + rows).tables
    assert not restored(header + rows.replace("715.79 641.91 10", "715.79641.91 10")).tables


def test_the_same_name_with_the_same_target_again_and_again_is_no_name() -> None:
    """There are columns between that nobody knows: what came below the names is how each target was set."""
    header = "绩效目标表 项目名称: 桥梁检测专项 绩效目标事项 目标值 评价指标 标准值 设定依据 "
    rows = "".join(f"{n}.检测 {n}20座 {name}率 =100% {{}} " for n, name in enumerate(("桥梁", "隧道", "支座", "护栏"), 1))
    assert not restored(header + rows.format(*["行业要求"] * 4)).tables
    assert restored(header + rows.format("行业要求", "上级要求", "合同约定", "会议议定")).tables
