from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import validator
from tests.benchmarks.whole import fifty_rows
from tests.building import lay_out, write
from tests.building.strategies import grids
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, document, stacked
from tests.work import calls
from validator.errors import GoujiError, UnreadableDocument, UsageError
from validator.model.checks import Round
from validator.model.finding import Outcome, Report
from validator.pipeline import check, checker, understand
from validator.reports.json import render
from validator.rules.load import load_ruleset

FORM = stacked("项目支出绩效自评表", HEAD, FUNDS, INDICATORS)
WRONG = FORM.replace("93.75%", "39.75%")
FOUND = "FUND-003"


def tsv(text: str) -> bytes:
    """Return drawn tables as separated values: spans are lost, as people lose them."""
    lines = [[part.strip().strip("^<") for part in line.split("|")] for line in text.split("\n")]
    return "\n".join("\t".join(line) for line in lines).encode()


def told(report: Report, rule: str = FOUND) -> list[str]:
    return [finding.primary.text for finding in report.findings if finding.rule == rule]


class TestCheck:
    def test_a_fault_is_reported_at_its_cell(self) -> None:
        report = check(tsv(WRONG), name="form.tsv")
        (finding,) = [finding for finding in report.findings if finding.rule == FOUND]
        assert (finding.primary.text, finding.expected, finding.form) == ("39.75%", "93.75%", 0)
        assert [form.id for form in report.forms] == ["project"]

    def test_formulas_without_their_results_are_noted_and_accuse_nothing(self) -> None:
        sheet = Workbook()
        page = sheet["Sheet"]
        for line in csv.reader(io.StringIO(tsv(FORM).decode()), delimiter="\t"):
            page.append([float(text) if text.isdigit() else text for text in line])
        total = next(cell for row in page.iter_rows() for cell in row if cell.value == 320)
        total.value = f"=SUM({total.column_letter}{total.row + 1}:{total.column_letter}{total.row + 2})"
        stream = io.BytesIO()
        sheet.save(stream)
        report = check(stream.getvalue(), name="form.xlsx")
        assert [finding.rule for finding in report.findings] == ["STR-002"]

    def test_a_remark_shows_what_stands_where_it_points(self) -> None:
        report = check("<table><tr><td>甲</td><td>1</td></tr></table>".encode(), name="form.html")
        assert [(found.primary.address, found.primary.text) for found in report.findings] == [("表1!R1C1", "甲")]

    def test_what_is_no_form_has_an_english_title_and_a_form_its_own(self) -> None:
        other = "地区\t金额\t占比\n甲县\t30.00\t60%\n乙县\t20.00\t40%\n合计\t50.00\t100%\n".encode()
        own = check(tsv(FORM), name="form.tsv").forms[0].title
        told = [check(data, name="form.tsv", lang="en").forms[0].title for data in (other, tsv(FORM))]
        assert told == ["Other table", own]

    def test_amounts_in_each_others_row_are_one_finding(self) -> None:
        swapped = FORM.replace("| 300        | 300        | 280 ", "| 300        | 300        | 20 ")
        swapped = swapped.replace("| 20         | 20         | 20 ", "| 20         | 20         | 280 ")
        (finding,) = [found for found in check(tsv(swapped), name="form.tsv").findings if found.rule.startswith("FUND")]
        assert (finding.primary.text, finding.expected) == ("280", "20")
        assert "对调" in finding.message

    def test_a_blank_budget_and_a_wrong_amount_of_another_row_stay_two_findings(self) -> None:
        wrong = FORM.replace("| 300        | 300        | 280 ", "| 300        | 300        | 208 ")
        wrong = wrong.replace("| 20         | 20         | 20 ", "| 20         |            | 20 ")
        report = checker().judge(checker().understand_document(document(wrong)))
        found = [finding for finding in report.findings if finding.rule.startswith("FUND")]
        assert sorted((finding.primary.text, finding.expected) for finding in found) == [("", None), ("208", "280万元")]

    def test_what_agrees_gives_no_finding(self) -> None:
        assert not told(check(tsv(FORM), name="form.tsv"))

    def test_it_is_public(self) -> None:
        assert told(validator.check(tsv(WRONG), name="form.tsv")) == ["39.75%"]

    def test_a_path_does_as_well_as_bytes(self, tmp_path: Path) -> None:
        path = tmp_path / "form.tsv"
        path.write_bytes(tsv(WRONG))
        assert told(check(path)) == told(check(str(path))) == ["39.75%"]

    def test_the_same_bytes_give_the_same_report(self) -> None:
        data = tsv(WRONG)
        assert render(check(data, name="form.tsv")) == render(check(data, name="form.tsv"))

    def test_two_calls_share_nothing(self) -> None:
        before = render(check(tsv(WRONG), name="form.tsv"))
        check(tsv(FORM.replace("320", "999")), name="form.tsv", lang="en", select=["FUND"])
        assert render(check(tsv(WRONG), name="form.tsv")) == before

    def test_checks_are_numbered_from_one_in_order(self) -> None:
        report = check(tsv(WRONG), name="form.tsv")
        assert [entry.id for entry in report.checks] == [f"c{n}" for n in range(1, len(report.checks) + 1)]
        assert {finding.check for finding in report.findings} <= {entry.id for entry in report.checks}

    def test_findings_stand_in_the_order_of_the_document(self) -> None:
        report = check(tsv(stacked(WRONG, WRONG)), name="form.tsv")
        assert [finding.form for finding in report.findings if finding.rule == FOUND] == [0, 1]

    def test_a_finding_at_a_blank_cell_stands_where_the_cell_is(self) -> None:
        sample = Path(__file__).parent.parent / "samples" / "project" / "flawed" / "farmland.xlsx"
        places = [finding.primary.address for finding in check(sample).findings]
        assert places == ["自评表!F6", "自评表!F13", "自评表!H13", "自评表!F17"]

    def test_findings_in_prose_stand_in_the_order_of_the_text(self) -> None:
        text = "公用经费80万元，比上年90万元增长11.1%。\n财政拨款收入320万元，其中基本支出200万元、项目支出110万元。\n"
        places = [finding.primary.address for finding in check(text.encode(), name="report.txt").findings]
        assert [place.partition(":")[0] for place in places] == ["L1", "L2"]

    def test_nothing_crashes(self) -> None:
        report = check(tsv(WRONG), name="form.tsv")
        assert report.outcomes[Outcome.CRASHED.value] == 0

    def test_messages_come_in_english_too(self) -> None:
        report = check(tsv(WRONG), name="form.tsv", lang="en")
        titles = {tally.rule: tally.title for tally in check(tsv(WRONG), name="form.tsv").tallies}
        assert all(tally.title != titles[tally.rule] for tally in report.tallies)
        assert "gives 93.75%" in next(finding.message for finding in report.findings if finding.rule == FOUND)

    @pytest.mark.parametrize("engine", ["auto", "durable", "loop"])
    def test_every_engine_finds_the_same(self, engine: str) -> None:
        report = check(tsv(WRONG), name="form.tsv", engine=engine)
        assert report.findings == check(tsv(WRONG), name="form.tsv").findings


CONTRACTS = """
资金来源     | 全年预算数 | 合同金额 | 全年执行数 | 未支付金额 | 执行率
年度资金总额 | 96.00      | 90.00    | 72.00      | 18.00      | 75.00%
财政拨款     | 60.00      | 57.00    | 48.00      | 9.00       | 80.00%
其他资金     | 36.00      | 33.00    | 24.00      | 9.00       | 66.67%
"""


class TestColumnsThatAFormDoesNotKnow:
    @pytest.mark.parametrize(
        ("right", "wrong", "rule"),
        [
            ("96.00", "96.00", ""),
            ("90.00 ", "99.00 ", "GEN-001"),
            ("18.00", "81.00", "GEN-001"),
            ("36.00", "63.00", ""),
            ("96.00", "69.00", ""),
        ],
    )
    def test_they_are_checked_as_those_of_any_table_and_the_others_by_the_form(self, right: str, wrong: str, rule: str) -> None:
        ready = checker()
        understood = ready.understand_document(document("项目支出绩效自评表", "单位：万元", CONTRACTS.replace(right, wrong)))
        report = ready.judge(understood)
        assert [(f.rule, f.form) for f in report.findings if f.rule.startswith("GEN")] == ([(rule, 0)] if rule else [])
        assert bool(told(report, "FUND-001")) is (right != wrong and not rule)

    @pytest.mark.parametrize(("right", "wrong", "rule"), [("72.00", "72。00", "FUND-017"), ("90.00 ", "90。00 ", "GEN-015")])
    def test_what_can_not_be_read_is_told_once(self, right: str, wrong: str, rule: str) -> None:
        ready = checker()
        understood = ready.understand_document(document("项目支出绩效自评表", "单位：万元", CONTRACTS.replace(right, wrong)))
        assert [f.rule for f in ready.judge(understood).findings if f.primary.text == wrong.strip()] == [rule]


class TestOtherDocuments:
    def test_two_hundred_forms(self) -> None:
        report = check(tsv(stacked(*[WRONG] * 200)), name="form.tsv")
        assert (len(report.forms), len(told(report))) == (200, 200)

    @pytest.mark.parametrize("text", ["\n\n", "\t\t\n\t\t", "　"])
    def test_a_blank_one_is_refused(self, text: str) -> None:
        with pytest.raises(UnreadableDocument, match="没有可以核对的内容"):
            check(text.encode(), name="form.tsv")

    def test_a_table_of_no_form_is_pointed_at(self) -> None:
        (finding,) = check("甲,乙\n丙,丁\n".encode(), name="form.csv").findings
        assert (finding.rule, bool(finding.primary.address)) == ("STR-003", True)

    PROSE = "全年完成投资120万元，其中县级80万元、镇级40万元。"
    NO_FORM = "甲镇,30,40\n乙镇,50,60\n合计,80,100\n"
    TITLED = f"项目支出绩效自评表\n镇街,上半年,全年\n{NO_FORM}"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (f"镇街,上半年,全年\n{NO_FORM}", ["STR-003"]),
            (f"镇街,上半年,全年\n{NO_FORM}{PROSE}\n", []),
            (TITLED, ["STR-003"]),
            (f"{TITLED}{PROSE}\n", ["STR-003"]),
        ],
    )
    def test_a_form_that_has_its_title_only_is_told_of_whatever_prose_stands_around_it(
        self, text: str, told: list[str]
    ) -> None:
        report = checker().check(text.encode(), name="a.csv")
        assert [finding.rule for finding in report.findings if finding.rule == "STR-003"] == told

    def test_a_file_without_a_byte_is_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="空"):
            check(b"", name="form.tsv")

    def test_prose_alone_holds_no_form(self) -> None:
        report = check("2023年，全市经济运行平稳。各项工作有序推进。".encode(), name="report.txt")
        assert not [form for form in report.forms if form.id not in ("narrative", "generic")]
        assert not [finding for finding in report.findings if finding.severity.value != "info"]

    def test_a_table_of_no_form_is_checked_by_what_it_says_itself(self) -> None:
        report = check("名称\t数量\n甲\t3.5\n乙\t4.5\n丙\t2.5\n合计\t11.5\n".encode(), name="table.tsv")
        assert [form.id for form in report.forms] == ["generic"]
        assert [finding.primary.text for finding in report.findings if finding.kind == "total"] == ["11.5"]

    @given(grids(), st.sampled_from(("tsv", "csv")))
    def test_any_grid_of_text_gives_a_report(self, rows: list[list[str]], format: str) -> None:
        out = io.StringIO()
        csv.writer(out, delimiter="\t" if format == "tsv" else ",").writerows(rows)
        try:
            report = check(out.getvalue().encode("utf-8", "replace"), name=f"form.{format}")
        except GoujiError:
            return
        assert report.outcomes[Outcome.CRASHED.value] == 0
        assert render(report)


class TestForm:
    def test_the_grand_total_of_both_sides_of_an_account_is_no_row_written_twice(self) -> None:
        sides = ["某市养老保险基金预算绩效自评表", "单位：万元", "收入|预算数|决算数|支出|预算数|决算数"]
        sides += ["利息收入|62.00|60.00|转移支出|72.00|75.00", "上年结余|40.00|40.00|年末滚存结余|30.00|25.00"]
        sides += ["总计|102.00|100.00|总计|102.00|100.00"]
        report = check("\n".join("\n".join(line.split("|")) for line in sides).encode(), name="account.txt")
        assert report.forms[0].id == "insurance-fund"
        assert told(report, "DUP-007") == []

    def test_the_rules_of_an_account_hold_on_both_of_its_sides(self) -> None:
        rows = ["收入|预算数|决算数|完成率|支出|预算数|决算数|完成率"]
        rows += ["保险费收入|62.00|60.00|96.77%|待遇支出|72.00|70.00|97.22%", "利息收入|5.00|4.00|80.00%|转移支出|6.00||50.00%"]
        rows += ["财政补贴收入|10.00|9.00|90.00%|其他支出|1.00|2.00|200.00%"]
        rows += ["本年收入合计|77.00|73.00|94.81%|本年支出合计|79.00|75.00|94.94%"]
        report = check("\n".join(["社会保险基金预算绩效自评表", *rows]).replace("|", ",").encode(), name="account.csv")
        assert [(f.rule, f.primary.row_label) for f in report.findings] == [("ACC-004", "转移支出")]

    def test_only_the_form_asked_for_is_looked_for(self) -> None:
        assert [form.id for form in check(tsv(WRONG), name="form.tsv", form="department").forms] == ["department"]

    def test_one_that_is_not_there_leaves_a_generic_table(self) -> None:
        forms = check(tsv(WRONG), name="form.tsv", form="insurance-fund").forms
        assert [form.id for form in forms] in ([], ["generic"])

    def test_an_unknown_one_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(UsageError, match="nothing"):
            check(tsv(FORM), name="form.tsv", form="nothing")


class TestSelection:
    @pytest.mark.parametrize("word", [FOUND, "FUND", "execution-rate-disagrees"])
    def test_rules_are_selected_by_id_beginning_or_name(self, word: str) -> None:
        report = check(tsv(WRONG), name="form.tsv", select=[word])
        assert told(report) == ["39.75%"]
        assert {entry.rule[:4] for entry in report.checks} == {"FUND"}

    @pytest.mark.parametrize("word", [FOUND, "FUND", "execution-rate-disagrees"])
    def test_rules_are_ignored_in_the_same_way(self, word: str) -> None:
        report = check(tsv(WRONG), name="form.tsv", ignore=[word])
        assert not told(report)
        assert FOUND not in {tally.rule for tally in report.tallies}

    def test_ignoring_goes_before_selecting(self) -> None:
        assert not check(tsv(WRONG), name="form.tsv", select=["FUND"], ignore=["FUND"]).checks

    def test_what_is_selected_is_found_as_without_selection(self) -> None:
        whole = check(tsv(WRONG), name="form.tsv")
        one = check(tsv(WRONG), name="form.tsv", select=[FOUND])
        assert [entry.stated for entry in one.checks] == [entry.stated for entry in whole.checks if entry.rule == FOUND]


class TestReport:
    def test_every_rule_has_a_tally(self) -> None:
        report = check(tsv(FORM), name="form.tsv")
        assert [tally.rule for tally in report.tallies] == [rule.id for rule in load_ruleset().rules]
        assert sum(sum(tally.outcomes.values()) for tally in report.tallies) == len(report.checks)

    def test_cells_are_counted_once(self) -> None:
        report = check(tsv(FORM), name="form.tsv")
        assert 0 < report.coverage.checked <= report.coverage.numeric

    def test_the_document_is_named_by_its_hash(self) -> None:
        one, other = check(tsv(FORM), name="form.tsv"), check(tsv(WRONG), name="form.tsv")
        assert len({one.sha256, other.sha256}) == 2


class TestUnderstand:
    def test_it_says_what_was_read(self) -> None:
        understood = understand(tsv(FORM), name="form.tsv")
        (form,) = understood.forms
        assert [section.id for section in form.sections] == ["header", "funds", "indicators"]
        assert form.title == "项目支出绩效自评表"

    def test_judging_it_is_checking(self) -> None:
        understood = understand(tsv(WRONG), name="form.tsv")
        assert render(checker().judge(understood)) == render(check(tsv(WRONG), name="form.tsv"))


class TestChecker:
    def test_it_is_made_once_for_a_ruleset(self) -> None:
        assert checker() is checker(load_ruleset())

    def test_many_rulesets_are_not_all_kept(self) -> None:
        from validator import pipeline

        base = load_ruleset()
        for _ in range(20):
            checker(type(base)(base.forms, (), base.parameters, base.directories))
        assert len(pipeline._checkers) <= pipeline._MOST_CHECKERS


def test_judging_a_form_takes_few_steps_for_each_check() -> None:
    ready = checker()
    understood = ready.understand(write(lay_out(fifty_rows()), "xlsx"), name="form.xlsx")
    report = ready.judge(understood)  # what is due in a form of this shape is remembered
    assert calls(lambda: ready.judge(understood)) < 20 * len(report.checks)


def test_what_is_asked_together_is_written_out_as_if_it_was_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = checker()
    understood = ready.understand(write(lay_out(fifty_rows()), "xlsx"), name="form.xlsx")
    reports = []
    for together in (1, 8, 1000):
        monkeypatch.setattr("validator.rules.evaluate._TOGETHER", together)
        reports.append(ready.judge(understood))
    assert sum(check.outcome is Outcome.PASS for check in reports[0].checks) > 400
    assert reports[0] == reports[1] == reports[2]


def test_no_finding_needs_a_check_that_passes_to_be_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = checker()
    understood = ready.understand(write(lay_out(fifty_rows()), "xlsx"), name="form.xlsx")
    written: list[Round] = []

    def noted(part: Round) -> Round:
        written.append(part)
        return part

    monkeypatch.setattr(Round, "written", noted)
    report = ready.judge(understood)
    assert (bool(report.findings), sum(outcome.get("pass", 0) for *_, outcome in report.tallies) > 400) == (True, True)
    assert not written


def test_a_title_whose_table_was_not_read_is_told_of_where_nothing_else_is_known() -> None:
    title = "某县2023年项目支出绩效自评表"
    found = understand(f"{title}\n资金情况 年初 执行\n合计数 100 90\n".encode(), name="form.txt")
    assert [reason.partition("：")[0] for reason in found.reasons] == [title]
    told = "全县2023年投入资金500万元，其中中央资金300万元，省级资金200万元。"
    assert not understand(f"{title}\n{told}\n".encode(), name="report.txt").reasons


class TestWorkbooks:
    TABLE = (("用途", "数量", "单价（元）", "金额（元）"), ("服务器", 4, 58000, 232000), ("交换机", 6, 12500, 75000))
    HEADER = ("项目资金", "资金来源", "年初预算数", "某某额度", "全年执行数", "分值", "执行率", "得分")

    @staticmethod
    def made(*sheets: Sequence[Sequence[object]]) -> bytes:
        book = Workbook()
        for n, rows in enumerate(sheets):
            sheet = book.worksheets[0] if n == 0 else book.create_sheet(f"表{n}")
            for row in rows:
                sheet.append(list(row))
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def form(self, *head: Sequence[object], rate: str = "50%") -> list[Sequence[object]]:
        return [
            *head,
            self.HEADER,
            ("", "年度资金总额", 200, 100, 95, 10, rate, 5),
            ("", "其中：财政拨款", 200, 100, 95, "", "", ""),
        ]

    def test_a_sheet_without_a_block_of_the_form_is_checked_as_a_table(self) -> None:
        data = self.made(self.form(("项目支出绩效自评表",)), [("明细表",), *self.TABLE, ("合计", "", "", 507000)])
        report = check(data, name="form.xlsx")
        assert [form.id for form in report.forms] == ["project", "generic"]
        assert "GEN-001" in {finding.rule for finding in report.findings}

    @pytest.mark.parametrize(
        ("rate", "amount", "outcome"),
        [
            ("95%", 100, Outcome.PASS),
            ("47.5%", 100, Outcome.PASS),
            ("90%", 100, Outcome.FAIL),
            ("95%", None, Outcome.UNDETERMINED),
        ],
    )
    def test_an_unknown_amount_may_be_the_budget(self, rate: str, amount: int | None, outcome: Outcome) -> None:
        rows = self.form(("项目支出绩效自评表",), rate=rate)
        rows[-2] = ("", "年度资金总额", 200, amount, 95, 10, rate, 5)
        report = check(self.made(rows), name="form.xlsx")
        (found,) = [c for c in report.checks if c.rule == FOUND and c.stated is not None and c.stated.text == rate]
        assert (found.outcome, "某某额度" in (found.reason or "")) == (outcome, outcome is Outcome.UNDETERMINED)

    def test_the_unit_in_the_corner_above_the_title_is_that_of_the_amounts(self) -> None:
        data = self.made(self.form(("附件1",), ("", "", "单位：元"), ("项目支出绩效自评表",)))
        (funds,) = [s for form in understand(data, name="form.xlsx").forms for s in form.sections if s.id == "funds"]
        assert funds.unit == "元"

    def test_scores_of_all_blocks_share_their_last_place(self) -> None:
        indicators = [
            ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
            ("产出指标", "数量指标", "台数", "10台", "9.5台", "90", "85.5"),
        ]
        rows = [("项目支出绩效自评表",), ("资金来源", "全年预算数", "全年执行数", "分值", "执行率", "得分")]
        rows += [("年度资金总额", "100", "97", "10", "97%", "10"), *indicators]
        assert told(check(self.made(rows), name="form.xlsx"), "SCORE-009") == ["10"]


class TestABugOfOurs:
    """Whatever one stage does, the rest of the document is still judged, and the report says what was not."""

    TEXT = f"2023年支出总额100万元，其中：人员经费80万元，公用经费30万元。\n\n{tsv(WRONG).decode()}".encode()
    TABLE = "项目\t上年\t本年\n甲\t10.5\t11.5\n乙\t20.5\t21.5\n丙\t5.5\t6.5\n合计\t36.5\t41".encode() + b"\n\n" + TEXT

    @staticmethod
    def break_off(*_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("ours")

    def test_in_restoring_leaves_the_prose(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("validator.forms.restore.restore", self.break_off)
        report = check(self.TEXT, name="form.txt")
        assert told(report, "NARR-001") == ["100万元"]
        assert any("ZeroDivisionError" in note.message for note in report.notes)
        assert "ZeroDivisionError" in str([note.message for note in check(self.TEXT, name="form.txt", lang="en").notes])

    @pytest.mark.parametrize(
        ("stage", "source", "others"),
        [
            ("validator.rules.relations.relations", TABLE, [FOUND, "NARR-001"]),
            ("validator.rules.narrative.narrative_relations", TEXT, [FOUND]),
            ("validator.rules.scopes.combinations", TEXT, [FOUND, "NARR-001"]),
        ],
    )
    def test_in_looking_for_relations_is_a_crashed_check(
        self, stage: str, source: bytes, others: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def late(*_: object) -> Iterator[object]:
            yield from ()
            self.break_off()

        monkeypatch.setattr(stage, late)
        report = check(source, name="form.txt")
        crashed = [found for found in report.checks if found.outcome is Outcome.CRASHED]
        assert crashed
        assert all("ours" in str(found.reason) for found in crashed)
        assert {finding.rule for finding in report.findings} >= set(others)
        assert render(report)
