"""Who is to blame: the one cell with which all would be well."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from validator.facts.numbers import POINTS
from validator.inference.culprits import Blame, Cell, culprits
from validator.model.change import Change, Supposed
from validator.model.interval import Interval
from validator.model.quantity import BARE, Quantity, Unit

ABOUT = {f"c{number}": (f"f.{number}.rate", (0, number)) for number in range(4)}
"""Checks, each with a finding about a cell of its own."""


def figure(text: str, unit: Unit = BARE) -> Quantity:
    return Quantity(Decimal(text), Decimal("0.01"), unit, text)


def change(cell: str, old: str, new: str, ends: tuple[str, str] | None = None, by: str = "", unit: Unit = BARE) -> Change:
    low, high = ends or (new, new)
    return Change(cell, figure(old, unit), figure(new, unit), Interval(Decimal(low), Decimal(high)), frozenset(by.split()))


def tried(settled: str, *changes: Change, breaks: bool = False, likely: bool = True) -> Supposed:
    return Supposed(changes, frozenset(settled.split()), breaks, likely)


def told(*supposed: Supposed, unsolved: Mapping[str, set[str]] | None = None) -> dict[str, tuple[str, str, bool]]:
    found = culprits(supposed, ABOUT, unsolved or {})
    return {check: (*blame.cells[0], blame.leads) for check, blame in found.items()}


def test_the_cell_that_explains_all_is_to_blame_and_the_first_finding_leads() -> None:
    both = tried("c0 c1", change("a.budget", "230", "340"))
    assert told(both) == {"c0": ("a.budget", "340", True), "c1": ("a.budget", "340", False)}


def test_a_finding_about_the_cell_leads() -> None:
    both = tried("c0 c1", change("f.1.rate", "230", "340"))
    assert told(both) == {"c0": ("f.1.rate", "340", False), "c1": ("f.1.rate", "340", True)}


def test_the_cell_that_explains_more_wins() -> None:
    more, less = tried("c0 c1", change("a.budget", "230", "340")), tried("c0", change("b.budget", "230", "340"))
    assert told(less, more) == told(more)


@pytest.mark.parametrize("other", ["c0 c1", "c1 c2"], ids=["the-same", "other-things-besides"])
def test_where_two_cells_explain_the_same_none_is_named(other: str) -> None:
    assert not told(tried("c0 c1", change("a.budget", "230", "340")), tried(other, change("b.budget", "230", "330")))


@pytest.mark.parametrize(("old", "new"), [("57.199", "571.99"), ("970.17", "790.17")])
def test_of_two_cells_the_one_that_was_mistyped_is_named(old: str, new: str) -> None:
    slip, other = tried("c0", change("a.budget", old, new)), tried("c0", change("b.budget", "230.18", "333.33"))
    assert told(slip, other) == {"c0": ("a.budget", new, True)}
    assert not told(slip, tried("c0", change("b.budget", "23.018", "230.18")))


def test_what_breaks_something_else_explains_nothing() -> None:
    assert not told(tried("c0 c1", change("a.budget", "230", "340"), breaks=True))


def test_a_cell_of_an_unknown_value_may_be_to_blame_as_well() -> None:
    both = tried("c0 c1", change("a.budget", "230", "340"))
    assert not told(both, unsolved={"b.budget": {"c0", "c1"}})
    assert told(both, unsolved={"b.budget": {"c0"}}) == told(both)


def test_a_single_finding_is_not_explained_by_a_figure_that_nobody_would_mistype() -> None:
    assert not told(tried("c0", change("a.budget", "230", "1000"), likely=False))
    assert told(tried("c0", change("a.budget", "230", "340"))) == {"c0": ("a.budget", "340", True)}


def test_a_single_finding_about_the_cell_itself_says_so_already() -> None:
    assert not told(tried("c0", change("f.0.rate", "230", "340")))


def test_the_cell_of_the_finding_may_be_wrong_by_any_amount_so_that_no_other_is_the_only_suspect() -> None:
    other = tried("c0", change("a.budget", "0", "100"))
    assert told(other) == {"c0": ("a.budget", "100", True)}
    assert not told(other, tried("c0", change("f.0.rate", "116", "16"), likely=False))


def test_two_who_ask_for_values_of_one_cell_must_agree() -> None:
    exact = tried("c0 c1", change("a.budget", "230", "340", by="c0"))
    near = tried("c0 c1", change("a.budget", "230", "339.98", ("339.95", "340.01"), by="c1"))
    far = tried("c0 c1", change("a.budget", "230", "339.5", ("339", "339.9"), by="c1"))
    assert told(exact, near) == told(exact)
    assert not told(exact, far)


@pytest.mark.parametrize(("value", "told_of"), [("8", 2), ("8.1", 0)], ids=["rounded", "another"])
def test_points_may_be_those_that_another_check_asks_for_rounded(value: str, told_of: int) -> None:
    due = tried("c0 c1", change("a.score", "9", "8.02", by="c1", unit=POINTS))
    assert len(told(due, tried("c0 c1", change("a.score", "9", value, by="c0", unit=POINTS)))) == told_of


def test_of_two_values_that_would_do_the_finding_about_the_cell_tells_which() -> None:
    own = tried("c0 c1", change("f.1.rate", "230", "340", ("339", "341"), by="c1"))
    other = tried("c0 c1", change("f.1.rate", "230", "339.9", ("338.9", "340.9"), by="c0"))
    assert told(own, other)["c1"][1] == told(other, own)["c1"][1] == "340"


class TestExchange:
    PAIR = (change("f.0.budget", "20", "50"), change("f.1.budget", "50", "20"))
    OTHER = (change("f.0.executed", "40", "10"), change("f.1.executed", "10", "40"))

    def test_two_cells_that_change_places_are_named_the_row_of_the_finding_first(self) -> None:
        cells = (Cell("f.0.budget", "50"), Cell("f.1.budget", "20"))
        assert culprits([tried("c0 c1", *self.PAIR[::-1])], ABOUT) == {
            "c0": Blame(cells, leads=True),
            "c1": Blame(cells, leads=False),
        }

    def test_one_wrong_figure_is_likelier_than_two(self) -> None:
        one = tried("c0 c1", change("a.budget", "230", "340"))
        assert told(one, tried("c0 c1", *self.PAIR)) == told(one)

    def test_two_columns_of_the_same_rows_may_both_be_meant(self) -> None:
        found = culprits([tried("c0 c1", *self.PAIR), tried("c0 c1", *self.OTHER)], ABOUT)
        assert [blame.sure for blame in found.values()] == [False, False]

    def test_other_rows_are_no_such_doubt(self) -> None:
        others = (change("f.0.budget", "20", "50"), change("f.2.budget", "50", "20"))
        assert not culprits([tried("c0 c1", *self.PAIR), tried("c0 c1", *others)], ABOUT)
