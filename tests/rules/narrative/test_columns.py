"""Lists that tell several figures of each item."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import passage, rules, words, written
from validator.rules.narrative.columns import columns

ABOVE = "重点项目总投资2900亿元，年度计划投资560亿元"
BELOW = (
    "在建项目总投资1300亿元，年度计划投资330亿元；新开工项目总投资500亿元，年度计划投资190亿元；"
    "预备项目总投资1100亿元，年度计划投资40亿元。"
)


def told(text: str) -> list[tuple[str, str, list[str]]]:
    one = passage(text)
    return written(columns([claims for _, claims in one.by_sentence if len(claims) > 1], words()))


PLANS = ("total", "560亿元", ["330亿元", "190亿元", "40亿元"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ABOVE}，其中{BELOW}", [PLANS]),
        (f"{ABOVE}。其中：{BELOW}", [PLANS]),
        (f"{ABOVE}。{BELOW}", []),
        (f"{ABOVE}，其中{BELOW}".replace("330", "430"), []),
        (f"总投资约2900亿元，年度计划投资约560亿元，其中{BELOW}", []),
        ("年度计划投资560亿元，其中在建项目年度计划投资560亿元。", []),
    ],
)
def test_figures_of_one_name_are_added_up_where_they_are_all_there_is(text: str, expected: object) -> None:
    assert told(text) == expected


COLUMNS = "甲类项目3个，投资{a}万元，支出{c}万元；乙类项目5个，投资{b}万元，支出{d}万元。"


@given(st.integers(1000, 9000), st.integers(1000, 9000), st.integers(100, 900), st.integers(100, 900), st.sampled_from((0, 50)))
def test_a_column_that_adds_up_bears_the_others_out(a: int, b: int, c: int, d: int, off: int) -> None:
    text = f"全县项目投资{a + b}万元，支出{c + d + off}万元，其中" + COLUMNS.format(a=a, b=b, c=c, d=d)

    assert bool(rules(text)) is bool(off)
