"""Figures of one row told one after the other, and growth told behind amounts."""

from __future__ import annotations

import pytest

from validator.model.finding import Report
from validator.pipeline import check

GROUPED = """单位：万元
地区 | 一般公共预算收入 | 税收比重% | 一般公共预算支出 |||||
当月 | 累计 | 增幅% | 当月 | 累计 | 增幅% |||
临江市 | 73214 | 254167 | -10.9 | 70.9 | 380452 | 744236 | -4.1 |
市本级 | 14070 | 54065 | -22.8 | 61.4 | 59373 | 129558 | -27.6 |
东城区 | 29144 | 99102 | -6.6 | 73.8 | 120079 | 313678 | 3.0 |
西城区 | 30000 | 101000 | -8.1 | 72.2 | 201000 | 301000 | 1.5 |
"""
GROUPED_TEXT = (
    "3月份，全市一般公共预算收入当月完成73214万元，下降12.7%，累计完成254167万元，下降10.9%。税收比重为70.9%，位居全省第3位。"
    "3月份，全市一般公共预算支出当月完成380452万元，增长15.8%，累计完成744236万元，下降4.1%。"
)
PLAIN = """项目\t上年决算数（万元）\t本年决算数（万元）\t增减额（万元）\t增减率
合计\t70.81\t60.92\t-9.89\t-13.97%
公务接待费\t35.52\t26.51\t-9.01\t-25.37%
公务用车运行费\t35.29\t34.41\t-0.88\t-2.49%
"""
PLAIN_TEXT = (
    "本年三项经费支出60.92万元，同比下降13.97%。公务接待费26.51万元，比上年下降25.37%；公务用车运行费34.41万元，下降2.49%。"
)


def told(text: str, table: str) -> Report:
    return check(f"{text}\n{table}\n".encode(), name="page.txt")


def held(text: str, table: str) -> dict[str, str]:
    """Return the figures of a text that are held to a table, each with the cell."""
    checks = [one for one in told(text, table).checks if one.rule == "NARR-014" and one.stated]
    return {one.stated.text: one.operands[0].text for one in checks if one.stated}


def found(text: str, table: str) -> list[tuple[str, str]]:
    return [(one.primary.text, one.related[0].text) for one in told(text, table).findings if one.rule == "NARR-014"]


def test_a_row_of_another_name_is_told_column_by_column() -> None:
    assert held(GROUPED_TEXT, GROUPED) == {
        "73214万元": "73214", "254167万元": "254167", "10.9%": "-10.9", "70.9%": "70.9",
        "380452万元": "380452", "744236万元": "744236", "4.1%": "-4.1",
    }  # fmt: skip
    assert found(GROUPED_TEXT, GROUPED) == []


@pytest.mark.parametrize(
    ("right", "wrong", "cell"),
    [
        ("73214万元", "73514万元", "73214"),
        ("254167万元", "264167万元", "254167"),
        ("70.9%", "70.6%", "70.9"),
        ("380452万元", "380425万元", "380452"),
        ("744236万元", "744286万元", "744236"),
        ("下降10.9%", "下降19.0%", "-10.9"),
        ("下降4.1%", "下降1.4%", "-4.1"),
    ],
)
def test_a_figure_that_is_off_is_told(right: str, wrong: str, cell: str) -> None:
    assert [cell] == [other for _, other in found(GROUPED_TEXT.replace(right, wrong), GROUPED)]


@pytest.mark.parametrize(("right", "wrong"), [("13.97%", "12.97%"), ("25.37%", "26.37%"), ("2.49%", "4.29%")])
def test_growth_behind_an_amount_is_that_of_its_row(right: str, wrong: str) -> None:
    assert set(held(PLAIN_TEXT, PLAIN)) >= {"13.97%", "25.37%", "2.49%"}
    assert found(PLAIN_TEXT, PLAIN) == []
    assert wrong in [one for one, _ in found(PLAIN_TEXT.replace(right, wrong), PLAIN)]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN_TEXT.replace("同比下降13.97%", "比年初预算下降20.15%"),
        PLAIN_TEXT.replace("同比下降13.97%", "环比下降1.15%"),
        PLAIN_TEXT.replace("同比下降13.97%", "扣除一次性因素下降8.15%"),
        PLAIN_TEXT.replace("60.92万元，同比下降13.97%", "70.81万元，下降3.15%"),
        PLAIN_TEXT.replace("60.92万元，同比下降13.97%", "60.92万元，占公用经费的3.15%"),
        PLAIN_TEXT.replace("60.92万元，同比下降13.97%", "60.92万元，接待28批次，接待人次下降3.15%"),
    ],
    ids=["from the budget", "from the month before", "on another basis", "of last year", "a share", "of another thing"],
)
def test_other_growth_is_left_alone(text: str) -> None:
    assert found(text, PLAIN) == []


@pytest.mark.parametrize(
    "text",
    [
        GROUPED_TEXT.replace("累计完成254167万元", "上年累计完成254667万元"),
        GROUPED_TEXT.replace("累计完成254167万元，下降10.9%", "其中市本级累计完成54665万元，下降10.9%"),
        GROUPED_TEXT.replace("累计完成254167万元", "累计完成9万元"),
        "全市一般公共预算收入累计完成264167万元。",
        "全市政府性基金收入当月完成73215万元，累计完成254169万元。税收比重为70.9%。",
    ],
    ids=["of last year", "of another row", "of another size", "alone", "of another account"],
)
def test_what_may_be_another_figure_is_left_alone(text: str) -> None:
    assert found(text, GROUPED) == []


def test_a_row_that_two_have_equal_figures_with_is_not_told() -> None:
    table = GROUPED + GROUPED.splitlines()[3].replace("临江市", "合计").replace("254167", "264165") + "\n"

    assert found(GROUPED_TEXT.replace("254167万元", "264167万元"), table) == []
