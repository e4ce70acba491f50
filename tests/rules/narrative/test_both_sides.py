"""Changes of both sides of an account, told behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, in_yuan, read, rules, shows, stated, words
from validator.rules.narrative.both_sides import both_sides

ACCOUNT = "收入总计650.5万元，其中：本年收入合计640.5万元，年初结转和结余10万元。"
SPENT = "支出总计650.5万元，其中：本年支出合计630.5万元，年末结转和结余20万元。"
CHANGE = "收入支出总体与上年相比，增加50.5万元，增长8.42%，主要是人员增加。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ACCOUNT}\n{SPENT}\n{CHANGE}", "650.5万元"),
        (f"{ACCOUNT}{SPENT}{CHANGE}", "650.5万元"),
        (f"{ACCOUNT}\n{CHANGE}", "650.5万元"),
        (f"2023年度{ACCOUNT}\n收支总计与上年相比，减少50.5万元，下降7.2%。", "650.5万元"),
        (f"财政拨款{ACCOUNT}\n财政拨款{CHANGE}", "650.5万元"),
        (f"{ACCOUNT}\n收支较上年决算数减少50.5万元，下降7.2%。", "650.5万元"),
        (f"{ACCOUNT}\n收支平衡，比上年增加50.5万元，增长8.42%。", None),
        (f"{ACCOUNT}\n政府性基金收支较上年减少50.5万元，下降7.2%。", None),
        (f"财政拨款{ACCOUNT}\n{CHANGE}", None),
        (f"{ACCOUNT}\n财政拨款{CHANGE}", None),
        (f"{ACCOUNT}\n支出总计640.5万元。\n{CHANGE}", None),
        (f"{ACCOUNT}\n一。\n设备2台，价款3万元。\n人员2人，车1辆。\n会议2次，培训1次。\n{CHANGE}", None),
        (f"{ACCOUNT}\n收入支出总体与上年相比，增长8.42%，增加50.5万元。", None),
        (f"{ACCOUNT}\n收入支出总体平稳，增加50.5万元，支出下降8.42%。", None),
        (f"{ACCOUNT}\n收入支出总体平稳，财政拨款增加50.5万元，增长9.42%。", None),
        (f"{ACCOUNT}\n收入支出总体与上年相比，增加750.5万元，增长8.42%。", None),
        (CHANGE, None),
    ],
)
def test_both_sides_change_by_a_rate_of_their_common_total(text: str, expected: str | None) -> None:
    found = stated(both_sides(read(text), (), words()))

    assert [names["本期"] for _, names in found] == ([expected] if expected else [])


def test_what_is_told_already_is_not_told_again() -> None:
    text = f"{ACCOUNT}\n{CHANGE}"
    (first,) = both_sides(read(text), (), words())

    assert first.place.pointer is not None
    assert list(both_sides(read(text), {first.place.pointer.path}, words())) == []


@given(st.integers(200, 900), st.integers(1, 50), st.sampled_from((0, 3)))
def test_only_a_rate_that_does_not_follow_is_told(before: int, percent: int, off: int) -> None:
    now = before * (100 + percent)
    text = f"收入总计{now}.00万元。收入支出总体与上年相比，增加{before * percent}.00万元，增长{percent + off}.00%。"

    assert rules(text) == rules(in_yuan(text)) == (["NARR-005"] if off else [])
    assert shows(findings(text), text, f"{percent + off}.00%") is bool(off)
