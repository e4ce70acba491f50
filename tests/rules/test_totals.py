"""Totals of rows and columns in tables of no form."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.relating import checks, faults, places
from tests.work import calls
from validator.model.finding import Outcome, Severity
from validator.pipeline import check


def sums(text: str) -> list[tuple[str, list[str]]]:
    """Return each total with its parts."""
    return [
        (place.pointer.text, [fact.text for fact in place.names["parts"]])  # type: ignore[union-attr]
        for place in places(text, "total")
        if place.pointer is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目|金额\n甲|10\n乙|20\n合计|30", [("30", ["10", "20"])]),
        ("项目|金额\n合计|30\n甲|10\n乙|20", [("30", ["10", "20"])]),
        (
            "地区|单位|数\n甲县|教育局|100\n|卫健局|200\n|小计|300\n乙县|教育局|50\n|卫健局|60\n|小计|110\n合计||410",
            [("300", ["100", "200"]), ("110", ["50", "60"]), ("410", ["300", "110"])],
        ),
        ("项目|中央|省级|合计\n甲|10|5|15\n乙|3|2|5", [("15", ["10", "5"]), ("5", ["3", "2"])]),
        ("班级|平均分\n一班|85.2\n二班|82.1\n合计|83.6", []),
        (
            "项目|预算|支出|结余|得分\n甲|30|20|10|97.22\n乙|50|40|10|93.4\n丙|20|15|5|96.5\n合计|100|75|25|95.71（平均）",
            [("100", ["30", "50", "20"]), ("75", ["20", "40", "15"])],
        ),
        ("月份|当月|累计\n1月|10|10\n2月|20|30\n合计|30|30", [("30", ["10", "20"])]),
    ],
)
def test_a_total_has_the_rows_or_columns_that_it_is_of(text: str, expected: list[tuple[str, list[str]]]) -> None:
    found = sums(text)

    assert [one for one in found if one in expected] == expected
    assert faults(text) == []


class TestTextThatEnds:
    TABLE = "项目 | 金额 |\n合计 | 3381 |\n接待费 | 1372 |\n培训费 | 1946 |\n会议费 | 12 |\n"

    def faults(self, text: str) -> list[tuple[str, str]]:
        found = check(("单位：万元\n" + text).encode(), name="a.txt").findings
        return [(f.rule, f.primary.text) for f in found if f.severity is not Severity.INFO]

    @pytest.mark.parametrize("behind", ["", "办公", "办公费 | 2"])
    def test_below_a_total_may_have_lost_its_last_rows(self, behind: str) -> None:
        assert self.faults(self.TABLE + behind) == []

    @pytest.mark.parametrize("behind", ["注：含下属单位。", "填表人：张三"])
    def test_and_goes_on_has_lost_none(self, behind: str) -> None:
        assert self.faults(self.TABLE + behind) == [("GEN-001", "3381")]

    @pytest.mark.parametrize(("row", "told"), [("甲县 | 7 | 13 | 25", [("GEN-001", "25")]), ("甲县 | 13 | 25 |", [])])
    def test_a_row_that_lost_a_cell_keeps_no_other_from_its_total(self, row: str, told: list[tuple[str, str]]) -> None:
        rows = (
            "地区 | 中央 | 省级 | 合计 |",
            "乙县 | 11 | 24 | 35 |",
            "丙县 | 17 | 28 | 45 |",
            "丁县 | 26 | 26 ||",
            f"{row} |",
        )
        assert self.faults("\n".join((*rows, "注：略。"))) == told

    def test_behind_a_total_has_lost_none_of_its_parts(self) -> None:
        rows = self.TABLE.replace("合计 | 3381 |\n", "") + "合计 | 3381 |\n"
        assert self.faults(rows) == [("GEN-001", "3381")]


def test_an_unlabelled_last_row_is_a_total_only_if_it_is_one() -> None:
    table = "单位|上半年|下半年\n甲|10.5|20\n乙|30|40\n|40.5|60"

    assert sum(e.check.outcome is Outcome.PASS for e in checks(table)) == 2
    assert checks(table.replace("40.5", "41.5")) == []


def test_empty_cells_may_hide_what_is_missing() -> None:
    found = checks("单位：万元||\n项目|预算|执行\n甲|10.5|20\n乙|30.5|\n丙|1|3\n合计|42|60")

    assert [e.check.outcome for e in found if e.check.rule == "GEN-001"] == [Outcome.PASS, Outcome.UNDETERMINED]


def test_but_not_where_two_other_columns_show_what_the_total_is_of() -> None:
    table = "单位：万元|||\n项目|预算|下达|执行\n甲|10.5|9|20\n乙|30.5|8|\n丙|1|2|3\n合计|42|19|60"
    assert faults(table) == [("GEN-001", "60")]


class TestATotalLeftBlank:
    TABLE = "单位：万元||||\n项目|预算|下达|结存|执行\n甲|10.5|9|4|5\n乙|30.5|8|2|6\n丙|1|12|3|9\n合计|42|29|9|20"

    def test_is_told_where_two_others_hold(self) -> None:
        assert faults(self.TABLE) == []
        assert faults(self.TABLE.removesuffix("20")) == [("GEN-017", "")]

    @pytest.mark.parametrize(
        ("header", "rates", "found"),
        [
            ("执行率", "55.6% 75% 75% 69%", [("GEN-017", "")]),
            ("执行率", "55.6% 45% 75% 69%", [("GEN-011", "45%")]),
            ("限价", "7 7 3 17", []),
        ],
    )
    def test_is_told_of_amounts_that_are_bound_to_others(self, header: str, rates: str, found: list[tuple[str, str]]) -> None:
        """Prices, limits and balances are not added up."""
        rows = ["甲|10.5|9|5", "乙|30.5|8|6", "丙|1|12|9", "合计|42|29|"]
        lines = [f"{row}|{rate}" for row, rate in zip(rows, rates.split(), strict=True)]
        assert faults("\n".join(["单位：万元||||", f"项目|预算|下达|执行|{header}", *lines])) == found

    def test_is_not_where_two_columns_have_none(self) -> None:
        lines = zip(self.TABLE.split("\n"), ("|", "|结余|备用", "|8|1", "|4|2", "|3|3", "||"), strict=True)
        assert faults("\n".join(line + more for line, more in lines)) == []

    @pytest.mark.parametrize(
        ("old", "new"),
        [("|20", "|—"), ("42|29|9|20", "42|||"), ("42|29|9|20", "|||")],
        ids=["a-mark", "one-holds", "none"],
    )
    def test_is_not_where_that_may_be_meant(self, old: str, new: str) -> None:
        table = (self.TABLE if "|20" in old else self.TABLE.removesuffix("20")).replace(old, new)
        assert faults(table) == []


class TestARowOfAListLeftOutOrThereTwice:
    ROWS = ("1|甲|10.52|9.31", "2|乙|30.54|28.13", "3|丙|11.31|9.47", "4|丁|15.22|14.08", "合计||67.59|60.99")

    def table(self, *rows: str) -> str:
        return "\n".join(("单位：万元|||", "序号|项目|预算|执行", *rows))

    def test_puts_all_totals_off(self) -> None:
        first, second, third, last, total = self.ROWS
        off = [("GEN-001", "67.59"), ("GEN-001", "60.99")]
        assert faults(self.table(*self.ROWS)) == []
        assert faults(self.table(first, second, last, total)) == off
        assert faults(self.table(first, second, second, third, last, total)) == off
        assert faults(self.table(first, first, second, third, last, total)) == off
        assert faults(self.table(first, second, second, third, last, total, "另一张表|||")) == off

    def test_is_not_told_where_the_list_may_be_one_of_some_only(self) -> None:
        first, second, third, last, total = self.ROWS
        assert faults(self.table(first, second, third, total)) == []  # numbered from one without a gap
        assert faults(self.table(second, third, last, total)) == []  # goes on from another table
        assert (
            faults(self.table(first, second, "3|戊|12.44|9.51", third.replace("3|", "4|"), last.replace("4|", "5|"), total))
            == []
        )


def test_a_mark_for_nothing_hides_nothing() -> None:
    assert faults("单位：万元||\n项目|预算|执行\n甲|10.5|20\n乙|30.5|—\n丙|1|3\n合计|42|60") == [("GEN-001", "60")]


def test_a_transposed_total_in_the_only_column_is_a_fault() -> None:
    assert faults("月份|收入\n1月|100\n2月|120\n3月|90\n合计|301") == [("GEN-001", "301")]


def consistent(
    rng: random.Random, places: int, groups: int, columns: int, *, least: int, subs: bool, first: bool, side: str
) -> list[list[str]]:
    """Return a table whose true values add up, each written with these places: header, rows, 小计, 合计."""
    figures = [
        [[Decimal(rng.randint(least, 10**6)) / 1000 for _ in range(columns)] for _ in range(rng.randint(2, 5))]
        for _ in range(groups)
    ]

    def row(label: str, values: list[Decimal]) -> list[str]:
        cells = [f"{value:.{places}f}" for value in values]
        total = [f"{sum(values):.{places}f}"]
        return [label, *(total if side == "first" else []), *cells, *(total if side == "last" else [])]

    def added(rows: list[list[Decimal]]) -> list[Decimal]:
        return [sum((r[n] for r in rows), Decimal(0)) for n in range(columns)]

    body: list[list[str]] = []
    for g, group in enumerate(figures):
        lines = [row(f"{'甲乙丙'[g]}县第{'一二三四五'[n]}中学", values) for n, values in enumerate(group)]
        sub = [row("小计", added(group))] if subs else []
        body += [*sub, *lines] if first else [*lines, *sub]
    total = row("合计", added([r for group in figures for r in group]))
    heads = [f"{'东南西北'[n]}区" for n in range(columns)]
    head = ["项目", *(["合计"] if side == "first" else []), *heads, *(["合计"] if side == "last" else [])]
    return [head, total, *body] if first else [head, *body, total]


def written(grid: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in grid)


@st.composite
def consistent_tables(draw: st.DrawFn, *, columns: int = 1, least: int = 0) -> list[list[str]]:
    groups = draw(st.integers(1, 3))
    return consistent(
        random.Random(draw(st.integers(0, 10**6))),  # figures as they come: with equal ones, any sum may be any other
        draw(st.integers(0, 3)),
        groups,
        draw(st.integers(columns, 4)),
        least=least,
        subs=groups > 1 and draw(st.booleans()),
        first=draw(st.booleans()),
        side=draw(st.sampled_from(["", "first", "last"])) if columns > 1 else "",
    )


@given(consistent_tables() | consistent_tables(columns=2), st.booleans(), st.sampled_from(["", "单位：万元"]))
def test_true_values_rounded_anyhow_give_no_fault(grid: list[list[str]], turned: bool, title: str) -> None:
    assert faults(written([list(line) for line in zip(*grid, strict=True)] if turned else grid), title) == []


@given(consistent_tables(columns=3, least=2000), st.booleans(), st.data())
def test_a_figure_moved_beyond_rounding_is_seen(grid: list[list[str]], turned: bool, data: st.DataObject) -> None:
    row, col = data.draw(st.integers(1, len(grid) - 1)), data.draw(st.integers(1, len(grid[0]) - 1))
    figure = grid[row][col]
    grid[row][col] = f"{Decimal(figure) + data.draw(st.integers(100, 5000)):.{len(figure.partition('.')[2])}f}"

    assert faults(written([list(line) for line in zip(*grid, strict=True)] if turned else grid), "单位：万元")


def test_many_totals_take_work_in_proportion() -> None:
    def table(totals: int) -> bytes:
        rows = ["项目,金额（万元）"]
        for n in range(totals):
            rows += [f"合计,{n + 30}", f"甲{n},{n + 10}", f"乙{n},20"]
        return "\n".join(rows).encode()

    check(table(30), name="a.csv")
    few, many = (calls(partial(check, table(totals), name="a.csv")) for totals in (60, 240))

    assert many < 6 * few


class TestNumberedRowsBelowARowWithoutANumber:
    REPORT = "指标|数量|上期\n低保支出|222.8|192.7\n（1）低保金|206.5|176.4\n（2）临时补助|16.3|16.3\n人数|75.6|75.9\n"

    def test_are_its_parts_where_they_add_up(self) -> None:
        assert [(e.check.rule, e.check.stated.text) for e in checks(self.REPORT) if e.check.stated is not None] == [
            ("GEN-001", "222.8"),
            ("GEN-001", "192.7"),
        ]

    def test_are_not_held_to_it_where_they_do_not(self) -> None:
        assert checks(self.REPORT.replace("222.8", "232.8").replace("192.7", "182.7")) == []


class TestAnAccountWithOneColumnOfAmounts:
    TABLE = """项目|金额
一、拨款收入|440.55
二、上级补助收入|10.00
三、事业收入|
四、其他收入|1.60
本年收入合计|452.15
使用非财政拨款结余|
年初结转和结余|12.00
其中：项目结转|5.00
总计|464.15
"""

    def test_that_adds_up_is_accused_of_nothing(self) -> None:
        assert faults(self.TABLE) == []

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (("452.15", "425.15"), "425.15"),
            (("10.00", "100.00"), "452.15"),
            (("464.15", "464.51"), "464.51"),
            (("12.00", "21.00"), "464.15"),
        ],
    )
    def test_is_held_to_its_whole_numbering_and_to_the_total_above_the_grand_one(
        self, change: tuple[str, str], told: str
    ) -> None:
        assert faults(self.TABLE.replace(*change)) == [("GEN-001", told)]

    @pytest.mark.parametrize(
        "change",
        [
            ("三、事业收入|\n", ""),
            ("二、上级补助收入", "上级补助收入"),
            ("三、事业收入|", "三、小计|"),
            ("本年收入合计", "五、支出合计"),
            ("一、拨款收入", "一、年初结余|425.00\n二、本年收入|452.15\n1、拨款收入"),
        ],
        ids=[
            "a number left out",
            "a row without a number",
            "a subtotal among them",
            "a numbered total",
            "numbers in two levels",
        ],
    )
    def test_is_not_accused_where_rows_may_be_missing_or_stand_apart(self, change: tuple[str, str]) -> None:
        assert ("GEN-001", "425.15") not in faults(self.TABLE.replace("452.15", "425.15").replace(*change))

    def test_a_grand_total_may_leave_out_rows_between(self) -> None:
        assert (
            faults(self.TABLE.replace("年初结转和结余|12.00", "年初结转和结余|7.00\n其他结余|5.00").replace("464.15", "457.15"))
            == []
        )

    def test_is_not_accused_of_a_grand_total_with_several_totals_above(self) -> None:
        two = self.TABLE.replace("使用非财政拨款结余|", "补助小计|30.00").replace("464.15", "499.15")
        assert ("GEN-001", "499.15") not in faults(two)


class TestAnAccountWhoseTotalsComeFirst:
    """Income, what it is made of, spending, what it is made of, what is left: two columns."""

    ACCOUNT = (
        "项目|预算数|执行数\n上年结余|50|50\n收入合计|100|110\n保险费收入|70|75\n利息收入|30|35\n"
        "支出合计|60|64\n待遇支出|45|48\n转移支出|15|16\n本年收支结余|40|46\n年末滚存结余|90|96"
    )

    def test_that_adds_up_is_accused_of_nothing(self) -> None:
        assert faults(self.ACCOUNT) == []
        assert ("64", ["48", "16"]) in sums(self.ACCOUNT)

    @pytest.mark.parametrize(
        ("change", "total"),
        [(("|75\n", "|57\n"), "110"), (("|48\n", "|46\n"), "64"), (("|45|", "|54|"), "60")],
        ids=["income", "spending", "spending-budget"],
    )
    def test_is_held_to_the_rows_before_the_next_total_or_balance(self, change: tuple[str, str], total: str) -> None:
        assert ("GEN-001", total) in faults(self.ACCOUNT.replace(*change))


class TestATotalBesideAListOfParts:
    TABLE = "项目|预算数\n合计|44.16\n出国费|1.70\n接待费|17.78\n用车费|24.68\n其中：运行费|16.80\n购置费|7.88\n"

    def test_that_adds_up_is_accused_of_nothing(self) -> None:
        assert faults(self.TABLE) == []

    @pytest.mark.parametrize("change", [("44.16", "47.16"), ("17.78", "71.78"), ("24.68", "26.48")])
    def test_is_accused_where_the_list_bears_it_out(self, change: tuple[str, str]) -> None:
        total = change[1] if change[0] == "44.16" else "44.16"
        assert ("GEN-001", total) in faults(self.TABLE.replace(*change))

    @pytest.mark.parametrize("change", [("7.88", "6.88"), ("16.80", "约16.8")])
    def test_is_not_accused_where_the_list_is_not_complete(self, change: tuple[str, str]) -> None:
        assert ("GEN-001", "47.16") not in faults(self.TABLE.replace("44.16", "47.16").replace(*change))


COUNTY = "地区|户数|人数|金额\n东县|60|110|33.0\n甲镇|20|35|10.5\n乙镇|15|30|9.0\n丙镇|25|45|13.5\n"
"""The first row is that of all others, though no word says so."""


def test_the_first_row_of_a_list_may_be_the_total_of_all_others() -> None:
    assert sums(COUNTY) == [("60", ["20", "15", "25"]), ("110", ["35", "30", "45"]), ("33.0", ["10.5", "9.0", "13.5"])]


def test_the_last_row_of_a_list_may_be_the_total_of_all_others() -> None:
    head, first, *rest = COUNTY.strip().split("\n")
    assert [total for total, _ in sums("\n".join([head, *rest, first]))] == ["60", "110", "33.0"]


@pytest.mark.parametrize("figures", ["60|110|33.0|8", "60|110|39.0|8", "61|110|39.0|8"], ids=["holds", "one off", "two off"])
def test_such_a_row_is_held_to_that_where_three_columns_say_so(figures: str) -> None:
    head, _, *towns = COUNTY.strip().split("\n")
    rows = [f"{head}|车辆", f"东县|{figures}", *(f"{town}|{cars}" for town, cars in zip(towns, (3, 1, 4), strict=True))]
    assert faults("\n".join(rows)) == ([("GEN-001", "39.0")] if figures.startswith("60|110|39") else [])


def test_a_total_above_numbered_rows_is_theirs() -> None:
    rows = "指标|数量\n（一）区划|\n乡级合计|50\n1.镇|30\n2.乡|15\n6.街道|5\n（二）经费|90.5\n1.福利|40.0\n2.救助|50.5\n"
    assert sums(rows) == [("50", ["30", "15", "5"]), ("90.5", ["40.0", "50.5"])]


def test_a_numbered_row_without_a_figure_does_not_end_the_list_that_it_stands_in() -> None:
    rows = "项目|本月\n一、收入|90.5\n二、支出|62.9\n1.菜品|40.1\n2.燃气|\n3.水电|22.8\n4.工资|\n三、税金|\n四、结余|27.6\n"
    assert sums(rows) == [("62.9", ["40.1", "22.8"])]


def test_a_numbered_heading_with_rows_of_its_own_ends_it() -> None:
    rows = "项目|本月\n一、支出|62.9\n（一）伙食|62.9\n（二）管理|\n1.办公|3.1\n2.维修|4.2\n"
    assert sums(rows) == []


OFFICIAL_CARS = """项目|上年|预算|本年
三公经费|12.5|14.0|11.5
1、公务用车购置和维护经费|6.5|8.0|5.1
其中：公车购置|0|0|0
公车运行维护|6.5|8.0|5.1
2、出国经费|0|0|0
3、公务接待|6.0|6.0|6.4
项目支出|70.0|30.5|80.0
1、业务经费|50.0|20.5|60.0
其中：会议|10.0|5.0|12.0
培训|40.0|15.5|48.0
2、运行经费|15.0|6.0|15.0
3、维护经费|5.0|4.0|5.0
"""


def test_a_row_has_the_parts_that_are_laid_down_for_it_even_where_the_figures_bear_out_nothing() -> None:
    rows = "项目|金额\n三公经费|5.2\n1.因公出国（境）费|0\n2.公务接待费|0\n3.公务用车购置及运行维护费|5.2\n"
    assert sums(rows) == [("5.2", ["0", "0", "5.2"])]
    assert faults(rows.replace("三公经费|5.2", "三公经费|5.7")) == [("GEN-001", "5.7")]


@pytest.mark.parametrize("missing", ["2.公务接待费|0\n", "1.因公出国（境）费|0\n"])
def test_and_nothing_is_said_of_it_where_one_of_them_is_not_there(missing: str) -> None:
    rows = "项目|金额\n三公经费|5.7\n1.因公出国（境）费|0\n2.公务接待费|0\n3.公务用车购置及运行维护费|5.2\n会议费|3\n"
    assert faults(rows) == [("GEN-001", "5.7")]
    assert faults(rows.replace(missing, "")) == []


def test_a_part_of_such_a_sum_that_is_larger_than_it_is_told_once() -> None:
    top = "项目|金额\n三公经费|34.35\n1.因公出国（境）费|0\n2.公务接待费|1.70\n3.公务用车费|{}\n"
    rows = top + "其中：公务用车运行维护费|32.65\n公务用车购置|0\n"
    assert faults(rows.format("32.65")) == []
    assert faults(rows.format("0")) == [("GEN-001", "34.35"), ("GEN-001", "0")]


def test_lists_may_stand_between_the_numbered_parts_of_a_row_without_a_number() -> None:
    assert ("12.5", ["6.5", "0", "6.0"]) in sums(OFFICIAL_CARS)
    assert ("70.0", ["50.0", "15.0", "5.0"]) in sums(OFFICIAL_CARS)
    assert faults(OFFICIAL_CARS) == []
    assert faults(OFFICIAL_CARS.replace("11.5", "11.2")) == [("GEN-001", "11.2")]


def test_a_column_of_formulas_is_no_name_of_a_row() -> None:
    rows = "（一）一般债券|A|16.4|16.4\n其中：再融资||14.7|14.7\n预算安排|B|1.7|1.7\n（二）专项债券|C|9.0|8.0\n"
    assert ("16.4", ["14.7", "1.7"]) in sums(f"项目|公式|全县|本级\n{rows}")


def test_amounts_that_look_like_years_are_no_header() -> None:
    rows = "地区|资金合计|省级资金\n东州|1997|1997\n甲县|700|700\n乙县|697|697\n丙县|600|600\n"
    assert sums(rows) == [("1997", ["700", "697", "600"])] * 2


def test_a_minimum_standard_of_living_is_a_programme_and_no_minimum() -> None:
    assert sums("项目|金额\n最低生活保障|40\n临时救助|8\n合计|48") == [("48", ["40", "8"])]


def test_parts_without_a_number_may_stand_between_the_numbered_parts_of_a_numbered_row() -> None:
    top = "项目|金额\n1.返还收入|90\n（1）所得税返还|60\n基数|45\n跨地区|15\n"
    rows = top + "（2）其他返还|30\n返还率|75%\n（3）专项返还|\n2.补助收入|25.5"
    assert ("90", ["60", "30"]) in sums(rows)
    assert ("60", ["45", "15"]) in sums(rows)


@pytest.mark.parametrize("label", ["均衡性转移支付", "基本公共服务均等化", "标准化建设", "深度贫困补助", "成品油价格改革返还"])
def test_a_word_for_an_average_or_a_price_in_the_name_of_a_grant_is_none(label: str) -> None:
    assert sums(f"项目|金额\n{label}|40\n临时救助|8\n合计|48") == [("48", ["40", "8"])]


class TestRowsWithCodes:
    CODED = (
        "科目编码|科目名称|决算数\n合计||700.00\n208|社会保障|560.00\n20801|管理事务|320.00\n2080101|行政运行|240.00\n"
        "2080102|一般事务|80.00\n20805|养老|240.00\n2080505|养老保险|150.00\n2080506|职业年金|90.00\n221|住房保障|140.00\n"
        "22102|住房改革|140.00\n2210201|公积金|90.00\n2210203|购房补贴|50.00"
    )

    def test_are_the_sum_of_those_right_below_them(self) -> None:
        assert ("560.00", ["320.00", "240.00"]) in sums(self.CODED)
        assert ("240.00", ["150.00", "90.00"]) in sums(self.CODED)
        assert faults(self.CODED) == []

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [("职业年金|90", "职业年金|60", "240.00"), ("20805|养老|240", "20805|养老|204", "204.00")],
    )
    def test_one_wrong_figure_is_told_at_the_row_above_it_or_at_its_own(self, old: str, new: str, told: str) -> None:
        assert faults(self.CODED.replace(old, new)) == [("GEN-001", told)]

    def test_rows_that_may_be_left_out_accuse_nothing(self) -> None:
        assert faults("科目编码|科目名称|决算数\n208|社会保障|560.00\n20801|管理事务|300.00\n20805|养老|240.00") == []

    def test_numbers_that_count_on_are_no_codes_of_each_other(self) -> None:
        rows = "\n".join(f"{n}|项目{n}|{n * 10}.00" for n in range(1, 13))
        assert sums("项目编码|项目|金额\n" + rows) == []


def test_a_list_below_a_row_closes_where_it_adds_up_in_several_columns_and_all_but_one() -> None:
    rows = (
        "项目|上年|预算|执行\n年初结余|90.5|95.1|95.1\n本年收入|30.0|32.0|35.0\n其中：保险费收入|20.5|21.5|24.5\n补贴收入|9.5|10.5|10.5\n"
        "本年支出|25.4|26.5|27.5"
    )
    assert faults(rows) == []
    assert faults(rows.replace("24.5", "25.4")) == [("GEN-001", "35.0")]


def test_columns_below_a_total_are_those_of_the_other_headings_together() -> None:
    rows = (
        "项目|合计|<|养老保险|<|医疗保险|<\n^|预算|执行|预算|执行|预算|执行\n收入|90.5|88.2|50.5|50.2|40.0|38.0\n支出|70.1|69.3|40.1|39.3|30.0|30.0\n"
        "利息|3.4|3.9|2.1|2.3|1.3|1.6\n转移|2.2|2.6|1.2|1.5|1.0|1.1"
    )
    assert faults(rows) == []
    assert faults(rows.replace("|69.3|", "|63.9|")) == [("GEN-001", "63.9")]


class TestRowsUpToTheirSum:
    """A row without a number is the sum of those right below it where several columns say so."""

    TABLE = "类别|上年|本年\n总数|60|80\n公办|20|30\n民办|40|50\n幼儿园|25|31\n小学|9|12\n中学|6|7"

    def test_it_is_where_all_columns_meet(self) -> None:
        assert ("40", ["25", "9", "6"]) in sums(self.TABLE)
        assert ("50", ["31", "12", "7"]) in sums(self.TABLE)

    @pytest.mark.parametrize("change", [("|7", "|8"), ("幼儿园|25|31", "幼儿园|31|31")])
    def test_it_is_not_where_one_does_not(self, change: tuple[str, str]) -> None:
        text = self.TABLE.replace(*change)
        assert not [parts for total, parts in sums(text) if total in ("40", "50")]
        assert faults(text) == []

    def test_its_parts_may_have_parts_and_blank_rows_may_stand_between(self) -> None:
        text = self.TABLE.replace("总数|60|80\n", "总数|70|95\n").replace("民办", "捐资||\n民办") + "\n未定|10|15"
        text = text.replace("总数", "学校")
        assert ("70", ["20", "40", "10"]) in sums(text)
        assert ("40", ["25", "9", "6"]) in sums(text)

    def test_one_figure_in_two_columns_is_no_proof(self) -> None:
        assert ("40", ["25", "9", "6"]) not in sums("类别|预算|决算\n公办|20|20\n民办|40|40\n幼儿园|25|25\n小学|9|9\n中学|6|6")


def test_a_grand_total_is_that_of_a_subtotal_and_rows_whose_only_part_stands_below_them() -> None:
    text = (
        "项目|预算数|上年数\n税收收入|300|280\n非税收入|120|100\n本级收入合计|420|380\n上级补助收入|75|66\n"
        "转移支付收入|75|66\n上年结转|5|4\n收入总计|500|450"
    )
    assert ("500", ["420", "75", "5"]) in sums(text)
    assert faults(text) == []


def test_the_last_balance_of_an_account_is_no_sum() -> None:
    rows = (
        "摘要|收入|支出|结余\n上年结转|||126.5\n收到拨款|800||926.5\n支付设备款||356.8|569.7\n支付工程款||420|149.7\n"
        "合计|800|776.8|149.7"
    )
    assert faults(rows) == []


def test_a_list_of_parts_may_end_before_the_rows_beside_its_whole() -> None:
    rows = (
        "评价指标|权重|评分|加权得分\n项目产出|80%|92|73.6\n其中：运营维护|50%|93|46.5\n安全保障|30%|90.33|27.1\n"
        "项目管理|10%|95|9.5\n项目效果|10%|90|9\n合计|100%|—|92.1"
    )
    assert faults(rows) == []
