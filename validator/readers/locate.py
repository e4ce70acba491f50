"""From an address back to what stands there: a document and an address in, the block with its cell or span of text out."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from validator.errors import UsageError
from validator.model.document import Cell, Document, Paragraph, Table, column_letters


class Place(NamedTuple):
    """What an address stands for."""

    block: Table | Paragraph
    cell: Cell | None
    """The cell; None for a blank slot of a table and for a paragraph."""
    text: str
    """The cell's text, or the span of the paragraph that was asked for."""


_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_RC = re.compile(r"[Rr]([1-9][0-9]{0,6})[Cc]([1-9][0-9]{0,4})")
_LINE = re.compile(r"(L|l|段)([1-9][0-9]{0,8})(?::([1-9][0-9]{0,8})-([1-9][0-9]{0,8}))?")


def locate(document: Document, address: str) -> Place:
    """Return what stands at an address; raises UsageError with the nearest valid address when nothing can stand there.

    The name of a table alone, as notes about all of it give it, leads to where the table begins.
    """
    asked = address.strip()
    for table in document.tables:
        if table.style == "text":
            found = next((cell for cell in table.cells() if cell.address == asked), None)
            if found is not None:
                return Place(table, found, found.text)
    if "!" in asked:
        return _in_table(document, asked)
    whole = next((table for table in document.tables if table.name == asked and table.style != "text"), None)
    if whole is not None:
        return _in_table(document, whole.address)
    line = _LINE.fullmatch(asked)
    if line is None:
        raise _wrong(document, f"看不懂地址 {asked[:80]}", _example(document))
    return _in_text(document, asked, line)


def _in_table(document: Document, asked: str) -> Place:
    name, _, place = asked.rpartition("!")
    tables = {table.name: table for table in document.tables if table.style != "text"}
    table = tables.get(name) or tables.get(name.strip("'").replace("''", "'"))
    if table is None:
        near = difflib.get_close_matches(name[:100], tables, 1, 0.1) or list(tables)[:1]
        raise _wrong(document, f"没有名为 {name[:80]} 的表", tables[near[0]].address if near else _example(document))
    slot = _slot(table, place)
    if slot is None:
        raise _wrong(document, f"看不懂表 {table.name} 里的位置 {place[:80]}", table.address)
    row, col = slot
    if row >= len(table.rows) or col >= table.columns:
        row, col = min(row, len(table.rows) - 1), min(col, table.columns - 1)
        raise _wrong(document, f"{asked[:80]} 在表 {table.name} 的范围以外", _address(table, row, col))
    cell = table.at(row, col)
    return Place(table, cell, cell.text if cell is not None else "")


def _slot(table: Table, place: str) -> tuple[int, int] | None:
    """Return row and column, counted from 0, of a place within a table, None when it isn't one."""
    if table.style == "rc":
        found = _RC.fullmatch(place)
        return (int(found.group(1)) - 1, int(found.group(2)) - 1) if found else None
    found = _A1.fullmatch(place)
    if found is None:
        return None
    col = 0
    for letter in found.group(1).upper():
        col = col * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, col - 1


def _address(table: Table, row: int, col: int) -> str:
    return f"{table.name}!{column_letters(col)}{row + 1}" if table.style == "a1" else f"{table.name}!R{row + 1}C{col + 1}"


def _in_text(document: Document, asked: str, line: re.Match[str]) -> Place:
    mark, number, first, last = line.groups()
    base = f"{mark.upper()}{number}"
    paragraph = next((block for block in document.paragraphs if block.address == base), None)
    start, end = (int(first), int(last)) if first else (1, len(paragraph.text) if paragraph else 1_000_000_000)
    if paragraph is None:
        return _in_inferred(document, base, start, end) or _missing(document, asked)
    if first and not start <= end <= len(paragraph.text):
        end = len(paragraph.text)
        nearest = f"{base}:{min(start, end)}-{end}" if end else base
        raise _wrong(document, f"{asked} 超出了这一行，它有 {end} 个字", nearest)
    return Place(paragraph, None, paragraph.text[start - 1 : end])


def _in_inferred(document: Document, base: str, start: int, end: int) -> Place | None:
    """Return the first cell of a restored table that shares characters with a span."""
    for table in document.tables:
        if table.style != "text":
            continue
        for cell in table.cells():
            found = _LINE.fullmatch(cell.address)
            if found is None or f"{found.group(1)}{found.group(2)}" != base:
                continue
            first, last = int(found.group(3) or 1), int(found.group(4) or 1_000_000_000)
            if first <= end and start <= last:
                return Place(table, cell, cell.text)
    return None


def _missing(document: Document, asked: str) -> Place:
    found = _LINE.fullmatch(asked)
    number = int(found.group(2)) if found else 0
    lines = [(abs(int(place.group(2)) - number), place.group(0).partition(":")[0]) for place in _lines(document)]
    raise _wrong(document, f"没有 {asked}", min(lines)[1] if lines else _example(document))


def _lines(document: Document) -> list[re.Match[str]]:
    addresses = [paragraph.address for paragraph in document.paragraphs]
    addresses += [cell.address for table in document.tables if table.style == "text" for cell in table.cells()]
    return [found for address in addresses if (found := _LINE.fullmatch(address))]


def _example(document: Document) -> str:
    return document.blocks[0].address if document.blocks else ""


def _wrong(document: Document, message: str, nearest: str) -> UsageError:
    remedy = f"最近的可用地址是 {nearest}" if nearest else "文件里没有任何内容"
    return UsageError(message, where=document.path, remedy=remedy)
