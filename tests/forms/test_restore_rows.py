"""Rows of restored text, and what is said of tokens that could not be placed."""

from __future__ import annotations

import pytest

from validator.forms.restore.rows import Problem, Row
from validator.forms.restore.tokens import Gap, Token


def token(text: str) -> Token:
    return Token(text, 0, 1, len(text), Gap.SPACE)


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (
            Problem([token("12")], ("分值", "得分"), "改造户数"),
            "“改造户数”一行读不出：“12”可能属于分值、得分中的不同栏，未作核对。",
        ),
        (Problem([token("1"), token("2")], (), ""), "这一行读不出：“1”、“2”与所在栏目不相称，未作核对。"),
        (Problem([token("1")], ("分值",), "总分", "这张表没有读。"), "这张表没有读。"),
    ],
    ids=["columns", "none", "said"],
)
def test_a_problem_says_which_texts_could_not_be_placed_and_where_they_might_belong(problem: Problem, message: str) -> None:
    assert problem.message == message


def test_of_many_texts_the_first_are_named() -> None:
    assert Problem([token(str(n)) for n in range(9)], (), "").message.count("“") == 6


def test_a_new_row_is_whole() -> None:
    assert (Row().whole, Row().summed, Row().cells) == (True, True, {})
