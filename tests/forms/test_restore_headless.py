"""The tail of a list of indicators whose header stands on another page, or was cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.flattened import grid, only_grid, restored
from validator import check
from validator.forms.restore import headless
from validator.forms.restore.vocabulary import of_ruleset
from validator.model.finding import Severity
from validator.rules.load import load_ruleset

SIGNED = [
    ["质量指标", "路灯完好率", "≥", "98", "%", "99", "10", "10"],
    ["时效指标", "报修处理时间", "≤", "3", "天", "2", "10", "10"],
    ["", "巡查及时率", "=", "100", "%", "100", "10", "10"],
    ["效益指标", "社会效益指标", "照明覆盖率", "≥", "95", "%", "96", "20", "20"],
    ["可持续影响指标", "管护制度健全性", "定性", "好坏", "", "好", "10", "10"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥", "90", "%", "92", "10", "10"],
]
PLAIN = [
    ["数量指标", "培训期数", "≥4期", "5期", "10", "10"],
    ["", "培训人数", "≥200人", "220人", "10", "10"],
    ["质量指标", "培训合格率", "≥95%", "97%", "15", "15"],
    ["效益指标", "社会效益指标", "结业后就业率", "≥60%", "62%", "30", "30", "无"],
    ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "93%", "10", "9", "问卷回收少"],
]
LABELS = ["一级指标", "二级指标", "三级指标"]
NOTE = "这里像自评表的后半部分，表头不在文中，分不出各数属于哪一栏，未作核对。"


def lined(rows: list[list[str]], shape: str) -> str:
    """Rows as a page becomes text: closed by pipes, or by tabs, or a cell on each line."""
    cells = [[cell for cell in row if cell] for row in rows]
    if shape == "pipes":
        return "\n".join(" | ".join(row) + " |\n|\n| |||" for row in cells)
    if shape == "tabs":
        return "\n".join("\t".join(row) for row in rows)
    apart = " |\n" if shape == "piped cells" else "\n"
    return apart.join(cell for row in cells for cell in row) + (" |" if shape == "piped cells" else "")


def table_of(rows: list[list[str]]) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><body><table>{cells}</table></body></html>"


def found_in(tmp_path: Path, name: str, text: str) -> list[tuple[str, str]]:
    """The findings above info: what stands at the cell, and the rule."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return [(f.primary.text, f.rule) for f in check(path).findings if f.severity is not Severity.INFO]


@pytest.mark.parametrize("shape", ["pipes", "cells", "piped cells"])
def test_signs_units_and_figures_stand_under_the_labels_that_they_must_have(shape: str) -> None:
    head, first, *_, worded, last = only_grid(lined(SIGNED if shape == "pipes" else [*SIGNED[:2], *SIGNED[3:]], shape))
    assert head[1:] == [*LABELS, "指标性质", "年度指标值", "度量单位", "实际完成值", "分值", "得分"]
    assert first[1:] == ["", *SIGNED[0]]
    assert worded[1:] == ["", *SIGNED[4]]
    assert last[1:] == SIGNED[5]


@pytest.mark.parametrize("shape", ["pipes", "tabs"])
def test_rows_of_target_result_and_points_are_told_by_them(shape: str) -> None:
    head, first, second, _, fourth, last = only_grid(lined(PLAIN, shape))
    assert head[1:] == [*LABELS, "年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
    assert first[2:8] == PLAIN[0]
    assert second[3:8] == PLAIN[1][1:]
    assert fourth[1:] == PLAIN[3]
    assert last[1:] == PLAIN[4]


@pytest.mark.parametrize(
    ("order", "labels"),
    [
        ((0, 3, 1, 2, 4), ["分值", "年度指标值", "实际完成值", "得分"]),
        ((0, 1, 3, 2, 4), ["年度指标值", "分值", "实际完成值", "得分"]),
    ],
)
def test_points_before_the_target_or_behind_it_are_told_too(order: tuple[int, ...], labels: list[str]) -> None:
    rows = [[*row[:1], *(row[1 + n] for n in order)] for row in (*PLAIN[:1], *PLAIN[2:3], *SHORT)]
    head = only_grid(lined(rows, "tabs"))[0]
    assert head[4:] == labels


SHORT = [["时效指标", "按时开班率", "100%", "100%", "15", "15"], ["成本指标", "人均费用", "≤800元", "780元", "10", "10"]]


def test_a_total_has_its_points_and_is_never_judged() -> None:
    document = restored(lined(SIGNED, "pipes") + "\n合计 | 100 | 99 |\n| |||\n评价结论 | 总体较好。 |")
    (table,) = document.tables
    assert grid(table)[-1][-2:] == ["100", "99"]
    assert table.open_rows


def test_without_points_only_bounds_tell_the_target_from_the_result() -> None:
    rows = [
        ["产出指标", "数量指标", "修缮房屋", "≥30间", "32间"],
        ["产出指标", "成本指标", "修缮费用", "60万元", "60万元"],
        ["满意度指标", "满意度指标", "住户满意度", "90%", "92%"],
    ]
    assert only_grid(lined(rows, "pipes"))[0][4:] == ["年度指标值", "实际完成值"]
    rows[0][3] = "30间"
    unsure = restored(lined(rows, "pipes"))
    assert not any("年度指标值" in row for table in unsure.tables for row in grid(table))
    assert [note.message for note in unsure.notes] == [NOTE]


@pytest.mark.parametrize(
    "rows",
    [
        [["数量指标", "开班", "≥", "10", "期", "10", "10"], ["质量指标", "考核", "≥", "5", "次", "5", "5"]],
        [
            ["数量指标", "开班", "5", "5", "5", "5"],
            ["质量指标", "考核", "6", "6", "6", "6"],
            ["时效指标", "结业", "4", "4", "4", "4"],
        ],
    ],
    ids=["points or result", "all alike"],
)
def test_figures_that_may_be_either_are_told_and_not_read(rows: list[list[str]]) -> None:
    document = restored(lined(rows, "pipes"))
    assert not document.tables
    assert [note.message for note in document.notes] == [NOTE]


def test_a_cell_too_few_leaves_its_row_open() -> None:
    rows = [*SIGNED[:2], ["质量指标", "灯具更换率", "≥", "30", "%", "10", "10"], *SIGNED[3:]]
    document = restored(lined(rows, "pipes"))
    (table,) = document.tables
    assert grid(table)[3][3:] == ["灯具更换率", "≥", "30", "%", "", "", ""]
    assert any("灯具更换率" in note.message for note in document.notes)


@pytest.mark.parametrize(
    "text",
    [
        "资金总额 | 100 | 98 | 10 | 10 |\n| ||\n其中：财政拨款 | 80 | 80 | 10 | 10 |\n| ||",
        (
            "数量指标 | 查证件数 | 全面核查 | 每少一件扣1分 | 10 | 9 |\n| ||\n"
            "质量指标 | 差错率 | 低于上年 | 每差一点扣2分 | 10 | 8 |\n| ||"
        ),
        "产出指标应当写明数量指标、质量指标。\n质量指标\n时效指标\n成本指标\n都要有依据。",
    ],
    ids=["funds", "criteria", "prose"],
)
def test_other_rows_are_no_tail(text: str) -> None:
    assert not any("年度指标值" in row for table in restored(text).tables for row in grid(table))


def test_labels_above_mean_that_there_is_a_header() -> None:
    text = "自评情况\n序号 | 三级指标 | 分值 |\n| ||\n" + lined(PLAIN, "pipes")
    assert not any("年度指标值" in row for table in restored(text).tables for row in grid(table))


@pytest.mark.parametrize("shape", ["pipes", "cells", "html"])
def test_what_is_right_gives_no_finding_and_a_flaw_is_found_at_its_cell(shape: str, tmp_path: Path) -> None:
    rows = [SIGNED[0], SIGNED[5], SIGNED[1], SIGNED[3]]
    spread = [[*[""] * (9 - len(row)), *row] for row in rows]
    flawed = [[*row] for row in rows]
    flawed[0][5] = "97"
    flawed[1][-1] = "11"
    wrong = [[*[""] * (9 - len(row)), *row] for row in flawed]
    name = "tail.html" if shape == "html" else "tail.txt"
    right_text, wrong_text = (
        (table_of(spread), table_of(wrong)) if shape == "html" else (lined(rows, shape), lined(flawed, shape))
    )
    assert found_in(tmp_path, name, right_text) == []
    assert sorted(found_in(tmp_path, name, wrong_text)) == [("10", "SCORE-010"), ("11", "SCORE-007")]


def test_the_fields_of_the_next_form_are_not_those_of_the_tail(tmp_path: Path) -> None:
    text = (
        lined(SIGNED, "pipes")
        + "\n合计 | 100 | 99 |\n| |||\n项目支出绩效自评表\n项目名称 | 绿化管护 | |||\n自评总分 | 88 | |||\n"
    )
    assert found_in(tmp_path, "two.txt", text) == []


@pytest.mark.parametrize("change", ["shifted", "no rows"])
def test_a_grid_whose_cells_do_not_stand_below_each_other_is_left_alone(change: str, tmp_path: Path) -> None:
    rows = (
        [["", *PLAIN[0]], [*PLAIN[2], ""], [*SHORT[0], ""]] if change == "shifted" else [["数量指标", "", "", ""], ["质量指标"]]
    )
    assert found_in(tmp_path, "tail.html", table_of(rows)) == []


def test_the_rows_of_a_grid_keep_their_addresses(tmp_path: Path) -> None:
    path = tmp_path / "tail.html"
    rows = [*PLAIN[:1], ["", "培训人数", "≥200人", "220人", "10", "11"], *PLAIN[2:3], *SHORT]
    path.write_text(table_of(rows), encoding="utf-8")
    (found,) = [f for f in check(path).findings if f.severity is not Severity.INFO]
    assert found.primary.address == "表1!R2C6"


def test_lines_without_groups_and_signs_are_not_cut() -> None:
    vocabulary = of_ruleset(load_ruleset())
    assert not headless.may_occur(["一、基本情况", "本年预算100万元。"] * 3, vocabulary)
    assert headless.may_occur(["质量指标", "时效指标", "成本指标"], vocabulary)
    assert headless.may_occur(["出勤率 | ≥ | 90 |", "合格率\t≥\t95"], vocabulary)
