from __future__ import annotations

from decimal import Decimal

import pytest

from validator.model.quantity import BARE, Quantity, Unit

WAN = Unit("万元", "money", Decimal(10000))
PERCENT = Unit("%", "ratio", Decimal("0.01"))


class TestQuantity:
    @pytest.mark.parametrize(
        ("value", "step", "unit", "base", "low", "high"),
        [
            ("81.80", "0.01", PERCENT, "0.8180", "0.81795", "0.81805"),
            ("320", "1", WAN, "3200000", "3195000", "3205000"),
            ("1307", "0", BARE, "1307", "1307", "1307"),
            ("-5", "1", BARE, "-5", "-5.5", "-4.5"),
        ],
    )
    def test_a_figure_stands_for_all_that_is_written_so(
        self, value: str, step: str, unit: Unit, base: str, low: str, high: str
    ) -> None:
        quantity = Quantity(Decimal(value), Decimal(step), unit, value)
        assert quantity.base == Decimal(base)
        assert quantity.interval == (Decimal(low), Decimal(high))
