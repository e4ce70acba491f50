"""Closures that decide conditions: and, or, comparisons of texts, functions that are true or not.

Comes in: a frame with the names of a place. Goes out: a `Verdict`. `strict` ones are for `when`: the figures as they are
written, and only how it ends. Two figures are compared in `comparison`; how it is all put together that of `expression`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import State
from validator.rules.arithmetic import EXACT, Absent, Frame, Undetermined, shorten, unify
from validator.rules.comparison import ORDER, Verdict, unique
from validator.rules.figures import Node, Run
from validator.rules.functions import Function, same_spelling, text_of

# Members of an enumeration are looked up slowly, and a check asks for several of them.
_PASS, _FAIL, _UNDETERMINED, _NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
HOLDS = Verdict(_PASS)
FAILS = Verdict(_FAIL)
_WEAK = {Outcome.UNDETERMINED: 0, Outcome.FAIL: 1, Outcome.NOT_APPLICABLE: 2, Outcome.CRASHED: 3}
"""Which outcome counts when no part of an `or` passes: the lower first."""

Key: TypeAlias = str
"""A condition as it is written, with marks for whether it is decided strictly and whether it is negated."""
_Answer: TypeAlias = tuple[Outcome, str | None, Sequence[Any]]
"""What came of a question: how it ended, why where there is no answer, its arguments. The frame has what else was used."""


def remember(key: Key, run: Run) -> Run:
    """Let a place remember what came of a question: many rules ask the same."""

    def remembered(frame: Frame) -> Any:
        if frame.chosen:
            return run(frame)
        found = frame.known.get(key)
        if found is None:
            found = frame.known[key] = run(frame)
        return found

    return remembered


def all_hold(parts: Sequence[Run]) -> Run:
    """As `all_of`, for a condition: only how it ends counts, not which cells were used on the way."""

    def run(frame: Frame) -> Verdict:
        open_: Verdict | None = None
        verdict: Verdict = HOLDS
        for part in parts:
            verdict = part(frame)
            if verdict.outcome is Outcome.FAIL:
                return verdict
            if verdict.outcome is not Outcome.PASS and (open_ is None or open_.outcome is Outcome.NOT_APPLICABLE):
                open_ = verdict
        return verdict if open_ is None else open_

    return run


def any_holds(parts: Sequence[Run]) -> Run:
    """As `any_of`, for a condition."""

    def run(frame: Frame) -> Verdict:
        first: Verdict | None = None
        for part in parts:
            verdict: Verdict = part(frame)
            if verdict.outcome is Outcome.PASS:
                return verdict
            if first is None or _WEAK[verdict.outcome] < _WEAK[first.outcome]:
                first = verdict
        return first or HOLDS

    return run


def never(_: Frame) -> Verdict:
    """Stand for a condition with a mistake in it."""
    return Verdict(Outcome.UNDETERMINED)


def all_of(parts: Sequence[Run]) -> Run:
    """The first part that fails decides, then the first without an answer; the last one speaks for all that pass."""
    return _decided_by(parts, Outcome.FAIL, (Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE))


def any_of(parts: Sequence[Run]) -> Run:
    """The first part that passes decides, then the first without an answer, then the first that fails."""
    return _decided_by(parts, Outcome.PASS, (Outcome.PASS, Outcome.UNDETERMINED, Outcome.FAIL))


def flag(name: str, *, negated: bool) -> Run:
    """Return the condition that a name itself is."""

    def run(frame: Frame) -> Verdict:
        value = frame.binding[name]
        if value is None:
            return Verdict(Outcome.NOT_APPLICABLE, reason=f"本表没有“{name}”栏")
        if type(value) is not bool:
            return Verdict(Outcome.UNDETERMINED, reason=f"“{shorten(name)}”不是条件")
        return Verdict(Outcome.PASS if value is not negated else Outcome.FAIL)

    return run


def ask(function: Function, arguments: Sequence[Node]) -> Run:
    """Return how to call a function that is a condition."""
    parts = [(argument.bound, argument.run) for argument in arguments]
    run_function = function.run

    def run(frame: Frame) -> _Answer:
        binding = frame.binding
        frame.operands = []
        frame.taken = EXACT
        frame.expected = None
        values: list[Any] = []
        try:
            for name, part in parts:  # what was read before a failure still counts
                value = binding[name] if name else None
                values.append(part(frame) if value is None else value)
            outcome, reason = run_function(frame, values)
        except Undetermined as error:
            outcome, reason = _UNDETERMINED, str(error)
        except Absent as error:
            outcome, reason = _NOT_APPLICABLE, str(error)
        return outcome, reason, values

    return run


def as_asked(question: Run, *, negated: bool) -> Run:
    """Turn an answer into a verdict on what was asked, or on its opposite."""

    def run(frame: Frame) -> Verdict:
        outcome, reason, values = question(frame)
        used = frame.operands
        if negated:
            outcome = _FAIL if outcome is _PASS else _PASS if outcome is _FAIL else outcome
        stated = values[0] if values and type(values[0]) is Fact else used[0] if used else None
        others = unique([value for value in (*values, *used) if type(value) is Fact and value is not stated])
        return Verdict(outcome, None, stated, others, None if outcome is _PASS else frame.expected, None, reason)

    return run


def strictly_as_asked(question: Run, *, negated: bool) -> Run:
    """As `as_asked`, for a condition: only how it ends counts."""
    ends = {_PASS: FAILS, _FAIL: HOLDS} if negated else {_PASS: HOLDS, _FAIL: FAILS}

    def run(frame: Frame) -> Verdict:
        outcome, reason, _ = question(frame)
        return ends.get(outcome) or Verdict(outcome, reason=reason)

    return run


def strictly_by_state(states: tuple[State, ...], part: Run, otherwise: Run) -> Run:
    """As `by_state`, for a condition: only how it ends counts."""

    def run(frame: Frame) -> Verdict:
        try:
            value = part(frame)
        except (Absent, Undetermined):
            value = None
        if type(value) is Fact:
            return HOLDS if value.reading.state in states else FAILS
        found: Verdict = otherwise(frame)
        return found

    return run


def by_state(states: tuple[State, ...], part: Run, otherwise: Run) -> Run:
    """As the condition that it stands for, without ado where it is asked of one cell."""

    def run(frame: Frame) -> Verdict:
        try:
            value = part(frame)
        except (Absent, Undetermined):
            value = None
        if type(value) is not Fact:
            found: Verdict = otherwise(frame)
            return found
        return Verdict(_PASS if value.reading.state in states else _FAIL, None, value)

    return run


def strict_order(left: Run, right: Run, sign: str) -> Run:
    """As `Comparison`, for a condition: the figures as they are written, and only how it ends."""
    holds = ORDER[sign]

    def run(frame: Frame) -> Verdict:
        frame.taken = EXACT
        frame.operands = []
        try:
            one, other, _, _ = unify(left(frame), right(frame))
        except Undetermined as error:
            return Verdict(_UNDETERMINED, reason=str(error))
        except Absent as error:
            return Verdict(_NOT_APPLICABLE, reason=str(error))
        return HOLDS if holds(one[0], other[0]) else FAILS

    return run


def text_comparison(left: Node, right: Node, *, same: bool) -> Run:
    """Return the condition that two texts are, or are not, spelled the same."""
    left_run = left.raw or left.run
    right_run = right.raw or right.run
    name = left.name

    def run(frame: Frame) -> Verdict:
        value = frame.binding[name] if name else None
        if type(value) is str and value.strip():
            other = right_run(frame)
            if type(other) is str:
                return HOLDS if (same_spelling(value) == same_spelling(other)) is same else FAILS
        facts: list[Fact] = []
        texts: list[str] = []
        try:
            for part in (left_run, right_run):
                value = part(frame)
                if type(value) is Fact:
                    facts.append(value)
                texts.append(same_spelling(text_of(value)))
        except Undetermined as error:
            return Verdict(Outcome.UNDETERMINED, None, facts[0] if facts else None, tuple(facts[1:]), reason=str(error))
        except Absent as error:
            return Verdict(Outcome.NOT_APPLICABLE, None, facts[0] if facts else None, tuple(facts[1:]), reason=str(error))
        outcome = Outcome.PASS if (texts[0] == texts[1]) is same else Outcome.FAIL
        return Verdict(outcome, None, facts[0] if facts else None, tuple(facts[1:]))

    return run


def _decided_by(parts: Sequence[Run], last: Outcome, ranking: Sequence[Outcome]) -> Run:
    """Ask one part after the other until one ends so that the rest can't change anything."""
    lead, *rest = parts

    def run(frame: Frame) -> Verdict:
        first: Verdict = lead(frame)
        if first.outcome is last:
            return first
        verdicts = [first]
        for part in rest:
            verdict: Verdict = part(frame)
            verdicts.append(verdict)
            if verdict.outcome is last:
                break
        return _join(verdicts, ranking)

    return run


def _join(verdicts: Sequence[Verdict], ranking: Sequence[Outcome]) -> Verdict:
    deciding = next((v for outcome in ranking for v in verdicts if v.outcome is outcome), None)
    if deciding is None:
        deciding = next((v for v in verdicts if v.stated is not None), verdicts[0])
    if len(verdicts) == 1:
        return deciding
    stated = deciding.stated
    facts = [fact for v in (deciding, *verdicts) for fact in (*v.operands, v.stated) if fact is not None and fact is not stated]
    whole = any(v.whole for v in verdicts) and deciding.outcome is Outcome.PASS
    return deciding._replace(operands=unique(facts), whole=whole or deciding.whole)
