"""Functions that give figures: sums, counts, extremes, shares."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import WAN, amount, cell, check, figure, prose, target, value
from validator.model.finding import Outcome

PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("sum(p)", "6"),
        ("count(p)", "3"),
        ("rows(p)", "4"),
        ("min(p)", "1"),
        ("max(p)", "3"),
        ("sum(p, a)", "10"),
        ("max(p, a * 2)", "8"),
        ("abs(b - a)", "2"),
        ("share(b, a)", "0.5"),
        ("growth(a, b)", "1"),
        ("distinct(p)", "3"),
        ("repeats(p)", "0"),
        ("value(a)", "4"),
        ("first(e, b)", "2"),
        ("count(p, a, b)", "5"),
    ],
)
def test_table(source: str, result: str) -> None:
    cells = {"a": figure("4", step=0), "b": figure("2", step=0), "e": prose("")}
    values = {name: cells[name] for name in cells if re.search(rf"\b{name}\b", source)}
    listed = (figure("3"), figure("1"), figure("2"), prose(""))
    assert value(source, p=listed, **values) == Decimal(result)


def test_the_lower_end_of_a_range() -> None:
    assert value("value(t)", t=target("80%-90%")) == Decimal("0.8")


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=8))
def test_a_list_is_added_up_and_searched_in_any_order(numbers: list[int]) -> None:
    for order in (numbers, numbers[::-1]):
        cells = tuple(figure(str(number)) for number in order)
        found = [value(source, p=cells) for source in ("sum(p)", "min(p)", "max(p)", "count(p)", "rows(p)")]

        assert found == [sum(numbers), min(numbers), max(numbers), len(numbers), len(numbers)]


def test_blank_cells_do_not_count_and_what_cannot_be_read_leaves_all_open() -> None:
    assert value("sum(p)", p=(amount("1"), amount(""), amount("-"))) == Decimal(10_000)
    assert check("sum(p) == 1", p=(amount("1"), amount("12..5"))).outcome is OPEN
    verdict = check("sum(p) == 1", p=(amount(""), amount("-")))
    assert (verdict.outcome, verdict.reason) == (OPEN, "金额都未填")


def test_a_share_and_a_growth_are_percentages_and_need_one_unit() -> None:
    assert check("r == share(a, b)", r=cell("25%", "percent"), a=amount("1"), b=amount("4")).outcome is PASS
    assert check("r == growth(a, b)", r=cell("-75%", "percent"), a=amount("1"), b=amount("4")).outcome is PASS
    assert check("r == growth(a, b)", r=cell("75%", "percent"), a=amount("1"), b=amount("4")).outcome is FAIL
    assert check("r == share(a, b)", r=cell("25%", "percent"), a=amount("1"), b=amount("0")).outcome is OPEN
    assert check("r == share(a, b)", r=cell("25%", "percent"), a=figure("1", WAN), b=target("4人")).outcome is OPEN


def test_words_are_no_figures() -> None:
    assert check("value(t) == 1", t=target("有所提高")).outcome is OPEN
    assert check("count(p) == 2", p=(prose("甲"), prose(""), prose("乙"))).outcome is PASS


def test_plain_number_leaves_the_unit_out() -> None:
    assert check("plain_number(a) == 12", a=cell("12个月", "actual")).outcome is PASS
