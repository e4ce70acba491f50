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


FLAT = """部门整体支出绩效评价评分表
一级指标|二级指标|三级指标|分值|指标解释|评价标准|得分
投入|预算配置|人员控制率|12|编制控制程度|不超编计满分|12
||经费变动率|8|经费控制程度|每超1%扣1分|7
过程|预算执行|预算完成率|20|预算完成程度|按比例计分|19
|预算管理|资金使用合规性|30|资金使用情况|每发现一次扣2分|30
产出|职责履行|重点工作完成率|30|任务完成程度|按比例计分|29
合计|||100|||97"""


@pytest.mark.parametrize("apart", ["\n", "\n \n", " |\n", " "])
def test_the_last_level_alone_may_have_points(apart: str) -> None:
    text = FLAT.replace("|指标解释|", "|") if apart == " " else FLAT
    rows = [[cell for cell in line.split("|") if cell] for line in text.split("\n")[1:]]
    found = only_grid(cells(text, apart) + (" |" if "|" in apart else ""))
    assert [row.index(next(filter(None, row))) for row in found] == [0, 0, 2, 0, 1, 0, 0]
    assert ["".join(row).replace(" ", "") for row in found] == ["".join(row) for row in rows]


@pytest.mark.parametrize(
    "changed",
    [
        FLAT.replace("合计|||100|||97", ""),
        FLAT.replace("|100|", "|98|"),
    ],
    ids=["no total", "points that don't add up to it"],
)
def test_points_of_the_last_level_alone_need_a_total(changed: str) -> None:
    assert not any("100" in row or "98" in row for table in restored(cells(changed)).tables for row in grid(table))


def test_one_score_above_its_points_is_read_where_the_points_add_up() -> None:
    assert only_grid(cells(FLAT.replace("按比例计分|19", "按比例计分|21")))[3][3:] == [
        "20",
        "预算完成程度 按比例计分",
        "",
        "21",
    ]


def test_a_target_and_a_result_are_no_criteria() -> None:
    rows = [row for table in restored(cells(FLAT.replace("指标解释|评价标准", "目标值|实际值"))).tables for row in grid(table)]
    assert not any("编制控制程度 不超编计满分" in row for row in rows)


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


@pytest.mark.parametrize("apart", ["\n", " "])
def test_why_points_were_taken_off_may_stand_behind_some_scores(apart: str) -> None:
    rows = [line.split("|") for line in TABLE.split("\n")]
    why = {1: "评分说明", 3: "扣分原因：经费超支", 7: "扣分原因：资料不全"}
    texts = [[*row[:6], row[7], why.get(n, "")] if n else row for n, row in enumerate(rows)]
    found = only_grid(cells("\n".join("|".join(row) for row in texts), apart))
    assert found[:-1] == texts[1:-1]
