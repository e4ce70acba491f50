"""Numbered lists with a label on one line and its amount on the next, the header lost or in one piece."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored

ROWS = (
    "一、收入|（一）会费收入|300.5|1、单位会费|200|2、个人会费|100.5|3、其他会费|（二）补助收入|（三）利息收入|9.5|1、活期|4|2、定期|5.5|"
    "收入合计|310|二、支出|（一）业务支出|210.2|1、场租|150.2|2、印刷|60|支出合计|210.2"
)
LINES = ROWS.replace("|", "\n")


def test_an_amount_belongs_to_the_label_right_before_it() -> None:
    rows = only_grid(f"学会收支表\n单位：万元\n项目本月数本年数\n{LINES}\n负责人：\n制表人：")
    assert rows[:2] == [["一、收入", ""], ["（一）会费收入", "300.5"]]
    assert rows[4:7] == [["3、其他会费", ""], ["（二）补助收入", ""], ["（三）利息收入", "9.5"]]
    assert rows[-1] == ["支出合计", "210.2"]


def test_the_label_of_the_amounts_is_the_header() -> None:
    assert only_grid(f"学会收支表\n金额\n{LINES}")[0] == ["", "金额"]
    assert only_grid(f"学会收支表\n单位：万元\n科目\n金额\n{LINES}")[0] == ["科目", "金额"]


def test_parts_may_have_no_number_and_a_label_may_begin_with_a_year() -> None:
    lines = "⒈返还收入|90|⑴所得税返还|60|2003年基数|45|跨地区基数|15|⑵其他返还|30|⒉补助收入|25.5|⑴结算补助|20|⑵专项补助|5.5"
    rows = only_grid(f"转移支付明细表\n单位：万元\n收入合计\n115.5\n{lines.replace('|', chr(10))}")
    assert rows[0] == ["收入合计", "115.5"]
    assert rows[3:5] == [["2003年基数", "45"], ["跨地区基数", "15"]]


@pytest.mark.parametrize(
    "change",
    [
        ("|200|", "|201|"),  # only one sum is left
        ("|300.5|", "|300.5|290|"),  # two columns of amounts
        ("|210.2|1、", "|210.2|备注|1、"),  # a label without a number or an amount ends the list
    ],
)
def test_a_list_that_does_not_bear_itself_out_is_left_alone(change: tuple[str, str]) -> None:
    short = "收支表|（一）会费收入|300.5|1、单位会费|200|2、个人会费|100.5|（二）业务支出|210.2|1、场租|150.2|2、印刷|60"
    assert [grid(table)[0][0] for table in restored(short.replace("|", "\n")).tables] == ["（一）会费收入"]
    assert not restored(short.replace(*change).replace("|", "\n")).tables
