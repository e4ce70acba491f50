"""The findings as cards."""

from __future__ import annotations

import re

import pytest

from tests.reports import drawing, samples
from tests.reports.html.pages import cards, check_page, page, told
from validator.model.fact import Pointer
from validator.model.finding import Severity
from validator.reports.html import Checked, body, render
from validator.reports.html.findings import draw
from validator.reports.html.marks import Marks
from validator.reports.html.words import WORDS


def test_all_that_is_known_of_a_finding_is_told() -> None:
    report = samples.sample_report()
    root = page(render(report))

    for finding in report.findings:
        (card,) = (card for card in cards(root) if finding.message in told(card))
        for text in (finding.title, finding.rule, finding.help, finding.basis, finding.expected, *finding.consequences):
            assert not text or text in told(card)
        for pointer in (finding.primary, *finding.related):
            assert pointer.text in told(card)


def test_the_heaviest_come_first_and_are_numbered_through() -> None:
    order = [Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR]
    report = drawing.report_on(drawing.fault(n, f"自评表!A{n}", severity) for n, severity in enumerate(order, 1))
    found = cards(page(render(report)))

    assert [card.get("data-s") for card in found] == ["error", "error", "warning", "info"]
    assert [card.get("id") for card in found] == ["f1", "f2", "f3", "f4"]


def test_a_cause_is_linked() -> None:
    cause = drawing.fault(1, "自评表!A1")
    root = check_page(render(drawing.report_on([cause, drawing.fault(2, "自评表!A2")._replace(cause=cause.id)])))

    assert root.xpath("//article[@id='f2']//a[@href='#f1']")


def test_many_parts_are_listed_in_part() -> None:
    parts = tuple(Pointer(f"p{n}", f"自评表!A{n}", f"{n}.00", f"第{n}项", "预算数") for n in range(2, 90))
    text = told(page(render(drawing.report_on([drawing.fault(1, "自评表!A1", related=parts)]))))

    assert "2.00" in text
    assert "89.00" not in text
    assert re.search(r"另有 \d+ 处从略", text)


def test_findings_beyond_those_told_in_full_are_listed_in_short() -> None:
    report, document = drawing.large(30)
    tree = page(f"<main>{body(Checked(report, document), most_cards=20)}</main>")

    assert [card.get("id") for card in cards(tree)] == [f"f{number}" for number in range(1, 21)]
    assert tree.xpath("//details//tbody//span/@id") == [f"f{number}" for number in range(21, 31)]


def test_a_place_that_is_not_drawn_is_named_without_a_link() -> None:
    root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B2")])))

    assert not root.xpath("//article//a")
    assert "自评表!B2" in told(root)


def drawn(*related: Pointer, text: str = "98.5%") -> str:
    """Return the card of a finding that compares these figures."""
    return draw(Marks(drawing.report_on([drawing.fault(1, "自评表!C2", text=text, related=related)])), WORDS["zh"])


def figure(row: str, column: str, address: str, text: str = "1") -> Pointer:
    return Pointer(f"{row}.{column}", address, text, row, column)


def test_figures_compared_stand_as_a_piece_of_the_form_in_the_order_of_its_columns() -> None:
    card = page(drawn(figure("第 1 行", "执行数", "自评表!B2"), figure("第 1 行", "预算数", "自评表!A2", "")))

    assert card.xpath("//table[@class='piece']//th[@scope='col']/text()") == ["预算数", "执行数", "执行率"]
    assert [told(cell) for cell in card.xpath("//table[@class='piece']/tbody//td")] == ["（空）", "1", "98.5%"]
    assert card.xpath("//td[@class='bad']")[0].text_content() == "98.5%"


@pytest.mark.parametrize(
    "related",
    [
        (figure("第 1 行", "执行率", "自评表!D2"),),
        (figure("", "执行数", "自评表!B2"),),
        (figure("甲", "A", "自评表!B2"), figure("乙", "B", "自评表!D3"), figure("丙", "C", "自评表!E4")),
        tuple(figure("第 1 行", f"列{n}", f"自评表!B{n}") for n in range(6)),
    ],
    ids=["two in one place", "no label", "scattered", "many columns"],
)
def test_figures_that_make_no_compact_table_are_listed(related: tuple[Pointer, ...]) -> None:
    card = page(drawn(*related))

    assert not card.xpath("//table[@class='piece']")
    assert len(card.xpath("//table[@class='piece loose']//tr")) == len(related) + 1


def test_a_finding_about_nothing_says_that_it_is_blank_and_compares_nothing() -> None:
    card = page(drawn(text=""))

    assert [told(value) for value in card.xpath("//dd[@class='stated']")] == ["（空）"]
    assert not card.xpath("//table")


def test_without_findings_the_page_says_so() -> None:
    assert told(page(draw(Marks(samples.clean_report()), WORDS["zh"]))) == WORDS["zh"]["nothing"]
