"""The corrected copy of a web page: the text between two tags is replaced, the markup stays byte for byte.

Which of several equal texts is the cell's own is found by trying: in the right copy that cell changes and no other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from validator.errors import UsageError
from validator.model.document import Table
from validator.readers import read
from validator.readers.source import Source

_MOST = 200
"""Places that are tried for one cell."""


def corrected(source: Source, texts: Mapping[str, str], fault: Callable[[bytes, Mapping[str, str]], str]) -> bytes:
    """Return the copy. `fault` says what is wrong with a copy in which some of the texts were put in."""
    stood = {c.address: c.text for block in _tables(source) for c in block.cells()}
    encoding = next((name for name in ("utf-8", "gb18030") if _decodes(source.data, name)), None)
    if encoding is None:
        raise UsageError("网页的文字编码不能原样写回", remedy="另存为 UTF-8 再试")
    data, done = source.data, {}
    for address, now in texts.items():
        done[address] = now
        data = _one(data.decode(encoding), stood.get(address, ""), now, encoding, lambda copy: not fault(copy, done))
        if not data:
            raise UsageError(f"{address} 的文字在网页里对不准，没有改写", remedy="请在原来的软件里改这一格")
    return data


def _one(text: str, was: str, now: str, encoding: str, fits: Callable[[bytes], bool]) -> bytes:
    """Return the page with one text replaced where that fits; nothing when it fits nowhere."""
    if not was:
        return b""
    spelled = {was, html.escape(was, quote=False), html.escape(was)}
    wanted = re.compile(rf"(?<=>)(\s*)(?:{'|'.join(map(re.escape, sorted(spelled)))})(?=\s*<)")
    for found in list(wanted.finditer(text))[:_MOST]:
        copy = f"{text[: found.end(1)]}{html.escape(now)}{text[found.end() :]}"
        try:
            data = copy.encode(encoding)
        except UnicodeEncodeError:
            return b""
        if fits(data):
            return data
    return b""


def _tables(source: Source) -> list[Table]:
    return list(read(source.data, name=source.name).tables)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        return data.decode(encoding).encode(encoding) == data
    except UnicodeDecodeError:
        return False
