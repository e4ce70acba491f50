"""What is done with a received file: a job in, its result out."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from validator import pipeline
from validator.errors import UnsupportedFormat, UsageError
from validator.serve.edits import Edit
from validator.serve.rules import SHIPPED
from validator.serve.work import TASKS, Drawn, Job, Made, do, prepare

DATA = "项目\t金额（万元）\n甲\t10.00\n乙\t20.00\n合计\t40.00\n".encode()
JOB = Job("page", DATA, "小.tsv")


def drawn(job: Job) -> Drawn:
    made = do(job)
    assert isinstance(made, Drawn)
    return made


def made(job: Job) -> Made:
    done = do(job)
    assert isinstance(done, Made)
    return done


def total() -> Edit:
    """Return what corrects the total, at the address that it has."""
    finding = next(finding for finding in drawn(JOB).findings if finding.rule == "GEN-001")
    return Edit(finding.primary.address, "30.00")


class TestPage:
    def test_the_report_is_drawn_with_the_addresses_of_its_cells(self) -> None:
        page = drawn(JOB)

        assert (page.errors, page.warnings, [finding.rule for finding in page.findings][-1]) == (1, 0, "GEN-001")
        assert f'data-at="{page.findings[0].primary.address}"' in page.html
        assert (page.before, page.formulas, page.correctable) == ({}, (), True)

    def test_edits_are_checked_and_what_stood_there_is_told(self) -> None:
        edit = total()
        page = drawn(JOB._replace(edits=(edit,)))

        assert page.errors == 0
        assert page.before == {edit.address: "40.00"}

    def test_the_language_and_the_form_are_those_of_the_job(self) -> None:
        assert drawn(JOB._replace(lang="en")).findings[0].title != drawn(JOB).findings[0].title
        with pytest.raises(UsageError):
            do(JOB._replace(form="nothing"))


class TestDownloads:
    def test_the_json_and_the_page_are_those_of_the_file_as_received(self) -> None:
        told = json.loads(made(JOB._replace(wanted="json", edits=(total(),))).data)
        page = made(JOB._replace(wanted="html", edits=(total(),)))

        assert "GEN-001" in [finding["rule"] for finding in told["findings"]]
        assert page.suffix == ".html"
        assert told["findings"][0]["message"] in page.data.decode()

    def test_an_annotated_copy_has_a_suffix_that_opens_it(self) -> None:
        assert made(JOB._replace(wanted="annotated")).suffix == ".html"

    def test_a_letter_is_a_document(self) -> None:
        pytest.importorskip("docxtpl", reason="the extra gouji[letter] is not installed")
        letter = made(JOB._replace(wanted="letter"))

        assert letter.suffix == ".docx"
        assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(letter.data)).namelist()

    def test_the_corrected_copy_is_free_of_the_finding(self) -> None:
        copy = made(JOB._replace(wanted="corrected", edits=(total()._replace(text=" 30.00 "),)))

        assert (copy.data, copy.suffix) == (DATA.replace(b"40.00", b"30.00"), ".tsv")
        assert "GEN-001" not in {finding.rule for finding in pipeline.check(copy.data, name="小.tsv").findings}

    def test_without_an_edit_there_is_none(self) -> None:
        with pytest.raises(UsageError, match="还没有试改"):
            do(JOB._replace(wanted="corrected"))


def test_each_task_has_a_function_and_others_are_key_errors() -> None:
    assert set(TASKS) == {"page", "json", "html", "annotated", "letter", "corrected"}
    with pytest.raises(KeyError):
        do(JOB._replace(wanted="nothing"))


def test_what_no_reader_takes_is_raised_as_it_is() -> None:
    with pytest.raises(UnsupportedFormat):
        do(Job("page", b"%PDF-1.4", "a.pdf"))


def test_a_worker_can_be_warmed_up() -> None:
    prepare(SHIPPED)
