"""What a file really is, by its content."""

from __future__ import annotations

import pytest

from tests.readers.making import compound, csv_grid, docx_of, html_grid, ods_grid, paragraph, xls_grid, xlsx_grid, zipped
from validator.errors import UnreadableDocument, UnsupportedFormat
from validator.readers import SUFFIXES
from validator.readers.sniff import KINDS, NAMES, kind_of
from validator.readers.source import Source

GRID = [["项目", "预算"], ["甲", "1"]]


def kind(data: bytes, suffix: str = "") -> str:
    return kind_of(Source(data, "文件"), suffix)


@pytest.mark.parametrize("suffix", ["", ".xlsx", ".xls", ".doc", ".txt"])
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (xlsx_grid(GRID), "xlsx"),
        (xls_grid(GRID), "xls"),
        (ods_grid(GRID), "ods"),
        (docx_of(paragraph("甲")), "docx"),
        (zipped({"xl/workbook.bin": "", "xl/x": ""}), "xlsb"),
        (compound({"Book": b"x"}), "xls"),
    ],
)
def test_office_files_are_known_whatever_they_are_called(data: bytes, expected: str, suffix: str) -> None:
    assert kind(data, suffix) == expected


@pytest.mark.parametrize(
    ("data", "suffix", "expected"),
    [
        (html_grid(GRID), ".xls", "html"),
        (html_grid(GRID), "", "html"),
        (html_grid(GRID), ".txt", "html"),
        ("2020年度\n\n<table>\n<tr><td>甲</td></tr>\n</table>\n".encode(), ".txt", "md"),
        ("表格用 <table> 标签\n".encode(), ".txt", "txt"),
        (b"  <!DOCTYPE  HTML>", "", "html"),
        (csv_grid(GRID), ".xls", "csv"),
        (csv_grid(GRID), ".csv", "csv"),
        (csv_grid(GRID), "", "txt"),
        ("项目\t预算\n甲\t1\n".encode("gbk"), ".xls", "tsv"),
        ("项目;预算\n甲;1\n".encode(), ".xlsx", "csv"),
        ("一段文字".encode(), ".xlsx", "txt"),
        ("表\t\t\n项目\t预算\t执行\n甲\t1\t\n乙\t\t2\n".encode("utf-16"), ".txt", "tsv"),
        ("表\t\t\n项目\t预算\t执行\n甲\t1\n乙\t\t2\n".encode(), ".txt", "txt"),
        ("表\t\t\n项目\t预算\t执行\n甲\t1\t\n乙\t\t2".encode(), ".txt", "txt"),
        ("表\n项目\t预算\t执行\n甲\t1\t\n乙\t\t2\n".encode(), ".txt", "txt"),
        ("BM 是什么".encode(), ".md", "md"),
        ("\ufeff项目,预算".encode("utf-16"), ".tsv", "tsv"),
    ],
)
def test_text_is_what_its_name_promises_where_it_may_be(data: bytes, suffix: str, expected: str) -> None:
    assert kind(data, suffix) == expected


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"GIF89a", "图片"),
        (b"BM\0\0", "图片"),
        (b"II*\0", "图片"),
        (b"Rar!\x1a", "压缩包"),
        (b"7z\xbc\xaf", "压缩包"),
        (b"\x1f\x8b\x08", "压缩包"),
        (zipped({"a.txt": "x"}), "不是工作簿或文档"),
        (zipped({"ppt/presentation.xml": "x"}), "演示文稿"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
        (compound({"WordDocument": b"x"}), "旧版 Word"),
        (compound({"PowerPoint Document": b"x"}), "不认识"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "Word XML"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML 电子表格"),
        (b"MIME-Version: 1.0\n", "MHTML"),
        (b"x\nContent-Type: multipart/related; a=b", "MHTML"),
    ],
)
def test_kinds_that_no_reader_takes_are_named_with_a_remedy(data: bytes, message: str) -> None:
    with pytest.raises(UnsupportedFormat, match=message) as caught:
        kind(data, ".xlsx")

    assert caught.value.remedy
    assert caught.value.where == "文件"


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (b"", "", "空的"),
        (b"PK\x03\x04 rest", ".xlsx", "压缩结构"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls", "损坏"),
        (compound({"EncryptionInfo": b"x" * 100, "EncryptedPackage": b"y" * 100}), ".xlsx", "密码"),
        (bytes(range(256)) * 4, ".xlsx", "内容不是xlsx 工作簿"),
    ],
)
def test_empty_encrypted_and_damaged_files_are_told(data: bytes, suffix: str, message: str) -> None:
    with pytest.raises(UnreadableDocument, match=message) as caught:
        kind(data, suffix)

    assert not isinstance(caught.value, UnsupportedFormat)
    assert caught.value.remedy


def test_each_suffix_promises_a_kind_that_has_a_name() -> None:
    assert set(KINDS) == set(SUFFIXES)
    assert set(KINDS.values()) == set(NAMES)
