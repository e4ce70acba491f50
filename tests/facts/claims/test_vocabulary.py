"""The words file of prose, checked as it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from validator.errors import RulesetError
from validator.facts.claims.vocabulary import WordingFile, read_vocabulary
from validator.keeping import shipped_directory

PATH = shipped_directory() / "narrative" / "words.yaml"
WORDS: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))


@pytest.fixture
def said(tmp_path: Path) -> Callable[[str], list[str]]:
    """Return what is said of a file with this text, each complaint without the path of the file."""

    def complaints(text: str) -> list[str]:
        path = tmp_path / "words.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RulesetError) as caught:
            read_vocabulary(path)
        return [problem.removeprefix(f"{path}:1:1: ") for problem in caught.value.problems]

    return complaints


def test_the_shipped_file_is_sound() -> None:
    words = read_vocabulary(PATH)

    assert "其中" in words.openers.among
    assert words.rates.defined
    assert read_vocabulary(str(PATH)) == words


def test_keys_with_hyphens_are_names() -> None:
    for key in WORDS:
        name = key.replace("-", "_")
        assert name in WordingFile.model_fields or key in {field.alias for field in WordingFile.model_fields.values()}, key


def test_a_list_that_is_missing_is_told(said: Callable[[str], list[str]]) -> None:
    rest = {key: value for key, value in WORDS.items() if key not in ("links", "months")}

    found = said(yaml.safe_dump(rest, allow_unicode=True))

    assert sorted(problem.partition("：")[0] for problem in found) == ["links", "months"]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"linkz": ["为"]}, "linkz"),
        ({"links": "为"}, "links"),
        ({"links": [1]}, "links.0"),
        ({"openers": {**WORDS["openers"], "opened": []}}, "openers.opened"),
        ({"openers": {key: value for key, value in WORDS["openers"].items() if key != "among"}}, "openers.among"),
    ],
)
def test_a_mistake_is_told_by_its_key(said: Callable[[str], list[str]], change: dict[str, Any], at: str) -> None:
    found = said(yaml.safe_dump({**WORDS, **change}, allow_unicode=True))

    assert [problem.partition("：")[0] for problem in found] == [at]


@pytest.mark.parametrize(("text", "words"), [("links: [", "words.yaml:2:1: 不是合法的 YAML"), ("- 为", "")])
def test_what_is_no_mapping_or_no_yaml_is_told(said: Callable[[str], list[str]], text: str, words: str) -> None:
    (problem,) = said(text)

    assert words in problem
