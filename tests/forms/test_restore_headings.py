"""Labels over the columns they belong to, in one way or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from validator.forms.restore.headings import (
    Plan,
    counts_columns,
    head_of,
    is_mark,
    is_numbering,
    longest_in_common,
    lower_row,
    text_of,
    two_levels,
)
from validator.forms.restore.tokens import Gap, Token

PLAN = Plan(width=7, lead=1, figures=6, rates=frozenset(), sums=frozenset(), marked=False)


def row(*texts: str) -> dict[int, list[Token]]:
    """A row of cells as they stand in the text, blank ones left out."""
    return {c: [Token(text, 0, 1, len(text), Gap.CELL)] for c, text in enumerate(texts) if text}


def named(name: str, text: str) -> bool:
    """Knows but the words of this module."""
    words = {"numbering": ("公式",), "groups": ("其中：甲", "其中：乙", "经费合计"), "totals": ("经费合计", "合计", "小计")}
    return text in words.get(name, ())


def laid_out(*rows: dict[int, list[Token]], plan: Plan = PLAN) -> list[dict[int, str]] | None:
    """Return the texts of the header by their columns."""
    found = head_of(rows, plan, named)
    return None if found is None else [{c: text_of(cell) for c, cell in cells.items()} for cells in found[0]]


@pytest.mark.parametrize(
    ("text", "mark"), [("3", True), ("C", True), ("3=1+2", True), ("(5)", True), ("甲", True), ("合计", False)]
)
def test_a_mark_numbers_a_column_or_tells_what_it_is_made_of(text: str, *, mark: bool) -> None:
    assert is_mark(text) is mark


@pytest.mark.parametrize(
    ("texts", "numbering"),
    [
        ("公式 A=B+C B C", True),
        ("甲 1 2 3=1+2", True),
        ("公式 A B C", False),
        ("地区 A=B+C B C", False),
        ("公式 A=B+C 金额 C", False),
    ],
)
def test_marks_number_the_columns_when_one_is_a_formula(texts: str, *, numbering: bool) -> None:
    assert is_numbering(texts.split(), named) is numbering


def test_labels_above_all_columns_stay_where_they_are() -> None:
    labels = row("地区", "一", "二", "三", "四", "五", "六")
    assert laid_out(row("标题"), labels) == [{0: "标题"}, dict(enumerate(["地区", "一", "二", "三", "四", "五", "六"]))]


def test_labels_that_come_again_stand_behind_the_column_of_their_heading() -> None:
    found = head_of([row("地区", "限额", "余额"), row("一般", "专项", "一般", "专项")], PLAN, named)
    assert found is not None
    (upper, lower), (spans, _) = found
    assert sorted(upper) == [0, 1, 4]
    assert sorted(lower) == [2, 3, 5, 6]
    assert spans == {1: 3, 4: 3}


def test_labels_that_come_again_stand_below_headings_that_no_label_leads() -> None:
    found = laid_out(row("车辆", "房屋"), row("年初", "年末", "增减", "年初", "年末", "增减"))
    assert found == [{1: "车辆", 4: "房屋"}, dict(enumerate(["年初", "年末", "增减", "年初", "年末", "增减"], 1))]


def test_a_unit_in_brackets_goes_on_the_label_above_it() -> None:
    plan = PLAN._replace(width=5, figures=4)
    found = laid_out(row("地区", "支出", "其中：甲", "结余"), row("（千元）", "人员", "公用"), plan=plan)
    assert found == [{0: "地区", 1: "支出", 2: "其中：甲", 4: "结余"}, {2: "人员", 3: "公用"}]


def test_a_heading_that_names_nothing_itself_stands_over_others() -> None:
    plan = PLAN._replace(width=5, figures=4)
    found = laid_out(row("地区", "医疗支出", "其中：", "门诊药品支出"), row("门诊支出", "住院支出"), plan=plan)
    assert found == [{0: "地区", 1: "医疗支出", 2: "其中：", 4: "门诊药品支出"}, {2: "门诊支出", 3: "住院支出"}]


def test_labels_that_do_not_come_again_leave_open_what_such_headings_cover() -> None:
    assert laid_out(row("车辆", "房屋"), row("年初", "年末", "增减", "年初", "年末", "处置")) is None


def test_headings_that_say_so_share_out_the_labels_below() -> None:
    found = laid_out(row("地区", "其中：甲", "其中：乙"), row("上年", "本年", "增减", "上年", "本年", "增减"))
    assert found is not None
    assert found[0] == {0: "地区", 1: "其中：甲", 4: "其中：乙"}
    assert found[1] == dict(enumerate(["上年", "本年", "增减", "上年", "本年", "增减"], 1))


def test_lower_labels_without_a_place_are_left_out_below_a_label_for_each_column() -> None:
    labels = ["地区", "一", "二", "三", "四", "五", "六"]
    assert laid_out(row(*labels), row("细", "目")) == [dict(enumerate(labels))]


def test_a_row_that_numbers_the_columns_stands_alone_where_labels_do_not_come_out_even() -> None:
    numbers = row("公式", "A=B+C", "B", "C", "D=E+F", "E", "F")
    assert laid_out(row("标题"), row("地区", "限额"), numbers) == [
        {0: "标题"},
        {c: text_of(cell) for c, cell in numbers.items()},
    ]


def test_labels_that_come_out_even_in_no_way_are_none() -> None:
    assert laid_out(row("地区", "限额", "余额"), row("一般", "专项", "其他")) is None


VEHICLES = ("单位", "经费合计", "出国费", "公务用车购置及运行费", "接待费")


def test_labels_stand_below_the_heading_that_they_have_their_names_from() -> None:
    below = row("小计", "公务用车购置费", "公务用车运行费")

    assert laid_out(row(*VEHICLES), below) == [
        {0: "单位", 1: "经费合计", 2: "出国费", 3: "公务用车购置及运行费", 6: "接待费"},
        {3: "小计", 4: "公务用车购置费", 5: "公务用车运行费"},
    ]


def test_labels_stand_below_the_heading_behind_the_total_that_they_add_up_to() -> None:
    def plan(*rows: tuple[int, int, int]) -> Plan:
        figures = tuple((None, *map(Decimal, row)) for row in rows)
        return Plan(4, 1, 3, frozenset(), frozenset({1, 2, 3}), marked=False, rows=figures)

    labels = [row("地区", "合计", "重点项目"), row("提前下达数", "本次下达数")]

    assert laid_out(*labels, plan=plan((900, 500, 400), (700, 300, 400))) == [
        {0: "地区", 1: "合计", 2: "重点项目"},
        {2: "提前下达数", 3: "本次下达数"},
    ]
    shared = [{0: "地区"}]
    assert laid_out(*labels, plan=plan((900, 500, 400), (700, 700, 0))) == shared  # one row tells too little
    assert laid_out(*labels, plan=plan((500, 900, 400), (300, 700, 400))) == shared


def test_names_that_fit_no_heading_better_than_another_leave_what_all_ways_share() -> None:
    assert laid_out(row("单位", "总额", "出国费", "车辆费", "接待费"), row("小计", "新增", "存量")) == [{0: "单位"}]


def test_a_total_stands_over_the_sum_of_all_others_however_many_each_heading_covers() -> None:
    def plan(*rows: tuple[int, ...]) -> Plan:
        figures = tuple((None, *map(Decimal, row)) for row in rows)
        return Plan(7, 1, 6, frozenset(), frozenset(range(1, 7)), marked=False, rows=figures)

    labels = [row("单位", "小计", "造林支出", "保护区支出", "湿地支出"), row("良种", "抚育", "防火", "监测")]

    assert laid_out(*labels, plan=plan((60, 10, 20, 5, 15, 10), (33, 1, 2, 0, 30, 0))) == [{0: "单位", 1: "小计"}]
    assert laid_out(*labels, plan=plan((60, 10, 20, 5, 15, 10), (40, 1, 2, 0, 30, 0))) == [{0: "单位"}]


@pytest.mark.parametrize(
    ("labels", "low"),
    [
        ("合计 出国费 车辆费 小计 购置 运行", 3),
        ("合计 出国费 车辆费 接待费", 4),
        ("出国费 合计 车辆费 小计", 4),
        ("出国费 车辆费 合计", 3),
    ],
)
def test_a_lower_row_begins_with_a_total_of_its_own(labels: str, low: int) -> None:
    assert lower_row(labels.split(), named) == low


@pytest.mark.parametrize(
    ("one", "other", "length"),
    [("公务用车购置及运行费", "公务用车运行费", 4), ("甲乙", "丙丁", 0), ("", "甲", 0), ("甲乙", "甲乙", 2)],
)
def test_how_many_letters_two_names_have_in_common(one: str, other: str, length: int) -> None:
    assert longest_in_common(one, other) == longest_in_common(other, one) == length


def test_labels_that_may_be_shared_out_in_very_many_ways_are_not_tried() -> None:
    def asked(name: str, text: str) -> bool:
        raise AssertionError(name, text)

    upper, lower = (list(row(*(f"{word}{n}" for n in range(24))).values()) for word in ("甲", "乙"))
    assert two_levels(upper, lower, Plan(36, 1, 35, frozenset(), frozenset(), marked=False), asked) is None


@pytest.mark.parametrize(
    ("lower", "placed"),
    [
        (("年初", "调整", "追加", "执行数", "执行率"), [2, 3, 4, 5, 6]),
        (("小计", "调整", "追加", "小计", "执行率"), [3, 4, 6]),
        (("小计", "调整", "小计", "小计", "执行率"), []),
    ],
    ids=["a label for each column", "two alike", "most alike"],
)
def test_labels_of_all_columns_need_no_headings_but_those_alike(lower: tuple[str, ...], placed: list[int]) -> None:
    plan = Plan(width=7, lead=2, figures=5, rates=frozenset(), sums=frozenset(), marked=False)
    upper = ("序号", "项目", "预算", "执行情况")
    found = laid_out(row(*upper), row(*lower), plan=plan)
    expected = [{0: "序号", 1: "项目"}, {c: lower[c - 2] for c in placed}]
    assert found == (expected if placed else None)


def test_a_total_may_have_a_single_label_below_it() -> None:
    plan = Plan(width=7, lead=2, figures=5, rates=frozenset(), sums=frozenset(), marked=False)
    lower = row("走读生", "寄宿生", "走读生", "寄宿生", "经费合计")

    assert laid_out(row("序号", "乡镇", "小学", "初中", "合计"), lower, plan=plan) == [
        {0: "序号", 1: "乡镇", 2: "小学", 4: "初中", 6: "合计"},
        {2: "走读生", 3: "寄宿生", 4: "走读生", 5: "寄宿生", 6: "经费合计"},
    ]
    assert laid_out(row("序号", "乡镇", "小学", "初中", "备注"), lower, plan=plan) is None


@pytest.mark.parametrize(
    ("cells", "counted"),
    [("甲 丙 1 2 3", True), ("栏次 1 2", True), ("甲 1", False), ("1 2 3", False), ("甲 2 3", False), ("甲 1 2 4", False)],
)
def test_columns_are_counted_from_one_on_behind_letters_or_a_word(cells: str, counted: bool) -> None:
    def is_word(name: str, text: str) -> bool:
        return name == "numbering" and text == "栏次"

    assert counts_columns(cells.split(), is_word) == counted
