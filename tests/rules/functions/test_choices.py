from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.rules.functions.choices import chosen

GRADES = ("优", "良", "中", "差")


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("☑优□良□中□差", "优"),
        ("□优√良□中□差", "良"),
        ("□优□√良□中□差", "良"),
        ("优□良☑中□差□", "良"),
        ("优(√)良()中()差()", "优"),
        ("评价等级:□优■良", "良"),
        ("优√", "优"),
        ("√优", "优"),
        ("优", "优"),
        ("", ""),
        ("99.46(良)", "99.46(良)"),
        ("□优□良□中□差", None),
        ("☑优☑良□中□差", None),
        ("优√良中差", None),
        ("优(√)良(×)", None),
        ("□", None),
        ("√", None),
    ],
)
def test_which_option_is_ticked(text: str, option: str | None) -> None:
    assert chosen(text) == option


@given(
    st.integers(0, 3),
    st.sampled_from(["□", "○", "☐", "()"]),
    st.sampled_from(["☑", "√", "■", "(√)", "□√"]),
    st.booleans(),
)
def test_the_ticked_one_is_chosen_wherever_the_marks_stand(which: int, blank: str, tick: str, before: bool) -> None:
    marks = [tick if n == which else blank for n in range(len(GRADES))]
    text = "".join(mark + grade if before else grade + mark for mark, grade in zip(marks, GRADES, strict=True))
    assert chosen(text) == GRADES[which]


@given(st.text(st.characters(exclude_characters="□○◯☐▢√✓✔☑☒■●✅()[]")))
def test_a_text_without_marks_is_its_own_answer(text: str) -> None:
    assert chosen(text) == text
