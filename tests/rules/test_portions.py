"""Rates of several columns together, in all rows but few."""

from __future__ import annotations

import pytest

from tests.rules.relating import checks, faults
from validator.model.finding import Outcome

SURVEY = """
地区|样本数|非常满意|满意|不满意|满意率
东区|400|250|132|18|95.50%
西区|380|221|139|20|94.74%
南区|420|268|135|17|95.95%
北区|350|190|140|20|94.29%
中区|390|240|130|20|94.87%
全市|1940|1169|676|95|95.10%
"""
QUALITY = """
类别|优|良|中|差|总数|优良率（%）
甲|12|18|5|1|36|83.3
乙|20|22|6|2|50|84.0
丙|9|11|4|1|25|80.0
丁|15|30|8|4|57|78.9
戊|11|19|7|3|40|75.0
"""


def outcomes(text: str) -> list[Outcome]:
    """Return what came of each check of such a rate."""
    return [e.check.outcome for e in checks(text) if e.check.rule == "GEN-020"]


@pytest.mark.parametrize(
    ("text", "right", "wrong"), [(SURVEY, "94.74%", "97.44%"), (SURVEY, "95.10%", "91.50%"), (QUALITY, "80.0", "90.0")]
)
def test_the_one_that_differs_is_told(text: str, right: str, wrong: str) -> None:
    assert faults(text) == []
    assert set(outcomes(text)) == {Outcome.PASS}
    assert faults(text.replace(right, wrong)) == [("GEN-020", wrong)]


def test_few_rows_are_shown_and_accuse_none() -> None:
    few = "\n".join(SURVEY.strip().split("\n")[:4]) + "\n"
    assert outcomes(few) == [Outcome.PASS] * 3
    assert outcomes(few.replace("94.74%", "97.44%")) == []


def test_rates_of_other_things_say_nothing() -> None:
    text = SURVEY
    for wrong, right in (("95.50", "81.20"), ("94.74", "77.31"), ("95.95", "90.12"), ("94.29", "64.05")):
        text = text.replace(wrong, right)
    assert outcomes(text) == []


def test_a_rate_that_two_columns_explain_needs_no_guess() -> None:
    text = "项目|甲|乙|计划|完成|完成率\n一|3|5|10|8|80%\n二|4|5|12|9|75%\n三|2|4|8|6|75%\n四|7|2|20|9|45%\n"
    assert outcomes(text) == []
    assert "GEN-011" in {e.check.rule for e in checks(text)}


def test_two_ways_to_the_same_rates_leave_it_open() -> None:
    text = "项目|总数|甲|乙|丙|丁|比率\n"
    text += "一|40|10|12|10|12|55.0%\n二|50|12|18|12|18|60.0%\n三|80|20|24|20|24|55.0%\n四|60|15|30|15|30|75.0%\n"
    assert outcomes(text) == []
