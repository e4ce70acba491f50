"""The words of the page in both languages."""

from __future__ import annotations

import re

import pytest

from validator.serve.words import WORDS


def test_both_languages_have_the_same_words_with_the_same_slots() -> None:
    singular = WORDS["en"].keys() - WORDS["zh"].keys()

    assert WORDS["zh"].keys() <= WORDS["en"].keys()
    assert {name.removeprefix("one_") for name in singular} <= WORDS["zh"].keys()
    assert all(name.startswith("one_") for name in singular)
    for name, text in WORDS["zh"].items():
        assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", WORDS["en"][name])), name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_is_empty_or_of_the_other_language(lang: str) -> None:
    other = WORDS["en" if lang == "zh" else "zh"]["lang"]
    for name, text in WORDS[lang].items():
        assert text.strip(), name
        assert lang == "zh" or name == "other" or not re.search("[\u4e00-\u9fff]", text), name
    assert WORDS[lang]["lang"] != other
