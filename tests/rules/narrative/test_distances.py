"""How far a rate is from its standard."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import passage, rules, stated, words
from validator.rules.narrative.distances import distances


def told(text: str) -> list[tuple[object, object, object]]:
    one = passage(text)
    found = stated(distances(one, one.claims, words()))
    return [(names["stated"], names["formula"], names["标准"]) for _, names in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参保率88.56%，低于95%的目标7.44个百分点。", [("7.44个百分点", "标准 - 实际", "95%")]),
        ("参保率98.56%，高于95%的目标7.44个百分点。", [("7.44个百分点", "实际 - 标准", "95%")]),
        ("目标参保率95%，实际参保率96%，高于目标2个百分点。", [("2个百分点", "实际 - 标准", "95%")]),
        ("目标参保率95%，实际参保率94%，低于目标2个百分点。", [("2个百分点", "标准 - 实际", "95%")]),
        ("目标投诉率5%，实际投诉率3%，优于目标2个百分点。", [("2个百分点", "标准 - 实际", "5%")]),
        ("目标参保率95%，实际参保率96%，优于目标2个百分点。", [("2个百分点", "实际 - 标准", "95%")]),
        ("参保率88.56%，低于95%的目标，满意度提高7.44个百分点。", []),
        ("参保率88.56%，低于95%的目标7.44个百分点，较上年提高1个百分点。", [("7.44个百分点", "标准 - 实际", "95%")]),
        ("参保率88.56%，95%的目标7.44个百分点。", []),
        ("覆盖率95%，实际参保率96%，高于目标2个百分点。", []),
        ("目标参保率95%，工作有序，实际参保率96%，高于目标2个百分点。", []),
        ("约88.56%，低于95%的目标7.44个百分点。", []),
    ],
)
def test_a_distance_is_between_a_rate_and_the_standard_beside_it(text: str, expected: object) -> None:
    assert told(text) == expected


@given(st.integers(6000, 9000), st.integers(1, 900), st.sampled_from((0, 5)))
def test_only_a_distance_that_does_not_follow_is_told(rate: int, apart: int, off: int) -> None:
    standard, distance = Decimal(rate + apart) / 100, Decimal(apart + off) / 100
    text = f"参保率{Decimal(rate) / 100:.2f}%，低于{standard:.2f}%的目标{distance:.2f}个百分点。"

    assert rules(text) == (["NARR-006"] if off else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出2.05万元，年初预算2.95万元，差值为0.9万元。", []),
        ("支出2.95万元，年初预算2.05万元，差值为0.9万元。", []),
        ("支出2.05万元，年初预算2.95万元，差值为0.8万元。", ["NARR-006"]),
        ("支出2.05万元，年初预算2.95万元，用于接待，差值为0.8万元。", []),
        ("支出2.05万元，接待12批，差值为0.8万元。", []),
        ("支出2.05万元，约2.95万元，差值为0.8万元。", []),
    ],
)
def test_a_gap_is_between_the_two_figures_right_before_it_whichever_is_larger(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
