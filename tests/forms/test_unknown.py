"""Tests of `validator.forms.unknown`: a table that no form describes is not taken for rows of the one above it."""

from __future__ import annotations

import pytest

from tests.building.grids import drawn
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, recognise, stacked
from validator.forms.regions import Span
from validator.forms.unknown import tables_in

TITLE = "项目支出绩效自评表"
LOOSE = "养老服务项目绩效评价表"
"""Matches a title of the project form, and is none of it."""
BUDGET = """
资金来源     | 预算数（万元） | 到位数（万元） | 支付金额（万元） | 支付率
合计         | 400.00         | 360.00         | 304.00           | 76%
一般公共预算 | 400.00         | 360.00         | 304.00           | 76%
"""
CAPTION = "二、服务情况 | < | < | < | <"
BLANK = " | | | | "
SERVICES = """
服务内容 | 目标数量 | 实际数量 | 单价（元） | 服务金额
助餐     | 60000    | 60000    | 15         | 90
康复     | 5000     | 4950     | 200        | 99
"""
SCORES = """
评价内容 | 权数 | 打分 | 加分 | 扣分
质量     | 10   | 9    | 0    | 1
时间     | 10   | 10   | 0    | 0
"""


def ends(*drawings: str) -> list[tuple[str, int]]:
    """The sections of the only form, with the row where each ends."""
    (match,) = recognise(TITLE, stacked(*drawings)).matches
    return [(block.section.id, block.end) for block in match.blocks]


class TestWhereABlockEnds:
    @pytest.mark.parametrize(
        ("rows", "end"),
        [
            ((CAPTION, SERVICES), 3),
            ((SERVICES,), 3),
            ((BLANK, CAPTION, SERVICES), 3),
            (("注意事项 | | | | ", CAPTION, SERVICES), 3),
            (("其他资金 | 0 | 0 | 0 | ", CAPTION, SERVICES), 4),
            ((CAPTION, "服务 | 数量 | < | 金额 | <", "内容 | 目标 | 实际 | 单价 | 合价", "助餐 | 60 | 60 | 15 | 900"), 3),
        ],
    )
    def test_before_headings_and_their_caption(self, rows: tuple[str, ...], end: int) -> None:
        assert ends(BUDGET, *rows, INDICATORS_FIVE)[0] == ("funds", end)

    @pytest.mark.parametrize(
        "row",
        [
            "其他资金 | 不适用 | 不适用 | 不适用 | ",
            "其他资金 | - | / | — | ",
            "其他资金 | 400万元 | 360万元 | 304万元 | 76%",
            "其他资金 | 详见附表 | | | ",
            "其他资金 | 2023年为400 | 2024年为360 | 共304 | ",
            BLANK,
            CAPTION,
        ],
    )
    def test_not_at_answers_in_words(self, row: str) -> None:
        assert ends(BUDGET, row, "其他资金 | 0 | 0 | 0 | ", INDICATORS_FIVE)[0][1] == 5

    def test_not_at_the_end_of_a_header_of_two_rows(self) -> None:
        (match,) = recognise(TITLE, stacked(FUNDS, INDICATORS)).matches
        assert [block.end for block in match.blocks] == [4, 7]

    @pytest.mark.parametrize("caption", [BLANK, "单位：亿元 | | | | "])
    def test_before_headings_below_a_caption_where_figures_stand_for_names(self, caption: str) -> None:
        rows = (NAMED, caption, "地区 | 本级 | 上级 | 合计 | ", "栏次 | 1 | 2 | 3=1+2 | ", "甲县 | 10 | 20 | 30 | ")
        assert ends(FUNDS_FIVE, *rows, "乙县 | 5 | 15 | 20 | ")[1] == ("indicators", 5)

    @pytest.mark.parametrize("row", ["效益指标 | 长效机制 | 健全 | 较健全 | ", "效益指标 | 12345热线 | 畅通 | 畅通 | "])
    def test_not_at_answers_in_words_below_a_blank_row(self, row: str) -> None:
        assert ends(FUNDS_FIVE, NAMED, BLANK, row, "满意度 | 满意率 | 90% | 95% | 10")[1] == ("indicators", 8)


FUNDS_FIVE = """
资金来源     | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
年度资金总额 | 100        | 100        | 90         | 90%
"""
NAMED = """
一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标 | 培训人次 | ≥100人次   | 120人次    | 50
效益指标 | 收入     | ≥90%       | 95%        | 30
"""
INDICATORS_FIVE = """
三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
培训人次 | ≥100人次   | 120人次    | 50   | 50
满意度   | ≥90%       | 95%        | 40   | 40
"""


class TestWhatIsFound:
    def test_the_other_table_is_read_by_itself(self) -> None:
        found = recognise(TITLE, stacked(BUDGET, CAPTION, SERVICES, INDICATORS_FIVE))
        assert [match.form.id for match in found.matches] == ["project"]
        assert [(span.start, span.end) for span in found.other] == [(4, 7)]

    @pytest.mark.parametrize("title", [LOOSE, TITLE])
    def test_a_form_with_as_many_other_tables_as_blocks_of_its_own_is_none(self, title: str) -> None:
        found = recognise(title, stacked(BUDGET, CAPTION, SERVICES, CAPTION, SCORES))
        assert not found.matches
        assert [(span.start, span.end) for span in found.other] == [(0, 3), (4, 7), (8, 11)]
        assert "像“项目支出绩效自评表”，但缺了区块，又有别的表" in found.reasons[0]

    def test_unless_it_is_asked_for(self) -> None:
        found = recognise(LOOSE, stacked(BUDGET, CAPTION, SERVICES), only="project")
        assert [match.form.id for match in found.matches] == ["project"]

    def test_the_tables_without_any_of_it_stay(self) -> None:
        found = recognise(LOOSE, stacked(BUDGET, CAPTION, SERVICES), drawn(SCORES))
        assert [(span.start, span.end) for span in found.other] == [(0, 3), (4, 7), (0, 3)]


class TestTablesIn:
    @pytest.mark.parametrize(
        ("rows", "spans"),
        [
            ((SERVICES,), [(0, 3)]),
            ((HEAD, CAPTION, SERVICES), [(2, 5)]),
            ((SERVICES, CAPTION, SCORES), [(0, 3), (4, 7)]),
            ((SERVICES, BLANK, SCORES), [(0, 3), (4, 7)]),
            ((SERVICES, "助洁 | 未开展 | 未开展 | | ", "助行 | 1 | 2 | 3 | 4"), [(0, 5)]),
            ((SERVICES, "填表人：某 | | | | "), [(0, 3)]),
            (("助餐 | 60000 | 60000 | 15 | 90",), []),
            ((HEAD,), []),
        ],
    )
    def test_each_has_headings_and_figures(self, rows: tuple[str, ...], spans: list[tuple[int, int]]) -> None:
        table = drawn(stacked(*rows))
        assert [(span.start, span.end) for span in tables_in(Span(table, 0, len(table.rows)))] == spans

    def test_what_stands_alone_right_above_is_told_with_it(self) -> None:
        table = drawn(stacked(HEAD, CAPTION, "单位：元 | | | | ", SERVICES))
        (span,) = tables_in(Span(table, 0, len(table.rows)))
        assert span.above == (CAPTION.partition(" |")[0], "单位：元")
