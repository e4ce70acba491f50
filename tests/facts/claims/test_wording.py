"""The words of prose as patterns."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import words
from validator.errors import RulesetError
from validator.facts.claims.wording import Wording, any_of, load_wording
from validator.keeping import shipped_directory

PATH = shipped_directory() / "narrative" / "words.yaml"
PATTERNS = sorted(name for name in dir(Wording) if not name.startswith("_") and isinstance(getattr(words(), name), re.Pattern))


class TestAnyOf:
    def test_the_longest_word_that_fits_counts(self) -> None:
        found = re.match(any_of(("合计", "合", "合计数")), "合计数为")

        assert found is not None
        assert found.group() == "合计数"

    def test_signs_stand_for_themselves(self) -> None:
        assert re.fullmatch(any_of(("a.b", "(1)", "*")), "a.b")
        assert not re.fullmatch(any_of(("a.b", "(1)", "*")), "axb")
        assert re.fullmatch(any_of(("a.b", "(1)", "*")), "*")

    @given(st.lists(st.text("甲乙丙.*(", min_size=1, max_size=4), min_size=1, max_size=6))
    def test_it_matches_the_words_and_nothing_else(self, given_words: list[str]) -> None:
        pattern = re.compile(any_of(given_words))

        assert all(pattern.fullmatch(word) for word in given_words)
        assert not pattern.fullmatch("丁")
        assert any_of(given_words) == any_of(reversed(given_words))


@pytest.mark.parametrize("text", ["", "甲" * 3000, "比" * 3000, "其中，" * 1000, "（" * 3000, "执行率为" * 700, "12" * 1500])
def test_no_pattern_takes_long_over_a_text(text: str) -> None:
    slow = {}
    for name in PATTERNS:
        start = process_time()
        getattr(words(), name).search(text)
        slow[name] = process_time() - start

    assert not {name: seconds for name, seconds in slow.items() if seconds > 1}


def test_a_pattern_is_compiled_once() -> None:
    wording = load_wording(PATH)

    assert wording.among is wording.among


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("among", "其中在职", "其中"),
        ("among", "在职", None),
        ("execution", "预算执行率", "预算执行率"),
        ("execution", "完成率", None),
        ("doubtful_change", "能力提升", "提升"),
        ("months_told", "1-6月到位", "1-6月"),
        ("within_year", "截至6月", "6月"),
        ("within_year", "截至12月", None),
        ("several_years", "近三年累计", "三年"),
        ("per", "每人", "每"),
        ("share", "占比为", "占比为"),
        ("negated", "不", "不"),
        ("grade", "等级为“优”", "等级为“优"),
        ("grade", "自评结果为良好，", "自评结果为良好"),
        ("grade", "等级由良变为优", None),
        ("deadline", "完成时限为2023年6月30日前", "完成时限为2023年6月30日前"),
        ("told_target", "目标值为", "目标值为"),
        ("no_deviation", "无偏差", "无偏差"),
        ("lead_comparison", "不低于", "不低于"),
    ],
)
def test_a_phrase_is_known_by_its_words(name: str, text: str, expected: str | None) -> None:
    found = getattr(words(), name).search(text)

    assert (found.group() if found else None) == expected


def test_a_name_says_what_over_what() -> None:
    rate = words().defined["合格率"]

    assert rate.part.search("合格")
    assert not rate.part.search("不合格")
    assert rate.undone.search("不合格")


def test_other_names_of_a_base_are_known() -> None:
    assert words().bases["去年"] == words().bases["上年"]


def test_a_stock_opens_moves_and_closes() -> None:
    flow = next(flow for flow in words().flows if flow.opening.search("年初存款余额为"))

    assert flow.closing.search("年末存款余额")
    assert not flow.opening.search("年末存款余额")


class TestFile:
    def test_an_unchanged_file_is_read_once_and_a_changed_one_again(self, tmp_path: Path) -> None:
        path = tmp_path / "words.yaml"
        path.write_bytes(PATH.read_bytes())
        first = load_wording(path)
        assert load_wording(str(path)) is first
        os.utime(path, (1, 1))

        assert load_wording(path) is not first

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(RulesetError, match="打不开"):
            load_wording(tmp_path / "none.yaml")
