"""How soon the pages answer in Chromium: a large HTML report, and a corrected figure on the page of `gouji serve`.

Wall-clock milliseconds, medians of one run; the report at two sizes, so that anything worse than linear shows as a ratio well
above two. Says so and measures nothing where there is no Chromium. `python -m tests.benchmarks.page`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.browser.conftest import FLAGS, PATIENCE
from tests.browser.test_page import NAME, RATE, change, content, put
from tests.reports import drawing
from tests.serve.serving import served
from validator.reports.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TIMES = 5
ANSWER = """async ([at, value]) => {
    const td = [...document.querySelectorAll(".original td")].find((one) => one.dataset.at === at);
    td.click();
    document.getElementById("editor-text").value = value;
    const start = performance.now();
    document.querySelector("#editor button.main").click();
    const changed = () => document.querySelector("#became b").textContent.includes(value);
    while (!changed()) await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""
"""Changes a cell in the page's own editor; returns how long it took until the bar names the new figure."""


def ready(browser: Browser, findings: int) -> float:
    """Return milliseconds until a report of so many findings is there, from a file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(render(*drawing.large(findings)), encoding="utf-8")
        taken = []
        for _ in range(TIMES):
            page = browser.new_page()
            page.goto(file.as_uri(), timeout=PATIENCE)
            taken.append(float(page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")))
            page.close()
    return median(taken)


def answer(browser: Browser) -> float:
    """Return milliseconds from the click on a new figure until the page says what it changed."""
    with served() as url:
        page = browser.new_page()
        page.goto(url, timeout=PATIENCE)
        put(page, (NAME, content()))
        change(page, RATE, "90%")
        return median(float(page.evaluate(ANSWER, [RATE, f"9{n}.85%"])) for n in range(TIMES))


def main() -> int:
    """Print the figures."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        print("pages: not measured, Chromium is not installed (make test-browser installs it)")
        return 0
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        few, many = ready(browser, 500), ready(browser, 1000)
        print(f"HTML report of 1,000 findings: {many:.0f} ms until ready; of 500: {few:.0f} ms; ratio {many / few:.2f}")
        print(f"gouji serve: a changed figure is answered in {answer(browser):.0f} ms")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
