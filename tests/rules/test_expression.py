"""What the language of rules says of written figures."""

from __future__ import annotations

import itertools
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.placing import PERCENT, POINTS, WAN, YUAN, cell, check, decide, figure, known, prose
from tests.work import calls
from validator.errors import GoujiError
from validator.model.fact import Fact
from validator.model.finding import Grade, Outcome
from validator.model.quantity import Unit
from validator.rules.arithmetic import COUNTED, WIDE, Dimension, Frame, Undetermined, Value
from validator.rules.expression import ExpressionError, compile_expression, compile_formula, literal

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


class TestWhatCannotBeDecided:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "全年预算数未填"),
            ("-", "全年预算数未填"),
            ("≥保人政", "“≥保人政”"),
            ("已完成", "“已完成”"),
            ("0", "除数"),
            ("0.00", "除数"),
        ],
    )
    def test_an_unusable_operand_gives_a_reason(self, text: str, reason: str) -> None:
        values: dict[str, Value] = {**rate("50%", "10", "20"), "b": cell(text, "amount", "万元", label="全年预算数")}
        verdict = check("r == e / b", **values)
        assert verdict.outcome is OPEN
        assert reason in (verdict.reason or "")
        assert verdict.stated is values["r"]

    def test_a_missing_column_makes_it_not_applicable(self) -> None:
        verdict = check("r == e / b", **{**rate("50%", "10", "20"), "b": None})
        assert (verdict.outcome, verdict.reason) == (ABSENT, "本表没有“b”栏")

    def test_blanks_do_not_count_in_a_sum(self) -> None:
        parts = (cell("10", "amount", "万元"), cell("-", "amount"), cell("", "amount"))
        verdict = check("t == sum(p)", t=cell("10", "amount", "万元"), p=parts)
        assert (verdict.outcome, verdict.operands) == (PASS, parts[:1])

    def test_a_sum_of_blanks_is_undetermined(self) -> None:
        verdict = check("t == sum(p)", t=cell("10", "amount"), p=(cell("", "amount", label="各项资金"),))
        assert (verdict.outcome, verdict.reason) == (OPEN, "各项资金都未填")

    def test_columns_that_are_not_there_are_left_out_of_a_sum_of_several(self) -> None:
        total, parts = figure("3"), (figure("1"), figure("2"))
        assert check("t == sum(p, q)", t=total, p=parts, q=None).outcome is PASS
        assert check("t == sum(q, r)", t=total, q=None, r=None).outcome is ABSENT

    def test_a_range_is_not_a_number(self) -> None:
        assert check("x == y", x=cell("80%-100%"), y=cell("90%")).outcome is OPEN


class TestLogic:
    """Kleene: what is not known matters only where it could change the answer."""

    TRUE, FALSE, UNKNOWN = "a == 1", "a == 2", "u == 1"

    def outcome(self, source: str) -> Outcome:
        return check(source, a=figure("1", step=0), u=cell("", "number"), m=None).outcome

    @pytest.mark.parametrize(
        ("source", "outcome"),
        [
            (f"{TRUE} and {TRUE}", PASS),
            (f"{TRUE} and {FALSE}", FAIL),
            (f"{UNKNOWN} and {FALSE}", FAIL),
            (f"{UNKNOWN} and {TRUE}", OPEN),
            (f"{UNKNOWN} or {TRUE}", PASS),
            (f"{UNKNOWN} or {FALSE}", OPEN),
            (f"{FALSE} or {FALSE}", FAIL),
            (f"not {UNKNOWN}", OPEN),
            (f"not ({TRUE} and {FALSE})", PASS),
            (f"not ({TRUE} or {FALSE})", FAIL),
            (f"m == 1 or {FALSE}", FAIL),
            (f"m == 1 or {TRUE}", PASS),
            ("m == 1", ABSENT),
            (f"m == 1 and {TRUE}", ABSENT),
            ("0 < a <= 1", PASS),
            ("not 0 < a < 1", PASS),
        ],
    )
    def test_table(self, source: str, outcome: Outcome) -> None:
        assert self.outcome(source) is outcome

    def test_the_first_part_that_fails_speaks_for_all(self) -> None:
        x, y, z = figure("1", step=0), figure("2", step=0), figure("3", step=0)
        verdict = check("x == 1 and y == 3 and z == 4", x=x, y=y, z=z)
        assert verdict.stated is y
        assert verdict.operands == (x,)

    def test_a_condition_is_decided_by_what_is_written_and_a_check_is_lenient(self) -> None:
        values = {"r": figure("100.00", PERCENT), "z": figure("0.00", WAN)}
        assert decide("r > 100%", **values).outcome is FAIL
        assert decide("z > 0", **values).outcome is FAIL
        assert check("not r > 100%", **values).outcome is PASS
        assert check("r < 100%", **values).grade is Grade.WITHIN_ROUNDING

    @pytest.mark.parametrize(
        ("sign", "below", "equal", "above"),
        [
            ("<", PASS, FAIL, FAIL),
            ("<=", PASS, PASS, FAIL),
            (">", FAIL, FAIL, PASS),
            (">=", FAIL, PASS, PASS),
            ("==", FAIL, PASS, FAIL),
            ("!=", PASS, FAIL, PASS),
        ],
    )
    def test_an_order_is_what_its_sign_says(self, sign: str, below: Outcome, equal: Outcome, above: Outcome) -> None:
        for text, outcome in (("4.00", below), ("5.00", equal), ("6.00", above)):
            assert decide(f"a {sign} b", a=figure(text, WAN), b=figure("5.00", WAN)).outcome is outcome
            assert decide(f"a {sign} 50000元", a=figure(text, WAN)).outcome is outcome

    def test_texts_compare_without_blanks_and_width(self) -> None:
        assert check('g == "优（良）"', g=prose(" 优 (良)")).outcome is PASS
        assert check('g != "优"', g=prose("良")).outcome is PASS
        assert check('g == "优"', g=prose("")).outcome is OPEN

    def test_another_fair_reading_of_a_cell_may_pass(self) -> None:
        stated = cell("0.1", "percent")
        assert stated.reading.alternatives
        assert check("r == 10%", r=stated).outcome is PASS
        assert check("r == 0.1%", r=stated).outcome is PASS
        assert check("r == 20%", r=stated).outcome is FAIL

    def test_a_column_written_in_percent_can_be_points_throughout(self) -> None:
        weights = tuple(cell("20%", "points") for _ in range(5))
        assert check("100分 == sum(w)", w=weights).outcome is PASS


class TestRepeatedOperands:
    def test_an_operand_that_occurs_twice_does_not_widen(self) -> None:
        part, rest = figure("4", WAN), figure("60", WAN)
        source = "s == a / (a + b)"
        inside, outside = figure("6.3", PERCENT), figure("7.2", PERCENT)
        assert check(source, s=inside, a=part, b=rest).outcome is PASS
        assert check(source, s=outside, a=part, b=rest).outcome is FAIL

    def test_a_difference_of_a_figure_with_itself_is_nearly_nothing(self) -> None:
        assert check("d == a - a", d=figure("0.9", WAN, step="0.1"), a=figure("100", WAN)).outcome is FAIL


@st.composite
def trees(draw: st.DrawFn, names: tuple[str, ...], depth: int = 3) -> str:
    """Arithmetic over names, in which a name may occur several times."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(names))
    sign = draw(st.sampled_from("+-*/"))
    return f"({draw(trees(names, depth - 1))} {sign} {draw(trees(names, depth - 1))})"


NAMES = ("a", "b", "c", "d")
DECIMALS = st.decimals(min_value=1, max_value=999, places=2)
Bounds = tuple[Fraction, Fraction]


def exact(source: str, values: dict[str, Fraction]) -> Fraction:
    return eval(source, {"__builtins__": {}}, dict(values))  # type: ignore[no-any-return] # noqa: S307 (source is our own)


def bounds(source: str, values: dict[str, Fact], pieces: dict[int, tuple[Decimal, Decimal]] | None = None) -> Bounds:
    frame = Frame(values)
    frame.taken = WIDE
    frame.pieces = pieces or {}
    formula = compile_formula(source, known(**values))
    low, high, _, _ = formula._node(frame)
    return Fraction(low), Fraction(high)


class TestAgainstExactArithmetic:
    @given(trees(NAMES), st.tuples(DECIMALS, DECIMALS, DECIMALS, DECIMALS))
    def test_the_value_is_that_of_exact_fractions(self, source: str, numbers: tuple[Decimal, ...]) -> None:
        try:
            truth = exact(source, {name: Fraction(value) for name, value in zip(NAMES, numbers, strict=True)})
        except ZeroDivisionError:
            assume(False)
        value = compile_formula(source, {name: Dimension("any") for name in NAMES}).value(
            {name: figure(number) for name, number in zip(NAMES, numbers, strict=True)}
        )
        assert value is None or abs(Fraction(value) - truth) <= abs(truth) / 10**40 + Fraction(1, 10**40)
        assert value is not None or "/" in source

    @given(trees(NAMES, 2), st.tuples(DECIMALS, DECIMALS, DECIMALS, DECIMALS), st.data())
    def test_the_interval_holds_every_truth_it_may_have_been_rounded_from(
        self, source: str, numbers: tuple[Decimal, ...], data: st.DataObject
    ) -> None:
        values = {name: figure(number) for name, number in zip(NAMES, numbers, strict=True)}
        truths = {
            name: Fraction(number) + data.draw(st.fractions(Fraction(-1, 200), Fraction(1, 200)))
            for name, number in zip(NAMES, numbers, strict=True)
        }
        try:
            low, high = bounds(source, values)
        except Undetermined:
            assert "/" in source
            return
        slack = max(abs(low), abs(high)) / 10**40
        assert low - slack <= exact(source, truths) <= high + slack

    @given(trees(("a", "b"), 2), st.tuples(DECIMALS, DECIMALS), st.integers(2, 9))
    def test_a_piece_of_an_operand_never_gives_more_than_the_whole(
        self, source: str, numbers: tuple[Decimal, Decimal], count: int
    ) -> None:
        values = {"a": figure(numbers[0]), "b": figure(numbers[1])}
        quantity = values["a"].quantity
        assert quantity is not None
        low, high = quantity.interval
        try:
            whole = bounds(source, values)
        except Undetermined:
            assert "/" in source
            return
        for n in range(count):
            piece = low + (high - low) * n / count, low + (high - low) * (n + 1) / count
            inner = bounds(source, values, {id(values["a"]): piece})
            slack = max(map(abs, whole)) / 10**40
            assert whole[0] - slack <= inner[0] <= inner[1] <= whole[1] + slack

    ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN)

    @given(
        trees(NAMES, 2),
        st.tuples(*[st.fractions(1, 999, max_denominator=9973)] * 4),
        st.sampled_from(ROUNDINGS),
        st.integers(0, 4),
        st.integers(0, 4),
    )
    def test_figures_rounded_from_unrounded_truths_are_never_called_wrong(
        self, source: str, truths: tuple[Fraction, ...], rounding: str, places: int, stated_places: int
    ) -> None:
        def written(truth: Fraction, digits: int) -> Decimal:
            ratio = Decimal(truth.numerator) / Decimal(truth.denominator)
            return ratio.quantize(Decimal(1).scaleb(-digits), rounding=rounding)

        try:
            truth = exact(source, dict(zip(NAMES, truths, strict=True)))
        except ZeroDivisionError:
            assume(False)
        assume(abs(truth) < 10**12)
        values = {name: figure(written(value, places)) for name, value in zip(NAMES, truths, strict=True)}
        verdict = check(f"x == {source}", **values, x=figure(written(truth, stated_places)))
        assert verdict.outcome in (PASS, OPEN), verdict

    @given(st.lists(DECIMALS, min_size=1, max_size=12), st.sampled_from([YUAN, WAN]), st.decimals(1, 100, places=0))
    def test_a_sum_moved_beyond_the_rounding_is_always_found(self, parts: list[Decimal], unit: Unit, shift: Decimal) -> None:
        cells = tuple(figure(part, unit) for part in parts)
        total = sum(parts, Decimal(0))
        assert check("t == sum(p)", t=figure(total, unit), p=cells).grade is Grade.EXACT
        moved = total + shift * (len(parts) + 1) / 100
        verdict = check("t == sum(p)", t=figure(moved, unit, step="0.01"), p=cells)
        assert verdict.grade in (Grade.OFF, Grade.TRUNCATED)
        assert verdict.difference == shift * (len(parts) + 1) / 100 * unit.factor

    @given(st.permutations([Decimal("1.11"), Decimal("2.5"), Decimal(300), Decimal("0.004")]))
    def test_the_order_of_parts_does_not_matter(self, parts: list[Decimal]) -> None:
        verdict = check("t == sum(p)", t=figure("303.61", WAN), p=tuple(figure(part, WAN) for part in parts))
        assert verdict.outcome is PASS


class TestWritingExpressions:
    def mistakes(self, source: str, *names: str) -> list[tuple[int, str, str]]:
        with pytest.raises(ExpressionError) as caught:
            compile_expression(source, {name: Dimension("any") for name in names})
        return list(caught.value.mistakes)

    def test_an_unknown_name_is_reported_with_the_nearest(self) -> None:
        assert self.mistakes("合计 == 全年预算", "合计", "全年预算数") == [
            (6, "没有“全年预算”这个名称", "是否想写“全年预算数”？")
        ]

    def test_all_mistakes_are_reported_at_once(self) -> None:
        assert [offset for offset, _, _ in self.mistakes("甲 == 乙 + smu(丙)", "丁")] == [0, 5, 9]

    @pytest.mark.parametrize(
        ("source", "offset"),
        [
            ("a == b ** 2", 5),
            ("9**9**9 == a", 0),
            ("a == b % 2", 5),
            ("a[0] == 1", 0),
            ("a == (lambda: 1)()", 6),
            ("a == [b for b in a]", 5),
            ("a == sum(a, start=1)", 5),
            ("a == sum(*a)", 5),
            ("a == b if a else b", 0),
            ("a = 1", 2),
            ("a == ", 4),
            ("a.b.c() == 1", 0),
            ("__import__('os') == 1", 0),
            ("a == f'{b}'", 5),
            ("a == True", 5),
            ("a == 1_000", 6),
            ("a == 5公斤", 6),
            ("a == 10000000000000000", 5),
            ("a is b", 5),
            ("a == ()", 5),
            ("(a := 1) == 1", 1),
            ("a", None),
            ("", 0),
            ("1 + 1", 0),
            ("sum(a)", 0),
        ],
    )
    def test_what_is_not_in_the_language_is_refused_where_it_stands(self, source: str, offset: int | None) -> None:
        if offset is None:
            assert compile_expression(source, {"a": Dimension("any"), "b": Dimension("any")}).names == {"a"}
            return
        assert offset in [place for place, _, _ in self.mistakes(source, "a", "b")]

    @pytest.mark.parametrize(
        "source",
        [
            "a == " + "+".join(["b"] * 300),
            "a == " + "(" * 200 + "b" + ")" * 200,
            "not " * 400 + "a == b",
            "-" * 1900 + "a == b",
            "a == " + "9" * 1900,
            "a" * 3000,
            "a == b\0",
            "a == '\\N{BULLET}'",
            "a == b # " + "x" * 100,
            "((((((((",
            "a == '" + "x" * 100,
        ],
        ids=range(11),
    )
    def test_too_much_of_anything_is_refused_at_once(self, source: str) -> None:
        known = {name: Dimension("any") for name in ("a", "b")}
        allowed = calls(lambda: compile_expression(" and ".join(["a == b"] * 30), known))

        assert calls(lambda: self.mistakes(source, "a", "b")) < allowed

    @given(st.text(alphabet="ab合计0123456789.%分元 +-*/<>=!()[]{}'\"\\,:@~^&|andortsumifelse\n\t≥，（）🙂", max_size=60))
    def test_any_text_compiles_or_is_refused_in_order(self, source: str) -> None:
        try:
            expression = compile_expression(
                source, {"a": Dimension("any"), "合计": Dimension("money"), "b": Dimension("any", many=True)}
            )
        except ExpressionError as error:
            offsets = [offset for offset, _, _ in error.mistakes]
            assert offsets == sorted(offsets)
            assert all(0 <= offset <= len(source) for offset in offsets)
            return
        verdict = expression.evaluate({"a": figure("1"), "合计": figure("2", WAN), "b": (figure("3"), figure("4"))})
        assert verdict.outcome in Outcome

    @given(st.text(max_size=80))
    def test_errors_are_ours(self, source: str) -> None:
        try:
            compile_expression(source, {})
        except GoujiError:
            return
        pytest.fail("no expression without names holds")  # pragma: no cover

    def test_full_width_signs_and_several_lines_are_fine(self) -> None:
        assert check("（a＋b）＊2 ＝＝ c\n and a ＜ b", a=figure("1"), b=figure("2"), c=figure("6")).outcome is PASS

    def test_literals_keep_their_digits(self) -> None:
        assert check("a == 0.1 + 0.2", a=figure("0.3", step=0)).grade is Grade.EXACT
        assert (
            check("a == 12.5% and b == 1.5万元", a=figure("12.5", PERCENT, step=0), b=figure("15000", YUAN, step=0)).outcome
            is PASS
        )

    @pytest.mark.parametrize(
        ("text", "base"),
        [
            ("90%", "0.9"),
            ("10分", "10"),
            ("30", "30"),
            ("1.5万元", "15000"),
            ("-3", "-3"),
            ("五", None),
            ("9" * 20, None),
            ("", None),
        ],
    )
    def test_parameters_are_written_like_literals(self, text: str, base: str | None) -> None:
        found = literal(text)
        assert (found.base if found else None) == (Decimal(base) if base else None)

    def test_names_and_what_can_not_be_done_without(self) -> None:
        names = {name: Dimension("any") for name in ("a", "b", "c", "合计.分值")}
        expression = compile_expression("a == first(b, c) or 合计.分值 == a", names)
        assert expression.names == set(names)
        assert expression.required == {"a"}
        assert compile_expression("a > 0 and blank(b) and c > 0", names).required_to_hold == {"a", "c"}

    def test_a_formula_gives_base_units_or_nothing(self) -> None:
        formula = compile_formula("w * r", {"w": Dimension("points"), "r": Dimension("ratio")})
        assert formula.value({"w": figure("10", POINTS), "r": figure("81.8", PERCENT)}) == Decimal("8.18")
        assert formula.value({"w": figure("10", POINTS), "r": prose("")}) is None

    def test_counted_bare_figures_are_exact_among_counts(self) -> None:
        frame: Any = Frame({})
        frame.taken = COUNTED
        quantity = figure("5").quantity
        assert quantity is not None
        assert frame.bounds(quantity) == (5, 5)


def test_outcomes_do_not_depend_on_the_unit_that_is_written() -> None:
    for parts in itertools.product(("1.25", "2.50", "0.75"), repeat=2):
        for total in ("3.75", "3.76", "2.00", "4.00"):
            one = check("t == sum(p)", t=figure(total, WAN), p=tuple(figure(part, WAN) for part in parts))
            other = check("t == sum(p)", t=figure(total, YUAN), p=tuple(figure(part, YUAN) for part in parts))
            assert one[:2] == other[:2]


@pytest.mark.parametrize("sign", [ROUND_DOWN])
def test_cut_off_parts_of_a_long_sum_are_told_apart(sign: str) -> None:
    total = (Decimal("10.006") * 3).quantize(Decimal("0.01"), rounding=sign)
    assert check("t == a * 3", t=figure(total, WAN), a=figure("10.006", WAN, step=0)).grade is Grade.TRUNCATED
