"""Older workbooks: xls and xlsb."""

from __future__ import annotations

import io
import struct
from datetime import date
from decimal import Decimal

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import RELATIONS, assert_read_or_refused, damaged, ods_grid, xls_grid, zipped
from validator.errors import UnreadableDocument
from validator.readers import Limits, read


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    sheet.write_merge(0, 0, 0, 3, "标题")
    sheet.write(1, 0, 0.818, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(1, 1, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(1, 2, -3)
    sheet.write(1, 3, date(2023, 5, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    hidden = book.add_sheet("底稿")
    hidden.write(0, 0, True)
    hidden.visibility = 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class TestXls:
    def test_numbers_are_shown_in_their_formats(self) -> None:
        table = read(xls(), name="表.xls").tables[0]

        assert [cell.text for cell in table.cells()] == ["标题", "81.80%", "1,234.50", "-3", "2023-05-31"]
        assert [cell.value for cell in table.cells()][1:] == [
            Decimal("0.818"),
            Decimal("1234.5"),
            Decimal(-3),
            date(2023, 5, 31),
        ]

    def test_merged_cells_are_one_object(self) -> None:
        table = read(xls(), name="表.xls").tables[0]

        assert table.at(0, 0) is table.at(0, 3)
        assert table.at(0, 0) is not None

    def test_hidden_sheets_are_read_with_a_note(self) -> None:
        assert [note.message for note in read(xls(), name="表.xls").notes] == ["工作表 底稿 是隐藏的，也读了"]

    def test_cells_far_apart_cost_no_memory(self) -> None:
        book = xlwt.Workbook()
        sheet = book.add_sheet("甲")
        sheet.write(0, 0, 1)
        sheet.write(65535, 255, 1)
        stream = io.BytesIO()
        book.save(stream)
        [table] = read(stream.getvalue(), name="表.xls").tables

        assert (len(table.rows), table.columns) == (65536, 256)
        assert len({id(row) for row in table.rows}) == 3

    def test_more_cells_than_the_limits_allow_are_refused(self) -> None:
        with pytest.raises(UnreadableDocument):
            read(xls(), name="表.xls", limits=Limits(max_cells=3))

    @given(st.binary(min_size=1, max_size=60), st.integers(0, 10_000_000))
    def test_damaged_bytes_give_a_document_or_one_of_our_errors(self, damage: bytes, where: int) -> None:
        assert_read_or_refused(damaged(_XLS, damage, where), "表.xls")


_XLS = xls()


class TestXlsb:
    @staticmethod
    def workbook(*cells: bytes, row: int = 0) -> bytes:
        """Return a workbook of one sheet with these cells in one row."""

        def record(kind: int, body: bytes = b"") -> bytes:
            return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + bytes([len(body)]) + body

        def wide(text: str) -> bytes:
            return struct.pack("<I", len(text)) + text.encode("utf-16-le")

        sheet = record(0x91) + record(0, struct.pack("<I", row) + b"\0" * 13) + b"".join(cells) + record(0x92)
        entry = record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("自评表"))
        kind = f"{RELATIONS}/worksheet"
        return zipped(
            {
                "xl/workbook.bin": record(0x83) + record(0x8F) + entry + record(0x90) + record(0x84),
                "xl/_rels/workbook.bin.rels": (
                    f'<Relationships><Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
                ),
                "xl/worksheets/sheet1.bin": record(0x81)
                + record(0x94, struct.pack("<4I", row, row, 0, 1))
                + sheet
                + record(0x82),
            }
        )

    @staticmethod
    def number(col: int, value: float) -> bytes:
        return bytes([5, 16]) + struct.pack("<IId", col, 0, value)

    def test_values_are_read_and_missing_formats_told_of(self) -> None:
        document = read(self.workbook(self.number(0, 0.818), self.number(1, 12.5)), name="表.xlsb")

        assert [(cell.text, cell.address) for cell in document.tables[0].cells()] == [
            ("0.818", "自评表!A1"),
            ("12.5", "自评表!B1"),
        ]
        assert [note.message[:4] for note in document.notes] == ["数字格式"]

    def test_cells_far_apart_are_refused_rather_than_held_in_memory(self) -> None:
        with pytest.raises(UnreadableDocument, match="格子"):
            read(self.workbook(self.number(16383, 1), row=1048575), name="表.xlsb")


@pytest.mark.parametrize(("write", "name"), [(xls_grid, "表.xls"), (ods_grid, "表.ods")])
def test_a_grid_of_texts_reads_back(write: object, name: str) -> None:
    assert callable(write)
    [table] = read(write([["项目", "≥90%"], ["甲", "乙"]]), name=name).tables

    assert [[cell and cell.text for cell in row] for row in table.rows] == [["项目", "≥90%"], ["甲", "乙"]]
