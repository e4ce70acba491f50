"""A real browser for tests that need one: Debian's Chromium, driven by Playwright. Skipped where either is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
"""Root in a container has no sandbox, and often too little shared memory."""
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
VARIANTS = [
    pytest.param({}, "light", "zh", id="desk-light-zh"),
    pytest.param({}, "dark", "en", id="desk-dark-en"),
    pytest.param(PHONE, "light", "en", id="phone-light-en"),
    pytest.param(PHONE, "dark", "zh", id="phone-dark-zh"),
]
"""Screen, colours and language: each two of them together once."""
PATIENCE = 60_000
"""Milliseconds that a condition is waited for: a slow machine is no fault."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield started
        started.close()


class Opened:
    """A page that was opened, with everything that went wrong or out on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        """Errors of scripts, and what the content security policy refused."""
        self.requests: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)
        page.on("request", lambda request: self.requests.append(request.url))

    def _refuse(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open the text of a page from a file; keywords go to the browser's context (viewport, color_scheme)."""
    contexts = []

    def open_text(text: str, **options: Any) -> Opened:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(**options)
        contexts.append(context)
        file = tmp_path / f"报告 {len(contexts)}.html"
        file.write_text(text, encoding="utf-8")
        found = Opened(context.new_page())
        found.page.goto(file.as_uri())
        return found

    yield open_text
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page, serious and critical faults only."""
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    result = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
        if violation["impact"] in ("serious", "critical")
    ]
