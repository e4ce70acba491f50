"""For how many months a balance lasts, told in prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.narrative.telling import read, rules, stated, words
from validator.pipeline import check
from validator.rules.load import load_ruleset
from validator.rules.narrative.paid_months import months

TEXT = "2023年，职工医保统筹基金支出{spent}亿元，{more}年末统筹基金累计结余8.50亿元，可支付月数{months}个月。"


def test_the_balance_and_all_spending_of_its_account_are_told() -> None:
    text = TEXT.format(spent="10.20", more="月均支出0.86亿元，", months="9.9")
    ((kind, names),) = stated(months(read(text), words()))

    assert kind == "months"
    assert {"stated", "balance", "monthly"} <= names.keys()
    assert (names["balance"], names["monthly"]) == ("8.50亿元", "0.86亿元")


def test_without_a_balance_or_spending_there_are_no_months() -> None:
    assert list(months(read("年末统筹基金累计结余8.50亿元，可支付月数9.9个月。"), words())) == []
    assert list(months(read("职工医保统筹基金支出10.20亿元，可支付月数9.9个月。"), words())) == []


@pytest.mark.parametrize(
    ("more", "months"),
    [
        ("", "10.0"),
        ("其中12月当月统筹基金支出1.00亿元，", "8.5"),
        ("月均支出0.86亿元，", "9.9"),
        ("次年统筹基金支出预算11.00亿元，", "9.3"),
    ],
    ids=["the year", "the last month", "a stated average", "next year's budget"],
)
def test_any_of_the_definitions_may_give_the_months(more: str, months: str) -> None:
    assert rules(TEXT.format(spent="10.20", more=more, months=months)) == []
    assert rules(TEXT.format(spent="10.20", more=more, months="7.3")) == ["NARR-012"]


def test_spending_of_all_funds_is_not_that_of_the_one_whose_balance_is_told() -> None:
    text = "全市基金总支出20.00亿元，" + TEXT.format(spent="10.20", more="", months="{}")

    assert rules(text.format("10.0")) == []
    assert rules(text.format("5.1")) == ["NARR-012"]


def test_an_office_says_which_definition_counts(tmp_path: Path) -> None:
    text = TEXT.format(spent="10.20", more="次年统筹基金支出预算11.00亿元，", months="9.3").encode()
    folder = tmp_path / "common"
    folder.mkdir()
    (folder / "parameters.yaml").write_text(
        "可支付月数口径:\n  en: months_definitions\n  value: [当年月均支出]\n  basis: 本市口径\n", encoding="utf-8"
    )
    strict = load_ruleset(tmp_path, extends=True)

    assert [f.rule for f in check(text, name="a.txt").findings] == []
    found = check(text, name="a.txt", ruleset=strict).findings
    assert [(f.rule, f.expected) for f in found] == [("NARR-012", "10.0个月")]
