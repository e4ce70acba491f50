"""Notes on the cells of a sheet: their texts and the boxes that they are drawn in."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from validator.readers.source import Source
from validator.reports.workbook_notes import (
    MAX_NOTE,
    CellNote,
    blocks,
    extended_boxes,
    extended_comments,
    fresh_boxes,
    fresh_comments,
    highest_block,
)

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NOTES = [CellNote(2, 4, "D2", [["【提示】甲", "乙"]]), CellNote(3, 1, "A3", [["【提示】<丙>"]])]


def told(data: bytes) -> dict[str, tuple[str, str]]:
    """Return author and text of each note by its cell."""
    root = etree.fromstring(data)
    authors = [author.text or "" for author in root.iter(f"{MAIN}author")]
    return {
        comment.get("ref", ""): (
            authors[int(comment.get("authorId", "0"))],
            "".join(t.text or "" for t in comment.iter(f"{MAIN}t")),
        )
        for comment in root.iter(f"{MAIN}comment")
    }


def extended(body: str, notes: list[CellNote], prefix: str = "", author: str = "张三") -> tuple[bytes, list[CellNote]]:
    p = prefix
    space = f"xmlns:{p[:-1]}" if p else "xmlns"
    data = (
        f'<{p}comments {space}="{MAIN[1:-1]}"><{p}authors><{p}author>{author}</{p}author></{p}authors>'
        f"<{p}commentList>{body}</{p}commentList></{p}comments>"
    )
    return extended_comments(Source(b"", "a.xlsx"), "xl/comments1.xml", data.encode(), notes)


class TestComments:
    def test_each_cell_gets_a_note_of_ours(self) -> None:
        assert told(fresh_comments(NOTES)) == {"D2": ("勾稽", "【提示】甲\n乙"), "A3": ("勾稽", "【提示】<丙>")}

    def test_remarks_of_one_cell_stand_below_each_other(self) -> None:
        assert told(fresh_comments([CellNote(1, 1, "A1", [["甲", "乙"], ["丙"]])]))["A1"][1] == "甲\n乙\n\n丙"

    @pytest.mark.parametrize("prefix", ["", "x:"])
    @pytest.mark.parametrize("inside", ["<{p}t>原有</{p}t>", "<{p}r><{p}t>原有</{p}t></{p}r>"])
    def test_a_note_that_is_there_keeps_its_author_and_its_text(self, prefix: str, inside: str) -> None:
        body = "<{p}comment ref='$d$2' authorId='0'><{p}text>" + inside + "</{p}text></{p}comment>"
        data, new = extended(body.replace("{p}", prefix), NOTES, prefix)

        assert told(data) == {"$d$2": ("张三", "原有\n\n【提示】甲\n乙"), "A3": ("勾稽", "【提示】<丙>")}
        assert new == NOTES[1:]
        assert all(run.getparent().tag != f"{MAIN}text" for run in etree.fromstring(data).iter(f"{MAIN}t"))  # type: ignore[union-attr]

    def test_a_blank_note_begins_with_ours(self) -> None:
        data, _ = extended("<comment ref='D2' authorId='0'><text/></comment>", NOTES[:1])

        assert told(data)["D2"] == ("张三", "【提示】甲\n乙")

    def test_a_conversation_is_left_alone(self) -> None:
        data, new = extended("<comment ref='D2' authorId='0'><text><t>谈话</t></text></comment>", NOTES, author="tc={1}")

        assert told(data)["D2"] == ("tc={1}", "谈话")
        assert new == NOTES[1:]

    def test_a_note_that_would_be_too_long_takes_what_fits(self) -> None:
        note = CellNote(2, 4, "D2", [["短"], ["长" * MAX_NOTE]])
        data, _ = extended("<comment ref='D2' authorId='0'><text><t>原有</t></text></comment>", [note])
        full, _ = extended(
            "<comment ref='D2' authorId='0'><text><t>原有</t></text></comment>", [note._replace(remarks=[["长" * MAX_NOTE]])]
        )

        assert told(data)["D2"][1] == "原有\n\n短"
        assert told(full)["D2"][1] == "原有"

    def test_a_part_without_a_list_is_written_anew(self) -> None:
        data, new = extended_comments(Source(b"", ""), "p", f'<comments xmlns="{MAIN[1:-1]}"/>'.encode(), NOTES)

        assert (data, new) == (fresh_comments(NOTES), NOTES)


class TestBoxes:
    def test_each_note_has_a_box_at_its_cell_with_a_number_of_its_own(self) -> None:
        data = fresh_boxes(NOTES, 3)
        etree.fromstring(data)

        assert re.findall(rb'id="_x0000_s(\d+)"', data) == [b"3073", b"3074"]
        assert re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)<", data) == [(b"1", b"3"), (b"2", b"0")]
        assert b'data="3"' in data

    def test_more_boxes_than_one_number_holds_take_several(self) -> None:
        data = fresh_boxes([NOTES[0]] * 1024, 1)
        numbers = re.findall(rb'id="_x0000_s(\d+)"', data)

        assert b'data="1,2"' in data
        assert len(set(numbers)) == 1024
        assert {int(number) // 1024 for number in numbers} == {1, 2}
        assert [blocks(count) for count in (0, 1, 1023, 1024, 2047)] == [1, 1, 1, 2, 3]

    def test_boxes_are_added_to_a_drawing_and_its_map(self) -> None:
        drawing = fresh_boxes(NOTES[:1], 1)
        data = extended_boxes(drawing, NOTES[1:], 5)
        assert data is not None
        etree.fromstring(data)

        assert re.findall(rb'id="_x0000_s(\d+)"', data) == [b"1025", b"5121"]
        assert b'data="1,5"' in data
        assert data.count(b"<v:shapetype") == 1

    def test_what_is_no_such_drawing_is_left_alone(self) -> None:
        assert extended_boxes(b"<svg/>", NOTES, 1) is None

    @pytest.mark.parametrize(
        ("drawings", "highest"),
        [
            ([], 0),
            ([b'<o:idmap data="1, 7,3"/>'], 7),
            ([b'<o:idmap data="2"/><v:shape id="_x0000_s9216"/>'], 9),
            ([b'<o:idmap data="99999999999"/>', b"<idmap data='4'/>"], 4),
            ([b'<o:idmap data=""/>'], 0),
        ],
    )
    def test_the_highest_number_of_any_map_or_box_is_known(self, drawings: list[bytes], highest: int) -> None:
        assert highest_block(drawings) == highest
