"""Figures of prose that a table has as well, whatever it calls them."""

from __future__ import annotations

import pytest

from validator.model.finding import Report
from validator.pipeline import check

ROWS = "甲街 | 118 | 43120.25 | 3018417.5 |\n乙街 | 97 | 38207.41 | 2674518.7 |\n丙镇 | 231 | 91344.08 | 6394085.6 |\n"
LOST = "街镇 | 户 | 核定数 | 系统数 |\n"
TOTAL = "合计 | 446 | 172671.74 | 12087021.8 |\n"
TEXT = "今年共有446户申报，核查小麦种植172671.74亩，发放补贴资金1208.7万元，比上年多36.5万元。"


def told(text: str, table: str) -> Report:
    return check(f"{text}\n\n{table}".encode(), name="a.txt")


def held(report: Report) -> list[str]:
    """Return the figures of the text that were held to the table and agree."""
    checks = [c for c in report.checks if c.rule == "NARR-014" and c.outcome.value == "pass"]
    return [c.stated.text for c in checks if c.stated]


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.primary.text) for one in report.findings if one.severity != "info"]


@pytest.mark.parametrize("table", [LOST + TOTAL + ROWS, LOST + ROWS + TOTAL, LOST + ROWS + TOTAL.replace("合计", "全区")])
def test_a_row_of_all_is_found_by_its_figures(table: str) -> None:
    assert held(told(TEXT, table)) == ["446户", "172671.74亩", "1208.7万元"]
    assert found(told(TEXT, table)) == []


@pytest.mark.parametrize(
    ("right", "wrong"), [("172671.74", "172617.74"), ("172671.74", "172571.74"), ("1208.7", "1028.7"), ("1208.7", "1218.7")]
)
def test_a_slip_beside_a_figure_that_agrees_is_told(right: str, wrong: str) -> None:
    unit = "亩" if "." in right and len(right) > 8 else "万元"
    assert found(told(TEXT.replace(right, wrong), LOST + TOTAL + ROWS)) == [("NARR-014", wrong + unit)]


@pytest.mark.parametrize(
    "text",
    [
        "核查小麦种植172571.74亩。",
        TEXT.replace("172671.74亩", "上年172571.74亩"),
        TEXT.replace("172671.74亩", "172571.74亩以上"),
        TEXT.replace("172671.74亩", "162581.74亩"),
        TEXT.replace("1208.7万元", "1208.6万元"),
        TEXT.replace("1208.7万元", "1208万元"),
        TEXT.replace("1208.7万元", "1218.7万人次"),
        TEXT.replace("，发放补贴资金1208.7万元", "（其中旱地172571.74亩），发放补贴资金1208.7万元"),
    ],
    ids=["alone", "last year", "a limit", "two digits", "its last digit", "coarser", "something else", "in brackets"],
)
def test_a_figure_that_may_be_another_is_not_accused(text: str) -> None:
    assert found(told(text, LOST + TOTAL + ROWS)) == []


def test_a_row_of_its_own_accuses_nothing() -> None:
    assert held(told("乙街种植38207.41亩，涉及97户。", LOST + TOTAL + ROWS)) == ["38207.41亩"]
    assert found(told("乙街种植38207.41亩，补贴1267.45万元，涉及98户。", LOST + TOTAL + ROWS)) == []


def test_short_figures_are_told_together_only() -> None:
    table = "镇街 | 村 | 优 | 良 |\n甲 | 27 | 3 | 24 |\n乙 | 37 | 6 | 31 |\n丙 | 59 | 8 | 51 |\n小计 | 123 | 17 | 106 |\n"
    assert held(told("本轮共考评123个村，优秀的17个，良好的106个。", table)) == ["123个村", "17个", "106个"]
    assert held(told("本轮共考评12天，出动17人。", table)) == []


def test_a_fall_is_not_held_to_a_figure_with_its_sign() -> None:
    rows = "合计 | 71.08 | 61.09 | -9.99 | -14.05% |\n接待 | 35.55 | 26.25 | -9.30 | -26.16% |\n"
    report = told("本年61.09万元，减少9.99万元，下降14.05%。", f"单位：万元\n项目 | 上年 | 本年 | 增减额 | 增减幅度 |\n{rows}")
    assert found(report) == []
