"""Prices in brackets behind amounts, each for the one number that the sentence counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, passage, rules, stated, words
from validator.rules.narrative.bracketed_prices import bracketed_prices

TEXT = "两县改造厕所1764户，省级补助264.6万元（1500元/户），县级补助141.12万元（800元/户），资金已拨付。"


def _told(text: str) -> list[tuple[str, str]]:
    found = stated(bracketed_prices(passage(text), words()))
    return [(str(names["stated"]), str(names["数量"])) for _, names in found]


def test_each_amount_is_its_price_times_the_number_of_all() -> None:
    assert _told(TEXT) == [("264.6万元", "1764户"), ("141.12万元", "1764户")]
    assert rules(TEXT) == []


@pytest.mark.parametrize(("right", "wrong"), [("141.12", "144.12"), ("264.6万", "246.6万"), ("800元/户", "900元/户")])
def test_a_wrong_figure_beside_a_right_one_is_found(right: str, wrong: str) -> None:
    assert {one.rule for one in findings(TEXT.replace(right, wrong))} == {"NARR-008"}


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("264.6", "251.4").replace("141.12", "133.8"),
        TEXT.replace("1764户", "1764户，其中新建900户").replace("141.12", "72"),
        TEXT.replace("（800元/户）", "（800元/座）"),
        TEXT.replace("（800元/户）", "（其中新建800元/户，改建500元/户）"),
        TEXT.replace("141.12", "14.12"),
        TEXT.replace("1764户", "1764座"),
    ],
    ids=["none follows", "two numbers", "two units", "two prices", "of a few", "not counted"],
)
def test_where_it_may_be_for_others_nothing_is_told(text: str) -> None:
    assert "NARR-008" not in rules(text)


@given(st.integers(10, 9_999), st.integers(1, 300), st.integers(1, 300))
def test_true_amounts_are_never_accused_however_they_are_rounded(number: int, one: int, other: int) -> None:
    amounts = [f"{number * price * 10 / 10_000:.2f}万元（{price * 10}元/户）" for price in (one, other)]
    assert rules(f"改造{number}户，省级补助{amounts[0]}，县级补助{amounts[1]}。") == []
