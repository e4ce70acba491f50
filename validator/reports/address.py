"""An address taken apart, for drawing. The grammar is that of `model.document`; what follows none stands for itself."""

from __future__ import annotations

import re
from typing import NamedTuple

_A1 = re.compile(r"(.*)!\$?([A-Za-z]{1,8})\$?([0-9]{1,9})", re.DOTALL)
_RC = re.compile(r"(.*)![Rr]([0-9]{1,9})[Cc]([0-9]{1,9})", re.DOTALL)
_LINE = re.compile(r"([Ll]|段)([0-9]{1,9})(?::([0-9]{1,9})-([0-9]{1,9}))?")


class Place(NamedTuple):
    """Where something stands. Rows, columns and characters count from 1; 0 where the address names none."""

    sheet: str
    row: int
    """Row, line or paragraph."""
    col: int
    """Column, or first character of a span."""
    name: str
    """The address within its sheet: `H8`, `R8C5`, `L12:5-12`."""
    row_name: str = ""
    """What to write beside the row: `8`, `R8`, `L12`."""
    in_text: bool = False
    """A place in running text: its numbers say nothing about the rows and columns of a table."""
    end: int = 0
    """Last character of a span."""


def place(address: str) -> Place:
    """Take an address apart."""
    if match := _RC.fullmatch(address):
        sheet, row, col = match.groups()
        return Place(sheet, int(row), int(col), f"R{row}C{col}", f"R{row}")
    if match := _A1.fullmatch(address):
        sheet, letters, row = match.groups()
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        return Place(sheet, int(row), number, f"{letters}{row}", row)
    if match := _LINE.fullmatch(address):
        mark, row, start, end = match.groups()
        return Place("", int(row), int(start or 0), address, f"{mark}{row}", in_text=True, end=int(end or 0))
    return Place("", 0, 0, address, in_text=True)


def spoken(address: str) -> str:
    """Return an address as one says it, where nobody clicks on it: 表2第8行第5列, 第12行第5至12字. Names of cells stay."""
    if match := _RC.fullmatch(address):
        sheet, row, col = match.groups()
        return f"{sheet}第{row}行第{col}列"
    if match := _LINE.fullmatch(address):
        mark, row, start, end = match.groups()
        span = "" if not start else f"第{start}字" if start == end else f"第{start}至{end}字"
        return f"第{row}{'段' if mark == '段' else '行'}{span}"
    return address
