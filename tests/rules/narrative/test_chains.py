"""Rates of one step over a step before it."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import claims, in_yuan, rules, texts, words
from validator.rules.narrative.chains import in_chain


def over(text: str) -> tuple[list[str], list[str]] | None:
    """Return what over what the last rate of a text is."""
    told = claims(text)
    n, rate = next((n, claim) for n, claim in reversed(list(enumerate(told))) if claim.kind == "rate")
    pair = in_chain(rate, told[:n], words())
    return (texts(pair[0]), texts(pair[1])) if pair else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合同金额500万元，合同支付400万元，合同支付率70%。", (["400万元"], ["500万元"])),
        ("资金600万元，合同金额500万元，合同支付400万元，合同支付率70%。", (["400万元"], ["500万元"])),
        ("合同金额500户，合同支付400万元，合同支付率70%。", None),
        ("合同金额500万元，合同支付400万元，合同支付50万元，合同支付率70%。", None),
        ("合同金额500万元，合同支付400万元，上年合同支付率70%。", None),
        ("上年合同金额500万元，合同支付400万元，合同支付率70%。", None),
        ("合同金额500万元，合同未支付400万元，合同支付率70%。", None),
        ("合同金额500万元，其中合同支付400万元，合同支付率70%。", None),
        ("合同金额500万元，合同支付400万元，利息2万元，合同支付率70%。", None),
        ("合同金额300万元，合同支付400万元，合同支付率70%。", None),
        ("合同金额500万元，合同支付400万元，工作有序，各方满意，成效显著，合同支付率70%。", None),
        ("合同支付400万元，合同支付率70%。", None),
        ("合同金额500万元，合同支付约400万元，合同支付率70%。", None),
    ],
)
def test_a_step_is_of_the_one_that_the_name_of_the_rate_tells(text: str, expected: object) -> None:
    assert over(text) == expected


def test_only_a_rate_that_does_not_follow_is_told_in_any_unit() -> None:
    text = "合同金额500万元，合同支付400万元，合同支付率{}%。"

    assert rules(text.format(80)) == rules(in_yuan(text.format(80))) == []
    assert rules(text.format(70)) == rules(in_yuan(text.format(70))) == ["NARR-004"]
