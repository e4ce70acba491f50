"""Question marks behind figures where a page was stored in letters without a hard blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check
from validator.forms.restore.lost_blanks import without_marks_for_blanks
from validator.model.document import Cell, Paragraph, Table
from validator.model.finding import Severity

PIPED = """2023年度部门整体支出绩效自评表 | |||||||
部门名称 | 青溪县档案馆 | 自评总分 | 96.4 | |||
资金情况(元) | |||||||
年初预算数 | 全年(调整)预算数 | 全年执行数 | 执行率 | 执行率权重 | 执行率得分 | |||
年度总金额 | 1,250,000.00? | 1,300,000.00? | 1,170,000.00? | |||||
其中:财政拨款 | 1,200,000.00? | 1,250,000.00? | {executed}? | 90 | 10.00 | 9.00? | ||
其他资金 | 50,000.00? | 50,000.00? | 45,000.00? | 90 | |||||
"""
PAGE = """<html><body><p>项目支出绩效自评表</p><table>
<tr><td>项目资金(万元)</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr>
<tr><td></td><td>年度资金总额</td><td>80.00?</td><td>80.00?</td><td>76.00?</td><td>10</td><td>{rate}?</td><td>9.5</td></tr>
<tr><td></td><td>其中:财政拨款</td><td>80.00?</td><td>80.00?</td><td>76.00?</td><td>-</td><td>95%?</td><td>-</td></tr></table>
<table><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>整理档案</td><td>≥300卷</td><td>320卷</td><td>90</td><td>90</td></tr></table></body></html>"""


def texts(*lines: str) -> list[str]:
    read = without_marks_for_blanks([Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)])
    return [block.text for block in read if isinstance(block, Paragraph)]


def found_in(tmp_path: Path, name: str, text: str) -> set[tuple[str, str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return {(f.primary.text, f.primary.address) for f in check(path).findings if f.severity is not Severity.INFO}


def test_marks_behind_figures_become_blanks_and_every_place_stays() -> None:
    lines = "合计 | 1,200.00? | 80.5%? |", "其中 | 300?|12"
    assert texts(*lines) == ["合计 | 1,200.00  | 80.5%  |", "其中 | 300 |12"]


@pytest.mark.parametrize(
    "lines",
    [
        ("合计 | 1,200.00? | 80.5% |", "是否完成 | 完成? |"),
        ("资金是否超过300?", "其中用于设备的是否超过20? 已说明", "预算是否下达?"),
    ],
)
def test_a_few_marks_are_somebodys_doubt(lines: tuple[str, ...]) -> None:
    assert texts(*lines) == list(lines)


def test_marks_within_a_sentence_stay() -> None:
    lines = "甲 | 1? | 2? | 3? |", "预算超过300?未说明"
    assert texts(*lines) == ["甲 | 1  | 2  | 3  |", "预算超过300?未说明"]


def test_cells_lose_them_as_lines_do() -> None:
    table = Table("", [[Cell("12.50?", 0, 0, "表1!R1C1"), Cell("7?", 0, 1, "表1!R1C2"), Cell("3%?", 0, 2, "表1!R1C3")]])
    (read,) = without_marks_for_blanks([table])
    assert isinstance(read, Table)
    assert [cell.text for cell in read.cells()] == ["12.50", "7", "3%"]


@pytest.mark.parametrize(
    ("name", "right", "flawed", "told"),
    [
        ("表.txt", PIPED.format(executed="1,125,000.00"), PIPED.format(executed="1,152,000.00"), "1,152,000.00"),
        ("表.html", PAGE.format(rate="95%"), PAGE.format(rate="59%"), "59%"),
    ],
    ids=["lines", "page"],
)
def test_a_form_with_such_marks_is_checked(tmp_path: Path, name: str, right: str, flawed: str, told: str) -> None:
    assert not found_in(tmp_path, name, right)
    assert {text for text, _ in found_in(tmp_path, name, flawed)} == {told}
