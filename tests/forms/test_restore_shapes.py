"""The shape of a token: bare number, percentage, target with a sign, words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.forms.restore.shapes import FIGURES, Shape, has_digit, is_period, is_run_together, is_year, number_of, shape_of


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("", Shape.BLANK),
        ("-", Shape.DASH),
        ("——", Shape.DASH),
        ("/", Shape.DASH),
        ("无", Shape.DASH),
        ("1281.30", Shape.NUMBER),
        ("1,281.30", Shape.NUMBER),
        ("-3", Shape.NUMBER),
        ("１２．５", Shape.NUMBER),
        ("98.5%", Shape.PERCENT),
        ("98.5％", Shape.PERCENT),
        ("９８．５％", Shape.PERCENT),
        ("320万元", Shape.MONEY),
        ("5元", Shape.MONEY),
        ("≥90%", Shape.SIGNED),
        ("不低于30天", Shape.SIGNED),
        ("≥保人政", Shape.SIGNED),
        ("≥", Shape.SIGN),
        ("正向", Shape.SIGN),
        ("60分钟", Shape.AMOUNT),
        ("2021年底", Shape.AMOUNT),
        ("2023-12-31", Shape.AMOUNT),
        ("80%-90%", Shape.AMOUNT),
        ("202010100.00%10", Shape.GARBLED),
        ("1.2.3", Shape.GARBLED),
        ("7,00.0,77", Shape.GARBLED),
        ("数量指标", Shape.WORD),
        ("1.基本工资", Shape.WORD),
        ("工作有序开展；成效显著", Shape.LONG),
        ("长" * 41, Shape.LONG),
    ],
)
def test_a_text_looks_like_one_thing(text: str, shape: Shape) -> None:
    assert shape_of(text) is shape


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9月", True),
        ("2025年9月", True),
        ("12月份", True),
        ("9月1日", False),
        ("2025年", True),
        ("2025年度", True),
        ("2025", False),
        ("9", False),
    ],
)
def test_a_month_or_a_year_may_name_a_row(text: str, *, period: bool) -> None:
    assert is_period(text) is period


@pytest.mark.parametrize(
    ("text", "year"), [("2025", True), ("2025年", False), ("20250", False), ("1250", False), ("2025.0", False)]
)
def test_a_number_may_be_a_year(text: str, *, year: bool) -> None:
    assert is_year(text) is year


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,281.30万元", "1281.30"),
        ("１２．５分", "12.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("98.5%", "98.5"),
        ("约3", "0"),
        ("", "0"),
    ],
)
def test_a_figure_begins_with_a_number(text: str, number: str) -> None:
    assert number_of(text) == Decimal(number)


@given(st.decimals(0, 10**9, places=2))
def test_any_number_is_a_figure_with_its_size_however_it_is_grouped(value: Decimal) -> None:
    for text in (f"{value}", f"{value:,}"):
        assert shape_of(text) is Shape.NUMBER
        assert number_of(text) == value
        assert has_digit(text)
    assert {shape_of(f"{value}%"), shape_of(f"≥{value}"), shape_of(f"{value}万元")} <= FIGURES


def test_words_have_no_digit() -> None:
    assert not has_digit("数量指标")


@pytest.mark.parametrize("text", ["1813.981690.82", "4,421,700.304,421,700.30", "81.80%98.5"])
def test_two_figures_between_which_a_blank_was_lost(text: str) -> None:
    assert is_run_together(text)


@pytest.mark.parametrize("text", ["1813.98", "2023.3.15", "12.3.4", "81.80%", "1,813.98"])
def test_one_figure_a_date_or_a_slip_of_the_pen(text: str) -> None:
    assert not is_run_together(text)
