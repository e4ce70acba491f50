"""Rows and columns that are sums though no word calls them totals."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults, sums


class TestNumberedRowsBelowARowWithoutANumber:
    REPORT = "指标|数量|上期\n低保支出|222.8|192.7\n（1）低保金|206.5|176.4\n（2）临时补助|16.3|16.3\n人数|75.6|75.9\n"

    def test_are_its_parts_where_they_add_up(self) -> None:
        assert [(e.check.rule, e.check.stated.text) for e in checks(self.REPORT) if e.check.stated is not None] == [
            ("GEN-001", "222.8"),
            ("GEN-001", "192.7"),
        ]

    def test_are_not_held_to_it_where_they_do_not(self) -> None:
        assert checks(self.REPORT.replace("222.8", "232.8").replace("192.7", "182.7")) == []


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


def test_columns_below_a_total_are_those_of_the_other_headings_together() -> None:
    rows = (
        "项目|合计|<|养老保险|<|医疗保险|<\n^|预算|执行|预算|执行|预算|执行\n收入|90.5|88.2|50.5|50.2|40.0|38.0\n支出|70.1|69.3|40.1|39.3|30.0|30.0\n"
        "利息|3.4|3.9|2.1|2.3|1.3|1.6\n转移|2.2|2.6|1.2|1.5|1.0|1.1"
    )
    assert faults(rows) == []
    assert faults(rows.replace("|69.3|", "|63.9|")) == [("GEN-001", "63.9")]


class TestASingleColumn:
    """Nothing but a slip explains why rows are no sum, where rows like them are one."""

    TABLE = (
        "指标|单位|数量\n一、救助支出|万元|97793.1\n1.低保|万元|87167.3\n（1）城市|万元|19477.6\n（2）农村|万元|67689.7\n"
        "2.特困|万元|10625.8\n（1）城市|万元|1051.7\n（2）农村|万元|9574.1\n"
    )

    def test_a_slip_is_told(self) -> None:
        assert faults(self.TABLE) == []
        assert ("GEN-001", "10652.8") in faults(self.TABLE.replace("10625.8", "10652.8"))

    @pytest.mark.parametrize(("right", "wrong"), [("10625.8", "11947.2"), ("9574.1", "8361.9"), ("1051.7", "9.7")])
    def test_rows_that_need_not_be_all_are_left_alone(self, right: str, wrong: str) -> None:
        text = self.TABLE.replace("一、救助支出|万元|97793.1\n", "").replace(right, wrong)
        assert faults(text) == []


def test_their_names_may_be_longer_below_the_total() -> None:
    rows = (
        "乡镇|一类|<|二类|<|合计|<\n^|座数|金额|座数|金额|总座数|金额\n甲镇|3|7.5|2|3.6|5|11.1\n乙镇|4|9.9|||4|9.9\n"
        "丙镇|1|2.5|6|10.8|7|13.3\n丁镇|2|5.2|3|5.4|5|10.6\n戊镇|1|2.6|1|1.8|2|4.4"
    )
    assert ("7", ["1", "6"]) in sums(rows)
    assert faults(rows) == []
    assert faults(rows.replace("|13.3", "|18.3")) == [("GEN-001", "18.3")]


class TestNumberedRowsBelowARowOfAList:
    SPENT = (
        "指标|甲市|乙市|丙市|丁市\n一、救助|940.0|870.0|812.0|710.0\n1.城乡|640.0|570.0|512.0|410.0\n"
        "其中：低保|600.5|530.0|471.0|390.0\nA 城市|200.5|170.0|150.0|140.0\nI 低保金|190.5|161.0|142.0|133.0\n"
        "II 补助|10.0|9.0|8.0|7.0\nB 农村|400.0|360.0|321.0|250.0\n2.其他|300.0|300.0|300.0|300.0\n"
    )

    def test_are_its_parts_where_they_add_up(self) -> None:
        told = sums(self.SPENT)
        assert ("600.5", ["200.5", "400.0"]) in told
        assert ("200.5", ["190.5", "10.0"]) in told

    def test_are_held_to_it_where_other_columns_say_so(self) -> None:
        assert ("GEN-001", "530.0") in faults(self.SPENT.replace("360.0", "306.0"))
