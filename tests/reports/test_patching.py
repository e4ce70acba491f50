"""Changes to the parts of an Office file: only the changed places differ."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.readers.making import zipped
from tests.reports.annotating import parts
from validator.errors import UnreadableDocument
from validator.readers.source import Source
from validator.reports.patching import (
    Element,
    Patch,
    ascii_of,
    cell_text,
    escaped,
    outline,
    packed,
    plain,
    prefix_of,
    repacked,
    scan,
    tag_end,
    with_attributes,
)

SOURCE = Source(b"", "a.xlsx")
DATA = '<x:a xmlns:x="u"><x:b n="1>2">甲</x:b><c/><d ></d></x:a>'.encode()


def elements(data: bytes = DATA, depth: int = 9) -> dict[str, Element]:
    return {element.name: element for element in outline(SOURCE, "p", data, depth)}


class TestScan:
    def test_each_element_says_where_it_stands(self) -> None:
        found = elements()

        assert list(found) == ["b", "c", "d", "a"]
        assert DATA[found["b"].start : found["b"].end] == '<x:b n="1>2">甲</x:b>'.encode()
        assert DATA[found["b"].inside : found["b"].close] == "甲".encode()
        assert (found["b"].attributes, found["b"].parent, found["b"].depth) == ({"n": "1>2"}, "a", 1)
        assert [name for name, element in found.items() if element.empty] == ["c"]
        assert DATA[found["d"].start : found["d"].end] == b"<d ></d>"

    def test_an_outline_goes_down_to_a_depth(self) -> None:
        assert list(elements(depth=0)) == ["a"]

    def test_only_the_ends_of_wanted_elements_are_told(self) -> None:
        told: list[str] = []
        scan(SOURCE, "p", DATA, lambda element: element.name == "c", lambda element: told.append(element.name))

        assert told == ["c"]

    @pytest.mark.parametrize(
        ("data", "message"), [(b"<a>", "XML 有误"), (b"<!DOCTYPE a><a/>", "文档类型声明"), (b"", "XML 有误")]
    )
    def test_damage_and_declared_types_are_refused(self, data: bytes, message: str) -> None:
        with pytest.raises(UnreadableDocument, match=message):
            outline(SOURCE, "p", data, 0)

    def test_prefixes_are_known(self) -> None:
        found = elements()

        assert (prefix_of(DATA, found["b"]), prefix_of(DATA, found["c"])) == ("x:", "")


@pytest.mark.parametrize(
    ("tag", "values", "expected"),
    [
        (b'<c r="A1" s="2">', {"s": "7"}, b'<c r="A1" s="7">'),
        (b"<c r='A1'/>", {"s": "7"}, b"<c s=\"7\" r='A1'/>"),
        (b"<c>", {}, b"<c>"),
        (b"<x:c s = '2' >", {"s": "7"}, b'<x:c s = "7" >'),
    ],
)
def test_attributes_are_set_in_their_place_or_added(tag: bytes, values: dict[str, str], expected: bytes) -> None:
    assert with_attributes(tag, values) == expected
    assert tag_end(tag + b"rest>", 0) == len(tag)


class TestPatch:
    def test_changes_stand_in_the_order_of_places_and_then_of_calls(self) -> None:
        patch = Patch(b"0123456789")
        patch.replace(5, 7, b"x")
        patch.insert(2, "甲")
        patch.insert(2, "b")

        assert patch.result() == b"01&#30002;b234x789"

    def test_what_is_appended_is_the_last_content(self) -> None:
        for name, expected in (("b", "甲<n/></x:b>"), ("c", "<c><n/></c>"), ("d", "<d ><n/></d>"), ("a", "</d><n/></x:a>")):
            patch = Patch(DATA)
            patch.append(elements()[name], "<n/>")

            assert expected.encode() in patch.result()
            etree.fromstring(patch.result())

    def test_without_changes_nothing_changes(self) -> None:
        assert Patch(DATA).result() == DATA


class TestText:
    @given(st.text(st.characters(codec="utf-8")))
    def test_any_text_is_one_text_in_xml(self, text: str) -> None:
        for write in (escaped, cell_text):
            element = etree.fromstring(
                b"<a b='" + ascii_of(write(text).replace("'", "&#39;")) + b"'>" + ascii_of(write(text)) + b"</a>"
            )

            assert len(element) == 0
            assert not text.isprintable() or write is cell_text or element.text == (text or None)

    def test_what_would_stand_for_a_character_in_a_workbook_is_spelled_out(self) -> None:
        assert cell_text("a_x000D_b_x12") == "a_x005F_x000D_b_x12"
        assert escaped("a\tb\n<\x01") == "a b\n&lt;\\x01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_part_whose_markup_is_no_ascii_becomes_utf8(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>甲</a>'.encode(encoding)

    assert plain(data) == (data if encoding in ("utf-8", "gb18030") else "<a>甲</a>".encode())


class TestPacking:
    def test_parts_are_changed_added_and_otherwise_copied_as_they_are_packed(self) -> None:
        data = zipped({"a": "甲" * 999, "b": "乙", "c": "丙"})
        copy = repacked(Source(data, ""), {"b": b"new", "d": b"added"})
        was, now = (zipfile.ZipFile(io.BytesIO(one)) for one in (data, copy))

        assert parts(copy) == {"a": ("甲" * 999).encode(), "b": b"new", "c": "丙".encode(), "d": b"added"}
        assert now.getinfo("a").compress_size == was.getinfo("a").compress_size
        assert now.getinfo("b").date_time == (1980, 1, 1, 0, 0, 0)
        assert repacked(Source(data, ""), {"b": b"new", "d": b"added"}) == copy

    def test_a_damaged_file_is_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="压缩结构"):
            repacked(Source(b"PK", "a"), {})

    def test_a_new_archive_has_the_same_bytes_each_time(self) -> None:
        one = packed([("a", b"1"), ("b", b"2")])

        assert parts(one) == {"a": b"1", "b": b"2"}
        assert packed([("a", b"1"), ("b", b"2")]) == one
