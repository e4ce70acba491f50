"""The report as one self-contained page."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from functools import partial
from hashlib import sha256

import pytest
from hypothesis import given

from tests.reports import drawing, samples
from tests.reports.html.pages import cards, check_page, page, told
from tests.work import calls
from validator.model.finding import Report
from validator.reports import html
from validator.reports.html import Checked, render, render_all
from validator.reports.html.tables import MAX_ROWS


def test_the_policy_allows_its_own_style_and_script_only() -> None:
    root = check_page(render(samples.sample_report()))
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    def digest(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    assert policy.startswith("default-src 'none'; ")
    assert f"style-src {digest(html.style())};" in policy
    assert f"script-src {digest(html.script())};" in policy
    assert "unsafe" not in policy


def test_style_and_script_fetch_nothing() -> None:
    assert not re.search(r"url\(|@import|https?:|fetch\(|XMLHttpRequest|innerHTML|eval\(", html.style() + html.script())


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(report=samples.reports())
def test_any_report_gives_a_sound_page(lang: str, report: Report) -> None:
    text = render(report, lang=lang)

    check_page(text)
    assert text.encode("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_hostile_document_gives_a_sound_page(lang: str) -> None:
    report, document, forms = drawing.hostile()
    root = check_page(render(report, document, forms, lang=lang))

    assert drawing.HOSTILE[0] in told(root)


def test_what_steers_or_hides_text_is_spelled_out() -> None:
    finding = drawing.fault(1, "自评表!A1", text="\x1b[31m\u202e反\u200b\ud800")
    text = render(drawing.report_on([finding]), drawing.document(drawing.sheet([["\u202e反\x00"]])))

    assert "\\x1b[31m\\u202e反\\u200b\\ud800" in text
    assert "\\u202e反\\x00" in text
    assert not set(text) & set("\x1b\u202e\u200b\ud800\x00")


def test_what_was_checked_and_what_was_not_is_all_there() -> None:
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
def test_no_finding_is_not_the_same_as_nothing_checked(report: Report, verdict: str) -> None:
    assert verdict in told(page(render(report)).xpath("//*[contains(@class, 'verdict')]")[0])


def test_pictures_come_with_the_forms() -> None:
    rows = [drawing.row(name, weight=drawing.bare("10"), score=drawing.bare("9")) for name in ("甲", "乙")]
    root = check_page(render(samples.clean_report(), forms=[drawing.form("indicators", rows)]))

    assert root.xpath("count(//figure[@class='chart'])") == 1


def test_english() -> None:
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


def test_a_thousand_findings_stay_below_three_megabytes() -> None:
    text = render(*drawing.large(1000))

    assert len(text.encode()) < 3_000_000
    assert len(cards(page(text))) == 1000


def test_twice_the_findings_are_twice_the_work() -> None:
    few, many = (calls(partial(render, *drawing.large(count))) for count in (500, 1000))

    assert many < 2.2 * few


def test_no_finding_is_dropped_however_many_there_are() -> None:
    report, document = drawing.large(10_000)
    text = render(report, document)
    numbers = re.findall(r' id="f(\d+)"', text)

    assert [int(number) for number in numbers] == list(range(1, 10_001))
    assert len(text.encode()) < 12_000_000
    assert text.count('<th scope="row">') < MAX_ROWS + 2 * 1500


@pytest.mark.parametrize("count", [1, 2])
def test_findings_can_be_chosen_from_where_there_are_several(count: int) -> None:
    root = page(render(drawing.report_on(drawing.fault(n, f"自评表!A{n}") for n in range(count))))

    assert root.xpath("//div[@class='tools']//button/@data-only") == (["", "error"] if count > 1 else [])


def test_a_bar_shows_what_came_of_the_checks_however_few_failed() -> None:
    report = samples.sample_report()
    widths = {
        name: float(w) for name, w in re.findall(r'<rect class="o-([\w-]+)" x="[\d.]+" y="0" width="([\d.]+)"', render(report))
    }

    counts = report.outcomes
    assert all((width >= 6) is (counts[name] > 0) for name, width in widths.items())
    assert widths["fail"] > widths["pass"]
    assert "<rect" not in render(samples.empty_report())


def test_what_is_known_of_the_file_and_the_form_is_told_at_the_end() -> None:
    text = told(page(render(samples.sample_report())))

    assert all(part in text for part in ("送审/自评表.xlsx", "0" * 64, "97%"))
    assert page(render(samples.sample_report())).findtext(".//title") == "自评表.xlsx – 勾稽核对报告"
