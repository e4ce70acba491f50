from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building.grids import drawn
from tests.building.strategies import grids
from tests.forms.recognising import (
    FUNDS,
    HEAD,
    INDICATORS,
    document,
    only_match,
    recognise,
    ruleset,
    sections,
    stacked,
)
from validator.facts.extract import Extractor
from validator.forms.recognise import Recogniser
from validator.forms.spec import Section
from validator.model.document import Cell, Document, Paragraph, Table
from validator.model.finding import Severity
from validator.pipeline import check
from validator.rules.load import load_ruleset

TITLE = "项目支出绩效自评表"


class TestRecognise:
    def test_a_form_is_known_by_its_blocks(self) -> None:
        match = only_match(recognise(TITLE, stacked(HEAD, FUNDS, INDICATORS)))
        assert (match.form.id, match.title, sections(match)) == ("project", TITLE, ["funds", "indicators"])
        assert [(b.header, b.end) for b in match.blocks] == [(1, 5), (5, 8)]

    def test_the_reasons_name_what_was_found(self) -> None:
        reasons = "；".join(only_match(recognise(TITLE, stacked(FUNDS, INDICATORS))).reasons)
        assert all(word in reasons for word in ("项目资金", "绩效指标", TITLE))

    def test_the_account_of_a_fund_is_known_by_its_rows_whatever_its_title_says(self) -> None:
        account = "项目 | 预算数 | 执行数\n一、收入合计 | 50 | 52\n其中：财政补贴收入 | 20 | 22\n利息收入 | 30 | 30\n"
        account += (
            "二、支出合计 | 40 | 41\n其中：基本医疗保险待遇支出 | 40 | 41\n三、当期结余 | 10 | 11\n四、累计结余 | 90 | 91"
        )
        match = only_match(recognise("绩效自评表", account))
        assert (match.form.id, sections(match)) == ("insurance-fund", ["fund_accounts"])

    def test_a_table_of_no_form_is_left_to_the_generic_rules(self) -> None:
        found = recognise("物资 | 数量\n帐篷 | 3\n")
        assert not found.matches
        assert [(span.start, span.end) for span in found.other] == [(0, 2)]
        assert "没有认出" in found.reasons[0]

    @pytest.mark.parametrize(
        ("texts", "told"), [(["关于报送自评结果的通知", TITLE], True), (["请报送项目支出绩效自评表。"], False)]
    )
    def test_a_title_without_a_table_is_told_of(self, texts: list[str], told: bool) -> None:
        paragraphs = tuple(Paragraph(text, f"L{n}") for n, text in enumerate(texts, 1))
        found = Recogniser((form, form.sections) for form in ruleset().forms.values() if form.sections).recognise(
            Document("a.txt", "txt", "", paragraphs)
        )
        assert found.bare == (TITLE,) * told

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


OWN = """\
id: purchase
title: 采购自评表
basis: 某县财政局《采购自评表》
recognise: {titles: ["*采购自评表*"], requires: [payments]}
sections:
  - id: payments
    title: 资金支付
    columns:
      batch: {name: 付款批次, type: label}
      due: {name: 应付金额, type: amount}
      paid: {name: 实付金额, type: amount}
    requires: [[due], [paid]]
  - id: services
    title: 服务完成
    columns:
      service: {name: 服务内容, type: label}
      unit: {name: 计量单位, type: unit}
      agreed: {name: 约定数量, type: number}
      done: {name: 完成数量, type: number}
    requires: [[agreed], [done]]
"""
PAYMENTS = "付款批次 | 应付金额 | 实付金额\n首付 | 20 | 20"
SERVICES = "服务内容 | 计量单位 | 约定数量 | 完成数量\n护理 | 人次 | 120 | 114\n养护 | 倍 | 3 | 2"


class TestOwnForm:
    @pytest.fixture
    def recogniser(self, tmp_path: Path) -> Recogniser:
        (tmp_path / "purchase").mkdir()
        (tmp_path / "purchase" / "form.yaml").write_text(OWN, encoding="utf-8")
        return Recogniser(
            (form, form.sections) for form in load_ruleset(tmp_path, extends=True).forms.values() if form.sections
        )

    @pytest.mark.parametrize(
        ("parts", "why"),
        [
            ((PAYMENTS, SERVICES), ""),
            ((SERVICES,), "有它的标题，没有“资金支付”区块）"),
            ((PAYMENTS.replace("应付", "约定"), SERVICES), "有它的标题，没有“资金支付”区块：表1!R1C1 的表头没有“应付金额”）"),
        ],
    )
    def test_what_is_missing_of_a_form_whose_title_is_there_is_said(
        self, recogniser: Recogniser, parts: tuple[str, ...], why: str
    ) -> None:
        found = recogniser.recognise(document("某县采购自评表", *parts))
        assert [match.form.id for match in found.matches] == ([] if why else ["purchase"])
        assert any(why in reason for reason in found.reasons) is bool(why)

    def test_a_form_that_is_asked_for_may_lack_what_it_requires(self, recogniser: Recogniser) -> None:
        found = recogniser.recognise(document("某县采购自评表", SERVICES), only="purchase")
        assert sections(only_match(found)) == ["services"]

    def test_numbers_have_the_unit_of_the_column_of_units(self, recogniser: Recogniser) -> None:
        (match,) = recogniser.recognise(document("某县采购自评表", PAYMENTS, SERVICES)).matches
        services = Extractor(ruleset().lexicon).extract(match, 0).section("services")
        assert services is not None
        done = [record.fields["done"].quantity for record in services.records]
        assert [(one.unit.name, one.unit.exact) for one in done if one is not None] == [("人次", True), ("倍", False)]


class TestBlock:
    @pytest.mark.parametrize("note", ["注：1.各单位按批复填写", "填表说明：金额单位为万元", "备注：无"])
    def test_it_ends_at_a_note(self, note: str) -> None:
        (block,) = only_match(
            recognise(stacked(INDICATORS, f"{note} | < | < | < | < | < | < | <", "2.其他 | < | < | < | < | < | < | <"))
        ).blocks
        assert block.end == 3

    @pytest.mark.parametrize("marks", ["| （A） | （B） | （B/A） |", "| | A | B | B÷A×100% |"])
    def test_marks_of_its_columns_are_no_row(self, marks: str) -> None:
        form = stacked(
            "项目支出绩效自评表 | < | < | <",
            "资金来源 | 预算数 | 执行数 | 执行率",
            marks,
            "总额 | 10 | 9 | 90%",
            "财政 | 10 | 9 | 90%",
        )
        (block,) = only_match(recognise(form)).blocks
        assert block.skipped == {2}

    def test_it_may_have_no_rows_where_the_text_breaks_off_behind_a_header_with_the_label_of_the_total(self) -> None:
        text = (
            "项目支出绩效自评表\n"
            "项目资金（万元） 年度资金总额 年初预算数 全年预算数（A） 全年执行数（B） 分值 执行率（B/A） 得分\n"
            "其中：当年财政拨"
        )
        assert all(finding.severity is Severity.INFO for finding in check(text.encode(), name="form.txt").findings)

    def test_it_ends_at_a_row_for_names_and_dates(self) -> None:
        signed = "填表人：某某 | < | < | 联系电话：0771-5550000 | < | 填报日期： | < | <"
        (match,) = recognise(stacked(INDICATORS, signed)).matches
        assert match.blocks[0].end == 3

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


class TestColumnsThatASectionDoesNotKnow:
    @pytest.mark.parametrize(
        ("column", "rest"),
        [
            (("冻结数", "20", "20", "0"), True),
            (("序号", "1", "2", "3"), False),
            (("", "20", "20", "0"), False),
            (("批次", "第一批", "第二批", "20"), False),
            (("原因", "", "", ""), False),
        ],
    )
    def test_a_block_with_figures_in_them_is_handed_on_too(self, column: tuple[str, ...], rest: bool) -> None:
        lines = [f"{line} | {cell}" for line, cell in zip(FUNDS.strip("\n").split("\n"), column, strict=True)]
        found = recognise(TITLE, stacked("\n".join(lines), INDICATORS))
        assert [(span.start, span.end, span.rest) for span in found.other] == ([(0, 4, True)] if rest else [])

    def test_not_where_the_table_was_restored_from_lines(self) -> None:
        lines = [f"{line} | 20" for line in FUNDS.strip("\n").split("\n")]
        table = Table("表1", drawn("\n".join(lines).replace("20", "冻结数", 1)).rows, inferred=True)
        assert not any(span.rest for span in recognise(TITLE, table).other)


def test_a_document_is_read_in_order() -> None:
    assert [type(block).__name__ for block in document("文字", "a | b").blocks] == ["Paragraph", "Table"]


def _form(id: str) -> tuple[Section, ...]:
    return ruleset().forms[id].sections


APPLICATION = """项目支出预算绩效目标申报表
（2031年度）
项目名称 河道清淤
项目资金申请（万元） 项 目 上年度安排资金 本年度申请资金
合 计 120.5 146.2
省级资金 40.5 50.0
市级资金
县级资金 80.0 96.2
支出明细预算（万元） 项 目 上年度安排资金 本年度申请资金 测算依据及说明
合 计 120.5 146.2 按每公里3.5万元测算
清淤 90.5 110.2
护坡 30.0 36.0
单位已有的保障项目实施的制度、措施 建立了管理制度
项目年度实施进度计划 项目实施内容 开始时间 结束时间
清淤 2031.3 2031.11
"""


def test_an_application_tells_what_last_year_got_beside_what_is_asked_for() -> None:
    report = check(APPLICATION.encode(), name="申报表.txt")
    assert [c.stated.text for c in report.checks if c.rule == "FUND-001" and c.stated is not None] == ["120.5", "146.2"] * 2
    assert not [f for f in report.findings if f.severity is not Severity.INFO]
    wrong = check(APPLICATION.replace("县级资金 80.0 96.2", "县级资金 80.0 69.2").encode(), name="申报表.txt")
    assert [(f.rule, f.primary.text) for f in wrong.findings if f.severity is not Severity.INFO] == [("FUND-001", "69.2")]


@pytest.mark.parametrize(("figures", "apart"), [("707.5|672.9|34.6|120.2|80.1|40.1", 1), ("707.5|672.9", 0)])
def test_a_table_of_another_attachment_may_have_a_single_row_of_figures(figures: str, apart: int) -> None:
    labels = ["合计", "提前下达", "本次下达", "其中：甲类", "其中：乙类", "其中：丙类"][: figures.count("|") + 1]
    found = recognise(f"单位|{'|'.join(labels)}\n甲县职业学校|{figures}", "附件2", stacked(HEAD, INDICATORS))
    assert (len(found.matches), len(found.other)) == (1, apart)
