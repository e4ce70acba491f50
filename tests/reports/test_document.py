from __future__ import annotations

import io
import re
from random import Random
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.building.flaws import flaw
from tests.building.layouts import lay_out
from tests.building.project import project_form
from tests.building.writers import write
from tests.reports.annotating import NASTY, at, canonical, nasty, parts, repack, report_on
from tests.reports.samples import reports
from validator.model.document import Table
from validator.model.finding import Finding, Severity
from validator.pipeline import check
from validator.readers import read
from validator.reports.annotation import annotated

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
BODY = "word/document.xml"
PHRASE = "全年执行 1234.5 万元，执行率 98.5%。"


def paper(extra: str = "") -> bytes:
    """A document with a merged table, a phrase in several runs, a picture, and a comment of the user's."""
    document = docx.Document()
    paragraph = document.add_paragraph("全年执行 12")
    paragraph.add_run("34.5").bold = True
    paragraph.add_run(" 万元，执行率 98.5%。")
    table = document.add_table(3, 3)
    for row in range(3):
        for col in range(3):
            table.cell(row, col).text = f"{row}{col}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合计"
    document.add_comment(paragraph.runs[0], text="请核实", author="张三", initials="张")
    document.save(buffer := io.BytesIO())
    found = parts(buffer.getvalue())
    found["word/media/image1.png"] = b"\x89PNG not really"
    found["word/vbaData.bin"] = bytes(range(256))
    found[BODY] = found[BODY].replace(b"<w:sectPr", extra.encode() + b"<w:sectPr", 1)
    return repack(found)


def marked(data: bytes, *findings: Finding) -> dict[str, bytes]:
    return parts(annotated(data, report_on(data, findings, format="docx")))


def read_back(data: bytes) -> list[object]:
    """Return what a reader sees."""
    return [list(block.cells()) if isinstance(block, Table) else block for block in read(data, name="a.docx").blocks]


def commented(found: dict[str, bytes]) -> dict[str, tuple[str, str, str]]:
    """Return author, enclosed text and said text of each comment by its number; every one has both ends and a reference."""
    body = etree.fromstring(found[BODY])
    seen: dict[str, tuple[str, str, str]] = {}
    for comment in etree.fromstring(found["word/comments.xml"]):
        number = comment.get(f"{W}id", "")
        assert number not in seen
        inside, pieces = False, []
        for element in body.iter():
            if element.get(f"{W}id") == number:
                inside = inside or element.tag == f"{W}commentRangeStart"
                inside = inside and element.tag != f"{W}commentRangeEnd"
            elif inside and str(element.tag).endswith("}t"):
                pieces.append(element.text or "")
        ends = [e.tag for e in body.iter() if e.get(f"{W}id") == number and "omment" in str(e.tag)]
        assert ends == [f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference"]
        said = "\n".join("".join(map(str, p.itertext())) for p in comment.iter(f"{W}p"))
        seen[number] = (comment.get(f"{W}author", ""), "".join(pieces), said)
    return seen


def test_only_the_body_the_comments_and_nothing_else_change() -> None:
    before = parts(data := paper())

    after = marked(data, at("表1!R2C2"))

    assert {name for name in after if before.get(name) != after[name]} == {BODY, "word/comments.xml"}
    assert set(after) == set(before)


def test_in_the_body_nothing_changes_but_marks_and_shading() -> None:
    before = parts(data := paper())

    body = etree.fromstring(marked(data, at("表1!R2C2"), at("段1"))[BODY])

    for element in list(body.iter()):
        parent = element.getparent()
        mine = element.get(f"{W}id") not in (None, "0")
        if parent is not None and ((mine and "commentRange" in str(element.tag)) or element.tag == f"{W}shd"):
            parent.remove(element)
        elif parent is not None and mine and element.tag == f"{W}commentReference":
            parent.getparent().remove(parent)  # type: ignore[union-attr]
    assert canonical(body) == canonical(etree.fromstring(before[BODY]))


def test_a_cell_is_shaded_and_carries_one_comment_with_all_its_findings() -> None:
    found = marked(paper(), at("表1!R2C2", Severity.INFO, message="甲"), at("表1!R2C2", Severity.WARNING, message="乙"))

    assert commented(found)["1"] == (
        "勾稽",
        "11",
        "【请说明】执行率不符\n乙\n应为：96.35%\n规则：FUND-003\n【提示】执行率不符\n甲\n应为：96.35%\n规则：FUND-003",
    )
    assert re.findall(rb'<w:shd [^>]*w:fill="(\w+)"', found[BODY]) == [b"FFEB9C"]


def test_a_comment_of_the_user_stays() -> None:
    found = marked(paper(), at("表1!R2C2"))

    assert commented(found)["0"] == ("张三", "全年执行 12", "请核实")
    assert set(commented(found)) == {"0", "1"}


@pytest.mark.parametrize("address", ["表1!R1C1", "表1!R2C1"])
def test_a_finding_within_a_merged_region_goes_to_its_first_cell(address: str) -> None:
    assert commented(marked(paper(), at(address)))["1"][1] == "合计"


@pytest.mark.parametrize("span", [(6, 11), (1, 4), (1, len(PHRASE)), (8, 9), (len(PHRASE), len(PHRASE)), (10, 400)])
def test_a_phrase_is_enclosed_and_nothing_beside_it(span: tuple[int, int]) -> None:
    data = paper()
    found = marked(data, at(f"段1:{span[0]}-{span[1]}"))

    assert commented(found)["1"][1] == PHRASE[span[0] - 1 : span[1]]
    assert read_back(repack(found)) == read_back(data)


@given(spans=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=1, max_size=6))
@settings(max_examples=40)
def test_any_phrases_overlapping_or_not_leave_the_text_as_it_was(spans: list[tuple[int, int]]) -> None:
    findings = [at(f"段1:{first}-{first + more}") for first, more in spans]

    found = marked(PAPER, *findings)

    wanted = sorted({PHRASE[first - 1 : first + more] or PHRASE for first, more in spans})
    said = sorted({text for number, (_, text, _) in commented(found).items() if number != "0"})
    assert said == wanted
    assert read_back(repack(found)) == read_back(PAPER)


PAPER = paper()


def test_a_run_that_is_cut_keeps_its_look() -> None:
    body = etree.fromstring(marked(paper(), at("段1:8-9"))[BODY])

    bold = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert ["".join(map(str, run.itertext())) for run in bold] == ["34", ".5"]


@pytest.mark.parametrize(
    "content",
    [
        '<w:p><w:hyperlink w:anchor="a"><w:r><w:t>执行率 98.5%</w:t></w:r></w:hyperlink></w:p>',
        '<w:p><w:ins w:id="900" w:author="李四"><w:r><w:t>执行率</w:t><w:tab/><w:t>98.5%</w:t></w:r></w:ins></w:p>',
        '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>98.5%</m:t></m:r></m:oMath></w:p>',
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>执行率 98.5%</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>后 98.5%</w:t></w:r></w:p>",
    ],
    ids=["link", "insertion", "formula", "control", "hidden"],
)
def test_a_phrase_in_something_else_is_commented_there(content: str) -> None:
    data = paper(content)
    address = next(
        block.address for block in read(data, name="a.docx").paragraphs if "98.5" in block.text and block.address != "段1"
    )

    found = marked(data, at(f"{address}:2-4"))

    assert commented(found)["1"][1]
    assert read_back(repack(found)) == read_back(data)


def test_what_stands_in_a_text_box_is_commented_where_the_box_is_anchored() -> None:
    box = (
        '<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>框里 98.5%</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    data = paper(box)
    address = next(block.address for block in read(data, name="a.docx").paragraphs if "框里" in block.text)

    body = etree.fromstring(marked(data, at(f"{address}:1-2"))[BODY])

    starts = [e for e in body.iter(f"{W}commentRangeStart") if e.get(f"{W}id") == "1"]
    assert [not any("txbx" in str(a.tag) for a in start.iterancestors()) for start in starts] == [True]


@pytest.mark.parametrize("address", ["", "表1", "表9!R1C1", "段99:1-2", "L3", "段1-段3", "表1!R2C2:1-2", "无"])
def test_a_finding_without_a_place_of_its_own_is_told_somewhere(address: str) -> None:
    assert len(commented(marked(paper(), at(address)))) == 2


def test_a_document_without_comments_gets_them_declared() -> None:
    data = write(lay_out(project_form(Random(23), "classic-points")), "docx")

    found = marked(data, at("表1!R3C3"))

    assert b'PartName="/word/comments.xml"' in found["[Content_Types].xml"]
    assert b'comments" Target="comments.xml"' in found["word/_rels/document.xml.rels"]
    assert len(docx.Document(io.BytesIO(repack(found))).comments) == 1


def test_hostile_texts_are_only_text() -> None:
    found = marked(paper(), *(nasty("表1!R2C2", number) for number in range(len(NASTY))))

    said = commented(found)["1"][2]
    assert "]]><script>alert(1)</script>" in said
    assert "\\x1b[31m红" in said


def test_without_findings_the_document_is_the_same() -> None:
    data = paper()

    assert annotated(data, report_on(data, [], format="docx")) == data


def test_a_comment_that_would_be_too_long_says_how_many_more_there_are() -> None:
    findings = [at("表1!R2C2", message=f"{n}" + "长" * 1500) for n in range(10_000)]

    said = commented(marked(paper(), *findings))["1"][2]

    assert len(said) < 33_000
    assert re.search(r"此处还有 \d+ 条，批注写不下，见核对报告$", said)


@given(report=reports())
@settings(max_examples=20)
def test_any_report_gives_a_document_that_opens(report: object) -> None:
    found = marked(PAPER, *getattr(report, "findings", ()))

    docx.Document(io.BytesIO(repack(found)))


@pytest.mark.parametrize("flaws", [("rate-off",), ("initial-budget-total-off", "garbled-target")], ids=str)
def test_checking_the_annotated_copy_gives_the_same_findings(flaws: tuple[str, ...]) -> None:
    form = project_form(Random(23), "classic-points")
    for name in flaws:
        planted = flaw(name).apply(form)
        assert planted is not None
        form = planted[0]
    data = write(lay_out(form), "docx")
    report = check(data, name="自评表.docx")

    again = check(annotated(data, report), name="自评表.docx")

    assert report.findings
    assert again.findings == report.findings


def test_the_namespace_of_strict_files_is_kept() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body><w:p><w:r><w:t>{escape(PHRASE)}</w:t></w:r></w:p></w:body></w:document>'
    found = parts(paper())
    del found["word/comments.xml"]
    data = repack({**found, BODY: body.encode()})

    after = marked(data, at("段1:1-4"))

    assert after[BODY].count(strict.encode()) == 1
    assert f"{{{strict}}}commentRangeStart" in {element.tag for element in etree.fromstring(after[BODY]).iter()}
