"""The sheet that lists the findings of an annotated workbook."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from tests.reports import samples
from tests.reports.annotating import NASTY, at, nasty
from validator.model.fact import Pointer
from validator.model.finding import Finding, Severity
from validator.readers.workbook import INDEX_HEADER
from validator.reports.workbook_index import Looks, link_to, sheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LOOKS = Looks(1, 2, 3, 4, 5, dict(zip(Severity, (6, 7, 8), strict=True)))
SHEETS = {"自评表": "自评表", "参数'表": "参数'表"}


def made(*findings: Finding) -> etree._Element:
    return etree.fromstring(sheet(replace(samples.clean_report(), findings=findings), LOOKS, SHEETS))


def rows(root: etree._Element) -> list[list[tuple[str, str]]]:
    """Return style and text of each cell."""
    return [
        [(cell.get("s", ""), "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))) for cell in row.iter(f"{MAIN}c")]
        for row in root.iter(f"{MAIN}row")
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("自评表!H8", "'自评表'!H8"),
        ("参数'表!A1", "'参数''表'!A1"),
        ("自评表", "'自评表'!A1"),
        ("别处!H8", ""),
        ("L12:5-7", ""),
        ("", ""),
    ],
)
def test_a_link_leads_to_a_cell_of_the_workbook_only(address: str, expected: str) -> None:
    assert link_to(Pointer("", address, "", "", ""), SHEETS) == expected


def test_a_row_tells_a_finding_in_the_order_of_the_header() -> None:
    title, header, row = rows(made(at("自评表!D2", message="说明")))

    assert title == [("1", "核对结果：必须更正 1 处（自评表.xlsx）")]
    assert [text for _, text in header] == list(INDEX_HEADER)
    assert row == [
        ("3", "1"), ("6", "必须更正"), ("5", "自评表!D2"), ("3", "年度资金总额／执行率"), ("3", "98.5%"), ("3", "96.35%"),
        ("3", "说明"), ("3", "表头"), ("3", "核对。"), ("3", "FUND-003"),
    ]  # fmt: skip


def test_the_heaviest_come_first_and_lead_to_their_cells() -> None:
    root = made(at("自评表!D2", Severity.INFO), at("不存在!A1"), at("自评表!E5", Severity.WARNING))

    assert [row[1] for row in rows(root)[2:]] == [("6", "必须更正"), ("7", "请说明"), ("8", "提示")]
    assert [(link.get("ref"), link.get("location")) for link in root.iter(f"{MAIN}hyperlink")] == [
        ("C4", "'自评表'!E5"), ("C5", "'自评表'!D2"),
    ]  # fmt: skip
    assert [row[2] for row in rows(root)[2:]] == [("3", "不存在!A1"), ("5", "自评表!E5"), ("5", "自评表!D2")]


def test_texts_that_look_like_formulas_stay_texts() -> None:
    root = made(*(nasty("自评表!D2", number) for number in range(len(NASTY))))
    cells = [cell for row in rows(root)[2:] for cell in row[3:]]

    assert {style for style, text in cells if text.startswith(("=", "+", "-", "@"))} == {"4"}
    assert {style for style, text in cells if not text.startswith(("=", "+", "-", "@"))} == {"3"}
    assert not list(root.iter(f"{MAIN}f"))
    assert {cell.get("t") for cell in root.iter(f"{MAIN}c")} == {"inlineStr"}


def test_rows_are_high_enough_for_their_texts_but_not_without_bounds() -> None:
    short, long, endless = (
        float(row.get("ht", "0"))
        for row in list(
            made(at("自评表!A1"), at("自评表!A2", message="长" * 100), at("自评表!A3", message="长" * 9999)).iter(f"{MAIN}row")
        )[2:]
    )

    assert short == 15
    assert long == 75
    assert endless == 400


def test_without_findings_there_is_nothing_to_filter_or_to_follow() -> None:
    root = made()

    assert len(rows(root)) == 2
    assert root.find(f"{MAIN}autoFilter") is None
    assert root.find(f"{MAIN}hyperlinks") is None
    found = made(at("自评表!A1")).find(f"{MAIN}autoFilter")
    assert found is not None
    assert found.get("ref") == "A2:J3"


def test_more_links_than_a_sheet_takes_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.reports.workbook_index._MOST_LINKS", 2)
    root = made(*(at(f"自评表!A{n}") for n in range(1, 5)))

    assert len(list(root.iter(f"{MAIN}hyperlink"))) == 2
    assert [row[2][0] for row in rows(root)[2:]] == ["5", "5", "3", "3"]
