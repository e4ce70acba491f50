"""The received document redrawn around its findings."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.reports import drawing, samples
from tests.reports.html.pages import cards, check_page, page, told
from validator.model.document import Paragraph
from validator.model.fact import Pointer
from validator.model.finding import Report
from validator.reports import html
from validator.reports.html import render
from validator.reports.html.marks import Marks
from validator.reports.html.tables import MAX_CELLS, MAX_MARKS, draw
from validator.reports.html.words import WORDS


def test_finding_and_cell_lead_to_each_other() -> None:
    table = drawing.sheet([["资金", "执行率"], ["总额", "98.5%"]])
    root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B2")]), drawing.document(table)))
    (card,) = cards(root)
    cell = root.get_element_by_id(card.xpath(".//a[@class='at']/@href")[0][1:])

    assert cell.tag == "td"
    assert cell.text == "98.5%"
    assert "bad error" in cell.get("class")
    assert cell.xpath(".//a/@href") == ["#f1"]
    assert "执行率与执行数、预算数不符" in cell.xpath(".//a/@aria-label")[0]


def test_a_cell_that_is_only_compared_is_tinted_without_a_mark() -> None:
    table = drawing.sheet([["1281.30", "98.5%"]])
    related = (Pointer("budget", "自评表!A1", "1281.30", "总额", "预算数"),)
    root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B1", related=related)]), drawing.document(table)))
    (seen,) = root.xpath("//td[@class='seen']")

    assert seen.text_content() == "1281.30"
    assert root.xpath(f"//article//a[@href='#{seen.get('id')}']")


def test_a_blank_slot_can_be_marked() -> None:
    table = drawing.sheet([["甲", None, None], ["乙", None, "丙"]])
    root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!C1", text="")]), drawing.document(table)))

    assert root.xpath("//tr[th='1']/td[3]/@class") == ["bad error"]


def test_a_place_in_prose_is_marked() -> None:
    prose = Paragraph("全年执行1234.5万元，执行率98.5%。", "L12")
    findings = [drawing.fault(1, "L12:5-12", text="1234.5万元"), drawing.fault(2, "L12:5-7"), drawing.fault(3, "L12")]
    root = check_page(render(drawing.report_on(findings), drawing.document(prose)))
    marked = root.xpath("//p[@class='prose']//span[starts-with(@class, 'bad')]")

    assert "，执行率98.5%。" in root.xpath("string(//p[@class='prose'])")
    assert any(span.text_content().startswith("1234.5万元") for span in marked)
    assert {href for span in marked for href in span.xpath(".//a/@href")} == {"#f1", "#f2", "#f3"}


def test_merged_cells_keep_their_spans() -> None:
    table = drawing.sheet(
        [["标题", None, None], ["产出", "数量", "10"], [None, "质量", "20"]], {(0, 0): (1, 3), (1, 0): (2, 1)}
    )
    root = page(render(samples.clean_report(), drawing.document(table)))
    rows = root.xpath("//table[@class='grid']/tbody/tr")

    assert [[cell.text_content() for cell in row.iterchildren("td")] for row in rows] == [
        ["标题"], ["产出", "数量", "10"], ["质量", "20"]
    ]  # fmt: skip
    assert rows[0].xpath("td/@colspan") == ["3"]
    assert rows[1].xpath("td/@rowspan") == ["2"]


@given(report=samples.reports())
def test_every_row_is_as_wide_as_the_table(report: Report) -> None:
    rows: list[list[str | None]] = [
        ["标题", None, None, None],
        *([f"{n}", "", "x", None] for n in range(8)),
        ["", "", "", ""],
    ]
    table = drawing.sheet(rows, {(0, 0): (1, 4), (2, 0): (3, 2), (6, 2): (2, 2)})
    root = page(render(report, drawing.document(table)))
    widths: dict[int, int] = {}
    for number, row in enumerate(root.xpath("//table[@class='grid']/tbody/tr")):
        for cell in row:
            for below in range(int(cell.get("rowspan", "1"))):
                widths[number + below] = widths.get(number + below, 0) + int(cell.get("colspan", "1"))

    assert set(widths.values()) == {5}


def test_runs_of_blank_rows_are_left_out() -> None:
    table = drawing.sheet([["甲"], *([[""]] * 50), ["乙"], [""], ["丙"]])
    root = page(render(samples.clean_report(), drawing.document(table)))

    assert root.xpath("//table[@class='grid']/tbody/tr/th/text()") == ["1", "52", "53", "54"]
    assert "略去 50 个空行" in told(root)


def test_a_large_document_is_drawn_around_its_findings() -> None:
    table = drawing.sheet([[f"{n}", "1", "2"] for n in range(MAX_CELLS)])
    root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B4000")]), drawing.document(table)))
    drawn = root.xpath("//table[@class='grid']/tbody/tr/th/text()")

    assert drawn == ["1", "2", "3", "4", "5", "3998", "3999", "4000", "4001", "4002"]
    assert root.xpath("//article//a[@class='at']")


def test_a_cell_of_megabytes_is_shown_in_part() -> None:
    text = render(samples.clean_report(), drawing.document(drawing.sheet([["长" * 2_000_000]])))

    assert len(text) < 60_000 + len(html.style()) + len(html.script())


def drawn(table: object, *addresses: str, addressed: bool = False) -> str:
    """Return a table with a finding at each address."""
    report = drawing.report_on(drawing.fault(n, address) for n, address in enumerate(addresses, 1))
    return draw(drawing.document(table), Marks(report, addressed=addressed), WORDS["zh"])  # type: ignore[arg-type]


def test_cells_say_where_they_stand_only_where_they_can_be_changed() -> None:
    table = drawing.sheet([["甲", "乙"]])

    assert page(drawn(table, addressed=True)).xpath("//td/@data-at") == ["自评表!A1", "自评表!B1"]
    assert page(drawn(table)).xpath("//td/@data-at") == []


def test_more_marks_than_fit_into_a_cell_are_counted() -> None:
    cell = page(drawn(drawing.sheet([["98.5%"]]), *["自评表!A1"] * (MAX_MARKS + 3))).xpath("//td[starts-with(@class, 'bad')]")[
        0
    ]

    assert cell.xpath(".//a/text()") == [str(n) for n in range(1, MAX_MARKS + 1)]
    assert cell.text_content().endswith("+3")


@pytest.mark.parametrize(("text", "css"), [("长" * 14, []), ("长" * 15, ["t"])])
def test_long_texts_begin_at_the_left(text: str, css: list[str]) -> None:
    assert page(drawn(drawing.sheet([[text]]))).xpath("//td/@class") == css


def test_a_blank_sheet_and_a_blank_paragraph_are_not_drawn() -> None:
    assert drawn(drawing.sheet([["", None], [None, ""]])) == ""
    assert drawn(Paragraph("  ", "L1")) == ""


def test_overlapping_pieces_of_prose_are_told_once() -> None:
    text = told(page(drawn(Paragraph("全年执行1234.5万元。", "L1"), "L1:5-10", "L1:5-12", "L1:8-12")))

    assert text.replace(" ", "").count("1234.5万元") == 1
    assert all(str(n) in text for n in (1, 2, 3))
