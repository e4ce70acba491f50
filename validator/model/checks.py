"""The record of every evaluation of a document, most of which are only written out when a report lists them.

Comes in: what came of each rule on its way through the places of a form. Goes out: a sequence of `Check`. Of ten evaluations
seven find that the rule has nothing to check in the place, and nobody but a full report asks for them one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeVar, overload

from validator.model.finding import Check, Outcome

_PASS, _NOT_APPLICABLE = Outcome.PASS, Outcome.NOT_APPLICABLE
_OUTCOME: Callable[[Check], Outcome] = itemgetter(Check._fields.index("outcome"))
_Entry = TypeVar("_Entry")
_new = tuple.__new__
"""Makes the checks, of which there are thousands: the constructor of a named tuple takes more than twice as long."""


class Round(NamedTuple):
    """One rule on its way through the places of one kind in a form."""

    rule: str
    kind: str
    reason: str
    """Why there is nothing to check in the places that are not in `made`."""
    paths: Sequence[str]
    """Of all its places, in their order."""
    made: Mapping[int, Check]
    """What came out where there was something to check, or where that could not be decided, by number of the place."""
    before: int
    """How many checks of the document there were before."""
    passed: Sequence[int] = ()
    """The places where the rule holds and nothing else is to be told, by number: their checks are not written out yet."""
    write: Callable[[int], Check] | None = None
    """Writes out the check of such a place."""

    def written(self) -> Round:
        """Return the same with every check written out where there was something to check."""
        write = self.write
        if write is None:
            return self
        return self._replace(made={**{at: write(at) for at in self.passed}, **self.made}, passed=(), write=None)

    def checks(self) -> list[Check]:
        """Return the check of each place; `written` comes before."""
        rule, kind, reason, paths, made, before, *_ = self
        found: list[Check] = [
            _new(Check, (rule, kind, _NOT_APPLICABLE, path, None, None, (), None, reason, f"c{number}"))
            for number, path in enumerate(paths, before + 1)
        ]
        for at, check in made.items():
            found[at] = check
        return found


class Late(Sequence[_Entry]):
    """A sequence that is written out when somebody looks into it; equal to any other of the same entries."""

    __slots__ = ("_every",)

    def __init__(self, write: Callable[[], tuple[_Entry, ...]]) -> None:
        """`write`: gives every entry."""
        self._every: tuple[_Entry, ...] | Callable[[], tuple[_Entry, ...]] = write

    def _all(self) -> tuple[_Entry, ...]:
        every = self._every
        if not isinstance(every, tuple):
            every = self._every = every()
        return every

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all())

    def __iter__(self) -> Iterator[_Entry]:
        """Yield each."""
        return iter(self._all())

    @overload
    def __getitem__(self, at: int) -> _Entry: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[_Entry, ...]: ...

    def __getitem__(self, at: int | slice) -> _Entry | tuple[_Entry, ...]:
        """Return one, or a part of them."""
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        """Tell whether the other is a sequence of the same entries."""
        return self._all() == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        """Return that of the tuple of all entries."""
        return hash(self._all())

    def __repr__(self) -> str:
        """Show them as a tuple is shown."""
        return repr(self._all())


class _Parts:
    """Checks and rounds in their order, whose checks are written out once."""

    __slots__ = ("parts",)

    def __init__(self, parts: Sequence[Check | Round]) -> None:
        self.parts = parts

    def written(self) -> Sequence[Check | Round]:
        """Return them with every check written out where there was something to check."""
        self.parts = [part.written() if isinstance(part, Round) else part for part in self.parts]
        return self.parts

    def every(self) -> tuple[Check, ...]:
        """Return every check."""
        every: list[Check] = []
        for part in self.written():
            if isinstance(part, Round):
                every += part.checks()
            else:
                every.append(part)
        return tuple(every)


class Checks(Late[Check]):
    """Every check of a document, in the order of the evaluations."""

    __slots__ = ("_count", "_of")

    def __init__(self, parts: Sequence[Check | Round]) -> None:
        """Hold checks and rounds, in their order."""
        self._of = _Parts(parts)
        super().__init__(self._of.every)
        self._count = sum([len(part.paths) if isinstance(part, Round) else 1 for part in parts])

    def made(self) -> list[Check]:
        """Return those that say more than that a rule has nothing to check in a place."""
        found: list[Check] = []
        for part in self._of.written():
            if isinstance(part, Round):
                found += part.made.values()
            else:
                found.append(part)
        return found

    def holding(self) -> set[tuple[str, str]]:
        """Return the rules and places where a rule holds, without writing the checks out."""
        found: set[tuple[str, str]] = set()
        for part in self._of.parts:
            if isinstance(part, Round):
                found.update([(check.rule, check.path) for check in part.made.values() if check.outcome is _PASS])
                found.update([(part.rule, part.paths[at]) for at in part.passed])
            elif part.outcome is _PASS:
                found.add((part.rule, part.path))
        return found

    def outcomes(self) -> dict[str, dict[Outcome, int]]:
        """Return by rule how often each outcome came out; rules in the order in which they came first."""
        counts: dict[str, dict[Outcome, int]] = {}
        for part in self._of.parts:
            found = counts.setdefault(part.rule, {})
            if not isinstance(part, Round):
                found[part.outcome] = found.get(part.outcome, 0) + 1
                continue
            made, passed = part.made, len(part.passed)
            if passed:
                found[_PASS] = found.get(_PASS, 0) + passed
            if made:
                outcomes = list(map(_OUTCOME, made.values()))
                for outcome in dict.fromkeys(outcomes):
                    found[outcome] = found.get(outcome, 0) + outcomes.count(outcome)
            if skipped := len(part.paths) - len(made) - passed:
                found[_NOT_APPLICABLE] = found.get(_NOT_APPLICABLE, 0) + skipped
        return counts

    def __len__(self) -> int:
        """Return how many there are, without writing them out."""
        return self._count
