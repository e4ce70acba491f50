"""What is done with a received file, one function for each thing: a job in, its result out. Runs in a worker process.

A job carries everything that it needs; nothing is remembered between two jobs but the compiled ruleset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from validator import pipeline
from validator.errors import UsageError
from validator.forms.restore import restore
from validator.model.document import Document
from validator.model.finding import Finding, Report, Severity
from validator.pipeline import Understanding
from validator.readers import read
from validator.serve.edits import Edit, edited, texts_of
from validator.serve.rules import SHIPPED, Rules, ruleset_of

_MOST_CARDS = 200
"""Findings that the page tells in full: it is drawn anew after each change, and nobody corrects more than these at once."""


class Job(NamedTuple):
    """A received file and what is wanted of it."""

    wanted: str
    """Key of `TASKS`."""
    data: bytes
    name: str
    """For messages and the suffix; never opened."""
    lang: str = "zh"
    form: str | None = None
    edits: tuple[Edit, ...] = ()
    rules: Rules = SHIPPED


class Drawn(NamedTuple):
    """A report as the page shows it."""

    html: str
    errors: int
    warnings: int
    infos: int
    findings: tuple[Finding, ...]
    before: Mapping[str, str]
    """What stood in the edited cells."""
    formulas: tuple[str, ...]
    """Addresses of the cells that hold formulas."""
    correctable: bool
    """Whether a corrected copy can be made of this kind of file."""


class Made(NamedTuple):
    """A file to download."""

    data: bytes
    suffix: str


def page(job: Job) -> Drawn:
    """Check and draw, with the edits in."""
    from validator.reports import correction, html

    given, seen, report = _checked(job, job.edits)
    drawn = html.body(html.Checked(report, seen.document, seen.forms), lang=job.lang, addressed=True, most_cards=_MOST_CARDS)
    formulas = tuple(cell.address for table in given.tables for cell in table.cells() if cell.formula)
    return Drawn(
        drawn,
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.INFO),
        report.findings,
        texts_of(given, [edit.address for edit in job.edits]),
        formulas,
        report.format in correction.FORMATS and not formulas,
    )


def json(job: Job) -> Made:
    """Return the JSON report of the file as it was received."""
    from validator.reports import json as report

    _, _, found = _checked(job)
    return Made(report.render(found).encode(), ".json")


def html(job: Job) -> Made:
    """Return the self-contained HTML report of the file as it was received."""
    from validator.reports import html as report

    _, seen, found = _checked(job)
    return Made(report.render(found, seen.document, seen.forms, lang=job.lang).encode(), ".html")


def annotated(job: Job) -> Made:
    """Return the annotated copy; raises UnsupportedFormat for kinds of files that can't have one."""
    from validator.reports import annotation

    _, _, found = _checked(job)
    return Made(annotation.annotated(job.data, found), annotation.suffix_of(job.data, found))


def letter(job: Job) -> Made:
    """Return the review letter; raises UsageError where docxtpl is not installed."""
    from validator.reports import letter as report
    from validator.reports.letter_template import PATH

    _, seen, found = _checked(job)
    said = report.particulars_of(seen.forms, day=date.today())  # noqa: DTZ011 (the office's own day)
    return Made(report.rendered(found, said, PATH.read_bytes()), ".docx")


def corrected(job: Job) -> Made:
    """Return the file with the edits in; raises UsageError where that can't be done exactly."""
    from validator.reports import annotation, correction

    if not job.edits:
        raise UsageError("还没有试改，没有改好的副本", remedy="先在“原表”里改一格")
    made = correction.corrected(job.data, job.name, {edit.address: edit.text.strip() for edit in job.edits})
    _, _, found = _checked(job)
    suffix = annotation.suffix_of(job.data, found) if found.format == "xlsx" else correction.FORMATS[found.format]
    return Made(made, suffix)


TASKS: Mapping[str, Callable[[Job], Drawn | Made]] = MappingProxyType(
    {"page": page, "json": json, "html": html, "annotated": annotated, "letter": letter, "corrected": corrected}
)


def do(job: Job) -> Drawn | Made:
    """Do a job. Raises what reading, checking and rendering raise."""
    return TASKS[job.wanted](job)


def prepare(rules: Rules) -> None:
    """Compile the ruleset and load the readers, so that the first job is as quick as the next."""
    checker = pipeline.checker(ruleset_of(rules))
    checker.judge(checker.understand("合计\t1\n".encode(), name="a.tsv"))


def _checked(job: Job, edits: tuple[Edit, ...] = ()) -> tuple[Document, Understanding, Report]:
    """Return what was read, what it says with edits in, and the report on that."""
    checker = pipeline.checker(ruleset_of(job.rules))
    given = restore(read(job.data, name=job.name), checker.ruleset)
    seen = checker.understand_document(edited(given, edits), form=job.form)
    return given, seen, checker.judge(seen, lang=job.lang)
