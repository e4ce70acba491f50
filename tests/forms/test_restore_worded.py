"""Goals and what was done, two texts below their labels: told apart where that is sure, and held to the indicators then."""

from __future__ import annotations

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore.tokens import cut
from validator.forms.restore.vocabulary import of_ruleset
from validator.forms.restore.worded import texts_below_labels
from validator.pipeline import check
from validator.rules.load import load_ruleset

TITLE = "2023年度项目支出绩效自评表"
INDICATORS = (
    "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分",
    "产出指标 数量指标 培训护林员人数 ≥120人 126人 30 30",
    "数量指标 维修步道里程 ≥3.5公里 3.6公里 20 20",
    "效益指标 社会效益指标 游客安全事故数 ≤2起 0起 40 40",
    "满意度指标 满意度 游客满意度 ≥90% 93% 10 10",
    "总分 100 100",
    "填表人：张三",
)


def a_line_for_a_row(goal: str, done: str) -> str:
    return "\n".join((TITLE, "年度目标(年初) 年度总体目标完成情况", f"{goal} {done}", *INDICATORS))


def far_apart(goal: str, done: str) -> str:
    return a_line_for_a_row(goal, done).replace("\n", "\n\n\n")


def a_line_for_a_cell(goal: str, done: str) -> str:
    goals = f"{goal}\n{done}".replace("。2、", "。\n2、")
    rows = (row.replace(" ", "\n") for row in INDICATORS)
    return "\n".join((TITLE, "年度总体目标", "预期目标", "实际完成情况", goals, *rows))


def pipes(goal: str, done: str) -> str:
    rows = (row.replace(" ", " | ") + " |" for row in INDICATORS)
    return "\n".join((TITLE, "年度总体目标 | 预期目标 | 实际完成情况 | | |", f"{goal} | {done} | | |", *rows))


@pytest.mark.parametrize("layout", [a_line_for_a_row, far_apart, a_line_for_a_cell, pipes])
def test_what_was_done_is_held_to_the_indicators(layout: object) -> None:
    assert callable(layout)
    goal = "1、培训护林员120人。2、维修步道3.5公里。"
    right, wrong = (
        check(layout(goal, f"1、培训护林员{done}人。2、维修步道3.6公里。").encode(), name="a.txt") for done in (126, 162)
    )

    assert not right.findings
    assert [(found.rule, found.primary.text) for found in wrong.findings] == [("NARR-014", "162人")]


def texts(*lines: str) -> list[list[str]]:
    tokens = cut(lines, lambda _: False)
    found = texts_below_labels(tokens, of_ruleset(load_ruleset()))
    return [["".join(token.text for token in cell) for cell in texts.cells] for texts in found]


@pytest.mark.parametrize(
    "lines",
    [
        ("预期目标 实际完成情况", "1.植树30亩 2.修路5公里 1.植树32亩 2.修路5公里"),
        ("预期目标", "实际完成情况", "1.植树30亩", "2.修路5公里", "1.植树32亩", "2.修路5公里", "绩效指标"),
        ("年度目标\t预期目标\t实际完成情况", "\t1.植树30亩2.修路5公里\t1.植树32亩2.修路5公里"),
    ],
)
def test_the_texts_part_where_a_cell_ends_or_the_numbers_begin_anew(lines: tuple[str, ...]) -> None:
    assert texts(*lines) == [["1.植树30亩2.修路5公里", "1.植树32亩2.修路5公里"]]


def test_two_pieces_without_a_number_part_where_they_tell_of_the_same() -> None:
    assert texts("预期目标 实际完成情况", "植树造林30亩 完成植树造林32亩") == [["植树造林30亩", "完成植树造林32亩"]]


@pytest.mark.parametrize(
    "line",
    [
        "植树造林30亩 检查水库5座",
        "1.植树30亩 2.修路5公里",
        "1.植树30亩 2.修路5公里 1.植树32亩 3.修路5公里",
        "1.植树30亩 1.植树32亩 1.植树33亩",
        "植树造林30亩",
    ],
)
def test_what_may_be_one_text_or_three_is_left_alone(line: str) -> None:
    assert not texts("预期目标 实际完成情况", line)


def test_labels_without_a_caption_stand_above_their_texts() -> None:
    rows = grid(restored(a_line_for_a_row("植树造林30亩。", "完成植树造林32亩。")).tables[0])

    assert [row[:3] for row in rows[:2]] == [
        ["", "年度目标(年初)", "年度总体目标完成情况"],
        ["", "植树造林30亩。", "完成植树造林32亩。"],
    ]
