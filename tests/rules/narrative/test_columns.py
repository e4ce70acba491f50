"""Lists that tell several figures of each item."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, passage, rules, shows, words, written
from validator.rules.narrative.columns import columns

LISTED = (
    "实施项目7个，总投资29.18亿元，年度计划投资{}亿元。其中：续建项目4个，总投资13.13亿元，年度计划投资3.32亿元；"
    "新建项目3个，总投资16.05亿元，年度计划投资2.41亿元。"
)
TOTAL = ("total", "29.18亿元", ["13.13亿元", "16.05亿元"])
WRONG = ("total", "5.63亿元", ["3.32亿元", "2.41亿元"])


def added(text: str) -> Sequence[tuple[str, str, list[str]]]:
    """Return the figures of a text that are added up column by column."""
    return written(columns([claims for _, claims in passage(text).by_sentence if len(claims) > 1], words()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("；", "。"),
        ("。其中：", "，其中："),
        ("其中：", "其中，"),
        ("年度计划投资2.41", "计划投资2.41"),
        ("年度计划投资", "累计完成投资"),
        ("年度计划投资", "完成投资"),
        ("续建项目4个，总投资", "续建项目总投资"),
        ("年度计划投资3.32亿元", "年度计划投资33200万元"),
        ("年度计划投资3.32亿元", "年度计划投资3.32亿元（含预备费0.5亿元）"),
        ("年度计划投资3.32亿元", "年度计划投资3.32亿元（年度计划投资0.5亿元）"),
    ],
)
def test_a_figure_of_the_whole_is_the_sum_of_those_of_the_items(old: str, new: str) -> None:
    text = LISTED.format("5.63").replace(old, new)
    figure = "33200万元" if "33200" in text else "3.32亿元"

    assert added(text) == [TOTAL, ("total", "5.63亿元", [figure, "2.41亿元"])]
    assert rules(text) == ["NARR-001"]
    assert shows(findings(text), text, "5.63亿元")
    assert rules(LISTED.format("5.73").replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("其中：", ""),
        ("总投资29.18", "总投资30.18"),
        ("。其中：", "。另有8人参与。其中："),
        ("；", "。绩效良好。"),
    ],
)
def test_nothing_bears_out_that_the_items_are_all_there_is(old: str, new: str) -> None:
    text = LISTED.format("5.63").replace(old, new)

    assert added(text) == []
    assert rules(text) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("年度计划投资3.32亿元", "年度计划投资3.32万元", [TOTAL]),
        ("年度计划投资2.41亿元", "年度计划投资2.41%", [TOTAL]),
        ("年度计划投资2.41亿元", "预计产出2.41亿元", [TOTAL]),
        ("年度计划投资3.32亿元", "年度计划投资3.32亿元、年度计划投资1亿元", [TOTAL]),
        ("年度计划投资5.63亿元", "（年度计划投资5.63亿元）", [TOTAL]),
    ],
)
def test_a_figure_that_is_not_told_of_every_item_is_left_alone(old: str, new: str, expected: object) -> None:
    assert added(LISTED.format("5.63").replace(old, new)) == expected


BESIDE = (
    "在建项目总投资1300亿元，年度计划投资330亿元；新开工项目总投资500亿元，年度计划投资190亿元；"
    "预备项目总投资1100亿元，年度计划投资40亿元。"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"重点项目总投资2900亿元，年度计划投资560亿元，其中{BESIDE}", ["560亿元"]),
        (f"重点项目总投资2900亿元，年度计划投资560亿元。其中：{BESIDE}", ["560亿元"]),
        (f"总投资2900亿元，年度计划投资560亿元，其中{BESIDE}", ["2900亿元", "560亿元"]),
        (f"重点项目总投资2900亿元，年度计划投资560亿元。{BESIDE}", []),
        (f"重点项目总投资2900亿元，年度计划投资560亿元，其中{BESIDE}".replace("330", "430"), []),
        (f"总投资约2900亿元，年度计划投资约560亿元，其中{BESIDE}", []),
        ("年度计划投资560亿元，其中在建项目年度计划投资560亿元。", []),
        (f"重点项目年度计划投资560亿元，一般项目年度计划投资560亿元，其中{BESIDE}", []),
    ],
)
def test_the_name_of_the_whole_or_those_of_the_items_may_be_longer(text: str, expected: list[str]) -> None:
    assert [whole for _, whole, _ in added(text)] == expected


COLUMNS = "甲类项目3个，投资{a}万元，支出{c}万元；乙类项目5个，投资{b}万元，支出{d}万元。"


@given(st.integers(1000, 9000), st.integers(1000, 9000), st.integers(100, 900), st.integers(100, 900), st.sampled_from((0, 50)))
def test_a_column_that_adds_up_bears_the_others_out(a: int, b: int, c: int, d: int, off: int) -> None:
    text = f"全县项目投资{a + b}万元，支出{c + d + off}万元，其中" + COLUMNS.format(a=a, b=b, c=c, d=d)

    assert bool(rules(text)) is bool(off)


def test_what_is_far_from_its_parts_is_no_sum_of_them() -> None:
    assert added(LISTED.format("9.63")) == [TOTAL, ("total", "9.63亿元", ["3.32亿元", "2.41亿元"])]
    assert added(LISTED.format("13.63")) == [TOTAL]


ROWS = st.lists(st.tuples(AMOUNT, AMOUNT), min_size=2, max_size=5)


@given(ROWS)
def test_true_lists_give_no_fault(rows: list[tuple[Decimal, Decimal]]) -> None:
    text = told(rows)

    assert rules(text) == []
    assert rules(in_yuan(text)) == []


@given(ROWS, st.integers(2, 40))
def test_a_column_that_does_not_add_up_is_seen_where_another_does(rows: list[tuple[Decimal, Decimal]], percent: int) -> None:
    text = told(rows, planned=sum(plan for _, plan in rows) * (100 + percent) / Decimal(100))

    assert rules(text) == ["NARR-001"]


def told(rows: list[tuple[Decimal, Decimal]], planned: Decimal | None = None) -> str:
    """Return the sentence that tells the total investment and the plan of this year, in all and of each item."""
    items = "；".join(
        f"{n}号项目总投资{money(one)}，年度计划投资{money(plan)}" for n, (one, plan) in zip("甲乙丙丁戊", rows, strict=False)
    )
    total, plans = sum(one for one, _ in rows), planned if planned is not None else sum(plan for _, plan in rows)
    return f"总投资{money(Decimal(total))}，年度计划投资{money(Decimal(plans))}。其中：{items}。"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("资助项目40个，资金621.5万元，其中：甲5个，金额100.6万元；乙15个，金额220.9万元；丙20个，金额300万元。", []),
        ("资助项目40个，资金661.5万元，其中：甲5个，金额100.6万元；乙15个，金额220.9万元；丙20个，金额300万元。", ["NARR-001"]),
        ("资助项目70个，资金1661.5万元，其中：甲5个，金额100.6万元；乙15个，金额220.9万元；丙20个，金额300万元。", []),
        ("资助项目40个，资金661.5万元，其中：甲5个，金额100.6万元；乙15个，金额220.9万元；丙20个，已付300万元。", []),
    ],
)
def test_the_second_figures_of_items_are_held_to_the_second_of_the_whole(text: str, told: list[str]) -> None:
    assert rules(text) == told
