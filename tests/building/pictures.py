"""Draws the report in the README: what `gouji check` shows of a flawed sample, in both languages.

python -m tests.building.pictures docs/images
"""

from __future__ import annotations

import sys
from pathlib import Path

from validator import pipeline
from validator.reports import terminal

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = "samples/project/flawed/rural-clinics.xlsx"
RULES = ("FUND-001", "FUND-003", "SCORE-010")
"""What fits on a first screen."""
WIDTH = 100


def pictures() -> dict[str, str]:
    """Return the pictures by file name."""
    drawn = {}
    for lang in ("zh", "en"):
        report = pipeline.check(ROOT / SAMPLE, name=SAMPLE, lang=lang, select=RULES)
        options = f"--select {','.join(RULES)}" + (" --lang en" if lang == "en" else "")
        title = f"$ gouji check {options} {Path(SAMPLE).name}"
        drawn[f"report.{lang}.svg"] = terminal.picture(report, title=title, width=WIDTH, lang=lang)
    return drawn


def write(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures().items():
        (folder / name).write_text(picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
