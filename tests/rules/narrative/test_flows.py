"""What was there, what came, what went, what is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import in_yuan, passage, rules, stated, words
from validator.rules.narrative.flows import flows


def formulas(text: str) -> list[tuple[object, object]]:
    return [(names["stated"], names["formula"]) for _, names in stated(flows(passage(text), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年初预算860万元，年中追加45.6万元，调整后预算数905.6万元。", [("905.6万元", "期初 + 变动1")]),
        ("年初预算合计860万元，年中调减中央财政资金45.6万元，全年预算数合计814.4万元。", [("814.4万元", "期初 - 变动1")]),
        ("提前下达资金860万元，年中下达45.6万元，全年共下达905.6万元。", [("905.6万元", "期初 + 变动1")]),
        ("旧存518件，新收6842件，审结6955件，未结405件。", [("405件", "期初 + 变动1 - 变动2")]),
        ("送审500万元，审定460万元，核减50万元。", [("460万元", "期初 - 变动1")]),
        ("预算500万元，支出450万元，结余60万元。", [("60万元", "前数 - 后数")]),
        ("预算安排860万元，年中追加45.6万元，收回5.6万元，全年预算900万元。", [("900万元", "期初 + 变动1 - 变动2")]),
        ("部门预算860万元，年中调增45.6万元、调减5.6万元，全年预算数910万元。", [("910万元", "期初 + 变动1 - 变动2")]),
    ],
)
def test_a_closing_figure_follows_from_the_opening_one_and_the_movements(text: str, expected: object) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "应缴100万元，已缴50万元，未缴60万元，减免50万元。",
        "年初预算860万元，追加45.6万元，追加20万元，调整后预算数950.6万元。",
        "年初预算860万元，捐赠10万元，追加45.6万元，调整后预算数950.6万元。",
        "年中追加45.6万元，另下达20万元，调整后预算数905.6万元。",
        "年初预算860万元，年中追加45.6万元，调整后预算数905户。",
        "送审500万元，工作有序开展，审定460万元，核减50万元。",
        "预算860万元，年中追加45.6万元，全年预算1005.6万元（含上年结转100万元）。",
    ],
)
def test_an_account_with_something_in_it_that_no_word_names_is_left_alone(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年初预算860万元，年中追加45.6万元，调整后预算数905.6万元。", []),
        ("年初预算860万元，年中追加45.6万元，调整后预算数950.6万元。", ["NARR-007"]),
        ("年初预算860万元，年中追加45.6万元，核减5.6万元，调整后预算数905.6万元。", ["NARR-007"]),
        ("旧存518件，新收6842件，审结6955件，未结405件。", []),
        ("旧存518件，新收6842件，审结6595件，未结405件。", ["NARR-007"]),
        ("年初预算860万元，年中追加45.6万元，专项下达20万元，调整后预算数950.6万元。", []),
        ("年初预算860万元，追加45.6万元，另追加20万元，调整后预算数950.6万元。", []),
        ("招标预算2860万元，中标金额2617万元，节约资金234万元。", ["NARR-007"]),
        ("招标预算2860万元，中标金额2617万元，节约资金150万元。", ["NARR-007"]),
        ("送审金额1826万元，审计核减63.4万元，审定金额1762.6万元。", []),
        ("送审金额1826万元，审计核减63.4万元，审定金额1726.6万元。", ["NARR-007"]),
        ("送审金额1826万元，审计核减63.4万元，中介核减20万元，审定金额1742.6万元。", []),
    ],
)
def test_only_a_stock_all_of_whose_movements_are_named_is_held_to_its_sum(text: str, expected: list[str]) -> None:
    assert rules(text) == rules(in_yuan(text)) == expected


@given(st.integers(100, 9999), st.integers(10, 999), st.integers(10, 99), st.integers(0, 9))
def test_the_order_of_what_came_and_went_changes_nothing(there: int, came: int, went: int, off: int) -> None:
    moves = f"新收{came}件", f"审结{went}件"
    texts = [f"旧存{there}件，{one}，{other}，未结{there + came - went + off}件。" for one, other in (moves, moves[::-1])]

    assert [bool(rules(text)) for text in texts] == [off > 0] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预备费预算500亿元，实际支出17.48亿元，主要用于防灾减灾等方面，剩余482.52亿元全部转入。", []),
        ("预备费预算500亿元，实际支出17.48亿元，主要用于防灾减灾等方面，剩余432.52亿元全部转入。", ["NARR-007"]),
        ("预备费预算500亿元，实际支出17.48亿元，主要用于防灾减灾等方面，剩余391.52亿元全部转入。", []),
        ("预备费预算500亿元，实际支出17.48亿元，追加30亿元，主要用于防灾减灾等方面，剩余432.52亿元全部转入。", []),
        ("预备费预算500亿元，实际支出17.48亿元，主要用于防灾减灾等方面，国库剩余432.52亿元。", []),
    ],
    ids=["right", "one digit", "several digits", "more came", "of something else"],
)
def test_what_is_left_is_told_behind_what_the_money_was_spent_on(text: str, expected: list[str]) -> None:
    assert rules(text) == expected
