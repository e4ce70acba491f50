"""Planting wrong digits: what is planted is wrong, what is said of it is noticed, and no more passes in silence than did."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accuracy.planted import SAMPLES, File, Text, corpus, main, measure, plant, spoilt
from tests.rules.narrative.telling import lexicon
from validator.facts.numbers import read_figure
from validator.model.quantity import Quantity

MOST_SILENT = {
    "total": 0.35,
    "ratio": 0.26,
    "product": 0.28,
    "difference": 0.03,
    "growth": 0.04,
    "score": 0.05,
}
"""By kind of relation the share of planted faults of a fixed sample that nothing is said of: it only shrinks."""
SAMPLE = 8


def figure(text: str) -> Quantity:
    quantity = read_figure(text, lexicon()).quantity
    assert quantity is not None
    return quantity


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5万元", ["1264.5万元", "1214.5万元"]),
        ("95%", ["97%", "92%"]),
        ("3家", ["6家", "1家"]),
        ("1,200.00元", ["1,205.00元", "1,250.00元"]),
        ("0.9", ["0.4"]),
    ],
)
def test_a_digit_in_the_middle_is_raised_and_lowered_first(text: str, expected: list[str]) -> None:
    assert [wrong for wrong, _ in spoilt(text, figure(text))][: len(expected)] == expected


@given(st.integers(1, 10**7).map(lambda cents: f"{Decimal(cents) / 100:.2f}万元"))
def test_each_is_another_figure_of_as_many_digits(text: str) -> None:
    for wrong, quantity in spoilt(text, figure(text)):
        assert len(wrong) == len(text)
        assert sum(a != b for a, b in zip(wrong, text, strict=True)) == 1
        assert quantity.value == figure(wrong).value != figure(text).value


def test_numerals_and_other_texts_are_not_spoilt() -> None:
    assert list(spoilt("三家", figure("3家"))) == []


def test_a_fault_that_something_is_said_of_is_reported_and_another_is_not() -> None:
    told = list(plant(Text("职工132人：行政36人，事业84人，工勤12人。")))
    silent = list(plant(Text("党费收入10万元，上缴4万元，支出5万元，结余1万元。")))

    assert [one.reported for one in told] == [True, True]
    assert {one.rule for one in (*told, *silent)} == {"NARR-001"}
    assert not all(one.reported for one in silent)
    assert "[[132人|" in told[0].shown


def test_a_text_in_which_nothing_is_checked_gets_no_fault() -> None:
    assert list(plant(Text("全年培训3次，发放资料500份。"))) == []


def test_a_file_is_checked_with_the_fault_in_it(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("项目情况\n全年预算300万元，支出285万元，执行率95%。\n", encoding="utf-8")
    planted = list(plant(File(path)))

    assert len(planted) == 2
    assert all(one.reported and one.rule == "NARR-004" for one in planted)
    assert "report.txt L2:" in planted[0].shown


def test_what_is_planted_into_a_clean_form_is_reported() -> None:
    kinds, _ = measure(iter([File(SAMPLES / "project" / "clean" / "county-clinics.docx")]))

    assert sum(count.planted for count in kinds.values()) > 30
    assert [shown for count in kinds.values() for shown in count.silent] == []


def test_no_more_passes_in_silence_than_did() -> None:
    kinds, _ = measure(corpus(SAMPLE))

    assert sum(count.planted for count in kinds.values()) > 1500
    assert {kind: kinds[kind].share for kind, most in MOST_SILENT.items() if kinds[kind].share > most} == {}


def test_the_table_and_the_silent_texts_of_a_rule_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text("党费收入10万元，上缴4万元，支出5万元，结余1万元。\n", encoding="utf-8")
    main([str(path), "--show", "NARR-001"])
    printed = capsys.readouterr().out

    assert printed.splitlines()[0].split() == ["planted", "reported", "silent", "share"]
    assert "NARR-001: report.txt L1:" in printed
