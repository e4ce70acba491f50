"""Run the examples that every rule carries: those under `pass` must pass, those under `fail` must fail as they say.

Comes in: a ruleset. Goes out: one result for each example. Used by `gouji test` and by the tests of this project.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from validator.facts.numbers import peers_step, read_figure
from validator.model.fact import Fact, Pointer
from validator.model.finding import Outcome
from validator.model.quantity import Reading, State
from validator.rules.evaluate import judge, threshold
from validator.rules.load import EXAMPLE_NAMES, CompiledRule, Ruleset, names_of
from validator.rules.scopes import Place, Value

_FIGURES = frozenset({"amount", "percent", "points", "number", "target", "actual", "any"})


class Result(NamedTuple):
    """What came of one example."""

    rule: str
    name: str
    """As in a list of tests: FUND-003-fail-1."""
    ok: bool
    message: str = ""
    """What was wrong with it, in Chinese; empty when it is as it should be."""


def run(ruleset: Ruleset) -> Iterator[Result]:
    """Run every example of every rule."""
    for rule in ruleset.rules:
        for kind, examples in (("pass", rule.spec.examples.passing), ("fail", rule.spec.examples.failing)):
            for number, example in enumerate(examples, 1):
                yield run_one(ruleset, rule, kind, number, example)


def run_one(ruleset: Ruleset, rule: CompiledRule, kind: str, number: int, example: Mapping[str, Any]) -> Result:
    """Run one example. `kind`: `pass` or `fail`; `number`: which one, from 1."""
    name = f"{rule.id}-{kind}-{number}"
    evaluated = judge(rule, _place(ruleset, rule, example), "zh")
    check = evaluated.check
    wanted = str(example.get("outcome", kind))
    if check.outcome.value != wanted:
        return Result(rule.id, name, False, f"应为 {wanted}，得到 {check.outcome.value}（{check.reason or '没有说明'}）")
    expected = example.get("expected")
    if expected is not None and check.outcome is Outcome.FAIL and not _same(str(expected), check.expected or ""):
        return Result(rule.id, name, False, f"应有的值写的是 {expected}，算出来是 {check.expected}")
    if check.outcome is Outcome.FAIL and evaluated.finding is None:
        return Result(rule.id, name, False, "不通过，却没有可以指出的格子")
    return Result(rule.id, name, True)


def _same(one: str, other: str) -> bool:
    strip = "%％分万元亿家个 "
    return one == other or one.strip(strip) == other.strip(strip)


def _place(ruleset: Ruleset, rule: CompiledRule, example: Mapping[str, Any]) -> Place:
    """Bind the names of an example as a form would."""
    known = names_of(rule.spec.for_each, ruleset.forms)
    form = str(example.get("form", next(iter(sorted(rule.forms)), "")))
    names: dict[str, Value] = dict.fromkeys(known)
    names.update({name: threshold(name, value) for name, value in ruleset.values(form, example.get("year")).items()})
    for key, value in example.items():
        if key in EXAMPLE_NAMES and key not in known:
            continue
        kind, many = known.get(key, ("any", False))
        bound = _value(ruleset, key, value, kind, many=many)
        for alias in _aliases(key, known, rule, ruleset):
            names[alias] = bound
    if rule.spec.for_each == "form":
        names.setdefault("remarks", ())
    for name, (_, many) in known.items():
        if many and names.get(name) is None and name in ("remarks", "说明文字"):
            names[name] = ()
    return Place("example", (names,), Pointer("example", "例", ""), expression=str(example.get("formula", "")))


def _aliases(key: str, known: Mapping[str, Any], rule: CompiledRule, ruleset: Ruleset) -> set[str]:
    return {key, *(alias for alias in rule.same_names(key, ruleset.forms) if alias in known)}


def _value(ruleset: Ruleset, key: str, value: Any, kind: str, *, many: bool) -> Value:
    if value is None:
        return None
    if isinstance(value, list):
        facts = [_fact(ruleset, f"{key}[{n}]", item, kind) for n, item in enumerate(value)]
        readings = peers_step([fact.reading for fact in facts])
        return tuple(fact._replace(reading=reading) for fact, reading in zip(facts, readings, strict=True))
    if kind == "text" and not many or isinstance(value, bool):
        return str(value)
    return _fact(ruleset, key, value, kind)


def _fact(ruleset: Ruleset, path: str, value: Any, kind: str) -> Fact:
    text = str(value)
    if kind in _FIGURES:
        reading = read_figure(text, ruleset.lexicon, kind="" if kind == "any" else kind)
    else:
        reading = Reading(State.TEXT if text.strip() else State.BLANK, text)
    return Fact(reading, Pointer(path, f"例!{path}", text, "", path))
