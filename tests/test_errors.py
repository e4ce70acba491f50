"""What can go wrong that is not a fault in the figures."""

from __future__ import annotations

import pytest

from validator.errors import GoujiError, RulesetError, UnreadableDocument, UnsupportedFormat, UsageError


@pytest.mark.parametrize(
    ("where", "remedy", "expected"),
    [
        ("a.xlsx", "重新发送", "a.xlsx：坏了（重新发送）"),
        ("", "重新发送", "坏了（重新发送）"),
        ("a.xlsx", "", "a.xlsx：坏了"),
        ("", "", "坏了"),
    ],
)
def test_an_error_says_where_what_and_what_to_do_in_one_line(where: str, remedy: str, expected: str) -> None:
    error = GoujiError("坏了", where=where, remedy=remedy)

    assert str(error) == expected
    assert (error.message, error.where, error.remedy) == ("坏了", where, remedy)


@pytest.mark.parametrize(("error", "code"), [(UsageError, 2), (UnreadableDocument, 3), (UnsupportedFormat, 3)])
def test_the_command_ends_with_the_code_of_the_error(error: type[GoujiError], code: int) -> None:
    assert error("坏了").exit_code == code
    assert RulesetError([]).exit_code == 2
    assert issubclass(UnsupportedFormat, UnreadableDocument)


def test_every_mistake_of_a_ruleset_is_listed() -> None:
    error = RulesetError(["a.yaml:1:1: 甲", "b.yaml:2:1: 乙"])

    assert error.problems == ("a.yaml:1:1: 甲", "b.yaml:2:1: 乙")
    assert str(error).splitlines() == ["规则文件有误：", "a.yaml:1:1: 甲", "b.yaml:2:1: 乙"]
