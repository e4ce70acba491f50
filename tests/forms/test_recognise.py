from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building.grids import drawn
from tests.building.strategies import grids
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, document, extract, recognise, ruleset, stacked
from validator.forms.headers import HeaderFinder, satisfies
from validator.forms.recognise import Block, Match, Recognition
from validator.forms.regions import Cutter
from validator.forms.spec import Section
from validator.model.document import Cell, Table

TITLE = "项目支出绩效自评表"


def only_match(found: Recognition) -> Match:
    (match,) = found.matches
    return match


def columns(block: Block) -> dict[str, str]:
    return {id: cell.address for id, cell in block.columns.items()}


def sections(match: Match) -> list[str]:
    return [block.section.id for block in match.blocks]


class TestRecognise:
    def test_a_form_is_known_by_its_blocks(self) -> None:
        match = only_match(recognise(TITLE, stacked(HEAD, FUNDS, INDICATORS)))
        assert (match.form.id, match.title, sections(match)) == ("project", TITLE, ["funds", "indicators"])
        assert [(b.header, b.end) for b in match.blocks] == [(1, 5), (5, 8)]

    def test_the_reasons_name_what_was_found(self) -> None:
        reasons = "；".join(only_match(recognise(TITLE, stacked(FUNDS, INDICATORS))).reasons)
        assert all(word in reasons for word in ("项目资金", "绩效指标", TITLE))

    def test_a_table_of_no_form_is_left_to_the_generic_rules(self) -> None:
        found = recognise("物资 | 数量\n帐篷 | 3\n")
        assert not found.matches
        assert [(span.start, span.end) for span in found.other] == [(0, 2)]
        assert "没有认出" in found.reasons[0]

    @pytest.mark.parametrize("blank", [1, 3, 5])
    def test_what_stands_above_a_title_belongs_to_it_blank_rows_or_not(self, blank: int) -> None:
        above = "\n".join([" | "] * blank) + f"\n附件1 | \n{TITLE} | < | < | < | < | < | < | <\n"
        found = recognise(above + stacked(FUNDS, INDICATORS))
        assert only_match(found).title == TITLE
        assert not found.reasons

    def test_only_the_form_asked_for_is_found(self) -> None:
        text = stacked(HEAD, FUNDS, INDICATORS)
        assert only_match(recognise(TITLE, text, only="department")).form.id == "department"
        assert not recognise(TITLE, text, only="insurance-fund").matches

    @pytest.mark.parametrize("parts", [(), ("只有一段文字。",), (Table("表1", []),), (drawn("|"), "文字")])
    def test_a_document_without_tables_holds_no_form(self, parts: tuple[str | Table, ...]) -> None:
        assert not recognise(*parts).matches

    @pytest.mark.parametrize(
        ("title", "year"),
        [
            ("项目支出绩效自评表（2023年度）", 2023),
            ("2022年项目支出绩效自评表", 2022),
            ("项目支出绩效自评表", None),
            ("项目支出绩效自评表 ２０２１年度", 2021),
        ],
    )
    def test_the_year_stands_in_the_title(self, title: str, year: int | None) -> None:
        assert only_match(recognise(title, stacked(FUNDS, INDICATORS))).year == year

    def test_the_year_may_stand_under_the_title(self) -> None:
        assert only_match(recognise(TITLE, "（2023年度）", stacked(FUNDS, INDICATORS))).year == 2023

    def test_what_is_in_no_block_is_free(self) -> None:
        text = stacked(HEAD, FUNDS, "注：金额保留两位小数 | < | < | < | < | < | < | <", INDICATORS)
        match = only_match(recognise(TITLE, text))
        assert [(span.start, span.end) for span in match.free] == [(0, 1), (5, 6)]

    @given(grids())
    def test_any_grid_is_taken_apart_without_gaps(self, rows: list[list[str]]) -> None:
        width = max(map(len, rows), default=0)
        table = Table(
            "表1",
            [
                [Cell(row[c], r, c, f"表1!R{r + 1}C{c + 1}") if c < len(row) else None for c in range(width)]
                for r, row in enumerate(rows)
            ],
        )
        found = recognise(table)
        parts = [(s.start, s.end) for s in (*found.other, *(s for m in found.matches for s in m.free))]
        parts += [(block.top, block.end) for match in found.matches for block in match.blocks]
        assert sorted(r for start, end in parts for r in range(start, end)) == list(range(len(rows)))

    @given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
    def test_blank_rows_and_columns_change_addresses_only(self, above: int, left: int, below: int) -> None:
        plain = only_match(recognise(drawn(stacked(HEAD, FUNDS, INDICATORS))))
        lines = stacked(HEAD, FUNDS, INDICATORS).split("\n")
        shifted = "\n".join([" | "] * above + [" | " * left + line for line in lines] + [" | "] * below)
        moved = only_match(recognise(drawn(shifted)))
        assert (moved.form.id, moved.title, moved.confidence) == (plain.form.id, plain.title, plain.confidence)
        for one, other in zip(plain.blocks, moved.blocks, strict=True):
            assert (other.section.id, other.header - above) == (one.section.id, one.header)
            assert {id: (c.text, c.col - left, c.row - above) for id, c in other.columns.items()} == {
                id: (c.text, c.col, c.row) for id, c in one.columns.items()
            }


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
            "绩效目标申报表",
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

    def test_three_rows_are_read_together(self) -> None:
        text = """
资金来源     | 预算情况 | <    | <      | 执行情况 | <
^            | 预算数   | <    | <      | 执行数   | 执行率
^            | 年初     | 全年 | 调整后 | ^        | ^
年度资金总额 | 320      | 320  | 330    | 300      | 90.91%
"""
        (block,) = only_match(recognise(text)).blocks
        assert (block.top, block.header, len(block.columns)) == (0, 2, 6)

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


class TestBlock:
    @pytest.mark.parametrize("note", ["注：1.各单位按批复填写", "填表说明：金额单位为万元", "备注：无"])
    def test_it_ends_at_a_note(self, note: str) -> None:
        (block,) = only_match(
            recognise(stacked(INDICATORS, f"{note} | < | < | < | < | < | < | <", "2.其他 | < | < | < | < | < | < | <"))
        ).blocks
        assert block.end == 3

    def test_an_indicator_that_begins_like_a_note_is_a_row(self) -> None:
        (block,) = only_match(recognise(stacked(INDICATORS, "| | 注册企业数 | ≥3家 | 3家 | 10 | 10 |"))).blocks
        assert block.end == 4

    def test_it_ends_with_the_total_of_a_list(self) -> None:
        (block,) = only_match(recognise(stacked(INDICATORS, "总分 | < | < | < | < | 90 | 90 |", "自评结论 | 优"))).blocks
        assert block.end == 4

    def test_a_total_at_the_head_of_a_list_does_not_end_it(self) -> None:
        header, *rows = INDICATORS.strip("\n").split("\n")
        (block,) = only_match(recognise("\n".join((header, "总分 | < | < | < | < | 90 | 90 |", *rows)))).blocks
        assert block.end == 4

    @pytest.mark.parametrize(
        ("behind", "end"),
        [
            (("| | 新增岗位 | ≥3个 | 3个 | 5 | 5 |", "总计 | < | < | < | < | 95 | 95 |"), 6),
            (("| | 新增岗位 | ≥3个 | 3个 | 5 | 5 |", "自评结论 | 优"), 4),
            (("填表说明如下 | < | < | < | < | < | < | <", "总计 | < | < | < | < | 95 | 95 |"), 4),
        ],
    )
    def test_a_total_of_a_part_of_the_list_does_not_end_it(self, behind: tuple[str, ...], end: int) -> None:
        (block,) = only_match(recognise(stacked(INDICATORS, "合计 | < | < | < | < | 90 | 90 |", *behind))).blocks
        assert block.end == end

    def test_what_is_to_be_said_may_stand_above_the_total(self) -> None:
        said = "其他需要说明的问题 | < | 无 | < | < | < | < | <"
        (block,) = only_match(recognise(stacked(INDICATORS, said, "总分 | < | < | < | < | 90 | 90 |"))).blocks
        assert (block.end, set(block.skipped)) == (5, {3})

    def test_it_ends_where_the_next_begins_with_its_caption(self) -> None:
        blocks = only_match(recognise(stacked(FUNDS, "绩效指标 | < | < | < | < | < | < | <", INDICATORS))).blocks
        assert [(b.top, b.end) for b in blocks] == [(0, 4), (5, 8)]

    @pytest.mark.parametrize(
        ("behind", "complete"),
        [
            ((), False),
            (("社会效益指标 岗",), False),
            (("社会效益", "岗"), False),
            (("变压器1250K",), False),
            (("★其中:脱贫人口",), False),
            (("填表人：张三",), True),
            (("2031年3月1日",), True),
            (("— 3 —",), True),
            (("经费按进度使用，没有结余。",), True),
            (("政务大厅运行情况" * 8,), True),
        ],
    )
    def test_a_text_that_breaks_off_leaves_it_incomplete(self, behind: tuple[str, ...], complete: bool) -> None:
        table = Table("表1", drawn(INDICATORS).rows, inferred=True)
        assert [b.complete for b in only_match(recognise(table, *behind)).blocks] == [complete]

    def test_a_total_at_the_end_of_a_text_completes_it(self) -> None:
        rows = drawn(stacked(INDICATORS, "总分 | < | < | < | < | 90 | 90 |")).rows
        assert [b.complete for b in only_match(recognise(Table("表1", rows, inferred=True))).blocks] == [True]

    @pytest.mark.parametrize(
        ("rows", "complete"),
        [
            ("甲 | 1 | 1\n乙 | 2 | 2\n合计 | 3 | 3", True),
            ("合计 | 3 | 3\n甲 | 1 | 1\n乙 | 2 | 2", False),
            ("合计 | 3 | 3", False),
        ],
    )
    def test_a_total_below_its_parts_completes_them(self, rows: str, complete: bool) -> None:
        table = Table("表1", drawn(f"资金来源 | 全年预算数 | 全年执行数\n{rows}").rows, inferred=True)
        assert [b.complete for b in only_match(recognise(table)).blocks] == [complete]

    @pytest.mark.parametrize(("last", "complete"), [("三、本年收支结余 | 1 | 1", True), ("其中：利息收入 | 1 | 1", False)])
    def test_an_account_is_complete_with_its_balance(self, last: str, complete: bool) -> None:
        rows = f"项目 | 预算数 | 决算数\n一、基金收入 | 3 | 3\n二、基金支出 | 2 | 2\n{last}"
        match = only_match(recognise("工伤保险基金收支情况表", Table("表1", drawn(rows).rows, inferred=True)))
        assert [block.complete for block in match.blocks] == [complete]

    def test_figures_that_could_not_be_placed_leave_it_incomplete(self) -> None:
        table = Table("表1", drawn(INDICATORS).rows, inferred=True, open_rows=frozenset({2}))
        assert [b.complete for b in only_match(recognise(table, "文字")).blocks] == [False]

    def test_the_lines_above_are_kept(self) -> None:
        (block,) = only_match(recognise("单位：万元", stacked("金额单位：元 | <", INDICATORS))).blocks
        assert block.above == ("单位：万元", "金额单位：元")


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


def _cutter() -> Cutter:
    return Cutter((form, form.sections) for form in ruleset().forms.values() if form.sections)


def test_a_document_is_read_in_order() -> None:
    assert [type(block).__name__ for block in document("文字", "a | b").blocks] == ["Paragraph", "Table"]


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
