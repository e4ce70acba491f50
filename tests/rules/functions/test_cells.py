"""Functions that ask what stands in a cell: nothing, a number, text, a date."""

from __future__ import annotations

import pytest

from tests.rules.placing import actual, amount, check, prose, target, value
from validator.model.finding import Outcome

PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("source", "text", "outcome"),
    [
        ("blank(x)", "", PASS),
        ("blank(x)", "—", PASS),
        ("blank(x)", "0", FAIL),
        ("given(x)", "0", PASS),
        ("given(x)", "-", FAIL),
        ("is_number(x)", "5%", PASS),
        ("is_number(x)", "优", FAIL),
        ("is_text(x)", "有所提高", PASS),
        ("is_text(x)", "5", FAIL),
        ("has_digit(x)", "24宗案卷", PASS),
        ("has_digit(x)", "全部归档", FAIL),
        ("is_date(x)", "2023年12月31日", PASS),
        ("garbled(x)", "≥保人政", PASS),
        ("fused(x)", "202010100.00%10", PASS),
        ("garbled(x)", "5", FAIL),
        ("is_money(x)", "5万元", PASS),
        ("is_money(x)", "5家", FAIL),
        ("signed(x)", "≥5", PASS),
        ("signed(x)", "5", FAIL),
        ("signed(x)", "5-8", PASS),
    ],
)
def test_states(source: str, text: str, outcome: Outcome) -> None:
    assert check(source, x=target(text)).outcome is outcome


def test_a_list_points_at_the_cell_that_matters() -> None:
    bad = amount("12..5")
    verdict = check("not garbled(p)", p=(amount("10"), bad))
    assert (verdict.outcome, verdict.stated) == (FAIL, bad)


@pytest.mark.parametrize(
    ("one", "other", "outcome"),
    [
        ("2023年12月20日", "2023年12月31日前", FAIL),
        ("2024年1月5日", "2023年12月31日前", PASS),
        ("2023-12-31", "2023年12月", FAIL),
        ("2023年12月", "2023年12月5日", OPEN),
        ("2024年", "2023年12月5日", PASS),
        ("年底", "2023年12月5日", OPEN),
    ],
)
def test_later(one: str, other: str, outcome: Outcome) -> None:
    assert check("later(x, y)", x=prose(one), y=prose(other)).outcome is outcome


@pytest.mark.parametrize("period", ["2023年6月至12月", "2023年6-12月", "2023年3月-11月", "2023年1月—12月"])
def test_a_period_is_no_deadline(period: str) -> None:
    assert check("later(x, y)", x=prose("2023年12月20日"), y=prose(period)).outcome is OPEN
    assert value("year_of(x)", x=prose("2023年6月至12月")) == 2023


def test_year_of() -> None:
    assert value("year_of(x)", x=prose("2023年12月底前")) == 2023
    assert value("year_of(x)", x=prose("12月底前")) is None
    assert check("given(year_of(x))", x=prose("12月底前")).outcome is FAIL


def test_columns_that_are_not_there_count_nothing() -> None:
    assert check("count(p) == 0", p=None).outcome is ABSENT
    assert check("given(p)", p=None).outcome is FAIL
    assert check("blank(p)", p=None).outcome is PASS
    assert check("present(p)", p=None).outcome is FAIL
    assert check("present(p)", p=prose("")).outcome is PASS


def test_the_first_that_is_given_is_taken_and_else_the_first_that_is_there() -> None:
    assert value("first(a, b)", a=amount(""), b=amount("2")) == value("first(b, a)", a=amount(""), b=amount("2"))
    assert value("first(a, b)", a=None, b=amount("2")) == 20_000
    assert value("first(a, b)", a=amount("1"), b=amount("2")) == 10_000
    assert check("first(a, b) == 1", a=None, b=None).outcome is ABSENT
    assert check("first(a, b) == 1", a=amount(""), b=None).outcome is OPEN


def test_of_a_list_one_cell_is_enough() -> None:
    cells = (prose(""), prose("甲"))

    assert check("given(p)", p=cells).outcome is PASS
    assert check("given(p)", p=cells[:1]).outcome is FAIL
    assert check("blank(p)", p=cells).outcome is FAIL
    assert check("blank(p)", p=cells[:1]).outcome is PASS


@pytest.mark.parametrize(("text", "outcome"), [("95%", PASS), ("95人", FAIL), ("好", FAIL), ("", FAIL)])
def test_a_percentage_is_known_by_its_unit(text: str, outcome: Outcome) -> None:
    assert check("is_ratio(x)", x=actual(text)).outcome is outcome


@pytest.mark.parametrize("text", ["2022年至2023年", "2023年1月5日、2023年2月5日", "无"])
def test_a_text_of_no_date_or_of_two_leaves_the_year_open(text: str) -> None:
    assert value("year_of(x)", x=prose(text)) is None


def test_a_target_that_is_not_there_has_no_sign() -> None:
    assert check("signed(x)", x=None).outcome is FAIL
    assert check("signed(x)", x=target("有所提高")).outcome is FAIL


def test_two_names_may_be_read_from_one_merged_cell() -> None:
    here, there = prose(""), prose("总分")
    assert check("same_cell(a, b)", a=here, b=there).outcome is PASS
    elsewhere = there._replace(pointer=there.pointer._replace(address="B2"))
    assert check("same_cell(a, b)", a=here, b=elsewhere).outcome is FAIL
    assert check("same_cell(a, b)", a=None, b=there).outcome is FAIL
