"""What is left of both sides of an account once one is set off against the other."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules


@pytest.mark.parametrize(
    "text",
    [
        "收入合计640万元。\n支出合计512万元。\n收支相抵，年终结余158万元。",
        "收入80万元，上级补助收入40万元，上年结余20万元，支出96万元。\n收支相抵，年终结余54万元。",
        "收入合计16.42亿元，支出合计15.31亿元。结转下年1.41亿元。",
    ],
)
def test_what_is_left_is_what_came_less_what_went(text: str) -> None:
    assert rules(text) == ["NARR-007"]


@pytest.mark.parametrize(
    "text",
    [
        "收入合计640万元。\n支出合计512万元。\n收支相抵，年终结余128万元。",
        "收入80万元，上级补助收入40万元，上年结余20万元，支出96万元。\n收支相抵，年终结余44万元。",
        # what else may have come or gone
        "收入合计640万元。\n支出合计512万元。\n上解支出20万元。\n收支相抵，年终结余108万元。",
        "上年结余30万元，收入合计640万元。\n支出合计512万元。\n收支相抵，年终结余158万元。",
        "收入总计640万元，支出总计640万元。\n收支相抵，年终结余58万元。",
        "收入80万元，调入资金40万元，支出96万元。\n收支相抵，年终结余54万元。",
        # no word says so, and more than one digit is other
        "收入合计16.42亿元，支出合计15.31亿元。结转下年1.36亿元。",
    ],
)
def test_what_else_may_have_come_or_gone_accuses_nothing(text: str) -> None:
    assert rules(text) == []
