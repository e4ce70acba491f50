"""Totals of a list that is printed in several columns."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults
from validator.model.finding import Outcome

LIST = """
单位|金额|单位|金额|单位|金额
全省合计|1330|海县|32|中州市小计|300
东州市小计|930|平县|69|中州市|120
东州市|544|西州市小计|100|其中：市本级|20
其中：市本级|10|西州市|66|城区|100
江区|534|德县|34|天县|180
富县|285||||
"""
SIDES = """
项目|预算数|项目|预算数
一、拨款收入|100|一、教育支出|70
二、事业收入|15|二、卫生支出|45
三、其他收入|5|三、农林支出|5
本年收入合计|120|本年支出合计|120
上年结转|5|结转下年|5
收入总计|125|支出总计|125
"""


def sums(text: str) -> dict[str, list[str]]:
    """Return the parts of each total, by the total."""
    found = [e.check for e in checks(text) if e.check.rule == "GEN-001" and e.check.outcome is Outcome.PASS]
    return {check.stated.text: [part.text for part in check.operands] for check in found if check.stated is not None}


def test_a_subtotal_has_rows_in_the_column_to_the_right() -> None:
    assert sums(LIST)["930"] == ["544", "285", "32", "69"]


def test_a_list_of_parts_ends_where_it_adds_up() -> None:
    found = sums(LIST)
    assert (found["544"], found["120"], found["300"]) == (["10", "534"], ["20", "100"], ["120", "180"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LIST, []),
        (LIST.replace("全省合计", "合计"), []),
        ("单位|金额|单位|金额\n合计|80|丙县|20\n甲县|10|丁县|20\n乙县|30||\n", []),
        (SIDES, []),
        (SIDES.replace("本年收入合计|120", "本年收入合计|140"), [("GEN-001", "140")]),
    ],
    ids=["a list", "a plain total", "one total", "two sides", "a side is off"],
)
def test_no_block_is_held_to_a_total_of_the_whole_list(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults(text) == expected
