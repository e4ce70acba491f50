"""The records of xls files (Excel 97 to 2003): the bytes of the workbook stream in, sheets with values and formats out.

python-calamine reads these files too, but not their number formats, and it panics on damaged ones; 0.818 shown as 81.80%
is what forms are about. Formula texts are not read. `xlsb_extent` says how far a sheet of an xlsb file reaches.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from validator.readers.grid import Region
from validator.readers.number_format import BUILTIN, GENERAL

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_SHEET, _XF, _FORMAT, _DATEMODE, _FILEPASS, _STRINGS = 0x85, 0xE0, 0x41E, 0x22, 0x2F, 0xFC
_NUMBER, _RK, _MULRK, _FORMULA, _LABEL, _RICH, _SHARED, _BOOLEAN = 0x203, 0x27E, 0xBD, 0x06, 0x204, 0xD6, 0xFD, 0x205
_RESULT, _MERGED, _DRAWING = 0x207, 0xE5, 0xEC
_MODERN, _WORKSHEET = 0x600, 0
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class Stored(NamedTuple):
    """What is stored in a cell: a text, a truth value or a number, and the code of its number format."""

    value: str | bool | float
    code: str


class Sheet(NamedTuple):
    """A worksheet."""

    name: str
    number: int
    """Which sheet of the workbook it is, from 1; charts count."""
    hidden: bool
    cells: dict[tuple[int, int], Stored]
    regions: list[Region]
    drawings: bool


class Binary(NamedTuple):
    """What was read from the workbook stream."""

    sheets: list[Sheet]
    epoch: int
    encrypted: bool = False
    modern: bool = True
    """False for files from before Excel 97, of which nothing else is read."""


class _Record(NamedTuple):
    kind: int
    body: bytes
    more: list[bytes]
    """Bodies of the records that continue this one."""


def read_xls(stream: bytes, most_cells: int) -> Binary:
    """Read a workbook; raises ValueError, IndexError or struct.error where the records are broken or cells too many."""
    epoch = 1900
    formats: dict[int, str] = {}
    styles: list[int] = []
    strings: list[str] = []
    listed: list[tuple[int, int, bool, str]] = []
    for number, record in enumerate(_records(stream, 0)):
        kind, body, _ = record
        if number == 0 and (kind != _BOF or struct.unpack_from("<H", body)[0] != _MODERN):
            return Binary([], epoch, modern=False)
        if kind == _FILEPASS:
            return Binary([], epoch, encrypted=True)
        if kind == _DATEMODE:
            epoch = 1904 if body[:1] == b"\1" else 1900
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _text(body, 2)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _STRINGS:
            strings = _shared_strings(record)
        elif kind == _SHEET:
            at, state, sort = struct.unpack_from("<IBB", body)
            listed.append((at, sort, state & 3 != 0, _text(body, 6, width=1)))
    codes = [formats.get(style) or BUILTIN.get(style, GENERAL) for style in styles]
    sheets = [
        _filled(Sheet(name, number, hidden, {}, [], drawings=False), _records(stream, at), codes, strings, most_cells)
        for number, (at, sort, hidden, name) in enumerate(listed, 1)
        if sort == _WORKSHEET
    ]
    return Binary(sheets, epoch)


def xlsb_extent(stream: bytes) -> tuple[int, int]:
    """Return how many rows and columns the filled cells of an xlsb sheet reach over."""
    at = row = rows = columns = 0
    while at < len(stream):
        kind, at = _varint(stream, at)
        size, at = _varint(stream, at)
        if kind == 0 and at + 4 <= len(stream):
            row = struct.unpack_from("<I", stream, at)[0]
        elif 1 < kind <= 11 and at + 4 <= len(stream):
            rows, columns = max(rows, row + 1), max(columns, struct.unpack_from("<I", stream, at)[0] + 1)
        at += size
    return rows, columns


def _varint(stream: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while at < len(stream) and shift < 28:
        byte = stream[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            break
    return number, at


def _records(stream: bytes, at: int) -> Iterator[_Record]:
    """Yield the records of one substream; what is embedded in it (charts) is passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        more: list[bytes] = []
        while stream[at : at + 2] == b"\x3c\x00" and at + 4 <= len(stream):
            size = struct.unpack_from("<H", stream, at + 2)[0]
            more.append(stream[at + 4 : at + 4 + size])
            at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield _Record(kind, body, more)


def _filled(sheet: Sheet, records: Iterator[_Record], codes: list[str], strings: list[str], most_cells: int) -> Sheet:
    """Return a sheet with the cells and regions that its records hold."""
    cells = sheet.cells
    drawings = False
    waiting: tuple[int, int, str] | None = None
    """The formula whose text comes in the next record."""
    for record in records:
        kind, body, _ = record
        if kind == _RESULT and waiting is not None:
            cells[waiting[:2]] = Stored(_joined(record, 0), waiting[2])
        elif kind == _MERGED:
            sheet.regions.extend(
                Region(top, left, bottom, right)
                for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + (len(body) - 2) // 8 * 8])
            )
        elif kind == _DRAWING:
            drawings = True
        elif kind in (_NUMBER, _RK, _MULRK, _FORMULA, _LABEL, _RICH, _SHARED, _BOOLEAN):
            row, col, style = struct.unpack_from("<HHH", body)
            code = codes[style] if style < len(codes) else GENERAL
            waiting = None
            if kind == _MULRK:
                for n in range((len(body) - 6) // 6):
                    style, packed = struct.unpack_from("<HI", body, 4 + 6 * n)
                    cells[row, col + n] = Stored(_rk(packed), codes[style] if style < len(codes) else GENERAL)
            elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 0:
                waiting = (row, col, code)
            else:
                cells[row, col] = Stored(_value(record, strings), code)
            if len(cells) > most_cells:
                raise ValueError("more cells than allowed")
    return sheet._replace(drawings=drawings)


def _value(record: _Record, strings: list[str]) -> str | bool | float:
    kind, body, _ = record
    if kind == _SHARED:
        index = struct.unpack_from("<I", body, 6)[0]
        return strings[index] if index < len(strings) else ""
    if kind in (_LABEL, _RICH):
        return _joined(record, 6)
    if kind == _RK:
        return _rk(struct.unpack_from("<I", body, 6)[0])
    if kind == _BOOLEAN:
        return _ERRORS.get(body[6], "#ERROR") if body[7] else bool(body[6])
    if kind == _FORMULA and body[12:14] == b"\xff\xff":
        if body[6] == 1:
            return bool(body[8])
        return _ERRORS.get(body[8], "#ERROR") if body[6] == 2 else ""
    return float(struct.unpack_from("<d", body, 6)[0])


def _rk(packed: int) -> float:
    """Unpack a number that was squeezed into 30 bits."""
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _text(body: bytes, at: int, width: int = 2) -> str:
    """Return the string at an offset, which begins with its length in `width` bytes."""
    length = int.from_bytes(body[at : at + width], "little")
    start = at + width + 1
    return _decoded(body[start : start + length * _size(body[at + width])], body[at + width])


def _size(flags: int) -> int:
    return 2 if flags & 1 else 1


def _decoded(data: bytes, flags: int) -> str:
    return data.decode("utf-16-le", "replace") if flags & 1 else data.decode("latin-1")


def _joined(record: _Record, at: int) -> str:
    """Return the string at an offset of a record, which may run on into those that continue it."""
    segments = _Segments([record.body[at:], *record.more])
    length, flags = struct.unpack("<HB", segments.take(3))
    return segments.characters(length, flags)


def _shared_strings(record: _Record) -> list[str]:
    segments = _Segments([record.body, *record.more])
    _, unique = struct.unpack("<II", segments.take(8))
    strings: list[str] = []
    while len(strings) < unique and not segments.ended:
        length, flags = struct.unpack("<HB", segments.take(3))
        runs = struct.unpack("<H", segments.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", segments.take(4))[0] if flags & 4 else 0
        strings.append(segments.characters(length, flags))
        segments.take(4 * runs + extra)
    return strings


class _Segments:
    """The bodies of a record and of those that continue it, read through; raises IndexError or struct.error at the end."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies
        self._body = self._at = 0

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        while self._body < len(self._bodies) and self._at >= len(self._bodies[self._body]):
            self._body, self._at = self._body + 1, 0
        return self._body >= len(self._bodies)

    def take(self, count: int) -> bytes:
        """Return the next bytes, across boundaries."""
        pieces: list[bytes] = []
        while count > 0 and not self.ended:
            piece = self._bodies[self._body][self._at : self._at + count]
            pieces.append(piece)
            self._at, count = self._at + len(piece), count - len(piece)
        return b"".join(pieces)

    def characters(self, count: int, flags: int) -> str:
        """Return the next characters; where they run over a boundary, the width is given anew."""
        pieces: list[str] = []
        while count > 0:
            piece = self._bodies[self._body][self._at : self._at + count * _size(flags)]
            pieces.append(_decoded(piece, flags))
            self._at, count = self._at + len(piece), count - len(piece) // _size(flags)
            if count > 0:
                self._body, self._at = self._body + 1, 1
                flags = self._bodies[self._body][0]
        return "".join(pieces)
