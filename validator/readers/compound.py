"""OLE compound files, the containers of xls, doc and of encrypted workbooks: bytes in, streams by name out.

Only the streams of the outermost storage are seen, so that an embedded object is not taken for the file itself.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""


class Stream(NamedTuple):
    """A directory entry of the outermost storage."""

    start: int
    size: int


class CompoundFile:
    """A compound file. Raises ValueError when the container is broken."""

    def __init__(self, data: bytes) -> None:
        """Read header, allocation table and directory."""
        if len(data) < 512 or not data.startswith(MAGIC):
            raise ValueError("not a compound file")
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("unknown sector size")
        self._data = data
        self._sector = 1 << shift
        directory, self._cutoff, mini_table = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self._table = self._allocation()
        entries = self._chain(directory)
        self._mini_table = _numbers(self._chain(mini_table)) if mini_table < _LAST else ()
        root_start, root_size = struct.unpack_from("<IQ", entries, 116) if len(entries) >= 128 else (_LAST, 0)
        self._mini = self._chain(root_start)[:root_size] if root_start < _LAST else b""
        self.streams = _outermost(entries)

    def read(self, name: str) -> bytes:
        """Return the content of a stream; raises KeyError for an unknown name."""
        stream = self.streams[name]
        if stream.size < self._cutoff:
            pieces, sector, seen = [], stream.start, 0
            while sector < len(self._mini_table) and seen <= len(self._mini_table):
                pieces.append(self._mini[sector * 64 : sector * 64 + 64])
                sector, seen = self._mini_table[sector], seen + 1
            return b"".join(pieces)[: stream.size]
        return self._chain(stream.start)[: stream.size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _allocation(self) -> tuple[int, ...]:
        sectors = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _LAST]
        more, count = struct.unpack_from("<II", self._data, 68)
        while more < _LAST and count > 0:
            numbers = _numbers(self._at(more))
            if not numbers:
                break
            sectors += [n for n in numbers[:-1] if n < _LAST]
            more, count = numbers[-1], count - 1
        if len(sectors) > len(self._data) // self._sector + 1:
            raise ValueError("more sectors than the file has")
        return _numbers(b"".join(self._at(n) for n in sectors))

    def _chain(self, sector: int) -> bytes:
        pieces, seen = [], 0
        while sector < len(self._table):
            pieces.append(self._at(sector))
            sector, seen = self._table[sector], seen + 1
            if seen > len(self._table):
                raise ValueError("a chain of sectors that runs in a circle")
        return b"".join(pieces)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _outermost(entries: bytes) -> dict[str, Stream]:
    """Return the streams and storages right below the root, by name."""
    found: dict[str, Stream] = {}
    if len(entries) < 128:
        return found
    waiting, seen = [struct.unpack_from("<I", entries, 76)[0]], set()
    while waiting:
        index = waiting.pop()
        if index in seen or index * 128 + 128 > len(entries):
            continue
        seen.add(index)
        at = index * 128
        left, right = struct.unpack_from("<II", entries, at + 68)
        waiting += [left, right]
        length = min(struct.unpack_from("<H", entries, at + 64)[0], 64)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", entries, at + 116)
        found[name] = Stream(start, size)
    return found
