"""Rates of execution and of arrival: what was spent, or came in, over the money that there was."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, in_yuan, rules, texts, words
from validator.facts.claims import Claim
from validator.rules.narrative.executions import beside, moved, of_funds, plain_name, told_behind

SPENT = [
    ("下达资金300万元，支出285万元，执行率95%。", "285万元", "300万元"),
    ("下达资金300万元。支出285万元，执行率95%。", "285万元", "300万元"),
    ("下达资金300万元，其中中央200万元，支出285万元，执行率95%。", "285万元", "300万元"),
    ("下达资金300万元，支出285万元，结余15万元，执行率95%。", "285万元", "300万元"),
    ("年初预算300万元，调整预算400万元，支出380万元，执行率95%。", "380万元", "400万元"),
    ("中央资金200万元，省级资金100万元，资金合计300万元，支出285万元，执行率95%。", "285万元", "300万元"),
]
DOUBTFUL = [
    "下达资金300万元，另拨200万元，支出285万元，执行率95%。",
    "下达资金300万元，利息2万元，支出285万元，执行率95%。",
    "上年下达资金300万元，支出285万元，执行率95%。",
    "下达资金300万元，支出385万元，执行率95%。",
    "下达资金300万元，支出285户，执行率95%。",
    "下达资金300万元，支出100万元，支出285万元，执行率95%。",
    "下达资金300万元，拨付资金200万元，支出285万元，执行率95%。",
    "下达资金300万元，上年支出285万元，执行率95%。",
    "2021年下达资金300万元，2022年支出285万元，执行率95%。",
    "下达资金300万元，支出285万元，上年执行率95%。",
]


def around(text: str) -> tuple[Claim, list[Claim], list[Claim], list[Claim]]:
    """Return the first rate of a text, the figures before and behind it in its sentence, and those of the sentence before."""
    told = claims(text)
    rate = next(claim for claim in told if claim.kind == "rate")
    own = [claim for claim in told if claim.sentence == rate.sentence]
    return (
        rate,
        [claim for claim in own if claim.start < rate.start],
        [claim for claim in own if claim.start > rate.start],
        [claim for claim in told if claim.sentence < rate.sentence],
    )


@pytest.mark.parametrize(("text", "spent", "funds"), SPENT)
def test_what_was_spent_is_of_all_that_there_was_to_spend(text: str, spent: str, funds: str) -> None:
    rate, before, _, previous = around(text)
    found = of_funds(rate, before, previous, words(), opened=False)

    assert found is not None
    assert (texts(found.pair[0]), texts(found.pair[1])) == ([spent], [funds])
    assert not found.sure


@pytest.mark.parametrize("text", DOUBTFUL)
def test_money_that_no_word_counts_or_of_another_time_leaves_a_doubt(text: str) -> None:
    rate, before, _, previous = around(text)

    assert of_funds(rate, before, previous, words(), opened=False) is None


def test_a_sentence_that_lists_parts_spends_nothing_of_the_sentence_before() -> None:
    rate, before, _, previous = around("下达资金300万元。其中甲项支出285万元，执行率95%。")

    assert of_funds(rate, before, previous, words(), opened=True) is None


def test_funds_told_between_two_rates_are_surely_those_of_the_second() -> None:
    told = claims("下达资金300万元，支出285万元，执行率95%；下达资金200万元，支出150万元，执行率75%。")
    found = of_funds(told[5], told[:5], (), words(), opened=False)

    assert found is not None
    assert (texts(found.pair[0]), texts(found.pair[1]), found.sure) == (["150万元"], ["200万元"], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("执行率95%，预算300万元，支出285万元。", ["285万元", "300万元"]),
        ("执行率95%，支出285万元，预算300万元。", ["285万元", "300万元"]),
        ("执行率95%，预算300万元，支出285万元，支出4万元。", None),
        ("执行率95%，预算300万元，甲项支出285万元。", None),
        ("执行率95%，预算300万元，支出985万元。", None),
        ("执行率95%，预算300万元，工作有序，支出285万元。", None),
        ("执行率95%，预算300万元。", None),
    ],
)
def test_what_stands_right_behind_a_rate_may_be_its_figures(text: str, expected: list[str] | None) -> None:
    rate, _, after, _ = around(text)
    found = told_behind(rate, after, words())

    assert (texts([*found[0], *found[1]]) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下达资金300万元，支出285万元，执行率95%。", False),
        ("下达资金300万元，利息2万元，支出285万元，执行率95%。", True),
        ("下达资金300万元，上年结转2万元，支出285万元，执行率95%。", True),
        ("下达资金300万元（压减2万元），支出285万元，执行率95%。", True),
        ("下达资金300万元，其中利息2万元，支出285万元，执行率95%。", False),
    ],
)
def test_money_that_came_or_went_besides_is_noticed(text: str, *, expected: bool) -> None:
    rate, before, _, _ = around(text)

    assert moved(before, rate, words()) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("全年实际支出", ""), ("项目支出", ""), ("共支出", ""), ("本年度中央资金支出", "中央"), ("甲镇支出", "甲镇")],
)
def test_a_name_is_what_is_said_besides_time_and_spending(name: str, expected: str) -> None:
    assert plain_name(name, words()) == expected


@pytest.mark.parametrize("text", [text for text, _, _ in SPENT])
def test_a_rate_that_does_not_follow_is_told_whatever_the_unit(text: str) -> None:
    wrong = text.replace("执行率95%", "执行率85%")

    assert rules(text) == rules(in_yuan(text)) == []
    assert rules(wrong) == rules(in_yuan(wrong)) == ["NARR-004"]


@pytest.mark.parametrize("text", [text for text in DOUBTFUL if not any(word in text for word in ("385", "户", "2021"))])
def test_a_doubt_is_never_told(text: str) -> None:
    assert rules(text.replace("执行率95%", "执行率85%")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲项目400万元，占40%，支出380万元，执行率97%。", [["380万元"], ["400万元"]]),
        ("上年结转100万元，支出95万元，执行率97%。", [["95万元"], ["100万元"]]),
        ("其中上年结转100万元，支出95万元，执行率97%。", [["95万元"], ["100万元"]]),
        ("预算700万元，支出665万元，执行率95%，其中甲项目400万元，支出380万元，执行率97%。", [["380万元"], ["400万元"]]),
        ("预算700万元，其中甲项目400万元，支出380万元，执行率54%。", None),
        ("资金全部到位，到位率100%，其中甲项目400万元，支出380万元，执行率97%。", None),
        ("甲项目400万元，乙项目300万元，支出280万元，执行率97%。", None),
        ("甲项目400万元，乙项目支出380万元，执行率97%。", None),
        ("甲项目400万元，支出410万元，执行率97%。", None),
        ("甲项目400万元，支出380万元，甲项目总体执行率97%。", None),
        ("甲项目400万元，支出380万元，上年执行率97%。", None),
        ("2022年甲项目400万元，2023年支出380万元，执行率97%。", None),
        ("收回甲项目400万元，支出380万元，执行率97%。", None),
        ("甲项目400万元，共支出380万元，执行率97%。", None),
        ("甲项目400户，支出380万元，执行率97%。", None),
        ("甲项目约400万元，支出380万元，执行率97%。", None),
        ("甲项目400万元，利息2万元，支出380万元，执行率97%。", None),
    ],
)
def test_what_was_spent_right_behind_one_amount_is_of_it(text: str, expected: list[list[str]] | None) -> None:
    told = claims(text)
    pair = beside(told[-1], told[:-1], (), words())

    assert ([texts(side) for side in pair] if pair else None) == expected


def test_money_that_went_in_the_sentence_before_leaves_a_doubt() -> None:
    assert rules("收回资金100万元。下达甲项目600万元，支出480万元，执行率96%。") == []


@pytest.mark.parametrize(("rate", "expected"), [("95%", []), ("38%", []), ("97%", ["NARR-004"])])
def test_a_rate_of_all_that_there_was_is_left_alone(rate: str, expected: list[str]) -> None:
    """Of all 1000 it is 38 %."""
    assert rules(f"资金1000万元。甲项目400万元，占40%，支出380万元，执行率{rate}。") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目总投资3000万元，2023年支出900万元，执行率90%。", []),
        ("甲镇下达300万元，支出285万元；乙镇下达200万元，支出171万元，全县执行率91.2%。", []),
        ("甲镇下达300万元，支出285万元；乙镇下达200万元，支出171万元，执行率81.2%。", ["NARR-004"]),
        ("全年下达直达资金4200万元，已分配4200万元，支出3990万元，支出进度95%。", []),
        ("预算1200万元，其中转移支付400万元，支出380万元，执行率95%。", []),
        ("收回存量资金80万元。本级预算500万元，支出475万元，执行率95%。", []),
    ],
)
def test_a_rate_of_other_money_is_left_alone(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
