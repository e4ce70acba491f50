"""OLE compound files: streams by name."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.making import compound, damaged, xls_grid
from validator.readers.compound import MAGIC, CompoundFile


def test_the_streams_of_the_outermost_storage_are_named() -> None:
    assert list(CompoundFile(compound({"甲": b"x", "Workbook": b"y"})).streams) == ["甲", "Workbook"]
    assert "Workbook" in CompoundFile(xls_grid([["甲"]])).streams


def test_a_stream_is_read_whole() -> None:
    few, many = (CompoundFile(xls_grid([["预算" + "数" * count]])) for count in (1, 5000))

    for file in (few, many):
        stream = file.read("Workbook")
        assert len(stream) == file.streams["Workbook"].size
        assert struct.unpack_from("<H", stream)[0] == 0x809
    assert ("数" * 1000).encode("utf-16-le") in many.read("Workbook")
    assert "预算数".encode("utf-16-le") in few.read("Workbook")


def test_a_small_stream_is_read_from_the_small_sectors() -> None:
    content = bytes(range(100))
    data = bytearray(compound({"甲": b""}))
    sector = len(data)
    small = content.ljust(128, b"\0").ljust(512, b"\0")
    data += small + struct.pack("<II", 1, 0xFFFFFFFE).ljust(512, b"\xff")
    struct.pack_into("<II", data, 512 + 8, 0xFFFFFFFE, 0xFFFFFFFE)
    at = sector // 512 - 1
    struct.pack_into("<I", data, 60, at + 1)
    root = data.find("Root Entry".encode("utf-16-le"))
    struct.pack_into("<IQ", data, root + 116, at, 128)
    struct.pack_into("<IQ", data, root + 128 + 116, 0, len(content))

    assert CompoundFile(bytes(data)).read("甲") == content


def test_an_unknown_stream_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        CompoundFile(compound({"甲": b""})).read("乙")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a compound file"),
        (MAGIC, "not a compound file"),
        (b"x" * 600, "not a compound file"),
        (compound({"甲": b""})[:30] + b"\7\0" + compound({"甲": b""})[32:], "sector size"),
    ],
)
def test_what_is_no_compound_file_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CompoundFile(data)


def test_a_chain_that_runs_in_a_circle_is_refused() -> None:
    data = bytearray(compound({"甲": b""}))
    struct.pack_into("<I", data, 512 + 4, 1)

    with pytest.raises(ValueError, match="circle"):
        CompoundFile(bytes(data))


@given(st.binary(min_size=1, max_size=60), st.integers(0, 10_000_000))
def test_damage_gives_streams_or_an_error_that_is_named(damage: bytes, where: int) -> None:
    try:
        file = CompoundFile(damaged(_XLS, damage, where))
        for name in file.streams:
            file.read(name)
    except (ValueError, IndexError, OverflowError):
        pass


_XLS = xls_grid([["项目", "预算"]])
