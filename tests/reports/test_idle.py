from __future__ import annotations

from validator.model.checks import Checks
from validator.model.finding import NOT_DUE, Check, FormMatch, Outcome, Report
from validator.reports.idle import Idle

RULES = {"A-001": ("bond",), "A-002": ("bond",), "B-001": ("other",)}


def report(*checks: Check, form: str = "bond") -> Report:
    return Report(
        path="a.xlsx",
        format="xlsx",
        sha256="0" * 64,
        forms=(FormMatch(form, "表", "表!A1", 1.0, ()),),
        checks=Checks(checks),
        findings=(),
    )


def check(rule: str, outcome: Outcome, reason: str | None = None) -> Check:
    return Check(rule, "total", outcome, "form[0]", reason=reason)


def told(*reports: Report) -> str:
    idle = Idle(RULES)
    for one in reports:
        idle.take(one)
    return idle.told


def test_a_rule_without_any_check_is_told() -> None:
    assert told(report(check("A-001", Outcome.PASS))) == "A-002（没有读到它要核对的区块或栏）"


def test_what_a_check_lacked_is_the_reason() -> None:
    lacking = [check(rule, Outcome.NOT_APPLICABLE, "本表没有“利息”栏") for rule in ("A-001", "A-002")]
    assert told(report(*lacking)) == "A-001、A-002（本表没有“利息”栏）"


def test_a_condition_that_does_not_hold_was_asked() -> None:
    assert told(report(check("A-001", Outcome.NOT_APPLICABLE, NOT_DUE), check("A-002", Outcome.FAIL))) == ""
    assert told(report(check("A-001", Outcome.NOT_APPLICABLE, "the condition doesn't hold"))).startswith("A-002")


def test_a_rule_for_a_form_that_was_not_read_is_not_idle() -> None:
    assert told(report(form="project")) == ""


def test_one_document_of_several_is_enough() -> None:
    both = [report(check("A-001", Outcome.UNDETERMINED)), report(check("A-002", Outcome.PASS))]
    assert told(*both) == told(*both[::-1]) == ""
