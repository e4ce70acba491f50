"""What an annotated copy and a letter say of a finding, and in which colour: findings in, lines of text out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from validator.model.finding import Finding, Report, Severity
from validator.reports.due import due
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
        lines.append(f"应为：{shown(due(finding))}")
    if finding.help and (finding.bound or not finding.expected):
        lines.append(f"怎么办：{shown(finding.help)}")
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
        return "没有发现不符的地方" if checked else "没有可以核对的数字；这不等于没有问题"
    counts = (f"{TITLES[severity]} {count} 处" for severity in Severity if (count := report.count(severity)))
    return "，".join(counts)


def document_name(report: Report) -> str:
    """Return the name of the document without folders."""
    return visible(report.path.replace("\\", "/").rpartition("/")[2]) or "（未命名）"
