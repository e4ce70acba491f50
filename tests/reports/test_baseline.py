from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from tests.reports import samples
from validator.errors import UsageError
from validator.model.finding import Report
from validator.reports import baseline

TODAY = date(2026, 3, 1)


def loaded(tmp_path: Path, text: str) -> baseline.Baseline:
    path = tmp_path / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return baseline.load(path)


def waived_rules(report: Report) -> list[str]:
    return [waived.finding.rule for waived in report.waived]


class TestApply:
    def test_a_finding_is_waived_by_its_id(self, tmp_path: Path) -> None:
        entry = f"waivers:\n  - id: {samples.RATE_FINDING.id}\n    reason: 已批复\n"
        report = baseline.apply(samples.sample_report(), loaded(tmp_path, entry), today=TODAY)

        assert samples.RATE_FINDING not in report.findings
        assert report.waived[-1].finding == samples.RATE_FINDING
        assert report.waived[-1].reason == "已批复"

    @pytest.mark.parametrize(
        ("entry", "matches"),
        [
            ("rule: FUND-003, address: 自评表!H8", True),
            ("rule: FUND-003, path: 'form[0].funds.row8.rate'", True),
            ("rule: FUND-003, address: 自评表!H9", False),
            ("rule: FUND-001, address: 自评表!H8", False),
            ("rule: FUND-003, address: 自评表!H8, path: elsewhere", False),
            ("rule: FUND-003, address: 自评表!H8, document: 自评表.xlsx", True),
            ("rule: FUND-003, address: 自评表!H8, document: 送审/自评表.xlsx", True),
            ("rule: FUND-003, address: 自评表!H8, document: 评表.xlsx", False),
            ("rule: FUND-003, address: 自评表!H8, document: 他县/自评表.xlsx", False),
            ("id: 000000000000", False),
        ],
    )
    def test_an_entry_covers_what_all_of_its_keys_say(self, entry: str, matches: bool, tmp_path: Path) -> None:
        report = replace(samples.sample_report(), waived=())
        applied = baseline.apply(report, loaded(tmp_path, f"waivers:\n  - {{{entry}, reason: 已批复}}\n"), today=TODAY)

        assert waived_rules(applied) == (["FUND-003"] if matches else [])
        assert len(applied.findings) == len(report.findings) - matches

    @pytest.mark.parametrize(("until", "valid"), [("2026-03-01", True), ("2026-02-28", False), ("2027-01-01", True)])
    def test_a_waiver_holds_up_to_its_last_day(self, until: str, valid: bool, tmp_path: Path) -> None:
        entry = f"waivers:\n  - id: {samples.RATE_FINDING.id}\n    reason: 已批复\n    until: {until}\n"
        report = baseline.apply(replace(samples.sample_report(), waived=(), notes=()), loaded(tmp_path, entry), today=TODAY)

        assert (samples.RATE_FINDING in report.findings) is not valid
        assert [note.message for note in report.notes] == (
            [] if valid else [f"FUND-003 的豁免已于 {until} 到期，不再有效（豁免清单第 2 行）"]
        )

    def test_a_waived_error_does_not_fail_the_report(self, tmp_path: Path) -> None:
        ids = (samples.RATE_FINDING.id, samples.TOTAL_FINDING.id)
        text = "waivers:\n" + "".join(f"  - {{id: {id}, reason: 已批复}}\n" for id in ids)
        report = baseline.apply(samples.sample_report(), loaded(tmp_path, text), today=TODAY)

        assert not any(finding.severity == "error" for finding in report.findings)


class TestLoad:
    def test_every_entry_without_a_reason_is_told_with_its_line(self, tmp_path: Path) -> None:
        text = baseline.write([samples.sample_report()])
        with pytest.raises(UsageError) as caught:
            loaded(tmp_path, text)

        told = str(caught.value).splitlines()[1:]
        assert len(told) == len(samples.sample_report().findings)
        assert all("没有写理由" in line for line in told)
        assert [int(line.split(":")[1]) for line in told] == [8, 14, 20, 26]

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("waivers:\n  - reason: 已批复\n", "2: 没有说明豁免哪一个问题"),
            ("waivers:\n  - rule: FUND-003\n    reason: 已批复\n", "2: 没有说明豁免哪一个问题"),
            ("waivers:\n  - id: a\n    reason: 已批复\n    until: 明年\n", "4: “明年”不是日期"),
            ("waivers:\n  - id: a\n    reason: 已批复\n    unti: 2026-01-01\n", "4: 没有“unti”这个键"),
            ("waiver:\n  - id: a\n", "1: 没有“waiver”这个键"),
            ("- id: a\n", "1: 这里的写法看不懂"),
            ("waivers: all\n", "1: 这里的写法看不懂"),
            ("waivers:\n  - [a]\n", "2: 这里的写法看不懂"),
            ("waivers:\n  - id: {a: b}\n", "2: 这里的写法看不懂"),
            ("waivers: [[[[[[[[[[]]]]]]]]]]\n", "1: 这里的写法看不懂"),
            ("waivers:\n  - id: &a x\n    rule: *a\n", "3: 豁免清单里不能用别名"),
            ("waivers:\n  - id: 'a\n", "不是合法的 YAML"),
            ("waivers:\n  - id: a\x00\n", "不是合法的 YAML"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(self, text: str, complaint: str, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"waivers\.yaml:") as caught:
            loaded(tmp_path, text)

        assert complaint in str(caught.value)

    @pytest.mark.parametrize("text", ["", "# nothing\n", "waivers:\n", "waivers: []\n"])
    def test_an_empty_file_waives_nothing(self, text: str, tmp_path: Path) -> None:
        assert loaded(tmp_path, text).waivers == ()

    def test_a_file_that_is_not_there_is_one_sentence(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="打不开豁免清单"):
            baseline.load(tmp_path / "none.yaml")

    def test_a_file_in_another_encoding_is_one_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "gbk.yaml").write_bytes("waivers:\n  - id: a\n    reason: 已批复\n".encode("gbk"))
        with pytest.raises(UsageError, match="不是 UTF-8"):
            baseline.load(tmp_path / "gbk.yaml")


def test_entries_that_cover_no_finding_are_found(tmp_path: Path) -> None:
    text = f"waivers:\n  - {{id: {samples.RATE_FINDING.id}, reason: 一}}\n  - {{id: '000', reason: 二}}\n"
    given_baseline = loaded(tmp_path, text)
    report = baseline.apply(samples.sample_report(), given_baseline, today=TODAY)

    assert [waiver.reason for waiver in baseline.unused(given_baseline, [report])] == ["二"]


@given(report=samples.reports())
def test_a_written_baseline_waives_every_finding_once_reasons_are_filled_in(
    report: Report, tmp_path_factory: pytest.TempPathFactory
) -> None:
    report = replace(report, path="表.xlsx", findings=tuple(f._replace(id=f"id{n}") for n, f in enumerate(report.findings)))
    text = baseline.write([report]).replace('reason: ""', "reason: 已批复")
    applied = baseline.apply(report, loaded(tmp_path_factory.mktemp("baseline"), text), today=TODAY)

    assert applied.findings == ()
    assert len(applied.waived) == len(report.waived) + len(report.findings)
