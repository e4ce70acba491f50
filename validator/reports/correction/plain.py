"""The corrected copy of a text file: characters of a line, or one value of a separated file, in the file's own encoding.

Everything else stays byte for byte: line ends, blanks, marks at the beginning.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping

from validator.errors import UsageError
from validator.readers.plain import delimiter_of, text_of
from validator.readers.source import Source
from validator.reports.address import place

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_SPAN = re.compile(r"L\d{1,9}:\d{1,9}-\d{1,9}")
_SEPARATOR = re.compile(r"sep=(.)\r?")
_MARKS = (b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BY_HAND = "请用文本编辑器改"


def of_lines(source: Source, texts: Mapping[str, str]) -> bytes:
    """Return the file with other characters in place of spans of its lines."""
    text = text_of(source).text
    lines = [(found.start(1), found.group(1)) for found in _LINE.finditer(text)]
    changes = []
    for address, now in texts.items():
        where = place(address)
        if not _SPAN.fullmatch(address) or where.row > len(lines):
            raise UsageError(f"{address} 不是一行里的一段文字，没法直接改写", remedy=_BY_HAND)
        start, line = lines[where.row - 1]
        was = line[where.col - 1 : where.end]
        if not now or set(now) & set("\t\r\n|") or (" " in now and " " not in was):
            raise UsageError(f"{address} 改成“{now}”，这一行会分成别的几栏", remedy=_BY_HAND)
        changes.append((start + where.col - 1, start + where.end, now))
    return _encoded(source, _changed(text, changes))


def of_values(source: Source, texts: Mapping[str, str]) -> bytes:
    """Return the file with other values in some places of its rows."""
    text = text_of(source).text
    if '"' in text:
        raise UsageError("文件里有引号，直接改写可能改变各栏的分界", remedy=_BY_HAND)
    lines = [(found.start(1), found.group(1)) for found in _LINE.finditer(text)]
    told = _SEPARATOR.fullmatch(lines[0][1]) if lines else None
    preferred = "\t" if source.name.lower().endswith(".tsv") else ","
    delimiter = told.group(1) if told else delimiter_of(text, preferred) or preferred
    rows = lines[1:] if told else lines
    changes = []
    for address, now in texts.items():
        where = place(address)
        values = rows[where.row - 1][1].split(delimiter) if 0 < where.row <= len(rows) else []
        if where.in_text or not 0 < where.col <= len(values):
            raise UsageError(f"{address} 在文件里还是空的，没法直接写进去", remedy=_BY_HAND)
        value = values[where.col - 1]
        blank = len(value) - len(value.lstrip())
        start = rows[where.row - 1][0] + sum(len(before) + 1 for before in values[: where.col - 1]) + blank
        changes.append((start, start + len(value.strip()), _quoted(now, delimiter)))
    return _encoded(source, _changed(text, changes))


def _quoted(value: str, delimiter: str) -> str:
    """Return a value as a separated file writes it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow([value])
    return out.getvalue() if value else ""


def _changed(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, now in sorted(changes, reverse=True):
        text = text[:start] + now + text[end:]
    return text


def _encoded(source: Source, text: str) -> bytes:
    """Return the changed text in the encoding of the file; raises UsageError where that isn't sure."""
    decoded = text_of(source)
    for encoding in (decoded.encoding, "gb18030"):
        for mark in _MARKS:
            try:
                if mark + decoded.text.encode(encoding) == source.data:
                    return mark + text.encode(encoding)
            except UnicodeEncodeError:
                continue
    raise UsageError("文件的文字编码不能原样写回", remedy="另存为 UTF-8 文本再试")
