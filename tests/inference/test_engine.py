"""durable_rules behind its adapter does exactly what the plain loop does."""

from __future__ import annotations

import builtins
import gc
import random
import resource
import string
import tracemalloc
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.errors import UsageError
from validator.inference.engine import _KEPT, BackedEngine, DurableEngine, choose_engine
from validator.inference.loop import LoopEngine
from validator.inference.production import (
    LONGEST,
    Activation,
    Condition,
    Engine,
    Fact,
    Join,
    Operator,
    Production,
    Value,
    condition,
    key_of,
    same,
)

DURABLE = DurableEngine()
LOOP = LoopEngine()
ENGINES = pytest.mark.parametrize("engine", [DURABLE, LOOP], ids=lambda engine: engine.name)

KINDS = ("row", "cell", "成本")
KEYS = ("a", "b", "name")
OPERATORS: list[Operator] = ["same", "same", "not-same", "below", "at-most", "above", "at-least"]
AWKWARD = ("1", "0", "true", "s1", "", 'a"b', "a\\b", "合计", "a.b", "$neq", "%41", "A", "\n", "\ud800")


def written(activations: Sequence[Activation]) -> list[tuple[str, list[Any]]]:
    return [(found.production.id, [key_of(fact) for fact in found.facts]) for found in activations]


def values() -> st.SearchStrategy[str | int | bool]:
    return st.one_of(st.integers(-2, 2), st.booleans(), st.sampled_from(AWKWARD))


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=3))
    return {"kind": draw(st.sampled_from(KINDS)), **{key: draw(values()) for key in keys}}


@st.composite
def productions(draw: st.DrawFn, number: int) -> Production:
    conditions: list[Condition] = []
    for at in range(draw(st.integers(1, 3))):
        tests: dict[str, Any] = {"kind": draw(st.sampled_from(KINDS))}
        for key in draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=2)):
            joined = draw(st.booleans())
            if conditions and joined:
                operator = draw(st.sampled_from(OPERATORS))
                tests[key] = Join(operator, f"c{draw(st.integers(0, at - 1))}", draw(st.sampled_from(KEYS)))
            else:
                tests[key] = draw(values())
        conditions.append(condition(f"c{at}", **tests))
    asserts: tuple[tuple[tuple[str, Value | Join], ...], ...] = ()
    if draw(st.booleans()):
        copied: Value | Join = same("c0", "a") if draw(st.booleans()) else draw(values())
        asserts = ((("kind", draw(st.sampled_from(KINDS))), (draw(st.sampled_from(KEYS)), copied)),)
    return Production(f"r{number}", tuple(conditions), asserts)


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[Production, ...]:
    return tuple(draw(productions(number)) for number in range(draw(st.integers(1, 4))))


class TestTheTwoEngines:
    @settings(max_examples=400, deadline=None)
    @given(rule_sets(), st.lists(facts(), max_size=14))
    def test_give_the_same_activations(self, rules: tuple[Production, ...], given_facts: list[Fact]) -> None:
        assert written(DURABLE.run(rules, given_facts)) == written(LOOP.run(rules, given_facts))

    @settings(max_examples=60, deadline=None)
    @given(rule_sets(), st.lists(facts(), max_size=10), st.randoms(use_true_random=False))
    def test_take_facts_as_a_set(self, rules: tuple[Production, ...], given_facts: list[Fact], order: random.Random) -> None:
        shuffled = given_facts + given_facts[:3]
        order.shuffle(shuffled)

        for engine in (DURABLE, LOOP):
            assert written(engine.run(rules, shuffled)) == written(engine.run(rules, given_facts))


def test_more_patterns_than_durable_rules_can_take_are_left_to_the_loop() -> None:
    many = [
        Production(f"p{n}", tuple(condition(f"c{k}", kind="finding", rule=f"R{n}-{k}") for k in range(6))) for n in range(200)
    ]
    found = [{"kind": "finding", "rule": f"R7-{k}"} for k in range(6)]

    assert [activation.production.id for activation in DurableEngine().run(many, found)] == ["p7"]


class TestMeaning:
    @ENGINES
    def test_one_fact_never_fills_two_patterns(self, engine: Engine) -> None:
        rule = Production("pair", (condition("a", kind="row"), condition("b", kind="row")))

        assert engine.run([rule], [{"kind": "row", "n": 1}]) == ()
        assert len(engine.run([rule], [{"kind": "row", "n": 1}, {"kind": "row", "n": 2}])) == 2

    @ENGINES
    def test_facts_that_follow_fire_rules_and_end(self, engine: Engine) -> None:
        step = Production(
            "step",
            (condition("edge", kind="edge"), condition("at", kind="at", place=same("edge", "start"))),
            ((("kind", "at"), ("place", same("edge", "end"))),),
        )
        ring: list[Fact] = [{"kind": "edge", "start": n, "end": (n + 1) % 5} for n in range(5)]

        found = engine.run([step], [*ring, {"kind": "at", "place": 0}])

        assert sorted(str(activation.fact("at")["place"]) for activation in found) == list("01234")

    @ENGINES
    @pytest.mark.parametrize(("left", "right"), [(1, "1"), (1, True), ("true", True), (0, False), ("1", "01")])
    def test_values_of_different_types_are_never_the_same(self, engine: Engine, left: Any, right: Any) -> None:
        rules = [
            Production("same", (condition("a", kind="x"), condition("b", kind="y", v=same("a", "v")))),
            Production("literal", (condition("b", kind="y", v=left),)),
            Production("differ", (condition("a", kind="x"), condition("b", kind="y", v=Join("not-same", "a", "v")))),
        ]

        found = engine.run(rules, [{"kind": "x", "v": left}, {"kind": "y", "v": right}])

        assert [activation.production.id for activation in found] == ["differ"]

    @ENGINES
    @pytest.mark.parametrize(
        ("operator", "fires"),
        [
            ("same", (2,)),
            ("not-same", (1, 3)),
            ("below", (1,)),
            ("at-most", (1, 2)),
            ("above", (3,)),
            ("at-least", (2, 3)),
        ],
    )
    def test_an_operator_compares_as_its_name_says(self, engine: Engine, operator: Operator, fires: tuple[int, ...]) -> None:
        rule = Production("r", (condition("a", kind="x"), condition("b", kind="y", v=Join(operator, "a", "v"))))
        found = engine.run([rule], [{"kind": "x", "v": 2}, *({"kind": "y", "v": n} for n in (1, 2, 3))])

        assert tuple(activation.fact("b")["v"] for activation in found) == fires

    @ENGINES
    def test_the_longest_production_runs(self, engine: Engine) -> None:
        rule = Production("long", tuple(condition(f"c{n}", kind="column", n=n) for n in range(LONGEST)))

        assert len(engine.run([rule], [{"kind": "column", "n": n} for n in range(LONGEST)])) == 1

    @ENGINES
    def test_a_thousand_activations_of_one_fact_all_come_back(self, engine: Engine) -> None:
        rule = Production("fan", (condition("a", kind="many"), condition("b", kind="one")))

        many: list[Fact] = [{"kind": "many", "n": n} for n in range(1000)]

        assert len(engine.run([rule], [*many, {"kind": "one"}])) == 1000

    @ENGINES
    def test_nothing_to_do_gives_nothing(self, engine: Engine) -> None:
        assert engine.run([], [{"kind": "row"}]) == ()
        assert engine.run([Production("r", (condition("a", kind="row"),))], []) == ()


class TestTheAdapter:
    def test_networks_are_compiled_once_and_dropped_when_there_are_many(self) -> None:
        engine = DurableEngine()
        rules = (Production("r", (condition("a", kind="row"),)),)
        for _ in range(3):
            assert len(engine.run(rules, [{"kind": "row"}])) == 1
        assert len(engine._networks) == 1

        for _ in range(50):
            assert len(engine.run([Production("r", (condition("a", kind="row"),))], [{"kind": "row"}])) == 1

        assert len(engine._networks) == _KEPT
        assert len(engine.run(rules, [{"kind": "row"}])) == 1

    def test_a_new_fact_that_looks_old_is_asserted_under_another_id(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = DurableEngine()
        rules = (Production("r", (condition("a", kind="row"),)),)
        engine.run(rules, [{"kind": "row"}])
        host = engine._network(rules)._host
        asserted = host.assert_fact
        refused: list[str] = []

        def refuse_first(name: str, message: dict[str, Any]) -> Any:
            if not refused and message["id"] != "open":
                refused.append(message["id"])
                raise engine._durable.MessageObservedException(message)
            return asserted(name, message)

        monkeypatch.setattr(host, "assert_fact", refuse_first)

        assert len(engine.run(rules, [{"kind": "row", "n": 1}])) == 1
        assert refused

    def test_an_exception_in_an_action_comes_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = DurableEngine()
        rules = (Production("r", (condition("a", kind="row"),)),)
        network = engine._network(rules)

        class Deaf(list[Any]):
            def append(self, item: Any) -> None:
                raise LookupError(f"deaf to {item}")

        monkeypatch.setattr(network, "_hits", Deaf())

        with pytest.raises(LookupError, match="deaf"):
            engine.run(rules, [{"kind": "row"}])

    def test_facts_that_no_pattern_looks_at_are_kept_from_the_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = DurableEngine()
        rules = (Production("r", (condition("one", kind="a", row=1), condition("two", kind="b", of=same("one", "row")))),)
        asserted: list[Any] = []
        assert_fact = engine._durable.Ruleset.assert_fact

        def noted(ruleset: Any, fact: Fact) -> Any:
            asserted.append(fact.get("k_kind"))
            return assert_fact(ruleset, fact)

        monkeypatch.setattr(engine._durable.Ruleset, "assert_fact", noted)
        told: list[Fact] = [{"kind": "a", "row": 1}, {"kind": "a", "row": 2}, {"kind": "b", "of": 1}, {"kind": "c"}]
        assert [found.facts for found in engine.run(rules, told)] == [(told[0], told[2])]
        assert asserted == ["sa", "sb"]
        for _ in range(3):
            assert engine.run(rules, told[1:2]) == ()  # a session in which no rule fires ends well

    def test_starts_no_threads(self) -> None:
        import threading

        before = threading.active_count()
        DurableEngine().run([Production("r", (condition("a", kind="row"),))], [{"kind": "row"}])

        assert threading.active_count() == before

    @pytest.mark.slow
    def test_memory_stays_flat(self) -> None:
        rules = (
            Production("pair", (condition("a", kind="row"), condition("b", kind="row", group=same("a", "group")))),
            Production("step", (condition("a", kind="row", n=1),), ((("kind", "seen"), ("group", same("a", "group"))),)),
        )

        def runs(count: int) -> None:
            for run in range(count):
                DURABLE.run(rules, [{"kind": "row", "n": n, "group": f"{run}.{n % 5}"} for n in range(20)])

        runs(1000)
        gc.collect()
        tracemalloc.start()
        before, resident = tracemalloc.get_traced_memory()[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        runs(500)
        gc.collect()
        traced = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        runs(9_000)

        assert traced < 20_000
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - resident < 8_000  # KiB on Linux


class TestBacked:
    """What durable_rules fails at goes to the plain loop, and stays there."""

    class Failing:
        """As the library when it refuses a fact."""

        name = "failing"

        def __init__(self) -> None:
            self.asked = 0

        def run(self, productions: Sequence[Production], facts: Iterable[Fact]) -> tuple[Activation, ...]:  # noqa: ARG002
            self.asked += 1
            raise RuntimeError("Could not assert fact, error code: 303")

    RULE = Production("r", (condition("a", kind="x"),))
    FACTS: tuple[Fact, ...] = ({"kind": "x", "v": 1}, {"kind": "y", "v": 1})

    def test_the_loop_takes_over_what_fails_and_is_asked_at_once_from_then_on(self) -> None:
        failing = self.Failing()
        engine = BackedEngine(failing)
        first, again = (engine.run([self.RULE], iter(self.FACTS)) for _ in range(2))

        assert written(first) == written(again) == written(LOOP.run([self.RULE], self.FACTS))
        assert failing.asked == 1
        assert [str(error) for error in engine.failures.values()] == ["Could not assert fact, error code: 303"]

    def test_what_works_stays_with_durable(self) -> None:
        engine = BackedEngine(DurableEngine())

        assert written(engine.run([self.RULE], self.FACTS)) == written(LOOP.run([self.RULE], self.FACTS))
        assert engine.failures == {}

    def test_a_network_that_failed_is_not_used_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engine = DurableEngine()
        with monkeypatch.context() as patch:
            patch.setattr("validator.inference.engine._encode", None)
            with pytest.raises(TypeError):
                engine.run([self.RULE], self.FACTS)
        assert written(engine.run([self.RULE], self.FACTS)) == written(LOOP.run([self.RULE], self.FACTS))


class TestChoosing:
    def test_auto_takes_durable_where_it_is(self) -> None:
        choice = choose_engine()

        assert (choice.engine.name, choice.note) == ("durable", "")
        assert choose_engine() is choice

    def test_auto_takes_the_loop_and_says_so_where_durable_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        hide_durable(monkeypatch)
        choice = choose_engine.__wrapped__("auto")

        assert choice.engine.name == "loop"
        assert "durable_rules" in choice.note

    def test_durable_by_name_is_refused_where_it_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        hide_durable(monkeypatch)
        with pytest.raises(UsageError, match="durable_rules"):
            choose_engine.__wrapped__("durable")

    @pytest.mark.parametrize("name", ["", "clips", *string.ascii_lowercase[:2]])
    def test_an_unknown_name_is_refused(self, name: str) -> None:
        with pytest.raises(UsageError, match="推理引擎"):
            choose_engine(name)


def hide_durable(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_durable(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == "durable":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without_durable)
