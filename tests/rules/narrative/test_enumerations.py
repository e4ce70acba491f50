"""Lists whose items are counted off behind a colon: which figure of each item is its part."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import in_yuan, passage, rules, texts, words
from validator.rules.narrative.enumerations import enumerations

ITEMS = "一是道路500万元；二是桥梁400万元"


def told(text: str) -> list[tuple[str, list[str], bool, bool]]:
    return [(one.whole.fact.text, texts(one.parts), one.choice, one.sure) for one in enumerations(passage(text), words())]


@pytest.mark.parametrize(
    ("text", "choice", "sure"),
    [
        (f"支出1200万元：{ITEMS}。", False, True),
        (f"支出1200万元，主要用于：{ITEMS}。", True, True),
        (f"支出1200万元，用于以下方面：{ITEMS}。", False, True),
        (f"支出1200万元。具体安排如下：{ITEMS}。", False, True),
        (f"支出1200万元，各项工作有序开展：{ITEMS}。", False, False),
        ("支出1200万元：(一)道路500万元；(二)桥梁400万元。另有捐赠80万元。", False, True),
        ("支出1200万元：1、道路500万元；2、桥梁400万元。", False, True),
        ("支出1200万元：一是道路500万元，其中沥青200万元；二是桥梁400万元。", False, False),
        ("支出1200万元：一是修路12公里，支出500万元；二是桥梁400万元。", False, True),
        ("支出1200万元：一是道路500万元；二是桥梁400万元；二是绿化300万元。", False, True),
    ],
)
def test_each_item_gives_the_figure_of_the_kind_of_the_whole(text: str, *, choice: bool, sure: bool) -> None:
    assert told(text) == [("1200万元", ["500万元", "400万元"], choice, sure)]


@pytest.mark.parametrize(
    "text",
    [
        "支出1200万元：一是道路500万元。",
        "支出1200万元：一是道路500万元；三是桥梁400万元。",
        "支出1200万元：二是道路500万元；三是桥梁400万元。",
        "支出1200万元：一是修路12公里；二是桥梁400万元。",
        f"上年支出1200万元：{ITEMS}。",
        "支出1200万元：一是上年道路500万元；二是桥梁400万元。",
        f"支出1200万元。工作有序开展：{ITEMS}。",
        f"支出1200万元。工作分三步开展，具体如下：{ITEMS}。",
        f"约1200万元：{ITEMS}。",
        f"工作有序开展：{ITEMS}。",
    ],
)
def test_without_a_number_an_item_each_and_a_whole_of_this_year_there_is_no_list(text: str) -> None:
    assert told(text) == []


def test_a_second_list_begins_with_one_again() -> None:
    text = "支出900万元：一是道路500万元；二是桥梁400万元。收入30万元：一是租金20万元；二是利息10万元。"

    assert told(text) == [("900万元", ["500万元", "400万元"], False, True), ("30万元", ["20万元", "10万元"], False, True)]


def test_the_last_item_ends_with_its_sentence() -> None:
    assert told("支出900万元：一是道路500万元；二是桥梁修缮完工。绿化300万元。") == []


@pytest.mark.parametrize("more", ["三是河道300万元", "三是河道治理300万元"])
def test_items_that_add_up_are_silent_whatever_unit_they_are_told_in(more: str) -> None:
    text = f"支出1200万元：{ITEMS}；{more}。"

    assert rules(text) == rules(in_yuan(text)) == []
    assert rules(text.replace("300", "350")) == rules(in_yuan(text.replace("300", "350"))) == ["NARR-003"]
