"""Reports on files made by the tests of annotated copies, and a look into what came out."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lxml import etree

from tests.reports.samples import HOSTILE, clean_report, finding
from validator.model.fact import Pointer
from validator.model.finding import Finding, Report, Severity

NASTY = (
    HOSTILE,
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "]]><script>alert(1)</script>",
    "a_x000D_b",
    "{{ 7 * 7 }}",
    "\ufffe\x01&<\"'>",
)
"""Texts that would be run, hidden or taken for markup somewhere."""


def report_on(data: bytes, findings: Iterable[Finding], *, format: str = "xlsx", path: str = "") -> Report:
    """Return a report on a file."""
    digest = hashlib.sha256(data).hexdigest()
    return replace(clean_report(), path=path or f"送审/自评表.{format}", format=format, sha256=digest, findings=tuple(findings))


def at(
    address: str, severity: Severity = Severity.ERROR, text: str = "98.5%", message: str = "执行率与执行数、预算数不符"
) -> Finding:
    """Return a finding on a place."""
    pointer = Pointer("form[0].funds.total.rate", address, text, "年度资金总额", "执行率")
    return finding("FUND-003", severity, "执行率不符", message, pointer, expected="96.35%", help="核对。", basis="表头")


def nasty(address: str, number: int) -> Finding:
    """Return a finding whose every text is hostile."""
    text = NASTY[number % len(NASTY)]
    pointer = Pointer(text, address, text, text, text)
    severity = tuple(Severity)[number % 3]
    return Finding(f"{number:012}", text, "ratio", severity, text, text, pointer, (), text, text, text, None, None, (text,))


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a zipped file; every one that is XML must be well-formed, and no name stands twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        assert len(names) == len({name.lower() for name in names})
        assert archive.testzip() is None
        found = {name: archive.read(name) for name in names}
    for name, content in found.items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(content)
    return found


def repack(found: Mapping[str, bytes]) -> bytes:
    """Return a zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def canonical(element: etree._Element) -> bytes:
    """Return markup in the form in which equal content is equal."""
    return etree.tostring(element, method="c14n")
