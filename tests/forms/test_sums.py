"""A total and its sources, each label before its figure, are a sum of their own; what is not understood to its end is none."""

from __future__ import annotations

import pytest

from validator.forms.sums import as_rows
from validator.model.document import Paragraph
from validator.pipeline import checker

TITLE = "项目支出绩效目标申报表\n（2024年度）\n项目名称 乡道护栏\n"
REST = "年度目标\n护栏齐全。\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 护栏长度 ≥12公里"


def sums(funds: str, *, rest: str = REST) -> list[tuple[str, list[str], str]]:
    """Each sum of a form: the total, its parts, and whether they agree."""
    report = checker().check(f"{TITLE}{funds}\n{rest}".encode(), name="目标表.txt")
    return [
        (check.stated.text, [operand.text for operand in check.operands], check.outcome.value)
        for check in report.checks
        if check.rule == "GEN-001" and check.stated is not None
    ]


@pytest.mark.parametrize(
    "funds",
    [
        "项目资金\n（万元）\n年度资金总额：64\n  其中：财政拨款 58.5\n        其他资金 5.5",
        "项目资金（万元） | 年度资金总额： | 64 | |\n | 其中：财政拨款 | 58.5 | |\n | 其他资金 | 5.5 | |",
        "项目资金（万元）\t年度资金总额：\t64\n\t其中：财政拨款\t58.5\n\t其他资金\t5.5",
        "项目资金\n（万元）\n年度资金总额：\n64\n其中：财政拨款\n58.5\n其他资金\n5.5",
        "项目资金（万元） 年度资金总额： 64\n其中：财政拨款 58.5\n其他资金 5.5",
        "资金总额：64\n一、财政安排：58.5\n二、自有资金：5.5",
        "项目概况 乡道护栏老化，须更换并补齐 资金（万元） 年度资金总额： 64 其中：财政拨款 58.5 其他资金 5.5 立项依据 年度计划",
    ],
    ids=["in one cell", "piped", "tabs", "cell a line", "caption before it", "numbered", "in one line"],
)
def test_a_total_is_the_sum_of_the_sources_below_it(funds: str) -> None:
    assert sums(funds) == [("64", ["58.5", "5.5"], "pass")]
    assert sums(funds.replace("58.5", "57.5")) == [("64", ["57.5", "5.5"], "fail")]


def test_sources_that_may_not_be_all_there_are_accuse_nothing() -> None:
    funds = "项目总投资：64\n其中：中央资金 40\n省级资金 24"
    assert sums(funds) == [("64", ["40", "24"], "pass")]
    assert sums(funds.replace("24", "20")) == [("64", ["40", "20"], "undetermined")]
    assert sums("项目总投资：64\n其中：已完成投资 40") == []


def test_a_figure_on_a_line_of_its_own_may_have_its_unit() -> None:
    funds = "年度资金总额：\n64万元\n其中：财政拨款\n58.5万元\n其他资金\n5.5万元"
    assert sums(funds) == [("64万元", ["58.5万元", "5.5万元"], "pass")]


@pytest.mark.parametrize("shape", ["a row a line", "a cell a line"])
def test_totals_of_two_periods_stand_side_by_side(shape: str) -> None:
    funds = "项目资金 | 中期资金总额： | 190 | 年度资金总额： | 64 |\n其中：财政拨款 | 180 | 其中：财政拨款 | 58.5 |\n"
    funds += "其他资金 | 10 | 其他资金 | 5.5 |"
    if shape == "a cell a line":
        funds = funds.replace(" | ", "\n|\n").replace(" |", "\n|")
    assert sums(funds) == [("190", ["180", "10"], "pass"), ("64", ["58.5", "5.5"], "pass")]
    assert sums(funds.replace("180", "170")) == [("190", ["170", "10"], "fail"), ("64", ["58.5", "5.5"], "pass")]


@pytest.mark.parametrize("apart", ["\n", "\n|\n"])
def test_cells_of_two_totals_that_came_one_below_the_other_are_beside_each_other(apart: str) -> None:
    cells = ["中期资金总额：", "190", "年度资金总额：", "64万", "其中：财政拨款", "180", "其中：财政拨款", "58.5万"]
    blank = [*cells, "其他资金", "其他资金"]
    cells += ["其他资金", "10", "其他资金", "5.5万"]
    assert sums(apart.join(cells)) == [("190", ["180", "10"], "pass"), ("64万", ["58.5万", "5.5万"], "pass")]
    assert sums(apart.join(blank)) == [("190", ["180"], "fail"), ("64万", ["58.5万"], "fail")]


def test_dates_among_the_fields_of_a_heading_are_no_column_that_takes_a_sum_in() -> None:
    rows = ["项目支出绩效目标表 |", "项目名称 | 灌渠清淤 | 主管部门 | 水利局 |", "开始日期 | 2022.3 | 结束日期 | 2022.11 |"]
    rows += ["资金情况 |", "年度资金总额： | 64 |", "其中：财政拨款 | 58.5 |", "其他资金 | 5.5 |", "项目概况 | 清淤3公里 |"]
    text = "\n".join(row + "||||||||"[: 9 - row.count("|")] for row in rows).replace("资金情况 |", "资金情况\n（万元） |")
    (told,) = [check for check in checker().check(text.encode(), name="目标表.txt").checks if check.rule == "GEN-001"]
    assert told.stated is not None
    assert [told.stated.text, *(part.text for part in told.operands)] == ["64", "58.5", "5.5"]


@pytest.mark.parametrize("end", ["", " |"], ids=["bare", "piped"])
def test_labels_and_figures_on_lines_of_their_own_are_a_sum_inside_a_form_as_well(end: str) -> None:
    head = ["项目名称", "乡道护栏", "主管部门", "某县交通局", "资金情况"]
    funds = ["年度资金总额：", "64", "其中：财政拨款", "58.5", "其他资金", "5.5"]
    below = ["一级指标", "二级指标", "三级指标", "指标值", "产出指标", "数量指标", "护栏长度", "≥12公里"]
    text = "\n".join(f"{line}{end}" for line in [*head, *funds, *below])
    (told,) = [check for check in checker().check(text.encode(), name="目标表.txt").checks if check.rule == "GEN-001"]
    assert told.stated is not None
    assert [told.stated.text, *(part.text for part in told.operands)] == ["64", "58.5", "5.5"]


def test_a_form_on_one_line_has_its_sum_as_well() -> None:
    report = checker().check(
        f"{TITLE}项目资金 总额： 64 其中：财政拨款 58.5 其他资金 5 {REST}".replace("\n", " ").encode(), name="表.txt"
    )
    (told,) = [[check.stated, *check.operands] for check in report.checks if check.rule == "GEN-001"]
    assert [pointer.text for pointer in told if pointer is not None] == ["64", "58.5", "5"]


@pytest.mark.parametrize("other", ["其他资金", "其他资金\t/", "其他资金\n—"])
def test_a_source_without_an_amount_is_none(other: str) -> None:
    assert sums(f"年度资金总额：64\n其中：财政拨款 64\n{other}") == [("64", ["64"], "pass")]


def test_a_sum_needs_no_block_of_a_form_below_it_but_something() -> None:
    assert sums("年度资金总额：64\n其中：财政拨款 58.5\n其他资金 5", rest="年度目标：护栏齐全") == [
        ("64", ["58.5", "5"], "fail")
    ]
    assert sums("年度资金总额：64\n其中：财政拨款 58.5\n其他资金 5", rest="") == []


@pytest.mark.parametrize(
    "funds",
    [
        "年度资金总额：64\n财政拨款 58.5\n其他资金 5.5",
        "年度资金总额：64\n其中：财政拨款 58.5\n其中：上级补助 50\n其他资金 5.5",
        "年度资金总额：64\n其中：财政拨款 58.5\n中央资金 40\n其他资金 5.5",
        "年度资金总额：64\n其中：财政拨款 58.5\n村民投工 5.5",
        "年度资金总额：64\n其中：财政拨款 58.5\n其他资金 5.5（含捐赠）",
        "资金总额：64\n一、财政安排：58.5\n三、自有资金：5.5",
        "年度目标：64\n其中：财政拨款 58.5\n其他资金 5.5",
    ],
    ids=[
        "not said to be parts",
        "parts of a part",
        "a source within another",
        "an unknown source",
        "a remark",
        "a gap",
        "no total",
    ],
)
def test_what_may_not_be_all_of_it_is_no_sum(funds: str) -> None:
    assert sums(funds) == []


def test_figures_without_end_take_little_room() -> None:
    lines = [Paragraph(text, "L1") for text in ["年度资金总额", *["7"] * 5_000, *["其他资金"] * 5_000]]
    assert as_rows(lines).table.columns < 8


def test_a_finding_names_the_total_and_the_block() -> None:
    report = checker().check(f"{TITLE}年度资金总额：64\n其中：财政拨款 50\n其他资金 5\n{REST}".encode(), name="目标表.txt")
    (finding,) = [finding for finding in report.findings if finding.rule == "GEN-001"]
    assert (finding.primary.row_label, finding.primary.column_label, finding.expected) == ("年度资金总额", "项目资金", "55")
