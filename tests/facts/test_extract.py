from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building.grids import drawn
from tests.building.strategies import grids
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, document, extract, ruleset, stacked
from tests.rules.narrative.telling import read as passages
from validator.facts.extract import Extractor, add_remarks
from validator.forms import spec
from validator.forms.recognise import Recogniser
from validator.model.document import Cell, Table
from validator.model.fact import Form, Record, Section

TITLE = "项目支出绩效自评表"
HALF = "全年预算数（元） | 全年执行数"


def read(*parts: str | Table) -> Form:
    (form,) = extract(*parts)
    return form


def section(id: str, *parts: str | Table) -> Section:
    found = read(*parts).section(id)
    assert found is not None
    return found


def field(form: Form, id: str) -> str | None:
    header = form.section("header")
    fact = header.records[0].fields.get(id) if header is not None else None
    return fact.text if fact is not None else None


def bases(found: Section, id: str) -> list[Decimal | None]:
    return [
        q.base if (q := record.fields[id].quantity) is not None else None for record in found.records if id in record.fields
    ]


def unit_of(record: Record, id: str) -> str:
    quantity = record.fields[id].quantity
    assert quantity is not None
    return quantity.unit.name


def tree(records: list[Record]) -> list[tuple[str, str | None]]:
    return [(record.label, record.parent.label if record.parent is not None else None) for record in records]


def funds(label: str, *rows: str, header: str = "全年预算数 | 全年执行数") -> str:
    """Draw a funds table whose amounts stand in two columns."""
    return "\n".join((f"{label} | {header}", *rows))


class TestHeaderFields:
    @pytest.mark.parametrize(
        "head",
        [
            "项目名称 | 道路养护 | 实施单位 | 某局",
            "项目名称： | 道路养护 | 实施单位： | 某局",
            "项目名称：道路养护 | < | 实施单位：某局 | <",
            "项目名称：道路养护 实施单位：某局 | < | < | <",
            "项目名称 | < | 道路养护 | < | 实施单位 | < | 某局 | <",
            "项目名称 |  | 道路养护 |  | 实施单位 |  | 某局 |",
            "项 目 名 称 | 道路养护 | 实施\u3000单位 | 某局",
        ],
    )
    def test_a_label_and_its_value(self, head: str) -> None:
        form = read(TITLE, stacked(head, FUNDS, INDICATORS))
        assert (field(form, "project"), field(form, "unit")) == ("道路养护", "某局")

    def test_a_line_above_the_table(self) -> None:
        assert field(read(TITLE, "项目名称：道路养护", stacked(FUNDS, INDICATORS)), "project") == "道路养护"

    def test_a_label_that_reaches_down_is_read_once(self) -> None:
        head = "项目名称 | 道路养护 | 得分 | 1\n^ | 二期 | 自评总分 | 98"
        form = read(TITLE, stacked(head, FUNDS, INDICATORS))
        assert (field(form, "project"), field(form, "total_score")) == ("道路养护", "98")

    def test_a_label_without_a_value_has_none(self) -> None:
        form = read(TITLE, stacked("项目名称 |  | 实施单位 | 某局", FUNDS, INDICATORS))
        assert (field(form, "project"), field(form, "unit")) == (None, "某局")

    def test_the_label_of_the_next_field_is_no_figure(self) -> None:
        form = read("部门整体支出绩效自评表", stacked("编制数 |  |  | 内设机构数 | 5", FUNDS, INDICATORS))
        assert field(form, "posts") is None

    def test_a_year_field_gives_the_year(self) -> None:
        assert read(TITLE, stacked("项目名称 | 道路 | 年度 | 2022", FUNDS, INDICATORS)).year == 2022

    def test_the_year_of_the_title_goes_before(self) -> None:
        assert read(f"{TITLE}（2023年度）", stacked("项目名称 | 道路 | 年度 | 2022", FUNDS, INDICATORS)).year == 2023

    def test_the_address_is_that_of_the_value(self) -> None:
        header = section("header", TITLE, stacked(HEAD, FUNDS, INDICATORS))
        assert header.records[0].fields["project"].pointer.address == "表1!R1C2"


class TestFieldsWithMoney:
    """The fields of a form of one's own: 合同金额 is an amount."""

    FORM = spec.Form.model_validate({
        "id": "contract", "title": "合同表", "basis": "例", "recognise": {"titles": ["*合同表*"]},
        "sections": [
            {
                "id": "head", "title": "合同", "layout": "fields",
                "columns": {
                    "sum": {"name": "合同金额", "type": "amount"}, "price": {"name": "单价", "type": "amount", "unit": "元"},
                    "people": {"name": "人数", "type": "number"},
                },
            },
            {
                "id": "pay", "title": "支付",
                "columns": {
                    "what": {"name": "付款", "type": "label"}, "paid": {"name": "金额", "type": "amount"},
                    "each": {"name": "每份", "type": "amount", "unit": "元"},
                },
                "requires": [["what"], ["paid"]],
            },
        ],
    })  # fmt: skip

    def read(self, *parts: str | Table) -> Form:
        sections = tuple(section for section in self.FORM.sections if isinstance(section, spec.Section))
        (match,) = Recogniser([(self.FORM, sections)]).recognise(document("合同表", *parts)).matches
        return Extractor(ruleset().lexicon).extract(match, 0)

    @pytest.mark.parametrize(
        ("parts", "units"),
        [
            (("合同金额 | 380 | 单价 | 15 | 人数 | 3\n付款 | 金额\n首付 | 5",), ["", "元", ""]),
            (("合同金额 | 380 | 单价 | 15 | 人数 | 3 | 单位：万元\n付款 | 金额\n首付 | 5",), ["万元", "元", ""]),
            (("单位：万元", "合同金额 | 380 | 单价 | 15 | 人数 | 3\n付款 | 金额\n首付 | 5"), ["万元", "元", ""]),
            (
                ("单位：万元", "合同金额（亿元） | 380 | 单价（万元） | 15 | 人数 | 3\n付款 | 金额\n首付 | 5"),
                ["亿元", "万元", ""],
            ),
            (("单位：万元", "合同金额 | 380元 | 单价 | 15万元 | 人数 | 3\n付款 | 金额\n首付 | 5"), ["元", "万元", ""]),
            (("单位：万元", "合同金额 | 380 | 单价 | 15 | 人数 | 3", "单位：元", "付款 | 金额\n首付 | 5"), ["", "元", ""]),
        ],
    )
    def test_amounts_have_the_unit_of_their_label_of_the_form_file_or_of_the_only_line(
        self, parts: tuple[str, ...], units: list[str]
    ) -> None:
        head = self.read(*parts).section("head")
        assert head is not None
        assert [unit_of(head.records[0], id) for id in ("sum", "price", "people")] == units

    @pytest.mark.parametrize(
        ("header", "units"),
        [("金额 | 每份", ["万元", "元"]), ("金额 | 每份（千元）", ["万元", "千元"]), ("金额（亿元） | 每份", ["亿元", "元"])],
    )
    def test_the_form_file_gives_a_column_a_unit_which_the_header_overrules(self, header: str, units: list[str]) -> None:
        pay = self.read("单位：万元", f"付款 | {header}\n首付 | 5 | 6").section("pay")
        assert pay is not None
        assert [unit_of(pay.records[0], id) for id in ("paid", "each")] == units

    @pytest.mark.parametrize(("header", "unit"), [("金额（万元）", "万元"), ("金额", "")], ids=["of-the-table", "of-no-table"])
    def test_amounts_have_the_unit_of_the_tables_where_no_line_names_one(self, header: str, unit: str) -> None:
        head = self.read(f"合同金额 | 380 | 单价 | 15 | 人数 | 3\n付款 | {header}\n首付 | 5").section("head")
        assert head is not None
        assert [unit_of(head.records[0], id) for id in ("sum", "price", "people")] == [unit, "元", ""]

    def test_the_unit_that_the_form_file_gives_is_not_for_the_neighbours(self) -> None:
        pay = self.read("付款 | 金额 | 每份\n首付 | 5 | 6").section("pay")
        assert pay is not None
        assert unit_of(pay.records[0], "paid") == ""


class TestBreakdown:
    HEAD = """
资金来源     | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | 260        | 260        | 234        | 10   | 90%    | 9
"""

    def read(self, *rows: str) -> dict[str, str]:
        """The amounts of the breakdown, by column."""
        form = read("部门整体支出绩效自评表", self.HEAD + "\n".join(rows))
        found = form.section("breakdown")
        return {id: fact.text for id, fact in found.records[0].fields.items()} if found is not None else {}

    def test_each_amount_stands_behind_its_label_in_one_cell(self) -> None:
        assert self.read(
            "按收入性质分： | < | < | 按支出性质分： | < | < | <",
            "其中： 一般公共预算：200万元 | < | < | 其中：基本支出：180万元 | < | < | <",
            "政府性基金拨款： | < | < | 项目支出：80万元 | < | < | <",
            "其他资金：60万元 | < | < | | | |",
        ) == {"general": "200万元", "basic": "180万元", "project": "80万元", "other": "60万元"}

    def test_amounts_in_cells_of_their_own_under_the_columns_above_are_none_of_these(self) -> None:
        rows = (
            "按收入性质分： | < | < | < | 按支出性质分： | < | <",
            "其中：一般公共预算： | 200 | 政府性基金拨款： | 40 | 其中：基本支出： | 180 | <",
            "其他资金： | 20 | | | 项目支出： | 80 | <",
        )
        form = read("部门整体支出绩效自评表", self.HEAD + "\n".join(rows))
        funds_section = form.section("funds")
        assert funds_section is not None
        assert [record.label for record in funds_section.records] == ["年度资金总额"]
        assert self.read(*rows) == {"general": "200", "gov_fund": "40", "basic": "180", "project": "80", "other": "20"}

    def test_labels_of_both_divisions_in_one_row_end_the_funds_whatever_stands_under_their_columns(self) -> None:
        rows = (
            "按收入性质分： | < | 按支出性质分： | < | < | < | <",
            "其中：一般公共预算： | 200 | 其中：基本支出： | 180 | < | < | <",
            "其他资金： | 60 | 项目支出： | 80 | < | < | <",
        )
        assert self.read(*rows) == {"general": "200", "basic": "180", "project": "80", "other": "60"}

    def test_the_rows_are_no_parts_of_the_total_any_more(self) -> None:
        rows = "按收入性质分：260 | < | < | 按支出性质分：260 | < | < | <"
        form = read("部门整体支出绩效自评表", self.HEAD + rows)
        funds_section = form.section("funds")
        assert funds_section is not None
        assert [record.label for record in funds_section.records] == ["年度资金总额"]
        assert self.read(rows) == {"by_income": "260", "by_spending": "260"}


class TestFunds:
    @pytest.mark.parametrize("line", ["**单位：万元**", "<p>单位：万元</p>", "## 资金情况（万元）", "> 金额单位：人民币万元"])
    def test_a_line_above_the_table_gives_the_unit(self, line: str) -> None:
        table = funds("资金来源", "年度资金总额 | 100 | 90", "其他资金 | 100 | 90")
        assert section("funds", TITLE, line, table).unit == "万元"

    def test_a_unit_in_a_line_about_something_else_does_not(self) -> None:
        table = funds("资金来源", "年度资金总额 | 100 | 90", "其他资金 | 100 | 90")
        assert section("funds", TITLE, "去年多用了不少（万元）", table).unit == ""

    def test_rows_have_labels_kinds_and_figures(self) -> None:
        found = section("funds", TITLE, FUNDS)
        assert [(r.label, r.kind, r.role) for r in found.records] == [
            ("年度资金总额", "total", "total"),
            ("其中：当年财政拨款", "appropriation", "part"),
            ("其他资金", "other", "part"),
        ]
        assert bases(found, "budget") == [Decimal(3200000), Decimal(3000000), Decimal(200000)]
        assert found.records[0].fields["executed"].pointer == (
            "form[0].funds.total.executed", "表1!R2C5", "300", "年度资金总额", "全年执行数",
        )  # fmt: skip

    @pytest.mark.parametrize(("last", "rows"), [("审核人：甲 | < | <", 3), ("审核人：甲 |  | ", 3), ("丙 | 20 | 10", 4)])
    def test_a_line_below_the_total_of_a_list_is_no_row(self, last: str, rows: int) -> None:
        found = section("funds", TITLE, funds("资金来源", "甲 | 80 | 70", "乙 | 20 | 20", "合计 | 100 | 90", last))
        assert len(found.records) == rows

    def test_a_row_without_figures_below_a_total_that_comes_first_is_one(self) -> None:
        found = section("funds", TITLE, funds("资金来源", "合计 | 100 | 90", "甲 | 100 | 90", "乙 |  | "))
        assert [record.label for record in found.records] == ["合计", "甲", "乙"]

    @pytest.mark.parametrize(
        ("adjusted", "column"),
        [("40 30 10", "adjustment"), ("40 30 11", "adjustment"), ("140 110 30", "adjusted_budget"), ("0 0 0", "adjustment")],
        ids=["what was changed", "once wrong", "what came of it", "nothing was changed"],
    )
    def test_figures_tell_a_change_from_what_came_of_it(self, adjusted: str, column: str) -> None:
        one, two, three = adjusted.split()
        budget = ("100", "80", "20") if adjusted == "0 0 0" else ("140", "110", "30")
        rows = (
            f"合计 | 100 | {one} | {budget[0]} | 90",
            f"甲 | 80 | {two} | {budget[1]} | 70",
            f"乙 | 20 | {three} | {budget[2]} | 20",
        )
        header = "年初预算数 | 调整预算数 | 全年预算数 | 全年执行数"
        found = section("funds", TITLE, funds("资金来源", *rows, header=header))
        assert set(found.columns) == {"label", "initial_budget", column, "budget", "executed"}

    def test_parts_are_under_the_total(self) -> None:
        assert tree(section("funds", TITLE, FUNDS).records) == [
            ("年度资金总额", None),
            ("其中：当年财政拨款", "年度资金总额"),
            ("其他资金", "年度资金总额"),
        ]

    @pytest.mark.parametrize(
        ("rows", "roles"),
        [
            (["甲中心全部经费 | 320 | 300"], ["total"]),
            (["中央财政资金 | 320 | 300"], ["part"]),
            (["甲中心全部经费 | 320 | 300", "其他资金 | 20 | 10"], ["part", "part"]),
        ],
        ids=["of-no-known-name", "of-a-source", "not-the-only-one"],
    )
    def test_the_only_row_of_amounts_is_the_total(self, rows: list[str], roles: list[str]) -> None:
        found = section("funds", TITLE, funds("资金来源", *rows))
        assert [record.role for record in found.records] == roles

    def test_a_total_at_the_end_is_one_too(self) -> None:
        found = section("funds", funds("资金来源", "中央财政资金 | 60 | 50", "其他资金 | 40 | 40", "合计 | 100 | 90"))
        assert [parent for _, parent in tree(found.records)] == ["合计", "合计", None]
        assert found.records[-1].depth == 0

    def test_rows_marked_as_parts_are_under_the_row_above(self) -> None:
        found = section(
            "funds",
            funds("资金来源", "年度资金总额 | 100 | 90", "财政拨款 | 60 | 50", "其中：专项 | 20 | 20", "其他资金 | 40 | 40"),
        )
        assert tree(found.records)[2] == ("其中：专项", "财政拨款")

    def test_amounts_behind_their_labels_have_parts_that_may_be_blank(self) -> None:
        text = """
预算数         | 100 | 执行数         | 90 | 执行率 | 90%
其中：中央补助 | 60  | 其中：中央补助 | 90 |        |
地方资金       | 40  | 地方资金       |    |        |
"""
        found = section("funds", text)
        assert [{id: fact.text for id, fact in record.fields.items()} for record in found.records] == [
            {"budget": "100", "executed": "90", "rate": "90%"},
            {"budget": "60", "executed": "90"},
            {"budget": "40", "executed": ""},
        ]

    def test_a_row_written_twice_is_no_part_of_itself(self) -> None:
        rows = ("年度资金总额 | 100 | 90", "其中：财政拨款 | 60 | 50", "其中：财政拨款 | 60 | 50", "其他资金 | 40 | 40")
        found = section("funds", funds("资金来源", *rows))
        assert {parent for _, parent in tree(found.records)[1:]} == {"年度资金总额"}

    def test_a_mark_merged_beside_several_rows_is_for_all_of_them(self) -> None:
        text = """
资金来源     | <        | 全年预算数 | 全年执行数
年度资金总额 | <        | 100        | 90
财政拨款     | <        | 60         | 50
其中：       | 专项一   | 20         | 20
^            | 专项二   | 40         | 30
其他资金     | <        | 40         | 40
"""
        assert tree(section("funds", text).records)[2:] == [
            ("专项一", "财政拨款"),
            ("专项二", "财政拨款"),
            ("其他资金", "年度资金总额"),
        ]

    def test_a_mark_in_a_row_of_its_own_is_no_row(self) -> None:
        found = section("funds", funds("资金来源", "年度资金总额 | 100 | 90", "其中： | |", "财政拨款 | 100 | 90"))
        assert [record.label for record in found.records] == ["年度资金总额", "财政拨款"]

    def test_levels_of_government_are_within_the_local_share(self) -> None:
        found = section(
            "funds",
            funds("资金来源", "年度资金总额 | 100 | 90", "中央财政资金 | 60 | 50", "地方资金 | 40 | 40", "省级资金 | 30 | 30"),
        )
        assert [record.depth for record in found.records] == [0, 1, 1, 2]

    @pytest.mark.parametrize(
        ("labels", "wholes"),
        [
            ("甲 乙 小计 丙 丁 小计 合计", "小计 小计 合计 小计 小计 合计 -"),
            ("合计 甲 乙 小计 丙 丁 小计", "- 小计 小计 合计 小计 小计 合计"),
            ("合计 小计 甲 乙 小计 丙 丁", "- 合计 小计 小计 合计 小计 小计"),
            ("甲 乙 小计 丙 合计", "小计 小计 合计 合计 -"),
            ("甲 小计 乙 小计 甲乙小计 丙 合计", "小计 甲乙小计 小计 甲乙小计 合计 合计 -"),
            ("甲 乙 合计 丙 丁 合计 总计", "合计 合计 总计 合计 合计 总计 -"),
            ("合计 小计 其中：甲 乙", "- 合计 小计 合计"),
        ],
    )
    def test_rows_are_under_their_subtotal(self, labels: str, wholes: str) -> None:
        found = section("funds", funds("资金来源", *(f"{label} | 1 | 1" for label in labels.split())))
        assert [parent or "-" for _, parent in tree(found.records)] == wholes.split()

    @pytest.mark.parametrize(
        ("labels", "cuts"),
        [
            ("资金来源：（1）财政性资金 （2）其他资金 资金结构：（1）基本支出 （2）项目支出", 1),
            ("（1）财政性资金 （2）其他资金 （1）基本支出 （2）项目支出", 1),
            ("资金来源：财政性资金 其他资金 资金结构：基本支出 项目支出", 1),
            ("其中：财政性资金 其他资金 基本支出 项目支出", 0),
        ],
    )
    def test_a_total_may_be_split_up_twice(self, labels: str, cuts: int) -> None:
        rows = [f"{label} | {amount} | {amount}" for label, amount in zip(labels.split(), (70, 30, 60, 40), strict=True)]
        total = section("funds", funds("资金来源", "年度资金总额 | 100 | 100", *rows)).records[0]
        assert (len(total.cuts), len(total.children)) == (cuts, 2 if cuts else 4)

    @pytest.mark.parametrize(
        "labels", ["财政：甲资金 乙资金 自筹：丙资金 丁资金", "（1）甲资金 （2）乙资金 （3）丙资金 （4）丁资金", "甲 乙 丙 丁"]
    )
    def test_parts_that_make_it_up_together_split_it_up_once(self, labels: str) -> None:
        rows = [f"{label} | {amount} | {amount}" for label, amount in zip(labels.split(), (40, 30, 20, 10), strict=True)]
        total = section("funds", funds("资金来源", "年度资金总额 | 100 | 100", *rows)).records[0]
        assert (len(total.cuts), len(total.children)) == (0, 4)

    def test_what_is_under_a_row_goes_with_it_under_the_subtotal(self) -> None:
        rows = ("地方资金 | 5 | 5", "省级资金 | 2 | 2", "小计 | 5 | 5", "合计 | 5 | 5")
        assert [record.depth for record in section("funds", funds("资金来源", *rows)).records] == [2, 3, 1, 0]

    def test_a_figure_that_reaches_over_several_rows_is_one_figure(self) -> None:
        text = """
资金来源     | 全年预算数 | 全年执行数 | 分值 | 得分
年度资金总额 | 100        | 90         | 10   | 9
其他资金     | 100        | 90         | ^    | ^
"""
        found = section("funds", text)
        assert (bases(found, "weight"), "score" in found.records[1].fields) == ([Decimal(10)], False)

    def test_a_label_that_reaches_over_several_rows_names_each(self) -> None:
        text = """
资金来源     | 全年预算数 | 全年执行数
年度资金总额 | 100        | 90
其他资金     | 60         | 60
^            | 40         | 30
"""
        found = section("funds", text)
        assert tree(found.records) == [("年度资金总额", None), ("其他资金", "年度资金总额"), ("其他资金", "年度资金总额")]

    def test_no_two_rows_have_one_path(self) -> None:
        found = section("funds", funds("资金来源", "合计 | 100 | 90", "其他资金 | 100 | 90", "合计 | 100 | 90"))
        paths = [record.path for record in found.records]
        assert len(set(paths)) == len(paths)

    def test_a_value_behind_its_label_is_no_column_of_its_own(self) -> None:
        text = """
预算安排情况     | <   | 资金到位情况     | <   | 资金执行情况     | <  | 预算执行进度
预算数           | 100 | 到位数           | 100 | 执行数           | 90 | 90%
其中：财政资金   | 60  | 其中：财政资金   | 60  | 其中：财政资金   | 50 |
其他             | 40  | 其他             | 40  | 其他             | 40 |
"""
        found = section("funds", text)
        assert {id: fact.text for id, fact in found.records[0].fields.items()} == {
            "budget": "100", "received": "100", "executed": "90", "rate": "90%",
        }  # fmt: skip
        assert (tree(found.records)[1:], found.rivals) == ([("其中：财政资金", "项目资金"), ("其他", "项目资金")], {})

    @pytest.mark.parametrize(
        ("rest", "executed", "rivals"),
        [
            ("40 | 60 | 40", "总额 | 财政拨款 | 其他资金", {}),
            ("20 | 30 | 20", "总额 | 财政拨款 | 其他资金", {"budget": "财政拨款"}),
            ("40 | 60 | 40", "总额 | < | <", {"budget": "财政拨款"}),
        ],
    )
    def test_columns_that_add_up_to_the_one_before_them_are_its_parts(
        self, rest: str, executed: str, rivals: dict[str, str]
    ) -> None:
        other, *others = rest.split(" | ")
        text = f"""
资金来源 | 预算数 | <        | <        | 执行数 | < | < | 执行率
^        | 总额   | 财政拨款 | 其他资金 | {executed}      | ^
甲项目   | 100    | 60       | {other}  | 90  | 50 | 40  | 90%
乙项目   | 160    | 100      | {others[0]} | 80  | 40 | 40 | 50%
合计     | 260    | 170      | {others[1]} | 170 | 90 | 80 | 65%
"""
        assert section("funds", text).rivals == rivals

    def test_each_side_of_an_account_is_a_section_of_its_own(self) -> None:
        account = "项目 | 预算数 | 执行数 | 项目 | 预算数 | 执行数\n保险费 | 9 | 8 | 待遇 | 7 | 6\n合计 | 9 | 8 | 合计 | 7 | 6"
        (form,) = extract("社会保险基金预算绩效自评表", account)
        assert [[record.label for record in found.records] for found in form.sections] == [["保险费", "合计"], ["待遇", "合计"]]
        assert [found.path for found in form.sections] == ["form[0].fund_accounts", "form[0].fund_accounts2"]

    @pytest.mark.parametrize("header", ["偏差原因及改进措施", "未完成原因和改进措施", "扣分理由"])
    def test_the_reasons_of_a_fund_stand_under_the_headers_of_other_forms(self, header: str) -> None:
        account = "项目 | 预算数 | 执行数\n收入合计 | 9 | 9\n支出合计 | 8 | 8\n年末结余 | 1 | 1"
        text = f"""
二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | {header}
参保情况 | 参保率   | ≥95%   | 93%        | 20   | 18   | 流动人口多
"""
        found = section("insurance_scores", "社会保险基金预算绩效自评表", account, text)
        assert found.records[0].fields["reason"].text == "流动人口多"

    def test_a_colon_behind_a_label_is_no_part_of_its_name(self) -> None:
        found = section("funds", funds("资金来源", "年度资金总额： | 100 | 90", "其中：财政拨款: | 100 | 90"))
        assert [record.label for record in found.records] == ["年度资金总额", "其中：财政拨款"]

    def test_so_does_the_label_of_the_score(self) -> None:
        points = section("funds", FUNDS.replace("| 得分", "| 得分（20分×执行率）")).points
        assert points is not None
        assert points.quantity is not None
        assert points.quantity.value == 20

    def test_a_caption_gives_points(self) -> None:
        points = section("funds", FUNDS.replace("项目资金（万元）", "预算执行情况（10分）")).points
        assert points is not None
        assert points.quantity is not None
        assert points.quantity.value == 10

    def test_a_total_in_the_header_row_is_noticed(self) -> None:
        text = """
年度资金总额 | 全年预算数 | 全年执行数
财政拨款     | 100        | 90
其他资金     | 60         | 50
             | 40         | 40
"""
        stray = section("funds", text).stray
        assert stray is not None
        assert stray.text == "年度资金总额"

    def test_a_total_that_reaches_down_from_the_header_row_is_the_label_of_the_first_row(self) -> None:
        text = """
资金总额       | 全年预算数 | 全年执行数
^              | 100        | 90
其中：财政拨款 | 60         | 50
其他资金       | 40         | 40
"""
        found = section("funds", text)
        assert found.stray is None
        assert [(record.label, record.role) for record in found.records] == [
            ("资金总额", "total"),
            ("其中：财政拨款", "part"),
            ("其他资金", "part"),
        ]


def test_tasks_of_a_department_have_the_money_that_was_granted_and_spent() -> None:
    text = """
任务名称 | 主要内容 | 批复金额（万元） | <        | <        | 实际支出金额（万元） | 预算执行率
^        | ^        | 总额             | 财政拨款 | 其他资金 | ^                    | ^
农田建设 | 建设     | 1800.00          | 1600.00  | 200.00   | 1764.50              | 98.03%
三、部门整体支出绩效指标 | < | < | < | < | < | <
"""
    found = section("duties", "部门整体支出绩效自评表", text)
    (row,) = found.records
    assert {id: row.fields[id].text for id in ("budget", "budget_fiscal", "executed")} == {
        "budget": "1800.00",
        "budget_fiscal": "1600.00",
        "executed": "1764.50",
    }


def test_the_budget_of_funds_may_be_a_plan() -> None:
    found = section("funds", funds("资金来源", "合计 | 100 | 90", "专项债券资金 | 60 | 50", header="计划数 | 支出数"))
    assert [record.fields["budget"].text for record in found.records] == ["100", "60"]


def test_a_heading_on_two_lines_is_told_on_one() -> None:
    heads, *rows = drawn(funds("资金来源", "年度资金总额 | 100 | 90")).rows
    heading = Cell("全年预算数\n（万元）", 0, 1, "表1!R1C2")
    found = section("funds", TITLE, Table("表1", [[heads[0], heading, heads[2]], *rows]))
    assert found.columns["budget"].column_label == "全年预算数（万元）"
    assert found.records[0].fields["budget"].pointer.column_label == "全年预算数（万元）"


class TestUnseen:
    def test_a_formula_without_its_result_is_not_blank(self) -> None:
        table = drawn(FUNDS)
        rows = [
            [cell._replace(text="", note="公式没有结果") if cell is not None and cell.text == "300" else cell for cell in row]
            for row in table.rows
        ]
        (form,) = extract(TITLE, Table("表1", rows))
        found = form.section("funds")
        assert found is not None
        unseen = found.records[0].fields["executed"]
        assert (unseen.blank, unseen.quantity) == (False, None)

    @pytest.mark.parametrize("column", ["target", "actual"])
    def test_nor_is_a_target_or_an_actual(self, column: str) -> None:
        table = drawn("三级指标 | 年度指标值 | 实际完成值\n培训 | 100 | 120\n检查 | 100 | 120")
        text = {"target": "100", "actual": "120"}[column]
        first, second, third = table.rows
        unseen = [
            cell._replace(text="", note="公式没有结果") if cell is not None and cell.text == text else cell for cell in third
        ]
        records = section("indicators", TITLE, Table("表1", [first, second, unseen])).records
        assert (records[1].fields[column].blank, records[1].fields[column].quantity) == (False, None)


OTHER = "地区 | 本级 | 上级 | 合计\n甲县 | 10 | 20 | 30\n乙县 | 5 | 15 | 20"
"""A table of no form."""


class TestUnits:
    @pytest.mark.parametrize(
        "parts",
        [
            (funds("资金来源（万元）", "年度资金总额 | 100 | 90"),),
            (funds("资金来源", "年度资金总额 | 100 | 90", header="全年预算数（万元） | 全年执行数"),),
            (funds("资金来源", "年度资金总额（万元） | 100 | 90"),),
            (funds("资金来源", "年度资金总额（单位：万元） | 100 | 90"),),
            ("单位：万元", funds("资金来源", "年度资金总额 | 100 | 90")),
            ("金额单位：人民币万元", funds("资金来源", "年度资金总额 | 100 | 90")),
            (stacked("项目名称 | 道路 | 单位：万元", funds("资金来源", "年度资金总额 | 100 | 90")),),
            (f"{TITLE}（单位：万元）", funds("资金来源", "年度资金总额 | 100 | 90")),
        ],
    )
    def test_a_unit_stands_in_the_caption_the_header_the_label_or_above(self, parts: tuple[str, ...]) -> None:
        assert bases(section("funds", *parts), "budget") == [Decimal(1000000)]

    @pytest.mark.parametrize(
        "parts",
        [
            ("单位：万元", funds("资金来源（元）", "年度资金总额 | 100 | 90")),
            ("单位：万元", funds("资金来源", "年度资金总额（元） | 100 | 90")),
            ("单位：万元", "单位：元", funds("资金来源", "年度资金总额 | 100 | 90")),
            ("单位：万元", funds("资金来源", "年度资金总额 | 100元 | 90元")),
        ],
    )
    def test_the_nearest_one_counts_and_only_once(self, parts: tuple[str, ...]) -> None:
        assert bases(section("funds", *parts), "budget") == [Decimal(100)]

    def test_the_unit_of_one_label_is_for_the_rows_without(self) -> None:
        found = section("funds", funds("资金来源", "年度资金总额（万元） | 100 | 90", "其他资金 | 100 | 90"))
        assert bases(found, "executed") == [Decimal(900000)] * 2

    def test_rows_may_differ_in_their_unit(self) -> None:
        found = section("funds", funds("资金来源", "年度资金总额（万元） | 1 | 1", "其他资金（元） | 10000 | 10000"))
        assert bases(found, "budget") == [Decimal(10000)] * 2

    @pytest.mark.parametrize("line", ["填报单位：某局", "单位：个", "单位：", "实施单位：万元户合作社"])
    def test_other_lines_give_none(self, line: str) -> None:
        assert bases(section("funds", line, funds("资金来源", "年度资金总额 | 100 | 90")), "budget") == [Decimal(100)]

    @pytest.mark.parametrize(
        ("parts", "units"),
        [
            (("单位：万元", funds("资金来源", "年度资金总额 | 100 | 90", header=HALF)), ["元", "万元"]),
            ((stacked("单位：万元 | < | <", funds("资金来源", "年度资金总额 | 100 | 90", header=HALF)),), ["元", "万元"]),
            ((funds("资金来源", "年度资金总额 | 100 | 90", header=HALF),), ["元", "元"]),
            (
                ("单位：万元", drawn("项目 | 道路\n科室 | 二科"), funds("资金来源", "合计 | 100 | 90", header=HALF)),
                ["元", "万元"],
            ),
        ],
    )
    def test_the_unit_of_a_column_is_not_for_its_neighbours_where_a_line_names_one(
        self, parts: tuple[str | Table, ...], units: list[str]
    ) -> None:
        found = section("funds", TITLE, *parts)
        assert [unit_of(found.records[0], id) for id in ("budget", "executed")] == units

    @pytest.mark.parametrize("own", [(), ("单位：亿元",)])
    @pytest.mark.parametrize("caption", [("单位：亿元", OTHER), (drawn(stacked("单位：亿元 | < | < | <", OTHER)),)])
    def test_a_line_above_a_table_that_is_no_part_of_the_form_is_for_that_table(
        self, own: tuple[str, ...], caption: tuple[str | Table, ...]
    ) -> None:
        found = read(TITLE, *own, funds("资金来源", "年度资金总额 | 100 | 90", header=HALF), *caption).section("funds")
        assert found is not None
        assert [unit_of(found.records[0], id) for id in ("budget", "executed")] == ["元", "亿元" if own else "元"]

    def test_a_unit_above_is_for_amounts_only(self) -> None:
        assert bases(section("indicators", "单位：万元", INDICATORS), "weight") == [Decimal(50), Decimal(40)]

    def test_a_unit_in_an_upper_header_is_for_the_columns_below(self) -> None:
        text = """
资金来源     | 预算数（万元） | <    | 执行数
^            | 年初           | 全年 | ^
年度资金总额 | 100            | 100  | 90
"""
        found = section("funds", text)
        assert (bases(found, "budget"), bases(found, "executed"), found.unit) == ([Decimal(1000000)], [Decimal(900000)], "万元")


class TestIndicators:
    def test_groups_reach_down_until_the_next(self) -> None:
        text = """
一级指标       | 二级指标 | 三级指标 | 年度指标值 | 实际完成值
产出指标(50分) | 数量指标 | 甲       | ≥1次       | 1次
               |          | 乙       | ≥2次       | 2次
               | 质量指标 | 丙       | ≥90%       | 95%
效益指标       |          | 丁       | ≥1次       | 1次
"""
        found = section("indicators", text)
        assert [(r.fields["category"].text[:2], r.fields["subcategory"].text[:2]) for r in found.records] == [
            ("产出", "数量"), ("产出", "数量"), ("产出", "质量"), ("效益", ""),
        ]  # fmt: skip
        assert [r.fields["category"].quantity is not None for r in found.records] == [True, True, True, False]

    def test_points_without_the_name_of_their_group_are_those_of_none(self) -> None:
        text = """
一级指标   | 二级指标 | 三级指标 | 年度指标值 | 实际完成值
（40分）   | 数量指标 | 甲       | ≥1次       | 1次
效益（9分）| 质量指标 | 乙       | ≥90%       | 95%
"""
        read = [record.fields["category"].quantity is not None for record in section("indicators", text).records]
        assert read == [False, True]

    def test_a_total_that_is_left_blank_is_a_row_though_its_label_reaches_over_the_columns(self) -> None:
        text = """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
^        | 产出指标 | 数量指标 | 甲       | ≥1次       | 1次        | 20
^        | 效益指标 | 社会效益 | 乙       | ≥1次       | 1次        | 20
总分     | <        | <        | <        | <          | <          |
"""
        assert [record.role for record in section("indicators", text).records] == ["item", "item", "total"]

    def test_a_word_in_the_middle_of_rows_that_nothing_merges_reaches_nowhere(self) -> None:
        text = """
一级指标 | 二级指标     | 三级指标 | 年度指标值 | 实际完成值
         | 经济成本指标 | 甲       | 6万元      | 5万元
成本指标 | ^            | 乙       | 6万元      | 5万元
         | ^            | 丙       | 6万元      | 5万元
         | 社会效益指标 | 丁       | 90%        | 95%
效益指标 | ^            | 戊       | 90%        | 95%
"""
        found = section("indicators", text)
        assert [(r.fields["category"].text[:2], r.fields["subcategory"].text[:2]) for r in found.records] == [
            ("", "经济"), ("成本", "经济"), ("", "经济"), ("", "社会"), ("效益", "社会"),
        ]  # fmt: skip
        targets = [record.fields["target"].quantity for record in found.records]
        assert [target is not None and target.comparator for target in targets] == ["<=", "<=", "<=", "", ""]

    def test_a_group_word_on_every_row_is_one_group(self) -> None:
        text = """
一级指标       | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值
产出指标(50分) | 数量指标 | 甲       | ≥1次       | 1次        | 20
产出指标(50分) | 数量指标 | 乙       | ≥2次       | 2次        | 10
产出指标(50分) | 质量指标 | 丙       | ≥90%       | 95%        | 20
效益指标(40分) | 数量指标 | 丁       | ≥1次       | 1次        | 40
"""
        rows = section("indicators", text).records
        assert len({row.fields["category"].pointer.address for row in rows[:3]}) == 1
        assert len({row.fields["subcategory"].pointer.address for row in rows}) == 3
        assert len({row.fields["category"].pointer.address for row in rows}) == 2

    def test_points_without_the_word_of_their_group_begin_a_group(self) -> None:
        text = """
一级指标 | 二级指标     | 三级指标   | 年度指标值 | 实际完成值 | 分值
(60分)   | 数量指标     | 疏浚河道   | 3公里      | 3公里      | 60
(30分)   | 社会效益指标 | 受益村庄   | 12个       | 12个       | 20
         | 生态效益指标 | 水质达标率 | 90%        | 92%        | 10
"""
        found = section("indicators", text)
        assert [record.fields["category"].text for record in found.records] == ["(60分)", "(30分)", "(30分)"]

    @pytest.mark.parametrize(
        ("word", "group"),
        [("预算执行率", ""), ("成本指标", "满意度指标(10)"), ("参训率", "满意度指标(10)")],
        ids=["an outer group only", "an inner one too", "a name"],
    )
    def test_the_word_of_an_outer_group_that_names_its_row_is_none_of_the_group_above(self, word: str, group: str) -> None:
        text = f"""
一级指标       | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
满意度指标(10) | 满意度   | 学员     | ≥90%       | 94%        | 10   | 10
{word}         |          |          |            |            | 10   | 9
"""
        first, last = section("indicators", text).records
        assert first.fields["category"].reading.quantity is not None
        assert [record.fields["category"].text if "category" in record.fields else "" for record in (first, last)] == [
            "满意度指标(10)",
            group,
        ]

    @pytest.mark.parametrize(
        ("row", "name"),
        [
            ("时效指标 |      | ≥95% | 96%", ""),
            ("时效指标 | 甲   | ≥95% | 96%", "甲"),
            ("按期完工率 |    | ≥95% | 96%", "按期完工率"),
            ("时效指标 | <    | ≥95% | 96%", "时效指标"),
        ],
    )
    def test_the_word_of_a_group_is_no_name_beside_a_blank(self, row: str, name: str) -> None:
        found = section("indicators", f"二级指标 | 三级指标 | 年度指标值 | 实际完成值\n数量指标 | 乙 | ≥1次 | 1次\n{row}")
        assert found.records[-1].fields["name"].text == name

    @pytest.mark.parametrize(
        ("nature", "sign"), [("≥", ">="), ("＞＝", ">="), ("小于等于", "<="), ("＝", "="), ("定性", ""), ("", "")]
    )
    def test_a_sign_in_a_column_of_its_own_belongs_to_the_target(self, nature: str, sign: str) -> None:
        text = f"三级指标 | 指标性质 | 年度指标值 | 度量单位 | 实际完成值\n培训 | {nature} | 100 | 人次 | 120"
        (record,) = section("indicators", text).records
        target, actual = record.fields["target"].quantity, record.fields["actual"].quantity
        assert target is not None
        assert actual is not None
        assert (target.comparator, target.unit.name, actual.comparator, actual.unit.name) == (sign, "人次", "", "人次")

    @pytest.mark.parametrize(
        ("group", "name", "sign"),
        [
            ("成本指标", "培训费", "<="),
            ("数量指标", "投诉率", "<="),
            ("时效指标", "改造工期", "<="),
            ("数量指标", "培训", ""),
            ("成本指标", "成本节约率", ""),
            ("经济成本指标", "办公费压减率", ""),
            ("质量指标", "投诉率下降幅度", ""),
        ],
    )
    def test_a_cost_is_met_by_less(self, group: str, name: str, sign: str) -> None:
        (record,) = section("indicators", f"二级指标 | 三级指标 | 年度指标值 | 实际完成值\n{group} | {name} | 100 | 90").records
        assert record.fields["target"].quantity is not None
        assert record.fields["target"].quantity.comparator == sign

    @pytest.mark.parametrize(
        ("weights", "scores", "open_row", "complete"),
        [
            ("60 40", "50 40", False, True),
            ("60 30", "50 30", False, False),
            ("60 40", "50 40", True, False),
            ("60 40", "50 -", False, False),
            ("60 小计 60 40", "50 60 40", False, True),
        ],
    )
    def test_a_list_that_breaks_off_is_whole_when_its_points_are(
        self, weights: str, scores: str, open_row: bool, complete: bool
    ) -> None:
        names = iter("甲乙丙")
        words = weights.replace("小计 ", "小计:").split()
        rows = [
            f"{weight.partition(':')[0] if ':' in weight else next(names)} | ≥1次 | 1次 | {weight.rpartition(':')[2]} | {score}"
            for weight, score in zip(words, scores.split(), strict=True)
        ]
        rows_of_text = drawn("\n".join(("三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分", *rows))).rows
        table = Table("表1", rows_of_text, inferred=True, open_rows=frozenset({1}) if open_row else frozenset())
        assert section("indicators", table).complete is complete

    @pytest.mark.parametrize(
        ("columns", "open_row", "cut"),
        [("年度指标值 | 分值", False, True), ("年度指标值 | 分值", True, True), ("年度指标值 | 实际完成值", False, False)],
    )
    def test_a_list_is_cut_off_where_figures_of_it_are_summed_up(self, columns: str, open_row: bool, cut: bool) -> None:
        rows = drawn(f"三级指标 | {columns}\n甲 | 3 | 4").rows
        found = section("indicators", Table("表1", rows, inferred=True, open_rows=frozenset({1} if open_row else ())))
        assert (found.complete, found.cut) == (False, cut)

    @pytest.mark.parametrize(
        ("points", "read"),
        [
            ("产出 60,产出 60,效益 30,效益 30", ["60", "30"]),
            ("产出 60,产出 50,效益 30,效益 30", ["60", "50", "30", "30"]),
            ("产出 20,产出 20,效益 20,效益 20", ["20", "20", "20", "20"]),
            ("产出 60,产出 60,效益 60,效益 60", ["60", "60", "60", "60"]),
        ],
    )
    def test_points_of_a_group_that_each_of_its_rows_repeats_are_read_once(self, points: str, read: list[str]) -> None:
        rows = (
            f"{group} | 指标{n} | ≥1次 | 1次 | {points}" for n, (group, points) in enumerate(map(str.split, points.split(",")))
        )
        found = section("indicators", "\n".join(("一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值", *rows)))
        assert [record.fields["weight"].text for record in found.records if "weight" in record.fields] == read

    @pytest.mark.parametrize(
        ("rows", "complete"),
        [
            ("产出指标 数量指标,. 质量指标,效益指标 社会效益指标", True),
            (". 数量指标,. 质量指标,. 社会效益指标", True),
            (". 数量指标,. 质量指标,效益指标 社会效益指标", False),
            ("产出指标 数量指标,. 质量指标,. 社会效益指标", False),
            ("产出指标 数量指标,^ 质量指标,^ 社会效益指标", True),
        ],
    )
    def test_a_grid_that_lost_the_word_of_a_group_lost_its_row(self, rows: str, complete: bool) -> None:
        drawing = (
            f"{row.replace(' ', ' | ').replace('.', '')} | 指标{n} | 3 | 3 | 30" for n, row in enumerate(rows.split(","))
        )
        found = section("indicators", "\n".join(("一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值", *drawing)))
        assert found.complete is complete

    def test_an_open_row_is_no_end_of_the_text(self) -> None:
        rows = drawn("三级指标 | 年度指标值 | 分值\n甲 | 3 | 40\n总分 | | 40").rows
        found = section("indicators", Table("表1", rows, inferred=True, open_rows=frozenset({1})))
        assert (found.complete, found.cut) == (False, False)

    def test_the_points_of_the_funds_count_for_the_whole_list(self) -> None:
        assert section("indicators", Table("表1", drawn(stacked(FUNDS, INDICATORS)).rows, inferred=True)).complete

    @pytest.mark.parametrize(
        ("total", "weight", "score"),
        [
            ("总分 | < | < | < | 90 | < | 88 |", "90", "88"),
            ("总分 | < | < | < | < | 90 | < |", "90", ""),
            ("总分 | < | < | < | 见附表 | < | 88 |", "", "88"),
        ],
    )
    def test_the_points_of_a_total_may_reach_in_from_the_left(self, total: str, weight: str, score: str) -> None:
        found = section("indicators", stacked(INDICATORS, total)).records[-1]
        assert (found.fields["weight"].text, found.fields["score"].text) == (weight, score)

    def test_a_total_row_has_no_group(self) -> None:
        found = section("indicators", stacked(INDICATORS, "总分 | < | < | < | < | 90 | 90 |"))
        total = found.records[-1]
        assert (total.role, total.path, total.fields["category"].text) == ("total", "form[0].indicators.total", "")

    def test_an_unlabelled_score_column_is_found_by_its_figures(self) -> None:
        text = """
三级指标 | 年度指标值 | 实际完成值 | 分值 |
甲       | ≥1次       | 1次        | 10   | 10
乙       | ≥1次       | 1次        | 10   | 9
"""
        assert bases(section("indicators", text), "score") == [Decimal(10), Decimal(9)]

    def test_a_reason_that_reaches_over_several_rows_is_for_each(self) -> None:
        text = """
三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
甲       | ≥2次       | 1次        | 10   | 5    | 资金下达晚
乙       | ≥2次       | 1次        | 10   | 5    | ^
"""
        assert [r.fields["reason"].text for r in section("indicators", text).records] == ["资金下达晚"] * 2

    def test_a_weight_that_reaches_over_several_rows_counts_once(self) -> None:
        text = """
三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
甲       | ≥2次       | 2次        | 10   | 10
乙       | ≥2次       | 2次        | ^    | ^
"""
        assert bases(section("indicators", text), "weight") == [Decimal(10)]

    def test_notes_below_are_no_rows(self) -> None:
        found = section("indicators", stacked(INDICATORS, "注：1.定量指标填实际数 | < | < | < | < | < | < | <"))
        assert len(found.records) == 2

    def test_figures_have_the_step_of_their_peers(self) -> None:
        text = "三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分\n甲 | ≥1次 | 1次 | 10 | 9.55\n乙 | ≥1次 | 1次 | 10 | 10"
        found = section("indicators", text)
        assert [q.step for r in found.records if (q := r.fields["score"].quantity) is not None] == [Decimal("0.01")] * 2


class TestPointsInNames:
    TABLE = """
一级指标             | 二级指标 | 三级指标           | 年度指标值 | 实际完成值 | 得分
产出指标（50分）     | 数量指标 | 培训人次（20分）   | ≥100人次   | 120人次    | 20
^                    | 质量指标 | 合格率（30分）     | ≥90%       | 95%        | 30
满意度指标（40分）   | 满意度   | 受益人满意度{last} | ≥90%       | 95%        | 40
总分                 |          |                    |            |            | 90
"""

    def test_they_are_the_points_of_the_rows(self) -> None:
        found = section("indicators", TITLE, self.TABLE.format(last="（40分）"))
        assert bases(found, "weight")[:3] == [20, 30, 40]
        weight = found.records[0].fields["weight"]
        assert (weight.pointer.address, weight.text) == (found.records[0].fields["name"].pointer.address, "（20分）")
        assert found.columns["weight"].column_label == "分值"

    def test_they_are_not_read_where_one_name_has_none(self) -> None:
        found = section("indicators", TITLE, self.TABLE.format(last="（市级）"))
        assert "weight" not in found.columns
        assert all("weight" not in record.fields for record in found.records)

    def test_a_column_of_points_goes_before(self) -> None:
        drawn = self.TABLE.format(last="（40分）").replace("| 得分", "| 分值 | 得分").replace("| 20\n", "| 25 | 20\n")
        assert section("indicators", TITLE, drawn).records[0].fields["weight"].text == "25"


class TestWeightsInPerCent:
    TABLE = """
三级指标 | 年度指标值 | 实际完成值 | 权重 | 得分
甲       | ≥1次       | 1次        | {}   | 60
乙       | ≥1次       | 1次        | {}   | 40
丙       | ≥1次       | 1次        | {}   | 40
"""

    @pytest.mark.parametrize(
        ("weights", "unit"),
        [
            (("60%", "30%", "10%"), "points"),
            (("60%", "30%", ""), "points"),
            (("100%", "60%", "40%"), "ratio"),
            (("60%", "30%", "约10%"), "points"),
            (("60", "30", "10"), "points"),
        ],
    )
    def test_they_are_points_unless_they_are_those_of_groups(self, weights: tuple[str, ...], unit: str) -> None:
        found = section("indicators", TITLE, self.TABLE.format(*weights))
        units = {q.unit.dimension for record in found.records if (q := record.fields["weight"].quantity) is not None}
        assert units == {unit}


class TestContinuedBlocks:
    MORE = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
         |          | 绿化面积 | ≥5亩       | 6亩        | 10   | 10   |
"""

    @pytest.mark.parametrize("apart", [True, False])
    def test_a_block_on_two_pages_is_one_section(self, apart: bool) -> None:
        parts = (INDICATORS, self.MORE) if apart else (stacked(INDICATORS, self.MORE),)
        (form,) = extract(TITLE, *parts)
        (found,) = form.sections
        assert [record.label for record in found.records] == ["培训人次", "受益人满意度", "绿化面积"]
        assert [record.path for record in found.records] == [f"form[0].indicators[{n}]" for n in range(3)]

    def test_group_words_reach_over_the_page(self) -> None:
        found = section("indicators", TITLE, INDICATORS, self.MORE)
        assert found.records[-1].fields["category"].text == "效益指标"


class TestRemarks:
    def test_paragraphs_and_long_cells_are_kept_once(self) -> None:
        long = "因资金下达时间较晚，部分项目跨年实施。"
        form = read(TITLE, stacked(FUNDS, f"原因说明 | {long} | < | < | < | < | < | <"), "附：" + long)
        assert [remark.text for remark in form.remarks] == ["附：" + long, long]

    def test_what_is_said_of_an_indicator_is_none(self) -> None:
        text = INDICATORS.replace("50   | 50   |", "50   | 45   | 受天气影响培训班推迟举办到次年")
        assert not read(TITLE, text).remarks

    @pytest.mark.parametrize(("project", "told"), [("道路养护", True), ("就业培训", False)])
    def test_another_page_is_one_where_it_names_the_project(self, project: str, told: bool) -> None:
        text = f"{project}支出300万元，由于分批付款，执行率93.75%。"
        form = read(TITLE, stacked(HEAD, FUNDS, INDICATORS))
        for _ in range(2):  # what is known is not added again
            add_remarks([form], passages(text))
        assert [remark.text for remark in form.remarks] == [text] * told


class TestExtract:
    def test_paths_of_facts_are_their_own(self) -> None:
        form = read(TITLE, stacked(HEAD, FUNDS, INDICATORS))
        paths = [fact.pointer.path for fact in form.facts()]
        assert len(set(paths)) == len(paths)

    @given(grids())
    def test_any_grid_can_be_read(self, rows: list[list[str]]) -> None:
        width = max(map(len, rows), default=0)
        table = Table(
            "表1",
            [
                [Cell(row[c], r, c, f"表1!R{r + 1}C{c + 1}") if c < len(row) else None for c in range(width)]
                for r, row in enumerate(rows)
            ],
        )
        for form in extract(table):
            for fact in form.facts():
                assert fact.pointer.address.startswith("表1!")

    @given(st.integers(0, 3), st.integers(0, 3))
    def test_blank_rows_and_columns_change_addresses_only(self, above: int, left: int) -> None:
        lines = stacked(HEAD, FUNDS, INDICATORS).split("\n")
        moved = read(drawn("\n".join([" | "] * above + [" | " * left + line for line in lines])))
        plain = read(drawn("\n".join(lines)))
        assert [(f.pointer.path, f.reading) for f in moved.facts()] == [(f.pointer.path, f.reading) for f in plain.facts()]


class TestLabelsBelowTheColumnsOfOneForm:
    """符号, 值 and 单位 below 预期指标值, three kinds of points below 自评得分, and the total merged over all columns."""

    TWO_ROWS = """
一级指标 | 二级指标 | 三级指标 | 预期指标值 | < | < | 单项指标实际完成值 | 自评得分 | < | <
^ | ^ | ^ | 符号 | 值 | 单位(文字描述) | ^ | 单项指标得分 | 权重占比(%) | 单项指标折算得分
产出指标 | 质量指标 | 覆盖率 | >= | 98 | % | 100% | 100.00 | 60.00 | 60.00
效益指标 | 社会效益 | 发放户数 | >= | 75 | 户 | 70 | 90.00 | 40.00 | 36.00
自评总分 | 96.00 | < | < | < | < | < | < | < | <
"""

    def test_each_names_its_column(self) -> None:
        found = section("indicators", TITLE, stacked(HEAD, self.TWO_ROWS))
        first, second, total = found.records
        texts = {id: fact.text for id, fact in second.fields.items()}
        assert {id: texts[id] for id in ("nature", "target", "unit", "actual", "coefficient", "weight", "score")} == {
            "nature": ">=", "target": "75", "unit": "户", "actual": "70", "coefficient": "90.00", "weight": "40.00",
            "score": "36.00",
        }  # fmt: skip
        assert unit_of(second, "target") == "户"
        assert first.fields["target"].text == "98"
        assert total.role == "total"

    def test_the_total_is_the_score_and_says_nothing_of_the_weights(self) -> None:
        total = section("indicators", TITLE, stacked(HEAD, self.TWO_ROWS)).records[-1]
        assert total.fields["score"].text == "96.00"
        assert "weight" not in total.fields


@pytest.mark.parametrize(
    ("numbers", "rows"), [("列次 | 1 | 2 | 3 | 4 | 5", 3), (" | 0 | 1 | 2 | 3 | 4", 3), ("列次 | 1 | 2 | 4 | 5 | 6", 4)]
)
def test_a_row_that_counts_the_columns_is_no_row_of_funds(numbers: str, rows: int) -> None:
    funds = """
资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分
{}
年度资金总额 | 320 | 320 | 300 | 93.75% | 9.38
其中：财政拨款 | 300 | 300 | 280 | 93.33% | -
其他资金 | 20 | 20 | 20 | 100% | -
"""
    found = section("funds", TITLE, stacked(HEAD, funds.format(numbers), INDICATORS))
    assert len(found.records) == rows
