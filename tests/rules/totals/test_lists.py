"""Rows that stand below a row by their numbers, by 其中, or because they add up to it."""

from __future__ import annotations

import pytest

from tests.rules.relating import faults, sums


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


def test_lists_may_stand_between_the_numbered_parts_of_a_row_without_a_number() -> None:
    assert ("12.5", ["6.5", "0", "6.0"]) in sums(OFFICIAL_CARS)
    assert ("70.0", ["50.0", "15.0", "5.0"]) in sums(OFFICIAL_CARS)
    assert faults(OFFICIAL_CARS) == []
    assert faults(OFFICIAL_CARS.replace("11.5", "11.2")) == [("GEN-001", "11.2")]


def test_parts_without_a_number_may_stand_between_the_numbered_parts_of_a_numbered_row() -> None:
    top = "项目|金额\n1.返还收入|90\n（1）所得税返还|60\n基数|45\n跨地区|15\n"
    rows = top + "（2）其他返还|30\n返还率|75%\n（3）专项返还|\n2.补助收入|25.5"
    assert ("90", ["60", "30"]) in sums(rows)
    assert ("60", ["45", "15"]) in sums(rows)


def test_a_list_may_stand_between_the_numbered_parts_of_a_numbered_row() -> None:
    rows = "指标|本月\n一、参训（人次）|830\n1、校内|310\n其中：新生|120\n老生|190\n2、校外|520\n二、结业（人次）|600\n"
    assert sums(rows) == [("830", ["310", "520"]), ("310", ["120", "190"])]
    assert faults(rows.replace("830", "840")) == []


def test_a_list_below_a_row_closes_where_it_adds_up_in_several_columns_and_all_but_one() -> None:
    rows = (
        "项目|上年|预算|执行\n年初结余|90.5|95.1|95.1\n本年收入|30.0|32.0|35.0\n其中：保险费收入|20.5|21.5|24.5\n补贴收入|9.5|10.5|10.5\n"
        "本年支出|25.4|26.5|27.5"
    )
    assert faults(rows) == []
    assert faults(rows.replace("24.5", "25.4")) == [("GEN-001", "35.0")]


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

    def test_one_column_that_does_not_meet_is_told_where_another_row_shows_what_the_rows_are(self) -> None:
        text = "类别|上年|本年\n公办|2057|3091\n高中|1034|1548\n初中|1023|1543\n民办|1409|1502\n高中|725|790\n初中|684|712\n"
        assert faults(text) == []
        assert faults(text.replace("1502", "1562")) == [("GEN-001", "1562")]
        assert faults(text.replace("1409|1502", "1409|1562").replace("2057", "2058")) == []
        assert faults(text.replace("1409|1502\n高中|725|790\n初中|684|712", "109|162\n高中|64|33\n初中|45|14")) == [
            ("GEN-001", "162")
        ]
        assert faults(text.replace("1409|1502\n高中|725|790\n初中|684|712", "9|62\n高中|4|33\n初中|5|14")) == []

    def test_one_figure_in_two_columns_is_no_proof(self) -> None:
        assert ("40", ["25", "9", "6"]) not in sums("类别|预算|决算\n公办|20|20\n民办|40|40\n幼儿园|25|25\n小学|9|9\n中学|6|6")


def test_a_list_of_parts_may_end_before_the_rows_beside_its_whole() -> None:
    rows = (
        "评价指标|权重|评分|加权得分\n项目产出|80%|92|73.6\n其中：运营维护|50%|93|46.5\n安全保障|30%|90.33|27.1\n"
        "项目管理|10%|95|9.5\n项目效果|10%|90|9\n合计|100%|—|92.1"
    )
    assert faults(rows) == []


BY_PLACE = """地区|本月|本月止|同比增长(%)
全市|{all}|9000003|1.5
按区域分||
东片|300000|2000002|2.1
甲区|100000|900001|3.3
乙区|200000|1100000|-4.0
西片|500000|5000000|2.2
丙区|150000|1600000|1.0
丁区|{ding}|3400001|7.0
丁区本部|120000|1400001|2.0
园区|230000|2000000|-1.0
其他|200000|2000001|9.9
"""


def test_rows_that_figures_alone_show_to_be_sums_may_be_rounded() -> None:
    rows = BY_PLACE.format(all=1000000, ding=350000)
    told = sums(rows)
    assert ("2000002", ["900001", "1100000"]) in told
    assert ("5000000", ["1600000", "3400001"]) in told
    assert ("9000003", ["2000002", "5000000", "2000001"]) in told  # the parts of the last part of 西片 are not counted again
    assert faults(rows) == []


@pytest.mark.parametrize(("figures", "wrong"), [((1000600, 350000), "1000600"), ((1000000, 350900), "350900")])
def test_and_a_wrong_one_among_them_is_found(figures: tuple[int, int], wrong: str) -> None:
    rows = BY_PLACE.format(all=figures[0], ding=figures[1])
    assert wrong in {text for _, text in faults(rows)}


def test_small_figures_are_no_sums_within_their_rounding() -> None:
    rows = "地区|本月|本月止\n全市|30|91\n甲区|10|40\n乙区|20|50\n"
    assert sums(rows + "丙区|400|777\n丁区|12|13\n") == []
