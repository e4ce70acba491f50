"""Figures are counted wherever they stand in a table; serial numbers, years, codes and dates are none."""

from __future__ import annotations

import pytest

from validator import load_ruleset
from validator.facts.counting import figures_in
from validator.model.document import Cell, Document, Paragraph, Table


def counted(rows: list[list[str]]) -> list[str]:
    """Return the texts that count as figures."""
    cells = [[Cell(text, r, c, f"表1!R{r + 1}C{c + 1}") for c, text in enumerate(row)] for r, row in enumerate(rows)]
    document = Document("t.docx", "docx", "", (Table("表1", cells),), ())
    texts = {cell.address: cell.text for row in cells for cell in row}
    return [texts[address] for address in figures_in(document, load_ruleset().lexicon)]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("12.5", True),
        ("81.80%", True),
        ("1,200万元", True),
        ("2023", False),
        ("2023年度", False),
        ("2023-05-01", False),
        ("2023年12月31日", False),
        ("13800000000", False),
        ("0557-1234567", False),
        ("好", False),
    ],
)
def test_a_figure_is_told_from_other_digits(text: str, counts: bool) -> None:
    assert counted([["甲", text]]) == ([text] if counts else [])


def test_serial_numbers_and_numbers_of_columns_do_not_count() -> None:
    rows = [["序号", "名称", "金额"], ["1", "2", "3"], ["2", "甲", "7.5"], ["3", "乙", "8"]]
    assert counted(rows) == ["7.5", "8"]


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("年度资金总额 300 320 261.75 81.80%", 4),
        ("甲 | 100 | 2023 |", 0),
        ("甲 | 100 | 7.5 |", 2),
        ("81.80%", 1),
        ("12", 0),
        ("全年支出 261.75 万元。", 0),
        ("没有数字", 0),
    ],
)
def test_the_figures_of_a_line_that_became_no_table_count(line: str, count: int) -> None:
    document = Document("t.txt", "txt", "", (Paragraph(line, "L1"),), ())
    found = list(figures_in(document, load_ruleset().lexicon))
    assert (len(found), len(set(found))) == (count, count)


@pytest.mark.parametrize("address", ["L1", "L1:4-13"])
def test_a_line_of_which_something_was_read_is_counted_there(address: str) -> None:
    document = Document("t.txt", "txt", "", (Paragraph("收入 10 支出 7", address),), ())
    assert not list(figures_in(document, load_ruleset().lexicon, {"L1"}))
