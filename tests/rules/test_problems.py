"""Mistakes in rule files are told with their place, and what is only seldom meant is kept apart from them."""

from __future__ import annotations

from validator.rules.problems import Problems


def test_a_mistake_is_told_with_its_place_and_what_to_do() -> None:
    problems = Problems()
    problems.at("rules/A-001.yaml", (3, 7), "没有这个键", "请删去")
    problems.at("rules/A-001.yaml", (4, 1), "缺少 check")
    assert problems == ["rules/A-001.yaml:3:7: 没有这个键（请删去）", "rules/A-001.yaml:4:1: 缺少 check"]


def test_what_is_allowed_is_no_mistake() -> None:
    problems = Problems()
    problems.warn("form.yaml", (1, 1), "两列同名", "改一个名")
    assert not problems
    assert problems.warnings == ["form.yaml:1:1: 两列同名（改一个名）"]
