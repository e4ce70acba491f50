"""From cells at places to a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.errors import UnreadableDocument
from validator.model.document import Cell, Note, Table
from validator.readers.grid import Region, address, build
from validator.readers.limits import Limits
from validator.readers.source import Source

PLACES = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=20)
REGIONS = st.lists(st.builds(Region, st.integers(0, 9), st.integers(0, 9), st.integers(0, 12), st.integers(0, 12)), max_size=5)


def cells(*places: tuple[int, int]) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for row, col in places:
        rows.setdefault(row, {})[col] = Cell(f"{row},{col}", row, col, address("表", "a1", row, col))
    return rows


def built(
    *places: tuple[int, int], regions: tuple[Region, ...] = (), limits: Limits | None = None, size: tuple[int, int] = (0, 0)
) -> tuple[Table | None, list[Note]]:
    return build(Source(b"", "a.xlsx", limits or Limits()), "表", 1, cells(*places), regions, size=size)


def shape(table: Table | None) -> tuple[int, int]:
    assert table is not None
    return len(table.rows), table.columns


@pytest.mark.parametrize(
    ("style", "row", "col", "expected"), [("a1", 0, 27, "表!AB1"), ("rc", 0, 27, "表!R1C28"), ("a1", 9, 0, "表!A10")]
)
def test_an_address_says_where_a_slot_is(style: str, row: int, col: int, expected: str) -> None:
    assert address("表", style, row, col) == expected


@given(PLACES, REGIONS)
def test_every_cell_keeps_its_place_and_the_grid_has_no_holes(places: set[tuple[int, int]], regions: list[Region]) -> None:
    table, _ = built(*places, regions=tuple(regions))
    assert table is not None
    covered = {
        (r, c) for region in regions for r in range(region.top, region.bottom + 1) for c in range(region.left, region.right + 1)
    }

    assert {len(row) for row in table.rows} == {table.columns}
    for row, col in places - covered:
        assert table.at(row, col) == Cell(f"{row},{col}", row, col, address("表", "a1", row, col))
    for cell in table.cells():
        for r in range(cell.row, cell.row + cell.row_span):
            assert all(table.at(r, c) is cell for c in range(cell.col, cell.col + cell.col_span))


def test_a_grid_ends_with_its_last_cell_but_keeps_what_stands_before_the_first() -> None:
    assert shape(built((2, 3))[0]) == (3, 4)
    assert shape(built((2, 3), size=(5, 6))[0]) == (5, 6)
    assert shape(built((2, 3), size=(1, 1))[0]) == (3, 4)
    assert built() == (None, [])


def test_a_region_is_one_cell_that_reaches_beyond_the_last() -> None:
    table, notes = built((0, 0), (0, 4), regions=(Region(0, 0, 1, 2),))
    assert table is not None
    cell = table.at(1, 2)

    assert cell is table.at(0, 0)
    assert cell is not None
    assert (cell.text, cell.row_span, cell.col_span) == ("0,0", 2, 3)
    assert shape(table) == (2, 5)
    assert notes == []


def test_a_region_without_a_text_is_a_blank_cell_and_stretches_nothing() -> None:
    table, _ = built((0, 0), (3, 3), regions=(Region(1, 1, 2, 9),))
    assert table is not None
    cell = table.at(2, 3)

    assert cell is not None
    assert (cell.text, cell.address, cell.row_span, cell.col_span) == ("", "表!B2", 2, 3)


def test_whole_rows_that_were_merged_stretch_nothing() -> None:
    assert shape(built((0, 0), (0, 1), regions=(Region(0, 0, 0, 16383),))[0]) == (1, 2)


def test_regions_that_overlap_are_told_and_the_first_stands() -> None:
    table, notes = built((0, 0), (1, 1), (3, 3), regions=(Region(0, 0, 1, 1), Region(1, 1, 2, 2)))
    assert table is not None

    assert table.at(1, 1) is table.at(0, 0)
    assert table.at(2, 2) is None
    assert [note.message for note in notes] == ["表 有 1 处合并单元格互相重叠，已按先出现的读"]


def test_a_region_that_is_upside_down_is_none() -> None:
    assert built((0, 0), (1, 1), regions=(Region(1, 1, 0, 0),))[1] == []


@pytest.mark.parametrize(
    ("limits", "expected", "said"),
    [(Limits(max_rows=2), (2, 3), "第 2 行以后"), (Limits(max_columns=2), (4, 2), "第 2 列以后")],
)
def test_what_lies_beyond_the_limits_is_left_out_with_a_note(limits: Limits, expected: tuple[int, int], said: str) -> None:
    table, notes = built((0, 0), (1, 2), (3, 1), limits=limits)

    assert shape(table) == expected
    assert len(notes) == 1
    assert said in notes[0].message


def test_more_slots_than_the_limits_allow_are_refused() -> None:
    assert shape(built((0, 0), (5, 9), limits=Limits(max_cells=20))[0]) == (6, 10)
    with pytest.raises(UnreadableDocument, match="超过 19 个格子"):
        built((0, 0), (5, 9), limits=Limits(max_cells=19))


def test_blank_rows_are_one_object_however_many_there_are() -> None:
    table, _ = built((0, 0), (9000, 0))
    assert table is not None

    assert len({id(row) for row in table.rows}) == 3
