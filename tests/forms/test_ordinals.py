"""The number that a label begins with."""

from __future__ import annotations

import pytest

from validator.forms.ordinals import Ordinal, ordinal_of, without_ordinal


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
