"""The unit of money that a line names for what stands below or around it."""

from __future__ import annotations

import pytest

from tests.rules.placing import LEXICON
from validator.facts.units import unit_in_brackets, units_of_lines
from validator.forms.labels import Matcher

CAPTIONS = Matcher([("caption", ("项目资金", "*支出绩效自评表"))])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位：万元", ["万元"]),
        ("金额单位：元", ["元"]),
        ("单位: 人民币万元", ["万元"]),
        ("单位：万元、家", ["万元"]),
        ("项目资金（万元）", ["万元"]),
        ("## 项目支出绩效自评表（元）", ["元"]),
        ("单位：家", []),
        ("实施单位：某局", []),
        ("项目名称（万元）", []),
        ("项目资金", []),
        ("", []),
    ],
)
def test_a_line_or_a_caption_may_name_a_unit_of_money(text: str, expected: list[str]) -> None:
    assert [unit.name for unit in units_of_lines([text], LEXICON, CAPTIONS)] == expected


def test_each_line_names_one_at_most_in_their_order() -> None:
    lines = ("单位：元", "说明", "项目资金（万元）")

    assert [unit.name for unit in units_of_lines(lines, LEXICON, CAPTIONS)] == ["元", "万元"]


@pytest.mark.parametrize(
    ("label", "expected"),
    [("项目资金（万元）", "万元"), ("数量(家)", "家"), ("甲（乙）（元）", "元"), ("项目资金", None), ("甲（乙）", None)],
)
def test_the_first_unit_in_brackets_is_that_of_a_label(label: str, expected: str | None) -> None:
    found = unit_in_brackets(label, LEXICON)

    assert (found.name if found else None) == expected
