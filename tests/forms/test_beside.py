"""Forms that stand side by side on one sheet."""

from __future__ import annotations

import pytest

from tests.building.grids import drawn
from tests.forms.recognising import FUNDS, HEAD, INDICATORS, document, ruleset, stacked
from validator.forms.beside import stand_apart
from validator.forms.recognise import Recogniser
from validator.model.document import Table
from validator.pipeline import checker

TITLE = "项目支出绩效自评表 | < | < | < | < | < | < | <"
FORM = stacked(TITLE, HEAD, FUNDS, INDICATORS)
BODY = stacked(HEAD, FUNDS, INDICATORS)
OTHER = stacked("各地区资金安排表 | < | <", "地区 | 预算 | 执行", "甲县 | 10 | 9", "乙县 | 5 | 4")
OVER = "2023年度项目支出绩效自评表" + " | <" * 16


def beside(left: str, right: str, gap: int = 1) -> str:
    """Return one drawing with two, the second to the right of the first, behind blank columns."""
    drawings = [[line.split("|") for line in text.strip("\n").split("\n")] for text in (left, right)]
    widths = [max(map(len, drawing)) for drawing in drawings]
    lines = []
    for r in range(max(map(len, drawings))):
        rows = [drawing[r] if r < len(drawing) else [] for drawing in drawings]
        wide = [row + [" "] * (width - len(row)) for row, width in zip(rows, widths, strict=True)]
        lines.append("|".join([*wide[0], *[" "] * gap, *wide[1]]))
    return "\n".join(lines)


def apart(text: str) -> list[Table]:
    recogniser = Recogniser((form, form.sections) for form in ruleset().forms.values() if form.sections)
    given = document(text)
    found = stand_apart(given, recogniser.is_title, recogniser.blocks_in)
    assert len(found.tables) > 1 or found is given
    return list(found.tables)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        (beside(FORM, FORM), 2),
        (beside(FORM, FORM, gap=3), 2),
        (beside(FORM, FORM, gap=0), 2),
        (beside(FORM, stacked("附件1", FORM), gap=0), 2),
        (beside(beside(FORM, FORM), FORM), 3),
        (beside(FORM, BODY), 2),
        (beside(BODY, BODY), 2),
        (stacked(OVER, beside(BODY, BODY)), 2),
        (stacked(OVER, beside(FUNDS, INDICATORS)), 1),
        (beside(FORM, FUNDS), 1),
        (beside(FORM, "备注 | 甲\n说明 | 乙"), 1),
        (beside(BODY, BODY, gap=0), 1),
        (FORM, 1),
        (beside(FORM, OTHER), 2),
        (beside(OTHER, FORM), 2),
        (beside(OTHER, OTHER), 1),
        (stacked(OVER, beside(BODY, OTHER)), 1),
    ],
    ids=[
        "titles",
        "wide",
        "no-gap",
        "titles-apart",
        "three",
        "first-title",
        "no-title",
        "one-title",
        "title-over-one",
        "a-block",
        "words",
        "nothing",
        "alone",
        "another-table",
        "another-table-first",
        "no-form",
        "one-title-over-all",
    ],
)
def test_forms_beside_each_other_become_tables(text: str, tables: int) -> None:
    assert len(apart(text)) == tables


def test_every_cell_keeps_its_address() -> None:
    text = beside(FORM, FORM)
    left, right = apart(text)
    given = drawn(text)
    for part, start in ((left, 0), (right, 9)):
        assert all(part.address_at(r, c) == given.address_at(r, start + c) for r in range(len(given.rows)) for c in range(8))
    assert [cell.text for cell in right.cells() if cell.text] == [cell.text for cell in left.cells() if cell.text]


def test_a_flaw_is_found_on_its_own_side() -> None:
    wrong = FORM.replace("年度资金总额       | 320 ", "年度资金总额       | 330 ")
    assert wrong != FORM
    for text, address in ((beside(wrong, FORM), "表1!R4C3"), (beside(FORM, wrong), "表1!R4C12")):
        given = document(text)
        report = checker().judge(checker().understand_document(given))
        assert [form.id for form in report.forms if form.id != "narrative"] == ["project", "project"]
        assert [(f.rule, f.primary.address) for f in report.findings if f.kind == "total"] == [("FUND-001", address)]
