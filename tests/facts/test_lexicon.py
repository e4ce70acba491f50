"""The lexicon: units, spellings, and complaints about a file that isn't right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import LEXICON
from validator.errors import RulesetError
from validator.facts.lexicon import fold, load_lexicon
from validator.model.quantity import Unit

SHIPPED = Path(__file__).resolve().parents[2] / "rulesets" / "common" / "lexicon.yaml"


@pytest.mark.parametrize(
    ("name", "dimension", "factor", "exact"),
    [
        ("元", "money", "1", True),
        ("万元", "money", "10000", False),
        ("千元", "money", "1000", False),
        ("百万元", "money", "1000000", False),
        ("亿元", "money", "100000000", False),
        ("％", "ratio", "0.01", False),
        ("个百分点", "ratio", "0.01", False),
        ("分", "points", "1", False),
        ("人次", "count:人次", "1", True),
        ("万人次", "count:人次", "10000", False),
        ("名", "count:人", "1", True),
        ("小时", "time", "60", False),
        ("工作日", "time", "2016", True),
        ("个月", "time", "43800", True),
        ("年", "time", "525600", True),
        ("千米", "length", "1000", False),
        ("千克", "mass", "1000", False),
        ("元/亩", "rate:元/亩", "1", True),
        ("万元/亩", "rate:元/亩", "10000", False),
        ("元/人·天", "rate:元/人/天", "1", True),
        ("元/人、天", "rate:元/人/天", "1", True),
        ("元每亩", "rate:元/亩", "1", True),
    ],
)
def test_a_unit_has_dimension_factor_and_exactness(name: str, dimension: str, factor: str, exact: bool) -> None:
    assert LEXICON.unit(name) == Unit(fold(name), dimension, Decimal(factor), exact)


@pytest.mark.parametrize("name", ["", "A", "B/A", "50分", "完成率", "万%", "元/", "/亩", "某某/亩", "元" * 100_000])
def test_what_is_no_unit_has_none(name: str) -> None:
    assert LEXICON.unit(name) is None


def test_the_scale_word_is_read_in_the_kind_of_unit_of_the_caption() -> None:
    for caption in ("元", "千元", "万元", "亿元"):
        unit = LEXICON.unit(caption)
        assert unit is not None
        assert LEXICON.scaled_like("万", unit) == LEXICON.unit("万元")


def test_a_scale_word_makes_no_sense_with_percentages() -> None:
    percent = LEXICON.unit("%")
    assert percent is not None
    assert LEXICON.scaled_like("万", percent) is None


def test_no_spelling_of_a_unit_is_defined_twice() -> None:
    names = [fold(name) for group in LEXICON.data.units for name in group.factors]
    names += [fold(name) for thing, spellings in LEXICON.data.counts.items() for name in (thing, *spellings)]

    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_spelling_of_a_comparison_has_two_meanings() -> None:
    words = LEXICON.data.comparators
    for table in (words.signs, words.before, words.after):
        spellings = [fold(spelling) for meaning in table.values() for spelling in meaning]
        assert [word for word, times in Counter(spellings).items() if times > 1] == []


def test_every_unit_named_as_exact_exists() -> None:
    assert all(name in group.factors for group in LEXICON.data.units for name in group.exact)


@pytest.mark.parametrize("text", ["无", " 无。", "暂无", "不涉及", "", "—", "--", "/"])
def test_these_words_give_no_reason(text: str) -> None:
    assert LEXICON.no_reason(text)
    assert not LEXICON.gives_reason(text)


@pytest.mark.parametrize("text", ["由于项目结余", "受疫情影响，会议减少", "因工期延后", "主要是年底集中支付"])
def test_these_texts_give_a_reason(text: str) -> None:
    assert LEXICON.gives_reason(text)
    assert not LEXICON.no_reason(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("１２．５％", "12.5%"),
        (" ≥ 90 % ", "≥90%"),
        ("12 345", "12 345"),
        ("−3", "-3"),
        ("3\u200b万", "3万"),
        ("1.\n5", "1.\n5"),
        ("第 5", "第5"),
    ],
)
def test_folding_joins_spellings_but_never_digits(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_an_unchanged_file_is_read_once() -> None:
    assert load_lexicon(SHIPPED) is load_lexicon(str(SHIPPED))


def test_a_missing_file_is_an_error_of_the_ruleset(tmp_path: Path) -> None:
    with pytest.raises(RulesetError, match="文件打不开"):
        load_lexicon(tmp_path / "nowhere.yaml")


@pytest.mark.parametrize(
    ("change", "with_", "line_of", "what"),
    [
        ("no-reason:", "no-reasons:", "no-reasons:", "no-reasons"),
        ("factors: {分: 1}", "factors: {分: many}", "factors: {分: many}", "分"),
        ("unit: 元}", "unit: 金币}", "# 数字的写法", "金币"),
        ("units:", "units: [", "", "YAML"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, change: str, with_: str, line_of: str, what: str) -> None:
    """The line named is the line of the mistake, or the first one when the mistake is in the file as a whole."""
    text = SHIPPED.read_text(encoding="utf-8").replace(change, with_, 1)
    path = tmp_path / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RulesetError) as caught:
        load_lexicon(path)

    problem = next(problem for problem in caught.value.problems if what in problem)
    found = re.search(r"lexicon\.yaml:(\d+):\d+: ", problem)
    assert found
    named = text.splitlines()[int(found.group(1)) - 1]
    assert line_of in named or (line_of.startswith("#") and not named.startswith("#"))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = (
        SHIPPED.read_text(encoding="utf-8")
        .replace("factors: {分: 1}", "factors: {分: many}")
        .replace("dimension: data", "dimension: 5")
    )
    path = tmp_path / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RulesetError) as caught:
        load_lexicon(path)

    assert len(caught.value.problems) == 2


@given(
    st.lists(st.sampled_from([*"指标目一项（(⑴①1１12.．、:：）) 甲⽬", "指标", "目标"]), max_size=6).map("".join)
    | st.text(max_size=4)
)
def test_what_is_numbered_may_be_numbered_before_it_is_spelled_in_one_way(text: str) -> None:
    numbered = LEXICON.numbered.match(unicodedata.normalize("NFKC", text))
    assert numbered is None or LEXICON.may_be_numbered.match(text)
