"""The figures in prose: paragraphs and long cells become passages of claims."""

from __future__ import annotations

import pytest

from tests.building.grids import drawn
from tests.rules.narrative.telling import lexicon, read, words
from validator.facts.claims import claims_section, read_passages
from validator.model.document import Document, Paragraph


def test_paragraphs_become_passages_in_their_order() -> None:
    found = read("工作有序开展。\n支出120万元。\n\n培训30人，满意度95%。")

    assert [(passage.index, passage.address, len(passage.claims)) for passage in found] == [
        (0, "L1", 0), (1, "L2", 1), (2, "L4", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "claims"),
    [("全年共培训学员120人，满意度95%", 2), ("120人次", 0), ("≥95%", 0), ("工作有序开展，各方反映良好", 0), ("培训120人", 0)],
)
def test_only_cells_that_hold_sentences_are_read(text: str, claims: int) -> None:
    table = drawn(f"总体目标 | {text}")
    found = read_passages(Document("a.docx", "docx", "", (table,)), lexicon(), words())

    assert [len(passage.claims) for passage in found] == ([claims] if claims else [])
    assert all(passage.in_table for passage in found)


def test_a_paragraph_of_a_book_is_none() -> None:
    document = Document("a.txt", "txt", "", (Paragraph("支出120万元，" * 3000, "L1"),))

    assert read_passages(document, lexicon(), words()) == ()


def test_claims_are_listed_as_rows_of_a_section() -> None:
    section = claims_section(read("支出120万元。\n培训30人。"))

    assert (section.id, [record.fields["claim"].text for record in section.records]) == ("claims", ["120万元", "30人"])
    assert claims_section(()).records == []
