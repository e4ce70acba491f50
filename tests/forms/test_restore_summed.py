"""Figures of rows that lost cells, where the totals of the columns tell their places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.forms.restore.summed import by_sums

TOTALS = "60 25 35 9 51"


def numbers(text: str) -> list[Decimal]:
    """Figures of a row."""
    return [Decimal(word) for word in text.split()]


def test_each_figure_stands_where_all_columns_close() -> None:
    rows = [numbers(text) for text in ("30 12 18 30", "20 13 7 4 16", "10 10 5 5")]
    assert by_sums(rows, numbers(TOTALS)) == ((0, 1, 2, 4), (0, 1, 2, 3, 4), (0, 2, 3, 4))


@pytest.mark.parametrize(
    "rows",
    [("30 12 18 30", "20 13 7 4 16", "10 10 5 6"), ("30 18 30 12", "20 13 7 4 16", "10 10 5 5"), ("60 25 35 9 -51",)],
    ids=["one is off", "out of order", "a loss"],
)
def test_nothing_is_placed_where_one_column_does_not_close(rows: tuple[str, ...]) -> None:
    assert by_sums([numbers(text) for text in rows], numbers(TOTALS)) is None


def test_nothing_is_placed_in_one_of_two_ways() -> None:
    assert by_sums([numbers("5 8"), numbers("5 8")], numbers("10 8 8")) is None


def test_a_zero_has_no_place() -> None:
    rows = [numbers("30 12 18 0 30"), numbers("20 13 7 4 16"), numbers("10 10 5 5")]
    assert by_sums(rows, numbers(TOTALS)) == ((0, 1, 2, 4), (0, 1, 2, 3, 4), (0, 2, 3, 4))


def test_a_column_without_a_total_takes_what_is_left() -> None:
    rows = [numbers("30 12 18 30 1980"), numbers("20 13 7 4 16"), numbers("10 10 5 5")]
    assert by_sums(rows, [*numbers(TOTALS), None]) == ((0, 1, 2, 4, 5), (0, 1, 2, 3, 4), (0, 2, 3, 4))


def test_ways_too_many_to_try_are_not_tried_to_the_end() -> None:
    rows = [numbers("1 1 1 1") for _ in range(24)]
    assert by_sums(rows, numbers("12 12 12 12 12 12 12 12")) is None
