"""What was made of a document is told in its order: tables are counted on, notes and pieces of lines have their places."""

from __future__ import annotations

from validator.forms.restore.ready import made_ready
from validator.forms.restore.restored import UNSURE, Restored
from validator.model.document import Note, Paragraph, Table


def _table(number: int) -> Table:
    return Table("文本", [], number=number, style="text")


def test_tables_are_counted_on_from_those_before() -> None:
    restored = Restored(before=2)
    assert restored.next_number == 3
    restored.add(Paragraph("说明", "L1"), _table(3))
    assert restored.next_number == 4


def test_a_piece_of_a_line_has_its_place_and_not_its_margins() -> None:
    restored = Restored()
    line = Paragraph("合计 12.5 |　备注如下 ", "L7")
    restored.add_piece(line, 7)
    restored.add_piece(line, 7, 9)
    assert restored.blocks == [Paragraph("备注如下", "L7:11-14")]


def test_lines_of_one_lost_block_are_told_once_at_its_first() -> None:
    restored = Restored(notes=[Note(UNSURE, "L2"), Note("别的", "L2"), Note(UNSURE, "L9")])
    restored.note_once([Paragraph("甲 1", "L1"), Paragraph("乙 2", "L2")])
    assert restored.notes == [Note("别的", "L2"), Note(UNSURE, "L9"), Note(UNSURE, "L1")]


def test_what_was_read_from_lines_made_ready_stands_as_the_document_has_it() -> None:
    ready = made_ready([Paragraph("金额１２.５万元", "L1")], lambda _: False, lambda _: False)
    assert ready.paragraphs[0].text != "金额１２.５万元"
    part = Restored(blocks=[*ready.paragraphs], notes=[Note(UNSURE, "L1:3-6")])
    whole = Restored()
    whole.take(part, ready)
    assert whole.blocks == [Paragraph("金额１２.５万元", "L1")]
    assert whole.notes == [Note(UNSURE, "L1:3-6")]
