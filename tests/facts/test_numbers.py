"""Reading one cell as a figure, and writing a figure like another."""

from __future__ import annotations

import copy
import re
from decimal import ROUND_HALF_UP, Decimal
from re import _constants as opcodes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import KINDS, LEXICON, UNIT_NAMES, awkward_texts, quantities, units
from validator.facts import numbers
from validator.facts.numbers import LONGEST, format_quantity, peers_step, read_beside_name, read_figure, with_unit
from validator.model.quantity import BARE, Quantity, Reading, State, Unit

WAN = next(unit for unit in [LEXICON.unit("万元")] if unit is not None)


def read(text: str, *, unit: str = "", kind: str = "") -> Reading:
    return read_figure(text, LEXICON, unit=LEXICON.unit(unit) if unit else None, kind=kind)


def number(text: str, *, unit: str = "", kind: str = "") -> Quantity:
    reading = read(text, unit=unit, kind=kind)
    assert reading.state is State.NUMBER, reading
    assert reading.quantity is not None
    return reading.quantity


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("261.75", "261.75", "0.01"),
        ("320", "320", "1"),
        ("320.00", "320.00", "0.01"),
        ("0", "0", "1"),
        ("-3.96", "-3.96", "0.01"),
        ("−3.96", "-3.96", "0.01"),
        ("－3.96", "-3.96", "0.01"),
        ("(3.96)", "-3.96", "0.01"),
        ("（1,003.96）", "-1003.96", "0.01"),
        ("+5.2", "5.2", "0.1"),
        (".5", "0.5", "0.1"),
        ("1,234.50", "1234.50", "0.01"),
        ("１，２３４．５０", "1234.50", "0.01"),
        ("１２３４", "1234", "1"),
        (" 12 \n", "12", "1"),
        ("12\u200b", "12", "1"),
        ("1.2E+05", "1.2E+5", "1E+4"),
        ("5E-02", "0.05", "0.01"),
        ("三百", "300", "1"),
        ("一万二千零五十", "12050", "1"),
        ("壹佰贰拾", "120", "1"),
        ("100（含）", "100", "1"),
        ("10（其中：结转6）", "10", "1"),
        ("1,200.5(含上年结转200.5万元)", "1200.5", "0.1"),
        ("90。", "90", "1"),
    ],
)
def test_a_bare_number_keeps_value_and_step(text: str, value: str, step: str) -> None:
    quantity = number(text)

    assert (quantity.value, quantity.step, quantity.unit) == (Decimal(value), Decimal(step), BARE)
    assert quantity.text == text.strip()


@pytest.mark.parametrize(
    ("text", "value", "step", "unit"),
    [
        ("3359.62万元", "3359.62", "0.01", "万元"),
        ("500元", "500", "0", "元"),
        ("500.5元", "500.5", "0.1", "元"),
        ("￥1,234.50", "1234.50", "0.01", "元"),
        ("¥100万", "100", "1", "万元"),
        ("2.3亿元", "2.3", "0.1", "亿元"),
        ("三百二十万元", "320", "1", "万元"),
        ("100（万元）", "100", "1", "万元"),
        ("1307家", "1307", "0", "家"),
        ("42.5家", "42.5", "0.1", "家"),
        ("五个", "5", "0", "个"),
        ("十二家", "12", "0", "家"),
        ("8个(户)", "8", "0", "个"),
        ("11万人次", "11", "1", "万人次"),
        ("8550万粒", "8550", "1", "万粒"),
        ("50000人次", "50000", "0", "人次"),
        ("81.80%", "81.80", "0.01", "%"),
        ("１００％", "100", "1", "%"),
        ("95%（问卷）", "95", "1", "%"),
        ("百分之八十", "80", "1", "%"),
        ("百分之99.5", "99.5", "0.1", "%"),
        ("千分之五", "5", "1", "‰"),
        ("百分百", "100", "1", "%"),
        ("80个百分点", "80", "1", "个百分点"),
        ("2 倍", "2", "1", "倍"),
        ("90分", "90", "1", "分"),
        ("60分钟", "60", "1", "分钟"),
        ("5个工作日", "5", "0", "个工作日"),
        ("6个月", "6", "0", "个月"),
        ("3年", "3", "0", "年"),
        ("5000千克", "5000", "1", "千克"),
        ("10万千瓦时", "10", "1", "万千瓦时"),
        ("100㎡", "100", "1", "㎡"),
        ("1600元/亩", "1600", "0", "元/亩"),
        ("260元／辆", "260", "0", "元/辆"),
        ("400元/人、天", "400", "0", "元/人、天"),
        ("400元/人*月", "400", "0", "元/人*月"),
        ("1.6万元/亩", "1.6", "0.1", "万元/亩"),
        ("4次/年", "4", "0", "次/年"),
    ],
)
def test_a_figure_with_its_own_unit(text: str, value: str, step: str, unit: str) -> None:
    quantity = number(text)

    assert (quantity.value, quantity.step, quantity.unit) == (Decimal(value), Decimal(step), LEXICON.unit(unit))


@pytest.mark.parametrize(
    ("text", "sign", "value", "unit"),
    [
        ("每亩300元", "", "300", "元/亩"),
        ("≤每人500元", "<=", "500", "元/人"),
        ("每亩≤300元", "<=", "300", "元/亩"),
        ("每公里不超过1.2万元", "<=", "1.2", "万元/公里"),
        ("每人每月500元以内", "<=", "500", "元/人/月"),
    ],
)
def test_an_answer_may_say_first_what_the_money_is_a_share_of(text: str, sign: str, value: str, unit: str) -> None:
    quantity = number(text, kind="target")

    assert (quantity.comparator, quantity.value, quantity.unit.dimension) == (
        sign,
        Decimal(value),
        (LEXICON.unit(unit) or quantity.unit).dimension,
    )
    assert quantity.base == number(f"{value}{unit}", kind="target").base


@pytest.mark.parametrize("text", ["每亩300", "≤每人500", "每年4次", "每人元", "每吨300-400元", "每人500元/月"])
def test_a_share_of_nothing_known_is_words(text: str) -> None:
    assert read(text, kind="target").state is State.TEXT


@pytest.mark.parametrize("kind", ["amount", "text", "name"])
def test_money_for_each_is_no_amount_and_no_figure_in_prose(kind: str) -> None:
    assert read("每人500元", kind=kind).quantity is None


@pytest.mark.parametrize(
    ("text", "value"), [("1.11：1", "1.11"), ("1.11:1", "1.11"), ("1.11∶1", "1.11"), ("1:1", "1"), ("≤3:1", "3")]
)
def test_a_ratio_to_one_is_a_plain_ratio(text: str, value: str) -> None:
    quantity = number(text)

    assert (quantity.base, quantity.unit.dimension, quantity.unit.factor) == (Decimal(value), "ratio", Decimal(1))


class TestUnitOfTheColumn:
    """The unit in a caption applies to cells without one and is never applied twice."""

    @pytest.mark.parametrize("text", ["3359.62", "3359.62万", "3359.62万元", "33596200元", "33,596,200.00元", "0.335962亿"])
    def test_one_amount_is_worth_the_same_however_it_is_spelled_under_a_caption(self, text: str) -> None:
        assert number(text, unit="万元", kind="amount").base == Decimal(33596200)

    def test_a_scale_word_in_a_column_of_amounts_counts_yuan(self) -> None:
        assert number("829.3万", kind="amount").unit == WAN

    def test_a_scale_word_alone_stays_a_scale_word(self) -> None:
        assert number("829.3万").unit == Unit("万", "", Decimal(10000))

    @pytest.mark.parametrize(("unit", "name"), [("人次", "万人次"), ("万人次", "万人次"), ("户", "万户")])
    def test_a_scale_word_counts_what_the_column_counts(self, unit: str, name: str) -> None:
        assert number("1.1万", unit=unit, kind="actual").unit == LEXICON.unit(name)

    def test_a_count_becomes_exact_by_the_unit_of_its_column(self) -> None:
        assert number("1307", unit="家", kind="actual").step == 0
        assert number("1307.0", unit="家", kind="actual").step == Decimal("0.1")
        assert number("约1307", unit="家", kind="actual").step == 1

    def test_points_don_t_take_the_money_unit_of_the_caption(self) -> None:
        assert number("10", unit="万元", kind="points").unit == LEXICON.unit("分")

    def test_points_as_percentages_may_be_points(self) -> None:
        reading = read("10%", kind="points")

        assert reading.quantity is not None
        assert reading.quantity.base == Decimal("0.10")
        assert [quantity.base for quantity in reading.alternatives] == [Decimal(10)]


class TestPercentColumn:
    @pytest.mark.parametrize(
        ("text", "unit", "base", "others"),
        [
            ("36.6", "", "0.366", []),
            ("100", "", "1", []),
            ("6.5", "", "0.065", ["6.5"]),
            ("0.818", "", "0.818", ["0.00818"]),
            ("0.1", "", "0.1", ["0.001"]),
            ("1", "", "1", ["0.01"]),
            ("0", "", "0", ["0"]),
            ("81.80%", "", "0.818", []),
            ("0.5", "%", "0.005", ["0.5"]),
            ("36.6", "%", "0.366", []),
            ("36.6", "万元", "0.366", []),
        ],
    )
    def test_a_bare_number_is_per_cent_or_a_fraction(self, text: str, unit: str, base: str, others: list[str]) -> None:
        reading = read(text, unit=unit, kind="percent")

        assert reading.quantity is not None
        assert reading.quantity.base == Decimal(base)
        assert [quantity.base for quantity in reading.alternatives] == list(map(Decimal, others))

    def test_a_whole_fraction_is_not_rounded_to_whole_hundreds_of_per_cent(self) -> None:
        assert number("1", kind="percent").interval.low == Decimal("0.995")


SPELLINGS = [
    (">=", "≥ ≧ >= ＞＝ => ≮ 不低于 不少于 不小于 大于等于 达到 至少 最低"),
    ("<=", "≤ ≦ <= ＜＝ ≯ 不超过 不高于 不大于 不多于 控制在 小于等于"),
    (">", "> ＞ 超过 高于 大于 多于"),
    ("<", "< ＜ 低于 少于 小于 不足"),
    ("=", "= ＝ 等于"),
]


class TestComparators:
    @pytest.mark.parametrize(("meaning", "word"), [(meaning, word) for meaning, words in SPELLINGS for word in words.split()])
    def test_a_word_or_sign_before_the_figure(self, meaning: str, word: str) -> None:
        quantity = number(f"{word} 90 %")

        assert (quantity.comparator, quantity.base) == (meaning, Decimal("0.9"))

    @pytest.mark.parametrize(
        ("text", "meaning"),
        [
            ("90%以上", ">="),
            ("90%及以上", ">="),
            ("90%（含）以上", ">="),
            ("90%（不含）以上", ">"),
            ("100万元以内", "<="),
            ("5天之内", "<="),
            ("5个工作日内", "<="),
            ("60分以下", "<="),
            ("控制在100万元以内", "<="),
            ("=100万元以内", "<="),
            ("达到≥90%", ">="),
            ("≥90%以上", ">="),
        ],
    )
    def test_a_word_after_the_figure_or_on_both_sides(self, text: str, meaning: str) -> None:
        assert number(text).comparator == meaning

    def test_a_plain_figure_has_none(self) -> None:
        assert number("90%").comparator == ""

    @pytest.mark.parametrize(
        "text",
        [">-2次", "≥保人政", "≧", "≥%", "≥90%以内", "≥≥≥", "＞＝", "≥≥92%", ">=≥92%", "≥9O%", "≥9S%", "9O%", "≥1O0人", "8.O"],
    )
    def test_a_sign_without_a_sensible_figure_is_garbled(self, text: str) -> None:
        reading = read(text, kind="target")

        assert (reading.state, reading.quantity) == (State.GARBLED, None)
        assert reading.why

    @pytest.mark.parametrize(
        ("text", "kind", "state"),
        [
            ("l9", "points", State.GARBLED),
            ("1O", "points", State.GARBLED),
            ("5l", "target", State.TEXT),
            ("O级", "points", State.TEXT),
        ],
    )
    def test_a_letter_beside_a_figure_is_a_slip_where_only_figures_belong(self, text: str, kind: str, state: State) -> None:
        assert read(text, kind=kind).state is state

    @pytest.mark.parametrize(
        "text",
        ["≥上年", "≤预算数", "=完成", "≥5场培训活动", "达到预期目标", "超过去年", "≥优", "≥80%且≤100%", "不低于5天内完成"],
    )
    def test_a_comparison_with_something_else_is_text(self, text: str) -> None:
        assert read(text, kind="target").state is State.TEXT

    def test_a_growth_may_be_limited_below_zero(self) -> None:
        assert number("≥-5%", kind="target").value == -5

    @pytest.mark.parametrize("kind", ["comparator", "name", "text", "unit"])
    def test_a_sign_alone_is_no_fault_where_no_figure_is_due(self, kind: str) -> None:
        assert read("≥", kind=kind).state is State.TEXT


class TestEstimates:
    @pytest.mark.parametrize(
        ("text", "base"),
        [
            ("约100人", 100),
            ("近100人", 100),
            ("100余人", 100),
            ("100多人", 100),
            ("100人左右", 100),
            ("不少于约100人", 100),
            ("1万余人次", 10000),
            ("1.5万多人次", 15000),
            ("八千余", 8000),
            ("十几家", 10),
            ("数百人次", 100),
            ("几十家", 10),
            ("数万元", 10000),
        ],
    )
    def test_an_estimate_is_marked_and_never_exact(self, text: str, base: int) -> None:
        quantity = number(text)

        assert quantity.base == base
        assert quantity.approximate
        assert quantity.step > 0

    def test_a_count_is_no_estimate(self) -> None:
        assert not number("100人").approximate


class TestRanges:
    @pytest.mark.parametrize(
        ("text", "low", "high", "unit", "step"),
        [
            ("80%-100%", "80", "100", "%", "1"),
            ("80-100%", "80", "100", "%", "1"),
            ("80%（含）-100%", "80", "100", "%", "1"),
            ("80%~95.5%", "80", "95.5", "%", "0.1"),
            ("5~7天", "5", "7", "天", "0"),
            ("5—7天", "5", "7", "天", "0"),
            ("三至五个", "3", "5", "个", "0"),
            ("1万-2万元", "1", "2", "万元", "1"),
            ("1-2万元", "1", "2", "万元", "1"),
        ],
    )
    def test_a_range_has_two_ends_in_one_unit(self, text: str, low: str, high: str, unit: str, step: str) -> None:
        quantity = number(text)

        assert (quantity.value, quantity.upper, quantity.step) == (Decimal(low), Decimal(high), Decimal(step))
        assert quantity.unit == LEXICON.unit(unit)

    def test_a_bare_range_counts_only_where_a_figure_is_due(self) -> None:
        assert number("80-100", kind="target").upper == 100
        assert read("1-8").state is State.TEXT
        assert read("1-8", kind="name").state is State.TEXT

    @pytest.mark.parametrize("text", ["100%-80%", "5天-7%", "5-", "5--", "1万元-2亿元以上的"])
    def test_what_does_not_ascend_in_one_unit_is_no_range(self, text: str) -> None:
        assert read(text, kind="target").state is State.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月31日", "2023年12月", "2023年", "2023年度", "2021年底", "2023-12-31", "2023.12.31", "2023/12/31",
        "２０２３年１２月３１日", "12月底前", "12月31日前", "12月", "6月-9月", "1-12月", "2021-2023年", "年底前",
        "第四季度", "2023年12月底前完成", "≤2023年12月31日", "2022-06-20 17:22", "每月20日前",
    ],
)  # fmt: skip
def test_a_date_is_no_figure(text: str) -> None:
    assert read(text, kind="target") == Reading(State.DATE, text)


def test_months_with_a_comparison_are_a_time() -> None:
    assert number("≤6月", kind="target").base == 6 * 43800


@pytest.mark.parametrize("text", ["", " ", "\xa0\u3000\n", "-", "--", "—", "——", "－－", "/", "／", "\\", "无", "空", "N/A"])
def test_a_mark_for_nothing_is_blank(text: str) -> None:
    assert read(text, kind="amount") == Reading(State.BLANK, text)


def test_nothing_said_in_words_is_an_answer_in_a_column_of_text() -> None:
    assert read("无", kind="text").state is State.TEXT
    assert read("—", kind="text").state is State.BLANK


@pytest.mark.parametrize(
    "text",
    [
        "202010100.00%10",
        "194.9194.9100%",
        "854万854万(市级)",
        "854万860万",
        "100%100%",
        "80% 100%",
        "12 345",
        "5个6个",
        "1,234.00\n56.00",
    ],
)
def test_figures_run_together_are_never_parsed(text: str) -> None:
    reading = read(text, kind="amount")

    assert (reading.state, reading.quantity) == (State.FUSED, None)
    assert reading.why


@pytest.mark.parametrize(
    ("text", "kind", "whole"),
    [
        ("1203.1842\n73", "amount", "1203.184273"),
        ("1,203.\n18", "amount", "1,203.18"),
        ("1,203.1\n8", "amount", "1,203.18"),
        ("85.1\n0%", "percent", "85.10%"),
        ("100.00\n%", "percent", "100.00%"),
        ("100.0\n0", "percent", "100.00"),
        ("1016.4\n7", "", "1016.47"),
    ],
)
def test_a_figure_that_a_narrow_column_broke_behind_its_point_is_whole(text: str, kind: str, whole: str) -> None:
    reading, unbroken = read(text, kind=kind), read(whole, kind=kind)

    assert reading.quantity is not None
    assert unbroken.quantity is not None
    assert (reading.text, reading.quantity.value, reading.quantity.step) == (
        text,
        unbroken.quantity.value,
        unbroken.quantity.step,
    )


@pytest.mark.parametrize("text", ["1203\n184", "12.5\n30", "12.50\n30.00", "85%\n90%"])
def test_two_figures_in_one_cell_are_not_put_together(text: str) -> None:
    assert read(text, kind="amount").quantity is None


@pytest.mark.parametrize(
    ("text", "state"), [("12..5小时", State.GARBLED), ("46。5个", State.GARBLED), ("第1..3期", State.TEXT)]
)
def test_a_figure_with_an_odd_point_and_a_unit_is_garbled_as_an_answer(text: str, state: State) -> None:
    assert read(text, kind="actual").state is state


@pytest.mark.parametrize(("text", "state"), [("≤****000元", State.TEXT), ("≥2**户", State.TEXT), ("≥**户", State.GARBLED)])
def test_digits_that_a_page_hides_are_no_fault_of_the_form(text: str, state: State) -> None:
    assert read(text, kind="target").state is state


@pytest.mark.parametrize("text", ["12..5", "1,23.4.5", "5%%", "5。5", "1,23", "1,2345.00", "%5%"])
def test_impossible_punctuation_is_garbled(text: str) -> None:
    assert read(text, kind="amount").state is State.GARBLED


@pytest.mark.parametrize(
    "text",
    [
        "规定时限完成", "本市未发生医保信息系统重大安全事件", "已完成", "√", "全部完成100%", "100%完成", "3小时30分钟",
        "1亿2000万元", "两万五", "三百二", "一", "1.", "1、", "(1)", "（2）", "1.1.1", "1,2", "17:22", "3:2", "3/5",
        "007", "03503333898", "12345678901234567890", "2052-11.1.0.11691", "(50分)", "5%（下降）", "100元（每亩）",
        "100（预计5个县级）", "第3", "百姓", "万元", "%", "一般", "=", "1E5", "1. 5万元", "一百零", "十百",
    ],
)  # fmt: skip
def test_anything_else_is_text(text: str) -> None:
    assert read(text) == Reading(State.TEXT, text)


def test_prose_columns_hold_no_faults() -> None:
    for text in ("12..5", "100%100%", "≥保人政", ">-2次", "≥90%以内"):
        assert read(text, kind="text").state is State.TEXT


class TestNumerals:
    """Chinese numerals against an independent speller."""

    @staticmethod
    def spelled(number: int) -> str:
        if number >= 10000:
            high, low = divmod(number, 10000)
            gap = "零" if 0 < low < 1000 else ""
            return TestNumerals.spelled(high) + "万" + gap + (TestNumerals.spelled(low) if low else "")
        words = ""
        skipped = False
        for place, ten in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = number // place % 10
            if digit:
                words += ("零" if skipped and words else "") + "零一二三四五六七八九"[digit] + ten
            skipped = not digit
        return words

    @given(st.integers(2, 99_999_999))
    def test_a_spelled_number_reads_back(self, count: int) -> None:
        assert number(f"{self.spelled(count)}家").base == count

    def test_a_number_written_in_myriads_is_rounded(self) -> None:
        assert number("三万家").step == 1
        assert number("三万家").unit == LEXICON.unit("万家")


class TestCurrency:
    @pytest.mark.parametrize(
        ("text", "base"),
        [("¥3426.80", 34268000), ("￥3,426.80", 34268000), ("¥3426.80元", Decimal("3426.8")), ("¥0.5亿", 50000000)],
    )
    def test_a_sign_of_money_is_no_unit_where_one_is_printed(self, text: str, base: Decimal) -> None:
        assert number(text, unit="万元", kind="amount").base == base

    @pytest.mark.parametrize("unit", ["", "%", "人"])
    def test_elsewhere_it_is(self, unit: str) -> None:
        assert number("¥3426.80", unit=unit).unit.name == "元"


class TestPeers:
    """Trailing zeros get lost: the step of a rounded number is the finest step among its peers."""

    def test_a_whole_number_beside_decimals_is_as_fine_as_they_are(self) -> None:
        readings = peers_step([read(text, unit="万元", kind="amount") for text in ("320", "261.75", "100.5", "", "-")])

        assert [reading.quantity.step for reading in readings if reading.quantity] == [Decimal("0.01")] * 3

    def test_only_figures_of_the_same_unit_are_peers(self) -> None:
        readings = peers_step([read("320万元"), read("261.75亿元"), read("99.5%")])

        assert [reading.quantity.step for reading in readings if reading.quantity] == [
            Decimal(1),
            Decimal("0.01"),
            Decimal("0.1"),
        ]

    @pytest.mark.parametrize("text", ["1307家", "约1307家", "1.2E+05家"])
    def test_exact_counts_and_estimates_stay_as_they_are(self, text: str) -> None:
        reading = read(text)

        assert peers_step([reading, read("12.25家")])[0] is reading

    def test_other_readings_are_refined_too(self) -> None:
        tenth, fine = peers_step([read("0.1", kind="percent"), read("0.82", kind="percent")])

        assert tenth.quantity is not None
        assert tenth.quantity.step == Decimal("0.01")
        assert fine == read("0.82", kind="percent")

    def test_a_figure_as_long_as_a_cell_shows_keeps_its_own(self) -> None:
        readings = peers_step([read(text, unit="元", kind="amount") for text in ("253481096.7", "8596771.09", "6909800.1")])
        assert [reading.quantity.step for reading in readings if reading.quantity] == [
            Decimal("0.1"),
            Decimal("0.01"),
            Decimal("0.01"),
        ]

    @pytest.mark.parametrize(
        ("texts", "step"),
        [
            ("28152.11 576864 160735 500404 224104 5241", "1"),
            ("28152.11 576860 160730 500400 224100 5240", "0.01"),
            ("28152.11 864 735 404 104 241", "0.01"),
            ("28152.11 576864 160735 500404 100.5", "0.01"),
            ("28152.11 576864 160735 500404", "0.01"),
        ],
        ids=["many long ones", "ending in 0", "short ones", "two with decimals", "few"],
    )
    def test_the_only_figure_with_decimals_among_many_long_ones_gives_them_no_step(self, texts: str, step: str) -> None:
        assert peers_step([read(text) for text in texts.split()])[1].quantity.step == Decimal(step)  # type: ignore[union-attr]

    def test_a_step_far_finer_than_all_others_is_its_own_affair(self) -> None:
        readings = peers_step([read(text) for text in ("5372.5833万元", "1800万元", "2192.58万元")])

        assert [reading.quantity.step for reading in readings if reading.quantity] == [
            Decimal("0.0001"),
            Decimal("0.01"),
            Decimal("0.01"),
        ]

    @pytest.mark.parametrize(
        ("texts", "steps"),
        [
            (("96.8%", "98%", "91%"), ("0.1", "1", "1")),
            (("96.81%", "98.2%"), ("0.01", "0.1")),
            (("96.81%", "98.2%", "91%"), ("0.01", "0.1", "0.1")),
            (("96.8%", "98.2%", "91%"), ("0.1", "0.1", "0.1")),
            (("96.8%",), ("0.1",)),
        ],
    )
    def test_of_percentages_a_step_that_only_one_has_is_its_own_affair(
        self, texts: tuple[str, ...], steps: tuple[str, ...]
    ) -> None:
        readings = peers_step([read(text, kind="percent") for text in texts])

        assert [str(reading.quantity.step) for reading in readings if reading.quantity] == list(steps)

    @given(st.lists(awkward_texts(), max_size=8), st.sampled_from(KINDS))
    def test_done_twice_is_done_once(self, texts: list[str], kind: str) -> None:
        once = peers_step([read(text, kind=kind) for text in texts])

        assert peers_step(once) == once


class TestWithUnit:
    @given(st.sampled_from(["261.75", "320", "≥90", "约5", "1,234"]), units())
    def test_learning_the_unit_late_is_the_same_as_knowing_it(self, text: str, unit: Unit) -> None:
        assert with_unit(read(text), unit) == read_figure(text, LEXICON, unit=unit)

    @pytest.mark.parametrize("text", ["5家", "", "2023年", "已完成", "12..5"])
    def test_what_has_a_unit_or_is_no_figure_stays(self, text: str) -> None:
        reading = read(text)

        assert with_unit(reading, WAN) is reading

    def test_a_scale_word_is_not_applied_twice(self) -> None:
        reading = with_unit(read("829.3万"), WAN)

        assert reading.quantity is not None
        assert reading.quantity.base == 8293000


class TestFormat:
    @pytest.mark.parametrize(
        ("base", "like", "kind", "written"),
        [
            ("0.81796875", "81.08%", "", "81.80%"),
            ("0.5", "81.08%", "", "50.00%"),
            ("12345000", "1,000.00万元", "", "1,234.50万元"),
            ("12345000", "1000.00万元", "", "1234.50万元"),
            ("1308", "1307家", "", "1308家"),
            ("12.5", "13家", "", "12.5家"),
            ("-39600", "5.00万元", "", "-3.96万元"),
            ("-0.00001", "5.00万元", "", "0.00万元"),
            ("0.366", "36.5", "percent", "36.6%"),
            ("0.8180", "0.81", "percent", "0.82"),
            ("2.5", "7", "", "3"),
            ("95", "94分", "", "95分"),
            ("9.78", "8分", "", "9.78分"),
            ("9.5", "8分", "", "9.5分"),
            ("9.333333", "8分", "", "9.33分"),
            ("9.333333", "8.0分", "", "9.3分"),
            ("150000", "1.2E+05", "", "150000"),
        ],
    )
    def test_a_value_is_written_like_another(self, base: str, like: str, kind: str, written: str) -> None:
        assert format_quantity(Decimal(base), number(like, kind=kind)) == written

    def test_one_place_more_tells_a_cut_off_value_from_a_rounded_one(self) -> None:
        assert format_quantity(Decimal("0.8184"), number("82%")) == "81.8%"
        assert format_quantity(Decimal("0.8184"), number("81.8%")) == "81.84%"

    @given(quantities())
    def test_what_is_written_reads_back(self, quantity: Quantity) -> None:
        read_back = number(format_quantity(quantity.base, quantity))

        assert (read_back.value, read_back.step, read_back.unit) == (quantity.value, quantity.step, quantity.unit)

    @given(quantities())
    def test_the_text_of_a_figure_reads_as_that_figure(self, quantity: Quantity) -> None:
        assert number(quantity.text) == quantity

    @given(st.integers(-(10**14), 10**14), quantities(places=2))
    def test_it_is_never_longer_than_the_written_places_and_one(self, units_: int, like: Quantity) -> None:
        written = format_quantity(Decimal(units_).scaleb(-7), like)
        _, _, places = written.removesuffix(like.unit.name).partition(".")
        _, _, own = like.text.removesuffix(like.unit.name).partition(".")

        assert len(places) <= len(own) + 1


class TestLaws:
    @given(st.integers(0, 10**14), st.integers(0, 4), st.sampled_from(UNIT_NAMES))
    def test_the_interval_holds_the_value_before_it_was_rounded(self, millionths: int, places: int, name: str) -> None:
        unit = LEXICON.unit(name)
        assert unit is not None
        true = Decimal(millionths).scaleb(-6)
        written = true.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        quantity = number(f"{written:f}{name}")
        interval = quantity.interval

        assert interval.low <= true * unit.factor <= interval.high or (quantity.step == 0 and written == quantity.value)

    @given(st.one_of(st.text(max_size=40), awkward_texts()), st.sampled_from(KINDS), st.one_of(st.none(), units()))
    def test_every_text_has_a_reading(self, text: str, kind: str, unit: Unit | None) -> None:
        reading = read_figure(text, LEXICON, unit=unit, kind=kind)

        assert reading.text == text
        assert (reading.quantity is not None) == (reading.state is State.NUMBER)
        assert bool(reading.why) == (reading.state in (State.GARBLED, State.FUSED))

    @given(awkward_texts(), st.sampled_from(KINDS))
    def test_outer_blanks_and_width_don_t_matter(self, text: str, kind: str) -> None:
        wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)
        plain, other = read(text, kind=kind), read(f" {wide}\u3000", kind=kind)

        assert other.state is plain.state
        if plain.quantity is not None:
            assert other.quantity is not None
            assert other.quantity._replace(text="") == plain.quantity._replace(text="")

    @given(st.integers(0, 10**12))
    def test_yuan_and_myriads_of_yuan_are_worth_the_same(self, yuan: int) -> None:
        myriads = Decimal(yuan).scaleb(-4)

        assert number(f"{yuan}元").base == number(f"{myriads:f}万元").base == number(f"{myriads:f}", unit="万元").base


class _Counting:
    """A compiled pattern that counts the characters it is asked to look at."""

    def __init__(self, pattern: re.Pattern[str], seen: list[int]) -> None:
        self._pattern = pattern
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        def counted(text: str, position: int = 0) -> Any:
            self._seen.append(len(text) - position)
            return getattr(self._pattern, name)(text, position)

        return counted


class TestHostileInput:
    """Work stays in proportion to the text, whatever it is made of."""

    ENDLESS = (
        "1",
        "≥",
        "1%",
        "1,",
        "1.",
        "(",
        "()",
        "一",
        "万",
        "1万",
        "约",
        "-",
        " ",
        "1 ",
        "每",
        "元/",
        "1元/人",
        "2023年",
        "百分之",
        "E+5",
    )

    @pytest.mark.parametrize("piece", ENDLESS)
    def test_no_pattern_looks_at_a_text_longer_than_a_cell_can_be(self, piece: str) -> None:
        seen: list[int] = []
        watched = self._watched(seen)

        reading = read_figure(piece * 1_000_000, watched)

        assert reading.state is (State.BLANK if not piece.strip() else State.TEXT)
        assert seen == []

    @pytest.mark.parametrize("piece", ENDLESS)
    @pytest.mark.parametrize("kind", ["", "amount", "target"])
    def test_a_pattern_is_asked_no_more_than_once_for_each_character(self, piece: str, kind: str) -> None:
        seen: list[int] = []
        watched = self._watched(seen)

        read_figure((piece * LONGEST)[:LONGEST], watched, kind=kind)

        assert len(seen) <= LONGEST + 20

    def test_a_figure_is_scanned_without_going_back(self) -> None:
        """Every unbounded repeat is possessive: what it took it never gives back."""

        def unbounded(tree: Any) -> list[Any]:
            found: list[Any] = []
            for code, argument in tree:
                if code in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT) and argument[1] is opcodes.MAXREPEAT:
                    found.append(argument)
                for part in argument if isinstance(argument, tuple | list) else ():
                    if isinstance(part, parser.SubPattern):
                        found += unbounded(part)
                    elif isinstance(part, list):
                        found += [hit for branch in part if isinstance(branch, parser.SubPattern) for hit in unbounded(branch)]
            return found

        assert len(unbounded(parser.parse("(?:a|b+)c*(?P<d>e{2,})"))) == 3
        assert unbounded(parser.parse(LEXICON.figure.pattern)) == []

    @staticmethod
    def _watched(seen: list[int]) -> Any:
        numbers._read.cache_clear()
        watched = copy.copy(LEXICON)
        for name in ("figure", "date", "sign", "reference", "range_sign", "ratio", "changing"):
            setattr(watched, name, _Counting(getattr(LEXICON, name), seen))
        return watched


def test_readings_are_remembered_within_bounds() -> None:
    assert numbers._read.cache_info().maxsize == 65536


class TestWhatASpreadsheetShows:
    """Error values are no figures, and no words either."""

    @pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#name?", "####"])
    @pytest.mark.parametrize("kind", ["amount", "percent", "points", "actual"])
    def test_an_error_value_is_garbled(self, text: str, kind: str) -> None:
        assert read_figure(text, LEXICON, kind=kind).state is State.GARBLED

    @pytest.mark.parametrize(("text", "kind"), [("#REF!", "text"), ("#", "actual"), ("#1", "label")])
    def test_elsewhere_it_is_text(self, text: str, kind: str) -> None:
        assert read_figure(text, LEXICON, kind=kind).state is State.TEXT


class TestNoteMarks:
    @pytest.mark.parametrize(
        ("text", "value"), [("126公里[1]", 126), ("126公里 ①", 126), ("12〔2〕", 12), ("96.3%②", Decimal("96.3"))]
    )
    def test_the_mark_of_a_note_is_no_part_of_the_figure(self, text: str, value: Decimal) -> None:
        quantity = read_figure(text, LEXICON, kind="actual").quantity

        assert quantity is not None
        assert quantity.value == value

    @pytest.mark.parametrize("text", ["[1]", "①"])
    def test_a_mark_alone_stays(self, text: str) -> None:
        assert read_figure(text, LEXICON, kind="actual").state is State.TEXT


class TestDaysThatAreNone:
    @pytest.mark.parametrize("text", ["2023年2月30日", "2023年13月", "2023年11月31日前", "2023年0月"])
    def test_they_are_garbled(self, text: str) -> None:
        assert read_figure(text, LEXICON, kind="actual").state is State.GARBLED

    @pytest.mark.parametrize("text", ["2024年2月29日", "2023年12月底前", "11月28"])
    def test_others_are_dates(self, text: str) -> None:
        assert read_figure(text, LEXICON, kind="target").state is State.DATE


class TestBesideName:
    @pytest.mark.parametrize(
        ("text", "name", "value", "unit"),
        [
            ("合格率100%", "工程质量验收合格率", "100", "%"),
            ("24所学校", "受益学校数量", "24", "所"),
            ("实际维修87450平方米", "维修改造校舍面积", "87450", "平方米"),
            ("受益学生18952人", "受益学生人数", "18952", "人"),
            ("已完成：3处", "修缮文物", "3", "处"),
            ("面积不少于86000平方米", "维修面积", "86000", "平方米"),
        ],
    )
    def test_words_of_the_name_say_nothing_of_the_figure(self, text: str, name: str, value: str, unit: str) -> None:
        reading = read_beside_name(text, name, LEXICON, kind="actual")

        assert reading is not None
        assert reading.text == text
        assert reading.quantity is not None
        assert (reading.quantity.value, reading.quantity.unit.name) == (Decimal(value), unit)

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("未完成100公里", "新建公里数"),
            ("比上年增长5%", "收入增长率"),
            ("下降5%", "收入增长率"),
            ("第一批24所，第二批3所", "学校数量"),
            ("合格", "合格率"),
            ("100公里", ""),
        ],
    )
    def test_other_words_do(self, text: str, name: str) -> None:
        assert read_beside_name(text, name, LEXICON, kind="actual") is None
