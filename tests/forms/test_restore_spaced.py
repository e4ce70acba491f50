"""Tables whose cells stand one blank apart, with empty cells told by longer runs of blanks."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored

WITH_BLANKS = """某局2031年“三公”经费表
单位:元
项目 2030年执行数 2031年预算数
合计   25000
1、出国费~~~~
2、接待费 300 15000
3、用车费   10000
其中:购置费~~~~
""".replace("~", " ")
TWO_LEVELS = """项目 2031年预算数
小计 其中:财政安排
合计 21.6 20.6
出国费 不需填列 不需填列
接待费 14.8 13.8
    用车费 6.8 6.8
购置费~~~~
""".replace("~", " ")


def test_empty_cells_come_back_where_the_blanks_tell_them() -> None:
    rows = only_grid(WITH_BLANKS)
    assert rows == [
        ["项目", "2030年执行数", "2031年预算数"],
        ["合计", "", "25000"],
        ["1、出国费", "", ""],
        ["2、接待费", "300", "15000"],
        ["3、用车费", "", "10000"],
        ["其中:购置费", "", ""],
    ]


def test_a_blank_that_does_not_break_counts_as_one() -> None:
    assert only_grid(WITH_BLANKS.replace("合计   25000", "合计 \xa0 25000"))[1] == ["合计", "", "25000"]


def test_words_may_stand_in_all_cells_of_a_row() -> None:
    rows = only_grid(TWO_LEVELS)
    assert rows[0] == ["项目", "2031年预算数", "2031年预算数"]
    assert rows[3] == ["出国费", "不需填列", "不需填列"]
    assert rows[-1] == ["购置费", "", ""]


def test_a_figure_keeps_its_address() -> None:
    (table,) = restored(WITH_BLANKS).tables
    cell = table.at(1, 2)
    assert cell is not None
    assert cell.address == "L4:6-10"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("合计   25000", "合计  25000"),
        ("合计   25000", "合计     25000"),
        ("项目 2030年执行数 2031年预算数\n", ""),
        ("其中:购置费    ", "其中:购置费 1 2 3"),
    ],
)
def test_rows_whose_blanks_come_out_uneven_are_not_guessed(old: str, new: str) -> None:
    document = restored(WITH_BLANKS.replace(old, new))
    assert all("25000" not in str(table.rows) for table in document.tables)
