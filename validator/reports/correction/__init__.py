"""A corrected copy of a received file: its bytes and texts for some cells in, the same file with only those changed out.

What can't be done exactly is refused with a sentence. Whatever the format, the copy is read again: each changed cell must show
what was typed, and every other place what it showed before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from validator.errors import GoujiError, UsageError
from validator.model.document import Document, Table
from validator.readers import read
from validator.readers.source import Source
from validator.reports.address import place

Written = Callable[[Source, Mapping[str, str]], bytes]
_NUMBER = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?(%?)", re.ASCII)
BY_HAND = "请在原来的软件里改这一格"


def corrected(data: bytes, name: str, texts: Mapping[str, str]) -> bytes:
    """Return the copy. `texts`: what is to be shown, by address. Raises UsageError for what can't be done exactly."""
    document = read(data, name=name)
    if document.format not in FORMATS:
        raise UsageError(f"{document.format} 文件不能直接写出改好的副本", remedy="请照着页面上的试改，在原来的软件里改")
    source = Source(data, name)
    if document.format == "html":
        from validator.reports.correction.web import corrected as of_web

        return of_web(source, texts, lambda copy, done: _fault(document, copy, name, done))
    result = _writer(document.format)(source, texts)
    fault = _fault(document, result, name, texts)
    if fault:
        raise UsageError(fault, remedy=BY_HAND)
    return result


def number(text: str) -> Decimal | None:
    """Return the number that a text shows, a percentage as a fraction; None for anything else."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, percent = match.groups()
    value = Decimal(f"{sign}{whole.replace(',', '')}{fraction or ''}")
    return value / 100 if percent else value


def _writer(format: str) -> Written:
    if format == "xlsx":
        from validator.reports.correction import workbook

        return workbook.corrected
    if format == "docx":
        from validator.reports.correction import document

        return document.corrected
    from validator.reports.correction import plain

    return plain.of_values if format in ("csv", "tsv") else plain.of_lines


FORMATS: Mapping[str, str] = MappingProxyType(
    {"xlsx": ".xlsx", "docx": ".docx", "html": ".html", "csv": ".csv", "tsv": ".tsv", "txt": ".txt", "md": ".md"}
)
"""What can be corrected, and how the copy is called where its own name doesn't say it."""


def _fault(before: Document, data: bytes, name: str, texts: Mapping[str, str]) -> str:
    """Read the copy and say what in it isn't as asked for; empty when all is."""
    try:
        after = _shown(read(data, name=name))
    except GoujiError as error:
        return f"改好的副本读不出来：{error.message}"
    stood = _shown(before)
    for address, text in _wanted(stood, texts).items():
        stands = after.pop(address, "")
        if not _same(stands, text) and address in texts:
            return f"{address} 显示不了 {text}（会显示成 {stands}）"
        if not _same(stands, text):
            return f"改了这几格，{address} 也会变"
    return f"改了这几格，{next(iter(after))} 也会变" if after else ""


def _shown(document: Document) -> dict[str, str]:
    """Return every text of a document by its address."""
    found: dict[str, str] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            found.update((cell.address, cell.text) for cell in block.cells() if cell.text)
        elif block.text:
            found[block.address] = block.text
    return found


def _wanted(stood: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    """Return what is to be shown at each address; a span of a line changes its line."""
    wanted = dict(stood)
    for address in sorted(texts, key=lambda address: place(address).col, reverse=True):
        where = place(address)
        if where.in_text and where.end:
            line = wanted.get(where.row_name, "")
            wanted[where.row_name] = line[: where.col - 1] + texts[address] + line[where.end :]
        else:
            wanted[address] = texts[address]
    return {address: text for address, text in wanted.items() if text or address in texts}


def _same(stands: str, text: str) -> bool:
    return stands == text or (number(text) is not None and number(text) == number(stands) and ("%" in text) == ("%" in stands))
