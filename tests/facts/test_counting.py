"""Figures are counted wherever they stand in a table; serial numbers, years, codes and dates are none."""

from __future__ import annotations

import pytest

from validator import load_ruleset
from validator.facts.counting import figures_in
from validator.model.document import Cell, Document, Table


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
