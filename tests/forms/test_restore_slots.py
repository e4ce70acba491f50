"""Tab-separated rows that lost no cell: each cell stands under the label of its slot, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.forms.flattened import explained, flatten, lost, misplaced, only_grid, restored
from validator.forms.restore.align import Aligner, Column, Layout
from validator.forms.restore.slots import parted, place_by_slot
from validator.forms.restore.tokens import cut
from validator.forms.restore.vocabulary import of_ruleset
from validator.rules.load import load_ruleset

TYPES = ("group", "name", "text", "target", "actual", "points", "points")
IDS = ("subcategory", "name", "explanation", "target", "actual", "weight", "score")
COLUMNS = tuple(Column(id, type, slot) for slot, (id, type) in enumerate(zip(IDS, TYPES, strict=True)))
HEADER = ("二级指标", "三级指标", "评分标准", "年度指标值", "实际完成值", "分值", "得分")


def placed(*rows: str) -> list[list[str]]:
    """Restore a block of tab-separated rows and return what stands below its header."""
    text = "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in (" | ".join(HEADER), *rows))
    return only_grid(f"项目支出绩效自评表\n{text}")[1:]


@given(rows=explained())
@settings(max_examples=150, deadline=None)
def test_an_explanation_that_looks_like_a_figure_moves_no_other(rows: list[list[str]]) -> None:
    flat = flatten(rows, "tab", keep_blanks=True)
    document = restored(flat.text)
    assert not list(misplaced(rows, flat, document, label=2))
    assert not lost(rows, flat, document)


def test_a_column_at_the_end_that_nobody_knows_is_one_all_the_same() -> None:
    text = "二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t佐证编号\n数量指标\t甲\t≥1次\t2次\t10\t10\t12"
    assert only_grid(text)[1][-2:] == ["10", "12"]


def test_labels_and_serial_numbers_stand_left_of_the_columns_that_are_known() -> None:
    lines = [
        "序号|项目名称|年初预算数|全年预算数|全年执行数|执行率",
        "1|甲项目|10|12|6|50%",
        "2|5.乙项目|20||20|100%",
        "|合计|30|32|26|81.25%",
    ]
    text = "\n".join(line.replace("|", "\t") for line in lines)
    assert only_grid(f"2023年度项目支出绩效自评汇总表\n{text}")[-3:] == [
        ["1", "甲项目", "10", "12", "6", "50%"],
        ["2", "5.乙项目", "20", "", "20", "100%"],
        ["", "合计", "30", "32", "26", "81.25%"],
    ]


SURE = "数量指标 | 甲 | 5 | ≥1次 | 2次 | 10 | 10"


@pytest.mark.parametrize(
    "row",
    [
        "数量指标 | 乙 | ≥1次 | 2次 | 20 | 20 |",
        "乙 | 12次 | ≥1次 | 2次 | 20 | 20 |",
        "数量指标 | 乙 | ≥1次 | 2次 | 20 | 20",
    ],
    ids=["without its explanation", "without its group", "a slot short"],
)
def test_a_row_that_slipped_is_left_to_the_alignment(row: str) -> None:
    assert placed(SURE, SURE, row, SURE)[2][-4:] == ["≥1次", "2次", "20", "20"]


@pytest.mark.parametrize(("line", "marks"), [("a\tb\t", 2), ("a\x07b c", 1), ("| a | b |", 3), ("a b", 0)])
def test_marks_between_cells_are_counted(line: str, marks: int) -> None:
    assert parted(line) == marks


@pytest.mark.parametrize(
    "row",
    [
        "产出指标 | 甲 | 12次 | ≥1次 | 2次 | 10 | 10",
        " | 数量指标 | 完成 | ≥1次 | 2次 | 10 | 10",
        "数量指标 |  | 甲 | ≥1次 | 2次 | 10 | 10",
    ],
    ids=["a group of another column", "a group for a name", "no name"],
)
def test_rows_of_which_most_make_no_sense_so_have_no_slots(row: str) -> None:
    aligner = Aligner("indicators", COLUMNS, Layout(lines_are_rows=True, one_line=False), of_ruleset(load_ruleset()))
    texts = ["\t".join(cell.strip() for cell in line.split("|")) for line in (" | ".join(HEADER), row)]
    assert not place_by_slot(cut(texts, lambda _: False)[len(HEADER) :], texts, 0, aligner)
