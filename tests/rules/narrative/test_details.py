"""Parts of a list that the lines below take up again."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import in_yuan, read, rules, stated, words
from validator.rules.narrative.details import details
from validator.rules.narrative.totals import totals

TEXT = (
    "公用经费30.00万元，其中：接待费25.00万元，差旅费5.00万元。\n1.接待费支出{}万元，用于接待。\n2.差旅费支出{}万元，用于出差。"
)


def told(text: str) -> list[tuple[object, object]]:
    passages = read(text)
    lists = [found for one in passages for found in totals(one, words())]
    return [(names["one"], names["other"]) for _, names in stated(details(passages, lists, words()))]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("25.00", "5.00", [("25.00万元", "25.00万元"), ("5.00万元", "5.00万元")]),
        ("52.00", "5.00", [("52.00万元", "25.00万元"), ("5.00万元", "5.00万元")]),
        ("52.00", "6.00", []),
    ],
)
def test_lines_that_take_up_all_parts_but_one_at_most_tell_the_same_figures(
    first: str, second: str, expected: list[tuple[str, str]]
) -> None:
    assert told(TEXT.format(first, second)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n2.差旅费支出5.00万元，用于出差。", ""),
        ("1.接待费支出52.00万元，用于接待。\n2.差旅费支出5.00万元", "1.差旅费支出5.00万元，用于接待。\n2.接待费支出52.00万元"),
        ("2.差旅费支出", "2.印刷费支出"),
        ("2.差旅费支出5.00万元", "2.差旅费支出5户"),
        ("2.差旅费支出", "2.工作有序开展，各方反映良好，差旅费支出"),
        ("差旅费支出5.00万元", "差旅费支出约5.00万元"),
    ],
    ids=["one is missing", "another order", "another name", "another kind", "not at the beginning", "an estimate"],
)
def test_lines_that_do_not_are_about_something_else(old: str, new: str) -> None:
    text = TEXT.format("52.00", "5.00")
    assert old in text

    assert told(text.replace(old, new)) == []


def test_only_the_part_that_differs_is_told_in_any_unit() -> None:
    right, wrong = TEXT.format("25.00", "5.00"), TEXT.format("52.00", "5.00")

    assert rules(right) == rules(in_yuan(right)) == []
    assert rules(wrong) == rules(in_yuan(wrong)) == ["NARR-014"]
