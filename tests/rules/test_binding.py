"""Names of a place and of the form around it."""

from __future__ import annotations

from validator.rules.binding import Within, within


class TestWithin:
    def test_own_names_go_before_those_of_the_form(self) -> None:
        names = Within({"a": "own"}, {"a": "form", "b": "form"})
        assert (names["a"], names["b"], names["c"], "b" in names, list(names), len(names)) == (
            "own", "form", None, True, ["a"], 1,
        )  # fmt: skip

    def test_names_taken_within_themselves_are_none_where_nobody_binds_them(self) -> None:
        names = within({"a": 1})
        assert (names["a"], names["b"], within(names) is names) == (1, None, True)
