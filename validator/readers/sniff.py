"""What a file really is, by its content: bytes and the suffix of its name in, the kind of reader it needs out."""

from __future__ import annotations

import io
import re
import zipfile

from validator.errors import UnreadableDocument, UnsupportedFormat
from validator.readers.compound import MAGIC, CompoundFile
from validator.readers.package import DAMAGED, ZIP_ERRORS
from validator.readers.source import Source

NAMES = {
    "xlsx": "xlsx 工作簿",
    "xlsb": "xlsb 工作簿",
    "xls": "旧版 xls 工作簿",
    "ods": "ods 工作簿",
    "docx": "docx 文档",
    "html": "网页（HTML）",
    "csv": "逗号分隔的文本",
    "tsv": "制表符分隔的文本",
    "md": "Markdown 文本",
    "txt": "文本",
}
"""What each kind is called in a message."""
KINDS = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xlsb": "xlsb",
    ".xls": "xls",
    ".ods": "ods",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "md",
    ".txt": "txt",
}
"""The kind that each suffix promises."""
_TEXT = frozenset(("html", "csv", "tsv", "md", "txt"))
_REFUSED = (
    (b"%PDF", "PDF 还不能读取", "把表格另存为 xlsx 或 docx 再试"),
    (b"{\\rtf", "RTF 文档不能读取", "另存为 docx 再试"),
    (b"\x89PNG", "这是图片，不能读取", "提供原来的电子表格或文档"),
    (b"\xff\xd8\xff", "这是图片，不能读取", "提供原来的电子表格或文档"),
    (b"GIF8", "这是图片，不能读取", "提供原来的电子表格或文档"),
    (b"BM", "这是图片，不能读取", "提供原来的电子表格或文档"),
    (b"II*\0", "这是图片，不能读取", "提供原来的电子表格或文档"),
    (b"Rar!", "压缩包不能直接读取", "解压后再试"),
    (b"7z\xbc\xaf", "压缩包不能直接读取", "解压后再试"),
    (b"\x1f\x8b", "压缩包不能直接读取", "解压后再试"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|table|div|style)\b", re.IGNORECASE)
_TABLE = re.compile(rb"(?:^|[\n>])[ \t]*<table\b[^<]*>\s*<", re.IGNORECASE)
_WORD_XML = re.compile(rb"<(?:pkg:package|w:wordDocument)\b")
_SHEET_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
_ARCHIVE_PARTS = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("word/", "docx"),
)


def kind_of(source: Source, suffix: str) -> str:
    """Return the kind of reader for a file.

    Raises UnsupportedFormat for kinds that none reads, UnreadableDocument for empty, encrypted or damaged files.
    """
    data = source.data
    if not data:
        raise source.unreadable("文件是空的（0 字节）", "请对方重新发送")
    if data.startswith(b"PK"):
        return _archive(source)
    if data.startswith(MAGIC):
        return _compound(source)
    for mark, message, remedy in _REFUSED:
        if data.startswith(mark) and not (mark == b"BM" and b"\0" not in data[:64]):
            raise _unsupported(source, message, remedy)
    return _text(source, KINDS.get(suffix, ""))


def _archive(source: Source) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            names = archive.namelist()
            mime = (
                archive.read("mimetype")[:100] if "mimetype" in names and archive.getinfo("mimetype").file_size < 200 else b""
            )
    except ZIP_ERRORS as error:
        raise source.unreadable("文件已损坏或不完整，压缩结构读不出来", DAMAGED) from error
    if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        raise _unsupported(source, "odt 文档不能读取", "另存为 docx 再试")
    for part, kind in _ARCHIVE_PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    if any(name.startswith("ppt/") for name in names):
        raise _unsupported(source, "演示文稿不能读取", "把表格另存为 xlsx 或 docx 再试")
    raise _unsupported(source, "压缩包里不是工作簿或文档", "如果是压缩包，解压后再试")


def _compound(source: Source) -> str:
    try:
        names = CompoundFile(source.data).streams
    except (ValueError, IndexError, OverflowError) as error:
        raise source.unreadable("文件已损坏或不完整", "用表格软件打开并另存为 xlsx 再试") from error
    if "EncryptedPackage" in names:
        raise source.unreadable("文件加了打开密码，不能读取", "去掉密码后另存，再试")
    if "WordDocument" in names:
        raise _unsupported(source, "旧版 Word 文档（.doc）不能读取", "用 Word 或 WPS 另存为 docx 再试")
    if "Workbook" in names or "Book" in names:
        return "xls"
    raise _unsupported(source, "不认识的 Office 文件", "另存为 xlsx 或 docx 再试")


def _text(source: Source, promised: str) -> str:
    head = source.data[:8192].replace(b"\0", b"") if source.data[:2] in (b"\xff\xfe", b"\xfe\xff") else source.data[:8192]
    if _WORD_XML.search(head):
        raise _unsupported(source, "Word XML 文档不能读取", "另存为 docx 再试")
    if _SHEET_XML.search(head) and b"<Workbook" in head:
        raise _unsupported(source, "XML 电子表格（2003）不能读取", "用表格软件另存为 xlsx 再试")
    if head.lstrip().lower().startswith(b"mime-version:") or b"Content-Type: multipart/related" in head:
        raise _unsupported(source, "单个文件网页（MHTML）不能读取", "用 Word、Excel 或 WPS 打开，另存为 docx 或 xlsx 再试")
    from validator.readers.plain import delimiter_of, is_sheet, text_of

    if promised == "txt" and _TABLE.search(head):
        # What pandoc makes of a form, or the source of a page: saved as text it is still HTML.
        return "html" if head.lstrip(b"\xef\xbb\xbf\xff\xfe\xfe\xff \r\n\t").startswith(b"<") else "md"
    if promised == "txt" and b"\t" in head:
        return "tsv" if is_sheet(text_of(source).text) else "txt"
    if promised in _TEXT:
        return promised
    if _HTML.search(head):
        return "html"
    if not promised:
        text_of(source)
        return "txt"
    try:
        text = text_of(source).text
    except UnsupportedFormat as error:
        raise UnreadableDocument(
            f"内容不是{NAMES[promised]}，文件可能已损坏或不完整", where=source.name, remedy="用原来的软件打开并另存一份再试"
        ) from error
    delimiter = delimiter_of(text, "\t")
    return {"\t": "tsv", ",": "csv", ";": "csv"}.get(delimiter, "txt")


def _unsupported(source: Source, message: str, remedy: str) -> UnsupportedFormat:
    return UnsupportedFormat(message, where=source.name, remedy=remedy)
