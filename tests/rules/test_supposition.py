"""What comes of other values in the cells of a document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.whole import fifty_rows
from tests.building import lay_out, write
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, document, stacked
from tests.test_pipeline import tsv
from tests.work import calls
from validator.inference.agenda import plan
from validator.inference.engine import choose_engine
from validator.model.change import Supposed
from validator.pipeline import check, checker
from validator.rules.supposition import FormRules, Supposition

FORM = stacked("项目支出绩效自评表", HEAD, FUNDS, INDICATORS)
TABLE = """
项目     | 预算数 | 执行数
合计     | 60.00  | 50.00
其中：甲 | 10.00  | 20.00
乙       | 20.00  | 10.00
丙       | 30.00  | 20.00
"""


def supposed(text: str) -> dict[tuple[tuple[str, str], ...], Supposed]:
    """Return what was tried in a document: the cells with their new texts, and what came of them."""
    ready = checker()
    understood = ready.understand_document(document(text))
    forms = [form for form in understood.forms if form.id not in ("generic", "narrative")]
    agenda = plan(forms, ready.needs, choose_engine("auto").engine)
    telling = ready._evaluated(understood, ready.ruleset.rules, agenda, "zh").telling
    own = [
        FormRules(
            form,
            {section.id: section for section in ready.ruleset.forms[form.id].sections},
            ready.ruleset.values(form.id, form.year),
            tuple([rule for rule in ready.ruleset.rules if rule.id in agenda.by_form[form.index]]),
        )
        for form in forms
    ]
    tried = Supposition(understood.forms, own, telling, ready.terms.lexicon).supposed()
    return {tuple((change.path.partition(".")[2], change.value.text) for change in one.changes): one for one in tried}


def explaining(text: str) -> set[tuple[tuple[str, str], ...]]:
    return {changes for changes, one in supposed(text).items() if one.settled and not one.breaks}


def test_what_agrees_needs_no_other_values() -> None:
    assert not supposed(FORM)


def test_the_right_value_of_a_cell_settles_all_that_fails_with_it() -> None:
    tried = supposed(FORM.replace("| 300        | 300        | 280 ", "| 300        | 300        | 208 "))
    right = next(one for changes, one in tried.items() if changes == (("funds[1].executed", "280万元"),))
    assert (len(right.settled), right.breaks) == (2, False)


def test_a_value_that_breaks_a_relation_of_its_row_explains_nothing() -> None:
    wrong = FORM.replace("| 300        | 300        | 280 ", "| 300        | 305        | 280 ")
    assert supposed(wrong)[("funds[2].budget", "15万元"),].breaks


def test_two_amounts_in_each_others_row_explain_their_rates() -> None:
    swapped = FORM.replace("| 300        | 300        | 280 ", "| 300        | 300        | 20 ")
    swapped = swapped.replace("| 20         | 20         | 20 ", "| 20         | 20         | 280 ")
    assert (("funds[1].executed", "280"), ("funds[2].executed", "20")) in explaining(swapped)


def test_a_limit_asks_for_either_of_the_two() -> None:
    above = FORM.replace("≥90%       | 95%        | 40   | 40 ", "≥90%       | 95%        | 40   | 45 ")
    cells = {changes[0][0] for changes in supposed(above)}
    assert {"indicators[1].score", "indicators[1].weight"} <= cells


def test_every_figure_of_a_table_of_no_form_that_may_be_wrong_is_tried() -> None:
    assert {changes[0][1] for changes in explaining(TABLE.replace("30.00", "33.00"))} == {"63.00", "7.00", "17.00", "30.00"}


def test_figures_that_nobody_would_mistake_are_tried_in_the_cell_alone_that_the_finding_is_about() -> None:
    assert {changes[0][1] for changes in supposed(TABLE.replace("30.00", "3000"))} == {"30.00", "3030.00"}


@given(st.sampled_from(["320", "300", "20", "280", "93.75%", "50", "40", "9.38"]), st.integers(1, 9999).map(str))
def test_whatever_stands_in_a_cell_others_are_tried_in_its_unit_and_in_its_form(old: str, new: str) -> None:
    for one in supposed(FORM.replace(f"| {old} ", f"| {new} ", 1)).values():
        assert one.changes
        assert all(change.written.unit == change.value.unit for change in one.changes)
        assert all(change.path.startswith("form[0]") for change in one.changes)


NO_RATES = FORM.replace("| 93.33% ", "|        ").replace("| 100%   ", "|        ")
OTHER_FUNDS = "| 20         | 20         | 20 "


@pytest.mark.parametrize(
    "row", ["| 20         |            | 20 ", "| 20         |            |    ", "|            |            |    "]
)
def test_where_a_part_is_blank_no_other_part_is_the_only_suspect(row: str) -> None:
    """300 of 320 are told, and a row is blank: 20 may belong there."""
    blank = NO_RATES.replace(OTHER_FUNDS, row)
    told = check(tsv(blank), name="form.tsv").findings
    assert told
    assert not any("若为" in finding.message or "只错一个数" in finding.message for finding in told)


def test_where_that_part_is_filled_it_is_the_only_suspect() -> None:
    filled = NO_RATES.replace(OTHER_FUNDS, "| 20         | 15         | 20 ")
    assert (("funds[1].budget", "305万元"),) in explaining(filled)


SCORED = stacked(
    "项目支出绩效自评表",
    HEAD,
    FUNDS,
    """
一级指标 | 二级指标 | 三级指标     | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 培训人次     | ≥100人次   | 120人次    | 50   | 50    |
^        | 质量指标 | 培训合格率   | ≥90%       | 95%        | 20   | 20    |
效益指标 | 社会效益 | 受益人满意度 | ≥90%       | 95%        | 20   | 20    |
总分     |          |              |            |            | 100  | 99.38 |
""",
)


@pytest.mark.parametrize(
    ("right", "wrong", "cell", "expected"),
    [
        ("年度资金总额       | 320        | 320 ", "年度资金总额       | 320        | 230 ", "funds.total.budget", "320万元"),
        ("| 300        | 280 ", "| 300        | 380 ", "funds[1].executed", "280万元"),
        ("| 300        | 280 ", "| 300        | 2800000 ", "funds[1].executed", "280万元"),
        ("| 20   | 20    |\n效", "| 20   | 22    |\n效", "indicators[1].score", "20.00分"),
        ("| 20   | 20    |\n效", "| 20   | 200   |\n效", "indicators[1].score", "20.00分"),
        ("| 20   | 20    |\n效", "| 12   | 20    |\n效", "indicators[1].weight", "20.00分"),
        ("| 20   | 20    |\n效", "| 0    | 20    |\n效", "indicators[1].weight", "20.00分"),
    ],
    ids=[
        "a total below what was executed", "a part above its budget", "a part in 元", "a score above its points",
        "one far above them", "points below the score", "points of 0",
    ],
)  # fmt: skip
def test_a_figure_beyond_its_limit_and_off_in_its_total_is_told_once(right: str, wrong: str, cell: str, expected: str) -> None:
    assert SCORED.count(right) == 1
    (found,) = check(tsv(SCORED.replace(right, wrong)), name="form.tsv").findings
    assert (found.primary.path.partition(".")[2], found.expected) == (cell, expected)


def test_full_points_for_a_missed_target_explain_the_total_though_a_reason_would_still_be_due() -> None:
    missed = SCORED.replace("≥90%       | 95%        | 20   | 20    |\n总", "≥90%       | 81%        | 20   | 20    |\n总")
    (found,) = check(tsv(missed.replace("99.38", "97.38")), name="form.tsv").findings
    assert (found.primary.path.partition(".")[2], found.expected) == ("indicators[2].score", "18.00分")


GROUPED = """
一级指标       | 二级指标 | 三级指标     | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
产出指标(50分) | 数量指标 | 培训人次     | ≥100人次   | 120人次    | 50   | 50    |
效益指标(40分) | 社会效益 | 受益人满意度 | ≥90%       | 95%        | 8    | 8     |
总分           |          |              |            |            | 100  | 99.38 |
"""


def test_a_sum_and_its_group_that_are_off_alike_make_no_figure_likely_that_nobody_would_mistype() -> None:
    """A row of 32 points is missing: 8 for 40 would mend group and total."""
    lost = stacked("项目支出绩效自评表", HEAD, FUNDS, GROUPED)
    assert not supposed(lost)[("indicators[1].weight", "40.00分"),].likely
    assert supposed(lost.replace("| 8    | 8  ", "| 32   | 32 "))[("indicators[1].weight", "40.00分"),].likely


def test_two_amounts_of_a_row_in_each_others_column_explain_both_totals() -> None:
    swapped = FORM.replace(
        "| 300        | 300        | 280        | -    | 93.33% ", "| 300        | 280        | 300        | -    | 93.33% "
    )
    (found,) = check(tsv(swapped), name="form.tsv").findings
    assert "对调就都相符" in found.message
    assert len(found.consequences) > 2


def test_the_parts_of_a_long_list_that_can_not_be_it_are_not_tried() -> None:
    ready = checker()
    understood = ready.understand(write(lay_out(fifty_rows()), "xlsx"), name="form.xlsx")
    report = ready.judge(understood)
    (told,) = report.findings
    assert len(told.related) > 40
    assert calls(lambda: ready.judge(understood)) < 24 * len(report.checks)


DIVIDED = """
部门预算资金       | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率  | 得分
年度资金总额       | 900.00     | 940.00     | 893.00     | 10   | 95.00%  | 9.5
按收入性质分：     |            |            |            |      |         |
其中：一般公共预算 | 700.00     | 740.00     | 703.00     |      | 95.00%  |
政府性基金拨款     | 200.00     | 200.00     | 190.00     |      | 95.00%  |
按支出性质分：     |            |            |            |      |         |
其中：基本支出     | 600.00     | 640.00     | 640.00     |      | 100.00% |
项目支出           | 300.00     | 300.00     | 253.00     |      | 84.33%  |
"""


@pytest.mark.parametrize(
    ("right", "wrong", "cell", "expected"),
    [
        ("| 900.00 ", "| 4900.00 ", "funds.total.initial_budget", "900.00万元"),
        ("| 253.00 ", "| 353.00 ", "funds[6].executed", "253.00万元"),
    ],
    ids=["the total of both divisions", "a part of the second"],
)
def test_a_total_that_is_divided_twice_is_held_to_each_division(right: str, wrong: str, cell: str, expected: str) -> None:
    form = stacked("部门整体支出绩效自评表", "部门名称 | 市水利局\n单位：万元", DIVIDED, INDICATORS)
    assert form.count(right) == 1
    assert not check(tsv(form), name="form.tsv").findings
    (found,) = check(tsv(form.replace(right, wrong)), name="form.tsv").findings
    assert (found.primary.path.partition(".")[2], found.expected) == (cell, expected)


ACCOUNT = """
基金预算执行情况（万元） | 项目             | 年初预算数 | 核定数     | 全年执行数 | 完成预算%
^                        | 一、基金收入     | 900.00     | 900.00     | 926.00     | 102.89%
^                        | 其中：保险费收入 | 700.00     | 700.00     | 724.00     | 103.43%
^                        | 利息收入         | 200.00     | 200.00     | 202.00     | 101.00%
^                        | 二、基金支出     | 640.00     | 640.00     | 630.00     | 98.44%
^                        | 其中：待遇支出   | 600.00     | 600.00     | 592.00     | 98.67%
^                        | 其他支出         | 40.00      | 40.00      | 38.00      | 95.00%
^                        | 三、本年收支结余 | 260.00     | 260.00     | 296.00     |
"""


def test_a_cell_that_a_form_reads_with_a_unit_and_a_table_without_is_one_cell() -> None:
    form = stacked("工伤保险基金预算绩效自评表", "统筹地区 | 某市", ACCOUNT)
    ready = checker()
    assert not ready.judge(ready.understand_document(document(form))).findings
    (found,) = ready.judge(ready.understand_document(document(form.replace("| 630.00", "| 530.00")))).findings
    assert (found.primary.path.partition(".")[2], found.expected) == ("fund_accounts[3].executed", "630.00")
