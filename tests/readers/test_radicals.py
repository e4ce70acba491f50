from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import docx_of, xlsx_of
from validator.model.document import Cell, Paragraph, Table
from validator.readers import read
from validator.readers.radicals import printed

PASTED = "上年结转资⾦"
TYPED = "上年结转资金"


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [(PASTED, TYPED), ("新增粮⻝产能", "新增粮食产能"), ("⼯程⻓度", "工程长度"), ("\uf90a额", "金额"), ("≥３０％", "≥３０％")],
)
def test_a_lookalike_is_the_character_that_was_printed(pasted: str, typed: str) -> None:
    assert printed([Paragraph(pasted, "L1")]) == (Paragraph(typed, "L1"),)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("表.txt", PASTED.encode()),
        ("表.xlsx", xlsx_of(f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{PASTED}</t></is></c></row></sheetData>')),
        ("表.docx", docx_of(f"<w:p><w:r><w:t>{PASTED}</w:t></w:r></w:p>")),
        ("表.html", f"<html><meta charset=utf-8><p>{PASTED}</p></html>".encode()),
    ],
)
def test_it_is_so_whatever_the_format(name: str, data: bytes) -> None:
    (block,) = read(data, name=name).blocks
    texts = [cell.text for cell in block.cells()] if isinstance(block, Table) else [block.text]

    assert texts == [TYPED]


def test_a_merged_cell_stays_one_cell_and_all_else_as_it_was() -> None:
    merged, other = Cell(PASTED, 0, 0, "表!A1", col_span=2), Cell("5", 0, 2, "表!C1")
    blank = (None, None, None)

    (table,) = printed(
        [Table("表", [(merged, merged, other), blank], number=3, style="a1", inferred=True, open_rows=frozenset({1}))]
    )

    assert isinstance(table, Table)
    assert table.at(0, 0) is table.at(0, 1)
    assert [cell.text for cell in table.cells()] == [TYPED, "5"]
    assert table.rows[1] is blank
    assert (table.name, table.number, table.style, table.inferred, table.open_rows) == ("表", 3, "a1", True, frozenset({1}))


@given(st.text(st.characters(max_codepoint=0x2E7F)))
def test_any_other_text_stays_as_it_is(text: str) -> None:
    paragraph = Paragraph(text, "L1")

    assert printed([paragraph])[0] is paragraph
