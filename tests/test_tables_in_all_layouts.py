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

DEPARTMENT = page(
    "部门整体支出绩效自评表（2022年度）",
    """
    部门名称               | 北屏县林业局       | <        | <        | <        | <                | <      | <
    年度预算申请（万元）   |                    | 年初预算数 | 全年预算数 | 全年执行数 | 分值           | 执行率 | 得分
    ^                      | 年度资金总额       | 900.00   | 1000.00  | 950.00   | 10               | 95.00% | 9.50
    ^                      | 按资金性质分：     | <        | <        | <        | 按支出用途分：   | <      | <
    ^                      | 其中：财政拨款     | 700.00   | 800.00   | 780.00   | 其中：人员经费   | 560.00 |
    ^                      | 其他资金           | 200.00   | 200.00   | 170.00   | 业务经费         | 390.00 |
    一级指标               | 二级指标           | 三级指标 | 年度指标值 | 实际完成值 | 分值          | 得分   | 偏差原因
    产出指标               | 数量指标           | 造林面积 | ≥50公顷  | 52公顷   | 50               | 50     |
    效益指标               | 生态效益指标       | 成活率   | ≥85%     | 90%      | 40               | 40     |
    总分                   | <                  | <        | <        | <        | 100              | 99.50  |
    """,
)
INDICATORS_ALONE = page(
    "项目支出绩效自评表（2022年度）",
    """
    项目名称           | 河道清淤       | <          | <          | <      | <      | <
    项目资金（万元）   |                | 全年预算数 | 全年执行数 | 分值   | 执行率 | 得分
    ^                  | 年度资金总额   | 200.00     | 190.00     | 10     | 95.00% | 9.50
    ^                  | 其中：财政拨款 | 200.00     | 190.00     | —      | 95.00% | —
    一级指标           | 二级指标       | 三级指标   | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标           | 数量指标       | 清淤长度   | ≥12公里    | 12.5公里   | 50   | 50
    效益指标           | 生态效益指标   | 水质达标率 | ≥90%       | 86%        | 40   | 38
    合计               | <              | <          | <          | <          | 90   | 88
    """,
)
REMARKS = page(
    "项目支出绩效自评表（2022年度）",
    """
    项目名称 | 档案数字化     | <    | <          | <          | <    | <
    一级指标 | 二级指标       | 权重 | 指标目标值 | 实际完成值 | 得分 | 说明
    投入     | 资金到位率     | 10   | 100%       | 95%        | 9.5  |
    产出     | 扫描档案卷数   | 40   | ≥8000卷    | 8200卷     | 40   |
    效果     | 查档群众满意度 | 50   | ≥90%       | 96%        | 50   |
    合计     | <              | 100  |            |            | 99.5 |
    """,
)

NOTES_BETWEEN = page(
    "区域绩效目标自评表（2022年度）",
    """
    转移支付（项目）名称 | 林业改革资金          | <      | <      | <
    资金情况（万元）     |                       | 全年预算数 | 全年执行数 | 预算执行率
    ^                    | 年度资金总额          | 480.00 | 456.00 | 95.00%
    ^                    | 备注：含上年结转30万元 | <      | <      | <
    ^                    | 其中：中央补助        | 300.00 | 291.00 | 97.00%
    ^                    | 地方资金              | 180.00 | 165.00 | 91.67%
    ^                    | 说明：地方资金由县级统筹 | <    | <      | <
    一级指标             | 二级指标              | 三级指标 | 指标值 | 全年实际完成值
    产出指标             | 数量指标              | 抚育面积 | ≥3万亩 | 3.2万亩
    """,
)
ACCOUNT = page(
    "工伤保险基金收支情况表（2022年度）",
    """
    项目               | 本年预算数 | 本年执行数 | 完成预算（%）
    一、基金收入       | 5000.00    | 5250.00    | 105.00
    其中：保险费收入   | 4800.00    | 5040.00    | 105.00
    利息收入           | 200.00     | 210.00     | 105.00
    二、基金支出       | 4000.00    | 3920.00    | 98.00
    其中：待遇支出     | 3600.00    | 3420.00    | 95.00
    转移支出           | 400.00     | 500.00     | 125.00
    三、本年收支结余   | 1000.00    | 1330.00    | 133.00
    """,
    unit="万元",
)

REMARK_BELOW = page(
    "2022年各乡镇水毁修复情况表",
    """
    乡镇   | 修复点数               | 安排资金（1） | 已支付（2） | 未支付（3=1-2）
    合计   | 19                     | 60.00         | 50.00       | 10.00
    河口镇 | 8                      | 25.00         | 20.00       | 5.00
    山前镇 | 11                     | 35.00         | 30.00       | 5.00
    备注   | 山前镇含上年结转点位2处 | <            | <           | <
    """,
    unit="万元",
)

OWN_HEADER = page(
    "专项债券项目绩效自评表（2022年度）",
    """
    项目名称           | 污水管网改造   | <          | <            | <        | <        | <    | <
    资金情况（万元）   | 资金来源       | 计划总投资 | 累计到位资金 | 累计支出 | 支出进度 | 备注 | <
    ^                  | 合计           | 900.00     | 800.00       | 720.00   | 90.00%   |      |
    ^                  | 专项债券资金   | 600.00     | 600.00       | 570.00   | 95.00%   |      |
    ^                  | 单位自筹       | 300.00     | 200.00       | 150.00   | 75.00%   |      |
    一级指标           | 二级指标       | 三级指标   | 年度指标值   | 实际完成值 | 分值   | 得分 | 偏差原因
    产出指标           | 数量指标       | 管网长度   | ≥8公里       | 8.3公里  | 60       | 60   |
    效益指标           | 社会效益指标   | 受益户数   | ≥500户       | 520户    | 40       | 40   |
    总分               | <              | <          | <            | <        | 100      | 100  |
    """,
)

TWO_SIDED = page(
    "城乡居民基本养老保险基金预算绩效自评情况表（2022年度）",
    """
    收入           | 预算数   | 决算数   | 完成率  | 支出           | 预算数   | 决算数   | 完成率
    个人缴费收入   | 620.00   | 644.80   | 104.00% | 基础养老金支出 | 1830.00  | 1811.70  | 99.00%
    政府补贴收入   | 1750.00  | 1767.50  | 101.00% | 个人账户支出   | 190.00   | 199.50   | 105.00%
    利息收入       | 82.00    | 90.20    | 110.00% | 丧葬补助金支出 | 26.00    | 28.60    | 110.00%
    转移收入       | 4.00     | 3.60     | 90.00%  | 转移支出       | 2.00     | 2.50     | 125.00%
    本年收入合计   | 2456.00  | 2506.10  | 102.04% | 本年支出合计   | 2048.00  | 2042.30  | 99.72%
    上年结余       | 3120.50  | 3120.50  |         | 年末滚存结余   | 3528.50  | 3584.30  |
    总计           | 5576.50  | 5626.60  |         | 总计           | 5576.50  | 5626.60  |
    """,
    unit="万元",
)

SAVINGS = page(
    "2022年政府采购情况表",
    """
    采购项目 | 采购预算 | 实际采购金额 | 节约资金 | 节约率
    课桌椅   | 200.00   | 190.00       | 10.00    | 5.00%
    投影设备 | 80.00    | 72.00        | 8.00     | 10.00%
    校园监控 | 150.00   | 138.00       | 12.00    | 8.00%
    图书     | 50.00    | 48.00        | 2.00     | 4.00%
    合计     | 480.00   | 448.00       | 32.00    | 6.67%
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
@pytest.mark.parametrize(
    "sound",
    [
        BY_DEPARTMENT,
        HALVES,
        VEHICLES,
        DEPARTMENT,
        INDICATORS_ALONE,
        REMARKS,
        NOTES_BETWEEN,
        ACCOUNT,
        REMARK_BELOW,
        OWN_HEADER,
        SAVINGS,
        TWO_SIDED,
    ],
    ids=[
        "subtotals",
        "unknown columns",
        "changes",
        "side by side",
        "indicators alone",
        "remarks",
        "notes",
        "account",
        "remark below",
        "own header",
        "savings",
        "two-sided",
    ],
)
def test_a_sound_table_is_not_accused(sound: Page, layout: str) -> None:
    assert heavy(check(*document(sound, layout))) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("sound", "old", "new", "rule"),
    [
        (HALVES, "489.5", "498.5", "GEN-001"),
        (HALVES, "96.0%", "69.0%", "GEN-011"),
        (SAVINGS, "8.00%", "80.0%", "GEN-011"),
        (REMARK_BELOW, "19", "91", "GEN-001"),
        (VEHICLES, "-7.00", "-9.00", "GEN-006"),
        (VEHICLES, "65.00%", "56.00%", "GEN-011"),
    ],
)
def test_a_table_of_a_budget_is_checked_by_what_it_says_itself(sound: Page, old: str, new: str, rule: str, layout: str) -> None:
    report = check(*document(replaced(sound, old, new), layout))
    assert rule in {finding.rule for finding in report.findings}
    assert not report.forms or report.forms[0].id == "generic"


@pytest.mark.parametrize("layout", ["xlsx", "docx", "html"])
def test_a_second_table_beside_the_rows_is_said_to_be_unread(layout: str) -> None:
    remarks = [finding.message for finding in check(*document(DEPARTMENT, layout)).findings if finding.rule == "STR-002"]
    assert len(remarks) == 1
    assert "按支出用途分" in remarks[0]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_total_that_leaves_out_the_execution_must_leave_out_its_weight(layout: str) -> None:
    wrong = replaced(INDICATORS_ALONE, "90", "100")
    assert "SCORE-001" in {finding.rule for finding in check(*document(wrong, layout)).findings}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("sound", "old", "new", "rule"),
    [
        (NOTES_BETWEEN, "97.00%", "79.00%", "FUND-003"),
        (NOTES_BETWEEN, "165.00", "156.00", "FUND-001"),
        (ACCOUNT, "5250.00", "5520.00", "GEN-001"),
        (ACCOUNT, "98.00", "89.00", "ACC-001"),
        (ACCOUNT, "1330.00", "1303.00", "GEN-007"),
    ],
)
def test_no_row_of_a_form_is_lost(sound: Page, old: str, new: str, rule: str, layout: str) -> None:
    assert rule in {finding.rule for finding in check(*document(replaced(sound, old, new), layout)).findings}


@pytest.mark.parametrize("layout", ["xlsx", "docx", "html", "tsv", "csv"])
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [("102.04%", "104.02%", "ACC-001"), ("99.72%", "97.92%", "ACC-001"), ("1811.70", "1911.70", "ACC-001")],
)
def test_both_sides_of_an_account_are_checked(old: str, new: str, rule: str, layout: str) -> None:
    assert rule in {finding.rule for finding in check(*document(replaced(TWO_SIDED, old, new), layout)).findings}


@pytest.mark.parametrize("layout", ["xlsx", "docx", "html", "tsv", "csv"])
@pytest.mark.parametrize(("old", "new", "rule"), [("600.00", "500.00", "GEN-001"), ("75.00%", "57.00%", "GEN-011")])
def test_rows_with_a_header_of_their_own_are_checked_as_a_table(old: str, new: str, rule: str, layout: str) -> None:
    (first, *_) = (slot for slot in OWN_HEADER.slots if slot.text == old)
    slots = tuple(slot._replace(text=new) if slot is first else slot for slot in OWN_HEADER.slots)
    report = check(*document(Page(OWN_HEADER.name, OWN_HEADER.title, slots, OWN_HEADER.widths), layout))
    assert rule in {finding.rule for finding in report.findings}
