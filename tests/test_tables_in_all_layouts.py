"""One table as a workbook, a document, a page, separated values and pasted text: the same findings, or none and a word why."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.building.drawings import LAYOUTS, document, page
from tests.building.page import Page

BY_DEPARTMENT = page(
    "2022年度各科室预算执行情况表",
    """
    序号 | 项目     | 年初预算 | 追加预算 | 调整后预算 | 支出数 | 执行率
    一   | 行政科室 | 410.00   | 10.00    | 420.00     | 399.00 | 95.00%
    1    | 办公室   | 300.00   | 10.00    | 310.00     | 294.50 | 95.00%
    2    | 财务科   | 110.00   | 0.00     | 110.00     | 104.50 | 95.00%
    二   | 业务科室 | 600.00   | -40.00   | 560.00     | 504.00 | 90.00%
    1    | 规划科   | 350.00   | -20.00   | 330.00     | 297.00 | 90.00%
    2    | 建设科   | 250.00   | -20.00   | 230.00     | 207.00 | 90.00%
    合计 | <        | 1010.00  | -30.00   | 980.00     | 903.00 | 92.14%
    """,
    unit="万元",
)
HALVES = page(
    "2022年上下半年预算支出情况",
    """
    科目       | 上半年 | 下半年 | 全年合计 | 全年预算 | 预算执行率 | 同比增长（%） | 上年支出
    城乡社区   | 410.5  | 489.5  | 900.0    | 1000.0   | 90.0%      | 12.5          | 800.0
    节能环保   | 200.0  | 280.0  | 480.0    | 500.0    | 96.0%      | -4.0          | 500.0
    交通运输   | 300.2  | 419.8  | 720.0    | 800.0    | 90.0%      | 20.0          | 600.0
    合计       | 910.7  | 1189.3 | 2100.0   | 2300.0   | 91.3%      | 10.5          | 1900.0
    """,
    unit="万元",
)
VEHICLES = page(
    "2022年度公务用车运行经费决算表",
    """
    项目     | 预算数 | 决算数 | 增减额 | 完成率
    合计     | 60.00  | 45.00  | -15.00 | 75.00%
    燃料费   | 30.00  | 24.00  | -6.00  | 80.00%
    维修费   | 20.00  | 13.00  | -7.00  | 65.00%
    保险费   | 10.00  | 8.00   | -2.00  | 80.00%
    """,
    unit="万元",
)


def replaced(sound: Page, old: str, new: str) -> Page:
    """Return a page with another text in the one cell that has this one."""
    (slot,) = (slot for slot in sound.slots if slot.text == old)
    return Page(
        sound.name,
        sound.title,
        tuple(s._replace(text=new) if s is slot else s for s in sound.slots),
        sound.widths,
        unit_note=sound.unit_note,
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sound", [BY_DEPARTMENT, HALVES, VEHICLES], ids=["subtotals", "unknown columns", "changes"])
def test_a_sound_table_is_not_accused(sound: Page, layout: str) -> None:
    assert heavy(check(*document(sound, layout))) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("sound", "old", "new", "rule"),
    [
        (HALVES, "489.5", "498.5", "GEN-001"),
        (HALVES, "96.0%", "69.0%", "GEN-011"),
        (VEHICLES, "-7.00", "-9.00", "GEN-006"),
        (VEHICLES, "65.00%", "56.00%", "GEN-011"),
    ],
)
def test_a_table_of_a_budget_is_checked_by_what_it_says_itself(sound: Page, old: str, new: str, rule: str, layout: str) -> None:
    report = check(*document(replaced(sound, old, new), layout))
    assert rule in {finding.rule for finding in report.findings}
    assert not report.forms or report.forms[0].id == "generic"
