"""The number that a label begins with: 一、 （一） 1、 （1） ① A. II., from the outermost kind of numbering to the innermost.

Comes in: a label as written. Goes out: which kind of numbering it has, and its number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_IN_ONE = re.compile("[⒈-⒛⑴-⒇㈠-㈩]")
"""A number in one character with its point or brackets."""
_NUMBER = re.compile(r"\d+|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_RANKS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"\d{1,2}[、.．](?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]"),
    re.compile(r"[①-⑳]"),
    re.compile(r"[A-Z](?:[、.．]|\s+)(?=[\u4e00-\u9fff])"),
    re.compile(r"(?:[IVX]{2,4}|[Ⅰ-Ⅻ])(?:[、.．]|\s+)(?=[\u4e00-\u9fff])"),
)
_ONE = re.compile(r"I(?:[、.．]|\s+)(?=[\u4e00-\u9fff])")
"""The first Roman number, or a letter behind H."""
_LETTERS, _ROMAN = len(_RANKS) - 1, len(_RANKS)


class Ordinal(NamedTuple):
    """The number of a row among those beside it."""

    rank: int
    """1 for the outermost kind of numbering; 0 for a label without a number."""
    number: int
    """0 where it can't be read."""


def ordinal_of(text: str) -> Ordinal:
    """Return the number that a label begins with."""
    text = text.strip()
    if _IN_ONE.match(text):
        text = unicodedata.normalize("NFKC", text[0]) + text[1:]
    rank = next((n for n, pattern in enumerate(_RANKS, 1) if pattern.match(text)), 0)
    return Ordinal(rank, _number(text) if rank else 0)


def ordinals_of(texts: Sequence[str]) -> list[Ordinal]:
    """Return the numbers that labels below each other begin with: I above II is a Roman number, I below H a letter."""
    found = [ordinal_of(text) for text in texts]
    for n, text in enumerate(texts):
        if found[n].rank == _LETTERS and _ONE.match(text.strip()):
            behind = next((one for one in found[n + 1 :] if 0 < one.rank <= _ROMAN), None)
            found[n] = Ordinal(_ROMAN, 0) if behind is not None and behind.rank == _ROMAN else found[n]
    return found


def without_ordinal(text: str) -> str:
    """Return a label without the number that it begins with."""
    text = text.strip()
    found = _IN_ONE.match(text) or next((found for pattern in _RANKS if (found := pattern.match(text))), None)
    return text[found.end() :].lstrip() if found else text


def _number(text: str) -> int:
    """Return the first number in a text, in Chinese numerals or digits; 0 where it is neither."""
    found = _NUMBER.search(text)
    if found is None:
        return 0
    if found.group().isdigit():
        return int(found.group())
    tens, ten, ones = found.group().partition("十")
    digits = "一二三四五六七八九"
    return (
        (digits.index(tens) + 1 if tens else 1) * 10 + (digits.index(ones) + 1 if ones else 0)
        if ten
        else digits.index(tens[0]) + 1
    )
