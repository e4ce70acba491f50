"""Documents, forms and reports made by hand, for the tests of formats that draw them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tests.reports import samples
from validator.model.document import Cell, Document, Paragraph, Table, column_letters
from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.finding import Finding, Outcome, Report, Severity
from validator.model.quantity import BARE, Quantity, Reading, State, Unit

WAN = Unit("万元", "money", Decimal(10000))
PERCENT = Unit("%", "ratio", Decimal("0.01"))
POINTS = Unit("分", "points", Decimal(1))
HOSTILE = (
    "<script>window.ran=1</script>",
    '"><img src=x onerror="window.ran=1">',
    "<svg onload=window.ran=1>",
    "</style></title></textarea><script>window.ran=1</script>",
    "' autofocus onfocus='window.ran=1",
    "javascript:window.ran=1",
    "]]><x>&amp;<!--",
    "\x1b[31m\x07\x00\x85\u2028\u202e反\u200b\ud800\ufffe",
    '=HYPERLINK("http://example.com")',
    "&lt;script&gt;{{7*7}}${7*7}",
)
"""What a received file may hold instead of a figure."""


def sheet(
    rows: Sequence[Sequence[str | None]], spans: Mapping[tuple[int, int], tuple[int, int]] | None = None, name: str = "自评表"
) -> Table:
    """Build a sheet; `spans` gives rows and columns of merged cells by their top left corner, None is a slot without a cell."""
    grid: list[list[Cell | None]] = [[None] * len(row) for row in rows]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            height, width = (spans or {}).get((r, c), (1, 1))
            if text is None or grid[r][c] is not None:
                continue
            cell = Cell(text, r, c, f"{name}!{column_letters(c)}{r + 1}", height, width)
            for y in range(r, r + height):
                for x in range(c, c + width):
                    grid[y][x] = cell
    return Table(name, grid, style="a1")


def document(*blocks: Table | Paragraph, path: str = "送审/自评表.xlsx") -> Document:
    return Document(path, "xlsx", "0" * 64, blocks)


def report_on(findings: Iterable[Finding]) -> Report:
    return replace(samples.clean_report(), findings=tuple(findings))


def fault(
    number: int, address: str, severity: Severity = Severity.ERROR, text: str = "98.5%", related: tuple[Pointer, ...] = ()
) -> Finding:
    """Make a finding about a cell; each number gives another."""
    pointer = Pointer(f"form[0].rows[{number}].rate", address, text, f"第 {number} 行", "执行率")
    return samples.finding(
        f"TEST-{number % 40:03}",
        severity,
        "执行率与执行数、预算数不符",
        f"第 {number} 行的执行率填 {text}，应为 96.35%",
        pointer,
        *related,
        expected="96.35%",
        help="核对执行数与全年预算数，或更正执行率。",
        basis="项目支出绩效自评表 表头",
        form=0,
    )


def large(count: int) -> tuple[Report, Document]:
    """Make a report of many findings, three cells compared in each, and its document."""
    rows = [[f"项目 {number}", "1281.30", "1234.56", "98.5%", f"说明 {number}"] for number in range(1, count + 1)]
    findings = [
        fault(
            number,
            f"自评表!D{number}",
            tuple(Severity)[number % 3],
            related=(
                Pointer(f"form[0].rows[{number}].budget", f"自评表!B{number}", "1281.30", f"第 {number} 行", "全年预算数"),
                Pointer(f"form[0].rows[{number}].executed", f"自评表!C{number}", "1234.56", f"第 {number} 行", "全年执行数"),
            ),
        )
        for number in range(1, count + 1)
    ]
    return report_on(findings), document(sheet(rows))


def hostile() -> tuple[Report, Document, tuple[Form, ...]]:
    """Make a report and its document in which every text is an attack."""
    pointers = [Pointer(text, f"自评表!{column_letters(number)}1", text, text, text) for number, text in enumerate(HOSTILE)]
    findings = tuple(
        Finding(
            text, text, text, tuple(Severity)[number % 3], text, text, pointers[number], tuple(pointers), text, text, text,
            consequences=(text,), cause=HOSTILE[0],
        )
        for number, text in enumerate(HOSTILE)
    )  # fmt: skip
    base = samples.sample_report()
    checks = tuple(
        check._replace(rule=text, path=text, stated=pointers[0], expected=text, reason=text, outcome=outcome)
        for check in base.checks
        for text in HOSTILE
        for outcome in Outcome
    )
    report = replace(
        base,
        path=HOSTILE[1],
        format=HOSTILE[0],
        sha256=HOSTILE[1],
        findings=findings,
        checks=checks,
        forms=tuple(form._replace(title=HOSTILE[0], at=HOSTILE[1], reasons=HOSTILE) for form in base.forms),
        tallies=tuple(tally._replace(rule=HOSTILE[0], title=HOSTILE[1]) for tally in base.tallies),
        waived=tuple(waived._replace(finding=findings[0], reason=HOSTILE[0]) for waived in base.waived),
        notes=tuple(note._replace(message=HOSTILE[0], address=HOSTILE[1]) for note in base.notes),
    )
    table = sheet([list(HOSTILE), ["", *HOSTILE[1:]]], name=HOSTILE[0])
    own = sheet([list(HOSTILE)])
    prose = tuple(Paragraph(text, f"L{number}") for number, text in enumerate(HOSTILE, 1))
    rows = [row(text, weight=(text, "10", POINTS), score=(text, "9", POINTS)) for text in HOSTILE]
    return report, document(table, own, *prose, path=HOSTILE[1]), (form("indicators", rows),)


def row(label: str, role: str = "item", **figures: tuple[str, str, Unit] | tuple[str, str, Unit, str]) -> Record:
    """Make a row; each figure is text, value, unit, and the sign before it."""
    fields = {}
    for column, (text, value, unit, *sign) in figures.items():
        quantity = Quantity(Decimal(value), Decimal("0.01"), unit, text, comparator=sign[0] if sign else "")
        fields[column] = Fact(Reading(State.NUMBER, text, quantity), Pointer(column, "自评表!A1", text, label, column), column)
    return Record(label, label, role, fields)


def form(section: str, rows: list[Record]) -> Form:
    """Make a form of one section."""
    return Form("project", "项目支出绩效自评表", "自评表!A1:J30", 1.0, (), [Section(section, f"form[0].{section}", rows, {})])


def bare(text: str) -> tuple[str, str, Unit]:
    """Make a figure without a unit."""
    return text, text, BARE
