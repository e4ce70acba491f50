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
