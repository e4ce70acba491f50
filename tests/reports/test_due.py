from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.reports.samples import RATE_FINDING, sample_report
from validator.model.finding import Finding
from validator.reports import html, letter, remarks
from validator.reports.due import due
from validator.reports.snippet import Snippet


@pytest.mark.parametrize(
    ("expected", "bound", "chinese", "english"),
    [
        ("96.35%", "", "96.35%", "96.35%"),
        ("96.35%", "<=", "至多 96.35%", "at most 96.35%"),
        ("96.35%", ">=", "至少 96.35%", "at least 96.35%"),
        ("96.35%", "<", "小于 96.35%", "less than 96.35%"),
        ("96.35%", ">", "大于 96.35%", "more than 96.35%"),
        ("{}", "<=", "至多 {}", "at most {}"),
        ("", "<=", "", ""),
        (None, "", "", ""),
    ],
)
def test_a_limit_is_told_as_one(expected: str | None, bound: str, chinese: str, english: str) -> None:
    finding = RATE_FINDING._replace(expected=expected, bound=bound)
    assert (due(finding), due(finding, "en")) == (chinese, english)


def _letter(finding: Finding) -> str:
    return str(letter.context(replace(sample_report(), findings=(finding,)), letter.Particulars())["意见"])


def _page(finding: Finding) -> str:
    return html.render(replace(sample_report(), findings=(finding,)))


def _snippet(finding: Finding) -> str:
    return "\n".join(line.plain for line in Snippet(finding).lines(100))


def _remark(finding: Finding) -> str:
    return "\n".join(remarks.remark(finding))


@pytest.mark.parametrize("render", [_letter, _page, _snippet, _remark])
def test_every_report_tells_it(render: Callable[[Finding], str]) -> None:
    limit = RATE_FINDING._replace(message="太高", expected="77.7%", bound="<=")
    assert "至多 77.7%" in render(limit)
    assert "应为 77.7%" not in render(limit)


def test_where_no_figure_can_be_told_the_remark_says_what_to_do() -> None:
    assert "怎么办：核对执行数与全年预算数，或更正执行率。" in remarks.remark(RATE_FINDING._replace(expected=None))
    assert not any(line.startswith("怎么办") for line in remarks.remark(RATE_FINDING))
