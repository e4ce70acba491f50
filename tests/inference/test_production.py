"""Productions and facts: what they mean to both engines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.inference.production import (
    LONGEST,
    Activation,
    Condition,
    Join,
    Operator,
    Production,
    condition,
    following,
    key_of,
    meets,
    same,
)

VALUES = st.one_of(st.integers(-2, 2), st.booleans(), st.sampled_from(["", "1", "True", "合计"]))


@pytest.mark.parametrize(
    ("conditions", "asserts"),
    [
        ((), ()),
        (tuple(condition(f"c{n}", kind="x") for n in range(LONGEST + 1)), ()),
        ((condition("a", kind="x"), condition("a", kind="y")), ()),
        ((condition("a", n=same("b", "n")), condition("b", kind="x")), ()),
        ((Condition("a", (("a.b", 1),)),), ()),
        ((condition("a", kind="x"),), ((("n", same("z", "n")),),)),
        ((condition("a", kind="x"),), ((("n", Join("below", "a", "n")),),)),
    ],
)
def test_a_production_that_no_engine_could_run_is_refused(conditions: Any, asserts: Any) -> None:
    with pytest.raises(ValueError, match="r"):
        Production("r", conditions, asserts)


def test_a_fact_that_follows_may_copy_from_any_pattern() -> None:
    rule = Production(
        "r",
        (condition("a", kind="x"), condition("b", kind="y")),
        ((("kind", "z"), ("n", same("a", "n")), ("m", same("b", "m"))),),
    )

    assert list(following(rule, [{"kind": "x", "n": 1}, {"kind": "y", "m": 2}])) == [{"kind": "z", "n": 1, "m": 2}]
    assert list(following(rule, [{"kind": "x", "n": 1}, {"kind": "y"}])) == [{"kind": "z", "n": 1}]


def test_productions_are_equal_to_nothing_but_themselves() -> None:
    one, other = (Production("r", (condition("a", kind="x"),)) for _ in range(2))

    assert one == one  # noqa: PLR0124 (what is equal to itself can be remembered)
    assert one != other
    assert len({one, other}) == 2


def test_the_fact_that_met_a_pattern_is_found_by_its_name() -> None:
    rule = Production("r", (condition("a", kind="x"), condition("b", kind="y")))
    found = Activation(rule, ({"kind": "x"}, {"kind": "y"}))

    assert found.fact("b") == {"kind": "y"}
    with pytest.raises(KeyError):
        found.fact("c")


class TestKeys:
    @given(st.dictionaries(st.sampled_from("abc"), VALUES), st.dictionaries(st.sampled_from("abc"), VALUES))
    def test_two_facts_are_one_where_names_types_and_values_agree(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        alike = one.keys() == other.keys() and all(type(one[key]) is type(other[key]) and one[key] == other[key] for key in one)

        assert (key_of(one) == key_of(other)) is alike
        assert key_of(dict(reversed(one.items()))) == key_of(one)
        assert sorted([key_of(one), key_of(other)])


class TestMeeting:
    @pytest.mark.parametrize(
        ("fact", "tests", "expected"),
        [
            ({"kind": "x", "n": 1}, (("kind", "x"),), True),
            ({"kind": "x", "n": 1}, (("kind", "x"), ("n", 2)), False),
            ({"kind": "x", "n": 1}, (("m", 1),), False),
            ({"kind": "x", "n": 1}, (("n", True),), False),
            ({"kind": "x", "n": 1}, (), True),
            ({"n": 1}, (("n", Join("not-same", "a", "m")),), False),
            ({"m": 1}, (("n", Join("not-same", "a", "n")),), False),
        ],
    )
    def test_every_test_must_hold_and_what_is_absent_meets_none(self, fact: Any, tests: Any, *, expected: bool) -> None:
        assert meets(fact, tests, {"a": {"n": 2}}) is expected

    @pytest.mark.parametrize(
        ("operator", "met"),
        [
            ("same", [2]), ("not-same", [1, 3, "2", True]), ("below", [1]), ("at-most", [1, 2]), ("above", [3]),
            ("at-least", [2, 3]),
        ],
    )  # fmt: skip
    def test_only_whole_numbers_are_ordered(self, operator: Operator, met: list[Any]) -> None:
        tests = (("n", Join(operator, "a", "n")),)
        found = [value for value in (1, 2, 3, "2", True) if meets({"n": value}, tests, {"a": {"n": 2}})]

        assert list(map(repr, found)) == list(map(repr, met))
