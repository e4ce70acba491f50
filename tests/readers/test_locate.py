"""An address leads back to what stands there, and a wrong one to the nearest that is right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import csv_grid, docx_grid, html_grid, xlsx_grid
from validator.errors import UsageError
from validator.model.document import Cell, Document, Paragraph, Table
from validator.readers import read
from validator.readers.locate import locate

TEXT = read("第一行\n\n第三行有字\n".encode(), name="a.txt")
BOOK = read(xlsx_grid([["甲", "乙"], ["1", ""], ["", "尾"]]), name="a.xlsx")


@pytest.mark.parametrize(
    ("address", "text"),
    [("L1", "第一行"), ("L2", ""), ("L3:2-3", "三行"), ("l3", "第三行有字"), ("L3:5-5", "字")],
)
def test_lines_and_spans_are_found(address: str, text: str) -> None:
    assert locate(TEXT, address).text == text


@pytest.mark.parametrize(
    ("address", "text"),
    [("自评表!A1", "甲"), ("自评表!$B$3", "尾"), ("'自评表'!b1", "乙"), ("自评表!B2", ""), ("自评表", "甲")],
)
def test_cells_are_found(address: str, text: str) -> None:
    assert locate(BOOK, address).text == text


@pytest.mark.parametrize(
    ("document", "address", "nearest"),
    [
        (BOOK, "自评!A1", "自评表!A1"),
        (BOOK, "自评表!Z99", "自评表!B3"),
        (BOOK, "自评表!R1C1", "自评表!A1"),
        (BOOK, "什么", "自评表!A1"),
        (BOOK, "L1", "自评表!A1"),
        (TEXT, "L9", "L3"),
        (TEXT, "L3:4-99", "L3:4-5"),
        (TEXT, "L3:3-2", "L3:3-5"),
        (TEXT, "L2:1-1", "L2"),
        (TEXT, "L0", "L1"),
        (TEXT, "表1!A1", "L1"),
        (TEXT, "", "L1"),
    ],
)
def test_a_wrong_address_names_the_nearest_right_one(document: Document, address: str, nearest: str) -> None:
    with pytest.raises(UsageError) as caught:
        locate(document, address)

    assert caught.value.remedy == f"最近的可用地址是 {nearest}"
    locate(document, nearest)


def test_a_cell_of_a_restored_table_is_found_by_its_address_or_by_part_of_its_span() -> None:
    first, second = Cell("甲", 0, 0, "L4:1-2"), Cell("乙", 0, 1, "L4:4-9")
    table = Table("表1", [[first, second]], style="text", inferred=True)
    document = Document("a.txt", "txt", "", (table, Paragraph("尾", "L5")))

    assert locate(document, "L4:4-9").cell is second
    assert locate(document, "L4:5-6").cell is second
    assert locate(document, "L4").cell is first
    assert locate(document, "L5").text == "尾"


TEXTS = st.lists(st.lists(st.text("甲乙丙19%.≥", max_size=6), min_size=1, max_size=5), min_size=1, max_size=5)


@given(TEXTS, st.sampled_from([(xlsx_grid, "a.xlsx"), (docx_grid, "a.docx"), (html_grid, "a.html"), (csv_grid, "a.csv")]))
def test_every_address_of_every_document_leads_back_to_its_cell(grid: list[list[str]], format: tuple[object, str]) -> None:
    write, name = format
    assert callable(write)
    document = read(write(grid), name=name)
    for table in document.tables:
        for cell in table.cells():
            assert locate(document, cell.address).cell is cell
        for r, row in enumerate(table.rows):
            for c, slot in enumerate(row):
                assert locate(document, table.address_at(r, c)).cell is slot
    for paragraph in document.paragraphs:
        assert locate(document, paragraph.address).block is paragraph


@given(st.text(max_size=20) | st.from_regex(r"(L|段|表1!|自评表!)[A-Z0-9:\-RC]{0,12}", fullmatch=True))
def test_any_text_is_an_address_or_a_usage_error(address: str) -> None:
    for document in (TEXT, BOOK, Document("", "txt", "", ())):
        try:
            locate(document, address)
        except UsageError as error:
            assert error.remedy  # noqa: PT017 - both endings are right
