"""The records of xls files: values, formats and regions of each sheet."""

from __future__ import annotations

import struct

import pytest

from validator.readers.biff import read_xls, xlsb_extent
from validator.readers.grid import Region


def stream_of(cells: list[tuple[int, bytes]], shared: list[tuple[int, bytes]] | None = None) -> bytes:
    """Return a workbook stream of one sheet with these records."""

    def records(found: list[tuple[int, bytes]]) -> bytes:
        return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in found)

    start = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    rest = records([*(shared or []), (0x0A, b"")])
    name = struct.pack("<BB", 3, 0) + b"abc"
    at = len(records([start])) + 4 + 6 + len(name) + len(rest)
    return records([start, (0x85, struct.pack("<IBB", at, 0, 0) + name)]) + rest + records([start, *cells, (0x0A, b"")])


def test_formulas_count_with_their_results() -> None:
    number = struct.pack("<HHHd", 0, 0, 0, 0.5)
    text = struct.pack("<HHH", 0, 1, 0) + b"\0" * 6 + b"\xff\xff"
    truth = struct.pack("<HHH", 0, 2, 0) + b"\1\0\1\0\0\0\xff\xff"
    error = struct.pack("<HHH", 0, 3, 0) + b"\2\0\7\0\0\0\xff\xff"
    result = struct.pack("<HB", 2, 1) + "优秀".encode("utf-16-le")
    sheet = [(6, number), (6, text), (0x207, result), (6, truth), (6, error)]
    stored = read_xls(stream_of(sheet), 100).sheets[0].cells

    assert {place: cell.value for place, cell in stored.items()} == {
        (0, 0): 0.5,
        (0, 1): "优秀",
        (0, 2): True,
        (0, 3): "#DIV/0!",
    }


def test_strings_run_over_the_ends_of_records() -> None:
    """Where characters run on into the next record, it says anew how wide they are."""
    first = struct.pack("<IIHB", 2, 2, 4, 0) + b"ab"
    second = b"\1" + "预算".encode("utf-16-le") + struct.pack("<HBH", 1, 8, 1) + b"x" + b"\0\0"
    shared = [(0xFC, first), (0x3C, second), (0x3C, b"\0\0")]
    cells = [(0xFD, struct.pack("<HHHI", 0, col, 0, col)) for col in range(2)]
    stored = read_xls(stream_of(cells, shared), 100).sheets[0].cells

    assert [cell.value for cell in stored.values()] == ["ab预算", "x"]


def test_what_is_embedded_in_a_sheet_is_passed_over() -> None:
    chart = [(0x809, b"\0\6\x20\0"), (0x203, struct.pack("<HHHd", 5, 5, 0, 1)), (0x0A, b"")]
    merged = [(0xE5, struct.pack("<H4H", 1, 0, 0, 0, 2))]
    sheet = read_xls(stream_of([(0x203, struct.pack("<HHHd", 0, 0, 0, 1)), *chart, *merged]), 100).sheets[0]

    assert list(sheet.cells) == [(0, 0)]
    assert sheet.regions == [Region(0, 0, 0, 2)]


def number(row: int, col: int, value: float, style: int = 0) -> tuple[int, bytes]:
    return 0x203, struct.pack("<HHHd", row, col, style, value)


@pytest.mark.parametrize(
    ("packed", "value"),
    [
        (100 << 2 | 2, 100.0),
        (-5 << 2 & 0xFFFFFFFC | 2, -5.0),
        (8180 << 2 | 3, 81.8),
        (0x3FF80000, 1.5),
        (0x40593000 | 1, 1.0075),
    ],
)
def test_squeezed_numbers_are_unpacked(packed: int, value: float) -> None:
    cells = [(0x27E, struct.pack("<HHHI", 0, 0, 0, packed)), (0xBD, struct.pack("<HHHIHIH", 1, 0, 0, packed, 0, packed, 1))]
    stored = read_xls(stream_of(cells), 100).sheets[0].cells

    assert {place: cell.value for place, cell in stored.items()} == {(0, 0): value, (1, 0): value, (1, 1): value}


def test_each_cell_has_the_format_of_its_style() -> None:
    own = struct.pack("<HHB", 164, 6, 0) + b"0.000%"
    styles = [(0x41E, own), *((0xE0, struct.pack("<HH", 0, format)) for format in (0, 10, 164))]
    stored = read_xls(stream_of([number(0, n, 1, n) for n in range(4)], styles), 100).sheets[0].cells

    assert [cell.code for cell in stored.values()] == ["General", "0.00%", "0.000%", "General"]


def test_truth_and_error_values_are_told_apart() -> None:
    cells = [
        (0x205, struct.pack("<HHHBB", 0, col, 0, value, error)) for col, (value, error) in enumerate([(1, 0), (0, 0), (42, 1)])
    ]

    assert [cell.value for cell in read_xls(stream_of(cells), 100).sheets[0].cells.values()] == [True, False, "#N/A"]


@pytest.mark.parametrize(("flag", "epoch"), [(b"\1\0", 1904), (b"\0\0", 1900)])
def test_days_are_counted_from_the_epoch_that_the_file_names(flag: bytes, epoch: int) -> None:
    assert read_xls(stream_of([], [(0x22, flag)]), 100).epoch == epoch


def test_an_encrypted_file_and_one_from_before_excel_97_are_told() -> None:
    assert read_xls(stream_of([], [(0x2F, b"\0" * 6)]), 100).encrypted
    assert not read_xls(stream_of([]).replace(struct.pack("<H", 0x600), struct.pack("<H", 0x500), 1), 100).modern


def test_a_sheet_says_whether_it_is_hidden_or_has_drawings() -> None:
    plain = read_xls(stream_of([number(0, 0, 1)]), 100).sheets[0]
    drawn = read_xls(stream_of([(0xEC, b"x")]), 100).sheets[0]

    assert (plain.name, plain.number, plain.hidden, plain.drawings) == ("abc", 1, False, False)
    assert drawn.drawings


def test_more_cells_than_allowed_are_refused() -> None:
    assert len(read_xls(stream_of([number(0, n, 1) for n in range(3)]), 3).sheets[0].cells) == 3
    with pytest.raises(ValueError, match="more cells"):
        read_xls(stream_of([number(0, n, 1) for n in range(4)]), 3)


def test_an_xlsb_sheet_reaches_as_far_as_its_filled_cells() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return bytes([kind, len(body)]) + body

    row = record(0, struct.pack("<I", 6))
    blank, filled = record(1, struct.pack("<I", 9) + b"\0" * 4), record(5, struct.pack("<I", 3) + b"\0" * 12)

    assert xlsb_extent(row + blank + filled) == (7, 4)
    assert xlsb_extent(row + blank) == (0, 0)
    assert xlsb_extent(b"") == (0, 0)
