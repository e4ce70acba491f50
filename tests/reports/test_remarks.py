"""What an annotated copy and a letter say of a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports import samples
from tests.reports.annotating import at
from validator.model.finding import Severity
from validator.reports.remarks import (
    FILLS,
    LONGEST,
    TITLES,
    by_place,
    by_weight,
    document_name,
    remark,
    remarks,
    shown,
    summary,
)

ORDER = (Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR)
FOUND = [at(f"自评表!A{n % 2}", severity, message=str(n)) for n, severity in enumerate(ORDER)]


def test_each_severity_has_a_title_and_a_colour_of_its_own() -> None:
    assert set(TITLES) == set(FILLS) == set(Severity)
    assert len(set(TITLES.values())) == len(set(FILLS.values())) == len(Severity)


def test_the_heaviest_come_first_and_equals_as_they_were() -> None:
    assert [finding.message for finding in by_weight(FOUND)] == ["1", "3", "2", "0"]
    assert {place: [f.message for f in found] for place, found in by_place(FOUND).items()} == {
        "自评表!A1": ["1", "3"], "自评表!A0": ["2", "0"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, ["应为：96.35%"]),
        ({"expected": None}, ["怎么办：核对。"]),
        ({"expected": None, "help": ""}, []),
        ({"bound": "<="}, ["应为：至多 96.35%", "怎么办：核对。"]),
        ({"consequences": tuple("甲乙丙丁戊己")}, ["应为：96.35%", "由此还带出 6 处：甲；乙；丙；丁；戊"]),
    ],
)
def test_a_remark_tells_what_is_due_or_what_to_do(changes: dict[str, object], lines: list[str]) -> None:
    finding = at("自评表!A1", message="说明")._replace(**changes)  # type: ignore[arg-type]

    assert remark(finding) == ["【必须更正】执行率不符", "说明", *lines, "规则：FUND-003"]


def test_a_remark_is_on_lines_of_its_own_whatever_a_text_holds() -> None:
    assert shown("甲\n乙\x1b") == "甲↵乙\\x1b"
    assert len(shown("长" * 10_000)) <= LONGEST + 10


class TestWhatFits:
    def test_all_are_told_where_there_is_room(self) -> None:
        assert remarks(FOUND, 10_000, "见清单") == [remark(finding) for finding in FOUND]

    def test_the_rest_is_counted(self) -> None:
        found = [at("自评表!A1", message=str(n)) for n in range(4)]
        one = sum(len(line) + 1 for line in remark(found[0])) + 1

        assert remarks(found, 2 * one, "见清单") == [*map(remark, found[:2]), ["此处还有 2 条，批注写不下，见清单"]]
        assert remarks(found, 2 * one - 1, "见清单") == [remark(found[0]), ["此处还有 3 条，批注写不下，见清单"]]

    def test_the_first_is_told_however_long_it_is(self) -> None:
        assert remarks(FOUND[:1], 1, "见清单") == [remark(FOUND[0])]


@pytest.mark.parametrize(
    ("findings", "said"),
    [(FOUND, "必须更正 2 处，请说明 1 处，提示 1 处"), (FOUND[1:2], "必须更正 1 处"), ([], "没有发现不符的地方")],
)
def test_a_report_is_summed_up_in_a_sentence(findings: list[object], said: str) -> None:
    assert summary(replace(samples.clean_report(), findings=tuple(findings))) == said  # type: ignore[arg-type]


def test_where_nothing_was_checked_the_sentence_does_not_say_that_all_is_well() -> None:
    assert "不等于没有问题" in summary(samples.empty_report())


@pytest.mark.parametrize(
    ("path", "name"),
    [("送审/自评表.xlsx", "自评表.xlsx"), ("C:\\送审\\a.xlsx", "a.xlsx"), ("a\x00.xlsx", "a\\x00.xlsx"), ("", "（未命名）")],
)
def test_a_document_is_named_without_its_folders(path: str, name: str) -> None:
    assert document_name(replace(samples.clean_report(), path=path)) == name
