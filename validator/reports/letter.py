"""The letter that a reviewing office sends back: a report in, 审核意见 as a docx out, from a template that can be replaced.

A template is somebody's file: it is opened within limits and rendered in a sandbox, where it sees the names below and nothing
else. Texts of the document are escaped, and never taken for parts of a template.

Names: 标题 被审核单位 项目 文件 日期 审核单位 结论 有问题; 必须更正 请说明 提示, and 意见 for all of them (lists of
序号 轻重 位置 项目 填写 应为 问题 依据 怎么办 规则 名称); 未能核对 (a list of sentences).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from validator.errors import GoujiError, UsageError
from validator.model.fact import Form
from validator.model.finding import Finding, Report, Severity
from validator.readers.package import Package
from validator.readers.source import Source
from validator.reports.address import spoken
from validator.reports.annotation import write
from validator.reports.due import due
from validator.reports.letter_template import PATH
from validator.reports.remarks import TITLES, by_weight, document_name, shown, summary

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

TITLE = "绩效自评审核意见"
_FILTER_NAMES = "default d join length count first last list sort reverse replace round int abs upper lower trim e escape"
_FILTERS = frozenset(_FILTER_NAMES.split())
"""Filters that a template may use: none that makes texts longer than they are or switches escaping off."""
NAMES = (
    *("标题", "被审核单位", "项目", "文件", "日期", "审核单位", "结论", "有问题", "意见", "未能核对"),
    *TITLES.values(),
)
"""What a template can name."""
_ENDS = "。．.！!；;"


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a letter says besides the findings. Empty texts leave their place blank."""

    unit: str = ""
    """被审核单位."""
    project: str = ""
    office: str = ""
    """审核单位, who signs."""
    day: date | None = None
    title: str = TITLE


def letter(report: Report, out: Path, *, particulars: Particulars | None = None, template: Path | None = None) -> None:
    """Write the letter; raises UsageError where the template can't be used or docxtpl isn't installed."""
    if out.suffix.lower() != ".docx":
        raise UsageError("审核意见是 docx 文件", where=str(out), remedy="输出文件名以 .docx 结尾")
    write(out, rendered(report, particulars or Particulars(), _bytes_of(template or PATH), name=(template or PATH).name))


def rendered(report: Report, particulars: Particulars, template: bytes, *, name: str = "") -> bytes:
    """Return the letter made from the bytes of a template; raises like `letter`."""
    try:
        from docxtpl import DocxTemplate  # type: ignore[import-untyped]
    except ImportError as error:
        raise UsageError("写审核意见要用 docxtpl，还没有安装", remedy='运行 pip install "gouji[letter]"') from error
    _inspect(template, name)
    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(template))
        document.render(context(report, particulars), _sandbox(), autoescape=True)
        document.save(out)
    except GoujiError:
        raise
    except Exception as error:  # a template is any file at all, and the libraries raise anything
        raise UsageError(
            f"模板用不了：{shown(_cause(error))}", where=name, remedy=f"可用的名称：{'、'.join(NAMES)}；双大括号要成对"
        ) from error
    return out.getvalue()


def particulars_of(forms: Iterable[Form], *, office: str = "", day: date | None = None) -> Particulars:
    """Return what the forms of a document say of themselves: whose they are, and about what."""
    said: dict[str, list[str]] = {}
    for form in forms:
        section = form.section("header")
        for record in section.records if section is not None else ():
            for id, fact in record.fields.items():
                if not fact.blank:
                    said.setdefault(id, []).append(" ".join(fact.text.split()))
    unit = next((said[id][0] for id in ("unit", "department", "local_department") if id in said), "")
    projects = list(dict.fromkeys(said.get("project", ())))
    named = projects[0] if projects else ""
    return Particulars(unit, f"{named} 等 {len(projects)} 个项目" if len(projects) > 1 else named, office, day)


def context(report: Report, particulars: Particulars) -> dict[str, Any]:
    """Return what a template sees: texts, and lists of texts by name."""
    opinions = {severity: _opinions(report.findings, severity) for severity in Severity}
    day = particulars.day
    return {
        "标题": shown(particulars.title),
        "被审核单位": shown(particulars.unit),
        "项目": shown(particulars.project),
        "文件": document_name(report),
        "日期": f"{day.year}年{day.month}月{day.day}日" if day is not None else "",
        "审核单位": shown(particulars.office),
        "结论": summary(report),
        "有问题": bool(report.findings),
        "意见": [opinion for severity in Severity for opinion in opinions[severity]],
        "未能核对": [
            f"{shown(spoken(note.address))}：{shown(note.message)}" if note.address else shown(note.message)
            for note in report.notes
        ],
        **{TITLES[severity]: opinions[severity] for severity in Severity},
    }


def _opinions(findings: Sequence[Finding], severity: Severity) -> list[dict[str, str]]:
    listed = [finding for finding in by_weight(findings) if finding.severity is severity]
    return [
        {
            "序号": str(number),
            "轻重": TITLES[severity],
            "位置": shown(spoken(finding.primary.address)) or "全文",
            "项目": shown("／".join(text for text in (finding.primary.row_label, finding.primary.column_label) if text)),
            "填写": shown(finding.primary.text),
            "应为": shown(due(finding)),
            "问题": shown(finding.message).rstrip(_ENDS),
            "依据": shown(finding.basis).rstrip(_ENDS),
            "怎么办": shown(finding.help),
            "规则": shown(finding.rule),
            "名称": shown(finding.title),
        }
        for number, finding in enumerate(listed, 1)
    ]


def _sandbox() -> SandboxedEnvironment:
    """Return where templates are rendered: they can read what they are given, and can't call, multiply or import."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**", "%"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
            raise SecurityError(f"模板里不能用 {operator}")

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return not isinstance(obj, (str, bytes, int, float)) and super().is_safe_attribute(obj, attr, value)

    environment = Sandbox(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters = {name: filter for name, filter in environment.filters.items() if name in _FILTERS}
    return environment


def _inspect(template: bytes, name: str) -> None:
    """Refuse a template that is no docx, too large once expanded, or that declares entities."""
    source = Source(template, name)
    try:
        package = Package(source)
        if "word/document.xml" not in package:
            raise source.unreadable("不是 docx 文件")
        for part in package.names:
            if part.endswith((".xml", ".rels")) and re.search(rb"<!(?:DOCTYPE|ENTITY)", package.read(part)):
                raise source.unreadable("含有文档类型声明，可能藏有恶意实体")
    except GoujiError as error:
        raise UsageError(f"模板用不了：{error.message}", where=name, remedy="模板是 Word 或 WPS 存的 docx 文件") from error


def _cause(error: Exception) -> str:
    """Say what is wrong with a template in the words of its author."""
    missing = re.fullmatch(r"'([^']*)' is undefined", str(error))
    if missing:
        return f"没有“{missing.group(1)}”这个名称"
    line = getattr(error, "lineno", None)
    return f"{error}（第 {line} 段附近）" if line else str(error) or type(error).__name__


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise UsageError("模板打不开", where=str(path), remedy="核对路径和权限") from error
