from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.samples import texts
from validator.reports.visible import excerpt, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("年度资金总额", "年度资金总额"),
        ("[red]粗[/red]", "[red]粗[/red]"),
        ("\x1b[31m红", "\\x1b[31m红"),
        ("上\n下", "上↵下"),
        ("上\r\n下", "上↵下"),
        ("全\u3000角\xa0", "全\u3000角\xa0"),
        ("反\u202e转", "反\\u202e转"),
        ("零\u200b宽", "零\\u200b宽"),
        ("\x9b\x85\u2028", "\\x9b\\x85\\u2028"),
        ("半\ud800个", "半\\ud800个"),
        ("a\tb", "a\\tb"),
    ],
)
def test_what_would_steer_a_terminal_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(texts())
def test_visible_text_is_one_line_of_printable_characters(text: str) -> None:
    assert all(character.isprintable() or unicodedata.category(character) == "Zs" for character in visible(text))


@given(texts())
def test_visible_text_stays_as_it_is_when_shown_again(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(max_size=400), st.integers(4, 60))
def test_an_excerpt_keeps_to_its_length_and_to_both_ends(text: str, length: int) -> None:
    shown = excerpt(text, length)

    assert len(shown) <= length
    if len(visible(text)) > length:
        assert "…" in shown
        assert visible(text).startswith(shown[:2])
    else:
        assert shown == visible(text)


def test_a_cell_of_a_million_characters_is_cut_before_it_is_spelled_out() -> None:
    assert len(excerpt("\x00" * 10**6, 50)) == 50
