"""Tables whose labels run into their first figure, and whose cells each end with a blank."""

from __future__ import annotations

import pytest

from tests.building.checking import check, heavy
from tests.forms.flattened import grid, only_grid, restored

ROWS = """某部下达补助资金分配表
单位:亿元
地区总额明细
已下达其中此次下达
甲省33.86 33.39  2.16 0.47
乙省8.65 8.33  1.38 0.32
丙省30.24 29.84  1.73 0.40
丁省5.33 5.11  0.93 0.22
戊市0.16 0.16~~~~
己省9.33 9.29  0.18 0.04
庚省~~~~~
辛省24.53 24.39 1.06 0.57 0.14
壬省20.69 20.06  2.72 0.63
以上各省补助已经下达。""".replace("~", " ")


def test_an_empty_cell_is_nothing_but_its_blank() -> None:
    rows = only_grid(ROWS)
    assert rows[0] == ["甲省", "33.86", "33.39", "", "", "0.47"]
    assert rows[4] == ["戊市", "0.16", "0.16", "", "", ""]
    assert rows[7][0] == "辛省"


def test_blanks_lost_at_the_end_of_a_line_were_empty_cells() -> None:
    assert only_grid(ROWS.replace("0.16 0.16    ", "0.16 0.16")) == only_grid(ROWS)


def test_the_row_in_which_the_text_breaks_off_is_no_row() -> None:
    assert only_grid(ROWS.replace("以上各省补助已经下达。", "癸省17.1")) == only_grid(ROWS)


@pytest.mark.parametrize(
    "change",
    [
        ("0.47", "0.48元左右"),
        ("0.63\n以上", "0.63 7.1\n子省8 1\n以上"),
        ("33.39  2.16", "33.39 2.16"),
    ],
    ids=["a row among others that is none", "more figures than columns", "another place"],
)
def test_what_does_not_come_out_even_is_not_guessed(change: tuple[str, str]) -> None:
    for table in restored(ROWS.replace(*change)).tables:
        assert all("2.16" not in row for row in grid(table))


def test_a_wrong_figure_is_found_and_a_whole_one_is_not() -> None:
    assert heavy(check(ROWS.encode(), "form.txt")) == []
    assert len(heavy(check(ROWS.replace("30.24", "30.42").encode(), "form.txt"))) == 1


def test_two_blanks_between_all_cells_are_no_empty_cells() -> None:
    rows = [f"{name}省{100 + 9 * n}  {60 + 4 * n}  {40 + 5 * n}  {7 + n}" for n, name in enumerate("甲乙丙丁戊己庚")]
    for table in restored("\n".join(["地区总额明细", *rows])).tables:
        assert all(not row[2:3] or row[2] for row in grid(table))
