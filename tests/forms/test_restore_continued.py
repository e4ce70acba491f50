"""Markdown tables that a page broke in two: the rows of the second go below those of the first when they fit."""

from __future__ import annotations

from tests.forms.flattened import grid
from validator.forms.restore import restore
from validator.model.document import Document
from validator.readers import read
from validator.rules.load import load_ruleset

TITLE = "项目支出绩效自评表"
FIRST = (
    "|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|",
    "|---|---|---|---|---|---|---|",
    "|产出指标|数量指标|改造管网长度|≥12公里|12.5公里|20|20|",
    "|产出指标|质量指标|水质达标率|≥95%|97%|30|30|",
)
SECOND = (
    "|效益指标|社会效益指标|受益人口|≥3万人|3万人|40|38|",
    "|---|---|---|---|---|---|---|",
    "|总分|||||90|88|",
)


def document(*lines: str) -> Document:
    return restore(read("\n".join(lines).encode(), name="form.md"), load_ruleset())


def test_rows_of_the_next_page_go_below_those_before() -> None:
    (table,) = document(TITLE, "", *FIRST, "", "- 2 -", "", *SECOND).tables
    assert [row[-1] for row in grid(table)] == ["得分", "20", "30", "38", "88"]
    assert not table.open_rows
    assert table.rows[3][2].address == "表2!R1C3"  # type: ignore[union-attr]


def test_a_row_that_the_page_tore_leaves_the_list_open() -> None:
    (table,) = document(TITLE, "", *FIRST, "", "时效指标", "按期完工率", "", *SECOND).tables
    assert table.open_rows == {2}


def test_a_table_with_other_columns_stays_and_leaves_the_list_open() -> None:
    other = ("|效益指标|受益人口|≥3万人|3万人|40|38|", "|---|---|---|---|---|---|", "|总分||||90|88|")
    first, second = document(TITLE, "", *FIRST, "", *other).tables
    assert first.open_rows == {2}
    assert [row[-1] for row in grid(second)] == ["38", "88"]


def test_a_whole_table_and_one_with_a_header_stay_apart() -> None:
    assert len(document(TITLE, *FIRST, "|总分|||||50|50|", "", *SECOND).tables) == 2
    assert len(document(TITLE, *FIRST, "", *FIRST).tables) == 2
    assert len(document(TITLE, *FIRST, "", TITLE, *SECOND).tables) == 2
