"""Columns that are the sum of those beside them in all rows but one."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.rules.relating import WORDS, axes_of, checks, faults, places
from validator.model.finding import Outcome
from validator.rules.patterns import patterns

APPORTIONED = """
地区|全年补助|提前安排|此次安排|调减|备注
东县|727|573|154||
西县|1091|834|257||
南县|1750|1169|581||
北县|1613|1173|440||
中县|4921|3459|1462||
江县|1193|893|300||
河县|1255|1026|193||
"""


def test_accuse_the_one_row_that_does_not() -> None:
    assert faults(APPORTIONED) == [("GEN-012", "1255")]


@pytest.mark.parametrize(
    "row",
    [
        "河县|1255|1026|193|36|",
        "河县|1255|1026|193||含上年结转",
        "河县|1255||193||",
    ],
)
def test_accuse_no_row_in_which_something_else_may_explain_it(row: str) -> None:
    assert faults(APPORTIONED.replace("河县|1255|1026|193||", row)) == []


def test_are_not_guessed_from_few_rows() -> None:
    assert faults(APPORTIONED.replace("东县|727|573|154||\n", "").replace("西县|1091|834|257||\n", "")) == []


def test_are_shown_where_few_rows_do_so_without_exception() -> None:
    rows = "镇|集中户数|分散户数|保障户数\n甲|16|65|81\n乙|11|62|73\n丙|21|125|146\n"
    assert [(e.check.rule, e.check.outcome) for e in checks(rows) if e.check.rule == "GEN-012"] == [
        ("GEN-012", Outcome.PASS)
    ] * 3
    assert checks(rows.replace("146", "147")) == []


def test_may_be_off_by_the_rounding_of_their_figures() -> None:
    exact = "镇|收入|门诊|住院\n甲|30.14|10.11|20.03\n乙|40.25|25.05|15.20\n丙|50.36|30.30|20.06\n"
    rows = exact + "丁|60.47|40.24|20.24\n戊|70.58|50.29|20.28"
    outcomes = [(e.check.rule, e.check.outcome) for e in checks(rows)]
    assert outcomes == [("GEN-012", Outcome.PASS)] * 5


def test_are_not_guessed_where_two_rows_do_not() -> None:
    assert faults(APPORTIONED.replace("江县|1193|893|300", "江县|1193|893|30")) == []


def found(text: str, told: frozenset[str] = frozenset()) -> list[tuple[str, list[str]]]:
    """Return what is held to what, row by row."""
    return [
        (place.pointer.text, [fact.text for fact in place.names["parts"]])  # type: ignore[union-attr]
        for axis in axes_of(text)
        for place in patterns(axis, WORDS, told)
        if place.pointer is not None
    ]


def test_every_row_is_a_place_that_names_its_parts_and_how_many_others_hold() -> None:
    told = places(APPORTIONED, "pattern")

    assert [place.pointer.text for place in told if place.pointer] == ["727", "1091", "1750", "1613", "4921", "1193", "1255"]
    assert {place.names["各栏"] for place in told} == {"提前安排、此次安排"}
    assert {place.names["行数"] for place in told} == {"6"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_columns_and_of_the_rows_changes_nothing(order: tuple[int, ...]) -> None:
    rows = [row.split("|") for row in APPORTIONED.strip().split("\n")]
    turned = [[row[0], *(row[1 + n] for n in order), *row[4:]] for row in [rows[0], *rows[:0:-1]]]

    assert faults("\n".join("|".join(row) for row in turned)) == ([("GEN-012", "1255")] if order[1] != 0 else [])


def test_figures_that_another_relation_speaks_of_need_no_guess() -> None:
    axis = axes_of(APPORTIONED)[1]
    address = axis.grid[1][0].pointer.address if axis.grid[1][0] else ""

    assert len(found(APPORTIONED)) == 7
    assert found(APPORTIONED, frozenset({address})) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("提前安排", "提前安排（%）"), ("此次安排", "比上年增减"), ("东县|727|573|154", "东县|730|573|154")],
    ids=["a rate", "a difference", "two rows off"],
)
def test_columns_of_another_kind_add_up_to_nothing(old: str, new: str) -> None:
    assert found(APPORTIONED.replace(old, new)) == []


def test_rows_of_one_total_are_shown_in_all_columns() -> None:
    rows = "参保|642.6|637.6|618.4|595.0\n在职|417.0|415.5|400.5|383.0\n退休|225.6|222.1|217.9|212.1\n"
    rows = f"人数|2029年|2030年|2031年|2032年\n{rows}"
    assert [place[0] for place in found(rows)] == ["642.6", "637.6", "618.4", "595.0"]
    assert faults(rows.replace("637.6", "647.6")) == []


def years(count: int, *, off: int) -> str:
    """A table of one whole that has its parts twice; in some of its last rows the first of them are off by something."""
    rows = [(100 + 7 * n, 40 + 3 * n, 60 + 4 * n, 80 + 5 * n, 20 + 2 * n) for n in range(count)]
    figures = [(row[0], row[1] + 9, *row[2:]) if n >= count - off else row for n, row in enumerate(rows)]
    return "年份|人口|男|女|乡村|城镇\n" + "\n".join("|".join(map(str, (2001 + n, *row))) for n, row in enumerate(figures))


def test_a_whole_may_have_its_parts_twice() -> None:
    assert found(years(6, off=0))[:1] == [("100", ["40", "60"])]
    assert ("100", ["80", "20"]) in found(years(6, off=0))


def test_the_parts_of_a_part_stand_between_those_of_the_whole() -> None:
    rows = ["年份|生产总值|一产|二产|工业|建筑业|三产"]
    rows += [f"{2001 + n}|{150 + 9 * n}|{20 + n}|{70 + 5 * n}|{50 + 3 * n}|{20 + 2 * n}|{60 + 3 * n}" for n in range(4)]
    assert ("150", ["20", "70", "60"]) in found("\n".join(rows))
    assert ("70", ["50", "20"]) in found("\n".join(rows))


@pytest.mark.parametrize(("count", "off", "shown"), [(20, 2, 18), (30, 3, 27), (19, 2, 0), (30, 4, 0)])
def test_few_rows_of_a_long_table_may_be_off_and_none_is_accused(count: int, off: int, shown: int) -> None:
    assert len(found(years(count, off=off))) == (shown + count if shown else 0)
    assert faults(years(count, off=off)) == []


def test_a_whole_is_accused_where_both_its_lists_of_parts_give_another() -> None:
    rows = years(30, off=0).split("\n")
    rows[9] = rows[9].replace("|156|64|92|120|36", "|158|64|92|120|36")  # both lists make 156
    rows[20] = rows[20].replace("|40", "|41", 1)
    rows[22] = rows[22].replace("|247|", "|249|").replace("|185|", "|186|")
    assert [text for rule, text in faults("\n".join(rows)) if rule == "GEN-012"] == ["158", "158"]


def test_a_list_may_begin_with_among_them() -> None:
    rows = APPORTIONED.replace("提前安排", "其中：提前安排")
    assert ("GEN-012", "1255") in faults(rows)
    assert faults(rows.replace("1255", "1219")) == []


def test_a_row_is_held_to_its_own_figures_though_another_could_not_be_read() -> None:
    across = next(axis for axis in axes_of(APPORTIONED) if axis.across)
    assert across.section.table is not None
    across.section.complete = False
    across.section.table.open_rows = frozenset({5})

    told = [place for place in patterns(across, WORDS, frozenset()) if place.pointer]
    assert [place.pointer.text for place in told if place.pointer and not place.complete] == ["4921"]


def turns(*, first: bool = False, counted: str = "人数", paid: str = "金额(元)") -> list[list[str]]:
    """A table of people and amounts that take turns, and the totals of both in front or at the end."""
    rows = [["单位", *[label for kind in ("甲类", "乙类", "丙类", "全部") for label in (kind + counted, kind + paid)]]]
    for n in range(8):
        people = [3 * n, 20 + 7 * n * n, 31 + 5 * n]
        money = [110 * people[0], 100 * people[1] + 50, 120 * people[2] + 20 * n]
        cells = [figure for pair in zip((*people, sum(people)), (*money, sum(money)), strict=True) for figure in pair]
        rows.append([f"{n + 1}街道", *map(str, cells)])
    return [[row[0], *row[7:], *row[1:7]] for row in rows] if first else rows


def drawn_rows(rows: list[list[str]]) -> str:
    """Return rows as a drawn table."""
    return "\n".join("|".join(row) for row in rows)


@pytest.mark.parametrize("first", [False, True])
def test_columns_that_take_turns_add_up_to_the_last_or_first_of_their_kind(first: bool) -> None:
    rows = turns(first=first)
    held = [e for e in checks(drawn_rows(rows)) if e.check.rule == "GEN-012"]
    assert len(held) == 16
    assert {e.check.outcome for e in held} == {Outcome.PASS}
    rows[4][2 if first else 8] = "9999"
    assert faults(drawn_rows(rows)) == [("GEN-012", "9999")]


def test_columns_that_take_turns_are_held_to_nothing_where_few_rows_tell() -> None:
    rows = turns()[:5]
    assert not [e for e in checks(drawn_rows(rows)) if e.check.rule == "GEN-012"]


def test_of_two_runs_the_one_that_needs_no_rounding_is_told() -> None:
    rows = [[row[0], *row[1:6:2], row[7]] for row in turns(counted="", paid="")]
    rows[1][1:] = ["2", "20", "31", "53"]
    (told,) = {tuple(parts) for total, parts in found(drawn_rows(rows)) if total == "53"}
    assert told == ("2", "20", "31")


GIVEN = [["地区", "补助", "已经下达", "其一", "其二", "此次下达"]] + [
    [f"{n}省", str(33 + 9 * n + 5 * n * n), str(30 + 8 * n + 5 * n * n), str(7 + n), str(2 + n), str(3 + n)] for n in range(8)
]


def test_the_second_part_may_stand_behind_what_the_first_is_made_of() -> None:
    assert ("33", ["30", "3"]) in found(drawn_rows(GIVEN))
    wrong = [list(row) for row in GIVEN]
    wrong[3][5] = "50"
    assert faults(drawn_rows(wrong)) == [("GEN-012", wrong[3][1])]


def test_a_row_that_lacks_a_figure_keeps_no_other_from_being_held() -> None:
    wrong = [list(row) for row in GIVEN]
    wrong[3][5] = "50"
    wrong.append(["合计省", "999", "900", "70", "30", ""])
    more = [[f"{n}州", str(200 + 3 * n), str(150 + 2 * n), "9", str(4 + 2 * n), str(50 + n)] for n in range(4)]
    assert faults(drawn_rows([*wrong, *more])) == [("GEN-012", wrong[3][1])]
