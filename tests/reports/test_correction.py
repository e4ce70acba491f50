"""The corrected copy of a file: what was typed is there, all else is as it was, and what is not sure is refused."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest

from tests.building.samples import files, samples
from validator.errors import UsageError
from validator.pipeline import check, understand
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


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


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
    before, after = parts(workbook()), parts(corrected(workbook(), "a.xlsx", {"自评表!A1": "2"}))
    changed = {name for name in before if before[name] != after[name]}

    assert set(before) == set(after)
    assert changed == {"xl/worksheets/sheet1.xml"}
    told = {cell.address: cell.text for table in read(workbook(), name="a.xlsx").tables for cell in table.cells()}
    now = {cell.address: cell.text for table in read(corrected(workbook(), "a.xlsx", {"自评表!A1": "2"}), name="a.xlsx").tables
           for cell in table.cells()}  # fmt: skip
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


SAMPLES = {sample.name: sample for sample in samples()}
OTHERS = ("docx", "html", "tsv", "txt")


@pytest.mark.parametrize(
    ("name", "format"),
    [("rural-clinics", "xlsx"), *((name, format) for name in ("rural-clinics", "school-budget") for format in OTHERS)],
)
def test_the_copy_with_what_is_expected_is_free_of_the_finding_and_otherwise_the_same(name: str, format: str) -> None:
    file = f"{name}.{format}"
    data = files(SAMPLES[name])[file]
    before = check(data, name=file)
    stood = {cell.address: cell.text for table in understand(data, name=file).document.tables for cell in table.cells()}
    settled = 0
    for finding in before.findings:
        address = finding.primary.address
        if not finding.expected or address not in stood:
            continue
        text = finding.expected.removesuffix("万元").removesuffix("分")
        copy = corrected(data, file, {address: text})
        after = check(copy, name=file)
        settled += finding.id not in {one.id for one in after.findings}
        now = [cell.text for table in understand(copy, name=file).document.tables for cell in table.cells()]
        assert sum(old != new for old, new in zip(stood.values(), now, strict=True)) == 1
    assert settled > 0


@pytest.mark.parametrize("format", ["xlsx", *OTHERS])
def test_writing_what_stands_there_gives_the_same_texts(format: str) -> None:
    file = f"rural-clinics.{format}"
    data = files(SAMPLES["rural-clinics"])[file]
    cells = [cell for table in understand(data, name=file).document.tables for cell in table.cells()]
    chosen = next(cell for cell in cells if cell.text and "\n" not in cell.text)
    copy = corrected(data, file, {chosen.address: chosen.text})

    assert [cell for table in understand(copy, name=file).document.tables for cell in table.cells()] == cells


class TestPlain:
    @pytest.mark.parametrize(
        ("data", "texts", "copy"),
        [
            (b"a,b\r\n 1 ,2\r\n", {"\u88681!A2": "30"}, b"a,b\r\n 30 ,2\r\n"),
            (b"a,b\n1,2\n", {"\u88681!B2": "1,234.5"}, b'a,b\n1,"1,234.5"\n'),
            (b"sep=;\na;b\n1;2", {"\u88681!B2": "7"}, b"sep=;\na;b\n1;7"),
            ("\ufeff甲,乙\n1,2\n".encode(), {"表1!A2": "9"}, "\ufeff甲,乙\n9,2\n".encode()),
            ("甲,乙\n1,2\n".encode("gb18030"), {"表1!A1": "丙"}, "丙,乙\n1,2\n".encode("gb18030")),
            ("甲,乙\n1,2\n".encode("utf-16"), {"表1!A2": "9", "表1!B2": "8"}, "甲,乙\n9,8\n".encode("utf-16")),
            (b"a,b\n1,2\n", {"\u88681!A2": ""}, b"a,b\n,2\n"),
        ],
    )
    def test_all_else_stays_byte_for_byte(self, data: bytes, texts: dict[str, str], copy: bytes) -> None:
        assert corrected(data, "a.csv", texts) == copy

    def test_spans_of_one_line_are_replaced_together(self) -> None:
        data = "资金 100 90 90%\r\n共 3 项".encode()

        for name in ("a.txt", "a.md"):
            assert corrected(data, name, {"L1:4-6": "1000", "L1:11-13": "9%"}) == "资金 1000 90 9%\r\n共 3 项".encode()


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.csv", b'a,"b"\n1,2\n', {"\u88681!A2": "3"}),
        ("a.csv", b"a,b\n1,2\n", {"\u88681!C2": "3"}),
        ("a.csv", b"a,b\n1,2\n", {"\u88681!A9": "3"}),
        ("a.csv", b"a,b\n1,2\n", {"L1:1-1": "3"}),
        ("a.txt", "资金 100 90".encode(), {"L1:4-6": "1 000"}),
        ("a.txt", "资金 100 90".encode(), {"L1:4-6": ""}),
        ("a.txt", "资金 100 90".encode(), {"L1:4-6": "1\t2"}),
        ("a.txt", "资金 100 90".encode(), {"L7:4-6": "1"}),
        ("a.txt", "资金 100 90".encode(), {"L1": "1"}),
        ("a.html", b"<table><tr><td>a</td><td></td></tr></table>", {"\u88681!R1C2": "1"}),
        ("a.html", b"<table><tr><td><b>a</b>b</td><td>1</td></tr></table>", {"\u88681!R1C1": "1"}),
    ],
)
def test_what_is_not_sure_is_refused_in_other_formats(name: str, data: bytes, texts: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        corrected(data, name, texts)


def test_of_equal_texts_in_a_page_the_cells_own_is_changed() -> None:
    data = b"<p>5</p><table><tr><td>5</td><td> 5 </td><td class=x>5</td></tr></table>"

    assert corrected(data, "a.html", {"表1!R1C2": "<7>"}) == data.replace(b" 5 ", b" &lt;7&gt; ")


class TestDocument:
    def paper(self) -> bytes:
        document = docx.Document()
        table = document.add_table(2, 2)
        run = table.cell(0, 0).paragraphs[0].add_run("12")
        run.bold = True
        table.cell(0, 0).paragraphs[0].add_run(".5")
        table.cell(0, 1).text = "一\n二"
        table.cell(1, 0).add_paragraph("第二段")
        document.save(out := io.BytesIO())
        return out.getvalue()

    def test_the_first_run_keeps_its_look_and_takes_the_text(self) -> None:
        copy = corrected(self.paper(), "a.docx", {"表1!R1C1": "13.5", "表1!R2C2": "7"})
        table = docx.Document(io.BytesIO(copy)).tables[0]

        assert [run.text for run in table.cell(0, 0).paragraphs[0].runs] == ["13.5", ""]
        assert table.cell(0, 0).paragraphs[0].runs[0].bold
        assert table.cell(1, 1).text == "7"

    @pytest.mark.parametrize(
        ("address", "text"), [("表1!R1C2", "1"), ("表1!R2C1", "1"), ("表9!R1C1", "1"), ("表1!R1C1", "1\n2")]
    )
    def test_a_cell_of_several_lines_or_paragraphs_is_refused(self, address: str, text: str) -> None:
        with pytest.raises(UsageError):
            corrected(self.paper(), "a.docx", {address: text})
