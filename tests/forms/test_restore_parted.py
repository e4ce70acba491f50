"""Columns of money split up alike below one header, pasted as text: each figure keeps its column, or none is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.flattened import grid, restored
from validator.forms.restore import restore
from validator.readers import read
from validator.rules.load import load_ruleset

UPPER = ("任务名称", "主要内容", "预算数（万元）", "", "", "执行数（万元）", "", "", "执行率")
LOWER = ("", "", "小计", "财政拨款", "其他资金", "小计", "财政拨款", "其他资金", "")
ROWS = (
    ("渠系维护", "清淤", "62", "60", "2", "55.8", "54", "1.8", "90.00%"),
    ("防汛物资", "储备补充", "20", "15", "5", "19", "15", "4", "95.00%"),
    ("合计", "", "82", "75", "7", "74.8", "69", "5.8", "91.22%"),
    ("水质监测", "断面采样", "18", "18", "0", "18", "18", "0", "100.00%"),
    ("合计", "", "18", "18", "0", "18", "18", "0", "100.00%"),
    ("总计", "", "100", "93", "7", "92.8", "87", "5.8", "92.80%"),
)


def pasted(how: str, *rows: tuple[str, ...]) -> str:
    """A table of duties as text: cells of a row parted by `how`, blank ones kept where a tab says so."""
    lines = ["部门整体支出绩效自评表", "部门名称 某县水利站"]
    lines += [how.join(row if how == "\t" else [cell for cell in row if cell]) for row in rows]
    return "\n".join(lines) if how != "one line" else " ".join(" ".join(filter(None, row)) for row in rows)


@pytest.mark.parametrize("how", ["\t", " ", " | ", "\n", "one line"])
def test_what_was_split_alike_is_put_below_its_label_again(how: str) -> None:
    (table,) = restored(pasted(how, UPPER, LOWER, *ROWS)).tables
    rows = grid(table)
    upper, lower, *body = rows[next(n for n, row in enumerate(rows) if "任务名称" in row) :]
    start = upper.index("任务名称")
    assert lower[start:] == list(LOWER)
    assert [tuple(row[start:]) for row in body] == list(ROWS)


@pytest.mark.parametrize("how", [" ", "\n"])
def test_what_was_not_split_alike_is_not_read_at_all(how: str) -> None:
    lower = ("", "", "小计", "财政拨款", "其他资金", "", "", "", "")
    rows = [(*row[:5], "", "", row[5], row[8]) for row in ROWS[:2]]
    document = restored(pasted(how, UPPER, lower, *rows, *rows))
    assert not any("62" in row for table in document.tables for row in grid(table))
    assert document.notes


@pytest.mark.parametrize("how", [" ", "\n"])
def test_rows_with_more_figures_than_the_header_has_columns_are_not_cut_up(how: str) -> None:
    rows = [row for row in ROWS if row[0] != "合计"]
    document = restored(pasted(how, UPPER, *rows))
    cells = {cell for table in document.tables for row in grid(table) for cell in row}
    assert cells.isdisjoint(
        ("任务名称", "执行率", "60", "54")
    )  # rates tell by themselves what they follow from, and nothing of the labels
    in_part = ["这张表的栏目认不准，只核对了相互算得出的几栏。"] if how == "\n" else []
    unread = "这里像一张表，但各行的数对不上栏目，认不准，未作核对。"
    assert [note.message for note in document.notes] == [*in_part, unread]


@pytest.mark.parametrize("how", ["\t", " ", "\n"])
def test_a_label_that_the_section_does_not_know_may_end_the_upper_row(how: str) -> None:
    rows = [(*row, "") for row in ROWS]
    (table,) = restored(pasted(how, (*UPPER, "责任科室"), (*LOWER, ""), *rows)).tables
    found = [[cell for cell in row if cell] for row in grid(table)]
    assert list(filter(None, ROWS[0])) in found
    assert list(filter(None, ROWS[-1])) in found


FORM = """
id: loans
title: 贷款使用表
basis: 自定的表
recognise: {titles: [贷款使用表], requires: [use]}
sections:
  - id: use
    title: 使用
    columns:
      year: {name: 年度, type: label}
      planned: {name: 安排额, type: amount, labels: [贷款安排额]}
      received: {name: 到位额, type: amount, labels: [贷款到位额]}
      spent: {name: 本年支出, type: amount}
      all: {name: 累计支出, type: amount}
    rows: [{id: total, role: total, labels: [合计]}]
    default-role: item
    requires: [[planned], [received], [spent, all]]
"""
COMPOSED = (
    ("年度", "贷款", "", "支出", ""),
    ("", "安排额", "到位额", "本年支出", "累计支出"),
    ("2023年", "800", "700", "500", "500"),
    ("2024年", "900", "900", "600", "1100"),
    ("合计", "1700", "1600", "1100", "1100"),
)


@pytest.mark.parametrize("cut", [False, True], ids=["all tabs", "without those at the end"])
def test_an_own_form_may_name_columns_by_two_labels(tmp_path: Path, cut: bool) -> None:
    (tmp_path / "loans").mkdir()
    (tmp_path / "loans" / "form.yaml").write_text(FORM, encoding="utf-8")
    lines = ["\t".join(row) for row in COMPOSED]
    text = "\n".join(["贷款使用表", "项目名称\t某大桥", *(line.rstrip("\t") if cut else line for line in lines)])
    document = restore(read(text.encode(), name="a.txt"), load_ruleset(tmp_path, extends=True))
    (table,) = document.tables
    spread = ["年度", "贷款", "贷款", "支出", "支出"]
    assert [row[-5:] for row in grid(table)[-5:]] == [spread, *(list(row) for row in COMPOSED[1:])]
    assert [cell.col_span for cell in dict.fromkeys(table.rows[-5]) if cell is not None] == [1, 2, 2]
