"""Scores in prose: points less deductions, items against their sum, the total of a report against its items, the grade."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import findings, read, rules, shows, stated, words
from validator.rules.narrative.scores import scores


def told(text: str) -> list[tuple[str, dict[str, str | list[str]]]]:
    return stated(scores(read(text), words()))


@pytest.mark.parametrize(
    ("text", "kind", "figures"),
    [
        (
            "产出指标满分50分，扣2分，得47分。",
            "score",
            {"stated": "47分", "formula": "满分 - 扣分", "满分": "50分", "扣分": "2分"},
        ),
        (
            "产出指标满分50分，甲项扣2分，乙项扣1分，得47分。",
            "score",
            {"stated": "47分", "formula": "满分 - 扣分1 - 扣分2", "满分": "50分", "扣分1": "2分", "扣分2": "1分"},
        ),
        ("产出指标满分50分，得51分。", "points", {"score": "51分", "points": "50分"}),
        ("得9.5分（满分10分）。", "points", {"score": "9.5分", "points": "10分"}),
        ("A得4分，B得2分，共得7分。", "score", {"stated": "7分", "formula": "sum(各项)", "各项": ["4分", "2分"]}),
        ("A扣1分，B扣2分，共扣4分。", "score", {"stated": "4分", "formula": "sum(各项)", "各项": ["1分", "2分"]}),
        (
            "项目自评得分92分，其中：产出48分，效益28分，满意度19分。",
            "scores",
            {"stated": "92分", "formula": "sum(各项)", "各项": ["48分", "28分", "19分"]},
        ),
        ("项目自评得分92分，其中：产出扣5分，效益扣4分。", "deductions", {"score": "92分", "deductions": ["5分", "4分"]}),
        (
            "以100分为基数，累计扣分25分，得分85分。",
            "score",
            {"stated": "85分", "formula": "满分 - 扣分", "满分": "100分", "扣分": "25分"},
        ),
        ("自评得分82分，等级为优。", "grade", {"score": "82分", "grade": "优"}),
        ("本项目自评得分92分。\n本项目自评得分93分。", "same", {"one": "93分", "other": "92分", "place": "L1:8-10"}),
        ("质量指标满分10分，得8分，得分率90%。", "rate", {"rate": "90%", "numerators": ["8分"], "denominators": ["10分"]}),
        (
            "预算执行率（10分）：全年预算200万元，执行150万元，执行率75%，自评得8.5分。",
            "executed",
            {"score": "8.5分", "points": "10分", "rate": "75%"},
        ),
    ],
)
def test_what_is_told_of_scores_is_related(text: str, kind: str, figures: dict[str, str | list[str]]) -> None:
    assert (kind, figures) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "每发现一处扣0.5分，项目得9分。",
        "产出指标得47分。",
        "总分100分，自评得分92分。",
        "上年自评得分92分，等级为优。",
        "自评得分92分。经过多方努力取得了很大进步，各方面工作都有明显的提升，群众反映良好，最终获得的评价等级为优。",
        "项目A自评得分92分。\n项目B自评得分93分。",
        "项目自评得分92分，其中：产出指标50分，效益指标30分，满意度指标20分。",
    ],
)
def test_rules_of_scoring_full_marks_and_other_years_are_no_scores(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产出指标满分50分，扣2分，得48分。", []),
        ("产出指标满分50分，扣2分，得47分。", ["NARR-009"]),
        ("产出指标满分50分，得41分。", []),
        ("产出指标满分50分，得51分。", ["NARR-025"]),
        ("得10.5分（满分10分）。", ["NARR-025"]),
        ("甲满分22分，得18.8分，材料不全，扣1.5分；超过期限，扣1.7分。", []),
        ("甲满分10分，得8分，扣2分；乙材料不全，扣1分。", []),
        ("甲满分10分，得8分，扣3分；乙材料不全，扣1分。", ["NARR-009"]),
        ("产出得34.5分，效益（25分）得25分。", []),
        ("产出（35分）此项得34.5分；效益（25分）此项得25分。", []),
        ("项目自评得分92分，其中：产出扣5分，效益扣3分。", []),
        ("项目自评得分92分，其中：产出扣5分，效益扣4分。", ["NARR-023"]),
        ("自评得分92分，等级为优。", []),
        ("自评得分82分，等级为优。", ["NARR-026"]),
        ("自评得分92分，等级为“良”以上。", []),
        ("自评得分92分，等级为“良”及以上。", []),
        ("质量指标满分10分，得8分，得分率80%。", []),
        ("质量指标满分10分，得8分，得分率90%。", ["NARR-004"]),
        ("本项目自评得分92分。\n本项目自评得分92分。", []),
        ("本项目自评得分92分。\n本项目自评得分93分。", ["NARR-013"]),
    ],
)
def test_only_what_does_not_follow_is_told(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize("word", ["总得分", "总分得", "总计得", "合计得"])
def test_scores_are_added_up_whatever_the_total_is_called(word: str) -> None:
    text = f"经自评，产出指标得48分，效益指标得28分，满意度指标得9分，{word}86分。"
    assert shows(findings(text), text, "86分")
    assert rules(text.replace("86", "85")) == []


@given(st.lists(st.integers(1, 40), min_size=3, max_size=4), st.integers(0, 3))
def test_the_order_of_the_items_changes_nothing(items: list[int], off: int) -> None:
    names = ("产出", "效益", "满意度", "管理")
    texts = {
        "，".join(f"{name}指标得{score}分" for name, score in zip(names, order, strict=False))
        + f"，合计得{sum(items) + off}分。"
        for order in permutations(items)
    }

    assert {tuple(rules(text)) for text in texts} == {("NARR-009",) if off else ()}


class TestExecutionScores:
    @pytest.mark.parametrize(
        "text",
        [
            "预算执行率85%，该项分值10分，得分8.5分。",
            "预算执行率98.52%，得9.9分（满分10分）。",
            "预算执行率95%，执行率90%以上得满分，得10分。",
            "预算执行率92%，执行率每低1个百分点扣0.5分，该项分值10分，得6分。",
            "资金执行率85%，扣1分，得9分（满分10分）。",
        ],
    )
    def test_a_score_in_proportion_or_by_a_method_that_is_told_is_left_alone(self, text: str) -> None:
        assert rules(text) == []

    @pytest.mark.parametrize(
        ("text", "figure"),
        [
            ("预算执行率85%，该项分值10分，得分9.5分。", "9.5"),
            ("预算执行率（10分）：全年预算200万元，执行150万元，执行率75%，自评得8.5分。", "8.5"),
            ("预算执行情况（满分10分）。全年预算数200万元，执行数150万元，执行率75%，得8.5分。", "8.5"),
        ],
    )
    def test_a_score_out_of_proportion_is_told(self, text: str, figure: str) -> None:
        found = findings(text)
        assert [f.rule for f in found] == ["NARR-027"]
        assert shows(found, text, figure)


@pytest.mark.parametrize(
    ("items", "total", "expected"),
    [
        ((30, 30, 30), 90, []),
        ((30, 30, 30), 93, ["NARR-010"]),
        ((30, 30, 30), 120, []),
        ((30, 30), 63, []),
        ((30, 40, 30), 35, []),
    ],
)
def test_the_total_of_a_report_is_held_to_its_items_where_it_is_near_their_sum(
    items: tuple[int, ...], total: int, expected: list[str]
) -> None:
    lines = [f"指标{n}完成情况良好，此项自评得{score}分。" for n, score in enumerate(items, 1)]

    assert rules("\n".join([*lines, f"项目自评得分{total}分。"])) == expected


@pytest.mark.parametrize("first", ["整体支出自评得95.8分。", "合计得分95.8分。", ""])
def test_scores_that_give_another_total_told_are_of_another_project(first: str) -> None:
    text = (
        f"预算执行情况（10分）得9.8分；产出指标（50分）得48分；效益指标（30分）得29分；满意度指标（10分）得9分。{first}\n"
        "项目绩效自评得分为94分，其中产出指标满分60分，得55分；效益指标满分40分，得39分。"
    )

    assert rules(text) == (["NARR-010"] if not first else [])


@pytest.mark.parametrize(
    "steps",
    [
        "执行率95%以上得满分，90%—95%得8分，80%—90%得6分；满意度90%以上得10分，每降低1个百分点扣0.5分",
        "执行率90%以上得10分，80%—90%得6分",
    ],
)
def test_points_of_the_steps_of_a_scale_are_no_scores(steps: str) -> None:
    assert rules(f"自评得分97.1分，等级为优。按照评分标准，{steps}。") == []
