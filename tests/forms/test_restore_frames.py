"""Tables drawn with characters are rows of cells between pipes, each character where it stood."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored
from validator.forms.restore.frames import without_frames
from validator.model.document import Paragraph

ROWS = ["地区|中央资金|省级资金|合计", "甲县|100|50|150", "乙县|120|80|200", "丙县|80|70|150", "合计|300|200|500"]


def framed(upright: str, rule: str) -> str:
    """Draw the rows with these strokes, a line of the frame between all of them."""
    lines = [f"{upright} {row.replace('|', f' {upright} ')} {upright}" for row in ROWS]
    return f"\n{rule}\n".join(["资金分配表（单位：万元）", *lines, "以上为分配情况。"])


@pytest.mark.parametrize(
    ("upright", "rule"),
    [
        ("|", "+----+----+----+----+"),
        ("│", "├────┼────┼────┼────┤"),
        ("┃", "┣━━━━╋━━━━╋━━━━╋━━━━┫"),
        ("｜", "|:---|---:|---:|---:|"),
    ],
)
def test_a_drawn_table_is_a_table(upright: str, rule: str) -> None:
    assert [row[-4:] for row in only_grid(framed(upright, rule))] == [row.split("|") for row in ROWS]


def test_cells_keep_their_addresses() -> None:
    (table,) = restored("资金分配表\n┌────┬────┬────┐\n" + "\n".join(f"│{row.replace('|', '│')}│" for row in ROWS)).tables
    assert [cell.address for cell in table.rows[1] if cell is not None][:2] == ["L4:2-3", "L4:5-7"]


@pytest.mark.parametrize("text", ["---", "——————", "| 甲 | 1 |", "一、资金情况", "", "+1", "- | -", "5-10"])
def test_what_says_something_stays(text: str) -> None:
    assert without_frames([Paragraph(text, "L1")]) == [Paragraph(text, "L1")]


def test_one_stroke_draws_no_table() -> None:
    assert without_frames([Paragraph("扫码｜关注", "L1")]) == [Paragraph("扫码｜关注", "L1")]
