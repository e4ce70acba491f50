"""Cells parted by lines with a tab alone: the rows are read as if each stood on one line."""

from __future__ import annotations

from itertools import product

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.apart import rows_apart
from validator.model.document import Paragraph

ROWS = (
    ("项目资金（万元）", " ", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("年度资金总额", "1320.00", "1300.00", "1170.00", "10", "90%", "9"),
    ("其中：当年财政拨款", "1320.00", "1300.00", "1170.00", "—", "90%", "—"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析"),
    ("产出指标", "数量指标", "改造管网长度", "≥12公里", "11.4公里", "45", "42.75", "受雨季影响"),
    ("新建水厂数量", "≥2座", "2座", "45", "45", " "),
    ("总分", "100", "96.75", " "),
)
SPREAD = "项目支出绩效自评表\n\n" + "\n\n\n\n\n".join("\n\n\t\n\n".join(row) for row in ROWS) + "\n\n填表人：赵敏"


def _rows(text: str) -> list[list[str]]:
    rows = rows_apart([Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1)])
    return [["".join(piece.text for piece in row)] for row in rows if any(piece.text.strip() for piece in row)]


def test_the_cells_of_a_row_come_together() -> None:
    expected = ["项目支出绩效自评表", *("\t".join(row) for row in ROWS), "填表人：赵敏"]
    assert _rows(SPREAD) == [[row] for row in expected]


def test_the_table_is_the_one_that_tabs_give() -> None:
    tabbed = "项目支出绩效自评表\n" + "\n".join("\t".join(row) for row in ROWS) + "\n填表人：赵敏"
    assert [grid(table) for table in restored(SPREAD).tables] == [grid(table) for table in restored(tabbed).tables]


def test_two_paragraphs_of_a_cell_between_tabs_are_one() -> None:
    assert _rows(SPREAD.replace("11.4公里", "11.4\n\n公里")) == _rows(SPREAD)


def test_without_wider_gaps_every_gap_is_between_rows() -> None:
    rows = [["项目", "预算数"], *([f"项目{n}", str(n)] for n in range(8))]
    text = "\n\n".join("\n\n\t\n\n".join(row) for row in rows)
    assert _rows(text) == [["\t".join(row)] for row in rows]


@pytest.mark.parametrize(
    "text", ["项目\t金额\n" * 9, "\t\n" * 3, "".join(f"\t{a}{b}\n" for a, b in product("甲乙丙", repeat=2))]
)
def test_other_tabs_are_no_such_marks(text: str) -> None:
    assert not _rows(text)
