"""Sums with the same sources: a list that adds up once is complete elsewhere, and one sum may be made up of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check
from validator.model.finding import Severity
from validator.pipeline import checker

SHEET = """某县2024年度养老服务补助自评情况
一、预算安排
养老服务补助合计(万元) 年度预算资金总额): {whole}
其中:中央补助 {central}
省级资金 300.00
县级资金 80.50
其中:
居家养老补助(万元)
年度预算资金总额: {home}
其中:中央补助 {home_central}
省级资金 180.00
县级资金 60.50
其中:
机构养老补助(万元)
年度预算资金总额: 340.00
其中:中央补助 200.00
省级资金 {care_province}
县级资金 20.00
二、资金下达情况良好
"""
RIGHT = {"whole": "880.50", "central": "500.00", "home": "540.50", "home_central": "300.00", "care_province": "120.00"}
PROJECTS = """2023年度项目资金情况
甲村供水 资金总额:90
其中:中央资金 {central}
省级资金 30
乙村供水 资金总额:70
其中:中央资金 40
省级资金 30
丙村供水 资金总额:55
其中:中央资金 30
省级资金 25
以上资金均已到位
"""


def told(text: str) -> list[tuple[str, list[str], str]]:
    """Each total, its parts, and whether they agree."""
    report = checker().check(text.encode(), name="表.txt")
    return [
        (check.stated.text, [operand.text for operand in check.operands], check.outcome.value)
        for check in report.checks
        if check.rule == "GEN-001" and check.stated is not None
    ]


def found_in(tmp_path: Path, text: str) -> list[tuple[str, str, str | None]]:
    path = tmp_path / "自评.txt"
    path.write_text(text, encoding="utf-8")
    return [(f.primary.text, f.primary.address, f.expected) for f in check(path).findings if f.severity is not Severity.INFO]


def test_sums_of_sources_make_up_the_sum_above_them(tmp_path: Path) -> None:
    text = SHEET.format(**RIGHT)
    assert not found_in(tmp_path, text)
    assert {(total, tuple(parts), outcome) for total, parts, outcome in told(text)} == {
        ("880.50", ("500.00", "300.00", "80.50"), "pass"),
        ("540.50", ("300.00", "180.00", "60.50"), "pass"),
        ("340.00", ("200.00", "120.00", "20.00"), "pass"),
        ("880.50", ("540.50", "340.00"), "pass"),
        ("500.00", ("300.00", "200.00"), "pass"),
        ("300.00", ("180.00", "120.00"), "pass"),
        ("80.50", ("60.50", "20.00"), "pass"),
    }


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [
        ("care_province", "121.00", {("340.00", "L15", "341.00"), ("300.00", "L5", "301.00")}),
        ("home", "545.50", {("545.50", "L9", "540.50"), ("880.50", "L3", "885.50")}),
    ],
)
def test_a_list_that_adds_up_elsewhere_is_complete(
    tmp_path: Path, cell: str, value: str, found: set[tuple[str, str, str]]
) -> None:
    assert {f[:2] for f in found_in(tmp_path, SHEET.format(**{**RIGHT, cell: value}))} == {f[:2] for f in found}


def test_projects_of_which_none_is_the_sum_of_the_others_are_held_to_their_own_sources(tmp_path: Path) -> None:
    assert not found_in(tmp_path, PROJECTS.format(central="60"))
    assert told(PROJECTS.format(central="60")) == [
        ("90", ["60", "30"], "pass"),
        ("70", ["40", "30"], "pass"),
        ("55", ["30", "25"], "pass"),
    ]
    assert [text for text, _, _ in found_in(tmp_path, PROJECTS.format(central="50"))] == ["90"]


def test_a_list_that_never_adds_up_accuses_nothing(tmp_path: Path) -> None:
    text = PROJECTS.format(central="50").replace("40", "35").replace("25", "20")
    assert not found_in(tmp_path, text)


def test_the_whole_may_come_last() -> None:
    first, rest = SHEET.format(**RIGHT).split("养老服务补助合计(万元)")
    whole, rest = rest.split("其中:\n", 1)
    assert ("880.50", ["540.50", "340.00"], "pass") in told(
        f"{first}{rest.replace('二、', f'养老服务补助合计(万元){whole}二、')}"
    )


def test_sums_far_apart_are_no_parts_of_each_other() -> None:
    between = "".join(f"第{n}条 有关说明\n" for n in "一二三四五")
    text = SHEET.format(**RIGHT).replace("其中:\n机构", f"{between}机构")
    assert ("880.50", ["540.50", "340.00"], "pass") not in told(text)
