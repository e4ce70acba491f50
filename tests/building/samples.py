"""Writes samples/: clean and flawed documents of every form in five formats, with the expected findings of the flawed ones.

    python -m tests.building.samples samples

The same bytes come out on every run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.building.filled import FilledForm
from tests.building.flaws import Expected, flaw
from tests.building.layouts import lay_out
from tests.building.others import department_form, generic_form, insurance_form, transfer_form
from tests.building.page import Page
from tests.building.plain import addresses
from tests.building.project import project_form
from tests.building.truth import Writing
from tests.building.vocabulary import AGRICULTURE, EDUCATION, HEALTH, WATER
from tests.building.writers import write
from tests.building.xlsx import write_xlsx

FORMATS = ("xlsx", "docx", "html", "tsv", "txt")


@dataclass(frozen=True, slots=True)
class Sample:
    """A document in samples/, in each of the formats."""

    name: str
    form: FilledForm
    flaws: tuple[str, ...] = ()
    formulas: bool = False
    """Whether totals and rates are formulas in the workbook."""
    found: tuple[tuple[str, Expected], ...] = field(default=(), compare=False)

    @property
    def folder(self) -> str:
        """Where it goes: `project/flawed`."""
        return f"{self.form.kind}/{'flawed' if self.found else 'clean'}"


def samples() -> Iterator[Sample]:
    """Yield every sample, flaws planted."""
    for sample in _SAMPLES:
        form, found = sample.form, []
        for name in sample.flaws:
            planted = flaw(name).apply(form)
            if planted is None:
                raise ValueError(f"{sample.name}: no place for {name}")
            form, expected = planted
            found.append((name, expected))
        yield Sample(sample.name, form, sample.flaws, sample.formulas, tuple(found))


_THOUSANDS = Writing(thousands=True)
_SAMPLES = (
    Sample("county-clinics", project_form(Random(11), "classic-points", field=HEALTH), formulas=True),
    Sample("school-repairs", project_form(Random(4), "cost-group", field=EDUCATION, writing=_THOUSANDS, year=2022)),
    Sample("river-works", project_form(Random(7), "nature", field=WATER, writing=Writing(at_least="≥"))),
    Sample(
        "rural-clinics",
        project_form(Random(23), "classic-points", field=HEALTH),
        ("initial-budget-total-off", "rate-off", "missed-but-full-score", "total-score-off", "garbled-target"),
    ),
    Sample(
        "farmland",
        project_form(Random(31), "classic", field=AGRICULTURE, writing=Writing(decimals=4, strip=True)),
        ("low-execution-unexplained", "score-above-weight", "far-over-without-reason", "blank-actual"),
    ),
    Sample("labels-in-header", project_form(Random(37), "execution-20", field=WATER, year=2021), ("labels-shifted",)),
    Sample(
        "school-budget",
        project_form(Random(41), "nature", field=EDUCATION),
        ("executed-above-budget", "execution-score-off", "text-for-a-figure"),
        formulas=True,
    ),
    Sample("health-grant", transfer_form(Random(2), field=HEALTH, split_local=True), formulas=True),
    Sample("water-grant", transfer_form(Random(3), field=WATER, writing=Writing(rate_decimals=0))),
    Sample(
        "school-grant",
        transfer_form(Random(5), field=EDUCATION, split_local=True),
        ("executed-total-off", "missed-without-reason", "actual-repeats-sign"),
    ),
    Sample(
        "farm-grant",
        transfer_form(Random(6), field=AGRICULTURE),
        ("yuan-under-wan", "far-over-without-reason", "garbled-target"),
    ),
    Sample("total-left-blank", transfer_form(Random(8), field=HEALTH), ("total-row-blank", "indicator-twice")),
    Sample("education-bureau", department_form(Random(1), field=EDUCATION)),
    Sample("water-bureau", department_form(Random(9), field=WATER), ("grade-word-off", "duties-total-off")),
    Sample(
        "health-bureau",
        department_form(Random(10), field=HEALTH, writing=_THOUSANDS),
        ("total-score-off", "met-but-less-without-reason", "actual-copies-target"),
    ),
    Sample("residents-fund", insurance_form(Random(1), writing=_THOUSANDS, previous=True), formulas=True),
    Sample("fund-balance", insurance_form(Random(2), previous=True), ("fund-surplus-off", "fund-rate-off")),
    Sample("fund-scores", insurance_form(Random(3), writing=_THOUSANDS), ("fund-score-above-weight", "fund-closing-off")),
    Sample("districts", generic_form(Random(1))),
    Sample("districts-plain", generic_form(Random(2), subtotals=False, writing=_THOUSANDS), ("grand-total-off", "growth-off")),
    Sample("districts-subtotals", generic_form(Random(3)), ("subtotal-off", "share-off")),
)  # fmt: skip


def expected_findings(sample: Sample, pages: tuple[Page, ...]) -> list[dict[str, Any]]:
    """Return what a report on a flawed sample must hold, as it is written beside it."""
    where = {format: addresses(pages, format) for format in FORMATS}
    found: list[dict[str, Any]] = []
    for name, expected in sample.found:
        place = expected.places[0]
        entry: dict[str, Any] = {
            "flaw": name,
            "kind": flaw(name).kind,
            "severity": flaw(name).severity,
            "place": place,
            "stated": sample.form.text(place),
        }
        if expected.correct:
            entry["expected"] = expected.correct
        entry["at"] = {format: where[format][place] for format in FORMATS}
        also = sorted(set(expected.kinds) - {entry["kind"]})
        if also:
            entry["kinds-also-right"] = also
        if len(expected.places) > 1:
            entry["also-right-at"] = [{format: where[format][other] for format in FORMATS} for other in expected.places[1:]]
        found.append(entry)
    return found


def files(sample: Sample) -> Mapping[str, bytes]:
    """Return the files of a sample by name."""
    pages = lay_out(sample.form)
    written = {f"{sample.name}.{format}": write(pages, format) for format in FORMATS}
    if sample.formulas:
        written[f"{sample.name}.xlsx"] = write_xlsx(pages, formulas=True)
    if sample.found:
        text = yaml.safe_dump(expected_findings(sample, pages), allow_unicode=True, sort_keys=False, width=120)
        written[f"{sample.name}.expected.yaml"] = text.encode()
    return written


def write_samples(root: Path) -> None:
    """Write every sample below a folder."""
    for sample in samples():
        folder = root / sample.folder
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files(sample).items():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_samples(Path(sys.argv[1]))
