"""Workbooks of the Office Open XML kind: values, formats, formulas, merged cells, and how far a hostile one gets."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import MAIN, RELATIONS, STRICT, assert_read_or_refused, damaged, xlsx_grid, xlsx_of, zipped
from tests.work import calls
from validator.errors import UnreadableDocument
from validator.model.document import Cell, Table
from validator.readers import Limits, read
from validator.readers.workbook import moved

STYLES = (
    '<numFmts count="1"><numFmt numFmtId="176" formatCode="0.00&quot;万元&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="1"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="4"/><xf numFmtId="14"/><xf numFmtId="176"/></cellXfs>'
)


def table_of(data: bytes, limits: Limits = Limits()) -> Table:  # noqa: B008 - frozen
    [table] = read(data, name="表.xlsx", limits=limits).tables
    return table


def cell_of(data: bytes, row: int = 0, col: int = 0) -> Cell:
    cell = table_of(data).at(row, col)
    assert cell is not None
    return cell


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(*cells: str) -> str:
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


BOMB = rows('<c r="A1"><v>&b;</v></c>')
SEVEN = rows("<c r='A1'><v>7</v></c>")


@pytest.mark.parametrize(
    ("markup", "text", "value"),
    [
        ('<c r="A1" s="1"><v>0.818</v></c>', "81.80%", Decimal("0.818")),
        ('<c r="A1" s="2"><v>1234.5</v></c>', "1,234.50", Decimal("1234.5")),
        ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3", Decimal("0.3")),
        ('<c r="A1" s="3"><v>45077</v></c>', "2023-05-31", date(2023, 5, 31)),
        ('<c r="A1" s="4"><v>12.5</v></c>', "12.50万元", Decimal("12.5")),
        ('<c r="A1" s="1" t="s"><v>0</v></c>', "项目 & 名称", None),
        ('<c r="A1" t="inlineStr"><is><t>≥90%</t></is></c>', "≥90%", None),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></is></c>', "甲乙", None),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", True),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!", None),
        ('<c r="A1" t="s"><v>1</v></c>', "两行\n文字", None),
        ('<c r="A1" s="99"><v>5</v></c>', "5", Decimal(5)),
        ('<c t="n" s="1" r="A1"><v>0.5</v></c>', "50.00%", Decimal("0.5")),
        ('<c r="A1"><!-- x --><v>5</v></c>', "5", Decimal(5)),
        ("<c r='A1' s='1'><v>0.5</v></c>", "50.00%", Decimal("0.5")),
        ("<c><v>5</v></c>", "5", Decimal(5)),
    ],
)
def test_a_cell_reads_as_it_is_displayed(markup: str, text: str, value: object) -> None:
    strings = "<si><t>项目 &amp; 名称</t></si><si><r><t>两行_x000D_\n</t></r><r><t>文字</t></r><rPh><t>x</t></rPh></si><si/>"
    cell = cell_of(xlsx_of(rows(markup), strings=strings, styles=STYLES))

    assert (cell.text, cell.value, cell.address) == (text, value, "自评表!A1")


class TestFormulas:
    def test_the_cached_value_counts_and_the_formula_is_kept(self) -> None:
        cell = cell_of(xlsx_of(rows('<c r="A1" s="1"><f>B1/C1</f><v>0.5</v></c>'), styles=STYLES))

        assert (cell.text, cell.formula, cell.note) == ("50.00%", "B1/C1", "")

    @pytest.mark.parametrize("markup", ['<c r="A1"><f>SUM(B1:C1)</f></c>', '<c r="A1"><f>SUM(B1:C1)</f><v></v></c>'])
    def test_without_a_cached_value_the_cell_is_blank_and_says_why(self, markup: str) -> None:
        document = read(xlsx_of(rows(markup)), name="表.xlsx")
        cell = document.tables[0].at(0, 0)

        assert cell is not None
        assert (cell.text, cell.formula) == ("", "SUM(B1:C1)")
        assert "没有保存计算结果" in cell.note
        assert [note.address for note in document.notes] == ["自评表"]

    def test_a_formula_that_gives_an_empty_text_is_blank_without_doubt(self) -> None:
        assert cell_of(xlsx_of(rows('<c r="A1" t="str"><f>""</f><v></v></c>'))).note == ""

    def test_a_shared_formula_is_moved_to_each_of_its_cells(self) -> None:
        data = xlsx_of(
            '<sheetData><row r="1"><c r="C1"><f t="shared" ref="C1:C2" si="0">A1+$B$1</f><v>3</v></c></row>'
            '<row r="2"><c r="C2"><f t="shared" si="0"/><v>4</v></c></row></sheetData>'
        )

        assert [cell_of(data, 0, 2).formula, cell_of(data, 1, 2).formula] == ["A1+$B$1", "A2+$B$1"]

    @pytest.mark.parametrize(
        ("formula", "result"),
        [
            ("SUM(A1:B$2)", "SUM(B3:C$2)"),
            ("'表 A1'!A1&\"A1\"", "'表 A1'!B3&\"A1\""),
            ("LOG10(A1)", "LOG10(B3)"),
            ("$A1/A$1", "$A3/B$1"),
        ],
    )
    def test_relative_references_move_and_names_do_not(self, formula: str, result: str) -> None:
        assert moved(formula, 2, 1) == result


class TestMergedCells:
    def test_a_merged_region_is_one_object_in_each_of_its_slots(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet["A1"], sheet["A2"], sheet["C4"] = "标题", "产出", "尾"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A4")
        table = table_of(saved(book))

        assert {id(table.at(0, c)) for c in range(3)} == {id(table.at(0, 0))}
        assert {id(table.at(r, 0)) for r in range(1, 4)} == {id(table.at(1, 0))}
        assert [(c.text, c.address, c.row_span, c.col_span) for c in table.cells()] == [
            ("标题", "Sheet!A1", 1, 3),
            ("产出", "Sheet!A2", 3, 1),
            ("尾", "Sheet!C4", 1, 1),
        ]

    def test_a_blank_merged_region_is_a_blank_cell_of_its_size(self) -> None:
        cells = '<c r="A1"><v>1</v></c><c r="D1"><v>2</v></c>'
        table = table_of(xlsx_of(rows(cells) + '<mergeCells><mergeCell ref="B1:C1"/></mergeCells>'))
        blank = table.at(0, 2)

        assert blank is not None
        assert (blank.text, blank.address, blank.col_span) == ("", "自评表!B1", 2)

    def test_regions_that_overlap_are_told_of_and_the_first_counts(self) -> None:
        merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="A1:B2"/></mergeCells>'
        document = read(xlsx_of(rows('<c r="A1"><v>1</v></c>', '<c r="C1"><v>2</v></c>') + merges), name="表.xlsx")

        assert [note.message for note in document.notes] == ["自评表 有 2 处合并单元格互相重叠，已按先出现的读"]

    def test_a_region_over_whole_rows_is_clipped_to_what_is_used(self) -> None:
        merges = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        table = table_of(xlsx_of(rows('<c r="A1"><v>1</v></c>') + merges))

        assert (len(table.rows), table.columns) == (1, 1)


class TestSheets:
    def test_hidden_sheets_are_read_with_a_note(self) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0]["A1"] = 1
        hidden = book.create_sheet("底稿")
        hidden["A1"], hidden.sheet_state = 2, "hidden"
        document = read(saved(book), name="表.xlsx")

        assert [table.name for table in document.tables] == ["Sheet", "底稿"]
        assert [note.message for note in document.notes] == ["工作表 底稿 是隐藏的，也读了"]

    def test_a_sheet_of_pictures_only_is_told_of(self) -> None:
        document = read(xlsx_of('<sheetData/><drawing r:id="rId1"/>'.replace("r:id", "id")), name="表.xlsx")

        assert document.blocks == ()
        assert [note.message for note in document.notes] == ["第 1 张表（自评表）只有图片或图形，没有可读的单元格"]

    def test_an_empty_workbook_gives_an_empty_document_that_says_so(self) -> None:
        document = read(saved(openpyxl.Workbook()), name="表.xlsx")

        assert document.blocks == ()
        assert document.notes

    def test_rows_and_columns_before_the_first_cell_stay_and_those_behind_the_last_go(self) -> None:
        sheet = '<sheetData><row r="3"><c r="B3"><v>1</v></c><c r="Z3" s="1"/></row><row r="9"><c r="C9"/></row></sheetData>'
        table = table_of(xlsx_of(sheet))

        assert (len(table.rows), table.columns) == (3, 2)
        assert table.at(2, 1) == Cell("1", 2, 1, "自评表!B3", value=Decimal(1))

    def test_strict_and_prefixed_markup_reads_the_same(self) -> None:
        strict = f'<worksheet xmlns="{STRICT}">{SEVEN}</worksheet>'
        prefixed = (
            f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
            '<x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        )

        assert cell_of(xlsx_of(strict)).text == cell_of(xlsx_of(prefixed)).text == "7"

    def test_a_sheet_in_utf_16_reads_the_same(self) -> None:
        markup = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}">{SEVEN}</worksheet>'

        assert cell_of(xlsx_of(markup.encode("utf-16"))).text == "7"

    def test_a_workbook_part_of_another_name_is_found(self) -> None:
        data = zipped(
            {
                "_rels/.rels": (
                    f'<Relationships><Relationship Id="a" Type="{RELATIONS}/officeDocument"'
                    ' Target="/xl/book2.xml"/></Relationships>'
                ),
                "xl/book2.xml": f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="甲" r:id="b"/></sheets></workbook>',
                "xl/_rels/book2.xml.rels": (
                    f'<Relationships><Relationship Id="b" Type="{RELATIONS}/worksheet" Target="/xl/s.xml"/></Relationships>'
                ),
                "xl/s.xml": f'<worksheet xmlns="{MAIN}">{SEVEN}</worksheet>',
            }
        )

        assert cell_of(data).address == "甲!A1"


class TestHostileWorkbooks:
    def test_a_million_empty_rows_cost_no_rows(self) -> None:
        empty = "".join(f'<row r="{n}"/>' for n in range(2, 1_000_001))
        data = xlsx_of(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{empty}</sheetData>')
        assert len(table_of(data).rows) == 1
        assert calls(lambda: table_of(data)) < 2000

    def test_sixteen_thousand_columns_are_cut_with_a_note(self) -> None:
        book = openpyxl.Workbook()
        for col in range(1, 16385):
            book.worksheets[0].cell(1, col, col)
        document = read(saved(book), name="表.xlsx")

        assert document.tables[0].columns == Limits().max_columns
        assert [note.message for note in document.notes] == [f"Sheet 第 {Limits().max_columns} 列以后的内容没有读"]

    def test_a_lone_cell_in_the_last_corner_is_left_out_with_a_note(self) -> None:
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        sheet = f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{far}</sheetData>'
        document = read(xlsx_of(sheet), name="表.xlsx")

        assert (len(document.tables[0].rows), document.tables[0].columns) == (1, 1)
        assert len(document.notes) == 1

    def test_more_cells_than_the_limits_allow_are_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="超过 4 个格子"):
            read(xlsx_grid([["a", "b", "c"], ["a", "b", "c"]]), name="表.xlsx", limits=Limits(max_cells=4))

    @pytest.mark.parametrize(
        "part",
        [
            f'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>{BOMB}</worksheet>',
            '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
        ],
    )
    def test_a_document_type_declaration_is_refused(self, part: str) -> None:
        with pytest.raises(UnreadableDocument, match="文档类型声明"):
            read(xlsx_of(part), name="表.xlsx")

    def test_a_zip_bomb_is_refused_before_it_is_expanded(self) -> None:
        limits = Limits(ratio_floor=1_000_000)
        with pytest.raises(UnreadableDocument, match="压缩比异常"):
            read(xlsx_of("<sheetData/>", more={"xl/bomb.xml": b" " * 8_000_000}), name="表.xlsx", limits=limits)

    def test_a_file_that_expands_beyond_the_limit_is_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="展开后超过 1 MB"):
            read(
                xlsx_of("<sheetData/>", more={"xl/large.xml": b" " * 2_000_000}),
                name="表.xlsx",
                limits=Limits(max_expanded_bytes=2**20),
            )

    def test_a_part_that_lies_about_its_size_is_not_expanded_beyond_it(self) -> None:
        data = bytearray(xlsx_of(rows('<c r="A1"><v>1</v></c>') + " " * 100_000))
        entry = data.index(b"PK\x01\x02")
        data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
        with pytest.raises(UnreadableDocument, match=r"表\.xlsx"):
            read(bytes(data), name="表.xlsx")

    def test_a_cell_of_a_million_characters_is_cut_with_a_note(self) -> None:
        cell = cell_of(xlsx_of(rows(f'<c r="A1" t="inlineStr"><is><t>{"字" * 1_000_000}</t></is></c>')))

        assert len(cell.text) == Limits().max_characters
        assert "1000000" in cell.note

    def test_a_truncated_workbook_is_refused_with_a_remedy(self) -> None:
        data = xlsx_grid([["甲"]])
        with pytest.raises(UnreadableDocument, match=r"表\.xlsx：文件已损坏或不完整.*（.+）"):
            read(data[: len(data) // 2], name="表.xlsx")

    @pytest.mark.parametrize("markup", ["<sheetData><row r='1'>", "<a>&undefined;</a>", "\x01"])
    def test_broken_markup_is_refused(self, markup: str) -> None:
        with pytest.raises(UnreadableDocument, match="XML 有误"):
            read(xlsx_of(markup), name="表.xlsx")

    @given(st.binary(min_size=1, max_size=40), st.integers(0, 10_000))
    def test_damaged_bytes_give_a_document_or_one_of_our_errors(self, damage: bytes, where: int) -> None:
        assert_read_or_refused(damaged(_WHOLE, damage, where), "表.xlsx")


_WHOLE = xlsx_grid([["项目", "预算"], ["甲", "1"]])
