"""What every test may ask for: stored output (`golden`), and profiles for the property tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

# A form takes milliseconds to draw and to check, so a deadline would only measure the machine.
# The same examples in every run: what fails in `make test` fails because of the change. `make property` looks for new ones.
settings.register_profile(
    "default", deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=1000, derandomize=False)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="store the present output as the right one")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the one stored under a name; with `--accept` store it."""

    def compare(name: str, text: str) -> None:
        stored = GOLDEN / name
        if request.config.getoption("--accept"):
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_text(text, encoding="utf-8", newline="\n")
        assert stored.exists(), f"nothing stored as {name} yet: make accept, and read what it stores"
        assert text == stored.read_text(encoding="utf-8")

    return compare
