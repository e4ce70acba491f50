"""Sheets of ods files: displayed text, value, spans and repeated cells."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, TableCell, TableRow
from odf.table import Table as Sheet
from odf.text import P

from tests.readers.making import zipped
from validator.errors import UnreadableDocument
from validator.model.document import Document
from validator.readers import Limits, read


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


NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def of(tables: str) -> Document:
    """Read a workbook with these tables."""
    content = (
        f"<office:document-content {NAMESPACES}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
    return read(data, name="表.ods")


def cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<text:p>甲</text:p><text:p>乙</text:p>", "甲\n乙"),
        ("<text:p>甲<text:span>乙</text:span>丙</text:p>", "甲乙丙"),
        ('<text:p>甲<text:s text:c="2"/>乙</text:p>', "甲  乙"),
        ("<text:p>甲<text:line-break/>乙</text:p>", "甲\n乙"),
        ("<office:annotation><text:p>批注</text:p></office:annotation><text:p>甲</text:p>", "甲"),
    ],
)
def test_the_text_of_a_cell_is_what_is_displayed(inside: str, text: str) -> None:
    [table] = of(f'<table:table table:name="甲"><table:table-row>{cell(inside)}</table:table-row></table:table>').tables

    assert [cell.text for cell in table.cells()] == [text]


def test_repeated_cells_and_rows_stand_as_often_as_they_say() -> None:
    row = cell("<text:p>1</text:p>", 'table:number-columns-repeated="3"')
    [table] = of(
        f'<table:table table:name="甲"><table:table-row table:number-rows-repeated="2">{row}</table:table-row></table:table>'
    ).tables

    assert [found.address for found in table.cells()] == [f"甲!{column}{row}" for row in (1, 2) for column in "ABC"]


def test_sheets_without_cells_are_left_out() -> None:
    row = f"<table:table-row>{cell('<text:p>1</text:p>')}</table:table-row>"
    found = of(f'<table:table table:name="空"/><table:table table:name="乙">{row}</table:table>')

    assert [table.name for table in found.tables] == ["乙"]
