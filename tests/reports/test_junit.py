from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from lxml import etree

from tests.reports import drawing, samples
from validator.model.finding import Outcome, Report, Severity
from validator.reports.junit import render

OUTCOMES = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def suites(text: str) -> etree._Element:
    """Parse, and check that every count is that of the cases."""
    root = etree.fromstring(text.encode())
    for element in (root, *root.findall("testsuite")):
        assert int(element.get("tests", "")) == len(element.findall(".//testcase"))
        for tag, count in OUTCOMES.items():
            assert int(element.get(count, "")) == len(element.findall(f".//testcase/{tag}"))
    assert all(case.get("name") is not None and case.get("classname") is not None for case in root.iter("testcase"))
    return root


@pytest.mark.parametrize("every_outcome", [False, True])
@given(report=samples.reports())
def test_any_report_gives_well_formed_xml(every_outcome: bool, report: Report) -> None:
    suites(render([report, report], unread=[(report.path, report.format)], every_outcome=every_outcome))


def test_a_hostile_document_gives_well_formed_xml_without_elements_of_its_own() -> None:
    report, _, _ = drawing.hostile()
    root = suites(render([report], every_outcome=True))

    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"
    }  # fmt: skip


@pytest.mark.parametrize(("fail_on", "failures"), [(Severity.ERROR, 2), (Severity.WARNING, 3), (Severity.INFO, 4), (None, 0)])
def test_findings_at_or_above_the_threshold_fail(fail_on: Severity | None, failures: int) -> None:
    root = suites(render([samples.sample_report()], fail_on=fail_on))

    assert root.get("failures") == str(failures)
    assert len(root.findall(".//system-out")) == 4 - failures


def test_a_failure_says_what_the_finding_says() -> None:
    failure = suites(render([samples.sample_report()])).find(".//failure")

    assert failure is not None
    assert failure.get("message") == samples.RATE_FINDING.message
    assert failure.get("type") == "error"
    for text in (samples.RATE_FINDING.help, samples.RATE_FINDING.basis, *samples.RATE_FINDING.consequences):
        assert text in (failure.text or "")


def test_what_could_not_be_checked_is_skipped_with_the_reason() -> None:
    root = suites(render([samples.sample_report()]))

    assert "其他资金没有填全年执行数" in [skipped.get("message") for skipped in root.iter("skipped")]
    assert "全年预算数为 0" not in [skipped.get("message") for skipped in root.iter("skipped")]
    assert "全年预算数为 0" in [
        skipped.get("message") for skipped in suites(render([samples.sample_report()], every_outcome=True)).iter("skipped")
    ]


def test_a_check_that_passed_is_a_case_at_its_place() -> None:
    (case,) = suites(render([samples.clean_report()])).iter("testcase")

    assert case.get("classname") == "FUND-003"
    assert case.get("name") == "执行率 年度资金总额 · 执行率 自评表!H8"
    assert len(case) == 0


def test_our_own_faults_and_unreadable_files_are_errors() -> None:
    report = samples.clean_report()
    crashed = replace(report, checks=tuple(check._replace(outcome=Outcome.CRASHED, reason="坏了") for check in report.checks))
    root = suites(render([crashed], unread=[("坏.xlsx", "不是工作簿")]))

    assert [error.get("message") for error in root.iter("error")] == ["坏了", "不是工作簿"]


def test_nothing_at_all_is_well_formed_too() -> None:
    assert suites(render([])).get("tests") == "0"
