"""Text files: lines as they are, separated values, Markdown."""

from __future__ import annotations

import pytest

from validator.errors import UnreadableDocument
from validator.model.document import Paragraph
from validator.readers import Limits, read


def outline(text: str, name: str) -> list[object]:
    """Return paragraphs as (address, text) and tables as grids of texts."""
    return [
        (block.address, block.text)
        if isinstance(block, Paragraph)
        else [[cell.text if cell else None for cell in row] for row in block.rows]
        for block in read(text.encode(), name=name).blocks
    ]


class TestLines:
    @pytest.mark.parametrize(
        ("text", "lines"),
        [
            ("一\n\n 二\t\n", ["一", "", " 二\t"]),
            ("一\r\n二\r三", ["一", "二", "三"]),
            ("一\x0b\u2028\x85二", ["一\x0b\u2028\x85二"]),
            ("\n", [""]),
        ],
    )
    def test_every_line_is_a_paragraph_as_it_is(self, text: str, lines: list[str]) -> None:
        assert outline(text, "a.txt") == [(f"L{n}", line) for n, line in enumerate(lines, 1)]

    def test_too_many_lines_are_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="超过 3 行"):
            read(b"1\n2\n3\n4\n", name="a.txt", limits=Limits(max_lines=3))

    def test_a_long_line_is_cut_with_a_note(self) -> None:
        document = read("字".encode() * 1000, name="a.txt", limits=Limits(max_characters=10))

        assert len(document.paragraphs[0].text) == 10
        assert [note.address for note in document.notes] == ["L1"]


class TestSeparatedValues:
    @pytest.mark.parametrize(
        ("text", "name", "grid"),
        [
            ("甲,乙\n1,2\n", "a.csv", [["甲", "乙"], ["1", "2"]]),
            ("甲;乙\n1,5;2\n", "a.csv", [["甲", "乙"], ["1,5", "2"]]),
            ("甲\t乙\n1,5\t2\n", "a.csv", [["甲", "乙"], ["1,5", "2"]]),
            ("甲\t乙\n1,5\t2,5\n", "a.tsv", [["甲", "乙"], ["1,5", "2,5"]]),
            ('"甲\n一","说""乙"""\n1,2', "a.csv", [["甲\n一", '说"乙"'], ["1", "2"]]),
            ("甲,乙,丙\n1\n\n2,3", "a.csv", [["甲", "乙", "丙"], ["1", None, None], [None, None, None], ["2", "3", None]]),
            ("sep=;\n甲;乙\n", "a.csv", [["甲", "乙"]]),
            (" 甲 , \n1,\n", "a.csv", [["甲"], ["1"]]),
            ("甲\n乙\n", "a.csv", [["甲"], ["乙"]]),
        ],
    )
    def test_values_stand_in_their_slots(self, text: str, name: str, grid: list[list[str]]) -> None:
        assert outline(text, name) == [grid]

    def test_an_open_quote_does_not_swallow_the_rest(self) -> None:
        document = read('甲,"乙\n1,2\n3,4\n'.encode(), name="a.csv")

        assert [cell.text for cell in document.tables[0].cells()] == ["甲", '"乙', "1", "2", "3", "4"]
        assert [note.message for note in document.notes] == ["引号不成对，引号按普通字符读取"]

    def test_addresses_are_those_of_a_spreadsheet(self) -> None:
        [table] = read(b"a,b\nc,d\n", name="a.csv").tables

        assert [cell.address for cell in table.cells()] == ["表1!A1", "表1!B1", "表1!A2", "表1!B2"]

    def test_a_value_of_a_million_characters_is_cut(self) -> None:
        [table] = read(b"a," + b"x" * 1_000_000, name="a.csv").tables
        cell = table.at(0, 1)

        assert cell is not None
        assert len(cell.text) == Limits().max_characters
        assert cell.note

    def test_commas_without_end_are_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="格子"):
            read(b"," * 100_000, name="a.csv", limits=Limits(max_cells=1000))


class TestMarkdown:
    def test_pipe_tables_are_tables_and_the_rest_lines(self) -> None:
        text = "# 题\n| 甲 | 乙\\|丙 |\n|:--|--:|\n| 1<br>2 | |\n| 3 |\n\n尾\n"

        assert outline(text, "a.md") == [
            ("L1", "# 题"),
            [["甲", "乙|丙"], ["1\n2", None], ["3", None]],
            ("L6", ""),
            ("L7", "尾"),
        ]

    def test_a_table_without_outer_bars_is_a_table(self) -> None:
        assert outline("甲 | 乙\n--- | ---\n1 | 2", "a.md") == [[["甲", "乙"], ["1", "2"]]]

    def test_bars_in_a_code_block_are_lines(self) -> None:
        assert len(outline("```\n|a|b|\n|-|-|\n```\n", "a.md")) == 4

    def test_tables_are_numbered_with_html_ones_among_them(self) -> None:
        text = "|a|b|\n|-|-|\n|1|2|\n\n<table><tr><td>x</td>\n<td>y</td></tr></table>\n\n|c|d|\n|-|-|\n"
        tables = read(text.encode(), name="a.md").tables

        assert [(table.name, table.number, [c.text for c in table.cells()][:2]) for table in tables] == [
            ("表1", 1, ["a", "b"]),
            ("表2", 2, ["x", "y"]),
            ("表3", 3, ["c", "d"]),
        ]
        assert [cell.address for cell in tables[0].cells()] == ["表1!R1C1", "表1!R1C2", "表1!R2C1", "表1!R2C2"]


@pytest.mark.parametrize("name", ["form.csv", "form.md"])
def test_what_pandas_writes_for_nothing_is_nothing(name: str) -> None:
    rows = [["项目支出绩效自评表", "Unnamed: 1", "Unnamed: 2"], ["年度资金总额", "NaN", "1203.18"]]
    lines = [",".join(row) if name.endswith("csv") else f"| {' | '.join(row)} |" for row in rows]
    data = "\n".join(lines if name.endswith("csv") else [lines[0], "|---|---|---|", *lines[1:]])
    (table,) = read(data.encode(), name=name).tables
    assert [[cell.text if cell else "" for cell in row] for row in table.rows] == [
        ["项目支出绩效自评表", "", ""],
        ["年度资金总额", "", "1203.18"],
    ]


def test_a_point_below_its_figure_goes_back_into_it() -> None:
    text = "|得分|说明|\n|---|---|\n|7 76<br>.|第1 2条<br>。|\n"
    (table,) = read(text.encode(), name="a.md").tables
    assert [cell.text for cell in table.rows[1] if cell] == ["7.76", "第1 2条\n。"]
