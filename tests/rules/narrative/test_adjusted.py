"""Budgets that are adjusted line by line."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

LINES = (
    "收入预算由5320万元调整为5874万元，调增554万元。\n主要事项是：\n"
    "1.本级收入由2140万元调整为2175万元，调增35万元。\n"
    "一是税收收入由1610万元调整为1660万元，调增50万元，主要是契税增加。\n"
    "二是非税收入由530万元调整为515万元，调减15万元。\n"
    "2.补助收入由3180万元调整为3699万元，调增519万元。\n"
)


def told(text: str) -> list[str]:
    report = check(text.encode(), name="a.txt")
    return [f"{one.rule} {one.outcome.value}" for one in report.checks if one.rule in ("NARR-001", "NARR-022")]


def test_a_line_is_what_those_below_make_before_and_after() -> None:
    assert rules(LINES) == []
    assert set(told(LINES)) == {"NARR-001 pass", "NARR-022 pass"}
    assert told(LINES).count("NARR-001 pass") >= 4
    assert told(LINES).count("NARR-022 pass") == 2


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("由5320万元", "由5230万元"), ("为1660万元", "为1606万元"), ("由530万元", "由350万元"), ("调增519万元", "调增591万元")],
)
def test_a_wrong_figure_of_one_column_is_found(right: str, wrong: str) -> None:
    assert rules(LINES.replace(right, wrong)) != []


@pytest.mark.parametrize(
    "text",
    [
        # some of the lines only
        LINES.replace(
            "2.补助收入由3180万元调整为3699万元，调增519万元。\n", "2.债务收入由180万元调整为200万元，调增20万元。\n"
        ),
        # counts among amounts
        "编制由120名调整为130名，调增10名。\n甲科由20名调整为25名，调增5名。\n乙科由30名调整为35名，调增5名。",
    ],
)
def test_lines_that_leave_a_rest_accuse_nothing(text: str) -> None:
    assert rules(text) == []
