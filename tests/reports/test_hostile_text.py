"""Cell text is hostile: escape sequences, markup and formulas in it are shown, never run."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given

from tests.reports import samples
from validator.model.finding import Report
from validator.reports import concise, json, terminal

FORMATS: dict[str, Callable[[Report], str]] = {"rich": terminal.render, "concise": concise.render, "json": json.render}


@pytest.mark.parametrize("format", FORMATS)
@given(report=samples.reports())
def test_no_format_lets_anything_but_printable_text_and_line_breaks_through(format: str, report: Report) -> None:
    text = FORMATS[format](report)

    assert not {c for c in text if not (c.isprintable() or c == "\n" or unicodedata.category(c) in ("Zs", "Co", "Cn"))}


@pytest.mark.parametrize("format", ["rich", "concise"])
def test_markup_and_escapes_are_shown_as_they_were_written(format: str) -> None:
    finding = samples.RATE_FINDING._replace(
        message="[red]红[/red] \x1b[31m", primary=samples.RATE._replace(text="[bold]1[/bold]")
    )
    text = FORMATS[format](replace(samples.clean_report(), path="[b]表.xlsx", findings=(finding,)))

    assert "[red]红[/red] \\x1b[31m" in text
    assert "[b]表.xlsx" in text
