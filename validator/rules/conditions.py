"""Closures that decide conditions: and, or, comparisons of texts, functions that are true or not.

Comes in: a frame with the names of a place. Goes out: a `Verdict`. `strict` ones are for `when`: the figures as they are
written, and only how it ends. Two figures are compared in `comparison`; how it is all put together that of `expression`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from validator.model.fact import Fact
from validator.model.finding import Outcome
from validator.model.quantity import State
from validator.rules.arithmetic import EXACT, PURE, Frame, NoAnswer, shorten, unify
from validator.rules.comparison import ORDER, Verdict, unique
from validator.rules.figures import Node, Run
from validator.rules.functions import Function, same_spelling, text_of
from validator.rules.functions.signature import Truth

# Members of an enumeration are looked up slowly, and a check asks for several of them.
_PASS, _FAIL, _UNDETERMINED, _NOT_APPLICABLE = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
HOLDS = Verdict(_PASS)
FAILS = Verdict(_FAIL)
_WEAK = {_UNDETERMINED: 0, _FAIL: 1, _NOT_APPLICABLE: 2, Outcome.CRASHED: 3}
"""Which outcome counts when no part of an `or` passes: the lower first."""

Key: TypeAlias = str
"""A question as it is written, without blanks."""
_Question: TypeAlias = Callable[[Frame, list[Any]], Truth]
"""Takes the arguments, which it puts into the list, and says how it ended. The frame has what else was used."""


def all_hold(parts: Sequence[Run]) -> Run:
    """As `all_of`, for a condition: only how it ends counts, not which cells were used on the way."""

    def run(frame: Frame) -> Verdict:
        open_: Verdict | None = None
        verdict: Verdict = HOLDS
        for part in parts:
            verdict = part(frame)
            if verdict.outcome is _FAIL:
                return verdict
            if verdict.outcome is not _PASS and (open_ is None or open_.outcome is _NOT_APPLICABLE):
                open_ = verdict
        return verdict if open_ is None else open_

    return run


def any_holds(parts: Sequence[Run]) -> Run:
    """As `any_of`, for a condition."""

    def run(frame: Frame) -> Verdict:
        first: Verdict | None = None
        for part in parts:
            verdict: Verdict = part(frame)
            if verdict.outcome is _PASS:
                return verdict
            if first is None or _WEAK[verdict.outcome] < _WEAK[first.outcome]:
                first = verdict
        return first or HOLDS

    return run


def never(_: Frame) -> Verdict:
    """Stand for a condition with a mistake in it."""
    return Verdict(_UNDETERMINED)


def all_of(parts: Sequence[Run]) -> Run:
    """The first part that fails decides, then the first without an answer; the last one speaks for all that pass."""
    return _decided_by(parts, _FAIL, (_FAIL, _UNDETERMINED, _NOT_APPLICABLE))


def any_of(parts: Sequence[Run]) -> Run:
    """The first part that passes decides, then the first without an answer, then the first that fails."""
    return _decided_by(parts, _PASS, (_PASS, _UNDETERMINED, _FAIL))


def flag(name: str, *, negated: bool) -> Run:
    """Return the condition that a name itself is."""

    def run(frame: Frame) -> Verdict:
        value = frame.binding[name]
        if value is None:
            return Verdict(_NOT_APPLICABLE, reason=f"本表没有“{name}”栏")
        if type(value) is not bool:
            return Verdict(_UNDETERMINED, reason=f"“{shorten(name)}”不是条件")
        return Verdict(_PASS if value is not negated else _FAIL)

    return run


def ask(function: Function, arguments: Sequence[Node]) -> _Question:
    """Return how to call a function that is a condition."""
    parts = [(argument.bound, argument.run) for argument in arguments]
    run_function = function.run

    def question(frame: Frame, values: list[Any]) -> Truth:
        binding = frame.binding
        frame.operands = []
        frame.taken = EXACT
        frame.expected = None
        try:
            for name, part in parts:  # what was read before a failure still counts
                value = binding[name] if name else None
                values.append(part(frame) if value is None else value)
            answer: Truth = run_function(frame, values)
        except NoAnswer as error:
            return error.outcome, str(error)
        return answer

    return question


def as_asked(question: _Question, *, negated: bool) -> Run:
    """Turn an answer into a verdict on what was asked, or on its opposite."""

    def run(frame: Frame) -> Verdict:
        values: list[Any] = []
        outcome, reason = question(frame, values)
        used = frame.operands
        if negated:
            outcome = _FAIL if outcome is _PASS else _PASS if outcome is _FAIL else outcome
        stated = values[0] if values and type(values[0]) is Fact else used[0] if used else None
        if used == values or not used:  # as most functions note what they were given, once
            others = tuple([fact for fact in values if type(fact) is Fact and fact is not stated]) if len(values) > 1 else ()
        else:
            others = tuple({id(fact): fact for fact in (*values, *used) if type(fact) is Fact and fact is not stated}.values())
        return Verdict(outcome, None, stated, others, None if outcome is _PASS else frame.expected, None, reason)

    return run


def strictly_as_asked(function: Function, arguments: Sequence[Node], *, negated: bool) -> Run:
    """As `as_asked`, for a condition: only how it ends counts."""
    ends = {_PASS: FAILS, _FAIL: HOLDS} if negated else {_PASS: HOLDS, _FAIL: FAILS}
    parts = [(argument.bound, argument.run) for argument in arguments]
    call = function.run

    def run(frame: Frame) -> Verdict:
        binding = frame.binding
        frame.operands = []
        frame.taken = EXACT
        frame.expected = None
        try:
            values: list[Any] = []
            for name, part in parts:
                value = binding[name] if name else None
                values.append(part(frame) if value is None else value)
            outcome, reason = call(frame, values)
        except NoAnswer as error:
            return Verdict(error.outcome, reason=str(error))
        return ends.get(outcome) or Verdict(outcome, reason=reason)

    return run


def strictly_by_state(states: tuple[State, ...], part: Run, otherwise: Run) -> Run:
    """As `by_state`, for a condition: only how it ends counts."""

    def run(frame: Frame) -> Verdict:
        try:
            value = part(frame)
        except NoAnswer:
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
        except NoAnswer:
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
            one, other = left(frame), right(frame)
            if one[2] != other[2] != PURE:
                one, other, _, _ = unify(one, other)
        except NoAnswer as error:
            return Verdict(error.outcome, reason=str(error))
        return HOLDS if holds(one[0], other[0]) else FAILS

    return run


def same_figure(left: Run, right: Run) -> Run:
    """Return the condition that two figures are equal to the digit: whether rounding explains a difference isn't asked."""

    def run(frame: Frame) -> Verdict:
        frame.taken = EXACT
        frame.operands = []
        try:
            one, other = left(frame), right(frame)
            if one[2] != other[2] != PURE:
                one, other, _, _ = unify(one, other)
        except NoAnswer:
            return FAILS
        return HOLDS if one[0] == other[0] else FAILS

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
        except NoAnswer as error:
            return Verdict(error.outcome, None, facts[0] if facts else None, tuple(facts[1:]), reason=str(error))
        outcome = _PASS if (texts[0] == texts[1]) is same else _FAIL
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
    whole = any(v.whole for v in verdicts) and deciding.outcome is _PASS
    optional = deciding.optional or (ranking[0] is _PASS and not _same_figure(verdicts))
    return Verdict(
        deciding.outcome,
        deciding.grade,
        stated,
        unique(facts),
        deciding.expected,
        deciding.difference,
        deciding.reason,
        whole or deciding.whole,
        deciding.bound,
        optional,
    )


def _same_figure(verdicts: Sequence[Verdict]) -> bool:
    """Tell whether all that was asked is which figure one cell should have."""
    return all(v.expected is not None and not v.bound and v.stated is verdicts[0].stated for v in verdicts)
