"""Zipped files (xlsx, docx, ods): parts by name, each expanded within bounds, and their XML walked without entities.

Nothing is ever expanded beyond what the limits allow, whatever the directory of the zip declares. A document type
declaration is refused outright: no office program writes one, and it is where entity bombs and outside files come in.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from validator.model.document import column_letters
from validator.readers.source import Source

ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError),
    *(RuntimeError, OverflowError, KeyError, IndexError),
)
"""Everything that zipfile has been seen to raise on damaged archives."""
DAMAGED = "用表格或文字处理软件打开并另存一份再试；打不开就请对方重新发送"


class Package:
    """A zip archive, opened within limits."""

    def __init__(self, source: Source) -> None:
        """Open the archive; raises UnreadableDocument when it is damaged, or too large once expanded."""
        self.source = source
        limits = source.limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data))
        except ZIP_ERRORS as error:
            raise source.unreadable("文件已损坏或不完整，压缩结构读不出来", DAMAGED) from error
        self._parts = {part.filename: part for part in self._zip.infolist()}
        if sum(part.file_size for part in self._zip.infolist()) > limits.max_expanded_bytes:
            raise source.unreadable(
                f"展开后超过 {limits.max_expanded_bytes >> 20} MB，没有读取", "删去多余的表、图片和空行后另存，再试"
            )
        for part in self._zip.infolist():
            if part.file_size > limits.ratio_floor and part.file_size > limits.max_ratio * max(part.compress_size, 1):
                raise source.unreadable(f"{part.filename[:80]} 的压缩比异常，像是压缩炸弹，没有读取", "请对方重新导出")

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a part of this name."""
        return name in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all parts."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """Return the content of a part; raises UnreadableDocument when it is missing, encrypted or damaged."""
        part = self._parts.get(name)
        if part is None:
            raise self.source.unreadable(f"文件里缺少 {name[:80]}", DAMAGED)
        if part.flag_bits & 1:
            raise self.source.unreadable("文件加了密码", "去掉密码后另存，再试")
        try:
            with self._zip.open(part) as stream:
                return stream.read(part.file_size + 1)
        except ZIP_ERRORS as error:
            raise self.source.unreadable(f"{name[:80]} 已损坏或不完整", DAMAGED) from error

    def walk(self, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
        """Call `start` with each element's name (prefix removed) and attributes, in order."""
        parse(self.source, name, self.read(name), start=start)


def main_part(package: Package, usual: str) -> str:
    """Return the name of the part that holds the document itself: the usual one, or the one that the package points to."""
    if usual in package:
        return usual
    found: list[str] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    package.walk("_rels/.rels", relation)
    return found[0] if found else usual


def parse(
    source: Source,
    name: str,
    data: bytes,
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Run a parser over XML, with the prefixes of elements removed; raises UnreadableDocument where it is not well-formed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise source.unreadable(f"{name[:80]} 含有文档类型声明，可能藏有恶意实体，没有读取", "另存一份再试")

    parser.StartDoctypeDeclHandler = refuse
    if start is not None:
        begin = start
        parser.StartElementHandler = lambda tag, attributes: begin(tag.rpartition(":")[2], attributes)
    if end is not None:
        finish = end
        parser.EndElementHandler = lambda tag: finish(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise source.unreadable(f"{name[:80]} 的内容已损坏（XML 有误）", DAMAGED) from error


_IRREGULAR = (b"<!", b"='", b" =", b'= "')
_PREFIXED_ROOT = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*)?<\w+:")


def markup(source: Source, name: str, data: bytes, *, rewrite: bool = False) -> str:
    """Return XML as text that regular expressions may be trusted with.

    It has no comments, CDATA, prefixes or single-quoted attributes. Well-formed XML that is already so (nearly every
    workbook) is only checked; any other, or all with `rewrite`, is written anew.
    """
    if not rewrite and not _PREFIXED_ROOT.match(data) and not any(mark in data for mark in _IRREGULAR):
        parse(source, name, data)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    return _rewritten(source, name, data)


def _rewritten(source: Source, name: str, data: bytes) -> str:
    pieces: list[str] = []
    row = col = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, col
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if tag == "row":
            row, col = (int(plain["r"]) if plain.get("r", "").isdecimal() else row + 1), 0
        elif tag == "c":
            plain = _ordered_cell(plain, row, col)
            col = _column(plain["r"])
        inside = "".join(f' {key}="{_escape(value)}"' for key, value in plain.items())
        pieces.append(f"<{tag}{inside}>")

    parse(
        source,
        name,
        data,
        start=start,
        end=lambda tag: pieces.append(f"</{tag}>"),
        text=lambda text: pieces.append(_escape(text)),
    )
    return "".join(pieces)


def _ordered_cell(attributes: dict[str, str], row: int, col: int) -> dict[str, str]:
    """Return place, style and type of a cell in this order; a cell without a place stands right of the one before it."""
    place = attributes.get("r", "").replace("$", "").upper()
    if not re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", place):
        place = f"{column_letters(col)}{max(row, 1)}"
    return {"r": place} | {key: attributes[key] for key in ("s", "t") if attributes.get(key, "").isalnum()}


def _column(place: str) -> int:
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
