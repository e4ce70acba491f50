from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from tests.reports import drawing, samples
from validator.model.finding import Report
from validator.reports.github import render, unread

COMMAND = re.compile(r"::(error|warning|notice) ([^\n]*?)::(.*)")


def read(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Read the lines as the runner does: command, properties, message."""
    found = []
    for line in text.splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        found.append((match[1], {name: _plain(value) for name, value in properties.items()}, _plain(match[3])))
    return found


def _plain(text: str) -> str:
    for escaped, character in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escaped, character)
    return text


@given(report=samples.reports())
def test_each_finding_is_one_line_whatever_it_says(report: Report) -> None:
    found = read(render(report))

    assert len(found) == len(report.findings)
    assert all(set(properties) <= {"file", "line", "col", "endColumn", "title"} for _, properties, _ in found)


def test_a_hostile_document_begins_no_command_of_its_own() -> None:
    report, _, _ = drawing.hostile()
    findings = (*report.findings, drawing.fault(1, "自评表!A1", text="\n::stop-commands::x\r\n::set-output name=a::b"))

    assert len(read(render(replace(report, findings=findings)))) == len(findings)


def test_severity_place_and_message_are_told() -> None:
    found = read(render(samples.sample_report()))

    assert [command for command, _, _ in found] == ["error", "error", "warning", "notice"]
    _, properties, message = found[0]
    assert properties == {"file": "送审/自评表.xlsx", "title": "FUND-003 执行率与执行数、预算数不符 自评表!H8"}
    assert message == f"{samples.RATE_FINDING.message}\n{samples.RATE_FINDING.help}"
    assert found[3][1] | {"title": ""} == {"file": "送审/自评表.xlsx", "line": "12", "col": "5", "endColumn": "12", "title": ""}


def test_commas_colons_and_percent_signs_survive() -> None:
    report = replace(samples.clean_report(), path="a,b:c%0A.xlsx", findings=(drawing.fault(1, "自评表!A1", text="5%,1:2"),))
    ((_, properties, message),) = read(render(report))

    assert properties["file"] == "a,b:c%0A.xlsx"
    assert "5%,1:2" in message


def test_a_file_below_the_present_folder_is_named_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = replace(samples.sample_report(), path=str(tmp_path / "forms" / "a.xlsx"))

    assert read(render(report))[0][1]["file"] == "forms/a.xlsx"


def test_a_file_that_could_not_be_read_is_an_error() -> None:
    assert read(unread("坏.xlsx", "不是工作簿")) == [("error", {"file": "坏.xlsx"}, "不是工作簿")]
