"""One row of figures without a label, below headings that come again."""

from __future__ import annotations

import pytest

from tests.forms.flattened import only_grid, restored

LABELS = "合计 因公出国费 公务用车购置及运行费 公务接待费"
BELOW = "小计 公务用车购置费 公务用车运行费"
FIGURES = "12.50 0.00 8.00 1.00 7.00 4.50"
SPENT = "9.81 - 6.75 0.00 6.75 3.06"
HALF = [["合计", "因公出国费", *["公务用车购置及运行费"] * 3, "公务接待费"], ["", "", *BELOW.split(), ""]]


def text(*lines: str) -> str:
    return "\n".join(("“三公”经费支出表", "部门：青石县文化馆 单位：万元", *lines))


TWICE = text(
    "预算数 决算数",
    f"{LABELS} {LABELS}",
    f"{BELOW} {BELOW}",
    " ".join(map(str, range(1, 13))),
    f"{FIGURES} {SPENT}",
    "注：略。",
)


@pytest.mark.parametrize("numbers", ["1 2 3 4 5 6\n", ""])
@pytest.mark.parametrize("separator", [" ", "\n"])
def test_labels_stand_over_one_row_of_figures(numbers: str, separator: str) -> None:
    table = text(LABELS, BELOW, f"{numbers}{FIGURES}")
    rows = only_grid(table if separator == " " else "\n".join(table.split()))

    assert rows[:2] == HALF
    assert rows[-1] == FIGURES.split()


@pytest.mark.parametrize("separator", [" ", "\n"])
def test_labels_that_come_twice_stand_below_one_heading_each(separator: str) -> None:
    rows = only_grid(TWICE if separator == " " else "\n".join(TWICE.split()))

    assert rows[0] == [*["预算数"] * 6, *["决算数"] * 6]
    assert rows[1:3] == [row * 2 for row in HALF]
    assert rows[-1] == f"{FIGURES} {SPENT}".split()


@pytest.mark.parametrize(
    "changed",
    [
        TWICE.replace(" 3.06", ""),
        TWICE.replace("预算数 决算数\n", ""),
        TWICE.replace(f"{BELOW} {BELOW}", f"{BELOW} 小计 购置 运行"),
        text(LABELS, "小计 甲 乙", FIGURES),
        text(LABELS.replace("合计", "因私出国费"), BELOW, FIGURES),
    ],
    ids=["a figure is missing", "no headings", "labels differ", "names tell nothing", "no total"],
)
def test_labels_that_do_not_come_out_even_are_no_table(changed: str) -> None:
    assert not restored(changed).tables


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_three_labels_of_a_rate_that_is_laid_down_stand_over_three_figures(apart: str) -> None:
    lines = ["财政供养人员情况（人）", "编制数", "2031 年实际在职人数", "控制率", "46", "50", "108.70%", "经费情况（万元）"]
    assert only_grid(apart.join(lines)) == [["编制数", "2031 年实际在职人数", "控制率"], ["46", "50", "108.70%"]]


def test_three_other_labels_stand_over_nothing() -> None:
    assert not restored("人员情况\n编制数\n退休人数\n总人数\n46\n50\n96").tables


MADE_OF = ["年度收入（万元）", "单位名称", "收入合计", "其中：", "年初结转", "公共预算拨款", "其他收入"]


@pytest.mark.parametrize("apart", [" |\n", "\n", " |\n||||\n", " "], ids=["piped", "cells", "padded", "words"])
@pytest.mark.parametrize("rows", [["甲所 62.75 1.5 60 1.25"], ["甲所 62.75 1.5 60 1.25", "乙所 31 0 30 1"]], ids=["one", "two"])
def test_a_total_and_what_it_is_made_of_need_no_more_than_a_row_that_adds_up(rows: list[str], apart: str) -> None:
    text = apart.join([*MADE_OF, *" ".join(rows).split(), "年度支出（万元）"])
    labels = [label for label in MADE_OF[1:] if label != "其中："]
    assert only_grid(text) == [labels, *(row.split() for row in rows)]
    assert restored(text.replace("62.75", "62.85")).tables == ()
