"""The report as one self-contained HTML page: no network, no scripts but its own, fit for a screen and for A4.

In go reports, each with the document and the forms that were read where there are any; out comes a page. Everything that a
received file says is escaped. `body`, `style` and `script` are the same report for a page that somebody else serves.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

from validator.model.document import Document
from validator.model.fact import Form
from validator.model.finding import FormMatch, Outcome, Report, Severity
from validator.reports import charts
from validator.reports.html import checks, findings, tables
from validator.reports.html.marks import Marks
from validator.reports.html.text import line, shown, table
from validator.reports.html.words import WORDS

_MANY = 150
"""Findings from which a browser lays out only those in view."""


class Checked(NamedTuple):
    """A report, and what it was made from."""

    report: Report
    document: Document | None = None
    forms: Sequence[Form] = ()


def render(report: Report, document: Document | None = None, forms: Sequence[Form] = (), *, lang: str = "zh") -> str:
    """Return the page of one document. Without the document its tables are not drawn, without the forms no pictures."""
    return render_all([Checked(report, document, forms)], lang=lang)


def render_all(checked: Sequence[Checked], unread: Sequence[tuple[str, str]] = (), *, lang: str = "zh") -> str:
    """Return one page of several documents; `unread`: names of files that could not be read, each with why."""
    words = WORDS[lang]
    several = len(checked) + len(unread) > 1
    parts = [_contents(checked, unread, words)] if several else []
    for index, one in enumerate(checked):
        prefix = f"d{index + 1}-" if several else ""
        parts.append(f'<article class="doc" id="{prefix}doc">{body(one, lang=lang, prefix=prefix)}</article>')
    return _page("".join(parts), _page_title(checked, words), words)


def body(
    checked: Checked,
    *,
    lang: str = "zh",
    prefix: str = "",
    addressed: bool = False,
    most_cards: int = findings.MAX_CARDS,
    far_beyond: Decimal = charts.FAR_BEYOND,
) -> str:
    """Return the report of one document without the page around it.

    `prefix` keeps the anchors of several apart; `addressed`: each cell has its address, for a page where it can be changed.
    `most_cards`: findings that are told in full; the others are listed in short.
    """
    words = WORDS[lang]
    report, document, forms = checked
    marks = Marks(report, prefix, addressed=addressed)
    # The document is drawn first: only cells that were drawn can be linked to.
    drawn = tables.draw(document, marks, words) if document is not None else ""
    listed = findings.draw(marks, words, most_cards)
    pictures = "".join(
        charts.draw(chart, f"{prefix}p{number}", words["data"])
        for number, chart in enumerate(charts.charts(forms, lang=lang, far_beyond=far_beyond), 1)
    )
    many = " many" if len(report.findings) > _MANY else ""
    found = _section(
        "found", words["findings"], _toolbar(report, prefix, words) + f'<div class="list{many}">{listed}</div>', prefix
    )
    original = _section("original", words["original"], f'<p class="about">{words["original_about"]}</p>{drawn}', prefix)
    work = f'<div class="work">{found}{original}</div>' if drawn else found
    pictured = f'<p class="about">{words["pictures_about"]}</p><div class="charts">{pictures}</div>' if pictures else ""
    rest = (
        ("pictures", words["pictures"], pictured),
        ("waived", words["waived"], checks.draw_waived(report, words)),
        ("notes", words["notes"], checks.draw_notes(report, words)),
        ("open", words["open"], checks.draw_open(report, words)),
        ("passed", words["passed"], checks.draw_passed(report, words)),
        ("about-file", words["about_file"], _listed(_particulars(report, words))),
    )
    sections = "".join(_section(id, title, content, prefix) for id, title, content in rest if content)
    return f"{_summary(report, words)}{work}{sections}"


@cache
def style() -> str:
    """Return the style sheet."""
    return files("validator.reports.html").joinpath("report.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the script that links findings and cells. The page can be read without it."""
    return files("validator.reports.html").joinpath("report.js").read_text(encoding="utf-8")


def _page(content: str, title: str, words: Mapping[str, str]) -> str:
    from validator import __version__

    policy = (
        f"default-src 'none'; style-src '{_hash(style())}'; script-src '{_hash(script())}'; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{words["lang"]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{words["skip"]}</a>\n'
        f'<header class="mast"><p class="org">{words["title"]}</p></header>\n<main id="main">\n{content}\n</main>\n'
        f'<footer class="foot"><p>{words["foot"].format(__version__)}</p></footer>\n'
        f"<script>{script()}</script>\n</body>\n</html>\n"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _page_title(checked: Sequence[Checked], words: Mapping[str, str]) -> str:
    name = line(_name(checked[0].report.path), 120) if len(checked) == 1 else words["documents"].format(len(checked))
    return f"{name} – {words['title']}"


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2] or path


def _section(id: str, title: str, content: str, prefix: str) -> str:
    return f'<section class="{id}" aria-labelledby="{prefix}h-{id}"><h2 id="{prefix}h-{id}">{title}</h2>{content}</section>'


def _contents(checked: Sequence[Checked], unread: Sequence[tuple[str, str]], words: Mapping[str, str]) -> str:
    rows = [
        (
            f'<a href="#d{index + 1}-doc">{line(one.report.path, 160)}</a>',
            *(str(one.report.count(severity)) for severity in Severity),
        )
        for index, one in enumerate(checked)
    ]
    heads = (words["document"], words["error"], words["warning"], words["info"])
    missing = (
        f"<h3>{words['unread']}</h3>"
        + table((words["document"], words["reason"]), [(line(name, 160), shown(why, 400)) for name, why in unread])
        if unread
        else ""
    )
    return f'<nav class="toc" aria-label="{words["contents"]}"><h2>{words["contents"]}</h2>{table(heads, rows)}{missing}</nav>'


def _summary(report: Report, words: Mapping[str, str]) -> str:
    counts = {severity: report.count(severity) for severity in Severity}
    if report.findings:
        named = [
            words[f"one_{severity.value}"] if count == 1 else words[f"{severity.value}s"].format(count)
            for severity, count in counts.items()
            if count
        ]
        verdict, css = words["verdict_found"].format(("、" if words["lang"] == "zh-CN" else ", ").join(named)), "found"
    else:
        judged = report.outcomes[Outcome.PASS] > 0
        verdict, css = (words["verdict_clean"], "clean") if judged else (words["verdict_none"], "none")
    boxes = "".join(
        f'<li class="{severity.value if count else "zero"}"><b>{count}</b><span>{words[severity.value]}</span></li>'
        for severity, count in counts.items()
    )
    return (
        f'<div class="summary"><h1>{line(_name(report.path), 160)}</h1><p class="verdict {css}">{verdict}</p>'
        f'<ul class="boxes">{boxes}</ul>{_listed(_facts(report, words))}</div>'
    )


def _listed(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def _form(form: FormMatch, words: Mapping[str, str]) -> str:
    title = words["form_at"].format(title=f"<b>{line(form.title, 120)}</b>", at=line(form.at, 80))
    return f'<p>{title} <span class="count">{words["confidence"].format(f"{form.confidence:.0%}")}</span></p>'


def _facts(report: Report, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what a reader wants to know before the findings: which form it was taken for, and how much was checked."""
    outcomes = report.outcomes
    checked = "<br>".join(
        filter(None, [" · ".join(f"{words[name]} {count}" for name, count in outcomes.items() if count), _bar(outcomes, words)])
    )
    if report.coverage.numeric:
        share = f"{report.coverage.checked * 1000 // report.coverage.numeric / 10:g}%"
        covered = words["covered"].format(checked=report.coverage.checked, numeric=report.coverage.numeric, share=share)
    else:
        covered = words["no_cells"]
    facts = [(words["forms"], "".join(_form(form, words) for form in report.forms) or words["no_form"])]
    if checked:
        facts.append((words["checks"], checked))
    facts.append((words["coverage"], covered))
    return facts


def _particulars(report: Report, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what only somebody who doubts the report wants to know: why a form was found, and which file this was."""
    found = []
    for form in report.forms:
        why = "".join(f"<li>{shown(reason, 300)}</li>" for reason in form.reasons)
        if why:
            found.append(f'{_form(form, words)}<ul class="why">{why}</ul>')
    facts = [(words["form_reasons"], "".join(found))] if found else []
    facts.append((words["document"], line(report.path, 240)))
    facts.append((words["format"], line(report.format, 40)))
    facts.append((words["digest"], f'<code class="sha">{line(report.sha256, 80)}</code>'))
    return facts


def _bar(outcomes: Mapping[str, int], words: Mapping[str, str]) -> str:
    """Return a bar of the checks that could be made; the words beside it say the same."""
    shares = [(name, outcomes[name]) for name in (Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.CRASHED)]
    total = sum(count for _, count in shares)
    if not total:
        return ""
    pieces, at = [], 0.0
    for name, count in shares:
        # Nothing that happened may vanish: each piece is at least a few units of the 600 wide.
        width = max(600 * count / total, 6.0) if count else 0.0
        pieces.append(f'<rect class="o-{name}" x="{min(at, 594):.1f}" y="0" width="{width:.1f}" height="10"/>')
        at += width
    told = words["bar"].format(" · ".join(f"{words[name]} {count}" for name, count in shares if count))
    drawn = "".join(pieces)
    return f'<svg class="bar" viewBox="0 0 600 10" preserveAspectRatio="none" role="img" aria-label="{told}">{drawn}</svg>'


def _toolbar(report: Report, prefix: str, words: Mapping[str, str]) -> str:
    """Return the controls that choose which findings are shown; the script takes away `hidden`."""
    present = [severity for severity in Severity if report.count(severity)]
    if len(report.findings) < 2:
        return ""
    buttons = "".join(
        f'<button type="button" data-only="{severity.value}" aria-pressed="false">'
        f"{words[severity.value]} {report.count(severity)}</button>"
        for severity in present
    )
    return (
        f'<div class="tools" hidden data-shown="{words["shown"]}"><div role="group" aria-label="{words["show"]}">'
        f'<button type="button" data-only="" aria-pressed="true">{words["all"]} {len(report.findings)}</button>{buttons}</div>'
        f'<div class="find"><label for="{prefix}q">{words["search"]}</label>'
        f'<input id="{prefix}q" type="search" placeholder="{words["search_hint"]}"></div>'
        '<output aria-live="polite"></output></div>'
    )
