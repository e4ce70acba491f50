"""How long the page takes: a correction to be checked again, and the HTML report of a thousand findings to be used in Chromium.

Prints the time from a changed cell to the new report, the size of the large report, when it is ready, and how long a click on
a finding and one on a filter take: `python -m tests.benchmarks.page`.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.whole import timed
from tests.browser.conftest import FLAGS
from tests.reports import drawing
from validator.reports.html import render
from validator.serve import work
from validator.serve.edits import Edit
from validator.serve.work import Job

FINDINGS = 1000
FLAWED = Path(__file__).parents[2] / "samples" / "project" / "flawed" / "rural-clinics.xlsx"
_CLICKS = ("#f500 .values a.at", "button[data-only=error]")


def main() -> None:
    """Print the figures; those of a browser only where there is one."""
    job = Job("page", FLAWED.read_bytes(), FLAWED.name, edits=(Edit("自评表!H6", "90%"),))
    print(f"a correction checked and drawn again: {timed(lambda: work.page(job)):.0f} ms of processor time")
    executable = shutil.which("chromium")
    if executable is None:
        print("HTML report: not measured, there is no chromium (apt-get install chromium)")
        return
    from playwright.sync_api import sync_playwright

    text = render(*drawing.large(FINDINGS))
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "report.html"
        file.write_text(text, encoding="utf-8")
        page = driver.chromium.launch(executable_path=executable, args=list(FLAGS)).new_page()
        page.goto(file.as_uri())
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
        start = page.evaluate("performance.now()")
        for selector in _CLICKS:
            page.locator(selector).click()
        clicks = page.evaluate("performance.now()") - start
    size = len(text.encode()) / 1e6
    print(f"HTML of {FINDINGS} findings: {size:.2f} MB (at most 3), ready in {ready / 1000:.2f} s (at most 2)", end="; ")
    print(f"{len(_CLICKS)} clicks answered in {clicks / 1000:.2f} s")


if __name__ == "__main__":
    main()
