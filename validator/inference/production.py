"""Productions and facts: what the two inference engines take and give, and what it means.

A fact is a flat mapping to texts, whole numbers and truth values; a production is a list of patterns that must all be
met at once, joined by equality or order, and the facts that follow. There is no negation, no arithmetic and no money here:
what is absent or computed is asserted as a fact by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, TypeAlias

Value: TypeAlias = str | int | bool
Fact: TypeAlias = Mapping[str, Value]
FactKey: TypeAlias = tuple[tuple[str, str, Value], ...]
Operator: TypeAlias = Literal["same", "not-same", "below", "at-most", "above", "at-least"]

LONGEST = 16
"""Patterns in one production at most: durable_rules has no more frames for one match."""


class Join(NamedTuple):
    """A comparison with a value of the fact that an earlier pattern was met by."""

    operator: Operator
    alias: str
    key: str


class Condition(NamedTuple):
    """One pattern: every test must hold. A fact without the key doesn't meet a test, `not-same` included."""

    alias: str
    tests: tuple[tuple[str, Value | Join], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Production:
    """A rule. It is equal to nothing but itself, so that engines can keep what they compiled for it."""

    id: str
    conditions: tuple[Condition, ...]
    asserts: tuple[tuple[tuple[str, Value | Join], ...], ...] = ()
    """Facts that follow; a value `Join("same", alias, key)` is copied from the matched fact."""

    def __post_init__(self) -> None:
        """Refuse what no engine could run; raises ValueError."""
        if not 1 <= len(self.conditions) <= LONGEST:
            raise ValueError(f"{self.id}: {len(self.conditions)} patterns, not 1 to {LONGEST}")
        known: set[str] = set()
        for alias, tests in self.conditions:
            _refuse_bad_tests(self.id, tests, known)
            if alias in known:
                raise ValueError(f"{self.id}: two patterns are called {alias}")
            known.add(alias)
        for template in self.asserts:
            _refuse_bad_tests(self.id, template, known)
            if any(isinstance(value, Join) and value.operator != "same" for _, value in template):
                raise ValueError(f"{self.id}: a fact that follows can only copy values")


class Activation(NamedTuple):
    """A production and the facts that met its patterns, in their order."""

    production: Production
    facts: tuple[Fact, ...]

    def fact(self, alias: str) -> Fact:
        """Return the fact that met a pattern; raises KeyError for an alias that the production doesn't have."""
        for condition, fact in zip(self.production.conditions, self.facts, strict=True):
            if condition.alias == alias:
                return fact
        raise KeyError(alias)


class Engine(Protocol):
    """Runs productions over facts.

    Both are sets: a fact given twice is one fact, and one fact never fills two patterns of one production at once. Facts
    that follow are facts like any other. Values of different types are never the same, and only whole numbers are
    ordered. The activations come sorted by the order of the productions, then by their facts.
    """

    @property
    def name(self) -> str:
        """`durable` or `loop`."""

    def __hash__(self) -> int:
        """Engines are told apart by identity: plans are remembered for each."""

    def run(self, productions: Sequence[Production], facts: Iterable[Fact]) -> tuple[Activation, ...]:
        """Return every activation."""


def condition(alias: str, /, **tests: Value | Join) -> Condition:
    """Build a pattern: `condition("s", kind="section", form=Join("same", "f", "form"))`."""
    return Condition(alias, tuple(tests.items()))


def same(alias: str, key: str) -> Join:
    """Build a join by equality."""
    return Join("same", alias, key)


def key_of(fact: Fact) -> FactKey:
    """Return what makes a fact the fact it is; keys can be sorted, and True is not 1."""
    return tuple(sorted((name, type(value).__name__, value) for name, value in fact.items()))


def meets(fact: Fact, tests: Iterable[tuple[str, Value | Join]], bound: Mapping[str, Fact]) -> bool:
    """Tell whether a fact meets a pattern, given the facts that met the earlier ones."""
    for key, wanted in tests:
        if key not in fact:
            return False
        if isinstance(wanted, Join):
            other = bound[wanted.alias]
            if wanted.key not in other or not _compares(fact[key], wanted.operator, other[wanted.key]):
                return False
        elif not _compares(fact[key], "same", wanted):
            return False
    return True


def following(production: Production, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts that follow from one activation. A copied value that isn't there is left out."""
    bound = {condition.alias: fact for condition, fact in zip(production.conditions, facts, strict=True)}
    for template in production.asserts:
        made: dict[str, Value] = {}
        for key, value in template:
            if not isinstance(value, Join):
                made[key] = value
            elif value.key in bound[value.alias]:
                made[key] = bound[value.alias][value.key]
        yield made


def _refuse_bad_tests(name: str, tests: Iterable[tuple[str, Value | Join]], known: set[str]) -> None:
    for key, value in tests:
        if not (key.isascii() and key.isidentifier()):
            raise ValueError(f"{name}: {key!r} is no name for a key")
        if isinstance(value, Join) and value.alias not in known:
            raise ValueError(f"{name}: no earlier pattern is called {value.alias}")


def _compares(left: Value, operator: Operator, right: Value) -> bool:
    if operator in {"same", "not-same"}:
        return (type(left) is type(right) and left == right) is (operator == "same")
    if type(left) is not int or type(right) is not int:
        return False
    if operator == "below":
        return left < right
    if operator == "at-most":
        return left <= right
    return left > right if operator == "above" else left >= right
