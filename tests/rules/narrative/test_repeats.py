"""The same quantity told twice in the prose of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import claims, read, rules, stated, words
from validator.rules.narrative.repeats import digits, mistyped, repeats, same, swapped_digits

FIGURES = st.integers(100, 99_999_999).map(str)


def again(text: str) -> list[tuple[object, object]]:
    return [(names["one"], names["other"]) for _, names in stated(repeats(read(text), words()))]


class TestDigits:
    @given(FIGURES, st.data())
    def test_two_neighbours_in_the_other_order_are_swapped_from_either_side(self, figure: str, data: st.DataObject) -> None:
        n = data.draw(st.integers(0, len(figure) - 2))
        other = figure[:n] + figure[n + 1] + figure[n] + figure[n + 2 :]

        assert swapped_digits(figure, other) is swapped_digits(other, figure) is (figure != other)

    @pytest.mark.parametrize(("one", "two"), [("12", "21"), ("123", "321"), ("1234", "124"), ("123", "123"), ("1234", "2143")])
    def test_other_differences_are_no_swap(self, one: str, two: str) -> None:
        assert not swapped_digits(one, two)

    @given(FIGURES, st.data())
    def test_one_digit_of_many_that_is_another_or_missing_is_mistyped(self, figure: str, data: st.DataObject) -> None:
        n = data.draw(st.integers(0, len(figure) - 1))
        digit = data.draw(st.sampled_from([d for d in "0123456789" if d != figure[n]]))
        changed, shortened = figure[:n] + digit + figure[n + 1 :], figure[:n] + figure[n + 1 :]

        assert mistyped(figure, changed) is mistyped(changed, figure) is (len(figure) >= 5)
        assert mistyped(figure, shortened) is mistyped(shortened, figure) is (len(shortened) >= 5)

    @pytest.mark.parametrize(("one", "two"), [("12345", "12345"), ("12345", "12567"), ("1234567", "12345")])
    def test_other_figures_are_not(self, one: str, two: str) -> None:
        assert not mistyped(one, two)

    def test_digits_are_those_that_are_written(self) -> None:
        (claim,) = claims("支出120.50万元。")

        assert digits(claim.quantity) == "12050"


def test_the_place_of_the_other_figure_is_told() -> None:
    one, other = claims("支出120万元，收入130万元。")
    found = same("narrative.same", one, other.fact)

    assert stated([found]) == [("same", {"one": "120万元", "other": "130万元", "place": "L1:11-15", "again": []})]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("参加基本医疗保险人数325人。\n参加基本医疗保险人数352人。", [("352人", "325人")]),
        ("参加基本医疗保险人数325人。\n参加基本医疗保险人数325人。", [("325人", "325人")]),
        ("参加基本医疗保险人数325人。\n参加基本医疗保险人数389人。", []),
        ("参加基本医疗保险人数325人。\n参加基本医疗保险人数352户。", []),
        ("参保人数325人。\n参保人数352人。", []),
        ("2022年参加基本医疗保险人数325人。\n2023年参加基本医疗保险人数352人。", []),
        ("上半年参加基本医疗保险人数3256人。\n全年参加基本医疗保险人数3526人。", []),
        ("计划参加基本医疗保险人数325人。\n参加基本医疗保险人数352人。", []),
        (
            "参加基本医疗保险人数325人。\n参加基本医疗保险人数325人。\n参加基本医疗保险人数352人。",
            [("325人", "325人"), ("352人", "325人")],
        ),
        (
            "下达资金64.2万元，完成投资58.5万元。\n下达资金64.2万元，完成投资55.8万元。",
            [("64.2万元", "64.2万元"), ("55.8万元", "58.5万元")],
        ),
        ("下达资金64万元，完成投资58.5万元。\n下达资金64万元，完成投资55.8万元。", []),
        ("甲项：下达资金64.2万元，完成投资58.5万元。\n乙项：下达资金64.2万元，完成投资55.8万元。", []),
        (
            "下达资金64.2万元，完成投资58.5万元。\n下达资金64.2万元，完成投资158.5万元。",
            [("64.2万元", "64.2万元")],
        ),
        ("养护道路126公里，修补路面8万平方米。养护道路126公里，修补路面7.4万平方米。", []),
    ],
)
def test_figures_are_one_only_where_their_words_and_digits_say_so(text: str, expected: object) -> None:
    assert again(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("245774.82", "254774.82", True),
        ("245774.82", "247774.82", True),
        ("245774.82", "24774.82", True),
        ("245774.82", "245774.8", False),
        ("245774.82", "251300.47", False),
        ("32.5", "33.5", False),
    ],
    ids=["swapped", "one digit", "one left out", "rounded", "another figure", "short"],
)
def test_long_figures_that_nearly_agree_are_one_of_them_misprinted(one: str, other: str, *, told: bool) -> None:
    text = f"2023年全市职工医保基金总收入{one}万元。\n经审计，2023年全市职工医保基金总收入{other}万元。"
    assert ("NARR-013" in rules(text)) is told


def test_what_is_told_of_one_place_after_the_other_is_not_one_figure() -> None:
    counties = zip("甲乙丙丁", ("2301", "3201", "2031", "5410"), strict=True)
    assert rules("".join(f"{name}县培训农村实用人才数量达到{count}人。\n" for name, count in counties)) == []
