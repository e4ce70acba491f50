"""Accounts of two sides whose rows are numbered, pasted with a cell or a row on each line, blank amounts left out."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored

LABELS = "项目|行次|金额|项目|行次|金额|"
NUMBERS = "栏次|1|栏次|2|"
ROWS = (
    "一、拨款收入|1|440.55|一、一般服务支出|5|423.20|二、上级补助收入|2|10.00|二、教育支出|6|三、事业收入|3|三、卫生支出|7|30.35|"
    "本年收入合计|4|450.55|本年支出合计|8|453.55"
)
ACCOUNT = "收入支出决算总表|单位：万元|收入|支出|" + LABELS + NUMBERS + ROWS
FOUR = (
    "收入|支出|项目|行次|金额|项目|行次|合计|公共预算|政府性基金|栏次|1|栏次|2|3|4|一、公共预算拨款|1|90.5|一、教育支出|4|60.5|60.5|0|"
    "二、政府性基金|2|9.5|二、社保支出|5|30|30|0|三、其他|3|三、住房支出|6|9.5"
)


@pytest.mark.parametrize("numbers", [NUMBERS, ""])
def test_the_number_of_a_row_tells_its_side_and_a_blank_amount_moves_nothing(numbers: str) -> None:
    rows = only_grid(ACCOUNT.replace(NUMBERS, numbers).replace("|", "\n"))
    assert rows == [
        ["项目", "行次", "金额", "项目", "行次", "金额"],
        ["一、拨款收入", "1", "440.55", "一、一般服务支出", "5", "423.20"],
        ["二、上级补助收入", "2", "10.00", "二、教育支出", "6", ""],
        ["三、事业收入", "3", "", "三、卫生支出", "7", "30.35"],
        ["本年收入合计", "4", "450.55", "本年支出合计", "8", "453.55"],
    ]


def test_a_row_on_each_line_is_the_same() -> None:
    lines = ACCOUNT.replace("项目|行次|金额|项目", "\n项目|行次|金额|项目").replace("栏次|1", "\n栏次|1")
    for label in ("一、拨款", "二、上级", "三、事业", "本年收入"):
        lines = lines.replace(label, "\n" + label)
    assert only_grid(lines.replace("|", " ")) == only_grid(ACCOUNT.replace("|", "\n"))


def test_a_label_may_be_in_pieces() -> None:
    rows = only_grid(ACCOUNT.replace("本年收入合计", "本 年 收 入 合 计").replace("|", "\n"))
    assert rows[-1][0] == "本 年 收 入 合 计"


def test_a_row_with_some_of_its_amounts_keeps_its_label_and_is_told() -> None:
    document = restored(FOUR.replace("|", "\n"))
    (table,) = document.tables
    assert grid(table)[1] == ["一、公共预算拨款", "1", "90.5", "一、教育支出", "4", "60.5", "60.5", "0"]
    assert grid(table)[-1] == ["三、其他", "3", "", "三、住房支出", "6", "", "", ""]
    assert table.open_rows == {3}
    assert len(document.notes) == 1


def test_the_number_of_a_row_without_a_label_is_no_amount() -> None:
    rows = only_grid(ACCOUNT.replace("三、事业收入|", "").replace("|", "\n"))
    assert rows[3] == ["", "3", "", "三、卫生支出", "7", "30.35"]


@pytest.mark.parametrize("change", [("|6|", "|9|"), ("440.55|", "440.55|3.5|"), ("行次|金额|栏次", "金额|栏次")])
def test_numbers_that_do_not_count_on_are_no_account(change: tuple[str, str]) -> None:
    tables = restored(ACCOUNT.replace(*change).replace("|", "\n")).tables
    assert not any("440.55" in row for table in tables for row in grid(table))
