"""What was checked besides the findings: what agrees, what could not be checked and why, what was waived or not read.

In goes a report, out comes HTML, long lists folded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from validator.model.finding import Check, Outcome, Report
from validator.reports.html.text import folded, line, shown, table

MAX_LISTED = 60
"""Checks, reasons or notes that are listed one by one; the rest is counted."""


def draw_passed(report: Report, words: Mapping[str, str]) -> str:
    """Return the checks that passed, one fold for each rule."""
    passed: dict[str, list[Check]] = {}
    for check in report.checks:
        if check.outcome is Outcome.PASS:
            passed.setdefault(check.rule, []).append(check)
    titles = _titles(report)
    folds = []
    for rule in sorted(passed):
        rows = [
            (_what(check), _at(check), _stated(check), words[check.grade.value] if check.grade else words["holds"])
            for check in passed[rule][:MAX_LISTED]
        ]
        if (more := len(passed[rule]) - MAX_LISTED) > 0:
            rows.append((words["left_out"].format(more), "", "", ""))
        content = table((words["row"], words["place"], words["stated"], words["result"]), rows)
        folds.append(folded(_head(rule, titles, len(passed[rule]), words), content))
    about = words["passed_about"].format(sum(map(len, passed.values())))
    return f'<p class="about">{about}</p><div class="folds">{"".join(folds)}</div>' if folds else ""


def draw_open(report: Report, words: Mapping[str, str]) -> str:
    """Return what could not be checked: undetermined first, then not applicable, then rules that never ran."""
    titles = _titles(report)
    parts = []
    for outcome in (Outcome.CRASHED, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE):
        reasons: dict[str, Counter[str]] = {}
        for check in report.checks:
            if check.outcome is outcome:
                reasons.setdefault(check.rule, Counter())[check.reason or ""] += 1
        if not reasons:
            continue
        rows = []
        for rule in sorted(reasons):
            for reason, count in reasons[rule].most_common(MAX_LISTED):
                rows.append((_rule(rule, titles), shown(reason, 300) or words["no_reason"], str(count)))
            if (more := len(reasons[rule]) - MAX_LISTED) > 0:
                rows.append((_rule(rule, titles), words["left_out"].format(more), ""))
        total = sum(sum(counted.values()) for counted in reasons.values())
        summary = f'{words[outcome.value]} <span class="count">{words["times"].format(total)}</span>'
        content = table((words["rule"], words["reason"], words["count"]), rows)
        parts.append(folded(summary, content, open=outcome is not Outcome.NOT_APPLICABLE and len(rows) <= MAX_LISTED))
    silent = [tally for tally in report.tallies if not any(tally.outcomes.values())]
    if silent:
        listed = "".join(f"<li>{_rule(tally.rule, titles)}</li>" for tally in silent)
        content = f'<p class="about">{words["silent_about"]}</p><ul class="columns">{listed}</ul>'
        parts.append(folded(f'{words["silent"]} <span class="count">{len(silent)}</span>', content))
    return f'<p class="about">{words["open_about"]}</p>{"".join(parts)}' if parts else ""


def draw_notes(report: Report, words: Mapping[str, str]) -> str:
    """Return what the readers could not do."""
    rows = [(line(note.address, 80), shown(note.message, 400)) for note in report.notes[:MAX_LISTED]]
    if (more := len(report.notes) - MAX_LISTED) > 0:
        rows.append(("", words["left_out"].format(more)))
    return table((words["place"], words["reason"]), rows) if rows else ""


def draw_waived(report: Report, words: Mapping[str, str]) -> str:
    """Return the findings that a baseline waives, each with its reason."""
    rows = [
        (
            line(w.finding.rule, 40),
            line(w.finding.primary.address, 80),
            shown(w.finding.message, 400),
            shown(w.reason, 400),
        )
        for w in report.waived[: 10 * MAX_LISTED]
    ]
    if (more := len(report.waived) - 10 * MAX_LISTED) > 0:
        rows.append(("", "", words["left_out"].format(more), ""))
    return table((words["rule"], words["place"], words["message"], words["waived_reason"]), rows) if rows else ""


def _titles(report: Report) -> dict[str, str]:
    return {tally.rule: tally.title for tally in report.tallies}


def _rule(rule: str, titles: Mapping[str, str]) -> str:
    return f'<span class="rule">{line(rule, 40)}</span> {line(titles.get(rule, ""), 120)}'


def _head(rule: str, titles: Mapping[str, str], count: int, words: Mapping[str, str]) -> str:
    return f'{_rule(rule, titles)} <span class="count">{words["times"].format(count)}</span>'


def _what(check: Check) -> str:
    pointer = check.stated or next(iter(check.operands), None)
    if pointer is None:
        return ""
    return " · ".join(line(text, 80) for text in (pointer.row_label, pointer.column_label) if text)


def _at(check: Check) -> str:
    pointer = check.stated or next(iter(check.operands), None)
    return f'<span class="at">{line(pointer.address, 80)}</span>' if pointer else ""


def _stated(check: Check) -> str:
    return shown(check.stated.text, 120) if check.stated else ""
