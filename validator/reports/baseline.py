"""A baseline file: findings that someone has looked at and accepted, each with a reason.

    waivers:
      - id: 9f3c0a1b2c3d            # the finding's id; it changes when the figures do
        reason: 已报财政局同意调整
        until: 2026-06-30           # optional: the last day on which it holds
      - rule: FUND-003              # or the rule's id with an address or a path
        address: 自评表!H8
        document: 甲县/自评表.xlsx   # optional: only for files whose path ends so
        reason: 合同约定按季支付

In goes YAML, out comes a `Baseline`; `apply` moves what it waives out of the findings of a report. Nothing is dropped: waived
findings stay in the report with their reason, and waivers that have run out are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from validator.errors import UsageError
from validator.model.document import Note
from validator.model.finding import Finding, Report, Waived
from validator.reports.visible import excerpt, visible

KEYS = ("id", "rule", "address", "path", "document", "reason", "until", "message")
"""`message` is for the reader of the file only."""


class Waiver(NamedTuple):
    """One entry. An empty text matches anything."""

    reason: str
    id: str = ""
    rule: str = ""
    address: str = ""
    path: str = ""
    document: str = ""
    until: date | None = None
    line: int = 0
    """Where it stands in the file, from 1."""

    def covers(self, finding: Finding, document: str) -> bool:
        """Tell whether the entry is about this finding of the document at that path."""
        if self.document and not _ends_with(document, self.document):
            return False
        if self.id:
            return self.id == finding.id
        places = ((self.address, finding.primary.address), (self.path, finding.primary.path))
        return self.rule == finding.rule and all(not wanted or wanted == there for wanted, there in places)

    def expired(self, today: date) -> bool:
        """Tell whether its last day is over."""
        return self.until is not None and today > self.until


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of one file."""

    file: str
    waivers: tuple[Waiver, ...]


def load(path: Path) -> Baseline:
    """Read a baseline file; raise UsageError that lists every mistake in it, with its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError("打不开豁免清单", where=visible(str(path)), remedy="请核对 --baseline 的路径") from error
    except UnicodeDecodeError as error:
        raise UsageError("豁免清单不是 UTF-8 编码的文本", where=visible(str(path)), remedy="请另存为 UTF-8") from error
    problems: list[str] = []
    waivers = []
    for line, entry in _entries(text, problems):
        waiver = _waiver(entry, line, problems)
        if waiver:
            waivers.append(waiver)
    if problems:
        listed = "\n".join(f"{visible(str(path))}:{problem}" for problem in problems)
        raise UsageError(f"豁免清单有误：\n{listed}")
    return Baseline(str(path), tuple(waivers))


def apply(report: Report, baseline: Baseline, *, today: date | None = None) -> Report:
    """Return the report with the findings that the baseline waives moved aside, each with its reason.

    An entry whose last day is over waives nothing; a note of the report says so.
    """
    today = today or date.today()  # noqa: DTZ011 (the clerk's own calendar is meant)
    kept: list[Finding] = []
    waived = list(report.waived)
    notes = list(report.notes)
    for finding in report.findings:
        matching = [waiver for waiver in baseline.waivers if waiver.covers(finding, report.path)]
        valid = next((waiver for waiver in matching if not waiver.expired(today)), None)
        if valid:
            waived.append(Waived(finding, valid.reason))
            continue
        kept.append(finding)
        notes += [
            Note(
                f"{finding.rule} 的豁免已于 {waiver.until} 到期，不再有效（豁免清单第 {waiver.line} 行）",
                finding.primary.address,
            )
            for waiver in matching
        ]
    return replace(report, findings=tuple(kept), waived=tuple(waived), notes=tuple(notes))


def unused(baseline: Baseline, reports: Iterable[Report]) -> set[Waiver]:
    """Return the entries that cover no finding of any report, waived or not: they can be deleted."""
    idle = set(baseline.waivers)
    for report in reports:
        findings = [*report.findings, *(waived.finding for waived in report.waived)]
        idle -= {waiver for waiver in idle if any(waiver.covers(finding, report.path) for finding in findings)}
    return idle


def write(reports: Iterable[Report]) -> str:
    """Return a baseline file with every finding of the reports, the reasons left to be filled in."""
    parts = [
        "# 豁免清单：在 reason 处写明理由（必填）；until 是最后有效的一天，可不填。没有理由的条目不能使用。\n",
        "waivers:\n",
    ]
    empty = True
    for report in reports:
        for finding in report.findings:
            empty = False
            parts.append(
                f"  - id: {_quoted(finding.id)}\n"
                f"    rule: {_quoted(finding.rule)}\n"
                f"    address: {_quoted(finding.primary.address)}\n"
                f"    document: {_quoted(report.path)}\n"
                f"    message: {_quoted(excerpt(finding.message))}\n"
                f'    reason: ""\n'
            )
    return "".join([parts[0], "waivers: []\n"] if empty else parts)


def _quoted(text: str) -> str:
    """A double-quoted YAML text. Half characters, which YAML can't hold, are spelled out."""
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return visible(character).replace("\\", "\\\\") if 0xD800 <= code <= 0xDFFF else f"\\U{code:08x}"


def _ends_with(path: str, ending: str) -> bool:
    there, wanted = ([part for part in text.replace("\\", "/").split("/") if part not in ("", ".")] for text in (path, ending))
    return there[-len(wanted) :] == wanted


def _waiver(entry: dict[str, tuple[str, int]], line: int, problems: list[str]) -> Waiver | None:
    before = len(problems)
    values = {key: value.strip() for key, (value, _) in entry.items()}
    for key, (_, key_line) in entry.items():
        if key not in KEYS:
            problems.append(f"{key_line}: 没有“{excerpt(key, 40)}”这个键（可用：{'、'.join(KEYS)}）")
    if not values.get("id") and not (values.get("rule") and (values.get("address") or values.get("path"))):
        problems.append(f"{line}: 没有说明豁免哪一个问题（写 id，或写 rule 和 address）")
    if not values.get("reason"):
        which = values.get("id") or values.get("rule") or "这一条"
        problems.append(f"{entry.get('reason', ('', line))[1]}: {excerpt(which, 40)} 没有写理由（在 reason 处写明）")
    until = _day(*entry["until"], problems) if values.get("until") else None
    if len(problems) > before:
        return None
    chosen = {key: values.get(key, "") for key in ("id", "rule", "address", "path", "document")}
    return Waiver(values["reason"], until=until, line=line, **chosen)


def _day(text: str, line: int, problems: list[str]) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(f"{line}: “{excerpt(text, 40)}”不是日期（写成 2026-06-30）")
        return None


def _entries(text: str, problems: list[str]) -> Iterator[tuple[int, dict[str, tuple[str, int]]]]:
    """Yield each entry with its line, and for each key its text with its line.

    The events of the parser are read, not its data: they carry lines, dates stay texts, and nothing nests deeper than allowed.
    """
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    depth, key, line = 0, "", 0
    entry: dict[str, tuple[str, int]] = {}
    shape = (yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)
    try:
        for event in yaml.parse(text, Loader=loader):
            here = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.CollectionStartEvent):
                if (
                    depth >= len(shape)
                    or not isinstance(event, shape[depth])
                    or (depth == 1 and key != "waivers")
                    or (depth == 2 and key)
                ):
                    problems.append(f"{here}: 这里的写法看不懂（应为 waivers: 下面的一列条目）")
                    return
                depth += 1
                key, entry, line = "", {}, here
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                key = ""
                if depth == 2:
                    yield line, entry
            elif isinstance(event, yaml.ScalarEvent):
                if depth in (0, 2) or (depth == 1 and key):
                    if event.value not in ("", "null", "~"):
                        problems.append(f"{here}: 这里的写法看不懂（应为 waivers: 下面的一列条目）")
                    return
                if not key:
                    key = event.value
                    if depth == 1 and key != "waivers":
                        problems.append(f"{here}: 没有“{excerpt(key, 40)}”这个键（应为 waivers）")
                        return
                else:
                    entry[key], key = (event.value, here), ""
            elif isinstance(event, yaml.AliasEvent):
                problems.append(f"{here}: 豁免清单里不能用别名（*{excerpt(event.anchor or '', 40)}）")
                return
    except yaml.MarkedYAMLError as error:
        where = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(f"{where}: 不是合法的 YAML（请核对缩进、冒号和引号）")
    except yaml.YAMLError:
        problems.append("1: 不是合法的 YAML（含有不允许的字符）")
