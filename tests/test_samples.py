"""samples/ is what the builder writes, and every flawed document gives the findings that stand beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.building.checking import check, found_at, tell
from tests.building.samples import FORMATS, files, samples
from validator.inference.engine import BackedEngine, choose_engine

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
ALL = list(samples())
DOCUMENTS = sorted(path for path in SAMPLES.rglob("*") if path.suffix[1:] in FORMATS)


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.name)
def test_samples_are_what_the_builder_writes(sample: Any) -> None:
    """`make samples` writes them again; the bytes are the same on every run and machine."""
    stored = {path.name: path.read_bytes() for path in (SAMPLES / sample.folder).glob(f"{sample.name}.*")}

    assert stored == files(sample)


def test_nothing_else_lies_in_the_samples() -> None:
    written = {SAMPLES / sample.folder / name for sample in ALL for name in files(sample)}

    assert {path for path in SAMPLES.rglob("*") if path.is_file()} == written


def test_each_form_has_a_clean_and_two_flawed_samples() -> None:
    for form in {sample.form.kind for sample in ALL}:
        flawed = [bool(sample.found) for sample in ALL if sample.form.kind == form]

        assert flawed.count(False) >= 1, form
        assert flawed.count(True) >= 2, form


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p.parent.name == "clean"], ids=lambda path: path.name)
def test_a_clean_sample_gives_no_error_and_no_warning(path: Path) -> None:
    report = check(path.read_bytes(), path.name)

    assert report.forms
    assert [tell(finding) for finding in report.findings if finding.severity.value != "info"] == []


@pytest.mark.parametrize(
    "path", [p for p in DOCUMENTS if p.parent.name == "flawed" and p.suffix != ".txt"], ids=lambda path: path.name
)
def test_a_flawed_sample_gives_the_findings_beside_it(path: Path) -> None:
    report = check(path.read_bytes(), path.name)
    expected = yaml.safe_load(path.with_suffix(".expected.yaml").read_text(encoding="utf-8"))

    missing = [entry for entry in expected if not _found(report, entry, path.suffix[1:])]
    assert missing == [], "\n".join(tell(finding) for finding in report.findings)


def _found(report: Any, entry: dict[str, Any], format: str) -> bool:
    kinds = {entry["kind"], *entry.get("kinds-also-right", [])}
    places = [entry["at"][format], *(also[format] for also in entry.get("also-right-at", []))]
    return any(finding.kind in kinds and found_at(finding, places, format) for finding in report.findings)


def test_durable_rules_takes_every_diagnosis_and_fact_of_the_samples() -> None:
    """The plain loop would take over silently what it fails at; of one in three, as they differ in their format only."""
    engine = choose_engine().engine
    assert isinstance(engine, BackedEngine)
    for path in DOCUMENTS[::3]:
        check(path.read_bytes(), path.name)
    assert engine.failures == {}
