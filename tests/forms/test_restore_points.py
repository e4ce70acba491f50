"""Two bare figures of a row that lost two cells: target and actual, or points and score."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.align import Column, Placed
from validator.forms.restore.points import doubt, without_points_of_group
from validator.forms.restore.rows import Row
from validator.forms.restore.tokens import Gap, Token

AREAS = [f"数量指标 {name}育苗面积 {n}.5亩 {n}.5亩" for n, name in enumerate("甲乙丙丁戊", 1)]
HEADER = "二级指标 三级指标 分值 年度指标值 实际完成值 得分"


def told(row: str) -> tuple[str, int]:
    """Return the figures that are read of a row among others without points, a row a line, and how many rows can't be read."""
    document = restored("\n".join(("项目支出绩效自评表", HEADER, *AREAS, row, "时效指标 完工面积 80亩 80亩")))
    return "/".join(filter(None, grid(document.tables[0])[len(AREAS) + 1][-4:])), len(document.notes)


@pytest.mark.parametrize("row", ["质量指标 树苗成活率 10 9", "质量指标 树苗成活率 20 20"])
def test_figures_that_may_be_points_are_neither(row: str) -> None:
    assert told(row) == ("", 1)


@pytest.mark.parametrize("row", ["质量指标 树苗成活率 9 10", "质量指标 树苗成活率 100 100", "质量指标 树苗成活率 10% 9%"])
def test_figures_that_can_be_no_points_are_target_and_actual(row: str) -> None:
    assert told(row) == ("/".join(row.split()[-2:]), 0)


def test_cells_that_are_there_leave_no_doubt() -> None:
    rows = ("数量指标\t育苗面积\t\t5.5亩\t5.5亩\t", "质量指标\t树苗成活率\t\t10\t9\t")
    document = restored("\n".join(("项目支出绩效自评表", HEADER.replace(" ", "\t"), *rows)))

    assert grid(document.tables[0])[2][-4:] == ["", "10", "9", ""]
    assert not document.notes


def test_blanks_beside_the_figures_tell_nothing() -> None:
    """Cells left blank may as well be the next row's, and are no sign that the figures before them are no points."""
    types = ("name", "target", "actual", "points", "points", "text")
    tokens = [Token(text, line, 1, 1, Gap.LINE) for line, text in enumerate(("树苗成活率", "10", "9", "", "", ""))]
    placed = [Placed(column, starts=column == 0, joins=False, sure=True) for column in range(len(types))]

    assert [place.sure for place in doubt(tokens, placed, [Column(type, type) for type in types])] == [
        True,
        False,
        False,
        True,
        True,
        True,
    ]


def test_a_figure_far_above_a_hundred_is_no_weight() -> None:
    """A strange line in a row made its answer the weight, and the total of the weights seemed wrong by it."""
    header = "一级指标 二级指标 三级指标 指标性质 指标值 度量单位 完成值 权重 得分 未完成原因分析"
    rows = [f"产出指标 数量指标 检测{name}水样 ≥ 320 批次 384 10 10" for name in "甲乙丙丁"]
    cells = "\n".join(("项目支出绩效自评表", header, *rows)).replace(" ", "\n")
    messed = cells.replace("批次\n384", "批次\n报表编号：20230013\n384", 1)
    assert messed != cells
    (table,) = restored(messed).tables
    weights = [row[grid(table)[0].index("权重")] for row in grid(table)[1:]]
    assert "384" not in weights


LONE = [f"{name}面积 ≥{n}亩 {n}亩 {n + 5}" for n, name in enumerate(["播种", "补种", "移栽", "除草", "浇灌"], 1)]
GROUPED = (*LONE, "效益指标 社会效益 树苗成活率 ≥90% 92% 30 30", "满意度指标 满意度 群众满意率 ≥90% 95% 10 10")


@pytest.mark.parametrize(
    ("first", "total", "points"),
    [
        ("60 20", "总分 100 100", ["60/20", "/6", "/7"]),
        ("60 20", "", ["60/20", "/6", "/7"]),
        ("20 20", "总分 100 60", ["20/20", "6/", "7/"]),
        ("45 20", "总分 100 60", ["45/20", "/", "/"]),
    ],
)
def test_a_figure_for_points_and_score_is_what_the_sums_make_it(first: str, total: str, points: list[str]) -> None:
    """Where the points of the group, or of the row, add up; neither where they add up in no way."""
    header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"
    rows = (header, f"产出指标 数量指标 育苗面积 ≥9亩 9亩 {first}", *GROUPED, total)
    document = restored("\n".join(("项目支出绩效自评表", *("\t".join(row.split()) for row in rows))))
    (table,) = document.tables
    assert ["/".join(row[-2:]) for row in grid(table)[1:4]] == points
    assert any("“6”、“7”" in note.message for note in document.notes) is ("/" in points)


@pytest.mark.parametrize(("below", "kept"), [("50", False), ("6.5", True)])
def test_points_of_a_group_centred_beside_its_rows_are_no_score(below: str, kept: bool) -> None:
    columns = [Column("name", "name"), Column("weight", "points"), Column("score", "points")]
    cells = {
        0: [Token("培训人次", 1, 1, 4, Gap.LINE)],
        1: [Token("8", 1, 6, 6, Gap.SPACE)],
        2: [Token(below, 2, 1, 2, Gap.LINE)],
    }
    row = Row(cells)
    without_points_of_group([row], columns)
    assert (2 in row.cells, row.summed) == (kept, kept)
