"""Conditions asked in many places at once: rules of one place ask much the same, and each question is asked once.

Comes in: the places of one kind in one form. Goes out: in which of them a condition fails, and where it can't be decided. What
a condition is made of is the business of `conditions`. A set of places is a whole number with a bit for each of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import State
from validator.rules.arithmetic import Figure, Frame
from validator.rules.binding import Value, Within
from validator.rules.comparison import Verdict
from validator.rules.conditions import Key
from validator.rules.figures import Run

_PASS, _FAIL = Outcome.PASS, Outcome.FAIL


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


@dataclass(slots=True)
class Answers:
    """What came of what a condition asks, in the places where it was asked so far."""

    asked: int = 0
    held: int = 0
    failed: int = 0
    undecided: dict[int, Verdict] = field(default_factory=dict)


class Asked:
    """The places of one kind in one form, and what came of the conditions that were asked there."""

    __slots__ = ("_answers", "_columns", "_kinds", "every", "frames")

    def __init__(self, places: Sequence[Within], figures: dict[int, Figure] | None = None) -> None:
        """`places`: their names, in the order of the places. `figures`: those of the form that were taken before."""
        self.frames = [Frame(names, figures) for names in places]
        self.every = (1 << len(places)) - 1
        self._answers: dict[Key, Answers] = {}
        self._columns: dict[str, list[Value]] = {}
        self._kinds: dict[str, Mapping[State, int]] = {}

    def ask(self, condition: Condition, left: int) -> Answers:
        """Return what came of a condition, asked now in those of the places `left` where it was not asked before."""
        answers = self._answers.get(condition.key)
        if answers is None:
            answers = self._answers[condition.key] = self._by_kind(condition) if condition.states else Answers()
        new = left & ~answers.asked
        if not new:
            return answers
        run = condition.run
        column = self._column(condition.name) if condition.name else self.frames
        told: dict[int, Verdict] = {}  # of what stands in several places: a list of all rows, the year, a word
        held = failed = 0
        for at, value in enumerate(column):
            place = 1 << at
            if new & place:
                verdict = told.get(id(value))
                if verdict is None:
                    verdict = told[id(value)] = run(self.frames[at])
                if verdict.outcome is _PASS:
                    held |= place
                elif verdict.outcome is _FAIL:
                    failed |= place
                else:
                    answers.undecided[at] = verdict
        answers.held |= held
        answers.failed |= failed
        answers.asked |= new
        return answers

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

    def _column(self, name: str) -> Sequence[Value]:
        """Return what a name stands for in each of the places."""
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = [frame.binding[name] for frame in self.frames]
        return column

    def _kinds_of(self, name: str) -> Mapping[State, int]:
        found: defaultdict[State, int] = defaultdict(int)
        place = 1
        for value in self._column(name):
            if type(value) is Fact:
                found[value.reading.state] |= place
            place <<= 1
        return found
