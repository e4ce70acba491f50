"""Functions that hold an actual value against its target."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.placing import actual, cell, check, target, value
from validator.model.fact import Fact, Pointer
from validator.model.finding import Outcome
from validator.model.quantity import Quantity, Reading, State, Unit

PASS, FAIL, OPEN = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("done", "wanted", "completion", "beyond"),
    [
        ("6场", "≥12场", "0.5", "-0.5"),
        ("18场", "≥12场", "1.5", "0.5"),
        ("18场", "12场", "1.5", "0.5"),
        ("30天", "≤60天", "2", "0"),
        ("0天", "≤60天", None, "0"),
        ("5场", "≥0场", None, None),
        ("5天", "≥5%", None, None),
        ("已完成", "≥5%", None, None),
        ("14场", "=12场", None, "0"),
        ("0.96", "≥96%", "1", "0"),
        ("0.96", "≤0.96%", "1", "0"),
    ],
)
def test_completion_and_exceeds(done: str, wanted: str, completion: str | None, beyond: str | None) -> None:
    cells = {"a": actual(done), "t": target(wanted)}
    if wanted != "=12场":
        assert value("completion(a, t)", **cells) == (Decimal(completion) if completion else None)
    assert value("exceeds(a, t)", **cells) == (Decimal(beyond) if beyond else None)


def test_score_by_completion_is_rounded_to_the_score() -> None:
    cells = {"s": cell("5.63", "points"), "w": cell("11.25", "points"), "a": actual("1次"), "t": target("≥2次")}
    assert check("s == w * min(completion(a, t), 1)", **cells).outcome is PASS
    assert check("s == w * min(completion(a, t), 1)", **{**cells, "s": cell("5.73", "points")}).expected == "5.63分"


@pytest.mark.parametrize(
    ("done", "wanted", "met", "alike"),
    [
        ("95%", "≥90%", PASS, PASS),
        ("85%", "≥90%", FAIL, PASS),
        ("12场", "=12场", PASS, PASS),
        ("13场", "=12场", FAIL, PASS),
        ("85%", "80%-90%", PASS, PASS),
        ("约85%", "≥90%", OPEN, PASS),
        ("已完成", "≥90%", OPEN, FAIL),
        ("5天", "≥5次", OPEN, FAIL),
        ("12个月", "≥1年", PASS, PASS),
        ("30天", "≥1个月", OPEN, PASS),
        ("31天", "≤1个月", OPEN, PASS),
        ("170天", "≤6个月", PASS, PASS),
        ("200天", "≤6个月", FAIL, PASS),
        ("6天", "≤5个工作日", OPEN, PASS),
        ("25天", "≤20个工作日", OPEN, PASS),
        ("5天", "≤5个工作日", PASS, PASS),
        ("11天", "≤5个工作日", FAIL, PASS),
        ("6个工作日", "≤7天", OPEN, PASS),
        ("3个工作日", "≤7天", PASS, PASS),
        ("6个工作日", "≤5个工作日", FAIL, PASS),
        ("1周", "≤5个工作日", PASS, PASS),
        ("", "≥90%", OPEN, OPEN),
    ],
)
def test_a_value_is_held_to_its_target_where_both_are_of_one_kind(done: str, wanted: str, met: Outcome, alike: Outcome) -> None:
    assert check("meets(a, t)", a=actual(done), t=target(wanted)).outcome is met
    if wanted != "≥5次":
        assert check("comparable(a, t)", a=actual(done), t=target(wanted)).outcome is alike


@given(st.integers(1, 500), st.integers(1, 500))
def test_what_is_completed_and_what_exceeds_tell_the_same_story(done: int, wanted: int) -> None:
    cells = {"a": actual(f"{done}场"), "t": target(f"≥{wanted}场")}
    completion, beyond = value("completion(a, t)", **cells), value("exceeds(a, t)", **cells)

    assert completion is not None
    assert beyond is not None
    assert abs(completion - 1 - beyond) < Decimal("1e-9")
    assert (check("meets(a, t)", **cells).outcome is PASS) is (completion >= 1)


def test_the_unit_that_was_left_out_or_mixed_up_is_seen_from_either_side() -> None:
    assert check("off_by_unit(a, t)", a=actual("1.26人"), t=target("≥1.2万人")).outcome is PASS
    assert check("off_by_unit(a, t)", a=actual("12600人"), t=target("≥1.2万人")).outcome is FAIL
    assert check("off_by_unit(a, t)", a=actual("1.26万人"), t=target("≥1.2")).outcome is FAIL
    assert check("same_unit(a, t)", a=actual("5个"), t=target("6次")).outcome is FAIL
    assert check("same_unit(a, t)", a=actual("5个"), t=target("6个")).outcome is PASS


@pytest.mark.parametrize(
    ("done", "wanted", "outcome"),
    [
        ("300元", "300元/亩", PASS),
        ("300元/亩", "300元", PASS),
        ("4次", "4次/年", PASS),
        ("300元", "每亩300元", PASS),
        ("1500元", "300元/亩", FAIL),
        ("300天", "300元/亩", FAIL),
        ("300元", "300元", FAIL),
    ],
)
def test_a_share_is_left_out_only_where_the_figures_are_the_same(done: str, wanted: str, outcome: Outcome) -> None:
    assert check("leaves_out_share(a, t)", a=actual(done), t=target(wanted)).outcome is outcome


def test_a_bare_fraction_in_a_column_of_percentages_is_not_accused() -> None:
    one = Quantity(Decimal("0.986"), Decimal("0.001"), Unit("%", "ratio", Decimal("0.01")), "0.986")
    other = one._replace(unit=Unit("", "ratio", Decimal(1)))
    done = Fact(Reading(State.NUMBER, "0.986", one, (other,)), Pointer("a", "A1", "0.986"))

    assert check("not meets(a, t)", a=done, t=target("≥98%")).outcome is OPEN


class TestOffByTens:
    @pytest.mark.parametrize(
        ("done", "wanted", "outcome"),
        [
            ("3260人次", "≥300人次", PASS),
            ("9.58%", "≥95%", PASS),
            ("0.956%", "≥95%", PASS),
            ("12公里", "≥120公里", PASS),
            ("218600万人", "≥21.5万人", PASS),
            ("126公里", "≥120公里", FAIL),
            ("600人次", "≥300人次", FAIL),
            ("4500人次", "≥300人次", FAIL),
            ("0.956", "≥95%", FAIL),
            ("0", "≥120公里", FAIL),
        ],
    )
    def test_is_so_where_only_the_decimal_point_is_wrong(self, done: str, wanted: str, outcome: Outcome) -> None:
        assert check("off_by_tens(a, t)", a=actual(done), t=target(wanted)).outcome is outcome

    def test_different_units_are_open(self) -> None:
        assert check("off_by_tens(a, t)", a=actual("12公里"), t=target("≥120人")).outcome is OPEN


@pytest.mark.parametrize(
    ("done", "outcome"),
    [
        ("25座 140人 98% 2023年10月9日 健全 16000元", FAIL),
        ("140人 98% 2023年10月9日 健全 16000元 25座", PASS),  # up by a row
        ("16000元 25座 140人 98% 2023年10月9日 健全", PASS),  # down by a row
        ("25座 98% 2023年10月9日 健全 16000元 140人", PASS),  # the first row holds
        ("25座 140人 98% 健全 2023年10月9日 16000元", FAIL),  # two actuals in each other's place
        ("140人 98% 2023年10月9日 健全 3元 25座", FAIL),  # no better in the next row
        ("140 98 2023年10月9日 健全 16000 25", PASS),  # units in a column of their own
    ],
)
def test_misplaced(done: str, outcome: Outcome) -> None:
    targets = tuple(target(text) for text in ["≥24座", "≥135人", "≥95%", "2023年11月30日前", "健全", "≤15800元"])
    assert check("misplaced(a, t)", a=tuple(map(actual, done.split())), t=targets).outcome is outcome
