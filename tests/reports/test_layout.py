from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from validator.reports.layout import columns, pad, shorten, wrap

PLAIN = st.text(st.sampled_from("年度资金总额，。（）1234567890.% ≥abc…×÷"), max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("执行率填 98.5%，应为 96.35%", 40, ["执行率填 98.5%，应为 96.35%"]),
        ("按 1234.56 ÷ 1281.30 应为 96.35%", 19, ["按 1234.56 ÷", "1281.30 应为 96.35%"]),
        ("一二三四五，六", 10, ["一二三四五，", "六"]),
        ("", 10, [""]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
    ],
)
def test_lines_break_between_characters_and_around_figures(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(PLAIN, st.integers(2, 60))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width + 2 for line in lines)


@given(PLAIN, st.integers(0, 60))
def test_a_shortened_text_fits_and_shows_that_it_was_cut(text: str, width: int) -> None:
    short = shorten(text, width)

    assert cell_len(short) <= width
    assert short == text or "…" in short or width == 0


@given(PLAIN, st.integers(1, 60), st.booleans())
def test_a_padded_text_has_exactly_its_width(text: str, width: int, right: bool) -> None:
    assert cell_len(pad(text, width, right=right)) == width


@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), min_size=1, max_size=5), st.integers(40, 120))
def test_columns_keep_to_the_width(rows: list[tuple[str, str, str]], width: int) -> None:
    assert all(cell_len(line) <= width for line in columns(rows, width, shrink=(1,)))


def test_columns_stand_below_each_other() -> None:
    assert columns([("a", "年度"), ("总额", "b")], 40) == ["a     年度", "总额  b"]
