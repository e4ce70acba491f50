"""Rates of what was done of a plan of the same name."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import read, rules, texts, words
from validator.rules.narrative.namesakes import of_namesake


def over(text: str) -> tuple[list[str], list[str]] | None:
    """Return what over what the last rate of a text is, by what is told before its sentence and in it."""
    told = [claim for passage in read(text) for claim in passage.claims]
    n, rate = next((n, claim) for n, claim in reversed(list(enumerate(told))) if claim.dimension == "ratio")
    before = [claim for claim in told[:n] if claim.sentence == rate.sentence]
    earlier = [claim for claim in told[:n] if claim.kind == "level" and claim.sentence < rate.sentence]
    pair = of_namesake(rate, before, earlier, words())
    return (texts(pair[0]), texts(pair[1])) if pair else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("计划500亩：甲村300亩，乙村200亩。甲村完成285亩，占计划的98%。", (["285亩"], ["300亩"])),
        ("预算500万元，其中甲科室300万元，乙科室200万元。乙科室支出190万元，执行率98%。", (["190万元"], ["200万元"])),
        ("总投资500万元，其中建安投资400万元。建安投资完成380万元，占计划的98%。", (["380万元"], ["400万元"])),
        ("计划500亩：甲村300亩，乙村200亩。丙村完成285亩，占计划的98%。", None),
        ("计划500亩：甲村300亩，乙村200亩。完成285亩，占计划的98%。", None),
        ("计划500亩：甲村300亩，甲村200亩。甲村完成285亩，占计划的98%。", None),
        ("计划500亩：上年甲村300亩，乙村200亩。甲村完成285亩，占计划的98%。", None),
        ("计划500亩：甲村300户，乙村200户。甲村完成285亩，占计划的98%。", None),
        ("计划500亩：甲村300亩，乙村200亩。甲村完成285亩，占全县计划的8%。", None),
        ("预算500万元，其中甲科室300万元，乙科室200万元。甲科室支出310万元，执行率98%。", None),
        ("预算500万元，其中甲科室300万元，乙科室200万元。甲科室利息2万元，甲科室支出290万元，执行率98%。", None),
        ("甲村完成300亩，乙村完成200亩。甲村完成285亩，占计划的98%。", None),
    ],
)
def test_what_was_done_is_of_the_one_figure_of_its_name(text: str, expected: object) -> None:
    assert over(text) == expected


@pytest.mark.parametrize(("rate", "expected"), [("95%", []), ("97%", ["NARR-004"]), ("57%", [])])
def test_a_rate_that_another_figure_gives_is_left_alone(rate: str, expected: list[str]) -> None:
    """Of all 500 it is 57 %."""
    assert rules(f"计划500亩：甲村300亩，乙村200亩。甲村完成285亩，占计划的{rate}。") == expected
