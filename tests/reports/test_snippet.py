from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.reports import samples
from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity
from validator.reports.snippet import MAX_ROWS, Snippet


def drawn(finding: Finding, width: int = 100) -> list[str]:
    return [line.plain for line in Snippet(finding).lines(width)]


def test_cells_of_one_row_stand_side_by_side_with_the_faulty_one_marked() -> None:
    assert drawn(samples.RATE_FINDING) == [
        "      │              │ 全年预算数 │ 全年执行数 │ 执行率 │",
        "    8 │ 年度资金总额 │    1281.30 │    1234.56 │  98.5% │",
        "      │              │    F8 ──── │    G8 ──── │  ^^^^^ │ 应为 96.35%",
    ]


def test_parts_stand_below_their_total() -> None:
    lines = drawn(samples.TOTAL_FINDING)

    assert [line.split("│")[0].strip() for line in lines] == ["", "8", "", "9", "10", "11"]
    assert "^^^^^^^" in lines[2]


def test_cells_of_different_tables_stand_in_a_list_with_their_whole_address() -> None:
    lines = drawn(samples.PROSE_FINDING)

    assert lines[0].startswith("  L12:5-12")
    assert lines[1].rstrip().endswith("^" * cell_len("1234.5万元"))
    assert lines[2].startswith("  自评表!G8")


def test_a_blank_cell_is_shown_as_blank() -> None:
    blank = samples.fund_pointer("rate", "执行率", "H", "")
    finding = samples.finding("FUND-003", Severity.ERROR, "", "", blank, samples.BUDGET)

    assert "（空）" in drawn(finding)[1]


def test_a_long_column_of_parts_is_cut_in_the_middle_and_keeps_the_faulty_row() -> None:
    rows = [
        samples.fund_pointer("budget", "全年预算数", "F", f"{row}.00", row=row, label=f"第{row}项") for row in range(10, 60)
    ]
    lines = drawn(samples.finding("FUND-001", Severity.ERROR, "", "", rows[25], *rows[:25], *rows[26:]))

    assert len(lines) <= MAX_ROWS + 5
    assert any("35.00" in line for line in lines)
    left_out = sum(int(line.split("⋮ 其间 ")[1].split(" ")[0]) for line in lines if "⋮" in line)
    assert left_out == 50 - sum("项 │" in line for line in lines)


def test_a_table_too_wide_for_the_terminal_becomes_a_list() -> None:
    cells = [samples.fund_pointer(f"c{n}", f"第{n}季度预算执行数", "ABCDEFGHIJ"[n], f"{n}000.00") for n in range(10)]
    lines = drawn(samples.finding("FUND-001", Severity.ERROR, "", "", *cells), 60)

    assert len(lines) == 11
    assert all(cell_len(line) <= 60 for line in lines)


@pytest.mark.parametrize("second", ["自评表!F8", "其他表!H8"])
def test_two_cells_at_one_place_of_the_grid_are_both_shown(second: str) -> None:
    finding = samples.finding("X-001", Severity.INFO, "", "", samples.BUDGET, Pointer("p", second, "别的", "行", "列"))

    assert any("1281.30" in line for line in drawn(finding))
    assert any("别的" in line for line in drawn(finding))


@given(samples.findings(), st.integers(20, 200))
def test_every_excerpt_keeps_to_the_width_and_marks_the_faulty_cell(finding: Finding, width: int) -> None:
    lines = drawn(finding, width)

    assert all(cell_len(line) <= width for line in lines)
    assert width < 60 or any("^" in line for line in lines)
