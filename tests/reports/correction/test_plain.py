"""The corrected copy of a text file: everything else stays byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.errors import UsageError
from validator.readers import read
from validator.reports.correction import corrected


@pytest.mark.parametrize(
    ("data", "texts", "copy"),
    [
        (b"a,b\r\n 1 ,2\r\n", {"\u88681!A2": "30"}, b"a,b\r\n 30 ,2\r\n"),
        (b"a,b\n1,2\n", {"\u88681!B2": "1,234.5"}, b'a,b\n1,"1,234.5"\n'),
        (b"sep=;\na;b\n1;2", {"\u88681!B2": "7"}, b"sep=;\na;b\n1;7"),
        ("\ufeff甲,乙\n1,2\n".encode(), {"表1!A2": "9"}, "\ufeff甲,乙\n9,2\n".encode()),
        ("甲,乙\n1,2\n".encode("gb18030"), {"表1!A1": "丙"}, "丙,乙\n1,2\n".encode("gb18030")),
        ("甲,乙\n1,2\n".encode("utf-16"), {"表1!A2": "9", "表1!B2": "8"}, "甲,乙\n9,8\n".encode("utf-16")),
        (b"a,b\n1,2\n", {"\u88681!A2": ""}, b"a,b\n,2\n"),
    ],
)
def test_all_else_stays_byte_for_byte(data: bytes, texts: dict[str, str], copy: bytes) -> None:
    assert corrected(data, "a.csv", texts) == copy


def test_spans_of_one_line_are_replaced_together() -> None:
    data = "资金 100 90 90%\r\n共 3 项".encode()

    for name in ("a.txt", "a.md"):
        assert corrected(data, name, {"L1:4-6": "1000", "L1:11-13": "9%"}) == "资金 1000 90 9%\r\n共 3 项".encode()


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.csv", b'a,"b"\n1,2\n', {"\u88681!A2": "3"}),
        ("a.csv", b"a,b\n1,2\n", {"\u88681!C2": "3"}),
        ("a.csv", b"a,b\n1,2\n", {"\u88681!A9": "3"}),
        ("a.csv", b"a,b\n1,2\n", {"L1:1-1": "3"}),
        ("a.txt", "资金 100 90".encode(), {"L1:4-6": "1 000"}),
        ("a.txt", "资金 100 90".encode(), {"L1:4-6": ""}),
        ("a.txt", "资金 100 90".encode(), {"L1:4-6": "1\t2"}),
        ("a.txt", "资金 100 90".encode(), {"L7:4-6": "1"}),
        ("a.txt", "资金 100 90".encode(), {"L1": "1"}),
    ],
)
def test_what_is_not_sure_is_refused(name: str, data: bytes, texts: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        corrected(data, name, texts)
    assert caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@given(row=st.integers(0, 2), col=st.integers(0, 2), text=st.sampled_from(("9", "1,5", '引"号', "")))
def test_the_value_that_was_typed_is_read_back_and_no_other_changes(encoding: str, row: int, col: int, text: str) -> None:
    grid = [[f"第{r}行{c}" for c in range(3)] for r in range(3)]
    data = "\r\n".join(",".join(line) for line in grid).encode(encoding)
    copy = corrected(data, "a.csv", {f"表1!{'ABC'[col]}{row + 1}": text})
    grid[row][col] = text
    [table] = read(copy, name="a.csv").tables

    assert [[cell.text if cell else "" for cell in line] for line in table.rows] == grid


def test_text_that_its_encoding_cannot_hold_is_written_in_one_that_can_or_refused() -> None:
    with pytest.raises(UsageError, match="编码"):
        corrected("甲,乙\n1,2\n".encode("gb18030"), "a.csv", {"表1!A1": "\ud800"})
