"""Older and other workbooks: xls and ods."""

from __future__ import annotations

import datetime
import io
import struct
from decimal import Decimal

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as Sheet
from odf.text import P
from tests.readers.making import ods_grid, xls_grid, zipped

from validator.errors import GoujiError, UnreadableDocument
from validator.readers import Limits, read


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    sheet.write_merge(0, 0, 0, 3, "标题")
    sheet.write(1, 0, 0.818, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(1, 1, 1234.5, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(1, 2, -3)
    sheet.write(1, 3, datetime.date(2023, 5, 31), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
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
            datetime.date(2023, 5, 31),
        ]

    def test_merged_cells_are_one_object(self) -> None:
        table = read(xls(), name="表.xls").tables[0]

        assert table.at(0, 0) is table.at(0, 3)
        assert table.at(0, 0) is not None

    def test_hidden_sheets_are_read_with_a_note(self) -> None:
        assert [note.message for note in read(xls(), name="表.xls").notes] == ["工作表 底稿 是隐藏的，也读了"]

    def test_cells_far_apart_are_refused_rather_than_held_in_memory(self) -> None:
        book = xlwt.Workbook()
        sheet = book.add_sheet("甲")
        sheet.write(0, 0, 1)
        sheet.write(65535, 255, 1)
        stream = io.BytesIO()
        book.save(stream)

        with pytest.raises(UnreadableDocument, match="格子"):
            read(stream.getvalue(), name="表.xls")

    @given(st.binary(min_size=1, max_size=60), st.integers(0, 10_000_000))
    def test_damaged_bytes_give_a_document_or_one_of_our_errors(self, damage: bytes, where: int) -> None:
        data = bytearray(_XLS)
        at = where % len(data)
        data[at : at + len(damage)] = damage
        try:
            read(bytes(data), name="表.xls")
        except GoujiError as error:
            assert error.where == "表.xls"


_XLS = xls()


class TestOds:
    @staticmethod
    def cell(text: str, **attributes: object) -> TableCell:
        cell = TableCell(**attributes)
        if text:
            cell.addElement(P(text=text))
        return cell

    def document(self) -> bytes:
        book = OpenDocumentSpreadsheet()
        sheet = Sheet(name="自评表")
        first, second = TableRow(), TableRow()
        first.addElement(self.cell("标题", valuetype="string", numbercolumnsspanned=3))
        first.addElement(CoveredTableCell(numbercolumnsrepeated=2))
        second.addElement(self.cell("81.80%", valuetype="percentage", value="0.818"))
        second.addElement(self.cell("", valuetype="percentage", value="0.5"))
        second.addElement(self.cell("2023年5月31日", valuetype="date", datevalue="2023-05-31"))
        second.addElement(self.cell("3", valuetype="float", value="3", formula="of:=SUM([.A1:.B1])"))
        for row in (first, TableRow(numberrowsrepeated=2), second, TableRow(numberrowsrepeated=1_048_572)):
            sheet.addElement(row)
        book.spreadsheet.addElement(sheet)
        stream = io.BytesIO()
        book.write(stream)
        return stream.getvalue()

    def test_the_displayed_text_is_taken_and_the_value_kept(self) -> None:
        [table] = read(self.document(), name="表.ods").tables

        assert [(cell.text, cell.address, cell.value) for cell in table.cells()] == [
            ("标题", "自评表!A1", None),
            ("81.80%", "自评表!A4", Decimal("0.818")),
            ("50%", "自评表!B4", Decimal("0.5")),
            ("2023年5月31日", "自评表!C4", datetime.date(2023, 5, 31)),
            ("3", "自评表!D4", Decimal(3)),
        ]
        assert table.at(0, 0) is table.at(0, 2)
        assert [cell.formula for cell in table.cells()][-1] == "SUM([.A1:.B1])"

    def test_repeated_filled_cells_stop_at_the_limit(self) -> None:
        namespaces = (
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        )
        row = (
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">'
            "<text:p>1</text:p></table:table-cell></table:table-row>"
        )
        content = (
            f"<office:document-content {namespaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="甲">{row}</table:table></office:spreadsheet></office:body></office:document-content>'
        )
        data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})

        with pytest.raises(UnreadableDocument, match="格子"):
            read(data, name="表.ods", limits=Limits(max_cells=10_000))


@pytest.mark.parametrize(("write", "name"), [(xls_grid, "表.xls"), (ods_grid, "表.ods")])
def test_a_grid_of_texts_reads_back(write: object, name: str) -> None:
    assert callable(write)
    [table] = read(write([["项目", "≥90%"], ["甲", "乙"]]), name=name).tables

    assert [[cell and cell.text for cell in row] for row in table.rows] == [["项目", "≥90%"], ["甲", "乙"]]


def test_an_encrypted_workbook_asks_for_the_password_to_be_removed() -> None:
    with pytest.raises(UnreadableDocument, match="密码"):
        read(compound({"EncryptionInfo": b"x" * 100, "EncryptedPackage": b"y" * 100}), name="表.xlsx")


def compound(streams: dict[str, bytes]) -> bytes:
    """Write the smallest compound file that has these streams in its directory."""
    entries = [("Root Entry", 5, 1)] + [(name, 2, 0) for name in streams]
    directory = b""
    for index, (name, kind, child) in enumerate(entries):
        encoded = name.encode("utf-16-le")
        right = index + 1 if 0 < index < len(entries) - 1 else 0xFFFFFFFF
        directory += encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
        directory += (
            struct.pack("<III", 0xFFFFFFFF, right, child or 0xFFFFFFFF) + b"\0" * 36 + struct.pack("<IQ", 0xFFFFFFFE, 0)
        )
    directory = directory.ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header = header.ljust(512, b"\xff")
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")
    return header + table + directory
