"""A received document is hostile: its scripts, formulas, escape sequences and markup are shown, never run, in every format.

Each renderer is given each case: attacks in every text, ten thousand findings, texts of two megabytes, and a document of all
that on its whole way from the bytes.
"""

from __future__ import annotations

import io
import json as standard_json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from html import escape, unescape
from typing import NamedTuple

import docx
import openpyxl
import pytest
from hypothesis import given
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from tests.building.samples import files
from tests.building.samples import samples as made
from tests.reports import annotating, drawing, samples
from validator import pipeline
from validator.model.document import Document
from validator.model.fact import Form, Pointer
from validator.model.finding import Finding, Report, Severity
from validator.readers import read
from validator.reports import annotation, concise, facts, github, html, json, junit, letter, sarif, terminal
from validator.reports.letter_template import PATH

FORMATS = ("xlsx", "docx", "html", "txt", "tsv")
TEXTS = (*drawing.HOSTILE, *annotating.NASTY, "[red]红[/red]", "::error::x", "%0A::error::x", "\t=1+1", "\x9b31m")
HUGE = "长=<b>" * 500_000
MANY = 10_000
FEW = 40
ADDRESSES = {"xlsx": "自评表!B{}", "tsv": "case!B{}", "docx": "表1!R{}C2", "html": "表1!R{}C2", "txt": "L{}:1-3"}


class Case(NamedTuple):
    """What a renderer is given."""

    report: Report
    document: Document
    forms: Sequence[Form]
    data: bytes


def attacks(format: str, data: bytes) -> tuple[Finding, ...]:
    """Return findings of which every text is an attack, each on a cell of its own."""
    return tuple(
        Finding(
            f"{number:012}", text, text, tuple(Severity)[number % 3], text, text,
            Pointer(text, ADDRESSES[format].format(number + 1), text, text, text),
            tuple(Pointer(other, other, other, other, other) for other in TEXTS), text, text, text,
            consequences=TEXTS, cause=TEXTS[0],
        )
        for number, text in enumerate(TEXTS)
    )  # fmt: skip


def many(format: str, data: bytes) -> tuple[Finding, ...]:
    """Return ten thousand findings, several on each cell."""
    return tuple(drawing.fault(number, ADDRESSES[format].format(number % 20 + 1)) for number in range(MANY))


def huge(format: str, data: bytes) -> tuple[Finding, ...]:
    """Return findings of which every text is as long as a cell may be."""
    return tuple(
        Finding(
            f"{number:012}", "FUND-003", "ratio", Severity.ERROR, HUGE, HUGE,
            Pointer(HUGE, ADDRESSES[format].format(number % 20 + 1), HUGE, HUGE, HUGE),
            (Pointer(HUGE, ADDRESSES[format].format(30), HUGE, HUGE, HUGE),) * 5, HUGE, HUGE, HUGE, consequences=(HUGE,) * 5,
        )
        for number in range(FEW)
    )  # fmt: skip


def received(format: str, data: bytes) -> tuple[Finding, ...]:
    """Return what is found in the document itself."""
    return pipeline.check(data, name=f"case.{format}").findings


Make = Callable[[str, bytes], tuple[Finding, ...]]
CASES: tuple[Make, ...] = (attacks, many, huge, received)
MOST: dict[Make, int] = {attacks: 2**21, many: MANY * 4000, huge: FEW * 2**18, received: 2**21}
"""Characters that a renderer may make of each case; the texts of `huge` are above a gigabyte altogether."""


@cache
def given_case(make: Make, format: str) -> Case:
    """Return a document of that format, filled in and full of attacks, and a report on it."""
    data = form(format)
    seen = pipeline.checker().understand(data, name=f"case.{format}")
    base = pipeline.check(data, name=f"case.{format}")
    report = replace(base, findings=make(format, data))
    if make is attacks:
        told = drawing.hostile()[0]
        report = replace(
            report, checks=told.checks, waived=told.waived, notes=told.notes, forms=told.forms, tallies=told.tallies
        )
    if make is huge:
        checks = tuple(check._replace(reason=HUGE, path=HUGE) for check in base.checks[:FEW])
        report = replace(report, checks=checks)
    return Case(report, seen.document, seen.forms, data)


@cache
def form(format: str) -> bytes:
    """Return a form with flaws in which rows are called by attacks, one of them megabytes long."""
    sample = next(sample for sample in made() if sample.name == "rural-clinics")
    data = files(sample)[f"rural-clinics.{format}"]
    labels = [*(text for text in TEXTS if text.isprintable()), HUGE]
    if format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        for number, text in enumerate(labels, 40):
            book.worksheets[0].cell(number, 1).value = text[:32_000]
            book.worksheets[0].cell(number, 1).data_type = "s"
            book.worksheets[0].cell(number, 2).value = number
        book.save(out := io.BytesIO())
        return out.getvalue()
    if format == "docx":
        paper = docx.Document(io.BytesIO(data))
        table = paper.tables[0]
        for text in labels:
            table.add_row().cells[0].text = text  # type: ignore[no-untyped-call]
        paper.save(out := io.BytesIO())
        return out.getvalue()
    if format == "html":
        # Tags without an end would nest without an end: the reader refuses that. Only the long text is escaped.
        rows = "".join(f"<tr><td>{text if text != HUGE else escape(text)}</td><td>1</td></tr>" for text in labels)
        return data.replace(b"</table>", f"{rows}</table>".encode(), 1)
    return data + "".join(f"{text}\t1\n" for text in labels).encode()


# What comes out: all text that is shown, and nothing that runs.


def plain(text: str) -> None:
    """Assert that text is only text: printable characters and line breaks."""
    odd = {character for character in text if not character.isprintable()} - {"\n"}
    assert not {character for character in odd if unicodedata.category(character) not in ("Zs", "Co", "Cn")}


def page(text: str, scripts: int = 0) -> None:
    """Assert that a page runs nothing but its own scripts and leads nowhere but to itself."""
    plain(text)
    tree = LexborHTMLParser(text)
    nodes = tree.css("*")
    assert sum(node.tag == "script" for node in nodes) == scripts
    assert {node.tag for node in nodes}.isdisjoint({"img", "iframe", "object", "embed", "base", "form"})
    names = {name for node in nodes for name in node.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("src", "action", "srcdoc")]
    assert all((link.attributes["href"] or "").startswith("#") for link in tree.css("[href]"))


def office(data: bytes, fields: int = 0) -> str:
    """Assert that an Office file is whole, computes and fetches nothing but its own fields; return the texts of its parts."""
    texts = []
    for name, content in annotating.parts(data).items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        root = etree.fromstring(content)
        tags = [str(element.tag).rpartition("}")[2] for element in root.iter()]
        assert {"f", "instrText", "altChunk", "oleObject"}.isdisjoint(tags), name
        fields -= tags.count("fldSimple")
        assert b'TargetMode="External"' not in content, name
        texts.append(content.decode())
    assert fields == 0
    plain("".join(text.replace("\r", "").replace("\t", " ") for text in texts))
    return "".join(texts)


def rendered_plain(text: str) -> str:
    plain(text)
    return text


def rendered_page(text: str, scripts: int = 0) -> str:
    page(text, scripts)
    return text


def rendered_json(text: str) -> str:
    plain(text)
    standard_json.loads(text)
    return text


def rendered_xml(text: str) -> str:
    plain(text)
    root = etree.fromstring(text.encode())
    assert {str(element.tag) for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"
    }  # fmt: skip
    return text


def rendered_commands(text: str) -> str:
    plain(text)
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in text.splitlines())
    return text


def annotated(case: Case) -> str:
    data = annotation.annotated(case.data, case.report)
    if case.report.format in ("xlsx", "docx"):
        return office(data)
    page(data.decode())
    return data.decode()


RENDERERS: dict[str, Callable[[Case], str]] = {
    "rich": lambda case: rendered_plain(terminal.render(case.report)),
    "concise": lambda case: rendered_plain(concise.render(case.report)),
    "json": lambda case: rendered_json(json.render(case.report)),
    "sarif": lambda case: rendered_json(sarif.render([case.report], every_outcome=True)),
    "junit": lambda case: rendered_xml(junit.render([case.report], every_outcome=True)),
    "github": lambda case: rendered_commands(github.render(case.report)),
    "html": lambda case: rendered_page(html.render(case.report, case.document, case.forms), scripts=1),
    "page": lambda case: rendered_page(
        html.body(html.Checked(case.report, case.document, case.forms), addressed=True), scripts=0
    ),
    "letter": lambda case: office(letter.rendered(case.report, letter.particulars_of(case.forms), PATH.read_bytes()), fields=1),
    "facts": lambda case: rendered_plain(facts.render(case.document, case.forms, ())),
    "facts json": lambda case: rendered_json(facts.render_json(case.document, case.forms, ())),
}


@pytest.mark.parametrize("make", CASES)
@pytest.mark.parametrize("name", RENDERERS)
def test_nothing_runs_and_nothing_grows_without_bounds(name: str, make: Make) -> None:
    text = RENDERERS[name](given_case(make, "docx"))

    assert len(text) < MOST[make]


@pytest.mark.parametrize("make", CASES)
@pytest.mark.parametrize("format", FORMATS)
def test_nothing_runs_in_an_annotated_copy(format: str, make: Make) -> None:
    case = given_case(make, format)

    # The document stands in the copy once, whatever its length.
    assert len(annotated(case)) < MOST[make] + 3 * len(HUGE)


@pytest.mark.parametrize("format", FORMATS)
def test_an_annotated_copy_of_a_hostile_document_reads_like_the_document(format: str) -> None:
    case = given_case(received, format)
    data = annotation.annotated(case.data, case.report)

    assert len(case.report.findings) > 0
    if format in ("xlsx", "docx"):
        texts = [cell.text for table in read(data, name=f"a.{format}").tables for cell in table.cells()]
        assert texts == [cell.text for table in case.document.tables for cell in table.cells()]


@pytest.mark.parametrize("name", ["rich", "concise", "json", "sarif", "junit", "github", "html", "page", "letter"])
def test_every_attack_is_shown_as_it_was_written(name: str) -> None:
    text = unescape(RENDERERS[name](given_case(attacks, "docx")))

    assert [told for told in ("[red]红[/red]", "=1+1", "@SUM(A1)", "<script>alert(1)</script>") if told not in text] == []


@pytest.mark.parametrize("name", ["rich", "concise", "json"])
@given(report=samples.reports())
def test_no_format_lets_anything_but_printable_text_and_line_breaks_through(name: str, report: Report) -> None:
    plain({"rich": terminal.render, "concise": concise.render, "json": json.render}[name](report))


@pytest.mark.parametrize("write", [terminal.render, concise.render])
def test_markup_and_escapes_are_shown_as_they_were_written(write: Callable[[Report], str]) -> None:
    finding = samples.RATE_FINDING._replace(
        message="[red]红[/red] \x1b[31m", primary=samples.RATE._replace(text="[bold]1[/bold]")
    )
    text = write(replace(samples.clean_report(), path="[b]表.xlsx", findings=(finding,)))

    assert "[red]红[/red] \\x1b[31m" in text
    assert "[b]表.xlsx" in text
