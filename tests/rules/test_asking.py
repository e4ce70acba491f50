"""Conditions in many places: how they end, and how often they are asked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import cell, known
from validator.model.finding import Outcome
from validator.model.quantity import State
from validator.rules.arithmetic import Dimension, Frame
from validator.rules.asking import Asked, Condition, Joined
from validator.rules.binding import Value, Within, within
from validator.rules.comparison import Verdict
from validator.rules.conditions import FAILS, HOLDS
from validator.rules.expression import compile_expression, compile_when

OPEN = Verdict(Outcome.UNDETERMINED, reason="读不出")
ABSENT = Verdict(Outcome.NOT_APPLICABLE, reason="没有")


def told(key: str, *answers: Verdict) -> tuple[Condition, list[int]]:
    """Return a condition that answers so in each place, and the numbers of the places where it was asked."""
    asked: list[int] = []

    def run(frame: Frame) -> Verdict:
        number = frame.binding["n"]
        assert isinstance(number, int)
        asked.append(number)
        return answers[number]

    return Condition("", (), key, run), asked


def places(count: int) -> Asked:
    return Asked([within({"n": number}) for number in range(count)])


class TestAsked:
    def test_a_condition_is_asked_once_in_each_place(self) -> None:
        condition, asked = told("x", HOLDS, FAILS, OPEN)
        here = places(3)
        first = here.ask(condition, 0b011)
        assert (asked, first.failed, dict(first.undecided)) == ([0, 1], 0b010, {})
        again = here.ask(condition, here.every)
        assert (asked, again.failed, dict(again.undecided)) == ([0, 1, 2], 0b010, {2: OPEN})

    def test_a_condition_of_another_wording_is_another_one(self) -> None:
        here = places(1)
        assert here.ask(told("x", FAILS)[0], 1).failed == 1
        assert here.ask(told("y", HOLDS)[0], 1).failed == 0

    def test_what_kind_of_thing_stands_in_a_cell_is_asked_of_no_function(self) -> None:
        values: list[Mapping[str, Value]] = [{"a": cell("5")}, {"a": cell("")}, {"a": None}]
        here = Asked([within(names) for names in values])
        asked: list[Value] = []

        def run(frame: Frame) -> Verdict:
            asked.append(frame.binding["a"])
            return ABSENT

        answers = here.ask(Condition("a", (State.NUMBER,), "is_number(a)", run), here.every)
        assert (answers.failed, dict(answers.undecided)) == (0b010, {2: ABSENT})
        assert asked == [None]

    def test_what_stands_in_several_places_is_asked_about_once(self) -> None:
        year, own = cell("2024"), [cell("1"), cell("2"), cell("3")]
        here = Asked([within({"year": year, "a": fact}) for fact in own])
        asked: list[Value] = []

        def run(frame: Frame) -> Verdict:
            asked.append(frame.binding["year"])
            return FAILS

        answers = here.ask(Condition("year", (), "year > 0", run), here.every)
        assert (asked, answers.failed) == ([year], 0b111)

        def run_own(frame: Frame) -> Verdict:
            asked.append(frame.binding["a"])
            return HOLDS

        answers = here.ask(Condition("a", (), "a > 0", run_own), here.every)
        assert (asked[1:], answers.held) == (own, 0b111)


class Own(Within):
    """Names that a place looks up when it is asked for them."""

    def __missing__(self, name: str) -> Value:
        value = self[name] = cell(str(self["n"]))
        return value


class TestNames:
    def test_what_the_form_binds_is_asked_about_once(self) -> None:
        form: dict[str, Value] = {"year": cell("2024")}
        here = Asked([Within({"n": number}, form) for number in range(3)])
        asked: list[Value] = []

        def run(frame: Frame) -> Verdict:
            asked.append(frame.binding["year"])
            return HOLDS

        assert here.ask(Condition("year", (), "year > 2023", run), here.every).held == 0b111
        assert asked == [form["year"]]

    def test_what_a_place_looks_up_for_itself_is_asked_in_each(self) -> None:
        here = Asked([Own({"n": number}, {}) for number in range(3)])
        assert compile_when("a > 0", known(a=cell("1"))).where_it_holds(here) == (0b110, {})

    def test_what_only_some_places_bind_is_looked_up_for_the_others(self) -> None:
        form: dict[str, Value] = {"a": cell("7")}
        here = Asked([Within({"a": cell("1")}, form), Within({}, form), Within({"a": cell("9")}, form)])
        assert compile_when("a > 6", known(**form)).where_it_holds(here) == (0b110, {})

    def test_what_stands_around_some_places_is_not_taken_for_what_stands_around_the_others(self) -> None:
        around: list[dict[str, Value]] = [{"rows.a": cell("1")}, {"rows.a": cell("9")}]
        here = Asked([Within({"n": number}, Within(shared, {})) for number, shared in enumerate(around)])
        assert compile_when("rows.a > 6", known(**around[0])).where_it_holds(here) == (0b10, {})

    def test_what_stands_around_all_places_is_asked_about_once(self) -> None:
        around: dict[str, Value] = {"rows.a": cell("9")}
        shared = Within(around, {})
        here = Asked([Within({"n": number}, shared) for number in range(3)])
        asked: list[Value] = []

        def run(frame: Frame) -> Verdict:
            asked.append(frame.binding["rows.a"])
            return HOLDS

        assert here.ask(Condition("rows.a", (), "rows.a > 6", run), here.every).held == 0b111
        assert asked == [around["rows.a"]]


class TestWhereItSurelyHolds:
    def test_a_place_is_asked_no_further_once_it_is_known_to_hold(self) -> None:
        first, asked_first = told("x", HOLDS, FAILS, OPEN)
        second, asked_second = told("y", FAILS, HOLDS, FAILS)
        assert places(3).held(Joined(every=False, parts=(first, second)), 0b111) == 0b011
        assert (asked_first, asked_second) == ([0, 1, 2], [1, 2])

    def test_a_place_is_asked_no_further_once_it_is_known_not_to_hold(self) -> None:
        first, asked_first = told("x", HOLDS, FAILS, OPEN)
        second, asked_second = told("y", HOLDS, HOLDS, HOLDS)
        assert places(3).held(Joined(every=True, parts=(first, second)), 0b111) == 0b001
        assert (asked_first, asked_second) == ([0, 1, 2], [0])

    def test_the_opposite_holds_where_a_condition_fails_and_not_where_it_is_open(self) -> None:
        condition, _ = told("x", HOLDS, FAILS, OPEN)
        here = places(3)
        assert here.held(condition._replace(negated=True), 0b111) == 0b010
        assert here.held(condition, 0b110) == 0

    def test_what_a_when_asked_is_not_asked_again(self) -> None:
        names: list[dict[str, Value]] = [{"a": cell(text)} for text in ("≥5", "5")]
        here = Asked([within(each) for each in names])
        compile_when("signed(a)", known(**names[0])).where_it_holds(here)
        sure = compile_expression("not signed(a) or a == 5", known(**names[0])).sure
        assert here.held(sure, here.every) == 0b11
        assert list(here.answers) == ["signed(a)", "exactly a==5"]


class TestWhereItHolds:
    def test_a_question_and_its_opposite_are_asked_together(self) -> None:
        names: list[dict[str, Value]] = [{"a": cell(text)} for text in ("≥5", "5", "≥保人政")]
        here = Asked([within(each) for each in names])
        signed, not_signed = (compile_when(source, known(**names[0])) for source in ("signed(a)", "not signed(a)"))
        assert signed.where_it_holds(here) == (0b001, {})
        assert not_signed.where_it_holds(here) == (0b110, {})
        assert list(here.answers) == ["signed(a)"]

    @pytest.mark.parametrize(
        ("source", "name"),
        [("a > 0", "a"), ("not signed(a)", "a"), ("is_money(first(a, a))", "a"), ("a > b", ""), ("is_number(a)", "a")],
    )
    def test_a_condition_about_one_name_is_known_as_such(self, source: str, name: str) -> None:
        (condition,) = compile_when(source, known(a=cell("1"), b=cell("2")))._conditions
        assert condition.name == name

    @pytest.mark.parametrize(
        ("a", "b", "holds", "undecided"),
        [
            ("5", "5", True, None),
            ("0", "5", False, None),
            ("≥保人政", "5", False, Outcome.UNDETERMINED),
            ("≥保人政", "0", False, None),
            ("0", "≥保人政", False, None),
            (None, "5", False, Outcome.NOT_APPLICABLE),
            (None, "≥保人政", False, Outcome.UNDETERMINED),
            ("≥保人政", None, False, Outcome.UNDETERMINED),
        ],
    )
    def test_what_fails_outweighs_what_is_open_and_that_what_is_not_there(
        self, a: str | None, b: str | None, holds: bool, undecided: Outcome | None
    ) -> None:
        fine: dict[str, Value] = {"a": cell("1"), "b": cell("1")}
        names: dict[str, Value] = {name: cell(text) if text is not None else None for name, text in (("a", a), ("b", b))}
        expression = compile_when("a > 0 and b > 0", known(**fine))
        where, open_ = expression.where_it_holds(Asked([within(fine), within(names), within(fine)]))
        assert where == (0b111 if holds else 0b101)
        assert {at: verdict.outcome for at, verdict in open_.items()} == ({1: undecided} if undecided else {})

    @given(
        st.recursive(
            st.sampled_from(["a > 0", "b != 5", "a == b", "is_number(a)", "signed(b)", "mentions(a, '人')", "not blank(b)"]),
            lambda inner: (
                st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner) | inner.map("not ({})".format)
            ),
            max_leaves=5,
        ),
        st.lists(st.tuples(*[st.sampled_from(["5", "≥5", "0", "", "三人", "≥保人政", None])] * 2), min_size=2, max_size=6),
    )
    def test_a_place_alone_is_decided_as_it_is_among_others(
        self, source: str, written: list[tuple[str | None, str | None]]
    ) -> None:
        cells: dict[str | None, Value] = {text: cell(text) if text is not None else None for pair in written for text in pair}
        places = [within({"a": cells[a], "b": cells[b]}) for a, b in written]
        when = compile_when(source, {"a": Dimension("any"), "b": Dimension("any")})
        holds, undecided = when.where_it_holds(Asked(places))
        for at, place in enumerate(places):
            assert when.where_it_holds(Asked([place])) == (holds >> at & 1, {0: undecided[at]} if at in undecided else {})
            assert when.holds(place) == (HOLDS if holds >> at & 1 else undecided.get(at, FAILS))
