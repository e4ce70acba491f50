from __future__ import annotations

from validator.model.fact import Fact, Form, Pointer, Record, Section
from validator.model.quantity import Reading, State


def record(label: str, *children: Record) -> Record:
    whole = Record(label, label, "part", {"a": Fact(Reading(State.TEXT, label), Pointer(label, label, label))})
    whole.children += children
    return whole


class TestFact:
    def test_it_is_blank_when_nothing_stands_there(self) -> None:
        pointer = Pointer("p", "A1", "—")
        assert Fact(Reading(State.BLANK, "—"), pointer).blank
        assert not Fact(Reading(State.TEXT, "无"), pointer).blank

    def test_its_text_is_what_is_written(self) -> None:
        assert Fact(Reading(State.TEXT, "x"), Pointer("p", "A1", "原文")).text == "原文"


class TestRecord:
    def test_leaves_are_the_rows_with_nothing_below(self) -> None:
        total = record("total", record("a", record("a1"), record("a2", record("a21"))), record("b"))
        assert [leaf.label for leaf in total.leaves()] == ["a1", "a21", "b"]

    def test_a_row_without_parts_has_none(self) -> None:
        assert not list(record("a").leaves())


class TestForm:
    FORM = Form(
        "f",
        "t",
        "A1",
        1.0,
        (),
        [Section("x", "x", [record("1")], {}), Section("y", "y", [record("2")], {}), Section("x", "x[1]", [], {})],
    )

    def test_a_section_is_found_by_its_id_the_first_of_several(self) -> None:
        found = self.FORM.section("x")
        assert found is not None
        assert found.path == "x"
        assert self.FORM.section("z") is None

    def test_facts_come_in_reading_order(self) -> None:
        assert [fact.text for fact in self.FORM.facts()] == ["1", "2"]
