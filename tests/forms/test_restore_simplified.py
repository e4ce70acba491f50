"""Labels in traditional characters, with the spelling that some web pages put behind a character."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check
from validator.forms.restore.simplified import simplified
from validator.model.document import Cell, Paragraph, Table
from validator.model.finding import Severity
from validator.rules.load import load_ruleset

CHARACTERS = load_ruleset().wording.simplified
SENTENCE = "該項目按計劃完成，資金撥付及時，實際支出與預算相符，達到預期績效目標。"
PAIRS = """項目名稱：鄉村道路養護
計劃安排資金 (萬元) |
{planned} |
實際到位資金 (萬元) |
{received} |
實際支出 (萬元) |
{spent} |
||||||
其中：中央財政 |
{central} |
其中：中央財政 |
{central} |
其中：中央財政 |
{central} |
||||||
縣財政 |
200 |
縣財政 |
200 |
縣財政 |
200 |
||||||
二、項目支出數(shù)明細
"""
TABLE = """<html><body><p>項目支出績效自評表</p><table>
<tr><td>項目資金(萬元)</td><td></td><td>年初預算數</td><td>全年預算數(shù)</td><td>全年執行數</td><td>分值</td><td>執行率</td><td>得分</td></tr>
<tr><td></td><td>年度資金總額</td><td>80</td><td>80</td><td>60</td><td>10</td><td>{rate}</td><td>7.5</td></tr>
<tr><td></td><td>其中：財政撥款</td><td>80</td><td>80</td><td>60</td><td>-</td><td>75%</td><td>-</td></tr></table>
<table><tr><td>一級指標</td><td>二級指標</td><td>三級指標</td><td>年度指標值</td><td>實際完成值</td><td>分值</td><td>得分</td></tr>
<tr><td>產出指標</td><td>數量指標</td><td>養護里程</td><td>≥30公里</td><td>32公里</td><td>90</td><td>90</td></tr></table></body></html>"""


def texts(*lines: str) -> list[str]:
    read = simplified([Paragraph(line, f"L{n}") for n, line in enumerate(lines, 1)], CHARACTERS)
    return [block.text for block in read if isinstance(block, Paragraph)]


def found_in(tmp_path: Path, name: str, text: str) -> list[tuple[str, str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return [(f.primary.text, f.rule) for f in check(path).findings if f.severity is not Severity.INFO]


def test_labels_and_rows_change_character_by_character_and_sentences_stay() -> None:
    labels = "計劃安排資金 (萬元) |", "實際到位資金", "結餘(萬元)"
    assert texts(*labels, SENTENCE) == ["计划安排资金 (万元) |", "实际到位资金", "结余(万元)", SENTENCE]


def test_a_few_such_characters_change_nothing() -> None:
    assert texts("負責人：張國華", "預算數 | 100 |") == ["負責人：張國華", "預算數 | 100 |"]


def test_cells_of_a_grid_change_and_keep_what_they_span() -> None:
    wide = Cell("計劃安排資金實際撥付到位", 0, 0, "表1!R1C1", col_span=2)
    (table,) = simplified([Table("表1", [[wide, wide], [Cell("結餘", 1, 0, "表1!R2C1"), None]])], CHARACTERS)
    assert isinstance(table, Table)
    assert table.rows[0][0] is table.rows[0][1]
    assert [cell.text for cell in table.cells()] == ["计划安排资金实际拨付到位", "结余"]


def test_without_such_characters_nothing_is_changed() -> None:
    block = Paragraph("計劃安排資金實際撥付到位結餘", "L1")
    assert simplified([block], {}) == (block,)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, []),
        ({"central": 310}, [("500", "FUND-001")]),
        ({"received": "5,00.0,3"}, [("5,00.0,3", "FUND-017")]),
    ],
    ids=["right", "sum", "garbled"],
)
def test_pairs_in_traditional_characters_are_checked(
    given: dict[str, object], expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    text = PAIRS + SENTENCE
    text = text.format(**{"planned": 500, "received": 500, "spent": 500, "central": 300} | given)
    assert found_in(tmp_path, "pairs.txt", text) == expected


@pytest.mark.parametrize(("rate", "expected"), [("75%", []), ("57%", [("57%", "FUND-003")])])
def test_a_web_page_in_traditional_characters_is_checked(rate: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    found = found_in(tmp_path, "form.html", TABLE.format(rate=rate))
    assert [f for f in found if f[1] != "FUND-009"] == expected
