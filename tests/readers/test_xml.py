"""XML trees without entities and outside files."""

from __future__ import annotations

import pytest

from validator.errors import UnreadableDocument
from validator.readers.source import Source
from validator.readers.xml import tree


def test_the_root_is_returned_without_comments_and_instructions() -> None:
    root = tree(Source(b"", "a.docx"), "word/document.xml", '<?xml version="1.0"?><a>甲<!-- x --><?y z?><b/></a>'.encode())

    assert (root.tag, root.text, [child.tag for child in root]) == ("a", "甲", ["b"])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<a>", "损坏"),
        (b"", "损坏"),
        (b"<a>" * 100_000, "嵌套太深"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "文档类型声明"),
        (b"<!DOCTYPE a [<!ELEMENT a ANY>]><a/>", "文档类型声明"),
    ],
)
def test_damage_and_declared_types_are_refused_by_name(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message) as caught:
        tree(Source(b"", "a.docx"), "word/document.xml", data)

    assert caught.value.where == "a.docx"
    assert "word/document.xml" in caught.value.message
