"""What was checked besides the findings."""

from __future__ import annotations

from dataclasses import replace

from tests.reports import drawing, samples
from tests.reports.html.pages import page, told
from validator.model.document import Note
from validator.model.finding import Check, Outcome, Report, Waived
from validator.reports.html.checks import MAX_LISTED, draw_notes, draw_open, draw_passed, draw_waived
from validator.reports.html.words import WORDS

ZH = WORDS["zh"]
SAMPLE = samples.sample_report()
PASSED = next(check for check in SAMPLE.checks if check.outcome is Outcome.PASS)


def of(*checks: Check) -> Report:
    return replace(SAMPLE, checks=checks)


class TestPassed:
    def test_each_rule_has_a_fold_with_its_checks(self) -> None:
        root = page(draw_passed(of(PASSED, PASSED._replace(rule="A-001", stated=None, operands=(), grade=None), PASSED), ZH))
        folds = root.xpath("//details")

        assert [fold.xpath(".//span[@class='rule']/text()") for fold in folds] == [["A-001"], ["FUND-003"]]
        assert [len(fold.xpath(".//tbody/tr")) for fold in folds] == [1, 2]
        assert PASSED.stated is not None
        assert PASSED.stated.address in told(folds[1])
        assert ZH["exact"] in told(folds[1])
        assert ZH["holds"] in told(folds[0])

    def test_a_check_without_a_stated_figure_stands_at_its_first_operand(self) -> None:
        check = PASSED._replace(stated=None)

        assert check.operands[0].address in told(page(draw_passed(of(check), ZH)))

    def test_those_beyond_what_is_listed_are_counted(self) -> None:
        root = page(draw_passed(of(*[PASSED] * (MAX_LISTED + 5)), ZH))

        assert len(root.xpath("//tbody/tr")) == MAX_LISTED + 1
        assert ZH["left_out"].format(5) in told(root)

    def test_nothing_passed_is_nothing(self) -> None:
        assert draw_passed(of(), ZH) == ""


class TestOpen:
    def test_reasons_are_counted_by_rule_and_outcome(self) -> None:
        check = PASSED._replace(outcome=Outcome.UNDETERMINED, reason="没有填")
        root = page(draw_open(replace(of(check, check, check._replace(outcome=Outcome.CRASHED, reason="")), tallies=()), ZH))

        assert [[told(cell) for cell in row] for row in root.xpath("//tbody/tr")] == [
            ["FUND-003", ZH["no_reason"], "1"],
            ["FUND-003", "没有填", "2"],
        ]
        assert root.xpath("count(//details[@open])") == 2

    def test_what_does_not_apply_is_folded_and_rules_that_never_ran_are_named(self) -> None:
        root = page(draw_open(of(PASSED._replace(outcome=Outcome.NOT_APPLICABLE, reason="预算数为 0")), ZH))

        assert root.xpath("count(//details[@open])") == 0
        silent = [tally.rule for tally in SAMPLE.tallies if not any(tally.outcomes.values())]
        assert root.xpath("//ul[@class='columns']//span[@class='rule']/text()") == silent != []

    def test_nothing_open_is_nothing(self) -> None:
        assert draw_open(replace(of(PASSED), tallies=()), ZH) == ""


def test_notes_say_where_and_what_up_to_a_number() -> None:
    root = page(draw_notes(replace(SAMPLE, notes=(Note("读不出<b>", "自评表!A33"),) * (MAX_LISTED + 2)), ZH))

    assert [told(cell) for cell in root.xpath("//tbody/tr[1]/td")] == ["自评表!A33", "读不出<b>"]
    assert len(root.xpath("//tbody/tr")) == MAX_LISTED + 1
    assert draw_notes(replace(SAMPLE, notes=()), ZH) == ""


def test_waived_findings_have_their_reasons() -> None:
    waived = Waived(drawing.fault(1, "自评表!A1"), "主管部门已核实")
    root = page(draw_waived(replace(SAMPLE, waived=(waived,)), ZH))

    assert [told(cell) for cell in root.xpath("//tbody/tr/td")] == [
        waived.finding.rule, "自评表!A1", waived.finding.message, "主管部门已核实",
    ]  # fmt: skip
    assert draw_waived(replace(SAMPLE, waived=()), ZH) == ""
    many = page(draw_waived(replace(SAMPLE, waived=(waived,) * (10 * MAX_LISTED + 3)), ZH))
    assert ZH["left_out"].format(3) in told(many)
