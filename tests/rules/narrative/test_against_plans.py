"""Changes against a plan that is told beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import claims, in_yuan, rules, stated, words
from validator.rules.narrative.against_plans import against_plans


def told(text: str) -> list[tuple[object, object, object]]:
    return [(names["stated"], names["formula"], names["计划"]) for _, names in stated(against_plans(claims(text), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年初预算1000万元，决算1150万元，比年初预算增加160万元。", [("160万元", "实际 - 计划", "1000万元")]),
        ("年初预算1000万元，决算900万元，比年初预算减少160万元。", [("160万元", "计划 - 实际", "1000万元")]),
        (
            "支出预算36万元，支出决算31万元，完成预算的86.11%，决算数比预算数减少4万元。",
            [("4万元", "计划 - 实际", "36万元")],
        ),
        ("支出预算36万元，支出决算31万元，工作有序，决算数比预算数减少4万元。", []),
        ("决算1150万元，比年初预算增加160万元。", []),
        ("调整预算1000万元，决算1150万元，比年初预算增加160万元。", []),
        ("年初预算1000万元，决算1150户，比年初预算增加160万元。", []),
        ("上年年初预算1000万元，决算1150万元，比年初预算增加160万元。", []),
        ("年初预算1000万元，年初预算800万元，决算1150万元，比年初预算增加160万元。", []),
        ("年初预算1000万元，工作有序，各方满意，决算1150万元，比年初预算增加160万元。", []),
        ("年初预算1000万元，决算1150万元，比上年增加160万元。", []),
        ("年初预算1000万元，决算1150万元，比年初预算增加约160万元。", []),
    ],
)
def test_a_change_names_the_one_plan_that_it_is_against(text: str, expected: object) -> None:
    assert told(text) == expected


@given(st.integers(1000, 9999), st.integers(100, 900), st.booleans(), st.sampled_from((0, 7)))
def test_only_a_change_that_does_not_follow_is_told(plan: int, change: int, more: bool, off: int) -> None:
    done = plan + change if more else plan - change
    text = f"年初预算{plan}.00万元，决算{done}.00万元，比年初预算{'增加' if more else '减少'}{change + off}.00万元。"

    assert rules(text) == rules(in_yuan(text)) == (["NARR-006"] if off else [])
