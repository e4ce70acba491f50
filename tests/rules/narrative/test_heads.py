"""Households and groups with the people in them."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import rules
from validator.pipeline import check

TOLD = [
    "全县农村低保{}户{}人，城市低保另行统计。",
    "全年公务接待{}批次、{}人次。",
    "国内公务接待{}批次（其中外事接待0批次），{}人次（其中外事接待0人次）。",
    "国内公务接待批次{}个，国内公务接待人次{}人。",
    "国内公务接待{}批（个），接待{}人次。",
]


@pytest.mark.parametrize("text", TOLD)
def test_there_are_no_more_groups_than_people(text: str) -> None:
    right, wrong = text.format(120, 350), text.format(350, 120)
    outcomes = [one.outcome.value for one in check(right.encode(), name="a.txt").checks if one.rule == "NARR-031"]
    assert outcomes == ["pass"]
    assert rules(right) == []
    assert rules(wrong) == ["NARR-031"]


@pytest.mark.parametrize(
    "text",
    [
        # other people
        "脱贫1200户，100人外出务工。",
        "搬迁1200户，其中100人进城。",
        "发放户表1200户、培训100人。",
        "全年接待120批次，讲解员15人。",
        # another sentence
        "全县低保1200户。100人参加培训。",
        # an estimate
        "全县低保1200余户800余人。",
        # money between them
        "补助1200户100万元，25人受益。",
        # enterprises
        "扶持企业1200家、800人。",
    ],
)
def test_other_numbers_accuse_nothing(text: str) -> None:
    assert rules(text) == []
