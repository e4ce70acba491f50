"""How fast the parts are that every start or every form pays for, each against the least that its work can take.

Loading a folder of rules against composing its YAML; findings folded by durable_rules against the plain loop; the JSON
of a report against `json.dumps` of its data. Processor time, medians of one run: `python -m tests.benchmarks.parts`.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from tests.benchmarks.whole import timed
from tests.reports import samples
from validator.keeping import shipped_directory
from validator.model.finding import Check, Grade, Outcome, Report
from validator.pipeline import Checker, checker
from validator.reports.json import render
from validator.rules.load import load_ruleset

CHECKS = 300
FLAWED = Path(__file__).parents[2] / "samples" / "project" / "flawed" / "farmland.xlsx"


def loading() -> tuple[float, float, float]:
    """Return milliseconds for loading a folder of rules, for nothing but composing its files, and for the shipped rules.

    The folder is a copy of the shipped one: of that what was read before is known, and rules are compiled when they are due.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = [path.read_text(encoding="utf-8") for path in shipped_directory().rglob("*.yaml")]
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(shipped_directory(), Path(place) / "rulesets"))
        return (
            timed(lambda: load_ruleset(folder), 9),
            timed(lambda: [yaml.compose(text, Loader=loader) for text in texts], 9),
            timed(lambda: load_ruleset(shipped_directory()), 9),
        )


def folding() -> tuple[int, float, float]:
    """Return how many findings a flawed form has, and milliseconds for judging it with durable_rules and with the loop."""
    engines = [checker(engine=name) for name in ("durable", "loop")]
    understood = engines[0].understand(FLAWED)

    def judged(one: Checker) -> float:
        return timed(lambda: one.judge(understood))

    return len(engines[0].judge(understood).findings), judged(engines[0]), judged(engines[1])


def rendering() -> tuple[float, float]:
    """Return milliseconds for the JSON of a report of many checks, and for `json.dumps` of the same data."""
    pointers = [samples.fund_pointer("budget", "全年预算数", "F", f"{n}.30", row=n) for n in range(1, 201)]
    checks = tuple(
        Check("FUND-003", "ratio", Outcome.PASS, f"form[0].funds.row[{n}]", Grade.EXACT, pointers[n % 200],
              (pointers[n * 7 % 200], pointers[n * 3 % 200]), f"{n}.5%", None, f"c{n}")
        for n in range(CHECKS)
    )  # fmt: skip
    report = Report("a.xlsx", "xlsx", "0" * 64, (), checks, ())
    data = json.loads(render(report))
    return timed(lambda: render(report)), timed(lambda: json.dumps(data, ensure_ascii=False))


def main() -> None:
    """Print the figures."""
    rules, files, shipped = loading()
    print(f"a folder of rules: {rules:.0f} ms; composing its YAML alone: {files:.0f} ms; ratio {rules / files:.2f}", end="; ")
    print(f"the shipped rules: {shipped:.0f} ms")
    findings, durable, loop = folding()
    print(f"a form of {findings} findings judged: {durable:.2f} ms; with the plain loop: {loop:.2f} ms", end="; ")
    print(f"ratio {durable / loop:.2f}")
    ours, theirs = rendering()
    print(f"JSON of {CHECKS} checks: {ours:.2f} ms; json.dumps of its data: {theirs:.2f} ms", end="; ")
    print(f"ratio {ours / theirs:.2f} (at most 1)")


if __name__ == "__main__":
    main()
