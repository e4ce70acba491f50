"""Checking built documents, and looking at reports the way that tests do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.building.page import Page
from tests.building.writers import write
from validator.model.finding import Finding, Report


def check(data: bytes, name: str) -> Report:
    """Check a document; `name` is its file name."""
    import validator

    return validator.check(data, name=name)


def check_pages(pages: Sequence[Page], format: str) -> Report:
    """Write pages in a format and check the result."""
    return check(write(pages, format), f"form.{format}")


def bare(address: str, format: str) -> str:
    """Return the part of an address that a test can know: separated values have no sheet name of their own."""
    return address.rpartition("!")[2] if format in ("csv", "tsv") else address


def found_at(finding: Finding, addresses: Iterable[str], format: str, *, related: bool = False) -> bool:
    """Tell whether a finding points at one of the addresses, or with `related` mentions one."""
    wanted = {bare(address, format) for address in addresses}
    pointers = (finding.primary, *finding.related) if related else (finding.primary,)
    return any(bare(pointer.address, format) in wanted for pointer in pointers)


def tell(finding: Finding) -> str:
    """Return a finding on one line, for the message of a failing test."""
    head = f"{finding.severity.value}[{finding.rule} {finding.kind}] {finding.primary.address}"
    return f"{head} {finding.primary.text!r}: {finding.message}"


def heavy(report: Report) -> list[str]:
    """Return the errors and warnings of a report, told on one line each."""
    return [tell(finding) for finding in report.findings if finding.severity.value != "info"]
