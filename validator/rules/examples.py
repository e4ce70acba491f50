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
from validator.rules import relations
from validator.rules.binding import Value
from validator.rules.compiling import EXAMPLE_NAMES, CompiledRule
from validator.rules.evaluate import judge
from validator.rules.load import Ruleset
from validator.rules.narrative import names as narrative
from validator.rules.scopes import Place, canonical, facts_in, is_list, known_names, threshold

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
    place = rule.spec.for_each
    forms = [form for form in ruleset.forms.values() if rule.applies_to(form.id)]
    specs = {section.id: section for form in reversed(forms) for section in form.sections}
    if place.startswith("narrative."):
        known = narrative.known_names(place)
    else:
        known = relations.known_names(place) if place.startswith("table.") else known_names(place, specs)
    known = known or {}
    names: dict[str, Value] = {name: () if name in ("remarks", "说明文字") else None for name in known}
    form = forms[0].id if forms else ""
    parameters = ruleset.values(form, example.get("year"))
    names.update({name: threshold(name, value) for name, value in parameters.items()})
    spelled: dict[str, list[str]] = {}
    for name in known:
        spelled.setdefault(canonical(name, place, specs), []).append(name)
    values: dict[str, Value] = {}
    for key, value in example.items():
        if key not in EXAMPLE_NAMES or key in known:
            if type(parameters.get(key)) is tuple:
                names[key] = tuple(map(str, value))
                continue
            kind, many = known.get(key, ("any", False))
            values[key] = _value(ruleset, key, value, kind, many=many)
    for key, bound in _as_one_family(values).items():
        for alias in (key, *spelled.get(canonical(key, place, specs), ())):
            names[alias] = bound
    return Place("example", (names,), Pointer("example", "例", ""), expression=str(example.get("computed", "")))


def _as_one_family(values: Mapping[str, Value]) -> dict[str, Value]:
    """Give the figures of an example the finest step among those of one unit, as the columns of a form have."""
    facts = [fact for value in values.values() for fact in facts_in(value)]
    refined = iter(peers_step([fact.reading for fact in facts]))
    fresh = {id(fact): fact._replace(reading=next(refined)) for fact in facts}

    def swap(value: Value) -> Value:
        if isinstance(value, Fact):
            return fresh[id(value)]
        return tuple(fresh[id(fact)] for fact in facts_in(value)) if is_list(value) else value

    return {key: swap(value) for key, value in values.items()}


def _value(ruleset: Ruleset, key: str, value: Any, kind: str, *, many: bool) -> Value:
    if value is None:
        return None
    if isinstance(value, list):
        return tuple(_fact(ruleset, f"{key}[{n}]", item, kind) for n, item in enumerate(value))
    if (kind == "text" and not many) or isinstance(value, bool):
        return str(value)
    return _fact(ruleset, key, value, kind)


def _fact(ruleset: Ruleset, path: str, value: Any, kind: str) -> Fact:
    text = str(value)
    if kind in _FIGURES:
        reading = read_figure(text, ruleset.lexicon, kind="" if kind == "any" else kind)
    else:
        reading = Reading(State.TEXT if text.strip() else State.BLANK, text)
    return Fact(reading, Pointer(path, f"例!{path}", text, "", path))
