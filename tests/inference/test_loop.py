"""The plain engine, which the tests of durable_rules are held against."""

from __future__ import annotations

from validator.inference.loop import LoopEngine
from validator.inference.production import Fact, Join, Production, condition, same


def fired(rules: list[Production], facts: list[Fact]) -> list[tuple[str, list[Fact]]]:
    return [(found.production.id, list(found.facts)) for found in LoopEngine().run(rules, facts)]


def test_activations_come_by_production_and_then_by_their_facts() -> None:
    rules = [Production(name, (condition("a", kind="x"),)) for name in ("second", "first")]
    facts: list[Fact] = [{"kind": "x", "n": 2}, {"kind": "x", "n": 1}, {"kind": "x", "n": 1}]

    assert fired(rules, facts) == [(name, [{"kind": "x", "n": n}]) for name in ("second", "first") for n in (1, 2)]


def test_every_pattern_is_met_by_a_fact_of_its_own() -> None:
    rule = Production("r", (condition("a", kind="x"), condition("b", kind="x", n=Join("above", "a", "n"))))
    facts: list[Fact] = [{"kind": "x", "n": n} for n in (1, 2, 3)]

    assert [[fact["n"] for fact in found] for _, found in fired([rule], facts)] == [[1, 2], [1, 3], [2, 3]]


def test_facts_that_follow_are_facts_for_every_production_whatever_their_order() -> None:
    last = Production("last", (condition("a", kind="z"),))
    chain = [
        Production(f"to-{new}", (condition("a", kind=old),), ((("kind", new), ("n", same("a", "n"))),))
        for old, new in (("y", "z"), ("x", "y"))
    ]

    assert fired([last, *chain], [{"kind": "x", "n": 7}]) == [
        ("last", [{"kind": "z", "n": 7}]), ("to-z", [{"kind": "y", "n": 7}]), ("to-y", [{"kind": "x", "n": 7}]),
    ]  # fmt: skip


def test_a_circle_of_facts_ends() -> None:
    rule = Production("r", (condition("a", kind="x"),), ((("kind", "x"),),))

    assert fired([rule], [{"kind": "x"}]) == [("r", [{"kind": "x"}])]


def test_nothing_is_kept_between_runs() -> None:
    engine, rule = LoopEngine(), Production("r", (condition("a", kind="x"),))

    assert len(engine.run([rule], [{"kind": "x"}])) == 1
    assert engine.run([rule], []) == ()
    assert engine.name == "loop"
