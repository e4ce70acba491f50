"""A whole that a word divides into two parts, of which the second has a sentence of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import passage, rules, stated, words
from validator.rules.narrative.split_sentences import split_sentences

TEXT = (
    "全县完成财政收入5327万元，占年初预算12580万元的42.3%。按级次分：上划收入3182万元，占年初预算7460万元的42.7%。"
    "完成本级收入2145万元，占年初预算5120万元的41.9%。"
)


def _told(text: str) -> list[tuple[str, list[str]]]:
    return [(str(names["total"]), list(names["parts"])) for _, names in stated(split_sentences([passage(text)], (), words()))]


def test_both_parts_add_up_to_the_whole_before_them() -> None:
    assert _told(TEXT) == [("5327万元", ["3182万元", "2145万元"])]
    assert rules(TEXT) == []


def test_two_digits_that_changed_places_are_found() -> None:
    assert "NARR-001" in rules(TEXT.replace("本级收入2145", "本级收入2415"))


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("完成本级收入2145", "完成公路投资2045"),
        TEXT.replace("完成本级收入", "其中本级收入").replace("2145", "2415"),
        TEXT.replace("完成本级收入", "上年本级收入").replace("2145", "2415"),
        TEXT.replace("按级次分：", "").replace("2145", "2415"),
        TEXT.replace("完成本级收入2145万元", "完成本级收入约2415万元"),
        TEXT.replace("完成本级收入", "按部门分：税务部门收入").replace("2145", "2415"),
        TEXT.replace("完成本级收入2145万元，", "完成采购24次，"),
    ],
    ids=["another matter", "a part of it", "last year", "no word", "about", "another list", "another unit"],
)
def test_where_the_second_sentence_may_be_of_something_else_nothing_is_told(text: str) -> None:
    assert "NARR-001" not in rules(text)


def test_a_list_that_is_told_is_not_told_again() -> None:
    first = list(split_sentences([passage(TEXT)], (), words()))
    assert list(split_sentences([passage(TEXT)], first, words())) == []


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_true_parts_are_never_accused(one: int, other: int) -> None:
    assert rules(f"全县完成收入{one + other}万元。按级次分：上划收入{one}万元。完成本级收入{other}万元。") == []
