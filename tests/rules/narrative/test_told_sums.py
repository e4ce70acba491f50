"""What the columns of a table come to, told in prose."""

from __future__ import annotations

import pytest

from validator.model.finding import Report
from validator.pipeline import check

ROWS = (
    "县区\t项目个数\t年度投资（万元）\t完成投资额（万元）\n"
    "东区\t58\t1320.00\t920.50\n西区\t24\t800.00\t616.20\n南县\t31\t1750.00\t1140.00\n"
)
TOTAL = "合计\t113\t3870.00\t2676.70\n"
GRANTS = (
    "序号 | 村名 | 建设内容 | 资金（万元） |\n"
    "1 | 上坪村 | 道路硬化 | 20 |\n2 | 下坪村 | 饮水管道 | 20 |\n3 | 河口村 | 蔬菜大棚 | 73.5 |\n"
)
TEXT = "全市共实施项目113个，累计完成投资2676.70万元。"


def told(text: str, table: str) -> Report:
    return check(f"{text}\n\n{table}".encode(), name="a.txt")


def found(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.primary.text) for one in report.findings if one.severity != "info"]


def held(report: Report) -> list[tuple[str, str, int]]:
    checks = [c for c in report.checks if c.rule in ("NARR-001", "NARR-014") and c.stated and c.outcome.value == "pass"]
    return [(c.rule, c.stated.text, len(c.operands)) for c in checks if c.stated]


def test_what_the_rows_come_to_is_held_to_the_prose_where_the_table_has_no_total() -> None:
    assert held(told(TEXT, ROWS)) == [("NARR-001", "113个", 3), ("NARR-001", "2676.70万元", 3)]
    assert found(told(TEXT, ROWS)) == []


def test_and_the_total_where_it_has_one() -> None:
    assert held(told(TEXT, ROWS + TOTAL)) == [("NARR-014", "113个", 1), ("NARR-014", "2676.70万元", 1)]
    assert found(told(TEXT, ROWS + TOTAL)) == []


@pytest.mark.parametrize(("table", "rule"), [(ROWS, "NARR-001"), (ROWS + TOTAL, "NARR-014")], ids=["rows", "total"])
@pytest.mark.parametrize(
    ("right", "wrong"), [("2676.70万元", "2676.10万元"), ("2676.70万元", "2766.70万元"), ("113个", "133个")]
)
def test_a_slip_beside_a_column_that_agrees_is_told(table: str, rule: str, right: str, wrong: str) -> None:
    assert found(told(TEXT.replace(right, wrong), table)) == [(rule, wrong)]


@pytest.mark.parametrize(
    "text",
    [
        "全市累计完成投资2676.10万元。",
        "全市共实施项目113个，累计完成投资2431.55万元。",
        "全市共实施项目113个，上年累计完成投资2676.10万元。",
        "全市共实施项目113个，惠及2676.10万元以下的企业。",
        "全市共实施项目113个（完成投资2676.10万元）。",
    ],
    ids=["alone", "no slip", "of last year", "of something else", "in brackets"],
)
@pytest.mark.parametrize("table", [ROWS, ROWS + TOTAL], ids=["rows", "total"])
def test_what_may_be_another_figure_is_not(text: str, table: str) -> None:
    assert found(told(text, table)) == []


def test_the_only_amounts_of_a_table_need_no_name() -> None:
    assert held(told("区里下达专项扶贫资金113.5万元，现将安排公示如下：", GRANTS)) == [("NARR-001", "113.5万元", 3)]


@pytest.mark.parametrize(
    "table",
    [ROWS + "市直\t\t210.00\t150.00\n", ROWS + "小计\t82\t2120.00\t1536.70\n", ROWS + "其中：东区南片\t18\t420.00\t220.50\n"],
    ids=["a blank", "a subtotal", "a part of a row"],
)
def test_rows_that_may_not_be_added_are_no_sum(table: str) -> None:
    assert not [one for one in held(told(TEXT, table)) if one[0] == "NARR-001"]
