"""Which rules the page checks by."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator.errors import RulesetError
from validator.serve.rules import SHIPPED, Rules, ruleset_of

OWN = (
    "id: own\ntitle: 收费表\nbasis: 甲\nrecognise: {}\nsections:\n  - id: fees\n    title: 收费\n"
    "    columns: {what: {name: 收费事项, type: label}, paid: {name: 已收, type: amount}}\n"
    "    requires: [[what], [paid]]\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "form.yaml").write_text(OWN, encoding="utf-8")
    return str(tmp_path)


def test_without_a_folder_the_shipped_rules_hold_and_are_compiled_once() -> None:
    assert Rules() == SHIPPED
    assert "project" in ruleset_of(SHIPPED).forms
    assert ruleset_of(SHIPPED) is ruleset_of(Rules())


def test_those_of_a_folder_come_with_the_shipped_ones_or_alone(folder: str) -> None:
    assert {"own", "project"} <= ruleset_of(Rules(folder)).forms.keys()
    assert set(ruleset_of(Rules(folder, standalone=True)).forms) == {"own"}


def test_mistakes_are_raised(folder: str) -> None:
    (Path(folder) / "own" / "form.yaml").write_text("id: [", encoding="utf-8")

    with pytest.raises(RulesetError):
        ruleset_of(Rules(folder))
