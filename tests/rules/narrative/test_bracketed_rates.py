"""Rates that a bracket tells, or what they are rates of."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import passage, rules, stated, words
from validator.rules.narrative.bracketed_rates import bracketed_rates


def told(text: str) -> list[tuple[object, object, object]]:
    one = passage(text)
    found = stated(bracketed_rates(one, one.claims, words()))
    return [(names["rate"], names["numerators"], names["denominators"]) for _, names in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15个项目已完成8个（53%）。", [("53%", ["8个"], ["15个"])]),
        ("15个项目已完成8个（63%）。", [("63%", ["8个"], ["15个"])]),
        ("新增32060户，完成省定任务（14000户）的229%。", [("229%", ["32060户"], ["14000户"])]),
        ("修路86.4公里，完成率138%（计划80公里）；衬砌12公里。", [("138%", ["86.4公里"], ["80公里"])]),
        ("修路86.4公里，完成率108%（上年计划80公里）。", []),
        ("修路86.4公里，完成率108%，计划80公里。", []),
        ("修路86.4公里，完成率108%（计划80万元）。", []),
        ("15个项目，已完成8个（53%）。", []),
        ("15个项目已完成8户（53%）。", []),
        ("15个项目已完成8个（占53%）。", []),
        ("15个项目已完成8个，53%。", []),
        ("上年15个项目已完成8个（53%）。", []),
        ("15个项目已完成约8个（53%）。", []),
        ("0个项目已完成8个（53%）。", []),
        ("新增32060户，涉及乡镇（14000户）的229%。", []),
        ("计划新增32060户，完成省定任务（14000户）的229%。", []),
    ],
)
def test_a_nameless_rate_is_of_what_was_done_or_of_the_task(text: str, expected: object) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15个项目已完成8个（53%）。", []),
        ("15个项目已完成8个（63%）。", ["NARR-004"]),
        ("新增32060户，完成省定任务（14000户）的229%。", []),
        ("新增32060户，完成省定任务（14000户）的239%。", ["NARR-004"]),
    ],
)
def test_only_a_rate_that_does_not_follow_is_told(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接待费3.00万元，比上年减少1.00万元（25%）。", []),
        ("接待费3.00万元，比上年减少1.00万元（33.33%）。", ["NARR-005"]),
        ("接待费6.00万元，比上年增加1.00万元（20%）。", []),
        ("接待费6.00万元，比上年增加1.00万元（16.67%）。", ["NARR-005"]),
        ("上年接待费6.00万元，减少1.00万元（20%）。", []),
        ("接待费预算6.00万元，支出比预算减少1.00万元（20%）。", []),
        ("接待费6.00万元，其中会议费比上年增加1.00万元（80%）。", []),
        ("接待费6.00万元，比上年增加1.00万元（占80%）。", []),
        ("接待费6.00万元，比上年增加0万元（0%）。", []),
        ("接待费6.00万元，12批，比上年增加1.00万元（30%）。", []),
    ],
)
def test_a_nameless_rate_behind_a_change_is_how_much_the_figure_changed(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
