"""Products in prose: a number times a standard, and what an amount is for each of a number."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import in_yuan, passage, rules, stated, words
from validator.rules.narrative.products import products

MULTIPLIED = [
    ("培训120人，每人500元，共7万元。", "数量 * 单价"),
    ("补助1463户、526.68万元，户均3060元。", "总量 / 数量"),
    ("发放低保100户，每户每月500元，全年发放60万元。", "数量 * 单价 * 12"),
    ("发放低保100户，每户每月500元，发放6个月，共发放36万元。", "数量 * 单价 * 6"),
    ("采购设备20台，单价3万元，支出60万元。", "数量 * 单价"),
    ("建设道路5公里，每公里20万元，投资100万元。", "数量 * 单价"),
]


def formulas(text: str) -> list[object]:
    return [names["formula"] for _, names in stated(products(passage(text), words()))]


@pytest.mark.parametrize(("text", "formula"), MULTIPLIED)
def test_a_number_times_a_price_is_an_amount(text: str, formula: str) -> None:
    assert formulas(text) == [formula]


@pytest.mark.parametrize(
    "text",
    [
        "采购设备20台，单价3万元，车辆2辆，单价10万元，支出70万元。",
        "培训120人，每人500元。",
        "每人500元，共7万元。",
        "培训120户，每人500元，共7万元。",
        "道路通车，培训120人；每人500元，共7万元。",
        "补助1463户、526.68万元，其中甲镇100户，户均3060元。",
    ],
)
def test_without_one_number_one_price_and_one_amount_there_is_none(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发放补贴1463户、526.68万元，户均3600元。", []),
        ("发放补贴1463户、526.68万元，户均3060元。", ["NARR-008"]),
        ("发放补贴1463户、526.68万元，户均增收3060元。", []),
        ("培训14期，参训1120人次，平均每期60人次。", ["NARR-008"]),
        ("每生每年720元，小学在校生2.15万人，应安排1548万元，实际安排1500万元。", []),
        ("每生每年720元，小学在校生2.15万人，应安排1458万元，实际安排1500万元。", ["NARR-008"]),
        ("发放低保100户，每户每月500元，发放6个月，共发放30万元。", []),
        ("发放低保100户，每户每月500元，发放6个月，共发放36万元。", ["NARR-008"]),
    ],
)
def test_an_amount_that_does_not_follow_is_told_whatever_its_unit(text: str, expected: list[str]) -> None:
    assert rules(text) == rules(in_yuan(text)) == expected


def test_an_amount_that_was_rounded_itself_gives_an_average_within_it() -> None:
    assert rules("救助群众3260人次，支出286.4万元，次均救助878元。") == []
    assert rules("救助群众3260人次，支出2864000元，次均救助878元。") == ["NARR-008"]


@given(st.integers(11, 999), st.integers(11, 999))
def test_an_exact_amount_and_an_average_that_was_rounded_are_never_accused(people: int, price: int) -> None:
    average = (Decimal(people * price) / people).quantize(Decimal(1), ROUND_HALF_UP)

    assert rules(f"培训{people}人，每人{price}元，共{people * price}元。") == []
    assert rules(f"补助{people}户、{people * price}元，户均{average}元。") == []
