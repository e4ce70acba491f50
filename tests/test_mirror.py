"""Every module of the package has a test module of its own, at the place that its own place says."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "validator"
SMALL = 8
"""Lines of a package's own module that holds nothing to test: imports, and what the package is."""
ELSEWHERE = {
    "facts/block.py": "facts/test_extract.py",
    "forms/restore/align.py": "forms/test_restore.py",
    "forms/restore/assemble.py": "forms/test_restore.py",
    "forms/restore/blocks.py": "forms/test_restore_messy.py",
    "forms/restore/documents.py": "forms/test_restore.py",
    "forms/restore/forms.py": "forms/test_restore_messy.py",
    "forms/restore/others.py": "forms/test_restore.py",
    "forms/restore/generic.py": "forms/test_restore.py",
    "forms/restore/vocabulary.py": "forms/test_restore.py",
}
"""Modules without one, and which tests hold what they do; the list only shrinks."""


def places(module: str) -> tuple[str, ...]:
    """Return where the tests of `a/b/c.py` may stand: in `a/b/test_c.py` or, named after the package, in `a/test_b_c.py`."""
    path = Path(module)
    if path.name == "__init__.py":
        return (str(path.parent.parent / f"test_{path.parent.name}.py"),)
    own = str(path.with_name(f"test_{path.name}"))
    return (own, str(path.parent.parent / f"test_{path.parent.name}_{path.name}")) if len(path.parts) > 1 else (own,)


def modules() -> list[str]:
    """Return every module with something in it to test, as a path within the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        small = path.name == "__init__.py" and len(path.read_text(encoding="utf-8").splitlines()) <= SMALL
        if (not small and path.parent != PACKAGE) or path.name != "__init__.py":
            found.append(path.relative_to(PACKAGE).as_posix())
    return found


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("errors.py", ("test_errors.py",)),
        ("rules/narrative/sums.py", ("rules/narrative/test_sums.py", "rules/test_narrative_sums.py")),
        ("rules/narrative/__init__.py", ("rules/test_narrative.py",)),
    ],
)
def test_the_place_of_a_module_is_the_place_of_its_tests(module: str, expected: tuple[str, ...]) -> None:
    assert places(module) == expected


@pytest.mark.parametrize("module", [module for module in modules() if module not in ELSEWHERE])
def test_a_module_has_its_test_module(module: str) -> None:
    assert any((TESTS / place).is_file() for place in places(module)), f"add tests/{places(module)[0]}"


@pytest.mark.parametrize("module", ELSEWHERE)
def test_an_exception_is_one_and_its_tests_are_there(module: str) -> None:
    assert (PACKAGE / module).is_file()
    assert not any((TESTS / place).is_file() for place in places(module)), "it has its test module now: take it off the list"
    assert (TESTS / ELSEWHERE[module]).is_file()
