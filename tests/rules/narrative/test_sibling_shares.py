"""What the other shares of a list are of, each of them is of, even if a part of the list would give it."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import findings, read, rules, stated, words
from validator.rules.narrative.rates import rates
from validator.rules.narrative.sibling_shares import of_their_whole
from validator.rules.narrative.totals import totals

INCOME = "本年收入合计3200万元，比上年增加200万元。其中：拨款收入2880万元，占90%；事业收入256万元，占{}；其他收入64万元，占2%。"
TWO = "预算收入20000万元。按结构分：税收收入16000万元，占收入的80%；非税收入4000万元，占{}。"


@pytest.mark.parametrize(
    ("text", "right", "wrong", "whole"),
    [(INCOME, "8%", "9%", "3200万元"), (TWO, "收入的20%", "收入的25%", "20000万元"), (TWO, "20%", "25%", "20000万元")],
)
def test_a_share_that_another_part_gives_by_chance_is_held_to_the_whole(text: str, right: str, wrong: str, whole: str) -> None:
    assert rules(text.format(right)) == []
    (found,) = [one for one in findings(text.format(wrong)) if one.rule == "NARR-004"]
    assert found.expected == right.removeprefix("收入的")
    assert whole in found.message


@pytest.mark.parametrize(
    "text",
    [
        TWO.format("税收收入的25%"),
        TWO.format("税收的25%"),
        "预算收入20000万元。其中：税收收入16000万元；非税收入4000万元，占25%。",
        "预算收入30000万元。税收收入16000万元，占收入的53.3%；非税收入4000万元，相当于税收的25%。",
        "资金100万元，其中：甲80万元，占全市的4%；乙20万元，占全县的25%。",
    ],
    ids=["named", "by a short name", "alone", "no list", "of other wholes"],
)
def test_a_share_of_another_part_is_left_alone(text: str) -> None:
    assert "NARR-004" not in rules(text)


def test_rates_of_no_list_are_what_they_were() -> None:
    passages = read("预算500万元，支出450万元，执行率90%。")
    told = list(rates(passages, words()))
    lists = [found for passage in passages for found in totals(passage, words())]

    assert stated(of_their_whole(told, lists, passages, words())) == stated(told)
