"""The report as a person at a terminal sees it: each finding with its piece of the table, then a summary.

In goes a report, out goes text to a stream. Whatever a received file says is shown, never run: no markup, no escapes.
"""

from __future__ import annotations

import html
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from validator.model.finding import Finding, FormMatch, Outcome, Report, Severity
from validator.reports.address import place
from validator.reports.due import due
from validator.reports.layout import shorten, wrap
from validator.reports.snippet import Snippet
from validator.reports.visible import excerpt, visible

STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
_MOST_DIGITS = 4
"""Of a width that the environment gives: nobody reads longer lines."""
MAX_LISTED = 5
"""Notes, reasons and consequences that are listed one by one; the rest is counted."""

_MARGIN = "  "
_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "basis": "依据：",
        "help": "怎么办：",
        "cause": "起因：",
        "consequences": "由此还带出 {} 处：",
        "expected": "应为：",
        "others": "不属于某一张表",
        "forms": "表格",
        "form": "{title}  {at}  把握 {confidence:.0%}",
        "no_form": "没有认出是哪一种表，只做了各种表都适用的核对",
        "checks": "核对",
        "checked": "{} 次",
        "no_checks": "没有可以核对的数字；这不等于没有问题",
        "pass": "相符",
        "fail": "不符",
        "undetermined": "无法判断",
        "not-applicable": "不适用",
        "crashed": "程序出错",
        "cells": "覆盖",
        "covered": "数字单元格 {numeric} 个，核对到 {checked} 个（{share}）",
        "no_cells": "没有读到数字单元格",
        "reasons": "无法判断",
        "times": "{}（{} 次）",
        "waived": "豁免",
        "waived_for": "{rule} {address}：{reason}",
        "silent": "未用到",
        "silent_rules": "{} 条规则（表里没有它们要核对的内容）：{}",
        "notes": "读不出",
        "more": "另有 {} 条",
        "clean": "没有发现不符",
        "counts": "{errors} 个错误 · {warnings} 个警告 · {infos} 个提示",
        "total": "共 {} 份文件",
        "total_with": "{} 份有错误 · {} 份只有警告或提示 · {} 份没有发现不符",
        "unread": "{} 份没能读出",
        "comma": "、",
    },
    "en": {
        "error": "errors",
        "warning": "warnings",
        "info": "infos",
        "basis": "basis: ",
        "help": "help: ",
        "cause": "cause: ",
        "consequences": "this also leads to {}:",
        "expected": "expected: ",
        "others": "outside every form",
        "forms": "forms",
        "form": "{title}  {at}  confidence {confidence:.0%}",
        "no_form": "no known form was recognised; only checks that suit any table were made",
        "checks": "checks",
        "checked": "{}",
        "no_checks": "there were no figures to check, which does not mean that all is well",
        "pass": "agree",
        "fail": "disagree",
        "undetermined": "undetermined",
        "not-applicable": "not applicable",
        "crashed": "crashed",
        "cells": "coverage",
        "covered": "{checked} of {numeric} numeric cells were checked ({share})",
        "no_cells": "no numeric cells were read",
        "reasons": "open",
        "times": "{} ({}x)",
        "waived": "waived",
        "waived_for": "{rule} {address}: {reason}",
        "silent": "unused",
        "silent_rules": "{} rules found nothing to check: {}",
        "notes": "unread",
        "more": "{} more",
        "clean": "nothing disagrees",
        "counts": "errors: {errors} · warnings: {warnings} · infos: {infos}",
        "total": "{} files",
        "total_with": "{} with errors · {} with warnings or infos only · {} clean",
        "unread": "{} could not be read",
        "comma": ", ",
    },
}


def console(stream: IO[str], *, width: int | None = None) -> Console:
    """Return a console on the stream: coloured only on a terminal, and never when NO_COLOR is set."""
    terminal = stream.isatty()
    if width is None and not terminal:
        columns = os.environ.get("COLUMNS", "")[:_MOST_DIGITS]
        width = (int(columns) if columns.isdecimal() else 0) or 100
    plain = not terminal or bool(os.environ.get("NO_COLOR"))
    return Console(
        file=stream,
        width=width,
        force_terminal=terminal and not plain,
        color_system=None if plain else "auto",
        no_color=plain,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def render(report: Report, *, width: int = 100, lang: str = "zh") -> str:
    """Return the whole report as plain text."""
    stream = io.StringIO()
    write(report, console(stream, width=width), lang=lang)
    return stream.getvalue()


def picture(report: Report, *, title: str, width: int = 100, lang: str = "zh") -> str:
    """Return the whole report as an SVG picture of a terminal, for documentation; it needs no font from elsewhere."""
    recording = Console(
        file=io.StringIO(),
        record=True,
        width=width,
        force_terminal=True,
        color_system="truecolor",
        markup=False,
        highlight=False,
        emoji=False,
    )
    write(report, recording, lang=lang)
    svg = recording.export_svg(title=visible(title), unique_id="gouji")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]*Fira Code[^;]*;", f"font-family: {_FONTS};", svg)
    return _SVG_TEXT.sub(_in_cells, svg).replace("<text ", '<text xml:space="preserve" ')


_FONTS = "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, monospace"
_SVG_TEXT = re.compile(r'<text class="([^"]*)" x="([\d.]+)" (y="[\d.]+") textLength="([\d.]+)" ([^>]*)>([^<]+)</text>')


def _in_cells(found: re.Match[str]) -> str:
    """Place wide and narrow characters apart: the library gives a Chinese character the room of a Latin one."""
    style, start, height, length, rest, text = found.groups()
    plain = html.unescape(text)
    cell = float(length) / len(plain)
    at = float(start)
    parts: list[str] = []
    for _, letters in groupby(plain, cell_len):
        run = "".join(letters)
        width = cell_len(run) * cell
        if run.strip():
            shown = html.escape(run, quote=False).replace(" ", "&#160;")
            parts.append(f'<text class="{style}" x="{at:.1f}" {height} textLength="{width:.1f}" {rest}>{shown}</text>')
        at += width
    return "".join(parts)


def write(report: Report, console: Console, *, lang: str = "zh") -> None:
    """Write the findings, grouped by form, and the summary of one document."""
    words = _WORDS[lang]
    titles = {finding.id: finding for finding in report.findings}
    for form, findings in _grouped(report):
        if len(report.forms) > 1:
            heading = words["others"] if form is None else f"{form.title}  {form.at}"
            _print(console, _heading(visible(heading), console.width))
        for finding in findings:
            for line in _finding(finding, report, titles, console.width, lang):
                _print(console, line)
            _print(console, Text(""))
    for line in _summary(report, console.width, words):
        _print(console, line)


def write_total(reports: Sequence[tuple[int, int]], unread: int, console: Console, *, lang: str = "zh") -> None:
    """Write the closing line of several documents, given the errors and the other findings of each."""
    words = _WORDS[lang]
    with_errors = sum(errors > 0 for errors, _ in reports)
    with_others = sum(errors == 0 and others > 0 for errors, others in reports)
    line = (
        Text().append("━━ ", style="blue dim").append(words["total"].format(len(reports) + unread), style="bold").append("  ")
    )
    line.append(words["total_with"].format(with_errors, with_others, len(reports) - with_errors - with_others))
    if unread:
        line.append(" · ").append(words["unread"].format(unread), style="bold red")
    _print(console, Text(""))
    _print(console, line)


def _grouped(report: Report) -> Iterator[tuple[FormMatch | None, list[Finding]]]:
    """Yield the findings form by form, those of no form last; the order within is the report's own."""
    known = range(len(report.forms))
    for index in known:
        if findings := [finding for finding in report.findings if finding.form == index]:
            yield report.forms[index], findings
    if findings := [finding for finding in report.findings if finding.form not in known]:
        yield None, findings


def _finding(finding: Finding, report: Report, known: dict[str, Finding], width: int, lang: str) -> Iterator[Text]:
    words = _WORDS[lang]
    style = STYLES[finding.severity]
    mark = f"{finding.severity.value}[{shorten(visible(finding.rule), 20)}]"
    title = wrap(excerpt(finding.title), width - cell_len(mark) - 1)
    yield Text().append(mark, style=style).append(f" {title[0]}", style="bold")
    for line in title[1:]:
        yield Text(" " * (cell_len(mark) + 1)).append(line, style="bold")
    yield Text(_MARGIN).append("──▸ ", style="blue dim").append(shorten(_place(finding, report), width - 6))
    picture = Snippet(finding, lang=lang).lines(width)
    yield from picture
    if finding.message:
        yield from _labelled("", excerpt(finding.message, 600), width, style="")
    told = (finding.message, *(line.plain for line in picture))
    if finding.expected and not any(finding.expected in text for text in told):
        yield from _labelled(words["expected"], excerpt(due(finding, lang)), width, style=style)
    if finding.cause and (cause := known.get(finding.cause)):
        text = f"{cause.rule} {cause.title}（{cause.primary.address}）"
        yield from _labelled(words["cause"], excerpt(text), width, style="magenta")
    if finding.consequences:
        yield from _labelled(words["consequences"].format(len(finding.consequences)), "", width, style="magenta")
        for text in finding.consequences[:MAX_LISTED]:
            yield from _hanging("      · ", excerpt(text), width)
        if len(finding.consequences) > MAX_LISTED:
            yield Text("      · ").append(words["more"].format(len(finding.consequences) - MAX_LISTED), style="dim")
    if finding.basis:
        yield from _labelled(words["basis"], excerpt(finding.basis, 600), width, style="blue", text_style="dim")
    if finding.help:
        yield from _labelled(words["help"], excerpt(finding.help, 600), width, style="green")


def _place(finding: Finding, report: Report) -> str:
    where = place(finding.primary.address)
    return " › ".join(visible(part) for part in (_file_name(report.path), where.sheet, where.name) if part)


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def _labelled(label: str, text: str, width: int, *, style: str, text_style: str = "") -> Iterator[Text]:
    """Yield `= label text`, wrapped with its continuation lines under the text."""
    start = f"{_MARGIN}= "
    room = width - cell_len(start) - cell_len(label)
    for number, line in enumerate(wrap(text, room)):
        if number == 0:
            yield Text().append(start, style="blue dim").append(label, style=style).append(line, style=text_style)
        else:
            yield Text(" " * (cell_len(start) + cell_len(label))).append(line, style=text_style)


def _hanging(start: str, text: str, width: int) -> Iterator[Text]:
    for number, line in enumerate(wrap(text, width - cell_len(start))):
        yield Text(start if number == 0 else " " * cell_len(start)).append(line)


def _heading(text: str, width: int) -> Text:
    text = shorten(text, width - 6)
    rest = f" {'━' * max(0, width - cell_len(text) - 4)}"
    return Text().append("━━ ", style="blue dim").append(text, style="bold").append(rest, style="blue dim")


def _summary(report: Report, width: int, words: dict[str, str]) -> Iterator[Text]:
    yield _heading(visible(_file_name(report.path)), width)
    yield from _verdict(report, width, words)
    for label, texts in _facts(report, words):
        for number, text in enumerate(texts):
            name = _MARGIN + (label if number == 0 else "")
            indent = max(cell_len(words[key]) for key in ("reasons", "cells", "silent", "waived", "notes", "forms", "checks"))
            start = name + " " * (indent + 4 - cell_len(name))
            for turn, line in enumerate(wrap(text, width - cell_len(start))):
                yield Text().append(start if turn == 0 else " " * cell_len(start), style="dim").append(line)


def _verdict(report: Report, width: int, words: dict[str, str]) -> Iterator[Text]:
    if not report.findings:
        judged = report.outcomes[Outcome.PASS] > 0
        mark, style = ("✓ ", "bold green") if judged else ("· ", "bold yellow")
        for line in _hanging(_MARGIN + mark, words["clean"] if judged else words["no_checks"], width):
            line.stylize(style)
            yield line
        return
    counts = [(severity, report.count(severity)) for severity in Severity]
    line = Text(_MARGIN)
    parts = words["counts"].format(errors=counts[0][1], warnings=counts[1][1], infos=counts[2][1]).split(" · ")
    for (severity, count), part in zip(counts, parts, strict=True):
        line.append(part, style=STYLES[severity] if count else "dim").append(
            " · " if severity is not Severity.INFO else "", "dim"
        )
    yield line


def _facts(report: Report, words: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines of the summary: a label, and one or several texts."""
    forms = [
        words["form"].format(title=excerpt(f.title, 80), at=excerpt(f.at, 60), confidence=f.confidence) for f in report.forms
    ]
    yield words["forms"], _limited(forms, words) or [words["no_form"]]
    if report.checks:
        outcomes = " · ".join(f"{words[name]} {count}" for name, count in report.outcomes.items() if count)
        yield words["checks"], [f"{words['checked'].format(len(report.checks))}  {outcomes}"]
    covered = report.coverage
    if covered.numeric:
        share = _percent(covered.checked, covered.numeric)
        yield words["cells"], [words["covered"].format(numeric=covered.numeric, checked=covered.checked, share=share)]
    else:
        yield words["cells"], [words["no_cells"]]
    reasons = Counter(check.reason for check in report.checks if check.outcome is Outcome.UNDETERMINED and check.reason)
    if reasons:
        told = [
            words["times"].format(excerpt(reason), count) if count > 1 else excerpt(reason)
            for reason, count in reasons.most_common()
        ]
        yield words["reasons"], _limited(told, words)
    if report.waived:
        waived = [
            words["waived_for"].format(rule=w.finding.rule, address=w.finding.primary.address, reason=w.reason)
            for w in report.waived
        ]
        yield words["waived"], _limited([excerpt(text) for text in waived], words)
    silent = [tally.rule for tally in report.tallies if not any(_judged(tally.outcomes))]
    if silent:
        yield words["silent"], [words["silent_rules"].format(len(silent), excerpt(words["comma"].join(_runs(silent)), 600))]
    notes = [f"{note.address} {note.message}".strip() for note in report.notes]
    if notes:
        yield words["notes"], _limited([excerpt(note, 400) for note in notes], words)


def _judged(outcomes: dict[str, int]) -> Iterator[int]:
    return (count for name, count in outcomes.items() if name != Outcome.NOT_APPLICABLE)


def _percent(part: int, whole: int) -> str:
    """A share that says 100% only when nothing is missing."""
    tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


def _limited(texts: list[str], words: dict[str, str]) -> list[str]:
    if len(texts) <= MAX_LISTED:
        return texts
    return [*texts[:MAX_LISTED], words["more"].format(len(texts) - MAX_LISTED)]


def _runs(ids: Iterable[str]) -> Iterator[str]:
    """Join neighbouring numbers: FUND-001, FUND-002, FUND-003 becomes FUND-001–003."""
    runs: list[tuple[str, int, str]] = []
    for id in sorted(ids):
        area, _, number = id.rpartition("-")
        value = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else -1
        if runs and value >= 0 and runs[-1][0].rpartition("-")[0] == area and runs[-1][1] == value - 1:
            runs[-1] = (runs[-1][0], value, number)
        else:
            runs.append((id, value, ""))
    for first, _, last in runs:
        yield f"{first}–{last}" if last else first


def _print(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True)
