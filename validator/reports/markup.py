"""The annotated copy of a text, a web page or values in a text file: bytes and the report in, one page of HTML out.

The page shows the document as it was read, every text escaped, with the places marked and a list of findings; marks and list
link to each other. It has no script and loads nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from validator.model.document import Cell, Document, Paragraph, Table
from validator.model.finding import Finding, Report
from validator.readers import read
from validator.reports.address import place
from validator.reports.remarks import TITLES, by_weight, document_name, remark, shown, summary
from validator.reports.visible import visible

_BASE = re.compile(r"(?:L|段)[0-9]{1,9}")
_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #8c959f;
  --error: #ffc7ce; --warning: #ffeb9c; --info: #ddebf7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --line: #57606a; --error: #7a1f2b; --warning: #5c4700; --info: #123a5e; }
}
body { margin: 1.5rem auto; max-width: 70rem; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
a { color: inherit; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
td { border: 1px solid var(--line); padding: .2rem .5rem; white-space: pre-wrap; overflow-wrap: anywhere; vertical-align: top; }
p { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
p > b { color: var(--line); font-weight: normal; display: inline-block; min-width: 3.5em; user-select: none; }
mark { color: inherit; padding: 0 .1em; }
.error { background: var(--error); } .warning { background: var(--warning); } .info { background: var(--info); }
sup { font-size: .75em; white-space: nowrap; }
:target { outline: 3px solid currentColor; outline-offset: 1px; }
li { margin: .6rem 0; overflow-wrap: anywhere; } li strong { padding: 0 .3em; } li span { display: block; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } table { display: table; } }
"""


class _Span(NamedTuple):
    """A marked stretch of a line, characters counted from 0."""

    start: int
    stop: int
    findings: tuple[int, ...]


def annotated(data: bytes, report: Report) -> bytes:
    """Return the page; raises UnreadableDocument where the document can't be read any more."""
    document = read(data, name=report.path)
    findings = by_weight(report.findings)
    marks = _Marks(findings, document)
    body = "".join(_blocks(document, marks))
    title = f"{document_name(report)} 核对批注"
    listed = "".join(_item(number, finding, marks) for number, finding in enumerate(findings))
    page = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{_text(title)}</h1><p>{_text(summary(report))}</p>"
        + (f'<nav aria-label="问题"><h2>问题</h2><ol>{listed}</ol></nav>' if listed else "")
        + f"<main><h2>原文</h2>{body}</main></body></html>\n"
    )
    return page.encode()


class _Marks:
    """Which findings stand where in the document."""

    def __init__(self, findings: Sequence[Finding], document: Document) -> None:
        self.findings = findings
        self.targets: dict[int, str] = {}
        """Id of the place that each finding's link leads to."""
        self._cells: dict[str, list[int]] = {}
        self._lines: dict[str, list[tuple[int, int, int]]] = {}
        known = set(_addresses(document))
        for number, finding in enumerate(findings):
            address = finding.primary.address
            where = place(address)
            base = _BASE.match(address)
            if address in known and not where.in_text:
                self._cells.setdefault(address, []).append(number)
            elif where.in_text and base and base.group() in known:
                address = base.group()
                self._lines.setdefault(address, []).append((max(where.col - 1, 0), where.end, number))
            else:
                continue
            self.targets[number] = f"p-{address}"

    def at(self, address: str) -> list[int]:
        """Return the findings on a cell."""
        return self._cells.get(address, [])

    def spans(self, address: str, length: int) -> list[_Span]:
        """Return the marked stretches of a line, in order; where findings overlap, a stretch has several."""
        ranges = [
            (min(start, length), min(stop, length) if stop else length, number)
            for start, stop, number in self._lines.get(address, [])
        ]
        ends = sorted({end for start, stop, _ in ranges for end in (start, stop)})
        spans = []
        for start, stop in pairwise(ends):
            covering = tuple(number for first, last, number in ranges if first <= start and stop <= last)
            if covering:
                spans.append(_Span(start, stop, covering))
        return spans

    def whole(self, address: str) -> list[int]:
        """Return the findings on a line."""
        return [number for _, _, number in self._lines.get(address, [])]

    def kind(self, numbers: Iterable[int]) -> str:
        """Return the severity of the heaviest of some findings."""
        return min((self.findings[number].severity for number in numbers), key=lambda severity: severity.rank).value

    def told(self, numbers: Iterable[int]) -> str:
        """Return what the findings say, for a mark's title."""
        return "；".join(shown(self.findings[number].message)[:300] for number in list(numbers)[:5])


def _addresses(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.address
        else:
            yield from (block.address_at(row, col) for row in range(len(block.rows)) for col in range(block.columns))


def _blocks(document: Document, marks: _Marks) -> Iterator[str]:
    for block in document.blocks:
        yield _table(block, marks) if isinstance(block, Table) else _line(block, marks)


def _line(paragraph: Paragraph, marks: _Marks) -> str:
    address, text = paragraph.address, paragraph.text
    numbers = marks.whole(address)
    pieces, at = [], 0
    for span in marks.spans(address, len(text)):
        told = html.escape(marks.told(span.findings), quote=True)
        pieces.append(_text(text[at : span.start]))
        pieces.append(f'<mark class="{marks.kind(span.findings)}" title="{told}">{_text(text[span.start : span.stop])}</mark>')
        at = span.stop
    pieces.append(_text(text[at:]))
    label = address.removeprefix("L").removeprefix("段")
    return f'<p id="p-{_text(address)}"><b>{label}</b>{"".join(pieces)}{_links(numbers)}</p>'


def _table(table: Table, marks: _Marks) -> str:
    rows = []
    for r in range(len(table.rows)):
        cells = []
        for c in range(table.columns):
            cell = table.at(r, c)
            if cell is None or (cell.row, cell.col) == (r, c):
                cells.append(_cell(cell, table.address_at(r, c), marks))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _cell(cell: Cell | None, address: str, marks: _Marks) -> str:
    spans = (
        ""
        if cell is None
        else "".join(
            f' {name}="{count}"' for name, count in (("rowspan", cell.row_span), ("colspan", cell.col_span)) if count > 1
        )
    )
    text = _text(cell.text) if cell is not None else ""
    numbers = marks.at(address)
    if not numbers:
        return f"<td{spans}>{text}</td>"
    told = html.escape(marks.told(numbers), quote=True)
    return f'<td{spans} id="p-{_text(address)}" class="{marks.kind(numbers)}" title="{told}">{text}{_links(numbers)}</td>'


def _links(numbers: Sequence[int]) -> str:
    """Return links to findings; after the first twenty of a place they are only counted."""
    links = "".join(f'<a href="#f-{n + 1}" aria-label="问题 {n + 1}">[{n + 1}]</a>' for n in numbers[:20])
    more = f"等 {len(numbers)} 条" if len(numbers) > 20 else ""
    return f"<sup>{links}{more}</sup>" if numbers else ""


def _item(number: int, finding: Finding, marks: _Marks) -> str:
    target = marks.targets.get(number)
    address = _text(shown(finding.primary.address)) or "全文"
    where = f'<a href="#{_text(target)}">{address}</a>' if target else address
    _, *lines = remark(finding)
    told = "".join(f"<span>{_text(line)}</span>" for line in lines)
    extra = "".join(
        f"<span>{name}：{_text(shown(text))}</span>"
        for name, text in (("依据", finding.basis), ("怎么办", finding.help))
        if text
    )
    heading = (
        f'<strong class="{finding.severity.value}">{TITLES[finding.severity]}</strong> {where} {_text(shown(finding.title))}'
    )
    return f'<li id="f-{number + 1}">{heading}{told}{extra}</li>'


def _text(text: str) -> str:
    """Return text of the document, escaped; line breaks stay, what steers or hides is spelled out."""
    return html.escape("\n".join(visible(line) for line in text.split("\n")), quote=True)
