"""Lists in several columns that became text."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored

ROWS = [
    ["单位", "金额", "单位", "金额", "单位", "金额"],
    ["全省合计", "1330", "海县", "32", "定县", "132"],
    ["东州市小计", "904", "平县", "69", "普县", "112"],
    ["东州市", "544", "北州市", "297", "南州市", "3040"],
    ["富县", "360", "德县", "66"],
]
NUMBERED = [
    ["序号", "学校", "金额", "序号", "学校", "金额"],
    ["1", "青石小学", "12.5", "4", "红石小学", "8.0"],
    ["2", "白石小学", "7.5", "5", "灰石小学", "9.5"],
    ["3", "黑石小学", "6.0", "6", "蓝石小学", "4.5"],
]


@pytest.mark.parametrize("rows", [ROWS, NUMBERED], ids=["names", "with serial numbers"])
@pytest.mark.parametrize("between", [" ", "\n", "\n\n"], ids=["on lines", "a cell a line", "blank lines"])
def test_names_and_figures_in_turn_are_put_below_their_labels(rows: list[list[str]], between: str) -> None:
    text = "\n".join(between.join(row) for row in rows)
    width = len(rows[0])
    assert only_grid(f"2031年补助资金分配表\n{text}\n")[-len(rows) :] == [row + [""] * (width - len(row)) for row in rows]


def test_a_figure_without_a_name_leaves_the_places_open() -> None:
    cells = [cell for row in ROWS for cell in row]
    cells.remove("平县")
    document = restored("\n".join(["2031年补助资金分配表", *cells]))
    assert not document.tables
    assert [note.message for note in document.notes] == ["这里像一张表，但各行的数对不上栏目，认不准，未作核对。"]
