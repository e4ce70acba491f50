"""The adapter to durable_rules, the only module that imports it, and the choice between it and the plain loop.

What goes in and comes out are the records of `production`. What durable_rules can't be trusted with is not used: events,
negation, its timer threads, its global host, its idea of comparing values of different types.
"""

from __future__ import annotations

import itertools
import re
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import quote

from validator.errors import UsageError
from validator.inference.loop import LoopEngine
from validator.inference.production import Activation, Engine, Fact, FactKey, Join, Production, Value, following, key_of, meets

_NAME = "gouji"
_KEPT = 32
_ATTEMPTS = 8
_MOST_PATTERNS = 300
"""Patterns of one set of productions; from about 500 on durable_rules fails, or never comes to an end."""
_SAFE = "[]:, "
_PLAIN = re.compile(r"[\w.~\[\]:, -]*", re.ASCII)
"""What `quote` leaves as it is, found out faster."""
_OPERATORS = {"not-same": "$neq", "below": "$lt", "at-most": "$lte", "above": "$gt", "at-least": "$gte"}


class Choice(NamedTuple):
    """The engine to use, and why it isn't the one that was hoped for (Chinese; empty when there is nothing to say)."""

    engine: Engine
    note: str = ""


@lru_cache(maxsize=8)
def choose_engine(name: str = "auto") -> Choice:
    """Return the engine of that name, one for the whole process; `auto` takes durable_rules where it can be imported.

    With `auto` the plain loop takes over what durable_rules fails at; `durable` alone fails then.

    Raises UsageError for an unknown name, and for `durable` where it isn't installed.
    """
    if name == "loop":
        return Choice(LoopEngine())
    if name not in ("auto", "durable"):
        raise UsageError(f"没有名为 {name} 的推理引擎", remedy="可用：auto、durable、loop")
    try:
        durable = DurableEngine()
        return Choice(BackedEngine(durable) if name == "auto" else durable)
    except ImportError as error:
        if name == "durable":
            raise UsageError("未安装 durable_rules", remedy="pip install durable_rules，或改用 loop") from error
        return Choice(LoopEngine(), "未安装 durable_rules，改用内置的循环推理，结论相同")


class DurableEngine:
    """Runs productions on durable_rules. It keeps the networks of the last few sets of productions."""

    name = "durable"

    def __init__(self) -> None:
        """Raises ImportError where durable_rules isn't installed."""
        from durable import engine

        self._durable: Any = engine
        self._networks: OrderedDict[tuple[Production, ...], _Network] = OrderedDict()
        self._lock = Lock()
        self._loop = LoopEngine()

    def run(self, productions: Sequence[Production], facts: Iterable[Fact]) -> tuple[Activation, ...]:
        """Return every activation, sorted. Meant for tens of facts; sets of very many patterns are left to the plain loop."""
        rules = tuple(productions)
        if not rules:
            return ()
        if sum(len(production.conditions) for production in rules) > _MOST_PATTERNS:
            return self._loop.run(rules, facts)
        with self._lock:
            network = self._network(rules)
            try:
                return network.run(facts)
            except BaseException:
                self._networks.pop(rules, None)  # nobody knows what state it is in
                raise

    def _network(self, productions: tuple[Production, ...]) -> _Network:
        network = self._networks.get(productions)
        if network is None:
            network = self._networks[productions] = _Network(self._durable, productions)
            if len(self._networks) > _KEPT:
                self._networks.popitem(last=False)[1].close()
        else:
            self._networks.move_to_end(productions)
        return network


class BackedEngine:
    """durable_rules, and the plain loop for the sets of productions that it has failed at: the conclusions are the same."""

    name = "durable"

    def __init__(self, durable: Engine) -> None:
        """`durable`: what is asked first."""
        self._durable = durable
        self._loop = LoopEngine()
        self.failures: dict[tuple[Production, ...], Exception] = {}
        """What it failed at, and how."""

    def run(self, productions: Sequence[Production], facts: Iterable[Fact]) -> tuple[Activation, ...]:
        """Return every activation, sorted."""
        rules, given = tuple(productions), tuple(facts)
        if rules not in self.failures:
            try:
                return self._durable.run(rules, given)
            except Exception as error:  # noqa: BLE001 (a fault of the library, which names none, must not end a check)
                self.failures[rules] = error
        return self._loop.run(rules, given)


class _Network:
    """One compiled rule set and its sessions, one after the other."""

    def __init__(self, durable: Any, productions: tuple[Production, ...]) -> None:
        class QuietHost(durable.Host):  # type: ignore[misc]
            """A host of our own that starts no timer threads: they would dispatch behind our back."""

            def _run(self) -> None:
                pass

        self._durable = durable
        self._productions = productions
        self._sessions = itertools.count(1)
        self._hits: list[tuple[int, tuple[str, ...]]] = []
        self._failures: list[Exception] = []
        rules = {
            f"r{number}": {
                "all": [{f"p{at}": _pattern(production, at)} for at in range(len(production.conditions))],
                "run": self._action(number, len(production.conditions)),
            }
            for number, production in enumerate(productions)
        }
        rules["open"] = {"all": [{"p0": {"open": 1}}], "run": _ignore}
        self._host = QuietHost({_NAME: rules})
        tests = [test for production in productions for condition in production.conditions for test in condition.tests]
        keys = {key for key, _ in tests} | {value.key for _, value in tests if isinstance(value, Join)}
        # A fact without a key that is joined on is an error over there: every fact gets every key, `-` for what it lacks.
        self._blank: dict[str, str | int] = {f"k_{key}": "-" for key in sorted(keys)}
        self._wanted = {
            frozenset((key, value) for key, value in condition.tests if not isinstance(value, Join))
            for production in productions
            for condition in production.conditions
        }
        """What a fact must say of itself to be looked at by a pattern."""

    def run(self, facts: Iterable[Fact]) -> tuple[Activation, ...]:
        """Open a session, assert the facts one at a time and close it."""
        session = f"s{next(self._sessions)}"
        known: dict[FactKey, Fact] = {key_of(fact): fact for fact in facts}
        waiting = deque(known.items())
        by_id: dict[str, FactKey] = {}
        fired: dict[tuple[int, tuple[FactKey, ...]], Activation] = {}
        told = False
        try:
            while waiting:
                key, fact = waiting.popleft()
                if not any(literals <= fact.items() for literals in self._wanted):
                    continue
                self._assert(session, key, fact, by_id)
                hits = self._take_hits()
                told = told or bool(hits)
                for number, ids in hits:
                    found = self._activation(number, ids, by_id, known)
                    if found is None:
                        continue
                    fired[number, tuple(by_id[id] for id in ids)] = found
                    for new in following(found.production, found.facts):
                        new_key = key_of(new)
                        if new_key not in known:
                            known[new_key] = new
                            waiting.append((new_key, new))
        finally:
            # Closing a session in which no rule has fired ends the process: one always fires.
            if not told:
                self._host.assert_fact(_NAME, {"sid": session, "id": "open", "open": 1})
            self._host.delete_state(_NAME, session)
        return tuple(fired[place] for place in sorted(fired))

    def close(self) -> None:
        """Give the memory of the network back."""
        self._durable.durable_rules_engine.delete_ruleset(self._host.get_ruleset(_NAME)._handle)  # noqa: SLF001 (no other way)

    def _assert(self, session: str, key: FactKey, fact: Fact, by_id: dict[str, FactKey]) -> None:
        message = self._blank | {f"k_{name}": _encode(value) for name, value in fact.items() if f"k_{name}" in self._blank}
        message["sid"] = session
        # Facts are told apart by a hash of 32 bits: one that is new to us may look old, and gets another id.
        for attempt in range(_ATTEMPTS):
            id = message["id"] = f"{len(by_id)}.{attempt}"
            by_id[id] = key
            try:
                self._host.assert_fact(_NAME, message)
            except self._durable.MessageNotHandledException:
                return  # no rule has a pattern for it
            except self._durable.MessageObservedException:
                continue
            return
        raise RuntimeError("durable_rules takes a new fact for an old one")

    def _take_hits(self) -> list[tuple[int, tuple[str, ...]]]:
        hits = self._hits[:]
        failures = self._failures[:]
        self._hits.clear()
        self._failures.clear()
        if failures:
            raise failures[0]
        return hits

    def _activation(
        self, number: int, ids: tuple[str, ...], by_id: dict[str, FactKey], known: dict[FactKey, Fact]
    ) -> Activation | None:
        """Return the activation, None when it isn't one: values are compared by hash and across types over there."""
        production = self._productions[number]
        bound: dict[str, Fact] = {}
        for (alias, tests), id in zip(production.conditions, ids, strict=True):
            fact = known[by_id[id]]
            if not meets(fact, tests, bound):
                return None
            bound[alias] = fact
        return Activation(production, tuple(bound.values()))

    def _action(self, number: int, length: int) -> Callable[[Any], None]:
        aliases = [f"p{at}" for at in range(length)]

        def note(match: Any) -> None:
            # An exception would vanish in the session's state: it is kept, and raised once the assertion is over.
            try:
                ids = tuple(match._m[alias]["id"] for alias in aliases)  # noqa: SLF001 (what its attributes read)
                self._hits.append((number, ids))
            except Exception as error:  # noqa: BLE001 (raised again by the run)
                self._failures.append(error)

        return note


def _ignore(match: Any) -> None:
    pass


def _pattern(production: Production, at: int) -> dict[str, Any]:
    places = {condition.alias: f"p{place}" for place, condition in enumerate(production.conditions)}
    tests: list[dict[str, Any]] = []
    for key, wanted in production.conditions[at].tests:
        if not isinstance(wanted, Join):
            tests.append({f"k_{key}": _encode(wanted)})
            continue
        join = {f"k_{key}": {places[wanted.alias]: f"k_{wanted.key}"}}
        tests.append(join if wanted.operator == "same" else {_OPERATORS[wanted.operator]: join})
    return {"$and": tests}


def _encode(value: Value) -> str | int:
    """Return a value that the other side can't confuse with one of another type, in plain ASCII."""
    if isinstance(value, str):
        return "s" + (value if _PLAIN.fullmatch(value) else quote(value, safe=_SAFE, errors="surrogatepass"))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
