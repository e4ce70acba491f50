from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building.grids import drawn
from validator.model.document import Cell, Document, Paragraph, Table, column_letters


class TestColumnLetters:
    @pytest.mark.parametrize(
        ("col", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (16383, "XFD")]
    )
    def test_columns_are_counted_as_in_a_workbook(self, col: int, letters: str) -> None:
        assert column_letters(col) == letters

    @given(st.integers(0, 20000))
    def test_no_two_columns_have_the_same_letters(self, col: int) -> None:
        value = 0
        for letter in column_letters(col):
            value = value * 26 + ord(letter) - 64
        assert value - 1 == col


class TestTable:
    TABLE = drawn("a | b | <\n^ | c |")

    def test_a_spanning_cell_stands_in_each_of_its_slots(self) -> None:
        assert self.TABLE.at(0, 1) is self.TABLE.at(0, 2)
        assert self.TABLE.at(0, 0) is self.TABLE.at(1, 0)

    def test_each_cell_is_yielded_once_row_by_row(self) -> None:
        assert [cell.text for cell in self.TABLE.cells()] == ["a", "b", "c"]

    @pytest.mark.parametrize(("row", "col"), [(1, 2), (-1, 0), (0, -1), (2, 0), (0, 3)])
    def test_a_slot_without_a_cell_holds_none(self, row: int, col: int) -> None:
        assert self.TABLE.at(row, col) is None

    def test_it_is_as_wide_as_its_widest_row(self) -> None:
        assert (self.TABLE.columns, Table("t", []).columns) == (3, 0)

    @pytest.mark.parametrize(
        ("style", "address", "table"),
        [("a1", "表1!C2", "表1!A1"), ("rc", "表1!R2C3", "表1!R1C1"), ("text", "表1!R2C2", "表1!R1C1-表1!R2C2")],
    )
    def test_a_blank_slot_has_an_address(self, style: str, address: str, table: str) -> None:
        rows = [
            [cell._replace(address=f"表1!A{cell.row + 1}") if cell and style == "a1" else cell for cell in row]
            for row in self.TABLE.rows
        ]
        found = Table("表1", rows, style=style)
        assert found.address_at(1, 2) == address
        assert found.address == table

    def test_a_table_of_text_lines_spans_them(self) -> None:
        rows: list[list[Cell | None]] = [[Cell("a", 0, 0, "L3:1-1")], [Cell("b", 1, 0, "L4:1-1")]]
        assert Table("", rows, style="text").address == "L3-L4"
        assert Table("", [], style="text").address == "L1"


class TestDocument:
    def test_tables_and_paragraphs_are_told_apart_in_order(self) -> None:
        blocks = (Paragraph("一", "段1"), drawn("a"), Paragraph("二", "段2"))
        document = Document("a.docx", "docx", "", blocks)
        assert document.tables == (blocks[1],)
        assert [paragraph.text for paragraph in document.paragraphs] == ["一", "二"]

    def test_places_are_in_reading_order_and_blank_cells_and_spans_have_one(self) -> None:
        table = Table("表1", [[Cell("甲", 0, 0, "表1!R1C1"), None], [None, Cell("乙", 1, 1, "表1!R2C2")]], style="rc")
        document = Document("a.docx", "docx", "", (Paragraph("一二三四", "段1"), table, Paragraph("五六", "段2")))
        order = ["段1", "段1:2-3", "段1:4-4", "表1!R1C1", "表1!R1C2", "表1!R2C1", "表1!R2C2", "段2:1-2"]
        places = document.places(frozenset(order))
        assert sorted(places, key=places.__getitem__) == order

    def test_what_stands_nowhere_has_no_place(self) -> None:
        document = Document("a.txt", "txt", "", (Paragraph("一二", "L1"),))
        assert document.places({"L2", "L2:1-1", "表1!R1C1", "L1:x"}) == {}
