from __future__ import annotations

import json as standard
from collections.abc import Callable
from time import perf_counter

import pytest
from hypothesis import given

from tests.reports import samples
from validator.errors import UsageError
from validator.model.finding import Check, Grade, Outcome, Report
from validator.reports import json


@given(samples.reports())
def test_a_report_comes_back_from_its_json(report: Report) -> None:
    assert json.load(json.render(report)) == report


@given(samples.reports())
def test_json_is_one_line_of_valid_utf8_whatever_the_document_says(report: Report) -> None:
    text = json.render(report)

    assert len(text.encode("utf-8").decode("utf-8").splitlines()) == 1
    standard.loads(text)


def test_the_keys_are_those_of_the_contract_in_its_order() -> None:
    data = standard.loads(json.render(samples.sample_report()))

    assert list(data)[:6] == ["schema", "document", "forms", "checks", "findings", "summary"]
    assert list(data["forms"][0])[:4] == ["id", "title", "at", "confidence"]
    check = ["id", "rule", "kind", "outcome", "grade", "stated", "operands", "expected", "reason"]
    assert list(data["checks"][0])[:9] == check
    assert list(data["checks"][0]["stated"])[:3] == ["path", "address", "text"]
    finding = [
        "id",
        "rule",
        "kind",
        "severity",
        "check",
        "title",
        "message",
        "help",
        "basis",
        "primary",
        "related",
        "expected",
        "cause",
    ]
    assert list(data["findings"][0])[:13] == finding
    assert list(data["summary"]) == ["errors", "warnings", "infos", "outcomes", "cells_numeric", "cells_checked"]
    assert list(data["summary"]["outcomes"]) == ["pass", "fail", "undetermined", "not-applicable", "crashed"]


def test_figures_stay_as_written() -> None:
    data = standard.loads(json.render(samples.sample_report()))

    assert data["checks"][0]["stated"]["text"] == "1281.30"
    assert [operand["text"] for operand in data["checks"][0]["operands"]] == ["1000.00", "180.30", "100.00"]


def test_the_json_of_the_sample_is_the_stored_one(golden: Callable[[str, str], None]) -> None:
    golden("report.json", json.render(samples.sample_report()) + "\n")


@pytest.mark.parametrize("text", ["", "[]", "{}", "1", '{"schema": "gouji.report/1"}', '{"schema": "other/1"}', "null"])
def test_what_is_no_report_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError):
        json.load(text)


@pytest.mark.bench
@pytest.mark.bench
def test_a_form_with_300_checks_takes_less_time_than_the_standard_library_needs_to_write_its_data() -> None:
    pointers = [samples.fund_pointer("budget", "全年预算数", "F", f"{n}.30", row=n) for n in range(1, 201)]
    checks = tuple(
        Check("FUND-003", "ratio", Outcome.PASS, f"form[0].funds.row[{n}]", Grade.EXACT, pointers[n % 200],
              (pointers[n * 7 % 200], pointers[n * 3 % 200]), f"{n}.5%", None, f"c{n}")
        for n in range(300)
    )  # fmt: skip
    report = Report("a.xlsx", "xlsx", "0" * 64, (), checks, ())
    data = standard.loads(json.render(report))
    ours = min(_seconds(lambda: json.render(report)) for _ in range(50))
    theirs = min(_seconds(lambda: standard.dumps(data, ensure_ascii=False)) for _ in range(50))
    print(f"\nJSON of 300 checks: {ours * 1000:.2f} ms, {ours / theirs:.2f} of json.dumps alone")  # noqa: T201

    assert ours < theirs


def _seconds(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start
