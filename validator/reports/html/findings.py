"""The findings as cards: place, stated and expected, the figures compared, what to do, basis, consequences.

In go the marks of a report, out comes HTML. A card is drawn from the finding alone; no rule is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity
from validator.reports.address import place
from validator.reports.due import due
from validator.reports.html.marks import Marks
from validator.reports.html.text import column_head, folded, line, shown, table

MAX_CARDS = 1500
"""Findings that get a card; the rest are listed in short."""
MAX_COMPARED = 12
"""Rows of the figures compared."""
MAX_TOLD = 10
_FIGURE = 300
"""Characters of a figure in a card."""


def draw(marks: Marks, words: Mapping[str, str], most: int = MAX_CARDS) -> str:
    """Return all findings, grouped by severity; those after the first `most` are listed in short."""
    groups = []
    numbered = list(enumerate(marks.findings, 1))
    for severity in Severity:
        cards = [(number, finding) for number, finding in numbered[:most] if finding.severity is severity]
        if cards:
            groups.append(
                f'<section class="group" data-s="{severity.value}"><h3>{words[f"{severity.value}_group"]} '
                f'<span class="count">{sum(f.severity is severity for f in marks.findings)}</span></h3>'
                f'<p class="about">{words[f"{severity.value}_about"]}</p>'
                f"{''.join(_card(number, finding, marks, words) for number, finding in cards)}</section>"
            )
    rest = [_short(number, finding, marks, words) for number, finding in numbered[most:]]
    if rest:
        heads = (words["number"], words["weight"], words["rule"], words["place"], words["message"])
        groups.append(folded(words["rest"].format(len(rest)), table(heads, rest), css="rest"))
    return "".join(groups) or f'<p class="about">{words["nothing"]}</p>'


def _card(number: int, finding: Finding, marks: Marks, words: Mapping[str, str]) -> str:
    severity = finding.severity.value
    head = (
        f'<h4><span class="no">{number}</span> <span class="tag">{words[severity]}</span> {line(finding.title)}'
        f'<span class="rule">{line(finding.rule, 40)}</span></h4>'
    )
    parts = [head, f'<p class="msg">{shown(finding.message, 1200)}</p>', _values(finding, marks, words)]
    if compared := _compared(finding, marks, words):
        parts.append(compared)
    if finding.consequences:
        told = "".join(f"<li>{shown(text, 400)}</li>" for text in finding.consequences[:MAX_TOLD])
        if (more := len(finding.consequences) - MAX_TOLD) > 0:
            told += f"<li>{words['left_out'].format(more)}</li>"
        parts.append(f'<div class="then"><b>{words["consequences"]}</b><ul>{told}</ul></div>')
    notes = [(words["help"], shown(finding.help, 600)), (words["basis"], shown(finding.basis, 600))]
    cause = marks.number(finding.cause)
    if cause is not None:
        notes.insert(0, (words["cause"], f'<a href="#{marks.finding(cause)}">{words["cause_of"].format(cause)}</a>'))
    told = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in notes if text)
    if told:
        parts.append(f'<dl class="notes">{told}</dl>')
    return f'<article class="f {severity}" id="{marks.finding(number)}" data-s="{severity}">{"".join(parts)}</article>'


def _values(finding: Finding, marks: Marks, words: Mapping[str, str]) -> str:
    pointer = finding.primary
    stated = shown(pointer.text, _FIGURE) or f'<span class="none">{words["blank"]}</span>'
    rows = [f"<div><dt>{words['place']}</dt><dd>{_place(pointer, marks, words)}</dd></div>"]
    rows.append(f'<div><dt>{words["stated"]}</dt><dd class="stated">{stated}</dd></div>')
    if told := due(finding, words["lang"][:2]):
        rows.append(f'<div><dt>{words["expected"]}</dt><dd class="expected">{shown(told, _FIGURE)}</dd></div>')
    return f'<dl class="values">{"".join(rows)}</dl>'


def _place(pointer: Pointer, marks: Marks, words: Mapping[str, str]) -> str:
    label = " · ".join(line(text, 80) for text in (pointer.row_label, pointer.column_label) if text)
    told = f' <span class="label">{label}</span>' if label else ""
    return f"{_link(pointer.address, marks, words)}{told}"


def _link(address: str, marks: Marks, words: Mapping[str, str], text: str = "") -> str:
    """Return a link to a cell that was drawn, the bare address for another."""
    name = text or line(address, 80)
    anchor = marks.drawn(address)
    if not anchor:
        return f'<span class="at">{name}</span>' if name else ""
    told = f' aria-label="{words["see_cell"].format(line(address, 80))}"' if text else ""
    return f'<a class="at" href="#{anchor}"{told}>{name}</a>'


def _compared(finding: Finding, marks: Marks, words: Mapping[str, str]) -> str:
    """Return the figures that the finding compares, as a piece of the form where they make one, else as a list."""
    if not finding.related:
        return ""
    pointers = list({(p.address, p.path): p for p in (finding.primary, *finding.related)}.values())
    grid = _grid(pointers, finding, marks, words) or _list(pointers, finding, marks, words)
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{words["compared"]}">{grid}</div>'


def _grid(pointers: list[Pointer], finding: Finding, marks: Marks, words: Mapping[str, str]) -> str:
    """Arrange the figures by the labels of their rows and columns; empty where that makes no compact table."""
    rows: dict[str, dict[str, Pointer]] = {}
    columns: dict[str, tuple[int, int]] = {}
    for index, pointer in enumerate(pointers):
        if not pointer.row_label or not pointer.column_label:
            return ""
        if rows.setdefault(pointer.row_label, {}).setdefault(pointer.column_label, pointer) is not pointer:
            return ""
        columns.setdefault(pointer.column_label, (place(pointer.address).col, index))
    if len(columns) > 6 or len(pointers) * 2 < len(rows) * len(columns):
        return ""
    order = sorted(columns, key=lambda name: columns[name])
    heads = "".join(column_head(line(name, 40)) for name in order)
    lines = []
    for label, cells in list(rows.items())[:MAX_COMPARED]:
        drawn = "".join(_figure(cells.get(name), finding, marks, words) for name in order)
        lines.append(f'<tr><th scope="row">{line(label, 80)}</th>{drawn}</tr>')
    more = _more(len(rows) - MAX_COMPARED, len(order) + 1, words)
    return f'<table class="piece"><thead><tr><td></td>{heads}</tr></thead><tbody>{"".join(lines)}{more}</tbody></table>'


def _figure(pointer: Pointer | None, finding: Finding, marks: Marks, words: Mapping[str, str]) -> str:
    if pointer is None:
        return "<td></td>"
    text = shown(pointer.text, 120) or f'<span class="none">{words["blank"]}</span>'
    return f"<td{' class=bad' if pointer is finding.primary else ''}>{_link(pointer.address, marks, words, text)}</td>"


def _list(pointers: list[Pointer], finding: Finding, marks: Marks, words: Mapping[str, str]) -> str:
    def lines() -> Iterator[str]:
        for pointer in pointers[:MAX_COMPARED]:
            css = " class=bad" if pointer is finding.primary else ""
            text = shown(pointer.text, 120) or f'<span class="none">{words["blank"]}</span>'
            yield f"<tr><td>{_place(pointer, marks, words)}</td><td{css}>{text}</td></tr>"

    more = _more(len(pointers) - MAX_COMPARED, 2, words)
    return f'<table class="piece loose"><tbody>{"".join(lines())}{more}</tbody></table>'


def _more(count: int, width: int, words: Mapping[str, str]) -> str:
    return f'<tr><td colspan="{width}" class="none">{words["left_out"].format(count)}</td></tr>' if count > 0 else ""


def _short(number: int, finding: Finding, marks: Marks, words: Mapping[str, str]) -> tuple[str, ...]:
    return (
        f'<span id="{marks.finding(number)}">{number}</span>',
        words[finding.severity.value],
        line(finding.rule, 40),
        _link(finding.primary.address, marks, words),
        line(finding.message, 160),
    )
