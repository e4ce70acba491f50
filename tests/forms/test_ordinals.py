"""The number that a label begins with."""

from __future__ import annotations

import pytest

from validator.forms.ordinals import Ordinal, ordinal_of, ordinals_of, without_ordinal


@pytest.mark.parametrize(
    ("label", "rank", "number"),
    [
        ("一、教育支出", 1, 1),
        (" 十二、其他支出", 1, 12),
        ("二十、结转", 1, 20),
        ("（三）宣传费", 2, 3),
        ("4、印刷费", 3, 4),
        ("10.差旅费", 3, 10),
        ("(5)车船费", 4, 5),
        ("②邮寄费", 5, 0),
        ("A 城市低保", 6, 0),
        ("B、农村低保", 6, 0),
        ("II 临时补助", 7, 0),
        ("Ⅱ、临时补助", 7, 0),
        ("㈢宣传费", 2, 3),
        ("⒋印刷费", 3, 4),
        ("⑸车船费", 4, 5),
    ],
)
def test_a_label_that_begins_with_a_number_has_its_kind_and_its_number(label: str, rank: int, number: int) -> None:
    assert ordinal_of(label) == Ordinal(rank, number)


@pytest.mark.parametrize("label", ["", "教育支出", "2.5万亩示范片", "2023年支出", "一般公共预算", "A级景区", "B超"])
def test_a_label_without_a_number_has_none(label: str) -> None:
    assert ordinal_of(label) == Ordinal(0, 0)


def test_the_first_roman_number_is_told_from_a_letter_by_the_number_behind_it() -> None:
    listed = ["A 城市", "I 低保金", "II 补助", "B 农村", "I 低保金", "其他", "II 补助"]
    assert [ordinal.rank for ordinal in ordinals_of(listed)] == [6, 7, 7, 6, 7, 0, 7]
    letters = [f"{letter} 类" for letter in "GHIJ"]
    assert [ordinal.rank for ordinal in ordinals_of(letters)] == [6, 6, 6, 6]


@pytest.mark.parametrize(
    ("label", "rest"),
    [
        ("一、教育支出", "教育支出"),
        ("（三） 宣传费", "宣传费"),
        ("㈢宣传费", "宣传费"),
        ("教育支出", "教育支出"),
        ("2.5万亩", "2.5万亩"),
    ],
)
def test_a_label_without_its_number_is_what_it_names(label: str, rest: str) -> None:
    assert without_ordinal(label) == rest
