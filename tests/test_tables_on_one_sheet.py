"""Tables below each other on one sheet, each with a title and a header of its own: what one says is no matter of the other."""

from __future__ import annotations

import pytest

from tests.building.checking import check_pages, heavy
from tests.building.drawings import page
from tests.building.page import Page, Slot

WORKS = page(
    "民生工程完成情况表",
    """
    序号 | 项目     | 单位 | 年度任务 | 已完成 | 完成率
    1    | 培训农户 | 人   | 4753     | 4451   | 93.65%
    2    | 整治农田 | 亩   | 4349     | 1388   | 31.92%
    3    | 改厕     | 户   | 3198     | 1181   | 36.93%
    """,
)
QUARTERS = page(
    "支出进度表",
    """
    项目     | 年度预算 | 一季度累计 | 二季度累计 | 执行率
    道路养护 | 13270    | 2352       | 5704       | 42.98%
    河道清淤 | 19735    | 2717       | 7364       | 37.31%
    合计     | 33005    | 5069       | 13068      | 39.59%
    """,
    unit="元",
)
DISTRICTS = page(
    "资金分配表",
    """
    地区   | 本级资金 | 上级补助 | 合计
    长丰区 | 1048.12  | 1298.44  | 2346.56
    清溪县 | 147.38   | 810.21   | 957.59
    合计   | 1195.50  | 2108.65  | 3304.15
    """,
    unit="万元",
)
SUBSIDIES = page(
    "补贴发放公示表",
    """
    姓名 | 面积（亩） | 标准（元/亩） | 金额（元）
    张某 | 6.10       | 88.00         | 536.80
    李某 | 27.50      | 88.00         | 2420.00
    合计 | 33.60      |               | 2956.80
    """,
)
DEPARTMENT = page(
    "部门整体支出绩效自评表（2022年度）",
    """
    部门名称   | 北屏县水利局 | <        | <          | <          | <    | <    | <
    一级指标   | 二级指标     | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    产出指标   | 数量指标     | 新建渠道 | ≥28公里    | 29公里     | 50   | 50   |
    效益指标   | 社会效益指标 | 供水保障 | 持续改善   | 持续改善   | 40   | 40   |
    满意度指标 | 满意度指标   | 农户满意 | ≥90%       | 93%        | 10   | 10   |
    """,
)


def sheet(*pages: Page) -> Page:
    """Put pages on one sheet, a blank row between them."""
    slots: list[Slot] = []
    top = 0
    for each in pages:
        flat = each.flat()
        slots += [slot._replace(row=slot.row + top) for slot in flat.slots]
        top += flat.height + 1
    return Page("表", "", tuple(slots), (12,) * max(each.columns for each in pages))


@pytest.mark.parametrize("format", ["xlsx", "csv", "tsv", "html"])
@pytest.mark.parametrize(
    "pages",
    [(WORKS, QUARTERS), (DISTRICTS, QUARTERS), (QUARTERS, DISTRICTS, WORKS), (DEPARTMENT, SUBSIDIES), (DEPARTMENT, DISTRICTS)],
    ids=["works", "districts", "three", "department", "narrower"],
)
def test_a_table_below_another_is_not_read_by_the_header_of_that(pages: tuple[Page, ...], format: str) -> None:
    report = check_pages([sheet(*pages)], format)

    assert heavy(report) == []
    assert ("department" in {form.id for form in report.forms}) == (DEPARTMENT in pages)


@pytest.mark.parametrize("format", ["xlsx", "csv", "tsv"])
@pytest.mark.parametrize(
    ("pages", "old", "new", "rule"),
    [
        ((WORKS, QUARTERS), "7364", "7634", "GEN-001"),
        ((WORKS, DISTRICTS), "2108.65", "2180.65", "GEN-001"),
        ((DEPARTMENT, DISTRICTS), "957.59", "975.59", "GEN-001"),
        ((DEPARTMENT, SUBSIDIES), "27.50", "25.70", "GEN-001"),
        ((DISTRICTS, QUARTERS), "42.98%", "49.28%", "GEN-011"),
    ],
)
def test_a_fault_in_the_lower_table_is_found(pages: tuple[Page, ...], old: str, new: str, rule: str, format: str) -> None:
    whole = sheet(*pages)
    slots = tuple(slot._replace(text=new) if slot.text == old else slot for slot in whole.slots)
    report = check_pages([Page(whole.name, "", slots, whole.widths)], format)

    assert rule in {finding.rule for finding in report.findings}
