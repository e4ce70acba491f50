from __future__ import annotations

from collections.abc import Callable

from tests.reports import samples
from validator.reports import concise


def test_a_finding_is_one_line_of_file_place_rule_and_message() -> None:
    line = concise.line("自评表.xlsx", samples.RATE_FINDING)

    assert line == ("自评表.xlsx:自评表!H8: error[FUND-003] 年度资金总额的执行率填 98.5%，按 1234.56 ÷ 1281.30 应为 96.35%")


def test_a_clean_report_says_nothing() -> None:
    assert concise.render(samples.clean_report()) == ""


def test_the_concise_report_of_the_sample_is_the_stored_one(golden: Callable[[str, str], None]) -> None:
    golden("report.concise", concise.render(samples.sample_report()))
