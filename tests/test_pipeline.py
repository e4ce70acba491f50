from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import validator
from tests.building.strategies import grids
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, stacked
from validator.errors import GoujiError, UnreadableDocument, UsageError
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


class TestOtherDocuments:
    def test_two_hundred_forms(self) -> None:
        report = check(tsv(stacked(*[WRONG] * 200)), name="form.tsv")
        assert (len(report.forms), len(told(report))) == (200, 200)

    @pytest.mark.parametrize("text", ["\n\n", "\t\t\n\t\t", "　"])
    def test_a_blank_one_holds_nothing(self, text: str) -> None:
        report = check(text.encode(), name="form.tsv")
        assert not report.forms
        assert not report.findings

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
        assert 0 < report.cells_checked <= report.cells_numeric

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
