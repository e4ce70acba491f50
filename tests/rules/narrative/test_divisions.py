"""Whether the names of parts divide a whole."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.rules.narrative.telling import claims, words
from validator.rules.narrative.divisions import division

DIVIDED = [
    ("职工100人，在职60人，退休40人。", "all"),
    ("生产总值100亿元，第一产业10亿元，第二产业40亿元，第三产业50亿元。", "all"),
    ("支出100万元，道路60万元，其他40万元。", "all"),
    ("医院100家，一级60家，三级40家。", "some"),
    ("资金100万元，中央60万元，省级40万元。", "some"),
    ("评价100个，评为优的60个，评为良的40个。", "some"),
    ("支出100亿元，第一产业10亿元，第二产业40亿元，第三产业50亿元。", "some"),
    ("职工100人，男60人，退休40人。", ""),
    ("职工100人，在职60人，在职40人。", ""),
    ("支出100万元，道路60万元，桥梁40万元。", ""),
    ("医院100家，一级60家，一级40家。", ""),
]


@pytest.mark.parametrize(("text", "expected"), DIVIDED)
def test_names_that_exclude_each_other_divide_a_whole(text: str, expected: str) -> None:
    whole, *parts = claims(text)

    assert {division(whole, order, words()) for order in permutations(parts)} == {expected}


def test_others_close_no_list_that_is_open() -> None:
    whole, *parts = claims("支出100万元，道路60万元，其他40万元。")

    assert division(whole, parts, words(), closed=False) == ""


def test_what_was_carried_over_belongs_to_a_whole_that_includes_it() -> None:
    whole, *parts = claims("收支总计100人，在职60人，退休40人。")

    assert division(whole, parts, words()) == ""


def test_times_divide_a_whole_of_money_that_was_not_planned() -> None:
    whole, *parts = claims("支出100万元，当年预算60万元，上年结转40万元。")

    assert division(whole, parts, words()) == ""
