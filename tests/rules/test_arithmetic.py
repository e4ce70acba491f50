"""Figures as they are taken from cells, and noted as used."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.rules.placing import WAN, cell, figure
from validator.model.fact import Fact
from validator.rules.arithmetic import WIDE, Figure, Frame, Undetermined, multiply
from validator.rules.binding import within


def frame(figures: dict[int, Figure] | None = None) -> Frame:
    return Frame(within({}), figures)


class TestFigure:
    def test_it_is_computed_once_for_every_place_and_noted_in_each(self) -> None:
        amount = figure("1.5", WAN)
        figures: dict[int, Figure] = {}
        one, other = frame(figures), frame(figures)
        assert one.figure(amount)[0] is other.figure(amount)[0]
        assert one.figure(amount)[0] == Decimal(15000)
        assert (one.operands, other.operands) == ([amount, amount], [amount])

    def test_as_an_interval_it_is_another_one(self) -> None:
        here, amount = frame(), figure("1.5", WAN)
        here.figure(amount)
        here.taken = WIDE
        assert here.figure(amount)[:2] == (Decimal(14500), Decimal(15500))

    def test_an_estimate_is_told_each_time(self) -> None:
        about = cell("约30")
        figures: dict[int, Figure] = {}
        for here in (frame(figures), frame(figures)):
            here.figure(about)
            assert here.approximate is about.quantity

    def test_a_cell_that_is_supposed_to_hold_something_else_is_computed_anew(self) -> None:
        amount = figure("1.5", WAN)
        here = frame()
        assert amount.quantity is not None
        here.chosen = {id(amount): amount.quantity._replace(value=Decimal(2))}
        assert here.figure(amount)[0] == Decimal(20000)
        assert frame().figure(amount)[0] == Decimal(15000)

    @pytest.mark.parametrize("fact", [cell(""), cell("≥保人政"), cell("80%-100%")])
    def test_what_is_no_single_number_is_refused_each_time(self, fact: Fact) -> None:
        here = frame({})
        for _ in range(2):
            with pytest.raises(Undetermined):
                here.figure(fact)
        assert here.operands == []


class TestMultiply:
    @pytest.mark.parametrize(
        ("measure", "count"), [("15年", 15), ("30亩", 30), ("2.5公里", Decimal("2.5")), ("1.2万人", 12000)]
    )
    def test_money_times_a_measure_counts_the_units_that_are_written(self, measure: str, count: int | Decimal) -> None:
        here, amount = frame(), figure("630.00", WAN)
        for product in (
            multiply(here.figure(amount), here.figure(cell(measure))),
            multiply(here.figure(cell(measure)), here.figure(amount)),
        ):
            assert product[0] == 6300000 * count

    def test_so_it_is_with_intervals(self) -> None:
        here, amount = frame(), figure("630.00", WAN)
        here.taken = WIDE
        low, high, dimension, _ = multiply(here.figure(amount), here.figure(cell("2.5公里")))
        assert (low, high, dimension) == (Decimal("629.995") * 24500, Decimal("630.005") * 25500, "money")
