"""Older and other workbooks: xls and ods."""

from __future__ import annotations

import io
import struct
from datetime import date
from decimal import Decimal

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as Sheet
from odf.text import P

from tests.readers.making import RELATIONS, assert_read_or_refused, damaged, ods_grid, xls_grid, zipped
from validator.errors import UnreadableDocument
from validator.readers import Limits, read
from validator.readers.biff import read_xls
from validator.readers.grid import Region


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

    def test_formulas_count_with_their_results(self) -> None:
        number = struct.pack("<HHHd", 0, 0, 0, 0.5)
        text = struct.pack("<HHH", 0, 1, 0) + b"\0" * 6 + b"\xff\xff"
        truth = struct.pack("<HHH", 0, 2, 0) + b"\1\0\1\0\0\0\xff\xff"
        error = struct.pack("<HHH", 0, 3, 0) + b"\2\0\7\0\0\0\xff\xff"
        result = struct.pack("<HB", 2, 1) + "优秀".encode("utf-16-le")
        sheet = [(6, number), (6, text), (0x207, result), (6, truth), (6, error)]
        stored = read_xls(stream_of(sheet), 100).sheets[0].cells

        assert {place: cell.value for place, cell in stored.items()} == {
            (0, 0): 0.5,
            (0, 1): "优秀",
            (0, 2): True,
            (0, 3): "#DIV/0!",
        }

    def test_strings_run_over_the_ends_of_records(self) -> None:
        """Where characters run on into the next record, it says anew how wide they are."""
        first = struct.pack("<IIHB", 2, 2, 4, 0) + b"ab"
        second = b"\1" + "预算".encode("utf-16-le") + struct.pack("<HBH", 1, 8, 1) + b"x" + b"\0\0"
        shared = [(0xFC, first), (0x3C, second), (0x3C, b"\0\0")]
        cells = [(0xFD, struct.pack("<HHHI", 0, col, 0, col)) for col in range(2)]
        stored = read_xls(stream_of(cells, shared), 100).sheets[0].cells

        assert [cell.value for cell in stored.values()] == ["ab预算", "x"]

    def test_what_is_embedded_in_a_sheet_is_passed_over(self) -> None:
        chart = [(0x809, b"\0\6\x20\0"), (0x203, struct.pack("<HHHd", 5, 5, 0, 1)), (0x0A, b"")]
        merged = [(0xE5, struct.pack("<H4H", 1, 0, 0, 0, 2))]
        sheet = read_xls(stream_of([(0x203, struct.pack("<HHHd", 0, 0, 0, 1)), *chart, *merged]), 100).sheets[0]

        assert list(sheet.cells) == [(0, 0)]
        assert sheet.regions == [Region(0, 0, 0, 2)]

    def test_more_cells_than_the_limits_allow_are_refused(self) -> None:
        with pytest.raises(UnreadableDocument):
            read(xls(), name="表.xls", limits=Limits(max_cells=3))

    @given(st.binary(min_size=1, max_size=60), st.integers(0, 10_000_000))
    def test_damaged_bytes_give_a_document_or_one_of_our_errors(self, damage: bytes, where: int) -> None:
        assert_read_or_refused(damaged(_XLS, damage, where), "表.xls")


_XLS = xls()


def stream_of(cells: list[tuple[int, bytes]], shared: list[tuple[int, bytes]] | None = None) -> bytes:
    """Return a workbook stream of one sheet with these records."""

    def records(found: list[tuple[int, bytes]]) -> bytes:
        return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in found)

    start = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    rest = records([*(shared or []), (0x0A, b"")])
    name = struct.pack("<BB", 3, 0) + b"abc"
    at = len(records([start])) + 4 + 6 + len(name) + len(rest)
    return records([start, (0x85, struct.pack("<IBB", at, 0, 0) + name)]) + rest + records([start, *cells, (0x0A, b"")])


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
            ("2023年5月31日", "自评表!C4", date(2023, 5, 31)),
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
