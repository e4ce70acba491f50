"""Parts of a total that numbered paragraphs tell again."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

LIST = "全年收入3842.75万元，其中：财政补助收入2416.38万元，事业收入1187.42万元，其他收入238.95万元。\n"
ITEMS = (
    "①财政补助收入：本年度本院财政补助收入共计{}万元，均为基本支出补助。\n"
    "②本年度事业收入为{}万元，主要是检测费。\n③其他收入：{}万元。"
)


def told(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [one.outcome.value for one in report.checks if one.rule == "NARR-013"]


def test_each_paragraph_tells_its_part_again() -> None:
    text = LIST + ITEMS.format("2416.38", "1187.42", "238.95")
    assert rules(text) == []
    assert told(text) == ["pass"] * 3


@pytest.mark.parametrize("figures", [("2461.38", "1187.42", "238.95"), ("2416.38", "1178.42", "238.95")])
def test_a_slip_is_found(figures: tuple[str, ...]) -> None:
    assert rules(LIST + ITEMS.format(*figures)) == ["NARR-013"]


@pytest.mark.parametrize(
    "text",
    [
        # more than a slip: of another time, or a part of it
        LIST + "①财政补助收入：本年度安排基建补助1900.00万元。",
        # last year
        LIST + "①财政补助收入：上年财政补助收入2461.38万元。",
        # no paragraph of its own
        LIST + "2028年财政补助收入2461.38万元。",
        # the list doesn't add up to anything
        "财政补助收入2416.38万元。\n①财政补助收入：基本支出补助2461.38万元。",
    ],
)
def test_other_paragraphs_accuse_nothing(text: str) -> None:
    assert rules(text) == []
