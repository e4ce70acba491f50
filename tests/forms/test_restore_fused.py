"""Rows whose figures stand right behind each other are told of, and taken apart only where the figures bear it out."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.fused import fused_rows


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("单位：亿元", "青石区52.5019.0033.50", "白石区8.104.004.10"), [1]),
        (("一、年末余额8.998.99", "二、限额（上限）9.009.00", "", "三、发行额4.394.39"), [0]),
        (("经费万元9,436.33,872.0105.00", "福利万元2,670.05,406.4134.35"), [0]),
        (("增减-8.5012.00%", "增减-9.5013.00%"), [0]),
        (("青石区52.5019.0033.50", "", "", "", "白石区8.104.004.10"), []),
        (("青石区52.5019.0033.50",), []),
        (("截至2023.12.31", "截至2024.12.31"), []),
        (("青石区 52.50 19.00", "白石区 8.10 4.00"), []),
        (("镇143", "乡35", "见第3.1.2条的规定", "见第3.1.3条的规定"), []),
        (("各区情况：青石区52.5019.0033.50白石区38.1024.4013.70黑石区61.2030.1031.10合计151.80",), [0]),
        (("服务器地址为3.1.2和3.1.3和3.1.4和3.1.5和2023.12.31",), []),
        (("占52.50%，比上年19.00%有所上升", "占12.50%，比上年9.00%有所上升"), []),
    ],
)
def test_where_rows_run_together_begin(lines: tuple[str, ...], found: list[int]) -> None:
    assert list(fused_rows(lines)) == found


def test_they_are_told_once() -> None:
    text = "债务余额情况表\n单位：亿元\n地区余额一般债务专项债务\n青石区52.5019.0033.50\n白石区8.104.004.10\n注：含上年。"

    assert [(note.address, "连在一起" in note.message) for note in restored(text).notes] == [("L4", True)]


HEADER = "项目资金（万元）年初预算数全年预算数（A）全年执行数（B）分值执行率（B/A）得分"
ROWS = (
    "年度资金总额64.5062.0058.901095.00%9.5",
    "其中：当年财政拨款44.5042.0041.16—98.00%—",
    "其他资金20.0020.0017.74—88.70%—",
)
APART = [
    ["年度资金总额", "64.50", "62.00", "58.90", "10", "95.00%", "9.5"],
    ["其中：当年财政拨款", "44.50", "42.00", "41.16", "—", "98.00%", "—"],
    ["其他资金", "20.00", "20.00", "17.74", "—", "88.70%", "—"],
]


def read(*lines: str) -> list[list[str]]:
    """The filled cells of each row below the labels, of a form whose lines ran together."""
    document = restored("\n".join(("项目支出绩效自评表", "项目名称：渠系配套", *lines)))
    rows = [[cell for cell in row if cell] for table in document.tables for row in grid(table)]
    return [row for row in rows if len(row) > 4 and "得分" not in row]


def test_figures_that_ran_together_are_taken_apart_where_the_rates_are_right_in_one_way_only() -> None:
    assert read(HEADER, *ROWS) == APART


def test_a_row_whose_rate_is_wrong_is_taken_apart_where_there_is_one_way_to_and_the_amounts_add_up() -> None:
    wrong = read(HEADER, *ROWS[:2], ROWS[2].replace("88.70%", "87.80%"))
    assert wrong == [*APART[:2], ["其他资金", "20.00", "20.00", "17.74", "—", "87.80%", "—"]]


@pytest.mark.parametrize(
    "lines",
    [
        (HEADER, *(row.replace(".00", "").replace(".50", "") for row in ROWS)),
        (HEADER, ROWS[0], ROWS[1].replace("—98.00%—", "98.00%")),
        (HEADER, ROWS[0], ROWS[1].replace("44.50", "44.5")),
        (HEADER.replace("分值", "分值备注"), *ROWS),
        (HEADER, *(row.replace("%", "1%") for row in ROWS)),
        (HEADER, ROWS[0]),
        (HEADER, ROWS[0].replace("58.90", "58.9").replace("95.00", "95"), ROWS[1], ROWS[2]),
        (HEADER, ROWS[0].replace("58.90", "58.80"), ROWS[1], ROWS[2].replace("88.70", "87.80")),
    ],
    ids=[
        "no decimals",
        "a dash lost",
        "other decimals",
        "a column of words",
        "no rate is right",
        "one row alone",
        "a zero lost",
        "no sum",
    ],
)
def test_they_are_told_and_not_taken_apart_where_nothing_bears_it_out(lines: tuple[str, ...]) -> None:
    assert read(*lines) == []
    document = restored("\n".join(("项目支出绩效自评表", *lines)))
    assert any("连在一起" in note.message for note in document.notes)


def test_each_figure_keeps_its_place_in_the_line() -> None:
    document = restored("\n".join(("项目支出绩效自评表", HEADER, *ROWS)))
    (cell,) = (cell for table in document.tables for cell in table.cells() if cell.text == "88.70%")
    assert cell.address == "L5:21-26"
