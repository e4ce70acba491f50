"""Figures that run together are taken apart where the rows around them leave one way, and stay as they are elsewhere."""

from __future__ import annotations

import pytest

from tests.forms.flattened import restored
from validator.forms.restore.tokens import cut
from validator.forms.restore.unfused import with_figures_apart

WHOLE = "甲镇 95.65 93.70 95.80 94.91 1\n乙镇 95.37 93.80 96.15 94.90 2\n"
HEAD = "乡镇 系统考核 现场考核 履职考核 总 分 名次\n\n(占40%) (占40%) (占20%)\n\n"


def last_row(row: str, above: str = WHOLE) -> list[str]:
    """Return the tokens of a row below whole ones."""
    tokens = with_figures_apart(cut((above + row).split("\n"), lambda _: False))
    return [token.text for token in tokens if token.line == tokens[-1].line]


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        ("丙镇 95.67 93.9393.1094.463", "95.67 93.93 93.10 94.46 3"),
        ("丙镇95.6793.9393.1094.46 3", "95.67 93.93 93.10 94.46 3"),
        ("丙镇 100.0093.93 93.10 96.693", "100.00 93.93 93.10 96.69 3"),
        ("丙镇 95.6793.93 93.10 94.4610", "95.67 93.93 93.10 94.46 10"),
    ],
)
def test_each_figure_ends_where_the_others_do(row: str, figures: str) -> None:
    assert last_row(row) == ["丙镇", *figures.split()]


def test_a_figure_with_more_decimals_than_all_others_has_run_into_the_next() -> None:
    text = "子镇 95.65 93.70 95.80 94.911\n" + WHOLE + "丙镇 95.6793.93 93.10 94.46 3"
    tokens = with_figures_apart(cut(text.split("\n"), lambda _: False))
    assert [token.text for token in tokens if token.line == 0] == ["子镇", "95.65", "93.70", "95.80", "94.91", "1"]


@pytest.mark.parametrize(
    "row",
    [
        "丙镇 95.67 93.9393.1094.46",
        "丙镇 95.67 93.9393.194.463",
        "丙镇 95.67 9.9393.1094.463",
        "丙镇 95.67 9393.1094.4693.933",
        "丙镇 95.67 93.93%93.1094.463",
    ],
    ids=["too few", "a zero was dropped", "much smaller", "a whole number before", "a rate among them"],
)
def test_a_row_that_does_not_come_out_even_stays(row: str) -> None:
    last = "丁镇 94.00 93.00 92.00 93.20 4"
    tokens = with_figures_apart(cut(f"{WHOLE}{row}\n{last}".split("\n"), lambda _: False))
    assert [token.text for token in tokens if token.line == 2] == row.split()


@pytest.mark.parametrize(
    "above",
    [
        WHOLE.replace("93.70", "93.7"),
        WHOLE.replace("93.70", "93.71").replace("95.80", "95.81").replace("93.80", "93.81").replace("94.90", "94.91"),
        WHOLE.split("\n", maxsplit=1)[0] + "\n",
        WHOLE + "丁镇 94.00 93.00 92.00 93.20\n",
    ],
    ids=["unlike decimals", "zeros may be lost", "one whole row", "rows of two lengths"],
)
def test_rows_that_tell_too_little_leave_all_as_it_is(above: str) -> None:
    assert last_row("丙镇 95.67 93.9393.1094.463", above) == ["丙镇", "95.67", "93.9393.1094.463"]


def test_dates_and_numbered_headings_are_no_figures_that_run_together() -> None:
    text = WHOLE + "1.2.3 2023.10.15 公示\n1.1概述"
    tokens = with_figures_apart(cut(text.split("\n"), lambda _: False))
    assert [token.text for token in tokens if token.line > 1] == ["1.2.3", "2023.10.15", "公示", "1.1概述"]


def test_the_addresses_are_those_of_the_pieces() -> None:
    (table,) = restored(HEAD + WHOLE + "丙镇 95.67 93.9393.1094.463").tables
    row = [cell for cell in table.rows[-1] if cell is not None]
    assert [(cell.text, cell.address) for cell in row] == [
        ("丙镇", "L7:1-2"), ("95.67", "L7:4-8"), ("93.93", "L7:10-14"), ("93.10", "L7:15-19"), ("94.46", "L7:20-24"),
        ("3", "L7:25-25"),
    ]  # fmt: skip


def test_what_the_lower_labels_have_in_brackets_goes_with_the_scores() -> None:
    (table,) = restored(HEAD + WHOLE + "丙镇 95.67 93.93 93.10 94.46 3").tables
    head = [[cell.text if cell is not None else "" for cell in row] for row in table.rows[:2]]
    assert head == [
        ["乡镇", "系统考核", "现场考核", "履职考核", "总分", "名次"],
        ["", "(占40%)", "(占40%)", "(占20%)", "", ""],
    ]


def test_a_row_that_breaks_off_in_a_figure_is_open() -> None:
    (table,) = restored(HEAD + WHOLE + "丙镇 95.67 93.93 93.10 94.46 3\n丁镇 96.92 83.6892.0590.").tables
    assert table.open_rows == {5}
