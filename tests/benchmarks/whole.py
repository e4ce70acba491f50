"""How fast a form is checked, against openpyxl loading the same file; facts to findings; cold start; memory.

Prints medians of one run. Timings are processor time of this process, so that a busy machine disturbs them less.
"""

from __future__ import annotations

import gc
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import openpyxl

from tests.building import FilledForm, lay_out, write
from tests.building.filled import Line
from tests.building.project import project_form
from tests.building.truth import Writing
from validator.pipeline import checker
from validator.reports.json import render

ROWS = 50
_TIMES = 40
_FORMS = 10_000


def fifty_rows() -> FilledForm:
    """Return a project form of fifty rows in the look of the printed one; its added indicators upset the totals."""
    form = project_form(Random(7), "classic", writing=Writing())
    block = form.block("indicators")
    if block is None:
        raise LookupError("the template has no indicators")
    model = block.lines[0]
    extra = (_like(model, number) for number in range(ROWS - lay_out(form)[0].height))
    longer = replace(block, lines=(model, *extra, *block.lines[1:]))
    return replace(form, blocks=tuple(longer if each is block else each for each in form.blocks))


def _like(line: Line, number: int) -> Line:
    return replace(line, cells={**line.cells, "name": f"{line.cells['name']}（第{number + 2}批）", "weight": "1", "score": "1"})


def timed(action: Callable[[], object], times: int = _TIMES) -> float:
    """Return the median processor time of an action in milliseconds."""
    for _ in range(3):
        action()
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return median(taken) * 1000


def cold(command: list[str], compiled: Path, times: int = 7) -> float:
    """Return the median processor time of a fresh process in seconds; its modules are compiled, as they are once installed."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled), "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run(command, check=False, capture_output=True, env=environment)
    taken = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=False, capture_output=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(taken)


def main(*, short: bool = False) -> None:
    """Print the figures; `short`: only those of one form in this process."""
    data = write(lay_out(fifty_rows()), "xlsx")
    ready = checker()
    gc.collect()
    gc.freeze()
    understood = ready.understand(data, name="form.xlsx")
    report = ready.judge(understood)
    load = timed(lambda: openpyxl.load_workbook(io.BytesIO(data)))
    whole = timed(lambda: render(ready.check(data, name="form.xlsx")))
    judged = timed(lambda: ready.judge(understood))
    rows = lay_out(fifty_rows())[0].height
    print(f"form: {rows} rows, {len(data)} bytes, {len(report.checks)} checks, {len(report.findings)} findings")
    print(f"whole check, bytes to JSON: {whole:.1f} ms; openpyxl loads the same file in {load:.1f} ms", end="; ")
    print(f"ratio {whole / load:.2f} (at most 1)")
    print(f"facts to findings: {judged:.2f} ms, {1000 / judged:.0f} forms a second (at least 150)")
    if short:
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(data)
        nothing = cold([sys.executable, "-c", "pass"], Path(folder))
        command = cold([sys.executable, "-m", "validator", "check", str(path)], Path(folder))
    print(f"gouji check, cold: {command:.2f} s of processor time; python -c pass: {nothing:.2f} s", end="; ")
    print(f"more by {command - nothing:.2f} s (at most 0.5)")
    for _ in range(_FORMS // 10):
        ready.check(data, name="form.xlsx")
    early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(_FORMS - _FORMS // 10):
        ready.check(data, name="form.xlsx")
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory: {early / 1024:.0f} MiB after {_FORMS // 10} forms, {late / 1024:.0f} MiB after {_FORMS}", end="; ")
    print(f"growth {(late - early) / 1024:.1f} MiB")


if __name__ == "__main__":
    main(short="--short" in sys.argv)
