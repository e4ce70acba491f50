"""The corrected copy of a web page: the markup stays byte for byte."""

from __future__ import annotations

import pytest

from validator.errors import UsageError
from validator.reports.correction import corrected


def test_of_equal_texts_in_a_page_the_cells_own_is_changed() -> None:
    data = b"<p>5</p><table><tr><td>5</td><td> 5 </td><td class=x>5</td></tr></table>"

    assert corrected(data, "a.html", {"表1!R1C2": "<7>"}) == data.replace(b" 5 ", b" &lt;7&gt; ")


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.html", b"<table><tr><td>a</td><td></td></tr></table>", {"\u88681!R1C2": "1"}),
        ("a.html", b"<table><tr><td><b>a</b>b</td><td>1</td></tr></table>", {"\u88681!R1C1": "1"}),
    ],
)
def test_what_is_not_sure_is_refused(name: str, data: bytes, texts: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        corrected(data, name, texts)
    assert caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_page_keeps_its_encoding_and_its_way_of_spelling(encoding: str) -> None:
    page = f'<meta charset="{encoding}"><table><tr><td>甲 &amp; 乙</td><td>\n5\n</td></tr></table>'
    copy = corrected(page.encode(encoding), "a.html", {"表1!R1C1": "丙&丁", "表1!R1C2": "6"})

    assert copy.decode(encoding) == page.replace("甲 &amp; 乙", "丙&amp;丁").replace("5", "6")


def test_what_the_encoding_of_the_page_cannot_hold_is_refused() -> None:
    page = '<meta charset="gb18030"><table><tr><td>甲</td><td>1</td></tr></table>'.encode("gb18030")

    with pytest.raises(UsageError, match="对不准"):
        corrected(page, "a.html", {"表1!R1C1": "\ud800"})
