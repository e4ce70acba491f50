"""An Office file whose parts change, are added, declared and related."""

from __future__ import annotations

import pytest

from tests.readers.making import RELATIONS, zipped
from tests.reports.annotating import parts
from validator.errors import UnreadableDocument
from validator.readers.source import Source
from validator.reports.office import TYPES, OfficeFile, target

MAIN = "xl/workbook.xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FILE = {
    TYPES: f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="XML" ContentType="text/xml"/></Types>',
    MAIN: "<workbook/>",
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId3" Type="{RELATIONS}/styles" Target="/xl/styles.xml"/>'
        "</Relationships>"
    ),
    "xl/worksheets/sheet1.xml": "<worksheet/>",
    "xl/styles.xml": "<styleSheet/>",
}


def opened(**changes: str) -> OfficeFile:
    return OfficeFile(Source(zipped(FILE | changes), "a.xlsx"), MAIN)


@pytest.mark.parametrize(
    ("part", "path", "expected"),
    [
        ("xl/workbook.xml", "styles.xml", "xl/styles.xml"),
        ("xl/workbook.xml", "/xl/styles.xml", "xl/styles.xml"),
        ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
        ("a.xml", "b.xml", "b.xml"),
    ],
)
def test_a_relation_leads_from_the_folder_of_its_part(part: str, path: str, expected: str) -> None:
    assert target(part, {"Target": path}) == expected


def test_parts_are_found_by_how_they_are_related() -> None:
    file = opened()

    assert file.related(MAIN, "styles") == "xl/styles.xml"
    assert file.related(MAIN, "worksheet") == "xl/worksheets/sheet1.xml"
    assert file.related(MAIN, "sharedStrings") is None
    assert file.relations("xl/worksheets/sheet1.xml") == []
    assert (
        OfficeFile(Source(zipped({k: v for k, v in FILE.items() if k != "xl/styles.xml"}), ""), MAIN).related(MAIN, "styles")
        is None
    )


def test_a_relation_gets_an_id_that_is_free_and_a_path_from_its_folder() -> None:
    file = opened()
    sheet = "xl/worksheets/sheet1.xml"

    assert file.relate(MAIN, "comments", "xl/comments1.xml") == "rId2"
    assert file.relate(MAIN, "comments", "xl/comments2.xml") == "rId4"
    assert file.relate(sheet, "comments", "xl/comments1.xml") == "rId1"
    found = parts(file.result())
    assert b'Target="comments1.xml"' in found["xl/_rels/workbook.xml.rels"]
    assert f'Type="{RELATIONS}/comments"'.encode() in found["xl/worksheets/_rels/sheet1.xml.rels"]
    assert b'Target="../comments1.xml"' in found["xl/worksheets/_rels/sheet1.xml.rels"]


def test_relations_of_strict_files_begin_as_theirs_do() -> None:
    strict = FILE["xl/_rels/workbook.xml.rels"].replace(RELATIONS, "http://purl.oclc.org/x")

    assert opened(**{"xl/_rels/workbook.xml.rels": strict}).relation_base == "http://purl.oclc.org/x"
    assert opened(**{"xl/_rels/workbook.xml.rels": "<Relationships/>"}).relation_base == RELATIONS


def test_new_parts_are_declared_and_a_suffix_once() -> None:
    file = opened()
    file.declare("xl/new.xml", "a/b")
    file.declare_suffix("xml", "text/xml")
    file.declare_suffix("vml", "a/vml")
    file.declare_suffix("vml", "a/vml")
    types = parts(file.result())[TYPES]

    assert types.count(b"<Default") == 2
    assert b'<Override PartName="/xl/new.xml" ContentType="a/b"/>' in types
    assert b'Extension="vml" ContentType="a/vml"' in types


def test_a_new_name_is_taken_by_no_part_in_any_case() -> None:
    file = opened(**{"xl/Comments.xml": ""})

    assert [file.new_name("comments", ".xml") for _ in range(2)] == ["xl/comments1.xml", "xl/comments2.xml"]
    assert file.new_name("other", ".xml") == "xl/other.xml"


def test_a_part_is_read_as_it_is_by_now_and_the_others_stay() -> None:
    file = opened(**{"xl/styles.xml": "<甲/>"})
    file.changed["xl/new.xml"] = "<乙/>".encode("utf-16")

    assert file.part("xl/new.xml") == "<乙/>".encode()
    assert "xl/new.xml" in file
    assert "xl/none.xml" not in file
    found = parts(file.result())
    assert {name: found[name] for name in FILE} == {
        name: text.encode() for name, text in (FILE | {"xl/styles.xml": "<甲/>"}).items()
    }


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        OfficeFile(Source(b"PK", "a.xlsx"), MAIN)
