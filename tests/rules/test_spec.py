"""What a rule file may say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from tests.rules.judging import _TEXTS
from validator.rules.spec import Rule


def spec(**changes: Any) -> Rule:
    return Rule.model_validate(_TEXTS | {key.replace("_", "-"): value for key, value in changes.items()})


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("a == b", (("", "a == b"),)),
        (["a == b", "a == c"], (("", "a == b"), ("", "a == c"))),
        ({"四舍五入": "a == b", "截去": "a <= b"}, (("四舍五入", "a == b"), ("截去", "a <= b"))),
    ],
)
def test_a_rule_has_one_reading_or_several(written: Any, readings: tuple[tuple[str, str], ...]) -> None:
    assert spec(check=written).check == readings


def test_a_plain_text_is_chinese() -> None:
    rule = spec(title="执行率不符", help={"zh": "核对。", "en": "Check."})

    assert (rule.title.zh, rule.title.en, rule.help.en) == ("执行率不符", "", "Check.")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("check", {}),
        ("check", []),
        ("id", "FUND-1"),
        ("id", "fund-001"),
        ("name", "Rate"),
        ("name", "r"),
        ("severity", "fatal"),
        ("kind", "sum"),
        ("examples", {"pass": [{}], "fail": []}),
        ("examples", {"pass": [{}]}),
        ("nothing_like_it", "x"),
        ("check", None),
        ("title", ["甲"]),
    ],
)
def test_what_a_rule_cannot_say_is_refused(key: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        spec(**{key: value})


@pytest.mark.parametrize(
    "key", ["id", "name", "title", "severity", "kind", "basis", "why", "for-each", "check", "message", "help", "examples"]
)
def test_what_every_rule_must_say(key: str) -> None:
    with pytest.raises(ValidationError, match=key.replace("-", "[-_]")):
        Rule.model_validate({name: value for name, value in _TEXTS.items() if name != key})


def test_what_may_be_left_out_says_nothing() -> None:
    rule = spec()

    assert (rule.forms, rule.also, rule.when, rule.methods, rule.expected, rule.stated, rule.related) == (
        (), (), "", "", None, "", (),
    )  # fmt: skip


def test_a_rule_is_not_changed_once_it_is_read() -> None:
    with pytest.raises(ValidationError):
        spec().severity = "info"
