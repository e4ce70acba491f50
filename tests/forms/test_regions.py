"""Documents cut into one region for each form: at titles, where a block comes again, and across pages."""

from __future__ import annotations

import pytest

from tests.building.grids import drawn
from tests.forms.recognising import (
    FUNDS,
    HEAD,
    INDICATORS,
    extract,
    only_match,
    recognise,
    ruleset,
    sections,
    stacked,
)
from validator.forms.regions import Cutter
from validator.model.document import Table

TITLE = "项目支出绩效自评表"


class TestTitles:
    @pytest.mark.parametrize(
        "text",
        [
            "项目支出绩效自评表",
            "项目支出绩效自评表（2023年度）",
            "2023年度省级部门预算项目支出绩效自评表",
            "项目支出绩效自评表\n（2023年度）",
            "项 目 支 出 绩 效 自 评 表",
            "项目支出绩效自评表——农村道路养护",
            "附件2：项目支出绩效自评表",
            "项目支出绩效自评表 2023年度",
            "项目支出绩效自评表一",
            "部门整体支出绩效自评表",
            "中央对地方转移支付区域绩效目标自评表",
            "城乡居民基本医疗保险基金预算绩效自评报告",
        ],
    )
    def test_a_title_begins_a_form(self, text: str) -> None:
        assert _cutter().is_title(text)

    @pytest.mark.parametrize(
        "text",
        [
            "现将2023年度项目支出绩效自评表报送如下：",
            "项目支出绩效自评表报送及时率",
            "各单位应填写项目支出绩效自评表，并对数据负责",
            "本表为项目支出绩效自评表的补充。",
            "项目支出绩效自评表中的年度指标值与批复一致",
            "关于开展项目支出绩效自评表填报工作的通知",
            "绩效目标申报表的审核情况",
            "",
            "表",
        ],
    )
    def test_a_sentence_that_mentions_a_form_begins_none(self, text: str) -> None:
        assert not _cutter().is_title(text)

    def test_the_title_may_be_in_the_first_row_with_the_year(self) -> None:
        match = only_match(
            recognise(stacked("项目支出绩效自评表（2023年度） | < | < | < | < | < | < | <", HEAD, FUNDS, INDICATORS))
        )
        assert (match.title, match.year) == ("项目支出绩效自评表（2023年度）", 2023)

    def test_a_unit_may_stand_beside_the_title(self) -> None:
        match = only_match(recognise(stacked("项目支出绩效自评表 | < | < | < | < | < | 单位：万元 | <", FUNDS, INDICATORS)))
        assert match.title == TITLE

    def test_the_name_of_a_project_is_no_title(self) -> None:
        match = only_match(recognise(stacked(HEAD, FUNDS, "任务名称 | 编制项目支出绩效自评表", INDICATORS)))
        assert match.title != "编制项目支出绩效自评表"

    def test_a_sheet_may_be_named_by_the_title(self) -> None:
        table = drawn(stacked(FUNDS, INDICATORS))
        assert only_match(recognise(Table("部门整体支出绩效自评表", table.rows, style="a1"))).form.id == "department"

    def test_the_title_in_a_sheet_goes_before_its_name(self) -> None:
        table = drawn(stacked("2023年项目支出绩效自评表 | <", FUNDS, INDICATORS))
        match = only_match(recognise(Table("绩效自评表", table.rows, style="a1")))
        assert match.title == "2023年项目支出绩效自评表"

    def test_two_titles_above_one_table_are_one_form(self) -> None:
        assert only_match(recognise("附件1：项目支出绩效自评表", TITLE, stacked(FUNDS, INDICATORS))).title == TITLE

    def test_a_title_without_a_table_leaves_its_text_to_the_form_before(self) -> None:
        match = only_match(recognise(TITLE, stacked(FUNDS, INDICATORS), "绩效自评表", "因资金下达晚，执行偏低。"))
        assert [p.text for p in match.paragraphs] == ["因资金下达晚，执行偏低。"]

    def test_the_fields_of_another_form_are_not_those_of_the_form_before(self) -> None:
        match = only_match(recognise(TITLE, stacked(FUNDS, INDICATORS), "绩效自评表", "项目名称 | 绿化 |", "自评总分 | 88 |"))
        assert not match.paragraphs


class TestSeveralForms:
    def test_each_title_begins_one(self) -> None:
        text = stacked(HEAD, FUNDS, INDICATORS)
        found = recognise("项目支出绩效自评表", text, "部门整体支出绩效自评表", stacked(FUNDS, INDICATORS))
        assert [match.form.id for match in found.matches] == ["project", "department"]

    def test_a_block_that_comes_again_begins_one_at_its_head(self) -> None:
        form = stacked(HEAD, FUNDS, INDICATORS)
        found = recognise(stacked(form, form, form))
        assert [match.free[0].start for match in found.matches] == [0, 8, 16]

    def test_two_hundred_are_all_found(self) -> None:
        form = stacked(HEAD, FUNDS, INDICATORS)
        assert len(recognise(*[part for _ in range(200) for part in (TITLE, form)]).matches) == 200

    def test_each_sheet_is_one(self) -> None:
        tables = [Table(name, drawn(INDICATORS).rows, style="a1") for name in ("甲", "乙")]
        assert [sections(match) for match in recognise(*tables).matches] == [["indicators"], ["indicators"]]

    def test_a_second_total_begins_one(self) -> None:
        assert len(recognise(stacked(FUNDS, FUNDS)).matches) == 2

    def test_a_closed_list_and_its_header_again_are_two(self) -> None:
        closed = stacked(INDICATORS, "总分 | < | < | < | < | 90 | 90 |")
        assert len(recognise(stacked(closed, closed)).matches) == 2


class TestRepeatedHeaders:
    MORE = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
效益指标 | 生态效益 | 绿化面积 | ≥5亩       | 6亩        | 10   | 10   |
"""

    def test_a_header_repeated_on_a_new_page_continues_the_block(self) -> None:
        (block,) = only_match(recognise(TITLE, stacked(INDICATORS, self.MORE))).blocks
        assert (block.end, list(block.rows)) == (5, [1, 2, 4])

    @pytest.mark.parametrize(
        "between", ["续表 | < | < | < | < | < | < | <", "项目支出绩效自评表（续） | < | < | < | < | < | < | <"]
    )
    def test_a_line_that_says_so_is_no_row(self, between: str) -> None:
        (block,) = only_match(recognise(TITLE, stacked(INDICATORS, between, self.MORE))).blocks
        assert list(block.rows) == [1, 2, 5]

    def test_a_repeated_title_row_is_no_row_either(self) -> None:
        unit = "单位：万元 | < | < | < | < | < | < | <"
        (block,) = only_match(recognise(stacked(unit, INDICATORS, unit, self.MORE))).blocks
        assert list(block.rows) == [2, 3, 6]

    def test_the_block_may_go_on_in_another_table(self) -> None:
        match = only_match(recognise(TITLE, INDICATORS, "（接上页）", self.MORE))
        assert [(b.section.id, b.end) for b in match.blocks] == [("indicators", 3), ("indicators", 2)]

    @pytest.mark.parametrize("between", ["项目名称：绿化工程", TITLE])
    def test_a_project_or_title_between_makes_it_another_form(self, between: str) -> None:
        assert len(recognise(TITLE, INDICATORS, between, self.MORE).matches) == 2

    def test_a_project_in_the_rows_between_makes_it_another_form(self) -> None:
        assert len(recognise(stacked(INDICATORS, HEAD, self.MORE)).matches) == 2

    def test_a_row_of_the_funds_that_begins_like_a_project_names_none(self) -> None:
        funds = """
资金（万元） | 支出类别 | 年初预算 | 调整预算 | 决算数 | 执行率
^            | 合计     | 300      | 300      | 270    | 90%
^            | 基本支出 | 100      | 100      | 100    | 100%
^            | 项目支出 | 200      | 200      | 170    | 85%
任务         | 资金来源 | 年初预算 | 全年预算 | 执行数 | 执行率
^            | 管护     | 200      | 200      | 170    | 85%
"""
        matches = recognise("部门整体支出绩效自评表", funds).matches
        assert matches[0].blocks[0].end == 4

    def test_the_rest_of_the_funds_has_no_second_total(self) -> None:
        rest = """
项目资金（万元） |          | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^                | 单位资金 | 1          | 1          | 1          | -    | 100%   | -
"""
        (block,) = only_match(recognise(stacked(FUNDS, rest))).blocks
        assert list(block.rows) == [1, 2, 3, 5]

    def test_a_header_with_other_columns_begins_another_form(self) -> None:
        other = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值\n产出 | 数量 | 里程 | ≥1公里 | 1公里"
        assert len(recognise(stacked(INDICATORS, other)).matches) == 2


class TestRowsInATableOfTheirOwn:
    """A page break leaves the rest of a list in another table, often without the header."""

    BEHIND = "满意度指标 | 服务对象 | 群众满意度 | ≥90% | 95% | 10 | 10 |\n总分 | < | < | < | < | 100 | 99.38 |"

    def test_the_header_of_the_table_before_holds_for_them(self) -> None:
        match = only_match(recognise(TITLE, stacked(HEAD, FUNDS, INDICATORS), "", self.BEHIND))
        first, rest = match.blocks[-2:]
        assert (rest.section, list(rest.rows)) == (first.section, [0, 1])
        assert rest.table is not first.table
        assert {id: cell.col for id, cell in rest.columns.items()} == {id: cell.col for id, cell in first.columns.items()}
        assert first.complete
        assert rest.complete
        assert sections(match)[:2] == ["funds", "indicators"]

    def test_they_may_go_on_twice(self) -> None:
        one, two = self.BEHIND.split("\n")
        match = only_match(recognise(TITLE, stacked(FUNDS, INDICATORS), one, two))
        assert [list(block.rows) for block in match.blocks[2:]] == [[0], [0]]

    def test_they_are_records_of_the_same_section(self) -> None:
        (form,) = extract(TITLE, stacked(FUNDS, INDICATORS), self.BEHIND)
        section = form.section("indicators")
        assert section is not None
        assert [record.label for record in section.records] == ["培训人次", "受益人满意度", "群众满意度", "总分"]
        assert section.records[2].fields["target"].pointer.address == "表1!R1C4"

    def test_rows_of_another_width_are_told_not_to_be_read(self) -> None:
        behind = "满意度指标 | 服务对象 | 群众满意度 | ≥90% | 95%"
        (form,) = extract(TITLE, stacked(FUNDS, INDICATORS), behind)
        section = form.section("indicators")
        assert section is not None
        assert not section.complete
        assert [note.address for note in section.unread] == ["表1!R1C1"]

    @pytest.mark.parametrize(
        "between",
        [
            ("上述指标均已完成。",),
            ("物资 | 数量\n帐篷 | 3\n",),
        ],
    )
    def test_nothing_but_blank_lines_may_stand_between(self, between: tuple[str, ...]) -> None:
        match = only_match(recognise(TITLE, stacked(FUNDS, INDICATORS), *between, self.BEHIND))
        assert sections(match) == ["funds", "indicators"]
        assert not match.blocks[-1].unread

    def test_a_list_with_its_total_is_at_its_end(self) -> None:
        match = only_match(recognise(TITLE, stacked(FUNDS, INDICATORS, "总分 | < | < | < | < | 100 | 99.38 |"), self.BEHIND))
        assert sections(match) == ["funds", "indicators"]

    def test_a_table_of_signatures_is_no_part_of_the_list(self) -> None:
        match = only_match(recognise(TITLE, stacked(FUNDS, INDICATORS), "填表人 | 张三 | 联系电话 | 123"))
        assert sections(match) == ["funds", "indicators"]
        assert match.blocks[-1].complete


def _cutter() -> Cutter:
    return Cutter((form, form.sections) for form in ruleset().forms.values() if form.sections)
