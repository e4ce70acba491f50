"""Conditions asked in many places at once: rules of one place ask much the same, and each question is asked once.

Comes in: the places of one kind in one form. Goes out: in which of them a condition fails, and where it can't be decided. What
a condition is made of is the business of `conditions`. A set of places is a whole number with a bit for each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress, count, repeat
from typing import Any, NamedTuple, TypeAlias

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import State
from validator.rules.arithmetic import Figure, Frame
from validator.rules.binding import Value, Within
from validator.rules.comparison import Verdict
from validator.rules.conditions import Key
from validator.rules.figures import Run

_PASS, _FAIL = Outcome.PASS, Outcome.FAIL
_ELSEWHERE: Any = object()
_Same: TypeAlias = Sequence[tuple[int, int]]
"""The first place of those in which the same thing stands, and the set of them, for each such thing."""
_AS_TRUTH = bytes.maketrans(b"01", b"\0\1")
own = dict.get
"""What a place binds itself, and the form around it doesn't come into."""


class Condition(NamedTuple):
    """One of the conditions of a `when`, all of which must hold."""

    name: str
    """Set where it asks of one name only."""
    states: tuple[State, ...]
    """The kinds of things for which it holds, where it looks at nothing else in the cell of that name: most do."""
    key: Key
    run: Run
    negated: bool = False
    """Whether it holds where what is asked fails."""


class Joined(NamedTuple):
    """Conditions of which all must hold, or any."""

    every: bool
    parts: tuple[Condition | Joined, ...]


class Answers:
    """What came of what a condition asks, in the places where it was asked so far."""

    __slots__ = ("asked", "failed", "held", "open", "undecided")

    def __init__(self, asked: int = 0, held: int = 0, failed: int = 0) -> None:
        """`asked`, `held`, `failed`: sets of places."""
        self.asked = asked
        self.held = held
        self.failed = failed
        self.undecided: dict[int, Verdict] = {}
        self.open = 0
        """The places in `undecided`."""


def members(places: int) -> Sequence[int]:
    """Return the numbers of the places in a set, in their order."""
    if not places & (places + 1):
        return range(places.bit_length())
    return list(compress(count(), bin(places)[:1:-1].encode().translate(_AS_TRUTH)))


class _Column(NamedTuple):
    """What one name stands for in all places."""

    values: Sequence[Value]
    """By place; the first only where the same thing stands everywhere."""
    shared: _Same | None
    """None where hardly two places have the same."""


@lru_cache(maxsize=64)
def _bits(count: int) -> tuple[int, ...]:
    """Return so many places, each as a set of itself."""
    return tuple([1 << at for at in range(count)])


class Asked:
    """The places of one kind in one form, and what came of the conditions that were asked there."""

    __slots__ = ("_bits", "_columns", "_frame", "_kinds", "_names", "_stand_together", "answers", "every", "here", "paths")

    def __init__(self, places: Sequence[Within], figures: dict[int, Figure] | None = None, paths: Sequence[str] = ()) -> None:
        """`places`: their names, in the order of the places, of which there is at least one; `paths`: what they are called.

        `figures`: those of the form that were taken before.
        """
        self._names = places
        self.paths = paths
        self._frame = Frame(places[0], figures)
        self.every = (1 << len(places)) - 1
        self._bits = _bits(len(places))
        self.answers: dict[Key, Answers] = {}
        """What came of the conditions that were asked so far."""
        self.here: dict[Key, Verdict] = {}
        """The same, where there is one place only: sets of places aren't needed then."""
        self._stand_together = len(places) == 1 or all(map(places[0].stands_beside, places))
        self._columns: dict[str, _Column] = {}
        self._kinds: dict[str, Mapping[State, int]] = {}

    def frame(self, at: int) -> Frame:
        """Return the frame of a place: the same object for each of them, to be used before another one is asked for."""
        self._frame.binding = self._names[at]
        return self._frame

    def own_frame(self, at: int) -> Frame:
        """Return a frame of a place that nobody else uses."""
        return Frame(self._names[at], self._frame.figures)

    def ask(self, condition: Condition, left: int) -> Answers:
        """Return what came of a condition, asked now in those of the places `left` where it was not asked before."""
        answers = self.answers.get(condition.key)
        if answers is None:
            answers = self.answers[condition.key] = self._by_kind(condition) if condition.states else Answers()
        new = left & ~answers.asked
        if not new:
            return answers
        run, names, frame, bits = condition.run, self._names, self._frame, self._bits
        shared = self._column(condition.name).shared if condition.name else None
        if shared is None:
            asked = members(new)
            groups = [bits[at] for at in asked]
        else:
            asked = [at for at, places in shared if places & new]
            groups = [met for _, places in shared if (met := places & new)]
        held = failed = 0
        for at, places in zip(asked, groups, strict=True):
            frame.binding = names[at]
            verdict = run(frame)
            if verdict.outcome is _PASS:
                held |= places
            elif verdict.outcome is _FAIL:
                failed |= places
            else:
                answers.open |= places
                for open_ in members(places):
                    answers.undecided[open_] = verdict
        answers.held |= held
        answers.failed |= failed
        answers.asked |= new
        return answers

    def held(self, question: Condition | Joined, left: int) -> int:
        """Return in which of the places `left` a question surely holds. None is asked further once that is known."""
        if isinstance(question, Condition):
            answers = self.answers.get(question.key)
            if answers is None or left & ~answers.asked:
                answers = self.ask(question, left)
            return left & (answers.failed if question.negated else answers.held)
        if question.every:
            for part in question.parts:
                left = left and self.held(part, left)
            return left
        found = 0
        for part in question.parts:
            if left & ~found:
                found |= self.held(part, left & ~found)
        return found

    def _by_kind(self, condition: Condition) -> Answers:
        """Answer a condition that looks at nothing but the kind of thing in one cell, wherever the name is a cell."""
        kinds = self._kinds.get(condition.name)
        if kinds is None:
            kinds = self._kinds[condition.name] = self._kinds_of(condition.name)
        holds = other = 0
        for state, places in kinds.items():
            if state in condition.states:
                holds |= places
            else:
                other |= places
        return Answers(holds | other, holds, other)

    def _column(self, name: str) -> _Column:
        """Return what a name stands for, and the places where it stands for the same."""
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = self._find_column(name)
        return column

    def _find_column(self, name: str) -> _Column:
        first = self._names[0]
        if self.every == 1:
            return _Column((first[name],), ((0, 1),))
        values: list[Any] = list(map(own, self._names, repeat(name), repeat(_ELSEWHERE)))
        different = set(map(id, values))
        if id(_ELSEWHERE) in different:
            if len(different) == 1 and self._stand_together:  # what is around them binds it, or nobody
                return _Column((first[name],), ((0, self.every),))
            values = [names[name] for names in self._names]
            different = set(map(id, values))
        if len(different) == 1:
            return _Column(values, ((0, self.every),))
        if len(different) > len(values) // 2:
            return _Column(values, None)
        found: dict[int, tuple[int, int]] = {}
        for at, value in enumerate(values):
            first_at, places = found.get(id(value), (at, 0))
            found[id(value)] = first_at, places | 1 << at
        return _Column(values, tuple(found.values()))

    def _kinds_of(self, name: str) -> Mapping[State, int]:
        found: defaultdict[State, int] = defaultdict(int)
        values, shared = self._column(name)
        if shared is None:
            kinds = [value.reading.state if type(value) is Fact else None for value in values]
            if kinds[0] is not None and kinds.count(kinds[0]) == len(kinds):
                return {kinds[0]: self.every}
            for kind, place in zip(kinds, self._bits, strict=True):
                if kind is not None:
                    found[kind] |= place
            return found
        for at, places in shared:
            value = values[at]
            if type(value) is Fact:
                found[value.reading.state] |= places
        return found
