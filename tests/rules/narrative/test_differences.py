"""Rates of what two figures differ by."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, rules, texts, words
from validator.rules.narrative.differences import of_difference


def over(text: str) -> tuple[list[str], list[str]] | None:
    """Return what over what the last rate of a text is."""
    told = claims(text)
    n, rate = next((n, claim) for n, claim in reversed(list(enumerate(told))) if claim.kind == "rate")
    pair = of_difference(rate, told[:n], words())
    return (texts(pair[0]), texts(pair[1])) if pair else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("送审400万元，审定380万元，审减20万元，审减率7%。", (["20万元"], ["400万元"])),
        ("供水100万吨，售水88万吨，漏损12万吨，漏损率16%。", (["12万吨"], ["100万吨"])),
        ("资产评估值500万元，成交价550万元，增值50万元，增值率15%。", (["50万元"], ["500万元"])),
        ("采购预算800万元，实际采购760万元，共节约资金40万元，节约率2%。", (["40万元"], ["800万元"])),
        ("送审400万元，审定370万元，审减20万元，审减率7%。", None),
        ("送审400万元，审定20万元，审减380万元，审减率7%。", None),
        ("发现隐患500处，当场整改300处，限期整改200处，整改率98%。", None),
        ("下达资金500万元，扣除质保金25万元，已支付475万元，支付率100%。", None),
        ("全县资金500万元，县级310万元，乡镇结余190万元，结余率14%。", None),
        ("上年送审400万元，审定380万元，审减20万元，审减率7%。", None),
        ("送审400万元，审定380万元，审减20万元，上年审减率7%。", None),
        ("审定380万元，审减20万元，审减率7%。", None),
        ("送审400万元，审定380万元，审减20个，审减率7%。", None),
        ("送审400万元，审定约380万元，审减20万元，审减率7%。", None),
    ],
)
def test_a_difference_told_in_the_word_of_the_rate_is_of_the_first_figure(text: str, expected: object) -> None:
    assert over(text) == expected


@pytest.mark.parametrize("rate", ["12%", "13.64%"])
def test_a_rate_over_either_figure_is_right(rate: str) -> None:
    assert rules(f"供水100万吨，售水88万吨，漏损12万吨，漏损率{rate}。") == []


def test_a_rate_over_neither_is_told() -> None:
    assert rules("供水100万吨，售水88万吨，漏损12万吨，漏损率16%。") == ["NARR-004"]


@pytest.mark.parametrize("name", ["实际淘汰率", "综合淘汰率", "资产淘汰率"])
def test_a_rate_with_more_in_its_name_is_left_alone(name: str) -> None:
    assert rules(f"报名800人，录取760人，淘汰40人，{name}4.8%。") == []
