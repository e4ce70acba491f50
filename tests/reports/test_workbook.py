from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.building.flaws import flaw
from tests.building.layouts import lay_out
from tests.building.project import project_form
from tests.building.writers import write
from tests.building.xlsx import write_xlsx
from tests.reports.annotating import NASTY, at, canonical, nasty, parts, repack, report_on
from tests.reports.samples import reports
from validator.cli import main
from validator.errors import UnreadableDocument, UnsupportedFormat, UsageError
from validator.model.finding import Severity
from validator.pipeline import check
from validator.readers import read
from validator.reports.annotation import annotate, annotated, suffix_of

pytestmark = pytest.mark.filterwarnings("ignore:Data Validation extension is not supported")
"""openpyxl says what it would lose."""
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def book() -> bytes:
    """A workbook with everything that saving through a library would lose or change."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "自评表"
    thin = Side(style="thin")
    table: tuple[tuple[str | float, ...], ...] = (
        ("资金", "全年预算数", "全年执行数", "执行率"),
        ("总额", 1281.3, 1234.56, "=C2/B2"),
    )
    for row, values in enumerate(table, 1):
        for col, value in enumerate(values, 1):
            cell = sheet.cell(row, col, value)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(horizontal="center", wrap_text=True)
    sheet["D2"].number_format = "0.00%"
    sheet["B2"].font = Font(name="楷体", size=13, italic=True)
    sheet["C2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["B2"].comment = Comment("我自己的批注", "张三")
    sheet.merge_cells("A5:C6")
    sheet["A5"] = "=SUM(B2:C2)"
    sheet.column_dimensions["B"].width = 23.5
    sheet.row_dimensions[2].height = 41
    sheet.print_area = "A1:D6"
    sheet.page_setup.orientation = "landscape"
    assert sheet.oddFooter is not None
    sheet.oddFooter.center.text = "第 &P 页"
    validation = DataValidation(type="list", formula1='"是,否"')
    validation.add("E2:E9")
    sheet.add_data_validation(validation)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=2))
    sheet.add_chart(chart, "G2")  # type: ignore[call-arg] # the stubs take the sheet for one of charts
    hidden = workbook.create_sheet("参数'表")
    hidden.sheet_state = "hidden"
    hidden["A1"] = 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    found = parts(buffer.getvalue())
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/x14">'
        b"<x14:dataValidations/></ext></extLst></worksheet>"
    )
    found[SHEET] = found[SHEET].replace(b"</worksheet>", extension)
    found["xl/printerSettings/printerSettings1.bin"] = bytes(range(256)) * 4
    found["xl/media/image1.png"] = b"\x89PNG not really"
    found["customXml/item1.xml"] = b"<a/>"
    return repack(found)


def test_parts_that_need_no_change_are_copied_byte_for_byte() -> None:
    before = parts(data := book())

    after = parts(annotated(data, report_on(data, [at("自评表!D2")])))

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", SHEET,
        "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    assert set(after) - set(before) == {"xl/worksheets/sheet.xml"}


def test_in_a_sheet_nothing_changes_but_the_style_of_marked_cells_and_the_link_to_the_notes() -> None:
    before = parts(data := book())
    after = parts(annotated(data, report_on(data, [at("自评表!D2"), at("参数'表!A1")])))

    for name in (SHEET, "xl/worksheets/sheet2.xml"):
        trees = [etree.fromstring(found[name]) for found in (before, after)]
        for tree in trees:
            for marked in tree.iter(f"{MAIN}c"):
                if marked.get("r") in ("D2", "A1"):
                    marked.attrib.pop("s", "")
            for link in tree.findall(f"{MAIN}legacyDrawing"):
                tree.remove(link)
        assert canonical(trees[0]) == canonical(trees[1])
    assert before["xl/styles.xml"].count(b"<xf ") < after["xl/styles.xml"].count(b"<xf ")


def test_a_marked_cell_keeps_its_number_format_font_border_and_alignment() -> None:
    data = book()
    out = openpyxl.load_workbook(
        io.BytesIO(annotated(data, report_on(data, [at("自评表!D2"), at("自评表!B2"), at("自评表!C2")])))
    )
    was = openpyxl.load_workbook(io.BytesIO(data))

    for place in ("B2", "C2", "D2"):
        old, new = was["自评表"][place], out["自评表"][place]
        for look in ("number_format", "font", "border", "alignment", "value"):
            assert repr(getattr(new, look)) == repr(getattr(old, look))
        assert new.fill.fgColor.rgb == "FFFFC7CE"
    assert repr(out["自评表"]["A2"].fill) == repr(was["自评表"]["A2"].fill)


def test_the_heaviest_finding_of_a_cell_gives_the_colour_and_all_are_told() -> None:
    data = book()
    findings = [at("自评表!D2", Severity.INFO, message="甲"), at("自评表!D2", Severity.WARNING, message="乙")]

    cell = openpyxl.load_workbook(io.BytesIO(annotated(data, report_on(data, findings))))["自评表"]["D2"]

    assert cell.fill.fgColor.rgb == "FFFFEB9C"
    assert cell.comment is not None
    assert (
        cell.comment.text
        == "【请说明】执行率不符\n乙\n应为：96.35%\n规则：FUND-003\n\n【提示】执行率不符\n甲\n应为：96.35%\n规则：FUND-003"
    )


def test_a_note_of_the_user_stays_and_ours_stands_below_it() -> None:
    data = book()
    out = openpyxl.load_workbook(io.BytesIO(annotated(data, report_on(data, [at("自评表!B2"), at("自评表!C2")]))))["自评表"]

    assert out["B2"].comment is not None
    assert out["C2"].comment is not None
    assert out["B2"].comment.text.startswith("我自己的批注\n\n【必须更正】")
    assert out["B2"].comment.author == "张三"
    assert out["C2"].comment.author == "勾稽"


def test_a_threaded_conversation_is_left_alone() -> None:
    found = parts(book())
    found["xl/comments/comment1.xml"] = found["xl/comments/comment1.xml"].replace("张三".encode(), b"tc={0000-1111}")
    data = repack(found)

    after = parts(annotated(data, report_on(data, [at("自评表!B2")])))

    assert "【".encode() not in after["xl/comments/comment1.xml"]
    assert b"&#12304;" not in after["xl/comments/comment1.xml"]


def test_every_note_has_a_box_with_a_number_of_its_own() -> None:
    data = book()
    findings = [at(f"自评表!{letter}{row}") for letter in "ABCD" for row in (1, 2)] + [at("参数'表!A1")]

    after = parts(annotated(data, report_on(data, findings)))

    drawings = [content for name, content in after.items() if name.endswith(".vml")]
    numbers = [number for content in drawings for number in re.findall(rb'<\w+:shape [^>]*?id="([^"]+)"', content)]
    assert len(drawings) == 2
    assert len(numbers) == len(set(numbers)) == 9
    maps = re.findall(rb'idmap [^>]*data="([^"]+)"', b"".join(drawings))
    assert sorted(b",".join(maps).split(b",")) == sorted(set(b",".join(maps).split(b",")))


def test_a_finding_within_a_merged_region_goes_to_its_first_cell() -> None:
    data = book()
    out = openpyxl.load_workbook(io.BytesIO(annotated(data, report_on(data, [at("自评表!C6")]))))["自评表"]

    assert out["A5"].comment is not None
    assert out["A5"].fill.fgColor.rgb == "FFFFC7CE"


@pytest.mark.parametrize("place", ["C4", "A3", "F2", "H40", "AB2"])
def test_a_cell_that_is_not_there_yet_is_put_where_it_belongs(place: str) -> None:
    data = book()
    after = annotated(data, report_on(data, [at(f"自评表!{place}"), at("自评表!B3"), at("自评表!B41")]))

    tree = etree.fromstring(parts(after)[SHEET])
    rows = [int(row.get("r", "0")) for row in tree.iter(f"{MAIN}row")]
    assert rows == sorted(set(rows))
    for row in tree.iter(f"{MAIN}row"):
        columns = [(len(ref := cell.get("r", "").rstrip("0123456789")), ref) for cell in row]
        assert columns == sorted(set(columns))
    assert openpyxl.load_workbook(io.BytesIO(after))["自评表"][place].fill.fgColor.rgb == "FFFFC7CE"


def test_the_index_leads_to_the_cells_the_heaviest_first() -> None:
    data = book()
    findings = [at("自评表!D2", Severity.INFO), at("参数'表!A1"), at("不存在!A1"), at("")]

    out = openpyxl.load_workbook(io.BytesIO(annotated(data, report_on(data, findings))))

    assert out.sheetnames == ["自评表", "参数'表", "核对结果"]
    sheet = out["核对结果"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=3)] == [
        ["1", "必须更正", "参数'表!A1"],
        ["2", "必须更正", "不存在!A1"],
        ["3", "必须更正", "全文"],
        ["4", "提示", "自评表!D2"],
    ]
    links = {place: sheet[place].hyperlink for place in ("C3", "C4", "C5", "C6")}
    assert {place: link.location for place, link in links.items() if link} == {"C3": "'参数''表'!A1", "C6": "'自评表'!D2"}
    assert sheet.freeze_panes == "A3"


def test_nothing_in_a_text_becomes_a_formula_or_markup() -> None:
    data = book()
    findings = [nasty("自评表!D2", number) for number in range(3 * len(NASTY))]

    out = annotated(data, report_on(data, findings, path="=cmd|' /C calc'!A0.xlsx"))

    sheet = openpyxl.load_workbook(io.BytesIO(out))["核对结果"]
    values = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in values if cell.value is not None} <= {"s", "inlineStr"}
    assert "]]><script>alert(1)</script>" in {cell.value for cell in values}
    assert all(cell.quotePrefix for cell in values if str(cell.value).startswith(("=", "+", "-", "@")))
    assert b"<f" not in re.sub(rb"<f[a-z]", b"", parts(out)["xl/worksheets/sheet.xml"])


def test_without_findings_only_the_index_is_added() -> None:
    before = parts(data := book())

    out = annotated(data, report_on(data, []))

    assert {name for name in before if before[name] != parts(out)[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    }  # fmt: skip
    assert "没有发现不符" in str(openpyxl.load_workbook(io.BytesIO(out))["核对结果"]["A1"].value)


def _prefixed(found: dict[str, bytes]) -> None:
    for name in (SHEET, "xl/styles.xml", "xl/workbook.xml"):
        tree = etree.fromstring(found[name])
        new = etree.Element(str(tree.tag), nsmap={"x": MAIN[1:-1]})
        new.extend(list(tree))
        text = etree.tostring(new)
        assert text.startswith(b"<x:")
        found[name] = text.replace(f' xmlns="{MAIN[1:-1]}"'.encode(), b"")


def _wide(found: dict[str, bytes]) -> None:
    for name in (SHEET, "xl/styles.xml", "[Content_Types].xml"):
        text = re.sub(r"^<\?xml.*?\?>", "", found[name].decode())
        found[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


def _without_styles(found: dict[str, bytes]) -> None:
    del found["xl/styles.xml"]
    found["xl/_rels/workbook.xml.rels"] = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", found["xl/_rels/workbook.xml.rels"])
    found["[Content_Types].xml"] = re.sub(rb"<Override [^>]*styles[^>]*/>", b"", found["[Content_Types].xml"])
    found[SHEET] = re.sub(rb' s="\d+"', b"", found[SHEET])


def _empty_styles(found: dict[str, bytes]) -> None:
    found["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN[1:-1]}"/>'.encode()
    found[SHEET] = re.sub(rb' s="\d+"', b"", found[SHEET])


def _single_quotes(found: dict[str, bytes]) -> None:
    found[SHEET] = found[SHEET].replace(b'r="D2"', b"r = 'D2'").replace(b"<worksheet ", b"<!-- <c r='D2'> --><worksheet ")


def _without_places(found: dict[str, bytes]) -> None:
    found[SHEET] = re.sub(rb'(<c) r="[A-Z]+2"', rb"\1", found[SHEET])


@pytest.mark.parametrize("change", [_prefixed, _wide, _without_styles, _empty_styles, _single_quotes, _without_places])
def test_markup_written_in_other_ways_is_annotated_the_same(change: Callable[[dict[str, bytes]], None]) -> None:
    found = parts(book())
    change(found)
    data = repack(found)

    out = annotated(data, report_on(data, [at("自评表!D2"), at("自评表!D9")]))

    parts(out)
    sheet = openpyxl.load_workbook(io.BytesIO(out))["自评表"]
    assert sheet["D2"].value == "=C2/B2"
    for place in ("D2", "D9"):
        assert sheet[place].fill.fgColor.rgb == "FFFFC7CE"
        assert sheet[place].comment is not None


@pytest.mark.parametrize("flaws", [("rate-off",), ("initial-budget-total-off", "garbled-target"), ()], ids=str)
@pytest.mark.parametrize("formulas", [False, True], ids=["values", "formulas"])
def test_checking_the_annotated_copy_gives_the_same_findings(flaws: tuple[str, ...], *, formulas: bool) -> None:
    form = project_form(Random(23), "classic-points")
    for name in flaws:
        planted = flaw(name).apply(form)
        assert planted is not None
        form = planted[0]
    data = write_xlsx(lay_out(form), formulas=formulas)
    report = check(data, name="自评表.xlsx")

    again = check(annotated(data, report), name="自评表.xlsx")

    assert again.findings == report.findings
    assert bool(report.findings) == bool(flaws)


def test_a_copy_is_annotated_again_without_reading_the_old_index() -> None:
    once = annotated(data := book(), report_on(data, [at("自评表!D2")]))
    twice = annotated(once, report_on(once, [at("自评表!D2", Severity.INFO)]))

    assert openpyxl.load_workbook(io.BytesIO(twice)).sheetnames[-2:] == ["核对结果", "核对结果2"]
    assert [table.name for table in read(twice, name="a.xlsx").tables] == ["自评表", "参数'表"]


def test_a_sheet_of_the_user_that_is_called_like_the_index_is_read() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "核对结果"
    sheet["A1"], sheet["A2"] = "合计", "序号"
    workbook.save(buffer := io.BytesIO())

    assert [table.name for table in read(buffer.getvalue(), name="a.xlsx").tables] == ["核对结果"]


def test_ten_thousand_findings_and_a_cell_of_two_megabytes_stay_within_what_programs_take() -> None:
    data = book()
    findings = [at(f"自评表!{'ABCD'[n % 4]}{n // 8 + 1}", message=f"第 {n} 处") for n in range(10_000)]
    findings += [at("自评表!B2", text="长" * 2_000_000, message="长" * 2_000_000)] * 50

    out = openpyxl.load_workbook(io.BytesIO(annotated(data, report_on(data, findings))))

    longest = max(
        len(cell.comment.text if cell.comment and sheet.title == "自评表" else str(cell.value or ""))
        for sheet in out
        for row in sheet.iter_rows()
        for cell in row
    )
    assert longest <= 32_767
    assert out["核对结果"].max_row == len(findings) + 2


def test_a_note_that_would_be_too_long_says_how_many_more_there_are() -> None:
    data = book()
    findings = [at("自评表!D2", message="长" * 1500)] * 30

    comment = openpyxl.load_workbook(io.BytesIO(annotated(data, report_on(data, findings))))["自评表"]["D2"].comment

    assert comment is not None
    told = re.search(r"此处还有 (\d+) 条，批注写不下，见“核对结果”表$", comment.text)
    assert told is not None
    assert comment.text.count("【必须更正】") + int(told.group(1)) == 30


@given(
    report=reports(), extra=st.lists(st.sampled_from(["自评表!A1", "自评表!XFD1048576", "自评表!A0", "自评表!AAAA1", "自评表"]))
)
@settings(max_examples=30)
def test_any_report_gives_a_workbook_that_opens(report: object, extra: list[str]) -> None:
    data = BOOK
    findings = (*getattr(report, "findings", ()), *map(at, extra))

    out = annotated(data, report_on(data, findings))

    parts(out)
    openpyxl.load_workbook(io.BytesIO(out))


BOOK = book()


def test_macros_stay_and_the_copy_is_called_xlsm() -> None:
    found = parts(book())
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    found["xl/vbaProject.bin"] = b"macro"
    data = repack(found)
    report = report_on(data, [at("自评表!D2")], path="自评表.xlsm")

    assert suffix_of(data, report) == ".xlsm"
    assert parts(annotated(data, report))["xl/vbaProject.bin"] == b"macro"


@pytest.mark.parametrize("format", ["xls", "xlsb", "ods"])
def test_other_kinds_of_workbooks_are_refused_with_a_remedy(format: str) -> None:
    with pytest.raises(UnsupportedFormat, match="另存为 xlsx"):
        annotated(b"x", report_on(b"x", [], format=format))


def test_a_file_that_changed_after_it_was_checked_is_refused() -> None:
    with pytest.raises(UsageError, match="改动过"):
        annotated(book(), report_on(b"another", []))


def test_a_damaged_sheet_is_refused_in_one_sentence() -> None:
    found = parts(book())
    data = repack({**found, SHEET: found[SHEET][:-30]})

    with pytest.raises(UnreadableDocument, match="XML 有误"):
        annotated(data, report_on(data, [at("自评表!D2")]))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(BOOK)
    return path


def test_the_file_itself_is_written_over_only_when_that_is_asked_for(source: Path) -> None:
    report = report_on(BOOK, [at("自评表!D2")])
    (source.parent / "link.xlsx").symlink_to(source)

    for out in (source, source.parent / "." / "自评表.xlsx", source.parent / "link.xlsx"):
        with pytest.raises(UsageError, match="覆盖原文件"):
            annotate(source, report, out)
    assert source.read_bytes() == BOOK
    annotate(source, report, source, force=True)
    assert source.read_bytes() == annotated(BOOK, report)


def test_the_source_is_never_touched_and_no_other_file_is_left(source: Path) -> None:
    source.chmod(0o444)
    out = source.parent / "批注.xlsx"

    annotate(source, report_on(BOOK, [at("自评表!D2")]), out)

    assert source.read_bytes() == BOOK
    assert sorted(path.name for path in source.parent.iterdir()) == sorted(["自评表.xlsx", "批注.xlsx"])


@pytest.mark.parametrize(
    ("out", "said"), [("批注.txt", "以 .xlsx 结尾"), ("没有/批注.xlsx", "写不进"), ("自评表.xlsx/批注.xlsx", "写不进")]
)
def test_an_output_that_makes_no_sense_is_told(source: Path, out: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        annotate(source, report_on(BOOK, []), source.parent / out)


def test_the_same_input_gives_the_same_bytes() -> None:
    report = report_on(BOOK, [at("自评表!D2"), at("参数'表!A1")])

    assert annotated(BOOK, report) == annotated(BOOK, report)


@pytest.mark.parametrize("format", ["xlsx", "docx", "html", "txt", "csv"])
def test_the_command_writes_the_copy_and_says_what_is_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str
) -> None:
    planted = flaw("rate-off").apply(project_form(Random(23), "classic-points"))
    assert planted is not None
    source = tmp_path / f"自评表.{format}"
    source.write_bytes(write(lay_out(planted[0]), format))
    out = tmp_path / ("批注.html" if format not in ("xlsx", "docx") else f"批注.{format}")

    assert main(["annotate", str(source), "-o", str(out)]) == 0

    assert "必须更正 1 处" in capsys.readouterr().err
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["没有.xlsx", "-o", "a.xlsx"], "文件不存在"),
        (["自评表.xlsx"], "缺少"),
        (["自评表.xlsx", "-o", "自评表.xlsx"], "覆盖原文件"),
    ],
)
def test_the_command_tells_what_makes_no_sense(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(source.parent)

    assert main(["annotate", *arguments]) in (2, 3)
    assert said in capsys.readouterr().err
