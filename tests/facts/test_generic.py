import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building.grids import drawn, whole
from validator.facts.generic import give_back, read_table, read_tables
from validator.facts.lexicon import load_lexicon
from validator.facts.numbers import read_figure
from validator.facts.words import load_words
from validator.keeping import shipped_directory
from validator.model.document import Cell, Table
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import Reading, State

LEXICON = load_lexicon(shipped_directory() / "common" / "lexicon.yaml")
WORDS = load_words(shipped_directory() / "generic" / "words.yaml")

GROUPED = """
2022年补助资金分配表|<|<|<|<
镇街|年度任务(户)|<|补助资金(万元)|<
^|小计|C级|小计|C级
甲镇|8|1|24.5|24.5
乙镇|5|0|7|0
"""


def read(text: str, title: str = "") -> Section:
    return read_table(whole(drawn(text)), LEXICON, WORDS, 0, title=title)


def units(section: Section) -> list[str]:
    first = next(record for record in section.records if record.role != "numbering")
    return [first.fields[id].quantity.unit.name for id in section.columns]  # type: ignore[union-attr]


class TestHeader:
    def test_all_below_the_row_that_counts_the_columns_is_no_header(self) -> None:
        section = read("指标|单位|代码|数量|上期\n甲|丙|乙|1|2\n一、综合|MZ01|||\n(一)机构|个|MZ02||\n1.镇|个|MZ03|653|650")
        assert [p.column_label for p in section.columns.values()] == ["数量", "上期"]
        assert [record.label for record in section.records] == ["甲", "一、综合", "(一)机构", "1.镇"]

    def test_the_first_of_a_list_of_letters_is_no_row_that_counts_the_columns(self) -> None:
        section = read("组别|男|女\n甲|1|2\n乙|3|5\n合计|4|7")
        assert [record.role for record in section.records] == ["item", "item", "total"]

    def test_merged_cells_give_paths(self) -> None:
        section = read(GROUPED)

        assert [p.column_label for p in section.columns.values()] == [
            "年度任务(户)›小计", "年度任务(户)›C级", "补助资金(万元)›小计", "补助资金(万元)›C级",
        ]  # fmt: skip

    def test_a_group_that_was_not_merged_reaches_over_blank_cells(self) -> None:
        section = read("项目|2022年||2023年|\n|合计|中央|合计|中央\n甲|10|4|12|5")

        assert [p.column_label for p in section.columns.values()] == [
            "2022年›合计",
            "2022年›中央",
            "2023年›合计",
            "2023年›中央",
        ]

    def test_years_head_columns(self) -> None:
        section = read("指标|2020|2021\n甲|10|4\n乙|3|5")

        assert [p.column_label for p in section.columns.values()] == ["2020", "2021"]
        assert len(section.records) == 2

    def test_a_note_below_a_column_of_figures_makes_no_labels_of_them(self) -> None:
        section = read("合计|培训费|会议费\n5.2|3.1|2.1\n注:1.以上为年初安排数。||")

        assert [p.column_label for p in section.columns.values()] == ["合计", "培训费", "会议费"]
        assert [record.fields["c0"].text for record in section.records] == ["5.2"]

    def test_pointers_lead_to_cells_and_labels(self) -> None:
        fact = read(GROUPED).records[0].fields["c2"]

        assert (fact.pointer.address, fact.pointer.text, fact.pointer.row_label) == ("表1!R4C4", "24.5", "甲镇")
        assert fact.pointer.path == "table[0][0].c2"

    def test_the_row_of_column_numbers_is_no_body_row(self) -> None:
        section = read("项目|年初|增加|年末\n栏次|1|2|3=1+2\n甲|100|20|120")

        assert [record.role for record in section.records] == ["numbering", "item"]
        assert section.records[0].fields["c2"].text == "3=1+2"

    def test_the_row_of_column_numbers_may_head_the_codes_as_well(self) -> None:
        section = read("科目编码|<|科目名称|合计|基本支出\n类|款|栏次|1|2\n201||一般公共服务|8|3\n201|03|政府办公厅|8|3")

        assert [record.role for record in section.records] == ["numbering", "item", "item"]
        assert [record.label for record in section.records[1:]] == ["一般公共服务", "政府办公厅"]

    @pytest.mark.parametrize("between", ["", "||||\n资金安排情况表||||\n单位：万元||||\n"])
    def test_a_wider_header_ends_a_list_above_it(self, between: str) -> None:
        """The serial numbers of the list are figures, so that its first row began the body."""
        top = "序号|名称|||\n1|自评表|||\n2|自评报告|||\n"
        table = drawn(f"{top}{between}地区|本级|上级|合计|占比（%）\n栏次|1|2|3=1+2|4\n甲县|10|20|30|60\n乙县|5|15|20|40")

        sections = read_tables(whole(table), LEXICON, WORDS)

        assert [p.column_label for p in sections[-1].columns.values()] == ["本级", "上级", "合计", "占比（%）"]
        assert sections[-1].unit == ("万元" if between else "")

    def test_the_captions_above_a_header_that_comes_again_are_those_of_the_second_table(self) -> None:
        one = "安排表||\n单位：元||\n地区|金额|占比（%）\n甲县|30|60\n乙县|20|40\n合计|50|100\n"

        sections = read_tables(whole(drawn(f"{one}||\n{one}")), LEXICON, WORDS)

        assert [[record.label for record in section.records] for section in sections] == [["甲县", "乙县", "合计"]] * 2
        assert [section.unit for section in sections] == ["元", "元"]

    def test_a_second_header_begins_a_second_table(self) -> None:
        table = drawn("项目|预算|执行\n甲|100|90\n乙|50|40\n单位|户数|人数\n丙|3|10\n丁|4|12")

        sections = read_tables(whole(table), LEXICON, WORDS)

        assert [[r.label for r in s.records] for s in sections] == [["甲", "乙"], ["丙", "丁"]]
        assert [s.path for s in sections] == ["table[0]", "table[1]"]


class TestUnits:
    def test_columns_of_points_and_scores_hold_points_whatever_stands_above_the_table(self) -> None:
        section = read(
            "评分表（单位：万元）|<|<|<|<\n指标|金额|分值|得分|得分率（%）\n甲|30.5|10|9|90.00\n乙|12.5|12|12|100.00"
        )

        assert units(section) == ["万元", "分", "分", "%"]

    def test_captions_of_many_cells_above_the_labels_are_none_of_these(self) -> None:
        section = read("填报单位：|某市|2031年|单位：万元|\n项目|预算数|执行数|上年数|增长(%)\n甲|10|8|5|60.0\n乙|20|9|6|50.0")

        assert [pointer.column_label for pointer in section.columns.values()] == ["预算数", "执行数", "上年数", "增长(%)"]
        assert units(section) == ["万元", "万元", "万元", "%"]

    def test_labels_with_units_are_no_captions(self) -> None:
        section = read("项目|金额（单位：元）|数量（单位：个）|合计（单位：元）\n甲|10|8|80\n乙|20|9|180")

        assert [pointer.column_label[:2] for pointer in section.columns.values()] == ["金额", "数量", "合计"]

    def test_columns_of_numbers_take_the_unit_of_the_caption_that_they_name(self) -> None:
        section = read("单位：人||\n单位|实有人数|户数\n甲|10|4\n乙|12|5")

        assert units(section) == ["人", "户"]

    def test_points_take_no_unit_from_the_name_of_the_row(self) -> None:
        section = read("指标|目标值|分值|得分\n接待读者（万人次）|80|20|19.1\n新增藏书（万册）|5.5|15|15")

        assert units(section) == ["万人次", "分", "分"]

    def test_so_do_rows_of_them(self) -> None:
        section = read("单位：万元|<|<\n项目|甲|乙\n预算数|100|200\n分值|10|10\n得分|9|9.5")

        assert [record.fields["c0"].quantity.unit.name for record in section.records] == ["万元", "分", "分"]  # type: ignore[union-attr]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (GROUPED, ["户", "户", "万元", "万元"]),
            ("|单位：万元\n项目|金额\n甲|3.5", ["万元"]),
            ("单位:人(次)、万元|\n项目|金额\n甲|3.5", [""]),
            ("单位：万元|<|<\n项目|户数|金额\n甲|3|3.5", ["户", "万元"]),
            ("单位：万元|<|<\n项目|户数|金额\n甲|0.3|3.5", ["", "万元"]),
            ("单位：万元|<|<\n项目|任务数目|金额\n甲|3|3.5", ["", "万元"]),
            ("编制单位：某局||单位：元\n项目|本年|上年\n甲|3.50|4.50", ["元", "元"]),
            ("项目|单位|数量|金额(元)\n甲|台|3|100", ["台", "元"]),
            ("项目|执行率\n甲|81.8", ["%"]),
        ],
    )
    def test_come_from_the_nearest_place(self, text: str, expected: list[str]) -> None:
        assert units(read(text)) == expected

    def test_may_stand_in_the_title(self) -> None:
        assert units(read("项目|金额\n甲|3.5", title="收支表 单位：万元")) == ["万元"]

    @pytest.mark.parametrize("title", ["**单位：万元**", "<p>单位：万元</p>", "# 收支表\n金额单位：人民币万元"])
    def test_however_the_line_above_is_written(self, title: str) -> None:
        assert units(read("项目|金额\n甲|3.5", title=title)) == ["万元"]


class TestColumns:
    @pytest.mark.parametrize(
        "text",
        [
            "序号|项目|金额\n1|甲|3.5\n2|乙|4",
            "单位编码|项目|金额\n219001|甲|3.5\n219002|乙|4",
            "年份|项目|金额\n2019|甲|3.5\n2020|乙|4",
            "项目|联系电话|金额\n甲|13800138000|3.5\n乙|0551-62345678|4",
            "|项目|金额\n1|甲|3.5\n2|乙|4\n3|丙|1",
            "219001|甲|3.5\n219002|乙|4",
        ],
    )
    def test_serial_numbers_codes_and_years_are_no_figures(self, text: str) -> None:
        section = read(text)

        assert list(section.columns) == ["c0"]
        assert [r.fields["c0"].text for r in section.records[:2]] == ["3.5", "4"]

    def test_codes_are_kept_for_the_hierarchy(self) -> None:
        section = read("类|款|科目名称|金额\n205||教育|3.5\n205|02|普通教育|3.5")

        assert [r.fields["code"].text for r in section.records] == ["205", "20502"]

    def test_tables_side_by_side_keep_apart(self) -> None:
        section = read("镇|金额|镇|金额\n甲|3.5|丙|1\n乙|4|丁|2")

        assert [(r.label, *(f.text for f in r.fields.values())) for r in section.records] == [
            ("甲", "3.5"), ("乙", "4"), ("丙", "1"), ("丁", "2"),
        ]  # fmt: skip

    def test_lost_zeros_come_back_from_the_column(self) -> None:
        section = read("项目|金额(万元)|人数(人)\n甲|320|3\n乙|261.75|4")
        quantity = section.records[0].fields["c0"].quantity

        assert quantity is not None
        assert str(quantity.step) == "0.01"

    def test_a_price_merged_over_several_rows_is_the_price_of_each(self) -> None:
        section = read("镇|面积|每亩补助|发放资金|奖励\n甲|10|18.5|185|7\n乙|20|^|370|^")

        assert [r.fields["c1"].text for r in section.records] == ["18.5", "18.5"]
        assert [r.fields["c3"].text for r in section.records] == ["7", ""]

    def test_the_same_words_in_every_column_are_no_header(self) -> None:
        section = read("项目|预算|执行\n合计|10|9\n甲|不需填列|不需填列\n乙|10|9\n丙|1|1")

        assert [r.label for r in section.records] == ["合计", "甲", "乙", "丙"]


class TestRoles:
    def test_are_told_by_label_and_place(self) -> None:
        section = read("地区|单位|金额\n甲县|教育局|1\n^|小计|1\n其中：|城区|1\n合计|<|2")

        assert [r.role for r in section.records] == ["item", "subtotal", "among", "total"]

    def test_a_total_broken_down_is_no_plain_total(self) -> None:
        section = read("类别|来源|金额\n甲|中央|1\n^|地方|2\n合计|中央|1\n^|地方|2")

        assert [r.role for r in section.records] == ["item", "item", "unknown", "unknown"]

    def test_a_row_without_figures_is_a_heading(self) -> None:
        section = read("项目|金额\n一、收入|\n税收|3\n非税|4")

        assert [r.role for r in section.records] == ["group", "item", "item"]

    def test_a_heading_with_its_number_in_a_cell_of_its_own_is_no_header(self) -> None:
        section = read("序号|项目|金额|支出\n一|道路||\n1|东路|3|2\n2|西路|4|4\n|小计|7|6")

        assert [(r.label, r.role) for r in section.records][::3] == [("一 道路", "group"), ("小计", "subtotal")]
        assert [p.column_label for p in section.columns.values()] == ["金额", "支出"]

    def test_a_blank_cell_is_blank_not_zero(self) -> None:
        section = read("项目|金额|数\n甲||3\n乙|4|—")

        assert section.records[0].fields["c0"].reading.state is State.BLANK


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), min_size=1, max_size=8))
def test_any_grid_of_text_is_read(texts: list[list[str]]) -> None:
    width = max(map(len, texts))
    rows = [
        [Cell(t, r, c, f"T!R{r}C{c}") if t else None for c, t in enumerate([*row, *[""] * (width - len(row))])]
        for r, row in enumerate(texts)
    ]

    for section in read_tables(whole(Table("T", rows)), LEXICON, WORDS):
        assert section.records
        assert set(section.columns) >= {id for r in section.records for id in r.fields if id != "code"}


class TestGiveBack:
    def form(self, address: str) -> Form:
        fact = Fact(Reading(State.TEXT, "8"), Pointer("form[3].accounts[0].executed", address, "8"), "executed")
        record = Record("form[3].accounts[0]", "甲镇", "item", {"executed": fact})
        return Form("f", "t", "A1", 1.0, (), [Section("accounts", "form[3].accounts", [record], {})], index=3)

    def test_a_figure_that_a_form_has_read_too_keeps_the_path_it_has_there(self) -> None:
        section = read(GROUPED)
        fact = section.records[0].fields["c0"]
        give_back([section], [self.form(fact.pointer.address)])

        assert (section.owner, section.records[0].fields["c0"].pointer.path) == (3, "form[3].accounts[0].executed")
        assert section.records[0].fields["c1"].pointer.path == "table[0][0].c1"

    @pytest.mark.parametrize(
        ("known", "unit"),
        [(2, "万元"), (1, ""), (0, "")],
        ids=["every-row", "some-rows", "none"],
    )
    def test_figures_have_the_unit_that_a_form_knows_for_all_of_them(self, known: int, unit: str) -> None:
        section = read(GROUPED.replace("(户)", "").replace("(万元)", ""))
        money = read_figure("8", LEXICON, unit=LEXICON.unit("万元"), kind="amount")
        addresses = [
            fact.pointer.address
            for record in section.records[:known]
            for fact in record.fields.values()
            if fact.quantity is not None
        ]
        fields = {a: Fact(money, Pointer(f"form[0].accounts[0].{a}", a, "8"), a) for a in addresses}
        record = Record("form[0].accounts[0]", "甲镇", "item", fields)
        give_back([section], [Form("f", "t", "A1", 1.0, (), [Section("accounts", "form[0].accounts", [record], {})])])

        assert set(units(section)) == {unit}

    def test_a_table_of_no_form_has_no_owner(self) -> None:
        section = read(GROUPED)
        give_back([section], [self.form("Z99")])

        assert section.owner is None


class TestHeadings:
    @pytest.mark.parametrize("below", ["^", ""], ids=["merged", "left blank"])
    def test_points_in_a_label_are_those_of_the_rows_down_to_the_next(self, below: str) -> None:
        section = read(f"一级|二级|分值\n过程（20分）|资金|8\n{below}|管理|12\n产出（30分）|数量|30\n合计||50")

        found = [(h.fields["points"].quantity, [child.label for child in h.children]) for h in section.headings]
        assert [(int(q.value), q.unit.dimension, labels) for q, labels in found if q is not None] == [
            (20, "points", ["过程（20分） 资金", "管理"]),
            (30, "points", ["产出（30分） 数量"]),
        ]

    def test_a_text_that_says_how_points_are_given_is_no_heading(self) -> None:
        section = read("指标|评分标准|分值\n资金|资金及时足额拨付到位并且没有发生截留挪用的，得满分（8分）|8\n管理|有制度|12")

        assert section.headings == []


@pytest.mark.parametrize(
    ("codes", "are_codes"),
    [
        (("201", "20103", "20106", "208", "20805"), True),
        (("20", "201", "202", "2021"), True),
        (("201", "20103", "3040", "208", "20805"), False),
        (("201", "202", "203", "2030", "205"), False),
        (("1", "11", "12", "2", "21"), False),
    ],
)
def test_numbers_that_begin_with_those_above_are_codes_whatever_the_header_calls_them(
    codes: tuple[str, ...], are_codes: bool
) -> None:
    rows = "\n".join(f"{code}|事项{n}|{n}{n}.5|9.25" for n, code in enumerate(codes, 1))
    section = read(f"||收入合计|其他收入\n{rows}")
    assert len(section.columns) == (2 if are_codes else 3)
