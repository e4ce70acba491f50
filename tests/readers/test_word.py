"""Word documents: paragraphs and tables in order, merged and nested cells, tracked changes, text boxes."""

from __future__ import annotations

import io

import docx
import pytest

from tests.readers.making import WORD, docx_of, paragraph, zipped
from validator.errors import UnreadableDocument
from validator.model.document import Paragraph, Table
from validator.readers import read


def outline(data: bytes) -> list[object]:
    """Return paragraphs as (address, text) and tables as (name, grid of texts)."""
    found: list[object] = []
    for block in read(data, name="报告.docx").blocks:
        if isinstance(block, Paragraph):
            found.append((block.address, block.text))
        else:
            found.append((block.name, [[cell.text if cell else None for cell in row] for row in block.rows]))
    return found


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_blocks_come_in_order_and_blank_paragraphs_count() -> None:
    body = paragraph("一") + "<w:p/>" + table(cell(paragraph("甲"))) + paragraph("三")

    assert outline(docx_of(body)) == [("段1", "一"), ("表1", [["甲"]]), ("段3", "三")]


def test_a_document_of_python_docx_reads_with_its_merged_cells() -> None:
    document = docx.Document()
    grid = document.add_table(3, 3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "标题"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "产出"
    grid.cell(1, 1).text = "两\n行"
    stream = io.BytesIO()
    document.save(stream)
    [read_table] = read(stream.getvalue(), name="报告.docx").tables

    assert [(c.text, c.address, c.row_span, c.col_span) for c in read_table.cells()] == [
        ("标题", "表1!R1C1", 1, 3),
        ("产出", "表1!R2C1", 2, 1),
        ("两\n行", "表1!R2C2", 1, 1),
    ]
    assert read_table.at(0, 0) is read_table.at(0, 2)
    assert read_table.at(1, 0) is read_table.at(2, 0)


def test_a_continued_merge_without_a_beginning_is_a_cell_of_its_own() -> None:
    body = table(cell(paragraph("甲"), "<w:vMerge/>") + cell(paragraph("乙")))

    assert outline(docx_of(body)) == [("表1", [["甲", "乙"]])]


def test_columns_left_out_before_a_row_shift_it() -> None:
    body = table(
        cell(paragraph("甲")) + cell(paragraph("乙")), f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell(paragraph("丙"))}'
    )

    assert outline(docx_of(body)) == [("表1", [["甲", "乙"], [None, "丙"]])]


def test_nested_tables_come_right_after_the_one_that_holds_them() -> None:
    inner = table(cell(paragraph("内")))
    body = table(cell(paragraph("外") + inner + paragraph("后")), cell(table(cell(paragraph("二"))))) + table(
        cell(paragraph("尾"))
    )

    assert outline(docx_of(body)) == [("表1", [["外\n后"], [None]]), ("表2", [["内"]]), ("表3", [["二"]]), ("表4", [["尾"]])]


def test_deletions_and_hidden_text_are_left_out_and_insertions_kept() -> None:
    body = (
        "<w:p><w:r><w:t>留</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>"
        + table(cell(paragraph("甲")), f"<w:trPr><w:del/></w:trPr>{cell(paragraph('删'))}")
    )

    assert outline(docx_of(body)) == [("段1", "留增"), ("表1", [["甲"]])]


def test_content_controls_and_text_boxes_are_read_where_they_stand() -> None:
    box = f"<w:r><w:pict><v:textbox xmlns:v='urn:v'><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox></w:pict></w:r>"
    control = f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{paragraph('控')}</w:sdtContent></w:sdt>"
    body = f"<w:p><w:r><w:t>段</w:t></w:r>{box}</w:p>{control}" + table(
        f"<w:sdt><w:sdtContent>{cell(control)}</w:sdtContent></w:sdt>"
    )

    assert outline(docx_of(body)) == [("段1", "段"), ("段2", "框"), ("段3", "控"), ("表1", [["控"]])]


def test_a_text_box_with_a_fallback_is_read_once() -> None:
    content = f"<w:txbxContent>{paragraph('框')}</w:txbxContent>"
    choices = f"<m:Choice>{content}</m:Choice><m:Fallback>{content}</m:Fallback>"
    both = f"<m:AlternateContent xmlns:m='urn:m'>{choices}</m:AlternateContent>"

    assert outline(docx_of(f"<w:p><w:r>{both}</w:r></w:p>")) == [("段2", "框")]


def test_breaks_tabs_and_symbols_become_characters() -> None:
    run = '<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/>'

    assert outline(docx_of(f"<w:p><w:r>{run}</w:r></w:p>")) == [("段1", "甲\t乙\n☑-")]


def test_a_strict_document_reads_the_same() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = zipped({"word/document.xml": f'<w:document xmlns:w="{strict}"><w:body>{paragraph("甲")}</w:body></w:document>'})

    assert outline(data) == [("段1", "甲")]


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        (f'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="{WORD}"><w:body>&a;</w:body></w:document>', "文档类型声明"),
        (f'<w:document xmlns:w="{WORD}">', "已损坏"),
        ("", "已损坏"),
    ],
)
def test_entities_and_broken_markup_are_refused(markup: str, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message):
        read(zipped({"word/document.xml": markup}), name="报告.docx")


def test_tables_nested_without_end_are_refused() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 200 + "</w:tc></w:tr></w:tbl>" * 200

    with pytest.raises(UnreadableDocument, match="嵌套太深"):
        read(docx_of(body), name="报告.docx")


def test_a_span_over_a_million_columns_is_clipped() -> None:
    [found] = read(docx_of(table(cell(paragraph("甲"), '<w:gridSpan w:val="1000000"/>'))), name="报告.docx").tables

    assert isinstance(found, Table)
    assert found.columns <= 1024
