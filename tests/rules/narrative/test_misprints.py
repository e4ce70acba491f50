"""Figures of which one digit is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import claims, findings, in_yuan, rules, shows
from validator.rules.narrative.misprints import misprinted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预算2179万元，支出2513.63万元，执行率97.0%。", True),
        ("预算2179万元，支出2513.63万元，执行率97%。", False),
        ("预算2179万元，支出2513.63万元，执行率96.0%。", False),
        ("预算1179万元，支出2113.63万元，执行率97.0%。", True),
        ("预算2139万元，支出2179万元，执行率100%。", True),
        ("预算2130万元，支出2179万元，执行率100%。", False),
        ("预算500万元，支出600万元，执行率100%。", False),
        ("预算500万元，支出685.5万元，执行率97.1%。", False),
    ],
)
def test_one_digit_may_account_for_a_rate(text: str, *, expected: bool) -> None:
    whole, part, rate = claims(text)

    assert misprinted(rate, part, whole) is expected


@given(st.integers(2001, 2999))
def test_more_than_there_was_is_told_where_one_digit_is_wrong(funds: int) -> None:
    text = f"下达资金{funds}.5万元，实际支出{funds + 1000}.5万元，执行率100%。"

    assert rules(text) == rules(in_yuan(text)) == ["NARR-004"]
    assert shows(findings(text), text, "100%")
