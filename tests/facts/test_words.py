"""The words by which an unknown table shows what its figures have to do with each other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from validator.errors import RulesetError
from validator.facts.words import ITEM, load_words
from validator.keeping import shipped_directory

PATH = shipped_directory() / "generic" / "words.yaml"
WORDS = load_words(PATH)


@pytest.mark.parametrize(
    ("label", "total", "exact"),
    [("小计", True, True), ("合计", True, True), ("总计", True, True), ("合 计", True, True), ("甲镇", False, False)],
)
def test_a_total_has_a_height(label: str, total: bool, exact: bool) -> None:
    found = WORDS.level(label)

    assert (found.height > 0, found.exact) == (total, exact)


def test_higher_totals_add_lower_ones_up() -> None:
    assert WORDS.level("小计").height < WORDS.level("合计").height < WORDS.level("总计").height


@pytest.mark.parametrize("label", ["合计(不含丙)", "合计（不含省本级）"])
def test_a_total_that_leaves_something_out_is_none(label: str) -> None:
    assert WORDS.level(label) == ITEM


@pytest.mark.parametrize(
    ("text", "alone", "deduction"),
    [
        ("其中：", True, False),
        ("其中", True, False),
        ("其中：甲", False, False),
        ("减：累计折旧", False, True),
        ("减少", False, False),
    ],
)
def test_parts_and_what_is_taken_off_are_known_by_their_lead(text: str, alone: bool, deduction: bool) -> None:
    assert (WORDS.among_alone(text), WORDS.is_deduction(text)) == (alone, deduction)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("rates", "执行率", True),
        ("rates", "执行数", False),
        ("shares", "占比", True),
        ("growth_rates", "增长率", True),
        ("differences", "增减额", True),
        ("serials", "序号", True),
        ("money", "金额", True),
    ],
)
def test_a_header_is_known_by_its_list(name: str, text: str, *, expected: bool) -> None:
    assert WORDS.has(name, text) is expected


def test_prices_and_balances_are_known() -> None:
    assert WORDS.is_price("单价")
    assert not WORDS.is_price("数量")
    assert WORDS.sure_surplus("本年收支结余")
    assert not WORDS.sure_surplus("年末结余")


class TestFile:
    def test_an_unchanged_file_is_read_once_and_a_changed_one_again(self, tmp_path: Path) -> None:
        path = tmp_path / "words.yaml"
        path.write_bytes(PATH.read_bytes())
        first = load_words(path)
        assert load_words(str(path)) is first
        path.write_text(PATH.read_text(encoding="utf-8").replace("总计", "共总计"), encoding="utf-8")
        os.utime(path, (1, 1))

        assert load_words(path) is not first
        assert load_words(path).level("总计") == ITEM

    @pytest.mark.parametrize(
        ("text", "said"),
        [("a: [", "YAML"), ("totals: 1", "totals"), ("nothing_like_it: 1", "nothing_like_it"), (None, "打不开")],
    )
    def test_mistakes_are_told_with_the_file(self, tmp_path: Path, text: str | None, said: str) -> None:
        path = tmp_path / "words.yaml"
        if text is not None:
            path.write_text(text, encoding="utf-8")

        with pytest.raises(RulesetError, match=said) as caught:
            load_words(path)
        assert str(path) in str(caught.value)
