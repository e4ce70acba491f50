"""Bytes of a text file in, text out, whatever it was saved as: UTF-8, UTF-16, GB18030 or something rarer.

Encodings are tried strictly, the likeliest first. What looks like text that was decoded wrongly before it was saved is told
of in a note and left as it is: nobody can know what stood there.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRAILING = "\x80-\xbf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_MOJIBAKE = re.compile(rf"\ufffd|锟斤拷|烫烫烫|屯屯屯|ï»¿|(?:[Â-ï][{_TRAILING}]{{1,2}}){{2}}")
"""Marks of text that was decoded wrongly; the last is UTF-8 that was taken for a Western code page."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Decoded(NamedTuple):
    """The text of a file."""

    text: str
    encoding: str
    note: str = ""
    """What is doubtful about it, in Chinese; empty when nothing is."""


def decode(data: bytes, declared: str = "") -> Decoded | None:
    """Return the text of a file, None when it isn't text; `declared` is the encoding that the file itself claims to have."""
    found = _decode(data, declared)
    if found is None:
        return None
    text, encoding, note = found
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) * 20 > len(sample):
        return None
    if "\0" in text:
        text, note = text.replace("\0", "\ufffd"), note or "含有空字符（NUL），已换成 \ufffd"
    elif not note and _MOJIBAKE.search(text):
        note = "有疑似乱码的文字，照原样读取"
    return Decoded(text, encoding, note)


def _decode(data: bytes, declared: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_leniently(data, encoding), encoding.removesuffix("-sig"))
    for encoding in filter(None, (_wide(data), declared, "utf-8", "gb18030")):
        try:
            return Decoded(data.decode(_widened(encoding)), encoding.lower())
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    for encoding in ("utf-8", "gb18030"):
        text = _leniently(data, encoding)
        broken = text.count("\ufffd")
        if broken <= 4 + len(text) // 200 and broken * 4 <= len(text):
            return Decoded(text, encoding, f"有 {broken} 处字节不是合法的文字，已换成 \ufffd")
    return _guessed(data)


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        return None
    return Decoded(_leniently(data, best.encoding), best.encoding, f"文字编码不明，按 {best.encoding} 读取，可能有误")


def _wide(data: bytes) -> str:
    """Return the UTF-16 that data without a mark seems to be in, by where its zero bytes stand; empty for none."""
    sample = data[:4000]
    if len(data) % 2 or b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 20 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _widened(encoding: str) -> str:
    """Return GB18030 for its subsets, since pages that claim to be GB2312 hold characters that only GB18030 has."""
    return "gb18030" if encoding.lower().replace("_", "-") in ("gb2312", "gbk", "gb-2312", "x-gbk", "cp936") else encoding


def _leniently(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace")
