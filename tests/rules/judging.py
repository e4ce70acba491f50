"""Rules written in a test, and places to judge them in."""

from __future__ import annotations

from typing import Any

from tests.forms.recognising import ruleset
from validator.model.fact import Fact, Pointer, Section
from validator.rules.arithmetic import Dimension
from validator.rules.binding import Value
from validator.rules.compiling import Compiled, CompiledRule, Uses
from validator.rules.expression import compile_expression, compile_formula, compile_when
from validator.rules.scopes import Place
from validator.rules.spec import Rule

_TEXTS: dict[str, Any] = {
    "id": "TEST-001",
    "name": "rate-differs",
    "title": {"zh": "执行率不符", "en": "Rate differs"},
    "severity": "error",
    "kind": "ratio",
    "basis": "表头",
    "why": "因为",
    "for-each": "funds.row",
    "check": "a == b",
    "message": {"zh": "{row}填 {a}，应为 {expected}", "en": "{row} says {a}, should be {expected}"},
    "help": "核对。",
    "examples": {"pass": [{}], "fail": [{}]},
}


def rule(names: dict[str, Value], **changes: Any) -> CompiledRule:
    """Return a rule over these names; `changes` are keys of a rule file."""
    data = _TEXTS | {key.replace("_", "-"): value for key, value in changes.items()}
    spec = Rule.model_validate(data)
    known = {
        name: Dimension("any", many=isinstance(value, tuple) and not isinstance(value, Fact)) for name, value in names.items()
    }
    compiled = Compiled(
        when=compile_when(spec.when, known) if spec.when else None,
        checks=tuple((method, compile_expression(text, known)) for method, text in spec.check),
        expected=compile_formula(spec.expected, known) if spec.expected else None,
    )
    return CompiledRule(spec, "test.yaml", frozenset(), Uses(), compiled)


def place(*readings: dict[str, Value], complete: bool = True, section: Section | None = None, expression: str = "") -> Place:
    """Return a place with these readings."""
    return Place("form[0].funds.total", readings, Pointer("form[0].funds.total", "A2", "合计"), complete, section, expression)


def shipped(id: str) -> CompiledRule:
    """Return a rule of the shipped ruleset."""
    found = ruleset().rule(id)
    assert found is not None
    return found
