"""From one figure to another, and the changes told with it."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, passage, stated, texts, words
from validator.rules.narrative.movements import changes_between, from_to, in_order


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率由80%提高到85%。", [["80%", "85%"]]),
        ("产值由3亿元减少到2.4亿元。", [["3亿元", "2.4亿元"]]),
        ("审批时限由5个工作日缩短至2个工作日。", [["5个工作日", "2个工作日"]]),
        ("总收入由39万元调整为40万元。", [["39万元", "40万元"]]),
        ("甲由10人增加到12人，乙由20人增加到25人。", [["10人", "12人"], ["20人", "25人"]]),
        ("覆盖率80%，满意度85%。", []),
        ("由10人增加到12万元。", []),
        ("由约10人增加到12人。", []),
        ("由甲镇10人运送到乙镇12人。", []),
    ],
)
def test_figures_are_told_from_one_to_the_other(text: str, expected: list[list[str]]) -> None:
    one = passage(text)

    assert [texts(pair) for pair in from_to(one, one.claims, words())] == expected


def test_changes_behind_the_word_for_each_have_the_verb_of_the_first() -> None:
    (run,) = in_order(claims("甲、乙分别减少2人、6人。"), words())

    assert texts(run) == ["2人", "6人"]
    assert {(claim.kind, claim.sign) for claim in run} == {("change", -1)}


def test_without_that_word_there_is_no_order() -> None:
    assert list(in_order(claims("甲减少2人，乙减少6人。"), words())) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由10人增加到12人，增加3人，增长30%。", [("3人", "本期 - 上期"), ("30%", "本期 / 上期 - 1")]),
        ("由12人减少到10人，减少3人，下降30%。", [("3人", "上期 - 本期"), ("30%", "1 - 本期 / 上期")]),
        ("由80%提高到85%，提高6个百分点。", [("6个百分点", "本期 - 上期")]),
        ("由52个增加到61个，新增6个。", [("6个", "本期 - 上期")]),
        ("由52个增加到61个，新增12个。", []),
        ("总收入由39万元调整为40万元，调增2万元。", [("2万元", "本期 - 上期")]),
        ("总收入由40万元调整为39万元，调减2万元。", [("2万元", "上期 - 本期")]),
        ("甲由40万元调整为39万元，乙调减2万元。", []),
        ("年初预算50万元，调整为48万元，比上年减少3万元，下降5.9%。", []),
        ("由10人增加到12人，满意度提高5个百分点。", []),
        ("由10人增加到12人，增加3万元。", []),
        ("由10人增加到12人，工作有序，各方满意，增加3人。", []),
        ("由0人增加到12人，增长30%。", []),
        ("由10人增加到12人，增加约3人。", []),
    ],
)
def test_a_change_right_behind_is_the_difference(text: str, expected: object) -> None:
    start, end, *others = claims(text)

    assert [
        (names["stated"], names["formula"]) for _, names in stated(changes_between(start, end, others, words()))
    ] == expected


def test_what_the_order_says_is_its_own_needs_no_name() -> None:
    start, end, change = claims("甲由10人增加到12人，乙方增加3人。")

    assert list(changes_between(start, end, [change], words())) == []
    assert len(list(changes_between(start, end, [change], words(), named=True))) == 1
