"""An annotated copy: a document and its report in, the same document with every finding at its place out.

A workbook stays a workbook and a docx a docx; text formats become one page of HTML. What all three say of a finding, and
in which colour, is decided here; nothing here knows a rule.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from validator.errors import UnsupportedFormat, UsageError
from validator.model.finding import Finding, Report, Severity
from validator.reports.visible import excerpt, visible

AUTHOR = "勾稽"
TITLES: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "必须更正", Severity.WARNING: "请说明", Severity.INFO: "提示"}
)
"""What a reviewing office calls each severity."""
FILLS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
)
"""Background of a marked place; dark text on it stays readable."""
LONGEST = 2000
"""Characters of one text of a finding; messages are far shorter unless a received cell is quoted in them."""


def annotate(source: Path, report: Report, out: Path, *, force: bool = False) -> None:
    """Write the annotated copy of a checked file.

    Raises UsageError when the file was changed since, or when `out` is the file itself and `force` isn't set;
    UnsupportedFormat for kinds of files that can't be annotated.
    """
    same = _same(source, out)
    if same and not force:
        raise UsageError("批注副本会覆盖原文件，没有写", where=str(out), remedy="换一个输出文件名，或加 --force")
    data = _bytes_of(source)
    suffix = suffix_of(data, report)
    if out.suffix.lower() != suffix:
        raise UsageError(f"这份文件的批注副本是 {suffix} 文件", where=str(out), remedy=f"输出文件名以 {suffix} 结尾")
    write(out, annotated(data, report))


def annotated(data: bytes, report: Report) -> bytes:
    """Return the annotated copy; raises like `annotate`."""
    if hashlib.sha256(data).hexdigest() != report.sha256:
        raise UsageError("文件在核对之后改动过", where=report.path, remedy="重新核对后再写批注")
    if report.format == "xlsx":
        from validator.reports import workbook  # noqa: PLC0415

        return workbook.annotated(data, report)
    if report.format == "docx":
        from validator.reports import document  # noqa: PLC0415

        return document.annotated(data, report)
    _refuse_other_workbooks(report)
    from validator.reports import markup  # noqa: PLC0415

    return markup.annotated(data, report)


def suffix_of(data: bytes, report: Report) -> str:
    """Return the suffix that the annotated copy must have to be opened."""
    if report.format == "xlsx":
        from validator.reports import workbook  # noqa: PLC0415

        return workbook.suffix_of(data, report)
    _refuse_other_workbooks(report)
    return ".docx" if report.format == "docx" else ".html"


def write(out: Path, data: bytes) -> None:
    """Write a file as a whole or not at all; raises UsageError where that can't be done."""
    try:
        if out.exists() and not os.access(out, os.W_OK):
            raise PermissionError
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".gouji-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(out.stat().st_mode if out.exists() else 0o644)
        Path(name).replace(out)
    except (OSError, ValueError) as error:
        raise UsageError("写不进这个文件", where=str(out), remedy="请核对路径和权限，关闭正在使用它的程序") from error


def by_place(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return the findings by the address of their cell, the heaviest first at each."""
    places: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.severity.rank):
        places.setdefault(finding.primary.address, []).append(finding)
    return places


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, the heaviest first, otherwise as they are."""
    return sorted(findings, key=lambda finding: finding.severity.rank)


def remark(finding: Finding) -> list[str]:
    """Return what a comment says of a finding, in lines; the first is its heading."""
    lines = [f"【{TITLES[finding.severity]}】{shown(finding.title)}", shown(finding.message)]
    if finding.expected:
        lines.append(f"应为：{shown(finding.expected)}")
    if finding.consequences:
        lines.append(f"由此还带出 {len(finding.consequences)} 处：{shown('；'.join(finding.consequences[:5]))}")
    return [*lines, f"规则：{shown(finding.rule)}"]


def remarks(findings: Sequence[Finding], limit: int, elsewhere: str) -> list[list[str]]:
    """Return the remarks that fit into so many characters; a last one says how many more there are, and where."""
    kept: list[list[str]] = []
    taken = 0
    for number, finding in enumerate(findings):
        lines = remark(finding)
        taken += sum(len(line) + 1 for line in lines) + 1
        if taken > limit and kept:
            kept.append([f"此处还有 {len(findings) - number} 条，批注写不下，{elsewhere}"])
            break
        kept.append(lines)
    return kept


def shown(text: str) -> str:
    """Return a text of a finding on one line, its middle left out where it is very long."""
    return excerpt(text, LONGEST)


def summary(report: Report) -> str:
    """Say in one sentence what was found."""
    if not report.findings:
        checked = sum(report.outcomes[outcome] for outcome in ("pass", "fail"))
        return "没有发现问题" if checked else "没有可以核对的数字；这不等于没有问题"
    counts = (f"{TITLES[severity]} {count} 处" for severity in Severity if (count := report.count(severity)))
    return "，".join(counts)


def document_name(report: Report) -> str:
    """Return the name of the document without folders."""
    return visible(report.path.replace("\\", "/").rpartition("/")[2]) or "（未命名）"


def _refuse_other_workbooks(report: Report) -> None:
    if report.format in ("xls", "xlsb", "ods"):
        raise UnsupportedFormat(
            f"{report.format} 文件不能加批注", where=report.path, remedy="用表格软件另存为 xlsx，再对 xlsx 加批注"
        )


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError("文件打不开", where=str(path), remedy="核对路径和权限") from error


def _same(source: Path, out: Path) -> bool:
    try:
        return source.resolve() == out.resolve() or (out.exists() and source.samefile(out))
    except (OSError, ValueError):
        return False
