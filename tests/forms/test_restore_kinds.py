"""Rows among cells on lines of their own, found by figures below figures and words below words."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, only_grid, restored
from validator.forms.restore.kinds import NOWHERE, Cell, Kind, by_kinds, cut_off, is_like_a_year, kind_of
from validator.forms.restore.tokens import Gap, Token


def cells(text: str) -> list[Cell]:
    """Cells parted by a stroke, blank ones included."""
    parts = text.split("|")
    tokens = [((Token(part, n, 1, len(part), Gap.CELL),) if part else ()) for n, part in enumerate(parts)]
    return [Cell(found, n, ends=True) for n, found in enumerate(tokens)]


def named(name: str, text: str) -> bool:
    """Knows but the word for a row of numbers."""
    return name == "numbering" and text == "栏次"


def runs(text: str) -> list[tuple[list[list[str]], bool]]:
    """Return the texts of the rows found, and whether each run is sure."""
    return [([[cell.text for cell in row] for row in rows], sure) for rows, sure in by_kinds(cells(text), named)]


ROWS = "项目|上年|本年|甲|1.5|2.5|乙||3|丙|4|5"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.BLANK),
        ("12.5", Kind.FIGURE),
        ("30%", Kind.FIGURE),
        ("-", Kind.NEUTRAL),
        ("1997", Kind.NEUTRAL),
        ("合计", Kind.WORD),
    ],
)
def test_a_cell_holds_a_figure_words_or_what_may_be_either(text: str, kind: Kind) -> None:
    assert kind_of(cells(text)[0]) is kind


@pytest.mark.parametrize(("text", "year"), [("1997", True), ("2031", True), ("2197", False), ("997", False)])
def test_a_number_may_look_like_a_year(text: str, *, year: bool) -> None:
    assert is_like_a_year(text) is year


def test_rows_come_out_even_at_their_width() -> None:
    assert runs(ROWS) == [([["项目", "上年", "本年"], ["甲", "1.5", "2.5"], ["乙", "", "3"], ["丙", "4", "5"]], True)]


def test_figures_behind_make_them_unsure_but_for_a_note_between() -> None:
    assert not runs(ROWS + "|其他|事项|7|8")[0][1]
    assert runs(ROWS + "|注：其他事项|另表|7|8")[0][1]


def test_one_row_will_do_below_a_row_that_numbers_the_columns() -> None:
    assert runs("项目|甲|乙|合计|栏次|1|2|3=1+2|某县|4.5|5.5|10") == [
        ([["项目", "甲", "乙", "合计"], ["栏次", "1", "2", "3=1+2"], ["某县", "4.5", "5.5", "10"]], True)
    ]


def test_labels_out_of_step_stay_above_the_row_that_numbers_the_columns() -> None:
    ((rows, _),) = runs("项目|甲|栏次|1|2|3=1+2|某县|4.5|5.5|10")
    assert rows[0] == ["栏次", "1", "2", "3=1+2"]


def test_a_row_that_breaks_off_is_filled_up_with_cells_that_stand_nowhere() -> None:
    row = cut_off(cells("甲|1"), 4)
    assert [cell.line for cell in row] == [0, 1, NOWHERE, NOWHERE]


CANTEEN = """食堂收支表|||||
项目|本月|累计|||
一、收入|218.5|701.0|||
二、支出|162.5|482.0|||
1.菜品|122.5|343.5|||
2.燃气|||||
3.水电|40.0|138.5|||
三、管理|62.0|226.0|||
1.办公|9.5|36.0|||
2.其他||190.0|||
四、财务|1.5|5.0|||
五、结余|-7.5|-12.0|||"""


def canteen(text: str) -> str:
    return "单位：万元\n" + text.replace("\n", "").replace("|", " |\n") + "\n以上。"


def test_a_row_with_a_cell_too_many_keeps_its_label_and_the_rows_behind_it_their_places() -> None:
    rows = only_grid(canteen(CANTEEN))
    document = restored(canteen(CANTEEN.replace("2.其他||190.0|||", "2.其他|||190.0|||")))
    (table,) = document.tables
    lost = next(n for n, row in enumerate(rows) if "2.其他" in row)

    assert [row for n, row in enumerate(grid(table)) if n != lost] == [row for n, row in enumerate(rows) if n != lost]
    assert [cell for cell in grid(table)[lost] if cell] == ["2.其他"]
    assert [note.message for note in document.notes] == ["“2.其他”一行少了几格，分不出各数属于哪一栏，未作核对。"]


def test_a_row_with_two_cells_too_many_ends_the_table() -> None:
    document = restored(canteen(CANTEEN.replace("2.其他||190.0|||", "2.其他|||190.0||||")))
    assert not document.tables
    assert document.notes


PROJECTS = """序号|乡镇|项目|中央|省级|备注|
1|青石镇|渠道修复|20|5||
2|白石镇|河堤加固|15|8||
3|黄石镇|水圳清淤|30|12||
合计|65|25|
"""


def in_cells(text: str) -> str:
    return "单位：万元\n" + text.replace("\n", "").replace("|", " |\n")


@pytest.mark.parametrize("behind", ["", "附件2\n绩效目标表"])
def test_a_total_behind_rows_may_have_but_its_label_and_its_figures(behind: str) -> None:
    rows = only_grid(in_cells(PROJECTS) + behind)
    assert rows[-1] == ["合计", "", "", "65", "25", ""][: len(rows[-1])]


@pytest.mark.parametrize("total", ["合计|65|", "总投资|65|25|", "合计|65|25|3|"])
def test_but_not_with_more_or_fewer_figures_or_another_label(total: str) -> None:
    assert not restored(in_cells(PROJECTS.replace("合计|65|25|", total))).tables


def test_two_rows_with_figures_will_do_among_three_left_unfilled_where_all_cells_are_theirs() -> None:
    text = "项目|预算数|合计|0.4|出国费||接待费|0.4|购车费||用车费|"
    (rows, sure), *others = runs(text)
    assert (len(rows), sure, others) == (6, True, [])
    assert runs(text.removesuffix("|用车费|")) == []
    assert runs(text + "|备注") == []
