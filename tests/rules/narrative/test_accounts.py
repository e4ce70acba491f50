"""Balances in prose: income, spending, what was there and what is left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, read, rules, shows, stated, words
from validator.rules.narrative.accounts import balances

BALANCED = [
    ("全年收入500万元，支出480万元，当期结余30万元。", {"stated": "30万元", "收入": "500万元", "支出": "480万元"}),
    (
        "全市经营收入500万元。全市经营支出480万元。全市经营预算执行当年结余30万元。",
        {"stated": "30万元", "收入": "500万元", "支出": "480万元"},
    ),
    (
        "上年结余100万元，本年收入500万元，支出480万元，年末累计结余130万元。",
        {"stated": "130万元", "上期结余": "100万元", "收入": "500万元", "支出": "480万元"},
    ),
    (
        "上年结余100万元，本年结余20万元，年末累计结余130万元。",
        {"stated": "130万元", "上期结余": "100万元", "结余": "20万元"},
    ),
    (
        "全年总收入600万元，上年结余100万元，支出480万元，年末结余120万元。",
        {"stated": "120万元", "收入": "600万元", "支出": "480万元"},
    ),
]


def accounts(text: str) -> list[dict[str, str | list[str]]]:
    return [
        {name: value for name, value in names.items() if name != "formula"}
        for _, names in stated(balances(read(text), words()))
    ]


RECEIVED = "全年实际收到上级分配的公益金总额为135968元。\n二、支出情况\n公益金支出总额为{}元，结余78671.03元。"


@pytest.mark.parametrize(("spent", "told"), [("57296.97", ["135968元"]), ("57296.79", []), ("57296.97元，上缴200", [])])
def test_what_is_left_may_be_of_any_amount_that_bears_it_out(spent: str, told: list[str]) -> None:
    assert [figures["资金"] for figures in accounts(RECEIVED.format(spent))] == told


@pytest.mark.parametrize(("text", "figures"), BALANCED)
def test_income_less_spending_and_what_was_there_are_what_is_left(text: str, figures: dict[str, str]) -> None:
    assert accounts(text) == [figures]


@pytest.mark.parametrize(
    "text",
    [
        "全年收入500万元，上缴国库10万元，支出480万元，当期结余30万元。",
        "统筹基金收入500万元，个人账户支出480万元，当期结余30万元。",
        "全年支出480万元，当期结余30万元。",
        "上年结余100万元，本年结余20万元，年末累计结余700万元。",
        "上年结余100万元，提取10万元，本年收入500万元，支出480万元，年末累计结余130万元。",
    ],
)
def test_where_money_may_have_come_or_gone_elsewhere_nothing_is_held(text: str) -> None:
    assert accounts(text) == []


def test_two_funds_have_an_account_each() -> None:
    text = "统筹基金收入500万元，支出480万元，当期结余20万元；个人账户收入300万元，支出250万元，当期结余{}万元。"

    assert rules(text.format(50)) == []
    assert rules(text.format(70)) == ["NARR-007"]


def test_planned_income_less_planned_spending_is_the_planned_balance() -> None:
    text = "2023年职工医保收入预算为24070.52万元，支出预算为20761.13万元，预算当期结余为3409.39万元。"
    assert shows(findings(text), text, "3409.39万元")
    assert rules(text.replace("3409.39", "3309.39")) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年收入预算5000万元，支出预算4800万元，当期结余312万元。",
        "收入预算5000万元，完成5200万元，支出预算4800万元，完成4888万元，当期结余312万元。",
    ],
)
def test_a_balance_of_the_year_is_not_held_to_what_was_planned(text: str) -> None:
    assert rules(text) == []


@given(AMOUNT, AMOUNT, AMOUNT, st.sampled_from((0, 7)))
def test_only_a_balance_that_does_not_follow_is_told(there: Decimal, came: Decimal, kept: Decimal, off: int) -> None:
    account = f"上年结余{money(there)}，本年收入{money(came + kept)}，支出{money(came)}"
    text = f"{account}，年末累计结余{money(there + kept + off)}。"

    assert rules(text) == rules(in_yuan(text)) == (["NARR-007"] if off else [])
