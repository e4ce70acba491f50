"""The report as SARIF 2.1.0, for editors and code-scanning services. One log, one run, any number of documents.

In go reports, out comes JSON text. Cells are logical locations (a sheet has no lines); text has regions. Paths are relative
where they can be. Text of a received file is spelled out where it isn't printable.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from validator.model.fact import Pointer
from validator.model.finding import Check, Finding, Outcome, Report, Severity
from validator.reports.address import place
from validator.reports.visible import excerpt

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = {Outcome.PASS: "pass", Outcome.UNDETERMINED: "open", Outcome.NOT_APPLICABLE: "notApplicable"}
"""What becomes a result only when every outcome is asked for. A crash is a notification, a failure a finding."""

_LONG = 1000
_TEXT = 200
_FORMATS_WITH_LINES = frozenset({"txt", "md", "tsv", "csv", "html"})


class RuleText(NamedTuple):
    """What is said of a rule beyond what the report says."""

    name: str = ""
    title: str = ""
    why: str = ""
    help: str = ""
    basis: str = ""
    severity: str = ""


def render(
    reports: Sequence[Report],
    *,
    unread: Sequence[tuple[str, str]] = (),
    rules: Mapping[str, RuleText] | None = None,
    exit_code: int | None = None,
    every_outcome: bool = False,
    root: Path | None = None,
    lang: str = "zh",
) -> str:
    """Return the log as JSON text.

    `unread`: files that could not be read, each with why. `rules`: what the ruleset says of its rules, by id.
    `exit_code`: that of the run. `every_outcome`: list passes and what could not be checked besides the findings.
    `root`: folder that paths are relative to, by default the present one.
    """
    listed = _rules(reports, rules or {})
    index = {rule["id"]: number for number, rule in enumerate(listed)}
    base = Path.cwd() if root is None else root
    artifacts = {_uri(report.path, base): _artifact(report, base) for report in reports}
    references = {uri: {"uri": uri, "index": number} for number, uri in enumerate(artifacts)}
    run = {
        "tool": {"driver": {"name": "gouji", "version": _version(), "semanticVersion": _version(), "rules": listed}},
        "language": "zh-CN" if lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(reports, unread, exit_code, base)],
        "artifacts": list(artifacts.values()),
        "results": [
            result
            for report in reports
            for result in _results(report, references[_uri(report.path, base)], index, every_outcome=every_outcome)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def _version() -> str:
    from validator import __version__

    return __version__


def _rules(reports: Iterable[Report], texts: Mapping[str, RuleText]) -> list[dict[str, Any]]:
    """Describe each rule once: those of the ruleset, and any other that a report names."""
    titles: dict[str, str] = {}
    told: dict[str, Finding] = {}
    for report in reports:
        for tally in report.tallies:
            titles.setdefault(_said(tally.rule), tally.title)
        for finding in (*report.findings, *(waived.finding for waived in report.waived)):
            titles.setdefault(_said(finding.rule), finding.title)
            told.setdefault(_said(finding.rule), finding)
        for check in report.checks:
            titles.setdefault(_said(check.rule), check.rule)
    return [_rule(id, title, told.get(id), texts.get(id, RuleText())) for id, title in titles.items()]


def _rule(id: str, title: str, finding: Finding | None, text: RuleText) -> dict[str, Any]:
    basis = text.basis or (finding.basis if finding else "")
    help = text.help or (finding.help if finding else "")
    rule: dict[str, Any] = {"id": id, "shortDescription": {"text": _said(text.title or title) or id or "?"}}
    if text.name:
        rule["name"] = _said(text.name)
    if full := "\n".join(_said(part) for part in (text.why, basis) if part):
        rule["fullDescription"] = {"text": full}
    if help:
        rule["help"] = {"text": _said(help)}
    severity = text.severity or (finding.severity.value if finding else "")
    if severity:
        rule["defaultConfiguration"] = {"level": LEVELS[Severity(severity)]}
    return rule


def _said(text: str, length: int = _LONG) -> str:
    return excerpt(text, length)


def _invocation(
    reports: Sequence[Report], unread: Sequence[tuple[str, str]], exit_code: int | None, base: Path
) -> dict[str, Any]:
    notifications = [_notification(_uri(name, base), why) for name, why in unread]
    crashed = False
    for report in reports:
        uri = _uri(report.path, base)
        notifications += [_notification(uri, note.message, level="note", at=note.address) for note in report.notes]
        for check in report.checks:
            if check.outcome is Outcome.CRASHED:
                crashed = True
                notifications.append(_notification(uri, f"{check.rule} {check.reason or ''}", at=_at(check)))
    invocation: dict[str, Any] = {"executionSuccessful": not unread and not crashed}
    if exit_code is not None:
        invocation["exitCode"] = exit_code
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    return invocation


def _notification(uri: str, text: str, *, level: str = "error", at: str = "") -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    if at:
        location["logicalLocations"] = [{"fullyQualifiedName": _said(at, _TEXT)}]
    return {"level": level, "message": {"text": _said(text) or "?"}, "locations": [location]}


def _at(check: Check) -> str:
    return check.stated.address if check.stated else check.path


def _artifact(report: Report, base: Path) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": _uri(report.path, base)}}
    if report.sha256:
        artifact["hashes"] = {"sha-256": _said(report.sha256, 64)}
    return artifact


def _uri(path: str, base: Path) -> str:
    """Return a relative reference where the path is below `base`, else a file URI; any name becomes a valid one."""
    full = path.replace("\\", "/") if os.sep == "\\" else path
    relative = os.path.relpath(full, base) if Path(full).is_absolute() and "\0" not in full else full
    if relative.startswith(".."):
        return f"file://{_quoted(full)}"
    quoted = _quoted(relative.removeprefix("./"))
    # A first segment with a colon would read as a scheme.
    return f"./{quoted}" if ":" in quoted.partition("/")[0] else quoted or "."


def _quoted(text: str) -> str:
    try:
        return quote(os.fsencode(text))
    except UnicodeEncodeError:
        return quote(text.encode("utf-8", "replace"))


def _results(
    report: Report, artifact: Mapping[str, Any], index: Mapping[str, int], *, every_outcome: bool
) -> Iterator[dict[str, Any]]:
    lines = report.format in _FORMATS_WITH_LINES
    for finding in report.findings:
        yield _result(finding, artifact, index, lines=lines)
    for waived in report.waived:
        result = _result(waived.finding, artifact, index, lines=lines)
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": _said(waived.reason)}]
        yield result
    if every_outcome:
        for check in report.checks:
            if check.outcome in KINDS:
                yield _verdict(check, artifact, index, lines=lines)


def _result(finding: Finding, artifact: Mapping[str, Any], index: Mapping[str, int], *, lines: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": _said(finding.rule),
        "ruleIndex": index[_said(finding.rule)],
        "kind": "fail",
        "level": LEVELS[finding.severity],
        "message": {"text": _said(finding.message) or _said(finding.title) or "?"},
        "locations": [_location(finding.primary, artifact, lines=lines)],
        "partialFingerprints": {"gouji/v1": _said(finding.id)},
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(pointer, artifact, lines=lines)} for number, pointer in enumerate(finding.related, 1)
        ]
    properties: dict[str, Any] = {"stated": _said(finding.primary.text, _TEXT)}
    if finding.expected is not None:
        properties["expected"] = _said(finding.expected, _TEXT)
    if finding.bound:
        properties["bound"] = finding.bound
    if finding.cause is not None:
        properties["cause"] = _said(finding.cause)
    if finding.consequences:
        properties["consequences"] = [_said(text) for text in finding.consequences]
    result["properties"] = properties
    return result


def _verdict(check: Check, artifact: Mapping[str, Any], index: Mapping[str, int], *, lines: bool) -> dict[str, Any]:
    """Return the result of a check that is no finding."""
    pointer = check.stated or next(iter(check.operands), None)
    text = check.reason or (check.grade.value if check.grade else check.outcome.value)
    result: dict[str, Any] = {
        "ruleId": _said(check.rule),
        "ruleIndex": index[_said(check.rule)],
        "kind": KINDS[check.outcome],
        "level": "none",
        "message": {"text": _said(text)},
    }
    if pointer is not None:
        result["locations"] = [_location(pointer, artifact, lines=lines)]
    elif check.path:
        member = {"fullyQualifiedName": _said(check.path, _TEXT), "kind": "member"}
        result["locations"] = [{"physicalLocation": {"artifactLocation": dict(artifact)}, "logicalLocations": [member]}]
    return result


def _location(pointer: Pointer, artifact: Mapping[str, Any], *, lines: bool) -> dict[str, Any]:
    """Return where a pointer is: the file, lines and columns if it has any, the cell and the symbolic path by name."""
    physical: dict[str, Any] = {"artifactLocation": dict(artifact)}
    where = place(pointer.address)
    if lines and where.in_text and where.row and where.row_name[:1] in ("L", "l"):
        region: dict[str, Any] = {"startLine": where.row}
        if where.col:
            region |= {"startColumn": where.col, "endColumn": max(where.end, where.col) + 1}
        if pointer.text:
            region["snippet"] = {"text": _said(pointer.text, _TEXT)}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    logical = []
    if pointer.address:
        logical.append(
            {"name": _said(where.name, _TEXT), "fullyQualifiedName": _said(pointer.address, _TEXT), "kind": "cell"}
            if not where.in_text
            else {"fullyQualifiedName": _said(pointer.address, _TEXT), "kind": "text"}
        )
    if pointer.path:
        logical.append({"fullyQualifiedName": _said(pointer.path, _TEXT), "kind": "member"})
    if logical:
        location["logicalLocations"] = logical
    label = " · ".join(_said(text, 80) for text in (pointer.row_label, pointer.column_label) if text)
    if label or pointer.text:
        location["message"] = {"text": "：".join(part for part in (label, _said(pointer.text, _TEXT)) if part)}
    return location
