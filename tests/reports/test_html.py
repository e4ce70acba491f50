from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import given
from lxml import html as parser

from tests.reports import drawing, samples
from tests.work import calls
from validator.model.document import Paragraph
from validator.model.fact import Pointer
from validator.model.finding import Report, Severity
from validator.reports import html
from validator.reports.html import Checked, body, render, render_all
from validator.reports.html.tables import MAX_CELLS, MAX_ROWS
from validator.reports.html.words import WORDS

LINKS = re.compile(r"#[\w-]+")
ATTRIBUTES = {
    "aria-label", "aria-labelledby", "aria-live", "aria-pressed", "charset", "class", "colspan", "content", "data-only",
    "data-s", "data-shown", "for", "height", "hidden", "href", "http-equiv", "id", "lang", "name", "open", "placeholder",
    "preserveaspectratio", "role", "rowspan", "scope", "tabindex", "text-anchor", "type", "viewbox", "width", "x", "x1", "x2",
    "y", "y1", "y2",
}  # fmt: skip
"""What the page may say of its elements. None of these runs anything or loads anything, links apart."""


def page(text: str) -> parser.HtmlElement:
    return parser.document_fromstring(text)


def check_page(text: str) -> parser.HtmlElement:
    """Check what must hold of every page: own scripts only, no network, links that lead somewhere, names given once."""
    root = page(text)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    links = [element.get("href") for element in root.iter() if element.get("href")]

    assert [element.text for element in root.iter("script")] == [html.script()]
    assert [element.text for element in root.iter("style")] == [html.style()]
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert not {element.tag for element in root.iter() if isinstance(element.tag, str)} & {
        "img", "iframe", "object", "embed", "link", "base", "form", "audio", "video", "image", "use", "foreignobject"
    }  # fmt: skip
    assert len(ids) == len(set(ids))
    assert all(LINKS.fullmatch(link) and link[1:] in ids for link in links)
    return root


def told(element: parser.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def cards(root: parser.HtmlElement) -> list[parser.HtmlElement]:
    return [article for article in root.iter("article") if "f" in article.get("class", "").split()]


class TestSelfContained:
    def test_the_policy_allows_its_own_style_and_script_only(self) -> None:
        root = check_page(render(samples.sample_report()))
        policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

        def digest(text: str) -> str:
            return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

        assert policy.startswith("default-src 'none'; ")
        assert f"style-src {digest(html.style())};" in policy
        assert f"script-src {digest(html.script())};" in policy
        assert "unsafe" not in policy

    def test_style_and_script_fetch_nothing(self) -> None:
        assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttpRequest|innerHTML|eval\(", html.style() + html.script())

    @pytest.mark.parametrize("lang", ["zh", "en"])
    @given(report=samples.reports())
    def test_any_report_gives_a_sound_page(self, lang: str, report: Report) -> None:
        text = render(report, lang=lang)

        check_page(text)
        assert text.encode("utf-8")

    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_a_hostile_document_gives_a_sound_page(self, lang: str) -> None:
        report, document, forms = drawing.hostile()
        root = check_page(render(report, document, forms, lang=lang))

        assert drawing.HOSTILE[0] in told(root)

    def test_what_steers_or_hides_text_is_spelled_out(self) -> None:
        finding = drawing.fault(1, "自评表!A1", text="\x1b[31m\u202e反\u200b\ud800")
        text = render(drawing.report_on([finding]), drawing.document(drawing.sheet([["\u202e反\x00"]])))

        assert "\\x1b[31m\\u202e反\\u200b\\ud800" in text
        assert "\\u202e反\\x00" in text
        assert not set(text) & set("\x1b\u202e\u200b\ud800\x00")


class TestFindings:
    def test_all_that_is_known_of_a_finding_is_told(self) -> None:
        report = samples.sample_report()
        root = page(render(report))

        for finding in report.findings:
            (card,) = (card for card in cards(root) if finding.message in told(card))
            for text in (finding.title, finding.rule, finding.help, finding.basis, finding.expected, *finding.consequences):
                assert not text or text in told(card)
            for pointer in (finding.primary, *finding.related):
                assert pointer.text in told(card)

    def test_the_heaviest_come_first_and_are_numbered_through(self) -> None:
        order = [Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR]
        report = drawing.report_on(drawing.fault(n, f"自评表!A{n}", severity) for n, severity in enumerate(order, 1))
        found = cards(page(render(report)))

        assert [card.get("data-s") for card in found] == ["error", "error", "warning", "info"]
        assert [card.get("id") for card in found] == ["f1", "f2", "f3", "f4"]

    def test_a_cause_is_linked(self) -> None:
        cause = drawing.fault(1, "自评表!A1")
        root = check_page(render(drawing.report_on([cause, drawing.fault(2, "自评表!A2")._replace(cause=cause.id)])))

        assert root.xpath("//article[@id='f2']//a[@href='#f1']")

    def test_many_parts_are_listed_in_part(self) -> None:
        parts = tuple(Pointer(f"p{n}", f"自评表!A{n}", f"{n}.00", f"第{n}项", "预算数") for n in range(2, 90))
        text = told(page(render(drawing.report_on([drawing.fault(1, "自评表!A1", related=parts)]))))

        assert "2.00" in text
        assert "89.00" not in text
        assert re.search(r"另有 \d+ 处从略", text)


class TestLinks:
    def test_finding_and_cell_lead_to_each_other(self) -> None:
        table = drawing.sheet([["资金", "执行率"], ["总额", "98.5%"]])
        root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B2")]), drawing.document(table)))
        (card,) = cards(root)
        cell = root.get_element_by_id(card.xpath(".//a[@class='at']/@href")[0][1:])

        assert cell.tag == "td"
        assert cell.text == "98.5%"
        assert "bad error" in cell.get("class")
        assert cell.xpath(".//a/@href") == ["#f1"]
        assert "执行率与执行数、预算数不符" in cell.xpath(".//a/@aria-label")[0]

    def test_a_cell_that_is_only_compared_is_tinted_without_a_mark(self) -> None:
        table = drawing.sheet([["1281.30", "98.5%"]])
        related = (Pointer("budget", "自评表!A1", "1281.30", "总额", "预算数"),)
        root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B1", related=related)]), drawing.document(table)))
        (seen,) = root.xpath("//td[@class='seen']")

        assert seen.text_content() == "1281.30"
        assert root.xpath(f"//article//a[@href='#{seen.get('id')}']")

    def test_a_blank_slot_can_be_marked(self) -> None:
        table = drawing.sheet([["甲", None, None], ["乙", None, "丙"]])
        root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!C1", text="")]), drawing.document(table)))

        assert root.xpath("//tr[th='1']/td[3]/@class") == ["bad error"]

    def test_a_place_in_prose_is_marked(self) -> None:
        prose = Paragraph("全年执行1234.5万元，执行率98.5%。", "L12")
        findings = [drawing.fault(1, "L12:5-12", text="1234.5万元"), drawing.fault(2, "L12:5-7"), drawing.fault(3, "L12")]
        root = check_page(render(drawing.report_on(findings), drawing.document(prose)))
        marked = root.xpath("//p[@class='prose']//span[starts-with(@class, 'bad')]")

        assert "，执行率98.5%。" in root.xpath("string(//p[@class='prose'])")
        assert any(span.text_content().startswith("1234.5万元") for span in marked)
        assert {href for span in marked for href in span.xpath(".//a/@href")} == {"#f1", "#f2", "#f3"}

    def test_a_place_that_is_not_drawn_is_named_without_a_link(self) -> None:
        root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B2")])))

        assert not root.xpath("//article//a")
        assert "自评表!B2" in told(root)


class TestDocument:
    def test_merged_cells_keep_their_spans(self) -> None:
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
    def test_every_row_is_as_wide_as_the_table(self, report: Report) -> None:
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

    def test_runs_of_blank_rows_are_left_out(self) -> None:
        table = drawing.sheet([["甲"], *([[""]] * 50), ["乙"], [""], ["丙"]])
        root = page(render(samples.clean_report(), drawing.document(table)))

        assert root.xpath("//table[@class='grid']/tbody/tr/th/text()") == ["1", "52", "53", "54"]
        assert "略去 50 个空行" in told(root)

    def test_a_large_document_is_drawn_around_its_findings(self) -> None:
        table = drawing.sheet([[f"{n}", "1", "2"] for n in range(MAX_CELLS)])
        root = check_page(render(drawing.report_on([drawing.fault(1, "自评表!B4000")]), drawing.document(table)))
        drawn = root.xpath("//table[@class='grid']/tbody/tr/th/text()")

        assert drawn == ["1", "2", "3", "4", "5", "3998", "3999", "4000", "4001", "4002"]
        assert root.xpath("//article//a[@class='at']")

    def test_a_cell_of_megabytes_is_shown_in_part(self) -> None:
        text = render(samples.clean_report(), drawing.document(drawing.sheet([["长" * 2_000_000]])))

        assert len(text) < 60_000 + len(html.style()) + len(html.script())


class TestTheRest:
    def test_what_was_checked_and_what_was_not_is_all_there(self) -> None:
        report = samples.sample_report()
        text = told(page(render(report)))

        assert "2 个错误、1 个警告、1 个提示" in text
        assert "78 / 80 个数字单元格核对到（97.5%）" in text
        for form in report.forms:
            assert all(part in text for part in (form.title, form.at, *form.reasons))
        for check in report.checks:
            assert not check.reason or check.reason in text
        assert all(note.message in text for note in report.notes)
        assert all(waived.reason in text for waived in report.waived)
        assert all(tally.rule in text for tally in report.tallies)

    @pytest.mark.parametrize(
        ("report", "verdict"),
        [(samples.clean_report(), "没有发现不符。"), (samples.empty_report(), "这不等于没有问题")],
        ids=["clean", "empty"],
    )
    def test_no_finding_is_not_the_same_as_nothing_checked(self, report: Report, verdict: str) -> None:
        assert verdict in told(page(render(report)).xpath("//*[contains(@class, 'verdict')]")[0])

    def test_pictures_come_with_the_forms(self) -> None:
        rows = [drawing.row(name, weight=drawing.bare("10"), score=drawing.bare("9")) for name in ("甲", "乙")]
        root = check_page(render(samples.clean_report(), forms=[drawing.form("indicators", rows)]))

        assert root.xpath("count(//figure[@class='chart'])") == 1

    def test_both_languages_have_the_same_words(self) -> None:
        assert WORDS["zh"].keys() == WORDS["en"].keys()
        for name, text in WORDS["zh"].items():
            assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", WORDS["en"][name]))

    def test_english(self) -> None:
        root = page(render(samples.sample_report(), lang="en"))

        assert root.get("lang") == "en"
        assert "Found 2 errors, 1 warning, 1 notice" in told(root)


class TestSeveral:
    def test_each_document_has_anchors_of_its_own(self) -> None:
        table = drawing.sheet([["98.5%"]])
        one = Checked(drawing.report_on([drawing.fault(1, "自评表!A1")]), drawing.document(table))
        root = check_page(render_all([one, one._replace(report=replace(one.report, path="b.xlsx"))]))

        assert root.xpath("//nav//a/@href") == ["#d1-doc", "#d2-doc"]
        assert [card.get("id") for card in cards(root)] == ["d1-f1", "d2-f1"]

    def test_files_that_could_not_be_read_are_named(self) -> None:
        text = told(check_page(render_all([Checked(samples.clean_report())], [("坏<b>.xlsx", "不是工作簿")])))

        assert "坏<b>.xlsx" in text
        assert "不是工作簿" in text

    def test_nothing_at_all_is_a_page_too(self) -> None:
        check_page(render_all([]))


class TestSize:
    def test_a_thousand_findings_stay_below_three_megabytes(self) -> None:
        text = render(*drawing.large(1000))

        assert len(text.encode()) < 3_000_000
        assert len(cards(page(text))) == 1000

    def test_twice_the_findings_are_twice_the_work(self) -> None:
        few, many = (calls(partial(render, *drawing.large(count))) for count in (500, 1000))

        assert many < 2.2 * few

    def test_findings_beyond_those_told_in_full_are_listed_in_short(self) -> None:
        report, document = drawing.large(30)
        tree = page(f"<main>{body(Checked(report, document), most_cards=20)}</main>")

        assert [card.get("id") for card in cards(tree)] == [f"f{number}" for number in range(1, 21)]
        assert tree.xpath("//details//tbody//span/@id") == [f"f{number}" for number in range(21, 31)]

    def test_no_finding_is_dropped_however_many_there_are(self) -> None:
        report, document = drawing.large(10_000)
        text = render(report, document)
        numbers = re.findall(r' id="f(\d+)"', text)

        assert [int(number) for number in numbers] == list(range(1, 10_001))
        assert len(text.encode()) < 12_000_000
        assert text.count('<th scope="row">') < MAX_ROWS + 2 * 1500
