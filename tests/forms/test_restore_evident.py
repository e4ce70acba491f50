"""Tables with a cell on each line that are read because their sums close."""

from __future__ import annotations

import pytest

from validator.forms.restore.evident import by_evidence
from validator.forms.restore.tokens import cut
from validator.model.finding import Report
from validator.pipeline import check

WORDS = {"totals": ("小计", "合计"), "serials": ("序号",)}
LABELS = ["序号", "()", "村(居)(个)", "优(个)", "(个)", "及格(个)", "及格(个)"]
ROWS = [
    ["1", "甲镇", "27", "3", "22", "2", "0"],
    ["2", "乙镇", "37", "12", "25", "0", "0"],
    ["3", "丙街道", "45", "14", "31", "0", "0"],
    ["4", "丁街道", "18", "1", "17", "0", "0"],
]
TOTAL = ["小计", "127", "30", "95", "2", "0"]
PLAIN = [row[1:] for row in ROWS]


def lines(*rows: list[str]) -> str:
    return "\n\n".join(f"  {cell}" for row in rows for cell in row)


def read(*rows: list[str]) -> list[tuple[int, int]]:
    """Return how many rows each table has, and how wide its last one is."""
    tokens = [token for token in cut(lines(*rows).split("\n"), lambda _: True) if token.text]
    grids = by_evidence(tokens, 0, len(tokens), lambda name, text: text in WORDS[name])
    return [(len(grid.rows), len(grid.rows[-1])) for grid in grids]


def checked(*rows: list[str]) -> Report:
    head = "关于一季度考评情况的通报\n\n现将各镇街成绩档次分布情况通报如下：\n\n"
    return check(f"{head}{lines(*rows)}\n\n附件：成绩明细表".encode(), name="a.txt")


def faults(report: Report) -> list[tuple[str, str]]:
    return [(one.rule, one.primary.text) for one in report.findings if one.severity != "info"]


def test_numbered_rows_with_labels_of_lost_words_are_read() -> None:
    assert read(LABELS, ROWS[0], ROWS[1], ROWS[2], ROWS[3], TOTAL) == [(6, 6)]
    report = checked(LABELS, *ROWS, TOTAL)
    assert faults(report) == []
    assert {c.stated.text for c in report.checks if c.rule == "GEN-001" and c.stated} == {"127", "30", "95", "2", "0"}
    assert {c.stated.text for c in report.checks if c.rule == "GEN-012" and c.stated} >= {"27", "37", "45", "18"}


def test_rows_without_numbers_are_read_without_labels() -> None:
    assert read(["地区", "数量"], *PLAIN, TOTAL) == [(5, 6)]


@pytest.mark.parametrize("column", [1, 2, 3])
def test_one_total_that_does_not_close_beside_others_is_told(column: int) -> None:
    wrong = [*TOTAL]
    wrong[column] = "88"
    wide = [[*row, row[-4]] for row in ROWS]
    assert ("GEN-001", "88") in faults(checked([*LABELS, "上轮(个)"], *wide, [*wrong, TOTAL[-4]]))


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, ["小计", "127", "30", "88", "7", "0"]],
        [*ROWS[:2], ["小计", "64", "15", "47", "2", "0"]],
        [*ROWS[:3], ROWS[3][:-1], TOTAL],
        [ROWS[0], ["2", "乙镇", "37", "未评", "25", "0", "0"], *ROWS[2:], TOTAL],
        [*ROWS, TOTAL, ["戊镇", "12", "3", "4", "5", "0"]],
        [["1", "甲", "1", "2"], ["2", "乙", "2", "1"], ["3", "丙", "1", "1"], ["小计", "4", "4"]],
    ],
    ids=["two columns off", "two rows", "a cell lost", "a word among figures", "more rows below", "small figures"],
)
def test_what_may_be_read_otherwise_is_not(rows: list[list[str]]) -> None:
    assert read(LABELS, *rows) == []


def test_rows_of_another_table_above_are_not_among_them() -> None:
    others = [["9", "其他", "1", "2", "3", "4", "5"]]
    assert read(LABELS, *others, *ROWS, TOTAL) == [(5, 6)]
