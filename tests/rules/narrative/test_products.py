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


MONTHLY = "本月救助412户873人，发放补助45.31万元，月人均补助519元。"
BY_KIND = "其中，甲类保障623户1094人，每人每月380元，月发41.57万元；乙类保障522户944人，每人每月325元，月发30.68万元。"


def test_what_each_gets_in_a_month_is_the_amount_of_the_month_over_the_number() -> None:
    assert formulas(MONTHLY) == ["总量 / 数量"]
    assert rules(MONTHLY) == []
    assert rules(MONTHLY.replace("519", "591")) == ["NARR-008"]


@pytest.mark.parametrize("average", ["43元", "1038元", "260元"])
def test_an_amount_of_another_time_accuses_no_monthly_average(average: str) -> None:
    assert rules(MONTHLY.replace("519元", average)) == []


def test_an_amount_that_is_paid_each_month_is_held_to_the_monthly_price() -> None:
    assert formulas(BY_KIND) == ["数量 * 单价", "数量 * 单价"]
    assert rules(BY_KIND) == []
    assert rules(BY_KIND.replace("41.57", "45.17")) == ["NARR-008"]


@pytest.mark.parametrize(
    "text",
    [
        BY_KIND.replace("月发41.57", "累计发放45.17"),
        BY_KIND.replace("月发41.57", "月末结余45.17"),
        BY_KIND.replace("1094人，", "1094人，其中老人200人，").replace("41.57", "45.17"),
        BY_KIND.replace("月发41.57", "月发8.17"),
    ],
    ids=["in all", "what is left", "two numbers", "of a few"],
)
def test_other_amounts_are_not(text: str) -> None:
    assert rules(text) == []
