"""Figures that the goals of a form tell of its indicators."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from validator.model.finding import Finding
from validator.pipeline import check

EXPECTED = "目标1：播种面积不少于86000亩。目标2：购置农机具3500台。目标3：农户满意度达到90%以上。"
ACHIEVED = "1.播种面积87450亩。2.购置农机具3420台。3.病虫危害损失率3.2%，农户满意度93.6%。"
INDICATORS = (
    ("产出指标", "数量指标", "粮食播种面积", "≥86000亩", "87450亩", "10", "10"),
    ("产出指标", "数量指标", "购置农机具", "≥3500台", "3420台", "20", "19.54"),
    ("产出指标", "质量指标", "病虫危害损失率", "≤5%", "3.2%", "30", "30"),
    ("满意度指标", "服务对象满意度", "农户满意度", "≥90%", "93.6%", "40", "40"),
)


def form(expected: str = EXPECTED, achieved: str = ACHIEVED, rows: Sequence[Sequence[str]] = INDICATORS) -> bytes:
    """Write a project form, the actual values in column 5 from row 6 on."""
    lines = [
        ("项目支出绩效自评表（2023年度）",),
        ("项目名称", "粮食生产"),
        ("年度总体目标", "预期目标", "实际完成情况"),
        ("", expected, achieved),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
        *((*row, "需求减少，下年按实际采购。" if row[2] == "购置农机具" else "") for row in rows),
    ]
    cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table>".encode()


def found(data: bytes) -> list[Finding]:
    return [finding for finding in check(data, name="form.html").findings if finding.severity.value != "info"]


def test_goals_that_agree_say_nothing() -> None:
    assert found(form()) == []


@pytest.mark.parametrize(
    ("goal", "right", "wrong", "told"),
    [
        ("achieved", "3420台", "3240台", "3420台"),
        ("achieved", "93.6%", "96.3%", "93.6%"),
        ("achieved", "3.2%", "2.2%", "3.2%"),
        ("achieved", "87450亩", "87540亩", "87450亩"),
        ("achieved", "87450亩", "74850亩", "87450亩"),
        ("expected", "3500台", "5300台", "3500台"),
    ],
    ids=["the name alone", "a rate", "any other rate of the name", "half the name", "digits in another order", "a target"],
)
def test_a_figure_that_is_told_otherwise_is_told_at_the_goal(goal: str, right: str, wrong: str, told: str) -> None:
    text = {"expected": EXPECTED, "achieved": ACHIEVED}[goal].replace(right, wrong)

    (finding,) = found(form(**{goal: text}))

    assert (finding.rule, finding.primary.text, finding.expected) == ("NARR-014", wrong, told)


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("87450亩", "35000亩"),
        ("87450亩", "86000亩"),
        ("87450亩", "约87540亩"),
        ("播种面积87450亩", "上年播种面积87540亩"),
        ("3420台", "3420多台"),
        ("93.6%", "94%"),
        ("93.6%", "90%以上"),
    ],
)
def test_another_figure_is_none_of_the_indicator(right: str, other: str) -> None:
    assert found(form(achieved=ACHIEVED.replace(right, other))) == []


def test_a_figure_is_no_misprint_of_one_that_the_goal_tells_rightly_besides() -> None:
    assert found(form(achieved=f"{ACHIEVED}4.大豆播种面积78450亩。")) == []


def test_an_actual_that_disagrees_with_goal_and_score_is_told_at_its_cell() -> None:
    rows = [(*row[:4], "83450亩", *row[5:]) if row[2] == "粮食播种面积" else row for row in INDICATORS]

    (finding,) = found(form(rows=rows))

    assert finding.primary.text == "83450亩"
    assert finding.expected == "87450亩"
    assert "83450亩" in finding.message


def test_a_table_that_is_also_checked_as_one_of_no_form_is_that_of_the_form() -> None:
    duties = (
        "<tr><td>任务名称</td><td>完成情况</td><td>预算数（万元）</td><td>执行数（万元）</td></tr>"
        "<tr><td>粮食生产</td><td>已完成</td><td>60.00</td><td>58.00</td></tr>"
        "<tr><td>农机推广</td><td>已完成</td><td>40.00</td><td>39.00</td></tr>"
        "<tr><td>合计</td><td></td><td>100.00</td><td>97.00</td></tr>"
    )
    page = form(achieved=ACHIEVED.replace("3420台", "3240台")).decode()
    page = page.replace("项目支出绩效自评表", "部门整体支出绩效自评表").replace(
        "<tr><td>年度总体目标", f"{duties}<tr><td>年度总体目标"
    )

    (finding,) = found(page.encode())

    assert (finding.rule, finding.primary.text) == ("NARR-014", "3240台")


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("严格按照预算执行，预算执行率95.08%，没有偏差。", ""),
        ("其中中央资金执行率97.50%，使用规范。", ""),
        ("上年度预算执行率为88%，本年有所提高。", ""),
        ("截至六月底的资金执行率为50%，已督促。", ""),
        ("执行率100%，按照下达的金额执行，不存在偏差。", "100%"),
    ],
)
def test_a_rate_of_execution_in_words_is_one_of_the_funds(statement: str, wrong: str) -> None:
    page = (
        "<table><tr><td>转移支付区域（项目）绩效自评表（2023年度）</td></tr>"
        "<tr><td>转移支付名称</td><td>防灾补助</td></tr>"
        "<tr><td></td><td>全年预算数（A）</td><td>全年执行数（B）</td><td>预算执行率（B/A）</td></tr>"
        "<tr><td>年度资金总额</td><td>905.00</td><td>860.50</td><td>95.08%</td></tr>"
        "<tr><td>其中：中央财政资金</td><td>600.00</td><td>585.00</td><td>97.50%</td></tr>"
        "<tr><td>地方资金</td><td>305.00</td><td>275.50</td><td>90.33%</td></tr>"
        "<tr><td>资金管理情况</td><td>情况说明</td><td>存在问题和改进措施</td></tr>"
        f"<tr><td>执行准确性</td><td>{statement}</td><td>无</td></tr></table>"
    )

    told = [finding.primary.text for finding in found(page.encode()) if finding.rule == "NARR-014"]

    assert told == ([wrong] if wrong else [])
