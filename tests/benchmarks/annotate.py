"""How long an annotated copy takes, against what openpyxl needs to load and save the same workbook.

python -m tests.benchmarks.annotate
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from time import perf_counter

import openpyxl
from openpyxl.styles import Alignment, Border, Side

from tests.reports.annotating import at, report_on
from validator.reports.annotation import annotated

ROUNDS = 15
LIMIT = 1.5


def workbook(rows: int) -> bytes:
    """Return a workbook of so many rows and ten columns, half of it figures, all of it with borders."""
    made = openpyxl.Workbook()
    sheet = made.active
    if sheet is None:
        raise AssertionError
    sheet.title = "自评表"
    thin = Side(style="thin")
    for row in range(1, rows + 1):
        for col in range(1, 11):
            cell = sheet.cell(row, col, row * col / 7 if col % 2 else f"第 {row} 行第 {col} 列的文字")
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True)
    sheet.merge_cells("A1:J1")
    made.save(buffer := io.BytesIO())
    return buffer.getvalue()


def best(action: Callable[[], object]) -> float:
    """Return the shortest of some runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        action()
        times.append(perf_counter() - started)
    return min(times)


def main() -> int:
    """Print both times and their ratio for each size; return 1 when a ratio is above the limit."""
    worst = 0.0
    for rows, findings in ((50, 12), (50, 200), (1000, 1000)):
        data = workbook(rows)
        report = report_on(data, [at(f"自评表!{'BCDEFGHIJ'[n % 9]}{n * 7 % rows + 1}") for n in range(findings)])
        ours = best(lambda data=data, report=report: annotated(data, report))  # type: ignore[misc]
        theirs = best(lambda data=data: openpyxl.load_workbook(io.BytesIO(data)).save(io.BytesIO()))  # type: ignore[misc]
        worst = max(worst, ours / theirs)
        times = f"annotate {ours * 1000:.1f} ms, load and save {theirs * 1000:.1f} ms, ratio {ours / theirs:.2f}"
        sys.stdout.write(f"{rows} rows, {findings} findings: {times}\n")
    return int(worst > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
