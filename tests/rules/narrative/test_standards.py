"""Standards per head and who pays them."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, rules, words, written
from validator.rules.narrative.standards import standards

STANDARD = "人均补助标准{}元，其中中央320元、省级200元、县级120元。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STANDARD.format(640), "total"),
        (STANDARD.format(600), "part"),
        (STANDARD.format(680), "rest"),
        (STANDARD.format(900), ""),
        (STANDARD.format(640).replace("、省级200元、县级120元", ""), ""),
        (STANDARD.format(600).replace("省级", "中央"), ""),
        (STANDARD.format(600).replace("省级", "门诊"), ""),
        (STANDARD.format(600).replace("省级200元", "省级200人"), ""),
        (STANDARD.format(600).replace("，其中", "；其中"), ""),
        (STANDARD.format(600).replace("其中", ""), ""),
        (STANDARD.format(600).replace("人均", "上年人均"), ""),
    ],
)
def test_what_several_pay_of_a_standard_makes_it(text: str, expected: str) -> None:
    found = written(standards(claims(text), words()))

    assert [kind for kind, _, _ in found] == [expected] * bool(expected)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2023年居民医保人均筹资标准1020元，其中财政补助640元，个人缴费380元。", []),
        ("2023年居民医保人均筹资标准1020元，其中财政补助680元，个人缴费380元。", ["NARR-003"]),
        ("户均补助标准2.8万元，其中中央财政2万元、省财政0.5万元、县财政0.3万元，共补助120户。", []),
        ("人均支出640元，其中中央单位700元，地方单位600元。", []),
    ],
)
def test_only_a_standard_that_its_shares_exceed_is_told(text: str, told: list[str]) -> None:
    assert rules(text) == told
