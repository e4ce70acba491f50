"""Rows of a table whose figures a paragraph tells by the names of the rows."""

from __future__ import annotations

import pytest

from validator.model.finding import Report
from validator.pipeline import check

TABLE = (
    "单位：万元\n科目\t2023年决算数\t2024年执行数\n教育支出\t96300\t101115\n卫生健康支出\t46250\t44863\n农林水支出\t83900\t89773\n"
    "交通运输支出\t21500\t23164\n合计\t247950\t258915\n"
)
FUNDS = (
    "单位：万元\n资金来源\t全年预算数(A)\t全年执行数(B)\t预算执行率(B/A)\n中央补助\t2548\t2548\t100%\n省级资金\t637\t618.53\t97.1%\n"
    "市级资金\t191.1\t174.66\t91.4%\n合计\t3376.1\t3341.19\t98.97%\n"
)
SPENT = "中央补助支出2,548万元，省级资金支出618.53万元，市级资金支出174.66万元。"


def told(text: str, table: str = TABLE) -> Report:
    return check(f"{table}\n{text}\n".encode(), name="a.txt")


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.primary.text) for one in report.findings]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("89,773", "89,737"), ("89,773", "897,730"), ("89,773", "89,173"), ("101,115", "101,151"), ("44,863", "44,683")],
)
def test_a_misprint_among_figures_that_agree_with_the_column_is_told(right: str, wrong: str) -> None:
    text = "教育支出101,115万元，增长5%；卫生健康支出44,863万元；农林水支出89,773万元，较上年增长7%。"

    assert found(told(text)) == []
    assert found(told(text.replace(right, wrong))) == [("NARR-014", f"{wrong}万元")]


@pytest.mark.parametrize(
    "text",
    [
        "教育支出101,115万元，卫生健康支出44,863万元，农林水支出62,315万元。",  # of one fund only
        "教育支出101,115万元，卫生健康支出44,863万元，农林水支出83,900万元。",  # of the year before
        "教育支出10.11亿元，卫生健康支出4.49亿元，农林水支出8.98亿元。",
        "农林水支出89,737万元。",
        "教育支出111,105万元，农林水支出89,737万元。",
        "教育支出101,115万元，卫生健康支出44,863万元，上年农林水支出89,737万元。",
        "年初预算教育支出101,115万元，卫生健康支出44,863万元。农林水支出完成89,737万元。",
    ],
)
def test_anything_else_may_be_another_figure(text: str) -> None:
    assert found(told(text)) == []


def test_the_name_of_a_row_may_stand_before_what_was_done() -> None:
    assert found(told(SPENT, FUNDS)) == []
    assert found(told(SPENT.replace("618.53", "618.35"), FUNDS)) == [("NARR-014", "618.35万元")]


def test_a_figure_of_the_table_that_its_own_total_disagrees_with_is_told_once() -> None:
    report = told("教育支出101,115万元，卫生健康支出44,863万元，农林水支出89,773万元。", TABLE.replace("101115", "101151"))

    assert found(report) == [("GEN-001", "101151")]
    assert report.findings[0].expected == "101115万元"


def test_a_figure_of_the_text_that_the_sentence_disagrees_with_too_is_told_once() -> None:
    text = "三项支出合计235,751万元，其中教育支出101,151万元，卫生健康支出44,863万元，农林水支出89,773万元。"

    assert found(told(text)) == [("NARR-014", "101,151万元")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("省级资金支出618.53万元，执行率97.1%；市级资金支出174.66万元，执行率91.4%。", "94.1"),
        ("全年实际支出3,341.19万元，预算执行率为98.97%。", "98.79"),
    ],
)
def test_a_rate_behind_an_amount_of_one_row_is_that_of_the_row(text: str, wrong: str) -> None:
    right = text.rpartition("%")[0][-len(wrong) :]

    assert found(told(text, FUNDS)) == []
    assert found(told(text.replace(right, wrong), FUNDS)) == [("NARR-014", f"{wrong}%")]


@pytest.mark.parametrize(
    "text",
    [
        "省级资金支出618.53万元，占全部支出的18.5%。",
        "省级资金支出618.53万元，资金到位率100%。",
        "省级资金支出618.5万元，执行率92.5%。",
        "上年省级资金支出618.53万元，执行率92.5%。",
        "省级资金支出618.53万元，工作有序，执行率92.5%。",
    ],
)
def test_another_rate_or_amount_says_nothing_of_the_row(text: str) -> None:
    assert found(told(text, FUNDS)) == []


SPENDING = (
    "单位：万元\n项目\t年初预算数\t决算数\n公务接待费\t55.00\t36.4\n公务用车运行费\t62.00\t51.9\n会议费\t24.00\t18.6\n"
    "培训费\t18.00\t9.5\n合计\t159.00\t116.4\n"
)
EACH = (
    "支出决算为116.4万元，完成年初预算的73.21%。其中：公务接待费支出决算为36.4万元，完成年初预算的{}%；"
    "公务用车运行费支出决算为51.9万元，完成年初预算的83.71%；会议费支出决算为18.6万元，完成年初预算的77.5%；培训费支出9.5万元。"
)


def rates_of_rows(text: str) -> list[tuple[str, str]]:
    checks = told(text, SPENDING).checks
    return [(one.stated.text, one.operands[-1].text) for one in checks if one.rule == "NARR-004" and one.stated]


def test_what_was_spent_of_the_budget_is_held_to_the_row_that_was_spent() -> None:
    expected = [("73.21%", "159.00"), ("66.18%", "55.00"), ("83.71%", "62.00"), ("77.5%", "24.00")]

    assert rates_of_rows(EACH.format("66.18")) == expected
    assert found(told(EACH.format("66.18"), SPENDING)) == []
    assert found(told(EACH.format("68.16"), SPENDING)) == [("NARR-004", "68.16%")]
    assert found(told(EACH.format("66.18").replace("73.21", "72.31"), SPENDING)) == [("NARR-004", "72.31%")]


@pytest.mark.parametrize(
    "text",
    [
        "公务接待费支出决算为36.4万元，完成年初预算的68.16%。",
        "公务接待费支出决算为36.4万元，完成调整预算的66.18%。",
        "公务接待费支出决算为36.4万元，占总支出的66.18%。",
    ],
    ids=["no other rate of the rows", "of another budget", "no rate of a budget"],
)
def test_a_rate_of_something_else_is_not(text: str) -> None:
    assert rates_of_rows(text) == []
    assert found(told(text, SPENDING)) == []
