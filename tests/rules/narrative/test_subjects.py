"""Which figure is said to have changed, by what, and since when."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, passage, texts, words
from validator.rules.narrative.subjects import base_words, subject_words, subjects_of


def subjects(text: str, previous: str = "") -> list[tuple[str, list[str], list[str], list[str]]]:
    """Return each figure with its changes, its rates and the figures of the earlier time."""
    one = passage(text)
    before = claims(previous) if previous else ()
    return [
        (found.now.fact.text, texts(found.changes), texts(found.growths), texts(dict.fromkeys(found.priors.values())))
        for found in subjects_of(one.claims, one, words(), before)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出110万元，比上年增加10万元，增长10%。", [("110万元", ["10万元"], ["10%"], [])]),
        ("支出110万元，增长10%；收入80人，增加5人。", [("110万元", [], ["10%"], []), ("80人", ["5人"], [], [])]),
        ("2023年支出120万元，2022年支出100万元，增长20%。", [("120万元", [], ["20%"], ["100万元"])]),
        ("2022年支出100万元，2023年支出120万元，增长20%。", [("120万元", [], ["20%"], ["100万元"])]),
        ("支出110万元，较上年100万元增加10万元。", [("110万元", ["10万元"], [], ["100万元"])]),
        ("办结120件，同比下降20%，上年150件。", [("120件", [], ["20%"], ["150件"])]),
        ("比上年增加10万元，达到110万元。", [("110万元", ["10万元"], [], [])]),
        ("参保率95%，提高2个百分点。", [("95%", ["2个百分点"], [], [])]),
        ("东镇核减14亩，全区面积较上次上报面积4479亩核减33亩，变更后面积为4446亩。", []),
        ("支出110万元，收入80万元。", []),
        ("增加10万元，增长10%。", []),
        ("支出110万元（增加10万元），收入80万元，增长5%。", [("110万元", ["10万元"], [], []), ("80万元", [], ["5%"], [])]),
    ],
)
def test_a_change_is_that_of_the_figure_it_can_be_a_change_of(text: str, expected: object) -> None:
    assert subjects(text) == expected


def test_a_figure_of_the_earlier_time_that_is_told_first_is_known_as_such() -> None:
    one = passage("与2020年的8000人相比，增加200人。")
    (found,) = subjects_of(one.claims, one, words(), ())

    assert found.earlier
    assert texts(found.told) == ["200人"]


@pytest.mark.parametrize(
    ("previous", "text", "expected"),
    [
        ("支出110万元。", "比上年增加10万元。", [("110万元", ["10万元"], [], [])]),
        ("支出110万元，收入80万元。", "支出比上年增加10万元。", [("110万元", ["10万元"], [], [])]),
        ("支出110万元，收入80万元。", "比上年增加10万元。", []),
        ("项目支出110万元。", "基本支出比上年增加10万元。", []),
    ],
)
def test_a_change_may_be_of_a_figure_of_the_sentence_before(previous: str, text: str, expected: object) -> None:
    assert subjects(text, previous) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("比上年增加", ""), ("支出比上年增加", "支出"), ("其中收入同比增长", "收入"), ("较年初预算数减少", "")],
)
def test_words_before_a_change_may_name_what_changed(text: str, expected: str) -> None:
    assert subject_words(text, words()).removeprefix("其中") == expected


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("比2022年增加", "比上年增加", True),
        ("比预算增加", "比上年增加", False),
        ("较年初预算数增加", "比预算增加", True),
        ("增加", "增长", True),
    ],
)
def test_comparisons_are_with_one_base_by_whatever_word(one: str, other: str, *, alike: bool) -> None:
    assert (base_words(one, words()) == base_words(other, words())) is alike
