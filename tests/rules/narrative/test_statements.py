"""What a text says in words, against what its figures say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.narrative.telling import lexicon, read, rules, stated, words
from validator.pipeline import check
from validator.rules.load import load_ruleset
from validator.rules.narrative.statements import statements

MISSED = "补贴人次年初指标值为不低于180人，全年实际完成值164人。"


def told(text: str) -> list[tuple[str, dict[str, str | list[str]]]]:
    return stated(statements(read(text), words(), lexicon().reference))


class TestDeviations:
    def test_no_deviation_beside_a_low_rate_contradicts_itself(self) -> None:
        assert rules("预算执行率71.55%。\n本年度无偏离绩效目标情况。") == ["NARR-016"]
        assert rules("预算执行率95.2%。\n本年度无偏离绩效目标情况。") == []

    @pytest.mark.parametrize("lead", ["如", "若", "计划", "其他指标", "数量指标"])
    def test_what_is_only_planned_supposed_or_said_of_one_thing_says_nothing_of_the_whole(self, lead: str) -> None:
        assert rules(f"预算执行率71.55%。\n{lead}无偏离绩效目标情况。") == []

    def test_the_best_of_several_rates_is_the_one_that_counts(self) -> None:
        ((kind, figures),) = told("预算执行率71.55%，另一资金执行率90%。\n本年度无偏离绩效目标情况。")

        assert (kind, figures["rate"], figures["rates"]) == ("deviation", "90%", ["71.55%"])

    def test_without_a_rate_nothing_is_contradicted(self) -> None:
        assert told("支出120万元。\n本年度无偏离绩效目标情况。") == []

    def test_a_rule_of_prose_reads_the_threshold_of_the_office(self, tmp_path: Path) -> None:
        text = "预算执行率85.20%。\n本年度无偏离绩效目标情况。".encode()
        folder = tmp_path / "common"
        folder.mkdir()
        (folder / "parameters.yaml").write_text(
            "低执行率:\n  en: low_execution\n  value: 80%\n  basis: 本市口径\n", encoding="utf-8"
        )

        assert [f.rule for f in check(text, name="a.txt").findings] == ["NARR-016"]
        assert check(text, name="a.txt", ruleset=load_ruleset(tmp_path, extends=True)).findings == ()


class TestGarbled:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("住院费用报销比例≥保人政。", ["≥保人政"]),
            ("住院费用报销比例≥保人政，参保率≤上不详。", ["≥保人政", "≤上不详"]),
            ("报销比例≥上年水平。", []),
            ("报销比例≥百分之八十，培训≥三次，≥两期，≥一百人。", []),
            ("标明“≥保人政”的指标。", []),
            ("报销比例≥80%，参保人数120人。", []),
        ],
    )
    def test_a_comparison_without_a_figure_is_garbled(self, text: str, expected: list[str]) -> None:
        assert [figures["figure"] for kind, figures in told(f"参保2人。{text}")] == expected
        assert rules(f"参保2人。{text}") == (["NARR-019"] if expected else [])


class TestTargets:
    def test_done_is_not_said_of_a_missed_target(self) -> None:
        assert rules("已按照计划完成目标。\n" + MISSED) == ["NARR-015"]
        assert rules(MISSED) == []

    @pytest.mark.parametrize(
        ("target", "actual", "expected"),
        [
            ("不低于180人", "164人", ["NARR-015"]),
            ("不低于180人", "180人", []),
            ("不高于180人", "194人", ["NARR-015"]),
            ("不高于180人", "164人", []),
            ("180-200人", "164人", []),
            ("约180人", "164人", []),
            ("不低于180人", "约164人", []),
            ("不低于180人", "164户", []),
        ],
    )
    def test_only_a_clear_miss_contradicts_what_was_said(self, target: str, actual: str, expected: list[str]) -> None:
        said = "已按照计划完成目标。\n补贴人次年初指标值为{}，全年实际完成值{}。"

        assert rules(said.format(target, actual)) == expected

    @pytest.mark.parametrize(
        ("lead", "expected"), [("各项目标已按照计划完成，", ["NARR-015"]), ("已按照计划完成。\n", []), ("", [])]
    )
    def test_a_bare_number_is_a_floor_where_its_own_paragraph_speaks_of_targets(self, lead: str, expected: list[str]) -> None:
        assert rules(f"{lead}补贴人次年初指标值为180人，全年实际完成值164人。") == expected

    @pytest.mark.parametrize(
        ("lang", "words"), [("zh", "却说“已按照计划完成目标”"), ("en", "yet the text says “已按照计划完成目标”")]
    )
    def test_what_was_said_is_quoted_in_the_language_of_the_report(self, lang: str, words: str) -> None:
        (finding,) = check(f"已按照计划完成目标。\n{MISSED}".encode(), name="a.txt", lang=lang).findings

        assert finding.message.endswith(words)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("预算执行率85%。\n本项目自评得分98.6分。", ["NARR-017"]),
        ("预算执行率85%。\n本项目自评得分98.5分。", []),
        ("预算执行率85%。\n本项目自评得分150分。", []),
        ("预算执行率85%。\n此项自评得分99分。", []),
        ("预算执行率85%，另一资金执行率100%。\n本项目自评得分99分。", []),
        ("上年结转资金预算执行率85%。\n本项目自评得分99分。", []),
        ("预算执行率85%，满分15分。\n本项目自评得分98.6分。", ["NARR-017"]),
        ("预算执行率满分5分，预算执行率85%。\n本项目自评得分98.6分。", []),
    ],
)
def test_a_low_rate_of_this_years_money_limits_the_score_of_the_project(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("当年支出0万元，任务完成率100%。", ["NARR-024"]),
        ("当年支出10万元，任务完成率100%。", []),
        ("当年支出0万元，任务完成率90%。", []),
        ("上年支出0万元，任务完成率100%。", []),
        ("公用经费支出0万元，任务完成率100%。", []),
        ("当年支出0万元。进展顺利。任务完成率100%。", []),
    ],
)
def test_nothing_was_done_in_full_where_nothing_was_spent_on_the_whole(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("goal", "result", "expected"),
    [
        ("42.79万人", "42.79万人", ["NARR-018"]),
        ("42.79万人", "42.80万人", []),
        ("42万人", "42万人", []),
        ("0.9万人", "0.9万人", []),
        ("42.79万人", "42.79万户", []),
    ],
)
def test_a_goal_that_is_the_result_to_the_last_digit_was_filled_in_afterwards(
    goal: str, result: str, expected: list[str]
) -> None:
    assert rules(f"绩效目标：参保{goal}。\n完成情况：参保{result}。") == expected
    assert rules(f"完成情况：参保{result}。\n参保{goal}。") == []


@pytest.mark.parametrize(
    ("title", "deadline", "expected"),
    [
        ("2023年度绩效自评报告", "2022年12月31日", ["NARR-020"]),
        ("2023年度绩效自评报告", "2023年12月31日", []),
        ("绩效自评报告", "2022年12月31日", []),
    ],
)
def test_a_deadline_is_of_the_year_that_the_report_is_about(title: str, deadline: str, expected: list[str]) -> None:
    assert rules(f"{title}共3页\n完成时间：{deadline}前。") == expected
    assert rules(f"{title}共3页\n开工时间：{deadline}前。") == []


class TestFullScores:
    @pytest.mark.parametrize(
        ("behind", "expected"),
        [
            ("分值10分，得分10分。", ["NARR-015"]),
            ("自评得分10分，满分10分。", ["NARR-015"]),
            ("分值10分，得分9.5分。", []),
            ("分值10分，扣0.5分，得分9.5分。", []),
            ("得分10分。", []),  # of how many?
            ("完成较好。分值10分，得分10分。", []),  # of another sentence
        ],
    )
    @pytest.mark.parametrize(("target", "actual"), [("≥95%", "90%"), ("不高于80万元", "85万元"), ("100人", "95人")])
    def test_a_missed_target_can_not_have_all_of_its_points(
        self, target: str, actual: str, behind: str, expected: list[str]
    ) -> None:
        assert rules(f"拨付进度年初目标值{target}，实际完成值{actual}，{behind}") == expected

    @pytest.mark.parametrize(
        ("target", "actual"), [("≥95%", "95%"), ("不高于80万元", "75万元"), ("100人", "105人"), ("80万元", "75万元")]
    )
    def test_one_that_is_met_or_may_be_a_ceiling_can(self, target: str, actual: str) -> None:
        assert rules(f"拨付进度年初目标值{target}，实际完成值{actual}，分值10分，得分10分。") == []

    def test_a_result_may_be_written_as_its_target_is(self) -> None:
        line = "满意度年初目标值≥90%，实际完成值≥90%，分值10分，得分10分。"
        assert [figures["actual"] for kind, figures in told(line) if kind == "target"] == ["≥90%"]
        assert not told(line.replace("实际完成值≥90%", "实际完成值≤90%"))
