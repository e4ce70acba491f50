from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.placing import LEXICON, PERCENT, WAN, YUAN, figure, known
from validator.facts.numbers import read_figure
from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.rules.binding import Value
from validator.rules.expression import compile_expression
from validator.rules.inversion import Needed, needed

AMOUNTS = st.decimals(1, 9999, places=2)


def at(path: str, fact: Fact) -> Fact:
    return fact._replace(pointer=fact.pointer._replace(path=path))


def solve(source: str, **facts: Fact | tuple[Fact, ...]) -> dict[str, Needed]:
    """Return what each cell would need, by its path."""
    values: dict[str, Value] = dict(facts)
    expression = compile_expression(source, known(**values))
    paths = {fact.pointer.path for value in facts.values() for fact in ((value,) if isinstance(value, Fact) else value)}
    return {found.path: found for found in needed(expression, values, expression.evaluate(values), paths)}


def named(**numbers: tuple[str, object]) -> dict[str, Fact]:
    return {name: at(name, figure(text, unit)) for name, (text, unit) in numbers.items()}  # type: ignore[arg-type]


class TestNeeded:
    def test_a_rate_and_its_operands(self) -> None:
        facts = named(a=("81.08", PERCENT), b=("261.75", WAN), c=("320.00", WAN))
        found = solve("a == b / c", **facts)
        assert {path: one.text for path, one in found.items()} == {"a": "81.80%", "b": "259.46万元", "c": "322.83万元"}

    def test_a_total_and_its_parts(self) -> None:
        parts = (at("x", figure("60.00", WAN)), at("y", figure("30.00", WAN)))
        found = solve("total == sum(parts)", total=at("total", figure("100.00", WAN)), parts=parts)
        assert {path: one.text for path, one in found.items()} == {"total": "90.00万元", "x": "70.00万元", "y": "40.00万元"}

    def test_a_zero_can_be_solved_for(self) -> None:
        facts = {"a": at("a", figure("5.00", WAN)), "b": at("b", figure("0.00", WAN)), "c": at("c", figure("3.00", WAN))}
        assert solve("a == b + c", **facts)["b"].text == "2.00万元"

    def test_only_the_cells_asked_for(self) -> None:
        values: dict[str, Value] = dict(named(a=("5", YUAN), b=("3", YUAN)))
        expression = compile_expression("a == b", known(**values))
        verdict = expression.evaluate(values)
        assert [one.path for one in needed(expression, values, verdict, {"b"})] == ["b"]
        assert not list(needed(expression, values, verdict, ()))

    @pytest.mark.parametrize("source", ["a <= b", "a != b", "a == b and a > 0", "not a == b"])
    def test_what_is_no_equation_gives_nothing(self, source: str) -> None:
        assert not solve(source, **named(a=("5", YUAN), b=("3", YUAN)))

    def test_a_cell_that_can_not_help_gets_nothing(self) -> None:
        assert "b" not in solve("a == b - b + c", **named(a=("5.00", YUAN), b=("3.00", YUAN), c=("4.00", YUAN)))

    def test_no_value_of_a_divisor_makes_a_quotient_zero(self) -> None:
        assert "c" not in solve("a == b / c", **named(a=("0.00", PERCENT), b=("5.00", WAN), c=("9.00", WAN)))

    def test_a_divisor_that_rounding_may_send_to_infinity_gets_nothing(self) -> None:
        facts = {
            "a": at("a", figure("0.1", PERCENT, step="1")),
            "b": at("b", figure("5.00", WAN)),
            "c": at("c", figure("9.00", WAN)),
        }
        assert "c" not in solve("a == b / c", **facts)

    def test_the_interval_allows_for_the_rounding_of_what_is_stated(self) -> None:
        interval = solve("a == b / c", **named(a=("50", PERCENT), b=("40.00", WAN), c=("100.00", WAN)))["b"].interval
        assert (interval.low, interval.high) == (Decimal(494950), Decimal(505050))

    @given(AMOUNTS, AMOUNTS, AMOUNTS, st.sampled_from(["a == b + c", "a == b - c", "c == a - b", "a + b == c", "a == b"]))
    def test_the_value_put_into_the_cell_makes_a_sum_hold(self, a: Decimal, b: Decimal, c: Decimal, source: str) -> None:
        facts = named(a=(str(a), WAN), b=(str(b), WAN), c=(str(c), WAN))
        for path, one in solve(source, **facts).items():
            assert _holds(source, {**facts, path: _rewritten(facts[path], one.text)})

    @given(AMOUNTS, AMOUNTS, st.decimals("0.01", 500, places=2))
    def test_the_value_put_into_the_cell_makes_a_quotient_hold(self, b: Decimal, c: Decimal, a: Decimal) -> None:
        facts = named(a=(str(a), PERCENT), b=(str(b), WAN), c=(str(c), WAN))
        for path, one in solve("a == b / c", **facts).items():
            assume(not one.text.startswith(("0.00", "-")))
            assert _holds("a == b / c", {**facts, path: _rewritten(facts[path], one.text)})

    @given(AMOUNTS, AMOUNTS, AMOUNTS)
    def test_every_value_of_the_interval_will_do(self, a: Decimal, b: Decimal, c: Decimal) -> None:
        facts = named(a=(str(a), WAN), b=(str(b), WAN), c=(str(c), WAN))
        for path, one in solve("a == b + c", **facts).items():
            quantity = facts[path].quantity
            assert quantity is not None
            for base in one.interval:
                half = quantity.step * quantity.unit.factor / 2
                inside = min(max(base, one.interval.low + half), one.interval.high - half)
                value = at(path, figure(inside / quantity.unit.factor, WAN, step="0.01"))
                assert _holds("a == b + c", {**facts, path: value})


def _rewritten(fact: Fact, text: str) -> Fact:
    return fact._replace(reading=read_figure(text, LEXICON))


def _holds(source: str, facts: dict[str, Fact]) -> bool:
    values: dict[str, Value] = dict(facts)
    return compile_expression(source, known(**values)).evaluate(values).outcome is Outcome.PASS
