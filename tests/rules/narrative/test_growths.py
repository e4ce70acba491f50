"""What a figure with its change, its rate and the figure of the earlier time have to satisfy."""

from __future__ import annotations

import pytest

from tests.rules.narrative.telling import in_yuan, passage, rules, stated, words
from validator.pipeline import check
from validator.rules.narrative.growths import growths_of
from validator.rules.narrative.subjects import subjects_of


def formulas(text: str) -> list[tuple[object, object]]:
    one = passage(text)
    subjects = subjects_of(one.claims, one, words(), ())
    return [
        (names["stated"], names["formula"])
        for subject in subjects
        for _, names in stated(growths_of(subject, one.claims, one, words()))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出110万元，比上年增加10万元，增长20%。", [("20%", "变动 / (本期 - 变动)")]),
        ("支出90万元，比上年减少10万元，下降20%。", [("20%", "变动 / (本期 + 变动)")]),
        ("比上年增加10万元，增长20%，达到110万元。", [("20%", "变动 / (本期 - 变动)")]),
        ("与2020年的8000人相比，增加200人，增长3.5%。", [("3.5%", "变动 / 上期")]),
        ("2023年支出120万元，2022年支出100万元，增长30%。", [("30%", "本期 / 上期 - 1")]),
        ("2023年支出80万元，2022年支出100万元，减少30万元，下降30%。", [("30万元", "上期 - 本期"), ("30%", "1 - 本期 / 上期")]),
        ("2021年参保率95.2%，2022年参保率96.8%，提高1.9个百分点。", [("1.9个百分点", "本期 - 上期")]),
        ("上年参保率97.2%，本年参保率96.8%，下降1.9个百分点。", [("1.9个百分点", "上期 - 本期")]),
        ("价格10元，上涨2元，上涨35%。", [("35%", "变动 / (本期 - 变动)")]),
        ("收入42亿元，减收2.1亿元，负增长5.76%。", [("5.76%", "变动 / (本期 + 变动)")]),
        ("收入42亿元，减收2.1亿元，增长-5.76%。", [("-5.76%", "0 - 变动 / (本期 + 变动)")]),
        ("与2020年的8000人相比，减少200人，增长-3.5%。", []),
        ("预算9.8万元，较上年减少18.5万元（65.37%）。", [("65.37%", "变动 / (本期 + 变动)")]),
        ("调整预算450万元，较年初预算减少50万元，下降12%。", [("12%", "变动 / (本期 + 变动)")]),
        ("预算9.8万元，较上年减少18.5万元（占65.37%）。", []),
        ("收入148万元，比上年同期158万元（含集中入库36万元），下降6%。", [("6%", "1 - 本期 / 上期")]),
        ("2029年投入334万元。2030年投入450万元，较2029年增加116万元。", [("116万元", "本期 - 上期")]),
        ("2029年执行数356.6亿元，2030年预算数266.2亿元，比上一年减少90.4亿元。", [("90.4亿元", "上期 - 本期")]),
        ("2028年投入334万元。2030年投入450万元，较上年增加116万元。", []),
    ],
)
def test_change_and_rate_follow_from_the_figure(text: str, expected: object) -> None:
    assert formulas(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "支出110万元，比上年增加10万元，下降20%。",
        "支出110万元，比上年增加10万元，比预算增长20%。",
        "支出110万元，比上年增加10万元，收入增长20%。",
        "支出10万元，比上年增加10万元，增长20%。",
        "支出110万元，比上年增加10万元，工作有序，各方满意，增长20%。",
        "2020年参保率95.2%，2022年参保率96.8%，提高1.9个百分点。",
        "2021年参保率95.2%，2022年覆盖率96.8%，提高1.9个百分点。",
        "上年参保率95.2%，本年参保率96.8%，满意度提高1.9个百分点。",
        "2022年支出0万元，2023年支出120万元，增长30%。",
    ],
)
def test_another_direction_base_name_or_time_says_nothing(text: str) -> None:
    assert formulas(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("支出110万元，比上年增加10万元，增长10%。", "20%"),
        ("支出90万元，比上年减少10万元，下降10%。", "20%"),
        ("支出90万元，比上年减少10万元，增长-10%。", "20%"),
        ("2023年支出120万元，2022年支出100万元，增长20%。", "30%"),
        ("预算48万元，支出39.6万元，比预算减少8.4万元，下降17.5%；比上年增加9.6万元，增长32%。", "42%"),
        ("收入5680万元，增收480万元，增长9.23%。主要原因是项目增加。较年初预算数减少1420万元，下降20%。", "19%"),
        ("收入总计5680万元，其中本年收入5280万元，年初结转400万元。本年收入比上年增加480万元，增长10%。", "30%"),
    ],
)
def test_only_a_rate_that_does_not_follow_is_told(text: str, wrong: str) -> None:
    start = text.rindex("%") - 2
    changed = text[:start] + wrong + text[start + 3 :]

    assert rules(text) == rules(in_yuan(text)) == []
    assert rules(changed) == rules(in_yuan(changed)) == ["NARR-005"]


@pytest.mark.parametrize(("rate", "told"), [("25%", []), ("35%", ["NARR-005"])])
def test_a_change_behind_the_figure_of_the_year_before_is_that_of_the_year_told_first(rate: str, told: list[str]) -> None:
    assert rules(f"2023年修建公路150公里。2022年修建公路120公里，同比增加30公里，增长{rate}。") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "“三公”经费支出预算为36.00万元，支出决算为31.86万元。2023年度“三公”经费支出决算数比2022年度减少5.64万元，降低{}。",
            True,
        ),
        ("“三公”经费财政拨款支出决算31.86万元。“三公”经费支出决算比上年减少5.64万元，下降{}。", True),
        ("年初预算36.00万元，支出决算31.86万元。支出决算比上年减少5.64万元，下降{}。", True),
        ("一般公共预算财政拨款支出预算36.00万元，支出决算31.86万元。财政拨款支出决算比上年减少5.64万元，下降{}。", False),
        ("“三公”经费支出预算36.00万元，支出决算31.86万元。机关运行经费支出决算比上年减少5.64万元，下降{}。", False),
    ],
)
def test_what_was_spent_of_a_budget_changes_by_the_name_of_both(text: str, *, told: bool) -> None:
    assert rules(text.format("15.04%")) == []
    assert (rules(text.format("15.40%")) == ["NARR-005"]) is told


def test_the_same_month_of_last_year_is_what_a_change_is_reckoned_from() -> None:
    assert rules("9月份，收入9953亿元，比去年同月增加591亿元，增长6.3%。") == []
    assert rules("9月份，收入9953亿元，比去年同月增加591亿元，增长6.8%。") == ["NARR-005"]


@pytest.mark.parametrize(("change", "outcomes"), [(116, ["pass"]), (126, [])])
def test_the_year_before_is_what_a_change_is_reckoned_from_where_it_bears_it_out(change: int, outcomes: list[str]) -> None:
    text = f"2029年投入334万元，占公益金的31%。\n2030年投入450万元，较2029年增加{change}万元。"
    report = check(text.encode(), name="a.txt")

    assert [one.outcome.value for one in report.checks if one.rule == "NARR-006"] == outcomes


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("生均教育经费为6497元，比上年的5612元增长15.78%。", []),
        ("生均教育经费为6497元，比上年的5612元增长15.88%。", ["NARR-005"]),
        ("教育经费为6497元，比上年的5612元增长15.78%。", ["NARR-005"]),  # the amounts themselves, to the last 元
        ("人均补助360元，比上年的300元增长20.1%。", ["NARR-005"]),  # prices that were set
    ],
)
def test_an_average_of_whole_yuan_was_rounded(text: str, faults: list[str]) -> None:
    assert rules(text) == faults


def test_so_was_one_that_only_the_line_above_a_list_names() -> None:
    lead, item = "各级学校生均公用经费是：\n", "（1）小学为6497元，比上年的5612元增长15.78%。\n"
    assert rules(lead + item) == []
    assert rules(lead.replace("生均", "") + item) == ["NARR-005"]
    assert rules(lead + "另有说明。\n" + item) == ["NARR-005"]


def test_a_rate_is_that_of_the_change_where_all_four_figures_agree() -> None:
    assert formulas("支出124万元，比上年148万元减少24万元，下降16.22%。") == [
        ("24万元", "上期 - 本期"),
        ("16.22%", "变动 / 上期"),
    ]
    # told less exactly than the figures, or no change of theirs
    rough = "支出12448.25万元，比上年14848.36万元减少0.24亿元，下降16.16%。"
    assert ("16.16%", "1 - 本期 / 上期") in formulas(rough)
    assert ("16.22%", "1 - 本期 / 上期") in formulas("支出124万元，比上年148万元减少42万元，下降16.22%。")
    assert ("12.66%", "1 - 本期 / 上期") in formulas("支出124万元，比上年148万元减少24万元，下降12.66%。")
