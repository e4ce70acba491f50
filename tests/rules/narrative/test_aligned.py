"""Parts that no word opens: behind 分别为, done and undone, named by what divides a whole, or figures that just add up."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import passage, rules, words, written
from validator.rules.narrative.aligned import aligned, divided, done_and_undone, silent

Told = list[tuple[str, str, list[str]]]


def behind_aligned(text: str) -> Told:
    one = passage(text)
    return [found for _, claims in one.by_sentence for found in written(aligned(one, claims, words()))]


def by_doing(text: str) -> Told:
    one = passage(text)
    return [found for _, claims in one.by_sentence for found in written(done_and_undone(one, claims, words()))]


def by_name(text: str) -> Told:
    one = passage(text)
    return [found for _, claims in one.by_sentence for found in written(divided(one, claims, words()))]


def without_words(text: str) -> Told:
    return [found for _, claims in passage(text).by_sentence for found in written(silent(claims, words()))]


class TestAligned:
    @pytest.mark.parametrize(
        ("text", "whole", "parts"),
        [
            ("补助30万元，甲、乙分别为10万元、20万元。", "30万元", ["10万元", "20万元"]),
            ("补助合计40万元，甲、乙分别为10万元、20万元。", "40万元", ["10万元", "20万元"]),
            ("职工40人，其中在职、退休分别为10人、20人。", "40人", ["10人", "20人"]),
            ("补助30万元，发放合计90万元，甲、乙分别为10万元、20万元。", "30万元", ["10万元", "20万元"]),
            ("补助31万元，发放合计90万元，甲、乙分别为10万元、20万元。", "31万元", ["10万元", "20万元"]),
            ("补助40万元，发放合计90万元，甲、乙分别为10万元、20万元。", "90万元", ["10万元", "20万元"]),
            ("补助60万元，甲、乙、丙分别为10万元、20万元、30万元。", "60万元", ["10万元", "20万元", "30万元"]),
        ],
    )
    def test_figures_behind_the_word_are_held_to_the_total_before_it(self, text: str, whole: str, parts: list[str]) -> None:
        assert behind_aligned(text) == [("total", whole, parts)]

    @pytest.mark.parametrize(
        "text",
        [
            "补助40万元，甲、乙分别为10万元、20万元。",
            "上年补助30万元，甲、乙分别为10万元、20万元。",
            "补助30人，甲、乙分别为10万元、20万元。",
            "补助30万元，甲、乙分别为10万元。",
        ],
    )
    def test_where_nothing_says_so_and_nothing_adds_up_there_is_no_total(self, text: str) -> None:
        assert behind_aligned(text) == []


class TestDoneAndUndone:
    @pytest.mark.parametrize("undone", ["10个", "20个"])
    def test_what_was_done_and_what_was_not_are_all(self, undone: str) -> None:
        assert by_doing(f"发现问题120个，已整改110个，未整改{undone}。") == [("total", "120个", ["110个", undone])]

    def test_a_rate_between_them_does_not_part_them(self) -> None:
        assert by_doing("发现问题120个，已整改110个，整改率91.7%，未整改20个。") == [("total", "120个", ["110个", "20个"])]

    @pytest.mark.parametrize(
        "text",
        [
            "发现问题120个，已整改110个，未办理20个。",
            "发现问题120个，已整改110个，未整改20个，另有2个已撤销。",
            "发现问题120个，已整改100个，正在整改10个。",
            "发现问题120个，已整改130个，未整改10个。",
            "发现问题120个，安全隐患已整改110个，未整改20个。",
            "已整改110个，未整改20个。",
        ],
    )
    def test_another_doing_or_what_may_be_something_else_is_left_alone(self, text: str) -> None:
        assert by_doing(text) == []


class TestDivided:
    @pytest.mark.parametrize("last", ["1项", "2项"])
    def test_parts_named_by_nothing_but_what_divides_a_whole_are_all_of_it(self, last: str) -> None:
        text = f"指标30项，全部完成27项，部分完成2项，未完成{last}。"

        assert by_name(text) == [("total", "30项", ["27项", "2项", last])]

    @pytest.mark.parametrize(
        "text",
        [
            "指标30项，全部完成7项，部分完成2项，未完成2项。",
            "指标30项，全部完成27项，部分完成2项，未完成2项，其他1项。",
            "指标30项，全部完成27项，未完成2项，新增1项。",
            "指标30项，全部完成27项。",
        ],
    )
    def test_a_list_far_from_the_whole_with_a_rest_or_other_names_is_left_alone(self, text: str) -> None:
        assert by_name(text) == []


class TestSilent:
    @pytest.mark.parametrize(
        ("text", "whole", "parts"),
        [
            ("资金100万元，甲60万元，乙40万元。", "100万元", ["60万元", "40万元"]),
            ("甲60万元，乙40万元，资金100万元。", "100万元", ["60万元", "40万元"]),
            ("资金100万元，甲50万元，乙30万元，丙20万元，丁5万元。", "100万元", ["50万元", "30万元", "20万元"]),
        ],
    )
    def test_figures_that_just_add_up_are_told_as_such(self, text: str, whole: str, parts: list[str]) -> None:
        assert ("total", whole, parts) in without_words(text)

    @pytest.mark.parametrize(
        "text", ["资金100万元，甲60万元，乙41万元。", "甲镇3人，乙镇4人，丙镇7人。", "资金100万元，甲60人，乙40人。"]
    )
    def test_what_does_not_is_never_accused(self, text: str) -> None:
        assert without_words(text) == []
        assert rules(text) == []

    @given(st.lists(st.integers(10, 9999), min_size=2, max_size=5), st.integers(1, 9))
    def test_nothing_without_words_is_ever_told(self, parts: list[int], off: int) -> None:
        text = "资金{}万元，{}。".format(
            sum(parts) + off, "，".join(f"{name}{part}万元" for name, part in zip("甲乙丙丁戊", parts, strict=False))
        )

        assert rules(text) == []


def test_the_order_of_the_parts_changes_nothing() -> None:
    parts = ("全部完成27项", "部分完成2项", "未完成2项")

    assert {tuple(rules(f"指标30项，{'，'.join(order)}。")) for order in permutations(parts)} == {("NARR-001",)}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("分两批下达任务1697户，第一批任务817户，第二批任务880户。", []),
        ("分两批下达任务1657户，第一批任务817户，第二批任务880户。", ["NARR-001"]),
        ("分三批下达任务1657户，第一批任务817户，第二批任务880户。", []),
        ("全年下达任务1657户，分两批下达：第一批下达817户；第二批下达880户。", ["NARR-001"]),
        ("下达资金1697万元，分两次拨付：第一次拨付817万元，第二次拨付680万元，余款明年拨付。", []),
        ("全年下达任务1657户，工作进展顺利：第一批下达817户；第二批下达880户。", []),
        ("分两批下达任务1657户，第一批任务817户、其中残疾人户52户，第二批任务880户。", []),
    ],
)
def test_as_many_parts_as_a_whole_is_split_into_have_to_be_all_of_it(text: str, told: list[str]) -> None:
    assert rules(text) == told
