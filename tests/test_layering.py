"""Who may import whom, as the last section of docs/architecture.md has it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "validator"
ANYWHERE = ("validator.errors", "validator.keeping", "validator.model")
ALLOWED = {
    "model": (),
    "readers": (),
    "forms": (),
    "forms.restore": ("facts.numbers", "facts.lexicon", "facts.words"),
    "facts": ("forms",),
    "rules": ("forms", "facts.numbers", "facts.lexicon", "facts.words", "facts.generic", "facts.claims"),
    "inference": ("rules.spec", "rules.problems", "rules.source", "forms.spec"),
    "reports": (),
    "reports.rulebook": ("rules.spec", "rules.load"),
    "reports.patching": ("readers.package", "readers.source"),
    "reports.workbook": ("readers.package", "readers.source", "readers.workbook"),
    "reports.workbook_index": ("readers.package", "readers.source", "readers.workbook"),
    "reports.workbook_notes": ("readers.source",),
    "reports.workbook_styles": ("readers.source",),
    "reports.document": ("readers.source", "readers.word"),
    "reports.office": ("readers.package", "readers.source"),
    "reports.markup": ("readers",),
    "reports.letter": ("readers.package", "readers.source"),
    "reports.correction": ("readers",),
    "reports.schema": ("rules.spec", "forms.spec"),
    "reports.language": (
        "rules.functions",
        "rules.scopes",
        "rules.relations",
        "rules.narrative.names",
        "rules.compiling",
        "rules.load",
        "forms.spec",
    ),
}
"""What each part may use besides itself, the model and the errors. An annotated copy is patched into the received package,
which the readers know how to open within limits."""
THIRD_PARTY = {
    "durable": ("inference.engine",),
    "rich": ("reports.terminal", "reports.snippet"),
    "rich.cells": ("reports",),
    "pydantic": (
        "forms.spec", "rules.spec", "inference.spec", "facts.lexicon", "facts.words", "facts.claims.vocabulary", "rules.load",
        "rules.source", "rules.terms", "reports.schema",
    ),
    "python_calamine": ("readers",),
    "lxml": ("readers", "reports.document", "reports.correction"),
    "selectolax": ("readers",),
    "charset_normalizer": ("readers",),
    "fastapi": ("serve",),
    "starlette": ("serve",),
    "uvicorn": ("serve",),
}  # fmt: skip
"""Which parts may use a library that isn't everybody's."""
DEVELOPMENT = ("pytest", "hypothesis", "openpyxl", "docx", "odf", "xlwt", "jsonschema", "tests")
STAGES = ("readers", "forms", "facts", "rules", "inference", "reports", "model")
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a module's name within the package: `forms.recognise`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            folder = ROOT.joinpath(*module.split("."))
            for alias in node.names:
                named = folder.joinpath(alias.name)
                submodule = folder.is_dir() and (named.with_suffix(".py").exists() or named.is_dir())
                yield f"{module}.{alias.name}" if submodule else module


def within(module: str, names: tuple[str, ...]) -> bool:
    """Tell whether a module is one of those named, or inside one."""
    return any(module == name or module.startswith(f"{name}.") for name in names)


def allowed(module: str) -> tuple[str, ...]:
    """Return what a module may use besides its own part."""
    fitting = [name for name in ALLOWED if within(module, (name,))]
    own = tuple(f"validator.{module.split('.', maxsplit=1)[0]}" for _ in fitting[:1])
    return own + tuple(f"validator.{used}" for name in fitting for used in ALLOWED[name])


@pytest.mark.parametrize("path", [p for p in MODULES if within(name_of(p), STAGES)], ids=name_of)
def test_a_stage_imports_only_the_model_and_what_it_may(path: Path) -> None:
    module = name_of(path)
    used = {name for name in imports(path) if within(name, ("validator",)) and name != "validator"}
    may = (*ANYWHERE, *allowed(module)) if not within(module, ("model",)) else ("validator.model",)

    assert {name for name in used if not within(name, may)} == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_is_imported_only_where_it_belongs(path: Path) -> None:
    module = name_of(path)
    wrong = set()
    for used in imports(path):
        known = max((name for name in THIRD_PARTY if within(used, (name,))), key=len, default=None)
        if known is not None and not within(module, THIRD_PARTY[known]):
            wrong.add(used)

    assert wrong == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_is_only_installed_for_development_is_never_imported(path: Path) -> None:
    assert {used for used in imports(path) if within(used, DEVELOPMENT)} == set()


@pytest.mark.parametrize("path", [p for p in MODULES if within(name_of(p), ("model",))], ids=name_of)
def test_the_model_needs_nothing_but_the_standard_library(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)} - {"validator"}

    assert used <= sys.stdlib_module_names


def test_only_the_pipeline_and_the_command_line_know_every_stage() -> None:
    """A module that imports four stages or more is where they meet; there are two such places, and the package itself."""
    meeting = set()
    for path in MODULES:
        stages = {used.split(".")[1] for used in imports(path) if used.startswith("validator.") and used.count(".")}
        if len(stages & set(STAGES) - {"model"}) >= 4:
            meeting.add(name_of(path))

    assert meeting <= {"pipeline", "cli", ""}
