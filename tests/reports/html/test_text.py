"""Text from a received file as HTML: shown, never run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from validator.reports.html.text import LONGEST, column_head, folded, line, shown, table


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1281.30", "1281.30"),
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        ("甲\r\n乙\t丙", "甲\n乙 丙"),
        ("\x1b[31m\u202e", "\\x1b[31m\\u202e"),
        ("", ""),
    ],
)
def test_special_and_hidden_characters_are_spelled_out(text: str, expected: str) -> None:
    assert shown(text) == expected


@given(st.text())
def test_nothing_in_a_text_becomes_an_element_or_leaves_its_attribute(text: str) -> None:
    element = parser.fragment_fromstring(f'<p title="{line(text)}">{shown(text)}</p>')

    assert len(list(element.iter())) == 1
    assert element.keys() == ["title"]


@pytest.mark.parametrize("limit", [60, LONGEST])
def test_the_middle_of_a_long_text_is_left_out(limit: int) -> None:
    text = shown("首" + "长" * 10_000 + "尾", limit)

    assert len(text) <= limit + 40
    assert text.startswith("首")
    assert text.endswith("尾")


def test_a_label_is_one_line() -> None:
    assert "\n" not in line("甲\n乙")
    assert len(line("长" * 1000)) < 300


def test_a_table_has_heads_and_rows_and_can_be_scrolled() -> None:
    element = parser.fragment_fromstring(table(("甲", "乙"), [("1", "<b>2</b>"), ("3", "4")], css="wide"))

    assert element.xpath("//table/@class") == ["wide"]
    assert element.xpath("//thead//th[@scope='col']/text()") == ["甲", "乙"]
    assert [[cell.text_content() for cell in row] for row in element.xpath("//tbody/tr")] == [["1", "2"], ["3", "4"]]
    assert element.get("tabindex") == "0"
    assert column_head("丙") == '<th scope="col">丙</th>'


@pytest.mark.parametrize(
    ("css", "open_", "expected"),
    [("", False, "<details>"), ("rest", False, '<details class="rest">'), ("", True, "<details open>")],
)
def test_a_fold_is_shown_or_not(css: str, open_: bool, expected: str) -> None:
    assert folded("题", "文", css=css, open=open_) == f"{expected}<summary>题</summary>文</details>"
