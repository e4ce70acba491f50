from __future__ import annotations

import json as standard
from collections.abc import Callable

import pytest
from hypothesis import given

from tests.reports import samples
from validator.errors import UsageError
from validator.model.finding import Report
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
