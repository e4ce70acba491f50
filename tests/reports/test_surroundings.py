from __future__ import annotations

import pytest

from tests.reports import samples
from validator.model.document import Cell, Document, Paragraph, Table
from validator.reports.surroundings import render


def table(style: str = "a1") -> Table:
    grid = [[f"{'甲乙丙丁戊己庚辛壬癸'[col]}{row + 1}" for col in range(10)] for row in range(12)]
    name = "自评表"
    return Table(
        name,
        [[Cell(text, row, col, f"{name}!{'ABCDEFGHIJ'[col]}{row + 1}" if style == "a1" else f"{name}!R{row + 1}C{col + 1}")
          for col, text in enumerate(texts)] for row, texts in enumerate(grid)],
        style=style,
    )  # fmt: skip


def shown(block: Table | Paragraph, cell: Cell | None, address: str, width: int = 80, *blocks: Paragraph) -> list[str]:
    document = Document("a.xlsx", "xlsx", "", blocks or (block,))
    return render(document, block, cell, address, width=width).splitlines()


def test_a_cell_stands_among_its_neighbours_with_a_mark_below() -> None:
    grid = table()
    lines = shown(grid, grid.at(7, 5), "自评表!F8")

    assert lines[0] == "   │ A    │ C    │ D    │ E    │ F    │ G    │ H    │ I    │"
    assert lines[4] == " 8 │ 甲8  │ 丙8  │ 丁8  │ 戊8  │ 己8  │ 庚8  │ 辛8  │ 壬8  │"
    assert lines[5] == "   │      │      │      │      │ ^^^  │      │      │      │"
    assert len(lines) == 9


def test_rows_and_columns_of_a_word_table_are_numbered() -> None:
    grid = table("rc")

    assert shown(grid, grid.at(0, 0), "自评表!R1C1")[:2] == [
        "   │ C1   │ C2   │ C3   │ C4   │",
        "R1 │ 甲1  │ 乙1  │ 丙1  │ 丁1  │",
    ]


def test_a_blank_slot_is_marked_too() -> None:
    grid = table()
    rows = [list(row) for row in grid.rows]
    rows[7][5] = None
    lines = shown(Table("自评表", rows, style="a1"), None, "自评表!F8")

    assert lines[5].index("^") == lines[0].index("F")


def test_a_merged_cell_is_shown_once() -> None:
    merged = Cell("标题", 0, 0, "表!A1", row_span=1, col_span=3)
    below = Cell("甲", 1, 0, "表!A2")
    lines = shown(Table("表", [[merged, merged, merged], [below, None, None]], style="a1"), below, "表!A2")

    assert lines[1] == "1 │ 标题 │ ·    │ ·    │"


def test_a_span_of_a_line_is_marked() -> None:
    lines = [Paragraph("第一行", "L1"), Paragraph("全年执行1234.5万元，执行率98.5%", "L2"), Paragraph("第三行", "L3")]

    assert shown(lines[1], None, "L2:5-12", 80, *lines) == [
        "L1 │ 第一行",
        "L2 │ 全年执行1234.5万元，执行率98.5%",
        "   │         ^^^^^^^^^^",
        "L3 │ 第三行",
    ]


def test_a_span_in_the_middle_of_a_long_paragraph_stays_in_view() -> None:
    paragraph = Paragraph("前" * 500 + "98.5%" + "后" * 500, "段1")
    lines = shown(paragraph, None, "段1:501-505", 60)

    assert "98.5%" in lines[0]
    assert lines[1].strip(" │") == "^^^^^"


@pytest.mark.parametrize("width", [40, 100])
def test_hostile_text_is_shown_not_run(width: int) -> None:
    cell = Cell(samples.HOSTILE, 0, 0, "表!A1")
    text = "\n".join(shown(Table("表", [[cell]], style="a1"), cell, "表!A1", width))
    paragraph = Paragraph(samples.HOSTILE, "L1")
    text += "\n".join(shown(paragraph, None, "L1", width))

    assert "\x1b" not in text
    assert "\u202e" not in text
