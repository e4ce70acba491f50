"""Changes to the parts of an Office file: its bytes and the changed places in, bytes out that differ in those places only.

A part is scanned with a parser that says where each element stands, and changed there; it is never written anew, so that
whatever this package doesn't know of survives. What is put in is pure ASCII, right in any encoding a part may have.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import NamedTuple
from xml.parsers import expat

from validator.readers.package import DAMAGED, ZIP_ERRORS
from validator.readers.source import Source
from validator.reports.visible import visible

_START_TAG = re.compile(rb"<[^\s>/]+(?:\s+[^\s=>/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_ATTRIBUTE = re.compile(rb"\s+([^\s=>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""Date of every changed part: the same input gives the same bytes."""


class Element(NamedTuple):
    """Where an element stands in the bytes of its part."""

    name: str
    """Without its prefix."""
    parent: str
    depth: int
    """0 for the root."""
    attributes: dict[str, str]
    """By names without prefixes."""
    start: int
    inside: int
    """After the start tag."""
    close: int
    """Before the end tag; the end of the element when it has none."""
    end: int

    @property
    def empty(self) -> bool:
        """Whether the element is a single tag."""
        return self.close == self.end


def plain(data: bytes) -> bytes:
    """Return a part in an encoding whose markup is ASCII: UTF-16 becomes UTF-8, all else stays as it is."""
    if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" not in data[:4]:
        return data
    text = data.decode(
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    )
    return re.sub(r"^\ufeff?<\?xml[^>]*\?>", "", text).encode()


def scan(
    source: Source, part: str, data: bytes, started: Callable[[Element], bool | None], ended: Callable[[Element], None]
) -> None:
    """Walk a part. `started` is told of each element (its end unknown: 0), `ended` of those for which it said yes.

    Raises UnreadableDocument where the part is not well-formed or declares a document type.
    """
    parser = expat.ParserCreate()
    stack: list[Element | None] = []
    names: list[str] = []

    def refuse(*_: object) -> None:
        raise source.unreadable(f"{part[:80]} 含有文档类型声明，可能藏有恶意实体", "另存一份再试")

    def start(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        parent = names[-1] if names else ""
        element = Element(name, parent, len(names), attributes, parser.CurrentByteIndex, 0, 0, 0)
        stack.append(element if started(element) else None)
        names.append(name)

    def end(_: str) -> None:
        names.pop()
        element = stack.pop()
        if element is None:
            return
        at = parser.CurrentByteIndex
        inside = tag_end(data, element.start)
        single = data[inside - 2 : inside] == b"/>"
        close, after = (inside, inside) if single else (at, data.index(b">", at) + 1)
        bare = {key.rpartition(":")[2]: value for key, value in element.attributes.items()}
        ended(element._replace(attributes=bare, inside=inside, close=close, end=after))

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise source.unreadable(f"{part[:80]} 的内容已损坏（XML 有误）", DAMAGED) from error


def outline(source: Source, part: str, data: bytes, depth: int) -> list[Element]:
    """Return the elements down to a depth, each after the elements in it; the root is the last."""
    found: list[Element] = []
    scan(source, part, data, lambda element: element.depth <= depth, found.append)
    return found


def tag_end(data: bytes, start: int) -> int:
    """Return where the start tag that begins at `start` ends."""
    found = _START_TAG.match(data, start)
    return found.end() if found else data.index(b">", start) + 1


def prefix_of(data: bytes, element: Element) -> str:
    """Return the prefix of an element with its colon, empty when it has none."""
    name = re.match(rb"<([^\s>/]+)", data[element.start : element.inside])
    return name.group(1).decode("ascii", "replace").rpartition(":")[0] + ":" if name and b":" in name.group(1) else ""


def with_attributes(tag: bytes, values: Mapping[str, str]) -> bytes:
    """Return a start tag with these attributes set: those that stand there in their place, the others after the name."""
    left = dict(values)

    def put(found: re.Match[bytes]) -> bytes:
        name = found.group(1).decode("utf-8", "replace")
        if name not in left:
            return found.group(0)
        return found.group(0)[: found.start(2) - found.start(0)] + f'"{left.pop(name)}"'.encode("ascii")

    head = re.match(rb"<[^\s>/]+", tag)
    at = head.end() if head else 0
    rest = _ATTRIBUTE.sub(put, tag[at:])
    added = "".join(f' {name}="{value}"' for name, value in left.items()).encode("ascii")
    return tag[:at] + added + rest


class Patch:
    """A part and the changes to it. Places refer to the part as it was."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._changes: list[tuple[int, int, int, bytes]] = []

    def insert(self, at: int, text: str) -> None:
        """Put text in; several at one place stand in the order of the calls."""
        self.replace(at, at, ascii_of(text))

    def replace(self, start: int, end: int, data: bytes) -> None:
        """Put bytes in place of others."""
        self._changes.append((start, end, len(self._changes), data))

    def append(self, element: Element, text: str) -> None:
        """Put text in as the last content of an element, which gets an end tag when it has none."""
        if not element.empty:
            self.insert(element.close, text)
            return
        tag = self.data[element.start : element.inside]
        name = re.match(rb"<([^\s>/]+)", tag)
        opened = tag.removesuffix(b">").removesuffix(b"/").rstrip() + b">"
        closing = b"</" + (name.group(1) if name else b"") + b">"
        self.replace(element.start, element.end, opened + ascii_of(text) + closing)

    def result(self) -> bytes:
        """Return the changed part."""
        pieces, at = [], 0
        for start, end, _, data in sorted(self._changes):
            pieces += [self.data[at:start], data]
            at = max(end, at)
        pieces.append(self.data[at:])
        return b"".join(pieces)


def ascii_of(text: str) -> bytes:
    """Return markup with every other character as a reference."""
    return text.encode("ascii", "xmlcharrefreplace")


def escaped(text: str) -> str:
    """Return text that may stand in an element or a quoted attribute; what XML can't hold is spelled out, line breaks stay."""
    lines = (visible(line.replace("\t", " ")) for line in text.split("\n"))
    joined = "\n".join(lines)
    return joined.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def cell_text(text: str) -> str:
    """Return escaped text of a workbook, where `_x000D_` would stand for a character."""
    return _ESCAPED.sub("_x005F_", escaped(text))


def repacked(source: Source, changed: Mapping[str, bytes]) -> bytes:
    """Return the file with some parts changed or added. Every other part is copied as it is, packed."""
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
            parts = {part.filename: part for part in old.infolist()}
            for name, part in parts.items():
                if name in changed:
                    _write(new, name, changed[name])
                else:
                    _copy(source.data, part, new)
            for name, data in changed.items():
                if name not in parts:
                    _write(new, name, data)
    except ZIP_ERRORS as error:
        raise source.unreadable("文件已损坏或不完整，压缩结构读不出来", DAMAGED) from error
    return buffer.getvalue()


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a new zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            _write(new, name, data)
    return buffer.getvalue()


def _write(new: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _OLDEST)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    new.writestr(info, data)


def _copy(data: bytes, part: zipfile.ZipInfo, new: zipfile.ZipFile) -> None:
    """Copy a part without unpacking it: pictures cost nothing. The sizes stand in the header, so no descriptor follows."""
    lengths = data[part.header_offset + 26 : part.header_offset + 30]
    begin = part.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    stream = new.fp
    if stream is None or begin + part.compress_size > len(data):
        raise zipfile.BadZipFile(part.filename)
    info = copy(part)
    info.flag_bits &= ~0x08
    info.extra = b""
    info.header_offset = stream.tell()
    stream.write(info.FileHeader(zip64=False))
    stream.write(data[begin : begin + part.compress_size])
    new.filelist.append(info)
    new.NameToInfo[info.filename] = info
    new.start_dir = stream.tell()
