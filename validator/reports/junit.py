"""The report as JUnit XML, for continuous integration. A suite for each document, a case for each check in each place.

In go reports, out comes XML text. What XML can't hold, control characters above all, is spelled out before it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from validator.model.fact import Pointer
from validator.model.finding import Check, Finding, Outcome, Report, Severity
from validator.reports.visible import excerpt

_LONG = 1000


class _Case(NamedTuple):
    rule: str
    name: str
    body: str
    """What stands inside: a failure, an error, a reason for skipping, or nothing."""
    outcome: str
    """`passed`, `failures`, `errors` or `skipped`."""


def render(
    reports: Sequence[Report],
    *,
    unread: Sequence[tuple[str, str]] = (),
    fail_on: Severity | None = Severity.ERROR,
    every_outcome: bool = False,
) -> str:
    """Return the XML text.

    `unread`: files that could not be read, each with why. Findings lighter than `fail_on` pass, with their text as output;
    None lets all pass. `every_outcome`: list checks that are not applicable too.
    """
    suites = [(report.path, list(_cases(report, fail_on, every_outcome=every_outcome))) for report in reports]
    suites += [(name, [_Case("读取", "读取文件", _element("error", why, why), "errors")]) for name, why in unread]
    total = _totals([case for _, cases in suites for case in cases])
    body = "".join(_suite(name, cases) for name, cases in suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gouji" {total}>\n{body}</testsuites>\n'


def _suite(name: str, cases: Sequence[_Case]) -> str:
    lines = "".join(
        f'  <testcase classname="{_said(case.rule)}" name="{_said(case.name)}"'
        + (f">{case.body}</testcase>\n" if case.body else "/>\n")
        for case in cases
    )
    return f' <testsuite name="{_said(name)}" {_totals(cases)}>\n{lines} </testsuite>\n'


def _totals(cases: Sequence[_Case]) -> str:
    counts = {key: sum(case.outcome == key for case in cases) for key in ("failures", "errors", "skipped")}
    return f'tests="{len(cases)}" ' + " ".join(f'{key}="{count}"' for key, count in counts.items())


def _cases(report: Report, fail_on: Severity | None, *, every_outcome: bool) -> Iterator[_Case]:
    """Yield findings, then waived ones, then checks without one. A failing check is told by its finding or that one's cause."""
    for finding in report.findings:
        failing = fail_on is not None and finding.severity.rank <= fail_on.rank
        text = _told(finding)
        body = (
            _element("failure", finding.message, text, type=finding.severity.value)
            if failing
            else f"<system-out>{_said(text)}</system-out>"
        )
        yield _Case(finding.rule, _name(finding.title, finding.primary), body, "failures" if failing else "passed")
    for waived in report.waived:
        finding = waived.finding
        yield _Case(finding.rule, _name(finding.title, finding.primary), _element("skipped", waived.reason), "skipped")
    titles = {tally.rule: tally.title for tally in report.tallies}
    for check in report.checks:
        title = titles.get(check.rule, check.rule)
        if check.outcome is Outcome.PASS:
            yield _Case(check.rule, _check_name(title, check), "", "passed")
        elif check.outcome is Outcome.CRASHED:
            why = check.reason or check.outcome.value
            yield _Case(check.rule, _check_name(title, check), _element("error", why, why), "errors")
        elif check.outcome is Outcome.UNDETERMINED or (every_outcome and check.outcome is Outcome.NOT_APPLICABLE):
            why = check.reason or check.outcome.value
            yield _Case(check.rule, _check_name(title, check), _element("skipped", why), "skipped")


def _check_name(title: str, check: Check) -> str:
    pointer = check.stated or next(iter(check.operands), None)
    return _name(title, pointer) if pointer is not None else f"{title} {check.path}".strip()


def _name(title: str, pointer: Pointer) -> str:
    where = " · ".join(text for text in (pointer.row_label, pointer.column_label) if text)
    return " ".join(excerpt(part, 120) for part in (title, where, pointer.address) if part)


def _told(finding: Finding) -> str:
    """Return all that a finding says, one thing after the other."""
    parts = [f"{finding.rule} {finding.primary.address} {finding.message}"]
    parts += [f"→ {text}" for text in finding.consequences]
    parts += [text for text in (finding.help, finding.basis) if text]
    return " | ".join(excerpt(part, 400) for part in parts)


def _element(name: str, message: str, text: str = "", *, type: str = "") -> str:
    kind = f' type="{_said(type)}"' if type else ""
    return f'<{name} message="{_said(message)}"{kind}' + (f">{_said(text, 4 * _LONG)}</{name}>" if text else "/>")


def _said(text: str, length: int = _LONG) -> str:
    return escape(excerpt(text, length))
