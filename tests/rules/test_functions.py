"""What each function of the rules says."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import cell, check, figure
from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.rules.functions import FUNCTIONS

PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


def target(text: str) -> Fact:
    return cell(text, "target")


def actual(text: str) -> Fact:
    return cell(text, "actual")


def amount(text: str) -> Fact:
    return cell(text, "amount", "万元", label="金额")


class TestMeets:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("95%", "≥90%", PASS),
            ("90%", "≥90%", PASS),
            ("89%", "≥90%", FAIL),
            ("≥90%", "≥90%", PASS),
            ("≥80%", "≥90%", OPEN),
            ("≥95%", "≥90%", PASS),
            ("不少于6个月", "不低于30天", PASS),
            ("30天", "≤60天", PASS),
            ("90分钟", "≤60分钟", FAIL),
            ("≤30天", "≤60天", PASS),
            ("90%", ">90%", FAIL),
            ("12场", "<12场", FAIL),
            ("12场", "≤12场", PASS),
            ("100", "100%", PASS),
            ("98", "≥95%", PASS),
            ("12场", "12场", PASS),
            ("11场", "12场", FAIL),
            ("13场", "12场", PASS),
            ("13场", "=12场", FAIL),
            ("85%", "80%-90%", PASS),
            ("95%", "80%-90%", FAIL),
            ("1.2万元", "≤12000元", PASS),
            ("5天", "≥5次", OPEN),
            ("已完成", "≥90%", OPEN),
            ("100%", "有所提高", OPEN),
            ("", "≥90%", OPEN),
            ("95%", "≥保人政", OPEN),
            ("约85%", "≥90%", OPEN),
            ("约95%", "≥90%", PASS),
        ],
    )
    def test_table(self, done: str, wanted: str, outcome: Outcome) -> None:
        verdict = check("meets(a, t)", a=actual(done), t=target(wanted))
        assert verdict.outcome is outcome
        assert bool(verdict.reason) is (outcome is OPEN)

    def test_a_fraction_against_a_percentage_is_not_accused(self) -> None:
        assert check("meets(a, t)", a=figure("0.98"), t=target("≥95%")).outcome is OPEN

    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"), [("1.25", "≥95%", OPEN), ("1.25", "≤2%", PASS), ("12", "≥95%", FAIL)]
    )
    def test_a_fraction_may_be_somewhat_more_than_the_whole(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("meets(a, t)", a=figure(done), t=target(wanted)).outcome is outcome

    def test_the_cells_are_named(self) -> None:
        a, t = actual("11场"), target("12场")
        verdict = check("meets(a, t)", a=a, t=t)
        assert (verdict.stated, verdict.operands) == (a, (t,))

    @given(st.integers(3, 500), st.integers(-3, 3), st.sampled_from(["≥", "≤", ">", "<", ""]))
    def test_meets_is_the_comparison_that_the_sign_says(self, done: int, less: int, sign: str) -> None:
        wanted = done - less
        truth = {"≥": done >= wanted, "": done >= wanted, "≤": done <= wanted, ">": done > wanted, "<": done < wanted}[sign]
        verdict = check("meets(a, t)", a=actual(f"{done}场"), t=target(f"{sign}{wanted}场"))
        assert verdict.outcome is (PASS if truth else FAIL)


class TestComparable:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("95%", "≥90%", PASS),
            ("60分钟", "≥90%", FAIL),
            ("已完成", "≥90%", FAIL),
            ("已完成", "有所提高", PASS),
            ("100%", "有所提高", PASS),
            ("30", "≥30场", PASS),
            ("", "≥90%", OPEN),
            ("5个", "≥5次", PASS),
            ("2023年12月", "2023年12月31日前", PASS),
            ("95%", "", OPEN),
        ],
    )
    def test_table(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("comparable(a, t)", a=actual(done), t=target(wanted)).outcome is outcome

    @pytest.mark.parametrize(
        ("one", "other", "outcome"),
        [
            ("5个", "6个", PASS),
            ("5个", "6次", FAIL),
            ("5", "6次", PASS),
            ("5万元", "6元", PASS),
            ("5天", "6%", FAIL),
            ("快", "6%", OPEN),
        ],
    )
    def test_same_unit(self, one: str, other: str, outcome: Outcome) -> None:
        assert check("same_unit(a, t)", a=actual(one), t=target(other)).outcome is outcome


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_function_is_documented_with_an_example_that_calls_it(function: object) -> None:
    assert isinstance(function, tuple)
    name, _, _, _, chinese, english, example = function
    assert f"{name}(" in example
    assert re.search(r"[一-鿿]", chinese)
    assert re.match(r"[A-Z]", english)


class TestOffByUnit:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("1.26人", "≥1.2万人", PASS),
            ("66.2亩", "≥65万亩", PASS),
            ("318万元", "≤320元", PASS),
            ("1.26万人", "≥1.2万人", FAIL),
            ("12600人", "≥1.2万人", FAIL),
            ("1.26", "≥1.2万人", FAIL),
            ("9人", "≥1.2万人", FAIL),
            ("3000人", "≥1.2万人", FAIL),
            ("1分钟", "≤1天", FAIL),
            ("0人", "≥1.2万人", FAIL),
            ("1.3米", "≥1.2公里", PASS),
        ],
    )
    def test_is_so_where_only_the_digits_are_alike(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("off_by_unit(a, t)", a=actual(done), t=target(wanted)).outcome is outcome
