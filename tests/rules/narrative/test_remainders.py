"""What is left of money, beside what was spent and its rate."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, read, rules, shows, stated, words
from validator.rules.narrative.remainders import remainders

TEXT = "项目预算7240万元。实际支出{}万元，预算执行率{}%，结余{}万元。"


def told(text: str) -> list[tuple[object, object]]:
    return [
        (names.get("stated", names.get("rate")), names.get("formula"))
        for _, names in stated(remainders(read(text), (), words()))
    ]


@pytest.mark.parametrize(
    ("spent", "rate", "left", "expected"),
    [
        ("7022.8", "97", "217.2", [("217.2万元", "资金 - 支出"), ("97%", None)]),
        ("7022.8", "97", "317.2", [("317.2万元", "资金 - 支出"), ("97%", None)]),
        ("7022.8", "99", "217.2", [("217.2万元", "资金 - 支出"), ("99%", None)]),
        ("7122.8", "97", "217.2", [("7122.8万元", "资金 - 结余")]),
        ("7022.8", "92", "417.2", []),
        ("7240", "100", "30", []),
    ],
    ids=["all hold", "what is left", "the rate", "what was spent", "none holds", "all was spent"],
)
def test_where_one_of_three_relations_holds_the_others_must(
    spent: str, rate: str, left: str, expected: list[tuple[object, object]]
) -> None:
    assert told(TEXT.format(spent, rate, left)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "项目预算7240万元，上年结转5万元。实际支出7022.8万元，预算执行率97%，结余317.2万元。",
        "项目预算7240万元。农村公路养护支出7022.8万元，预算执行率97%，结余317.2万元。",
        "项目预算7240万元。进展顺利。成效显著。实际支出7022.8万元，预算执行率97%，结余317.2万元。",
        "项目预算7240户。实际支出7022.8万元，预算执行率97%，结余317.2万元。",
        "项目预算7240万元。实际支出7022.8万元，预算执行率97%，结余317.2户。",
        "实际支出7022.8万元，预算执行率97%，结余317.2万元。",
    ],
)
def test_without_funds_of_this_year_for_all_of_it_nothing_follows(text: str) -> None:
    assert told(text) == []


def test_what_is_told_already_is_not_told_again() -> None:
    passages = read(TEXT.format("7022.8", "97", "317.2"))
    first, *others = remainders(passages, (), words())

    assert [found.kind for found in remainders(passages, [first], words())] == [found.kind for found in others]


@pytest.mark.parametrize(
    "text",
    [
        "项目预算7240万元。实际支出7022.8万元，预算执行率97%，结余217.2万元。",
        "项目预算500万元，上年结转100万元。全年支出540万元，执行率90%，结余60万元。",
        "项目预算500万元。支出450万元，执行率90%，收回统筹30万元，结余20万元。",
        "2023年下达资金500万元，支出450万元，执行率90%。累计结余80万元。",
    ],
)
def test_what_follows_or_may_have_come_from_elsewhere_is_left_alone(text: str) -> None:
    assert rules(text) == rules(in_yuan(text)) == []


@pytest.mark.parametrize(
    ("text", "rule", "figure"),
    [
        ("项目预算7240万元。实际支出7022.8万元，预算执行率97%，结余317.2万元。", "NARR-007", "317.2"),
        ("总收入3680万元。总支出3606.4万元。年末结转结余173.6万元，预算完成率98%。", "NARR-007", "173.6"),
        ("项目预算7240万元。实际支出7022.8万元，预算执行率99%，结余217.2万元。", "NARR-004", "99%"),
    ],
)
def test_of_three_relations_that_which_does_not_hold_is_told(text: str, rule: str, figure: str) -> None:
    found = findings(text)
    assert {f.rule for f in found} == {rule}
    assert shows(found, text, figure)


@given(AMOUNT, st.integers(10, 95))
def test_what_was_rounded_is_never_accused(budget: Decimal, share: int) -> None:
    spent = (budget * share / 100).quantize(Decimal("0.01"))
    rate = (spent / budget * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert rules(f"项目预算{money(budget)}。实际支出{money(spent)}，预算执行率{rate}%，结余{money(budget - spent)}。") == []
