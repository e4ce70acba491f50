"""Balances of debt beside their limits, in rows and in columns."""

from __future__ import annotations

import pytest

from tests.rules.relating import faults, places

ROWS = """
项目|预算数|执行数
一、2031年末地方政府专项债务余额实际数||55244.71
二、2032年末地方政府专项债务余额限额|72685.08|
三、2032年地方政府专项债务发行额||19961.59
四、2032年地方政府专项债务还本额||13822.06
五、2032年末地方政府专项债务余额预计执行数||61384.24
六、2033年地方政府专项债务新增限额|13500.00|
七、2033年末地方政府专项债务余额限额|86185.08|
"""
COLUMNS = """
地区|2032年债务限额|<|<|2032年末债务余额决算数|<|<
^|合计|一般债务|专项债务|合计|一般债务|专项债务
甲市|320.5|120.3|200.2|310.2|118.1|192.1
乙市|250.0|90.0|160.0|241.3|88.8|152.5
合计|570.5|210.3|360.2|551.5|206.9|344.6
"""


def pairs(text: str) -> list[tuple[str, str]]:
    """Return the texts of each balance and its limit."""
    return [(place.names["余额"].text, place.names["限额"].text) for place in places(text, "limit")]  # type: ignore[union-attr]


def test_a_balance_is_held_to_the_limit_of_its_year_and_kind() -> None:
    assert pairs(ROWS) == [("61384.24", "72685.08")]
    assert pairs(COLUMNS)[:3] == [("310.2", "320.5"), ("241.3", "250.0"), ("551.5", "570.5")]
    assert len(pairs(COLUMNS)) == 9
    assert faults(ROWS) == faults(COLUMNS) == []


def test_one_above_it_is_told() -> None:
    assert ("GEN-021", "61384.24") in faults(ROWS.replace("72685.08", "52685.08"))
    assert ("GEN-021", "219.1") in faults(COLUMNS.replace("192.1", "219.1"))


@pytest.mark.parametrize(
    ("old", "new"), [("五、2032年末", "五、2030年末"), ("五、2032年末地方政府专项", "五、2032年末地方政府一般"), ("债务", "")]
)
def test_another_year_or_kind_or_no_debt_has_no_limit(old: str, new: str) -> None:
    assert old in ROWS
    assert pairs(ROWS.replace(old, new)) == []
