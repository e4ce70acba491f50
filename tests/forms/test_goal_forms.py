"""Forms of goals, which are filled a year before those that evaluate them: right in every layout, and with a flaw."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.building.drawings import LAYOUTS, document, page
from tests.building.page import Page

TWO_PERIODS = page(
    "项目支出绩效目标申报表（2031年度）",
    """
    项目名称 | 防汛物资储备 | < | < | < | < | <
    主管部门及代码 | [101]青石县应急管理局 | < | < | 实施单位 | 青石县应急管理局 | <
    项目资金（万元） | 中期资金总额： | 190.00 | < | 年度资金总额： | 65.00 | <
    ^ | 其中：财政拨款 | 180.00 | < | 其中：财政拨款 | 60.00 | <
    ^ | 其他资金 | 10.00 | < | 其他资金 | 5.00 | <
    年度目标 | 备足防汛物资，汛期随用随调。 | < | < | < | < | <
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | < | <
    ^ | 产出指标 | 数量指标 | 编织袋储备数 | ≥20000条 | < | <
    ^ | ^ | 质量指标 | 物资合格率 | ≥98% | < | <
    ^ | ^ | 成本指标 | 项目总成本 | ≤190.00万元 | < | <
    ^ | 效益指标 | 社会效益指标 | 受益人口 | ≥3000人 | < | <
    ^ | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | < | <
    """,
)
WITH_POINTS = page(
    "项目支出绩效目标审批表（2031年度）",
    """
    项目名称 | 冷库扩建 | < | < | < | <
    预算单位 | 白水乡人民政府 | < | < | < | <
    项目资金 | 项目总预算 | 130.00 | < | < | <
    ^ | 当年年度预算 | 65.00 | < | < | <
    ^ | 其中：财政资金 | 60.00 | < | < | <
    ^ | 其中：其它资金 | 5.00 | < | < | <
    年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
    ^ | 产出指标（50分） | 数量指标 | 冷库容积 | ≥800立方米 | 30
    ^ | ^ | 质量指标 | 验收合格率 | ≥98% | 20
    ^ | 成本指标（20分） | 经济成本指标 | 项目建设成本 | ≤130.00万元 | 20
    ^ | 效益指标（20分） | 社会效益指标 | 带动务工人数 | ≥30人 | 20
    ^ | 满意度指标（10分） | 服务对象满意度指标 | 群众满意度 | ≥90% | 10
    """,
    unit="万元",
)
NUMBERED = page(
    "项目支出绩效目标表（2031年度）",
    """
    项目名称 | 村卫生室药品 | < | < | <
    项目资金（万元） | 年度资金总额 | 26.50 | < | <
    ^ | （一）财政拨款小计 | 24.60 | < | <
    ^ | 1、一般公共预算 | 20.60 | < | <
    ^ | 2、政府性基金 | 4.00 | < | <
    ^ | 3、国有资本经营预算 | 0.00 | < | <
    ^ | （二）自有资金小计 | 1.40 | < | <
    ^ | 1、事业收入 | 1.00 | < | <
    ^ | 2、经营性收入 | 0.40 | < | <
    ^ | （三）其他收入 | 0.50 | < | <
    绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
    ^ | 项目完成指标 | 数量指标 | 受补助卫生室 | ≥82个
    ^ | ^ | 质量指标 | 药品合格率 | 100%
    ^ | ^ | 成本指标 | 项目总成本 | ≤26.50万元
    ^ | 满意度指标 | 满意度指标 | 村民满意度 | ≥90%
    """,
)
FORMS = [TWO_PERIODS, WITH_POINTS, NUMBERED]


def replaced(sound: Page, old: str, new: str) -> Page:
    """Return a page with another text in the first cell that has this one."""
    slot = next(slot for slot in sound.slots if slot.text == old)
    slots = tuple(s._replace(text=new) if s is slot else s for s in sound.slots)
    return Page(sound.name, sound.title, slots, sound.widths, unit_note=sound.unit_note)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("sound", FORMS)
def test_a_sound_form_is_known_and_not_accused(sound: Page, layout: str) -> None:
    report = check(*document(sound, layout))
    assert [form.id for form in report.forms if form.id not in ("generic", "narrative")] == ["goal"]
    assert heavy(report) == []


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "one-line"])
@pytest.mark.parametrize(
    ("sound", "old", "new", "rule"),
    [
        (TWO_PERIODS, "60.00", "50.00", "GEN-001"),
        (TWO_PERIODS, "≤190.00万元", "≤260.00万元", "AGR-020"),
        (TWO_PERIODS, "≥98%", "≥-98%", "IND-007"),
        (WITH_POINTS, "130.00", "56.00", "FUND-070"),
        (WITH_POINTS, "60.00", "50.00", "GEN-001"),
        (WITH_POINTS, "≤130.00万元", "≤310.00万元", "AGR-020"),
        (WITH_POINTS, "30", "40", "SCORE-006"),
        (WITH_POINTS, "产出指标（50分）", "产出指标（40分）", "SCORE-006"),
        (NUMBERED, "4.00", "0.40", "GEN-001"),
        (NUMBERED, "≤26.50万元", "≤26.50元", "AGR-021"),
        (NUMBERED, "≤26.50万元", "≤62.50万元", "AGR-020"),
    ],
)
def test_a_flaw_is_found(sound: Page, old: str, new: str, rule: str, layout: str) -> None:
    report = check(*document(replaced(sound, old, new), layout))
    found = [finding for finding in report.findings if finding.rule == rule]
    assert any(new in {pointer.text for pointer in (finding.primary, *finding.related)} for finding in found)


@pytest.mark.parametrize(("term", "accused"), [("项目期 3年\n", False), ("项目期 1年\n", True), ("", True)])
def test_a_term_of_several_years_may_cost_more_than_the_funds_of_one(term: str, accused: bool) -> None:
    lines = ["项目支出绩效目标表", "（2031年度）", "单位：万元", "项目名称  护林", f"{term}年度资金总额：40"]
    lines += [
        "一级指标 二级指标 三级指标 指标值",
        "产出指标 数量指标 护林面积 ≥300公顷",
        "成本指标 成本指标 项目总成本 ≤120万元",
    ]
    report = check("\n".join([*lines, "满意度指标 满意度指标 村民满意度 ≥90%"]).encode(), "目标表.txt")
    assert ("AGR-020" in {finding.rule for finding in report.findings}) == accused
