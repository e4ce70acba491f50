"""Slips of the pen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.quantity import BARE, Quantity
from validator.rules.mistyping import mistyped, swapped, turned


def of(value: str) -> Quantity:
    return Quantity(Decimal(value), Decimal(1).scaleb(-len(value.partition(".")[2])), BARE, value)


def test_a_figure_may_have_had_its_neighbouring_digits_in_the_other_order() -> None:
    assert swapped(of("120.3")) == [Decimal(value) for value in ("210.3", "102.3", "123.0")]


@pytest.mark.parametrize(
    ("whole", "parts", "told"),
    [
        ("87163.3", ["19477.6", "67689.7"], True),
        ("87167.3", ["19477.6", "67869.7"], True),
        ("81767.3", ["19477.6", "67689.7"], True),
        ("87167.3", ["19477.6", "67689.7"], False),
        ("87182.3", ["19477.6", "67689.7"], False),
        ("46", ["38", "9"], False),
    ],
)
def test_one_digit_or_two_that_changed_places_account_for_what_is_between_long_figures(
    whole: str, parts: list[str], *, told: bool
) -> None:
    assert mistyped(of(whole), [of(part) for part in parts]) is told


@given(st.lists(st.integers(1000, 99999), min_size=2, max_size=6).filter(lambda values: all(v % 10 for v in values)), st.data())
def test_any_wrong_digit_of_any_figure_is_one(values: list[int], data: st.DataObject) -> None:
    figures = [str(value) for value in (sum(values), *values)]
    n = data.draw(st.integers(0, len(figures) - 1))
    place = data.draw(st.integers(0, len(figures[n]) - 1))
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != figures[n][place]]))
    figures[n] = figures[n][:place] + digit + figures[n][place + 1 :]

    assert mistyped(of(figures[0]), [of(figure) for figure in figures[1:]])


@pytest.mark.parametrize(
    ("whole", "parts", "told"),
    [
        ("87163.3", ["19477.6", "67689.7"], False),
        ("81767.3", ["19477.6", "67689.7"], True),
        ("87167.3", ["19477.6", "67869.7"], True),
        ("87167.3", ["19477.6", "67689.7"], False),
        ("64", ["38", "8"], False),
    ],
)
def test_digits_that_changed_places_are_no_other_slip(whole: str, parts: list[str], *, told: bool) -> None:
    assert turned(of(whole), [of(part) for part in parts]) is told
