"""Claims of prose as places for the rules, and small tests of written figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, claims, money, texts, words
from validator.model.interval import Interval
from validator.rules.narrative.places import (
    addable,
    bounds_of,
    facts,
    follows,
    is_base,
    is_full_marks,
    is_overall,
    may_be,
    near,
    of_the_whole,
    place,
    ratio_follows,
    ratio_rounds,
    same_kind,
    spells,
    ties,
    total_interval,
    total_of,
)
from validator.rules.tables import Tie


def test_a_place_stands_at_the_figure_that_is_stated_and_knows_its_sentence() -> None:
    whole, part = claims("支出100万元，其中设备60万元。")
    found = place("narrative.part", whole, {"whole": whole.fact, "parts": facts([part])}, suffix="here")

    assert found.path == f"{whole.fact.pointer.path}.here"
    assert place("narrative.part", whole, {}).path == f"{whole.fact.pointer.path}.part"
    assert found.pointer == whole.fact.pointer
    assert found.names["整体"] is found.names["whole"] is whole.fact
    assert found.names["各项"] == (part.fact,)
    assert found.names["原文"] == whole.fact.pointer.row_label
    assert found.names["名称"] == "支出"


def test_names_of_a_formula_are_bound_as_they_are() -> None:
    one, other = claims("支出100万元，收入60万元。")
    names = place("narrative.balance", one, {"stated": one.fact, "formula": "收入", "收入": other.fact}, "收入").names

    assert (names["填列数"], names["收入"], names["算式"]) == (one.fact, other.fact, "收入")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出100万元，收入200元。", True),
        ("职工100人，男60人。", True),
        ("职工100人，支出60万元。", False),
        ("资金100万，支出60万元。", True),
        ("资金100万，人口60万。", True),
    ],
)
def test_figures_of_one_kind_can_be_added_up(text: str, *, expected: bool) -> None:
    one, other = claims(text)

    assert same_kind(one, other) is same_kind(other, one) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("完成预算700万元的94.29%。", True), ("预算700万元，完成94.29%。", False), ("完成700万元，占预算的94.29%。", False)],
)
def test_a_figure_may_be_only_what_the_rate_behind_it_is_taken_of(text: str, *, expected: bool) -> None:
    level, rate = claims(text)

    assert is_base(level, rate, words()) is expected


@pytest.mark.parametrize(("text", "expected"), [("总分100分。", True), ("自评得分100分。", False), ("总分90分。", False)])
def test_full_marks_are_no_score(text: str, *, expected: bool) -> None:
    (claim,) = claims(text)

    assert is_full_marks(claim, words()) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目自评得分92分。", True),
        ("上年自评得分92分。", False),
        ("较上年自评得分92分。", False),
        ("产出指标得92分。", False),
        ("总分100分。", False),
    ],
)
def test_the_total_of_the_report_is_this_years_and_earned(text: str, *, expected: bool) -> None:
    (claim,) = claims(text)

    assert is_overall(claim, words()) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出100万元。", True),
        ("培训100人。", True),
        ("约100万元。", False),
        ("支出100-120万元。", False),
        ("满意度95%。", False),
        ("得分95分。", False),
        ("服务3个月。", False),
        ("增加100万元。", False),
    ],
)
def test_parts_and_wholes_are_amounts_and_counts(text: str, *, expected: bool) -> None:
    (claim,) = claims(text)

    assert addable(claim) is expected


@pytest.mark.parametrize(
    ("name", "expected"), [("全年实际支出", True), ("项目预算", True), ("道路支出", False), ("中央资金预算", False)]
)
def test_a_bare_name_is_that_of_the_whole_project(name: str, *, expected: bool) -> None:
    assert of_the_whole(name, words()) is expected


@pytest.mark.parametrize(("word", "text", "expected"), [("可办", "可网办", True), ("办可", "可网办", False), ("", "可", True)])
def test_a_text_may_spell_a_shortened_word(word: str, text: str, *, expected: bool) -> None:
    assert spells(word, text) is expected


class TestSums:
    def test_a_sum_is_compared_within_its_rounding(self) -> None:
        whole, *parts = claims("支出100.5万元，道路60.3万元，桥梁40.2万元。")

        assert ties(whole, parts) is Tie.FIRM
        assert ties(parts[0], [whole, parts[1]]) is Tie.OFF
        assert total_of(parts) == Decimal(1_005_000)
        assert texts(facts(parts)) == ["60.3万元", "40.2万元"]

    @given(AMOUNT, AMOUNT)
    def test_what_adds_up_is_never_passed_over_at_a_glance(self, one: Decimal, other: Decimal) -> None:
        whole, *parts = claims(f"支出{money(one + other)}，道路{money(one)}，桥梁{money(other)}。")

        assert near(whole, parts)

    def test_what_is_far_off_is(self) -> None:
        whole, *parts = claims("支出200万元，道路60万元，桥梁40万元。")

        assert not near(whole, parts)

    def test_figures_of_several_units_keep_their_bounds(self) -> None:
        one, other = claims("支出100.5万元，共30人。")

        assert bounds_of([one]) == bounds_of([one, one])[:1]
        assert len(bounds_of([one, other])) == 2

    @given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 9)), min_size=1, max_size=5))
    def test_the_bounds_of_a_sum_are_the_sums_of_the_bounds(self, ends: list[tuple[int, int]]) -> None:
        bounds = [Interval(Decimal(low), Decimal(low + wide)) for low, wide in ends]

        assert total_interval(bounds) == Interval(
            sum((b.low for b in bounds), Decimal(0)), sum((b.high for b in bounds), Decimal(0))
        )


class TestRatios:
    @given(AMOUNT, st.integers(1, 99))
    def test_a_rate_that_was_rounded_follows_and_is_not_passed_over(self, budget: Decimal, share: int) -> None:
        spent = (budget * share / 100).quantize(Decimal("0.01"))
        rate = (spent / budget * 100).quantize(Decimal("0.1"))
        below, above, stated = claims(f"预算{money(budget)}，支出{money(spent)}，执行率{rate}%。")

        assert may_be(stated, above.size, below.size)
        assert ratio_follows(stated, [above], [below])
        assert ratio_rounds(stated, [above], [below])

    def test_another_rate_and_one_over_nothing_do_not(self) -> None:
        below, above, stated, nothing = claims("预算300万元，支出285万元，执行率85%，结余0万元。")

        assert not may_be(stated, above.size, below.size)
        assert not may_be(stated, above.size, nothing.size)
        assert not ratio_follows(stated, [above], [below])
        assert not ratio_rounds(stated, [above], [below])
        assert not ratio_rounds(stated, [above], [nothing])
        assert not follows(stated, [above, nothing], lambda b: b[0] / b[1])

    def test_a_rate_that_some_rounding_gives_follows_but_is_not_what_is_written(self) -> None:
        below, above, stated = claims("预算3万元，支出2万元，执行率70%。")

        assert ratio_follows(stated, [above], [below])
        assert not ratio_rounds(stated, [above], [below])

    def test_nothing_follows_from_an_estimate(self) -> None:
        below, above, stated = claims("预算约300万元，支出285万元，执行率95%。")

        assert not ratio_follows(stated, [above], [below])
        assert not ratio_rounds(stated, [above], [below])
