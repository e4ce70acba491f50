"""JSON Schemas of what goes in and out: the report, the facts, rule files, form files, shared sections.

The report's models stand here; those of rule and form files are the specifications that read them. `python -m
validator.reports.schema docs` writes them to `docs/schema/`. Nothing here is needed to check a document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from validator.forms.spec import Form, Parameter, Section
from validator.model.finding import SCHEMA, Grade, Outcome, Severity
from validator.reports.facts import SCHEMA as FACTS_SCHEMA
from validator.rules.spec import Kind, Rule

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_Counts = create_model(  # type: ignore[call-overload]
    "Outcomes",
    __config__=ConfigDict(extra="forbid"),
    __doc__="How many checks ended how.",
    **{outcome.name.lower(): (int, Field(alias=outcome.value, ge=0)) for outcome in Outcome},
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DocumentPart(_Part):
    """The file that was checked."""

    path: str
    format: str
    sha256: str


class PointerPart(_Part):
    """A place: its symbolic path, its address, the text as written, the labels of its row and column.

    Texts longer than 4000 characters, these and all others, have their middle left out.
    """

    path: str
    address: str
    text: str
    row_label: str
    column_label: str


class FormPart(_Part):
    """A form that was recognised."""

    id: str
    title: str
    at: str
    confidence: float = Field(ge=0, le=1)
    reasons: list[str]


class CheckPart(_Part):
    """One evaluation of one rule in one place."""

    id: str
    rule: str
    kind: Kind
    outcome: Outcome
    grade: Grade | None
    stated: PointerPart | None
    operands: list[PointerPart]
    expected: str | None
    reason: str | None = Field(description="Why it is undetermined or not applicable, or what went wrong.")
    path: str = Field(description="The place that the rule's for-each bound.")


class FindingPart(_Part):
    """A fault, or something worth knowing."""

    id: str = Field(description="Stays the same as long as rule, paths and written values do.")
    rule: str
    kind: Kind
    severity: Severity
    check: str | None
    title: str
    message: str
    help: str
    basis: str
    primary: PointerPart
    related: list[PointerPart]
    expected: str | None = Field(description="What should stand in the primary cell; null where nothing certain can be said.")
    cause: str | None = Field(description="Id of the finding that explains this one.")
    consequences: list[str] = Field(description="Messages of the findings folded into this one.")
    form: int | None = Field(description="Index into forms.", ge=0)
    bound: Literal["<=", ">=", "<", ">"] | None = Field(
        description="Set where expected is a limit: at most, at least, less, more."
    )


class SummaryPart(_Part):
    """Counts."""

    errors: int = Field(ge=0)
    warnings: int = Field(ge=0)
    infos: int = Field(ge=0)
    outcomes: _Counts  # type: ignore[valid-type]
    cells_numeric: int = Field(ge=0)
    cells_checked: int = Field(ge=0)


class WaivedPart(_Part):
    """A finding that a baseline file waives."""

    reason: str
    finding: FindingPart


class NotePart(_Part):
    """Something that could not be read."""

    message: str
    address: str


class TallyPart(_Part):
    """How often each outcome came out of one rule; outcomes that never came out may be absent."""

    rule: str
    title: str
    outcomes: dict[Outcome, Annotated[int, Field(ge=0)]]


class ReportModel(_Part):
    """What `gouji check --format json` prints for one document, on one line."""

    schema_: Literal["gouji.report/1"] = Field(alias="schema")
    document: DocumentPart
    forms: list[FormPart]
    checks: list[CheckPart]
    findings: list[FindingPart]
    summary: SummaryPart
    waived: list[WaivedPart]
    notes: list[NotePart]
    tallies: list[TallyPart]


class NumberPart(_Part):
    """A number; figures are texts, as exact as they were written."""

    number: str
    upper: str | None = Field(description="The other end of a written range.")
    unit: str
    dimension: str
    step: str = Field(description="One unit in the last written place; 0 for an exact figure.")
    comparator: str
    approximate: bool


class FactPart(PointerPart):
    """A cell and how it was understood."""

    column: str
    state: Literal["blank", "number", "date", "text", "garbled", "fused"]
    value: NumberPart | None
    alternatives: list[NumberPart]
    why: str


class SectionPart(_Part):
    """A block of a form."""

    id: str
    path: str
    address: str
    unit: str
    complete: bool
    facts: list[FactPart]


class FormFactsPart(FormPart):
    """A form with what it says."""

    year: int | None
    sections: list[SectionPart]


class FactsModel(_Part):
    """What `gouji facts --format json` prints for one document."""

    schema_: Literal["gouji.facts/1"] = Field(alias="schema")
    document: DocumentPart
    forms: list[FormFactsPart]
    reasons: list[str]
    notes: list[NotePart]


def schemas() -> dict[str, dict[str, Any]]:
    """Return every schema, by the name of its file."""
    return {
        "report.json": _named(ReportModel.model_json_schema(by_alias=True), SCHEMA),
        "facts.json": _named(FactsModel.model_json_schema(by_alias=True), FACTS_SCHEMA),
        "rule.json": _named(_as_written(Rule.model_json_schema(by_alias=True), _RULE_SHORTHANDS), "gouji.rule/1"),
        "form.json": _named(Form.model_json_schema(by_alias=True), "gouji.form/1"),
        "section.json": _named(Section.model_json_schema(by_alias=True), "gouji.section/1"),
        "parameter.json": _named(Parameter.model_json_schema(by_alias=True), "gouji.parameter/1"),
    }


_TEXT = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Text"}]}
_RULE_SHORTHANDS: Mapping[str, dict[str, Any]] = {
    **dict.fromkeys(("title", "basis", "why", "message", "help"), _TEXT),
    "check": {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
        ]
    },
}
"""What the validators of a rule take besides the type of the field: a plain text is the Chinese one."""


def _as_written(schema: dict[str, Any], shorthands: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    properties = schema["properties"]
    for name, shape in shorthands.items():
        properties[name] = {
            **{key: properties[name][key] for key in ("title", "description") if key in properties[name]},
            **shape,
        }
    return schema


def _named(schema: dict[str, Any], name: str) -> dict[str, Any]:
    return {"$schema": DIALECT, "$id": f"urn:{name.replace('/', ':')}", **schema}


def text(schema: Mapping[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(directory: Path) -> None:
    """Write every schema into the folder."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (directory / name).write_text(text(schema), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Write the schemas below the folder of the documentation that is named."""
    if len(arguments) > 1:
        sys.stderr.write("usage: python -m validator.reports.schema [DOCS]\n")
        return 2
    write(Path(arguments[0] if arguments else "docs") / "schema")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
