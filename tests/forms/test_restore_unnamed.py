"""Forms taken from a print whose words came as they were drawn: the figures of the rows whole, their names elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.flattened import grid, restored
from validator import check
from validator.model.finding import Severity

HEAD = (
    "某区项目支出绩效自评表 (2023年度) 项目名称 绿道维护 主管部门 某区园林局 项目资金 年初预算数 (万元) 年度资金总额 "
    "其中:当年财政拨款 实施单位 全年预算数 全年执行数 分值 执行率 得分 120 {executed} 10 95% 9.5 120 {executed} — 95% — "
    "上年结转资金 — — 其他资金 — — 预期目标 实际完成情况 绿道完好 绿道完好 年度总体目标 一级指标 二级指标 三级指标"
)
LIST = (
    "年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施 ≥18公里 18.5公里 20 20 数量指标 绿道维护里程 100% 96% 20 {score} "
    "及时 及时 10 10 ≤120万元 114万元 10 10 显著 显著 20 20 ≥90% 93% 10 10 100 {total} 补植不及时，已补种 绩效指标 产出指标 "
    "质量指标 苗木成活率 时效指标 维护及时性 成本指标 维护成本 效益指标 社会效益指标 居民休闲 满意度指标 居民满意度 总分"
)
RIGHT = {"executed": "114", "score": "19.2", "total": "98.7"}


def text(gap: str = " ", head: str = HEAD, rows: str = LIST, **cells: str) -> str:
    return f"{head} {rows}".format(**{**RIGHT, **cells}).replace(" ", gap)


def rows_of(line: str) -> list[list[str]]:
    return [[cell for cell in row if cell] for table in restored(line).tables for row in grid(table)]


def found_in(tmp_path: Path, line: str) -> set[tuple[str, str]]:
    path = tmp_path / "自评.txt"
    path.write_text(line, encoding="utf-8")
    return {(f.primary.text, f.rule) for f in check(path).findings if f.severity is not Severity.INFO}


def test_figures_that_come_out_even_are_rows_without_names() -> None:
    rows = rows_of(text())
    assert ["年度资金总额", "120", "114", "10", "95%", "9.5"] in rows
    assert ["其中:当年财政拨款", "120", "114", "—", "95%", "—"] in rows
    at = rows.index(["≥18公里", "18.5公里", "20", "20"])
    assert rows[at : at + 7] == [
        ["≥18公里", "18.5公里", "20", "20"],
        ["100%", "96%", "20", "19.2"],
        ["10", "10"],
        ["≤120万元", "114万元", "10", "10"],
        ["20", "20"],
        ["≥90%", "93%", "10", "10"],
        ["总分", "100", "98.7"],
    ]


@pytest.mark.parametrize("gap", [" ", "  ", "\n"], ids=["a line", "wide", "a word a line"])
def test_right_ones_are_told_nothing_of(tmp_path: Path, gap: str) -> None:
    assert not found_in(tmp_path, text(gap))


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"total": "97.8"}, ("97.8", "SCORE-001")),
        ({"executed": "110"}, ("95%", "FUND-003")),
        ({"score": "20", "total": "99.5"}, ("20", "SCORE-011")),
    ],
    ids=["total", "executed", "full score"],
)
def test_flawed_ones_are_found_at_their_cells(tmp_path: Path, cells: dict[str, str], found: tuple[str, str]) -> None:
    assert found in found_in(tmp_path, text(**cells))


def test_why_points_were_taken_off_may_stand_anywhere(tmp_path: Path) -> None:
    assert not found_in(tmp_path, text(rows=LIST.replace("93% 10 10", "93% 10 9"), total="97.7"))


def test_what_is_all_there_is_of_the_funds_leaves_nothing_open() -> None:
    (table,) = restored(text()).tables
    assert not table.open_rows
    (table,) = restored(text(head=HEAD.replace("9.5 120", "9.5 100"))).tables
    assert table.open_rows


@pytest.mark.parametrize(
    "line",
    [
        text(rows=LIST.replace("114万元 10 10", "114万元 15 10")),
        text(rows=LIST.replace("显著 20 20", "显著 20 21")),
        text(rows=LIST.replace("93% 10 10", "93% 10")),
        text(rows=LIST.replace("分值 得分 偏差", "得分 分值 偏差")),
        text(rows=LIST.replace(" 总分", "")),
        text(rows=LIST.replace("100 {total}", "99 {total}")),
    ],
    ids=["weights beyond a hundred", "above its weight", "no score", "other order", "no total", "no full marks"],
)
def test_what_does_not_bear_itself_out_is_not_read(line: str) -> None:
    assert not any("≥90%" in row for row in rows_of(line))


@pytest.mark.parametrize(
    "head",
    [
        HEAD.replace("95% 9.5", "95% 12"),
        HEAD.replace("{executed} — 95% —", "— 95% —"),
        HEAD.replace("年度资金总额", "资金"),
        HEAD.replace("10 95% 9.5", "95% 10 9.5"),
    ],
    ids=["score above its weight", "a figure too few", "no total", "other order"],
)
def test_funds_that_do_not_come_out_even_are_not_read(head: str) -> None:
    assert not any("120" in row and "114" in row for row in rows_of(text(head=head)))
