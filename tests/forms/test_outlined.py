"""Numbered parts make a sum one level above them; what follows a total without a word is one only as far as it adds up."""

from __future__ import annotations

import pytest

from tests.building.checking import heavy
from validator.forms.outlined import outlined, unmarked
from validator.model.document import Cell
from validator.model.finding import Report
from validator.pipeline import checker

TITLE = "项目支出绩效目标申报表\n（2031年度）\n单位：万元\n项目名称 村卫生室药品\n"
REST = "总体目标\n配齐药品。\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 受补助卫生室 ≥82个\n"
NUMBERED = """年度资金总额 26.50
（一）财政拨款小计 24.60
1、一般公共预算 20.60
2、政府性基金 4.00
3、国有资本经营预算 0.00
（二）自有资金小计 1.40
1、事业收入 1.00
2、经营性收入 0.40
（三）其他收入 0.50
"""


def report_on(funds: str) -> Report:
    return checker().check(f"{TITLE}{funds}{REST}".encode(), name="目标表.txt")


def sums(funds: str) -> list[tuple[str, list[str], str]]:
    """Each sum of a form: the total, its parts, and whether they agree."""
    return [
        (check.stated.text, [operand.text for operand in check.operands], check.outcome.value)
        for check in report_on(funds).checks
        if check.rule == "GEN-001" and check.stated is not None
    ]


def row(text: str) -> list[tuple[Cell, Cell | None]]:
    label, _, figure = text.partition(" ")
    return [(Cell(label, 0, 0, ""), Cell(figure, 0, 1, "") if figure else None)]


def test_each_level_of_numbers_adds_up_to_the_one_above() -> None:
    assert sums(NUMBERED) == [
        ("26.50", ["24.60", "1.40", "0.50"], "pass"),
        ("24.60", ["20.60", "4.00", "0.00"], "pass"),
        ("1.40", ["1.00", "0.40"], "pass"),
    ]
    assert heavy(report_on(NUMBERED)) == []


@pytest.mark.parametrize(("old", "new"), [("20.60", "26.00"), ("0.50", "5.00"), ("0.40", "0.04")])
def test_a_figure_that_breaks_a_level_is_found(old: str, new: str) -> None:
    findings = [finding for finding in report_on(NUMBERED.replace(old, new)).findings if finding.rule == "GEN-001"]
    assert len(findings) == 1
    assert new in {pointer.text for pointer in (findings[0].primary, *findings[0].related)}


@pytest.mark.parametrize(
    "lost",
    ["2、政府性基金 4.00\n", "1、一般公共预算 20.60\n"],
    ids=["a gap", "the first"],
)
def test_numbers_with_a_gap_are_no_sum(lost: str) -> None:
    assert "24.60" not in {total for total, _, _ in sums(NUMBERED.replace(lost, ""))}


def test_a_source_without_a_number_leaves_the_sum_above_it_open() -> None:
    rows = list(map(row, ["合计 9", "（一）甲小计 5", "1、子 2", "2、丑 3", "（二）乙 3", "其他资金 1"]))
    roles = {"合计": "total", "（一）甲小计": "subtotal", "其他资金": "part"}
    assert [(found.start, found.end) for found in outlined(rows, roles.get)] == [(1, 4)]


def test_a_flat_list_is_left_to_those_that_read_it() -> None:
    rows = list(map(row, ["合计 9", "1、甲 5", "2、乙 4"]))
    assert list(outlined(rows, {"合计": "total"}.get)) == []


def test_sources_right_below_a_total_are_its_parts_as_far_as_they_add_up() -> None:
    funds = "项目总投资 48\n中央补助安排 20\n省级财政安排 18\n其他资金 {}\n预算申报数 38\n"
    assert sums(funds.format(10)) == [("48", ["20", "18", "10"], "pass")]
    assert sums(funds.format(1)) == [("48", ["20", "18", "1"], "undetermined")]
    assert heavy(report_on(funds.format(1))) == []


def test_the_same_in_one_line() -> None:
    assert sums("项目总投资 48 中央补助 20 省级财政 18 其他资金 10\n") == [("48", ["20", "18", "10"], "pass")]


@pytest.mark.parametrize(
    "labels",
    [["甲 2", "乙 3"], ["甲 2", "乙 3", "甲 4"], ["甲 2", "余 3", "乙 4"], ["1、甲 2", "乙 3", "余 4"], ["甲 2", "乙", "余 4"]],
    ids=["too few", "one twice", "the rest not last", "numbered", "a blank"],
)
def test_what_may_not_be_all_the_sources_is_no_sum(labels: list[str]) -> None:
    rows = list(map(row, ["合计 9", *labels]))
    roles = {"合计": "total"} | dict.fromkeys(["甲", "乙", "余", "1、甲"], "part")
    assert list(unmarked(rows, roles.get, {"甲": "a", "乙": "b", "余": "rest", "1、甲": "a"}.get, "rest")) == []


def test_each_source_may_be_called_a_part() -> None:
    funds = "项目总预算 65 资金分类 一般公共预算\n当年年度预算 65\n其中:财政资金 {} 财政资金科目代码 21305\n其中:其它资金 5\n"
    assert sums(funds.format(60)) == [("65", ["60", "5"], "pass")]
    assert sums(funds.format(50)) == [("65", ["50", "5"], "fail")]
