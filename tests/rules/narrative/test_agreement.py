"""The same quantity told in a sentence and in a table."""

from __future__ import annotations

import pytest

from validator.model.finding import Check, Report
from validator.pipeline import check

ROWS = (
    ("2023年度转移支付项目绩效目标自评表",),
    ("", "", "年初预算数", "全年执行数", "执行率"),
    ("资金情况（万元）", "年度资金总额", "100.00", "95.00", "95.00%"),
    ("总体目标完成情况", "总体目标", "", "全年实际完成情况", ""),
    ("", "救助困难群众", "", "困难群众享受医疗救助{told}", ""),
    ("一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施"),
    ("产出指标", "数量指标", "享受医疗救助人次", "≥100000人次", "{filled}", ""),
    ("", "", "救助次数", "≥2次", "2次", ""),
)
FORM = (
    "2023年度项目支出绩效自评表\n项目名称\t甲项目\n项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
    "\t年度资金总额\t245.18\t245.18\t235.62\t10\t96.10%\t9.61\n"
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因\n"
    "\t产出指标\t数量指标\t检查定点机构数量\t≥1200家\t1307家\t50\t50.00\t\n"
    "\t效益指标\t社会效益指标\t困难群众救助率\t≥90%\t93.5%\t40\t32.89\t因故\n\t\t\t总分\t\t\t100\t92.50\t\n"
)


def told(*lines: str, form: str = FORM) -> Report:
    """Return the report on a form with these paragraphs below it."""
    page = "".join(f"<p>{line}</p>" for line in lines)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("\t")) + "</tr>" for row in form.splitlines())
    return check(f"<table>{rows}</table>{page}".encode(), name="a.html")


def agreements(report: Report, rule: str) -> list[Check]:
    return [one for one in report.checks if one.rule == rule]


def outcomes(report: Report, rule: str) -> list[tuple[str, list[str]]]:
    return [(one.outcome.value, sorted(operand.text for operand in one.operands)) for one in agreements(report, rule)]


class TestCounts:
    @pytest.mark.parametrize("told", ["11万人次", "11.04万人次", "110406人次"])
    @pytest.mark.parametrize("filled", ["110406", "110406人次"])
    def test_a_rounded_count_agrees_with_the_full_one(self, told: str, filled: str) -> None:
        text = "\n".join("\t".join(row) for row in ROWS).format(told=told, filled=filled)
        report = check(text.encode(), name="a.tsv")

        assert [c.outcome.value for c in report.checks if c.rule == "NARR-014"] == ["pass"]
        assert report.findings == ()

    @pytest.mark.parametrize(("line", "found"), [("新增涉农企业33家。", [("pass", ["33"])]), ("新增涉农商户33家。", [])])
    def test_a_figure_without_its_unit_is_known_by_the_very_name(self, line: str, found: list[tuple[str, list[str]]]) -> None:
        form = FORM.replace("检查定点机构数量\t≥1200家\t1307家", "新增涉农企业(法人)\t≥23\t33")

        assert outcomes(told(line, form=form), "NARR-014") == [(outcome, sorted([*texts])) for outcome, texts in found]

    def test_what_the_goals_tell_was_achieved_is_held_to_the_indicator_of_the_very_name(self) -> None:
        text = "\n".join("\t".join(row) for row in ROWS).format(told="110406人次", filled="110406人次")
        wrong = check(text.replace("困难群众享受医疗救助110406", "享受医疗救助人次110604").encode(), name="a.tsv")

        assert [(f.rule, f.primary.text) for f in wrong.findings] == [("NARR-014", "110604人次")]


class TestScores:
    @pytest.mark.parametrize(
        ("text", "told_"),
        [
            ("项目自评得分92.50分。\n综上，本项目自评得分92.50分。", []),
            ("项目自评得分77.61分。\n综上，本项目自评得分77.61分。", [["77.61分", "92.50", "77.61分"]]),
            ("项目自评得分77.61分。\n综上，本项目自评得分77.16分。", [["77.61分", "92.50"], ["77.16分", "92.50"]]),
            ("项目自评得分77.61分。\n本项自评得分18分。", [["77.61分", "92.50"]]),
        ],
    )
    def test_a_wrong_score_is_one_finding_however_often_it_is_told(self, text: str, told_: list[list[str]]) -> None:
        report = told(*text.split("\n"))

        assert [[f.primary.text, *(p.text for p in f.related)] for f in report.findings] == told_

    @pytest.mark.parametrize("text", ["自评总分100分，满分100分。", "产出指标得分50分。", "去年项目自评得分77.61分。"])
    def test_full_marks_items_and_other_years_are_not_the_total(self, text: str) -> None:
        assert told(text).findings == ()


class TestIndicators:
    @pytest.mark.parametrize(
        ("line", "rule"),
        [
            ("1.困难群众救助率：93.5%", None),
            ("1.困难群众救助率：95.3%", "NARR-014"),
            ("1.困难群众救助率：计划90%，实际93.5%", None),
            ("1.困难群众救助率：计划90%，实际95.3%", "NARR-014"),
            ("1.困难群众救助率：较上年提高3.5个百分点", None),
            ("1.困难群众满意率：95.3%", None),
            ("困难群众救助率较好，有的县达到95.3%", None),
        ],
    )
    def test_a_line_that_begins_with_the_name_of_an_indicator_tells_its_figure(self, line: str, rule: str | None) -> None:
        assert [f.rule for f in told(line).findings] == ([rule] if rule else [])

    def test_a_figure_with_words_of_the_name_is_found_but_never_accused(self) -> None:
        assert outcomes(told("全年共检查定点机构1307家，成效显著。"), "NARR-014") == [("pass", ["1307家"])]
        assert told("全年共检查定点机构1370家，成效显著。").findings == ()


class TestFunds:
    @pytest.mark.parametrize(
        ("line", "found"),
        [
            ("本项目全年预算245.18万元，支出235.62万元。", []),
            ("本项目全年预算2451800元，支出2356200元。", []),
            ("本项目全年预算254.18万元，支出235.62万元。", ["254.18万元"]),
            ("本项目全年预算245.18万元，全年执行数235.26万元。", ["235.26万元"]),
            ("本项目全年预算300万元。", []),
            ("其中道路预算254.18万元。", []),
        ],
    )
    def test_budget_and_spending_of_the_whole_project_are_those_of_the_table(self, line: str, found: list[str]) -> None:
        assert [f.primary.text for f in told(line).findings if f.rule == "NARR-021"] == found

    @pytest.mark.parametrize(("amount", "found"), [("1374.852169", ["3174.852169万元"]), ("137.48", [])], ids=["long", "short"])
    def test_two_first_digits_in_the_other_order_are_told_where_there_are_many(self, amount: str, found: list[str]) -> None:
        form = FORM.replace("235.62", amount).replace("245.18", "1400.00")
        line = f"本项目全年执行数{amount[1]}{amount[0]}{amount[2:]}万元。"
        assert [f.primary.text for f in told(line, form=form).findings if f.rule == "NARR-021"] == found

    def test_an_amount_that_is_the_same_passes(self) -> None:
        report = told("本项目全年预算245.18万元，支出235.62万元。")

        assert {outcome for outcome, _ in outcomes(report, "NARR-021")} == {"pass"}
        assert len(agreements(report, "NARR-021")) == 2


def test_without_an_official_form_there_is_nothing_to_agree_with() -> None:
    report = told("本项目全年预算254.18万元。", form="甲\t乙\n1\t2\n")

    assert agreements(report, "NARR-021") == []


def test_a_text_below_two_forms_is_that_of_the_second() -> None:
    report = told("项目自评得分77.61分。", form=FORM + FORM.replace("92.50", "93.50"))

    assert outcomes(report, "NARR-014") == [("fail", ["93.50"])]
