"""The records of binary workbooks (xls, xlsb) that python-calamine keeps to itself: number formats, and how far sheets reach.

Bytes of a workbook stream in, numbers with their format codes out. Text and dates are calamine's business.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from validator.readers.number_format import BUILTIN, GENERAL

_BOF, _EOF, _SHEET, _XF, _FORMAT, _DATEMODE, _FILEPASS = 0x809, 0x0A, 0x85, 0xE0, 0x41E, 0x22, 0x2F
_NUMBER, _RK, _MULRK, _FORMULA = 0x203, 0x27E, 0xBD, 0x06
_CELLS = frozenset((_NUMBER, _RK, _MULRK, _FORMULA, 0xFD, 0x204, 0x205, 0x207, 0xD6))


class Numbers(NamedTuple):
    """The numbers of one sheet."""

    cells: dict[tuple[int, int], tuple[str, str]]
    """Row and column to the stored number and its format code."""
    rows: int
    columns: int


class Binary(NamedTuple):
    """What was read from the workbook stream of an xls file."""

    sheets: dict[str, Numbers]
    epoch: int
    encrypted: bool
    formats: bool
    """False for the oldest files (before Excel 97), whose formats are not read."""


def read_xls(stream: bytes) -> Binary:
    """Read numbers and formats; raises struct.error or ValueError where the records are broken."""
    modern, epoch = False, 1900
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _BOF:
            modern = struct.unpack_from("<H", body)[0] == 0x600
        elif kind == _FILEPASS:
            return Binary({}, 1900, encrypted=True, formats=modern)
        elif kind == _DATEMODE:
            epoch = 1904 if body[:1] == b"\1" else 1900
        elif kind == _FORMAT and modern:
            formats[struct.unpack_from("<H", body)[0]] = _text(body[2:], 2)
        elif kind == _XF and modern:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _SHEET:
            name = _text(body[6:], 1) if modern else body[7 : 7 + body[6]].decode("gb18030", "replace")
            sheets.append((name, struct.unpack_from("<I", body)[0]))
    codes = [formats.get(style) or BUILTIN.get(style, GENERAL) for style in styles]
    return Binary({name: _numbers(stream, at, codes) for name, at in sheets}, epoch, encrypted=False, formats=modern)


def xlsb_extent(stream: bytes) -> tuple[int, int]:
    """Return how many rows and columns the filled cells of an xlsb sheet reach over."""
    at = row = rows = columns = 0
    while at < len(stream):
        kind, at = _varint(stream, at)
        size, at = _varint(stream, at)
        if kind == 0 and size >= 4:
            row = struct.unpack_from("<I", stream, at)[0]
        elif 1 < kind <= 11 and size >= 4:
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


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, from its beginning to its end mark."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _numbers(stream: bytes, at: int, codes: list[str]) -> Numbers:
    cells: dict[tuple[int, int], tuple[str, str]] = {}
    rows = columns = 0
    for kind, body in _records(stream, at):
        if kind not in _CELLS or len(body) < 6:
            continue
        row, col, style = struct.unpack_from("<HHH", body)
        rows, columns = max(rows, row + 1), max(columns, col + 1)
        if kind == _MULRK:
            for n in range((len(body) - 6) // 6):
                style, packed = struct.unpack_from("<HI", body, 4 + 6 * n)
                cells[row, col + n] = (repr(_rk(packed)), codes[style] if style < len(codes) else GENERAL)
            columns = max(columns, col + (len(body) - 6) // 6)
        else:
            number = _value(kind, body)
            if number is not None:
                cells[row, col] = (repr(number), codes[style] if style < len(codes) else GENERAL)
    return Numbers(cells, rows, columns)


def _value(kind: int, body: bytes) -> float | None:
    if kind == _RK:
        return _rk(struct.unpack_from("<I", body, 6)[0])
    if kind == _NUMBER or (kind == _FORMULA and body[12:14] != b"\xff\xff"):
        return float(struct.unpack_from("<d", body, 6)[0])
    return None


def _rk(packed: int) -> float:
    """Unpack a number that was squeezed into 30 bits."""
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _text(body: bytes, width: int) -> str:
    """Return a string that begins with its length in `width` bytes."""
    length = int.from_bytes(body[:width], "little")
    wide = body[width] & 1
    start = width + 1
    if wide:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")
