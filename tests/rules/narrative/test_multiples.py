"""Rates that tell by how much one figure exceeds another, or how many times as large it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.rules.narrative.telling import claims, in_yuan, rules, stated, words
from validator.facts.claims import Claim, Wording
from validator.rules.narrative.multiples import beyond, relative, times
from validator.rules.narrative.places import Found


def told(find: Callable[[Claim, Sequence[Claim], Wording], Found | None], text: str) -> list[tuple[object, object]]:
    """Return what is found for the last figure of a text, over the figures before it."""
    *levels, rate = claims(text)
    found = find(rate, levels, words())
    return [
        (names.get("formula", names.get("numerators")), names.get("denominators"))
        for _, names in stated([found] if found else [])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上年培训300人，今年培训600人，是上年的3倍。", [(["600人"], ["300人"])]),
        ("今年培训600人，上年培训300人，是上年的3倍。", [(["600人"], ["300人"])]),
        ("2022年培训300人，2023年培训600人，是上年的3倍。", [(["600人"], ["300人"])]),
        ("2020年培训300人，2023年培训600人，是上年的3倍。", []),
        ("培训300人，演练600人，是上年的3倍。", []),
        ("上年演练300人，今年培训600人，是上年的3倍。", []),
        ("上年培训300人，今年培训600人，参训单位40家，是上年的3倍。", []),
        ("上年培训300人，今年培训600户，是上年的3倍。", []),
        ("上年培训0人，今年培训600人，是上年的3倍。", []),
        ("上年培训300人，今年培训600人，支出是上年的3倍。", []),
    ],
)
def test_a_multiple_is_of_one_thing_in_two_years(text: str, expected: object) -> None:
    assert told(times, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任务100户，实际完成120户，超任务30%。", [("实际 / 目标 - 1", None)]),
        ("任务100户，实际完成90户，超任务30%。", []),
        ("任务100户，任务80户，实际完成120户，超任务30%。", []),
        ("任务100户，实际完成120人，超任务30%。", []),
        ("任务100户，其中甲实际完成120户，超任务30%。", []),
        ("实际完成120户，超任务30%。", []),
        ("年初目标为完成培训100户，实际完成120户，超额完成30%。", [("实际 / 目标 - 1", None)]),
    ],
)
def test_what_is_beyond_a_task_is_so_by_the_one_result_and_the_one_task(text: str, expected: object) -> None:
    assert told(beyond, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年初预算100万元，调整后预算120万元，预算调整率30%。", [("本期 / 上期 - 1", None)]),
        ("年初预算100万元，调整后预算80万元，预算调整率30%。", [("1 - 本期 / 上期", None)]),
        ("年初预算100万元，调整后预算80万元，预算调整率-30%。", [("本期 / 上期 - 1", None)]),
        ("年初预算数100万元，决算数120万元，预决算差异率30%。", [("本期 / 上期 - 1", None)]),
        ("年初预算数100万元，决算数80万元，预决算差异率-30%。", [("本期 / 上期 - 1", None)]),
        ("人员经费预算数100万元，项目支出决算数80万元，预决算差异率30%。", []),
        ("甲预算数90万元，决算数80万元；乙预算数100万元，决算数120万元，预决算差异率30%。", [("本期 / 上期 - 1", None)]),
        ("上年结余数100万元，本年结余数120万元，变动率30%。", []),
        ("年初预算100万元，年初预算120万元，预算调整率30%。", []),
        ("年初预算0万元，调整后预算120万元，预算调整率30%。", []),
        ("年初预算100万元，调整后预算120户，预算调整率30%。", []),
        ("项目预算100万元，调整后为120万元，调整幅度30%。", [("本期 / 上期 - 1", None)]),
        ("年初预算100万元，年中追加20万元，全年预算120万元，预算调整率30%。", [("本期 / 上期 - 1", None)]),
        ("项目预算100万元，调整后预算80万元，调减20万元，调整率30%。", [("1 - 本期 / 上期", None)]),
        ("年初预算100万元，年中追加20万元、追减5万元，预算调整率30%。", []),
    ],
)
def test_a_relative_change_is_from_one_stage_to_the_other(text: str, expected: object) -> None:
    assert told(relative, text) == expected


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("上年培训300人，今年培训600人，是上年的{}倍。", "NARR-004"),
        ("上年支出300万元，今年支出600万元，是上年的{}倍。", "NARR-004"),
        ("任务100户，实际完成300户，超任务{}00%。", "NARR-005"),
    ],
)
def test_only_what_does_not_follow_is_told(text: str, rule: str) -> None:
    assert rules(text.format(2)) == rules(in_yuan(text.format(2))) == []
    assert rules(text.format(4)) == rules(in_yuan(text.format(4))) == [rule]


@pytest.mark.parametrize(
    "words",
    ["年初预算数{}，预算调整数{}", "年初预算{}，年中追加预算{}", "预算{}，调减{}", "年初预算{}，年中追加{}，实际支出190万元"],
)
def test_by_how_much_a_budget_was_changed_is_divided_by_it(words: str) -> None:
    text = words.format("200万元", "15万元") + "，预算调整率为{}。"
    assert rules(text.format("7.5%")) == []
    assert rules(text.format("5.7%")) == ["NARR-004"]


def test_what_a_budget_was_changed_to_may_be_called_so_too() -> None:
    text = "年初预算数200万元，预算调整数215万元，预算调整率为{}。"
    assert rules(text.format("7.5%")) == []
    assert rules(text.format("5.7%")) == ["NARR-005"]
