"""The report as JSON: one object on one line, a contract that other tools read. `load` is its inverse.

The JSON is always valid UTF-8: control, format and surrogate characters are escaped. Of a text beyond `LONGEST` characters the
middle is left out. The shape is described by `reports.schema`; keys may be added to it, none is taken away or given another
meaning within one schema number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from json import loads
from json.encoder import encode_basestring
from typing import Any

from validator.errors import UsageError
from validator.model.document import Note
from validator.model.fact import Pointer
from validator.model.finding import (
    SCHEMA,
    Check,
    Coverage,
    Finding,
    FormMatch,
    Grade,
    Outcome,
    Report,
    RuleTally,
    Severity,
    Waived,
)
from validator.reports.visible import shortened

LONGEST = 4000
"""Characters of one text: a cell may hold megabytes, and stands in the report once for each check that used it."""
_UNSAFE = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


class _Texts(dict[str | None, str]):
    """JSON texts of strings. Labels, paths and figures come back in many checks: each is written once."""

    def __missing__(self, text: str | None) -> str:
        written = "null" if text is None else encode_basestring(shortened(text, LONGEST))
        if text is not None and not text.isprintable():
            written = _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", written)
        self[text] = written
        return written


class _Pointers(dict[Pointer | None, str]):
    """JSON texts of pointers. One cell is an operand of several checks."""

    def __init__(self, texts: _Texts) -> None:
        self.texts = texts
        super().__init__({None: "null"})

    def __missing__(self, pointer: Pointer | None) -> str:
        texts = self.texts
        path, address, text, row_label, column_label = pointer or Pointer("", "", "")
        written = self[pointer] = (
            f'{{"path":{texts[path]},"address":{texts[address]},"text":{texts[text]},'
            f'"row_label":{texts[row_label]},"column_label":{texts[column_label]}}}'
        )
        return written


def render(report: Report) -> str:
    """Return the report as one line of JSON, without the line break.

    The text is put together by hand: a form has some hundred checks with a thousand pointers among them, and they
    mostly point at the same cells.
    """
    texts = _Texts()
    pointers = _Pointers(texts)
    forms = ",".join([_form(form, texts) for form in report.forms])
    findings = ",".join([_finding(finding, texts, pointers) for finding in report.findings])
    waived = ",".join(
        [f'{{"reason":{texts[w.reason]},"finding":{_finding(w.finding, texts, pointers)}}}' for w in report.waived]
    )
    notes = ",".join([f'{{"message":{texts[note.message]},"address":{texts[note.address]}}}' for note in report.notes])
    tallies = ",".join(
        [f'{{"rule":{texts[t.rule]},"title":{texts[t.title]},"outcomes":{_counts(t.outcomes, texts)}}}' for t in report.tallies]
    )
    document = f'{{"path":{texts[report.path]},"format":{texts[report.format]},"sha256":{texts[report.sha256]}}}'
    summary = (
        f'{{"errors":{report.count(Severity.ERROR)},"warnings":{report.count(Severity.WARNING)},'
        f'"infos":{report.count(Severity.INFO)},"outcomes":{_counts(report.outcomes, texts)},'
        f'"cells_numeric":{report.coverage.numeric},"cells_checked":{report.coverage.checked}}}'
    )
    return (
        f'{{"schema":"{SCHEMA}","document":{document},"forms":[{forms}],"checks":[{_checks(report.checks, texts, pointers)}],'
        f'"findings":[{findings}],"summary":{summary},"waived":[{waived}],"notes":[{notes}],"tallies":[{tallies}]}}'
    )


def load(text: str) -> Report:
    """Return the report that a line of JSON says; raise UsageError when it is no such report."""
    try:
        data = loads(text)
        if data.get("schema") != SCHEMA:
            raise UsageError(f"这不是 {SCHEMA} 格式的报告", remedy="请用 gouji check --format json 重新生成")
        return _report(data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"报告的内容不完整：{error}", remedy="请用 gouji check --format json 重新生成") from error


def _form(form: FormMatch, texts: _Texts) -> str:
    return (
        f'{{"id":{texts[form.id]},"title":{texts[form.title]},"at":{texts[form.at]},'
        f'"confidence":{_number(form.confidence)},"reasons":{_strings(form.reasons, texts)}}}'
    )


def _checks(checks: Iterable[Check], texts: _Texts, pointers: _Pointers) -> str:
    written = []
    for rule, kind, outcome, path, grade, stated, operands, expected, reason, id in checks:
        listed = ",".join([pointers[operand] for operand in operands])
        written.append(
            f'{{"id":{texts[id]},"rule":{texts[rule]},"kind":{texts[kind]},"outcome":{texts[outcome]},"grade":{texts[grade]},'
            f'"stated":{pointers[stated]},"operands":[{listed}],"expected":{texts[expected]},"reason":{texts[reason]},'
            f'"path":{texts[path]}}}'
        )
    return ",".join(written)


def _finding(finding: Finding, texts: _Texts, pointers: _Pointers) -> str:
    listed = ",".join([pointers[pointer] for pointer in finding.related])
    form = "null" if finding.form is None else str(finding.form)
    return (
        f'{{"id":{texts[finding.id]},"rule":{texts[finding.rule]},"kind":{texts[finding.kind]},'
        f'"severity":{texts[finding.severity]},"check":{texts[finding.check]},"title":{texts[finding.title]},'
        f'"message":{texts[finding.message]},"help":{texts[finding.help]},"basis":{texts[finding.basis]},'
        f'"primary":{pointers[finding.primary]},"related":[{listed}],"expected":{texts[finding.expected]},'
        f'"cause":{texts[finding.cause]},"consequences":{_strings(finding.consequences, texts)},"form":{form},'
        f'"bound":{texts[finding.bound or None]}}}'
    )


def _strings(values: Iterable[str], texts: _Texts) -> str:
    return f"[{','.join([texts[value] for value in values])}]"


def _counts(counts: Mapping[str, int], texts: _Texts) -> str:
    return f"{{{','.join([f'{texts[name]}:{count}' for name, count in counts.items()])}}}"


def _number(value: float) -> str:
    """A share between 0 and 1, without the noise of binary fractions."""
    return repr(round(value, 6))


def _report(data: dict[str, Any]) -> Report:
    document, summary = data["document"], data["summary"]
    return Report(
        path=document["path"],
        format=document["format"],
        sha256=document["sha256"],
        forms=tuple(
            FormMatch(form["id"], form["title"], form["at"], form["confidence"], tuple(form["reasons"]))
            for form in data["forms"]
        ),
        checks=tuple(_read_check(check) for check in data["checks"]),
        findings=tuple(_read_finding(finding) for finding in data["findings"]),
        tallies=tuple(RuleTally(tally["rule"], tally["title"], dict(tally["outcomes"])) for tally in data["tallies"]),
        coverage=Coverage(summary["cells_numeric"], summary["cells_checked"]),
        waived=tuple(Waived(_read_finding(waived["finding"]), waived["reason"]) for waived in data["waived"]),
        notes=tuple(Note(note["message"], note["address"]) for note in data["notes"]),
    )


def _read_check(data: dict[str, Any]) -> Check:
    return Check(
        rule=data["rule"],
        kind=data["kind"],
        outcome=Outcome(data["outcome"]),
        path=data["path"],
        grade=None if data["grade"] is None else Grade(data["grade"]),
        stated=None if data["stated"] is None else Pointer(**data["stated"]),
        operands=tuple(Pointer(**pointer) for pointer in data["operands"]),
        expected=data["expected"],
        reason=data["reason"],
        id=data["id"],
    )


def _read_finding(data: dict[str, Any]) -> Finding:
    return Finding(
        id=data["id"],
        rule=data["rule"],
        kind=data["kind"],
        severity=Severity(data["severity"]),
        title=data["title"],
        message=data["message"],
        primary=Pointer(**data["primary"]),
        related=tuple(Pointer(**pointer) for pointer in data["related"]),
        expected=data["expected"],
        help=data["help"],
        basis=data["basis"],
        check=data["check"],
        cause=data["cause"],
        consequences=tuple(data["consequences"]),
        form=data["form"],
        bound=data.get("bound") or "",
    )
