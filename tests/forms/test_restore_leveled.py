"""Score tables with points for each level and a cell on each line."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored

TABLE = """部门整体支出绩效评价评分表
一级指标|分值|二级指标|分值|三级指标|分值|评价标准|得分
投入|20|预算配置|20|人员控制率|12|以100%为限，每超过1个百分点扣1分。|12
||||经费变动率|8|不超过上年的计8分，超过的酌情扣分。|7
过程|50|预算执行|20|预算完成率|20|全部完成计满分。|19
||预算管理|30|公用经费控制率|14|不超过预算计14分。|14
||||资金使用合规性|16|合规计16分。|16
产出|30|职责履行|30|重点工作完成率|30|按比例计分。|29
合计|100||||100||97"""
ROWS = [(line.split("|") + [""] * 8)[:8] for line in TABLE.split("\n")[1:]]


def cells(text: str, apart: str = "\n") -> str:
    return apart.join(cell for cell in text.replace("\n", "|").split("|") if cell)


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_names_stand_in_the_last_levels_with_their_points(apart: str) -> None:
    rows = only_grid(cells(TABLE, apart))
    assert rows[:-1] == ROWS[:-1]
    assert [cell for cell in rows[-1] if cell] == ["合计", "100", "100", "97"]


def piped(text: str) -> str:
    """Rows on lines with what merged cells leave over at the end, as pages become text; the title is closed like a cell."""
    title, *rows = text.split("\n")
    filled = [[cell for cell in row.split("|") if cell] for row in rows]
    return "\n".join([f"{title} |", *(" | ".join(row) + " |" + "|" * (8 - len(row)) for row in filled)])


@pytest.mark.parametrize("text", [piped(TABLE), cells(TABLE, " "), cells(TABLE, " |\n") + " |"], ids=["rows", "line", "cells"])
def test_levels_tell_the_rows_whatever_parts_the_cells(text: str) -> None:
    assert only_grid(text)[:-1] == ROWS[:-1]


def test_criteria_may_be_left_out_and_a_rate_may_follow() -> None:
    rows = [line.split("|") for line in TABLE.split("\n")]
    texts = [[*row[:6], *row[7:], "得分率" if n == 1 else "95%"] if n else row for n, row in enumerate(rows)]
    found = only_grid(cells("\n".join("|".join(row) for row in texts)))
    assert found[:3] == [[*row[:6], row[7], rate] for row, rate in zip(ROWS[:3], ("得分率", "95%", "95%"), strict=True)]


def test_how_points_are_given_may_take_several_lines() -> None:
    rows = only_grid(cells(TABLE.replace("以100%为限，", "以100%为限，\n")))
    assert rows[1][6] == "以100%为限， 每超过1个百分点扣1分。"


def test_labels_of_points_may_be_those_of_scores() -> None:
    rows = only_grid(cells(TABLE.replace("分值", "得分")))
    assert rows[2] == ROWS[2]


def test_one_name_may_have_other_points_than_those_below_it() -> None:
    assert only_grid(cells(TABLE.replace("预算管理|30", "预算管理|31")))[4][3] == "31"


@pytest.mark.parametrize(
    "changed",
    [
        TABLE.replace("预算管理|30", "预算管理|31").replace("投入|20", "投入|25"),
        TABLE.replace("合规计16分。|16", "合规计16分。"),
        TABLE.replace("|12|以", "|以"),
        TABLE.replace("计14分。|14", "计14分。|15"),
        TABLE.replace("|评价标准|", "|"),
    ],
    ids=["two names differ", "a score is missing", "points are missing", "a score above its points", "no column of criteria"],
)
def test_what_does_not_bear_itself_out_is_no_table(changed: str) -> None:
    document = restored(cells(changed))
    assert not document.tables
    assert document.notes


@pytest.mark.parametrize("criteria", ["合理", "达标"])
def test_short_words_between_two_figures_may_be_names(criteria: str) -> None:
    rows = "".join(f"指标{n}|5|{criteria}|{5 - n % 2}\n" for n in range(2, 7))
    text = (
        f"评分表\n一级指标|分值|二级指标|分值|三级指标|分值|评价标准|得分\n甲|30|乙|30|指标1|5|{criteria}|5\n{rows}合计|30|27"
    )
    assert not restored(cells(text)).tables


def test_a_grid_of_a_text_that_ends_keeps_the_rows_it_has() -> None:
    (table,) = restored(cells(TABLE.rpartition("\n")[0])).tables
    assert grid(table) == ROWS[:-1]
