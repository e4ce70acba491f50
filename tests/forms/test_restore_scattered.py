"""Forms taken from a PDF: the labels of the columns stand scattered before rows that came whole."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored

HEAD = (
    "某县项目支出绩效自评表 (2022年度) 项目名称 饮水工程 主管部门 水务局 年初预算 数 0 资金总额 年度 总体 目标 一级 指标 — "
    "保障供水 年度 实际 指标值 完成值 二级指标 三级指标 分值 得分"
)
ROWS = (
    ("指标1：新建水厂", "2座", "2座", "10", "10"),
    ("指标2：铺设管网", "≥40 公里", "38 公里", "10", "9.5"),
    ("指标3：验收合格率", "100%", "100%", "10", "10"),
    ("指标4：受益人口", "3500人", "3200人", "10", "9.1"),
    ("单位造价 控制", "≤ 95 万元/公里", "94", "10", "10"),
    ("群众满意度", "≥90%", "93%", "5", "5"),
)


def text(rows: tuple[tuple[str, ...], ...] = ROWS, head: str = HEAD, between: str = " ") -> str:
    return f"{head} {between.join(' '.join(row) for row in rows)} 质量指标 水质"


def found(line: str) -> list[list[str]]:
    tables = restored(line).tables
    return grid(tables[-1]) if tables else []


def test_a_name_and_four_figures_are_a_row_below_the_labels_that_stand_before_it() -> None:
    rows = found(text())
    header = next(n for n, row in enumerate(rows) if "指标值" in row)
    assert [label for label in rows[header] if label] == ["三级指标", "指标值", "完成值", "分值", "得分"]
    assert [tuple(cell for cell in row if cell) for row in rows[header + 1 :]] == list(ROWS)


def test_no_total_is_asked_of_rows_of_which_some_may_be_missing() -> None:
    (table,) = restored(text()).tables
    assert len(table.open_rows) == len(ROWS)


def test_figures_that_are_no_row_are_told_and_left_out() -> None:
    document = restored(text(between=" 报告 数 签约率 14例 14例 2 2 24人 22人 2 1.7 "))
    assert [cell for row in grid(document.tables[-1]) for cell in row].count("14例") == 0
    assert any("14例" in note.message for note in document.notes)


@pytest.mark.parametrize(
    "line",
    [
        text(ROWS[:4]),  # too few rows
        text(head=HEAD.replace("得分", "")),  # no label for the last column
        text(tuple((name, "3", "3", "5", "5") for name, *_ in ROWS)),  # nothing shows which figure is which
        text(tuple((*row[:3], row[4], "30") for row in ROWS)),  # scores above their weights
        text(tuple((*row[:3], "30", "30") for row in ROWS)),  # weights beyond a hundred
        text(tuple((*row, "1") for row in ROWS)),  # five figures
    ],
)
def test_rows_that_do_not_bear_themselves_out_are_left_alone(line: str) -> None:
    assert not any("指标值" in row for row in found(line))


def test_numbered_names_that_stand_together_have_the_figures_behind_them_in_order() -> None:
    pair = (("指标5：巡检次数及维护 记录", "12次", "12次", "10", "10"), ("指标6：水费收缴率", "98%", "90%", "10", "9.2"))
    together = " ".join((pair[0][0], pair[1][0], *pair[0][1:], *pair[1][1:]))
    rows = found(f"{HEAD} {' '.join(' '.join(row) for row in ROWS)} {together} 质量指标 水质")
    assert ["".join(cell.split()) for cell in rows[-2] if cell] == ["".join(cell.split()) for cell in pair[0]]
    assert tuple(cell for cell in rows[-1] if cell) == pair[1]


@pytest.mark.parametrize(
    "together",
    [
        "巡检次数 水费收缴率 12次 12次 10 10 98% 90% 10 9.2",
        "指标5：巡检次数 指标6：水费收缴率 12次 12次 10 10 98% 90% 10",
        "指标6：水费收缴率 12次 12次 10 10 98% 90% 10 9.2",
    ],
    ids=["names without numbers", "a figure too few", "a name too few"],
)
def test_names_that_stand_together_are_left_where_they_do_not_come_out_even(together: str) -> None:
    rows = found(f"{HEAD} {' '.join(' '.join(row) for row in ROWS)} {together} 质量指标 水质")
    assert not any("水费收缴率" in cell for row in rows[2:] for cell in row if "9.2" in row)
