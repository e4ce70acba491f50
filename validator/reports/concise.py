"""The report in short: one finding a line, in the form that editors and `grep` understand.

    自评表.xlsx:自评表!H8: error[FUND-003] 年度资金总额的执行率填 98.5%，应为 96.35%

In goes a report, out goes text. Findings that another one explains stand on lines of their own here.
"""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.finding import Finding, Report
from validator.reports.visible import excerpt, visible


def lines(report: Report) -> Iterator[str]:
    """Yield a line for each finding, in the report's order."""
    for finding in report.findings:
        yield line(report.path, finding)


def line(path: str, finding: Finding) -> str:
    """Return the line of one finding in the document at `path`."""
    mark = f"{finding.severity.value}[{visible(finding.rule)}]"
    return f"{visible(path)}:{excerpt(finding.primary.address)}: {mark} {excerpt(finding.message, 600)}"


def render(report: Report) -> str:
    """Return all lines, each with its line break; nothing when there is nothing to tell."""
    return "".join(f"{text}\n" for text in lines(report))
