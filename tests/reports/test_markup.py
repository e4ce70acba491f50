from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser

from tests.reports.annotating import NASTY, at, nasty, report_on
from tests.reports.samples import reports
from validator.model.finding import Finding, Severity
from validator.reports.annotation import annotated

LINES = "项目支出绩效自评表\n年度资金总额 1281.30 1234.56 98.5%\n\n<script>alert(1)</script> & 其他\n"
TABLE = (
    "<h1>自评表</h1><table><tr><td rowspan=2>资金</td><td>预算</td><td>执行率</td></tr><tr><td>1281.30</td><td>98.5%</td></tr>"
    "</table><script>steal()</script><p onclick=x()>全年执行 1234.5 万元</p>"
)


def page(text: str, findings: Sequence[Finding], format: str = "txt") -> LexborHTMLParser:
    """Return the annotated page; whatever it is, it runs nothing, loads nothing, and every link leads somewhere."""
    data = text.encode()
    markup = annotated(data, report_on(data, findings, format=format)).decode()
    tree = LexborHTMLParser(markup)
    tags = {node.tag for node in tree.css("*")}
    assert tags.isdisjoint({"script", "img", "iframe", "object", "link", "form", "svg", "base"})
    attributes = {name for node in tree.css("*") for name in node.attributes}
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "action", "style")]
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    links = [node.attributes["href"] or "" for node in tree.css("a")]
    assert {link.removeprefix("#") for link in links} <= {str(id) for id in ids}
    assert all(link.startswith("#") for link in links)
    return tree


def test_a_span_is_marked_and_mark_and_list_lead_to_each_other() -> None:
    tree = page(LINES, [at("L2:24-28", text="98.5%")])

    marks = tree.css("mark")
    assert [(mark.text(), mark.attributes["class"]) for mark in marks] == [("98.5%", "error")]
    assert marks[0].attributes["title"] == "执行率与执行数、预算数不符"
    assert [link.attributes["href"] for link in tree.css("nav a")] == ["#p-L2"]
    assert [link.attributes["href"] for link in tree.css("main a")] == ["#f-1"]


def test_the_document_stands_there_word_by_word() -> None:
    tree = page(LINES, [at("L2:8-14")])

    lines = []
    for node in tree.css("main p"):
        for extra in node.css("b, sup"):
            extra.decompose()
        lines.append(node.text())
    assert lines == LINES.splitlines()


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        (["L2:8-14", "L2:16-22"], ["1281.30", "1234.56"]),
        (["L2:8-22", "L2:16-28"], ["1281.30 ", "1234.56", " 98.5%"]),
        (["L2:1-400"], [LINES.splitlines()[1]]),
        (["L2"], [LINES.splitlines()[1]]),
        (["L3"], []),
        (["L2:9-8"], []),
    ],
)
def test_spans_may_touch_overlap_or_be_too_long(spans: list[str], marked: list[str]) -> None:
    tree = page(LINES, [at(span) for span in spans])

    assert [mark.text() for mark in tree.css("mark")] == marked
    assert len(tree.css("main a")) == len(spans)


def test_where_findings_overlap_the_heaviest_gives_the_colour() -> None:
    tree = page(LINES, [at("L2:8-22", Severity.INFO), at("L2:8-14", Severity.ERROR)])

    assert [mark.attributes["class"] for mark in tree.css("mark")] == ["error", "info"]


def test_a_cell_of_a_web_page_is_marked_and_its_scripts_are_gone() -> None:
    tree = page(TABLE, [at("表1!R2C3"), at("段2:6-11"), at("表1!R2C1")], format="html")

    assert [(cell.attributes["class"], cell.attributes["id"]) for cell in tree.css("td[class]")] == [("error", "p-表1!R2C3")]
    assert [cell.attributes["rowspan"] for cell in tree.css("td[rowspan]")] == ["2"]
    assert [mark.text() for mark in tree.css("mark")] == ["1234.5"]
    assert "steal" not in (tree.html or "")


@pytest.mark.parametrize(
    ("format", "text", "address", "cell"),
    [
        ("csv", "a,b\n1,=HYPERLINK(1)\n", "表1!B2", "=HYPERLINK(1)"),
        ("tsv", "a\tb\n1\t2\n", "表1!A2", "1"),
        ("md", "# 表\n\n|a|b|\n|-|-|\n|1|<b>2|\n", "表1!R2C2", "<b>2"),
    ],
)
def test_values_in_text_files_are_tables_with_marked_cells(format: str, text: str, address: str, cell: str) -> None:
    tree = page(text, [at(address)], format=format)

    marked = tree.css_first("td.error")
    assert marked is not None
    assert marked.text() == f"{cell}[1]"


@pytest.mark.parametrize("address", ["", "L99", "L0", "表1!R1C1", "段1", "自评表!H8", "L2-L3"])
def test_a_finding_without_a_place_on_the_page_is_still_listed(address: str) -> None:
    tree = page(LINES, [at(address)])

    assert len(tree.css("nav li")) == 1


def test_hostile_texts_are_only_text() -> None:
    findings = [nasty("L2:8-14", number) for number in range(3 * len(NASTY))]

    tree = page("\n".join((LINES, *NASTY)).replace("\ud800", ""), findings)

    assert "]]><script>alert(1)</script>" in tree.css_first("nav").text()  # type: ignore[union-attr]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", tree.html or "")


def test_ten_thousand_findings_and_two_megabytes_on_one_line_stay_usable() -> None:
    findings = [at(f"L2:{n % 20 + 1}-{n % 20 + 3}") for n in range(10_000)]
    data = (LINES + "长" * 700_000 + "\n" + "=1" * 1000).encode()

    markup = annotated(data, report_on(data, findings, format="txt"))

    assert len(markup) < 9_000_000
    assert "等 10000 条" in markup.decode()


@given(report=reports())
@settings(max_examples=30)
def test_any_report_gives_a_page(report: object) -> None:
    page(LINES, getattr(report, "findings", ()))
