"""Forms of several provinces, each in every format and as pasted text: right, and with a flaw."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.building.drawings import LAYOUTS, document, page
from tests.building.page import Page

HEBEI = page(
    "2031年度预算项目绩效自评表",
    """
    一、基本情况 | 项目名称 | 乡村教师补助 | < | < | < | 实施（主管）单位 | 青石县教育局 | < | < | < | <
    二、预算执行情况 | 预算安排情况 | < | < | 资金到位情况 | < | < | 资金执行情况 | < | < | 预算执行进度（%） | <
    ^ | 预算数 | 480.00 | < | 到位数 | 480.00 | < | 执行数 | 456.00 | < | 95.00 | <
    ^ | 其中：财政资金 | 400.00 | < | 其中：财政资金 | 400.00 | < | 其中：财政资金 | 380.00 | < | ^ | <
    ^ | 其他 | 80.00 | < | 其他 | 80.00 | < | 其他 | 76.00 | < | ^ | <
    四、绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标描述 | 预期指标值 | < | < | 实际完成值 | 完成情况 | 自评得分 | < | <
    ^ | ^ | ^ | ^ | ^ | 符号 | 值 | 单位（文字描述） | ^ | ^ | 单项指标得分 | 权重占比（%） | 单项指标折算得分
    ^ | 产出指标 | 数量指标 | 补助教师人数 | 领取补助的在岗教师人数 | ≥ | 600 | 人 | 612人 | 完成 | 100.00 | 30.00 | 30.00
    ^ | ^ | 质量指标 | 补助覆盖率 | 领取人数占应领人数的比例 | ≥ | 95 | % | 98% | 完成 | 100.00 | 25.00 | 25.00
    ^ | 效果指标 | 社会效益指标 | 教师留任率 | 年末仍在岗的人数占比 | ≥ | 90 | % | 88% | 未完成 | 98.00 | 25.00 | 24.50
    ^ | 满意度指标 | 服务对象满意度指标 | 教师满意度 | 问卷中满意的比例 | ≥ | 92 | % | 96% | 完成 | 100.00 | 10.00 | 10.00
    ^ | 预算执行率 | 预算执行率 | 预算执行率 | 执行数与预算数之比 | ≥ | 100 | % | 95% | 未完成 | 95.00 | 10.00 | 9.50
    ^ | 合计 | < | < | < | < | < | < | < | < | < | 100.00 | 99.00
    """,
    unit="万元",
)
HUBEI = page(
    "2031年度河道清淤项目自评表",
    """
    项目名称 | 河道清淤 | < | < | < | <
    主管部门 | 青石县水利局 | < | 项目实施单位 | 青石县河道所 | <
    预算执行情况（万元）（20分） | | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率）
    ^ | 年度财政资金总额 | 300.00 | 291.00 | 97.00% | 19.40
    年度绩效目标1（80分） | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分
    ^ | 产出指标（40分） | 数量指标 | 清淤长度 | 12公里 | 12.5公里 | 20
    ^ | ^ | 质量指标 | 断面验收合格率 | ≥95% | 98% | 20
    ^ | 效益指标（30分） | 社会效益指标 | 受益人数 | ≥3000人 | 3100人 | 15
    ^ | ^ | 可持续影响指标 | 维护期限 | ≥5年 | 5年 | 15
    ^ | 满意度指标（10分） | 服务对象满意度指标 | 居民满意度 | ≥90% | 93% | 10
    总分 | < | < | < | < | < | 99.40
    """,
)
HUBEI_OF_TWO_GROUPS = page(
    "2031年度外贸扶持项目自评表",
    """
    项目名称 | 外贸扶持 | < | < | < | <
    预算执行情况（万元）（20分） | | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率）
    ^ | 年度财政资金总额 | 150.00 | 144.00 | 96.00% | 19.20
    年度绩效目标（80分） | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分
    ^ | 产出指标（50分） | 数量指标 | 扶持企业数 | ≥12家 | 13家 | 30
    ^ | ^ | 时效指标 | 兑付及时率 | ≥95% | 98% | 20
    ^ | 效益指标（30分） | 经济效益指标 | 出口增长率 | ≥6% | 7.2% | 15
    ^ | ^ | 可持续影响指标 | 政策期限 | ≥3年 | 3年 | 15
    总分 | < | < | < | < | < | 99.20
    """,
)
HUBEI_WITH_ONE_LABEL = page(
    "2031年度校舍维修项目自评表",
    """
    项目名称 | 校舍维修 | < | < | < | <
    预算执行情况（万元）（20分） | | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率）
    ^ | 年度财政资金总额 | 80.00 | 76.00 | 95.00% | 19.00
    年度绩效目标（80分） | 一级指标 | 二级指标 | 三级指标 | 年初目标值（A） | 实际完成值（B） | 得分
    ^ | 产出指标 | 数量指标 | 维修面积 | 900平方米 | 900平方米 | 30
    ^ | ^ | 时效指标 | 完工时间 | 8月底前 | 8月25日 | 20
    ^ | 效益指标 | 社会效益指标 | 改善就学学生 | ≥400人 | 420人 | 20
    ^ | 满意度指标 | 服务对象满意度指标 | 家长满意度 | ≥90% | 95% | 10
    总分 | < | < | < | < | < | 99.00
    """,
)
HEBEI_WITHOUT_UNITS = page(
    "青石县部门预算项目绩效自评表（2031年度）",
    """
    项目名称 | 巡河护林 | < | < | < | < | < | < | <
    预算数 | 60.00 | < | 到位数 | 60.00 | < | 执行数 | 57.00 | <
    一级指标 | 二级指标 | 三级指标 | 预期指标值 | < | 单项指标实际完成值 | 自评得分 | < | <
    ^ | ^ | ^ | 符号 | 值 | ^ | 单项指标得分 | 权重 | 折算得分
    产出指标 | 数量指标 | 巡河次数 | ≥ | 48次 | 52次 | 100.00 | 40.00 | 40.00
    ^ | 质量指标 | 问题处置率 | ≥ | 95% | 93% | 97.50 | 20.00 | 19.50
    效果指标 | 生态效益指标 | 断面达标率 | ≥ | 90% | 91% | 100.00 | 30.00 | 30.00
    满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥ | 90% | 96% | 100.00 | 10.00 | 10.00
    合计 | < | < | < | < | < | < | 100.00 | 99.50
    """,
    unit="万元",
)
ZHEJIANG = page(
    "浙江省项目支出绩效评价报告",
    """
    一、项目基本信息 | < | < | <
    项目负责人 | 王某 | 联系电话 | 87660000
    项目起止时间 | 2031.1.1～2031.12.31 | < | <
    计划安排资金（万元） | 640.00 | 实际到位资金（万元） | 600.00
    其中：中央财政 | 120.00 | 其中：中央财政 | 120.00
    省财政 | 200.00 | 省财政 | 200.00
    市县财政 | 320.00 | 市县财政 | 280.00
    其它 | | 其它 |
    实际支出（万元） | 575.50 | < | <
    二、项目支出明细情况 | < | < | <
    支出内容（经济科目） | 计划支出数 | 实际支出数 | <
    道路保洁人工 | 420.00 | 398.20 | <
    车辆燃料费 | 130.00 | 116.30 | <
    车辆维修费 | 90.00 | 61.00 | <
    支出合计 | 640.00 | 575.50 | <
    """,
)
ZHEJIANG_BLANK = page(
    "浙江省项目支出绩效评价报告",
    """
    一、项目基本信息 | < | < | <
    项目负责人 | 王某 | 联系电话 | 87660000
    计划安排资金（万元） | 640.00 | 实际到位资金（万元） | 640.00
    其中：中央财政 | | 其中：中央财政 |
    省财政 | | 省财政 |
    市县财政 | 640.00 | 市县财政 | 640.00
    其它 | | 其它 |
    实际支出（万元） | 575.50 | < | <
    二、项目支出明细情况 | < | < | <
    支出内容（经济科目） | 计划支出数 | 实际支出数 | <
    道路保洁人工 | | 398.20 | <
    车辆燃料费 | | 116.30 | <
    车辆维修费 | | 61.00 | <
    支出合计 | 640.00 | 575.50 | <
    """,
)
SICHUAN = page(
    "2031年部门整体支出绩效评价得分表",
    """
    一级指标 | 二级指标 | 三级指标 | 得分
    部门决策（25分） | 目标任务（15分） | 相关性（5分） | 5
    ^ | ^ | 明确性（5分） | 5
    ^ | ^ | 合理性（5分） | 4
    ^ | 预算编制（10分） | 测算依据（5分） | 3
    ^ | ^ | 目标管理（5分） | 4
    综合管理（30分） | 专项资金分配时限（4分） | 省级专项分配时限（2分） | 2
    ^ | ^ | 中央专款分配时限（2分） | 1
    ^ | 中期评估（16分） | 执行中期评估（10分） | 8
    ^ | ^ | 节能降耗（6分） | 6
    ^ | 信息公开（10分） | 预算公开（4分） | 4
    ^ | ^ | 绩效公开（6分） | 6
    绩效结果（45分） | 履职成效（30分） | 部门绩效（30分） | 27
    ^ | 满意度（15分） | 服务对象满意度（15分） | 14
    """,
)
TWO_LEVELS = page(
    "2031年度项目支出绩效自评得分表",
    """
    一级指标 | 二级指标 | 得分
    项目决策（20分） | 立项依据（8分） | 8
    ^ | 目标明确（12分） | 11
    项目管理（25分） | 资金到位（10分） | 10
    ^ | 资金使用（9分） | 7.5
    ^ | 制度执行（6分） | 6
    项目绩效（55分） | 产出数量（20分） | 20
    ^ | 产出质量（15分） | 14
    ^ | 社会效益（20分） | 18.5
    合计 | < | 95
    """,
)
SHANGHAI = page(
    "2031年度部门预算项目绩效自评表",
    """
    项目名称 | 社区养老服务 | < | < | < | <
    预算资金情况（元） | 年初预算数 | 预算数 | 预算执行数 | 执行率 | 得分
    ^ | 3,000,000.00 | 2,800,000.00 | 2,716,000.00 | 97.00% | 9.70
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 权重
    产出指标 | 数量指标 | 服务老人数 | ≥1200人 | 1260人 | 30
    ^ | 质量指标 | 服务达标率 | =100% | 100% | 20
    效益指标 | 社会效益指标 | 投诉处理率 | =100% | 100% | 30
    满意度指标 | 服务对象满意度 | 老人满意度 | ≥90% | 95% | 10
    """,
)
LIAONING = page(
    "2031年度项目支出绩效自评表",
    """
    项目名称 | 乡镇饮水 | < | < | < | < | < | < | <
    预算执行信息（万元） | 指标名称 | 年初预算数 | 预算调整数 | 全年执行数 | 执行率 | < | 分值 | 得分
    ^ | 资金总额 | 50.00 | 50.00 | 45.00 | 90.00% | < | 10 | 9.00
    一级指标 | 二级指标 | 三级指标 | 运算符号 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 铺设管网 | >= | 12 | 公里 | 12.6 | 40 | 40
    ^ | 质量指标 | 水质合格率 | >= | 98 | % | 97 | 20 | 19.80
    效益指标 | 社会效益指标 | 受益人口 | >= | 3200 | 人 | 3300 | 20 | 20
    满意度指标 | 服务对象满意度指标 | 群众满意度 | >= | 90 | % | 94 | 10 | 10
    """,
)


def replaced(sound: Page, old: str, new: str) -> Page:
    """Return a page with another text in the first cell that has this one."""
    slot = next(slot for slot in sound.slots if slot.text == old)
    slots = tuple(s._replace(text=new) if s is slot else s for s in sound.slots)
    return Page(sound.name, sound.title, slots, sound.widths, unit_note=sound.unit_note)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "sound",
    [
        HEBEI,
        HEBEI_WITHOUT_UNITS,
        HUBEI,
        HUBEI_WITH_ONE_LABEL,
        ZHEJIANG,
        ZHEJIANG_BLANK,
        SICHUAN,
        TWO_LEVELS,
        SHANGHAI,
        LIAONING,
        HUBEI_OF_TWO_GROUPS,
    ],
)
def test_a_sound_form_is_not_accused(sound: Page, layout: str) -> None:
    assert heavy(check(*document(sound, layout))) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("sound", "old", "new", "rule"),
    [
        (HEBEI, "24.50", "25.40", "SCORE-043"),
        (HEBEI, "98%", "93%", "SCORE-010"),
        (HEBEI_WITHOUT_UNITS, "19.50", "15.90", "SCORE-043"),
        (HEBEI_WITHOUT_UNITS, "100.00", "90.00", "SCORE-043"),
        (HUBEI, "20", "30", "SCORE-042"),
        (HUBEI, "20", "30", "SCORE-045"),
        (HUBEI, "产出指标（40分）", "产出指标（50分）", "SCORE-046"),
        (HUBEI_OF_TWO_GROUPS, "效益指标（30分）", "效益指标（50分）", "SCORE-046"),
        (HUBEI, "19.40", "14.90", "SCORE-009"),
        (HUBEI_WITH_ONE_LABEL, "30", "40", "SCORE-045"),
        (ZHEJIANG, "200.00", "250.00", "FUND-061"),
        (ZHEJIANG, "116.30", "161.30", "FUND-060"),
        (SICHUAN, "部门决策（25分）", "部门决策（35分）", "GEN-013"),
        (SICHUAN, "目标任务（15分）", "目标任务（51分）", "GEN-013"),
        (SICHUAN, "27", "37", "GEN-014"),
        (TWO_LEVELS, "20", "22", "GEN-014"),
        (TWO_LEVELS, "95", "96", "GEN-001"),
        (LIAONING, "19.80", "20", "SCORE-010"),
        (LIAONING, "9.00", "9.90", "SCORE-009"),
        (SHANGHAI, "97.00%", "79.00%", "FUND-003"),
        (ZHEJIANG, "640.00", "460.00", "FUND-061"),
    ],
)
def test_a_flaw_in_a_form_is_found(sound: Page, old: str, new: str, rule: str, layout: str) -> None:
    report = check(*document(replaced(sound, old, new), layout))
    (finding, *_) = (finding for finding in report.findings if finding.rule == rule)
    assert new in {pointer.text for pointer in (finding.primary, *finding.related)}


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "bars"])
def test_what_was_spent_must_be_the_total_of_the_list(layout: str) -> None:
    report = check(*document(replaced(ZHEJIANG, "575.50", "557.50"), layout))
    assert {"AGR-010"} <= {finding.rule for finding in report.findings}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("sound", "old", "new", "blamed"),
    [
        (SICHUAN, "相关性（5分）", "相关性（3分）", "目标任务（15分）"),
        (SICHUAN, "目标任务（15分）", "目标任务（51分）", "目标任务（51分）"),
        (TWO_LEVELS, "制度执行（6分）", "制度执行（8分）", "项目管理（25分）"),
    ],
)
def test_points_in_a_name_that_differ_from_those_in_it_are_found(
    sound: Page, old: str, new: str, blamed: str, layout: str
) -> None:
    report = check(*document(replaced(sound, old, new), layout))
    assert [finding.primary.text for finding in report.findings if finding.rule == "GEN-013"] == [blamed]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_flaw_in_a_list_that_lost_a_column_is_found_or_the_list_said_to_be_unread(layout: str) -> None:
    rules = {finding.rule for finding in check(*document(replaced(ZHEJIANG_BLANK, "116.30", "161.30"), layout)).findings}
    assert rules & {"FUND-060", "STR-002"}
