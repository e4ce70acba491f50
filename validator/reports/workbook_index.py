"""The sheet 核对结果 of an annotated workbook: a report in, the markup of a sheet that lists its findings out.

Every text is an inline string in a cell marked as text, so that nothing in it is ever taken for a formula.
"""

from __future__ import annotations

from typing import NamedTuple

from validator.model.fact import Pointer
from validator.model.finding import Finding, Report, Severity
from validator.readers.workbook import INDEX_HEADER, INDEX_NAME
from validator.reports.address import place
from validator.reports.due import due
from validator.reports.patching import cell_text
from validator.reports.remarks import TITLES, by_weight, document_name, shown, summary

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTHS = (6, 10, 16, 26, 16, 16, 48, 30, 30, 14)
"""Of the columns, in digits of the standard font."""
_COLUMNS = tuple(zip(INDEX_HEADER, _WIDTHS, strict=True))
_MOST_LINKS = 60_000
"""Excel takes 65,530 links on a sheet."""
_FORMULA_MARKS = ("=", "+", "-", "@")


class Looks(NamedTuple):
    """Cell styles of the sheet."""

    title: int
    header: int
    text: int
    literal: int
    """Text that would be taken for a formula when someone edits it."""
    link: int
    weights: dict[Severity, int]


def sheet(report: Report, looks: Looks, sheets: dict[str, str]) -> bytes:
    """Return the sheet. `sheets`: the name that a sheet has in the workbook, by the name that addresses use."""
    findings = by_weight(report.findings)
    rows = [_row(1, [(f"{INDEX_NAME}：{summary(report)}（{document_name(report)}）", looks.title)], looks)]
    rows.append(_row(2, [(title, looks.header) for title, _ in _COLUMNS], looks))
    links = []
    for number, finding in enumerate(findings, 1):
        target = link_to(finding.primary, sheets)
        linked = bool(target) and number <= _MOST_LINKS
        rows.append(_row(number + 2, _entries(number, finding, looks, linked=linked), looks))
        if linked:
            links.append(f'<hyperlink ref="C{number + 2}" location="{cell_text(target)}"/>')
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, (_, w) in enumerate(_COLUMNS, 1))
    last = max(len(findings) + 2, 3)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" '
        'state="frozen"/><selection pane="bottomLeft" activeCell="A3" sqref="A3"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>{"".join(rows)}</sheetData>'
        + (f'<autoFilter ref="A2:J{last}"/>' if findings else "")
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode("ascii", "xmlcharrefreplace")


def link_to(pointer: Pointer, sheets: dict[str, str]) -> str:
    """Return where a link leads, `'自评表'!H8`; empty when the pointer names no cell of the workbook."""
    where = place(pointer.address)
    name = sheets.get(where.sheet if where.row and not where.in_text else pointer.address)
    if name is None:
        return ""
    cell = where.name if where.row and not where.in_text else "A1"
    return f"""'{name.replace("'", "''")}'!{cell}"""


def _entries(number: int, finding: Finding, looks: Looks, *, linked: bool) -> list[tuple[str, int | None]]:
    pointer = finding.primary
    label = "／".join(text for text in (pointer.row_label, pointer.column_label) if text)
    return [
        (str(number), looks.text),
        (TITLES[finding.severity], looks.weights[finding.severity]),
        (shown(pointer.address) or "全文", looks.link if linked else looks.text),
        (shown(label), None),
        (shown(pointer.text), None),
        (shown(due(finding)), None),
        (shown(finding.message), None),
        (shown(finding.basis), None),
        (shown(finding.help), None),
        (shown(finding.rule), None),
    ]


def _row(number: int, entries: list[tuple[str, int | None]], looks: Looks) -> str:
    cells = []
    for col, (text, look) in enumerate(entries):
        style = look if look is not None else looks.literal if text.startswith(_FORMULA_MARKS) else looks.text
        where = f'r="{chr(65 + col)}{number}" s="{style}"'
        cells.append(f'<c {where} t="inlineStr"><is><t xml:space="preserve">{cell_text(text)}</t></is></c>')
    return f'<row r="{number}" ht="{_height(entries):.1f}" customHeight="1">{"".join(cells)}</row>'


def _height(entries: list[tuple[str, int | None]]) -> float:
    """Return the height, in points, in which every text of a row shows; programs don't work it out by themselves."""
    if len(entries) == 1:
        return 20.0
    lines = max(
        -(-sum(2 if ord(character) > 0x2E7F else 1 for character in text[:1000]) // (width - 2))
        for (text, _), width in zip(entries, _WIDTHS, strict=True)
    )
    return min(max(lines, 1) * 15.0, 400.0)
