"""What the language of rules says of written figures, and what it refuses."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.placing import PERCENT, POINTS, WAN, YUAN, cell, check, figure, known, prose
from tests.work import calls
from validator.errors import GoujiError
from validator.model.fact import Fact
from validator.model.finding import Grade, Outcome
from validator.model.quantity import Unit
from validator.rules.arithmetic import COUNTED, WIDE, Dimension, Frame, Undetermined
from validator.rules.asking import Asked, members
from validator.rules.binding import Within
from validator.rules.expression import compile_expression, compile_formula, compile_when
from validator.rules.syntax import ExpressionError, literal

NAMES = ("a", "b", "c", "d")
DECIMALS = st.decimals(min_value=1, max_value=999, places=2)
Bounds = tuple[Fraction, Fraction]
PASS, FAIL, OPEN, ABSENT = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


@st.composite
def trees(draw: st.DrawFn, names: tuple[str, ...], depth: int = 3) -> str:
    """Arithmetic over names, in which a name may occur several times."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(names))
    sign = draw(st.sampled_from("+-*/"))
    return f"({draw(trees(names, depth - 1))} {sign} {draw(trees(names, depth - 1))})"


def exact(source: str, values: dict[str, Fraction]) -> Fraction:
    return eval(source, {"__builtins__": {}}, dict(values))  # type: ignore[no-any-return] # noqa: S307 (source is our own)


def bounds(source: str, values: dict[str, Fact], pieces: dict[int, tuple[Decimal, Decimal]] | None = None) -> Bounds:
    frame = Frame(Within(values, {}))
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


@st.composite
def conditions(draw: st.DrawFn, depth: int = 2) -> str:
    """Conditions over three names: figures, texts, and how they are written."""
    if depth and draw(st.booleans()):
        inner = conditions(depth - 1)
        shape = draw(st.sampled_from(["not ({0})", "({0}) and ({1})", "({0}) or ({1})"]))
        return shape.format(*(draw(inner) for _ in range(shape.count("{"))))
    sign = draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
    shape = draw(
        st.sampled_from(
            [f"a {sign} b", f"a {sign} b + c", f"a {sign} b / c", f"a {sign} sum(a, c)", "given(a)", "blank(b)", "is_number(c)",
             "meets(a, b)", "signed(b)", "given(a) or blank(a)", "a < b <= c", "a == b == c", f"first(a, c) {sign} 5"]
        )
    )  # fmt: skip
    return str(shape)


class TestWhatIsSure:
    WRITTEN = ("5", "5.0", "5.04", "0", "", "≥5", "50%", "0.5", "5分", "2.5万元", "按时", "约5", "3 4")
    CELLS = st.sampled_from([None, *map(cell, WRITTEN)])

    @given(conditions(), st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
    def test_a_check_passes_wherever_it_is_sure_to_hold(self, source: str, cells: list[tuple[Fact | None, ...]]) -> None:
        places = [Within(dict(zip("abc", row, strict=True)), {}) for row in cells]
        expression = compile_expression(source, {name: Dimension("any") for name in "abc"})
        here = Asked(places)
        verdicts = [expression.evaluate(names) for names in places]
        sure = members(here.held(expression.sure, here.every))
        assert {verdicts[at].outcome for at in sure} <= {PASS}
        # Whatever passes without any rounding is sure to hold: few are left to be asked one by one.
        exactly = {at for at, verdict in enumerate(verdicts) if verdict.outcome is PASS and verdict.grade is None}
        assert exactly <= set(sure)

    def test_what_only_rounding_explains_is_not_sure(self) -> None:
        names = Within({"a": figure("0.33"), "b": figure("1"), "c": figure("3")}, {})
        expression = compile_expression("a == b / c", {name: Dimension("any") for name in "abc"})
        assert expression.evaluate(names).outcome is PASS
        assert Asked([names]).held(expression.sure, 1) == 0


class TestWritingExpressions:
    def mistakes(self, source: str, *names: str) -> list[tuple[int, str, str]]:
        with pytest.raises(ExpressionError) as caught:
            compile_expression(source, {name: Dimension("any") for name in names})
        return list(caught.value.mistakes)

    def test_an_unknown_name_is_reported_with_the_nearest(self) -> None:
        assert self.mistakes("合计 == 全年预算", "合计", "全年预算数") == [
            (6, "没有“全年预算”这个名称", "是否想写“全年预算数”？")
        ]

    def test_the_row_of_a_total_has_a_name_of_its_own(self) -> None:
        ((_, _, remedy),) = self.mistakes("资金.年度总额.预算 == 1", "资金.合计.预算", "资金.其他.预算")
        assert remedy.endswith("合计行不按它的标签叫，写 资金.合计.预算")

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
        assert compile_when("a > 0 and blank(b) and c > 0", names).required == {"a", "c"}

    def test_a_formula_gives_base_units_or_nothing(self) -> None:
        formula = compile_formula("w * r", {"w": Dimension("points"), "r": Dimension("ratio")})
        assert formula.value({"w": figure("10", POINTS), "r": figure("81.8", PERCENT)}) == Decimal("8.18")
        assert formula.value({"w": figure("10", POINTS), "r": prose("")}) is None

    def test_counted_bare_figures_are_exact_among_counts(self) -> None:
        frame: Any = Frame(Within({}, {}))
        frame.taken = COUNTED
        quantity = figure("5").quantity
        assert quantity is not None
        assert frame.bounds(quantity) == (5, 5)
