"""Files for the tests of the readers, as bytes: written by the programs that people use, or by hand where those refuse."""

from __future__ import annotations

import html
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

from validator.errors import GoujiError
from validator.readers import read

Grid = Sequence[Sequence[str]]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def xlsx_of(
    sheet: str | bytes,
    *,
    strings: str | None = None,
    styles: str | None = None,
    workbook: str = '<sheets><sheet name="自评表" sheetId="1" r:id="rId1"/></sheets>',
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a workbook of one sheet, given as the markup of its part (or of what is inside `worksheet`)."""
    if isinstance(sheet, str) and not sheet.startswith(("<?xml", "<worksheet", "<x:", "<!DOCTYPE")):
        sheet = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    kinds = {"rId1": ("worksheet", "worksheets/sheet1.xml")}
    parts: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": sheet}
    if strings is not None:
        kinds["rId2"] = ("sharedStrings", "sharedStrings.xml")
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles is not None:
        kinds["rId3"] = ("styles", "styles.xml")
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    links = "".join(
        f'<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{part}"/>' for id, (kind, part) in kinds.items()
    )
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{links}</Relationships>"
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{workbook}</workbook>'
    return zipped(parts | dict(more or {}))


def docx_of(body: str) -> bytes:
    """Return a document whose body is this markup (prefix `w`)."""
    return zipped({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'})


def paragraph(text: str) -> str:
    """Return the markup of a paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def xlsx_grid(grid: Grid) -> bytes:
    """Write a grid of texts with openpyxl."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "自评表"
    for r, row in enumerate(grid, 1):
        for c, text in enumerate(row, 1):
            cell = sheet.cell(r, c)
            cell.value = text
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def docx_grid(grid: Grid) -> bytes:
    """Write a grid of texts as the markup of a Word table."""
    rows = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) + "</w:tr>" for row in grid)
    return docx_of(f"<w:tbl>{rows}</w:tbl>")


def html_grid(grid: Grid) -> bytes:
    """Write a grid of texts as an HTML table."""
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in grid)
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def csv_grid(grid: Grid) -> bytes:
    """Write a grid of texts with the csv module, all quoted: what separates them is then beyond doubt."""
    import csv

    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(grid)
    return stream.getvalue().encode()


def xls_grid(grid: Grid) -> bytes:
    """Write a grid of texts with xlwt."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            sheet.write(r, c, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_grid(grid: Grid) -> bytes:
    """Write a grid of texts with odfpy."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    sheet = Table(name="自评表")
    for row in grid:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    book.write(stream)
    return stream.getvalue()


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


def damaged(data: bytes, damage: bytes, where: int) -> bytes:
    """Return a file with some of its bytes written over; `where` may lie beyond its end."""
    at = where % len(data)
    return data[:at] + damage + data[at + len(damage) :]


def assert_read_or_refused(data: bytes, name: str) -> None:
    """Fail unless a file is read, or refused under its own name."""
    try:
        read(data, name=name)
    except GoujiError as error:
        assert error.where == name  # noqa: PT017 - both endings are right
