"""The HTML report in a real browser: links both ways, the keyboard, paper, phones, contrast, hostile text, size."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.browser.conftest import PHONE, VARIANTS, Opened, faults
from tests.building.samples import files, samples
from tests.reports import drawing
from validator import pipeline
from validator.reports.html import Checked, render, render_all

pytestmark = pytest.mark.browser

Open = Callable[..., Opened]
IN_VIEW = """element => {
    const box = element.getBoundingClientRect(), pane = element.closest(".original");
    const frame = pane && getComputedStyle(pane).position === "sticky" ? pane.getBoundingClientRect()
        : {top: 0, bottom: innerHeight, left: 0, right: innerWidth};
    return box.top >= frame.top - 1 && box.top < frame.bottom && box.left < frame.right && box.right > frame.left;
}"""


@cache
def report(name: str = "rural-clinics", format: str = "xlsx", lang: str = "zh") -> str:
    """Return the page of a sample with flaws."""
    sample = next(sample for sample in samples() if sample.name == name)
    file = f"{name}.{format}"
    checker = pipeline.checker()
    seen = checker.understand(files(sample)[file], name=file)
    return render(checker.judge(seen, lang=lang), seen.document, seen.forms, lang=lang)


class TestLinks:
    @pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
    def test_a_finding_leads_to_its_cell_and_back(self, opened: Open, options: dict[str, object]) -> None:
        found = opened(report(), **options)
        page = found.page
        for number in range(page.locator("article.f").count()):
            card = page.locator("article.f").nth(number)
            link = card.locator(".values a.at")
            cell = page.locator(str(link.get_attribute("href")))
            link.click()

            assert "here" in str(cell.get_attribute("class"))
            assert cell.evaluate(IN_VIEW)
            assert cell.evaluate("element => element === document.activeElement")

            cell.locator("a.m", has_text=str(number + 1)).first.click()

            assert "here" in str(card.get_attribute("class"))
            assert card.evaluate(IN_VIEW)
        assert found.complaints == []

    def test_a_click_anywhere_in_a_bad_cell_leads_to_its_finding(self, opened: Open) -> None:
        page = opened(report()).page
        cell = page.locator(str(page.locator("#f2 .values a.at").get_attribute("href")))
        cell.click(position={"x": 4, "y": 4})

        assert page.evaluate("document.activeElement.id") == "f2"

    def test_hovering_lights_up_the_other_end(self, opened: Open) -> None:
        page = opened(report()).page
        cell = page.locator(str(page.locator("#f1 .values a.at").get_attribute("href")))
        near = page.locator(".near")
        page.locator("#f1 .msg").hover()
        cell.and_(near).wait_for()

        cell.hover()
        page.locator("#f1 h4").and_(near).wait_for()

        assert "near" not in str(cell.get_attribute("class"))

    def test_the_browsers_way_back_works(self, opened: Open) -> None:
        page = opened(report()).page
        page.locator("#f1 .values a.at").click()
        page.locator("#f3 .values a.at").click()
        page.go_back()

        cell = page.locator("#f1 .values a.at").get_attribute("href")
        page.wait_for_function("cell => '#' + document.activeElement.id === cell", arg=cell)

    def test_links_work_without_the_script(self, opened: Open) -> None:
        page = opened(report(), java_script_enabled=False).page
        link = page.locator("#f1 .values a.at")
        link.click()

        assert page.url.endswith(str(link.get_attribute("href")))
        assert page.locator(".tools").first.is_hidden()


class TestKeyboard:
    def test_tab_and_enter_go_from_finding_to_cell_and_back(self, opened: Open) -> None:
        page = opened(report()).page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('#f1 a.at')"):
                break
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.matches('td.bad.here')")

        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "f1"

        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.matches('td.bad.here')")

    def test_what_has_the_keyboard_can_be_seen(self, opened: Open) -> None:
        page = opened(report()).page
        for _ in range(12):
            page.keyboard.press("Tab")

            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


class TestChoosing:
    def test_only_one_severity(self, opened: Open) -> None:
        page = opened(report()).page
        page.locator("button[data-only=warning]").click()

        assert page.locator("article.f:visible").evaluate_all("all => all.map(one => one.dataset.s)") == ["warning"]
        assert page.locator(".group[data-s=error]").is_hidden()

    def test_by_text_and_a_link_to_a_hidden_finding_shows_all_again(self, opened: Open) -> None:
        page = opened(report()).page
        everything = page.locator("article.f").count()
        page.get_by_label("筛选").fill("执行率")
        page.locator(".tools output", has_text="显示").wait_for()
        shown = page.locator("article.f:visible").count()

        assert 0 < shown < everything
        assert page.locator(".tools output").inner_text() == f"显示 {shown} / {everything} 项"

        hidden = page.locator("article.f[hidden]").first.get_attribute("id")
        page.locator(f".original a.m[href='#{hidden}']").first.click()

        assert page.locator("article.f:visible").count() == everything


class TestPaper:
    def test_everything_is_unfolded_and_nothing_is_there_to_press(self, opened: Open) -> None:
        page = opened(report()).page
        page.locator("button[data-only=warning]").click()
        page.emulate_media(media="print")

        assert page.locator(".tools").is_hidden()
        assert page.locator("article.f:visible").count() == page.locator("article.f").count()

        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("details:not([open])").count() > 0

    def test_nothing_is_wider_than_a4_and_the_dark_stays_on_the_screen(self, opened: Open) -> None:
        # A4 less the margins of the style sheet is 182 mm, 688 CSS pixels.
        page = opened(report(), viewport={"width": 688, "height": 900}, color_scheme="dark").page
        page.emulate_media(media="print", color_scheme="dark")

        assert page.evaluate("document.documentElement.scrollWidth") <= 688
        assert page.locator(".sheet .scroll").evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth + 1)")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 36, 48)"

    def test_it_prints(self, opened: Open) -> None:
        data = opened(report()).page.pdf(prefer_css_page_size=True, print_background=True)

        assert data.startswith(b"%PDF")
        assert 2 <= data.count(b"/Type /Page\n") <= 12


@pytest.mark.parametrize("name", ["rural-clinics", "districts-plain", "fund-balance"])
def test_a_phone_scrolls_one_way_only(opened: Open, name: str) -> None:
    page = opened(report(name), **PHONE).page

    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(("options", "scheme", "lang"), VARIANTS)
def test_axe_finds_no_serious_fault(opened: Open, options: dict[str, object], scheme: str, lang: str) -> None:
    found = opened(report(lang=lang), color_scheme=scheme, bypass_csp=True, **options)
    found.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    found.page.locator("#f1 .values a.at").click()

    assert faults(found.page) == []


def test_a_text_file_is_drawn_and_linked_too(opened: Open) -> None:
    found = opened(report(format="txt"))
    found.page.locator("#f1 .values a.at").click()

    assert found.page.evaluate("document.activeElement.matches('.original .bad.here')")
    assert found.complaints == []


class TestHostile:
    def test_nothing_runs_and_nothing_is_fetched(self, opened: Open) -> None:
        text, document, forms = drawing.hostile()
        found = opened(render_all([Checked(text, document, forms)] * 2))
        page = found.page
        page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        for link in page.locator("article.f a.at").all()[:5]:
            link.click()

        assert page.evaluate("window.ran") is None
        assert found.complaints == []
        assert len(found.requests) == 1
        assert page.evaluate("document.querySelectorAll('script').length") == 1

    def test_long_and_odd_words_stay_inside_a_phone(self, opened: Open) -> None:
        text, document, forms = drawing.hostile()

        assert opened(render(text, document, forms), **PHONE).page.evaluate("document.documentElement.scrollWidth") == 390

    def test_ten_thousand_findings_and_a_cell_of_megabytes_stay_usable(self, opened: Open) -> None:
        many, document = drawing.large(10_000)
        page = opened(render(many, document)).page
        page.locator("#f1500 .values a.at").click()

        assert page.evaluate("document.activeElement.matches('td.bad.here')")


def test_a_thousand_findings_are_shown_one_by_one_and_by_weight(opened: Open) -> None:
    many, document = drawing.large(1000)
    page = opened(render(many, document)).page
    page.locator("#f500 .values a.at").click()
    assert page.evaluate("document.activeElement.matches('td.bad.here')")

    page.locator("button[data-only=error]").click()
    assert page.locator("article.f[hidden]").count() == 667
