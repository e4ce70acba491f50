"""Reading any file: what it is by its content, one clear sentence for what can't be read, and never another exception."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import (
    compound,
    csv_grid,
    docx_grid,
    docx_of,
    html_grid,
    ods_grid,
    paragraph,
    xls_grid,
    xlsx_grid,
    zipped,
)
from validator.errors import GoujiError, UnreadableDocument, UnsupportedFormat
from validator.readers import READERS, SUFFIXES, Limits, read

GRID = [["项目", "预算"], ["甲", "1"]]


@pytest.mark.parametrize(
    ("data", "name", "kind", "note"),
    [
        (xlsx_grid(GRID), "a.xlsx", "xlsx", ""),
        (xlsx_grid(GRID), "a.xlsm", "xlsx", ""),
        (xlsx_grid(GRID), "", "xlsx", ""),
        (xlsx_grid(GRID), "a.xls", "xlsx", "xlsx 工作簿"),
        (xls_grid(GRID), "a.xlsx", "xls", "旧版 xls 工作簿"),
        (ods_grid(GRID), "a.xls", "ods", "ods 工作簿"),
        (html_grid(GRID), "a.xls", "html", "网页（HTML）"),
        (html_grid(GRID), "", "html", ""),
        (csv_grid(GRID), "a.xls", "csv", "逗号分隔的文本"),
        ("项目\t预算\n甲\t1\n".encode("gbk"), "a.xls", "tsv", "制表符分隔的文本"),
        (docx_of(paragraph("甲")), "a.doc", "docx", "docx 文档"),
        ("文字".encode(), "", "txt", ""),
    ],
)
def test_a_file_is_read_as_what_it_is(data: bytes, name: str, kind: str, note: str) -> None:
    document = read(data, name=name)

    assert document.format == kind
    assert document.blocks
    assert [n.message for n in document.notes] == (
        [f"文件名以 {Path(name).suffix} 结尾，内容却是{note}，已按{note}读取"] if note else []
    )


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.xlsx", "空的"),
        (b"%PDF-1.7", "a.pdf", "PDF"),
        (b"{\\rtf1", "a.doc", "RTF"),
        (b"\x89PNG\r\n", "a.png", "图片"),
        (b"Rar!\x1a", "a.rar", "压缩包"),
        (compound({"WordDocument": b"x"}), "a.doc", "另存为 docx"),
        (compound({"PowerPoint Document": b"x"}), "a.ppt", "不认识"),
        (zipped({"a.txt": "x"}), "a.zip", "压缩包"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "odt"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "a.xls", "XML 电子表格"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a.doc", "MHTML"),
        (bytes(range(256)) * 4, "a.xlsx", "损坏"),
        (bytes(range(256)) * 4, "a.dat", "不是文字"),
        (b"PK\x03\x04 rest", "a.xlsx", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "损坏"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence_with_place_and_remedy(data: bytes, name: str, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message) as caught:
        read(data, name=name)

    assert caught.value.where == name
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


class TestPaths:
    def test_a_path_is_read_with_its_name(self, tmp_path: Path) -> None:
        path = tmp_path / "表.csv"
        path.write_bytes(csv_grid(GRID))
        document = read(str(path))

        assert (document.path, document.format) == (str(path), "csv")
        assert document == read(path) or document.sha256 == read(path).sha256

    def test_a_missing_file_is_told_of(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableDocument, match=r"无\.xlsx：文件不存在"):
            read(tmp_path / "无.xlsx")

    def test_a_folder_is_told_of(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableDocument, match="文件夹"):
            read(tmp_path)

    @pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a superuser may read everything")
    def test_a_file_without_permission_is_told_of(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text("x")
        path.chmod(0)
        with pytest.raises(UnreadableDocument, match="没有读取权限"):
            read(path)

    def test_permission_that_is_denied_is_told_of(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.txt"
        path.write_text("x")

        def deny(_: Path) -> bytes:
            raise PermissionError

        monkeypatch.setattr(Path, "read_bytes", deny)
        with pytest.raises(UnreadableDocument, match="没有读取权限"):
            read(path)

    def test_a_file_beyond_the_limit_is_refused_unread(self, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_bytes(b"x" * 2_000_000)
        with pytest.raises(UnreadableDocument, match="文件超过 1 MB"):
            read(path, limits=Limits(max_bytes=2**20))

    def test_a_name_with_an_empty_character_is_told_of(self) -> None:
        with pytest.raises(UnreadableDocument):
            read("a\0b.txt")


def test_each_suffix_has_a_reader() -> None:
    assert tuple(READERS) == SUFFIXES
    assert {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".docx", ".html", ".htm", ".csv", ".tsv", ".md", ".txt"} == set(SUFFIXES)


def test_importing_the_readers_imports_no_heavy_library() -> None:
    heavy = ("lxml", "docx", "python_calamine", "selectolax", "charset_normalizer", "openpyxl", "csv")
    code = f"import sys, validator.readers; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


# Given as categories: a filter that turns down most of what is drawn stops the test.
LOOKALIKES = "".join(map(chr, (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))))
"""Read as the characters that they look like."""
PRINTABLE = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp", "Zs"), exclude_characters="\ufffd" + LOOKALIKES
)
TEXTS = st.text(PRINTABLE, max_size=8)
GRIDS = st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(TEXTS, min_size=n, max_size=n), min_size=1, max_size=6))
WRITERS = [
    (xlsx_grid, "a.xlsx"),
    (docx_grid, "a.docx"),
    (html_grid, "a.html"),
    (csv_grid, "a.csv"),
    (ods_grid, "a.ods"),
    (xls_grid, "a.xls"),
]


@pytest.mark.parametrize(("write", "name"), WRITERS, ids=[name for _, name in WRITERS])
@given(grid=GRIDS)
def test_a_grid_of_texts_reads_back_at_the_same_slots(write: object, name: str, grid: list[list[str]]) -> None:
    assert callable(write)
    tables = read(write(grid), name=name).tables
    written = {(r, c): text for r, row in enumerate(grid) for c, text in enumerate(row) if text}
    found = {(cell.row, cell.col): cell.text for table in tables for cell in table.cells()}

    assert found == written
    for table in tables:
        assert {len(row) for row in table.rows} == {table.columns}


@given(st.binary(max_size=300), st.sampled_from(["", *(f"a{suffix}" for suffix in SUFFIXES), "a.doc", "a.dat"]))
def test_random_bytes_give_a_document_or_one_of_our_errors(data: bytes, name: str) -> None:
    try:
        read(data, name=name)
    except GoujiError as error:
        assert error.where  # noqa: PT017 - both endings are right


@given(st.text(max_size=200), st.sampled_from(["a.html", "a.csv", "a.tsv", "a.md", "a.txt", "a.xls"]))
def test_random_text_gives_a_document_or_one_of_our_errors(text: str, name: str) -> None:
    try:
        read(text.encode("utf-8", "replace"), name=name)
    except GoujiError as error:
        assert error.where  # noqa: PT017 - both endings are right


@given(st.text("<>/=\"' tabledivrhpcosn0123&;!-\n", max_size=200))
def test_random_markup_gives_a_document(markup: str) -> None:
    assert read(b"<html>" + markup.encode(), name="a.html").format == "html"


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"<html>", b"%"])
@given(rest=st.binary(max_size=2000))
def test_random_bytes_behind_a_known_mark_give_a_document_or_one_of_our_errors(start: bytes, rest: bytes) -> None:
    try:
        read(start + rest, name="a.xlsx")
    except UnsupportedFormat as error:
        assert error.remedy  # noqa: PT017 - both endings are right
    except UnreadableDocument as error:
        assert error.where  # noqa: PT017
