from __future__ import annotations

import json as standard
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import samples, test_facts
from validator.model.finding import Report
from validator.reports import facts, json, schema

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = schema.schemas()
DATA_FILES = [
    *(("rule.json", path) for path in sorted(ROOT.glob("rulesets/*/rules/*.yaml"))),
    *(("form.json", path) for path in sorted(ROOT.glob("rulesets/*/form.yaml"))),
    *(("section.json", path) for path in sorted(ROOT.glob("rulesets/common/sections/*.yaml"))),
]


def validator_of(name: str) -> Any:
    return jsonschema.Draft202012Validator(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_in_the_documentation_are_current(name: str) -> None:
    assert (ROOT / "docs" / "schema" / name).read_text(encoding="utf-8") == schema.text(SCHEMAS[name]), "run `make docs`"


@pytest.mark.parametrize("report", [samples.sample_report(), samples.clean_report(), samples.empty_report()])
def test_reports_are_what_their_schema_says(report: Report) -> None:
    validator_of("report.json").validate(standard.loads(json.render(report)))


@given(samples.reports(), st.sampled_from(["total", "ratio"]))
def test_any_report_is_what_its_schema_says(report: Report, kind: str) -> None:
    data = standard.loads(json.render(report))
    for part in (*data["checks"], *data["findings"], *(waived["finding"] for waived in data["waived"])):
        part["kind"] = kind

    validator_of("report.json").validate(data)


@pytest.mark.parametrize(
    ("key", "value"), [("schema", "other/1"), ("findings", None), ("surplus", 1), ("checks", [{"id": "c1"}]), ("document", {})]
)
def test_what_is_no_report_does_not_pass(key: str, value: object) -> None:
    data = standard.loads(json.render(samples.sample_report()))
    data[key] = value

    with pytest.raises(jsonschema.ValidationError):
        validator_of("report.json").validate(data)


def test_facts_are_what_their_schema_says() -> None:
    validator_of("facts.json").validate(standard.loads(facts.render_json(test_facts.DOCUMENT, [test_facts.SAMPLE], ("无",))))


@pytest.mark.parametrize(("name", "path"), DATA_FILES, ids=lambda value: value.stem if isinstance(value, Path) else "")
def test_the_shipped_files_are_what_their_schema_says(name: str, path: Path) -> None:
    data = standard.loads(standard.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))

    validator_of(name).validate(data)


def test_a_rule_with_an_unknown_key_does_not_pass() -> None:
    name, path = DATA_FILES[0]
    data = {**yaml.safe_load(path.read_text(encoding="utf-8")), "titel": "x"}

    with pytest.raises(jsonschema.ValidationError):
        validator_of(name).validate(data)
