"""Tables with a cell on each line below a row that numbers their columns."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.forms.flattened import grid, only_grid, restored

CELLS = [
    ["2030年", "2031年"],
    ["核定面积\n(上报数)", "补贴面积", "户数", "核定面积", "增减面积", "增减原因"],
    ["~", "1", "2", "3", "4", "5=4-2", "6"],
    ["~", "808.54", "803.03", "746", "806.84", "3.81", "~"],
    ["东山镇", "458.88", "458.88", "92", "453.16", "-5.72", "改种果树"],
    ["西山镇", "318.60", "313.69", "550", "333.49", "19.80", "~"],
    ["~", "31.06", "30.46", "104", "20.19", "-10.27", "修路占地"],
]


def text_of(cells: list[list[str]], gap: str = "\n\n") -> str:
    """Return a cell on each line, those that are blank as a blank that does not break."""
    return gap.join(["某县种植面积核定表", "单位:亩、户", *(cell for row in cells for cell in row)]).replace("~", "\xa0")


def test_the_numbers_tell_how_wide_the_table_is() -> None:
    rows = only_grid(text_of(CELLS))
    assert [row[-1] for row in rows[2:]] == ["", "改种果树", "", "修路占地"]
    assert [row[0] for row in rows] == ["", "", "", "东山镇", "西山镇", ""]
    assert rows[-1][1:6] == ["31.06", "30.46", "104", "20.19", "-10.27"]


def test_labels_stand_over_the_columns_where_there_is_one_for_each() -> None:
    assert only_grid(text_of(CELLS))[0][1:] == ["核定面积 (上报数)", "补贴面积", "户数", "核定面积", "增减面积", "增减原因"]
    with_corner = [["乡镇", *CELLS[1]], *CELLS[2:]]
    assert only_grid(text_of(with_corner))[0][0] == "乡镇"


def test_labels_stand_over_nothing_where_that_cannot_be_told() -> None:
    (table,) = restored(text_of([["面积", "户数", "其他"], *CELLS[1:]])).tables
    assert grid(table)[0][1:4] == ["1", "2", "3"]


def test_a_wrong_figure_is_found_and_a_whole_one_is_not() -> None:
    assert heavy(check(text_of(CELLS).encode(), "form.txt")) == []
    assert len(heavy(check(text_of(CELLS).replace("19.80", "18.90").encode(), "form.txt"))) == 1


def test_the_row_in_which_the_text_breaks_off_is_open() -> None:
    (table,) = restored(text_of([*CELLS, ["南山镇", "32"]])).tables
    assert grid(table)[-1] == ["南山镇", "", "", "", "", "", ""]
    assert table.open_rows == {len(table.rows) - 1}


@pytest.mark.parametrize(
    "change",
    [
        ("5=4-2", "5"),
        ("\n\n458.88\n\n458.88", "\n\n458.88"),
        ("\n\n改种果树", ""),
        ("\n\n92\n\n", "\n\n无此项\n\n"),
    ],
    ids=["no formula", "a cell lost", "a word lost", "a word below figures"],
)
def test_rows_of_another_width_are_not_guessed(change: tuple[str, str]) -> None:
    text = text_of(CELLS)
    assert change[0] in text
    assert heavy(check(text.replace(*change).encode(), "form.txt")) == []
