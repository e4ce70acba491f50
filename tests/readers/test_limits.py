"""How much of a file is read before it is refused or cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest

from tests.readers.making import csv_grid, docx_grid, html_grid, ods_grid, xls_grid, xlsx_grid
from validator.errors import UnreadableDocument
from validator.readers import read
from validator.readers.limits import LIMITS, Limits

GRID = [["甲" * 30, "乙", "丙"]] * 4
WRITERS = {
    "a.xlsx": xlsx_grid, "a.docx": docx_grid, "a.html": html_grid, "a.csv": csv_grid, "a.ods": ods_grid, "a.xls": xls_grid,
}  # fmt: skip


def test_every_bound_is_there_and_cannot_be_changed() -> None:
    assert all(getattr(LIMITS, field.name) > 0 for field in fields(Limits))
    with pytest.raises(AttributeError):
        LIMITS.max_bytes = 1  # type: ignore[misc]


@pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=WRITERS)
@pytest.mark.parametrize("bound", ["max_bytes", "max_cells"])
def test_too_much_is_refused_in_every_format(name: str, write: Callable[[object], bytes], bound: str) -> None:
    data = write(GRID)

    assert len(list(read(data, name=name).tables[0].cells())) == 12
    with pytest.raises(UnreadableDocument) as caught:
        read(data, name=name, limits=Limits(**{bound: 5}))
    assert caught.value.remedy


@pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=WRITERS)
@pytest.mark.parametrize(("bound", "texts"), [("max_rows", 6), ("max_columns", 8)])
def test_what_lies_beyond_is_left_out_with_a_note(name: str, write: Callable[[object], bytes], bound: str, texts: int) -> None:
    document = read(write(GRID), name=name, limits=Limits(**{bound: 2}))

    assert sum(1 for table in document.tables for _ in table.cells()) == texts
    assert len(document.notes) == 1


@pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=WRITERS)
def test_a_long_text_is_cut_and_its_cell_says_so(name: str, write: Callable[[object], bytes]) -> None:
    [table] = read(write(GRID), name=name, limits=Limits(max_characters=2)).tables

    assert {(cell.text, bool(cell.note)) for cell in table.cells()} == {("甲甲", True), ("乙", False), ("丙", False)}
