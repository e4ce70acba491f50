"""Totals of rows and columns in tables of no form."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.relating import checks, faults, sums
from tests.work import calls
from validator.model.finding import Outcome
from validator.pipeline import check


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("项目|金额\n甲|10\n乙|20\n合计|30", [("30", ["10", "20"])]),
        ("项目|金额\n合计|30\n甲|10\n乙|20", [("30", ["10", "20"])]),
        (
            "地区|单位|数\n甲县|教育局|100\n|卫健局|200\n|小计|300\n乙县|教育局|50\n|卫健局|60\n|小计|110\n合计||410",
            [("300", ["100", "200"]), ("110", ["50", "60"]), ("410", ["300", "110"])],
        ),
        ("项目|中央|省级|合计\n甲|10|5|15\n乙|3|2|5", [("15", ["10", "5"]), ("5", ["3", "2"])]),
        ("班级|平均分\n一班|85.2\n二班|82.1\n合计|83.6", []),
        (
            "项目|预算|支出|结余|得分\n甲|30|20|10|97.22\n乙|50|40|10|93.4\n丙|20|15|5|96.5\n合计|100|75|25|95.71（平均）",
            [("100", ["30", "50", "20"]), ("75", ["20", "40", "15"])],
        ),
        ("月份|当月|累计\n1月|10|10\n2月|20|30\n合计|30|30", [("30", ["10", "20"])]),
    ],
)
def test_a_total_has_the_rows_or_columns_that_it_is_of(text: str, expected: list[tuple[str, list[str]]]) -> None:
    found = sums(text)

    assert [one for one in found if one in expected] == expected
    assert faults(text) == []


def test_an_unlabelled_last_row_is_a_total_only_if_it_is_one() -> None:
    table = "单位|上半年|下半年\n甲|10.5|20\n乙|30|40\n|40.5|60"

    assert sum(e.check.outcome is Outcome.PASS for e in checks(table)) == 2
    assert checks(table.replace("40.5", "41.5")) == []


def test_a_transposed_total_in_the_only_column_is_a_fault() -> None:
    assert faults("月份|收入\n1月|100\n2月|120\n3月|90\n合计|301") == [("GEN-001", "301")]


def consistent(
    rng: random.Random, places: int, groups: int, columns: int, *, least: int, subs: bool, first: bool, side: str
) -> list[list[str]]:
    """Return a table whose true values add up, each written with these places: header, rows, 小计, 合计."""
    figures = [
        [[Decimal(rng.randint(least, 10**6)) / 1000 for _ in range(columns)] for _ in range(rng.randint(2, 5))]
        for _ in range(groups)
    ]

    def row(label: str, values: list[Decimal]) -> list[str]:
        cells = [f"{value:.{places}f}" for value in values]
        total = [f"{sum(values):.{places}f}"]
        return [label, *(total if side == "first" else []), *cells, *(total if side == "last" else [])]

    def added(rows: list[list[Decimal]]) -> list[Decimal]:
        return [sum((r[n] for r in rows), Decimal(0)) for n in range(columns)]

    body: list[list[str]] = []
    for g, group in enumerate(figures):
        lines = [row(f"{'甲乙丙'[g]}县第{'一二三四五'[n]}中学", values) for n, values in enumerate(group)]
        sub = [row("小计", added(group))] if subs else []
        body += [*sub, *lines] if first else [*lines, *sub]
    total = row("合计", added([r for group in figures for r in group]))
    heads = [f"{'东南西北'[n]}区" for n in range(columns)]
    head = ["项目", *(["合计"] if side == "first" else []), *heads, *(["合计"] if side == "last" else [])]
    return [head, total, *body] if first else [head, *body, total]


def written(grid: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in grid)


@st.composite
def consistent_tables(draw: st.DrawFn, *, columns: int = 1, least: int = 0) -> list[list[str]]:
    groups = draw(st.integers(1, 3))
    return consistent(
        random.Random(draw(st.integers(0, 10**6))),  # figures as they come: with equal ones, any sum may be any other
        draw(st.integers(0, 3)),
        groups,
        draw(st.integers(columns, 4)),
        least=least,
        subs=groups > 1 and draw(st.booleans()),
        first=draw(st.booleans()),
        side=draw(st.sampled_from(["", "first", "last"])) if columns > 1 else "",
    )


@given(consistent_tables() | consistent_tables(columns=2), st.booleans(), st.sampled_from(["", "单位：万元"]))
def test_true_values_rounded_anyhow_give_no_fault(grid: list[list[str]], turned: bool, title: str) -> None:
    assert faults(written([list(line) for line in zip(*grid, strict=True)] if turned else grid), title) == []


@given(consistent_tables(columns=3, least=2000), st.booleans(), st.data())
def test_a_figure_moved_beyond_rounding_is_seen(grid: list[list[str]], turned: bool, data: st.DataObject) -> None:
    row, col = data.draw(st.integers(1, len(grid) - 1)), data.draw(st.integers(1, len(grid[0]) - 1))
    figure = grid[row][col]
    grid[row][col] = f"{Decimal(figure) + data.draw(st.integers(100, 5000)):.{len(figure.partition('.')[2])}f}"

    assert faults(written([list(line) for line in zip(*grid, strict=True)] if turned else grid), "单位：万元")


def test_many_totals_take_work_in_proportion() -> None:
    def table(totals: int) -> bytes:
        rows = ["项目,金额（万元）"]
        for n in range(totals):
            rows += [f"合计,{n + 30}", f"甲{n},{n + 10}", f"乙{n},20"]
        return "\n".join(rows).encode()

    check(table(30), name="a.csv")
    few, many = (calls(partial(check, table(totals), name="a.csv")) for totals in (60, 240))

    assert many < 6 * few


def test_a_row_has_the_parts_that_are_laid_down_for_it_even_where_the_figures_bear_out_nothing() -> None:
    rows = "项目|金额\n三公经费|5.2\n1.因公出国（境）费|0\n2.公务接待费|0\n3.公务用车购置及运行维护费|5.2\n"
    assert sums(rows) == [("5.2", ["0", "0", "5.2"])]
    assert faults(rows.replace("三公经费|5.2", "三公经费|5.7")) == [("GEN-001", "5.7")]


@pytest.mark.parametrize("missing", ["2.公务接待费|0\n", "1.因公出国（境）费|0\n"])
def test_and_nothing_is_said_of_it_where_one_of_them_is_not_there(missing: str) -> None:
    rows = "项目|金额\n三公经费|5.7\n1.因公出国（境）费|0\n2.公务接待费|0\n3.公务用车购置及运行维护费|5.2\n会议费|3\n"
    assert faults(rows) == [("GEN-001", "5.7")]
    assert faults(rows.replace(missing, "")) == []


def test_a_part_of_such_a_sum_that_is_larger_than_it_is_told_once() -> None:
    top = "项目|金额\n三公经费|34.35\n1.因公出国（境）费|0\n2.公务接待费|1.70\n3.公务用车费|{}\n"
    rows = top + "其中：公务用车运行维护费|32.65\n公务用车购置|0\n"
    assert faults(rows.format("32.65")) == []
    assert faults(rows.format("0")) == [("GEN-001", "34.35"), ("GEN-001", "0")]


def test_amounts_that_look_like_years_are_no_header() -> None:
    rows = "地区|资金合计|省级资金\n东州|1997|1997\n甲县|700|700\n乙县|697|697\n丙县|600|600\n"
    assert sums(rows) == [("1997", ["700", "697", "600"])] * 2


def test_a_minimum_standard_of_living_is_a_programme_and_no_minimum() -> None:
    assert sums("项目|金额\n最低生活保障|40\n临时救助|8\n合计|48") == [("48", ["40", "8"])]


@pytest.mark.parametrize("label", ["均衡性转移支付", "基本公共服务均等化", "标准化建设", "深度贫困补助", "成品油价格改革返还"])
def test_a_word_for_an_average_or_a_price_in_the_name_of_a_grant_is_none(label: str) -> None:
    assert sums(f"项目|金额\n{label}|40\n临时救助|8\n合计|48") == [("48", ["40", "8"])]
