"""Totals that are told behind their parts."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import in_yuan, passage, rules, words, written
from validator.rules.narrative.sums import how_many, summed


def sums(text: str) -> list[tuple[str, list[str]]]:
    told = [found for _, claims in passage(text).by_sentence for found in written(summed(claims, words()))]
    assert {kind for kind, _, _ in told} <= {"total"}
    return [(whole, parts) for _, whole, parts in told]


@pytest.mark.parametrize(("word", "number"), [("三", 3), ("两", 2), ("十", 10), ("12", 12)])
def test_a_numeral_says_how_many_there_are(word: str, number: int) -> None:
    assert how_many(word) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲12人，乙18人，共计30人。", [("30人", ["12人", "18人"])]),
        ("甲12人，乙18人，共计40人。", [("40人", ["12人", "18人"])]),
        ("甲12人，乙18人，共计3人。", [("3人", ["12人", "18人"])]),
        ("培训5人，甲12人，乙18人，共计30人。", [("30人", ["12人", "18人"])]),
        ("第一批100人，第二批86人，第三批90人，三批共286人。", [("286人", ["100人", "86人", "90人"])]),
        ("三批共286人，第一批100人，第二批86人，第三批90人。", [("286人", ["100人", "86人", "90人"])]),
        ("第一批100人，第二批86人，三批共286人。", []),
        ("甲8人、6万元，乙5人、4万元，共13人、11万元。", [("13人", ["8人", "5人"]), ("11万元", ["6万元", "4万元"])]),
        ("甲新建10户、改造9户，乙新建20户、改造19户，合计新建31户、改造28户。", [("31户", ["10户", "20户"])]),
        (
            "税收60万元，非税40万元，收入合计100万元，年初结转5万元，收入总计106万元。",
            [("100万元", ["60万元", "40万元"]), ("106万元", ["100万元", "5万元"])],
        ),
    ],
)
def test_a_total_has_the_figures_before_it_or_as_many_as_it_says(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert sums(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "甲12人，上年乙18人，共计40人。",
        "甲12人，共计40人。",
        "下达资金120万元，支付60万元，共计108万元。",
        "培训12人，其中女性5人，共计40人。",
        "甲12人，乙18万元，共计40人。",
        "甲12人，乙18人，教师共计30万元。",
    ],
)
def test_what_is_no_total_of_them_is_left_alone(text: str) -> None:
    assert sums(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲镇60户，乙镇40户，合计100户。", []),
        ("三个站点分别为12人、8人、5人，共计25人。", []),
        ("甲镇60户，乙镇40户，合计110户。", ["NARR-001"]),
        ("甲镇60户，乙镇40户，合计10户。", ["NARR-001"]),
    ],
)
def test_a_wrong_total_is_told_and_a_right_one_is_not(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@given(st.lists(st.integers(10, 9999), min_size=2, max_size=5), st.sampled_from((0, 10, 25)))
def test_the_order_of_the_parts_and_their_unit_change_nothing(parts: list[int], off: int) -> None:
    texts = {
        "，".join(f"{name}镇{part}万元" for name, part in zip("甲乙丙丁戊", order, strict=False))
        + f"，共计{sum(parts) + off}万元。"
        for order in (parts, parts[::-1])
    }

    assert {bool(rules(text)) for text in texts} == {bool(rules(in_yuan(text))) for text in texts} == {off > 0}


@pytest.mark.parametrize("order", list(permutations(("第一批100人", "第二批86人", "第三批90人"))))
def test_the_order_of_the_batches_changes_nothing(order: tuple[str, ...]) -> None:
    assert rules(f"{'，'.join(order)}，三批共286人。") == ["NARR-001"]
