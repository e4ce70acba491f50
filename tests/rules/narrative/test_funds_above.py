"""Rates of execution whose funds are told paragraphs before."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import findings, read, rules, texts, words
from validator.facts.claims import Claim
from validator.rules.narrative.funds_above import of_funds_above, told_above


def over(text: str) -> tuple[list[str], list[str]] | None:
    """Return what over what the last figure of a text is a rate of, by all that stands above its sentence."""
    above: list[Claim] = []
    last = None
    for passage in read(text):
        for _, claims in passage.by_sentence:
            last = of_funds_above(claims[-1], claims[:-1], above, passage, words()) if claims[-1].kind == "rate" else None
            above = told_above(above, claims, words())
    return (texts(last[0]), texts(last[1])) if last else None


@pytest.mark.parametrize(
    "text",
    [
        "培训补助经费预算数8000万元。\n（一）资金投入情况分析。资金执行总量7120万元，预算执行率89%。",
        "预算8000万元，其中中央6000万元，省级2000万元。\n8000万元资金全部到位。\n实际执行7120万元，执行率89%。",
        "预算8000万元。\n1.资金到位情况。资金到位8000万元，到位率100%。\n2.资金执行情况。支出7120万元，执行率89%。",
        "巡护经费预算8000万元。\n实际支出巡护经费7120万元，结余880万元。项目执行率89%。",
        "项目总预算8000万元。\n（二）资金支出。全年支出7120万元。\n（三）执行率。预算执行率89%。",
    ],
)
def test_what_was_spent_is_of_the_one_amount_told_above(text: str) -> None:
    assert over(text) == (["7120万元"], ["8000万元"])
    assert rules(text) == []
    assert [(f.rule, f.primary.text) for f in findings(text.replace("89%", "85%"))] == [("NARR-004", "85%")]


@pytest.mark.parametrize(
    "text",
    [
        "预算100万元。\n（二）建设项目。资金50万元。支出40万元，执行率80%。",
        "预算100万元，支出90万元，执行率90%。\n（二）建设项目。支出40万元，执行率80%。",
        "预算100万元。\n上级另行下达资金60万元。\n支出84万元，执行率90%。",
        "2022年下达资金100万元。\n2023年支出45万元，执行率90%。",
        "年初预算100万元。\n年中追加20万元。\n支出84万元，执行率70%。",
        "预算100万元。\n上年结转20万元。\n支出84万元，执行率70%。",
        "预算1000万元。\n中央资金支出540万元，执行率90%。",
        "预算1000万元。\n基本支出执行情况：支出540万元，执行率90%。",
        "预算1000万元。\n（一）甲镇资金执行情况。支出90万元，执行率90%。",
        "总投资1000万元。\n支出270万元，执行率90%。",
        "公用经费预算1000万元。\n支出270万元，执行率90%。",
        "部门预算1500万元。\n（二）项目支出情况。项目支出450万元，执行率90%。",
        "甲项目下达资金900万元。\n乙项目支出540万元，执行率90%。",
        "预算800万元。\n共支出1200万元，执行率96%。",
        "预算800万元。\n支出80万元，支出48万元，执行率96%。",
        "预算800万元。\n验收40个，合格率96%。",
        "预算800万元。\n支出500万元，上年执行率96%。",
        "约800万元预算。\n支出500万元，执行率96%。",
    ],
)
def test_of_several_amounts_years_or_purposes_it_is_of_none(text: str) -> None:
    assert over(text) is None
    assert rules(text) == []


def test_what_among_lists_and_what_a_rate_has_closed_is_not_kept() -> None:
    above: list[Claim] = []
    for passage in read("预算100万元，支出90万元，执行率90%，另有资金30万元，其中省级20万元。\n下达5万元。"):
        for _, claims in passage.by_sentence:
            above = told_above(above, claims, words())

    assert texts(above) == ["30万元", "5万元"]
