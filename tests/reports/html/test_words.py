"""The words of the page in both languages."""

from __future__ import annotations

import re

import pytest

from validator.reports.html.words import WORDS


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for name, text in WORDS["zh"].items():
        assert sorted(re.findall(r"\{\w*\}", text)) == sorted(re.findall(r"\{\w*\}", WORDS["en"][name]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_is_missing_or_of_the_other_language(lang: str) -> None:
    for name, text in WORDS[lang].items():
        assert text.strip(), name
        assert lang == "zh" or not re.search("[\u4e00-\u9fff]", text), name


def test_each_outcome_severity_and_grade_has_a_word() -> None:
    for word in ("pass", "fail", "undetermined", "not-applicable", "crashed", "error", "warning", "info", "exact", "truncated"):
        assert word in WORDS["zh"]
