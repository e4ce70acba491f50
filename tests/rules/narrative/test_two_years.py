"""Changes of figures that two paragraphs tell, one for each year."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

YEARS = (
    "2029年度两项经费预算合计56.40万元，其中：会议费21.15万元，培训费35.25万元。\n"
    "2028年度两项经费决算合计50.30万元，其中：会议费24.10万元，培训费26.20万元。\n"
)
CHANGES = "会议费较上年减少{}万元，下降{}%；培训费较上年增加{}万元，增长{}%。"


def told(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [f"{one.rule} {one.outcome.value}" for one in report.checks if one.rule in ("NARR-005", "NARR-006")]


def test_each_change_is_that_of_the_two_years() -> None:
    text = YEARS + CHANGES.format("2.95", "12.24", "9.05", "34.54")
    assert rules(text) == []
    assert told(text).count("NARR-006 pass") == 2
    assert told(text).count("NARR-005 pass") == 2


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (("2.59", "10.75", "9.05", "34.54"), ["NARR-006"]),
        (("2.95", "12.24", "9.05", "35.44"), ["NARR-005"]),
    ],
    ids=["change", "rate"],
)
def test_a_wrong_one_is_found(changes: tuple[str, ...], found: list[str]) -> None:
    assert found[0] in rules(YEARS + CHANGES.format(*changes))


@pytest.mark.parametrize(
    "text",
    [
        # none of them follows: they are reckoned from the budgets of the year before, which nobody tells
        YEARS + CHANGES.format("3.95", "15.74", "8.05", "29.60"),
        # another name
        YEARS + "差旅费较上年减少2.59万元，下降10.75%；培训费较上年增加9.05万元，增长34.54%。",
        # since the budget, and not since the year before
        YEARS + "会议费较年初预算减少2.59万元；培训费较上年增加9.05万元，增长34.54%。",
        # a year has two values of the name
        YEARS + "2029年会议费5.20万元。\n" + "2028年会议费3.20万元。\n" + CHANGES.format("2.59", "10.75", "9.05", "34.54"),
        # far from what the two years make: something else has changed
        YEARS + CHANGES.format("1.20", "8.75", "9.05", "34.54"),
    ],
    ids=["other base", "other name", "since the budget", "two of the name", "far off"],
)
def test_other_changes_accuse_nothing(text: str) -> None:
    assert rules(text) == []
