"""Accounts of two sides without line numbers."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.forms.flattened import only_grid, restored

ACCOUNT = """部门收支预算总表
单位：万元
收入|支出
项目|预算数|项目|预算数
一、财政拨款收入|812.40|一、一般公共服务支出|520.10
二、政府性基金收入|50.00|二、教育支出|30.25
三、事业收入|三、社会保障支出|120.33
四、其他收入|20.60|四、住房保障支出|150.12
五、农林水支出|50.20
本年收入合计|883.00|本年支出合计|871.00
上年结转|8.00|结转下年|20.00
收入总计|891.00|支出总计|891.00
"""


@pytest.mark.parametrize("separator", [" ", "\t", "   "])
def test_an_amount_belongs_to_the_label_before_it_and_a_lone_label_to_the_side_where_its_number_comes_next(
    separator: str,
) -> None:
    rows = only_grid(ACCOUNT.replace("|", separator))
    assert rows[0] == ["项目", "预算数", "项目", "预算数"]
    assert rows[3] == ["三、事业收入", "", "三、社会保障支出", "120.33"]
    assert rows[5] == ["", "", "五、农林水支出", "50.20"]
    assert rows[8] == ["收入总计", "891.00", "支出总计", "891.00"]


def test_both_sides_are_checked() -> None:
    assert heavy(check(ACCOUNT.replace("|", " ").encode(), "form.txt")) == []
    wrong = ACCOUNT.replace("|871.00", "|817.00").replace("|", " ")
    assert heavy(check(wrong.encode(), "form.txt"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("五、农林水支出|50.20", "农林水支出|50.20"),
        ("四、其他收入|20.60|四、住房保障支出|150.12", "四、往来款项|150.12"),
        ("三、事业收入|三、", "三、事业收入|1.00|2.00|三、"),
    ],
)
def test_a_line_that_may_belong_to_either_side_leaves_the_account_unread(old: str, new: str) -> None:
    assert not restored(ACCOUNT.replace(old, new).replace("|", " ")).tables


def lines(account: str) -> str:
    return "\n".join(cell for cell in account.replace("\n", "|").split("|") if cell)


@pytest.mark.parametrize("apart", ["\n", "\n\n", " "])
def test_labels_take_turns_where_no_line_is_a_row(apart: str) -> None:
    rows = only_grid(lines(ACCOUNT).replace("\n", apart))
    assert rows == [row[-4:] for row in only_grid(ACCOUNT.replace("|", " "))]


def test_what_follows_the_last_totals_is_none_of_the_account() -> None:
    rows = only_grid(lines(ACCOUNT) + "\n填表人\n刘某\n审核人\n王某")
    assert rows[-1] == ["收入总计", "891.00", "支出总计", "891.00"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("二、教育支出", "三、教育支出"),
        ("收入总计|891.00|支出总计|891.00\n", "收入总计|支出总计\n"),
        ("上年结转|8.00|结转下年|20.00", "上年结转|8.00"),
    ],
    ids=["a number on neither side", "no amounts", "a side left out without a number"],
)
def test_the_account_ends_with_the_last_totals_that_stand_side_by_side(old: str, new: str) -> None:
    found = [row for table in restored(lines(ACCOUNT.replace(old, new))).tables for row in table.rows]
    assert not any(cell and cell.text.endswith("总计") for row in found for cell in row)


def test_a_line_of_figures_only_has_no_side() -> None:
    assert not restored("项目 预算数 项目 预算数\n1.5 2.5\n一、收入 3.5 二、支出 4.5\n").tables


def test_figures_alone_below_labels_that_come_twice_are_no_account() -> None:
    rows = only_grid("城镇人口 乡村人口 城镇人口 乡村人口\n2031 640 230 410\n2032 650 220 430\n2033 660 210 450\n")
    assert rows[0] == ["2031", "640", "230", "410"]
