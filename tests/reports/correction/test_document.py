"""The corrected copy of a docx document: the text of one plain paragraph is replaced."""

from __future__ import annotations

import io

import docx
import pytest

from tests.reports.annotating import parts
from validator.errors import UsageError
from validator.reports.correction import corrected


def paper() -> bytes:
    document = docx.Document()
    table = document.add_table(2, 2)
    run = table.cell(0, 0).paragraphs[0].add_run("12")
    run.bold = True
    table.cell(0, 0).paragraphs[0].add_run(".5")
    table.cell(0, 1).text = "一\n二"
    table.cell(1, 0).add_paragraph("第二段")
    document.save(out := io.BytesIO())
    return out.getvalue()


def test_the_first_run_keeps_its_look_and_takes_the_text() -> None:
    copy = corrected(paper(), "a.docx", {"表1!R1C1": "13.5", "表1!R2C2": "7"})
    table = docx.Document(io.BytesIO(copy)).tables[0]

    assert [run.text for run in table.cell(0, 0).paragraphs[0].runs] == ["13.5", ""]
    assert table.cell(0, 0).paragraphs[0].runs[0].bold
    assert table.cell(1, 1).text == "7"


@pytest.mark.parametrize(("address", "text"), [("表1!R1C2", "1"), ("表1!R2C1", "1"), ("表9!R1C1", "1"), ("表1!R1C1", "1\n2")])
def test_a_cell_of_several_lines_or_paragraphs_is_refused(address: str, text: str) -> None:
    with pytest.raises(UsageError):
        corrected(paper(), "a.docx", {address: text})


def test_only_the_body_changes() -> None:
    before, after = parts(paper()), parts(corrected(paper(), "a.docx", {"表1!R1C1": "13.5"}))

    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}
    assert before.keys() == after.keys()


def test_a_cell_can_be_emptied_and_a_blank_one_gets_a_run() -> None:
    copy = docx.Document(io.BytesIO(corrected(paper(), "a.docx", {"表1!R2C2": "7", "表1!R1C1": ""}))).tables[0]

    assert [run.text for run in copy.cell(1, 1).paragraphs[0].runs] == ["7"]
    assert copy.cell(0, 0).text == ""


def test_blanks_that_would_not_be_read_back_are_refused() -> None:
    with pytest.raises(UsageError, match="会显示成 7"):
        corrected(paper(), "a.docx", {"表1!R2C2": " 7 "})
