from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model.interval import Interval

NUMBERS = st.decimals(-(10**6), 10**6, places=2)
INTERVALS = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Interval(min(ends), max(ends)))
WITHIN = INTERVALS.flatmap(lambda i: st.tuples(st.just(i), st.decimals(i.low, i.high, places=2)))


class TestArithmetic:
    """What holds of any two numbers holds of the intervals that they lie in."""

    @given(WITHIN, WITHIN)
    def test_sums_lie_in_the_sum(self, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
        assert _in(one[0] + other[0], one[1] + other[1])

    @given(WITHIN, WITHIN)
    def test_differences_lie_in_the_difference(self, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
        assert _in(one[0] - other[0], one[1] - other[1])

    @given(WITHIN, WITHIN)
    def test_products_lie_in_the_product(self, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
        assert _in(one[0] * other[0], one[1] * other[1])

    @given(WITHIN, WITHIN)
    def test_quotients_lie_in_the_quotient(self, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
        if other[0].low <= 0 <= other[0].high:
            with pytest.raises(ZeroDivisionError):
                _ = one[0] / other[0]
        else:
            assert _in(one[0] / other[0], one[1] / other[1])

    @given(WITHIN, WITHIN)
    def test_what_is_common_makes_them_meet(self, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
        assert one[0].meets(other[0]) == other[0].meets(one[0])
        assert one[0].meets(Interval(one[1], one[1]))


class TestMeets:
    @pytest.mark.parametrize(
        ("low", "high", "meets"), [(2, 3, True), (1, 1, True), (3, 4, False), (-1, 0, False), (0, 9, True)]
    )
    def test_ends_belong_to_it(self, low: int, high: int, meets: bool) -> None:
        assert Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(low), Decimal(high))) is meets


class TestNegation:
    def test_it_swaps_the_ends(self) -> None:
        assert -Interval(Decimal(-1), Decimal(2)) == Interval(Decimal(-2), Decimal(1))


def _in(interval: Interval, value: Decimal) -> bool:
    return interval.low <= value <= interval.high
