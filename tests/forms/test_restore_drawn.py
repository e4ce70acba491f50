"""Tables drawn with characters: strokes say which cell is which, also where one covers several rows or columns."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.drawn import parted
from validator.model.document import Paragraph, Table
from validator.pipeline import check

BOX = """\
┌────────────────────────────────┐
│资金分配表                      │
├──────┬──────────────┬──────────┤
│      │中央资金      │100.00    │
│甲县  ├──────────────┼──────────┤
│      │省级财政安排的│50.00     │
│      │专项资金      │          │
├──────┼──────────────┼──────────┤
│乙县  │              │150.00    │
└──────┴──────────────┴──────────┘"""
CELLS = [
    ["资金分配表", "资金分配表", "资金分配表"],
    ["甲县", "中央资金", "100.00"],
    ["甲县", "省级财政安排的专项资金", "50.00"],
    ["乙县", "", "150.00"],
]
RULED = """\
  地区   中央资金   省级资金   合计
  ------ ---------- ---------- ------
  甲县   100        50         150
  乙县              80         80
  合计   100        130        230
"""
LOOSE = """\
  -------------------------------
  地区   资金名称           金额
  ------ ------------------ -----
  甲县   省级财政安排的     50
         专项资金

  乙县                      80
  -------------------------------

以上为分配情况。
"""


def pieces(text: str) -> list[Table | list[str]]:
    found = parted([Paragraph(line, f"L{n}") for n, line in enumerate(text.split("\n"), 1)], 1)
    return [piece if isinstance(piece, Table) else [line.text for line in piece] for piece in found]


def only_table(text: str) -> Table:
    (table,) = [piece for piece in pieces(text) if isinstance(piece, Table)]
    return table


def test_a_cell_is_what_strokes_enclose() -> None:
    table = only_table(BOX)
    assert grid(table) == CELLS
    cell = table.rows[1][0]
    assert cell is table.rows[2][0]
    assert cell is not None
    assert (cell.row_span, cell.col_span) == (2, 1)


def test_a_stroke_may_be_as_wide_as_a_chinese_character() -> None:
    rows = ["│地区  │资金  │", "├───┼───┤", "│甲县  │100   │", "├───┼───┤", "│“乙”│50    │"]
    table = only_table("\n".join(["┌───┬───┐", *rows, "└───┴───┘"]))
    assert grid(table) == [["地区", "资金"], ["甲县", "100"], ["“乙”", "50"]]


def test_cells_keep_their_addresses() -> None:
    table = only_table(BOX)
    assert [cell.address for cell in table.cells()][:4] == ["L2:2-6", "L5:2-3", "L4:9-12", "L4:20-25"]


def test_columns_are_as_wide_as_their_dashes() -> None:
    table = only_table(RULED)
    assert grid(table)[2] == ["乙县", "", "80", "80"]
    assert [cell.address for cell in table.rows[2] if cell] == ["L4:3-4", "L4:19-20", "L4:30-31"]


def test_rows_between_blank_lines_have_several_lines() -> None:
    (table, after) = pieces(LOOSE)
    assert isinstance(table, Table)
    assert grid(table) == [["地区", "资金名称", "金额"], ["甲县", "省级财政安排的专项资金", "50"], ["乙县", "", "80"]]
    assert after == ["", "以上为分配情况。", ""]


@pytest.mark.parametrize(
    "text",
    [
        BOX.replace("乙县  │", "乙县 │"),
        BOX.replace("│      │专项资金      │          │", "│      │专项资金      │60.00     │"),
        RULED.replace("甲县   100        50", "甲县   100.00万元整 5"),
        "------ ------\n\n签字      日期",
    ],
    ids=["strokes that don't meet", "rows without a rule between", "text over a gap", "a line to sign on"],
)
def test_what_is_not_drawn_for_sure_stays_lines(text: str) -> None:
    assert not any(isinstance(piece, Table) for piece in pieces(text))


def test_a_backslash_that_ends_a_line_within_a_cell_is_none_of_its_text() -> None:
    (table,) = pieces("---------- ----------\n资金\\      金额\\\n（万元）   （元）\n\n甲\\乙      5\n---------- ----------")
    assert isinstance(table, Table)
    assert grid(table) == [["资金（万元）", "金额（元）"], ["甲\\乙", "5"]]


def test_a_wrong_total_in_a_box_is_told() -> None:
    rule = "+------+------+"
    rows = ("| 地区 | 资金 |", "| 甲县 | 100  |", "| 乙县 | 120  |", "| 丙县 | 80   |", "| 合计 | 310  |")
    report = check(f"\n{rule}\n".join(["资金分配表（单位：万元）", *rows, ""]).encode(), name="a.txt")
    assert [(f.rule, f.primary.text) for f in report.findings if f.severity.value == "error"] == [("GEN-001", "310")]


def test_a_form_in_a_box_is_read_in_its_place() -> None:
    blocks = restored(f"一、资金情况\n{BOX}\n二、其他").blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table", "Paragraph"]
