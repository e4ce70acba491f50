"""What is told beside every item of a list adds up as the list does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, rules, stated, texts, words
from tests.rules.narrative.telling import read as passages
from validator.model.fact import Fact
from validator.rules.narrative.attended import attended
from validator.rules.narrative.splits import splits
from validator.rules.narrative.totals import totals

CHANGES = (
    "一、全区收入完成6825万元，比上年增加714万元。\n"
    "二、从构成看：税收收入4310万元，增加926万元，非税收入2515万元，减少212万元。"
)
BUDGETS = (
    "本级收入1730万元，占年初预算3860万元的44.8%。\n"
    "本级收入按部门分：税务1042万元，占年初预算2413万元的43.2%；财政688万元，占年初预算1447万元的47.5%。"
)
PEOPLE = (
    "全县特困供养1252户2231人，发放供养金77.35万元。其中：一类623户1094人，月发41.45万元；"
    "二类522户944人，月发30.74万元；三类107户193人，月发5.16万元。"
)


def _told(text: str) -> list[list[str]]:
    """Return what the module finds, the whole first."""
    lines = passages(text)
    told = [found for line in lines for found in totals(line, words())]
    return [
        [found.place.pointer.text, *sorted(_others(found.place.names.values(), found.place.pointer.text))]
        for found in attended(lines, [*told, *splits(lines, told, words())], (), words())
        if found.place.pointer
    ]


def _others(values: object, whole: str) -> list[str]:
    facts: dict[str, Fact] = {}
    for value in values:  # type: ignore[attr-defined]
        for one in (value,) if isinstance(value, Fact) else value if isinstance(value, tuple) else ():
            facts[one.pointer.path] = one
    return [text for text in texts(facts.values()) if text != whole]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (CHANGES, [["714万元", "212万元", "926万元"]]),
        (BUDGETS, [["3860万元", "1447万元", "2413万元"]]),
        (PEOPLE, [["2231人", "1094人", "193人", "944人"]]),
    ],
    ids=["changes", "budgets", "people, whose amounts are a list"],
)
def test_what_stands_beside_the_whole_is_held_to_what_stands_beside_its_items(text: str, relations: list[list[str]]) -> None:
    assert _told(text) == relations
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong", "rule"),
    [
        (CHANGES, "增加714", "增加734", "NARR-022"),
        (CHANGES, "减少212", "减少221", "NARR-022"),
        (BUDGETS, "2413", "2431", "NARR-001"),
        (PEOPLE, "1094人", "1904人", "NARR-001"),
    ],
)
def test_a_single_wrong_digit_is_found(text: str, right: str, wrong: str, rule: str) -> None:
    found = [one for one in findings(text.replace(right, wrong)) if one.rule == rule]
    assert found


@pytest.mark.parametrize(
    "text",
    [
        CHANGES.replace("714", "583"),
        CHANGES.replace("比上年增加714", "按同口径比上年增加734"),
        CHANGES.replace("，增加926", "，比预算增加946"),
        CHANGES.replace("714", "734").replace("增加926万元，", "其中罚没收入增加926万元，"),
        BUDGETS.replace("占年初预算3860", "占调整预算3880").replace("44.8%", "44.6%"),
        PEOPLE.replace("1094人", "1194人").replace("77.35", "79.99"),
        "全年办班20期，培训5000人次。其中：骨干班12期，培训3200人次；初级班8期，培训1600人次。",
        "共实施项目20个，下达资金5000万元。其中：道路12个，下达资金3200万元；水利8个，下达资金1600万元。",
    ],
    ids=[
        "too far",
        "like for like",
        "another base",
        "a name of its own",
        "another plan",
        "two columns off",
        "people counted twice",
        "money spent on nothing listed",
    ],
)
def test_where_it_need_not_add_up_nothing_is_told(text: str) -> None:
    assert {"NARR-001", "NARR-022"}.isdisjoint(rules(text))


def test_each_relation_is_told_once() -> None:
    lines = passages(CHANGES)
    told = [found for line in lines for found in totals(line, words())]
    lists = [*told, *splits(lines, told, words())]
    first = list(attended(lines, lists, (), words()))
    assert len(stated(first)) == 1
    assert list(attended(lines, lists, first, words())) == []


@given(st.lists(st.tuples(st.integers(100, 99_999), st.integers(-9_000, 9_000)), min_size=2, max_size=4))
def test_changes_of_true_amounts_are_never_accused_however_they_are_rounded(rows: list[tuple[int, int]]) -> None:
    def told(now: int, change: int) -> str:
        return f"{Decimal(now) / 100}亿元，{'增加' if change >= 0 else '减少'}{abs(Decimal(change)) / 100:.1f}亿元"

    parts = "，".join(f"第{name}类收入{told(*row)}" for name, row in zip("甲乙丙丁", rows, strict=False))
    whole = told(sum(now for now, _ in rows), sum(change for _, change in rows))
    assert "NARR-022" not in rules(f"收入完成{whole}，其中：{parts}。")
