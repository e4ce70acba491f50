"""Changes in prose: by how much, to what, by what rate, and the changes of the parts against that of the whole."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.narrative.telling import AMOUNT, findings, in_yuan, money, passage, rules, shows, stated, words
from validator.pipeline import check
from validator.rules.narrative.changes import changes


def formulas(text: str) -> list[tuple[str, object, object]]:
    return [(kind, names["stated"], names["formula"]) for kind, names in stated(changes(passage(text), words()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("覆盖率由80%提高到85%，提高6个百分点。", [("change", "6个百分点", "本期 - 上期")]),
        ("产值由3亿元增加到4.2亿元，增长50%。", [("growth", "50%", "本期 / 上期 - 1")]),
        (
            "产值由3亿元减少到2.4亿元，减少0.7亿元，下降30%。",
            [("change", "0.7亿元", "上期 - 本期"), ("growth", "30%", "1 - 本期 / 上期")],
        ),
        ("站点由52个增加到61个，新增6个。", [("change", "6个", "本期 - 上期")]),
        (
            "甲由10人增加到12人，乙由20人增加到25人，分别增加2人、6人。",
            [("change", "2人", "本期 - 上期"), ("change", "6人", "本期 - 上期")],
        ),
        ("支出110万元，比上年增加10万元，增长20%。", [("growth", "20%", "变动 / (本期 - 变动)")]),
        ("支出90万元，比上年减少10万元，下降20%。", [("growth", "20%", "变动 / (本期 + 变动)")]),
        ("支出110万元。比上年增加10万元，增长20%。", [("growth", "20%", "变动 / (本期 - 变动)")]),
        ("与2020年的8000人相比，增加200人，增长3.5%。", [("growth", "3.5%", "变动 / 上期")]),
        ("2023年支出120万元，2022年支出100万元，增长30%。", [("growth", "30%", "本期 / 上期 - 1")]),
        ("2023年支出120万元，上年100万元，增加30万元。", [("change", "30万元", "本期 - 上期")]),
        ("支出110万元，较上年100万元增加20万元。", [("change", "20万元", "本期 - 上期")]),
        ("办结120件，同比下降25%，上年150件。", [("growth", "25%", "1 - 本期 / 上期")]),
        ("2021年参保率95.2%，2022年参保率96.8%，提高1.9个百分点。", [("change", "1.9个百分点", "本期 - 上期")]),
        ("收入增加70万元，其中甲项增加30万元，乙项增加50万元。", [("changes", "70万元", "变动1 + 变动2")]),
        ("收入增加70万元，其中甲项增加90万元，乙项减少20万元。", [("changes", "70万元", "变动1 - 变动2")]),
        (
            "支出100万元，比上年增加10万元，其中基本支出60万元，增加4万元，项目支出40万元，增加7万元。",
            [("change", "10万元", "变动1 + 变动2")],
        ),
    ],
)
def test_a_change_follows_from_the_figures_told_with_it(text: str, expected: object) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "收入增加70万元，增长10%。",
        "支出110万元，比上年增加10万元，收入增长20%。",
        "支出110万元，比上年增加10万元，比预算增长20%。",
        "支出110万元，比上年增加10万元，下降20%。",
        "支出110万元，比上年增加10人，增长20%。",
        "支出约110万元，比上年增加约10万元，增长20%。",
        "支出110万元，收入70万元，每人增长20%。",
        "参保率95.2%。提高1.9个百分点。",
        "参保率95.2%，覆盖率96.8%，提高1.9个百分点。",
        "参保人数由10万人增加到12万人，满意度提高5个百分点。",
        "总产值由2020年的100万元增加到2023年的133.1万元，年均增长15%。",
        "收入增加70万元，其中甲项增加30万元，乙项增加20万元。",
    ],
)
def test_what_is_of_something_else_or_not_told_follows_from_nothing(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("产值由3亿元增加到4.2亿元，翻了一番。", "翻了一番"),
        ("审批时限由5个工作日缩短至2个，压缩45%。", "45%"),
        ("上年参保率为95.2%，本年参保率为96.8%，提高1.9个百分点。", "1.9个百分点"),
        ("2021年参保率95.2%，2022年参保率96.8%，提高1.9个百分点。", "1.9个百分点"),
        ("2023年支出120万元，上年100万元，增加30万元。", "30万元"),
        ("收入增加70万元，其中甲项增加30万元，乙项增加50万元。", "70万元"),
    ],
)
def test_what_does_not_follow_is_shown(text: str, wrong: str) -> None:
    assert shows(findings(text), text, wrong)
    assert rules(in_yuan(text)) == rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "产值由3亿元增加到6.2亿元，翻了一番。",
        "总产值由2020年的100万元增加到2023年的133.1万元，年均增长10%。",
        "乡镇参保率95.2%，城区覆盖率96.8%，提高3.9个百分点。",
        "支出100万元，比上年增加10万元，其中基本支出60万元，增加4万元，项目支出40万元，增加6万元。",
    ],
)
def test_what_may_be_so_is_left_alone(text: str) -> None:
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("站点由52个增加到61个，新增9个。", []),
        ("站点由52个增加到61个，新增12个。", []),
        ("站点由52个增加到61个，新增6个。", ["NARR-006"]),
        ("站点由52个增加到61个，新增监测员6个。", []),
    ],
)
def test_what_came_anew_is_at_least_what_the_whole_grew_by(text: str, expected: list[str]) -> None:
    assert rules(text) == expected


def test_a_rate_that_was_cut_off_is_a_warning() -> None:
    (finding,) = findings("公用经费66.44万元，比上年增加18.95万元，增加39%。")

    assert (finding.rule, finding.severity.value, finding.expected) == ("NARR-005", "warning", "40%")


@given(AMOUNT, st.integers(5, 80), st.sampled_from([("增加", "增长"), ("减少", "下降")]))
def test_a_change_and_its_rate_agree(before: Decimal, percent: int, words: tuple[str, str]) -> None:
    change = (before * percent / 100).quantize(Decimal("0.01"))
    now = before + change if words[0] == "增加" else before - change
    rate = (change / before * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"全年支出{money(now)}，比上年{words[0]}{money(change)}，{words[1]}{rate}%。"

    assert rules(text) == rules(in_yuan(text)) == []
    assert rules(text.replace(f"{rate}%", f"{rate + 11}%")) == ["NARR-005"]


@given(AMOUNT, AMOUNT, st.sampled_from((0, 7)))
def test_a_change_from_one_figure_to_another_is_their_difference(before: Decimal, change: Decimal, off: int) -> None:
    text = f"支出由{money(before)}增加到{money(before + change)}，增加{money(change + off)}。"

    assert rules(text) == rules(in_yuan(text)) == (["NARR-006"] if off else [])


NAMED = (
    "公务用车运行费支出决算为84.7万元，完成预算的60.50%；公务接待费支出决算为3.20万元；会议费支出决算为15.6万元。\n"
    "三公经费支出决算比上年减少，其中：公务用车运行费支出决算减少2.9万元，降低3.31%；"
    "公务接待费支出决算增加0.20万元，增长{}；会议费支出决算增加0.6万元，增长4%。"
)


def test_a_change_is_of_the_figure_that_the_paragraph_before_has_by_its_name() -> None:
    report = check(NAMED.format("6.67%").encode(), name="a.txt")
    rates = [one.stated.text for one in report.checks if one.rule == "NARR-005" and one.stated]

    assert rates == ["3.31%", "6.67%", "4%"]
    assert rules(NAMED.format("6.67%")) == []
    assert rules(NAMED.format("7.66%")) == ["NARR-005"]


def test_one_that_no_other_of_its_sentence_bears_out_is_left_alone() -> None:
    assert rules("公务接待费支出决算为3.20万元。\n与上年相比，公务接待费支出决算增加0.20万元，增长7.66%。") == []


@pytest.mark.parametrize("stop", ["，", "。"])
@pytest.mark.parametrize("name", ["收支总计", "收入支出总计", "收、支总计"])
def test_both_sides_of_an_account_may_be_told_to_change_together(name: str, stop: str) -> None:
    text = f"收入总计425万元，支出总计425万元{stop}与2029年决算数相比，{name}各减少75万元，下降{{}}%。"

    assert rules(text.format("15")) == []
    assert rules(text.format("25")) == ["NARR-005"]
    assert rules(text.format("25").replace("支出总计425", "支出总计405").replace(name, "工资")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("收入425万元，支出402万元。与2029年相比，收入减少75万元、支出减少81万元，分别下降15%、16.8%。", []),
        ("收入425万元，支出402万元。与2029年相比，收入减少75万元、支出减少81万元，分别下降15%、19.8%。", ["NARR-005"]),
        ("收入425万元，支出402万元。与2029年相比，收入减少75万元、支出减少81万元，分别下降25%、16.8%。", ["NARR-005"]),
        ("收入425万元，支出402万元。与2029年相比，工资减少75万元、奖金减少81万元，分别下降25%、19.8%。", []),
        ("收入425万元，支出402万元，结余23万元。与2029年相比，收入减少75万元、支出减少81万元，分别下降25%、19.8%。", []),
    ],
)
def test_rates_of_as_many_changes_of_as_many_figures_are_told_in_their_order(text: str, told: list[str]) -> None:
    assert rules(text) == told


LISTED = (
    "三公经费预算3420万元。其中，公务接待费520万元，公务用车费2900万元。比2028年减少1380万元，下降28.75%。"
    "其中：公务接待费比2028年减少130万元，下降20%。公务用车购置费减少412万元，下降90%。公务用车运行费减少838万元，下降20.1%。"
)


def test_a_change_behind_a_list_is_by_its_rate_that_of_the_whole_and_those_of_its_parts_have_sentences_of_their_own() -> None:
    assert rules(LISTED) == []
    found = {(kind, names["stated"]) for kind, names in stated(changes(passage(LISTED), words()))}
    assert {("growth", "28.75%"), ("growth", "20%"), ("changes", "1380万元")} <= found


def test_a_change_that_a_slip_keeps_from_those_of_its_parts_is_found() -> None:
    assert "NARR-022" in rules(LISTED.replace("减少1380万元，下降28.75%", "减少1308万元，下降27.67%"))


@pytest.mark.parametrize(
    "text",
    [
        LISTED.replace("减少838万元", "减少618万元"),
        LISTED.replace("公务用车运行费减少838万元", "公务用车运行费比预算减少383万元"),
        LISTED.replace("公务用车运行费减少838万元，下降20.1%", "公务用车运行费430万元，减少108万元"),
        LISTED.replace("公务用车购置费减少412万元，下降90%。", "公务用车购置费无变化。"),
        LISTED.replace("下降28.75%", "下降82.57%"),
    ],
    ids=["too far", "another base", "a level", "one without figures", "of something else"],
)
def test_changes_that_may_be_of_something_else_accuse_nothing(text: str) -> None:
    assert {"NARR-005", "NARR-006", "NARR-022"}.isdisjoint(rules(text))
