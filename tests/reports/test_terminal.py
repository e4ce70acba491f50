from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from rich.cells import cell_len

from tests.reports import samples
from validator.model.finding import Coverage, FormMatch, Report
from validator.reports import terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("width", [60, 100, 200])
def test_the_report_of_the_sample_is_the_stored_one(width: int, golden: Callable[[str, str], None]) -> None:
    golden(f"report.{width}.txt", terminal.render(samples.sample_report(), width=width))


def test_the_english_report_of_the_sample_is_the_stored_one(golden: Callable[[str, str], None]) -> None:
    golden("report.en.txt", terminal.render(samples.sample_report(), lang="en"))


def test_a_clean_report_is_short_and_says_what_was_checked() -> None:
    text = terminal.render(samples.clean_report())

    assert "没有发现不符" in text
    assert "1 次  相符 1" in text
    assert len(text.splitlines()) < 7


def test_a_report_without_checks_does_not_claim_that_all_is_well() -> None:
    text = terminal.render(samples.empty_report())

    assert "没有可以核对的数字；这不等于没有问题" in text
    assert "没有认出是哪一种表" in text
    assert "1 条规则" in text


def test_full_coverage_is_claimed_only_when_nothing_is_missing() -> None:
    assert "99.9%" in terminal.render(replace(samples.clean_report(), coverage=Coverage(100_000, 99_999)))


def test_findings_stand_below_their_form_when_there_are_several() -> None:
    report = samples.sample_report()
    second = FormMatch("department", "部门整体支出绩效自评表", "表二!A1:F20", 0.8)
    moved = tuple(finding._replace(form=1) if finding.rule == "SCORE-011" else finding for finding in report.findings)
    text = terminal.render(replace(report, forms=(*report.forms, second), findings=moved))

    order = [
        text.index(part)
        for part in ("项目支出绩效自评表", "error[FUND-003]", "部门整体支出", "warning[SCORE", "不属于某一张表", "info[")
    ]
    assert order == sorted(order)


def test_a_finding_names_the_finding_that_explains_it() -> None:
    report = samples.sample_report()
    explained = samples.RATE_FINDING._replace(cause=samples.TOTAL_FINDING.id)

    assert "起因：FUND-001 合计与各项之和不符" in terminal.render(replace(report, findings=(samples.TOTAL_FINDING, explained)))


def test_a_terminal_gets_colour() -> None:
    stream = Terminal()
    terminal.write(samples.sample_report(), terminal.console(stream, width=80))

    assert "\x1b[" in stream.getvalue()


def test_no_color_takes_all_colour_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    terminal.write(samples.sample_report(), terminal.console(stream, width=80))

    assert "\x1b" not in stream.getvalue()


def test_a_file_gets_no_colour_and_the_width_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    stream = io.StringIO()
    terminal.write(samples.sample_report(), terminal.console(stream))

    assert "\x1b" not in stream.getvalue()
    assert max(cell_len(line) for line in stream.getvalue().splitlines()) == 72


@pytest.mark.parametrize(("columns", "width"), [("99999999999", 9999), ("0", 100), ("-3", 100), ("wide", 100)])
def test_a_width_that_makes_no_sense_is_no_harm(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)

    assert terminal.console(io.StringIO()).width == width


def test_several_documents_are_summed_up_in_one_line() -> None:
    stream = io.StringIO()
    terminal.write_total([(2, 1), (0, 3), (0, 0)], 1, terminal.console(stream))

    assert stream.getvalue() == "\n━━ 共 4 份文件  1 份有错误 · 1 份只有警告或提示 · 1 份没有发现不符 · 1 份没能读出\n"


def test_a_picture_stands_on_its_own_and_is_well_formed() -> None:
    svg = terminal.picture(samples.sample_report(), title="gouji check 自评表.xlsx")

    assert "@font-face" not in svg
    assert "url(http" not in svg
    assert etree.fromstring(svg.encode()).tag.endswith("svg")
    assert "error[FUND-003]" in svg


@given(samples.reports(), st.sampled_from([40, 60, 200]), st.sampled_from(["zh", "en"]))
def test_every_report_keeps_to_the_width_of_the_terminal(report: Report, width: int, lang: str) -> None:
    text = terminal.render(report, width=width, lang=lang)

    assert all(cell_len(line) <= width + 2 for line in text.split("\n"))
