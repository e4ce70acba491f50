"""The page of `gouji serve` in a real browser: files in, findings and cells, edit and re-check, downloads, keyboard, phones.

With `--accept` the screenshots of docs/clerk.zh-CN.md are taken anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import PHONE, VARIANTS, Opened, faults
from tests.building.samples import files, samples
from tests.serve.serving import served
from validator import pipeline
from validator.reports import json as report_json

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, FilePayload, Page

pytestmark = pytest.mark.browser

IMAGES = Path(__file__).resolve().parent.parent.parent / "docs" / "images"
NAME = "卫生院 项目自评表（终稿）.xlsx"
RATE = "自评表!H6"
Visit = Callable[..., Opened]


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    """Open the page; keywords go to the browser's context."""
    contexts = []

    def open_page(path: str = "/", **options: Any) -> Opened:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(**options)
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.goto(f"{url}{path}")
        return found

    yield open_page
    for context in contexts:
        context.close()


def content(name: str = "rural-clinics", format: str = "xlsx") -> bytes:
    return files(next(sample for sample in samples() if sample.name == name))[f"{name}.{format}"]


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "", "buffer": data}


def put(page: Page, *given: tuple[str, bytes]) -> None:
    """Choose files in the file dialog and wait until each has its result or its refusal."""
    before = page.locator("#list li").count()
    page.set_input_files("#choose", [payload(name, data) for name, data in given])
    page.wait_for_function("count => document.querySelectorAll('#list li').length === count", arg=before + len(given))
    page.wait_for_function("() => !document.querySelector('#list progress')")


def cell(page: Page, address: str) -> Any:
    return page.locator(f'.original td[data-at="{address}"]')


def change(page: Page, address: str, text: str) -> None:
    """Click a cell, type, press Enter, wait for the answer."""
    cell(page, address).click(position={"x": 3, "y": 3})
    page.locator("#editor-text").fill(text)
    page.keyboard.press("Enter")
    page.locator("#editor").wait_for(state="hidden")
    page.wait_for_function(
        "([at, text]) => [...document.querySelectorAll('.original td.changed')].some(td => td.dataset.at === at "
        "&& td.textContent.startsWith(text))",
        arg=[address, text],
    )


class TestFiles:
    def test_the_first_screen_says_what_to_do_and_nothing_else(self, visit: Visit) -> None:
        found = visit()

        assert found.page.locator("h1:visible").count() == 1
        assert found.page.get_by_text("选择文件").is_visible()
        assert found.page.locator("#files, #result, #became").evaluate_all("all => all.every(one => one.hidden)")
        assert found.complaints == []

    def test_a_chosen_file_with_a_chinese_name_is_checked_and_shown(self, visit: Visit) -> None:
        found = visit()
        put(found.page, (NAME, content()))

        assert found.page.locator("#report h1").inner_text() == NAME
        assert found.page.locator("#list .state").inner_text() == "4 个错误、1 个警告"
        assert found.page.locator("article.f").count() == 5
        assert found.complaints == []

    def test_dropped_files_are_taken_wherever_they_fall(self, visit: Visit) -> None:
        page = visit().page
        dropped = page.evaluate_handle(
            """bytes => {
                const carried = new DataTransfer();
                carried.items.add(new File([new Uint8Array(bytes)], "拖进来.xlsx"));
                return carried;
            }""",
            list(content()),
        )
        page.dispatch_event("body", "dragenter", {"dataTransfer": dropped})
        assert "over" in str(page.locator("#drop").get_attribute("class"))
        page.dispatch_event("body", "drop", {"dataTransfer": dropped})
        page.locator("#report h1").wait_for()

        assert page.locator("#report h1").inner_text() == "拖进来.xlsx"

    def test_a_bad_file_gets_its_sentence_beside_the_others(self, visit: Visit) -> None:
        page = visit().page
        put(
            page,
            ("坏的.xlsx", b"PK\x03\x04 junk"),
            ("好的.docx", content("health-grant", "docx")),
            ("扫描件.pdf", b"%PDF-1.4 x"),
        )
        rows = page.locator("#list li")

        assert "已损坏" in rows.nth(0).inner_text()
        assert "没有发现不符" in rows.nth(1).inner_text()
        assert "PDF" in rows.nth(2).inner_text()
        assert rows.nth(0).locator(".see").is_hidden()

        rows.nth(1).locator(".see").click()

        assert page.locator("#report h1").inner_text() == "好的.docx"

    def test_a_file_that_is_too_large_is_not_even_sent(self, visit: Visit) -> None:
        with served(most_bytes=2**20) as small:
            found = visit()
            found.page.goto(small)
            put(found.page, ("大.txt", b"1" * (2**20 + 1)), ("小.txt", "合计 1".encode()))

            assert found.page.locator("#list .state").first.inner_text() == "文件超过 1 MB，没有上传"
            assert sum("/documents" in request for request in found.requests) == 1

    def test_a_server_that_is_gone_is_told_in_a_sentence(self, visit: Visit) -> None:
        page = visit().page
        page.route("**/documents*", lambda route: route.abort())
        put(page, ("表.txt", b"1"))

        assert "没有应答" in page.locator("#list .state").inner_text()

    def test_one_of_several_is_chosen_and_removed(self, visit: Visit) -> None:
        page = visit().page
        put(page, ("一.xlsx", content()), ("二.txt", content("school-budget", "txt")))
        page.locator("#list li").nth(1).locator(".see").click()
        assert page.locator("#report h1").inner_text() == "二.txt"

        page.locator("#list li").nth(1).locator(".remove").click()

        assert page.locator("#result").is_hidden()
        assert page.locator("#list li").count() == 1
        assert page.evaluate("document.activeElement.matches('#list .remove')")

    def test_a_finding_leads_to_its_cell_and_the_number_back(self, visit: Visit) -> None:
        page = visit().page
        put(page, (NAME, content()))
        page.locator("#f2 .values a.at").click()
        assert page.evaluate("document.activeElement.dataset.at") == RATE

        cell(page, RATE).locator("a.m").click()

        assert page.evaluate("document.activeElement.id") == "f2"

    def test_hostile_names_and_texts_are_only_shown(self, visit: Visit) -> None:
        found = visit()
        evil = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"
        data = f"{evil}\t数\n合计\t3\n其中：甲\t1\n{evil}\t1\n".encode()
        put(found.page, (f"{evil.replace('/', '')}.tsv", data))
        found.page.locator("#report h1").wait_for()
        change(found.page, found.page.locator(".original td[data-at]").nth(1).get_attribute("data-at") or "", "<b>7</b>")

        assert found.page.evaluate("window.ran") is None
        assert found.page.locator("#report img, #report script, #list img, #became img, .original td b").count() == 0
        assert found.complaints == []


class TestEditing:
    def test_a_change_settles_a_finding_at_once(self, visit: Visit) -> None:
        found = visit()
        put(found.page, (NAME, content()))
        change(found.page, RATE, "96.85%")
        told = found.page.locator("#became")

        assert "H6：89.85% → 96.85%" in told.inner_text()
        assert "解决 1 个问题" in told.inner_text()
        assert "3 个错误、1 个警告" in told.inner_text()
        assert found.page.locator("#list .state").inner_text() == "3 个错误、1 个警告"
        assert found.page.locator("article.f").count() == 4
        assert found.page.evaluate("document.activeElement.dataset.at") == RATE
        assert found.complaints == []

    def test_a_change_breaks_another_and_undo_takes_it_back(self, visit: Visit) -> None:
        page = visit().page
        put(page, (NAME, content()))
        change(page, "自评表!H7", "12%")
        assert "带出 1 个新问题" in page.locator("#became").inner_text()

        page.locator("#became .undo").click()
        page.locator("#became", has_text="已撤销").wait_for()

        assert cell(page, "自评表!H7").inner_text() == "98.06%"
        assert page.locator("#list .state").inner_text() == "4 个错误、1 个警告"
        assert page.locator("td.changed").count() == 0

    def test_several_changes_are_undone_one_by_one_and_all_at_once(self, visit: Visit) -> None:
        page = visit().page
        put(page, (NAME, content()))
        for address, text in ((RATE, "96.85%"), ("自评表!H21", "98.29"), ("自评表!D6", "72.02")):
            change(page, address, text)
        page.keyboard.press("Control+z")
        page.wait_for_function("() => document.querySelectorAll('td.changed').length === 2")
        page.locator("#became .undo-all").click()
        page.wait_for_function("() => document.querySelectorAll('td.changed').length === 0")

        assert page.locator("#list .state").inner_text() == "4 个错误、1 个警告"

    @pytest.mark.parametrize("format", ["docx", "txt", "html"])
    def test_other_formats_are_edited_and_taken_away_the_same_way(self, visit: Visit, format: str) -> None:
        page = visit(accept_downloads=True).page
        put(page, (f"表.{format}", content("rural-clinics", format)))
        card = page.locator("article.f", has_text="FUND-003")
        card.locator("button.edit").click()
        page.locator("#editor-suggested button").click()
        page.locator("#editor button.main").click()
        page.locator("#became", has_text="解决 1 个问题").wait_for()

        assert page.locator("article.f", has_text="FUND-003").count() == 0

        with page.expect_download() as waiting:
            page.locator("#became .corrected").click()
        copy = waiting.value

        assert copy.suggested_filename == f"表-改好.{format}"
        rules = [one.rule for one in pipeline.check(Path(copy.path()).read_bytes(), name=copy.suggested_filename).findings]
        assert len(rules) == 4
        assert "FUND-003" not in rules

    @pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
    def test_what_is_looked_at_stays_where_it_is(self, visit: Visit, options: dict[str, Any]) -> None:
        page = visit(**options).page
        put(page, (NAME, content()))
        cell(page, "自评表!H13").scroll_into_view_if_needed()
        change(page, "自评表!H13", "6")
        cell(page, "自评表!H13").click(position={"x": 3, "y": 3})
        page.locator("#editor-text").fill("5.60")
        before = cell(page, "自评表!H13").bounding_box()
        page.keyboard.press("Enter")
        page.locator("#became b", has_text="6 → 5.60").wait_for()

        assert cell(page, "自评表!H13").bounding_box() == pytest.approx(before, abs=2)

    def test_two_files_keep_their_own_changes(self, visit: Visit) -> None:
        page = visit().page
        put(page, ("一.xlsx", content()), ("二.xlsx", content("school-budget")))
        change(page, RATE, "96.85%")
        page.locator("#list li").nth(1).locator(".see").click()
        assert page.locator("#became").is_hidden()

        page.locator("#list li").nth(0).locator(".see").click()

        assert cell(page, RATE).inner_text() == "96.85%"
        assert page.locator("#became").is_visible()


class TestDownloads:
    def fetched(self, page: Page, button: Any, folder: Path) -> Path:
        with page.expect_download() as waiting:
            button.click()
        download: Download = waiting.value
        file = folder / download.suggested_filename
        download.save_as(file)
        return file

    def test_each_opens_again_and_says_the_same(self, visit: Visit, tmp_path: Path) -> None:
        found = visit(accept_downloads=True)
        put(found.page, (NAME, content()))
        got = {
            kind: self.fetched(found.page, found.page.locator(f"#downloads button[data-wanted={kind}]"), tmp_path)
            for kind in ("annotated", "letter", "html", "json")
        }
        stem = NAME.removesuffix(".xlsx")

        assert [file.name for file in got.values()] == [
            f"{stem}-批注.xlsx", f"{stem}-审核意见.docx", f"{stem}-核对报告.html", f"{stem}-核对结果.json",
        ]  # fmt: skip
        expected = pipeline.check(content(), name=NAME).findings
        assert [one.message for one in pipeline.check(got["annotated"]).findings] == [one.message for one in expected]
        assert report_json.load(got["json"].read_text(encoding="utf-8")).findings == expected
        letter = "".join(one.text for one in pipeline.understand(got["letter"]).document.paragraphs)
        assert "必须更正 4 处" in letter
        assert "96.85%" in letter
        assert found.complaints == []

    def test_the_corrected_copy_is_right(self, visit: Visit, tmp_path: Path) -> None:
        page = visit(accept_downloads=True).page
        put(page, (NAME, content()))
        change(page, RATE, "96.85%")
        copy = self.fetched(page, page.locator("#became .corrected"), tmp_path)
        rules = [one.rule for one in pipeline.check(copy).findings]

        assert copy.name == NAME.replace(".xlsx", "-改好.xlsx")
        assert len(rules) == 4
        assert "FUND-003" not in rules

    def test_what_cannot_be_made_is_said(self, visit: Visit) -> None:
        page = visit().page
        put(page, (NAME, content()))
        page.route(
            "**/documents/*/annotated*", lambda route: route.fulfill(status=415, json={"error": {"message": "不能加批注"}})
        )
        page.locator("#downloads button[data-wanted=annotated]").click()
        page.locator("#refused", has_text="不能加批注").wait_for()


class TestKeyboard:
    def press_until(self, page: Page, key: str, test: str) -> None:
        for _ in range(80):
            page.keyboard.press(key)
            if page.evaluate(f"document.activeElement.matches({test!r})"):
                return
        raise AssertionError(f"{key} never leads to {test}")

    def test_from_nothing_to_a_corrected_cell_without_a_mouse(self, visit: Visit) -> None:
        page = visit().page
        # Chromium is told beforehand that we take its file dialog: told together with the key, it may be too late.
        page.on("filechooser", lambda dialog: dialog.set_files([payload(NAME, content())]))
        self.press_until(page, "Tab", "#choose")
        page.keyboard.press("Enter")
        page.locator("article.f").first.wait_for()
        self.press_until(page, "Tab", "#f2 button.edit")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "editor-text"
        page.keyboard.type("96.85%")
        page.keyboard.press("Enter")
        page.locator("#became", has_text="解决 1 个问题").wait_for()

        assert page.evaluate("document.activeElement.matches('button.edit')")

        page.keyboard.press("Control+z")
        page.locator("#became", has_text="已撤销").wait_for()

    def test_arrows_walk_the_table_and_enter_opens_a_cell_and_escape_leaves_it(self, visit: Visit) -> None:
        page = visit().page
        put(page, (NAME, content()))
        self.press_until(page, "Tab", ".original td")
        assert page.evaluate("document.activeElement.dataset.at") == "自评表!A1"
        for _ in range(5):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        here = page.evaluate("document.activeElement.dataset.at")
        assert here != "自评表!A1"

        page.keyboard.press("F2")
        assert page.locator("#editor-title").inner_text() == f"改 {here}"
        page.keyboard.press("Escape")

        assert page.locator("#editor").is_hidden()
        assert page.evaluate("document.activeElement.dataset.at") == here
        assert page.locator("#became").is_hidden()

    def test_what_has_the_keyboard_can_be_seen(self, visit: Visit) -> None:
        page = visit().page
        put(page, (NAME, content()))
        for _ in range(15):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "getComputedStyle(document.activeElement.id === 'choose' ? document.activeElement.parentElement "
                ": document.activeElement).outlineStyle"
            )

            assert seen != "none"


@pytest.mark.parametrize(("options", "scheme", "lang"), VARIANTS)
def test_axe_finds_no_serious_fault(visit: Visit, options: dict[str, object], scheme: str, lang: str) -> None:
    page = visit(f"/?lang={lang}", color_scheme=scheme, bypass_csp=True, **options).page
    assert faults(page) == []
    put(page, (NAME, content()), ("坏的.xlsx", b"PK\x03\x04 junk"))
    page.locator("#f2 button.edit").click()
    assert faults(page) == []
    page.locator("#editor-suggested button").click()
    page.locator("#editor button.main").click()
    page.locator("#became").wait_for()

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_axe_finds_no_serious_fault_in_the_description_of_the_interface(visit: Visit) -> None:
    page = visit("/docs", bypass_csp=True).page
    page.locator("summary").first.click()

    assert faults(page) == []


def test_nothing_is_asked_of_another_machine(visit: Visit, url: str) -> None:
    found = visit()
    put(found.page, (NAME, content()))
    change(found.page, RATE, "96.85%")

    assert {request for request in found.requests if not request.startswith((url, "blob:"))} == set()


def test_the_pictures_of_the_clerks_page(visit: Visit, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Every picture that docs/clerk.zh-CN.md shows can be taken; `--accept` stores them."""
    folder = IMAGES if request.config.getoption("--accept") else tmp_path
    page = visit(viewport={"width": 1360, "height": 800}, device_scale_factor=1).page

    def take(name: str) -> None:
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"page-{name}.png", animations="disabled", caret="hide")

    take("1-start")
    put(page, ("卫生院自评表.xlsx", content()))
    take("2-result")
    page.locator("#f2").scroll_into_view_if_needed()
    page.locator("#f2 .values a.at").click()
    take("3-finding")
    page.locator("#f2 button.edit").click()
    page.locator("#editor-suggested button").click()
    take("4-change")
    page.locator("#editor button.main").click()
    page.locator("#became").wait_for()
    take("5-settled")

    taken = {file.name for file in folder.glob("page-*.png")}
    page_text = (IMAGES.parent / "clerk.zh-CN.md").read_text(encoding="utf-8")
    assert {name for name in taken if f"images/{name}" not in page_text} == set()
    assert {name for name in taken if not (IMAGES / name).exists()} == set()
