"""What the OpenAPI document says of the interface for filing systems."""

from __future__ import annotations

import json

import pytest

from validator import pipeline
from validator.reports import json as report_json
from validator.serve.description import ABOUT, CHECK, HEALTH


def test_the_schema_of_the_answer_refers_to_nothing_outside_itself_and_fits_a_report() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = CHECK["responses"][200]["content"]["application/json"]["schema"]
    report = report_json.render(pipeline.check("项目\t数\n甲\t1\n乙\t2\n合计\t4\n".encode(), name="a.tsv"))

    assert not {"$ref", "$defs", "$schema", "$id"} & set(json.dumps(schema).replace('"', " ").split())
    jsonschema.validate(json.loads(report), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": "gouji.report/1"}, schema)


@pytest.mark.parametrize("status", [403, 413, 415, 422, 500, 503])
def test_every_refusal_is_told_with_a_code_and_a_sentence(status: int) -> None:
    answer = CHECK["responses"][status]
    error = answer["content"]["application/json"]["schema"]["properties"]["error"]

    assert answer["description"]
    assert error["required"] == ["code", "message"]


def test_a_file_can_come_as_a_form_or_as_the_body() -> None:
    body = CHECK["openapi_extra"]["requestBody"]["content"]

    assert set(body) == {"multipart/form-data", "application/octet-stream"}
    assert [parameter["name"] for parameter in CHECK["openapi_extra"]["parameters"]] == ["name", "lang", "form"]
    assert all(parameter["description"] for parameter in CHECK["openapi_extra"]["parameters"])


def test_everything_is_said_in_both_languages() -> None:
    for text in (ABOUT, CHECK["summary"], CHECK["description"], HEALTH["summary"]):
        assert any("\u4e00" <= char <= "\u9fff" for char in text)
        assert any(char.isascii() and char.isalpha() for char in text)
