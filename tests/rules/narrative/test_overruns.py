"""What was spent above what was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import claims, in_yuan, rules, stated, words
from validator.rules.narrative.overruns import overruns


def told(text: str) -> list[tuple[object, object, object]]:
    return [(names["stated"], names["实际"], names["计划"]) for _, names in stated(overruns(claims(text), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年初安排护林补助80万元，实际发放95万元，超出预算金额15万元。", [("15万元", "95万元", "80万元")]),
        ("年初安排护林补助80万元，实际发放95万元，超支12万元。", [("12万元", "95万元", "80万元")]),
        (
            "东乡申请护林补助80万元，巡河补助9万元；发放护林补助95万元，超出预算14万元；发放巡河补助11万元，超出预算2万元。",
            [("14万元", "95万元", "80万元"), ("2万元", "11万元", "9万元")],
        ),
        (
            "东乡申请护林补助80万元，巡河补助9万元；实际支付95万元，超出预算15万元。",
            [("15万元", "95万元", "80万元")],
        ),
        ("东乡申请护林补助80万元，巡河补助9万元；实际支付95万元，超出预算11万元。", []),
        ("上年安排护林补助80万元，实际发放95万元，超出预算金额15万元。", []),
        ("护林补助80万元，实际发放95万元，超出预算金额15万元。", []),
        ("年初安排护林补助80万元，实际发放95万元，工作有序，覆盖三乡，超出预算金额15万元。", []),
        ("年初安排护林员80人，实际发放95万元，超出预算金额15万元。", []),
        ("年初安排护林补助约80万元，实际发放95万元，超出预算金额15万元。", []),
        ("超出预算金额15万元。", []),
        ("全年安排资金80万元，护路支出30万元，超出预算5万元。", []),
        ("全年安排护林资金80万元，巡河支出95万元，超出预算5万元。", []),
    ],
)
def test_an_overrun_is_that_of_the_figure_before_it_above_the_plan_of_its_name(text: str, expected: object) -> None:
    assert told(text) == expected


@given(st.integers(1000, 9999), st.integers(100, 900), st.sampled_from((0, 7)))
def test_only_an_overrun_that_does_not_follow_is_told(plan: int, over: int, off: int) -> None:
    text = f"年初安排护林补助{plan}.00万元，实际发放护林补助{plan + over}.00万元，超出预算{over + off}.00万元。"

    assert rules(text) == rules(in_yuan(text)) == (["NARR-006"] if off else [])
