"""The totals of an account are the figures of the year with what was carried over, wherever these are told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, read, rules, stated, words
from validator.rules.narrative.carried import carried

TEXT = (
    "1.总体情况。2029年度收入总计928.64万元，支出总计928.64万元，与上年基本持平。\n"
    "2.收入情况。2029年度收入合计801.27万元，比上年增加36.42万元，增长4.76%。其中：财政拨款收入760.15万元，"
    "其他收入41.12万元。此外，使用非财政拨款结余3.06万元，年初结转和结余124.31万元。\n"
    "3.支出情况。2029年度支出合计833.95万元。其中：基本支出512.30万元，项目支出321.65万元。此外，结余分配1.50万元。\n"
    "4.结转结余。2029年度年末结转和结余93.19万元，比上年减少31.12万元。"
)


def told(text: str) -> list[tuple[str, dict[str, str | list[str]]]]:
    return stated(carried(read(text), (), words()))


def test_both_totals_and_the_change_of_what_is_carried_over_are_held_to_their_figures() -> None:
    assert [(kind, names.get("parts", names.get("formula"))) for kind, names in told(TEXT)] == [
        ("total", ["801.27万元", "3.06万元", "124.31万元"]),
        ("change", "期初 - 期末"),
        ("total", ["833.95万元", "1.50万元", "93.19万元"]),
    ]
    assert rules(TEXT) == []


@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [("124.31", "142.31", "NARR-001"), ("93.19", "39.19", "NARR-001"), ("减少31.12", "减少31.21", "NARR-006")],
)
def test_a_slip_of_the_pen_is_found(right: str, wrong: str, rule: str) -> None:
    assert rule in {one.rule for one in findings(TEXT.replace(right, wrong))}


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("124.31", "88.40"),
        TEXT.replace("此外，使用非财政拨款结余3.06万元，年初结转和结余124.31万元", "此外，年初结转和结余142.31万元"),
        TEXT.replace("使用非财政拨款结余3.06万元，", "").replace("928.64", "925.58").replace("124.31", "104.31"),
        TEXT.replace("2.收入情况。2029年度", "2.收入情况。2029年度财政拨款").replace("124.31", "142.31"),
        TEXT.replace("2029年度收入总计928.64万元，支出总计928.64万元，", ""),
        TEXT.replace("2.收入情况。2029年度收入合计", "2.收入情况。2028年度收入合计").replace("124.31", "142.31"),
        TEXT.replace("比上年减少31.12", "比预算减少31.21"),
        TEXT.replace("年初结转和结余124.31万元", "年初结转和结余124.31万元，其中年初财政拨款结转142.31万元"),
    ],
    ids=[
        "too far",
        "more is left out",
        "a round amount is left out",
        "a part only",
        "no totals",
        "another year",
        "another base",
        "two of them",
    ],
)
def test_where_something_else_may_be_meant_nothing_is_told(text: str) -> None:
    assert {"NARR-001", "NARR-006"}.isdisjoint(rules(text))


def test_a_list_that_is_told_already_is_not_told_again() -> None:
    lines = read(TEXT)
    first = list(carried(lines, (), words()))
    assert [names["parts"] for kind, names in stated(carried(lines, first, words())) if kind == "total"] == []


@given(st.lists(st.integers(0, 99_999), min_size=5, max_size=5))
def test_true_accounts_are_never_accused(cents: list[int]) -> None:
    year, used, opening, spent, closing = (Decimal(value) / 100 for value in cents)
    text = (
        f"收入总计{year + used + opening}万元。\n"
        f"收入合计{year}万元。使用非财政拨款结余{used}万元，年初结转和结余{opening}万元。\n"
        f"支出总计{spent + closing}万元。\n支出合计{spent}万元。\n年末结转和结余{closing}万元。"
    )
    assert {"NARR-001", "NARR-006"}.isdisjoint(rules(text))
