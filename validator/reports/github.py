"""The report as workflow commands of GitHub Actions: one annotation for each finding.

In goes a report, out come lines `::error file=…,line=…,title=…::message`. Whatever a received file says can't begin a command.
"""

from __future__ import annotations

from pathlib import Path

from validator.model.finding import Finding, Report, Severity
from validator.reports.address import place
from validator.reports.visible import excerpt, visible

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return one line for each finding."""
    return "".join(f"{_annotation(report, finding)}\n" for finding in report.findings)


def unread(name: str, why: str) -> str:
    """Return the line for a file that could not be read."""
    return f"::error file={_property(_file(name))}::{_data(excerpt(why, 600))}\n"


def _annotation(report: Report, finding: Finding) -> str:
    where = place(finding.primary.address)
    properties = {"file": _file(report.path)}
    if where.in_text and where.row and where.row_name[:1] in ("L", "l"):
        properties["line"] = str(where.row)
        if where.col:
            properties |= {"col": str(where.col), "endColumn": str(max(where.end, where.col))}
    properties["title"] = excerpt(f"{finding.rule} {finding.title} {finding.primary.address}".strip())
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = [excerpt(finding.message, 600)]
    if finding.help:
        message.append(excerpt(finding.help, 400))
    return f"::{COMMANDS[finding.severity]} {listed}::{_data(chr(10).join(message))}"


def _file(path: str) -> str:
    """Return a path as the annotation wants it: relative where the file is below the present folder."""
    folder = Path.cwd()
    given = Path(path)
    if given.is_absolute() and given.is_relative_to(folder):
        path = given.relative_to(folder).as_posix()
    return visible(path)


def _data(text: str) -> str:
    """Escape a message: what would end the line or start an escape."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property: what would end the property as well."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
