"""Text files in the encodings that people save them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.readers.encoding import decode

TEXT = "项目支出绩效自评表\t预算数：1,200.50万元\n"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_text_is_read_in_the_encoding_it_was_saved_in(encoding: str, name: str) -> None:
    text = TEXT * 5 + "a b c\n" * 5
    decoded = decode(text.encode(encoding))

    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.note) == (text, name, "")


def test_a_file_cut_off_within_a_character_is_still_read() -> None:
    decoded = decode((TEXT * 5).encode()[:-10] + "表".encode()[:2])

    assert decoded is not None
    assert decoded.encoding == "utf-8"
    assert decoded.note


@pytest.mark.parametrize("text", ["预算锟斤拷执行", "棰勭畻\ufffd", "预算æ•°é¢„ç®—"])
def test_mojibake_is_told_of(text: str) -> None:
    decoded = decode(text.encode())

    assert decoded is not None
    assert decoded.text == text
    assert decoded.note


def test_empty_characters_are_replaced_one_for_one() -> None:
    decoded = decode("预算\0执行数完成情况说明一二三四五六七八九十\n".encode() * 2)

    assert decoded is not None
    assert "\0" not in decoded.text
    assert decoded.text.count("\ufffd") == 2
    assert "NUL" in decoded.note


def test_what_is_no_text_is_not_read() -> None:
    assert decode(bytes(range(32)) * 20) is None


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"])))
def test_utf_8_always_reads_back(text: str) -> None:
    decoded = decode(text.encode())

    assert decoded is not None
    assert decoded.text == text.removeprefix("\ufeff")
