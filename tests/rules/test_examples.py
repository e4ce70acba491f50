"""The examples that every shipped rule carries, and what every rule file must say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, ClassVar

import pytest

from validator.forms.spec import Text
from validator.rules.compiling import Compiled, CompiledRule, Uses
from validator.rules.examples import Result, run, run_one
from validator.rules.load import Ruleset, load_ruleset

RULESET = load_ruleset()
RULES = [pytest.param(rule, id=rule.id) for rule in RULESET.rules]
EXAMPLES = [
    pytest.param(rule, kind, number, example, id=f"{rule.id}-{kind}-{number}")
    for rule in RULESET.rules
    for kind, examples in (("pass", rule.spec.examples.passing), ("fail", rule.spec.examples.failing))
    for number, example in enumerate(examples, 1)
]
_NAME = re.compile(r"[\w.]+")


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    """Return every name that occurs in an expression of a rule."""
    texts = [
        t
        for r in RULESET.rules
        for t in (r.spec.when, r.spec.expected or "", r.spec.methods, *(text for _, text in r.spec.check))
    ]
    return frozenset(word for text in texts for word in _NAME.findall(text))


@pytest.mark.parametrize(("rule", "kind", "number", "example"), EXAMPLES)
def test_the_example_comes_out_as_it_says(rule: CompiledRule, kind: str, number: int, example: dict[str, Any]) -> None:
    assert run_one(RULESET, rule, kind, number, example) == Result(rule.id, f"{rule.id}-{kind}-{number}", ok=True)


@pytest.mark.parametrize("rule", RULES)
class TestEveryRule:
    @pytest.mark.parametrize("field", ["title", "basis", "why", "message", "help"])
    def test_speaks_both_languages(self, rule: CompiledRule, field: str) -> None:
        text = getattr(rule.spec, field)
        assert isinstance(text, Text)
        assert text.zh.strip()
        assert text.en.strip()
        assert text.en.isascii() or not re.search(r"[。，；：！？]", text.en)

    def test_weighs_something_and_is_of_a_kind(self, rule: CompiledRule) -> None:
        assert rule.spec.severity in ("error", "warning", "info")
        assert rule.spec.kind

    def test_stands_in_a_file_of_its_own_name(self, rule: CompiledRule) -> None:
        assert rule.file.rpartition("/")[2].startswith(rule.id)

    def test_says_the_same_in_both_languages(self, rule: CompiledRule) -> None:
        """A name that only one of the two messages shows was forgotten in the other."""
        shown = [set(re.findall(r"\{([^{}]+)\}", text)) for text in (rule.spec.message.zh, rule.spec.message.en)]
        assert len(shown[0]) == len(shown[1])


@pytest.mark.parametrize("name", sorted(RULESET.parameters))
def test_every_parameter_is_used(name: str) -> None:
    assert not _words().isdisjoint({name, RULESET.parameters[name].en})


class TestRun:
    def test_every_example_is_run_under_its_name(self) -> None:
        assert [result.name for result in run(RULESET)] == [param.id for param in EXAMPLES]


class TestRunOne:
    RULE = next(rule for rule in RULESET.rules if rule.id == "FUND-003")
    GOOD: ClassVar[dict[str, Any]] = {"全年预算数": 320, "全年执行数": "261.75", "执行率": "81.80%"}
    BAD: ClassVar[dict[str, Any]] = {"全年预算数": 320, "全年执行数": "261.75", "执行率": "81.08%"}

    def run(self, kind: str, example: dict[str, Any], ruleset: Ruleset = RULESET) -> Result:
        return run_one(ruleset, self.RULE, kind, 1, example)

    @pytest.mark.parametrize(
        ("kind", "example", "ok"),
        [
            ("pass", GOOD, True),
            ("fail", GOOD, False),
            ("fail", BAD, True),
            ("pass", BAD, False),
            ("fail", {**BAD, "expected": "81.80%"}, True),
            ("fail", {**BAD, "expected": "81.8"}, False),
            ("fail", {**BAD, "expected": "82%"}, False),
            ("pass", {"budget": 320, "executed": "261.75", "rate": "81.80%"}, True),
            ("pass", {**BAD, "outcome": "fail"}, True),
            ("pass", {**GOOD, "全年执行数": None}, False),
        ],
    )
    def test_an_example_must_come_out_as_it_says(self, kind: str, example: dict[str, Any], ok: bool) -> None:
        result = self.run(kind, example)
        assert (result.ok, bool(result.message)) == (ok, not ok)

    def test_a_rule_of_no_form_can_be_tried_too(self) -> None:
        compiled = Compiled(self.RULE.when, self.RULE.checks, self.RULE.expected)
        orphan = CompiledRule(self.RULE.spec, self.RULE.file, frozenset({"nothing"}), Uses(), compiled)
        assert run_one(RULESET, orphan, "pass", 1, self.GOOD).ok
