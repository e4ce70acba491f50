"""When two written figures agree."""

from __future__ import annotations

import itertools
from decimal import ROUND_DOWN, Decimal

import pytest

from tests.rules.placing import PERCENT, POINTS, WAN, YUAN, cell, check, figure
from validator.model.fact import Fact
from validator.model.finding import Grade, Outcome
from validator.rules.arithmetic import Dimension
from validator.rules.expression import compile_expression
from validator.rules.syntax import ExpressionError

PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


def rate(stated: str, executed: str, budget: str) -> dict[str, Fact]:
    return {"r": cell(stated, "percent"), "e": cell(executed, "amount", "万元"), "b": cell(budget, "amount", "万元")}


class TestGrades:
    @pytest.mark.parametrize(
        ("stated", "executed", "budget", "grade", "expected"),
        [
            ("81.80%", "261.75", "320.00", Grade.EXACT, None),
            ("81.8%", "261.75", "320.00", Grade.EXACT, None),
            ("82%", "261.75", "320.00", Grade.EXACT, None),
            ("66.66%", "2.00", "3.00", Grade.WITHIN_ROUNDING, "66.67%"),
            ("81.79%", "261.75", "320.00", Grade.WITHIN_ROUNDING, "81.80%"),
            ("81.79%", "26175.00", "32000.00", Grade.TRUNCATED, "81.80%"),
            ("81.08%", "261.75", "320.00", Grade.OFF, "81.80%"),
            ("100%", "261.75", "320.00", Grade.OFF, "82%"),
        ],
    )
    def test_rate_against_quotient(self, stated: str, executed: str, budget: str, grade: Grade, expected: str | None) -> None:
        verdict = check("r == e / b", **rate(stated, executed, budget))
        assert (verdict.grade, verdict.expected) == (grade, expected)
        assert verdict.outcome is (PASS if grade in (Grade.EXACT, Grade.WITHIN_ROUNDING) else FAIL)

    def test_truncated_means_cut_off_and_not_explained_by_rounding(self) -> None:
        verdict = check(
            "r == e / b", r=figure("66.666", PERCENT), e=figure("200000", YUAN, step=0), b=figure("300000", YUAN, step=0)
        )
        assert (verdict.outcome, verdict.grade) == (FAIL, Grade.TRUNCATED)

    @pytest.mark.parametrize("stated", ["0.12", "0.13"])
    def test_a_tie_may_go_up_or_to_the_even_digit(self, stated: str) -> None:
        verdict = check("x == a / b", x=figure(stated), a=figure("1", step=0), b=figure("8", step=0))
        assert verdict.grade is Grade.EXACT

    @pytest.mark.parametrize(("stated", "outcome"), [("100", PASS), ("99.99", FAIL), ("101", FAIL)])
    def test_points_must_add_up_to_the_digit(self, stated: str, outcome: Outcome) -> None:
        parts = tuple(figure(value, POINTS) for value in ("33.3", "33.3", "33.4"))
        assert check("t == sum(p)", t=figure(stated, POINTS), p=parts).outcome is outcome

    def test_computed_points_are_rounded(self) -> None:
        values = {"s": figure("8", POINTS, step=0), "w": figure("10", POINTS, step=0), "r": figure("81.80", PERCENT)}
        assert check("s == w * r", **values).outcome is PASS
        assert check("s == w * r", **{**values, "s": figure("8.1", POINTS, step=0)}).outcome is FAIL

    def test_whole_amounts_that_meet_within_rounding_are_marked(self) -> None:
        parts = (figure("4", WAN), figure("5", WAN))
        assert check("t == sum(p)", t=figure("10", WAN), p=parts).whole
        assert not check("t == sum(p)", t=figure("9", WAN), p=parts).whole
        assert not check("t == sum(p)", t=figure("1.0", WAN), p=(figure("0.4", WAN), figure("0.5", WAN))).whole

    def test_counts_are_exact(self) -> None:
        parts = (cell("100家"), cell("206家"))
        assert check("t == sum(p)", t=cell("306家"), p=parts).grade is Grade.EXACT
        assert check("t == sum(p)", t=cell("307家"), p=parts).grade is Grade.OFF

    def test_an_estimate_is_never_called_wrong(self) -> None:
        verdict = check("t == sum(p)", t=cell("约300家"), p=(cell("100家"), cell("150家")))
        assert verdict.outcome is OPEN
        assert "约300家" in (verdict.reason or "")


class TestUnits:
    def test_units_of_money_convert(self) -> None:
        assert (
            check("t == a + b", t=figure("1.5", WAN), a=figure("1", WAN, step=0), b=figure("5000", YUAN, step=0)).grade
            is Grade.EXACT
        )

    def test_what_a_bare_figure_should_be_is_written_in_the_unit_of_what_it_meets(self) -> None:
        assert check("a == b + c", a=figure("10.00"), b=figure("12.00", WAN), c=figure("8.50", WAN)).expected == "20.50"

    def test_a_bare_figure_takes_the_unit_of_what_it_meets(self) -> None:
        assert check("t == sum(p)", t=figure("320"), p=(figure("120.0", WAN), figure("200"))).grade is Grade.EXACT

    def test_different_nouns_add_up(self) -> None:
        assert check("t == sum(p)", t=cell("30头"), p=(cell("10只"), cell("20头"))).outcome is PASS

    def test_money_against_time_is_undetermined(self) -> None:
        verdict = check("t == a", t=cell("5万元"), a=cell("5天"))
        assert verdict.outcome is OPEN
        assert "单位不同" in (verdict.reason or "")

    def test_a_number_of_the_rule_is_in_base_units(self) -> None:
        assert check("r <= 1", r=figure("100", PERCENT)).outcome is PASS
        assert check("r == n / b - 1", r=figure("12.5", PERCENT), n=figure("9.0", WAN), b=figure("8.0", WAN)).outcome is PASS

    @pytest.mark.parametrize(
        ("source", "column", "what"),
        [
            ("钱 + 率 == 钱", 0, "金额与百分比不能相加"),
            ("钱 == 分", 0, "金额与分数不能比较"),
            ("得 == 10分 + 50%", 5, "分数与百分比不能相加"),
            ("钱 == 钱 * 钱", 5, "金额不能乘以金额"),
            ('钱 == "优"', 0, "金额与文字不能比较"),
            ("各 == 钱", 0, "“各”是一列数，不能直接比较"),
            ("各 * 2 == 钱", 0, "“各”是一列数，不能直接计算"),
            ("钱 == -各", 5, "正负号后面只能是一个数"),
            ("钱 == -'优'", 5, "正负号后面只能是一个数"),
        ],
    )
    def test_units_that_do_not_fit_are_found_when_the_rule_is_loaded(self, source: str, column: int, what: str) -> None:
        names = {
            "钱": Dimension("money"), "率": Dimension("ratio"), "分": Dimension("points"), "得": Dimension("points"),
            "各": Dimension("money", many=True),
        }  # fmt: skip
        with pytest.raises(ExpressionError) as caught:
            compile_expression(source, names)
        assert [(offset, message) for offset, message, _ in caught.value.mistakes] == [(column, what)]


class TestRepeatedOperands:
    def test_an_operand_that_occurs_twice_does_not_widen(self) -> None:
        part, rest = figure("4", WAN), figure("60", WAN)
        source = "s == a / (a + b)"
        inside, outside = figure("6.3", PERCENT), figure("7.2", PERCENT)
        assert check(source, s=inside, a=part, b=rest).outcome is PASS
        assert check(source, s=outside, a=part, b=rest).outcome is FAIL

    def test_a_difference_of_a_figure_with_itself_is_nearly_nothing(self) -> None:
        assert check("d == a - a", d=figure("0.9", WAN, step="0.1"), a=figure("100", WAN)).outcome is FAIL


def test_outcomes_do_not_depend_on_the_unit_that_is_written() -> None:
    for parts in itertools.product(("1.25", "2.50", "0.75"), repeat=2):
        for total in ("3.75", "3.76", "2.00", "4.00"):
            one = check("t == sum(p)", t=figure(total, WAN), p=tuple(figure(part, WAN) for part in parts))
            other = check("t == sum(p)", t=figure(total, YUAN), p=tuple(figure(part, YUAN) for part in parts))
            assert (one.outcome, one.grade) == (other.outcome, other.grade)


@pytest.mark.parametrize("sign", [ROUND_DOWN])
def test_cut_off_parts_of_a_long_sum_are_told_apart(sign: str) -> None:
    total = (Decimal("10.006") * 3).quantize(Decimal("0.01"), rounding=sign)
    assert check("t == a * 3", t=figure(total, WAN), a=figure("10.006", WAN, step=0)).grade is Grade.TRUNCATED


class TestRoundedTotals:
    """A total in fewer places than its parts is right when it is their sum rounded to those places."""

    @pytest.mark.parametrize(
        ("total", "parts", "outcome"),
        [
            ("905.12", ("560.0034", "345.1200"), Outcome.PASS),
            ("905.1", ("560.0034", "345.1200"), Outcome.PASS),
            ("905.13", ("560.0034", "345.1200"), Outcome.FAIL),
            ("905.2", ("560.0034", "345.1200"), Outcome.FAIL),
            ("861", ("500.12", "360.75"), Outcome.FAIL),
        ],
    )
    def test_money(self, total: str, parts: tuple[str, ...], outcome: Outcome) -> None:
        cells = tuple(figure(part, WAN) for part in parts)
        assert check("t == sum(p)", t=figure(total, WAN, step="0.0001"), p=cells).outcome is outcome

    @pytest.mark.parametrize(
        ("total", "outcome"), [("99.46", Outcome.PASS), ("99.5", Outcome.PASS), ("99.47", Outcome.FAIL), ("99", Outcome.FAIL)]
    )
    def test_points(self, total: str, outcome: Outcome) -> None:
        cells = (figure("90", POINTS, step="0.001"), figure("9.459", POINTS))
        assert check("t == sum(p)", t=figure(total, POINTS, step="0.001"), p=cells).outcome is outcome
