"""Spellings in brackets behind characters, and characters written in the traditional way."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import passage, rules
from validator.facts.claims.glosses import without_glosses
from validator.pipeline import check

GLOSSED = "全縣(xiàn)完成收入520萬(wàn)元，其中：稅(shuì)收300萬(wàn)元，非稅(shuì)收入{}萬(wàn)元。"


def test_a_spelling_is_left_out_and_what_stands_behind_it_keeps_its_place() -> None:
    plain, cuts = without_glosses(GLOSSED)
    assert "萬元，其中：稅收300萬元" in plain
    for n, char in enumerate(plain):
        assert GLOSSED[cuts.before(n)] == char
    assert len(plain) + cuts.length == len(GLOSSED)


@pytest.mark.parametrize("text", ["因公出国(境)费5万元", "方案(a)20万元、方案(b)30万元", "碳(CO)10吨"])
def test_other_brackets_stay(text: str) -> None:
    assert without_glosses(text)[0] == text


def test_the_address_of_a_figure_is_that_of_the_page() -> None:
    claim = passage(GLOSSED.format("220")).claims[1]
    assert claim.fact.pointer.address == f"L1:{GLOSSED.index('300') + 1}-{GLOSSED.index('300') + len('300萬(wàn)元')}"


def test_traditional_characters_with_spellings_are_read_as_the_simplified_ones() -> None:
    assert rules(GLOSSED.format("220")) == []
    assert rules(GLOSSED.format("202")) == ["NARR-001"]
    report = check(GLOSSED.format("220").encode(), name="a.txt")
    assert [one.outcome.value for one in report.checks if one.rule == "NARR-001"] == ["pass"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("年度預算1200萬元，實際支出960萬元，預算執行率80%。", "預算執行率85%"),
        ("經費支出合計35億元，比上年減少5億元，下降12.5%。", "下降15.2%"),
        ("共補助320戶，其中：城鎮120戶，農村200戶。", "農村210戶"),
    ],
)
def test_units_and_words_in_traditional_characters(text: str, wrong: str) -> None:
    assert rules(text) == []
    start = wrong.rstrip("0123456789.%戶")
    at = text.index(start)
    assert rules(text[:at] + wrong + "。") != []
