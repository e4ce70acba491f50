"""How one figure becomes another by mistake."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.change import Change, plausible, slip
from validator.model.interval import Interval
from validator.model.quantity import BARE, Quantity


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("57.199", "571.99", "point"),
        ("5719900", "571.99", "point"),
        ("0.9815", "98.15", "point"),
        ("970.17", "790.17", "digits"),
        ("1362.16", "1326.16", "digits"),
        ("1362.16", "1362.61", "digits"),
        ("1362.1", "1362.10", ""),  # the same figure
        ("1362.16", "1263.16", ""),  # digits that stand apart
        ("1362.16", "1462.16", ""),  # another digit
        ("12", "-21", ""),
        ("0", "12", ""),
    ],
)
def test_a_moved_point_and_exchanged_digits_show(old: str, new: str, expected: str) -> None:
    assert slip(Decimal(old), Decimal(new)) == slip(Decimal(new), Decimal(old)) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("90", "100", True),
        ("100", "199", True),
        ("100", "201", False),
        ("100", "49", False),
        ("0", "75", True),
        ("75", "0", True),
        ("-75", "75", True),
        ("750000", "75", True),
        ("19", "91", True),
        ("5", "-26", False),
        ("9027.38", "3027.38", True),
        ("710", "310", True),
        ("710", "330", False),
    ],
)
def test_few_figures_double_or_halve_by_mistake(old: str, new: str, expected: bool) -> None:
    assert plausible(Decimal(old), Decimal(new)) is expected


@given(st.integers(1, 10**9), st.integers(-4, 4))
def test_a_point_moved_by_any_number_of_places_shows(digits: int, places: int) -> None:
    old, new = Decimal(digits), Decimal(digits).scaleb(places)
    assert slip(old, new) == ("point" if places else "")


def test_a_change_tells_of_its_figures() -> None:
    old, new = (Quantity(Decimal(value), Decimal("0.01"), BARE, value) for value in ("970.17", "790.17"))
    change = Change("f.total.budget", old, new, Interval(new.value, new.value))
    assert (change.slip, change.plausible) == ("digits", True)
