"""A list that adds up but for the unit of one figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, passage, rules, stated, words
from validator.rules.narrative.unit_slips import unit_slips


def told(text: str) -> list[tuple[object, object]]:
    return [(names["total"], names["parts"]) for _, names in stated(unit_slips(passage(text), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("护林资金全年预算数2089元：其中中央资金合计1777万元，省级资金312万元。", [("2089元", ["1777万元", "312万元"])]),
        (
            "全年预算2089元，其中：中央资金合计1777万元，占比85.06%；省级资金312万元，占比14.94%。",
            [("2089元", ["1777万元", "312万元"])],
        ),
        ("全年预算2089万元，其中：中央资金1777元，省级资金312万元。", [("2089万元", ["1777元", "312万元"])]),
        ("全年预算2089万元，其中：中央资金1777万元，省级资金312万元。", []),
        ("全年预算2089万元，其中：中央资金1776元，省级资金312万元。", []),
        ("全年预算20万元，其中：中央资金15元，省级资金5万元。", []),
        ("全年预算2089万元，中央资金1777元，省级资金312万元。", []),
        ("全年预算2089万元，其中：中央资金1777元，省级资金312元。", [("2089万元", ["1777元", "312元"])]),
    ],
)
def test_a_slip_is_one_figure_in_another_unit(text: str, expected: object) -> None:
    assert told(text) == expected


@given(st.integers(100, 9999), st.integers(100, 9999), st.sampled_from(["合计", ""]), st.booleans())
def test_a_slip_is_told_once_and_a_sound_list_is_not_accused(one: int, other: int, called: str, slipped: bool) -> None:
    unit = "元" if slipped else "万元"
    text = f"护林资金全年预算数{one + other}{unit}：其中中央资金{called}{one}万元，省级资金{other}万元。"

    assert len(rules(text)) == slipped


def test_the_finding_stands_at_the_whole() -> None:
    (finding,) = findings("护林资金全年预算数2089元：其中中央资金合计1777万元，省级资金312万元。")
    assert finding.primary.text == "2089元"
