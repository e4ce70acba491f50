"""Which ways to read a total the figures bear out, and where one wrong figure is told."""

from __future__ import annotations

import pytest

from tests.rules.relating import faults, sums


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


class TestAccountsWithCodesAndOneColumnOfAmounts:
    TABLE = """单位：万元||
科目编码|科目名称|决算数
|合计|12580.40
201|一般公共服务支出|3210.50
20101|人大事务|410.20
2010101|行政运行|350.10
2010102|一般行政管理事务|60.10
20103|政府办公厅事务|2800.30
2010301|行政运行|2300.30
2010302|一般行政管理事务|500.00
205|教育支出|9369.90
20502|普通教育|9369.90
2050202|小学教育|5120.60
2050203|初中教育|4249.30
"""

    def test_the_total_is_that_of_the_outermost_codes_but_for_a_slip(self) -> None:
        assert faults(self.TABLE) == []
        assert faults(self.TABLE.replace("12580.40", "12850.40")) == [("GEN-001", "12850.40")]

    def test_more_than_a_slip_may_be_accounts_that_are_not_shown(self) -> None:
        assert faults(self.TABLE.replace("12580.40", "13995.75")) == []

    def test_sums_among_them_that_do_not_hold_say_nothing_of_the_total(self) -> None:
        text = self.TABLE.replace("12580.40", "12850.40").replace("350.10", "360.10")
        assert ("GEN-001", "12850.40") not in faults(text)

    def test_rows_without_a_code_may_be_anything(self) -> None:
        more = self.TABLE.replace("12580.40", "12850.40") + "|结转下年|100.00\n"
        assert ("GEN-001", "12850.40") not in faults(more)


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


def test_a_total_that_is_wrong_in_half_of_the_columns_still_holds_in_the_others() -> None:
    rows = "乡镇|一类|二类|车辆|全部\n甲镇|31|12|4|43\n乙镇|28|15|6|43\n丙镇|17|26|9|43\n丁镇|22|10|3|32\n合计|98|75|44|161"
    assert sums(rows)[-4:] == [
        ("98", ["31", "28", "17", "22"]),
        ("161", ["43", "43", "43", "32"]),
    ]
    assert faults(rows) == []


class TestTwoDigitsThatChangedPlacesInASingleColumn:
    SHARES = """项目|金额（万元）
税收收入|68520
非税收入|27715
其中：专项收入|8660
合计|96235
"""
    SIDES = """项目|预算数
一、基本支出|620.30
二、项目支出|310.20
本年支出合计|930.50
结转下年|0.00
"""

    def test_are_told_in_a_total_of_all_rows(self) -> None:
        assert faults(self.SHARES) == faults(self.SIDES) == []
        assert faults(self.SHARES.replace("96235", "92635")) == [("GEN-001", "92635")]
        assert faults(self.SIDES.replace("310.20", "301.20")) == [("GEN-001", "930.50")]

    def test_any_other_difference_may_be_a_row_that_is_not_shown(self) -> None:
        assert faults(self.SHARES.replace("96235", "97235")) == []
        assert faults(self.SIDES.replace("310.20", "300.20")) == []

    def test_rows_above_that_may_belong_to_it_leave_it_open(self) -> None:
        text = self.SIDES.replace("一、基本支出", "公用经费|12.00\n一、基本支出").replace("310.20", "301.20")
        assert faults(text) == []


class TestTotalsWithTheSameListBelowThem:
    TABLE = """单位：万元|
项目|金额
农村养老补助资金总额|540.50
其中：中央补助|300.00
省级资金|180.00
县级资金|60.50
机构养老补助资金总额|340.00
其中：中央补助|200.00
省级资金|120.00
县级资金|20.00
{name}资金总额|{total}
其中：中央补助|90.00
{province}|45.00
县级资金|15.00
"""

    def found(self, total: str, *, province: str = "省级资金", second: str = "120.00") -> list[tuple[str, str]]:
        return faults(self.TABLE.format(name="高龄津贴", total=total, province=province).replace("120.00", second))

    def test_two_that_hold_tell_that_the_list_of_a_third_is_complete(self) -> None:
        assert self.found("150.00") == []
        assert self.found("151.00") == [("GEN-001", "151.00")]
        assert self.found("105.00") == [("GEN-001", "105.00")]

    def test_another_list_or_one_that_holds_alone_tells_nothing(self) -> None:
        assert self.found("151.00", province="社会捐赠") == []
        assert self.found("151.00", second="125.00") == []
