"""The plain engine: nested loops over the facts, again and again until nothing new follows.

It is the oracle that the tests hold durable_rules against, and takes its place where the C extension isn't there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from validator.inference.production import Activation, Condition, Fact, FactKey, Join, Production, following, key_of, meets


class LoopEngine:
    """Runs productions in plain Python. It keeps nothing between runs."""

    name = "loop"

    def run(self, productions: Sequence[Production], facts: Iterable[Fact]) -> tuple[Activation, ...]:
        """Return every activation, sorted."""
        known = {key_of(fact): fact for fact in facts}
        fired: dict[tuple[int, tuple[FactKey, ...]], Activation] = {}
        size = -1
        while size != len(known):
            size = len(known)
            for number, production in enumerate(productions):
                for keys in list(_matches(production.conditions, known)):
                    if (number, keys) in fired:
                        continue
                    found = Activation(production, tuple(known[key] for key in keys))
                    fired[number, keys] = found
                    for fact in following(production, found.facts):
                        known.setdefault(key_of(fact), fact)
        return tuple(fired[place] for place in sorted(fired))


def _matches(conditions: Sequence[Condition], known: dict[FactKey, Fact]) -> Iterator[tuple[FactKey, ...]]:
    """Yield the keys of the facts that meet all patterns, one fact for each."""
    candidates: list[list[tuple[FactKey, Fact]]] = []
    for _, tests in conditions:
        literal = [(key, value) for key, value in tests if not isinstance(value, Join)]
        candidates.append([(key, fact) for key, fact in known.items() if meets(fact, literal, {})])
        if not candidates[-1]:
            return
    joins = [[(key, value) for key, value in tests if isinstance(value, Join)] for _, tests in conditions]
    chosen: list[FactKey] = []
    bound: dict[str, Fact] = {}

    def extend(depth: int) -> Iterator[tuple[FactKey, ...]]:
        if depth == len(conditions):
            yield tuple(chosen)
            return
        for key, fact in candidates[depth]:
            if key not in chosen and meets(fact, joins[depth], bound):
                chosen.append(key)
                bound[conditions[depth].alias] = fact
                yield from extend(depth + 1)
                chosen.pop()

    yield from extend(0)
