"""The corrected copy of a workbook: cells keep their formats, nothing else is touched."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.readers.making import xlsx_of
from tests.reports.annotating import parts
from validator.errors import UsageError
from validator.readers import read
from validator.reports.correction import corrected


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "自评表"
    sheet["A1"], sheet["B1"], sheet["C1"] = 1.5, 0.8985, "89.85%"
    sheet["A1"].number_format, sheet["B1"].number_format = "0.00", "0.00%"
    sheet["A2"], sheet["B2"], sheet["C2"] = 7, "文字", 12
    sheet["D1"].number_format = "0.00"
    sheet["C2"].number_format = "0"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("A1", "2.25", 2.25),
        ("A1", "-1,234.5", -1234.5),
        ("B1", "96.85%", 0.9685),
        ("C1", "96.85%", "96.85%"),
        ("B2", "<别的> & 更多", "<别的> & 更多"),
        ("B2", "=1+1", "=1+1"),
        ("A1", "未开展", "未开展"),
        ("D1", "3.5", 3.5),
        ("A1", "", None),
    ],
)
def test_a_cell_holds_what_was_typed(cell: str, text: str, value: object) -> None:
    copy = corrected(workbook(), "a.xlsx", {f"自评表!{cell}": text})
    sheet = openpyxl.load_workbook(io.BytesIO(copy))["自评表"]

    assert sheet[cell].value == value
    assert sheet[cell].data_type != "f"
    assert sheet[cell].number_format == openpyxl.load_workbook(io.BytesIO(workbook()))["自评表"][cell].number_format


def test_nothing_else_changes() -> None:
    data = workbook()  # once: it says in which second it was made
    copy = corrected(data, "a.xlsx", {"自评表!A1": "2"})
    before, after = parts(data), parts(copy)
    changed = {name for name in before if before[name] != after[name]}

    assert set(before) == set(after)
    assert changed == {"xl/worksheets/sheet1.xml"}
    told = {cell.address: cell.text for table in read(data, name="a.xlsx").tables for cell in table.cells()}
    now = {cell.address: cell.text for table in read(copy, name="a.xlsx").tables for cell in table.cells()}
    assert {address for address in told if told[address] != now[address]} == {"自评表!A1"}


@pytest.mark.parametrize(
    ("cell", "text"),
    [("C2", "12.34"), ("B1", "0.97"), ("Z9", "1"), ("别处", "1")],
    ids=["format hides decimals", "percent or fraction", "not there", "no address"],
)
def test_what_cannot_be_done_exactly_is_refused(cell: str, text: str) -> None:
    with pytest.raises(UsageError):
        corrected(workbook(), "a.xlsx", {f"自评表!{cell}": text})


def test_a_workbook_with_formulas_is_refused_because_their_results_would_stay() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["自评表"]["A3"] = "=A1*2"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(UsageError, match="公式"):
        corrected(out.getvalue(), "a.xlsx", {"自评表!A1": "2"})


def test_several_cells_of_several_sheets_are_changed_at_once() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.create_sheet("乙")["B2"] = 5
    book.save(out := io.BytesIO())
    copy = openpyxl.load_workbook(
        io.BytesIO(corrected(out.getvalue(), "a.xlsx", {"自评表!A1": "2", "自评表!A2": "3", "乙!B2": "6"}))
    )

    assert [copy["自评表"]["A1"].value, copy["自评表"]["A2"].value, copy["乙"]["B2"].value] == [2, 3, 6]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_markup_with_prefixes_is_changed_in_its_own_way(prefix: str) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    space = "xmlns:x" if prefix else "xmlns"
    p = prefix
    sheet = (
        f'<{p}worksheet {space}="{main}"><{p}sheetData><{p}row r="1"><{p}c r="$A$1"><{p}v>1</{p}v></{p}c>'
        f'<{p}c r="B1" t="inlineStr"><{p}is><{p}t>甲</{p}t></{p}is></{p}c></{p}row></{p}sheetData></{p}worksheet>'
    )
    copy = corrected(xlsx_of(sheet), "a.xlsx", {"自评表!A1": "2", "自评表!B1": "乙"})

    assert [cell.text for table in read(copy, name="a.xlsx").tables for cell in table.cells()] == ["2", "乙"]
