"""Shares of a whole that another paragraph tells are held to it where most of them give it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, read, rules, stated, words
from validator.rules.narrative.shares_elsewhere import shares_elsewhere

TEXT = (
    "一、支出预算按科目说明\n"
    "（一）教育支出412.60万元，占支出总预算的43.17%，用于学校运转。\n"
    "（二）卫生健康支出198.35万元，占支出总预算的20.75%，用于基层医疗。\n"
    "（三）农林水支出258.80万元，占支出总预算的27.08%，用于水利设施。\n"
    "二、收支预算总体说明\n"
    "本年收入预算和上年持平。\n"
    "三、其他说明\n"
    "与上年口径一致。\n"
    "四、收支总预算\n"
    "收支总预算955.85万元，收入全部为财政拨款。"
)


def test_shares_are_held_to_the_whole_that_a_later_paragraph_tells() -> None:
    assert [(names["rate"], names["denominators"]) for _, names in stated(shares_elsewhere(read(TEXT), (), words()))] == [
        ("43.17%", ["955.85万元"]),
        ("20.75%", ["955.85万元"]),
        ("27.08%", ["955.85万元"]),
    ]
    assert rules(TEXT) == []


@pytest.mark.parametrize(("right", "wrong"), [("20.75%", "27.05%"), ("20.75%", "20.15%")])
def test_a_share_that_a_slip_keeps_from_it_is_found(right: str, wrong: str) -> None:
    more = TEXT.replace("二、收支", "（四）住房支出62.31万元，占支出总预算的6.52%。\n二、收支")
    (found,) = findings(more.replace(right, wrong))
    assert (found.rule, found.primary.text, found.expected) == ("NARR-004", wrong, right)


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("20.75%", "63.11%").replace("27.08%", "41.02%"),
        TEXT.replace("占支出总预算的20.75%", "占全市同类支出的3.15%"),
        TEXT.replace("占支出总预算的20.75%", "占上年支出总预算的25.13%"),
        TEXT.replace("43.17%", "43%").replace("20.75%", "25%").replace("27.08%", "31%"),
        TEXT.replace("收支总预算955.85万元", "上年收支总预算955.85万元"),
        TEXT.replace("20.75%", "20.76%"),
        TEXT.replace("卫生健康支出198.35万元，", "卫生健康支出198.35万元，其中医院"),
    ],
    ids=[
        "of something else",
        "another whole",
        "last year's",
        "too coarse",
        "the whole of last year",
        "evened out",
        "of a part",
    ],
)
def test_where_shares_may_be_of_something_else_nothing_is_told(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("43.17%", "43.77%"), ("6.52%", "6.92%"), ("0.84%", "0.34%")],
    ids=["of the largest", "of another", "of a small part"],
)
def test_a_wrong_share_is_found_beside_one_that_was_evened_out(right: str, wrong: str) -> None:
    lines = "（四）住房支出62.31万元，占支出总预算的6.52%。\n（五）其他支出8.00万元，占支出总预算的0.84%。\n二、收支"
    more = TEXT.replace("27.08%", "27.09%").replace("二、收支", lines, 1)

    assert "NARR-004" not in rules(more)
    assert [f.primary.text for f in findings(more.replace(right, wrong)) if f.rule == "NARR-004"] == [wrong]


def test_small_parts_alone_say_of_no_whole_that_they_are_its_shares() -> None:
    text = "甲支出8.00万元，占支出总预算的0.84%。\n乙支出4.00万元，占支出总预算的0.42%。\n收支总预算952.38万元。"

    assert list(shares_elsewhere(read(text), (), words())) == []


def test_two_offices_with_shares_of_their_own_leave_it_open() -> None:
    one = "甲局教育支出412.60万元，占支出总预算的47.44%；卫生支出457.15万元，占支出总预算的52.56%。"
    other = "乙局教育支出300.00万元，占支出总预算的60.00%；卫生支出200.00万元，占支出总预算的40.00%。"
    totals = "甲局收支总预算869.75万元。\n乙局收支总预算500.00万元。"
    text = f"{one}\n{other}\n说明\n{totals}"
    assert list(shares_elsewhere(read(text), (), words())) == []
    assert rules(text) == []


@given(st.lists(st.integers(1_000, 999_999), min_size=2, max_size=5, unique=True))
def test_true_shares_are_never_accused_however_they_are_rounded(parts: list[int]) -> None:
    whole = sum(parts)
    lines = [
        f"（{n}）第{n}类支出{Decimal(part) / 100}万元，占支出总预算的{part * 100 / whole:.2f}%。"
        for n, part in enumerate(parts, 1)
    ]
    text = "\n".join((*lines, "说明", "与上年一致。", f"收支总预算{Decimal(whole) / 100}万元。"))
    assert "NARR-004" not in rules(text)


def test_shares_that_are_told_already_say_of_which_whole_the_last_one_is() -> None:
    lines = [
        "教育支出412.60万元，占总支出的43.21%。",
        "卫生支出198.35万元，占总支出的20.77%。",
        "农林支出258.80万元，占总支出的27.10%。",
    ]
    text = "全镇支出完成954.85万元，主要项目如下：\n" + "\n".join(f"{n}、{line}" for n, line in enumerate(lines, 1))

    assert rules(text) == []
    assert [f.expected for f in findings(text.replace("27.10%", "27.70%")) if f.rule == "NARR-004"] == ["27.10%"]
