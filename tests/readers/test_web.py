"""Web pages: grids with spans, tables that only lay out a page, character sets."""

from __future__ import annotations

import pytest

from validator.errors import UnreadableDocument
from validator.model.document import Paragraph
from validator.readers import Limits, read


def outline(page: str | bytes) -> list[object]:
    """Return paragraphs as texts and tables as grids of texts."""
    data = page.encode() if isinstance(page, str) else page
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text if cell else None for cell in row] for row in block.rows]
        for block in read(data, name="页.html").blocks
    ]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("<p>一<p>二<b>三</b>", ["一", "二三"]),
        ("<h1> 标 \n 题 </h1>文&nbsp;&amp;<br>行", ["标 题", "文 &\n行"]),
        ("<table><tr><td>甲<td>乙<tr><td>丙<br>丁<td></table>", [[["甲", "乙"], ["丙\n丁", None]]]),
        ("<table><thead><tr><th>甲<th>乙<tbody><tr><td>丙<td>丁</table>", [[["甲", "乙"], ["丙", "丁"]]]),
        ("<table><caption>单位：万元</caption><tr><td>甲<td>乙</table>", ["单位：万元", [["甲", "乙"]]]),
        ("<p>显<script>x</script><style>y</style><span style='display:none'>隐</span><b hidden>藏</b>", ["显"]),
        ("<table><tr><td>甲<td>乙<tr style='DISPLAY: none'><td>丙<td>丁</table>", [[["甲", "乙"]]]),
        ("<table><tr><td><p>甲</p><p>乙</p><td>丙</table>", [[["甲\n乙", "丙"]]]),
        ("<pre>a  b\nc</pre>", ["a  b\nc"]),
        ("<p> &nbsp; </p>", []),
    ],
)
def test_blocks_are_read_as_a_browser_shows_them(page: str, blocks: list[object]) -> None:
    assert outline(page) == blocks


def test_spans_are_one_cell_in_each_slot() -> None:
    page = "<table><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>1<td>2</table>".encode()
    [table] = read(page, name="页.html").tables

    assert [(c.text, c.address, c.row_span, c.col_span) for c in table.cells()] == [
        ("甲", "表1!R1C1", 2, 1),
        ("乙", "表1!R1C2", 1, 2),
        ("1", "表1!R2C2", 1, 1),
        ("2", "表1!R2C3", 1, 1),
    ]
    assert table.at(0, 0) is table.at(1, 0)


class TestLayoutTables:
    GRID = "<table><tr><td>项目<td>预算<tr><td>甲<td>1</table>"

    def test_a_table_around_another_is_no_table(self) -> None:
        page = f"<table><tr><td colspan=2>导航</td></tr><tr><td>左</td><td>{self.GRID}<p>注</p></td></tr></table>"

        assert outline(page) == ["导航", "左", [["项目", "预算"], ["甲", "1"]], "注"]

    def test_a_table_of_one_long_cell_is_prose(self) -> None:
        assert outline(f"<table><tr><td>{'文' * 400}</table>") == ["文" * 400]

    def test_a_form_with_a_table_in_one_of_its_cells_stays_a_table(self) -> None:
        page = f"<table><tr><td>一<td>二<tr><td>三<td>四<tr><td>五<td>{self.GRID}</table>"

        assert outline(page) == [[["一", "二"], ["三", "四"], ["五", None]], [["项目", "预算"], ["甲", "1"]]]


@pytest.mark.parametrize(
    "page",
    [
        "<meta charset=gbk><p>预算</p>".encode("gbk"),
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>预算</p>".encode("gbk"),
        "<meta charset=gb2312><p>预算</p>".encode(),
        "<p>预算</p>".encode("gb18030"),
        "<p>预算</p>".encode("utf-8-sig"),
        "<html><p>预算</p>".encode("utf-16"),
        b"<meta charset=nonsense><p>\xe9\xa2\x84\xe7\xae\x97</p>",
    ],
)
def test_the_character_set_is_found(page: bytes) -> None:
    document = read(page, name="页.html")
    if page.startswith(b"<meta charset=gb2312><p>\xe9"):
        assert document.blocks
    else:
        assert [block.text for block in document.paragraphs] == ["预算"]


class TestHostilePages:
    def test_endless_spans_are_clipped_to_the_table(self) -> None:
        [table] = read(b"<table><tr><td rowspan=1000000 colspan=99999999>x<tr><td>y</table>", name="页.html").tables

        assert len(table.rows) == 2
        assert table.columns <= 1024

    def test_spans_that_add_up_are_refused(self) -> None:
        row = "<tr>" + "<td colspan=1000 rowspan=0>x" * 3
        with pytest.raises(UnreadableDocument, match="格子"):
            read(f"<table>{row * 200}</table>".encode(), name="页.html", limits=Limits(max_cells=1000))

    @pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
    def test_elements_nested_without_end_are_refused(self, tag: str) -> None:
        with pytest.raises(UnreadableDocument, match="嵌套"):
            read(f"<{tag}>".encode() * 50_000, name="页.html")

    def test_elements_nested_deeply_are_read_without_recursion(self) -> None:
        assert outline("<div>" * 1500 + "底") == ["底"]
