"""A row with one part that has figures is held to it, where others of its figures show that they are the same."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults, sums
from validator.model.finding import Outcome

ACCOUNT = """
项目|预算数|调整数|执行数|上年数
一、收入合计|733100.72|743200.72|378574.33|143987.83
（一）本级收入小计|733100.72|743200.72|378574.33|143987.83
（二）上级补助收入|0|0|0|
（三）下级上解收入|||0|
二、支出合计|5000|6000|7000|8000
"""


def test_each_figure_is_held_to_that_of_the_only_part() -> None:
    assert ("378574.33", ["378574.33"]) in sums(ACCOUNT)
    assert faults(ACCOUNT) == []
    assert all(e.check.outcome is Outcome.PASS for e in checks(ACCOUNT) if e.check.rule == "GEN-001")


@pytest.mark.parametrize("wrong", ["378754.33", "3785.74"])
def test_the_one_that_differs_is_found(wrong: str) -> None:
    text = ACCOUNT.replace("378574.33", wrong, 1)
    assert [rule for rule, _ in faults(text)] == ["GEN-001"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("（二）上级补助收入|0|0|0|", "（二）上级补助收入|10|0|0|"),
        ("（二）上级补助收入|0|0|0|", "其中：上级补助收入|0|0|0|"),
        ("378574.33|143987.83\n（一）", "378575.33|143978.83\n（一）"),
    ],
    ids=["another part", "a list that may lack rows", "two differ"],
)
def test_others_are_held_to_nothing(old: str, new: str) -> None:
    assert old in ACCOUNT
    text = ACCOUNT.replace(old, new).replace("378574.33", "378754.33", 1)
    assert faults(text) == []


def test_short_figures_may_be_the_same_by_chance() -> None:
    short = "项目|甲|乙|丙|丁\n一、收入|10|12|14|15\n（一）税收|10|12|14|16\n（二）非税||||\n"
    assert faults(short) == []
