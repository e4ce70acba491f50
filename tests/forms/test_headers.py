"""Header rows: which names the columns of which section, in one row or in several together."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.building.grids import drawn
from tests.building.strategies import grids
from tests.forms.recognising import (
    FUNDS,
    columns,
    only_match,
    recognise,
    ruleset,
)
from validator.forms.headers import HeaderFinder, satisfies
from validator.forms.spec import Section
from validator.model.document import Cell, Table


class TestHeaders:
    def test_an_upper_label_over_several_lower_ones_names_them_together(self) -> None:
        text = """
资金来源     | 预算数（万元） | <    | <      | 执行数 | 执行率
^            | 年初           | 全年 | 调整后 | ^      | ^
年度资金总额 | 320            | 320  | 330    | 300    | 90.91%
"""
        (block,) = only_match(recognise(text)).blocks
        assert columns(block) == {
            "label": "表1!R1C1",
            "initial_budget": "表1!R2C2",
            "budget": "表1!R2C3",
            "adjusted_budget": "表1!R2C4",
            "executed": "表1!R1C5",
            "rate": "表1!R1C6",
        }
        assert (block.top, block.header) == (0, 1)

    def test_of_two_rates_the_one_behind_the_amount_that_it_divides_is_meant(self) -> None:
        text = """
资金来源 | 任务数 | 完成率 | 预算数 | 执行数 | 支付率
合计     | 40     | 97.5%  | 300    | 285    | 95%
县级资金 | 40     | 97.5%  | 300    | 285    | 95%
"""
        (block,) = only_match(recognise(text)).blocks
        assert columns(block)["rate"] == "表1!R1C6"

    @pytest.mark.parametrize("label", ["项目", "资金来源"])
    def test_columns_that_come_again_for_another_year_are_those_of_no_form(self, label: str) -> None:
        text = f"""
{label}  | 2022年 | <      | <      | 2023年 | <      | <
^        | 预算数 | 执行数 | 执行率 | 预算数 | 执行数 | 执行率
合计     | 300    | 285    | 95%    | 320    | 304    | 95%
基本支出 | 200    | 190    | 95%    | 220    | 209    | 95%
项目支出 | 100    | 95     | 95%    | 100    | 95     | 95%
"""
        assert not recognise("部门整体支出绩效自评表", text).matches

    def test_a_caption_beside_the_rows_gives_way_to_the_column_of_its_name(self) -> None:
        text = """
年度预算（万元） | 资金来源         | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 执行率
^                | 年度资金总额     | 300        | 320             | 300             | 93.75%
^                | 一般公共预算资金 | 300        | 320             | 300             | 93.75%
"""
        (block,) = only_match(recognise(text)).blocks
        assert columns(block)["budget"] == "表1!R1C4"

    def test_lost_spans_are_made_good(self) -> None:
        text = """
资金来源     | 预算数（万元） |      |        | 执行数 | 执行率
             | 年初           | 全年 | 调整后 |        |
年度资金总额 | 320            | 320  | 330    | 300    | 90.91%
"""
        (block,) = only_match(recognise(text)).blocks
        assert sorted(block.columns) == ["adjusted_budget", "budget", "executed", "initial_budget", "label", "rate"]

    def test_a_heading_over_the_columns_is_looked_through(self) -> None:
        text = """
资金来源     | 预算执行情况 | <      | <
^            | 预算数       | 执行数 | 执行率
年度资金总额 | 320          | 300    | 93.75%
"""
        (block,) = only_match(recognise(text)).blocks
        assert columns(block) == {"label": "表1!R1C1", "budget": "表1!R2C2", "executed": "表1!R2C3", "rate": "表1!R2C4"}

    def test_a_part_marked_as_such_takes_the_name_above(self) -> None:
        text = """
职能名称 | 重点任务 | 预算数 | <              | 执行数 | <
^        | ^        | 小计   | 其中：财政拨款 | 小计   | 其中：财政拨款
履行职责 | 检查     | 100    | 80             | 90     | 75
"""
        (block,) = only_match(recognise("部门整体支出绩效自评表", text)).blocks
        assert columns(block) == {
            "duty": "表1!R1C1",
            "task": "表1!R1C2",
            "budget": "表1!R2C3",
            "budget_fiscal": "表1!R2C4",
            "executed": "表1!R2C5",
            "executed_fiscal": "表1!R2C6",
        }

    def test_below_a_band_the_total_is_the_column_of_its_name(self) -> None:
        text = """
资金来源     | 预算数   | <        | <        | <    | 实际支出 | 预算执行率
^            | 中央资金 | 省级资金 | 市县配套 | 小计 | ^        | ^
年度资金总额 | 80       | 24       | 6        | 110  | 99       | 90%
财政拨款     | 80       | 24       | 6        | 110  | 99       | 90%
"""
        (block,) = only_match(recognise(text)).blocks
        assert {id: address for id, address in columns(block).items() if id != "label"} == {
            "budget": "表1!R2C5",
            "executed": "表1!R1C6",
            "rate": "表1!R1C7",
        }

    def test_a_band_without_a_total_is_no_column(self) -> None:
        text = """
资金来源     | 年初预算数 | 全年预算数 | <        | 执行数 | 执行率
^            | ^          | 中央资金   | 省级资金 | ^      | ^
年度资金总额 | 110        | 80         | 30       | 99     | 90%
"""
        (block,) = only_match(recognise(text)).blocks
        assert "budget" not in block.columns

    def test_a_label_over_several_figures_is_a_column(self) -> None:
        text = """
资金来源     | 全年预算数 | < | 执行数 | 执行率
年度资金总额 | 110        | < | 99     | 90%
"""
        (block,) = only_match(recognise(text)).blocks
        assert columns(block)["budget"] == "表1!R1C2"

    def test_a_second_label_of_a_column_names_the_one_that_the_section_says(self) -> None:
        text = """
项目             | 年初预算数 | 全年预算数 | 全年执行数 | 完成预算%
一、基金收入     | 900.00     | 920.00     | 926.00     | 100.65%
其中：保险费收入 | 900.00     | 920.00     | 926.00     | 100.65%
"""
        (block,) = only_match(recognise("工伤保险基金预算绩效自评表", text)).blocks
        assert columns(block)["budget"] == "表1!R1C2"
        assert columns(block)["adjusted_budget"] == "表1!R1C3"

    def test_three_rows_are_read_together(self) -> None:
        text = """
资金来源     | 预算情况 | <    | <      | 执行情况 | <
^            | 预算数   | <    | <      | 执行数   | 执行率
^            | 年初     | 全年 | 调整后 | ^        | ^
年度资金总额 | 320      | 320  | 330    | 300      | 90.91%
"""
        (block,) = only_match(recognise(text)).blocks
        assert (block.top, block.header, len(block.columns)) == (0, 2, 6)

    def test_the_word_for_the_indicators_names_a_column_where_no_groups_stand_beside_it(self) -> None:
        names = "绩效指标 | 分值 | 目标值 | 实际值 | 得分\n培训人次 | 50 | 80 | 76 | 47.5\n学员满意度 | 50 | 90 | 94 | 50"
        (block,) = only_match(recognise(names)).blocks
        assert columns(block)["name"] == "表1!R1C1"
        caption = """
绩效指标 | 一级指标 | 二级指标 | 目标值 | 实际值 | 分值 | 得分
^ | 产出指标 | 培训人次 | 80 | 76 | 50 | 47.5
^ | 满意度指标 | 学员满意度 | 90 | 94 | 50 | 50
"""
        (block,) = only_match(recognise(caption)).blocks
        assert "name" not in block.columns

    def test_columns_left_of_the_labels_are_those_of_another_list(self) -> None:
        text = """
收入构成 | 调整预算数 | 实际到位数 | 支出构成 | 预算安排数 | 实际执行数
收入合计 | 300.00     | 310.00     | 支出合计 | 300.00     | 280.00
财政拨款 | 260.00     | 270.00     | 基本支出 | 200.00     | 195.00
其他收入 | 40.00      | 40.00      | 项目支出 | 100.00     | 85.00
"""
        (block,) = only_match(recognise("部门整体支出绩效自评表", text)).blocks
        assert columns(block) == {"label": "表1!R1C4", "budget": "表1!R1C5", "executed": "表1!R1C6"}

    def test_columns_right_of_other_labels_are_theirs(self) -> None:
        text = """
收入         | 预算数 | 决算数 | 完成率  | 支出       | 预算数 | 决算数 | 完成率
保险费收入   | 500.00 | 510.00 | 102.00% | 待遇支出   | 400.00 | 396.00 | 99.00%
本年收入合计 | 500.00 | 510.00 | 102.00% | 支出合计   | 400.00 | 396.00 | 99.00%
"""
        left, right = only_match(recognise("城乡居民基本养老保险基金绩效自评表", text)).blocks
        assert columns(left) == {"label": "表1!R1C1", "budget": "表1!R1C2", "executed": "表1!R1C3", "rate": "表1!R1C4"}
        assert columns(right) == {"label": "表1!R1C5", "budget": "表1!R1C6", "executed": "表1!R1C7", "rate": "表1!R1C8"}

    def test_the_first_row_of_figures_is_no_header(self) -> None:
        (block,) = only_match(recognise(FUNDS)).blocks
        assert (block.top, block.header) == (0, 0)

    @pytest.mark.parametrize("numbers", ["栏次 |  | 1 | 2 | 3 | 4 | 5=3/2 | 6", "  |  | A | B | C | D | E=C/B | F"])
    def test_a_row_that_numbers_the_columns_is_no_row(self, numbers: str) -> None:
        head, *body = FUNDS.strip("\n").split("\n")
        body[0] = body[0].replace("^  ", "项目", 1)
        (block,) = only_match(recognise("\n".join([head, numbers, *body]))).blocks
        assert list(block.rows) == [2, 3, 4]

    def test_small_figures_are_no_numbering(self) -> None:
        text = "资金来源 | 年初预算数 | 全年预算数 | 全年执行数\n年度资金总额 | 1 | 2 | 3\n其他资金 | 1 | 2 | 3"
        (block,) = only_match(recognise(text)).blocks
        assert list(block.rows) == [1, 2]

    @pytest.mark.parametrize("figures", ["80 | 81 | 7", "12 | 13 | 10", "1 | 3 | 5"])
    def test_figures_that_do_not_count_are_a_row(self, figures: str) -> None:
        text = f"三级指标 | 年度指标值 | 实际完成值 | 得分\n适配率（%） | {figures}\n到位率（%） | 90 | 95 | 8"
        (block,) = only_match(recognise("项目支出绩效自评表", text)).blocks
        assert list(block.rows) == [1, 2]


class TestSatisfies:
    @pytest.mark.parametrize(
        ("ids", "enough"),
        [
            (("budget", "executed"), True),
            (("initial_budget", "rate"), True),
            (("budget",), False),
            (("executed", "rate"), False),
            ((), False),
        ],
    )
    def test_a_header_needs_one_column_of_each_group(self, ids: tuple[str, ...], enough: bool) -> None:
        funds = next(s for s in _form("project") if s.id == "funds")
        assert satisfies(funds, {id: Cell(id, 0, n, "") for n, id in enumerate(ids)}) is enough


class TestHeaderFinder:
    def test_the_fullest_of_neighbouring_rows_is_kept(self) -> None:
        finder = HeaderFinder(s for s in _form("project") if s.layout == "table")
        table = drawn("预算数 | 执行数 | x\n年初预算数 | 全年执行数 | 执行率\n1 | 2 | 3")
        assert [(h.section.id, h.row) for h in finder.find(table)] == [("funds", 1)]

    @given(grids())
    def test_headers_lie_in_the_table_and_in_order(self, rows: list[list[str]]) -> None:
        finder = HeaderFinder(s for s in _form("project") if s.layout == "table")
        width = max(map(len, rows), default=0)
        table = Table(
            "t",
            [
                [
                    Cell(t, r, c, f"t!R{r + 1}C{c + 1}") if c < len(row) else None
                    for c, t in enumerate(row + [""] * (width - len(row)))
                ]
                for r, row in enumerate(rows)
            ],
        )
        for header in finder.find(table):
            assert 0 <= header.top <= header.row < len(rows)
            last = header.pairs.end - 1 if header.pairs is not None else header.row
            assert all(header.top <= cell.row <= last for cell in header.columns.values())


def _form(id: str) -> tuple[Section, ...]:
    return ruleset().forms[id].sections
