"""Rows under each other: parts under their total or subtotal, 其中 rows and rows of a kind within another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.facts.nesting import nest
from validator.model.fact import Fact, Pointer, Record, Section
from validator.model.quantity import BARE, Quantity, Reading, State

ROLES = {"合计": "total", "总分": "total", "小计": "subtotal", "一、": "group"}


def nested(
    *labels: str,
    within: Mapping[str, tuple[str, ...]] | None = None,
    items: bool = False,
    among: Collection[int] = (),
    figures: Mapping[str, tuple[str, ...]] | None = None,
    group_of: Callable[[str], int] | None = None,
) -> list[Record]:
    """Return rows, nested. A label may say its kind behind a slash; `figures`: those of the columns, by column."""
    records = []
    for number, written in enumerate(labels):
        label, _, kind = written.partition("/")
        role = next((role for end, role in ROLES.items() if end in label), "item" if items else "part")
        fields = {column: figure(texts[number]) for column, texts in (figures or {}).items() if texts[number]}
        records.append(Record(f"r{number}", label, role, fields, row=number, kind=kind))
    nest(Section("s", "s", records, {}), within or {}, items=items, among=among, group_of=group_of)
    return records


def level(label: str) -> int:
    """Return the level of groups that a label is a word of."""
    return 0 if label in ("产出指标", "效益指标", "满意度指标") else 1 if label in ("数量指标", "质量指标") else -1


def figure(text: str) -> Fact:
    """Return a cell with a figure."""
    return Fact(Reading(State.NUMBER, text, Quantity(Decimal(text), Decimal(1), BARE, text)), Pointer("p", "A1", text))


def wholes(records: list[Record]) -> str:
    """Return what each row is under, - for nothing."""
    return " ".join(record.parent.label if record.parent is not None else "-" for record in records)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("合计 甲 乙", "- 合计 合计"),
        ("甲 乙 合计", "合计 合计 -"),
        ("甲 乙", "- -"),
        ("合计 甲 其中：子 乙", "- 合计 甲 合计"),
        ("其中：子 甲", "- -"),
        ("合计 甲 甲", "- 合计 合计"),
        ("合计 其中：甲 其中：甲", "- 合计 合计"),
        ("甲 乙 小计 丙 合计", "小计 小计 合计 合计 -"),
        ("合计 小计 甲 乙 小计 丙", "- 合计 小计 小计 合计 小计"),
        ("甲 乙 合计 丙 丁 总合计", "合计 合计 总合计 总合计 总合计 -"),
    ],
)
def test_parts_are_under_their_whole(labels: str, expected: str) -> None:
    assert wholes(nested(*labels.split())) == expected


def test_a_row_is_under_the_kind_that_it_is_within() -> None:
    within = {"province": ("local",)}

    assert wholes(nested("合计", "地方/local", "省级/province", "其他", within=within)) == "- 合计 地方 合计"
    assert wholes(nested("合计", "省级/province", "地方/local", within=within)) == "- 合计 合计"


def test_a_mark_beside_a_row_is_as_good_as_one_before_its_name() -> None:
    assert wholes(nested("合计", "甲", "子一", "子二", "乙", among={2, 3})) == "- 合计 甲 甲 合计"


@pytest.mark.parametrize(
    ("labels", "columns", "runs"),
    [
        ("合计 （1）甲 （2）乙 （1）丙 （2）丁", None, [["（1）甲", "（2）乙"], ["（1）丙", "（2）丁"]]),
        (
            "合计 来源：（1）甲 （2）乙 用途：（1）丙 （2）丁",
            None,
            [["来源：（1）甲", "（2）乙"], ["用途：（1）丙", "（2）丁"]],
        ),
        ("合计 （1）甲 （2）乙 （3）丙 （4）丁", None, []),
        ("合计 （1）甲 （1）乙 （2）丙 （3）丁", None, []),
        ("合计 （1）甲 （3）乙 （1）丙 （2）丁", None, []),
        ("合计 来源：甲 乙 用途：丙 丁", ("100", "70", "30", "60", "40"), [["来源：甲", "乙"], ["用途：丙", "丁"]]),
        ("合计 来源：甲 乙 用途：丙 丁", ("100", "40", "30", "20", "10"), []),
        ("合计 来源：甲 乙 用途：丙 丁", ("0", "0", "0", "0", "0"), []),
    ],
)
def test_a_whole_that_is_split_up_twice_keeps_the_first_way(
    labels: str, columns: tuple[str, ...] | None, runs: list[list[str]]
) -> None:
    total = nested(*labels.split(), figures={"budget": columns} if columns else None)[0]

    assert [[row.label for row in run] for run in ([total.children, *total.cuts] if total.cuts else [])] == runs
    assert runs or len(total.children) == 4


@pytest.mark.parametrize(
    ("labels", "figures", "runs", "under"),
    [
        (
            "合计 一、收入： 其中：甲 乙 一、支出： 其中：丙 丁",
            ("9", "", "7", "2", "", "8", "2"),
            [["其中：甲", "乙"], ["其中：丙", "丁"]],
            "- - 合计 合计 - 合计 合计",
        ),
        (
            "合计 一、收入： 其中：甲 乙 一、支出： 其中：丙 丁",
            ("9", "9", "7", "2", "9", "8", "2"),
            [["一、收入："], ["一、支出："]],
            "- 合计 一、收入： 一、收入： 合计 一、支出： 一、支出：",
        ),
        ("合计 甲 一、支出： 乙", ("9", "9", "", "9"), [["甲"], ["乙"]], "- 合计 - 合计"),
        ("合计 一、收入： 甲 乙", ("9", "", "7", "2"), [["甲", "乙"]], "- - 合计 合计"),
    ],
    ids=["headings alone", "headings with their sum", "rows above the heading", "one heading"],
)
def test_headings_begin_other_ways_to_divide_a_total(
    labels: str, figures: tuple[str, ...], runs: list[list[str]], under: str
) -> None:
    records = nested(*labels.split(), figures={"budget": figures})

    assert [[row.label for row in run] for run in [records[0].children, *records[0].cuts]] == runs
    assert wholes(records) == under


def test_one_column_that_adds_up_bears_runs_out() -> None:
    figures = {"budget": ("100", "70", "30", "60", "40"), "executed": ("90", "60", "30", "60", "31")}

    assert nested("合计", "来源：甲", "乙", "用途：丙", "丁", figures=figures)[0].cuts


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([("100", "60", "60", "40", "40")], "- 合计 甲 合计 丙"),
        ([("100", "100", "60", "40", "")], "- 合计 甲 甲 合计"),
        ([("100", "100", "60", "40", "0"), ("95", "95", "60", "35", "0")], "- 合计 甲 甲 合计"),
        ([("100", "100", "60", "40", "0"), ("95", "95", "60", "35", "0"), ("90", "90", "60", "53", "0")], "- 合计 甲 甲 合计"),
        ([("100", "100", "60", "40", "0"), ("95", "95", "60", "53", "0")], "- 合计 合计 合计 合计"),  # as often wrong as right
        ([("200", "100", "60", "40", "0")], "- 合计 合计 合计 合计"),  # the parts side by side are the total
        ([("150", "100", "60", "40", "50")], "- 合计 甲 甲 合计"),
        ([("160", "100", "60", "40", "50")], "- 合计 合计 合计 合计"),  # the total would not be right either way
        ([("100", "100", "100", "0", "0")], "- 合计 甲 合计 合计"),
    ],
)
def test_rows_whose_sum_is_the_row_above_are_its_parts_where_the_total_says_so(
    figures: list[tuple[str, ...]], expected: str
) -> None:
    columns = {f"c{n}": texts for n, texts in enumerate(figures)}
    assert wholes(nested("合计", "甲", "乙", "丙", "丁", figures=columns)) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("合计 甲/fiscal 乙/other", "- 合计 合计"),  # two sources beside each other: one has the figure of the other
        ("合计 甲/fiscal 其中：乙/other", "- 合计 甲"),
        ("合计 1.甲/fiscal （1）乙/other", "- 合计 1.甲"),
        ("合计 1.甲/fiscal 2.乙/other", "- 合计 合计"),
        ("合计 甲/fiscal 乙/province", "- 合计 甲"),
        ("合计 甲/fiscal 乙", "- 合计 甲"),
        ("合计 甲 甲", "- 合计 合计"),  # one row, twice
    ],
)
def test_one_row_is_all_of_the_one_above_it_where_no_word_speaks_against_it(labels: str, expected: str) -> None:
    records = nested(*labels.split(), within={"province": ("fiscal",)}, figures={"budget": ("100", "100", "100")})

    assert wholes(records) == expected


def test_a_part_of_one_kind_stands_beside_it_where_the_total_says_so() -> None:
    labels, within = ("合计", "甲/fiscal", "乙/province", "丙"), {"province": ("fiscal",)}

    assert wholes(nested(*labels, within=within, figures={"budget": ("100", "50", "30", "20")})) == "- 合计 合计 合计"
    assert wholes(nested(*labels, within=within, figures={"budget": ("70", "50", "30", "20")})) == "- 合计 甲 合计"
    assert wholes(nested(*labels, within=within, figures={"budget": ("90", "50", "30", "20")})) == "- 合计 甲 合计"


def test_rows_are_put_in_order_at_any_depth_and_not_without_end() -> None:
    figures = ("100", "90", "60", "35", "25", "30", "10")

    assert (
        wholes(nested(*["合计", "甲", "乙", "丙", "丁", "戊", "己"], figures={"budget": figures})) == "- 合计 甲 乙 乙 甲 合计"
    )
    many = ("99", *["1"] * 40)
    assert wholes(nested("合计", *map(str, range(40)), figures={"budget": many})) == " ".join(["-", *["合计"] * 40])


class TestItems:
    def test_a_part_of_an_item_without_points_of_its_own_is_under_it(self) -> None:
        assert wholes(nested("培训", "其中：女性", "其中：男性", "宣传", items=True)) == "- 培训 培训 -"

    def test_with_points_it_is_an_item(self) -> None:
        found = nested("培训", "其中：女性", items=True, figures={"weight": ("10", "5")})

        assert wholes(found) == "- -"

    @pytest.mark.parametrize(
        ("labels", "weights", "expected"),
        [
            ("（一）示范片 1、水稻 2、玉米 （二）田间试验 3、大豆", "10 4 6 5 5", "- （一）示范片 （一）示范片 - -"),
            ("（一）示范片 1、水稻 2、玉米 3、大豆", "10 4 6 5", "- - - -"),
            ("（一）示范片 2、水稻 3、玉米", "10 4 6", "- - -"),
            ("（一）示范片 1、水稻", "10 10", "- -"),
            ("1、示范片 （一）水稻 （二）玉米", "10 4 6", "- - -"),
            ("1、示范片 （1）水稻 （2）玉米 （4）大豆", "10 4 6 3", "- 1、示范片 1、示范片 -"),
        ],
    )
    def test_numbered_parts_whose_points_are_those_of_the_item_once_more_are_under_it(
        self, labels: str, weights: str, expected: str
    ) -> None:
        found = nested(*labels.split(), items=True, figures={"weight": tuple(weights.split())})

        assert wholes(found) == expected

    def test_numbered_parts_are_items_where_one_column_of_points_counts_them(self) -> None:
        figures = {"weight": ("10", "4", "6"), "score": ("9", "4", "6")}

        assert wholes(nested("（一）示范片", "1、水稻", "2、玉米", items=True, figures=figures)) == "- - -"

    @pytest.mark.parametrize(
        ("labels", "weights", "expected"),
        [
            ("产出指标 培训 宣传 效益指标 覆盖面 总分", "30 20 10 60 60 90", "- 产出指标 产出指标 - 效益指标 -"),
            (
                "产出指标 数量指标 培训 宣传 质量指标 合格率",
                "40 30 20 10 10 10",
                "- 产出指标 数量指标 数量指标 产出指标 质量指标",
            ),
            ("产出指标 培训 宣传", "40 20 10", "- - -"),
            ("产出指标 效益指标 满意度指标", "50 30 10", "- - -"),
            ("培训 宣传", "10 10", "- -"),
        ],
    )
    def test_below_the_word_of_a_group_that_has_their_points_they_are_its_rows(
        self, labels: str, weights: str, expected: str
    ) -> None:
        found = nested(*labels.split(), items=True, figures={"weight": tuple(weights.split())}, group_of=level)

        assert wholes(found) == expected
        assert [record.role == "subtotal" for record in found] == [bool(record.children) for record in found]

    def test_the_word_of_a_group_with_a_result_of_its_own_is_an_item(self) -> None:
        figures = {"weight": ("10", "10"), "actual": ("95", "")}

        assert wholes(nested("满意度指标", "培训", items=True, figures=figures, group_of=level)) == "- -"

    def test_behind_a_total_there_is_none(self) -> None:
        assert wholes(nested("培训", "合计", "其中：女性", items=True)) == "- - -"


def test_a_heading_ends_the_rows_of_a_subtotal() -> None:
    assert wholes(nested("甲", "一、丙类", "乙", "小计")) == "- - 小计 -"


def test_what_is_moved_takes_its_own_along() -> None:
    found = nested("甲", "其中：子", "小计", "合计")

    assert wholes(found) == "小计 甲 合计 -"
    assert [record.depth for record in found] == [2, 3, 1, 0]


@given(
    st.lists(st.sampled_from(["甲", "乙", "其中：丙", "小计", "合计", "一、丁", "（1）戊", "（2）己"]), max_size=12),
    st.booleans(),
)
def test_every_row_stands_once_and_under_no_row_of_its_own(labels: list[str], items: bool) -> None:
    records = nested(*labels, items=items)

    for record in records:
        below = [*record.children, *(row for run in record.cuts for row in run)]
        assert all(child.parent is record for child in below)
        above, seen = record.parent, 0
        while above is not None and seen <= len(records):
            assert above is not record
            above, seen = above.parent, seen + 1
        assert seen <= len(records)
    held = [id(row) for record in records for rows in (record.children, *record.cuts) for row in rows]
    assert len(held) == len(set(held)) == sum(record.parent is not None for record in records)
