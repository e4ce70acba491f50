"""Zipped files: parts by name within bounds, and their XML without entities."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import zipped
from validator.errors import UnreadableDocument
from validator.readers.limits import Limits
from validator.readers.package import Package, main_part, markup, parse
from validator.readers.source import Source

SOURCE = Source(b"", "a.xlsx")


def package(parts: dict[str, str], limits: Limits | None = None) -> Package:
    return Package(Source(zipped(parts), "a.xlsx", limits or Limits()))


class TestParts:
    def test_parts_are_known_by_name(self) -> None:
        found = package({"a.xml": "<a/>", "b/c.xml": "<c/>"})

        assert found.names == ("a.xml", "b/c.xml")
        assert "b/c.xml" in found
        assert "c.xml" not in found
        assert found.read("a.xml") == b"<a/>"

    def test_a_part_that_is_missing_is_told_by_name(self) -> None:
        with pytest.raises(UnreadableDocument, match=r"缺少 x\.xml"):
            package({"a.xml": ""}).read("x.xml")

    def test_a_part_with_a_password_is_told(self) -> None:
        data = bytearray(zipped({"a.xml": "<a/>"}))
        at = data.rindex(b"PK\x01\x02")
        struct.pack_into("<H", data, at + 8, 1)

        with pytest.raises(UnreadableDocument, match="密码"):
            Package(Source(bytes(data), "a.xlsx")).read("a.xml")

    def test_a_damaged_part_is_told(self) -> None:
        data = zipped({"a.xml": "甲" * 1000})
        at = data.index(b"a.xml") + 10

        with pytest.raises(UnreadableDocument, match="已损坏"):
            Package(Source(data[:at] + b"\xff\xff\xff" + data[at + 3 :], "a.xlsx")).read("a.xml")

    def test_what_is_no_archive_is_told(self) -> None:
        with pytest.raises(UnreadableDocument, match="压缩结构"):
            Package(Source(b"PK\x03\x04", "a.xlsx"))

    def test_what_expands_too_far_is_refused_unread(self) -> None:
        parts = {"a.xml": "甲" * 2**19, "b.xml": "甲" * 2**19}

        with pytest.raises(UnreadableDocument, match="展开后超过 2 MB"):
            package(parts, Limits(max_expanded_bytes=2 * 2**20))
        with pytest.raises(UnreadableDocument, match="压缩炸弹"):
            package(parts, Limits(ratio_floor=2**20))
        assert package(parts, Limits(max_ratio=10**6, ratio_floor=2**20)).names


@pytest.mark.parametrize(
    ("relations", "expected"),
    [
        ('<Relationship Type="x/officeDocument" Target="/word/other.xml"/>', "word/other.xml"),
        ('<Relationship Type="x/styles" Target="styles.xml"/>', "usual.xml"),
    ],
)
def test_the_main_part_is_the_usual_one_or_the_one_pointed_to(relations: str, expected: str) -> None:
    parts = {"_rels/.rels": f"<Relationships>{relations}</Relationships>"}

    assert main_part(package(parts), "usual.xml") == expected
    assert main_part(package(parts | {"usual.xml": ""}), "usual.xml") == "usual.xml"


class TestXml:
    def test_elements_and_texts_are_told_in_order_without_prefixes(self) -> None:
        told: list[object] = []
        data = '<x:a xmlns:x="u" n="1">甲<x:b/>乙</x:a>'.encode()
        parse(SOURCE, "p", data, start=lambda tag, found: told.append((tag, found.get("n"))), end=told.append, text=told.append)

        assert told == [("a", "1"), "甲", ("b", None), "b", "乙", "a"]

    def test_a_part_can_be_walked(self) -> None:
        told: list[str] = []
        package({"a.xml": "<a><b/><c/></a>"}).walk("a.xml", lambda tag, _: told.append(tag))

        assert told == ["a", "b", "c"]

    @pytest.mark.parametrize(
        ("data", "message"),
        [
            (b"<a>", "XML 有误"),
            (b"", "XML 有误"),
            (b'<?xml version="1.0" encoding="no-such"?><a/>', "XML 有误"),
            (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "文档类型声明"),
        ],
    )
    def test_damage_and_declared_types_are_refused(self, data: bytes, message: str) -> None:
        with pytest.raises(UnreadableDocument, match=message):
            parse(SOURCE, "p", data)
        with pytest.raises(UnreadableDocument, match=message):
            markup(SOURCE, "p", data)


class TestMarkup:
    @pytest.mark.parametrize("data", ['<a n="1">甲 &lt;</a>', '<a n="1"/>', "\ufeff<a></a>"])
    def test_what_is_regular_is_only_checked(self, data: str) -> None:
        assert markup(SOURCE, "p", data.encode()) == data.removeprefix("\ufeff")

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("<a n='1'/>", '<a n="1"></a>'),
            ('<a n = "1"/>', '<a n="1"></a>'),
            ("<a><!-- x -->甲</a>", "<a>甲</a>"),
            ("<a><![CDATA[<甲>]]></a>", "<a>&lt;甲&gt;</a>"),
            ('<x:a xmlns:x="u" x:n="&quot;"/>', '<a x="u" n="&quot;"></a>'),
            (
                "<row r='3'><c/><c s='2' t='s' r='c3'/><c/></row>",
                '<row r="3"><c r="A3"></c><c r="C3" s="2" t="s"></c><c r="D3"></c></row>',
            ),
            (
                "<s><row n='1'><c r='$B$1'/></row><row><c r='?'/></row></s>",
                '<s><row n="1"><c r="B1"></c></row><row><c r="A2"></c></row></s>',
            ),
        ],
    )
    def test_what_is_not_is_written_anew(self, data: str, expected: str) -> None:
        assert markup(SOURCE, "p", data.encode()) == expected

    def test_what_is_encoded_in_another_way_is_written_anew(self) -> None:
        assert markup(SOURCE, "p", '<?xml version="1.0" encoding="utf-16"?><a>甲</a>'.encode("utf-16")) == "<a>甲</a>"

    @given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")))
    def test_rewriting_changes_no_text(self, text: str) -> None:
        told: list[str] = []
        written = markup(SOURCE, "p", f"<a><![CDATA[{text.replace(']]>', '')}]]></a>".encode())
        parse(SOURCE, "p", written.encode(), text=told.append)

        assert "".join(told) == text.replace("]]>", "")
        assert markup(SOURCE, "p", written.encode(), rewrite=True) == written
