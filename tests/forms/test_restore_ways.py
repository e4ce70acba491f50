"""Tables of no form are read in one way after the other: each reads lines that none before it reads."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.forms.restore.documents import words_of
from validator.forms.restore.generic import Grid
from validator.forms.restore.ways import IN_CELLS, IN_WORDS, Lines, Stretch, Way, tables_in
from validator.rules.load import load_ruleset

_NAMED = words_of(load_ruleset())[1]
_WAYS = (*IN_WORDS, *IN_CELLS)
_IN_LINES = {
    "broken rows": """
2031年站点运维补助计划表
序号 乡镇 一类站 二类站 合计
座数 补助资金(万元) 座数 补助资金(万元) 总座数 补助资金(万元)
1 甲南镇

3 6.3 3 6.3
2 乙北镇 2 1.6 1 2.1 3 3.7
3 丙东镇 4 3.2

4 3.2
4 丁西镇

5 10.5 5 10.5
合 计 6 4.8 9 18.9 15 23.7""",
    "two sides": """
部门收支预算总表
单位：万元
收入 支出
项目 预算数 项目 预算数
一、财政拨款收入 812.40 一、一般公共服务支出 520.10
二、政府性基金收入 50.00 二、教育支出 30.25
三、事业收入 三、社会保障支出 120.33
四、其他收入 20.60 四、住房保障支出 150.12
五、农林水支出 50.20
本年收入合计 883.00 本年支出合计 871.00
上年结转 8.00 结转下年 20.00
收入总计 891.00 支出总计 891.00""",
    "columns side by side": """
2031年补助资金分配表
序号 学校 金额 序号 学校 金额
1 青石小学 12.5 4 红石小学 8.0
2 白石小学 7.5 5 灰石小学 9.5
3 黑石小学 6.0 6 蓝石小学 4.5""",
    "coded accounts": """
支出决算表
单位：万元
科目编码 科目名称 本年支出合计 基本支出 项目支出
合计 520.00 300.00 220.00
201 一般公共服务支出 520.00 300.00 220.00
20103 政府办公厅及相关机构事务 520.00 300.00 220.00
2010301 行政运行 300.00 300.00
2010302 一般行政管理事务 140.00 140.00
2010350 事业运行 80.00 80.00""",
    "labels with a line each": """
某县社会事务月报
指标名称 单位 数量 上期 环比
1 2 3
一、资金
事业费支出 万元 406.1 345.7 17.47
1.抚恤支出 万元 81.2 65.8 23.40
2.救助支出 万元 164.9 152.7 7.99
二、人数
城市低保人数 756 759 -0.40
其中：新增 23
农村低保人数 4,166 4,180 -0.33
附件下载""",
    "one row": """
“三公”经费支出表
部门：青石县文化馆 单位：万元
合计 因公出国费 公务用车购置及运行费 公务接待费
小计 公务用车购置费 公务用车运行费
12.50 0.00 8.00 1.00 7.00 4.50""",
    "merged labels": """
2031年项目安排表
序号→乡镇→项目→总投资→财政资金→自筹资金→备注
1→柳河镇→道路硬化→120.00→100.00→20.00→
2→柳河镇→灌溉渠→80.00→80.00→0.00→
合计→200.00→180.00→20.00→→→""",
    "a row a line": """
单位：万元
项目 金额
合计 320.5
人员经费 200.5
专项经费 120.0""",
    "tabs": """
一级指标→二级指标→三级指标→权重→目标值→业绩值→
产出指标→数量→接诊能力→20→>=80%→85%→20
→质量→回访满意→30→>=90%→70%→21.5""",
    "a table on one line": """
某乡收支表 单位:万元 项目 户数 金 额 合 计 55 125.3 地租 40 90.2 利息 15 35.1""",
    "points in brackets": """
2031 年评价得分表 一级指 标 二级指标 三级指标 得分 部门决 策(25 分) 目标任务(15 分) 相关性(5 分)
5 明确性(5 分)
5 合理性(5 分)
4 预算编制(10 分) 测算依据(5 分)
3 目标管理(5 分)
4 综合管 理(30 分) 资产管理(30 分) 账实相符(30 分)
28""",
    "a list on one line": """
现公告如下。
某市补助资金分配表 县区 金额（万元） 备注 合计 400.5 东县 81.5 南县 100 西县 219
监督电话 0123-456789""",
    "two sides that close": """
收支总表 单位:万元 一、财政拨款收入 500 二、事业收入 45.5 本年收入合计 545.5 收入总计 545.5 \
一、教育支出 300.5 四、农林水支出 135.5 七、住房保障支出 109.5 本年支出合计 545.5 支出总计 545.5""",
    "rates on one line": """
三、完成情况 单位:万元 上年数 本年数 完成数 400 425 420 98.82% 5.00% 土地税 200 260 240 92.31% 20.00% \
印花税 80 80 90 112.50% 12.50% 车船税 60 66 63 95.45% 5.00%""",
}
"""Lines by the way that reads them first; an arrow is a tab."""
_WITH_A_LINE_EACH = {
    "two sides in turn": (
        "部门收支预算总表 / 单位：万元 / 收入 / 支出 / 项目 / 预算数 / 项目 / 预算数 / "
        "一、财政拨款收入 / 812.40 / 一、一般公共服务支出 / 520.10 / 二、政府性基金收入 / "
        "50.00 / 二、教育支出 / 30.25 / 三、事业收入 / 三、社会保障支出 / 120.33 / "
        "四、其他收入 / 20.60 / 四、住房保障支出 / 150.12 / 五、农林水支出 / 50.20 / "
        "本年收入合计 / 883.00 / 本年支出合计 / 871.00 / 上年结转 / 8.00 / "
        "结转下年 / 20.00 / 收入总计 / 支出总计"
    ),
    "numbered accounts": (
        "收入 / 支出 / 项目 / 行次 / 金额 / 项目 / 行次 / 合计 / 公共预算 / 政府性基金 / "
        "栏次 / 1 / 栏次 / 2 / 3 / 4 / 一、公共预算拨款 / 1 / 90.5 / "
        "一、教育支出 / 4 / 60.5 / 60.5 / 0 / 二、政府性基金 / 2 / 9.5 / "
        "二、社保支出 / 5 / 30 / 30 / 0 / 三、其他 / 3 / 三、住房支出 / 6 / 9.5"
    ),
    "parts below a total": (
        "年度收入（万元） / 单位名称 / 收入合计 / 其中： / 年初结转 / 公共预算拨款 / 其他收入 / "
        "甲所 / 62.75 / 1.5 / 60 / 1.25 / 年度支出（万元）"
    ),
    "levels of scores": (
        "部门整体支出绩效评价评分表 / 一级指标 / 分值 / 二级指标 / 分值 / 三级指标 / 分值 / "
        "得分 / 评分说明 / 投入 / 20 / 预算配置 / 20 / 人员控制率 / 12 / 12 / "
        "经费变动率 / 8 / 7 / 扣分原因：经费超支 / 过程 / 50 / 预算执行 / 20 / "
        "预算完成率 / 20 / 19 / 预算管理 / 30 / 公用经费控制率 / 14 / 14 / "
        "资金使用合规性 / 16 / 16 / 产出 / 30 / 职责履行 / 30 / 重点工作完成率 / "
        "30 / 29 / 扣分原因：资料不全 / 合计 / 100 / 100 / 97"
    ),
    "columns side by side, in cells": (
        "补助资金分配表 / 序号 / 学校 / 金额 / 序号 / 学校 / 金额 / 1 / 青石 小学 / "
        "12.5 / 4 / 红石 小学 / 8.0 / 2 / 白石 小学 / 7.5 / 5 / 灰石 小学 / "
        "9.5 / 3 / 黑石 小学 / 6.0 / 6 / 蓝石 小学 / 4.5"
    ),
    "laid down": (
        "某局2031年“三公”经费预算说明 / 项目 / 预 算 数(万元) / 合计 / 12.4 / "
        "因公出国(境)费 / 公务接待费 / 公务用车购置及运行费 / 10 / 其中:公务用车运行维护费 / "
        "10 / 公务用车购置 / 二、情况说明 / 以上经费用于日常工作。"
    ),
    "numbered columns": (
        "某县种植面积核定表 /  / 单位:亩、户 /  / 乡镇 /  / 核定面积 / (上报数) /  / "
        "补贴面积 /  / 户数 /  / 核定面积 /  / 增减面积 /  / 增减原因 /  / _ /  / "
        "1 /  / 2 /  / 3 /  / 4 /  / 5=4-2 /  / 6 /  / _ /  / "
        "808.54 /  / 803.03 /  / 746 /  / 806.84 /  / 3.81 /  / "
        "_ /  / 东山镇 /  / 458.88 /  / 458.88 /  / 92 /  / "
        "453.16 /  / -5.72 /  / 改种果树 /  / 西山镇 /  / 318.60 /  / "
        "313.69 /  / 550 /  / 333.49 /  / 19.80 /  / _ /  / _ / "
        " / 31.06 /  / 30.46 /  / 104 /  / 20.19 /  / -10.27 / "
        " / 修路占地"
    ),
    "levels of scores, in cells": (
        "部门整体支出绩效评价评分表 / 一级指标 / 分值 / 二级指标 / 分值 / 三级指标 / 分值 / "
        "得分 / 评分说明 / 投入 / 20 / 预算配置 / 20 / 人员 控制率 / 12 / 12 / "
        "经费变动率 / 8 / 7 / 扣分原因：经费超支 / 过程 / 50 / 预算执行 / 20 / "
        "预算完成率 / 20 / 19 / 预算管理 / 30 / 公用经费控制率 / 14 / 14 / "
        "资金使用 合规性 / 16 / 16 / 产出 / 30 / 职责履行 / 30 / 重点工作完成率 / "
        "30 / 29 / 扣分原因：资料不全 / 合计 / 100 / 100 / 97"
    ),
    "points in brackets, in cells": (
        "评价得分表 / 一 级指标 / 二 级指标 / 三 级指标 / 得分 / 部门决策(25分) / "
        "目标任务(15分) / 相关性(5分) / 5 / 明确性(5分) / 5 / 合理性(5分) / 4 / "
        "预算编制(10分) / 测算依据(5分) / 3 / 目标管理(5分) / 4 / 综合管理(30分) / "
        "资产管理(30分) / 账实相符(30分) / 28"
    ),
    "numbered accounts, in cells": (
        "收入 / 支出 / 项目 / 行 次 / 金额 / 项目 / 行 次 / 合计 / 公共预算 / "
        "政府性基金 / 栏次 / 1 / 栏次 / 2 / 3 / 4 / 一、公共预算拨款 / 1 / 90.5 / "
        "一、教育支出 / 4 / 60.5 / 60.5 / 0 / 二、政府性基金 / 2 / 9.5 / "
        "二、社保支出 / 5 / 30 / 30 / 0 / 三、其他 / 3 / 三、住房支出 / 6 / 9.5"
    ),
    "coded accounts, in cells": (
        "支出决算表 / 单位：万元 / 科目 编码 / 科目名称 / 本年支出合计 / 基本 支出 / 项目支出 / "
        "合计 / 520.00 / 300.00 / 220.00 / 201 / 一般公共服务支出 / "
        "520.00 / 300.00 / 220.00 / 20103 / 政府办公厅及相关机构事务 / "
        "520.00 / 300.00 / 220.00 / 2010301 / 行政运行 / 300.00 / "
        "300.00 / 2010302 / 一般行政管理事务 / 140.00 / 140.00 / "
        "2010350 / 事业运行 / 80.00 / 80.00"
    ),
    "parts below a total, in cells": (
        "年度收入（万元） / 单位名称 / 收入合计 / 其中： / 年初结转 / 公共 预算拨款 / 其他收入 / "
        "甲所 / 62.75 / 1.5 / 60 / 1.25 / 年度支出（万元）"
    ),
    "one row, in cells": (
        "财政供养人员情况（人） / 编制数 / 2031 年实际在职人数 / 控制率 / 46 / 50 / 108.70% / 经费情况（万元）"
    ),
    "outline": (
        "收支表 / （一）会费收入 / 300.5 / 1、单位会费 / 200 / 2、个人会费 / 100.5 / "
        "（二）业务支出 / 210.2 / 1、场租 / 150.2 / 2、印刷 / 60"
    ),
    "rows that figures prove": (
        "社会发展主要指标 / 指 标 / Item / 2030 / 2031 / 增长% / 小学在校学生 / Students in / "
        "Primary Schools / 120.5 / 126.8 / 5.2 / 专任教师 / Full-time / Teachers / 9100 / 9450 / 3.8 / "
        "床位数 / Beds / 5200 / 5600 / 7.7 / 医生数 / Doctors / 3100 / 3000 / -3.2"
    ),
    "uncounted cells": (
        "高龄老人人数和金额汇总表 /  / 乡镇 /  / （街道） /  / 80-89周岁 /  / "
        "90-99周岁 /  / 人数（个） /  / 金额 /  / （元） /  / 人数（个） /  / "
        "金额（元） /  / 1 /  / 河口镇 /  / 121 /  / 7260 /  / 1 /  / "
        "200 /  / 2 /  / 山前镇 /  / 122 /  / 7320 /  / 2 /  / "
        "400 /  / 3 /  / 柳林乡 /  / 123 /  / 7380 /  / 3 /  / "
        "600 /  / 4 /  / 石桥镇 /  / 124 /  / 7440 /  / 4 /  / 800"
    ),
    "a cell a line": ("债务表 /   / 预算数 / 执行数 / 年末余额 /   / 55.1 / 债务限额 / 72.5 /   / 债务发行 /   / 19.9"),
    "a list": (
        "资金来源表 /  / 单位：万元 /  / 项目 /  / 上年 /  / 本年 /  / 一、中央 /  / "
        "甲项 /  / 10 /  / 12 /  / 乙项 /  / 20 /  / 24 /  / 二、地方 / "
        " / 丙项 /  / 30 /  / 31 /  / 丁项 /  / 5 /  / 注：含结转。"
    ),
    "sums that close": (
        "各镇街成绩分布情况 /  / 序号 /  / () /  / 村(居)(个) /  / 优(个) /  / (个) /  / 1 /  / 甲镇 /  / 25 /  / 3 /  / 22"
        " /  / 2 /  / 乙镇 /  / 37 /  / 12 /  / 25 /  / 3 /  / 丙镇 /  / 45 /  / 14 /  / 31 /  / 小计 /  / 107 /  / 29 /  / 78"
    ),
}
"""Cells by the way that reads them first; a slash is a new line, a low line a blank that must not be broken."""
_EXAMPLES = {name: text.strip("\n").replace("→", "\t") for name, text in _IN_LINES.items()} | {
    name: text.replace(" / ", "\n").replace("_", "\xa0") for name, text in _WITH_A_LINE_EACH.items()
}


def _ways_that_read(text: str) -> list[str]:
    lines = Lines(text.split("\n"), _NAMED)
    return [way.name for way in _WAYS if any(_has_rows(way, lines))]


def _has_rows(way: Way, lines: Lines) -> Iterable[bool]:
    tokens = way.tokens(lines)
    for table in way.read(Stretch(tokens, 0, len(tokens), lines)) if tokens else ():
        yield bool((table if isinstance(table, Grid) else table.grid).rows)


def test_ways_have_names_of_their_own() -> None:
    assert len({way.name for way in _WAYS}) == len(_WAYS)


@pytest.mark.parametrize("name", [way.name for way in _WAYS])
def test_each_way_reads_what_none_before_it_reads(name: str) -> None:
    assert _ways_that_read(_EXAMPLES[name])[:1] == [name]


@given(st.lists(st.sampled_from(sorted(_EXAMPLES)), min_size=1, max_size=3), st.data())
def test_no_line_is_in_two_tables(names: list[str], data: st.DataObject) -> None:
    lines = [line for name in names for line in (*_EXAMPLES[name].split("\n"), "以上情况属实。")]
    start = data.draw(st.integers(0, len(lines) - 1))
    found, _ = tables_in(lines[start:], _NAMED)
    taken = [line for read in found for line in read.lines]
    assert len(taken) == len(set(taken))


def test_lines_that_look_like_a_table_but_are_none_are_told() -> None:
    found, lost = tables_in(["甲 12.5 8.0 3", "乙 7.5 2", "丙 6.0 9.5 1 22.5", "丁 4.5 6 9 8 7", "戊 1 2"], _NAMED)
    assert not [read for read in found if read.grid.rows]
    assert lost == [0]


def test_prose_is_no_table() -> None:
    assert tables_in(["本年收入合计 320.5 万元，比上年增长 5.2%。", "其中财政拨款 300 万元。"], _NAMED) == ([], [])
