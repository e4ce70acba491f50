"""`gouji check` in the formats that other programs and browsers read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as parser

from tests.building.samples import files, samples
from validator.cli import main


@cache
def flawed() -> bytes:
    """Return a workbook with flaws."""
    sample = next(sample for sample in samples() if sample.name == "rural-clinics")
    return files(sample)["rural-clinics.xlsx"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with two flawed workbooks and a file that is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "甲.xlsx").write_bytes(flawed())
    (tmp_path / "乙.xlsx").write_bytes(flawed())
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    return tmp_path


@pytest.mark.parametrize("format", ["html", "sarif", "junit", "github"])
def test_a_document_with_errors_ends_with_1(format: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", format, "甲.xlsx"]) == 1
    assert "FUND-001" in capsys.readouterr().out


def test_html_is_one_page_of_all_documents_with_their_tables_and_pictures(folder: Path) -> None:
    assert main(["check", "--format", "html", "-o", "out.html", "甲.xlsx", "乙.xlsx", "坏.xlsx"]) == 3
    root = parser.document_fromstring((folder / "out.html").read_text(encoding="utf-8"))

    assert len(list(root.iter("h1"))) == 2
    assert [table.get("class") for table in root.iter("table")].count("grid") == 2
    assert "chart" in [figure.get("class") for figure in root.iter("figure")]
    assert "坏.xlsx" in "".join(map(str, root.itertext()))


def test_sarif_is_one_log_that_knows_the_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "sarif", "甲.xlsx", "乙.xlsx", "坏.xlsx"]) == 3
    (run,) = json.loads(capsys.readouterr().out)["runs"]

    assert run["invocations"][0]["exitCode"] == 3
    assert len(run["artifacts"]) == 2
    assert all("help" in rule and "fullDescription" in rule for rule in run["tool"]["driver"]["rules"])


def test_every_outcome_adds_what_passed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "sarif", "--every-outcome", "甲.xlsx"])
    kinds = {result["kind"] for result in json.loads(capsys.readouterr().out)["runs"][0]["results"]}

    assert {"pass", "fail", "notApplicable"} <= kinds


def test_junit_fails_from_the_severity_that_the_command_fails_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "junit", "--fail-on", "never", "甲.xlsx", "坏.xlsx"]) == 3
    root = etree.fromstring(capsys.readouterr().out.encode())

    assert (root.get("failures"), root.get("errors")) == ("0", "1")


def test_github_tells_of_files_that_could_not_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "github", "坏.xlsx"]) == 3
    assert capsys.readouterr().out.startswith("::error file=坏.xlsx::")
