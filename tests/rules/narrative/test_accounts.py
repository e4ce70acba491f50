"""Balances, products and paid months in prose."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, passage, read, rules, shows, stated, words
from validator.pipeline import check
from validator.rules.load import load_ruleset
from validator.rules.narrative.accounts import balances, months, products

BALANCED = [
    ("全年收入500万元，支出480万元，当期结余30万元。", {"stated": "30万元", "收入": "500万元", "支出": "480万元"}),
    (
        "上年结余100万元，本年收入500万元，支出480万元，年末累计结余130万元。",
        {"stated": "130万元", "上期结余": "100万元", "收入": "500万元", "支出": "480万元"},
    ),
    (
        "上年结余100万元，本年结余20万元，年末累计结余130万元。",
        {"stated": "130万元", "上期结余": "100万元", "结余": "20万元"},
    ),
    (
        "全年总收入600万元，上年结余100万元，支出480万元，年末结余120万元。",
        {"stated": "120万元", "收入": "600万元", "支出": "480万元"},
    ),
]
MULTIPLIED = [
    ("培训120人，每人500元，共7万元。", "数量 * 单价"),
    ("补助1463户、526.68万元，户均3060元。", "总量 / 数量"),
    ("发放低保100户，每户每月500元，全年发放60万元。", "数量 * 单价 * 12"),
    ("发放低保100户，每户每月500元，发放6个月，共发放36万元。", "数量 * 单价 * 6"),
    ("采购设备20台，单价3万元，支出60万元。", "数量 * 单价"),
    ("建设道路5公里，每公里20万元，投资100万元。", "数量 * 单价"),
]


class TestBalances:
    def balances(self, text: str) -> list[dict[str, str | list[str]]]:
        return [
            {name: value for name, value in names.items() if name != "formula"}
            for _, names in stated(balances(read(text), words()))
        ]

    @pytest.mark.parametrize(("text", "figures"), BALANCED)
    def test_income_less_spending_and_what_was_there_are_what_is_left(self, text: str, figures: dict[str, str]) -> None:
        assert self.balances(text) == [figures]

    @pytest.mark.parametrize(
        "text",
        [
            "全年收入500万元，上缴国库10万元，支出480万元，当期结余30万元。",
            "统筹基金收入500万元，个人账户支出480万元，当期结余30万元。",
            "全年支出480万元，当期结余30万元。",
            "上年结余100万元，提取10万元，本年收入500万元，支出480万元，年末累计结余130万元。",
        ],
    )
    def test_where_money_may_have_come_or_gone_elsewhere_nothing_is_held(self, text: str) -> None:
        assert self.balances(text) == []

    def test_two_funds_have_an_account_each(self) -> None:
        text = "统筹基金收入500万元，支出480万元，当期结余20万元；个人账户收入300万元，支出250万元，当期结余{}万元。"

        assert rules(text.format(50)) == []
        assert rules(text.format(70)) == ["NARR-007"]

    def test_planned_income_less_planned_spending_is_the_planned_balance(self) -> None:
        text = "2023年职工医保收入预算为24070.52万元，支出预算为20761.13万元，预算当期结余为3409.39万元。"
        assert shows(findings(text), text, "3409.39万元")
        assert rules(text.replace("3409.39", "3309.39")) == []

    @pytest.mark.parametrize(
        "text",
        [
            "全年收入预算5000万元，支出预算4800万元，当期结余312万元。",
            "收入预算5000万元，完成5200万元，支出预算4800万元，完成4888万元，当期结余312万元。",
        ],
    )
    def test_a_balance_of_the_year_is_not_held_to_what_was_planned(self, text: str) -> None:
        assert rules(text) == []

    @given(AMOUNT, AMOUNT, AMOUNT, st.sampled_from((0, 7)))
    def test_only_a_balance_that_does_not_follow_is_told(self, there: Decimal, came: Decimal, kept: Decimal, off: int) -> None:
        account = f"上年结余{money(there)}，本年收入{money(came + kept)}，支出{money(came)}"
        text = f"{account}，年末累计结余{money(there + kept + off)}。"

        assert rules(text) == rules(in_yuan(text)) == (["NARR-007"] if off else [])


class TestProducts:
    def formulas(self, text: str) -> list[object]:
        return [names["formula"] for _, names in stated(products(passage(text), words()))]

    @pytest.mark.parametrize(("text", "formula"), MULTIPLIED)
    def test_a_number_times_a_price_is_an_amount(self, text: str, formula: str) -> None:
        assert self.formulas(text) == [formula]

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
    def test_without_one_number_one_price_and_one_amount_there_is_none(self, text: str) -> None:
        assert self.formulas(text) == []

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
    def test_an_amount_that_does_not_follow_is_told_whatever_its_unit(self, text: str, expected: list[str]) -> None:
        assert rules(text) == rules(in_yuan(text)) == expected

    def test_an_amount_that_was_rounded_itself_gives_an_average_within_it(self) -> None:
        assert rules("救助群众3260人次，支出286.4万元，次均救助878元。") == []
        assert rules("救助群众3260人次，支出2864000元，次均救助878元。") == ["NARR-008"]

    @given(st.integers(11, 999), st.integers(11, 999))
    def test_an_exact_amount_and_an_average_that_was_rounded_are_never_accused(self, people: int, price: int) -> None:
        average = (Decimal(people * price) / people).quantize(Decimal(1), ROUND_HALF_UP)

        assert rules(f"培训{people}人，每人{price}元，共{people * price}元。") == []
        assert rules(f"补助{people}户、{people * price}元，户均{average}元。") == []


class TestMonths:
    TEXT = "2023年，职工医保统筹基金支出{spent}亿元，{more}年末统筹基金累计结余8.50亿元，可支付月数{months}个月。"

    def test_the_balance_and_all_spending_of_its_account_are_told(self) -> None:
        text = self.TEXT.format(spent="10.20", more="月均支出0.86亿元，", months="9.9")
        ((kind, names),) = stated(months(read(text), words()))

        assert kind == "months"
        assert {"stated", "balance", "monthly"} <= names.keys()
        assert (names["balance"], names["monthly"]) == ("8.50亿元", "0.86亿元")

    def test_without_a_balance_or_spending_there_are_no_months(self) -> None:
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
    def test_any_of_the_definitions_may_give_the_months(self, more: str, months: str) -> None:
        assert rules(self.TEXT.format(spent="10.20", more=more, months=months)) == []
        assert rules(self.TEXT.format(spent="10.20", more=more, months="7.3")) == ["NARR-012"]

    def test_spending_of_all_funds_is_not_that_of_the_one_whose_balance_is_told(self) -> None:
        text = "全市基金总支出20.00亿元，" + self.TEXT.format(spent="10.20", more="", months="{}")

        assert rules(text.format("10.0")) == []
        assert rules(text.format("5.1")) == ["NARR-012"]

    def test_an_office_says_which_definition_counts(self, tmp_path: Path) -> None:
        text = self.TEXT.format(spent="10.20", more="次年统筹基金支出预算11.00亿元，", months="9.3").encode()
        folder = tmp_path / "common"
        folder.mkdir()
        (folder / "parameters.yaml").write_text(
            "可支付月数口径:\n  en: months_definitions\n  value: [当年月均支出]\n  basis: 本市口径\n", encoding="utf-8"
        )
        strict = load_ruleset(tmp_path, extends=True)

        assert [f.rule for f in check(text, name="a.txt").findings] == []
        found = check(text, name="a.txt", ruleset=strict).findings
        assert [(f.rule, f.expected) for f in found] == [("NARR-012", "10.0个月")]
